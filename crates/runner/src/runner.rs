//! Does what runs want done: evaluates, calls pieces, and writes every event down before the run goes on.
//!
//! All rules are in [`Run`]. What is here only acts: a run that is left anywhere, by a crash too, is opened from its journal
//! and goes on.

mod input;
mod perform;
mod recent;
mod try_out;

use std::sync::Arc;

use flow::RunStatus;
use jiff::Timestamp;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::event::{Answer, Beginning, Event, Kept, Outcome, Rules, Trace, Wait, What};
use crate::journal::{Journal, JournalError};
use crate::run::{Effect, Misfit, Run, Task};
use crate::{Catalog, Clock, Failure, Program, RunId, Secrets, sandbox};

pub use recent::Recent;
pub use try_out::Tried;

/// How large values may be that are kept with a run.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// An output above this is kept elsewhere: bytes of JSON.
    pub output: usize,
    /// A value of an input above this is shown by its size: bytes of JSON.
    pub input: usize,
}

impl Default for Sizes {
    /// 32 KiB and 2 KiB, as on a server.
    fn default() -> Self {
        Self { output: 32 << 10, input: 2 << 10 }
    }
}

/// Asked about runs that other runs wait for.
#[async_trait::async_trait]
pub trait Ends: Send + Sync {
    /// What the step that waits for this run is to bring, `{ "status": "success", "data": … }` for Sub Flows, or why it fails;
    /// `None` while the run goes on and has answered nothing.
    async fn outcome(&self, run: &RunId) -> Option<Result<Value, Failure>>;
}

/// Told of every event of every run, after it was written down.
pub trait Watch: Send + Sync {
    /// Something happened; the run has taken it in.
    fn happened(&self, run: &Run, event: &Event);

    /// A step is about to be done. It is not written down for steps that change nothing.
    fn begins(&self, run: &Run, task: &Task);
}

/// Runs flows.
#[derive(Clone)]
pub struct Runner {
    /// The pieces.
    pub pieces: Arc<Catalog>,
    /// Connections and variables.
    pub secrets: Arc<dyn Secrets>,
    /// Where events are kept.
    pub journal: Arc<dyn Journal>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How runs end that others wait for.
    pub ends: Arc<dyn Ends>,
    /// Who is told.
    pub watch: Option<Arc<dyn Watch>>,
    /// What runs may use.
    pub rules: Rules,
    /// What code may use.
    pub code: sandbox::Limits,
    /// How large kept values may be.
    pub sizes: Sizes,
    /// Big values that were used last.
    pub recent: Recent,
}

/// How a run stands when the runner lets go of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It has ended.
    Ended(RunStatus),
    /// There is nothing to do before this instant.
    Sleeps(Timestamp),
    /// There is nothing to do until something outside happens, and whoever brings that has the run go on; `None` if a person
    /// has to look at a step that may have happened.
    Waits(Option<Wait>),
    /// The runner was told to stop. It goes on from here later.
    Stopped,
}

/// Why the runner could not go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunnerError {
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The record does not fit.
    #[error(transparent)]
    Misfit(#[from] Misfit),
}

/// What a run is to begin with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What the trigger brought.
    pub payload: Value,
    /// Anything worth knowing about how it began.
    pub note: Option<String>,
    /// The run that starts it.
    pub parent: Option<RunId>,
}

impl Runner {
    /// Begins a run. If a run of this id has begun already, it is that one: starting twice is starting once.
    ///
    /// # Errors
    /// If the journal fails.
    pub async fn begin(&self, id: RunId, program: Arc<Program>, start: Start) -> Result<Run, RunnerError> {
        let payload = self.keep(&id, start.payload).await?;
        let fingerprint = program.fingerprint.clone();
        let Start { note, parent, .. } = start;
        let beginning = Beginning { payload, fingerprint, rules: self.rules, note, parent };
        let event = Event { at: self.clock.now(), what: What::Began(beginning.clone()) };
        match self.journal.append(&id, 0, &event).await {
            Ok(()) => {}
            Err(JournalError::Taken) => return self.open(id, program).await,
            Err(error @ (JournalError::Gone | JournalError::Failed(_))) => return Err(error.into()),
        }
        let run = Run::begin(id, program, event.at, beginning);
        if let Some(watch) = &self.watch {
            watch.happened(&run, &event);
        }
        Ok(run)
    }

