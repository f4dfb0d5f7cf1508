//! Does what a key, a menu or the toolbar asks for.

mod decide;
mod hand;
mod look;
mod place;

use std::collections::BTreeSet;

use flow::layout::Point;
use flow::{At, Place, Slot, Spot, Trigger, nudge};
use leptos::prelude::*;

use self::decide::{after, decide, decide_all, next_change};
use self::hand::{act_carrying, begin_carry};
use self::look::{chosen_bounds, fit, fold, fold_all, turn, zoom};
use self::place::{add_note, branch, branch_here};
use super::edits::{self, BranchDeed};
use super::keys::{Action, Arrow, along, nudges, row_of, walk};
use super::state::{About, Adding, How, Overlay, Studio};
use crate::say;

pub(super) use self::decide::decide_step;
pub(super) use self::hand::drop_carried;
pub(super) use self::look::{fold_one, opening, percent};

/// Does it. False if it is not for now, so that the key may mean something else.
pub(super) fn act(studio: Studio, action: Action) -> bool {
    if row_of(action).is_some_and(|row| row.edits)
        && let Some(reason) = studio.refusal()
    {
        studio.say(reason);
        return true;
    }
    if studio.carry.with_untracked(Option::is_some) {
        return act_carrying(studio, action);
    }
    match action {
        Action::Walk(arrow) => go_by(studio, arrow, false),
        Action::Extend(arrow) => go_by(studio, arrow, true),
        Action::Nudge(arrow) => move_by(studio, arrow),
        Action::First => studio.go(Spot::Card(Trigger::NAME.to_owned())),
        Action::Last => {
            let last = studio.with_shown(|flow| edits::end(flow).parent);
            studio.go(Spot::Card(last));
        }
        Action::Next | Action::Previous => go_along(studio, action == Action::Next),
        Action::Open => return open(studio),
        Action::Add => studio.overlay.set(Some(Overlay::Palette(adding(studio)))),
        Action::Replace => replace(studio),
        Action::Rename => rename(studio),
        Action::Duplicate => {
            let edit = studio.with_shown(|flow| edits::duplicate(flow, studio.meant()));
            studio.edit(edit);
        }
        Action::Copy => {
            copy(studio);
        }
        Action::Cut => {
            if copy(studio) {
                delete(studio);
            }
        }
        // The browser brings the text.
        Action::Paste => return false,
        Action::Delete => delete(studio),
        Action::Skip => {
            let edit = studio.with_shown(|flow| edits::skip(flow, studio.meant()));
            studio.edit(edit);
        }
        Action::Fold => fold(studio),
        Action::FoldAll => fold_all(studio),
        Action::Carry => begin_carry(studio),
        Action::CopyReference => copy_reference(studio),
        Action::SelectAll => {
            let all: BTreeSet<String> =
                studio.with_shown(|flow| flow.steps.walk().map(|visit| visit.step.name.clone()).collect());
            studio.say(say::studio::steps_chosen(all.len()));
            studio.selection.set(all);
        }
        Action::Leave => return leave(studio),
        Action::Find => studio.finding.set(true),
        Action::NextProblem | Action::PreviousProblem => next_problem(studio, action == Action::NextProblem),
        Action::NextChange | Action::PreviousChange => return next_change(studio, action == Action::NextChange),
        Action::Accept | Action::Reject => return decide(studio, action == Action::Accept),
        Action::AcceptAll | Action::RejectAll => return decide_all(studio, action == Action::AcceptAll),
        Action::Undo => {
            studio.step_over(How::Undo);
        }
        Action::Redo => {
            studio.step_over(How::Redo);
        }
        Action::Past => toggle(studio, Overlay::Past),
        Action::Sheet => toggle(studio, Overlay::Sheet),
        Action::ZoomIn | Action::ZoomOut | Action::ZoomOne => zoom(studio, action),
        Action::Fit => fit(studio, None),
        Action::FitChosen => fit(studio, chosen_bounds(studio)),
        Action::Map => studio.map.update(|is| *is = !*is),
        Action::Outline => studio.outline.update(|is| *is = !*is),
        Action::Mode => {
            studio.choosing.update(|is| *is = !*is);
            let is = studio.choosing.get_untracked();
            studio.say(if is { say::studio::drag_chooses() } else { say::studio::drag_moves() });
        }
        Action::Turn => turn(studio),
        Action::Note => add_note(studio),
        Action::AddBranch => branch(studio, BranchDeed::Add),
        Action::DuplicateBranch => branch(studio, BranchDeed::Duplicate),
        Action::DeleteBranch => branch(studio, BranchDeed::Delete),
        Action::BranchBack => branch(studio, BranchDeed::Back),
        Action::BranchOn => branch(studio, BranchDeed::On),
        Action::RenameBranch => match branch_here(studio) {
            Some((name, index)) => {
                studio.overlay.set(Some(Overlay::Rename(About::Branch(name, Slot::Branch(index)))));
            }
            None => studio.say(say::studio::no_branch_here()),
        },
        Action::Menu => open_menu(studio),
    }
    true
}

