//! Which branch of a router before is which after.

use std::collections::HashMap;

use super::BranchChange;
use super::fields::changes;
use super::order::staying;
use crate::{Branch, Kind, Slot, Step};

/// The branches of a step before, beside those after.
#[derive(Clone, Debug, Default)]
pub(super) struct Matching {
    /// For each before, its place after.
    pub(super) after: Vec<Option<usize>>,
    /// For each after, its place before.
    pub(super) before: Vec<Option<usize>>,
}

impl Matching {
    pub(super) fn of(before: &Step, after: &Step) -> Self {
        let (Kind::Router(a), Kind::Router(b)) = (&before.kind, &after.kind) else {
            return Self::one_to_one(count(before).min(count(after)));
        };
        let mut matching = Self { after: vec![None; a.branches.len()], before: vec![None; b.branches.len()] };
        let mut by_name: HashMap<(&str, bool), Vec<usize>> = HashMap::new();
        for (n, branch) in b.branches.iter().enumerate().rev() {
            by_name.entry((&branch.name, branch.is_fallback())).or_default().push(n);
        }
        for (n, branch) in a.branches.iter().enumerate() {
            if let Some(found) = by_name.get_mut(&(branch.name.as_str(), branch.is_fallback())).and_then(Vec::pop) {
                matching.pair(n, found);
            }
        }
        let held: HashMap<&str, usize> = b
            .branches
            .iter()
            .enumerate()
            .flat_map(|(n, branch)| branch.chain.iter().map(move |step| (step.name.as_str(), n)))
            .collect();
        for (n, branch) in a.branches.iter().enumerate() {
            let found = branch.chain.iter().find_map(|step| held.get(step.name.as_str()));
            if let Some(found) = found
                && matching.are_free(n, *found)
                && like(a.branches.get(n), b.branches.get(*found))
            {
                matching.pair(n, *found);
            }
        }
        let mut rest =
            (0..b.branches.len()).filter(|n| matching.before.get(*n) == Some(&None)).collect::<Vec<_>>().into_iter();
        for n in 0..a.branches.len() {
            if matching.after.get(n) == Some(&None)
                && let Some(found) = rest.find(|found| like(a.branches.get(n), b.branches.get(*found)))
            {
                matching.pair(n, found);
            }
        }
        matching
    }

    fn one_to_one(count: usize) -> Self {
        let same: Vec<Option<usize>> = (0..count).map(Some).collect();
        Self { after: same.clone(), before: same }
    }

    fn pair(&mut self, before: usize, after: usize) {
        if let (Some(a), Some(b)) = (self.after.get_mut(before), self.before.get_mut(after)) {
            (*a, *b) = (Some(after), Some(before));
        }
    }

    fn are_free(&self, before: usize, after: usize) -> bool {
        self.after.get(before) == Some(&None) && self.before.get(after) == Some(&None)
    }

    /// Where a chain of the step before is after.
    pub(super) fn to_after(&self, slot: Slot) -> Option<Slot> {
        translate(&self.after, slot)
    }

    /// Where a chain of the step after was before.
    pub(super) fn to_before(&self, slot: Slot) -> Option<Slot> {
        translate(&self.before, slot)
    }

    /// What changed in the branches.
    pub(super) fn changes(&self, before: &Step, after: &Step) -> Vec<BranchChange> {
        let (Kind::Router(a), Kind::Router(b)) = (&before.kind, &after.kind) else { return Vec::new() };
        let kept: Vec<(usize, bool)> = self.before.iter().filter_map(|place| Some(((*place)?, false))).collect();
        let mut stay = staying(&kept).into_iter();
        let mut found = Vec::new();
        for (to, branch) in b.branches.iter().enumerate() {
            let from = self.before.get(to).copied().flatten();
            let Some(old) = from.and_then(|from| a.branches.get(from)) else {
                found.push(BranchChange { name: branch.name.clone(), from: None, to: Some(to), fields: Vec::new() });
                continue;
            };
            let stays = stay.next().unwrap_or_default();
            let fields = changes(&old.to_map(), &branch.to_map());
            if !stays || !fields.is_empty() {
                found.push(BranchChange { name: branch.name.clone(), from, to: Some(to), fields });
            }
        }
        for (from, branch) in a.branches.iter().enumerate() {
            if self.after.get(from) == Some(&None) {
                found.push(BranchChange { name: branch.name.clone(), from: Some(from), to: None, fields: Vec::new() });
            }
        }
        found
    }
}

fn translate(places: &[Option<usize>], slot: Slot) -> Option<Slot> {
    match slot {
        Slot::Branch(n) => places.get(n).copied().flatten().map(Slot::Branch),
        Slot::Body | Slot::OnSuccess | Slot::OnFailure => Some(slot),
    }
}

fn like(a: Option<&Branch>, b: Option<&Branch>) -> bool {
    a.map(Branch::is_fallback) == b.map(Branch::is_fallback)
}

fn count(step: &Step) -> usize {
    match &step.kind {
        Kind::Router(router) => router.branches.len(),
        Kind::Other(other) => other.children.len(),
        Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) => 0,
    }
}
