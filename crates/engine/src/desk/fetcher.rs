//! The loop that fetches: everything at first, then what changed, and from time to time a comparison of all.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use basecamp::Priority;
use basecamp::sync::{self, Gate, Mirror, Pass, Report, Stopped};
use contract::{Code, Fault, SyncPhase, SyncStatus};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::link::Link;
use super::mirror::Local;
use super::sender::Sender;
use super::state::State;
use crate::fault::{IntoFault, of_trouble};
use crate::lifetime::Lifetime;
use crate::options::Clock;

/// What changed is fetched so often while the app is open.
const EVERY: Duration = Duration::from_secs(60);
/// The first pass of a workspace that is opened waits so long where there is something to show: the window comes first.
const AFTER_START: Duration = Duration::from_secs(2);
/// After a failed pass the next one waits so long.
const AFTER_TROUBLE: Duration = Duration::from_secs(20);
/// Everything is compared so often.
const COMPARE_EVERY: SignedDuration = SignedDuration::from_mins(30);
const COMPARED: &str = "compared";

/// How much a pass looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thorough {
    /// What changed, and everything when it is time.
    Changed,
    /// Everything.
    Everything,
}

type Answer = oneshot::Sender<Result<(), Fault>>;

/// Asks the loop, and steers the pass that it runs.
pub(crate) struct Fetcher {
    orders: mpsc::Sender<(Thorough, Option<Answer>)>,
    gate: Gate,
    pass: Arc<Mutex<CancellationToken>>,
    waiting: Arc<watch::Sender<u32>>,
    state: Arc<State>,
}

struct Loop {
    store: Store,
    link: Arc<Link>,
    state: Arc<State>,
    clock: Clock,
    sender: Sender,
    gate: Gate,
    pass: Arc<Mutex<CancellationToken>>,
    until: CancellationToken,
}

impl Fetcher {
    pub(crate) fn start(
        store: Store,
        link: Arc<Link>,
        state: Arc<State>,
        sender: Sender,
        (clock, schedule): (Clock, bool),
        life: &Lifetime,
    ) -> Self {
        let (orders, taken) = mpsc::channel(16);
        let gate = Gate::default();
        if state.is_paused() {
            gate.pause();
        }
        let pass = Arc::new(Mutex::new(life.token().child_token()));
        let waiting = Arc::new(watch::Sender::new(0));
        let (until, held) = (life.token(), gate.clone());
        let work = Loop { store, link, state: state.clone(), clock, sender, gate: held, pass: pass.clone(), until };
        life.spawn(work.run(taken, schedule, waiting.clone()));
        Self { orders, gate, pass, waiting, state }
    }

    /// Runs a pass, and answers when it has ended; at once when none may run, even while one is held still.
    pub(crate) async fn run(&self, thorough: Thorough) -> Result<(), Fault> {
        may_run(&self.state)?;
        let (answer, answered) = oneshot::channel();
        self.order(thorough, Some(answer)).await?;
        answered.await.unwrap_or_else(|_| Err(ending()))
    }

    /// Runs a pass soon; its outcome is told by the status.
    pub(crate) async fn start_pass(&self) -> Result<(), Fault> {
        self.order(Thorough::Changed, None).await
    }

    async fn order(&self, thorough: Thorough, answer: Option<Answer>) -> Result<(), Fault> {
        self.waiting.send_modify(|waiting| *waiting += 1);
        let sent = self.orders.send((thorough, answer)).await;
        sent.map_err(|_| {
            self.waiting.send_modify(|waiting| *waiting -= 1);
            ending()
        })
    }

    /// Ends the running pass; what came so far stays.
    pub(crate) fn cancel(&self) {
        self.pass.lock().unwrap_or_else(PoisonError::into_inner).cancel();
    }
    /// Holds the running pass still.
    pub(crate) fn pause(&self) {
        self.gate.pause();
    }
    /// Lets it go on.
    pub(crate) fn resume(&self) {
        self.gate.resume();
    }
    /// Waits until no pass runs or waits to run. A paused one counts as ended.
    pub(crate) async fn settled(&self) {
        let gate = self.gate.clone();
        let _ = self.waiting.subscribe().wait_for(|waiting| *waiting == 0 || gate.is_paused()).await;
    }
}

fn may_run(state: &State) -> Result<(), Fault> {
    if state.is_offline() {
        return Err(Fault::new(Code::Offline, "You work offline. Go back online to fetch from Basecamp."));
    }
    if state.is_paused() {
        return Err(Fault::new(Code::Offline, "Sync is paused. Resume it to fetch from Basecamp."));
    }
    Ok(())
}

