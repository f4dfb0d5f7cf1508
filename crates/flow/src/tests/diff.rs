//! Differences: found where something changed, and taken over whole, in part or not at all.

use std::collections::BTreeSet;

use serde_json::json;

use super::captures;
use super::random::{self, Dice, KINDS};
use crate::diff::{Choice, Fate, accept, diff};
use crate::{Document, Flow, Index, Op, Place, SchemaVersion, Slot, Step, apply, check_sound, wire};

fn accepted(before: &Document, after: &Document, choice: &Choice) -> Result<Document, crate::Refusal> {
    let Op::ImportFlow { document } = accept(before, after, choice)? else { panic!("not an import") };
    Ok(*document)
}

fn bytes(document: &Document) -> String {
    wire::write_version(&Flow::from(document.clone()))
}

/// A flow and the same after some changes.
fn pair(seed: u64) -> (Document, Document) {
    let mut dice = Dice::new(9_000 + seed);
    let size = 3 + dice.below(20);
    let mut flow = random::flow(&mut dice, size);
    let before = flow.document();
    for _ in 0..1 + dice.below(12) {
        // Imports would leave nothing in common.
        let kind = [0, 7, 8, 9, 10, 11, 12, 13, 13, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22][dice.below(19)];
        assert!(kind < KINDS);
        let op = random::op(&mut dice, &flow, kind);
        let _ = apply(&mut flow, op);
    }
    (before, flow.document())
}

#[test]
fn all_changes_lead_from_one_to_the_other_and_none_to_nowhere() {
    for seed in 0..250 {
        let (before, after) = pair(seed);
        let found = diff(&before, &after);
        assert_eq!(found.is_empty(), before == after, "seed {seed}");
        assert_eq!(bytes(&accepted(&before, &after, &found.everything()).unwrap()), bytes(&after), "seed {seed}");
        assert_eq!(bytes(&accepted(&before, &after, &Choice::default()).unwrap()), bytes(&before), "seed {seed}");
        assert!(diff(&after, &after).is_empty());
    }
}

/// Whatever is chosen: either exactly that is taken over, or a refusal says what is missing.
#[test]
fn a_chosen_part_is_taken_over_exactly_or_refused() {
    let (mut taken, mut refused) = (0, 0);
    for seed in 0..250 {
        let (before, after) = pair(seed);
        let found = diff(&before, &after);
        let mut dice = Dice::new(seed);
        for _ in 0..6 {
            let mut choice = found.everything();
            choice.steps.retain(|_| dice.chance(60));
            choice.notes.retain(|_| dice.chance(60));
            choice.trigger &= dice.chance(50);
            choice.display_name &= dice.chance(50);
            let result = match accepted(&before, &after, &choice) {
                Ok(result) => result,
                Err(refusal) => {
                    assert!(refusal.step.is_some() && refusal.message.contains("Choose"), "{refusal}");
                    refused += 1;
                    continue;
                }
            };
            taken += 1;
            let mut flow = Flow::from(before.clone());
            apply(&mut flow, accept(&before, &after, &choice).unwrap()).unwrap();
            check_sound(&flow).unwrap();
            check_part(&before, &after, &result, &choice, &format!("seed {seed}, {choice:?}"));
            // What is left to do from there is what was not chosen.
            let rest = diff(&result, &after);
            let left: BTreeSet<String> =
                rest.steps.iter().filter(|change| !change.is_moved()).map(|change| change.name.clone()).collect();
            assert!(left.is_disjoint(&choice.steps), "seed {seed}: {left:?}");
            assert_eq!(rest.trigger.is_empty(), choice.trigger || found.trigger.is_empty());
        }
    }
    assert!(taken > 500 && refused > 50, "{taken} taken, {refused} refused");
}

fn check_part(before: &Document, after: &Document, result: &Document, choice: &Choice, told: &str) {
    let index = |document: &Document| -> Vec<(String, Step)> {
        document.steps.walk().map(|visit| (visit.step.name.clone(), visit.step.shell())).collect()
    };
    let (old, new, is) = (index(before), index(after), index(result));
    let find =
        |row: &[(String, Step)], name: &str| row.iter().find(|(found, _)| found == name).map(|(_, step)| step.clone());
    for (name, _) in old.iter().chain(&new) {
        let wanted = if choice.steps.contains(name) { find(&new, name) } else { find(&old, name) };
        assert_eq!(find(&is, name), wanted, "{told}: {name}");
    }
    assert!(is.iter().all(|(name, _)| find(&old, name).is_some() || find(&new, name).is_some()), "{told}");
    for (ids, notes) in [(true, &after.notes), (false, &before.notes)] {
        for note in notes.iter().filter(|note| choice.notes.contains(&note.id) == ids) {
            assert!(result.notes.contains(note), "{told}");
        }
    }
}

