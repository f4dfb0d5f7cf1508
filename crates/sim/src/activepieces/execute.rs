//! Carrying runs out: what is handed to whoever interprets flows, and what becomes of what they bring back.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use flow::{Flow, Map, RunStatus};
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::connections::texts;
use super::ids::stamp;
use super::installation::Installation;
use super::run::Run;
use super::site::Site;
use super::token;

/// Outputs beyond this many bytes are kept as files.
const LARGEST_OUTPUT: usize = 32 << 10;
/// Inputs beyond this many bytes are not kept.
const LARGEST_INPUT: usize = 2 << 10;
const REDACTED: &str = "**REDACTED**";

/// Interprets flows. The stand-in itself does not.
pub trait Execute: Send + Sync {
    /// Carries out a run, or one step of it, and tells how it ended. `progress` is told of each step on the way.
    fn execute(&self, job: Job, progress: Progress) -> BoxFuture<'static, Outcome>;
}

/// A run to carry out.
#[derive(Clone)]
pub struct Job {
    /// The run.
    pub run: String,
    /// The project that it belongs to.
    pub project: String,
    /// Whether it is a test.
    pub is_test: bool,
    /// The version to run, within its record.
    pub flow: Flow,
    /// What the trigger brought.
    pub payload: Value,
    /// What the usable connections of the project hold, by external id.
    pub connections: BTreeMap<String, Value>,
    /// The variables of the project, by name.
    pub variables: BTreeMap<String, String>,
    /// The only step to carry out, if it is a test of one.
    pub step_to_test: Option<String>,
    /// What the last tests brought, by step.
    pub samples: BTreeMap<String, Value>,
    /// What was done before, of a run that goes on.
    pub resumed: Option<Resumed>,
    /// Whoever calls this address lets the run go on once it is paused.
    pub resume_url: String,
}

/// What was done of a run that goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Resumed {
    /// The steps so far.
    pub steps: Map,
    /// What it was resumed with; `None` when it is tried again from the step that failed.
    pub with: Option<Value>,
}

/// How a run, or a stretch of it, ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// `Paused` lets it wait to be resumed.
    pub status: RunStatus,
    /// Each step in the form of the wire, by name.
    pub steps: Map,
    /// What a caller who waits is answered.
    pub answer: Option<Answer>,
    /// Why the worker failed, for `InternalError`.
    pub internal_error: Option<String>,
}

/// What a flow answers to the caller of its webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Value,
}

/// Told of each step on the way.
#[derive(Clone)]
pub struct Progress(pub(super) Arc<Sink>);

/// Takes the name of a step, the loops that it stands in, and what it brought.
pub(super) type Sink = dyn Fn(&str, &[(String, usize)], Value) + Send + Sync;

impl Progress {
    /// A step begins, or has ended: `output` has its type, status, input and output as on the wire. `path` names the loops
    /// that it stands in and the iteration of each, from 0.
    pub fn step(&self, name: &str, path: &[(String, usize)], output: Value) {
        (self.0)(name, path, output);
    }

    /// A sink that forgets, for tests of interpreters.
    #[must_use]
    pub fn nowhere() -> Self {
        Self(Arc::new(|_, _, _| {}))
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}

/// Secrets are not printed.
impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connections: Vec<&String> = self.connections.keys().collect();
        f.debug_struct("Job")
            .field("run", &self.run)
            .field("flow", &self.flow.display_name)
            .field("step_to_test", &self.step_to_test)
            .field("connections", &connections)
            .finish_non_exhaustive()
    }
}

impl Outcome {
    /// It went well.
    #[must_use]
    pub fn succeeded(steps: Map) -> Self {
        Self { status: RunStatus::Succeeded, steps, answer: None, internal_error: None }
    }

    /// One of its steps failed.
    #[must_use]
    pub fn failed(steps: Map) -> Self {
        Self { status: RunStatus::Failed, ..Self::succeeded(steps) }
    }

    /// The worker failed.
    #[must_use]
    pub fn broken(why: impl Into<String>) -> Self {
        let internal_error = Some(why.into());
        Self { status: RunStatus::InternalError, internal_error, ..Self::succeeded(Map::new()) }
    }
}

