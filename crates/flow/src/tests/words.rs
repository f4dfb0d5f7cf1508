//! What a change is called, and finding words.

use super::captures;
use super::random::{self, Dice, KINDS};
use crate::{Op, Place, Slot, Step, Whose, describe, find};

#[test]
fn every_operation_is_told_in_words_of_people() {
    let flow = captures::flow("071");
    for (op, words) in [
        (Op::add(Place::after("step_1"), Step::code("x", "New", "")), "Add New after Compute total"),
        (
            Op::MoveAction { name: "step_2".to_owned(), to: Place::inside("step_3", Slot::Branch(1)) },
            "Move Fetch health into branch Medium of Big order?",
        ),
        (
            Op::DeleteAction { names: vec!["step_1".to_owned(), "step_2".to_owned()] },
            "Delete Compute total and Fetch health",
        ),
        (Op::update(Step::code("step_1", "Sum", "")), "Change Compute total to Sum"),
        (Op::update(Step::code("step_1", "Compute total", "")), "Change Compute total"),
        (Op::DeleteBranch { step: "step_3".to_owned(), index: 0 }, "Delete branch Big of Big order?"),
        (Op::SetSkipAction { names: vec!["step_4".to_owned()], skip: Some(true) }, "Skip Each item"),
        (Op::all([Op::LockFlow, Op::LockFlow, Op::LockFlow]), "Lock this version, and 2 more"),
    ] {
        assert_eq!(describe(&flow, &op), words);
    }
    for kind in 0..KINDS {
        let words = describe(&flow, &random::op(&mut Dice::new(kind as u64), &flow, kind));
        assert!(words.starts_with(char::is_uppercase) && !words.ends_with('.') && words.len() < 120, "{words}");
    }
}

#[test]
fn words_are_found_where_they_stand() {
    let mut flow = captures::flow("071");
    let told = |flow: &crate::Flow, words: &str| -> Vec<String> {
        find(flow, words)
            .into_iter()
            .map(|found| match found.whose {
                Whose::Step(name) => format!("{name} {} {}", found.field, found.span.start),
                Whose::Note(id) => format!("note {id} {} {}", found.field, found.span.start),
            })
            .collect()
    };
    assert_eq!(told(&flow, " MEDIUM "), ["step_3 settings.branches[1].branchName 0"]);
    assert_eq!(told(&flow, "updated"), ["note note-1 content 0"]);
    assert_eq!(told(&flow, "queryParams"), Vec::<String>::new());
    assert_eq!(
        told(&flow, "['customer']"),
        ["step_1 settings.input.who 27", "step_2 settings.input.queryParams.customer 18"]
    );
    assert!(told(&flow, "reduce")[0].starts_with("step_1 settings.sourceCode.code"));
    assert!(told(&flow, "  ").is_empty());
    flow.notes[0].content = "İstanbul ǅ straße".to_owned();
    for words in ["i\u{307}stanbul", "ǆ", "straße", "ß"] {
        let found = find(&flow, words);
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0].span.of(&flow.notes[0].content).to_lowercase(), words);
    }
}
