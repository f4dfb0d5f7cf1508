//! Changes to steps and to the trigger.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::{Op, Refusal};
use crate::expr::rename_copy;
use crate::field::each_step_mut;
use crate::sound::check_step;
use crate::{Chain, Flow, Index, Kind, Map, Names, Path, Place, Slot, Step, Trigger, is_name};

/// The keys of the wire that tell of other steps: who edits a step says nothing by them.
const LINKS: [&str; 3] = ["nextAction", "firstLoopAction", "children"];

pub(super) fn update_trigger(flow: &mut Flow, mut trigger: Trigger) -> Result<Op, Refusal> {
    if trigger.name != flow.trigger.name {
        let message = format!("The trigger is called {}; it cannot be called {:?}.", flow.trigger.name, trigger.name);
        return Err(Refusal::of(&flow.trigger.name, "name", message));
    }
    keep(&flow.trigger.settings, &mut trigger.settings, &["sampleData"]);
    keep(&flow.trigger.extra, &mut trigger.extra, &LINKS);
    let before = std::mem::replace(&mut flow.trigger, trigger);
    Ok(Op::UpdateTrigger { trigger: Box::new(before) })
}

pub(super) fn add(flow: &mut Flow, place: &Place, steps: Chain) -> Result<Op, Refusal> {
    if steps.is_empty() {
        return Err(Refusal::flow("There is no step to add. Choose one first."));
    }
    let index = unambiguous(flow)?;
    let path = index.resolve(place).ok_or_else(|| Refusal::no_place(place))?;
    let mut within = HashSet::new();
    for visit in steps.walk() {
        let name = visit.step.name.as_str();
        if !is_name(name) {
            let message = format!("A step cannot be called {name:?}: use letters, digits and `_`, and no digit first.");
            return Err(Refusal::of(name, "name", message));
        }
        if !within.insert(name) || index.number(name).is_some() || name == index.trigger() {
            return Err(Refusal::of(name, "name", format!("There is a step {name} already. Take a free name.")));
        }
        check_step(visit.step)?;
    }
    let names = steps.iter().map(|step| step.name.clone()).collect();
    insert(flow, &path, steps, place)?;
    Ok(Op::DeleteAction { names })
}

pub(super) fn update(flow: &mut Flow, mut step: Step) -> Result<Op, Refusal> {
    let path = path_of(flow, &step.name)?;
    let present = flow.step_mut(&path).ok_or_else(|| Refusal::no_step(&step.name))?;
    step.each_chain_mut(&mut |chain| *chain = Chain::new());
    check_step(&step)?;
    check_update(present, &step)?;
    keep(&present.settings, &mut step.settings, &["sampleData"]);
    keep(&present.extra, &mut step.extra, &LINKS);
    let before = present.shell();
    present.move_held_into(&mut step);
    *present = step;
    Ok(Op::update(before))
}

/// Whether a step can take the place of the present one and hold what that holds.
fn check_update(present: &Step, step: &Step) -> Result<(), Refusal> {
    let name = &step.name;
    match (&present.kind, &step.kind) {
        (Kind::Other(other), _) | (_, Kind::Other(other)) => {
            let kind = &other.kind;
            let message = format!(
                "{name} is of a kind that is unknown here ({kind}), so it can be moved and deleted and not changed."
            );
            return Err(Refusal::of(name, "type", message));
        }
        (Kind::Router(before), Kind::Router(after)) if before.branches.len() != after.branches.len() => {
            let (before, after) = (before.branches.len(), after.branches.len());
            let message =
                format!("{name} has {before} branches and would have {after}. Add or delete branches one by one.");
            return Err(Refusal::of(name, "settings.branches", message));
        }
        (Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Router(_), _) => {}
    }
    match present.chains().find(|(slot, chain)| !chain.is_empty() && step.chain(*slot).is_none()) {
        None => Ok(()),
        Some((_, chain)) => {
            let held = chain.len();
            let message = format!(
                "{name} holds {held} steps that its new kind has no room for. Move or delete them before you change it."
            );
            Err(Refusal::of(name, "type", message))
        }
    }
}

