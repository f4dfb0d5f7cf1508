use std::collections::BTreeMap;

use flow::piece::PieceMetadata;
use flow::{Branch, Condition, Execution, Flow, Kind, Operator, Router, Slot, Step};
use serde_json::{Value, json};

use super::desk::plain;
use super::kit::{code, flow, holding, program, step_of};
use crate::portability::{Weight, as_call, of_call, to_app, to_server, told, untold, words};
use crate::trigger::EventKind;
use crate::{Catalog, Kept, Outcome, Tried, Wait};

fn tried_output(tried: &Tried) -> Value {
    match &tried.outcome {
        Outcome::Done { output: Kept::Whole(value), .. } => value.as_ref().clone(),
        other => panic!("{other:?}"),
    }
}

fn trial_flow() -> Flow {
    let condition = Condition::new("{{a['output']['n']}}", Operator::NumberIsGreaterThan, "5");
    let branches = vec![Branch::when("Big", vec![vec![condition]]), Branch::fallback("Otherwise")];
    flow(vec![
        code(
            "a",
            "export const code = (i) => { console.log('hi'); return { n: i.x * 2 }; };",
            json!({ "x": "{{trigger['output']['x']}}" }),
        ),
        holding(
            Step::loop_on("l", "L", "{{a['output']['items']}}"),
            Slot::Body,
            vec![code("b", "export const code = (i) => i.v;", json!({ "v": "{{l['output']['item']}}" }))],
        ),
        Step::new("r", "R", Kind::Router(Router { execution: Some(Execution::FirstMatch), branches })),
        step_of("@activepieces/piece-delay", "d", "delayFor", json!({ "unit": "days", "delayFor": 3 })),
        step_of("@activepieces/piece-approval", "p", "wait_for_approval", json!({})),
        step_of("@pmos/piece-notification", "n", "show", json!({ "title": "{{a['output']['gone']}}" })),
    ])
}

#[tokio::test]
async fn a_step_alone_works_on_samples_of_the_steps_before() {
    let (kit, app) = plain();
    let program = program(&trial_flow());
    let sample = |name: &str, value: Value| (name.to_owned(), value);
    let samples: BTreeMap<String, Value> = [
        sample("trigger", json!({ "x": 21 })),
        sample("a", json!({ "n": 7, "items": ["p", "q"] })),
        sample("l", json!({ "item": "p", "index": 1 })),
    ]
    .into_iter()
    .collect();
    let id = crate::RunId::from("test-1");
    let test = |step: &'static str| kit.runner.test_step(&id, &program, step, &samples);
    let a = test("a").await;
    assert_eq!(
        (tried_output(&a), &a.trace.input, a.trace.console.as_slice()),
        (json!({ "n": 42 }), &json!({ "x": 21 }), ["hi".to_owned()].as_slice())
    );
    assert_eq!(tried_output(&test("l").await), json!({ "item": "p", "index": 1, "iterations": [{}] }));
    assert_eq!(tried_output(&test("b").await), json!("p"));
    assert_eq!(tried_output(&test("r").await)["branches"][0]["evaluation"], true);
    let delayed = test("d").await;
    assert_eq!(tried_output(&delayed)["success"], true);
    assert!(matches!(delayed.wait, Some(Wait::Until { .. })), "a trial does not wait three days");
    assert!(matches!(test("p").await.wait, Some(Wait::Approval { .. })));
    let empty = test("n").await;
    assert!(matches!(&empty.outcome, Outcome::Failed(failure) if failure.message.contains("Title is empty")));
    assert_eq!(empty.trace.warnings.len(), 1);
    assert!(matches!(test("zzz").await.outcome, Outcome::Failed(_)));
    assert!(app.said.lock().unwrap().is_empty() && kit.journal.text().is_empty(), "a trial leaves no run behind");
}

fn moving() -> Flow {
    let mut other =
        Step::new("o", "Other", Kind::Other(flow::Other { kind: "AI_ROUTER".into(), ..flow::Other::default() }));
    other.valid = Some(true);
    let mut packed =
        code("c", "import _ from 'lodash'; export const code = async () => { await fetch('x'); };", json!({}));
    if let Kind::Code(code) = &mut packed.kind {
        code.package_json = "{\"dependencies\":{\"lodash\":\"4\"}}".into();
    }
    let mut flow = flow(vec![
        step_of("@pmos/piece-basecamp", "b", "complete_todo", json!({ "id": "1" })),
        step_of(
            "@activepieces/piece-http",
            "h",
            "send_request",
            json!({ "use_proxy": true, "proxy_settings": {}, "url": "x", "auth": "{{connections['x-1']}}" }),
        ),
        step_of(
            "@activepieces/piece-gmail",
            "g",
            "send_email",
            json!({ "auth": "{{connections['mail'].access_token}}" }),
        ),
        step_of("@activepieces/piece-slack", "s", "find_user", json!({})),
        step_of("@activepieces/piece-approval", "p", "wait_for_approval", json!({ "question": "Sure?" })),
        packed,
        other,
    ]);
    flow.trigger = flow::Trigger::piece(
        "Mail",
        flow::PieceCall {
            piece: "@activepieces/piece-gmail".into(),
            operation: "new_email".into(),
            ..flow::PieceCall::default()
        },
    );
    flow
}

