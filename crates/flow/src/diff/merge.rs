//! Takes over the chosen part of what changed.

use std::collections::{HashMap, HashSet};

use super::Choice;
use super::compare::{Restless, Sides, Within, diff_with, moved_notes, within};
use super::order::merged;
use crate::chain::{Placed, assemble};
use crate::sound::check_document;
use crate::{Chain, Document, Note, Op, Refusal, Slot, Step};

/// The operation that takes over the chosen changes from `before` to `after`, and leaves the others.
///
/// # Errors
/// If the part cannot stand by itself: a step would have no place, two would stand in one another, or expressions would be
/// in the form of the wrong version. The refusal names the step and what to choose with it.
pub fn accept(before: &Document, after: &Document, choice: &Choice) -> Result<Op, Refusal> {
    accept_with(before, after, choice, &Restless::default())
}

pub(super) fn accept_with(
    before: &Document,
    after: &Document,
    choice: &Choice,
    restless: &Restless,
) -> Result<Op, Refusal> {
    let is_newer = choice.schema && before.schema != after.schema;
    if before.schema.syntax() != after.schema.syntax() && before.schema != after.schema {
        let all = diff_with(before, after, restless).everything();
        let is_whole = is_newer && all.steps.is_subset(&choice.steps);
        let is_without = !is_newer && all.steps.is_disjoint(&choice.steps);
        if !is_whole && !is_without {
            let message = "The two are written in different versions of the format, whose expressions differ. Take over all \
                           changes, or none of the steps.";
            return Err(Refusal::flow(message));
        }
    }
    let steps = Merge::new(before, after, choice, restless)?.chain()?;
    let notes = notes(&before.notes, &after.notes, choice, restless);
    let side = |is_chosen: bool| if is_chosen { after } else { before };
    let document = Document {
        display_name: side(choice.display_name).display_name.clone(),
        trigger: side(choice.trigger).trigger.clone(),
        steps,
        notes,
        schema: side(is_newer).schema,
    };
    check_document(&document.trigger, &document.steps, &document.notes)?;
    Ok(Op::ImportFlow { document: Box::new(document) })
}

struct Merge<'d> {
    /// The steps of the result, each as it is and where.
    steps: HashMap<&'d str, (&'d Step, Within<'d>)>,
    /// The order in each chain.
    rows: HashMap<Within<'d>, Vec<&'d str>>,
}

