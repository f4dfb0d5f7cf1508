//! One run of a flow, as data.

use flow::{Map, RunStatus};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::ids::stamp;

#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) flow: String,
    pub(super) version: String,
    /// A test, which no list shows.
    pub(super) is_test: bool,
    pub(super) status: RunStatus,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) started: Option<Timestamp>,
    pub(super) finished: Option<Timestamp>,
    pub(super) archived: Option<Timestamp>,
    pub(super) triggered_by: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) fails_parent: bool,
    pub(super) tags: Vec<String>,
    pub(super) failed_step: Option<(String, String, String)>,
    pub(super) step_to_test: Option<String>,
    pub(super) logs_file: Option<String>,
    pub(super) steps: Map,
    pub(super) internal_error: Option<Value>,
    /// What started it.
    pub(super) payload: Value,
    /// Whoever knows this may let a paused run go on.
    pub(super) waitpoint: String,
    /// What it was resumed with, until the worker has taken it.
    pub(super) resumed_with: Option<Value>,
    /// How often it was handed to a worker: an earlier worker's word does not count.
    pub(super) attempt: u64,
}

/// The longest message that a run repeats of the step that failed, in characters.
const LONGEST_MESSAGE: usize = 700;

impl Run {
    pub(super) fn environment(&self) -> &'static str {
        if self.is_test { "TESTING" } else { "PRODUCTION" }
    }

    /// All but the steps and the version.
    pub(super) fn json(&self) -> Value {
        let failed = self.failed_step.as_ref().map(
            |(name, display_name, message)| json!({ "name": name, "displayName": display_name, "message": message }),
        );
        json!({
            "id": self.id, "created": stamp(self.created), "updated": stamp(self.updated), "projectId": self.project,
            "flowId": self.flow, "flowVersionId": self.version, "environment": self.environment(),
            "logsFileId": self.logs_file, "parentRunId": self.parent, "failParentOnFailure": self.fails_parent,
            "status": self.status.word(), "tags": self.tags, "startTime": self.started.map(stamp),
            "triggeredBy": self.triggered_by, "finishTime": self.finished.map(stamp), "failedStep": failed,
            "archivedAt": self.archived.map(stamp), "stepNameToTest": self.step_to_test,
            "stepsCount": self.steps_count(), "pauseMetadata": null,
        })
    }

    /// A run that nobody has begun is told in few words; of a test, in a few more.
    pub(super) fn fresh_json(&self) -> Value {
        let mut body = self.json();
        if let Value::Object(body) = &mut body {
            if !self.is_test {
                let kept = [
                    "id",
                    "projectId",
                    "flowId",
                    "flowVersionId",
                    "environment",
                    "parentRunId",
                    "failParentOnFailure",
                    "status",
                    "created",
                    "updated",
                    "tags",
                ];
                body.retain(|key, _| kept.contains(&key.as_str()));
            }
            body.insert("steps".to_owned(), json!({}));
        }
        body
    }

    /// What is told of the run beside a step that goes on.
    pub(super) fn progress_json(&self, at: Timestamp, piece: &str) -> Value {
        let status = if self.status == RunStatus::Queued { RunStatus::Running } else { self.status };
        let mut body = json!({
            "projectId": self.project, "flowId": self.flow, "flowVersionId": self.version, "id": self.id,
            "created": stamp(at), "updated": stamp(at), "status": status.word(), "environment": self.environment(),
            "failParentOnFailure": false, "triggeredBy": piece, "tags": self.tags,
        });
        if let (Value::Object(body), None) = (&mut body, &self.step_to_test) {
            body.insert("startTime".to_owned(), json!(stamp(self.started.unwrap_or(at))));
        }
        body
    }

    /// The steps that went well, but for the trigger.
    fn steps_count(&self) -> usize {
        let went = |step: &Value| step.get("status").and_then(Value::as_str) == Some("SUCCEEDED");
        match &self.step_to_test {
            Some(tested) => usize::from(self.steps.get(tested).is_some_and(went)),
            None => self.steps.iter().filter(|(name, step)| *name != "trigger" && went(step)).count(),
        }
    }

    /// The step that failed, as the run repeats it: cut, so that what was JSON may be none any more.
    pub(super) fn find_failed(&self, version: Option<&flow::Flow>) -> Option<(String, String, String)> {
        let failed = self.steps.iter().find(|(_, step)| step.get("status").and_then(Value::as_str) == Some("FAILED"));
        let (name, step) = failed?;
        let message = step.get("errorMessage").and_then(Value::as_str).unwrap_or_default();
        let shown = version.and_then(|version| version.step(name)).map(|step| step.display_name.clone());
        let mut cut: String = message.chars().take(LONGEST_MESSAGE).collect();
        if cut.len() < message.len() {
            cut.push('…');
        }
        Some((name.clone(), shown.unwrap_or_else(|| name.clone()), cut))
    }

    /// What holds of every run.
    pub(super) fn check(&self) -> Result<(), String> {
        let id = &self.id;
        if self.status.is_ended() && self.finished.is_none() && self.status != RunStatus::Canceled {
            return Err(format!("run {id} ended and says not when"));
        }
        if !self.status.is_ended() && self.finished.is_some() {
            return Err(format!("run {id} goes on and says when it ended"));
        }
        if self.status == RunStatus::Failed && self.failed_step.is_none() {
            return Err(format!("run {id} failed and says not where"));
        }
        Ok(())
    }
}
