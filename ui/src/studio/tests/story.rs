//! What a person does on the canvas, by the keyboard alone, and what goes out of it.

use std::sync::{Arc, Mutex};

use flow::{Flow, History, Op, Spot, apply};
use leptos::prelude::*;

use super::{pieces, sample};
use crate::studio::act::act;
use crate::studio::keys::{Action, Arrow};
use crate::studio::offers::search;
use crate::studio::picker::chosen;
use crate::studio::state::{Adding, Overlay};
use crate::studio::{Asks, Change, How, Pending, Studio, edits};

type Told = Arc<Mutex<Vec<Change>>>;

/// A flow on a canvas, and what was told of it.
fn desk(flow: Flow) -> (Owner, Studio, Told) {
    let owner = Owner::new();
    owner.set();
    let told = Told::default();
    let out = Arc::clone(&told);
    let asks = Asks {
        on_ops: Callback::new(move |change| out.lock().unwrap().push(change)),
        on_take_over: Callback::new(|()| {}),
    };
    let studio = Studio::new(flow, History::new(), asks);
    studio.pieces.set(pieces());
    studio.size.set((1000.0, 700.0));
    (owner, studio, told)
}

fn names(studio: Studio) -> Vec<String> {
    studio.flow.with_untracked(|flow| flow.steps.walk().map(|visit| visit.step.name.clone()).collect())
}

fn focus(studio: Studio) -> String {
    match studio.focus.get_untracked() {
        Some(Spot::Card(name)) => name,
        Some(Spot::Plus(place)) => place.to_string(),
        None => String::new(),
    }
}

/// Adds where the keyboard is, as the palette does.
fn add(studio: Studio, words: &str) {
    assert!(act(studio, Action::Add));
    let triggers = studio.overlay.with_untracked(|over| *over == Some(Overlay::Palette(Adding::Trigger)));
    let line = studio.pieces.with_untracked(|pieces| search(pieces, words, triggers).remove(0));
    chosen(studio, &line);
}

#[test]
fn a_flow_with_a_branch_is_built_by_keys_alone() {
    let (_owner, studio, told) = desk(Flow::new("Empty"));
    act(studio, Action::First);
    // What starts it is asked for first.
    act(studio, Action::Open);
    assert_eq!(studio.overlay.get_untracked(), Some(Overlay::Palette(Adding::Trigger)));
    let line = studio.pieces.with_untracked(|pieces| search(pieces, "new message", true).remove(0));
    chosen(studio, &line);
    assert_eq!(studio.opened.get_untracked().as_deref(), Some("trigger"), "its form opens");
    add(studio, "send a request");
    add(studio, "router");
    act(studio, Action::Walk(Arrow::Down));
    assert_eq!(focus(studio), "first in branch 1 of step_2");
    add(studio, "send a message");
    act(studio, Action::Walk(Arrow::Right));
    assert_eq!(focus(studio), "first in branch 2 of step_2");
    add(studio, "code");
    act(studio, Action::AddBranch);
    assert_eq!(studio.flow.with_untracked(|flow| flow.step("step_2").unwrap().chains().count()), 3);
    assert_eq!(names(studio), ["step_1", "step_2", "step_3", "step_4"]);
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 6);
    assert!(told.iter().all(|change| change.how == How::Edit && !change.label.is_empty()));
    // Whoever applies what was told has the same flow.
    let mut theirs = Flow::new("Empty");
    for op in told.iter().flat_map(|change| change.ops.clone()) {
        apply(&mut theirs, op).unwrap();
    }
    assert_eq!(theirs, studio.flow.get_untracked());
}

#[test]
fn everything_can_be_taken_back_and_done_again() {
    let (_owner, studio, told) = desk(sample());
    let before = studio.flow.get_untracked();
    act(studio, Action::First);
    for action in [
        Action::Walk(Arrow::Down),
        Action::Duplicate,
        Action::Skip,
        Action::Nudge(Arrow::Down),
        Action::Walk(Arrow::Down),
        Action::Delete,
        Action::AddBranch,
        Action::Note,
    ] {
        act(studio, action);
    }
    studio.overlay.set(None);
    let after = studio.flow.get_untracked();
    let count = studio.history.with_untracked(|history| history.done().len());
    assert!(count >= 5, "{count}");
    studio.go_to(0);
    assert_eq!(studio.flow.get_untracked(), before);
    studio.go_to(count);
    assert_eq!(studio.flow.get_untracked(), after);
    // Whoever follows by what is told is never elsewhere.
    let mut theirs = before;
    for op in told.lock().unwrap().iter().flat_map(|change| change.ops.clone()) {
        apply(&mut theirs, op).unwrap();
    }
    assert_eq!(theirs, after);
    act(studio, Action::Undo);
    assert_eq!(told.lock().unwrap().last().unwrap().how, How::Undo);
}

