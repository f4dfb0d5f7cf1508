//! A run of steps, one after the other, and the walk over everything inside it.
//!
//! Dropping, copying, comparing and storing a chain use a stack of their own, so a flow of any depth is safe on a small
//! thread. The stored form is flat: a list of steps, each with the place it hangs at.

use std::fmt;
use std::mem;
use std::ops::{Deref, DerefMut};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::shell::{self, Loose};
use crate::{Map, Slot, Step};

/// Steps in the order in which they run. It reads and changes like a `Vec<Step>`.
#[derive(Default)]
pub struct Chain(Vec<Step>);

impl Chain {
    /// No steps.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The steps, taken out.
    #[must_use]
    pub fn into_steps(mut self) -> Vec<Step> {
        mem::take(&mut self.0)
    }

    /// Every step in here and inside these, outer ones first, in the order of the page.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk::over(&self.0)
    }
}

impl Deref for Chain {
    type Target = Vec<Step>;

    fn deref(&self) -> &Vec<Step> {
        &self.0
    }
}

impl DerefMut for Chain {
    fn deref_mut(&mut self) -> &mut Vec<Step> {
        &mut self.0
    }
}

impl From<Vec<Step>> for Chain {
    fn from(steps: Vec<Step>) -> Self {
        Self(steps)
    }
}

impl From<Step> for Chain {
    fn from(step: Step) -> Self {
        Self(vec![step])
    }
}

impl FromIterator<Step> for Chain {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Chain {
    type Item = &'a Step;
    type IntoIter = std::slice::Iter<'a, Step>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        if self.0.is_empty() {
            return;
        }
        let mut pending = vec![mem::take(&mut self.0)];
        while let Some(mut steps) = pending.pop() {
            for step in &mut steps {
                step.each_chain_mut(&mut |chain| {
                    if !chain.is_empty() {
                        pending.push(mem::take(&mut chain.0));
                    }
                });
            }
        }
    }
}

impl Clone for Chain {
    fn clone(&self) -> Self {
        let placed = self.walk().map(|visit| Placed { step: visit.step.shell(), inside: visit.inside }).collect();
        // A walk tells of places that are there, so all of them are found again.
        assemble(placed).unwrap_or_default()
    }
}

impl PartialEq for Chain {
    fn eq(&self, other: &Self) -> bool {
        let (mut ours, mut theirs) = (self.walk(), other.walk());
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if a.inside == b.inside && a.step.same_shell(b.step) => {}
                _ => return false,
            }
        }
    }
}

/// The steps by name and no deeper, so that printing cannot run out of stack.
impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|step| &step.name)).finish()
    }
}

/// A step as the walk comes by.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// The step.
    pub step: &'a Step,
    /// The number, in this walk, of the step that it stands in, and the chain there. `None` in the outermost chain.
    pub inside: Option<(usize, Slot)>,
    /// Where it stands in its chain, from 0.
    pub position: usize,
    /// How many steps it stands inside of.
    pub level: usize,
}

/// Steps outer ones first, each followed by what it holds.
#[derive(Debug)]
pub struct Walk<'a> {
    pending: Vec<Pending<'a>>,
    count: usize,
}

#[derive(Debug)]
struct Pending<'a> {
    rest: std::iter::Enumerate<std::slice::Iter<'a, Step>>,
    inside: Option<(usize, Slot)>,
    level: usize,
}

impl<'a> Walk<'a> {
    /// The walk over a run of steps and all inside.
    #[must_use]
    pub fn over(steps: &'a [Step]) -> Self {
        Self { pending: vec![Pending { rest: steps.iter().enumerate(), inside: None, level: 0 }], count: 0 }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Visit<'a>;

    fn next(&mut self) -> Option<Visit<'a>> {
        loop {
            let top = self.pending.last_mut()?;
            let (inside, level) = (top.inside, top.level);
            let Some((position, step)) = top.rest.next() else {
                self.pending.pop();
                continue;
            };
            let number = self.count;
            self.count += 1;
            let first = self.pending.len();
            for (slot, chain) in step.chains().filter(|(_, chain)| !chain.is_empty()) {
                let inside = Some((number, slot));
                self.pending.push(Pending { rest: chain.iter().enumerate(), inside, level: level + 1 });
            }
            if let Some(held) = self.pending.get_mut(first..) {
                held.reverse();
            }
            return Some(Visit { step, inside, position, level });
        }
    }
}

/// A step without what it holds, and where it hangs: the number of an earlier step in the list, and the chain there.
pub(crate) struct Placed {
    pub(crate) step: Step,
    pub(crate) inside: Option<(usize, Slot)>,
}

/// Hangs each step where it belongs; those of one chain keep their order.
///
/// `None` if a place is not there.
pub(crate) fn assemble(mut placed: Vec<Placed>) -> Option<Chain> {
    let mut top = Vec::new();
    // From the end, what a step holds has been hung into it before the step itself is.
    while let Some(Placed { mut step, inside }) = placed.pop() {
        step.each_chain_mut(&mut |chain| chain.reverse());
        match inside {
            None => top.push(step),
            Some((holder, slot)) => placed.get_mut(holder)?.step.chain_mut(slot)?.push(step),
        }
    }
    top.reverse();
    Some(Chain(top))
}

/// The stored form of one step: its own fields as on the wire, and its place.
#[derive(Serialize, Deserialize)]
struct Flat {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside: Option<(usize, Slot)>,
    step: Map,
}

fn serialize_steps<S: Serializer>(steps: &[Step], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        Walk::over(steps).map(|visit| Flat { inside: visit.inside, step: shell::write_stored(visit.step) }),
    )
}

fn deserialize_steps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Chain, D::Error> {
    let flat = Vec::<Flat>::deserialize(deserializer)?;
    let loose = flat.into_iter().map(|flat| Loose { map: flat.step, inside: flat.inside }).collect();
    shell::build(loose).ok_or_else(|| D::Error::custom("a step hangs at a place that is not there"))
}

impl Serialize for Chain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_steps(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Chain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_steps(deserializer)
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_steps(std::slice::from_ref(self), serializer)
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut steps = deserialize_steps(deserializer)?.into_steps();
        match (steps.pop(), steps.is_empty()) {
            (Some(step), true) => Ok(step),
            _ => Err(D::Error::custom("expected one step with what it holds")),
        }
    }
}
