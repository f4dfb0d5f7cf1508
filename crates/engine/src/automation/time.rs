//! Flows that start by the time.

use std::sync::Arc;

use contract::{FlowId, FlowPlace};
use jiff::Timestamp;
use runner::trigger::{Schedule, Starter};
use store::StoredVersion;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::core::{Beginning, Core};
use super::marks::Mark;
use super::starts::{Published, begin_published};

/// A flow that the time starts.
struct Timed {
    flow: Published,
    schedule: Schedule,
    mark: Mark,
}

/// Starts what is due, and sleeps until the next is, until a flow was published or switched, or the workspace closes.
pub(super) async fn keep_time(core: Arc<Core>, mut changed: watch::Receiver<u64>, until: CancellationToken) {
    while !until.is_cancelled() {
        let next = start_due(&core).await;
        let alarm = async {
            match next {
                Some(at) => core.runner.clock.until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = until.cancelled() => {}
            heard = changed.changed() => if heard.is_err() { return },
            () = alarm => {}
        }
    }
}

/// Starts what is due; when the next will be.
async fn start_due(core: &Core) -> Option<Timestamp> {
    // Before it is asked whether they are paused: what comes due after a pause does not begin.
    let now = core.runner.clock.now();
    if core.holds().await {
        return None;
    }
    let mut next: Option<Timestamp> = None;
    for mut timed in timed(core).await {
        let last = timed.mark.at.unwrap_or(timed.flow.version.at).max(timed.flow.version.at);
        if let Some(due) = timed.schedule.due(last, now) {
            let beginning = Beginning { payload: timed.schedule.payload().clone(), note: due.note, parent: None };
            let key = format!("time:{}:{}", timed.flow.id, due.at.as_second());
            if begin_published(core, &timed.flow, key, "By the time".into(), beginning).await.is_err() {
                continue;
            }
            timed.mark.at = Some(due.at);
            timed.mark.keep(core, timed.flow.id).await;
        }
        let then = timed.schedule.next_fire(now);
        next = [next, then].into_iter().flatten().min();
    }
    next
}

async fn timed(core: &Core) -> Vec<Timed> {
    let flows = core.store.flows_that_run(FlowPlace::Here).await.unwrap_or_else(|why| {
        tracing::warn!(%why, "what starts by the time could not be read");
        Vec::new()
    });
    let mut timed = Vec::new();
    for (id, version) in flows.into_iter().map(|(id, _, version): (FlowId, String, StoredVersion)| (id, version)) {
        let Some((flow, Starter::Schedule(schedule))) = Published::read(id, version) else { continue };
        let mark = Mark::of(core, id).await;
        timed.push(Timed { flow, schedule, mark });
    }
    timed
}
