//! What was done here, by whom, through which door, and how to take it back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ChangeId, ChangeSetId, Kind, ProjectId, RecordingId};

/// Where a change set stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SetState {
    /// Done, and can be undone.
    Done,
    /// Undone, and can be redone.
    Undone,
    /// An undo or redo of another set; it is undone by redoing or undoing that one.
    Reversal,
}

/// Can it be taken back?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reversible {
    /// Undo restores what was.
    Undoable,
    /// Undo puts it in the trash, but people have been notified.
    Compensable,
    /// It cannot be taken back.
    Irreversible,
}

/// One field of one change, as text for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChange {
    /// The field: `title`, `due_on`, `assignees`, …
    pub field: String,
    /// What it was; empty when there was nothing.
    pub before: String,
    /// What it became.
    pub after: String,
}

/// What happened to one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeView {
    /// The change.
    pub id: ChangeId,
    /// The item.
    pub item: RecordingId,
    /// Its kind.
    pub kind: Kind,
    /// Its title, as it was after the change.
    pub title: String,
    /// True when the change made the item.
    pub created: bool,
    /// What changed.
    pub fields: Vec<FieldChange>,
}

/// What happened to one project. It is done in Basecamp before it stands here, so it never waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectChangeView {
    /// The change.
    pub id: ChangeId,
    /// The project.
    pub project: ProjectId,
    /// Its name, as it was after the change.
    pub name: String,
    /// True when the change made the project.
    pub created: bool,
    /// What changed.
    pub fields: Vec<FieldChange>,
}

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// The change set.
    pub set: ChangeSetId,
    /// What was done, in a few words: “Completed “Book the studio””.
    pub summary: String,
    /// Who: `person`, `agent:…`, `automation:…`, `client:…`.
    pub who: String,
    /// Through which door: `window`, `command-line`, `http`, `background`.
    pub door: String,
    /// When.
    pub at: Timestamp,
    /// Done, undone, or itself a reversal.
    pub state: SetState,
    /// Whether it can be taken back.
    pub reversible: Reversible,
    /// The changes of items.
    pub changes: Vec<ChangeView>,
    /// The changes of projects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectChangeView>,
}

/// The answer to undo and redo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Undone {
    /// It was taken back here, and is on its way to Basecamp.
    Done {
        /// The set that takes it back.
        set: ChangeSetId,
        /// What was restored, in a few words.
        summary: String,
    },
    /// Someone changed the items since. Nothing was done; choose, and ask again with the choice.
    Moved {
        /// One for each item that moved.
        conflicts: Vec<Conflict>,
    },
}

/// What to do about an item that someone changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Leave it as it is now in Basecamp.
    KeepTheirs,
    /// Put our fields over it.
    TakeMine,
}

/// Three versions of an item: the fields that differ between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The item.
    pub item: RecordingId,
    /// Its kind.
    pub kind: Kind,
    /// Its title now.
    pub title: String,
    /// The fields that differ.
    pub fields: Vec<ThreeWay>,
}

/// One field in three versions, as text for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThreeWay {
    /// The field.
    pub field: String,
    /// What both started from (for undo: what we left behind).
    pub base: String,
    /// What we want it to be.
    pub mine: String,
    /// What it is in Basecamp.
    pub theirs: String,
}
