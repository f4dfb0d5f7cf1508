//! How fresh the data is, and what waits to be sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ChangeId, Conflict, Fault, Kind, RecordingId, Tag};

/// What sync is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SyncPhase {
    /// Nothing; it waits for its next turn.
    Idle,
    /// The first fetch of everything.
    Cold,
    /// Fetching what changed.
    Warm,
    /// Comparing everything, for what no feed tells.
    Reconciling,
    /// Sending queued edits.
    Sending,
    /// Stopped by the person.
    Paused,
}

/// How far one stage of a pass is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageProgress {
    /// What is fetched: “Projects”, “To-dos”, …
    pub label: String,
    /// How many have come.
    pub done: u64,
    /// How many there are, once Basecamp has told.
    pub total: Option<u64>,
    /// True when it has ended.
    pub finished: bool,
}

/// How fresh one kind of data is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Freshness {
    /// What.
    pub tag: Tag,
    /// As of when it is known to be complete; `None` when it never was.
    pub as_of: Option<Timestamp>,
    /// How many records are here.
    pub count: u64,
}

/// How sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncStatus {
    /// What it is doing.
    pub phase: SyncPhase,
    /// The person works offline by choice.
    pub offline: bool,
    /// Basecamp could be reached at the last try.
    pub reachable: bool,
    /// As of when everything here is known to be complete.
    pub fresh_as_of: Option<Timestamp>,
    /// The stages of the running pass, in order.
    pub stages: Vec<StageProgress>,
    /// Requests made in this pass.
    pub requests: u64,
    /// Seconds that the rest will probably take, from the measured rate and what is known to be left; `None` while that is
    /// not known.
    pub remaining_seconds: Option<u64>,
    /// Edits that wait to be sent.
    pub queued: u32,
    /// Edits that a person must look at.
    pub stuck: u32,
    /// What went wrong at the last try, if anything did.
    pub problem: Option<Fault>,
}

/// The sync panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncReport {
    /// How it stands.
    pub status: SyncStatus,
    /// Per kind of data.
    pub freshness: Vec<Freshness>,
}

/// Where a queued edit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OutboxState {
    /// It waits.
    Queued,
    /// It is being sent, or its answer was lost and is being looked for.
    Sending,
    /// Basecamp refused it.
    Failed,
    /// Someone else changed the same field.
    Conflict,
}

/// An edit that Basecamp does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutboxEntry {
    /// The change.
    pub change: ChangeId,
    /// The item.
    pub item: RecordingId,
    /// Its kind.
    pub kind: Kind,
    /// What will be sent, in a few words.
    pub summary: String,
    /// Where it stands.
    pub state: OutboxState,
    /// When it was made.
    pub at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it is stuck, where it is.
    pub problem: Option<String>,
    /// The three versions, when it is a conflict.
    pub conflict: Option<Conflict>,
}
