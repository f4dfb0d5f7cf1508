//! Undo and redo: to the byte, in groups, through storage.

use super::random::{self, Dice, KINDS};
use crate::{Flow, History, Op, Place, Step, apply, check_sound, wire};

fn bytes(flow: &Flow) -> String {
    wire::write_flow(flow)
}

/// Random edits, groups, undo and redo beside a plain list of states: both always tell the same.
#[test]
fn every_state_comes_back() {
    let (mut undone, mut redone, mut grouped) = (0, 0, 0);
    for seed in 0..40 {
        let mut dice = Dice::new(4_000 + seed);
        let mut flow = random::flow(&mut dice, 8);
        let mut history = History::new();
        let mut states = vec![bytes(&flow)];
        let mut now = 0;
        for round in 0..40 {
            let told = format!("seed {seed}, round {round}");
            match dice.below(6) {
                0 => {
                    let there = history.undo(&mut flow).unwrap().is_some();
                    assert_eq!(there, now > 0, "{told}");
                    now -= usize::from(there);
                    undone += usize::from(there);
                }
                1 => {
                    let there = history.redo(&mut flow).unwrap().is_some();
                    assert_eq!(there, now + 1 < states.len(), "{told}");
                    now += usize::from(there);
                    redone += usize::from(there);
                }
                2 => {
                    history.begin("Turn", "assistant");
                    for _ in 0..dice.below(5) {
                        let kind = dice.below(KINDS);
                        let op = random::op(&mut dice, &flow, kind);
                        let _ = history.apply(&mut flow, "Part", op);
                    }
                    history.end();
                    grouped += 1;
                }
                3 => {
                    let before = bytes(&flow);
                    history.begin("Drag", "");
                    for _ in 0..3 {
                        let kind = dice.below(KINDS);
                        let op = random::op(&mut dice, &flow, kind);
                        let _ = history.apply(&mut flow, "Part", op);
                    }
                    history.cancel(&mut flow).unwrap();
                    assert_eq!(bytes(&flow), before, "{told}");
                }
                _ => {
                    let kind = dice.below(KINDS);
                    let op = random::op(&mut dice, &flow, kind);
                    let _ = history.apply(&mut flow, "Edit", op);
                }
            }
            check_sound(&flow).unwrap();
            let is = bytes(&flow);
            if states.get(now) != Some(&is) {
                states.truncate(now + 1);
                states.push(is);
                now += 1;
            } else if history.undone().is_empty() {
                states.truncate(now + 1);
            }
            assert_eq!(states[now], bytes(&flow), "{told}");
            if history.done().len() != now {
                // An entry that led back to where it began; it is there, and the state beside it is the same.
                while history.done().len() > now {
                    now += 1;
                    states.insert(now, bytes(&flow));
                }
            }
            if dice.chance(20) {
                history.seal(&flow);
                let stored = serde_json::to_string(&history).unwrap();
                history = serde_json::from_str(&stored).unwrap();
                assert!(history.fits(&flow));
            }
        }
        history.go_to(&mut flow, 0).unwrap();
        assert_eq!(bytes(&flow), states[0], "seed {seed}");
        let all = history.undone().len();
        history.go_to(&mut flow, all).unwrap();
        assert_eq!(&bytes(&flow), states.last().unwrap(), "seed {seed}");
    }
    assert!(undone > 50 && redone > 20 && grouped > 50, "{undone} {redone} {grouped}");
}

fn with_two() -> (Flow, History) {
    let mut flow = Flow::new("Two");
    for (name, behind) in [("step_1", "trigger"), ("step_2", "step_1")] {
        apply(&mut flow, Op::add(Place::after(behind), Step::code(name, name, ""))).unwrap();
    }
    (flow, History::new())
}

#[test]
fn a_gesture_is_one_entry_and_one_that_changed_nothing_is_none() {
    let (mut flow, mut history) = with_two();
    let name = |flow: &Flow, text: &str| {
        let mut step = flow.step("step_1").unwrap().shell();
        step.display_name = text.to_owned();
        Op::update(step)
    };
    history.begin("Rename", "");
    for text in ["F", "Fi", "First"] {
        let op = name(&flow, text);
        history.apply(&mut flow, "Type", op).unwrap();
    }
    history.end();
    assert_eq!((history.done().len(), history.done()[0].details.len()), (1, 1));
    history.begin("Drag", "");
    for place in ["step_2", "trigger"] {
        history
            .apply(&mut flow, "Move", Op::MoveAction { name: "step_1".to_owned(), to: Place::after(place) })
            .unwrap();
    }
    history.end();
    history.apply(&mut flow, "Name", Op::ChangeName { display_name: "Two".to_owned() }).unwrap();
    assert_eq!(history.done().len(), 1);
    assert_eq!(history.undo(&mut flow).unwrap().unwrap().label, "Rename");
    assert_eq!(flow.step("step_1").unwrap().display_name, "step_1");
    history.redo(&mut flow).unwrap();
    assert_eq!(flow.step("step_1").unwrap().display_name, "First");
}

