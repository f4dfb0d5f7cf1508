//! Runs of automations: the list, one of them with its steps, and what was tried of a step.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RunStatus;
use crate::{FlowId, FlowPlace, RunId};

/// A run in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunSummary {
    /// The run.
    pub id: RunId,
    /// Its flow.
    pub flow: FlowId,
    /// What the flow is called.
    pub name: String,
    /// Where it runs.
    pub place: FlowPlace,
    /// How it stands.
    pub status: RunStatus,
    /// It was a test.
    pub test: bool,
    /// It was a test on samples, in which nothing happened outside.
    pub rehearsal: bool,
    /// What set it off, in words.
    pub cause: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The step that failed, as people call it.
    pub failed_step: Option<String>,
    /// Why, in a sentence.
    pub failure: Option<String>,
    /// What it waits for, in words, and whether a person must answer.
    pub waits: Option<RunWait>,
}

/// What a run waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunWait {
    /// The step that waits.
    pub step: String,
    /// What for.
    pub words: String,
    /// What a person may answer; empty when it waits for no person.
    pub answers: Vec<RunAnswer>,
    /// When it goes on by itself.
    pub until: Option<Timestamp>,
}

/// What a person may answer a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RunAnswer {
    /// Yes, to an approval.
    Approve,
    /// No, to an approval.
    Reject,
    /// What may have happened before the app ended did happen: go on after it.
    ItHappened,
    /// It did not: do it again.
    TryAgain,
}

/// A run with its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunView {
    /// What the list says of it.
    pub run: RunSummary,
    /// The flow as it was when it ran, as JSON text of the `flow` crate.
    pub document: String,
    /// The steps in the order in which they began; of a loop, those of every iteration that is kept.
    pub steps: Vec<RunStep>,
}

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunStep {
    /// Its name in the flow.
    pub name: String,
    /// The iterations that it stands in, from the outermost loop: the loop's name and the iteration, from 1.
    pub within: Vec<(String, u32)>,
    /// How it stands.
    pub status: RunStatus,
    /// When it began.
    pub began_at: Option<Timestamp>,
    /// How long it took, in milliseconds; of one under way, how long so far is not told.
    pub took_ms: Option<u64>,
    /// How often it was tried.
    pub attempts: u32,
    /// What went in, as JSON text; secrets are blacked out.
    pub input: String,
    /// What came out, as JSON text.
    pub output: String,
    /// What came out is longer: this is its beginning.
    pub cut: bool,
    /// Why it failed.
    pub error: Option<RunError>,
    /// What is worth knowing though it did not fail, such as a reference that found nothing.
    pub warnings: Vec<String>,
}

/// Why a step failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunError {
    /// What happened and what to do next.
    pub message: String,
    /// What the other side said, word for word; empty if nothing.
    pub detail: String,
}

/// Runs that fit a filter, and what all that fit it came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunList {
    /// Newest first; as many as were asked for.
    pub runs: Vec<RunSummary>,
    /// How many runs stand how, those that the filter leaves out by their status included. Statuses that none has are left out.
    pub counts: Vec<(RunStatus, u32)>,
    /// Each of the last 14 days, the oldest first: how many runs ended that day, and how many of them failed.
    pub days: Vec<(u32, u32)>,
    /// There are older ones.
    pub more: bool,
}

/// What a step brought when it was tried alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepTrial {
    /// What went in, as JSON text; secrets are blacked out.
    pub input: String,
    /// What it brought, as JSON text; kept as the step's sample.
    pub output: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What code wrote to the console, a line each.
    pub console: Vec<String>,
    /// What is worth knowing though it did not fail.
    pub warnings: Vec<String>,
    /// Why it failed; then no sample was kept.
    pub error: Option<RunError>,
}