/// The thing that a menu was opened on becomes what is meant.
pub(super) fn mean(studio: Studio, about: &About) {
    match about {
        About::Step(name) if !studio.selection.with_untracked(|chosen| chosen.contains(name)) => {
            studio.selection.set([name.clone()].into());
            studio.focus.set(Some(Spot::Card(name.clone())));
        }
        About::Place(place) => studio.focus.set(Some(Spot::Plus(place.clone()))),
        About::Branch(name, slot) => studio.focus.set(Some(Spot::Plus(Place::inside(name, *slot)))),
        About::Note(id) => studio.note.set(Some(id.clone())),
        About::Step(_) | About::Ground => {}
    }
}

fn go_by(studio: Studio, arrow: Arrow, extend: bool) {
    let Some(from) = studio.focus.get_untracked() else { return studio.go(Spot::Card(Trigger::NAME.to_owned())) };
    let orientation = studio.orientation.get_untracked();
    let to = studio.with_shown(|flow| {
        studio.collapsed.with_untracked(|collapsed| walk(flow, collapsed, &from, arrow, orientation))
    });
    let Some(to) = to else { return studio.say(say::studio::nothing_that_way()) };
    if !extend {
        return studio.go(to);
    }
    let mut chosen = studio.selection.get_untracked();
    for spot in [from, to.clone()] {
        if let Spot::Card(name) = spot
            && name != Trigger::NAME
        {
            chosen.insert(name);
        }
    }
    let count = chosen.len();
    studio.go(to);
    studio.selection.set(chosen);
    studio.say(say::studio::steps_chosen(count));
}

fn go_along(studio: Studio, on: bool) {
    let Some(from) = studio.focus.get_untracked() else { return };
    let way = if on { flow::Way::On } else { flow::Way::Back };
    match studio.with_shown(|flow| flow::go(flow, &from, way)) {
        Some(to) => studio.go(to),
        None => studio.say(if on { say::studio::last_here() } else { say::studio::first_here() }),
    }
}

fn move_by(studio: Studio, arrow: Arrow) {
    let names = studio.meant();
    let orientation = studio.orientation.get_untracked();
    // Of several, the one at the front of the move goes first, so that they do not pass each other.
    let op = studio.with_shown(|flow| match names.as_slice() {
        [] => Err(say::studio::choose_to_move().to_owned()),
        [name] => {
            let op = nudges(arrow, orientation).iter().find_map(|way| nudge(flow, name, *way));
            op.map(|op| (flow::describe(flow, &op), vec![op])).ok_or_else(|| say::studio::at_edge().to_owned())
        }
        [first, .., last] => {
            let on = along(arrow, orientation) == Arrow::Down;
            let mover = if on { last } else { first };
            match nudges(arrow, orientation).iter().find_map(|way| nudge(flow, mover, *way)) {
                Some(flow::Op::MoveAction { to, .. }) => edits::carry(flow, &names, &to),
                Some(_) | None => Err(say::studio::several_at_edge().to_owned()),
            }
        }
    });
    if studio.edit(op) {
        studio.reveal();
    }
}

