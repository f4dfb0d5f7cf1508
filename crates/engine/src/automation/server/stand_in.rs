//! Lets the stand-in of a server run flows: by the same interpreter as the app, with the pieces that a server would have.
//!
//! What a run did is kept in memory for as long as the stand-in runs, so that one that waits or failed goes on from there.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use flow::{Flow, Kind, Map, RunStatus};
use futures::future::BoxFuture;
use runner::pieces::{HttpLimits, of_a_server};
use runner::{
    Catalog, Ends, Event, Failure, Journal, JournalError, Kept, Outcome as Ended, Program, Recent, Rules, Run, RunId,
    Runner, Secret, Secrets, Sizes, Standing, Start, Task, Tried, Watch, What, sandbox,
};
use serde_json::{Value, json};
use sim::activepieces::{Answer, Execute, Job, Outcome, Progress};
use tokio_util::sync::CancellationToken;

use super::super::Ticking;
use crate::options::Clock;

/// Runs flows of the stand-in.
pub(super) struct Worker {
    pieces: Arc<Catalog>,
    clock: Arc<Ticking>,
    journal: Arc<Pages>,
}

impl Worker {
    /// # Errors
    /// A sentence when connections cannot be made on this machine.
    pub(super) fn new(slack: Option<String>, clock: Clock) -> Result<Self, String> {
        let pieces = Arc::new(Catalog::new(of_a_server(HttpLimits::default(), slack)?));
        Ok(Self { pieces, clock: Arc::new(Ticking(clock)), journal: Arc::default() })
    }

    fn runner(&self, job: &Job, progress: Progress) -> Runner {
        let held = Held { connections: job.connections.clone(), variables: job.variables.clone() };
        // The stand-in cuts large values by itself, as a server does.
        let sizes = Sizes { output: usize::MAX, input: usize::MAX };
        Runner {
            pieces: self.pieces.clone(),
            secrets: Arc::new(held),
            journal: self.journal.clone(),
            clock: self.clock.clone(),
            ends: Arc::new(Nobody),
            watch: Some(Arc::new(Told(progress))),
            rules: Rules { backoff_ms: 100, ..Rules::default() },
            code: sandbox::Limits::default(),
            sizes,
            recent: Recent::default(),
        }
    }
}

impl Execute for Worker {
    fn execute(&self, job: Job, progress: Progress) -> BoxFuture<'static, Outcome> {
        let runner = self.runner(&job, progress);
        Box::pin(async move {
            match Program::new(&job.flow) {
                Ok(program) => carry_out(&runner, Arc::new(program), job).await.unwrap_or_else(Outcome::broken),
                Err(why) => Outcome::broken(why),
            }
        })
    }
}

async fn carry_out(runner: &Runner, program: Arc<Program>, job: Job) -> Result<Outcome, String> {
    let id = RunId(job.run.clone());
    if let Some(step) = &job.step_to_test {
        let tried = runner.test_step(&id, &program, step, &job.samples).await;
        return Ok(of_trial(&job.flow, step, tried));
    }
    let failed = |why: runner::RunnerError| why.to_string();
    let stop = CancellationToken::new();
    let mut run = match &job.resumed {
        None => {
            let start = Start { payload: job.payload.clone(), ..Start::default() };
            runner.begin(id, program, start).await.map_err(failed)?
        }
        Some(resumed) => {
            let mut run = runner.open(id, program).await.map_err(failed)?;
            match &resumed.with {
                Some(with) => runner.resume(&mut run, Ok(with.clone())).await,
                None => runner.retry(&mut run).await,
            }
            .map_err(failed)?;
            run
        }
    };
    loop {
        match runner.advance(&mut run, &stop).await.map_err(failed)? {
            Standing::Sleeps(until) => runner.clock.until(until).await,
            Standing::Ended(_) | Standing::Waits(_) | Standing::Stopped => return Ok(of_run(&run)),
        }
    }
}

