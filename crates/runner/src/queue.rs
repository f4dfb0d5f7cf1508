//! Many runs at once: within limits, fair between flows, woken at their instants, and quietly stopped.

mod line;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::{Clock, RunId, Standing};

pub use line::{Limits, Line};

/// What the queue has done: goes on with a run by its id.
#[async_trait]
pub trait Work: Send + Sync {
    /// Goes on with a run as far as it goes, or until told to stop.
    async fn advance(&self, run: &RunId, stop: &CancellationToken) -> Standing;

    /// Ends a run that nobody works on.
    async fn cancel(&self, run: &RunId);
}

/// Has runs go on. Clones are the same queue.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    work: Arc<dyn Work>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    tasks: TaskTracker,
    changed: Notify,
    /// Somebody has stopped working on a run.
    rested: Notify,
    state: Mutex<State>,
}

struct State {
    line: Line,
    /// Runs that wait for an instant, with their flows.
    sleeping: BTreeMap<(Timestamp, RunId), String>,
    /// How each run that is worked on is told to stop.
    active: HashMap<RunId, CancellationToken>,
    /// Runs that were pushed while they were worked on: they go on once more.
    again: HashSet<RunId>,
    /// Runs that are to be ended once nobody works on them.
    cancelled: HashSet<RunId>,
}

impl Queue {
    /// A queue that works until `stop` is cancelled. Has to be made within a tokio runtime.
    #[must_use]
    pub fn new(work: Arc<dyn Work>, clock: Arc<dyn Clock>, limits: Limits, stop: CancellationToken) -> Self {
        let state = State {
            line: Line::new(limits),
            sleeping: BTreeMap::new(),
            active: HashMap::new(),
            again: HashSet::new(),
            cancelled: HashSet::new(),
        };
        let inner = Arc::new(Inner {
            work,
            clock,
            stop,
            tasks: TaskTracker::new(),
            changed: Notify::new(),
            rested: Notify::new(),
            state: Mutex::new(state),
        });
        inner.tasks.spawn(keep(inner.clone()));
        Self(inner)
    }

    /// Has a run go on as soon as there is room. One that waits already waits on; one that is worked on goes on once more
    /// afterwards, so that no news for it is lost.
    pub fn push(&self, flow: &str, run: RunId) {
        let mut state = self.0.state();
        state.sleeping.retain(|(_, sleeper), _| *sleeper != run);
        if state.active.contains_key(&run) {
            state.again.insert(run);
        } else {
            state.line.push(flow, run);
        }
        drop(state);
        self.0.changed.notify_one();
    }

    /// Has a run go on at an instant, or soon after.
    pub fn push_at(&self, flow: &str, run: RunId, at: Timestamp) {
        self.0.state().sleeping.insert((at, run), flow.to_owned());
        self.0.changed.notify_one();
    }

    /// Ends a run, wherever it is; answers once it is ended, or once who works on it was told to stop.
    pub async fn cancel(&self, run: &RunId) {
        {
            let mut state = self.0.state();
            state.line.remove(run);
            state.sleeping.retain(|(_, sleeper), _| sleeper != run);
            if let Some(stop) = state.active.get(run) {
                stop.cancel();
                state.cancelled.insert(run.clone());
                return;
            }
        }
        self.0.work.cancel(run).await;
    }

    /// Gives a flow a limit of its own, at least 1; or takes it away.
    pub fn limit(&self, flow: &str, most: Option<usize>) {
        self.0.state().line.limit(flow, most);
        self.0.changed.notify_one();
    }

    /// How many runs are worked on, and how many wait for room.
    #[must_use]
    pub fn load(&self) -> (usize, usize) {
        let state = self.0.state();
        (state.active.len(), state.line.waiting())
    }

    /// Answers when no run is worked on and none waits for room. Runs that wait for something else do not count.
    pub async fn idle(&self) {
        loop {
            let rested = self.0.rested.notified();
            if self.load() == (0, 0) {
                return;
            }
            rested.await;
        }
    }

    /// Tells everyone to stop, and answers when nobody works any more.
    pub async fn close(&self) {
        self.0.stop.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts what there is room for, and sleeps until something changes or the next instant comes.
async fn keep(inner: Arc<Inner>) {
    while !inner.stop.is_cancelled() {
        let next = {
            let mut state = inner.state();
            let now = inner.clock.now();
            while let Some(entry) = state.sleeping.first_entry().filter(|entry| entry.key().0 <= now) {
                let ((_, run), flow) = entry.remove_entry();
                state.line.push(&flow, run);
            }
            while let Some((flow, run)) = state.line.take() {
                let stop = inner.stop.child_token();
                state.active.insert(run.clone(), stop.clone());
                inner.tasks.spawn(work(Held { inner: inner.clone(), flow, run, standing: None }, stop));
            }
            state.sleeping.keys().next().map(|(at, _)| *at)
        };
        let alarm = async {
            match next {
                Some(at) => inner.clock.until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = inner.stop.cancelled() => {}
            () = inner.changed.notified() => {}
            () = alarm => {}
        }
    }
}

async fn work(mut held: Held, stop: CancellationToken) {
    let inner = held.inner.clone();
    let standing = inner.work.advance(&held.run, &stop).await;
    let is_cancelled = inner.state().cancelled.contains(&held.run);
    if is_cancelled && !matches!(standing, Standing::Ended(_)) {
        inner.work.cancel(&held.run).await;
    } else {
        held.standing = Some(standing);
    }
}

/// A place at work. It is given back however the work ends, by a panic too.
struct Held {
    inner: Arc<Inner>,
    flow: String,
    run: RunId,
    standing: Option<Standing>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut state = self.inner.state();
        let (flow, run) = (&self.flow, &self.run);
        state.active.remove(run);
        state.line.done(flow);
        let is_again = state.again.remove(run);
        if !state.cancelled.remove(run) {
            match &self.standing {
                Some(Standing::Ended(_)) => {}
                Some(Standing::Sleeps(at)) if !is_again => {
                    state.sleeping.insert((*at, run.clone()), flow.clone());
                }
                Some(Standing::Sleeps(_) | Standing::Waits(_)) if is_again => state.line.push(flow, run.clone()),
                Some(Standing::Sleeps(_) | Standing::Waits(_) | Standing::Stopped) | None => {}
            }
        }
        drop(state);
        self.inner.changed.notify_one();
        self.inner.rested.notify_waiters();
    }
}
