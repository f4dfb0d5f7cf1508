//! The steps of a run in the order of the page: of a loop, those of one iteration. Pure, and without recursion.

use std::collections::{BTreeMap, BTreeSet};

use contract::RunStep;
use flow::{Flow, Trigger, wire};

use super::standing::is_failure;

/// Which iterations are looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The chosen iteration of a loop, by [`place`].
    pub(super) chosen: BTreeMap<String, u32>,
    /// Only iterations in which something failed are gone through, where there are any.
    pub(super) failed_only: bool,
}

/// What can be gone through in a loop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Iterations {
    /// Those that are kept and not passed over, ascending.
    pub(super) list: Vec<u32>,
    /// In how many of all something failed.
    pub(super) failed: usize,
    /// How many are kept.
    pub(super) kept: usize,
    /// The one on show.
    pub(super) current: u32,
}

/// A step on show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Which of the run's steps.
    pub(super) index: usize,
    /// In how many loops it stands.
    pub(super) depth: usize,
    /// What can be gone through, if it is a loop.
    pub(super) iterations: Option<Iterations>,
}

/// What a step is known by within its run: its name and the iterations around it.
#[must_use]
pub(super) fn place(within: &[(String, u32)], name: &str) -> String {
    let mut place = String::new();
    for (holder, iteration) in within {
        place.push_str(&format!("{holder}#{iteration}/"));
    }
    place.push_str(name);
    place
}

/// The steps on show.
#[must_use]
pub(super) fn outline(steps: &[RunStep], look: &Look) -> Vec<Shown> {
    type Within<'a> = &'a [(String, u32)];
    let mut levels: BTreeMap<Within<'_>, Vec<usize>> = BTreeMap::new();
    // By the place of a loop: its iterations, and whether something failed in them.
    let mut loops: BTreeMap<(Within<'_>, &str), BTreeMap<u32, bool>> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        levels.entry(&step.within).or_default().push(index);
        for (depth, (name, iteration)) in step.within.iter().enumerate() {
            let around = step.within.get(..depth).unwrap_or_default();
            let failed = loops.entry((around, name)).or_default().entry(*iteration).or_default();
            *failed |= is_failure(step.status);
        }
    }
    let mut shown = Vec::new();
    let mut waiting: Vec<usize> = levels.get([].as_slice()).into_iter().flatten().rev().copied().collect();
    while let Some(index) = waiting.pop() {
        let Some(step) = steps.get(index) else { continue };
        let iterations = loops.get(&(step.within.as_slice(), step.name.as_str())).map(|kept| {
            let failed: BTreeSet<u32> = kept.iter().filter(|(_, failed)| **failed).map(|(number, _)| *number).collect();
            let sifted = look.failed_only && !failed.is_empty();
            let list: Vec<u32> = kept.keys().copied().filter(|number| !sifted || failed.contains(number)).collect();
            let wished = look.chosen.get(&place(&step.within, &step.name)).copied();
            let wished = wished.filter(|number| list.contains(number));
            let current = wished.or_else(|| failed.first().copied()).or_else(|| list.first().copied()).unwrap_or(1);
            Iterations { list, failed: failed.len(), kept: kept.len(), current }
        });
        if let Some(iterations) = &iterations {
            let mut inner = step.within.clone();
            inner.push((step.name.clone(), iterations.current));
            waiting.extend(levels.get(inner.as_slice()).into_iter().flatten().rev());
        }
        shown.push(Shown { index, depth: step.within.len(), iterations });
    }
    shown
}

/// The iteration before or after the current one, where there is one.
#[must_use]
pub(super) fn beside(iterations: &Iterations, forward: bool) -> Option<u32> {
    let at = iterations.list.iter().position(|number| *number == iterations.current)?;
    let beside = if forward { at.checked_add(1)? } else { at.checked_sub(1)? };
    iterations.list.get(beside).copied()
}

/// Reads a document of a flow, as it is kept or as Activepieces writes it.
pub(crate) fn read_document(text: &str) -> Option<Flow> {
    serde_json::from_str(text).ok().or_else(|| wire::read(text).ok())
}

/// What people call each step, by its name.
#[must_use]
pub(crate) fn labels(document: &str) -> BTreeMap<String, String> {
    let Some(flow) = read_document(document) else { return BTreeMap::new() };
    let Trigger { name, display_name, .. } = &flow.trigger;
    let steps = flow.steps.walk().map(|visit| (visit.step.name.clone(), visit.step.display_name.clone()));
    let named = std::iter::once((name.clone(), display_name.clone())).chain(steps);
    named.filter(|(_, label)| !label.trim().is_empty()).collect()
}
