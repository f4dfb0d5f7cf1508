//! What is read from a step and put into it: values, conditions, choices, connections, findings.

use flow::expr::{Finding, Severity};
use flow::piece::{Choice, Options, Property, PropertyKind};
use flow::{BranchKind, Condition, FieldPath, Kind, Op, Operator, apply};
use serde_json::{Value, json};

use super::{flow, input};
use crate::studio::form::auth::{asked, named, reference, through_browser, value};
use crate::studio::form::choose::{chosen, toggled};
use crate::studio::form::conditions::{Deed, GROUPS, Row, act, rows, wants, words};
use crate::studio::form::finding::{at_field, at_top, brief};
use crate::studio::form::groups::{free_name, moved, renamed};
use crate::studio::form::kinds::chosen_words;
use crate::studio::form::subject::Subject;

fn changed(name: &str, at: &FieldPath, value: Option<Value>) -> Subject {
    let mut flow = flow();
    let subject = Subject::of(&flow, name).unwrap().with(at, value).unwrap();
    let (label, ops) = subject.edit("it");
    assert!(label.starts_with("Set it of "), "{label}");
    for op in ops {
        apply(&mut flow, op).unwrap();
    }
    Subject::of(&flow, name).unwrap()
}

#[test]
fn a_value_is_put_where_it_was_read() {
    for (rest, new) in [
        (vec!["channel"], json!("C2")),
        (vec!["more", "a"], json!([1])),
        (vec!["not", "there", "yet"], json!({ "x": 1 })),
        (vec!["channel", "was", "a", "text"], json!(true)),
    ] {
        let at = input(&rest);
        assert_eq!(changed("step_8", &at, Some(new.clone())).read(&at), Some(new), "{at}");
    }
    let at = input(&["tags"]).join(2);
    assert_eq!(changed("step_8", &at, Some(json!("c"))).read(&input(&["tags"])), Some(json!(["a", "b", "c"])));
    let at = input(&["tags"]).join(9);
    assert_eq!(changed("step_8", &at, Some(json!("c"))).read(&input(&["tags"])), Some(json!(["a", "b"])));
}

#[test]
fn what_is_taken_out_leaves_the_others() {
    let subject = changed("step_8", &input(&["channel"]), None);
    let names: Vec<String> = subject.input().unwrap().keys().cloned().collect();
    assert_eq!(names, ["more", "tags", "text"]);
    let subject = changed("step_8", &input(&["tags"]).join(0), None);
    assert_eq!(subject.read(&input(&["tags"])), Some(json!(["b"])));
    let subject = changed("step_8", &input(&["tags"]).join(5), None);
    assert_eq!(subject.read(&input(&["tags"])), Some(json!(["a", "b"])));
}

#[test]
fn loops_code_and_conditions_have_places_too() {
    let items = FieldPath::of(&["settings", "items"]);
    assert_eq!(
        changed("step_5", &items, Some(json!("{{trigger['output']}}"))).read(&items),
        Some(json!("{{trigger['output']}}"))
    );
    let code = FieldPath::of(&["settings", "sourceCode", "code"]);
    assert_eq!(
        changed("step_1", &code, Some(json!("export const code = 1"))).read(&code),
        Some(json!("export const code = 1"))
    );
    let packages = FieldPath::of(&["settings", "sourceCode", "packageJson"]);
    assert_eq!(changed("step_1", &packages, Some(json!("{}"))).read(&packages), Some(json!("{}")));
    let whole = input(&[]);
    assert_eq!(changed("step_1", &whole, Some(json!({ "z": 1 }))).read(&whole), Some(json!({ "z": 1 })));
    assert!(Subject::of(&flow(), "step_1").unwrap().with(&whole, Some(json!(3))).is_none());
}

#[test]
fn a_place_that_is_not_there_is_refused() {
    let flow = flow();
    let step = Subject::of(&flow, "step_5").unwrap();
    assert!(step.with(&input(&["x"]), Some(json!(1))).is_none());
    assert!(step.with(&FieldPath::of(&["displayName"]), Some(json!(1))).is_none());
    assert!(step.with(&FieldPath::of(&["settings", "sourceCode", "code"]), None).is_none());
    assert_eq!(step.read(&FieldPath::of(&["settings", "elsewhere"])), None);
    assert!(Subject::of(&flow, "step_99").is_none());
}

