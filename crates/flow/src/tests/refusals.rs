//! Every refusal: a sentence that names step and field, and a flow that is as it was.

use serde_json::json;

use super::captures;
use crate::{Branch, Flow, Kind, Note, Op, Other, Place, SchemaVersion, Slot, Status, Step, Trigger, apply, wire};

fn code(name: &str) -> Step {
    Step::code(name, "Code", "")
}

fn router_with(name: &str, steps: &[&str]) -> Step {
    let mut step = Step::router(name, "Router", &["One"]);
    step.chain_mut(Slot::Branch(0)).unwrap().extend(steps.iter().map(|name| code(name)));
    step
}

fn branch_with(steps: &[&str]) -> Box<Branch> {
    let chain = steps.iter().map(|name| code(name)).collect();
    Box::new(Branch { chain, ..Branch::condition("New") })
}

fn fallback_first() -> Step {
    let mut step = Step::router("new", "Router", &["One"]);
    let Kind::Router(router) = &mut step.kind else { panic!() };
    router.branches.reverse();
    step
}

fn leftover() -> Step {
    let mut step = code("new");
    step.extra.insert("nextAction".to_owned(), json!("odd"));
    step
}

#[test]
fn every_refusal_names_step_and_field_and_changes_nothing() {
    let branch = |step: &str, index: usize, branch: Box<Branch>| Op::AddBranch { step: step.to_owned(), index, branch };
    let relocate = |name: &str, to: Place| Op::MoveAction { name: name.to_owned(), to };
    let skip = |name: &str| Op::SetSkipAction { names: vec![name.to_owned()], skip: Some(true) };
    let slide = |from: usize, to: usize| Op::MoveBranch { step: "step_3".to_owned(), from, to };
    let after = Place::after;
    let inside = Place::inside;
    let unsound = {
        let mut document = captures::flow("071").document();
        document.steps.push(code("step_1"));
        document
    };
    let newer = {
        let mut document = captures::flow("071").document();
        document.schema = SchemaVersion::new(30);
        document
    };
    let twice = {
        let mut document = captures::flow("071").document();
        document.notes.push(document.notes[0].clone());
        document
    };
    let renamed_trigger = Trigger { name: "start".to_owned(), ..Trigger::empty() };
    let cases: Vec<(Op, Option<&str>, Option<&str>, &str)> = vec![
        (Op::add(after("nobody"), code("new")), Some("nobody"), Some("place"), "no place after nobody"),
        (Op::add(inside("step_1", Slot::Body), code("new")), Some("step_1"), Some("place"), "first in the loop step_1"),
        (Op::add(inside("step_3", Slot::Branch(9)), code("new")), Some("step_3"), Some("place"), "branch 10"),
        (Op::add(inside("trigger", Slot::Body), code("new")), Some("trigger"), Some("place"), "no place"),
        (Op::add(after("step_1"), code("step_5")), Some("step_5"), Some("name"), "already"),
        (Op::add(after("step_1"), code("trigger")), Some("trigger"), Some("name"), "already"),
        (Op::add(after("step_1"), code("a b")), Some("a b"), Some("name"), "cannot be called"),
        (Op::add(after("step_1"), code("1a")), Some("1a"), Some("name"), "no digit first"),
        (Op::add(after("step_1"), router_with("new", &["x", "x"])), Some("x"), Some("name"), "already"),
        (Op::add(after("step_1"), router_with("new", &["step_6"])), Some("step_6"), Some("name"), "already"),
        (Op::add(after("step_1"), fallback_first()), Some("new"), None, "has to be the last"),
        (Op::add(after("step_1"), leftover()), Some("new"), None, "nextAction that is no step"),
        (Op::update(code("nobody")), Some("nobody"), None, "no step nobody"),
        (Op::update(code("step_3")), Some("step_3"), Some("type"), "no room"),
        (Op::update(Step::router("step_3", "R", &["One"])), Some("step_3"), Some("settings.branches"), "one by one"),
        (
            Op::update(Step::new("step_1", "Odd", Kind::Other(Other { kind: "ODD".to_owned(), ..Other::default() }))),
            Some("step_1"),
            Some("type"),
            "unknown here (ODD)",
        ),
        (Op::UpdateTrigger { trigger: Box::new(renamed_trigger) }, Some("trigger"), Some("name"), "cannot be called"),
        (Op::delete("trigger"), Some("trigger"), None, "cannot be deleted"),
        (Op::DeleteAction { names: vec!["step_1".to_owned(), "x".to_owned()] }, Some("x"), None, "no step x"),
        (relocate("step_3", after("step_5")), Some("step_3"), Some("place"), "inside it"),
        (relocate("step_3", inside("step_3", Slot::Branch(1))), Some("step_3"), Some("place"), "inside it"),
        (relocate("step_3", after("step_3")), Some("step_3"), Some("place"), "itself"),
        (relocate("nobody", after("step_3")), Some("nobody"), None, "no step"),
        (relocate("step_1", after("nobody")), Some("nobody"), Some("place"), "no place"),
        (Op::DuplicateAction { name: "trigger".to_owned() }, Some("trigger"), None, "no step"),
        (skip("trigger"), Some("trigger"), None, "no step"),
        (branch("step_1", 0, branch_with(&[])), Some("step_1"), Some("settings.branches"), "no router"),
        (branch("step_3", 3, branch_with(&[])), Some("step_3"), Some("settings.branches"), "no place 4"),
        (
            branch("step_3", 0, Box::new(Branch::fallback("F"))),
            Some("step_3"),
            Some("settings.branches"),
            "its fallback",
        ),
        (branch("step_3", 0, branch_with(&["step_1"])), Some("step_1"), Some("name"), "taken"),
        (branch("step_3", 0, branch_with(&["x", "x"])), Some("x"), Some("name"), "taken"),
        (
            Op::DeleteBranch { step: "step_3".to_owned(), index: 2 },
            Some("step_3"),
            Some("settings.branches"),
            "fallback",
        ),
        (
            Op::DeleteBranch { step: "step_3".to_owned(), index: 9 },
            Some("step_3"),
            Some("settings.branches"),
            "no branch 10",
        ),
        (
            Op::DuplicateBranch { step: "step_3".to_owned(), index: 2 },
            Some("step_3"),
            Some("settings.branches"),
            "not duplicated",
        ),
        (slide(0, 2), Some("step_3"), Some("settings.branches"), "not moved"),
        (slide(7, 0), Some("step_3"), Some("settings.branches"), "no branch 8"),
        (Op::AddNote { note: Box::default(), at: None }, None, None, "fresh"),
        (Op::AddNote { note: Box::new(note("note-1")), at: None }, None, None, "already"),
        (Op::AddNote { note: Box::new(note("n")), at: Some(9) }, None, None, "none can lie above 9"),
        (Op::UpdateNote { note: Box::new(note("n")) }, None, None, "no note n"),
        (Op::DeleteNote { id: "n".to_owned() }, None, None, "no note n"),
        (
            Op::SaveSampleData { step: "x".to_owned(), payload: json!(1), side: crate::SampleSide::Input },
            Some("x"),
            None,
            "no step",
        ),
        (Op::UpdateSampleDataInfo { step: "x".to_owned(), sample_data: None }, Some("x"), None, "no step"),
        (Op::ImportFlow { document: Box::new(unsound) }, Some("step_1"), None, "Two steps are called step_1"),
        (Op::ImportFlow { document: Box::new(newer) }, None, None, "version 30"),
        (Op::ImportFlow { document: Box::new(twice) }, None, None, "Two notes"),
        (
            Op::UseAsDraft { version_id: String::new(), document: Box::new(Flow::new("").document()) },
            None,
            None,
            "No version",
        ),
    ];
    let flow = captures::flow("071");
    for (op, step, field, words) in cases {
        let mut edited = flow.clone();
        let told = format!("{op:?}");
        let refusal = apply(&mut edited, op).expect_err(&told);
        assert_eq!((refusal.step.as_deref(), refusal.field.as_deref()), (step, field), "{refusal}: {told}");
        assert!(refusal.message.contains(words) && refusal.message.ends_with('.'), "{refusal}: {told}");
        assert_eq!(wire::write_flow(&edited), wire::write_flow(&flow), "{told}");
    }
}

