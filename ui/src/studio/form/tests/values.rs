//! Every kind of property has a control; values go over to texts and back.

use flow::expr::TypeHint;
use flow::piece::{Property, PropertyKind};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::studio::form::choose;
use crate::studio::form::control::{Control, as_text, control, from_text, is_asked, is_expression};
use crate::studio::form::plain::{file_words, from_local, to_local};
use crate::studio::form::trial::{duration, of_step, payload};

fn property(kind: PropertyKind) -> Property {
    Property { kind, ..Property::default() }
}

#[test]
fn every_kind_of_property_has_its_control() {
    use Control as C;
    use PropertyKind as K;
    let expected = [
        (K::ShortText, C::Line),
        (K::LongText, C::Lines),
        (K::Markdown, C::Note),
        (K::Number, C::Number),
        (K::Checkbox, C::Tick),
        (K::DateTime, C::Moment),
        (K::File, C::File),
        (K::Color, C::Colour),
        (K::Json, C::Json),
        (K::Object, C::Pairs),
        (K::Array, C::Texts),
        (K::StaticDropdown, C::One),
        (K::StaticMultiSelectDropdown, C::Several),
        (K::Dropdown, C::One),
        (K::MultiSelectDropdown, C::Several),
        (K::Dynamic, C::Fields),
        (K::Custom, C::Raw),
        (K::OAuth2, C::Connection),
        (K::SecretText, C::Connection),
        (K::BasicAuth, C::Connection),
        (K::CustomAuth, C::Connection),
        (K::Unknown, C::Raw),
    ];
    assert_eq!(expected.len(), K::ALL.len());
    for (kind, wanted) in expected {
        assert!(K::ALL.contains(&kind));
        assert_eq!(control(&property(kind)), wanted, "{kind:?}");
    }
    let inner = [("a".to_owned(), property(K::ShortText))].into_iter().collect();
    assert_eq!(control(&Property { properties: inner, ..property(K::Array) }), C::Items);
    let asked: Vec<K> = K::ALL.iter().copied().filter(|kind| is_asked(*kind)).collect();
    assert_eq!(asked, [K::Dropdown, K::MultiSelectDropdown, K::Dynamic]);
}

/// A value of each control, as it is kept.
fn kept(control: Control) -> Vec<Value> {
    match control {
        Control::Line | Control::Lines | Control::Note | Control::File => vec![json!("a\nb"), json!("")],
        Control::Colour => vec![json!("#2266cc")],
        Control::Number => vec![json!(5), json!(-3), json!(2.5), json!("{{step_1['output']}}"), json!("five")],
        Control::Tick => vec![json!(true), json!(false)],
        Control::Moment => vec![json!("2026-11-21T09:00:00Z")],
        Control::Json | Control::Raw => vec![json!({ "a": [1, null] }), json!([]), json!("{ \"a\": {{step_1}} }")],
        Control::Pairs | Control::Fields => vec![json!({ "a": "b" })],
        Control::Texts | Control::Items | Control::Several => vec![json!(["a", { "b": 1 }])],
        Control::One => vec![json!(7), json!({ "id": 1 }), json!("GET"), json!(true)],
        Control::Connection => vec![json!("{{connections['x']}}")],
    }
}

#[test]
fn a_value_goes_over_to_a_text_and_back() {
    for kind in PropertyKind::ALL {
        let control = control(&property(*kind));
        for value in kept(control) {
            assert_eq!(from_text(control, &as_text(&value)), Some(value), "{kind:?}");
        }
    }
}

#[test]
fn a_text_that_says_nothing_is_no_value() {
    for control in [Control::Number, Control::Json, Control::Raw, Control::One, Control::Tick, Control::Connection] {
        assert_eq!(from_text(control, "  "), None, "{control:?}");
    }
    // An expression cannot be what these controls make.
    for control in
        [Control::Tick, Control::Pairs, Control::Fields, Control::Texts, Control::Items, Control::Several, Control::One]
    {
        assert_eq!(from_text(control, "{{step_1['output']}}"), None, "{control:?}");
    }
    // A number that JSON has no word for stays as typed, and is told to be none.
    assert_eq!(from_text(Control::Number, "inf"), Some(json!("inf")));
}

#[test]
fn an_expression_takes_the_place_of_a_control_and_not_of_a_text() {
    let reference = json!("{{step_1['output']}}");
    for kind in PropertyKind::ALL {
        let control = control(&property(*kind));
        let is_own = control.is_text() || control == Control::Connection;
        assert_eq!(is_expression(control, &reference, false), !is_own, "{kind:?}");
        assert_eq!(is_expression(control, &json!("x"), true), !is_own, "{kind:?}");
        assert!(!is_expression(control, &json!("x"), false), "{kind:?}");
    }
    assert_eq!(Control::Number.wants(), [TypeHint::Number]);
    assert!(Control::Line.wants().is_empty());
}

#[test]
fn a_moment_is_shown_in_the_persons_zone_and_kept_as_an_instant() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(to_local("2026-11-21T09:00:00Z", &zone), "2026-11-21T10:00");
    assert_eq!(from_local("2026-11-21T10:00", &zone).as_deref(), Some("2026-11-21T09:00:00Z"));
    assert_eq!(to_local("2026-07-01T09:00:00Z", &zone), "2026-07-01T11:00");
    assert_eq!(to_local("2026-11-21", &zone), "2026-11-21T00:00");
    for bad in ["", "tomorrow", "{{step_1}}"] {
        assert_eq!(to_local(bad, &zone), "", "{bad}");
        assert_eq!(from_local(bad, &zone), None, "{bad}");
    }
}

#[test]
fn a_file_of_the_flow_is_told_from_an_address() {
    assert_eq!(file_words("data:image/png;base64,AAAA").as_deref(), Some("A file of 3 B, image/png"));
    let large = ["data:;base64,", &"A".repeat(4_000)].concat();
    assert_eq!(file_words(&large).as_deref(), Some("A file of 3 kB, file"));
    assert_eq!(file_words("https://example.com/a.png"), None);
    assert_eq!(file_words("data:broken"), None);
}

#[test]
fn a_payload_has_a_name_and_is_json() {
    assert_eq!(payload(" An order ", "{ \"a\": 1 }"), Ok(("An order".to_owned(), "{\"a\":1}".to_owned())));
    assert!(payload("", "{}").unwrap_err().contains("name"));
    assert!(payload(&"x".repeat(81), "{}").unwrap_err().contains("80"));
    assert!(payload("x", "{ a }").unwrap_err().contains("no JSON"));
}

#[test]
fn a_step_shows_its_own_payloads_the_last_test_first() {
    let sample = |step: &str, name: &str| contract::Sample {
        step: step.into(),
        name: name.into(),
        value: "1".into(),
        at: jiff::Timestamp::UNIX_EPOCH,
        chosen: false,
    };
    let all = [sample("a", "Z"), sample("b", ""), sample("a", ""), sample("a", "B")];
    let names: Vec<String> = of_step(&all, "a").into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["", "B", "Z"]);
}

#[test]
fn a_duration_is_said_as_exactly_as_it_matters() {
    for (milliseconds, words) in
        [(0, "0 ms"), (999, "999 ms"), (1_000, "1.0 s"), (59_990, "59.9 s"), (61_000, "1 min 1 s")]
    {
        assert_eq!(duration(milliseconds), words);
    }
}

#[test]
fn a_choice_without_a_label_is_shown_as_its_value() {
    let options = flow::piece::Options::default();
    assert_eq!(choose::chosen(&json!(5), &options, true).label, "5");
}
