//! Conditions of a branch: operators by the type that they compare, and groups of which one must hold. Pure.

use flow::{Condition, Operator};

use super::control::Control;
use super::subject::Subject;
use crate::say::{self, Phrase};
use crate::studio::edits::Edit;

/// The operators, by what they compare.
pub(super) const GROUPS: [(Phrase, &[Operator]); 6] = [
    (
        say::form::of_text,
        &[
            Operator::TextContains,
            Operator::TextDoesNotContain,
            Operator::TextExactlyMatches,
            Operator::TextDoesNotExactlyMatch,
            Operator::TextStartsWith,
            Operator::TextDoesNotStartWith,
            Operator::TextEndsWith,
            Operator::TextDoesNotEndWith,
        ],
    ),
    (say::form::of_number, &[Operator::NumberIsGreaterThan, Operator::NumberIsLessThan, Operator::NumberIsEqualTo]),
    (say::form::of_date, &[Operator::DateIsBefore, Operator::DateIsEqual, Operator::DateIsAfter]),
    (say::form::of_boolean, &[Operator::BooleanIsTrue, Operator::BooleanIsFalse]),
    (
        say::form::of_list,
        &[Operator::ListContains, Operator::ListDoesNotContain, Operator::ListIsEmpty, Operator::ListIsNotEmpty],
    ),
    (say::form::of_anything, &[Operator::Exists, Operator::DoesNotExist]),
];

/// An operator between its two values, in words.
pub(super) fn words(operator: Operator) -> &'static str {
    match operator {
        Operator::TextContains => say::form::contains(),
        Operator::TextDoesNotContain => say::form::contains_not(),
        Operator::TextExactlyMatches => say::form::is_exactly(),
        Operator::TextDoesNotExactlyMatch => say::form::is_not_exactly(),
        Operator::TextStartsWith => say::form::starts_with(),
        Operator::TextDoesNotStartWith => say::form::starts_not_with(),
        Operator::TextEndsWith => say::form::ends_with(),
        Operator::TextDoesNotEndWith => say::form::ends_not_with(),
        Operator::ListContains => say::form::list_contains(),
        Operator::ListDoesNotContain => say::form::list_contains_not(),
        Operator::NumberIsGreaterThan => say::form::is_greater(),
        Operator::NumberIsLessThan => say::form::is_less(),
        Operator::NumberIsEqualTo => say::form::equals(),
        Operator::DateIsBefore => say::form::is_before(),
        Operator::DateIsEqual => say::form::is_same_date(),
        Operator::DateIsAfter => say::form::is_after(),
        Operator::Exists => say::form::exists(),
        Operator::DoesNotExist => say::form::exists_not(),
        Operator::BooleanIsTrue => say::form::is_true(),
        Operator::BooleanIsFalse => say::form::is_false(),
        Operator::ListIsEmpty => say::form::list_empty(),
        Operator::ListIsNotEmpty => say::form::list_not_empty(),
    }
}

/// The control whose kind of value an operator compares.
pub(super) fn wants(operator: Operator) -> Control {
    match operator {
        Operator::NumberIsGreaterThan | Operator::NumberIsLessThan | Operator::NumberIsEqualTo => Control::Number,
        Operator::DateIsBefore | Operator::DateIsEqual | Operator::DateIsAfter => Control::Moment,
        Operator::BooleanIsTrue | Operator::BooleanIsFalse => Control::Tick,
        Operator::ListContains | Operator::ListDoesNotContain | Operator::ListIsEmpty | Operator::ListIsNotEmpty => {
            Control::Texts
        }
        Operator::TextContains
        | Operator::TextDoesNotContain
        | Operator::TextExactlyMatches
        | Operator::TextDoesNotExactlyMatch
        | Operator::TextStartsWith
        | Operator::TextDoesNotStartWith
        | Operator::TextEndsWith
        | Operator::TextDoesNotEndWith
        | Operator::Exists
        | Operator::DoesNotExist => Control::Line,
    }
}

/// A row of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Row {
    /// A condition, by its group and its place in it. The word before it is “and” unless it is the first of its group.
    Condition(usize, usize),
    /// The end of a group: another condition can be added to it.
    End(usize),
    /// Another group begins.
    Or(usize),
}

/// The groups as rows.
pub(super) fn rows(groups: &[Vec<Condition>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (group, conditions) in groups.iter().enumerate() {
        if group > 0 {
            rows.push(Row::Or(group));
        }
        rows.extend((0..conditions.len()).map(|place| Row::Condition(group, place)));
        rows.push(Row::End(group));
    }
    rows
}

/// What can be done to conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Another condition in a group: both must hold.
    And(usize),
    /// Another group: either must hold.
    Or,
    /// A condition goes; a group with none left goes too.
    Remove(usize, usize),
    /// Another way to compare.
    Compare(usize, usize, Operator),
    /// Capitals count, or not.
    Case(usize, usize, bool),
}

/// Does it.
pub(super) fn act(groups: &mut Vec<Vec<Condition>>, deed: Deed) {
    let first =
        || Condition { operator: Some(Operator::TextContains), second: Some(String::new()), ..Condition::default() };
    let find = |groups: &mut Vec<Vec<Condition>>, group: usize, place: usize, change: &dyn Fn(&mut Condition)| {
        if let Some(condition) = groups.get_mut(group).and_then(|group| group.get_mut(place)) {
            change(condition);
        }
    };
    match deed {
        Deed::And(group) => {
            if let Some(group) = groups.get_mut(group) {
                group.push(first());
            }
        }
        Deed::Or => {
            groups.retain(|group| !group.is_empty());
            groups.push(vec![first()]);
        }
        Deed::Remove(group, place) => {
            if let Some(conditions) = groups.get_mut(group).filter(|conditions| place < conditions.len()) {
                conditions.remove(place);
            }
            groups.retain(|group| !group.is_empty());
        }
        Deed::Compare(group, place, operator) => find(groups, group, place, &|condition| {
            condition.operator = Some(operator);
            if operator.takes_second() {
                condition.second.get_or_insert_default();
            } else {
                condition.second = None;
            }
            if !operator.takes_case() {
                condition.case_sensitive = None;
            }
        }),
        Deed::Case(group, place, counts) => {
            find(groups, group, place, &|condition| condition.case_sensitive = Some(counts));
        }
    }
}

/// The edit of a branch's conditions.
///
/// # Errors
/// If there is no such branch.
pub(super) fn edit(subject: &Subject, branch: usize, deed: Deed) -> Result<Edit, String> {
    let mut changed = subject.clone();
    let groups = changed.groups_mut(branch).ok_or_else(say::form::no_conditions)?;
    act(groups, deed);
    Ok(changed.edit_said(|step| say::form::set_conditions(step)))
}
