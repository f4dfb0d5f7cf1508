//! Interpreters for tests, which interpret nothing: what they bring is written beforehand.

use std::sync::{Arc, Mutex};

use flow::Map;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::captures::capture;
use crate::activepieces::{Answer, Execute, Job, Outcome, Progress, RunStatus};

/// Tells how a job ends.
type Script = dyn Fn(&Job, &Progress) -> Outcome + Send + Sync;

/// Brings what `script` says, and keeps the jobs that it was given.
#[derive(Clone)]
pub(super) struct Worker {
    script: Arc<Script>,
    pub(super) jobs: Arc<Mutex<Vec<Job>>>,
}

impl Worker {
    pub(super) fn new(script: impl Fn(&Job, &Progress) -> Outcome + Send + Sync + 'static) -> Self {
        Self { script: Arc::new(script), jobs: Arc::default() }
    }

    /// Each step echoes its name; whoever waits is answered what came in.
    pub(super) fn echo() -> Self {
        Self::new(|job, progress| {
            let mut steps = Map::new();
            for visit in job.flow.steps.walk() {
                let name = &visit.step.name;
                if job.step_to_test.as_ref().is_some_and(|tested| tested != name) {
                    continue;
                }
                let running = json!({ "type": "CODE", "status": "RUNNING", "input": {} });
                progress.step(name, &[], running);
                let done =
                    json!({ "type": "CODE", "status": "SUCCEEDED", "input": {}, "output": name, "duration": 1.5 });
                progress.step(name, &[], done.clone());
                steps.insert(name.clone(), done);
            }
            let body = json!({ "got": job.payload["body"] });
            let answer = Some(Answer { status: 201, headers: vec![("x-flow".to_owned(), "yes".to_owned())], body });
            Outcome { answer, ..Outcome::succeeded(steps) }
        })
    }

    /// What the real server's worker brought for the flows of the captures.
    pub(super) fn of_the_captures() -> Self {
        let steps = |number: &str| capture(number).answer["steps"].as_object().unwrap().clone();
        let (fine, broken, tested) = (steps("101"), steps("102"), steps("082"));
        let (waits, boom) = (steps("181"), steps("180"));
        Self::new(move |job, _| {
            if let Some(step) = &job.step_to_test {
                let found = tested.get(step).or_else(|| fine.get(step)).cloned().unwrap();
                return Outcome::succeeded(Map::from_iter([(step.clone(), found)]));
            }
            let own = |steps: &Map| {
                let mut steps = steps.clone();
                steps.remove("trigger");
                steps
            };
            if job.flow.display_name.starts_with("Approval") {
                let steps = if job.payload["body"]["boom"].is_null() { own(&waits) } else { own(&boom) };
                return Outcome { status: RunStatus::Paused, ..Outcome::succeeded(steps) };
            }
            if job.payload["body"]["items"].is_array() {
                let answer =
                    Answer { status: 200, headers: Vec::new(), body: json!({ "total": 108, "health": "Healthy" }) };
                return Outcome { answer: Some(answer), ..Outcome::succeeded(own(&fine)) };
            }
            Outcome::failed(own(&broken))
        })
    }

    pub(super) fn given(&self) -> Vec<Job> {
        self.jobs.lock().unwrap().clone()
    }
}

impl Execute for Worker {
    fn execute(&self, job: Job, progress: Progress) -> BoxFuture<'static, Outcome> {
        let this = self.clone();
        async move {
            this.jobs.lock().unwrap().push(job.clone());
            (this.script)(&job, &progress)
        }
        .boxed()
    }
}

/// One step that failed, in words of its own.
pub(super) fn failing(message: &str) -> Worker {
    let step: Value =
        json!({ "type": "CODE", "status": "FAILED", "input": {}, "duration": 3.5, "errorMessage": message });
    Worker::new(move |_, _| Outcome::failed(Map::from_iter([("step_1".to_owned(), step.clone())])))
}
