//! Grants, rules, days of approvals, memories, models.

use jiff::tz::TimeZone;

use super::assistant::{answered, call, result, step};
use super::*;
use crate::{AppStore, CallDecided, CallRow, NewModel, Step, StoreError};

#[tokio::test]
async fn grants_hold_where_they_were_given_and_once_is_enough() {
    let desk = Desk::new().await;
    let store = &desk.store;
    let one = store.start_conversation(None).await.unwrap().id;
    let other = store.start_conversation(None).await.unwrap().id;
    let here = store.remember_grant("todo.edit", Some("7"), "Site", Scope::Conversation, one).await.unwrap();
    let always = store.remember_grant("todo.edit", Some("8"), "Shop", Scope::Always, one).await.unwrap();
    let free = store.remember_grant("todo.edit", None, "", Scope::Conversation, one).await.unwrap();
    assert_eq!((here.conversation, here.scope, here.used_at), (Some(one), Scope::Conversation, None));
    for (target, scope, wanted) in [
        (Some("7"), Scope::Conversation, &here),
        (Some("8"), Scope::Always, &always),
        (None, Scope::Conversation, &free),
    ] {
        let again = store.remember_grant("todo.edit", target, "another title", scope, one).await.unwrap();
        assert_eq!(&again, wanted);
    }
    let again = store.remember_grant("todo.edit", Some("8"), "Shop", Scope::Always, other).await.unwrap();
    assert_eq!(again, always, "for good is for good everywhere");
    let empty = store.remember_grant("todo.edit", Some(""), "", Scope::Conversation, one).await.unwrap();
    assert_ne!(empty.id, free.id, "no target is not an empty one");
    let there = store.remember_grant("todo.edit", Some("7"), "Site", Scope::Conversation, other).await.unwrap();
    assert_eq!(store.grants().await.unwrap().len(), 5);
    assert_eq!(store.grants_for("todo.edit", one).await.unwrap(), [here.clone(), always.clone(), free, empty]);
    assert_eq!(store.grants_for("todo.edit", other).await.unwrap(), [always.clone(), there.clone()]);
    assert!(store.grants_for("todo.EDIT", one).await.unwrap().is_empty());

    store.grant_used(here.id).await.unwrap();
    store.grant_used(GrantId(99)).await.unwrap();
    let used = store.grants_for("todo.edit", one).await.unwrap().remove(0).used_at.unwrap();
    assert!(used > here.made_at);
    store.delete_conversation(one).await.unwrap();
    let left = store.grants().await.unwrap();
    assert_eq!(left.iter().map(|grant| grant.id).collect::<Vec<_>>(), [there.id, always.id]);
    assert_eq!(left[1].conversation, None, "it holds on, though the conversation is gone");
    store.revoke_grant(always.id).await.unwrap();
    assert!(matches!(store.revoke_grant(always.id).await, Err(StoreError::NoGrant(_))));
    let next = store.remember_grant("x", None, "", Scope::Always, other).await.unwrap();
    let desk = desk.killed().await;
    assert_eq!(desk.store.grants().await.unwrap(), [next, there]);
}

#[tokio::test]
async fn a_rule_for_a_tool_is_the_last_one_chosen() {
    let desk = Desk::new().await;
    for rule in [Rule::Ask, Rule::Allow, Rule::Forbid] {
        desk.store.set_tool_rule("todo.edit", Some(rule)).await.unwrap();
        assert_eq!(desk.store.tool_rules().await.unwrap(), [("todo.edit".to_owned(), rule)]);
    }
    desk.store.set_tool_rule("a", Some(Rule::Ask)).await.unwrap();
    desk.store.set_tool_rule("todo.edit", None).await.unwrap();
    let desk = desk.killed().await;
    assert_eq!(desk.store.tool_rules().await.unwrap(), [("a".to_owned(), Rule::Ask)]);
}

