//! What the server has seen, for tests and benchmarks to ask about.

use std::collections::{BTreeMap, HashSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

/// Counts since the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counters {
    /// API requests by method and route, ids written as `{id}`.
    pub requests: BTreeMap<(String, String), u64>,
    /// Requests answered 429, by the limiter or by a fault.
    pub too_many: u64,
    /// Requests answered 304.
    pub not_modified: u64,
    /// The most requests seen in any ten seconds.
    pub largest_burst: usize,
    /// Creates that repeated an earlier one word for word: same path, same body, both of them done.
    pub duplicate_creates: u64,
}

impl Counters {
    /// All API requests.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.requests.values().sum()
    }

    /// Requests with this method whose route begins like this.
    #[must_use]
    pub fn seen(&self, method: &str, route: &str) -> u64 {
        self.requests
            .iter()
            .filter(|((verb, path), _)| verb == method && path.starts_with(route))
            .map(|(_, count)| count)
            .sum()
    }
}

/// Counts as requests come in.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) counters: Counters,
    recent: VecDeque<Timestamp>,
    created: HashSet<String>,
}

impl Tally {
    pub(crate) fn saw(&mut self, now: Timestamp, method: &str, route: String) {
        *self.counters.requests.entry((method.to_owned(), route)).or_default() += 1;
        while let Some(first) = self.recent.front()
            && now.duration_since(*first) >= SignedDuration::from_secs(10)
        {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
        self.counters.largest_burst = self.counters.largest_burst.max(self.recent.len());
    }

    pub(crate) fn created(&mut self, path: &str, body: &str) {
        if !self.created.insert(format!("{path} {body}")) {
            self.counters.duplicate_creates += 1;
        }
    }
}
