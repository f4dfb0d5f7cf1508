#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Call, CallId, CallState, CallView, Decision, Effect, Preview, Scope, TurnId};

use super::{Picks, Press};

fn call(id: i64, fingerprint: &str, refusal: Option<&str>) -> CallView {
    CallView {
        call: Call { id: CallId(id), tool: "todo.move".into(), input: "{}".into() },
        turn: TurnId(1),
        title: "Move it".into(),
        effect: Effect::Remote,
        state: CallState::Asked,
        fingerprint: fingerprint.into(),
        preview: Some(Preview { refusal: refusal.map(str::to_owned), ..Preview::default() }),
        output: String::new(),
        output_length: 0,
        sets: Vec::new(),
        made_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        decided_at: None,
        started_at: None,
        ended_at: None,
    }
}

fn three() -> Picks {
    let mut picks = Picks::default();
    picks.meet(&[call(1, "a", None), call(2, "b", None), call(3, "c", None)]);
    picks
}

#[test]
fn keys_choose_row_by_row_and_enter_sends_what_was_chosen() {
    let mut picks = three();
    assert_eq!(picks.press("ArrowDown"), Some(Press::Done));
    assert_eq!(picks.press(" "), Some(Press::Done));
    assert_eq!(picks.allowed(), 2);
    assert_eq!(picks.press("Enter"), Some(Press::Send));
    let sent = picks.chosen();
    let shown: Vec<(&str, bool)> =
        sent.iter().map(|one| (one.fingerprint.as_str(), one.decision == Decision::Allow)).collect();
    assert_eq!(shown, [("a", true), ("b", false), ("c", true)]);
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"] {
        picks.press(key);
    }
    assert_eq!(picks.place, 2, "the last row is the last");
    assert_eq!(picks.press("d"), Some(Press::Deny));
    assert_eq!(picks.press("E"), Some(Press::Edit));
    assert_eq!(picks.press("q"), None);
    assert_eq!(picks.press("Escape"), None, "Esc decides nothing");
}

#[test]
fn a_choice_holds_for_what_was_shown_and_nothing_else() {
    let mut picks = three();
    picks.list[0].allow = false;
    picks.list[0].why = " not today ".into();
    picks.list[1].remember = Some(Scope::Always);
    picks.meet(&[call(1, "a", None), call(2, "other", None)]);
    assert!(!picks.list[0].allow, "the same input keeps its choice");
    assert_eq!(picks.list[1].remember, None, "another input is another question");
    assert_eq!(picks.chosen()[0].decision, Decision::Deny { why: "not today".into() });
    assert_eq!(picks.chosen()[1].fingerprint, "other");
}

#[test]
fn what_would_be_refused_is_not_chosen_from_the_start() {
    let mut picks = Picks::default();
    picks.meet(&[call(1, "a", Some("The list is gone.")), call(2, "b", None)]);
    assert_eq!(picks.allowed(), 1);
    assert!(matches!(picks.chosen()[0].decision, Decision::Deny { .. }));
}

#[test]
fn an_edited_call_runs_as_it_was_left_and_is_not_remembered() {
    let mut picks = three();
    picks.list[0].edited = Some((r#"{"id":"9"}"#.into(), Preview::default()));
    picks.list[0].remember = Some(Scope::Conversation);
    picks.list[1].remember = Some(Scope::Conversation);
    let sent = picks.all(true);
    assert_eq!(sent[0].decision, Decision::AllowEdited { input: r#"{"id":"9"}"#.into() });
    assert_eq!((sent[0].remember, sent[1].remember), (None, Some(Scope::Conversation)));
    assert!(picks.all(false).iter().all(|one| one.remember.is_none() && matches!(one.decision, Decision::Deny { .. })));
}

#[test]
fn no_key_leads_out_of_the_card() {
    let mut picks = Picks::default();
    for key in ["ArrowDown", "ArrowUp", "Home", "End", " ", "j", "k"] {
        picks.press(key);
        assert_eq!(picks.place, 0, "{key} on an empty card");
    }
}
