//! What runs need to go on: the runner over this workspace's store and pieces, and how a run is begun, carried on and noted.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::{FlowId, RunStatus, RunSummary};
use runner::{Ends, Failure, Program, Run, RunId, Runner, Standing, Start, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{NewRun, RunStands, Store, StoredRun};
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::guard::Grants;
use super::rehearsal::Scripts;
use super::standing::{broken, stands};
use crate::handlers::flows::drafts::read_document;

/// Programs at hand: more than these, and all are read again.
const PROGRAMS: usize = 64;
/// The mark that says that nothing begins by itself.
pub(super) const PAUSED: &str = "automations.paused";

/// What a run is to begin with, as it is kept until it has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Beginning {
    pub(crate) payload: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<String>,
}

/// What kind of run it is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunKind {
    /// What is published does what it is for.
    Real,
    /// Somebody tries the draft.
    Test,
    /// Somebody tries the draft, and nothing happens outside.
    Rehearsal,
}

/// A run to be begun.
pub(crate) struct Order<'a> {
    pub(crate) flow: FlowId,
    /// The same key never begins two.
    pub(crate) key: String,
    pub(crate) document: &'a str,
    pub(crate) kind: RunKind,
    /// What set it off, in words.
    pub(crate) cause: String,
    /// What it may do outside.
    pub(crate) granted: BTreeSet<String>,
    pub(crate) beginning: Beginning,
}

/// A run that can go on.
pub(super) type Wake = (FlowId, RunId);

/// What runs need to go on.
pub(super) struct Core {
    pub(super) store: Store,
    pub(super) runner: Runner,
    pub(super) rehearsal: Runner,
    pub(super) grants: Arc<Grants>,
    pub(super) scripts: Arc<Scripts>,
    pub(super) wake: UnboundedSender<Wake>,
    pub(super) programs: Arc<Programs>,
    /// There is something to tell the server of.
    pub(super) tells: Notify,
    /// Nothing goes on or begins by itself, as if they were paused.
    pub(super) held: bool,
}

/// Flows that were read, by a mark of their document.
#[derive(Default)]
pub(super) struct Programs(Mutex<HashMap<String, Arc<Program>>>);

impl Programs {
    /// # Errors
    /// A sentence when it cannot be run here.
    pub(super) fn read(&self, document: &str) -> Result<Arc<Program>, String> {
        let mark = crate::gate::fingerprint("flow", document);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&mark).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let flow = read_document(document).map_err(|fault| fault.message)?;
        let program = Arc::new(Program::new(&flow)?);
        let mut programs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if programs.len() >= PROGRAMS {
            programs.clear();
        }
        programs.insert(mark, program.clone());
        Ok(program)
    }
}

impl Core {
    /// Begins a run, which waits its turn. When its key has begun one already, it is that one.
    pub(super) async fn begin(&self, order: Order<'_>) -> Result<RunSummary, store::StoreError> {
        let new = NewRun {
            flow: order.flow,
            key: order.key.clone(),
            fingerprint: crate::gate::fingerprint("flow", order.document),
            document: order.document.to_owned(),
            test: order.kind != RunKind::Real,
            rehearsal: order.kind == RunKind::Rehearsal,
            cause: order.cause,
            granted: serde_json::to_string(&order.granted)?,
            start: serde_json::to_string(&order.beginning)?,
            at: None,
        };
        let id = self.store.add_run(&new).await?;
        let stored = self.store.run(id).await?;
        if !stored.run.status.is_ended() {
            self.wakes(order.flow, RunId(order.key));
        }
        Ok(stored.run)
    }

    /// The person lets none of them begin by itself.
    pub(super) async fn is_paused(&self) -> bool {
        matches!(self.store.mark(PAUSED).await, Ok(Some(_)))
    }

    /// None of them begins by itself, for whatever reason.
    pub(super) async fn holds(&self) -> bool {
        self.held || self.is_paused().await
    }

    /// Has a run go on as soon as there is room.
    pub(super) fn wakes(&self, flow: FlowId, run: RunId) {
        // Nobody hears it once the workspace closes: the run goes on when it is opened again.
        let _ = self.wake.send((flow, run));
    }

    pub(super) fn runner_of(&self, stored: &StoredRun) -> &Runner {
        if stored.run.rehearsal { &self.rehearsal } else { &self.runner }
    }

    /// The run as its journal has it; begun when it was not.
    pub(super) async fn open(&self, stored: &StoredRun) -> Result<Run, String> {
        let program = self.programs.read(&stored.document)?;
        let (id, runner) = (RunId(stored.key.clone()), self.runner_of(stored));
        let run = match &stored.start {
            Some(start) => {
                let beginning: Beginning = serde_json::from_str(start).unwrap_or_default();
                let Beginning { payload, note, parent } = beginning;
                runner.begin(id, program, Start { payload, note, parent: parent.map(RunId) }).await
            }
            None => runner.open(id, program).await,
        };
        run.map_err(|why| why.to_string())
    }

    /// What the steps of a flow are taken to have brought.
    pub(super) async fn chosen_samples(&self, flow: FlowId) -> BTreeMap<String, Value> {
        let samples = self.store.samples(flow).await.unwrap_or_default();
        let chosen = samples.into_iter().filter(|sample| sample.chosen);
        chosen.filter_map(|sample| Some((sample.step, serde_json::from_str(&sample.value).ok()?))).collect()
    }

