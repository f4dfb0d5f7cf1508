#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashSet;

use crate::commands::UpdateTodo;
use crate::*;

#[test]
fn every_command_has_its_own_name_and_a_sentence() {
    let mut seen = HashSet::new();
    for command in TABLE {
        assert!(seen.insert(command.name), "{} stands twice", command.name);
        assert!(command.name.split_once('.').is_some(), "{} is not noun.verb", command.name);
        assert!(command.summary.ends_with('.') && command.summary.len() > 10, "{} is not documented", command.name);
        assert_eq!(find(command.name).unwrap().name, command.name);
    }
    let tools = TABLE.iter().filter(|command| command.tool).count();
    assert!(tools >= 20, "{tools} tools");
}

#[test]
fn a_read_touches_nothing_and_a_write_says_what_it_touches() {
    for command in TABLE {
        match command.effect {
            Effect::Read => assert!(command.invalidates.is_empty(), "{} reads and yet touches", command.name),
            Effect::Remote => assert!(!command.invalidates.is_empty(), "{} touches nothing", command.name),
            Effect::Local | Effect::Manage | Effect::Destructive => {}
        }
    }
}

#[test]
fn ids_beyond_the_numbers_of_javascript_come_through_exactly() {
    let id = RecordingId((1 << 53) + 1);
    assert_eq!(serde_json::to_string(&id).unwrap(), "\"9007199254740993\"");
    for text in ["\"9007199254740993\"", "9007199254740993"] {
        assert_eq!(serde_json::from_str::<RecordingId>(text).unwrap(), id);
    }
    for bad in ["\"\"", "1.5", "null", "\"9223372036854775808\"", "9223372036854775808"] {
        assert!(serde_json::from_str::<RecordingId>(bad).is_err(), "{bad} was taken for an id");
    }
}

#[test]
fn leaving_a_field_out_keeps_it_and_null_clears_it() {
    let parse = |text: &str| serde_json::from_str::<UpdateTodo>(text).unwrap();
    assert_eq!(parse(r#"{"id":"1"}"#).due_on, None);
    assert_eq!(parse(r#"{"id":"1","due_on":null}"#).due_on, Some(None));
    let set = parse(r#"{"id":"1","due_on":"2026-11-24"}"#);
    assert_eq!(set.due_on, Some(Some(jiff::civil::date(2026, 11, 24))));
    for update in [parse(r#"{"id":"1"}"#), parse(r#"{"id":"1","due_on":null}"#), set] {
        assert_eq!(parse(&serde_json::to_string(&update).unwrap()), update);
    }
    assert!(serde_json::from_str::<UpdateTodo>(r#"{"id":"1","duo_on":null}"#).is_err(), "a misspelt field was ignored");
}

#[test]
fn kinds_and_their_wire_names_are_one_to_one() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_wire(kind.wire()), Some(*kind));
    }
    assert_eq!(Kind::from_wire("Inbox::Forward"), None);
}

#[test]
fn a_secret_does_not_show_itself() {
    let typed =
        commands::SignInWithToken { token: SecretText::new("canary-71"), account: None, api: None, launchpad: None };
    assert!(!format!("{typed:?}").contains("canary"));
}

#[test]
fn a_line_that_knows_of_nothing_sealed_is_read_and_written_as_ever() {
    let text = r#"{"item":"answered","text":"Yes.","calls":[],"cut_short":false}"#;
    let item: Item = serde_json::from_str(text).unwrap();
    assert_eq!(item, Item::Answered { text: "Yes.".into(), calls: vec![], cut_short: false, sealed: None });
    assert_eq!(serde_json::to_string(&item).unwrap(), text);
}