    /// A run made again from its journal.
    ///
    /// # Errors
    /// If the journal fails, or the flow is not the one that the run began with.
    pub async fn open(&self, id: RunId, program: Arc<Program>) -> Result<Run, RunnerError> {
        let events = self.journal.read(&id).await?;
        Ok(Run::replay(id, program, &events)?)
    }

    /// Goes on with a run as far as it goes.
    ///
    /// When told to stop, it lets go at once of what may be done again, and waits for what may not.
    ///
    /// # Errors
    /// If the journal fails. The run may be opened again, and then goes on.
    pub async fn advance(&self, run: &mut Run, stop: &CancellationToken) -> Result<Standing, RunnerError> {
        loop {
            let effect = run.next(self.clock.now());
            if stop.is_cancelled() && effect != Effect::Nothing {
                return Ok(Standing::Stopped);
            }
            let what = match effect {
                Effect::Nothing => return Ok(Standing::Ended(run.status())),
                Effect::Sleep(until) => return Ok(Standing::Sleeps(until)),
                Effect::Await(Some(Wait::Flow { run: other })) => match self.ends.outcome(&other).await {
                    None => return Ok(Standing::Waits(Some(Wait::Flow { run: other }))),
                    Some(outcome) => self.outside(run, outcome).await?,
                },
                Effect::Await(wait) => return Ok(Standing::Waits(wait)),
                Effect::End { status, reason } => What::Ended { status, reason },
                Effect::Doubt(task) => {
                    let why =
                        "The app ended while this step was under way, so it may have happened. Look whether it did.";
                    What::Doubted { step: task.step, failure: Failure::in_doubt(why), trace: Trace::default() }
                }
                Effect::Wake(task, output) => self.finished(task.step, Ok(output)),
                Effect::List(task) => self.list(run, task).await?,
                Effect::Decide(task) => self.decide(run, task).await?,
                Effect::Perform(task) => {
                    if let Some(watch) = &self.watch {
                        watch.begins(run, &task);
                    }
                    match self.perform(run, task, stop).await? {
                        Some(what) => what,
                        None => return Ok(Standing::Stopped),
                    }
                }
            };
            self.write(run, what).await?;
        }
    }

    /// Tells a run what came of what it waited for. `false` if it waits for nothing.
    ///
    /// # Errors
    /// If the journal fails.
    pub async fn resume(&self, run: &mut Run, outcome: Result<Value, Failure>) -> Result<bool, RunnerError> {
        if !matches!(run.next(self.clock.now()), Effect::Await(Some(_)) | Effect::Sleep(_))
            || run.status() != RunStatus::Paused
        {
            return Ok(false);
        }
        let what = self.outside(run, outcome).await?;
        self.write(run, what).await?;
        Ok(true)
    }

    /// Tells a run what a person decided. `false` if it does not wait for that.
    ///
    /// # Errors
    /// If the journal fails.
    pub async fn approve(&self, run: &mut Run, is_approved: bool) -> Result<bool, RunnerError> {
        match run.next(self.clock.now()) {
            Effect::Await(Some(Wait::Approval { .. })) => {
                self.resume(run, Ok(serde_json::json!({ "approved": is_approved }))).await
            }
            Effect::Await(_)
            | Effect::Perform(_)
            | Effect::List(_)
            | Effect::Decide(_)
            | Effect::Doubt(_)
            | Effect::Wake(..)
            | Effect::End { .. }
            | Effect::Sleep(_)
            | Effect::Nothing => Ok(false),
        }
    }

