//! A run as the server tells it. Steps come as a map whose order says nothing; what a step brought may be large, deep, or
//! somewhere else.

use std::collections::{BTreeMap, HashSet};

use flow::Flow;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{ToldStatus, Trouble};
use crate::wire::{self, lenient};
use crate::{Fault, Secret};

/// A run of a flow.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Its id.
    pub id: String,
    /// The flow.
    pub flow_id: String,
    /// The version of it.
    pub flow_version_id: String,
    /// What the flow was called, when a list tells.
    pub flow_name: Option<String>,
    /// How far it is.
    pub status: ToldStatus,
    /// Whether it is a test.
    pub is_test: bool,
    /// When it was asked for.
    pub created: String,
    /// When it began.
    pub start_time: Option<String>,
    /// When it ended.
    pub finish_time: Option<String>,
    /// Who or what started it.
    pub triggered_by: Option<String>,
    /// The run that started this one.
    pub parent_run_id: Option<String>,
    /// Which step failed, and why.
    pub failed: Option<FailedStep>,
    /// What the server's own failure was, for those who administer it.
    pub internal_error: Option<String>,
    /// How many steps were done.
    pub steps_count: u64,
    /// The only step that it is about, in a test of one.
    pub step_to_test: Option<String>,
    /// Whether it was put away.
    pub is_archived: bool,
    /// What was put on it.
    pub tags: Vec<String>,
    /// What the steps did; empty in a list, and when it is no longer kept.
    pub steps: Steps,
    /// The version that ran, as it came; see [`Run::flow`].
    version: Option<Box<RawValue>>,
}

/// The step that a run failed at.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedStep {
    /// The step.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// Why.
    pub trouble: Trouble,
}

/// What steps did, by name.
pub type Steps = BTreeMap<String, StepRun>;

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepRun {
    /// What kind of step it is, as the wire calls it.
    pub kind: String,
    /// `SUCCEEDED`, `FAILED`, `RUNNING`, `PAUSED` or `STOPPED`.
    pub status: String,
    /// What it was given, with secrets and large values cut out by the server.
    pub input: Value,
    /// What it brought.
    pub output: Output,
    /// How long it took, in milliseconds.
    pub duration: Option<f64>,
    /// Why it failed.
    pub trouble: Option<Trouble>,
}

/// What a step brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Output {
    /// Nothing.
    #[default]
    None,
    /// This.
    Value(Value),
    /// A loop: what it is at, and what was done for each item.
    Loop {
        /// The item that it is at.
        item: Value,
        /// Which that is, from 1; 0 before the first.
        index: u64,
        /// What the steps did for each item.
        iterations: Vec<Steps>,
    },
    /// Something large that lies elsewhere.
    Link(Link),
    /// Something that nests too deep to be read: its text.
    Deep(String),
}

/// Where a large output lies. The address holds a signature, so it is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its file.
    pub file_id: String,
    /// Its size, in bytes.
    pub size: u64,
    pub(crate) url: Secret,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Shape {
    id: String,
    #[serde(deserialize_with = "lenient")]
    flow_id: String,
    #[serde(deserialize_with = "lenient")]
    flow_version_id: String,
    #[serde(deserialize_with = "lenient")]
    display_name: Option<String>,
    #[serde(deserialize_with = "lenient")]
    status: String,
    #[serde(deserialize_with = "lenient")]
    environment: String,
    #[serde(deserialize_with = "lenient")]
    created: String,
    #[serde(deserialize_with = "lenient")]
    start_time: Option<String>,
    #[serde(deserialize_with = "lenient")]
    finish_time: Option<String>,
    #[serde(deserialize_with = "lenient")]
    triggered_by: Option<String>,
    #[serde(deserialize_with = "lenient")]
    parent_run_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    failed_step: Option<FailedShape>,
    #[serde(deserialize_with = "lenient")]
    internal_error: Option<InternalShape>,
    #[serde(deserialize_with = "lenient")]
    steps_count: u64,
    #[serde(deserialize_with = "lenient")]
    step_name_to_test: Option<String>,
    #[serde(deserialize_with = "lenient")]
    archived_at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    tags: Vec<String>,
    steps: Option<Box<RawValue>>,
    flow_version: Option<Box<RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct FailedShape {
    name: String,
    #[serde(deserialize_with = "lenient")]
    display_name: String,
    #[serde(deserialize_with = "lenient")]
    message: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InternalShape {
    message: String,
}

impl Run {
    /// Reads a run.
    ///
    /// # Errors
    /// [`Fault::Unreadable`] when it is none.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let shape: Shape = wire::read(text)?;
        if shape.id.is_empty() {
            return Err(Fault::unreadable("it is no run"));
        }
        let failed = shape.failed_step.map(|failed| FailedStep {
            trouble: Trouble::read(&failed.message),
            name: failed.name,
            display_name: failed.display_name,
        });
        Ok(Self {
            id: shape.id,
            flow_id: shape.flow_id,
            flow_version_id: shape.flow_version_id,
            flow_name: shape.display_name,
            status: ToldStatus::from_word(&shape.status),
            is_test: shape.environment == "TESTING",
            created: shape.created,
            start_time: shape.start_time,
            finish_time: shape.finish_time,
            triggered_by: shape.triggered_by,
            parent_run_id: shape.parent_run_id,
            failed,
            internal_error: shape.internal_error.map(|error| error.message),
            steps_count: shape.steps_count,
            step_to_test: shape.step_name_to_test,
            is_archived: shape.archived_at.is_some(),
            tags: shape.tags,
            steps: shape.steps.map(|raw| read_steps(raw.get())).unwrap_or_default(),
            version: shape.flow_version,
        })
    }

    /// The version that ran, if the server told it and it can be read.
    #[must_use]
    pub fn flow(&self) -> Option<Flow> {
        flow::wire::read(self.version.as_ref()?.get()).ok()
    }
}

/// The steps that a run did, in the order of the flow: the order in which the server names them says nothing. Those that
/// the flow does not have come last.
#[must_use]
pub fn in_order<'r>(steps: &'r Steps, flow: &Flow) -> Vec<(&'r str, &'r StepRun)> {
    let names =
        std::iter::once(flow.trigger.name.as_str()).chain(flow.steps.walk().map(|visit| visit.step.name.as_str()));
    let mut seen = HashSet::new();
    let mut ordered = Vec::with_capacity(steps.len());
    for name in names {
        if let Some((name, step)) = steps.get_key_value(name)
            && seen.insert(name.as_str())
        {
            ordered.push((name.as_str(), step));
        }
    }
    ordered.extend(steps.iter().map(|(name, step)| (name.as_str(), step)).filter(|(name, _)| !seen.contains(name)));
    ordered
}

