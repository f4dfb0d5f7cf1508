//! How long background work lives: everything that is spawned here ends before the files are closed.

use std::future::Future;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// A cancellation tree and the tasks that hang on it.
#[derive(Clone, Debug)]
pub(crate) struct Lifetime {
    token: CancellationToken,
    tasks: TaskTracker,
}

impl Lifetime {
    pub(crate) fn new() -> Self {
        Self { token: CancellationToken::new(), tasks: TaskTracker::new() }
    }

    /// A part of this one: it ends with it, and may end before.
    pub(crate) fn part(&self) -> Self {
        Self { token: self.token.child_token(), tasks: TaskTracker::new() }
    }

    pub(crate) fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// The task is expected to watch [`Lifetime::token`] and to end soon after it was cancelled.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task.in_current_span());
    }

    /// Cancels, and waits for every task.
    pub(crate) async fn end(&self) {
        self.token.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