impl<'d> Merge<'d> {
    fn new(before: &'d Document, after: &'d Document, choice: &Choice, restless: &Restless) -> Result<Self, Refusal> {
        let sides = Sides::new(before, after, restless);
        let is_chosen = |name: &str| choice.steps.contains(name);
        // The result has a step as it is after if that is chosen, or as it was.
        let has = |name: &str| match (sides.before.number(name), sides.after.number(name)) {
            (Some(_), Some(_)) => true,
            (Some(_), None) => !is_chosen(name),
            (None, Some(_)) => is_chosen(name),
            (None, None) => false,
        };
        let is_new = |name: &str| sides.after.number(name).is_some() && is_chosen(name);
        let homeless = |name: &str, holder: &str| {
            let message = format!(
                "{name} would have no place: it stands in {holder}, which would not be there or not have that branch. Choose \
                 the changes of both."
            );
            Refusal::of(name, "place", message)
        };
        let mut steps = HashMap::new();
        let mut kept: HashMap<Within<'d>, Vec<&'d str>> = HashMap::new();
        for entry in sides.before.entries() {
            let name = entry.step.name.as_str();
            let goes = is_chosen(name) && (sides.after.number(name).is_none() || sides.moved.contains(name));
            if goes {
                continue;
            }
            let home = match within(&sides.before, entry) {
                None => None,
                Some((holder, _)) if !has(holder) => return Err(homeless(name, holder)),
                Some((holder, slot)) => {
                    let slot =
                        if is_new(holder) { sides.matching(holder).and_then(|m| m.to_after(slot)) } else { Some(slot) };
                    Some((holder, slot.ok_or_else(|| homeless(name, holder))?))
                }
            };
            let step = sides.after.step(name).filter(|_| is_chosen(name)).unwrap_or(entry.step);
            steps.insert(name, (step, home));
            kept.entry(home).or_default().push(name);
        }
        // Those whose place is that after, and in what row that is.
        let mut brought: HashMap<Within<'d>, HashSet<&'d str>> = HashMap::new();
        let mut others: HashMap<Within<'d>, Vec<&'d str>> = HashMap::new();
        for entry in sides.after.entries() {
            let name = entry.step.name.as_str();
            let home = match within(&sides.after, entry) {
                None => Some(None),
                Some((holder, _)) if !has(holder) => None,
                Some((holder, slot)) => {
                    let slot = if is_new(holder) {
                        Some(slot)
                    } else {
                        sides.matching(holder).and_then(|m| m.to_before(slot))
                    };
                    slot.map(|slot| Some((holder, slot)))
                }
            };
            let comes = is_chosen(name) && (sides.before.number(name).is_none() || sides.moved.contains(name));
            if !comes {
                if let Some(home) = home {
                    others.entry(home).or_default().push(name);
                }
                continue;
            }
            let holder = within(&sides.after, entry).map_or("", |(holder, _)| holder);
            let home = home.ok_or_else(|| homeless(name, holder))?;
            steps.insert(name, (entry.step, home));
            brought.entry(home).or_default().insert(name);
            others.entry(home).or_default().push(name);
        }
        let homes: HashSet<Within<'d>> = kept.keys().chain(brought.keys()).copied().collect();
        let row = |home: Within<'d>| {
            let kept = kept.get(&home).map(Vec::as_slice).unwrap_or_default();
            let other = others.get(&home).map(Vec::as_slice).unwrap_or_default();
            (home, merged(kept, other, brought.get(&home).unwrap_or(&HashSet::new())))
        };
        Ok(Self { steps, rows: homes.into_iter().map(row).collect() })
    }

    /// Puts the steps together from the outermost in.
    fn chain(self) -> Result<Chain, Refusal> {
        let mut placed = Vec::with_capacity(self.steps.len());
        let mut pending: Vec<(&'d str, Option<(usize, Slot)>)> = Vec::new();
        let push =
            |pending: &mut Vec<(&'d str, Option<(usize, Slot)>)>, home: Within<'d>, inside: Option<(usize, Slot)>| {
                let row = self.rows.get(&home).map(Vec::as_slice).unwrap_or_default();
                pending.extend(row.iter().rev().map(|name| (*name, inside)));
            };
        push(&mut pending, None, None);
        let mut reached = HashSet::new();
        while let Some((name, inside)) = pending.pop() {
            let Some((step, _)) = self.steps.get(name) else { continue };
            reached.insert(name);
            let number = placed.len();
            placed.push(Placed { step: step.shell(), inside });
            let slots: Vec<Slot> = step.chains().map(|(slot, _)| slot).collect();
            for slot in slots.into_iter().rev() {
                push(&mut pending, Some((name, slot)), Some((number, slot)));
            }
        }
        if let Some(lost) = self.steps.keys().filter(|name| !reached.contains(*name)).min() {
            let message = format!(
                "{lost} would have no place, or stand inside itself. Choose the changes of the steps around it too."
            );
            return Err(Refusal::of(lost, "place", message));
        }
        assemble(placed).ok_or_else(|| Refusal::flow("The chosen changes do not fit together. Choose all of them."))
    }
}

fn notes(before: &[Note], after: &[Note], choice: &Choice, restless: &Restless) -> Vec<Note> {
    let old: HashMap<&str, &Note> = before.iter().map(|note| (note.id.as_str(), note)).collect();
    let new: HashMap<&str, &Note> = after.iter().map(|note| (note.id.as_str(), note)).collect();
    let moved = moved_notes(before, after, restless);
    let is_chosen = |id: &str| choice.notes.contains(id);
    let stays = |id: &&str| !(is_chosen(id) && (!new.contains_key(id) || moved.contains(id)));
    let kept: Vec<&str> = before.iter().map(|note| note.id.as_str()).filter(stays).collect();
    let row: Vec<&str> = after.iter().map(|note| note.id.as_str()).collect();
    let comes = |id: &&str| is_chosen(id) && (!old.contains_key(id) || moved.contains(id));
    let brought: HashSet<&str> = row.iter().copied().filter(comes).collect();
    let side = |id: &str| new.get(id).filter(|_| is_chosen(id)).or_else(|| old.get(id)).copied().cloned();
    merged(&kept, &row, &brought).into_iter().filter_map(side).collect()
}
