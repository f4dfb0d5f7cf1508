//! The one gate that every request to Basecamp passes: so many per window, people first, and a rest when Basecamp asks for
//! one. It knows nothing of HTTP, and its clock is tokio's, so that a test can hold it still.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// Who waits for the answer. Ordered: the first goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody is looking at the screen.
    Person,
    /// An agent or an automation.
    Agent,
    /// Sync.
    Background,
}

/// How fast requests may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many may start in any window.
    pub requests: usize,
    /// The window's length.
    pub window: Duration,
    /// Added to the window, because Basecamp counts when a request arrives and we when it leaves.
    pub slack: Duration,
    /// Places in the window that background work leaves free, so that a person seldom waits. Less than `requests`.
    pub reserve: usize,
}

impl Default for Pace {
    /// Basecamp's own: 50 in 10 seconds; we use 48 of them or more.
    fn default() -> Self {
        Self { requests: 50, window: Duration::from_secs(10), slack: Duration::from_millis(200), reserve: 1 }
    }
}

impl Pace {
    /// As fast as the machine goes: for the sample workspace, whose server is this program.
    #[must_use]
    pub fn unhurried() -> Self {
        Self { requests: 20_000, ..Self::default() }
    }
}

/// A limiter; clones share it.
#[derive(Clone)]
pub struct Limiter {
    shared: Arc<Shared>,
}

struct Shared {
    pace: Pace,
    state: Mutex<State>,
    moved: Notify,
}

#[derive(Default)]
struct State {
    /// When each request of the running window started, oldest first.
    started: VecDeque<Instant>,
    waiting: BTreeSet<(Priority, u64)>,
    tickets: u64,
    rest_until: Option<Instant>,
}

enum Turn {
    Go,
    At(Instant),
    Behind,
}

impl Limiter {
    /// A limiter of this pace.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self { shared: Arc::new(Shared { pace, state: Mutex::new(State::default()), moved: Notify::new() }) }
    }

    /// Waits for a turn. Dropping the future gives the place in the queue up.
    pub async fn turn(&self, priority: Priority) {
        let place = Place::take(&self.shared, priority);
        loop {
            let moved = self.shared.moved.notified();
            tokio::pin!(moved);
            // Listening starts before the state is read, so that no move is missed in between.
            moved.as_mut().enable();
            match self.shared.next(place.ticket) {
                Turn::Go => return,
                Turn::Behind => moved.await,
                Turn::At(instant) => {
                    tokio::select! {
                        () = tokio::time::sleep_until(instant) => {}
                        () = moved => {}
                    }
                }
            }
        }
    }

    /// Nobody starts before `rest` has passed: Basecamp asked for it.
    pub fn rest(&self, rest: Duration) {
        let until = Instant::now() + rest;
        let mut state = self.shared.lock();
        state.rest_until = Some(state.rest_until.map_or(until, |at| at.max(until)));
        drop(state);
        self.shared.moved.notify_waiters();
    }

    /// How many requests started within the running window, and how many may.
    #[must_use]
    pub fn used(&self) -> (usize, usize) {
        let mut state = self.shared.lock();
        state.forget(Instant::now(), self.shared.pace);
        (state.started.len(), self.shared.pace.requests)
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter").field("pace", &self.shared.pace).finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, ticket: (Priority, u64)) -> Turn {
        let now = Instant::now();
        let mut state = self.lock();
        if state.waiting.first() != Some(&ticket) {
            return Turn::Behind;
        }
        if let Some(until) = state.rest_until {
            if until > now {
                return Turn::At(until);
            }
            state.rest_until = None;
        }
        state.forget(now, self.pace);
        let room = match ticket.0 {
            Priority::Person | Priority::Agent => self.pace.requests,
            Priority::Background => self.pace.requests.saturating_sub(self.pace.reserve),
        }
        .max(1);
        if state.started.len() < room {
            state.started.push_back(now);
            return Turn::Go;
        }
        // The request whose leaving makes room: with more in the window than there is room for, not the oldest.
        let leaving = state.started.len() - room;
        state.started.get(leaving).map_or(Turn::Go, |at| Turn::At(*at + self.pace.window + self.pace.slack))
    }
}

impl State {
    fn forget(&mut self, now: Instant, pace: Pace) {
        while self.started.front().is_some_and(|at| now.duration_since(*at) >= pace.window + pace.slack) {
            self.started.pop_front();
        }
    }
}

/// A place in the queue, given up when dropped.
struct Place<'a> {
    shared: &'a Shared,
    ticket: (Priority, u64),
}

impl<'a> Place<'a> {
    fn take(shared: &'a Shared, priority: Priority) -> Self {
        let mut state = shared.lock();
        state.tickets += 1;
        let ticket = (priority, state.tickets);
        state.waiting.insert(ticket);
        drop(state);
        Self { shared, ticket }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.lock().waiting.remove(&self.ticket);
        self.shared.moved.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
