//! Automations as they cross to a page: the list, one flow with what is known of it, its runs and their steps, pieces and
//! connections.
//!
//! A flow's document, its history and a piece's description cross as JSON text: they are the `flow` crate's, and nothing here
//! looks into them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::FlowId;

mod run;
mod status;
mod stock;
mod table;

pub use run::*;
pub use status::RunStatus;
pub use stock::*;
pub use table::*;

/// Where a flow runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlowPlace {
    /// Inside the app.
    #[default]
    Here,
    /// On the person's Activepieces server.
    Server,
}

/// Whether a flow runs by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlowState {
    /// It was never published.
    #[default]
    Draft,
    /// What is published runs when its trigger fires.
    On,
    /// It is published and switched off.
    Off,
}

/// A flow in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowSummary {
    /// The flow.
    pub id: FlowId,
    /// What it is called.
    pub name: String,
    /// The folder it lies in; empty for none.
    pub folder: String,
    /// Where it runs.
    pub place: FlowPlace,
    /// Whether it runs by itself.
    pub state: FlowState,
    /// The draft is not what is published.
    pub changed: bool,
    /// What starts it, in words.
    pub trigger: String,
    /// How many steps it has, the trigger left out.
    pub steps: u32,
    /// How many things must be mended before it can be published.
    pub problems: u32,
    /// Who made it.
    pub owner: String,
    /// When it was last edited.
    pub changed_at: Timestamp,
    /// Its last run that was no test.
    pub last_run: Option<RunSummary>,
    /// Its last test or rehearsal.
    pub last_test: Option<RunSummary>,
    /// Runs of the last seven days that ended, tests left out.
    pub runs: u32,
    /// How many of those failed.
    pub failed: u32,
    /// Each of the last 14 days, the oldest first: how many runs ended that day, and how many of them failed. Tests are left out.
    #[serde(default)]
    pub days: Vec<(u32, u32)>,
}

/// One flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowView {
    /// What the list says of it.
    pub flow: FlowSummary,
    /// Rises with each change of the draft. An edit names the one that it was made on.
    pub revision: u64,
    /// The draft, as JSON text of the `flow` crate; left out when the asker has this revision.
    pub document: Option<String>,
    /// What can be taken back, the last of it at the end.
    pub done: Vec<FlowDeed>,
    /// What can be done again, the next of it at the end.
    pub undone: Vec<FlowDeed>,
    /// What is published; empty while nothing is.
    pub published: String,
    /// Changes that wait for a person's yes.
    pub pending: Option<PendingFlow>,
    /// What steps brought when they were tried, kept for the steps after them.
    pub samples: Vec<Sample>,
    /// Why it cannot be edited here.
    pub read_only: Option<String>,
    /// Who else has it open for editing.
    pub lock: Option<String>,
    /// Somebody else's edits that clash with ours: what is there, as JSON text of the `flow` crate, until it is decided.
    pub diverged: Option<String>,
    /// Where its webhook or form is called, if its trigger is one.
    pub address: Option<String>,
    /// Of a flow on the server that something in Basecamp starts: what PM OS tells the server and when, as sentences.
    #[serde(default)]
    pub told: Option<String>,
}

/// An entry of what was done to a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowDeed {
    /// What it was, in a few words.
    pub label: String,
    /// Who did it; empty for the person.
    pub by: String,
    /// What it was made of.
    pub details: Vec<String>,
}

/// A flow after an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowEdited {
    /// What the list says of it.
    pub flow: FlowSummary,
    /// Its revision.
    pub revision: u64,
    /// What was applied, as JSON text of one operation of the `flow` crate.
    pub applied: String,
    /// What can be taken back, the last of it at the end.
    pub done: Vec<FlowDeed>,
    /// What can be done again, the next of it at the end.
    pub undone: Vec<FlowDeed>,
}

/// What was published of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowVersion {
    /// Its number within the flow, from 1.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// The flow as it was, as JSON text of the `flow` crate.
    pub document: String,
}

/// Changes that somebody proposed, and nobody accepted yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PendingFlow {
    /// What they are about.
    pub label: String,
    /// Who proposes: the assistant's run, or a person on the server.
    pub by: String,
    /// The flow as it would be, as JSON text of the `flow` crate.
    pub document: String,
    /// When they were last added to.
    pub at: Timestamp,
    /// What of them gave way to an edit of the draft, and what to do about it; empty for nothing.
    #[serde(default)]
    pub note: String,
}

/// What a step brought, or would bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sample {
    /// The step.
    pub step: String,
    /// What it is called; empty for what the last test brought.
    pub name: String,
    /// The value, as JSON text.
    pub value: String,
    /// When it was kept.
    pub at: Timestamp,
    /// It is the one that later steps are tried with. One of each step's is.
    pub chosen: bool,
}

/// Whether a draft is ready, and what it would be allowed to do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowCheck {
    /// What keeps it from running, or may: JSON text of a list of findings of the `flow` crate.
    pub findings: String,
    /// How many of them keep it from being published.
    pub errors: u32,
    /// What it does outside, a line each. Publishing allows it that and no more.
    pub needs: Vec<FlowNeed>,
}

/// Something that an automation does outside, and is allowed to when it is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowNeed {
    /// What it is known by: the piece and the action, such as `@activepieces/piece-slack:send_channel_message`.
    pub key: String,
    /// What it does, in words: “Send a message in Slack as Team bot”.
    pub words: String,
    /// The steps that do it.
    pub steps: Vec<String>,
    /// What it was published with already.
    pub granted: bool,
}

/// What became of a flow that was to run elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowMoved {
    /// The flow: where it was, if something that must be mended keeps it there.
    pub flow: FlowSummary,
    /// What has no counterpart there, or is not quite the same.
    pub gaps: Vec<FlowGap>,
}

/// Something that is not the same elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowGap {
    /// The step; empty for the whole flow.
    pub step: String,
    /// What is different and what to do.
    pub words: String,
    /// It keeps the flow from running there.
    pub stops: bool,
}

/// Whose edits count where two edited the same flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlowKeep {
    /// Both, and ours where they touch the same.
    Both,
    /// Ours.
    Ours,
    /// Theirs.
    Theirs,
}