#[tokio::test]
async fn approvals_are_counted_on_the_days_of_a_zone() {
    let desk = Desk::new().await;
    let id = desk.store.start_conversation(None).await.unwrap().id;
    let made: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let rows: Vec<CallRow> = [
        (Some("2026-11-19T22:59:59Z"), Some(CallDecided::Allowed)),
        (Some("2026-11-19T23:00:00Z"), Some(CallDecided::Allowed)),
        (Some("2026-11-20T22:59:59.999999Z"), Some(CallDecided::Denied)),
        (Some("2026-11-20T23:00:00Z"), Some(CallDecided::Denied)),
        (None, Some(CallDecided::Unasked)),
        (None, None),
        // The night in which the clocks go forward.
        (Some("2026-03-28T23:30:00Z"), Some(CallDecided::Allowed)),
        (Some("2026-03-29T21:59:59Z"), Some(CallDecided::Allowed)),
        (Some("2026-03-29T22:00:00Z"), Some(CallDecided::Allowed)),
    ]
    .into_iter()
    .zip(0..)
    .map(|((decided, decision), id)| {
        let mut row = CallRow { decision, ..call(id, 1) };
        row.view.made_at = made;
        row.view.decided_at = decided.map(|at: &str| at.parse().unwrap());
        row
    })
    .collect();
    let made = answered(&rows.iter().collect::<Vec<_>>());
    let items = [made].into_iter().chain((0..9).map(result)).collect();
    desk.store.keep(id, &Step { calls: rows, ..step(1, items) }).await.unwrap();
    let days = async |zone: &str, most: u32| -> Vec<(String, [u32; 3])> {
        let zone = TimeZone::get(zone).unwrap();
        let days = desk.store.approval_days(&zone, most).await.unwrap();
        days.into_iter().map(|day| (day.date.to_string(), [day.allowed, day.denied, day.unasked])).collect()
    };
    let day = |date: &str, counts: [u32; 3]| (date.to_owned(), counts);
    let berlin = [
        day("2026-11-21", [0, 1, 0]),
        day("2026-11-20", [1, 1, 0]),
        day("2026-11-19", [1, 0, 0]),
        day("2026-03-30", [1, 0, 0]),
        day("2026-03-29", [2, 0, 0]),
        day("2026-03-01", [0, 0, 1]),
    ];
    assert_eq!(days("Europe/Berlin", 14).await, berlin);
    assert_eq!(days("Europe/Berlin", 2).await, berlin[..2]);
    assert_eq!(days("Europe/Berlin", 0).await, []);
    let utc = [day("2026-11-20", [0, 2, 0]), day("2026-11-19", [2, 0, 0])];
    assert_eq!(days("UTC", 2).await, utc);

    let every = days("UTC", 99).await;
    let branch = desk.store.branch_conversation(id, 10).await.unwrap();
    assert_eq!(desk.store.calls_of(branch.id, &[TurnId(1)]).await.unwrap().len(), 9);
    assert_eq!(days("UTC", 99).await, every, "a branch decides nothing again");
    desk.store.delete_conversation(branch.id).await.unwrap();
    desk.store.delete_conversation(id).await.unwrap();
    assert_eq!(days("UTC", 99).await, []);
}

