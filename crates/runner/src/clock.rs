//! The time, asked for from outside, so that tests and the queue can set it.

use async_trait::async_trait;
use jiff::Timestamp;

/// Tells the time, and when an instant has come.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The instant that it is.
    fn now(&self) -> Timestamp;

    /// Answers once this instant has come; at once if it is past.
    async fn until(&self, instant: Timestamp);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// The longest nap: a machine that slept, or whose clock was set, is noticed after it.
const NAP: std::time::Duration = std::time::Duration::from_secs(30);

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn until(&self, instant: Timestamp) {
        while let Ok(left) = std::time::Duration::try_from(instant.duration_since(self.now()))
            && !left.is_zero()
        {
            tokio::time::sleep(left.min(NAP)).await;
        }
    }
}