    /// Tells a run what a person found out about a step that may have happened. `false` if there is no such step.
    ///
    /// # Errors
    /// If the journal fails.
    pub async fn answer(&self, run: &mut Run, answer: Answer) -> Result<bool, RunnerError> {
        let Some(step) = run.at().filter(|_| run.doubt().is_some()).map(str::to_owned) else { return Ok(false) };
        self.write(run, What::Answered { step, answer }).await?;
        Ok(true)
    }

    /// Ends a run. `false` if it has ended.
    ///
    /// # Errors
    /// If the journal fails.
    pub async fn cancel(&self, run: &mut Run) -> Result<bool, RunnerError> {
        let may = !run.status().is_ended();
        if may {
            self.write(run, What::Cancelled).await?;
        }
        Ok(may)
    }

    /// Has a failed run go on from the step that failed: what was done before is not done again. `false` if it did not
    /// fail at a step.
    ///
    /// # Errors
    /// If the journal fails.
    pub async fn retry(&self, run: &mut Run) -> Result<bool, RunnerError> {
        let may = run.status() == RunStatus::Failed;
        if may {
            self.write(run, What::Retried).await?;
        }
        Ok(may)
    }

    /// Begins a further run with what an older one began with, on the flow as it is by then.
    ///
    /// # Errors
    /// If the journal fails, or what the older run began with was cleared away.
    pub async fn again(&self, older: &Run, id: RunId, program: Arc<Program>) -> Result<Run, RunnerError> {
        let payload = self.fetch(older.id(), older.payload()).await?.as_ref().clone();
        let note = Some(format!("Tries the run {} again on the latest version.", older.id()));
        self.begin(id, program, Start { payload, note, parent: None }).await
    }

    /// Writes an event down, and only then lets the run take it in.
    async fn write(&self, run: &mut Run, what: What) -> Result<(), RunnerError> {
        let event = Event { at: self.clock.now(), what };
        self.journal.append(run.id(), run.events(), &event).await?;
        run.apply(&event)?;
        if let Some(watch) = &self.watch {
            watch.happened(run, &event);
        }
        Ok(())
    }

    async fn outside(&self, run: &Run, outcome: Result<Value, Failure>) -> Result<What, RunnerError> {
        let step = run.at().unwrap_or_default().to_owned();
        Ok(match outcome {
            Ok(output) => {
                let output = self.keep(run.id(), output).await?;
                let outcome = Outcome::Done { output, response: None, stops: false };
                What::Finished { step, outcome, trace: Trace::default() }
            }
            Err(failure) => self.finished(step, Err(failure)),
        })
    }

    fn finished(&self, step: String, outcome: Result<Value, Failure>) -> What {
        let outcome = match outcome {
            Ok(output) => Outcome::Done { output: Kept::whole(output), response: None, stops: false },
            Err(failure) => Outcome::Failed(failure),
        };
        What::Finished { step, outcome, trace: Trace::default() }
    }

    /// A value, kept elsewhere if it is big.
    async fn keep(&self, run: &RunId, value: Value) -> Result<Kept, JournalError> {
        let size = value.to_string().len();
        if size <= self.sizes.output {
            return Ok(Kept::whole(value));
        }
        let handle = self.journal.keep(run, &value).await?;
        Ok(Kept::Cut { handle, size: size as u64 })
    }

    /// All of a value.
    ///
    /// # Errors
    /// If it was cleared away.
    pub async fn fetch(&self, run: &RunId, kept: &Kept) -> Result<Arc<Value>, JournalError> {
        let handle = match kept {
            Kept::Whole(value) => return Ok(value.clone()),
            Kept::Cut { handle, .. } => handle,
        };
        if let Some(value) = self.recent.get(run, handle) {
            return Ok(value);
        }
        let value = Arc::new(self.journal.fetch(run, handle).await?);
        self.recent.put(run, handle, &value);
        Ok(value)
    }
}
