//! Validation against the descriptions of pieces that a real server sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::captures;
use crate::expr::{Finding, Severity};
use crate::piece::{Operation, PieceMetadata, Property, PropertyKind};
use crate::validate::{Known, is_complete, validate};
use crate::{Branch, BranchKind, Condition, Flow, Kind, Map, Op, Operator, PieceCall, Place, Step, Trigger, apply};

fn pieces() -> BTreeMap<String, PieceMetadata> {
    let read = |(name, text): (String, String)| {
        let piece: PieceMetadata = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        (piece.name.clone(), piece)
    };
    captures::files("pieces").into_iter().map(read).collect()
}

fn check(flow: &Flow, pieces: &BTreeMap<String, PieceMetadata>) -> Vec<Finding> {
    let connections = BTreeSet::from(["good".to_owned()]);
    let piece =
        |name: &str, version: &str| pieces.get(name).filter(|piece| version.is_empty() || piece.version == version);
    validate(flow, &Known { piece: &piece, connections: Some(&connections) })
}

fn map(value: Value) -> Map {
    value.as_object().unwrap().clone()
}

#[test]
fn every_captured_piece_is_read_in_the_order_of_its_form() {
    let pieces = pieces();
    assert!(pieces.len() >= 9);
    for piece in pieces.values() {
        assert!(!piece.display_name.is_empty() && piece.actions.len() + piece.triggers.len() > 0, "{}", piece.name);
        let properties =
            piece.actions.iter().chain(piece.triggers.iter()).flat_map(|(_, operation)| operation.props.iter());
        for (name, property) in properties {
            assert_ne!(property.kind, PropertyKind::Unknown, "{} {name}", piece.name);
        }
        let again: PieceMetadata = serde_json::from_str(&serde_json::to_string(piece).unwrap()).unwrap();
        assert_eq!(again, *piece);
    }
    let http = &pieces["@activepieces/piece-http"];
    let names: Vec<&str> =
        http.actions.get("send_request").unwrap().props.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..4], ["method", "url", "headers", "queryParams"]);
    assert_eq!(pieces["@activepieces/piece-google-sheets"].auth.len(), 2);
}

