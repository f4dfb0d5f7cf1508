//! Listening to the feed, until something is heard.

use std::pin::Pin;
use std::time::Duration;

use contract::{FeedBody, FeedEvent};
use futures::{FutureExt, Stream, StreamExt};

use super::Desk;

/// Far longer than anything takes; a story that waits in vain fails rather than hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A window that listens.
pub(crate) struct Ear {
    events: Pin<Box<dyn Stream<Item = FeedEvent> + Send>>,
    /// What was there to be heard at once.
    first: Option<FeedEvent>,
    /// The number of the last event that was heard.
    pub(crate) last: u64,
}

impl Ear {
    pub(crate) fn new(desk: &Desk, after: Option<u64>) -> Self {
        let mut events = Box::pin(desk.engine.attach(after, desk.caller.workspace));
        // It listens from now on, and not only from when it is first asked.
        let first = events.next().now_or_never().flatten();
        Self { events, first, last: after.unwrap_or(0) }
    }

    pub(crate) async fn next(&mut self) -> FeedEvent {
        let event = match self.first.take() {
            Some(event) => event,
            None => {
                let event = tokio::time::timeout(PATIENCE, self.events.next()).await;
                event.expect("nothing was heard").expect("the feed ended")
            }
        };
        assert!(event.seq >= self.last, "{} after {}", event.seq, self.last);
        self.last = event.seq;
        event
    }

    /// Listens until `wanted` picks something.
    pub(crate) async fn until<T>(&mut self, wanted: impl Fn(&FeedBody) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(&self.next().await.body) {
                return found;
            }
        }
    }
}