#[tokio::test]
async fn memories_are_pending_until_kept_and_never_twice() {
    let desk = Desk::new().await;
    let store = &desk.store;
    let id = store.start_conversation(None).await.unwrap().id;
    let assistant = Origin::Assistant { conversation: id };
    let first = store.add_memory("  The designer\nis Ana ", &assistant, true).await.unwrap();
    assert_eq!((first.text.as_str(), first.pending, &first.origin), ("The designer\nis Ana", true, &assistant));
    let again = store.add_memory("the DESIGNER is ana", &assistant, true).await.unwrap();
    assert_eq!(again, first);
    let other = store.add_memory("The designer is Ben", &Origin::Person, false).await.unwrap();
    assert_eq!(other.conflicts, [first.id], "whoever adds it learns of it at once");
    let all = store.memories().await.unwrap();
    assert_eq!(all.iter().map(|memory| memory.id).collect::<Vec<_>>(), [other.id, first.id]);
    assert_eq!(all[1].conflicts, [other.id]);
    let kept = store.keep_memory(first.id).await.unwrap();
    assert!(!kept.pending && kept.changed_at == first.changed_at && kept.origin == assistant);
    let again = store.add_memory("The designer is Ana", &assistant, true).await.unwrap();
    assert!(!again.pending, "said again, it is still kept");

    let wish = store.add_memory("I like short answers", &assistant, true).await.unwrap();
    let said = store.add_memory("i like SHORT answers", &Origin::Person, false).await.unwrap();
    assert_eq!((said.id, said.pending), (wish.id, false), "a person who says the same keeps it");
    let edited = store.edit_memory(other.id, "The tester is Ben").await.unwrap();
    assert!(edited.conflicts.is_empty() && edited.changed_at > edited.made_at);
    let pending = store.add_memory("Draft", &assistant, true).await.unwrap();
    assert!(store.edit_memory(pending.id, "Draft 2").await.unwrap().pending, "changed is not yet kept");
    let merged = store.edit_memory(pending.id, "the  tester is ben").await.unwrap();
    assert_eq!((merged.id, merged.pending, merged.text.as_str()), (pending.id, false, "the  tester is ben"));
    assert_eq!(store.memories().await.unwrap().len(), 3);
    let same = store.edit_memory(pending.id, "The tester is Ben").await.unwrap();
    assert_eq!(same.text, "The tester is Ben");

    store.memories_used(&[first.id, MemoryId(99)]).await.unwrap();
    store.delete_conversation(id).await.unwrap();
    let desk = desk.killed().await;
    let all = desk.store.memories().await.unwrap();
    let used: Vec<(MemoryId, bool)> = all.iter().map(|memory| (memory.id, memory.used_at.is_some())).collect();
    assert_eq!(used, [(pending.id, false), (wish.id, false), (first.id, true)]);
    assert_eq!(all[2].origin, assistant, "where it came from is remembered after the conversation is gone");
    desk.store.forget_memory(pending.id).await.unwrap();
    let no = |error: StoreError| assert!(matches!(error, StoreError::NoMemory(_)), "{error:?}");
    no(desk.store.forget_memory(pending.id).await.unwrap_err());
    no(desk.store.keep_memory(other.id).await.unwrap_err());
    no(desk.store.edit_memory(other.id, "I like short answers").await.unwrap_err());
    assert_eq!(desk.store.memories().await.unwrap().len(), 2, "an edit of nothing merged nothing");
    assert!(desk.store.add_memory("Draft", &Origin::Person, false).await.unwrap().id > pending.id);
}

#[tokio::test]
async fn models_are_kept_and_a_fallback_on_none_is_left() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("app.db");
    let app = AppStore::open(&path, clock()).await.unwrap();
    let new = |label: &str, vendor, fallback| NewModel {
        label: label.into(),
        vendor,
        base: String::new(),
        model: "m-1".into(),
        fallback,
    };
    let first = app.add_model(&new("One", Vendor::Anthropic, Some(ModelId::BUILT_IN))).await.unwrap();
    let second = app.add_model(&new("Two", Vendor::Compatible, Some(first.id))).await.unwrap();
    assert!(first.id > ModelId::BUILT_IN && !first.has_key);
    let changed = app.change_model(first.id, &new("Uno", Vendor::Ollama, None)).await.unwrap();
    assert_eq!((changed.id, changed.vendor, changed.fallback), (first.id, Some(Vendor::Ollama), None));
    app.close().await;
    let app = AppStore::open(&path, clock()).await.unwrap();
    assert_eq!(app.models().await.unwrap(), [changed, second.clone()]);
    app.remove_model(first.id).await.unwrap();
    app.remove_model(second.id).await.unwrap();
    let third = app.add_model(&new("Three", Vendor::Gemini, None)).await.unwrap();
    assert!(third.id > second.id, "ids are never given again");
    let fourth = app.add_model(&new("Four", Vendor::Openrouter, Some(third.id))).await.unwrap();
    app.remove_model(third.id).await.unwrap();
    assert_eq!(app.models().await.unwrap(), [ModelEntry { fallback: None, ..fourth }]);
    assert!(matches!(app.remove_model(third.id).await, Err(StoreError::NoModel(_))));
    let changed = app.change_model(third.id, &new("x", Vendor::Openai, None)).await;
    assert!(matches!(changed, Err(StoreError::NoModel(_))));
}
