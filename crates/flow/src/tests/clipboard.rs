//! Copy and paste, within a flow and to another.

use super::captures;
use super::depth::deep;
use super::random::{self, Dice};
use crate::expr::{Severity, check_references, dependencies};
use crate::{Flow, Index, Place, SchemaVersion, Slot, apply, check_sound, copy, paste, wire};

#[test]
fn steps_are_pasted_with_their_references_among_each_other() {
    let flow = captures::flow("071");
    let text =
        copy(&flow, &["step_2".to_owned(), "step_1".to_owned(), "step_5".to_owned(), "step_3".to_owned()]).unwrap();
    let mut other = flow.clone();
    let op = paste(&other, &text, &Place::inside("step_3", Slot::Branch(1))).unwrap();
    let inverse = apply(&mut other, op).unwrap();
    check_sound(&other).unwrap();
    let pasted: Vec<&str> =
        other.step("step_3").unwrap().chain(Slot::Branch(1)).unwrap().iter().map(|s| s.name.as_str()).collect();
    assert_eq!(pasted, ["step_7", "step_8", "step_9"]);
    assert_eq!(dependencies(other.step("step_8").unwrap()).into_iter().collect::<Vec<_>>(), ["step_7"]);
    assert_eq!(other.step("step_11").unwrap().input().unwrap()["item"], "{{step_10['output']['item']}}");
    assert_eq!(other.step("step_9").unwrap().display_name, flow.step("step_3").unwrap().display_name);
    apply(&mut other, inverse).unwrap();
    assert_eq!(wire::write_flow(&other), wire::write_flow(&flow));
}

#[test]
fn random_steps_are_pasted_into_random_flows() {
    for seed in 0..60 {
        let mut dice = Dice::new(6_000 + seed);
        let from = random::flow(&mut dice, 14);
        let mut into = random::flow(&mut dice, 9);
        let names: Vec<String> =
            from.steps.walk().filter(|_| dice.chance(30)).map(|visit| visit.step.name.clone()).collect();
        if names.is_empty() {
            continue;
        }
        let before = into.steps.walk().count();
        let old: Vec<String> = into.steps.walk().map(|visit| visit.step.name.clone()).collect();
        let place = random::place(&mut dice, &into);
        let text = copy(&from, &names).unwrap();
        let op = paste(&into, &text, &place).unwrap();
        apply(&mut into, op).unwrap();
        check_sound(&into).unwrap();
        let index = Index::of(&from);
        let copied = (0..index.entries().len()).filter(|number| {
            names.contains(&index.entry(*number).unwrap().step.name)
                || index.holders(*number).any(|(holder, _)| names.contains(&index.entry(holder).unwrap().step.name))
        });
        assert_eq!(into.steps.walk().count(), before + copied.count(), "seed {seed}");
        for visit in into.steps.walk().filter(|visit| !old.contains(&visit.step.name)) {
            assert!(visit.step.name.starts_with("step_") && visit.step.sample_data().is_none());
        }
    }
}

#[test]
fn expressions_take_the_form_of_the_flow_they_come_into() {
    let flow = captures::flow("071");
    let text = copy(&flow, &["step_1".to_owned(), "step_2".to_owned()]).unwrap();
    let mut old = Flow { schema: SchemaVersion::new(20), ..Flow::new("Old") };
    let op = paste(&old, &text, &Place::after("trigger")).unwrap();
    apply(&mut old, op).unwrap();
    assert_eq!(old.step("step_1").unwrap().input().unwrap()["who"], "{{trigger['body']['customer']}}");
    let back = copy(&old, &["step_1".to_owned(), "step_2".to_owned()]).unwrap();
    let mut new = Flow::new("New");
    let op = paste(&new, &back, &Place::after("trigger")).unwrap();
    apply(&mut new, op).unwrap();
    assert_eq!(new.step("step_1").unwrap().input(), flow.step("step_1").unwrap().input());
    // A step that was not copied along is not there, and that is told.
    let alone = copy(&flow, &["step_2".to_owned()]).unwrap();
    let mut other = Flow::new("Other");
    let op = paste(&other, &alone, &Place::after("trigger")).unwrap();
    apply(&mut other, op).unwrap();
    assert_eq!(check_references(&other)[0].severity, Severity::Error);
}

#[test]
fn what_cannot_be_copied_or_pasted_is_refused() {
    let flow = captures::flow("071");
    assert!(copy(&flow, &["trigger".to_owned()]).is_err() && copy(&flow, &["nobody".to_owned()]).is_err());
    let text = copy(&flow, &["step_1".to_owned()]).unwrap();
    let place = Place::after("trigger");
    for wrong in [
        "",
        "hello",
        "{}",
        "[1]",
        r#"{"type":"COPY_ACTIONS","actions":[]}"#,
        r#"{"type":"OTHER","actions":[{"name":"a"}]}"#,
    ] {
        assert!(paste(&flow, wrong, &place).unwrap_err().message.contains("no steps"), "{wrong}");
    }
    assert!(paste(&flow, &text, &Place::after("nobody")).unwrap_err().message.contains("no place"));
    let newer = Flow { schema: SchemaVersion::new(40), ..flow.clone() };
    assert!(paste(&newer, &text, &place).unwrap_err().message.contains("Update the app"));
}

#[test]
fn deep_steps_fit_through_the_clipboard() {
    let flow = deep(400, 3);
    let text = copy(&flow, &["level_0".to_owned()]).unwrap();
    let mut other = Flow::new("Other");
    let op = paste(&other, &text, &Place::after("trigger")).unwrap();
    apply(&mut other, op).unwrap();
    assert_eq!(other.steps.walk().count(), 403);
}