/// How deep loops in loops are told one by one; deeper ones stay a text.
const LOOP_LEVELS: usize = 24;

/// Reads a map of steps; one that cannot be read is left out.
pub(crate) fn read_steps(text: &str) -> Steps {
    steps_at(text, LOOP_LEVELS)
}

fn steps_at(text: &str, levels: usize) -> Steps {
    let found: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).unwrap_or_default();
    found.into_iter().filter_map(|(name, raw)| Some((name, step_at(raw.get(), levels)?))).collect()
}

/// Reads what one step did.
pub(crate) fn read_step(text: &str) -> Option<StepRun> {
    step_at(text, LOOP_LEVELS)
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct StepShape {
    #[serde(rename = "type", deserialize_with = "lenient")]
    kind: String,
    #[serde(deserialize_with = "lenient")]
    status: String,
    input: Option<Box<RawValue>>,
    output: Option<Box<RawValue>>,
    #[serde(deserialize_with = "lenient")]
    output_type: Option<String>,
    #[serde(deserialize_with = "lenient")]
    duration: Option<f64>,
    error_message: Option<Box<RawValue>>,
}

fn step_at(text: &str, levels: usize) -> Option<StepRun> {
    let shape: StepShape = serde_json::from_str(text).ok()?;
    let value = |raw: &RawValue| serde_json::from_str(raw.get()).unwrap_or_else(|_| Value::from(raw.get()));
    let output = match (&shape.output, shape.output_type.as_deref()) {
        (None, _) => Output::None,
        (Some(raw), Some("slice")) => read_link(raw.get()).map_or_else(|| Output::Value(value(raw)), Output::Link),
        (Some(raw), _) if shape.kind == "LOOP_ON_ITEMS" => {
            read_loop(raw.get(), levels).unwrap_or_else(|| read_value(raw))
        }
        (Some(raw), _) => read_value(raw),
    };
    let trouble = shape.error_message.as_deref().map(value).and_then(|message| match message {
        Value::String(text) if !text.is_empty() => Some(Trouble::read(&text)),
        Value::Object(map) => Some(Trouble::read(&Value::Object(map).to_string())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
    });
    Some(StepRun {
        kind: shape.kind,
        status: shape.status,
        input: shape.input.as_deref().map(value).unwrap_or_default(),
        output,
        duration: shape.duration,
        trouble,
    })
}

fn read_value(raw: &RawValue) -> Output {
    serde_json::from_str(raw.get()).map_or_else(|_| Output::Deep(raw.get().to_owned()), Output::Value)
}

fn read_link(text: &str) -> Option<Link> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Shape {
        #[serde(default, deserialize_with = "lenient")]
        file_id: String,
        #[serde(default, deserialize_with = "lenient")]
        size: u64,
        url: String,
    }
    let shape: Shape = serde_json::from_str(text).ok()?;
    Some(Link { file_id: shape.file_id, size: shape.size, url: Secret::new(shape.url) })
}

fn read_loop(text: &str, levels: usize) -> Option<Output> {
    #[derive(Deserialize)]
    struct Shape {
        #[serde(default)]
        item: Option<Box<RawValue>>,
        #[serde(default, deserialize_with = "lenient")]
        index: u64,
        iterations: Vec<Box<RawValue>>,
    }
    let levels = levels.checked_sub(1)?;
    let shape: Shape = serde_json::from_str(text).ok()?;
    let item = shape.item.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
    let iterations = shape.iterations.iter().map(|raw| steps_at(raw.get(), levels)).collect();
    Some(Output::Loop { item, index: shape.index, iterations })
}
