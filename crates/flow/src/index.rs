//! Where each step of a flow is: built when it is wanted, never kept in the flow.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Chain, Flow, Slot, Step, Walk};

/// A place for a step, told by names: what a server understands too.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The step, or the trigger, that the place is at.
    pub parent: String,
    /// Behind it or in it.
    pub at: At,
}

/// Where a place is, seen from the step that it is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// Directly behind it, in the same chain.
    After,
    /// First in one of the chains that it holds.
    In(Slot),
}

impl Place {
    /// Directly behind `parent`.
    #[must_use]
    pub fn after(parent: impl Into<String>) -> Self {
        Self { parent: parent.into(), at: At::After }
    }

    /// First in a chain of `parent`.
    #[must_use]
    pub fn inside(parent: impl Into<String>, slot: Slot) -> Self {
        Self { parent: parent.into(), at: At::In(slot) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parent = &self.parent;
        match self.at {
            At::After => write!(f, "after {parent}"),
            At::In(Slot::Body) => write!(f, "first in the loop {parent}"),
            At::In(Slot::Branch(n)) => write!(f, "first in branch {} of {parent}", n + 1),
            At::In(Slot::OnSuccess) => write!(f, "first after the success of {parent}"),
            At::In(Slot::OnFailure) => write!(f, "first after the failure of {parent}"),
        }
    }
}

/// The way from the outermost chain to a step. It holds as long as nothing is added, moved or removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// Each step on the way, by its position, and the chain of it that the way goes on in.
    pub hops: Vec<(usize, Slot)>,
    /// The position in the last chain.
    pub position: usize,
}

/// One step as the index knows it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The step.
    pub step: &'a Step,
    /// The number of the step that it stands in, and the chain there; `None` in the outermost chain.
    pub inside: Option<(usize, Slot)>,
    /// Where it stands in its chain, from 0.
    pub position: usize,
    /// How many steps it stands inside of.
    pub level: usize,
    /// How many steps it is, with all that it holds: the next `span - 1` numbers are inside it.
    pub span: usize,
}

/// Every step of a flow by number, outer ones first in the order of the page, and by name.
#[derive(Debug)]
pub struct Index<'a> {
    trigger: &'a str,
    entries: Vec<Entry<'a>>,
    by_name: HashMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    /// The steps of a flow.
    #[must_use]
    pub fn of(flow: &'a Flow) -> Self {
        Self::new(&flow.trigger.name, &flow.steps)
    }

    /// The steps of a chain behind a trigger of this name.
    #[must_use]
    pub fn new(trigger: &'a str, steps: &'a [Step]) -> Self {
        let mut entries: Vec<Entry<'a>> = Walk::over(steps)
            .map(|visit| Entry {
                step: visit.step,
                inside: visit.inside,
                position: visit.position,
                level: visit.level,
                span: 1,
            })
            .collect();
        for number in (0..entries.len()).rev() {
            let Some((span, Some((holder, _)))) = entries.get(number).map(|entry| (entry.span, entry.inside)) else {
                continue;
            };
            if let Some(holder) = entries.get_mut(holder) {
                holder.span += span;
            }
        }
        let mut by_name = HashMap::with_capacity(entries.len());
        for (number, entry) in entries.iter().enumerate() {
            by_name.entry(entry.step.name.as_str()).or_insert(number);
        }
        Self { trigger, entries, by_name }
    }

    /// The name of the trigger.
    #[must_use]
    pub fn trigger(&self) -> &'a str {
        self.trigger
    }

    /// All entries, by number.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    pub(crate) fn names(&self) -> usize {
        self.by_name.len()
    }

    /// The number of the step of this name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The entry of a number.
    #[must_use]
    pub fn entry(&self, number: usize) -> Option<&Entry<'a>> {
        self.entries.get(number)
    }

    /// The step of this name.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&'a Step> {
        self.entry(self.number(name)?).map(|entry| entry.step)
    }

    /// Whether the second is the first, or stands inside it.
    #[must_use]
    pub fn holds(&self, holder: usize, number: usize) -> bool {
        self.entry(holder).is_some_and(|entry| (holder..holder + entry.span).contains(&number))
    }

    /// What a step stands in, the nearest first, each with the chain that the way goes through.
    pub fn holders(&self, number: usize) -> impl Iterator<Item = (usize, Slot)> + '_ {
        std::iter::successors(self.entry(number).and_then(|entry| entry.inside), |(holder, _)| {
            self.entry(*holder).and_then(|entry| entry.inside)
        })
    }

    /// The way to a step.
    #[must_use]
    pub fn path(&self, number: usize) -> Option<Path> {
        let position = self.entry(number)?.position;
        let mut hops = Vec::new();
        for (holder, slot) in self.holders(number) {
            hops.push((self.entry(holder)?.position, slot));
        }
        hops.reverse();
        Some(Path { hops, position })
    }

    /// The chain that a step stands in.
    #[must_use]
    pub fn siblings(&self, number: usize, flow: &'a Flow) -> Option<&'a Chain> {
        match self.entry(number)?.inside {
            None => Some(&flow.steps),
            Some((holder, slot)) => self.entry(holder)?.step.chain(slot),
        }
    }

    /// Where a step stands, told by names.
    #[must_use]
    pub fn place(&self, number: usize, flow: &'a Flow) -> Option<Place> {
        let entry = self.entry(number)?;
        match (entry.position.checked_sub(1), entry.inside) {
            (Some(before), _) => Some(Place::after(&self.siblings(number, flow)?.get(before)?.name)),
            (None, Some((holder, slot))) => Some(Place::inside(&self.entry(holder)?.step.name, slot)),
            (None, None) => Some(Place::after(self.trigger)),
        }
    }

    /// The chain and the position in it that a place tells of, as a way.
    #[must_use]
    pub fn resolve(&self, place: &Place) -> Option<Path> {
        if place.parent == self.trigger {
            return (place.at == At::After).then(Path::default);
        }
        let number = self.number(&place.parent)?;
        let mut path = self.path(number)?;
        match place.at {
            At::After => path.position += 1,
            At::In(slot) => {
                self.entry(number)?.step.chain(slot)?;
                path.hops.push((path.position, slot));
                path.position = 0;
            }
        }
        Some(path)
    }
}

impl Flow {
    /// The step of this name. For many questions build an [`Index`].
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.walk().map(|visit| visit.step).find(|step| step.name == name)
    }

    /// The chain that a way leads to, to be changed.
    pub fn chain_mut(&mut self, path: &Path) -> Option<&mut Chain> {
        let mut chain = &mut self.steps;
        for (position, slot) in &path.hops {
            chain = chain.get_mut(*position)?.chain_mut(*slot)?;
        }
        Some(chain)
    }

    /// The step that a way leads to, to be changed.
    pub fn step_mut(&mut self, path: &Path) -> Option<&mut Step> {
        self.chain_mut(path)?.get_mut(path.position)
    }
}