fn open(studio: Studio) -> bool {
    match studio.focus.get_untracked() {
        Some(Spot::Card(name)) if name == Trigger::NAME && needs_trigger(studio) => {
            studio.overlay.set(Some(Overlay::Palette(Adding::Trigger)));
        }
        Some(Spot::Card(name)) => {
            studio.opened.set(Some(name));
            super::form::enter();
        }
        Some(Spot::Plus(place)) => studio.overlay.set(Some(Overlay::Palette(Adding::At(place)))),
        None => return false,
    }
    true
}

pub(super) fn needs_trigger(studio: Studio) -> bool {
    studio.refusal().is_none() && studio.with_shown(|flow| matches!(flow.trigger.kind, flow::TriggerKind::Empty))
}

/// Where a step is added: behind the last of those that are meant, at the `+` that the keyboard is on, or at the end.
pub(super) fn place_here(studio: Studio) -> Place {
    match studio.focus.get_untracked() {
        Some(Spot::Plus(place)) => place,
        Some(Spot::Card(name)) if name == Trigger::NAME => Place::after(name),
        Some(Spot::Card(name)) => Place::after(studio.meant().pop().unwrap_or(name)),
        None => match studio.meant().pop() {
            Some(name) => Place::after(name),
            None => studio.with_shown(edits::end),
        },
    }
}

fn adding(studio: Studio) -> Adding {
    Adding::At(place_here(studio))
}

fn replace(studio: Studio) {
    let adding = match studio.focus.get_untracked() {
        Some(Spot::Card(name)) if name == Trigger::NAME => Adding::Trigger,
        Some(Spot::Card(name)) => Adding::Replace(name),
        Some(Spot::Plus(_)) | None => return studio.say(say::studio::go_to_replace()),
    };
    studio.overlay.set(Some(Overlay::Palette(adding)));
}

fn rename(studio: Studio) {
    match studio.focus.get_untracked() {
        Some(Spot::Card(name)) => studio.overlay.set(Some(Overlay::Rename(About::Step(name)))),
        Some(Spot::Plus(Place { parent, at: At::In(slot @ Slot::Branch(_)) })) => {
            studio.overlay.set(Some(Overlay::Rename(About::Branch(parent, slot))));
        }
        Some(Spot::Plus(_)) | None => studio.say(say::studio::go_to_rename()),
    }
}

fn delete(studio: Studio) {
    if let Some(id) = studio.note.get_untracked() {
        studio.edit(Ok((say::studio::delete_note().to_owned(), vec![flow::Op::DeleteNote { id }])));
        studio.note.set(None);
        return;
    }
    let names = studio.meant();
    // The keyboard goes where the first of them stood.
    let next = names.first().and_then(|name| {
        studio.with_shown(|flow| {
            let spot = Spot::Card(name.clone());
            flow::go(flow, &spot, flow::Way::Back).or_else(|| flow::go(flow, &spot, flow::Way::Out))
        })
    });
    let edit = studio.with_shown(|flow| edits::delete(flow, names));
    let label = edit.as_ref().map(|(label, _)| label.clone()).unwrap_or_default();
    if studio.edit(edit)
        && let Some(spot) = next
    {
        studio.go(spot);
        studio.say(say::studio::undo_brings_back(label));
    }
}

fn copy(studio: Studio) -> bool {
    let names = studio.meant();
    match studio.with_shown(|flow| edits::copied(flow, &names)) {
        Ok(text) => {
            to_clipboard(&text);
            studio.clip.set_value(text);
            studio.say(say::studio::steps_copied(names.len()));
            true
        }
        Err(reason) => {
            studio.say(reason);
            false
        }
    }
}

pub(super) fn to_clipboard(text: &str) {
    let navigator = window().navigator();
    if js_sys::Reflect::has(&navigator, &"clipboard".into()) == Ok(true) {
        let _ = navigator.clipboard().write_text(text);
    }
}