    /// Notes how a run stands, and wakes the one that waits for it.
    pub(super) async fn note(&self, stored: &StoredRun, run: &Run, standing: Option<&Standing>) {
        let noted = stands(run, standing);
        let ended = noted.ended_at.is_some();
        if let Err(why) = self.store.run_stands(stored.run.id, &noted).await {
            tracing::warn!(%why, run = %stored.run.id, "how the run stands could not be kept");
        }
        if !ended {
            return;
        }
        self.over(&RunId(stored.key.clone()));
        if stored.run.test && !stored.run.rehearsal {
            self.keep_samples(stored.run.flow, run).await;
        }
        if let Some(parent) = run.parent()
            && let Ok(Some(waiting)) = self.store.run_of_key(&parent.0).await
        {
            self.wakes(waiting.run.flow, parent.clone());
        }
    }

    fn over(&self, run: &RunId) {
        self.grants.end(run);
        self.scripts.end(run);
    }

    /// What a test brought is what later steps are tried with.
    async fn keep_samples(&self, flow: FlowId, run: &Run) {
        for recorded in run.records().into_iter().filter(|recorded| recorded.iterations.is_empty()) {
            let Some(output) = &recorded.record.output else { continue };
            let Ok(value) = self.runner.fetch(run.id(), output).await else { continue };
            if let Err(why) = self.store.keep_sample(flow, recorded.step, "", &value.to_string()).await {
                tracing::info!(%why, "a sample was not kept");
            }
        }
    }

    async fn carry_on(&self, stored: &StoredRun, stop: &CancellationToken) -> Standing {
        let id = RunId(stored.key.clone());
        self.grants.give(&id, serde_json::from_str(&stored.granted).unwrap_or_default());
        if stored.run.rehearsal {
            self.scripts.give(&id, self.chosen_samples(stored.run.flow).await);
        }
        let mut run = match self.open(stored).await {
            Ok(run) => run,
            Err(why) => return self.give_up(stored, &why).await,
        };
        if stored.start.is_some() {
            self.note(stored, &run, None).await;
        }
        match self.runner_of(stored).advance(&mut run, stop).await {
            Ok(Standing::Stopped) => Standing::Stopped,
            Ok(standing) => {
                self.note(stored, &run, Some(&standing)).await;
                standing
            }
            Err(runner::RunnerError::Misfit(why)) => self.give_up(stored, &why.to_string()).await,
            Err(runner::RunnerError::Journal(why)) => {
                tracing::warn!(%why, run = %stored.run.id, "a run stopped");
                Standing::Stopped
            }
        }
    }

    /// The run cannot go on, for a reason that is not the flow's.
    async fn give_up(&self, stored: &StoredRun, why: &str) -> Standing {
        let noted: RunStands = broken(why, self.runner.clock.now());
        if let Err(why) = self.store.run_stands(stored.run.id, &noted).await {
            tracing::warn!(%why, run = %stored.run.id, "how the run stands could not be kept");
        }
        self.over(&RunId(stored.key.clone()));
        Standing::Ended(RunStatus::InternalError)
    }
}

/// What the queue has done.
pub(super) struct Worker(pub(super) Arc<Core>);

#[async_trait]
impl Work for Worker {
    async fn advance(&self, run: &RunId, stop: &CancellationToken) -> Standing {
        match self.0.store.run_of_key(&run.0).await {
            Ok(Some(stored)) if stored.run.status.is_ended() => Standing::Ended(stored.run.status),
            Ok(Some(stored)) => self.0.carry_on(&stored, stop).await,
            Ok(None) => Standing::Ended(RunStatus::Canceled),
            Err(why) => {
                tracing::warn!(%why, %run, "a run stopped");
                Standing::Stopped
            }
        }
    }

    async fn cancel(&self, run: &RunId) {
        let Ok(Some(stored)) = self.0.store.run_of_key(&run.0).await else { return };
        let Ok(mut opened) = self.0.open(&stored).await else { return };
        if let Err(why) = self.0.runner_of(&stored).cancel(&mut opened).await {
            tracing::warn!(%why, %run, "a run was not cancelled");
            return;
        }
        self.0.note(&stored, &opened, None).await;
    }
}

/// How runs end that others wait for.
pub(super) struct StoredEnds {
    pub(super) store: Store,
    pub(super) journal: Arc<dyn runner::Journal>,
    pub(super) programs: Arc<Programs>,
}

#[async_trait]
impl Ends for StoredEnds {
    async fn outcome(&self, run: &RunId) -> Option<Result<Value, Failure>> {
        let stored = match self.store.run_of_key(&run.0).await {
            Ok(Some(stored)) => stored,
            Ok(None) => return Some(Err(Failure::new("The flow that was called is gone. Run this one again."))),
            Err(_) => return None,
        };
        let program = self.programs.read(&stored.document).ok()?;
        let events = self.journal.read(run).await.ok()?;
        let replayed = Run::replay(run.clone(), program, &events).ok()?;
        if let Some(response) = replayed.response() {
            return Some(Ok(json!({ "status": "success", "data": response.body })));
        }
        if !replayed.status().is_ended() {
            return None;
        }
        Some(match (replayed.status(), replayed.failed()) {
            (RunStatus::Succeeded, _) => Ok(json!({ "status": "success", "data": {} })),
            (_, Some(failed)) => {
                let why =
                    format!("The flow that was called failed at “{}”: {}", failed.display_name, failed.failure.message);
                Err(Failure::new(why))
            }
            (_, None) => Err(Failure::new("The flow that was called did not come to its end. Look at its run.")),
        })
    }
}