pub(super) fn delete(flow: &mut Flow, names: &[String]) -> Result<Op, Refusal> {
    let index = unambiguous(flow)?;
    let mut numbers = BTreeSet::new();
    for name in names {
        if name == index.trigger() {
            return Err(Refusal::step(name, "The trigger cannot be deleted. Replace it by another.".to_owned()));
        }
        numbers.insert(index.number(name).ok_or_else(|| Refusal::no_step(name))?);
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut end = 0;
    for (number, entry) in numbers.into_iter().filter_map(|number| Some((number, *index.entry(number)?))) {
        // What stands in a step that goes too, goes with it; neighbours go together.
        if number < end {
            continue;
        }
        match runs.last_mut() {
            Some(run) if number == end && run.inside == entry.inside => run.length += 1,
            _ => {
                let found = index.path(number).zip(index.place(number, flow));
                let (path, place) = found.ok_or_else(|| Refusal::no_step(&entry.step.name))?;
                runs.push(Run { path, place, inside: entry.inside, length: 1 });
            }
        }
        end = number + entry.span;
    }
    let mut inverses = Vec::with_capacity(runs.len());
    // From the end, so that the ways to those before stay true.
    for Run { path, place, length, .. } in runs.into_iter().rev() {
        if let Some(chain) = flow.chain_mut(&path)
            && path.position + length <= chain.len()
        {
            let steps = chain.drain(path.position..path.position + length).collect();
            inverses.push(Op::AddAction { place, steps });
        }
    }
    inverses.reverse();
    Ok(one_or_all(inverses))
}

/// Neighbours that are deleted together.
struct Run {
    /// The way to the first.
    path: Path,
    place: Place,
    inside: Option<(usize, Slot)>,
    length: usize,
}

pub(super) fn relocate(flow: &mut Flow, name: &str, to: &Place) -> Result<Op, Refusal> {
    let index = unambiguous(flow)?;
    let number = index.number(name).ok_or_else(|| Refusal::no_step(name))?;
    let from = index.place(number, flow).ok_or_else(|| Refusal::no_step(name))?;
    let path = index.path(number).ok_or_else(|| Refusal::no_step(name))?;
    index.resolve(to).ok_or_else(|| Refusal::no_place(to))?;
    if index.number(&to.parent).is_some_and(|parent| index.holds(number, parent)) {
        let message = format!("{name} cannot be moved {to}: that is inside it, or itself.");
        return Err(Refusal::of(name, "place", message));
    }
    let chain = flow.chain_mut(&path).filter(|chain| path.position < chain.len());
    let step = chain.ok_or_else(|| Refusal::no_step(name))?.remove(path.position);
    let target = Index::of(flow).resolve(to);
    match target {
        Some(target) => insert(flow, &target, step.into(), to)?,
        None => insert(flow, &path, step.into(), to)?,
    }
    Ok(Op::MoveAction { name: name.to_owned(), to: from })
}

pub(super) fn duplicate(flow: &mut Flow, name: &str) -> Result<Op, Refusal> {
    let mut path = path_of(flow, name)?;
    let mut names = Names::of(flow);
    let mut copy = flow.step_mut(&path).ok_or_else(|| Refusal::no_step(name))?.clone();
    make_copy(&mut copy, &mut names);
    let inverse = Op::delete(copy.name.clone());
    path.position += 1;
    insert(flow, &path, copy.into(), &Place::after(name))?;
    Ok(inverse)
}

/// Free names, " Copy" behind what people call them, and no result of a test: what a server does too.
pub(super) fn make_copy(step: &mut Step, names: &mut Names) {
    rename_copy(step, names);
    each_step_mut(step, &mut |step| {
        step.display_name.push_str(" Copy");
        step.settings.remove("sampleData");
    });
}

pub(super) fn set_skip(flow: &mut Flow, names: &[String], skip: Option<bool>) -> Result<Op, Refusal> {
    let index = unambiguous(flow)?;
    let mut before: BTreeMap<Option<bool>, Vec<String>> = BTreeMap::new();
    let mut paths = Vec::new();
    for name in names.iter().collect::<BTreeSet<_>>() {
        let number = index.number(name).ok_or_else(|| Refusal::no_step(name))?;
        let entry = index.entry(number).ok_or_else(|| Refusal::no_step(name))?;
        before.entry(entry.step.skip).or_default().push(name.clone());
        paths.extend(index.path(number));
    }
    for path in paths {
        if let Some(step) = flow.step_mut(&path) {
            step.skip = skip;
        }
    }
    Ok(one_or_all(before.into_iter().map(|(skip, names)| Op::SetSkipAction { names, skip }).collect()))
}

pub(super) fn save_sample_data(flow: &Flow, step: &str) -> Result<Op, Refusal> {
    if step != flow.trigger.name {
        path_of(flow, step)?;
    }
    Ok(Op::all([]))
}

pub(super) fn update_sample_data(flow: &mut Flow, step: String, sample: Option<Value>) -> Result<Op, Refusal> {
    let settings = if step == flow.trigger.name {
        &mut flow.trigger.settings
    } else {
        let path = path_of(flow, &step)?;
        let found = flow.step_mut(&path).ok_or_else(|| Refusal::no_step(&step))?;
        if matches!(found.kind, Kind::Other(_)) {
            let message = format!("{step} is of a kind that is unknown here, so it cannot be tested here.");
            return Err(Refusal::step(&step, message));
        }
        &mut found.settings
    };
    let before = settings.get("sampleData").cloned();
    put(settings, "sampleData", sample);
    Ok(Op::UpdateSampleDataInfo { step, sample_data: before })
}

pub(super) fn unambiguous(flow: &Flow) -> Result<Index<'_>, Refusal> {
    let index = Index::of(flow);
    if index.is_unambiguous() {
        return Ok(index);
    }
    let message = "Two steps of this flow have the same name, so it cannot be changed here. Give one of them another name \
                   in Activepieces.";
    Err(Refusal::flow(message))
}

pub(super) fn path_of(flow: &Flow, name: &str) -> Result<Path, Refusal> {
    let index = unambiguous(flow)?;
    index.number(name).and_then(|number| index.path(number)).ok_or_else(|| Refusal::no_step(name))
}

pub(super) fn one_or_all(mut ops: Vec<Op>) -> Op {
    match (ops.pop(), ops.is_empty()) {
        (Some(op), true) => op,
        (last, _) => Op::all(ops.into_iter().chain(last)),
    }
}

fn insert(flow: &mut Flow, path: &Path, steps: Chain, place: &Place) -> Result<(), Refusal> {
    let chain = flow.chain_mut(path).filter(|chain| path.position <= chain.len());
    let chain = chain.ok_or_else(|| Refusal::no_place(place))?;
    chain.splice(path.position..path.position, steps.into_steps());
    Ok(())
}

/// Lets these keys be as they were.
fn keep(before: &Map, after: &mut Map, keys: &[&str]) {
    for key in keys {
        put(after, key, before.get(*key).cloned());
    }
}

fn put(map: &mut Map, key: &str, value: Option<Value>) {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    };
}
