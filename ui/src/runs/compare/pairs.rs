//! Two runs side by side, step by step. Pure.

use std::collections::BTreeMap;

use contract::{RunStatus, RunStep};
use serde_json::Value;

use crate::runs::outline::place;

/// At most so many differences of a value are told.
const MOST: usize = 40;
/// What stands on one side of a difference is cut here, in characters.
const LONG: usize = 160;

/// Something that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Where; empty for the whole value.
    pub(super) path: String,
    /// What it was; `None` where it was not there.
    pub(super) before: Option<String>,
    /// What it is; `None` where it is not there.
    pub(super) after: Option<String>,
}

/// What one of two runs says of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) status: RunStatus,
    pub(super) took_ms: Option<u64>,
}

/// A step of either run, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) within: Vec<(String, u32)>,
    pub(super) before: Option<Half>,
    pub(super) after: Option<Half>,
    pub(super) input: Vec<Difference>,
    pub(super) output: Vec<Difference>,
}

impl Pair {
    /// Both runs have it, it stands alike in both, and went in and came out the same.
    pub(super) fn is_same(&self) -> bool {
        let status = |half: Option<Half>| half.map(|half| half.status);
        status(self.before) == status(self.after) && self.input.is_empty() && self.output.is_empty()
    }
}

/// The steps of two runs: those of the first in its order, each that only the second has after the one that it follows there.
#[must_use]
pub(super) fn pairs(before: &[RunStep], after: &[RunStep]) -> Vec<Pair> {
    let places: BTreeMap<String, usize> =
        before.iter().enumerate().map(|(at, step)| (place(&step.within, &step.name), at)).collect();
    let mut partners: Vec<Option<&RunStep>> = vec![None; before.len()];
    // Steps that only the second run has, by how many of the first stand before them.
    let mut added: BTreeMap<usize, Vec<&RunStep>> = BTreeMap::new();
    let mut passed = 0;
    for step in after {
        match places.get(&place(&step.within, &step.name)) {
            Some(at) => {
                passed = at + 1;
                if let Some(partner) = partners.get_mut(*at) {
                    *partner = Some(step);
                }
            }
            None => added.entry(passed).or_default().push(step),
        }
    }
    let mut pairs: Vec<Pair> = Vec::with_capacity(before.len());
    let mut add = |pairs: &mut Vec<Pair>, at: usize| {
        pairs.extend(added.remove(&at).into_iter().flatten().map(|step| pair(step, None, Some(step))));
    };
    add(&mut pairs, 0);
    for (at, (step, partner)) in before.iter().zip(partners).enumerate() {
        pairs.push(pair(step, Some(step), partner));
        add(&mut pairs, at + 1);
    }
    pairs
}

fn pair(either: &RunStep, before: Option<&RunStep>, after: Option<&RunStep>) -> Pair {
    let half = |step: &RunStep| Half { status: step.status, took_ms: step.took_ms };
    let (input, output) = match before.zip(after) {
        Some((before, after)) => (differences(&before.input, &after.input), differences(&before.output, &after.output)),
        None => (Vec::new(), Vec::new()),
    };
    Pair {
        name: either.name.clone(),
        within: either.within.clone(),
        before: before.map(half),
        after: after.map(half),
        input,
        output,
    }
}

/// What is not the same in two JSON texts. What is no JSON is compared as text.
#[must_use]
pub(super) fn differences(before: &str, after: &str) -> Vec<Difference> {
    if before == after {
        return Vec::new();
    }
    let text = |text: &str| Some(cut(text)).filter(|text| !text.is_empty());
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    let (Some(old), Some(new)) = (read(before), read(after)) else {
        return vec![Difference { path: String::new(), before: text(before), after: text(after) }];
    };
    let mut found = Vec::new();
    let mut waiting: Vec<(String, Option<&Value>, Option<&Value>)> = vec![(String::new(), Some(&old), Some(&new))];
    while let Some((path, old, new)) = waiting.pop() {
        if old == new {
            continue;
        }
        if found.len() >= MOST {
            break;
        }
        match (old, new) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
                let mut inner: Vec<_> = names
                    .map(|name| {
                        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                        (path, old.get(name), new.get(name))
                    })
                    .collect();
                inner.reverse();
                waiting.extend(inner);
            }
            (Some(Value::Array(old)), Some(Value::Array(new))) => {
                let inner = (0..old.len().max(new.len())).rev();
                waiting.extend(inner.map(|at| (format!("{path}[{at}]"), old.get(at), new.get(at))));
            }
            (old, new) => {
                let words = |value: Option<&Value>| value.map(|value| cut(&value.to_string()));
                found.push(Difference { path, before: words(old), after: words(new) });
            }
        }
    }
    found
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