#[test]
fn the_captured_flows_are_complete() {
    let pieces = pieces();
    for name in ["071", "213", "090"] {
        let errors: Vec<Finding> = check(&captures::flow(name), &pieces)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error && !finding.message.contains("piece-approval"))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// A flow of one step of a made-up piece that has every kind of property.
fn with(input: Value) -> Vec<String> {
    let property = |kind: PropertyKind, more: Value| {
        let mut described = map(json!({"displayName": format!("The {kind:?}"), "type": kind.word()}));
        described.extend(map(more));
        serde_json::from_value::<Property>(Value::Object(described)).unwrap()
    };
    let choices = json!({"options": {"options": [{"label": "One", "value": "one"}, {"label": "Two", "value": 2}]}});
    let props: Vec<(&str, Property)> = vec![
        ("text", property(PropertyKind::ShortText, json!({"required": true}))),
        ("long", property(PropertyKind::LongText, json!({}))),
        ("note", property(PropertyKind::Markdown, json!({"required": true}))),
        ("number", property(PropertyKind::Number, json!({}))),
        ("check", property(PropertyKind::Checkbox, json!({"required": true, "defaultValue": false}))),
        ("date", property(PropertyKind::DateTime, json!({}))),
        ("file", property(PropertyKind::File, json!({}))),
        ("color", property(PropertyKind::Color, json!({}))),
        ("json", property(PropertyKind::Json, json!({}))),
        ("object", property(PropertyKind::Object, json!({"required": true}))),
        (
            "list",
            property(
                PropertyKind::Array,
                json!({"properties": {"inner": {"displayName": "Inner", "required": true, "type": "NUMBER"}}}),
            ),
        ),
        ("one", property(PropertyKind::StaticDropdown, choices.clone())),
        ("some", property(PropertyKind::StaticMultiSelectDropdown, choices)),
        ("base", property(PropertyKind::Dropdown, json!({}))),
        ("table", property(PropertyKind::Dropdown, json!({"refreshers": ["text", "base"]}))),
        ("tables", property(PropertyKind::MultiSelectDropdown, json!({}))),
        ("fields", property(PropertyKind::Dynamic, json!({}))),
        ("custom", property(PropertyKind::Custom, json!({}))),
    ];
    let operation = Operation {
        display_name: "Do".to_owned(),
        require_auth: true,
        props: props.into_iter().map(|(name, property)| (name.to_owned(), property)).collect(),
        ..Operation::default()
    };
    let piece = PieceMetadata {
        name: "made-up".to_owned(),
        display_name: "Made up".to_owned(),
        version: "1.0.0".to_owned(),
        auth: vec![property(PropertyKind::SecretText, json!({"required": true}))],
        actions: [("do".to_owned(), operation.clone())].into_iter().collect(),
        triggers: [("wait".to_owned(), Operation { require_auth: false, props: Default::default(), ..operation })]
            .into_iter()
            .collect(),
        ..PieceMetadata::default()
    };
    let mut whole = map(json!({"auth": "{{connections['good']}}", "text": "t", "object": {}}));
    whole.extend(map(input));
    whole.retain(|_, value| *value != json!("absent"));
    let schema = json!({"fields": {"type": "MANUAL", "schema": {"deep": {"displayName": "Deep", "type": "NUMBER", "required": true}}}});
    let call = |operation: &str, input: Map| PieceCall {
        piece: "made-up".to_owned(),
        version: "~1.0.0".to_owned(),
        operation: operation.to_owned(),
        input,
        property_settings: map(schema.clone()),
    };
    let mut flow = Flow::new("Validated");
    flow.trigger = Trigger::piece("Wait", call("wait", Map::new()));
    apply(&mut flow, Op::add(Place::after("trigger"), Step::piece("step_1", "Do it", call("do", whole)))).unwrap();
    let findings = check(&flow, &BTreeMap::from([(piece.name.clone(), piece)]));
    findings.into_iter().map(|finding| format!("{} | {}", finding.field, finding.message)).collect()
}

#[test]
fn every_kind_of_property_is_checked() {
    assert_eq!(with(json!({})), Vec::<String>::new());
    let fine = json!({
        "long": 7, "number": "1.5", "check": "true", "date": "2026-11-21", "file": "{{trigger['output']}}", "color": "#fff",
        "json": "{\"a\": 1}", "list": [{"inner": 1}], "one": 2, "some": ["one", 2], "base": "b", "table": "x", "tables": ["x"],
        "fields": {"deep": "{{trigger['output']}}"}, "custom": {"x": 1},
    });
    assert_eq!(with(fine), Vec::<String>::new());
    for (input, field, words) in [
        (json!({"text": "absent"}), "settings.input.text", "The ShortText: it is required. Fill it in."),
        (json!({"text": " "}), "settings.input.text", "required"),
        (json!({"text": ["x"]}), "settings.input.text", "a text is asked for"),
        (json!({"number": "ten"}), "settings.input.number", "no number"),
        (json!({"number": "NaN"}), "settings.input.number", "no number"),
        (json!({"check": 3}), "settings.input.check", "yes nor no"),
        (json!({"date": "tomorrow"}), "settings.input.date", "no date"),
        (json!({"color": "blue"}), "settings.input.color", "no colour"),
        (json!({"json": "{a"}), "settings.input.json", "no JSON"),
        (json!({"object": "absent"}), "settings.input.object", "required"),
        (json!({"object": "x"}), "settings.input.object", "names and values"),
        (json!({"list": "x"}), "settings.input.list", "a list is asked for"),
        (json!({"list": [{"inner": 1}, {}]}), "settings.input.list[1].inner", "Inner: it is required"),
        (json!({"one": "three"}), "settings.input.one", "\"three\" is none of the choices. Choose one of One, Two."),
        (json!({"some": ["one", 3]}), "settings.input.some", "3 is none"),
        (json!({"some": "one"}), "settings.input.some", "Choose some"),
        (json!({"tables": "x"}), "settings.input.tables", "Choose some"),
        (json!({"fields": {}}), "settings.input.fields.deep", "Deep: it is required"),
        (json!({"fields": "x"}), "settings.input.fields", "names and values"),
        (json!({"auth": ""}), "settings.input.auth", "Connection: none is chosen. Connect Made up"),
        (json!({"auth": "{{connections['gone']}}"}), "settings.input.auth", "the connection gone is not there"),
        (json!({"number": "{{nobody['output']}}"}), "settings.input.number", "no step nobody"),
    ] {
        let findings = with(input.clone());
        assert_eq!(findings.len(), 1, "{input}: {findings:?}");
        assert!(findings[0].starts_with(&format!("{field} | ")) && findings[0].contains(words), "{findings:?}");
        assert!(findings[0].contains("step_1") && findings[0].ends_with('.'), "{findings:?}");
    }
}

#[test]
fn every_other_kind_of_step_is_checked() {
    let router = |kind: BranchKind| {
        let mut step = Step::router("s", "S", &["One"]);
        let Kind::Router(router) = &mut step.kind else { panic!() };
        router.branches[0].kind = kind;
        step
    };
    let condition = |condition: Condition| router(BranchKind::Condition(vec![vec![condition]]));
    let call = |piece: &str, operation: &str| PieceCall {
        piece: piece.to_owned(),
        operation: operation.to_owned(),
        ..PieceCall::default()
    };
    for (step, field, words) in [
        (Step::code("s", "S", ""), "settings.sourceCode.code", "Code: there is none"),
        (Step::code("s", "S", "1 + 1"), "settings.sourceCode.code", "export"),
        (Step::code("s", " ", "export const code = 1"), "displayName", "no name"),
        (Step::loop_on("s", "S", ""), "settings.items", "no list to go over"),
        (Step::loop_on("s", "S", "abc"), "settings.items", "no list"),
        (Step::router("s", "S", &[]), "settings.branches", "only the fallback"),
        (Step::router("s", "S", &["One"]), "settings.branches[0].conditions", "Branch One: it has no condition"),
        (condition(Condition::default()), "settings.branches[0].conditions[0][0].operator", "how to compare"),
        (
            condition(Condition::new("", Operator::Exists, "")),
            "settings.branches[0].conditions[0][0].firstValue",
            "left side",
        ),
        (
            condition(Condition::new("a", Operator::TextContains, "")),
            "settings.branches[0].conditions[0][0].secondValue",
            "right side",
        ),
        (router(BranchKind::Other("NEW".to_owned())), "settings.branches[0]", "unknown"),
        (Step::piece("s", "S", call("nobody", "x")), "settings.pieceName", "nobody"),
        (
            Step::piece("s", "S", call("@activepieces/piece-http", "")),
            "settings.actionName",
            "no action of HTTP is chosen",
        ),
        (Step::piece("s", "S", call("@activepieces/piece-http", "fly")), "settings.actionName", "has no action fly"),
    ] {
        let mut flow = captures::flow("053");
        flow.steps = vec![step].into();
        let findings = check(&flow, &pieces());
        let [finding] = findings.as_slice() else { panic!("{words}: {findings:?}") };
        assert_eq!(finding.field.to_string(), field);
        assert!(finding.message.contains(words) && finding.message.ends_with('.'), "{finding:?}");
        assert_eq!(is_complete(&findings, "s"), finding.severity == Severity::Warning);
        flow.steps[0].skip = Some(true);
        assert!(check(&flow, &pieces()).is_empty());
    }
    let findings = check(&Flow::new("Empty"), &pieces());
    assert!(findings[0].message.contains("Choose a trigger"), "{findings:?}");
}

#[test]
fn every_operator_has_its_word_and_its_sides() {
    assert_eq!(Operator::ALL.len(), 22);
    let with_case = Operator::ALL.iter().filter(|operator| operator.takes_case()).count();
    let with_second = Operator::ALL.iter().filter(|operator| operator.takes_second()).count();
    assert_eq!((with_case, with_second), (10, 16));
    for operator in Operator::ALL {
        let branch = Branch::when("B", vec![vec![Condition::new("a", *operator, "b")]]);
        let stored = serde_json::to_string(&branch).unwrap();
        assert!(stored.contains(operator.word()) && stored.contains("secondValue") == operator.takes_second());
        assert!(serde_json::from_str::<Branch>(&stored).unwrap() == branch);
    }
}