#[tokio::test]
async fn what_a_server_has_no_counterpart_for_is_told_per_step() {
    let (kit, _) = plain();
    let here = &kit.runner.pieces;
    let report = to_server(&moving(), here, None);
    let told: Vec<(&str, Weight)> = report.entries.iter().map(|entry| (entry.step.as_str(), entry.weight)).collect();
    assert_eq!(told, [("b", Weight::Obstacle), ("p", Weight::Obstacle)]);
    assert!(report.entries[0].message.contains("Use the HTTP piece there"));
    assert!(!report.is_portable());
    assert_eq!(report.connections.iter().collect::<Vec<_>>(), ["mail", "x-1"]);
    let server = |name: &str| {
        let known = name == "@activepieces/piece-http" || name == "@activepieces/piece-slack";
        known.then(|| PieceMetadata {
            name: name.into(),
            display_name: "Piece".into(),
            version: "0.11.9".into(),
            ..PieceMetadata::default()
        })
    };
    let report = to_server(&moving(), here, Some(&server));
    let of = |step: &str| report.entries.iter().find(|entry| entry.step == step).map(|entry| entry.message.as_str());
    assert!(of("g").unwrap().contains("Install it there"));
    assert!(of("trigger").unwrap().contains("Install it there"));
    assert!(of("h").unwrap().contains("has no send_request"));
    let clean = flow(vec![step_of("@activepieces/piece-delay", "d", "delayFor", json!({}))]);
    assert!(to_server(&clean, here, None).is_portable());
}

#[tokio::test]
async fn what_the_app_has_no_counterpart_for_is_told_per_step() {
    let (kit, _) = plain();
    let report = to_app(&moving(), &kit.runner.pieces);
    let of = |step: &str| -> Vec<&str> {
        report.entries.iter().filter(|entry| entry.step == step).map(|entry| entry.message.as_str()).collect()
    };
    assert!(of("trigger")[0].contains("does not start flows in this app"));
    assert!(of("g")[0].contains("does not run in this app"));
    assert!(of("s")[0].contains("has no find_user"));
    assert!(of("o")[0].contains("AI_ROUTER"));
    assert!(of("h").iter().any(|message| message.contains("use_proxy")), "{:?}", of("h"));
    assert!(!of("h").iter().any(|message| message.contains("proxy_settings")), "what is empty is no matter");
    assert!(of("c").iter().any(|message| message.contains("lodash")));
    assert!(of("c").iter().any(|message| message.contains("`fetch`")));
    assert!(of("b").iter().all(|message| message.contains("1.0.0")), "only the version differs: {:?}", of("b"));
    let mut newer = moving();
    newer.schema = flow::SchemaVersion::new(99);
    assert!(to_app(&newer, &kit.runner.pieces).entries[0].message.contains("version 99"));
}

#[test]
fn a_flow_that_basecamp_starts_is_told_by_the_app_and_comes_back_as_it_was() {
    for kind in EventKind::ALL {
        let call = flow::PieceCall {
            piece: "@pmos/piece-basecamp".into(),
            version: "0.1.0".into(),
            operation: kind.trigger().into(),
            input: json!({ "items": ["Todo", "Kanban::Card"], "words": "late" }).as_object().unwrap().clone(),
            ..flow::PieceCall::default()
        };
        let steps =
            vec![step_of("@activepieces/piece-delay", "d", "delayFor", json!({ "a": "{{trigger['output']['id']}}" }))];
        let before = flow::Flow { trigger: flow::Trigger::piece("It happens", call), ..flow(steps) };
        let told = told(&before).expect("nobody tells of it");
        assert!(to_server(&told.flow, &Catalog::default(), None).is_portable(), "{kind:?}");
        assert_eq!(told.flow.trigger.display_name, "It happens");
        assert_eq!(told.flow.step("d").unwrap().input().unwrap()["a"], "{{trigger['output']['body']['id']}}");
        let said = &told.entries[0].message;
        assert!(said.starts_with("PM OS tells the server when a to-do or a card is "), "{said}");
        assert!(said.ends_with("; while PM OS is closed the server hears nothing."), "{said}");
        assert_eq!(words(&told.trigger).as_ref(), Some(said));
        assert_eq!(untold(&told.flow, &told.trigger), (before.clone(), Vec::new()));
        // Somebody gave it another trigger there: that stays.
        let mut other = told.flow.clone();
        other.trigger = flow::Trigger::empty();
        assert_eq!(untold(&other, &told.trigger).0, other);
    }
    assert_eq!(told(&flow(Vec::new())), None, "nothing in Basecamp starts it");
    let payload = json!({ "title": "T" });
    assert_eq!(of_call(&as_call(&payload)), Some(&payload));
}