#[test]
fn several_steps_are_carried_to_another_branch() {
    let (_owner, studio, told) = desk(sample());
    studio.go(Spot::Card("step_3".into()));
    act(studio, Action::Extend(Arrow::Down));
    assert_eq!(studio.selection.get_untracked().len(), 2);
    act(studio, Action::Carry);
    for _ in 0..20 {
        let at = studio.carry.with_untracked(|carry| carry.as_ref().unwrap().target.clone().unwrap().to_string());
        if at == "first in branch 2 of step_2" {
            break;
        }
        act(studio, Action::Walk(Arrow::Down));
    }
    act(studio, Action::Open);
    assert!(studio.carry.get_untracked().is_none());
    assert_eq!(told.lock().unwrap().len(), 1, "one gesture is one entry");
    assert_eq!(studio.history.with_untracked(|history| history.done().len()), 1);
    studio.flow.with_untracked(|flow| {
        let chain = flow.step("step_2").unwrap().chain(flow::Slot::Branch(1)).unwrap();
        assert_eq!(chain.iter().map(|step| &*step.name).collect::<Vec<_>>(), ["step_3", "step_4"]);
    });
    act(studio, Action::Carry);
    act(studio, Action::Leave);
    assert_eq!(told.lock().unwrap().len(), 1, "put back");
}

#[test]
fn a_flow_that_is_read_only_says_why_and_stays() {
    let mut flow = sample();
    flow.schema = flow::SchemaVersion::new(99);
    let (_owner, studio, told) = desk(flow.clone());
    act(studio, Action::First);
    act(studio, Action::Walk(Arrow::Down));
    for action in
        [Action::Delete, Action::Add, Action::Duplicate, Action::Carry, Action::Note, Action::Undo, Action::Rename]
    {
        act(studio, action);
        assert!(studio.said.get_untracked().contains("99"), "{action:?}: {}", studio.said.get_untracked());
        assert_eq!(studio.overlay.get_untracked(), None, "{action:?}");
    }
    assert!(told.lock().unwrap().is_empty());
    assert_eq!(studio.flow.get_untracked(), flow);
    // What changes nothing works.
    act(studio, Action::Find);
    assert!(studio.finding.get_untracked());
}

#[test]
fn a_refusal_changes_nothing_and_says_what_to_do() {
    let (_owner, studio, told) = desk(sample());
    let before = studio.flow.get_untracked();
    let ops = vec![Op::delete("step_1"), Op::delete("step_99")];
    assert!(!studio.edit(Ok(("Delete".to_owned(), ops))));
    assert_eq!(studio.flow.get_untracked(), before, "not even the first of them");
    assert!(studio.history.with_untracked(|history| history.done().is_empty()));
    assert!(told.lock().unwrap().is_empty());
    assert!(studio.said.get_untracked().contains("step_99"));
}

#[test]
fn what_waits_is_decided_by_keys() {
    let (_owner, studio, told) = desk(sample());
    let mut after = sample();
    let mut ops = edits::rename(&after, "step_1", "Fetch all").unwrap().1;
    ops.extend(edits::add(&after, edits::plain(edits::Plain::Code), flow::Place::after("step_7")).1.1);
    ops.push(Op::delete("step_6"));
    ops.into_iter().for_each(|op| drop(apply(&mut after, op).unwrap()));
    let pending = studio.flow.with_untracked(|flow| Pending::new("Assistant", "Accept all", flow, after.document()));
    studio.propose(Some(pending));
    assert!(
        studio.with_shown(|flow| flow.step("step_8").is_some() && flow.step("step_6").is_some()),
        "ghosts are drawn"
    );
    act(studio, Action::NextChange);
    assert_eq!(focus(studio), "step_1");
    studio.opened.set(Some("step_8".into()));
    act(studio, Action::Accept);
    assert_eq!(studio.flow.with_untracked(|flow| edits::said(flow, "step_1").to_owned()), "Fetch all");
    assert_eq!(studio.opened.get_untracked().as_deref(), Some("step_8"), "the form of what still waits stays open");
    assert_eq!(focus(studio), "step_6", "on to the next");
    act(studio, Action::Reject);
    assert_eq!(focus(studio), "step_8");
    // An edit while the rest waits is one of what waits.
    studio.edit(studio.with_shown(|flow| edits::rename(flow, "step_8", "Mine")));
    assert_eq!(told.lock().unwrap().last().unwrap().how, How::Pending);
    assert!(studio.flow.with_untracked(|flow| flow.step("step_8").is_none()));
    act(studio, Action::AcceptAll);
    assert!(studio.pending.get_untracked().is_none());
    assert_eq!(studio.flow.with_untracked(|flow| edits::said(flow, "step_8").to_owned()), "Mine");
    assert!(studio.flow.with_untracked(|flow| flow.step("step_6").is_some()), "what was rejected is as it was");
    assert!(!act(studio, Action::Accept), "nothing waits: the key is free for something else");
}

