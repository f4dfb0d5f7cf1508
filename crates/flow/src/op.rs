//! Every change that can be made to a flow, and how it is taken back.
//!
//! The operations are those of Activepieces, one for one, with what an inverse needs beside them. [`apply`] either makes
//! the whole change and returns the operation that takes it back to the last byte, or refuses and changes nothing.

mod apply;
mod branches;
mod describe;
mod notes;
mod refusal;
mod steps;
mod whole;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::{Branch, Chain, Document, Map, Note, Place, State, Status, Step, Trigger};

pub use apply::apply;
pub use describe::describe;
pub use refusal::Refusal;

/// A change to a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Calls the flow something else.
    ChangeName {
        /// What people call it.
        display_name: String,
    },
    /// Files it in a folder, or in none.
    ChangeFolder {
        /// The folder.
        folder_id: Option<String>,
    },
    /// Lets the published version run, or not.
    ChangeStatus {
        /// Which.
        status: Status,
    },
    /// Publishes this version.
    LockAndPublish {
        /// Whether it runs then; it does if nothing is said.
        status: Option<Status>,
    },
    /// Keeps this version as it is.
    LockFlow,
    /// Puts an earlier version in place of the draft.
    UseAsDraft {
        /// The earlier version.
        version_id: String,
        /// What it holds: a server looks it up by itself, we have to be told.
        document: Box<Document>,
    },
    /// Replaces all that a person edits.
    ImportFlow {
        /// By this.
        document: Box<Document>,
    },
    /// Replaces what starts the flow. What its last test brought stays.
    UpdateTrigger {
        /// By this.
        trigger: Box<Trigger>,
    },
    /// Adds steps one behind the other, with all that they hold.
    AddAction {
        /// Where the first goes.
        place: Place,
        /// The steps; their names and those in them are free.
        steps: Chain,
    },
    /// Replaces the settings of a step. What it holds and what its last test brought stay, whatever is said of them here.
    UpdateAction {
        /// By these; the name tells which.
        step: Box<Step>,
    },
    /// Deletes steps, with all that they hold.
    DeleteAction {
        /// Which.
        names: Vec<String>,
    },
    /// Moves a step, with all that it holds.
    MoveAction {
        /// Which.
        name: String,
        /// Where to.
        to: Place,
    },
    /// Puts a copy of a step, with all that it holds, behind it.
    DuplicateAction {
        /// Which.
        name: String,
    },
    /// Passes steps over, or no longer.
    SetSkipAction {
        /// Which.
        names: Vec<String>,
        /// Whether; `None` takes back that anything was ever said.
        skip: Option<bool>,
    },
    /// Adds a branch to a router, with all that is done in it.
    AddBranch {
        /// The router.
        step: String,
        /// Where, from 0; not behind the fallback.
        index: usize,
        /// The branch.
        branch: Box<Branch>,
    },
    /// Deletes a branch, with all that is done in it.
    DeleteBranch {
        /// The router.
        step: String,
        /// Which, from 0.
        index: usize,
    },
    /// Puts a copy of a branch, with all that is done in it, behind it.
    DuplicateBranch {
        /// The router.
        step: String,
        /// Which, from 0.
        index: usize,
    },
    /// Moves a branch among its neighbours.
    MoveBranch {
        /// The router.
        step: String,
        /// From where, from 0.
        from: usize,
        /// Where it is then, from 0.
        to: usize,
    },
    /// Adds a note.
    AddNote {
        /// The note, with an id of its own.
        note: Box<Note>,
        /// How many notes lie beneath it; on top of all if nothing is said.
        at: Option<usize>,
    },
    /// Replaces a note.
    UpdateNote {
        /// By this; the id tells which.
        note: Box<Note>,
    },
    /// Deletes a note.
    DeleteNote {
        /// Which.
        id: String,
    },
    /// Gives a server the result of a test to keep. The flow itself does not change: the server tells where it keeps it.
    SaveSampleData {
        /// The step or trigger.
        step: String,
        /// The result.
        payload: Value,
        /// What of it.
        side: SampleSide,
    },
    /// Tells where a server keeps what the last test of a step brought.
    UpdateSampleDataInfo {
        /// The step or trigger.
        step: String,
        /// Where; nowhere if nothing is said.
        sample_data: Option<Value>,
    },
    /// Replaces what a client keeps with the flow.
    UpdateMetadata {
        /// By this.
        metadata: Option<Map>,
    },
    /// Says what a run saves a person.
    UpdateMinutesSaved {
        /// In the server's unit.
        time_saved_per_run: Option<Number>,
    },
    /// Gives the flow to somebody else.
    UpdateOwner {
        /// Whom.
        owner_id: Option<String>,
    },
    /// All of these, or none.
    All {
        /// In this order.
        ops: Vec<Op>,
    },
    /// Takes back what publishing and locking did to the flow. No server can: there, publish another version instead.
    RestoreLifecycle {
        /// What was.
        lifecycle: Lifecycle,
    },
}

/// What of a test is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SampleSide {
    /// What the step was given.
    Input,
    /// What it brought.
    Output,
}

/// How far a flow has come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// Whether the version may be changed.
    pub state: Option<State>,
    /// The version that runs.
    pub published_version_id: Option<String>,
    /// Whether it runs.
    pub status: Option<Status>,
}

impl Op {
    /// Several as one.
    #[must_use]
    pub fn all(ops: impl IntoIterator<Item = Self>) -> Self {
        Self::All { ops: ops.into_iter().collect() }
    }

    /// Deletes one step.
    #[must_use]
    pub fn delete(name: impl Into<String>) -> Self {
        Self::DeleteAction { names: vec![name.into()] }
    }

    /// Adds a step.
    #[must_use]
    pub fn add(place: Place, step: Step) -> Self {
        Self::AddAction { place, steps: step.into() }
    }

    /// Replaces the settings of a step.
    #[must_use]
    pub fn update(step: Step) -> Self {
        Self::UpdateAction { step: Box::new(step) }
    }

    /// Whether it changes what a person edits. The others touch the record only, and are allowed on a flow that is read-only.
    #[must_use]
    pub fn edits(&self) -> bool {
        match self {
            Self::ChangeFolder { .. }
            | Self::ChangeStatus { .. }
            | Self::UpdateMetadata { .. }
            | Self::UpdateMinutesSaved { .. }
            | Self::UpdateOwner { .. }
            | Self::RestoreLifecycle { .. } => false,
            Self::All { ops } => ops.iter().any(Self::edits),
            Self::ChangeName { .. }
            | Self::LockAndPublish { .. }
            | Self::LockFlow
            | Self::UseAsDraft { .. }
            | Self::ImportFlow { .. }
            | Self::UpdateTrigger { .. }
            | Self::AddAction { .. }
            | Self::UpdateAction { .. }
            | Self::DeleteAction { .. }
            | Self::MoveAction { .. }
            | Self::DuplicateAction { .. }
            | Self::SetSkipAction { .. }
            | Self::AddBranch { .. }
            | Self::DeleteBranch { .. }
            | Self::DuplicateBranch { .. }
            | Self::MoveBranch { .. }
            | Self::AddNote { .. }
            | Self::UpdateNote { .. }
            | Self::DeleteNote { .. }
            | Self::SaveSampleData { .. }
            | Self::UpdateSampleDataInfo { .. } => true,
        }
    }
}
