//! A project's to-dos as the flat lines of an outline: what a virtual list draws, what keys walk, where a move goes.
//! Knows no page.

use std::collections::HashSet;

use contract::{RecordingId, Row, TodoLists, TodoSection};

/// One line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// The head of a list or a group; of the loose to-dos when it is the to-do set.
    Head {
        /// The list, group or to-do set.
        list: Row,
        /// 0 for a list, 1 for a group.
        depth: u8,
        /// Open to-dos in it, its groups' included.
        open: usize,
        /// Completed ones that are shown, its groups' included.
        done: usize,
        /// Its lines are hidden.
        folded: bool,
    },
    /// A to-do.
    Todo {
        /// The to-do.
        row: Row,
        /// What holds it.
        list: RecordingId,
        /// That of its head.
        depth: u8,
        /// Place among its siblings, from 1.
        place: usize,
        /// How many siblings there are.
        of: usize,
    },
    /// The place where a to-do can be added.
    Add {
        /// The list or group it goes to.
        list: RecordingId,
        /// That of its head.
        depth: u8,
    },
}

/// What stays the same about a line while the data changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum LineKey {
    /// A head.
    Head(RecordingId),
    /// A to-do.
    Todo(RecordingId),
    /// The place to add at the end of a list.
    Add(RecordingId),
}

impl Line {
    /// What stays the same about it.
    pub(crate) fn key(&self) -> LineKey {
        match self {
            Self::Head { list, .. } => LineKey::Head(list.id),
            Self::Todo { row, .. } => LineKey::Todo(row.id),
            Self::Add { list, .. } => LineKey::Add(*list),
        }
    }
    /// The list it belongs to; a head belongs to its own.
    pub(crate) fn list(&self) -> RecordingId {
        match self {
            Self::Head { list, .. } => list.id,
            Self::Todo { list, .. } | Self::Add { list, .. } => *list,
        }
    }
}

impl LineKey {
    /// The id of the element that shows the line.
    pub(crate) fn dom_id(self) -> String {
        match self {
            Self::Head(id) => format!("line-head-{id}"),
            Self::Todo(id) => format!("line-todo-{id}"),
            Self::Add(id) => format!("line-add-{id}"),
        }
    }
}

/// The outline's lines from top to bottom.
pub(crate) fn flatten(lists: &TodoLists, folded: &HashSet<RecordingId>) -> Vec<Line> {
    let mut lines = Vec::new();
    for section in &lists.sections {
        push_section(section, 0, folded, &mut lines);
    }
    lines
}

fn push_section(section: &TodoSection, depth: u8, folded: &HashSet<RecordingId>, lines: &mut Vec<Line>) {
    let is_folded = folded.contains(&section.list.id);
    let (open, done) = counts(section);
    lines.push(Line::Head { list: section.list.clone(), depth, open, done, folded: is_folded });
    if is_folded {
        return;
    }
    let of = section.todos.len();
    for (index, row) in section.todos.iter().enumerate() {
        lines.push(Line::Todo { row: row.clone(), list: section.list.id, depth, place: index + 1, of });
    }
    lines.push(Line::Add { list: section.list.id, depth });
    for group in &section.groups {
        push_section(group, depth + 1, folded, lines);
    }
}

/// Open and completed to-dos in a section and its groups.
pub(crate) fn counts(section: &TodoSection) -> (usize, usize) {
    let own_done = section.todos.iter().filter(|row| row.completed).count();
    let own = (section.todos.len() - own_done, own_done);
    section.groups.iter().map(counts).fold(own, |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// Every list, group and to-do set, in the outline's order, with its depth.
pub(crate) fn sections(lists: &TodoLists) -> Vec<(&TodoSection, u8)> {
    lists
        .sections
        .iter()
        .flat_map(|section| std::iter::once((section, 0)).chain(section.groups.iter().map(|group| (group, 1))))
        .collect()
}

/// Where a to-do goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Destination {
    /// The list, group or to-do set.
    pub(crate) list: RecordingId,
    /// Place among the open to-dos there, from 1.
    pub(crate) position: u32,
}

/// Where a to-do goes when it moves one place up (`false`) or down (`true`): past its open neighbour, or over the edge into
/// the section before or behind. `None` when there is nowhere to go, or the to-do is completed.
pub(crate) fn shift(lists: &TodoLists, todo: RecordingId, down: bool) -> Option<Destination> {
    let all = sections(lists);
    let (at, place, open) = all.iter().enumerate().find_map(|(at, (section, _))| {
        let open: Vec<RecordingId> = open_ids(section);
        let place = open.iter().position(|id| *id == todo)?;
        Some((at, place, open.len()))
    })?;
    let here = all.get(at)?.0.list.id;
    if down && place + 1 < open {
        return Some(Destination { list: here, position: position(place + 1) });
    }
    if !down && place > 0 {
        return Some(Destination { list: here, position: position(place - 1) });
    }
    if down {
        let next = all.get(at + 1)?.0;
        return Some(Destination { list: next.list.id, position: 1 });
    }
    let before = all.get(at.checked_sub(1)?)?.0;
    Some(Destination { list: before.list.id, position: position(open_ids(before).len()) })
}

fn open_ids(section: &TodoSection) -> Vec<RecordingId> {
    section.todos.iter().filter(|row| !row.completed).map(|row| row.id).collect()
}

fn position(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// The line that takes the focus over when the focused one has gone: one that was not there before and stands in its very
/// place (an item that Basecamp has just named), else the next one below that is still there, else the nearest above, else
/// the first. The focused line itself while it exists.
pub(crate) fn refocus<K: Copy + Eq + std::hash::Hash>(before: &[K], after: &[K], focused: K) -> Option<K> {
    let alive: HashSet<K> = after.iter().copied().collect();
    if alive.contains(&focused) {
        return Some(focused);
    }
    let at = before.iter().position(|key| *key == focused);
    let Some(at) = at else { return after.first().copied() };
    if let Some(renamed) = after.get(at).filter(|key| before.len() == after.len() && !before.contains(key)) {
        return Some(*renamed);
    }
    let below = before.iter().skip(at + 1).find(|key| alive.contains(*key));
    let above = before.iter().take(at).rev().find(|key| alive.contains(*key));
    below.or(above).copied().or_else(|| after.first().copied())
}

#[cfg(test)]
mod tests;
