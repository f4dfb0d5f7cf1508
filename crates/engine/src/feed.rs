//! One numbered feed for all windows: what came is kept for a while, so that a window that lost touch catches up.
//!
//! It filters at the sender: who attaches to one workspace is never sent another's events.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use contract::{FeedBody, FeedEvent, WorkspaceId};
use futures::Stream;
use futures::stream;
use tokio::sync::watch;

/// How many events are kept for those who were away.
const KEPT: usize = 1024;

/// Cheap to clone; all clones are the same feed.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    log: Arc<Mutex<Log>>,
    /// The newest number; who waits is woken by it.
    newest: Arc<watch::Sender<u64>>,
}

#[derive(Debug, Default)]
struct Log {
    newest: u64,
    events: VecDeque<FeedEvent>,
}

enum Next {
    Event(FeedEvent),
    Reset(u64),
    /// Nothing up to this number concerns the listener.
    Wait(u64),
}

impl Feed {
    pub(crate) fn new() -> Self {
        Self { log: Arc::default(), newest: Arc::new(watch::Sender::new(0)) }
    }

    /// Sends to everyone attached to this workspace; `None` is for all.
    pub(crate) fn publish(&self, workspace: Option<WorkspaceId>, body: FeedBody) {
        let seq = {
            let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
            log.newest += 1;
            let seq = log.newest;
            if log.events.len() == KEPT {
                log.events.pop_front();
            }
            log.events.push_back(FeedEvent { seq, workspace, body });
            seq
        };
        self.newest.send_replace(seq);
    }

    /// The number of the last event; 0 before the first.
    pub(crate) fn newest(&self) -> u64 {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).newest
    }

    /// What comes after `after`; a `Reset` first when that is not known, or too long ago. What happens from this call on is told,
    /// whenever the listener first looks.
    pub(crate) fn attach(
        &self,
        after: Option<u64>,
        workspace: Option<WorkspaceId>,
    ) -> impl Stream<Item = FeedEvent> + Send + use<> {
        let reset = after.is_none().then(|| self.newest());
        let state = (self.clone(), after, reset, self.newest.subscribe());
        stream::unfold(state, move |(feed, mut seen, reset, mut news)| async move {
            if let Some(seq) = reset {
                return Some((FeedEvent { seq, workspace, body: FeedBody::Reset }, (feed, Some(seq), None, news)));
            }
            loop {
                news.borrow_and_update();
                match feed.next(seen, workspace) {
                    Next::Event(event) => return Some((event.clone(), (feed, Some(event.seq), None, news))),
                    Next::Reset(seq) => {
                        let event = FeedEvent { seq, workspace, body: FeedBody::Reset };
                        return Some((event, (feed, Some(seq), None, news)));
                    }
                    Next::Wait(newest) => {
                        seen = Some(newest);
                        news.changed().await.ok()?;
                    }
                }
            }
        })
    }

    fn next(&self, seen: Option<u64>, workspace: Option<WorkspaceId>) -> Next {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(seen) = seen else { return Next::Reset(log.newest) };
        let oldest = log.events.front().map_or(log.newest + 1, |event| event.seq);
        if seen > log.newest || seen + 1 < oldest {
            return Next::Reset(log.newest);
        }
        let concerns =
            |event: &&FeedEvent| event.seq > seen && (event.workspace.is_none() || event.workspace == workspace);
        log.events.iter().find(concerns).map_or(Next::Wait(log.newest), |event| Next::Event(event.clone()))
    }
}

#[cfg(test)]
mod tests;
