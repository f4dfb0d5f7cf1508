//! Finds what changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::branches::Matching;
use super::fields::changes;
use super::order::staying;
use super::{Diff, Fate, NoteChange, StepChange};
use crate::{Document, Entry, Index, Kind, Map, Note, Place, Slot, Step, shell};

/// What changed from one document to another.
#[must_use]
pub fn diff(before: &Document, after: &Document) -> Diff {
    diff_with(before, after, &Restless::default())
}

/// Steps and notes that are the first to have moved, when it can be told in more than one way who did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Restless {
    pub(super) steps: BTreeSet<String>,
    pub(super) notes: BTreeSet<String>,
}

pub(super) fn diff_with(before: &Document, after: &Document, restless: &Restless) -> Diff {
    let sides = Sides::new(before, after, restless);
    Diff {
        display_name: differ(&before.display_name, &after.display_name),
        schema: differ(&before.schema, &after.schema),
        trigger: changes(&before.trigger.to_map(), &after.trigger.to_map()),
        steps: sides.steps(),
        notes: notes(&before.notes, &after.notes, restless),
    }
}

fn differ<T: Clone + PartialEq>(before: &T, after: &T) -> Option<(T, T)> {
    (before != after).then(|| (before.clone(), after.clone()))
}

/// Where a step stands: in which chain of which step.
pub(super) type Within<'d> = Option<(&'d str, Slot)>;

/// Both documents, and how their steps correspond.
pub(super) struct Sides<'d> {
    pub(super) before: Index<'d>,
    pub(super) after: Index<'d>,
    matchings: HashMap<&'d str, Matching>,
    /// Steps that are in both and not where they were.
    pub(super) moved: HashSet<&'d str>,
}

impl<'d> Sides<'d> {
    pub(super) fn new(before: &'d Document, after: &'d Document, restless: &Restless) -> Self {
        let before = Index::new(&before.trigger.name, &before.steps);
        let after = Index::new(&after.trigger.name, &after.steps);
        let mut matchings = HashMap::new();
        for entry in after.entries() {
            if let Some(old) = before.step(&entry.step.name) {
                matchings.insert(entry.step.name.as_str(), Matching::of(old, entry.step));
            }
        }
        let mut sides = Self { before, after, matchings, moved: HashSet::new() };
        sides.moved = sides.find_moved(restless);
        sides
    }

    /// How the chains of a step that is in both correspond.
    pub(super) fn matching(&self, name: &str) -> Option<&Matching> {
        self.matchings.get(name)
    }

    fn find_moved(&self, restless: &Restless) -> HashSet<&'d str> {
        let mut moved = HashSet::new();
        // Those in the same chain as before, in their order after, each by its place before.
        let mut rows: HashMap<Within<'d>, Vec<(&'d str, usize)>> = HashMap::new();
        for entry in self.after.entries() {
            let name = entry.step.name.as_str();
            let Some(old) = self.before.number(name).and_then(|number| self.before.entry(number)) else { continue };
            let is = within(&self.after, entry);
            let was = match within(&self.before, old) {
                None => Some(None),
                Some((holder, slot)) => {
                    self.matching(holder).and_then(|matching| matching.to_after(slot)).map(|slot| Some((holder, slot)))
                }
            };
            if was == Some(is) {
                rows.entry(is).or_default().push((name, old.position));
            } else {
                moved.insert(name);
            }
        }
        for row in rows.values() {
            let places: Vec<(usize, bool)> =
                row.iter().map(|(name, place)| (*place, restless.steps.contains(*name))).collect();
            let stay = staying(&places);
            moved.extend(row.iter().zip(stay).filter(|(_, stays)| !stays).map(|((name, _), _)| *name));
        }
        moved
    }

    fn steps(&self) -> Vec<StepChange> {
        let mut found = Vec::new();
        let (was, is) = (places(&self.before), places(&self.after));
        for (number, entry) in self.after.entries().iter().enumerate() {
            let step = entry.step;
            let to = is.get(number).cloned();
            let Some(old) = self.before.number(&step.name) else {
                found.push(change(step, Fate::Added, None, to));
                continue;
            };
            let Some(before) = self.before.entry(old).map(|entry| entry.step) else { continue };
            let is_moved = self.moved.contains(step.name.as_str());
            let mut kept =
                change(step, Fate::Kept, was.get(old).cloned().filter(|_| is_moved), to.filter(|_| is_moved));
            if !is_moved && before.same_shell(step) {
                continue;
            }
            let both_route = matches!((&before.kind, &step.kind), (Kind::Router(_), Kind::Router(_)));
            kept.fields = changes(&without_branches(before, both_route), &without_branches(step, both_route));
            kept.branches =
                self.matching(&step.name).map(|matching| matching.changes(before, step)).unwrap_or_default();
            if is_moved || !kept.fields.is_empty() || !kept.branches.is_empty() {
                found.push(kept);
            }
        }
        for (number, entry) in self.before.entries().iter().enumerate() {
            if self.after.number(&entry.step.name).is_none() {
                found.push(change(entry.step, Fate::Removed, was.get(number).cloned(), None));
            }
        }
        found
    }
}

