//! Whose turn it is: flows in turn, each with its runs in order. Pure.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::RunId;

/// How many runs may go on at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of all flows together.
    pub overall: usize,
    /// Of one flow.
    pub per_flow: usize,
}

impl Default for Limits {
    /// Our own choice: a few flows side by side leave the machine to the person.
    fn default() -> Self {
        Self { overall: 8, per_flow: 2 }
    }
}

/// Runs that wait for room.
#[derive(Debug, Default)]
pub struct Line {
    limits: Limits,
    /// Flows with waiting runs, the next one first.
    turns: VecDeque<String>,
    waiting: HashMap<String, VecDeque<RunId>>,
    known: HashSet<RunId>,
    active: HashMap<String, usize>,
    total: usize,
    /// Limits of flows that have their own.
    own: HashMap<String, usize>,
}

impl Line {
    /// An empty line.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Gives a flow a limit of its own, at least 1; or takes it away.
    pub fn limit(&mut self, flow: &str, most: Option<usize>) {
        match most {
            Some(most) => drop(self.own.insert(flow.to_owned(), most.max(1))),
            None => drop(self.own.remove(flow)),
        }
    }

    /// Puts a run behind those of its flow, unless it waits already.
    pub fn push(&mut self, flow: &str, run: RunId) {
        if self.known.insert(run.clone()) {
            let runs = self.waiting.entry(flow.to_owned()).or_default();
            if runs.is_empty() {
                self.turns.push_back(flow.to_owned());
            }
            runs.push_back(run);
        }
    }

    /// Takes a run out; `false` if it does not wait.
    pub fn remove(&mut self, run: &RunId) -> bool {
        let is_known = self.known.remove(run);
        if is_known {
            self.waiting.values_mut().for_each(|runs| runs.retain(|waiting| waiting != run));
            self.waiting.retain(|_, runs| !runs.is_empty());
            let waiting = &self.waiting;
            self.turns.retain(|flow| waiting.contains_key(flow));
        }
        is_known
    }

    /// The run that may go on next, and its flow, if there is room. [`Line::done`] gives the room back.
    pub fn take(&mut self) -> Option<(String, RunId)> {
        if self.total >= self.limits.overall {
            return None;
        }
        let has_room = |flow: &String| {
            let most = self.own.get(flow).copied().unwrap_or(self.limits.per_flow);
            self.active.get(flow).copied().unwrap_or_default() < most
        };
        let turn = self.turns.iter().position(has_room)?;
        let flow = self.turns.remove(turn)?;
        let runs = self.waiting.get_mut(&flow)?;
        let run = runs.pop_front()?;
        if runs.is_empty() {
            self.waiting.remove(&flow);
        } else {
            self.turns.push_back(flow.clone());
        }
        self.known.remove(&run);
        *self.active.entry(flow.clone()).or_default() += 1;
        self.total += 1;
        Some((flow, run))
    }

    /// A run of this flow was let go of.
    pub fn done(&mut self, flow: &str) {
        if let Some(count) = self.active.get_mut(flow) {
            *count -= 1;
            self.total -= 1;
            if *count == 0 {
                self.active.remove(flow);
            }
        }
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.known.len()
    }
}