impl Installation {
    /// Hands a queued run to a worker, with the number of this attempt.
    pub(crate) fn begin(&mut self, id: &str, site: &Site, now: Timestamp) -> Option<(Job, u64)> {
        let run = self.run_mut(id).filter(|run| run.status == RunStatus::Queued)?;
        run.status = RunStatus::Running;
        run.updated = now;
        run.attempt += 1;
        if run.step_to_test.is_none() && run.started.is_none() {
            run.started = Some(now);
        }
        let with = run.resumed_with.take();
        let goes_on = run.attempt > 1 && (with.is_some() || !run.steps.is_empty());
        let steps = run.steps.iter().filter(|(_, step)| step.get("status").and_then(Value::as_str) != Some("FAILED"));
        let steps: Map = steps.map(|(name, step)| (name.clone(), step.clone())).collect();
        let resumed = goes_on.then_some(Resumed { steps, with });
        let run = run.clone();
        let (row, version) = self.version(&run.version)?;
        let flow = self.whole(row, version);
        let connections = self.connection_values(&run.project).map(|(id, value)| (id.to_owned(), value.clone()));
        let variables = self.variables.iter().filter(|one| one.project == run.project);
        let job = Job {
            run: run.id.clone(),
            project: run.project.clone(),
            is_test: run.is_test,
            samples: self.samples(&flow),
            connections: connections.collect(),
            variables: variables.map(|one| (one.name.clone(), one.value.clone())).collect(),
            flow,
            payload: run.payload.clone(),
            step_to_test: run.step_to_test.clone(),
            resumed,
            resume_url: format!("{}/flow-runs/{}/waitpoints/{}", site.api(), run.id, run.waitpoint),
        };
        if run.is_test && run.step_to_test.is_none() {
            let trigger = trigger_step(&run.payload);
            self.progressed(&run.id, run.attempt, "trigger", &[], trigger, now);
        }
        Some((job, run.attempt))
    }

    /// A worker tells of a step. Of tests, everybody in the project hears of it.
    pub(crate) fn progressed(
        &mut self,
        id: &str,
        attempt: u64,
        name: &str,
        path: &[(String, usize)],
        output: Value,
        now: Timestamp,
    ) {
        let Some(run) = self.run_mut(id).filter(|run| run.attempt == attempt && !run.status.is_ended()) else {
            return;
        };
        if path.is_empty() {
            run.steps.insert(name.to_owned(), output.clone());
        }
        let run = run.clone();
        if run.is_test {
            let piece = self.version(&run.version).and_then(|(_, version)| version.trigger.call());
            let piece = piece.map(|call| call.piece.clone()).unwrap_or_default();
            let step = json!({ "name": name, "path": path, "output": output });
            let data = json!({ "step": step, "flowRun": run.progress_json(now, &piece) });
            self.tell(&run.project, "UPDATE_RUN_PROGRESS", data);
        }
    }

    /// A run, or a stretch of it, ended. The word of an earlier attempt, or of a run that was cancelled, does not count.
    pub(crate) fn ended(
        &mut self,
        id: &str,
        attempt: u64,
        outcome: Outcome,
        site: &Site,
        now: Timestamp,
    ) -> Option<Answer> {
        let run = self.run(id).filter(|run| run.attempt == attempt && !run.status.is_ended())?;
        let mut run = run.clone();
        let version = self.version(&run.version).map(|(_, version)| version.clone());
        let mut steps = outcome.steps;
        if run.step_to_test.is_none() && outcome.status != RunStatus::InternalError {
            steps.entry("trigger").or_insert_with(|| trigger_step(&run.payload));
        }
        if let (Some(tested), Some(version)) = (&run.step_to_test, &version) {
            self.fill_from_samples(version, tested, &mut steps);
        }
        self.keep_small(&mut steps, &run.project, site);
        run.steps = steps;
        run.status = outcome.status;
        run.updated = now;
        run.logs_file = run.logs_file.or_else(|| Some(self.id()));
        run.finished = run.status.is_ended().then_some(now);
        run.failed_step = match run.status {
            RunStatus::Failed => Some(run.find_failed(version.as_ref()).unwrap_or_else(|| {
                ("trigger".to_owned(), "Trigger".to_owned(), "The worker named no step".to_owned())
            })),
            RunStatus::Queued
            | RunStatus::Running
            | RunStatus::Paused
            | RunStatus::Succeeded
            | RunStatus::InternalError
            | RunStatus::Timeout
            | RunStatus::Canceled
            | RunStatus::QuotaExceeded
            | RunStatus::MemoryLimitExceeded
            | RunStatus::LogSizeExceeded => None,
        };
        run.internal_error = outcome
            .internal_error
            .map(|message| json!({ "source": "WORKER", "message": message, "occurredAt": stamp(now) }));
        self.tell_end(&run);
        if let Some(present) = self.run_mut(id) {
            *present = run;
        }
        outcome.answer.filter(|_| outcome.status != RunStatus::Failed)
    }