#[test]
fn whether_an_expression_is_typed_and_which_fields_there_are_is_kept() {
    let mut subject = Subject::of(&flow(), "step_8").unwrap();
    subject.set_dynamic("channel", true);
    assert!(subject.call().unwrap().is_dynamic("channel"));
    subject.keep_schema("channel", json!({ "a": {} }));
    assert!(subject.call().unwrap().is_dynamic("channel"));
    assert_eq!(subject.schema("channel"), Some(&json!({ "a": {} })));
    subject.set_dynamic("channel", false);
    assert!(!subject.call().unwrap().is_dynamic("channel"));
}

#[test]
fn an_edit_of_a_router_leaves_what_its_branches_hold() {
    let mut flow = flow();
    let mut subject = Subject::of(&flow, "step_2").unwrap();
    act(subject.groups_mut(0).unwrap(), Deed::Or);
    let (_, ops) = subject.edit("the conditions");
    assert!(matches!(ops.as_slice(), [Op::UpdateAction { .. }]));
    for op in ops {
        apply(&mut flow, op).unwrap();
    }
    let Kind::Router(router) = &flow.step("step_2").unwrap().kind else { panic!() };
    assert_eq!(router.branches[0].chain.len(), 2);
    assert!(matches!(&router.branches[0].kind, BranchKind::Condition(groups) if groups.len() == 1));
}

#[test]
fn every_operator_is_in_one_group_and_has_words_of_its_own() {
    let grouped: Vec<Operator> = GROUPS.iter().flat_map(|(_, operators)| operators.iter().copied()).collect();
    for operator in Operator::ALL {
        assert_eq!(grouped.iter().filter(|one| *one == operator).count(), 1, "{operator:?}");
        let same = Operator::ALL.iter().filter(|one| words(**one) == words(*operator));
        assert_eq!(same.count(), 1, "{operator:?}");
        // What takes a number or a list says so in its name on the wire.
        let wanted = wants(*operator).wants().first().map(|hint| format!("{hint:?}").to_uppercase());
        if let Some(wanted) = wanted.filter(|wanted| wanted != "TEXT") {
            assert!(operator.word().starts_with(&wanted), "{operator:?} wants {wanted}");
        }
    }
    assert_eq!(grouped.len(), Operator::ALL.len());
}

#[test]
fn every_operator_can_be_chosen_and_takes_what_it_takes() {
    for operator in Operator::ALL {
        let mut groups =
            vec![vec![Condition { case_sensitive: Some(true), ..Condition::new("a", Operator::TextContains, "b") }]];
        act(&mut groups, Deed::Compare(0, 0, *operator));
        let condition = &groups[0][0];
        assert_eq!(condition.operator, Some(*operator));
        assert_eq!(condition.second.is_some(), operator.takes_second(), "{operator:?}");
        assert_eq!(condition.case_sensitive.is_some(), operator.takes_case(), "{operator:?}");
        // And back: the right side is there to be filled in again.
        act(&mut groups, Deed::Compare(0, 0, Operator::TextContains));
        assert!(groups[0][0].second.is_some());
    }
}

#[test]
fn groups_are_rows_and_no_group_stays_empty() {
    let mut groups = Vec::new();
    act(&mut groups, Deed::Or);
    act(&mut groups, Deed::And(0));
    act(&mut groups, Deed::Or);
    let shown = rows(&groups);
    assert_eq!(
        shown,
        [Row::Condition(0, 0), Row::Condition(0, 1), Row::End(0), Row::Or(1), Row::Condition(1, 0), Row::End(1)]
    );
    act(&mut groups, Deed::Remove(0, 1));
    act(&mut groups, Deed::Remove(0, 0));
    assert_eq!(groups.len(), 1);
    act(&mut groups, Deed::Remove(7, 7));
    act(&mut groups, Deed::And(7));
    act(&mut groups, Deed::Case(0, 9, true));
    assert_eq!(groups.len(), 1);
    act(&mut groups, Deed::Case(0, 0, true));
    assert_eq!(groups[0][0].case_sensitive, Some(true));
    // A group that a server left empty goes when another begins.
    let mut empty = vec![Vec::new()];
    act(&mut empty, Deed::Or);
    assert_eq!(empty.len(), 1);
}

