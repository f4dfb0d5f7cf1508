//! The flow as a tree of lines: what the canvas draws, for whoever reads rather than looks. Knows no page.

use std::collections::{BTreeSet, HashSet};

use flow::{At, Flow, Index, Place, Slot, Spot};

use crate::say;

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The step, or the place at the beginning of a branch.
    pub spot: Spot,
    /// From 1.
    pub level: usize,
    /// What it says.
    pub text: String,
    /// The number of a step.
    pub number: Option<usize>,
    /// Whether what it holds is shown; `None` if it holds nothing.
    pub is_open: Option<bool>,
    /// Its place among its neighbours, from 1, and how many these are.
    pub among: (usize, usize),
}

/// What is still to be told.
enum Task<'f> {
    Step { step: &'f flow::Step, level: usize, among: (usize, usize) },
    Branch { step: &'f flow::Step, slot: Slot, level: usize, among: (usize, usize) },
}

/// The lines that are shown: the trigger, then steps with their branches and what is done in them. Those in collapsed steps
/// are left out.
#[must_use]
pub fn rows(flow: &Flow, collapsed: &HashSet<String>) -> Vec<Row> {
    let index = Index::of(flow);
    let outermost = flow.steps.len() + 1;
    let mut rows = Vec::with_capacity(index.entries().len() + 1);
    rows.push(Row {
        spot: Spot::Card(flow.trigger.name.clone()),
        level: 1,
        text: flow.trigger.display_name.clone(),
        number: Some(1),
        is_open: None,
        among: (1, outermost),
    });
    let mut tasks = Vec::new();
    push_chain(&mut tasks, &flow.steps, 1, 1);
    while let Some(task) = tasks.pop() {
        match task {
            Task::Step { step, level, among } => {
                let slots = drawn(step);
                let is_closed = collapsed.contains(&step.name) && step.holds_steps();
                rows.push(Row {
                    spot: Spot::Card(step.name.clone()),
                    level,
                    text: if step.display_name.is_empty() { step.name.clone() } else { step.display_name.clone() },
                    number: index.number(&step.name).map(|number| number + 2),
                    is_open: (!slots.is_empty()).then_some(!is_closed),
                    among,
                });
                if is_closed {
                    continue;
                }
                let of = slots.len();
                for (at, slot) in slots.into_iter().enumerate().rev() {
                    tasks.push(Task::Branch { step, slot, level: level + 1, among: (at + 1, of) });
                }
            }
            Task::Branch { step, slot, level, among } => {
                let chain = step.chain(slot).map(|chain| chain.as_slice()).unwrap_or_default();
                // The body of a loop needs no line of its own, unless there is nothing in it.
                let has_line = slot != Slot::Body || chain.is_empty();
                if has_line {
                    rows.push(Row {
                        spot: Spot::Plus(Place { parent: step.name.clone(), at: At::In(slot) }),
                        level,
                        text: branch_words(step, slot),
                        number: None,
                        is_open: (!chain.is_empty()).then_some(true),
                        among,
                    });
                }
                push_chain(&mut tasks, chain, if has_line { level + 1 } else { level }, 0);
            }
        }
    }
    rows
}

/// `before` is how many neighbours stand before the chain.
fn push_chain<'f>(tasks: &mut Vec<Task<'f>>, chain: &'f [flow::Step], level: usize, before: usize) {
    let of = chain.len() + before;
    for (at, step) in chain.iter().enumerate().rev() {
        tasks.push(Task::Step { step, level, among: (at + 1 + before, of) });
    }
}

fn drawn(step: &flow::Step) -> Vec<Slot> {
    let goes_on = step.errors().is_some_and(|errors| errors.continue_on_failure == Some(true));
    let is_failure = |slot: Slot| matches!(slot, Slot::OnSuccess | Slot::OnFailure);
    let wants = goes_on || step.holds_steps();
    step.chains().map(|(slot, _)| slot).filter(|slot| wants || !is_failure(*slot)).collect()
}

/// What people call one of the chains of a step.
#[must_use]
pub fn branch_words(step: &flow::Step, slot: Slot) -> String {
    match (&step.kind, slot) {
        (flow::Kind::Router(router), Slot::Branch(n)) if router.branches.get(n).is_some_and(|b| !b.name.is_empty()) => {
            router.branches.get(n).map(|branch| branch.name.clone()).unwrap_or_default()
        }
        (_, Slot::Branch(n)) => say::studio::branch(n + 1),
        (_, Slot::OnSuccess) => say::studio::on_success().to_owned(),
        (_, Slot::OnFailure) => say::studio::on_failure().to_owned(),
        (_, Slot::Body) => say::studio::each_item().to_owned(),
    }
}

/// Where the tree's own arrows lead: up and down from line to line, right opens or goes in, left closes or goes out.
#[must_use]
pub fn step_from(rows: &[Row], at: usize, key: &str) -> Option<Step> {
    let row = rows.get(at)?;
    match key {
        "ArrowDown" => rows.get(at + 1).map(|_| Step::To(at + 1)),
        "ArrowUp" => at.checked_sub(1).map(Step::To),
        "Home" => Some(Step::To(0)),
        "End" => Some(Step::To(rows.len() - 1)),
        "ArrowRight" => match row.is_open {
            Some(false) => Some(Step::Toggle),
            Some(true) | None => rows.get(at + 1).filter(|next| next.level > row.level).map(|_| Step::To(at + 1)),
        },
        "ArrowLeft" => match (&row.spot, row.is_open) {
            (Spot::Card(_), Some(true)) => Some(Step::Toggle),
            (Spot::Card(_) | Spot::Plus(_), _) => {
                rows.get(..at)?.iter().rposition(|other| other.level < row.level).map(Step::To)
            }
        },
        _ => None,
    }
}

/// What a key does in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Goes to a line.
    To(usize),
    /// Opens or closes this one.
    Toggle,
}

/// The steps that can be collapsed: those that hold steps.
#[must_use]
pub fn foldable(flow: &Flow) -> BTreeSet<String> {
    flow.steps.walk().filter(|visit| visit.step.holds_steps()).map(|visit| visit.step.name.clone()).collect()
}

#[cfg(test)]
mod tests;