/// Changes in a row are one only when they are to the same thing.
#[test]
fn changes_to_two_steps_are_both_taken_back() {
    let (mut flow, mut history) = with_two();
    let before = bytes(&flow);
    history.begin("Form", "");
    for (name, text) in [("step_1", "A"), ("step_2", "B"), ("step_2", "C"), ("step_1", "D")] {
        let mut step = flow.step(name).unwrap().shell();
        step.display_name = text.to_owned();
        history.apply(&mut flow, "Type", Op::update(step)).unwrap();
    }
    history.end();
    let after = bytes(&flow);
    history.undo(&mut flow).unwrap();
    assert_eq!(bytes(&flow), before);
    history.redo(&mut flow).unwrap();
    assert_eq!(bytes(&flow), after);
}

#[test]
fn a_turn_of_an_assistant_is_one_entry_that_can_be_looked_into() {
    let (mut flow, mut history) = with_two();
    history.begin("Add a loop", "assistant");
    let loop_on = Step::loop_on("step_3", "Each", "{{step_1['output']}}");
    history.apply(&mut flow, "Add Each", Op::add(Place::after("step_2"), loop_on)).unwrap();
    history
        .apply(&mut flow, "Skip step_2", Op::SetSkipAction { names: vec!["step_2".to_owned()], skip: Some(true) })
        .unwrap();
    assert!(history.apply(&mut flow, "Nothing", Op::delete("nobody")).is_err());
    history.end();
    let entry = &history.done()[0];
    assert_eq!(
        (entry.by.as_str(), entry.details.as_slice()),
        ("assistant", &["Add Each".to_owned(), "Skip step_2".to_owned()][..])
    );
    history.undo(&mut flow).unwrap();
    assert!(flow == with_two().0);
}

#[test]
fn a_new_edit_forgets_what_was_undone_and_the_oldest_goes_first() {
    let (mut flow, _) = with_two();
    let mut history = History::with_limit(3);
    let rename = |history: &mut History, flow: &mut Flow, name: &str| {
        history.apply(flow, name, Op::ChangeName { display_name: name.to_owned() }).unwrap();
    };
    for name in ["a", "b", "c", "d"] {
        rename(&mut history, &mut flow, name);
    }
    let labels: Vec<&str> = history.done().iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!(labels, ["b", "c", "d"]);
    history.undo(&mut flow).unwrap();
    history.undo(&mut flow).unwrap();
    assert_eq!(history.undone().len(), 2);
    rename(&mut history, &mut flow, "e");
    assert!(history.undone().is_empty() && history.redo(&mut flow).unwrap().is_none());
    rename(&mut history, &mut flow, "f");
    assert_eq!(history.done().len(), 3);
    // With the list full, a gesture that is cancelled is taken back all the same, and costs no entry.
    history.begin("Drag", "");
    rename(&mut history, &mut flow, "g");
    history.cancel(&mut flow).unwrap();
    assert_eq!((flow.display_name.as_str(), history.done().len()), ("f", 3));
    history.go_to(&mut flow, 0).unwrap();
    assert_eq!(flow.display_name, "a");
}

#[test]
fn a_change_from_elsewhere_is_noticed_and_an_undo_that_cannot_be_done_stays() {
    let (mut flow, mut history) = with_two();
    history.apply(&mut flow, "Skip", Op::SetSkipAction { names: vec!["step_1".to_owned()], skip: Some(true) }).unwrap();
    history.seal(&flow);
    apply(&mut flow, Op::delete("step_1")).unwrap();
    assert!(!history.fits(&flow));
    let refusal = history.undo(&mut flow).unwrap_err();
    assert!(refusal.message.contains("no step step_1"), "{refusal}");
    assert_eq!((history.done().len(), history.undone().len()), (1, 0));
}