fn ending() -> Fault {
    Fault::new(Code::Cancelled, "The app is ending. What came so far is kept; the rest is fetched at the next start.")
}

impl Loop {
    async fn run(
        self,
        mut orders: mpsc::Receiver<(Thorough, Option<Answer>)>,
        schedule: bool,
        waiting: Arc<watch::Sender<u32>>,
    ) {
        let has_rows = self.state.status().fresh_as_of.is_some();
        let mut next = if has_rows { AFTER_START } else { Duration::ZERO };
        loop {
            let due = async {
                let held = self.state.is_paused() || self.state.is_offline();
                if schedule && !held { tokio::time::sleep(next).await } else { std::future::pending().await }
            };
            let (thorough, answer, ordered) = tokio::select! {
                () = self.until.cancelled() => return,
                order = orders.recv() => match order {
                    Some((thorough, answer)) => (thorough, answer, true),
                    None => return,
                },
                () = due => (Thorough::Changed, None, false),
            };
            let outcome = self.pass(thorough, !ordered).await;
            next = if outcome.is_ok() { EVERY } else { AFTER_TROUBLE };
            if let Some(answer) = answer {
                // Whoever asked may have gone.
                let _ = answer.send(outcome);
            }
            if ordered {
                waiting.send_modify(|waiting| *waiting -= 1);
            }
        }
    }

    async fn pass(&self, thorough: Thorough, by_clock: bool) -> Result<(), Fault> {
        may_run(&self.state)?;
        let token = self.until.child_token();
        *self.pass.lock().unwrap_or_else(PoisonError::into_inner) = token.clone();
        let outcome = self.passes(thorough, by_clock, token).await;
        self.state.ended();
        if let Err(fault) = &outcome
            && fault.code != Code::Cancelled
        {
            tracing::warn!(code = ?fault.code, "a pass failed");
            self.link.heed(fault).await;
            self.state.change(|status: &mut SyncStatus| {
                status.reachable = fault.code != Code::Offline;
                status.problem = Some(fault.clone());
            });
        }
        if outcome.is_ok() {
            self.sender.wake();
        }
        outcome
    }

    async fn passes(&self, thorough: Thorough, by_clock: bool, token: CancellationToken) -> Result<(), Fault> {
        let began = (self.clock)();
        let mirror = Local(&self.store);
        let marks = mirror.marks().await.into_fault()?;
        let cold = !sync::is_complete(&marks);
        self.state.began(if cold { SyncPhase::Cold } else { SyncPhase::Warm });
        let api = self.link.api().await?.at(Priority::Background, token).map_err(|trouble| of_trouble(&trouble))?;
        if self.store.me().await.into_fault()?.is_none() {
            let me = api.profile().await.map_err(|trouble| of_trouble(&trouble))?;
            self.store.set_me(me.value.id).await.into_fault()?;
            self.store.apply_people(vec![me]).await.into_fault()?;
        }
        let pass =
            || Pass { api: &api, mirror: &mirror, progress: &*self.state, gate: &self.gate, now: began, by_clock };
        let report = if cold { sync::cold(pass()).boxed().await } else { sync::warm(pass()).boxed().await };
        let report = kept(report)?;
        let compared = marks.get(COMPARED).and_then(|text| text.parse::<Timestamp>().ok());
        let is_due = compared.is_some_and(|at| began.duration_since(at) >= COMPARE_EVERY);
        if thorough == Thorough::Everything || report.reconcile_soon || (!cold && is_due) {
            self.state.began(SyncPhase::Reconciling);
            kept(sync::reconcile(pass()).boxed().await)?;
        }
        if cold || thorough == Thorough::Everything || is_due || compared.is_none() {
            self.store.set_mark(COMPARED, Some(&began.to_string())).await.into_fault()?;
        }
        self.state.fresh(&self.store, began).await
    }
}

fn kept(outcome: Result<Report, Stopped<StoreError>>) -> Result<Report, Fault> {
    match outcome {
        Ok(report) => {
            if report.skipped_count > 0 {
                tracing::warn!(count = report.skipped_count, "records that could not be read were left as they are");
            }
            Ok(report)
        }
        Err(Stopped::Basecamp(trouble)) => Err(of_trouble(&trouble)),
        Err(Stopped::Mirror(error)) => Err(error.into_fault()),
    }
}