#[test]
fn what_is_no_longer_offered_is_kept_and_marked() {
    let choice = |label: &str, value: Value| Choice { label: label.to_owned(), value };
    let options =
        Options { options: vec![choice("One", json!(1)), choice("Two", json!({ "id": 2 }))], ..Options::default() };
    let label = |value: Value, known: bool| {
        let look = chosen(&value, &options, known);
        (look.label, look.is_gone)
    };
    assert_eq!(label(json!({ "id": 2 }), true), ("Two".to_owned(), false));
    assert_eq!(label(json!("C9"), true), ("C9".to_owned(), true));
    // Nothing is gone while the answer is on its way, or where nothing can be chosen as yet.
    assert_eq!(label(json!("C9"), false), ("C9".to_owned(), false));
    let disabled = Options { disabled: true, ..options.clone() };
    assert!(!chosen(&json!("C9"), &disabled, true).is_gone);
    assert!(!chosen(&json!("C9"), &Options::default(), true).is_gone);
    assert_eq!(toggled(&json!(["a"]), json!("b")), json!(["a", "b"]));
    assert_eq!(toggled(&json!(["a", "b"]), json!("a")), json!(["b"]));
    assert_eq!(toggled(&Value::Null, json!("a")), json!(["a"]));
}

#[test]
fn a_name_is_changed_unless_it_is_taken() {
    let map = json!({ "a": 2, "b": 1, "name_3": 3 }).as_object().unwrap().clone();
    assert_eq!(Value::Object(renamed(&map, "b", "c")), json!({ "a": 2, "c": 1, "name_3": 3 }));
    for refused in ["a", "", "  "] {
        assert_eq!(renamed(&map, "b", refused), map, "{refused:?}");
    }
    assert_eq!(free_name(&map), "name_4");
    assert_eq!(free_name(&json!({ "name_2": 1 }).as_object().unwrap().clone()), "name_3");
    let list = [json!(1), json!(2), json!(3)];
    assert_eq!(moved(&list, 2, 0), [json!(3), json!(1), json!(2)]);
    assert_eq!(moved(&list, 3, 0), list);
    assert_eq!(moved(&list, 0, 3), list);
}

fn auth(kind: PropertyKind, props: Value) -> Property {
    let way = json!({ "type": kind.word(), "displayName": "Connection", "required": true, "props": props });
    serde_json::from_value(way).unwrap()
}

#[test]
fn each_way_to_sign_in_is_sent_as_the_command_wants_it() {
    let typed =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    let sent = |way: &Property, pairs: &[(&str, &str)]| {
        serde_json::from_str::<Value>(&value(way, &typed(pairs)).unwrap()).unwrap()
    };
    let secret = auth(PropertyKind::SecretText, Value::Null);
    assert_eq!(sent(&secret, &[("secret_text", "s3")]), json!({ "type": "SECRET_TEXT", "secret_text": "s3" }));
    assert_eq!(value(&secret, &[]).unwrap_err(), "Connection is missing. Fill it in.");
    let basic = auth(PropertyKind::BasicAuth, Value::Null);
    assert_eq!(
        sent(&basic, &[("username", "ann"), ("password", "p")]),
        json!({ "type": "BASIC_AUTH", "username": "ann", "password": "p" })
    );
    let custom = auth(
        PropertyKind::CustomAuth,
        json!({
            "TLS": { "displayName": "TLS", "type": "CHECKBOX", "required": true, "defaultValue": true },
            "host": { "displayName": "Host", "type": "SHORT_TEXT", "required": true },
            "password": { "displayName": "Password", "type": "SECRET_TEXT", "required": false },
            "port": { "displayName": "Port", "type": "STATIC_DROPDOWN", "required": true,
                      "options": { "options": [{ "label": "25", "value": 25 }] } }
        }),
    );
    assert_eq!(
        sent(&custom, &[("host", "mail"), ("password", "007"), ("port", "25")]),
        json!({ "type": "CUSTOM_AUTH", "props": { "host": "mail", "password": "007", "port": 25, "TLS": true } })
    );
    assert_eq!(value(&custom, &typed(&[("port", "25")])).unwrap_err(), "Host is missing. Fill it in.");
    let secrets: Vec<bool> = asked(&custom).unwrap().iter().map(|one| one.is_secret).collect();
    assert_eq!(secrets, [false, false, true, false]);
}

