use std::collections::BTreeMap;

use flow::expr::Severity;
use flow::piece::{Operation, PieceMetadata, Property};
use flow::validate::{Known, validate};
use flow::{Flow, PieceCall, Trigger};
use serde_json::json;

use crate::automations::ask::{Ask, FormField, Shape, ask, filled, key_of, payload};
use crate::automations::examples::examples;
use crate::automations::import::name_in;
use crate::runs::outline::read_document;

/// What the pieces in the app are called, what the examples use of them and what that must be given.
fn pieces() -> BTreeMap<&'static str, PieceMetadata> {
    let property = |required: bool| Property { required, ..Property::default() };
    let operation = |must: &[&str], may: &[&str]| {
        let must = must.iter().map(|name| ((*name).to_owned(), property(true)));
        Operation {
            props: must.chain(may.iter().map(|name| ((*name).to_owned(), property(false)))).collect(),
            ..Operation::default()
        }
    };
    let mut all = BTreeMap::new();
    let mut piece =
        |name: &'static str, version: &str, actions: Vec<(&str, Operation)>, triggers: Vec<(&str, Operation)>| {
            let named = |list: Vec<(&str, Operation)>| {
                list.into_iter().map(|(name, operation)| (name.to_owned(), operation)).collect()
            };
            let made = PieceMetadata {
                name: name.into(),
                version: version.into(),
                actions: named(actions),
                triggers: named(triggers),
                ..PieceMetadata::default()
            };
            all.insert(name, made);
        };
    let events = ["projects", "items", "parents", "people", "words"];
    piece(
        "@pmos/piece-basecamp",
        "0.1.0",
        vec![(
            "create_todo",
            operation(&["parent", "title"], &["project", "body", "starts_on", "due_on", "assignees"]),
        )],
        vec![("item_overdue", operation(&[], &events)), ("item_created", operation(&[], &events))],
    );
    piece(
        "@activepieces/piece-slack",
        "0.17.2",
        vec![("send_channel_message", operation(&["channel"], &["text"]))],
        vec![],
    );
    piece("@pmos/piece-ai", "0.1.0", vec![("agent", operation(&["goal"], &["model", "material"]))], vec![]);
    piece("@pmos/piece-notification", "0.1.0", vec![("show", operation(&["title"], &["body", "link"]))], vec![]);
    piece(
        "@activepieces/piece-schedule",
        "0.1.17",
        vec![],
        vec![("every_day", operation(&["hour_of_the_day", "timezone"], &["run_on_weekends"]))],
    );
    all
}

#[test]
fn examples_lack_nothing_but_what_only_the_person_can_choose() {
    let pieces = pieces();
    let mut lacking = Vec::new();
    for example in examples("Europe/Berlin") {
        let flow = Flow::from(example.document.clone());
        let call_of = |call: Option<&PieceCall>| {
            let call = call.expect("everything in an example is of a piece");
            let piece = pieces.get(call.piece.as_str()).unwrap_or_else(|| panic!("no piece is called {}", call.piece));
            assert_eq!(call.version, piece.version, "{}", call.piece);
            let known = piece.actions.get(&call.operation).or_else(|| piece.triggers.get(&call.operation));
            let known = known.unwrap_or_else(|| panic!("{} has no {}", call.piece, call.operation));
            for name in call.input.keys() {
                assert!(known.props.get(name).is_some(), "{} of {} asks for no {name}", call.operation, call.piece);
            }
        };
        call_of(flow.trigger.call());
        flow.steps.walk().for_each(|visit| call_of(visit.step.call()));
        let known = Known { piece: &|name, _| pieces.get(name), connections: None };
        for finding in validate(&flow, &known) {
            assert_eq!(finding.severity, Severity::Error, "{}", finding.message);
            lacking.push(format!("{} {}", finding.step, finding.field));
        }
        let text = serde_json::to_string(&example.document).unwrap();
        let read = serde_json::from_str::<flow::Document>(&text).unwrap();
        assert_eq!(read, example.document);
        assert!(!example.says.is_empty() && flow.read_only().is_none());
    }
    assert_eq!(lacking.len(), 2, "the channel, and the list of the to-do: {lacking:?}");
}