#[test]
fn rejecting_all_leaves_the_flow_alone() {
    let (_owner, studio, told) = desk(sample());
    let mut after = sample();
    apply(&mut after, Op::delete("step_2")).unwrap();
    let pending = studio.flow.with_untracked(|flow| Pending::new("Assistant", "Accept all", flow, after.document()));
    studio.propose(Some(pending));
    act(studio, Action::RejectAll);
    assert_eq!(studio.flow.get_untracked(), sample());
    assert!(told.lock().unwrap().is_empty());
    assert!(studio.pending.get_untracked().is_none());
}

#[test]
fn what_is_hidden_opens_for_whoever_goes_there() {
    let (_owner, studio, _told) = desk(sample());
    act(studio, Action::FoldAll);
    assert_eq!(studio.collapsed.get_untracked().len(), 2);
    studio.go(Spot::Card("step_4".into()));
    assert!(!studio.collapsed.with_untracked(|collapsed| collapsed.contains("step_2")));
    assert!(studio.rect_of(&Spot::Card("step_4".into())).is_some());
    act(studio, Action::Previous);
    act(studio, Action::Previous);
    act(studio, Action::Fold);
    assert_eq!(studio.said.get_untracked(), "Collapsed, hides 2");
    assert!(studio.rect_of(&Spot::Card("step_4".into())).is_none());
    act(studio, Action::Previous);
    act(studio, Action::Fold);
    assert!(studio.said.get_untracked().contains("nothing inside"), "{}", studio.said.get_untracked());
}

#[test]
fn a_foreign_state_keeps_what_still_is() {
    let (_owner, studio, _told) = desk(sample());
    studio.go(Spot::Card("step_3".into()));
    studio.opened.set(Some("step_3".into()));
    studio.selection.set(["step_3".to_owned(), "step_1".to_owned()].into());
    let mut theirs = sample();
    apply(&mut theirs, Op::delete("step_3")).unwrap();
    studio.take(theirs, History::new());
    assert_eq!(studio.focus.get_untracked(), None);
    assert_eq!(studio.opened.get_untracked(), None);
    assert_eq!(studio.selection.get_untracked().into_iter().collect::<Vec<_>>(), ["step_1"]);
}

#[test]
fn problems_are_counted_and_gone_to() {
    use flow::expr::{Finding, Severity};
    let (_owner, studio, _told) = desk(sample());
    let finding = |step: &str, severity| Finding {
        step: step.into(),
        field: flow::FieldPath::of(&["settings"]),
        span: None,
        severity,
        message: format!("{step} wants something."),
    };
    studio.findings.set(vec![
        finding("step_6", Severity::Error),
        finding("step_1", Severity::Warning),
        finding("step_3", Severity::Error),
        finding("step_3", Severity::Error),
    ]);
    assert_eq!(crate::studio::act::incomplete(studio), ["step_3", "step_6"], "in the order of the page");
    let mut seen = Vec::new();
    for _ in 0..3 {
        act(studio, Action::NextProblem);
        seen.push(focus(studio));
        assert!(studio.said.get_untracked().ends_with("wants something."));
    }
    assert_eq!(seen, ["step_3", "step_6", "step_3"]);
}

#[test]
fn a_note_is_moved_and_coloured_by_keys() {
    use crate::studio::keys::Press;
    use crate::studio::notes;
    let (_owner, studio, _told) = desk(sample());
    act(studio, Action::Note);
    let first = studio.flow.with_untracked(|flow| flow.notes[0].clone());
    assert_eq!(studio.note.get_untracked().as_deref(), Some(&*first.id));
    studio.overlay.set(None);
    let key = |key, action| notes::key(studio, Press { key, ..Press::default() }, Some(action));
    assert!(key("ArrowRight", Action::Walk(Arrow::Right)));
    assert!(key("ArrowDown", Action::Nudge(Arrow::Down)));
    assert!(key("c", Action::Fold));
    let now = studio.flow.with_untracked(|flow| flow.notes[0].clone());
    assert_eq!(now.position.x, first.position.x + 20.0);
    assert_eq!(now.size.height, first.size.height + 20.0);
    assert_ne!(now.color, first.color);
    act(studio, Action::Delete);
    assert!(studio.flow.with_untracked(|flow| flow.notes.is_empty()), "the note goes, no step");
    assert_eq!(names(studio).len(), 7);
}