#[test]
fn ways_that_cannot_be_filled_in_here_say_why() {
    for kind in PropertyKind::ALL {
        let way = auth(*kind, Value::Null);
        let is_here = matches!(kind, PropertyKind::SecretText | PropertyKind::BasicAuth | PropertyKind::CustomAuth);
        assert_eq!(asked(&way).is_ok(), is_here, "{kind:?}");
    }
}

#[test]
fn a_way_through_the_browser_says_where_it_leads() {
    use contract::FlowPlace::{Here, Server};
    assert!(through_browser(Here, false).contains("connect yours under Automations"));
    assert!(through_browser(Server, false).ends_with("then choose it here."));
    for place in [Here, Server] {
        assert!(through_browser(place, true).ends_with("another way to sign in above."));
    }
}

#[test]
fn what_a_step_does_is_said_in_full_and_what_is_gone_by_its_name() {
    let options = [("send".to_owned(), "Send Message To A Channel".to_owned())];
    assert_eq!(chosen_words(&options, "send"), "Send Message To A Channel");
    assert_eq!(chosen_words(&options, "gone"), "gone");
    assert_eq!(chosen_words(&options, ""), "Choose…");
}

#[test]
fn a_connection_is_named_and_found_again() {
    for key in ["slack-main", "it's", r"back\slash"] {
        assert_eq!(named(&json!(reference(key))).as_deref(), Some(key));
    }
    assert_eq!(named(&json!("{{step_1['output']}}")), None);
    assert_eq!(named(&json!(3)), None);
}

#[test]
fn findings_stand_where_they_belong_and_do_not_repeat_themselves() {
    let finding = |field: FieldPath, message: &str| Finding {
        step: "step_8".into(),
        field,
        span: None,
        severity: Severity::Error,
        message: message.into(),
    };
    let found = [
        finding(input(&["channel"]), "Send it (step_8), Channel: it is required. Fill it in."),
        finding(input(&["more", "x"]), "Send it (step_8), X: this is no number. Type digits."),
        finding(
            FieldPath::of(&["settings", "pieceName"]),
            "Send it (step_8): the piece is not known here. Fetch the pieces again.",
        ),
        Finding { step: "step_1".into(), ..finding(input(&["channel"]), "Other") },
    ];
    let words = |at: &FieldPath, holds: bool| {
        at_field(&found, "step_8", at, holds).into_iter().map(|beside| beside.words).collect::<Vec<_>>()
    };
    assert_eq!(words(&input(&["channel"]), false), ["It is required. Fill it in."]);
    assert_eq!(words(&input(&["more"]), false), ["This is no number. Type digits."]);
    assert!(words(&input(&["more"]), true).is_empty());
    assert!(words(&input(&["mor"]), false).is_empty());
    let top = at_top(&found, "step_8");
    assert_eq!(top.len(), 1);
    assert_eq!(top[0].words, "The piece is not known here. Fetch the pieces again.");
    assert_eq!(
        brief("step_1", "Send (step_1), settings.input.a: there is no step x. Choose one."),
        "There is no step x. Choose one."
    );
    assert_eq!(brief("step_1", "Something else: yes."), "Something else: yes.");
    assert_eq!(brief("step_1", ""), "");
}
