//! Changes that wait: going from one to the next, taking them over, leaving them.

use flow::Spot;
use leptos::prelude::*;

use crate::say;
use crate::studio::edits;
use crate::studio::state::Studio;

pub(super) fn next_change(studio: Studio, on: bool) -> bool {
    let order: Vec<String> = studio.with_shown(|flow| {
        std::iter::once(&flow.trigger.name).chain(flow.steps.walk().map(|visit| &visit.step.name)).cloned().collect()
    });
    let names = studio
        .pending
        .with_untracked(|pending| pending.as_ref().map(|pending| pending.names(&order).cloned().collect::<Vec<_>>()));
    let Some(names) = names else { return false };
    match after(studio, &names, on) {
        Some(name) => studio.go(Spot::Card(name)),
        None => studio.say(say::studio::no_step_changes()),
    }
    true
}

/// The next of some steps from where the keyboard is, around the end.
pub(super) fn after(studio: Studio, names: &[String], on: bool) -> Option<String> {
    let order: Vec<String> = studio.with_shown(|flow| {
        std::iter::once(&flow.trigger.name).chain(flow.steps.walk().map(|visit| &visit.step.name)).cloned().collect()
    });
    let place = |name: &String| order.iter().position(|other| other == name);
    let here = match studio.focus.get_untracked() {
        Some(Spot::Card(name)) => place(&name),
        Some(Spot::Plus(_)) | None => None,
    };
    let Some(here) = here else { return if on { names.first() } else { names.last() }.cloned() };
    let found = if on {
        names.iter().find(|name| place(name).is_some_and(|at| at > here)).or(names.first())
    } else {
        names.iter().rev().find(|name| place(name).is_some_and(|at| at < here)).or(names.last())
    };
    found.cloned()
}

/// Takes over the change of the step that the keyboard is on, or leaves it.
pub(super) fn decide(studio: Studio, is_yes: bool) -> bool {
    let Some(pending) = studio.pending.get_untracked() else { return false };
    match studio.focus.get_untracked() {
        Some(Spot::Card(name)) if pending.concerns(&name) => decide_step(studio, &name, is_yes),
        Some(_) | None => {
            next_change(studio, true);
        }
    }
    true
}

/// Takes over the change of one step, or leaves it.
pub(in crate::studio) fn decide_step(studio: Studio, name: &str, is_yes: bool) {
    let Some(mut pending) = studio.pending.get_untracked() else { return };
    if let Some(reason) = studio.refusal() {
        return studio.say(reason);
    }
    let said = studio.with_shown(|flow| edits::said(flow, name).to_owned());
    if is_yes {
        let op = studio.flow.with_untracked(|flow| pending.accept_step(flow, name));
        studio.accept(&say::studio::accept_one(said), op);
    } else {
        match studio.flow.with_untracked(|flow| pending.reject_step(flow, name)) {
            Ok(()) => {
                let is_left = !pending.diff.is_empty();
                studio.propose(is_left.then_some(pending));
                studio.say(say::studio::rejected_one(said));
            }
            Err(reason) => return studio.say(reason),
        }
    }
    if studio.pending.with_untracked(Option::is_some) {
        next_change(studio, true);
    }
}

pub(super) fn decide_all(studio: Studio, is_yes: bool) -> bool {
    let Some(pending) = studio.pending.get_untracked() else { return false };
    if is_yes {
        let op = studio.flow.with_untracked(|flow| pending.accept_all(flow));
        studio.accept(&[&pending.take, ": ", &pending.by].concat(), op);
    } else {
        studio.propose(None);
        studio.say(say::studio::rejected_all());
    }
    true
}
