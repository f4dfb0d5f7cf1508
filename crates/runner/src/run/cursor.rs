//! Where a run is, and how it goes on from there: without recursion, however deep the flow.

use flow::{Execution, Kind, RunStatus, Slot};
use jiff::Timestamp;

use super::{Run, Scope};
use crate::event::{Delivery, StepStatus, Wait};

/// The step that a run is at, and what about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cursor {
    pub(super) at: Option<usize>,
    pub(super) stage: Stage,
    /// Which attempt it is, from 1.
    pub(super) attempt: u32,
    /// How many attempts there were before a person had the run go on.
    pub(super) before: u32,
}

impl Cursor {
    fn fresh(at: usize) -> Self {
        Self { at: Some(at), stage: Stage::Fresh, attempt: 1, before: 0 }
    }

    /// Which attempt it is since a person last had the run go on, from 1.
    pub(super) fn round(&self) -> u32 {
        self.attempt.saturating_sub(self.before)
    }
}

/// How the step stands that a run is at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Stage {
    /// Nothing was done yet.
    #[default]
    Fresh,
    /// It may be under way.
    Started(Delivery),
    /// It failed and is tried again later.
    Backoff(Timestamp),
    /// It waits for something outside.
    Waiting(Wait),
    /// It may have happened.
    Doubted,
    /// It failed, and so did the run.
    Failed,
}

/// A loop or router that the run is in.
#[derive(Clone, Debug)]
pub(super) enum Open {
    Loop {
        node: usize,
        count: usize,
        /// The iteration that it is in, from 0.
        index: usize,
    },
    Router {
        /// The branches still to be taken, the next one last.
        branches: Vec<usize>,
    },
}

impl Open {
    /// The number of the loop's step, and the iteration.
    pub(super) fn iteration(&self) -> Option<(usize, usize)> {
        match self {
            Self::Loop { node, index, .. } => Some((*node, *index)),
            Self::Router { .. } => None,
        }
    }
}

impl Run {
    /// Goes to a step; to what comes after it if it is passed over; to the end if there is none.
    pub(super) fn enter(&mut self, at: Option<usize>) {
        match at {
            Some(at) => {
                self.cursor = Cursor::fresh(at);
                if self.program.nodes.get(at).is_some_and(|node| node.step.is_skipped()) {
                    self.leave(at);
                }
            }
            None => {
                self.cursor = Cursor::default();
                self.status = RunStatus::Succeeded;
            }
        }
    }

    /// Goes on behind a step with which all is done.
    pub(super) fn leave(&mut self, from: usize) {
        let mut from = from;
        loop {
            let program = self.program.clone();
            let Some(node) = program.nodes.get(from) else { return self.enter(None) };
            if let Some(next) = node.next {
                // A run of skipped steps is gone over here rather than by calls that nest.
                if program.nodes.get(next).is_some_and(|node| node.step.is_skipped()) {
                    from = next;
                    continue;
                }
                return self.enter(Some(next));
            }
            let Some((holder, slot)) = node.inside else { return self.enter(None) };
            match slot {
                Slot::Body => {
                    if self.next_iteration(holder) {
                        return;
                    }
                }
                Slot::Branch(_) => {
                    if self.next_branch(holder) {
                        return;
                    }
                }
                Slot::OnSuccess | Slot::OnFailure => {}
            }
            from = holder;
        }
    }

    /// Begins with the first iteration; tells whether there is a step to be at.
    pub(super) fn open_loop(&mut self, node: usize, count: usize) -> bool {
        self.open.push(Open::Loop { node, count, index: 0 });
        count > 0 && self.begin_iteration(node, 0) || self.next_iteration(node)
    }

    /// Goes to the next iteration that has something to do; ends the loop when there is none.
    fn next_iteration(&mut self, node: usize) -> bool {
        loop {
            if self.over.is_some() {
                // Stays at the loop: the next effect ends the run.
                self.cursor = Cursor::fresh(node);
                return true;
            }
            let Some(Open::Loop { count, index, .. }) = self.open.last_mut() else { return false };
            if *index + 1 >= *count {
                let began = self.open.len();
                self.open.truncate(began.saturating_sub(1));
                self.close_iteration(node);
                if let Some(record) = self.record_mut(node) {
                    record.status = StepStatus::Succeeded;
                }
                return false;
            }
            *index += 1;
            let index = *index;
            if self.begin_iteration(node, index) {
                return true;
            }
        }
    }

    fn close_iteration(&mut self, node: usize) {
        let outside = self.program.nodes.get(node).map_or(1, |node| node.loops + 1);
        self.seen.truncate(outside);
    }

    fn begin_iteration(&mut self, node: usize, index: usize) -> bool {
        self.close_iteration(node);
        self.iterations += 1;
        if self.iterations > self.rules.iterations {
            let most = self.rules.iterations;
            let why = format!("The loops of this run went round more than {most} times. Go over a shorter list.");
            self.over = Some((RunStatus::QuotaExceeded, why));
            return false;
        }
        let scope = self.scopes.len();
        self.scopes.push(Scope::new());
        if let Some(looped) = self.record_mut(node).and_then(|record| record.looped.as_mut()) {
            looped.index = index + 1;
            looped.iterations.push(scope);
        }
        self.seen.push(scope);
        let first = self.program.nodes.get(node).and_then(|node| node.first(Slot::Body));
        match self.not_skipped(first) {
            Some(first) => {
                self.cursor = Cursor::fresh(first);
                true
            }
            None => false,
        }
    }

    /// Begins with the first branch that is met; tells whether there is a step to be at.
    pub(super) fn open_router(&mut self, node: usize, met: &[bool]) -> bool {
        let execution = self.program.nodes.get(node).and_then(|node| match &node.step.kind {
            Kind::Router(router) => router.execution,
            Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_) => None,
        });
        let taken = met.iter().enumerate().filter(|(_, met)| **met).map(|(branch, _)| branch);
        let mut branches: Vec<usize> = match execution {
            Some(Execution::AllMatches) => taken.collect(),
            Some(Execution::FirstMatch) | None => taken.take(1).collect(),
        };
        branches.reverse();
        self.open.push(Open::Router { branches });
        self.next_branch(node)
    }

    /// Goes to the next branch that has something to do; leaves the router when there is none.
    fn next_branch(&mut self, node: usize) -> bool {
        loop {
            let Some(Open::Router { branches, .. }) = self.open.last_mut() else { return false };
            let Some(branch) = branches.pop() else {
                self.open.pop();
                return false;
            };
            let first = self.program.nodes.get(node).and_then(|node| node.first(Slot::Branch(branch)));
            if let Some(first) = self.not_skipped(first) {
                self.cursor = Cursor::fresh(first);
                return true;
            }
        }
    }

    /// Goes into what follows success or failure; tells whether there is a step to be at.
    pub(super) fn open_after(&mut self, node: usize, slot: Slot) -> bool {
        let first = self.program.nodes.get(node).and_then(|node| node.first(slot));
        match self.not_skipped(first) {
            Some(first) => {
                self.cursor = Cursor::fresh(first);
                true
            }
            None => false,
        }
    }

    /// This step, or the first one behind it in its chain that is not passed over.
    fn not_skipped(&self, first: Option<usize>) -> Option<usize> {
        let mut at = first;
        while let Some(node) = at.and_then(|at| self.program.nodes.get(at)) {
            if !node.step.is_skipped() {
                return at;
            }
            at = node.next;
        }
        None
    }
}