    fn tell_end(&mut self, run: &Run) {
        if !run.is_test {
            return;
        }
        if let Some(tested) = &run.step_to_test {
            let step = run.steps.get(tested);
            let part = |key: &str| step.and_then(|step| step.get(key)).cloned();
            let error = part("errorMessage").unwrap_or_else(|| {
                run.internal_error.as_ref().and_then(|error| error.get("message")).cloned().unwrap_or(json!(""))
            });
            let data = json!({
                "runId": run.id, "success": run.status == RunStatus::Succeeded, "input": part("input"),
                "output": part("output"), "standardError": error, "standardOutput": "", "projectId": run.project,
            });
            self.tell(&run.project, "TEST_STEP_FINISHED", data);
        }
        self.tell(&run.project, "UPDATE_RUN_PROGRESS", json!({ "flowRun": run.json() }));
    }

    /// The steps beside the one that was tested stand there with what their own last tests brought.
    fn fill_from_samples(&self, version: &Flow, tested: &str, steps: &mut Map) {
        let samples = self.samples(version);
        let sample = |name: &str| samples.get(name).cloned();
        let trigger = sample("trigger").unwrap_or_else(|| json!({}));
        steps.entry("trigger").or_insert_with(|| trigger_step(&trigger));
        for visit in version.steps.walk().filter(|visit| visit.step.name != tested) {
            let (kind, usual) = match &visit.step.kind {
                flow::Kind::Code(_) => ("CODE", json!({})),
                flow::Kind::Piece(_) => ("PIECE", json!({})),
                flow::Kind::Loop(_) => ("LOOP_ON_ITEMS", json!({ "index": 1, "iterations": [] })),
                flow::Kind::Router(_) => ("ROUTER", json!({})),
                flow::Kind::Other(other) => (other.kind.as_str(), json!({})),
            };
            let output = sample(&visit.step.name).unwrap_or(usual);
            let step = json!({ "type": kind, "status": "SUCCEEDED", "input": {}, "output": output });
            steps.entry(visit.step.name.clone()).or_insert(step);
        }
    }

    /// Big outputs become files with a signed link; long inputs and secrets are not kept.
    fn keep_small(&mut self, steps: &mut Map, project: &str, site: &Site) {
        let values = self.connection_values(project).map(|(_, value)| value.clone());
        let variables = self.variables.iter().filter(|one| one.project == project);
        let secrets: Vec<Value> = values.chain(variables.map(|one| json!(one.value))).collect();
        for step in steps.values_mut() {
            let Some(step) = step.as_object_mut() else { continue };
            if let Some(input) = step.get_mut("input") {
                redact(input, &secrets);
                for value in input.as_object_mut().into_iter().flat_map(|input| input.values_mut()) {
                    let size = value.to_string().len();
                    if size > LARGEST_INPUT {
                        *value = json!(format!("(truncated, original size {} KB)", size.div_ceil(1024)));
                    }
                }
            }
            let size = step.get("output").map_or(0, |output| output.to_string().len());
            if size > LARGEST_OUTPUT {
                let file = self.id();
                let url = format!("{}/files/{file}?token={}", site.api(), token::link(&self.secret, &file));
                let slice = json!({ "fileId": file, "size": size, "url": url });
                if let Some(output) = step.insert("output".to_owned(), slice) {
                    self.files.insert(file, output);
                }
                step.insert("outputType".to_owned(), json!("slice"));
            }
        }
    }

    /// What a link of a big output leads to, for whoever has the link.
    pub(super) fn linked_file(&self, file: &str, sealed: &str) -> Option<&Value> {
        self.files.get(file).filter(|_| token::link(&self.secret, file) == sealed)
    }

    /// What the last tests of a version brought, by step.
    pub(super) fn samples(&self, version: &Flow) -> BTreeMap<String, Value> {
        let trigger = (version.trigger.name.as_str(), version.trigger.sample_data());
        let steps = version.steps.walk().map(|visit| (visit.step.name.as_str(), visit.step.sample_data()));
        [trigger]
            .into_iter()
            .chain(steps)
            .filter_map(|(name, data)| {
                let file = data?.get("sampleDataFileId")?.as_str()?;
                Some((name.to_owned(), self.files.get(file)?.clone()))
            })
            .collect()
    }
}

fn trigger_step(payload: &Value) -> Value {
    json!({ "type": "PIECE_TRIGGER", "status": "SUCCEEDED", "input": {}, "output": payload })
}

/// Puts a mark in place of every value that a connection or variable holds.
fn redact(value: &mut Value, secrets: &[Value]) {
    let is_secret = |value: &Value| {
        secrets.iter().any(|secret| {
            let mut held = Vec::new();
            texts(secret, &mut held);
            secret == value || value.as_str().is_some_and(|text| held.contains(&text) && !text.is_empty())
        })
    };
    if is_secret(value) {
        *value = json!(REDACTED);
        return;
    }
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| redact(one, secrets)),
        Value::Object(map) => map.values_mut().for_each(|one| redact(one, secrets)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