#[test]
fn a_change_is_told_by_step_and_field() {
    let mut flow = captures::flow("071");
    let before = flow.document();
    let mut step = flow.step("step_2").unwrap().shell();
    step.input_mut().unwrap().insert("queryParams".to_owned(), json!({"customer": "x", "page": 2}));
    step.display_name = "Fetch".to_owned();
    let ops = [
        Op::update(step),
        Op::add(Place::inside("step_3", Slot::Branch(1)), Step::code("step_7", "New", "")),
        Op::MoveAction { name: "step_4".to_owned(), to: Place::inside("step_3", Slot::Branch(2)) },
        Op::MoveBranch { step: "step_3".to_owned(), from: 0, to: 1 },
        Op::delete("step_6"),
        Op::DeleteNote { id: "note-1".to_owned() },
    ];
    for op in ops {
        apply(&mut flow, op).unwrap();
    }
    let found = diff(&before, &flow.document());
    let names: Vec<&str> = found.steps.iter().map(|change| change.name.as_str()).collect();
    assert_eq!(names, ["step_2", "step_3", "step_7", "step_4", "step_6"]);
    let fields: Vec<String> = found.steps[0].fields.iter().map(|change| change.field.to_string()).collect();
    assert_eq!(fields, ["displayName", "settings.input.queryParams.customer", "settings.input.queryParams.page"]);
    assert_eq!(found.steps[0].fields[2].before, None);
    assert_eq!(found.steps[1].branches.len(), 1);
    assert_eq!(
        (found.steps[2].fate, found.steps[2].to.clone()),
        (Fate::Added, Some(Place::inside("step_3", Slot::Branch(0))))
    );
    assert!(found.steps[3].is_moved() && found.step("step_5").is_none());
    assert_eq!(found.step("step_6").unwrap().from, Some(Place::after("step_3")));
    assert_eq!(found.notes[0].fate, Fate::Removed);
    let stored: crate::diff::Diff = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
    assert_eq!(stored, found);
}

#[test]
fn lists_that_grow_or_shrink_have_changed() {
    let with = |list: serde_json::Value| {
        let mut flow = captures::flow("071");
        flow.steps[0].input_mut().unwrap().insert("list".to_owned(), list);
        flow.document()
    };
    let (short, long) = (with(json!([1, {"a": 2}])), with(json!([1, {"a": 3}, [4]])));
    for (before, after) in [(&short, &long), (&long, &short)] {
        let found = diff(before, after);
        let fields: Vec<String> = found.steps[0].fields.iter().map(|change| change.field.to_string()).collect();
        assert_eq!(fields, ["settings.input.list[1].a", "settings.input.list[2]"]);
        assert!(accepted(before, after, &found.everything()).unwrap() == *after);
    }
}

#[test]
fn a_renamed_branch_and_its_steps_are_recognised() {
    let mut flow = captures::flow("071");
    let before = flow.document();
    let mut step = flow.step("step_3").unwrap().shell();
    let crate::Kind::Router(router) = &mut step.kind else { panic!() };
    router.branches[0].name = "Huge".to_owned();
    apply(&mut flow, Op::update(step)).unwrap();
    let found = diff(&before, &flow.document());
    assert_eq!(found.steps.len(), 1);
    let change = &found.steps[0].branches[0];
    assert_eq!(
        (change.from, change.to, change.fields[0].field.to_string()),
        (Some(0), Some(0), "branchName".to_owned())
    );
}

#[test]
fn a_moved_branch_takes_its_steps_along() {
    let mut flow = captures::flow("071");
    let before = flow.document();
    apply(&mut flow, Op::MoveBranch { step: "step_3".to_owned(), from: 0, to: 1 }).unwrap();
    let found = diff(&before, &flow.document());
    assert_eq!(found.steps.len(), 1, "{found:#?}");
    assert_eq!(found.steps[0].branches.len(), 1);
    assert!(found.steps[0].branches[0].from != found.steps[0].branches[0].to);
    // A step added to a branch stays in it when the branch is not moved.
    apply(&mut flow, Op::add(Place::inside("step_3", Slot::Branch(0)), Step::code("step_9", "New", ""))).unwrap();
    let choice = Choice { steps: ["step_9".to_owned()].into(), ..Choice::default() };
    let result = accepted(&before, &flow.document(), &choice).unwrap();
    let index = Index::new("trigger", &result.steps);
    let (holder, slot) = index.entry(index.number("step_9").unwrap()).unwrap().inside.unwrap();
    assert_eq!((index.entry(holder).unwrap().step.name.as_str(), slot), ("step_3", Slot::Branch(1)));
}

#[test]
fn versions_of_the_format_are_taken_over_whole() {
    let mut flow = captures::flow("071");
    let before = flow.document();
    let op = crate::expr::migrate(&flow, SchemaVersion::new(20)).unwrap().op;
    apply(&mut flow, op).unwrap();
    let after = flow.document();
    let mut choice = diff(&before, &after).everything();
    assert_eq!(accepted(&before, &after, &choice).unwrap(), after);
    choice.steps.pop_first();
    assert!(accept(&before, &after, &choice).unwrap_err().message.contains("different versions"));
    assert_eq!(accepted(&before, &after, &Choice::default()).unwrap(), before);
}

#[test]
fn long_rows_are_compared_in_no_time() {
    let row = |order: &dyn Fn(usize) -> usize| {
        let steps = (0..5_000).map(|n| Step::code(format!("step_{}", order(n)), "S", "")).collect();
        Document { steps, ..Flow::new("Long").document() }
    };
    let (before, after) = (row(&|n| n), row(&|n| (n * 7) % 5_000));
    let found = diff(&before, &after);
    assert!(accepted(&before, &after, &found.everything()).unwrap() == after);
    let index = Index::new("trigger", &after.steps);
    assert_eq!(index.entries().len(), 5_000);
}
