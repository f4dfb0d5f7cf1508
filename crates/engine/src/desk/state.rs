//! How sync stands, and telling it: at once when something begins or ends, otherwise a few times a second.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use basecamp::sync::{Progress, Stage};
use contract::{Fault, FeedBody, StageProgress, SyncPhase, SyncStatus, WorkspaceId};
use jiff::Timestamp;
use store::Store;
use tokio::time::Instant;

use crate::fault::IntoFault;
use crate::feed::Feed;

const OFFLINE: &str = "offline";
const PAUSED: &str = "paused";
const FRESH: &str = "fresh";
/// Progress is told at most so often.
const EVERY: Duration = Duration::from_millis(120);
/// Before so much has passed a rate means nothing.
const RATE_NEEDS: Duration = Duration::from_secs(1);

/// The status of one workspace's sync.
pub(crate) struct State {
    now: Mutex<Now>,
    feed: Feed,
    workspace: WorkspaceId,
}

struct Now {
    status: SyncStatus,
    paused: bool,
    began: Instant,
    told: Instant,
}

impl State {
    pub(crate) async fn open(store: &Store, feed: Feed, workspace: WorkspaceId) -> Result<Self, Fault> {
        let is_set = |mark: Option<String>| mark.is_some_and(|mark| mark == "yes");
        let offline = is_set(store.mark(OFFLINE).await.into_fault()?);
        let paused = is_set(store.mark(PAUSED).await.into_fault()?);
        let fresh = store.mark(FRESH).await.into_fault()?;
        let counts = store.outbox_counts().await.into_fault()?;
        let status = SyncStatus {
            phase: if paused { SyncPhase::Paused } else { SyncPhase::Idle },
            offline,
            reachable: true,
            fresh_as_of: fresh.and_then(|text| text.parse().ok()),
            stages: Vec::new(),
            requests: 0,
            remaining_seconds: None,
            queued: counts.queued,
            stuck: counts.stuck,
            problem: None,
        };
        let now = Now { status, paused, began: Instant::now(), told: Instant::now() };
        Ok(Self { now: Mutex::new(now), feed, workspace })
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn status(&self) -> SyncStatus {
        self.lock().status.clone()
    }
    pub(crate) fn is_offline(&self) -> bool {
        self.lock().status.offline
    }
    pub(crate) fn is_paused(&self) -> bool {
        self.lock().paused
    }

    /// Changes the status and tells it.
    pub(crate) fn change(&self, change: impl FnOnce(&mut SyncStatus)) -> SyncStatus {
        let status = {
            let mut now = self.lock();
            change(&mut now.status);
            now.told = Instant::now();
            now.status.clone()
        };
        self.feed.publish(Some(self.workspace), FeedBody::Sync { status: status.clone() });
        status
    }

    pub(crate) async fn set_offline(&self, store: &Store, offline: bool) -> Result<SyncStatus, Fault> {
        store.set_mark(OFFLINE, offline.then_some("yes")).await.into_fault()?;
        Ok(self.change(|status| status.offline = offline))
    }

    pub(crate) async fn set_paused(&self, store: &Store, paused: bool) -> Result<SyncStatus, Fault> {
        store.set_mark(PAUSED, paused.then_some("yes")).await.into_fault()?;
        self.lock().paused = paused;
        Ok(self.change(|status| {
            status.phase = match (paused, status.stages.iter().any(|stage| !stage.finished)) {
                (true, _) => SyncPhase::Paused,
                (false, true) => SyncPhase::Warm,
                (false, false) => SyncPhase::Idle,
            };
        }))
    }

    /// Counts the outbox again and tells it.
    pub(crate) async fn recount(&self, store: &Store) {
        match store.outbox_counts().await {
            Ok(counts) => {
                let same = {
                    let now = self.lock();
                    now.status.queued == counts.queued && now.status.stuck == counts.stuck
                };
                if !same {
                    self.change(|status| {
                        status.queued = counts.queued;
                        status.stuck = counts.stuck;
                    });
                }
            }
            Err(error) => tracing::error!(%error, "the outbox could not be counted"),
        }
    }

    /// A pass begins.
    pub(crate) fn began(&self, phase: SyncPhase) {
        self.lock().began = Instant::now();
        self.change(|status| {
            status.phase = phase;
            status.stages.clear();
            status.requests = 0;
            status.remaining_seconds = None;
        });
    }

    /// A pass ended well: everything here is complete as of its start.
    pub(crate) async fn fresh(&self, store: &Store, as_of: Timestamp) -> Result<(), Fault> {
        store.set_mark(FRESH, Some(&as_of.to_string())).await.into_fault()?;
        self.change(|status| {
            status.fresh_as_of = Some(as_of);
            status.reachable = true;
            status.problem = None;
        });
        Ok(())
    }

    /// A pass ended, well or not.
    pub(crate) fn ended(&self) {
        let paused = self.is_paused();
        self.change(|status| {
            status.phase = if paused { SyncPhase::Paused } else { SyncPhase::Idle };
            status.stages.clear();
            status.remaining_seconds = None;
        });
    }

    fn progress(&self, change: impl FnOnce(&mut SyncStatus)) {
        let told = {
            let mut now = self.lock();
            change(&mut now.status);
            now.status.remaining_seconds = remaining(&now.status.stages, now.began.elapsed());
            let due = now.told.elapsed() >= EVERY;
            if due {
                now.told = Instant::now();
            }
            due.then(|| now.status.clone())
        };
        if let Some(status) = told {
            self.feed.publish(Some(self.workspace), FeedBody::Sync { status });
        }
    }
}

/// What is left of the stages that told their totals, at the rate so far. `None` when a stage's total is not known, or too
/// little has come to speak of a rate.
fn remaining(stages: &[StageProgress], spent: Duration) -> Option<u64> {
    let done: u64 = stages.iter().map(|stage| stage.done).sum();
    if spent < RATE_NEEDS || done == 0 {
        return None;
    }
    let mut left = 0_u64;
    for stage in stages.iter().filter(|stage| !stage.finished) {
        left += stage.total?.saturating_sub(stage.done);
    }
    let seconds = spent.as_secs_f64() * (left as f64) / (done as f64);
    Some(seconds.ceil() as u64)
}

impl Progress for State {
    fn started(&self, stage: Stage) {
        let label = stage.label().to_owned();
        self.progress(|status| match status.stages.iter_mut().find(|known| known.label == label) {
            Some(known) => known.finished = false,
            None => status.stages.push(StageProgress { label, done: 0, total: None, finished: false }),
        });
    }
    fn advanced(&self, stage: Stage, done: u64, total: Option<u64>, requests: u64) {
        self.progress(|status| {
            status.requests = requests;
            if let Some(known) = status.stages.iter_mut().find(|known| known.label == stage.label()) {
                known.done = done;
                known.total = total;
            }
        });
    }
    fn finished(&self, stage: Stage, done: u64) {
        self.progress(|status| {
            if let Some(known) = status.stages.iter_mut().find(|known| known.label == stage.label()) {
                known.done = done;
                known.total = Some(done);
                known.finished = true;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(done: u64, total: Option<u64>, finished: bool) -> StageProgress {
        StageProgress { label: "To-dos".into(), done, total, finished }
    }

    #[test]
    fn the_rest_takes_as_long_as_its_share_and_is_not_guessed() {
        let ten = Duration::from_secs(10);
        assert_eq!(remaining(&[stage(500, Some(1500), false)], ten), Some(20));
        assert_eq!(remaining(&[stage(500, Some(500), true), stage(0, None, false)], ten), None, "a total is not known");
        assert_eq!(remaining(&[stage(500, Some(1500), false)], Duration::from_millis(200)), None, "too early to say");
        assert_eq!(remaining(&[stage(0, Some(1500), false)], ten), None, "nothing has come");
        assert_eq!(remaining(&[stage(500, Some(500), true)], ten), Some(0));
    }
}
