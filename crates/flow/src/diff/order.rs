//! Which of a row stayed in order, and how two orders become one.

use std::collections::{HashMap, HashSet};

/// For each of a row, whether it stays where it is when the rest is moved.
///
/// Each has its number in another order, all different. Those that stay have the same order in both, and as many as possible
/// stay. The `restless` are the first to move: one that is not among them moves only if it has to.
pub(super) fn staying(row: &[(usize, bool)]) -> Vec<bool> {
    let calm = row.len() + 1;
    let size = row.iter().map(|(number, _)| number + 1).max().unwrap_or_default();
    let mut heaviest = Heaviest(vec![None; size + 1]);
    let mut before: Vec<Option<usize>> = Vec::with_capacity(row.len());
    for (at, (number, is_restless)) in row.iter().enumerate() {
        let found = heaviest.below(*number);
        let weight = found.map_or(0, |(weight, _)| weight) + if *is_restless { 1 } else { calm };
        before.push(found.map(|(_, at)| at));
        heaviest.put(*number, (weight, at));
    }
    let mut stay = vec![false; row.len()];
    let mut at = heaviest.below(size).map(|(_, at)| at);
    while let Some(place) = at {
        if let Some(stays) = stay.get_mut(place) {
            *stays = true;
        }
        at = before.get(place).copied().flatten();
    }
    stay
}

/// The heaviest of those below a number, found and kept in the logarithm of how many there are (a tree of Fenwick).
struct Heaviest(Vec<Option<(usize, usize)>>);

impl Heaviest {
    fn below(&self, number: usize) -> Option<(usize, usize)> {
        let mut at = number;
        let mut found = None;
        while at > 0 {
            found = found.max(self.0.get(at).copied().flatten());
            at &= at - 1;
        }
        found
    }

    fn put(&mut self, number: usize, entry: (usize, usize)) {
        let mut at = number + 1;
        while let Some(place) = self.0.get_mut(at) {
            *place = (*place).max(Some(entry));
            at += at & at.wrapping_neg();
        }
    }
}

/// Those that keep their order, with those that take theirs from another row put in: each behind whoever stands directly
/// before it there and is here too.
pub(super) fn merged<'n>(kept: &[&'n str], other: &[&'n str], from_other: &HashSet<&'n str>) -> Vec<&'n str> {
    let here: HashSet<&str> = kept.iter().chain(from_other).copied().collect();
    let mut behind: HashMap<Option<&str>, &'n str> = HashMap::new();
    let mut before = None;
    for name in other.iter().filter(|name| here.contains(*name)) {
        if from_other.contains(name) {
            behind.insert(before, name);
        }
        before = Some(*name);
    }
    let mut row = Vec::with_capacity(here.len());
    for start in std::iter::once(None).chain(kept.iter().copied().map(Some)) {
        row.extend(start);
        let mut last = start;
        while let Some(next) = behind.get(&last) {
            row.push(*next);
            last = Some(*next);
        }
    }
    row
}
