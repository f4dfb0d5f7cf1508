//! Flows far deeper and longer than people build, on a thread with little stack, without optimisation.

use std::collections::HashSet;

use crate::diff::{accept, diff};
use crate::expr::check_references;
use crate::layout::{Orientation, layout};
use crate::validate::{Known, validate};
use crate::{Chain, Flow, History, Names, Op, Place, Slot, Step, apply, check_sound, wire};

/// What a debug build has on a small thread; the stack of a page is 1 MB.
const STACK: usize = 192 * 1024;

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

/// A flow of `levels` loops and routers one in the other, with `length` steps in the innermost.
pub(super) fn deep(levels: usize, length: usize) -> Flow {
    let mut chain: Chain = (0..length).map(|n| Step::code(format!("inner_{n}"), "Inner", "")).collect();
    for level in (0..levels).rev() {
        let mut step = match level % 3 {
            0 => Step::loop_on(format!("level_{level}"), "Loop", "{{trigger['output']}}"),
            1 => Step::router(format!("level_{level}"), "Router", &["One"]),
            _ => Step::code(format!("level_{level}"), "Code", ""),
        };
        let slot = step.chains().map(|(slot, _)| slot).last().unwrap();
        *step.chain_mut(slot).unwrap() = chain;
        chain = Chain::from(vec![step]);
    }
    Flow { steps: chain, ..Flow::new("Deep") }
}

fn exercise(flow: Flow) {
    check_sound(&flow).unwrap();
    let copy = flow.clone();
    assert!(copy == flow);
    let text = wire::write_version(&flow);
    let read = wire::read(&text).unwrap();
    assert!(read.steps == flow.steps);
    assert_eq!(wire::write_version(&read), text);
    let stored = serde_json::to_string(&flow).unwrap();
    let back: Flow = serde_json::from_str(&stored).unwrap();
    assert!(back == flow);
    let _ = format!("{flow:?}");

    assert!(check_references(&flow).is_empty());
    let drawn = layout(&flow, Orientation::Horizontal, &HashSet::new());
    assert!(drawn.hit(drawn.cards[0].rect.middle()).is_some());
    let pieces = |_: &str, _: &str| None;
    let _ = validate(&flow, &Known { piece: &pieces, connections: None });

    let mut edited = flow.clone();
    let last = edited.steps.walk().last().unwrap().step.name.clone();
    let name = Names::of(&edited).next_free();
    let ops = [
        Op::add(Place::after(last.clone()), Step::code(name, "New", "")),
        Op::DuplicateAction { name: edited.steps[0].name.clone() },
        Op::MoveAction { name: last, to: Place::after("trigger") },
        Op::delete(edited.steps[0].name.clone()),
    ];
    let mut inverses = Vec::new();
    for op in ops {
        inverses.push(apply(&mut edited, op).unwrap());
        check_sound(&edited).unwrap();
    }
    let (before, after) = (flow.document(), edited.document());
    let found = diff(&before, &after);
    let mut history = History::new();
    let mut merged = flow.clone();
    history.apply(&mut merged, "Accept", accept(&before, &after, &found.everything()).unwrap()).unwrap();
    assert!(merged.document() == after);
    history.undo(&mut merged).unwrap();
    assert!(merged == flow);
    let back: History = serde_json::from_str(&serde_json::to_string(&history).unwrap()).unwrap();
    assert!(back == history);
    for inverse in inverses.into_iter().rev() {
        apply(&mut edited, inverse).unwrap();
    }
    assert!(edited == flow);
}

#[test]
fn four_hundred_levels_need_no_stack() {
    on_a_small_stack(|| exercise(deep(400, 10)));
}

#[test]
fn five_thousand_levels_need_no_stack() {
    on_a_small_stack(|| exercise(deep(5_000, 1)));
}

#[test]
fn five_thousand_steps_in_a_row_need_no_stack() {
    on_a_small_stack(|| exercise(deep(0, 5_000)));
}

#[test]
fn a_chain_keeps_its_place_through_storage() {
    let mut flow = deep(5, 2);
    let step = flow.steps.first_mut().unwrap();
    step.chain_mut(Slot::Body).unwrap().push(Step::code("behind", "Behind", ""));
    let stored = serde_json::to_string(&flow.steps[0]).unwrap();
    assert!(serde_json::from_str::<Step>(&stored).unwrap() == flow.steps[0]);
    for wrong in
        [r"[]", r#"[{"inside":[0,"body"],"step":{}}]"#, r#"[{"step":{"type":"CODE"}},{"inside":[5,"body"],"step":{}}]"#]
    {
        assert!(serde_json::from_str::<Step>(wrong).is_err(), "{wrong}");
    }
}