fn trigger(piece: &str, input: serde_json::Value) -> Trigger {
    let input = input.as_object().cloned().unwrap_or_default();
    Trigger::piece("T", PieceCall { piece: piece.into(), operation: "x".into(), input, ..PieceCall::default() })
}

#[test]
fn only_what_brings_something_asks_for_it() {
    assert_eq!(ask(&Trigger::empty()), Ask::Nothing);
    for piece in ["@activepieces/piece-schedule", "@activepieces/piece-manual-trigger", "@pmos/piece-interval"] {
        assert_eq!(ask(&trigger(piece, json!({}))), Ask::Nothing, "{piece}");
    }
    for piece in ["@activepieces/piece-webhook", "@pmos/piece-basecamp", "@activepieces/piece-gmail"] {
        assert_eq!(ask(&trigger(piece, json!({}))), Ask::Payload, "{piece}");
    }
    let inputs = json!({ "inputs": [
        { "displayName": "Email address", "type": "text", "required": true },
        { "displayName": "Really?", "type": "toggle" },
        { "displayName": "", "type": "text" },
        { "displayName": "Why", "type": "text_area", "description": "In a sentence." },
    ] });
    let Ask::Form(fields) = ask(&trigger("@activepieces/piece-forms", inputs)) else { panic!("a form asks") };
    let told: Vec<_> = fields.iter().map(|field| (field.key.as_str(), field.shape, field.required)).collect();
    assert_eq!(
        told,
        [("emailAddress", Shape::Line, true), ("really?", Shape::Flag, false), ("why", Shape::Lines, false)]
    );
    assert_eq!(ask(&trigger("@activepieces/piece-forms", json!({ "inputs": 7 }))), Ask::Form(Vec::new()));
}

#[test]
fn fields_are_called_as_a_server_calls_them() {
    for (label, key) in [
        ("Email address", "emailAddress"),
        ("  Two  spaces", "TwoSpaces"),
        ("Größe (cm)", "größe (cm)"),
        ("It's \"it\"", "its it"),
        ("end ", "end "),
        ("a 1 _b", "a1_b"),
    ] {
        assert_eq!(key_of(label), key, "{label:?}");
    }
}

#[test]
fn a_form_that_lacks_something_says_what() {
    let field = |key: &str, shape: Shape, required: bool| FormField {
        key: key.into(),
        label: key.to_uppercase(),
        description: String::new(),
        shape,
        required,
    };
    let fields = |name: &str, flag: &str| {
        vec![
            (field("name", Shape::Line, true), name.to_owned()),
            (field("flag", Shape::Flag, true), flag.to_owned()),
            (field("more", Shape::Lines, false), String::new()),
        ]
    };
    let form: serde_json::Value = serde_json::from_str(&filled(&fields("Ada", "true")).unwrap()).unwrap();
    assert_eq!(form, serde_json::json!({ "flag": true, "name": "Ada" }));
    let (key, why) = filled(&fields("  ", "")).unwrap_err();
    assert!(key == "name" && why.contains("NAME"));
}

#[test]
fn what_the_trigger_brings_is_nothing_or_json() {
    assert_eq!(payload("  "), Ok(None));
    assert_eq!(payload(" {\"a\": 1} "), Ok(Some("{\"a\": 1}".into())));
    assert!(payload("{\"a\": }").unwrap_err().contains("line 1"));
}

#[test]
fn a_file_is_called_as_the_automation_in_it() {
    let mut flow = Flow::new("Late work");
    assert_eq!(name_in(&flow::wire::write_flow(&flow)).unwrap(), "Late work");
    assert_eq!(name_in(&flow::wire::write_document(&flow.document())).unwrap(), "Late work");
    flow.display_name = "  Spaces ".into();
    assert_eq!(name_in(&serde_json::to_string(&flow).unwrap()).unwrap(), "Spaces");
    for text in ["", "[]", "{}", "{\"a\":1}", "no", "null"] {
        assert!(name_in(text).is_err(), "{text:?}");
    }
    assert!(read_document("{}").is_none());
}