/// Puts copied steps where the keyboard is.
pub(super) fn paste(studio: Studio, text: &str) {
    let place = place_here(studio);
    let edit = studio.with_shown(|flow| edits::paste_at(flow, text, &place));
    let added = edit.as_ref().ok().and_then(|(_, ops)| match ops.first() {
        Some(flow::Op::AddAction { steps, .. }) => Some(steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>()),
        Some(_) | None => None,
    });
    if studio.edit(edit)
        && let Some(names) = added
        && let Some(first) = names.first()
    {
        let label = studio.said.get_untracked();
        studio.go(Spot::Card(first.clone()));
        studio.selection.set(names.into_iter().collect());
        studio.say(label);
    }
}

fn copy_reference(studio: Studio) {
    let Some(Spot::Card(name)) = studio.focus.get_untracked() else { return studio.say(say::studio::go_to_step()) };
    let syntax = studio.with_shown(|flow| flow.schema.syntax());
    let text = match syntax {
        Some(flow::Syntax::Bare) => ["{{", &name, "}}"].concat(),
        Some(flow::Syntax::Wrapped) | None => ["{{", &name, "['output']}}"].concat(),
    };
    to_clipboard(&text);
    studio.say(say::studio::is_copied(text));
}

/// Lets go of one thing: what lies over the canvas, what is found, what is chosen. False if there was nothing.
fn leave(studio: Studio) -> bool {
    if studio.overlay.with_untracked(Option::is_some) {
        studio.overlay.set(None);
    } else if studio.finding.get_untracked() {
        close_find(studio);
    } else if studio.note.with_untracked(Option::is_some) {
        studio.note.set(None);
    } else if studio.selection.with_untracked(|chosen| !chosen.is_empty()) {
        studio.selection.set(BTreeSet::new());
    } else if studio.opened.with_untracked(Option::is_some) {
        studio.opened.set(None);
    } else {
        return false;
    }
    true
}

pub(super) fn close_find(studio: Studio) {
    studio.finding.set(false);
    studio.found.set(Default::default());
}

/// The steps with something that keeps them from running, in the order of the page.
pub(super) fn incomplete(studio: Studio) -> Vec<String> {
    let problems = studio.problems;
    studio.with_shown(|flow| {
        problems.with_untracked(|problems| {
            let is_wrong = |name: &String| problems.get(name).is_some_and(|one| one.errors > 0);
            let names = std::iter::once(&flow.trigger.name).chain(flow.steps.walk().map(|visit| &visit.step.name));
            names.filter(|name| is_wrong(name)).cloned().collect()
        })
    })
}

fn next_problem(studio: Studio, on: bool) {
    let names = incomplete(studio);
    let Some(name) = after(studio, &names, on) else { return studio.say(say::studio::every_step_complete()) };
    let why = studio.findings.with_untracked(|findings| {
        findings.iter().find(|finding| finding.step == name).map(|finding| finding.message.clone())
    });
    studio.go(Spot::Card(name));
    studio.say(why.unwrap_or_default());
}

fn toggle(studio: Studio, overlay: Overlay) {
    studio.overlay.update(|open| *open = if *open == Some(overlay.clone()) { None } else { Some(overlay) });
}

fn open_menu(studio: Studio) {
    let (about, rect) = match (studio.note.get_untracked(), studio.focus.get_untracked()) {
        (Some(id), _) => {
            let rect = studio.with_shown(|flow| flow.notes.iter().find(|note| note.id == id).map(super::notes::rect));
            (About::Note(id), rect)
        }
        (None, Some(spot)) => {
            let rect = studio.rect_of(&spot);
            let about = match spot {
                Spot::Card(name) => About::Step(name),
                Spot::Plus(place) => About::Place(place),
            };
            (about, rect)
        }
        (None, None) => (About::Ground, None),
    };
    let view = studio.viewport.get_untracked();
    let at = rect
        .map_or(Point { x: 48.0, y: 96.0 }, |rect| view.to_screen(Point { x: rect.x + 24.0, y: rect.y + rect.height }));
    studio.overlay.set(Some(Overlay::Menu(about, at)));
}
