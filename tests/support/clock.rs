//! A clock that tests decide: it goes a millisecond with each look, so that no two things happen at once, and else stands.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Clones are the same clock.
#[derive(Clone)]
pub(crate) struct Time(Arc<AtomicI64>);

impl Time {
    /// A Friday in November, in the morning.
    pub(crate) fn new() -> Self {
        let start: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        Self(Arc::new(AtomicI64::new(start.as_millisecond())))
    }
    pub(crate) fn clock(&self) -> engine::Clock {
        let time = self.clone();
        Arc::new(move || Timestamp::from_millisecond(time.0.fetch_add(1, Ordering::Relaxed)).unwrap())
    }
    pub(crate) fn passes(&self, time: SignedDuration) {
        self.0.fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }
}
