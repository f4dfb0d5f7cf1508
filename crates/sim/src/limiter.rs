//! The limiter: so many requests in so many seconds for a client, over a sliding window.
//!
//! Basecamp counts per address. Everybody here comes from loopback, so all count together.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// How many requests are let through in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Requests in a window; at least 1.
    pub requests: usize,
    /// Length of the window.
    pub window: SignedDuration,
}

impl Default for Limit {
    /// What Basecamp tells: 50 in 10 seconds.
    fn default() -> Self {
        Self { requests: 50, window: SignedDuration::from_secs(10) }
    }
}

/// The requests of the current window.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limiter {
    passed: VecDeque<Timestamp>,
}

impl Limiter {
    /// How many were let through in the window of the last request.
    pub(crate) fn passed(&self) -> usize {
        self.passed.len()
    }

    /// Lets a request through, or says after how many whole seconds (1 or more) there is room again.
    pub(crate) fn admit(&mut self, now: Timestamp, limit: Limit) -> Result<(), i64> {
        while let Some(first) = self.passed.front()
            && now.duration_since(*first) >= limit.window
        {
            self.passed.pop_front();
        }
        if self.passed.len() < limit.requests.max(1) {
            self.passed.push_back(now);
            return Ok(());
        }
        let first = self.passed.front().copied().unwrap_or(now);
        let wait = limit.window.saturating_sub(now.duration_since(first));
        Err((wait.as_millis() + 999).div_euclid(1000).max(1) as i64)
    }
}
