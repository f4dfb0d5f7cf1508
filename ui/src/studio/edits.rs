//! From what a person wants to the operations that do it. Knows no page; refusals are sentences.

use flow::{
    At, Branch, Execution, Flow, Index, Kind, LoopOnItems, Names, Note, Op, Place, Slot, Step, Trigger, copy, describe,
    paste,
};

use crate::say;

/// What an edit is: its words for the history, and its operations.
pub type Edit = (String, Vec<Op>);

/// The colours of notes.
pub const COLOURS: [&str; 6] = ["yellow", "orange", "red", "green", "blue", "purple"];

/// What a colour of notes is called.
#[must_use]
pub fn colour_words(colour: &str) -> &'static str {
    match colour {
        "orange" => say::studio::orange(),
        "red" => say::studio::red(),
        "green" => say::studio::green(),
        "blue" => say::studio::blue(),
        "purple" => say::studio::purple(),
        _ => say::studio::yellow(),
    }
}

/// Deletes steps. Of the trigger, nothing but its settings can go.
///
/// # Errors
/// If there is nothing to delete.
pub fn delete(flow: &Flow, names: Vec<String>) -> Result<Edit, String> {
    if names.is_empty() {
        return Err(say::studio::choose_first().to_owned());
    }
    Ok(told(flow, Op::DeleteAction { names }))
}

/// Puts a copy of each step behind it.
///
/// # Errors
/// If there is no step.
pub fn duplicate(flow: &Flow, names: Vec<String>) -> Result<Edit, String> {
    match names.as_slice() {
        [] => Err(say::studio::choose_to_duplicate().to_owned()),
        [one] => Ok(told(flow, Op::DuplicateAction { name: one.clone() })),
        [.., last] => paste_at(flow, &copied(flow, &names)?, &Place::after(last)),
    }
}

/// Passes the steps over; if all of them are passed over already, no longer.
///
/// # Errors
/// If there is no step.
pub fn skip(flow: &Flow, names: Vec<String>) -> Result<Edit, String> {
    if names.is_empty() {
        return Err(say::studio::choose_to_skip().to_owned());
    }
    let index = Index::of(flow);
    let skip = !names.iter().filter_map(|name| index.step(name)).all(Step::is_skipped);
    Ok(told(flow, Op::SetSkipAction { names, skip: Some(skip) }))
}

/// Moves steps to a place, in the order given.
///
/// # Errors
/// If there is no step.
pub fn carry(flow: &Flow, names: &[String], place: &Place) -> Result<Edit, String> {
    let [first, ..] = names else { return Err(say::studio::none_in_hand().to_owned()) };
    let mut to = place.clone();
    let mut ops = Vec::new();
    for name in names {
        // A step that stands where it should already is where the next one follows.
        if to != Place::after(name) {
            ops.push(Op::MoveAction { name: name.clone(), to });
        }
        to = Place::after(name);
    }
    let mut label = describe(flow, &Op::MoveAction { name: first.clone(), to: place.clone() });
    if names.len() > 1 {
        label = say::studio::AndMore { first: label, more: names.len() - 1 }.text();
    }
    Ok((label, ops))
}

/// The steps as a text for the clipboard.
///
/// # Errors
/// If there is nothing to copy.
pub fn copied(flow: &Flow, names: &[String]) -> Result<String, String> {
    if names.is_empty() {
        return Err(say::studio::choose_to_copy().to_owned());
    }
    copy(flow, names).map_err(|refusal| refusal.message)
}

/// Puts copied steps at a place.
///
/// # Errors
/// If the text is nothing that was copied here.
pub fn paste_at(flow: &Flow, text: &str, place: &Place) -> Result<Edit, String> {
    paste(flow, text, place).map(|op| told(flow, op)).map_err(|refusal| refusal.message)
}

/// Adds a step; its name is made here.
#[must_use]
pub fn add(flow: &Flow, mut step: Step, place: Place) -> (String, Edit) {
    let name = Names::of(flow).next_free();
    step.name.clone_from(&name);
    (name, told(flow, Op::add(place, step)))
}

/// Puts another step in the place of one, under the same name, so that references to it hold. What the old one held stays
/// where the new one has room for it.
///
/// # Errors
/// If there is no such step.
pub fn replace(flow: &Flow, name: &str, mut step: Step) -> Result<Edit, String> {
    if flow.step(name).is_none() {
        return Err(say::studio::step_gone().to_owned());
    }
    name.clone_into(&mut step.name);
    let label = say::studio::ReplaceBy { old: said(flow, name), new: &step.display_name }.text();
    Ok((label, vec![Op::update(step)]))
}

/// Chooses what starts the flow.
#[must_use]
pub fn set_trigger(flow: &Flow, trigger: Trigger) -> Edit {
    told(flow, Op::UpdateTrigger { trigger: Box::new(trigger) })
}

/// Calls a step, or the trigger, something else.
///
/// # Errors
/// If there is no such step.
pub fn rename(flow: &Flow, name: &str, display_name: &str) -> Result<Edit, String> {
    if name == flow.trigger.name {
        let mut trigger = flow.trigger.clone();
        display_name.clone_into(&mut trigger.display_name);
        return Ok(told(flow, Op::UpdateTrigger { trigger: Box::new(trigger) }));
    }
    let mut step = flow.step(name).ok_or_else(say::studio::step_gone)?.shell();
    let label = say::studio::RenameTo { old: &step.display_name, new: display_name }.text();
    display_name.clone_into(&mut step.display_name);
    Ok((label, vec![Op::update(step)]))
}

