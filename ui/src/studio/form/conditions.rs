//! Conditions of a branch: operators by the type that they compare, and groups of which one must hold. Pure.

use flow::{Condition, Operator};

use super::control::Control;
use super::subject::Subject;
use crate::studio::edits::Edit;

/// The operators, by what they compare.
pub(super) const GROUPS: [(&str, &[Operator]); 6] = [
    (
        "Text",
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
    ("Number", &[Operator::NumberIsGreaterThan, Operator::NumberIsLessThan, Operator::NumberIsEqualTo]),
    ("Date", &[Operator::DateIsBefore, Operator::DateIsEqual, Operator::DateIsAfter]),
    ("Yes or no", &[Operator::BooleanIsTrue, Operator::BooleanIsFalse]),
    ("List", &[Operator::ListContains, Operator::ListDoesNotContain, Operator::ListIsEmpty, Operator::ListIsNotEmpty]),
    ("Anything", &[Operator::Exists, Operator::DoesNotExist]),
];

/// An operator between its two values, in words.
pub(super) fn words(operator: Operator) -> &'static str {
    match operator {
        Operator::TextContains => "contains",
        Operator::TextDoesNotContain => "does not contain",
        Operator::TextExactlyMatches => "is exactly",
        Operator::TextDoesNotExactlyMatch => "is not exactly",
        Operator::TextStartsWith => "starts with",
        Operator::TextDoesNotStartWith => "does not start with",
        Operator::TextEndsWith => "ends with",
        Operator::TextDoesNotEndWith => "does not end with",
        Operator::ListContains => "list contains",
        Operator::ListDoesNotContain => "list does not contain",
        Operator::NumberIsGreaterThan => "is greater than",
        Operator::NumberIsLessThan => "is less than",
        Operator::NumberIsEqualTo => "equals",
        Operator::DateIsBefore => "is before",
        Operator::DateIsEqual => "is the same date as",
        Operator::DateIsAfter => "is after",
        Operator::Exists => "exists",
        Operator::DoesNotExist => "does not exist",
        Operator::BooleanIsTrue => "is true",
        Operator::BooleanIsFalse => "is false",
        Operator::ListIsEmpty => "list is empty",
        Operator::ListIsNotEmpty => "list is not empty",
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
    let groups = changed.groups_mut(branch).ok_or("That branch has no conditions.")?;
    act(groups, deed);
    Ok(changed.edit("the conditions"))
}
