//! How fast the server is asked: so many requests at once, and none while it asks to wait.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::Fault;

pub(crate) struct Pace {
    turns: Semaphore,
    until: Mutex<Option<Instant>>,
    longest: Duration,
}

impl Pace {
    pub(crate) fn new(at_once: usize, longest: Duration) -> Self {
        Self { turns: Semaphore::new(at_once.max(1)), until: Mutex::new(None), longest }
    }

    /// Waits for a turn, or says how long it would take if that is too long.
    pub(crate) async fn turn(&self) -> Result<SemaphorePermit<'_>, Fault> {
        let permit = self.turns.acquire().await.map_err(|_| Fault::Cancelled)?;
        while let Some(left) = self.left() {
            if left > self.longest {
                return Err(Fault::Limited { retry_after: left });
            }
            tokio::time::sleep(left).await;
        }
        Ok(permit)
    }

    /// Lets nobody through for so long.
    pub(crate) fn hold(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut held = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(held.map_or(until, |held| held.max(until)));
    }

    fn left(&self) -> Option<Duration> {
        let until = (*self.until.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(until.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
    }
}
