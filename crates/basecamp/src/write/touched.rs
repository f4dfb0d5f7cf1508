//! Which fields an edit touches, and whether somebody else touched them too.

use contract::Recording;

/// The fields of a recording that can be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Touched {
    pub(super) title: bool,
    pub(super) body: bool,
    pub(super) starts_on: bool,
    pub(super) due_on: bool,
    pub(super) span: bool,
    pub(super) assignees: bool,
    pub(super) completed: bool,
    pub(super) parent: bool,
    pub(super) position: bool,
    pub(super) status: bool,
}

impl Touched {
    /// The fields in which two versions differ.
    pub(super) fn between(before: &Recording, after: &Recording) -> Self {
        Self {
            title: before.title != after.title,
            body: before.body != after.body,
            starts_on: before.starts_on != after.starts_on,
            due_on: before.due_on != after.due_on,
            span: before.span != after.span,
            assignees: before.assignees != after.assignees,
            completed: before.completed != after.completed,
            parent: before.parent != after.parent,
            position: before.position != after.position && after.position.is_some(),
            status: before.status != after.status,
        }
    }

    /// The fields in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            title: self.title && other.title,
            body: self.body && other.body,
            starts_on: self.starts_on && other.starts_on,
            due_on: self.due_on && other.due_on,
            span: self.span && other.span,
            assignees: self.assignees && other.assignees,
            completed: self.completed && other.completed,
            parent: self.parent && other.parent,
            position: self.position && other.position,
            status: self.status && other.status,
        }
    }

    /// Something is touched, a mere place among siblings left aside.
    pub(super) fn matters(self) -> bool {
        Self { position: false, ..self } != Self::default()
    }

    /// Something is touched that goes into the record's own PUT.
    pub(super) fn content(self) -> bool {
        self.title || self.body || self.starts_on || self.due_on || self.span || self.assignees
    }
}
