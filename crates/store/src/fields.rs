//! The fields of a recording that people see and edit: comparing them, carrying them over, saying them in words.

use contract::{FieldChange, PersonId, Recording, Span, ThreeWay};

use crate::names::Names;
use crate::text;

/// A field that a person can change. Server counters, addresses and instants are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Active, archived, trashed.
    Status,
    /// The title.
    Title,
    /// The rich text.
    Body,
    /// Project and what holds it.
    Parent,
    /// Place among its siblings.
    Position,
    /// Ticked off, with when and by whom.
    Completed,
    /// First day.
    StartsOn,
    /// Due day.
    DueOn,
    /// When an entry takes place.
    Span,
    /// Who does it.
    Assignees,
}

impl Field {
    /// Every field.
    pub const ALL: &[Self] = &[
        Self::Status,
        Self::Title,
        Self::Body,
        Self::Parent,
        Self::Position,
        Self::Completed,
        Self::StartsOn,
        Self::DueOn,
        Self::Span,
        Self::Assignees,
    ];

    /// The name that views give it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Title => "title",
            Self::Body => "body",
            Self::Parent => "parent",
            Self::Position => "position",
            Self::Completed => "completed",
            Self::StartsOn => "starts_on",
            Self::DueOn => "due_on",
            Self::Span => "span",
            Self::Assignees => "assignees",
        }
    }

    /// True when both records say the same. When and by whom something was ticked off is the server's to say.
    #[must_use]
    pub fn same(self, a: &Recording, b: &Recording) -> bool {
        match self {
            Self::Status => a.status == b.status,
            Self::Title => a.title == b.title,
            Self::Body => a.body == b.body,
            Self::Parent => a.parent == b.parent && a.project == b.project,
            Self::Position => a.position == b.position,
            Self::Completed => a.completed == b.completed,
            Self::StartsOn => a.starts_on == b.starts_on,
            Self::DueOn => a.due_on == b.due_on,
            Self::Span => a.span == b.span,
            Self::Assignees => a.assignees == b.assignees,
        }
    }

    /// Carries the field over.
    pub fn copy(self, from: &Recording, to: &mut Recording) {
        match self {
            Self::Status => to.status = from.status,
            Self::Title => to.title.clone_from(&from.title),
            Self::Body => to.body.clone_from(&from.body),
            Self::Parent => {
                to.parent = from.parent;
                to.project = from.project;
            }
            Self::Position => to.position = from.position,
            Self::Completed => {
                to.completed = from.completed;
                to.completed_at = from.completed_at;
                to.completer = from.completer;
            }
            Self::StartsOn => to.starts_on = from.starts_on,
            Self::DueOn => to.due_on = from.due_on,
            Self::Span => to.span = from.span,
            Self::Assignees => to.assignees.clone_from(&from.assignees),
        }
    }

    /// The fields in which two records differ.
    #[must_use]
    pub fn differing(a: &Recording, b: &Recording) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|field| !field.same(a, b)).collect()
    }

    /// The field's value in words.
    pub(crate) fn words(self, of: &Recording, names: &Names) -> String {
        match self {
            Self::Status => of.status.wire().to_owned(),
            Self::Title => of.title.clone(),
            Self::Body => text::excerpt(&text::plain(&of.body), 500),
            Self::Parent => names.place(of),
            Self::Position => of.position.map(|place| place.to_string()).unwrap_or_default(),
            Self::Completed => if of.completed { "done" } else { "open" }.to_owned(),
            Self::StartsOn => of.starts_on.map(|day| day.to_string()).unwrap_or_default(),
            Self::DueOn => of.due_on.map(|day| day.to_string()).unwrap_or_default(),
            Self::Span => match of.span {
                None => String::new(),
                Some(Span::Days { from, to }) if from == to => from.to_string(),
                Some(Span::Days { from, to }) => format!("{from} to {to}"),
                Some(Span::Hours { from, to }) => format!("{from} to {to}"),
            },
            Self::Assignees => {
                of.assignees.iter().map(|id: &PersonId| names.person(*id)).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// What differs between two versions, in words. A record that was made shows everything that it was given.
pub(crate) fn changes(before: Option<&Recording>, after: Option<&Recording>, names: &Names) -> Vec<FieldChange> {
    let said =
        |field: Field, record: Option<&Recording>| record.map(|record| field.words(record, names)).unwrap_or_default();
    let fields: Vec<Field> = match (before, after) {
        (Some(before), Some(after)) => Field::differing(before, after),
        (None, Some(_)) => {
            let plain = [Field::Status, Field::Position, Field::Completed];
            Field::ALL.iter().copied().filter(|field| !plain.contains(field)).collect()
        }
        (Some(_), None) => vec![Field::Status],
        (None, None) => Vec::new(),
    };
    fields
        .into_iter()
        .map(|field| FieldChange { field: field.name().into(), before: said(field, before), after: said(field, after) })
        .filter(|change| before.is_some() || !change.after.is_empty())
        .map(|change| if after.is_none() { FieldChange { after: "removed".into(), ..change } } else { change })
        .collect()
}

/// Three versions of some fields, in words.
pub(crate) fn three_ways(
    fields: &[Field],
    base: Option<&Recording>,
    mine: Option<&Recording>,
    theirs: Option<&Recording>,
    names: &Names,
) -> Vec<ThreeWay> {
    let said =
        |field: Field, record: Option<&Recording>| record.map(|record| field.words(record, names)).unwrap_or_default();
    fields
        .iter()
        .map(|field| ThreeWay {
            field: field.name().into(),
            base: said(*field, base),
            mine: said(*field, mine),
            theirs: said(*field, theirs),
        })
        .collect()
}
