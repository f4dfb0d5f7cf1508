//! What is known of each step: in the words of a server, and flat, for those who show it.

use super::Run;
use crate::event::{Kept, StepStatus, Trace};
use crate::{Failure, Iterations};

/// What is known of a step, in one iteration if it stands in a loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// How it stands.
    pub status: StepStatus,
    /// What it brought.
    pub output: Option<Kept>,
    /// Why it failed last.
    pub failure: Option<Failure>,
    /// How often it was tried.
    pub attempts: u32,
    /// What else is kept of it. The duration is that of all attempts.
    pub trace: Trace,
    /// Of a loop: how far it is.
    pub looped: Option<Looped>,
    /// Of a router: whether each branch is met.
    pub met: Option<Vec<bool>>,
}

/// How far a loop is.
#[derive(Clone, Debug, PartialEq)]
pub struct Looped {
    /// What it goes over.
    pub items: Kept,
    /// The iteration that it is in, from 1; 0 before the first.
    pub index: usize,
    /// Where what is known of each iteration is.
    pub(crate) iterations: Vec<usize>,
}

/// A record with its place.
#[derive(Clone, Debug)]
pub struct Recorded<'r> {
    /// The step.
    pub step: &'r str,
    /// The loops around it, outer ones first, each with the number of the iteration, from 0.
    pub iterations: Iterations,
    /// What is known of it.
    pub record: &'r Record,
}

impl Record {
    pub(super) fn new(status: StepStatus) -> Self {
        Self { status, output: None, failure: None, attempts: 0, trace: Trace::default(), looped: None, met: None }
    }
}

impl Run {
    /// The record of a step as it is seen from where the run is: that of this iteration.
    pub(super) fn record(&self, node: usize) -> Option<&Record> {
        let loops = self.program.nodes.get(node)?.loops;
        self.scopes.get(*self.seen.get(loops)?)?.get(&node)
    }

    pub(super) fn record_mut(&mut self, node: usize) -> Option<&mut Record> {
        let loops = self.program.nodes.get(node)?.loops;
        self.scopes.get_mut(*self.seen.get(loops)?)?.get_mut(&node)
    }

    /// The record, made when there is none.
    pub(super) fn record_or_new(&mut self, node: usize) -> Option<&mut Record> {
        let loops = self.program.nodes.get(node)?.loops;
        let scope = self.scopes.get_mut(*self.seen.get(loops)?)?;
        Some(scope.entry(node).or_insert_with(|| Record::new(StepStatus::Running)))
    }

    /// What is known of a step, as it is seen from where the run is.
    #[must_use]
    pub fn known(&self, step: &str) -> Option<&Record> {
        self.record(self.program.number(step)?)
    }

    /// What is known of a step in an iteration, from 0 for each loop around it.
    #[must_use]
    pub fn known_in(&self, step: &str, iterations: &[usize]) -> Option<&Record> {
        let node = self.program.number(step)?;
        let mut holders = Vec::new();
        let mut inside = self.program.nodes.get(node)?.inside;
        while let Some((holder, slot)) = inside {
            if slot == flow::Slot::Body {
                holders.push(holder);
            }
            inside = self.program.nodes.get(holder)?.inside;
        }
        let mut scope = 0;
        for (holder, number) in holders.iter().rev().zip(iterations) {
            let looped = self.scopes.get(scope)?.get(holder)?.looped.as_ref()?;
            scope = *looped.iterations.get(*number)?;
        }
        self.scopes.get(scope)?.get(&node)
    }

    /// Every record, those of loops before those in them, otherwise in the order of the page.
    #[must_use]
    pub fn records(&self) -> Vec<Recorded<'_>> {
        let mut found = Vec::new();
        let mut pending: Vec<(usize, Iterations)> = vec![(0, Vec::new())];
        while let Some((scope, iterations)) = pending.pop() {
            let Some(records) = self.scopes.get(scope) else { continue };
            for (node, record) in records {
                let Some(node) = self.program.nodes.get(*node) else { continue };
                found.push(Recorded { step: &node.step.name, iterations: iterations.clone(), record });
                let inner = record.looped.iter().flat_map(|looped| looped.iterations.iter().enumerate()).rev();
                pending.extend(inner.map(|(number, scope)| {
                    let mut iterations = iterations.clone();
                    iterations.push((node.step.name.clone(), number));
                    (*scope, iterations)
                }));
            }
        }
        found
    }
}
