#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::{Document, Flow, Op, Place, Slot, Step, apply};

use super::*;
use crate::studio::edits;
use crate::studio::tests::sample;

fn changed(flow: &Flow, ops: Vec<Op>) -> Document {
    let mut after = flow.clone();
    for op in ops {
        apply(&mut after, op).unwrap();
    }
    after.document()
}

fn code(name: &str) -> Step {
    Step::code(name, name, "export const code")
}

/// Something added, added inside that, changed, moved and removed.
fn proposal(flow: &Flow) -> Pending {
    let router = Step::router("step_20", "New router", &["Yes"]);
    let (_, rename) = edits::rename(flow, "step_1", "Fetch all").unwrap();
    let mut ops = rename;
    ops.push(Op::add(Place::after("step_1"), router));
    ops.push(Op::add(Place::inside("step_20", Slot::Branch(0)), code("step_21")));
    ops.push(Op::MoveAction { name: "step_7".into(), to: Place::after("trigger") });
    ops.push(Op::delete("step_5"));
    Pending::new("Assistant", "Accept all", flow, changed(flow, ops))
}

#[test]
fn every_kind_of_change_has_its_badge() {
    let flow = sample();
    let pending = proposal(&flow);
    let badges = ["step_1", "step_20", "step_21", "step_7", "step_5", "step_6", "step_2", "trigger"]
        .map(|name| badge(&pending, name));
    assert_eq!(
        badges,
        [Some("changed"), Some("added"), Some("added"), Some("moved"), Some("removed"), Some("removed"), None, None]
    );
    assert_eq!(pending.counts(), (2, 2, 2));
    assert_eq!(pending.summary(), "2 added, 2 changed, 2 removed");
}

#[test]
fn what_would_go_is_drawn_where_it_is() {
    let flow = sample();
    let shown = proposal(&flow).shown(&flow);
    let order: Vec<&str> = shown.steps.walk().map(|visit| visit.step.name.as_str()).collect();
    assert_eq!(order, ["step_7", "step_1", "step_20", "step_21", "step_2", "step_3", "step_4", "step_5", "step_6"]);
}

#[test]
fn accepting_all_gives_what_was_proposed() {
    let flow = sample();
    let pending = proposal(&flow);
    let mut after = flow.clone();
    apply(&mut after, pending.accept_all(&flow).unwrap()).unwrap();
    assert_eq!(after.document(), pending.after);
}

#[test]
fn a_step_inside_a_new_one_brings_that_along() {
    let flow = sample();
    let mut pending = proposal(&flow);
    let mut after = flow.clone();
    apply(&mut after, pending.accept_step(&flow, "step_21").unwrap()).unwrap();
    assert!(after.step("step_20").is_some() && after.step("step_21").is_some());
    assert_eq!(after.step("step_1").unwrap().display_name, "Fetch", "the others wait");
    pending.compare(&after);
    assert_eq!(pending.summary(), "2 changed, 2 removed");
}

#[test]
fn one_that_goes_takes_what_it_holds_along() {
    let flow = sample();
    let pending = proposal(&flow);
    let mut after = flow.clone();
    apply(&mut after, pending.accept_step(&flow, "step_5").unwrap()).unwrap();
    assert!(after.step("step_5").is_none() && after.step("step_6").is_none());
    assert!(after.step("step_20").is_none());
}

#[test]
fn what_is_rejected_is_left_as_it_is() {
    let flow = sample();
    let mut pending = proposal(&flow);
    pending.reject_step(&flow, "step_20").unwrap();
    assert_eq!(pending.summary(), "2 changed, 2 removed", "with what was in it");
    pending.reject_step(&flow, "step_6").unwrap();
    assert_eq!(pending.summary(), "2 changed", "what is around it stays too");
    pending.reject_step(&flow, "step_1").unwrap();
    pending.reject_step(&flow, "step_7").unwrap();
    assert!(pending.diff.is_empty());
    assert_eq!(pending.after, flow.document());
}

/// Whatever is accepted and rejected, in whatever order: nothing is left, and each step is as it was chosen.
#[test]
fn deciding_one_by_one_comes_to_an_end() {
    let mut dice = crate::studio::tests::Dice(11);
    for _ in 0..200 {
        let mut flow = sample();
        let mut pending = proposal(&flow);
        for _ in 0..20 {
            let Some(name) = pending.diff.steps.first().map(|_| {
                let at = dice.below(pending.diff.steps.len() as u64) as usize;
                pending.diff.steps[at].name.clone()
            }) else {
                break;
            };
            let before = pending.diff.steps.len();
            if dice.below(2) == 0 {
                if let Ok(op) = pending.accept_step(&flow, &name) {
                    apply(&mut flow, op).unwrap();
                    pending.compare(&flow);
                }
            } else {
                let _ = pending.reject_step(&flow, &name);
            }
            assert!(pending.diff.steps.len() <= before, "{name}");
        }
        assert!(pending.diff.is_empty(), "{:?}", pending.diff);
        assert_eq!(pending.after, flow.document());
    }
}

#[test]
fn the_trigger_is_decided_on_too() {
    let flow = sample();
    let (_, ops) = edits::rename(&flow, "trigger", "Each day").unwrap();
    let mut pending = Pending::new("Tuesday", "Restore", &flow, changed(&flow, ops));
    assert_eq!(badge(&pending, "trigger"), Some("changed"));
    assert!(pending.concerns("trigger") && !pending.concerns("step_1"));
    let mut after = flow.clone();
    apply(&mut after, pending.accept_step(&flow, "trigger").unwrap()).unwrap();
    assert_eq!(after.trigger.display_name, "Each day");
    pending.reject_step(&flow, "trigger").unwrap();
    assert!(pending.diff.is_empty());
}