fn of_run(run: &Run) -> Outcome {
    let answer = run.response().map(|response| Answer {
        status: response.status,
        headers: response
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect(),
        body: response.body.clone(),
    });
    Outcome { status: run.status(), answer, ..Outcome::succeeded(run.steps()) }
}

fn of_trial(flow: &Flow, step: &str, tried: Tried) -> Outcome {
    let kind = match flow.step(step).map(|step| &step.kind) {
        Some(Kind::Code(_)) => "CODE",
        Some(Kind::Loop(_)) => "LOOP_ON_ITEMS",
        Some(Kind::Router(_)) => "ROUTER",
        Some(Kind::Piece(_) | Kind::Other(_)) | None => "PIECE",
    };
    let mut told = json!({ "type": kind, "input": tried.trace.input, "duration": tried.trace.duration_ms });
    let mut put = |key: &str, value: Value| {
        if let Value::Object(told) = &mut told {
            told.insert(key.to_owned(), value);
        }
    };
    let status = match tried.outcome {
        Ended::Done { output, .. } => {
            put("output", whole(&output));
            put("status", json!("SUCCEEDED"));
            RunStatus::Succeeded
        }
        Ended::Failed(failure) => {
            put("errorMessage", json!(failure.to_text()));
            put("status", json!("FAILED"));
            RunStatus::Failed
        }
    };
    let steps = Map::from_iter([(step.to_owned(), told)]);
    Outcome { status, ..Outcome::succeeded(steps) }
}

fn whole(kept: &Kept) -> Value {
    match kept {
        Kept::Whole(value) => value.as_ref().clone(),
        Kept::Cut { .. } => Value::Null,
    }
}

/// Tells the stand-in of each step that ended; those in loops are told with their loop.
struct Told(Progress);

impl Watch for Told {
    fn happened(&self, run: &Run, event: &Event) {
        let step = match &event.what {
            What::Finished { step, .. }
            | What::Paused { step, .. }
            | What::Decided { step, .. }
            | What::Listed { step, .. } => step,
            What::Began(_)
            | What::Started { .. }
            | What::Doubted { .. }
            | What::Answered { .. }
            | What::Cancelled
            | What::Ended { .. }
            | What::Retried => return,
        };
        if let Some(told) = run.steps().get(step) {
            self.0.step(step, &[], told.clone());
        }
    }

    fn begins(&self, _: &Run, _: &Task) {}
}

/// What the stand-in's connections and variables hold.
struct Held {
    connections: BTreeMap<String, Value>,
    variables: BTreeMap<String, String>,
}

#[async_trait]
impl Secrets for Held {
    async fn connection(&self, external_id: &str) -> Result<Option<Secret>, String> {
        Ok(self.connections.get(external_id).cloned().map(Secret::new))
    }

    async fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).cloned().map(Value::from)
    }
}

/// No run waits for another here.
struct Nobody;

#[async_trait]
impl Ends for Nobody {
    async fn outcome(&self, _: &RunId) -> Option<Result<Value, Failure>> {
        Some(Err(Failure::new("The sample's server has no sub-flows. Run the flow in the app.")))
    }
}

/// A journal in memory.
#[derive(Default)]
struct Pages(Mutex<HashMap<RunId, Vec<Event>>>);

#[async_trait]
impl Journal for Pages {
    async fn append(&self, run: &RunId, number: u64, event: &Event) -> Result<(), JournalError> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let events = pages.entry(run.clone()).or_default();
        if events.len() as u64 != number {
            return Err(JournalError::Taken);
        }
        events.push(event.clone());
        Ok(())
    }

    async fn read(&self, run: &RunId) -> Result<Vec<Event>, JournalError> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(pages.get(run).cloned().unwrap_or_default())
    }

    async fn keep(&self, _: &RunId, _: &Value) -> Result<String, JournalError> {
        Err(JournalError::Failed("Nothing is too large to be kept with the run here.".to_owned()))
    }

    async fn fetch(&self, _: &RunId, _: &str) -> Result<Value, JournalError> {
        Err(JournalError::Gone)
    }
}