fn change(step: &Step, fate: Fate, from: Option<Place>, to: Option<Place>) -> StepChange {
    let (name, display_name) = (step.name.clone(), step.display_name.clone());
    StepChange { name, display_name, fate, from, to, fields: Vec::new(), branches: Vec::new() }
}

/// In which chain of which step an entry stands.
pub(super) fn within<'d>(index: &Index<'d>, entry: &Entry<'d>) -> Within<'d> {
    let (holder, slot) = entry.inside?;
    Some((index.entry(holder)?.step.name.as_str(), slot))
}

/// Where each step stands, told by names.
fn places(index: &Index<'_>) -> Vec<Place> {
    let mut last: HashMap<Within<'_>, &str> = HashMap::new();
    let mut places = Vec::with_capacity(index.entries().len());
    for entry in index.entries() {
        let within = within(index, entry);
        places.push(match (last.insert(within, &entry.step.name), within) {
            (Some(before), _) => Place::after(before),
            (None, Some((holder, slot))) => Place::inside(holder, slot),
            (None, None) => Place::after(index.trigger()),
        });
    }
    places
}

/// The fields of a step; of a router that stays one, its branches are compared by themselves.
fn without_branches(step: &Step, is_router: bool) -> Map {
    let mut map = shell::write_stored(step);
    if is_router && let Some(settings) = map.get_mut("settings").and_then(|settings| settings.as_object_mut()) {
        settings.remove("branches");
    }
    map
}

fn notes(before: &[Note], after: &[Note], restless: &Restless) -> Vec<NoteChange> {
    let mut found = Vec::new();
    let moved = moved_notes(before, after, restless);
    let old: HashMap<&str, &Note> = before.iter().map(|note| (note.id.as_str(), note)).collect();
    for note in after {
        let (id, is_moved) = (note.id.clone(), moved.contains(note.id.as_str()));
        match old.get(id.as_str()) {
            None => found.push(NoteChange { id, fate: Fate::Added, is_moved, fields: Vec::new() }),
            Some(old) => {
                let fields = changes(&old.to_map(), &note.to_map());
                if is_moved || !fields.is_empty() {
                    found.push(NoteChange { id, fate: Fate::Kept, is_moved, fields });
                }
            }
        }
    }
    let ids: HashSet<&str> = after.iter().map(|note| note.id.as_str()).collect();
    let gone = before.iter().filter(|note| !ids.contains(note.id.as_str()));
    found.extend(gone.map(|note| NoteChange {
        id: note.id.clone(),
        fate: Fate::Removed,
        is_moved: false,
        fields: Vec::new(),
    }));
    found
}

/// The notes in both that lie above or below others than before.
pub(super) fn moved_notes<'d>(before: &[Note], after: &'d [Note], restless: &Restless) -> HashSet<&'d str> {
    let places: HashMap<&str, usize> =
        before.iter().enumerate().map(|(place, note)| (note.id.as_str(), place)).collect();
    let row: Vec<(&str, usize)> =
        after.iter().filter_map(|note| Some((note.id.as_str(), *places.get(note.id.as_str())?))).collect();
    let places: Vec<(usize, bool)> = row.iter().map(|(id, place)| (*place, restless.notes.contains(*id))).collect();
    let stay = staying(&places);
    row.into_iter().zip(stay).filter(|(_, stays)| !stays).map(|((id, _), _)| id).collect()
}
