#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::{Place, Step, apply};

use super::*;

fn edited(flow: &Flow, ops: Vec<Op>) -> Flow {
    let mut flow = flow.clone();
    apply(&mut flow, Op::all(ops)).unwrap();
    flow
}

fn add(after: &str, name: &str) -> Op {
    let place = if after.is_empty() { Place::after("trigger") } else { Place::after(after) };
    Op::add(place, Step::code(name, name.to_uppercase(), ""))
}

fn rename(flow: &Flow, name: &str, to: &str) -> Op {
    let mut step = flow.step(name).unwrap().shell();
    step.display_name = to.to_owned();
    Op::update(step)
}

/// Two steps, and a proposal of a third one with another name for the second.
fn scene() -> (Flow, PendingFlow) {
    let draft = edited(&Flow::new("Late"), vec![add("", "step_1"), add("step_1", "step_2")]);
    let wanted = edited(&draft, vec![add("step_2", "step_3"), rename(&draft, "step_2", "Theirs")]);
    let at = "2026-11-22T08:00:00Z".parse().unwrap();
    let document = text_of(&wanted).unwrap();
    (draft, PendingFlow { label: "More".into(), by: "Assistant".into(), document, at, note: String::new() })
}

fn titles(pending: &PendingFlow) -> Vec<String> {
    let flow = read_document(&pending.document).unwrap();
    flow.steps.walk().map(|visit| visit.step.display_name.clone()).collect()
}

#[test]
fn an_edit_beside_the_proposal_is_part_of_it_afterwards() {
    let (draft, pending) = scene();
    let after = edited(&draft, vec![rename(&draft, "step_1", "Mine")]);
    let left = rebased(pending, &draft, &after).unwrap();
    assert_eq!(titles(&left), ["Mine", "Theirs", "STEP_3"], "accepting it does not take the edit back");
    assert_eq!(left.note, "");
}

#[test]
fn what_both_changed_is_the_edits_and_is_named() {
    let (draft, pending) = scene();
    let after = edited(&draft, vec![rename(&draft, "step_2", "Mine")]);
    let left = rebased(pending, &draft, &after).unwrap();
    assert_eq!(titles(&left), ["STEP_1", "Mine", "STEP_3"]);
    assert!(left.note.contains("What was proposed for “Theirs” gave way"), "{}", left.note);
}

#[test]
fn a_proposal_of_which_nothing_would_be_left_stays_and_says_so() {
    let (draft, pending) = scene();
    let only = edited(&draft, vec![rename(&draft, "step_2", "Theirs")]);
    let pending = PendingFlow { document: text_of(&only).unwrap(), ..pending };
    let after = edited(&draft, vec![rename(&draft, "step_2", "Mine")]);
    let left = rebased(pending.clone(), &draft, &after).unwrap();
    assert_eq!(left.document, pending.document);
    assert!(left.note.contains("Accepting it takes that edit back"), "{}", left.note);
}

#[test]
fn what_was_accepted_waits_no_more_and_waits_again_when_it_is_taken_back() {
    let (draft, pending) = scene();
    let accepted = edited(&draft, vec![rename(&draft, "step_2", "Theirs")]);
    let left = rebased(pending.clone(), &draft, &accepted).unwrap();
    assert_eq!((titles(&left), left.note.as_str()), (titles(&pending), ""));
    assert_eq!(titles(&rebased(left, &draft, &draft).unwrap()), titles(&pending), "going back carries nothing over");
    let all = read_document(&pending.document).unwrap();
    assert_eq!(rebased(pending, &draft, &all), None);
}

#[test]
fn what_cannot_be_read_waits_no_more() {
    let (draft, pending) = scene();
    assert_eq!(rebased(PendingFlow { document: "[]".into(), ..pending }, &draft, &draft), None);
}