/// Calls a branch of a router something else.
///
/// # Errors
/// If there is no such branch.
pub fn rename_branch(flow: &Flow, name: &str, index: usize, to: &str) -> Result<Edit, String> {
    let mut step = flow.step(name).ok_or_else(say::studio::router_gone)?.shell();
    let Kind::Router(router) = &mut step.kind else { return Err(say::studio::only_router_names().to_owned()) };
    let branch = router.branches.get_mut(index).ok_or_else(say::studio::branch_gone)?;
    let label = say::studio::RenameBranchTo { old: &branch.name, new: to }.text();
    to.clone_into(&mut branch.name);
    Ok((label, vec![Op::update(step)]))
}

/// What can be done to a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BranchDeed {
    /// Another one behind it.
    Add,
    /// A copy behind it.
    Duplicate,
    /// It goes, with what is done in it.
    Delete,
    /// It changes places with the one before.
    Back,
    /// It changes places with the one behind.
    On,
}

/// Does something to a branch of a router.
///
/// # Errors
/// If that cannot be done to this branch; the sentence says why.
pub fn branch(flow: &Flow, name: &str, index: usize, deed: BranchDeed) -> Result<Edit, String> {
    let step = flow.step(name).ok_or_else(say::studio::router_gone)?;
    let Kind::Router(router) = &step.kind else {
        return Err(say::studio::only_router_branches().to_owned());
    };
    let is_fallback = |at: usize| router.branches.get(at).is_some_and(Branch::is_fallback);
    let fixed = say::studio::fallback_stays;
    let step = name.to_owned();
    let op = match deed {
        BranchDeed::Add => {
            let last = router.branches.iter().position(Branch::is_fallback).unwrap_or(router.branches.len());
            let at = (index + 1).min(last);
            let branch = Branch::condition(say::studio::branch(last + 1));
            Op::AddBranch { step, index: at, branch: Box::new(branch) }
        }
        BranchDeed::Duplicate | BranchDeed::Delete if is_fallback(index) => return Err(fixed().to_owned()),
        BranchDeed::Duplicate => Op::DuplicateBranch { step, index },
        BranchDeed::Delete => Op::DeleteBranch { step, index },
        BranchDeed::Back | BranchDeed::On => {
            let to = if deed == BranchDeed::On { Some(index + 1) } else { index.checked_sub(1) };
            let to = to.filter(|to| *to < router.branches.len()).ok_or_else(say::studio::branch_at_edge)?;
            if is_fallback(index) || is_fallback(to) {
                return Err(fixed().to_owned());
            }
            Op::MoveBranch { step, from: index, to }
        }
    };
    Ok(told(flow, op))
}

/// The router branch that a place is in, the innermost: by the router's name and the branch's index.
#[must_use]
pub fn branch_of(flow: &Flow, spot: &flow::Spot) -> Option<(String, usize)> {
    let index = Index::of(flow);
    let (name, within) = match spot {
        flow::Spot::Plus(Place { parent, at: At::In(Slot::Branch(branch)) }) => return Some((parent.clone(), *branch)),
        flow::Spot::Plus(place) => (&place.parent, true),
        flow::Spot::Card(name) => (name, false),
    };
    let number = index.number(name)?;
    if !within && let Kind::Router(router) = &index.entry(number)?.step.kind {
        // On the router itself, its last branch of its own: the one that a further one follows.
        let last = router.branches.iter().rposition(|branch| !branch.is_fallback())?;
        return Some((name.clone(), last));
    }
    index.holders(number).find_map(|(holder, slot)| match slot {
        Slot::Branch(branch) => Some((index.entry(holder)?.step.name.clone(), branch)),
        Slot::Body | Slot::OnSuccess | Slot::OnFailure => None,
    })
}

/// The last place of a flow.
#[must_use]
pub fn end(flow: &Flow) -> Place {
    Place::after(flow.steps.last().map_or(&flow.trigger.name, |step| &step.name))
}

/// Replaces a note.
#[must_use]
pub fn update_note(note: Note) -> Edit {
    (say::studio::change_note().to_owned(), vec![Op::UpdateNote { note: Box::new(note) }])
}

/// What people call a step or the trigger.
#[must_use]
pub fn said<'f>(flow: &'f Flow, name: &'f str) -> &'f str {
    if name == flow.trigger.name {
        return &flow.trigger.display_name;
    }
    flow.step(name).map(|step| step.display_name.as_str()).filter(|said| !said.is_empty()).unwrap_or(name)
}

/// A step of one of the kinds that are always there; the name is given when it is added.
#[must_use]
pub fn plain(kind: Plain) -> Step {
    match kind {
        Plain::Code => {
            Step::code("", say::studio::code(), "export const code = async (inputs) => {\n  return true;\n};\n")
        }
        Plain::Loop => Step::new("", say::studio::for_each(), Kind::Loop(LoopOnItems::default())),
        Plain::Router => {
            let mut step = Step::router("", say::studio::router(), &[&say::studio::branch(1)]);
            if let Kind::Router(router) = &mut step.kind {
                router.execution = Some(Execution::FirstMatch);
            }
            step
        }
    }
}

/// The kinds of step that are no piece's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// Runs code.
    Code,
    /// Goes over a list.
    Loop,
    /// Goes into branches.
    Router,
}

fn told(flow: &Flow, op: Op) -> Edit {
    (describe(flow, &op), vec![op])
}

#[cfg(test)]
mod tests;