fn note(id: &str) -> Note {
    Note { id: id.to_owned(), ..Note::default() }
}

#[test]
fn a_flow_that_is_not_ready_is_not_published_or_switched() {
    let mut flow = captures::flow("071");
    flow.record.published_version_id = None;
    let status = Op::ChangeStatus { status: Status::Enabled };
    assert!(apply(&mut flow, status.clone()).unwrap_err().message.contains("Publish it first"));
    flow.steps[1].valid = Some(false);
    let publish = Op::LockAndPublish { status: None };
    let refusal = apply(&mut flow, publish.clone()).unwrap_err();
    assert_eq!((refusal.step.as_deref(), refusal.field.as_deref()), (Some("step_2"), Some("valid")));
    assert!(refusal.message.contains("Fetch health (step_2) is not complete"), "{refusal}");
    flow.steps[1].skip = Some(true);
    apply(&mut flow, publish).unwrap();
    assert_eq!(flow.record.published_version_id.as_deref(), flow.version_id());
    apply(&mut flow, status).unwrap();
    flow.trigger = Trigger::empty();
    assert!(apply(&mut flow, Op::LockAndPublish { status: None }).unwrap_err().message.contains("no trigger"));
}

/// A flow in which two steps share a name came so from elsewhere: it is shown, and changed only as a whole.
#[test]
fn an_unsound_flow_is_changed_only_as_a_whole() {
    let mut flow = captures::flow("071");
    flow.steps.push(code("step_1"));
    let good = captures::flow("071").document();
    for op in [Op::delete("step_2"), Op::all([Op::ImportFlow { document: Box::new(good.clone()) }])] {
        assert!(apply(&mut flow, op).is_err());
    }
    apply(&mut flow, Op::ImportFlow { document: Box::new(good) }).unwrap();
    apply(&mut flow, Op::delete("step_2")).unwrap();
}

#[test]
fn notes_of_an_unknown_shape_are_not_written_over() {
    let text = r#"{"notes":[7],"schemaVersion":"22","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{}}}"#;
    let mut flow = wire::read(text).unwrap();
    assert!(crate::check_sound(&flow).is_err());
    assert!(
        apply(&mut flow, Op::AddNote { note: Box::new(note("n")), at: None }).unwrap_err().message.contains("unknown")
    );
}
