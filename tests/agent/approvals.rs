//! What the assistant may do, asked for and unasked; and that what was not allowed is not done.

use contract::commands::{Decide, RevokeGrant, SetToolRule, ShowConversation, ShowPermissions};
use contract::{CallState, Code, Decision, Item, Outcome, Reversible, Rule, Scope, TurnStage};
use serde_json::{Value, json};

use super::talk::{answer, decision, outcome, remembered, sound};
use crate::stories::server::{apart, facts, same};
use crate::support::{Desk, Reply, Scene, Scripted};

fn complete(id: contract::RecordingId) -> (&'static str, Value) {
    ("todo.complete", json!({ "id": id }))
}

fn postpone(id: contract::RecordingId) -> (&'static str, Value) {
    ("todo.update", json!({ "id": id, "due_on": "2026-12-11" }))
}

fn comment(id: contract::RecordingId, text: &str) -> (&'static str, Value) {
    ("comment.add", json!({ "item": id, "body": text }))
}

/// A desk whose model makes these calls in one reply, and then says that it is done.
async fn batch(calls: impl Fn(&Scene) -> Vec<(&'static str, Value)>) -> (Desk, Scene, Scripted) {
    let (desk, scene) = Desk::with_scene().await;
    let model = Scripted::saying(vec![Reply::calls(calls(&scene)), Reply::says("All done.")]).await;
    desk.connects(&model).await;
    (desk, scene, model)
}

#[tokio::test]
async fn reading_asks_nobody_and_writes_nothing() {
    let (desk, scene, model) = batch(|_| vec![("task.find", json!({ "text": "Paint" }))]).await;
    let (before, writes) = (facts(&desk), desk.writes_seen());
    let talk = desk.talks().await;
    let view = talk.says("What about the sign?").await;
    sound(&view);
    assert_eq!((answer(&view).as_str(), view.conversation.stage), ("All done.", TurnStage::Idle));
    let Outcome::Returned(told) = outcome(&view, view.calls[0].call.id) else { panic!("{view:?}") };
    assert!(told.contains("Paint the sign") && told.contains(&scene.second.to_string()), "{told}");
    same(&before, &facts(&desk), "a question");
    assert_eq!(desk.writes_seen(), writes);
    let asked = model.asked();
    assert_eq!(asked.len(), 2);
    let messages = asked[1]["messages"].as_array().unwrap();
    assert_eq!(messages[0]["role"], "system");
    assert!(messages.last().unwrap()["content"].as_str().unwrap().contains("Paint the sign"), "{messages:#?}");
    assert!(asked[0]["tools"].as_array().unwrap().len() >= 20);
}

#[tokio::test]
async fn of_a_batch_what_is_allowed_is_done_and_the_rest_is_not_and_undo_takes_it_back() {
    let (desk, scene, model) =
        batch(|scene| vec![complete(scene.second), postpone(scene.todo), comment(scene.third, "Is it done?")]).await;
    let (before, writes) = (facts(&desk), desk.writes_seen());
    let talk = desk.talks().await;
    let view = talk.says("Tidy up.").await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting);
    let card = talk.waiting().await;
    assert_eq!(card.len(), 3);
    let previews: Vec<_> = card.iter().map(|call| call.preview.clone().unwrap()).collect();
    assert_eq!(previews[0].summary, "Complete “Paint the sign”");
    assert_eq!(previews[0].reversible, Some(Reversible::Undoable));
    let due = previews[1].changes[0].fields.iter().find(|field| field.field == "due_on").unwrap();
    assert_eq!((due.before.as_str(), due.after.as_str()), ("2026-12-04", "2026-12-11"));
    assert!(previews[2].subscribers && previews[2].reversible == Some(Reversible::Compensable));
    same(&before, &facts(&desk), "while the card waits");
    assert_eq!(desk.writes_seen(), writes, "something was sent before it was allowed");

    let view = talk
        .decides(|call| match call.call.tool.as_str() {
            "comment.add" => Decision::Deny { why: "They know.".into() },
            _ => Decision::Allow,
        })
        .await;
    sound(&view);
    desk.nothing_waits().await;
    assert_eq!((answer(&view).as_str(), view.conversation.stage), ("All done.", TurnStage::Idle));
    let after = facts(&desk);
    assert!(after[&scene.second.0].completed && after[&scene.todo.0].due_on == Some("2026-12-11".parse().unwrap()));
    assert!(!apart(&before, &after).iter().any(|line| line.contains("Is it done?")), "a comment that was denied");
    assert_eq!(outcome(&view, card[2].call.id), Outcome::Denied("They know.".into()));
    let told = model.asked()[1]["messages"].to_string();
    assert!(told.contains("They know."), "the model hears why");

    // Each write is in the history with its run, and undo restores what was.
    let run = format!("agent:{}.{}", talk.id, view.lines[0].turn);
    let mine: Vec<_> = desk.history().await.into_iter().filter(|entry| entry.who == run).collect();
    assert_eq!(mine.len(), 2, "{run}");
    let sets: Vec<_> = view.calls.iter().flat_map(|call| call.sets.clone()).collect();
    assert_eq!(sets.len(), 2);
    for set in sets.iter().rev() {
        desk.undoes(*set).await;
        desk.settles().await;
    }
    same(&before, &facts(&desk), "after undo");
}

#[tokio::test]
async fn nothing_runs_twice_stale_or_otherwise_than_it_was_shown() {
    let (desk, scene, _model) = batch(|scene| vec![comment(scene.todo, "Once")]).await;
    let talk = desk.talks().await;
    let _ = talk.says("Comment on it.").await;
    let card = talk.waiting().await.remove(0);
    let decide = |decision| Decide { conversation: talk.id, decisions: vec![decision] };

    let other = contract::commands::CallDecision { fingerprint: "0".repeat(32), ..decision(&card, Decision::Allow) };
    desk.is_refused(decide(other), Code::Conflict).await;
    let unknown = contract::commands::CallDecision { call: contract::CallId(99), ..decision(&card, Decision::Allow) };
    desk.is_refused(decide(unknown), Code::NotFound).await;
    let bad = Decision::AllowEdited { input: "{\"item\": 7, \"boddy\": \"x\"}".into() };
    desk.is_refused(decide(decision(&card, bad)), Code::Invalid).await;
    assert_eq!(talk.waiting().await.len(), 1, "it still waits");

    let (first, second) = (decision(&card, Decision::Allow), decision(&card, Decision::Allow));
    let (one, two) = tokio::join!(desk.tries(decide(first)), desk.tries(decide(second)));
    assert!(one.is_ok() || two.is_ok());
    let view = talk.settles().await;
    sound(&view);
    desk.nothing_waits().await;
    let comments = facts(&desk).into_values().filter(|fact| fact.body.contains("Once")).count();
    assert_eq!(comments, 1);
    desk.is_refused(decide(decision(&card, Decision::Allow)), Code::Conflict).await;
    assert_eq!(desk.shows(scene.todo).await.comments.len(), 1);
}

#[tokio::test]
async fn what_was_edited_before_it_was_allowed_is_what_runs() {
    let (desk, scene, _model) = batch(|scene| vec![postpone(scene.todo)]).await;
    let talk = desk.talks().await;
    let _ = talk.says("Later, please.").await;
    let edited = json!({ "id": scene.todo, "due_on": "2026-12-18" }).to_string();
    let view = talk.decides(|_| Decision::AllowEdited { input: edited.clone() }).await;
    assert_eq!(view.calls[0].call.input, edited);
    desk.nothing_waits().await;
    assert_eq!(facts(&desk)[&scene.todo.0].due_on, Some("2026-12-18".parse().unwrap()));
}

#[tokio::test]
async fn an_approval_is_remembered_for_that_tool_and_target_alone_until_it_is_taken_back() {
    let (desk, scene) = Desk::with_scene().await;
    let again = |id| Reply::calls(vec![postpone(id)]);
    let model = Scripted::saying(vec![
        again(scene.todo),
        Reply::says("1"),
        again(scene.todo),
        Reply::says("2"),
        again(scene.second),
        Reply::says("3"),
        Reply::calls(vec![("todo.update", json!({ "id": scene.todo, "title": "Unasked" }))]),
        Reply::says("4"),
        again(scene.todo),
        Reply::says("5"),
    ])
    .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let _ = talk.says("first").await;
    let card = talk.waiting().await.remove(0);
    let decisions = vec![remembered(&card, Scope::Conversation)];
    desk.does(Decide { conversation: talk.id, decisions }).await;
    let view = talk.settles().await;
    assert_eq!(view.conversation.stage, TurnStage::Idle);

    let view = talk.says("the same").await;
    assert_eq!((answer(&view).as_str(), view.conversation.stage), ("2", TurnStage::Idle), "it is remembered");
    let view = talk.says("another target").await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting, "what was allowed for one item says nothing of another");
    let _ = talk.denies_all().await;

    // Another conversation knows nothing of it.
    let permissions = desk.does(ShowPermissions {}).await;
    assert_eq!(permissions.grants.len(), 1);
    assert!(permissions.grants[0].used_at.is_some());
    let today = &permissions.days[0];
    assert_eq!((today.allowed, today.denied, today.unasked), (1, 1, 1));
    desk.does(RevokeGrant { id: permissions.grants[0].id }).await;
    let view = talk.says("after it was taken back").await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting);
    let _ = talk.denies_all().await;
    assert_ne!(desk.shows(scene.todo).await.item.title, "Unasked");
}

#[tokio::test]
async fn who_has_read_what_others_wrote_must_ask_before_anything_reaches_others() {
    let (desk, scene) = Desk::with_scene().await;
    let model = Scripted::saying(vec![
        Reply::calls(vec![comment(scene.todo, "First")]),
        Reply::says("1"),
        Reply::calls(vec![comment(scene.todo, "Second")]),
        Reply::says("2"),
        Reply::calls(vec![("item.show", json!({ "id": scene.todo }))]),
        Reply::calls(vec![comment(scene.todo, "Third")]),
        Reply::says("3"),
    ])
    .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let _ = talk.says("comment").await;
    let card = talk.waiting().await.remove(0);
    desk.does(Decide { conversation: talk.id, decisions: vec![remembered(&card, Scope::Always)] }).await;
    let _ = talk.settles().await;
    // In a conversation that has read nothing yet, what is remembered counts.
    let fresh = desk.talks().await;
    let view = fresh.says("comment again").await;
    assert_eq!(view.conversation.stage, TurnStage::Idle, "remembered for always");
    let view = fresh.says("look at it, and comment").await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting, "it has read what others wrote");
    let _ = fresh.denies_all().await;
    desk.settles().await;
    assert!(!facts(&desk).values().any(|fact| fact.body.contains("Third")));
}

#[tokio::test]
async fn a_tool_that_is_forbidden_is_never_used_and_one_that_need_not_ask_does_not() {
    let (desk, scene, model) = batch(|scene| vec![complete(scene.second), postpone(scene.todo)]).await;
    desk.does(SetToolRule { tool: "todo.complete".into(), rule: Some(Rule::Forbid) }).await;
    desk.does(SetToolRule { tool: "todo.update".into(), rule: Some(Rule::Allow) }).await;
    desk.is_refused(SetToolRule { tool: "chat.decide".into(), rule: Some(Rule::Allow) }, Code::Invalid).await;
    let talk = desk.talks().await;
    let view = talk.says("Tidy up.").await;
    assert_eq!(view.conversation.stage, TurnStage::Idle, "nothing had to be asked");
    assert!(matches!(outcome(&view, view.calls[0].call.id), Outcome::Denied(_)));
    assert!(matches!(outcome(&view, view.calls[1].call.id), Outcome::Returned(_)));
    desk.settles().await;
    assert!(!facts(&desk)[&scene.second.0].completed);
    assert!(model.asked()[1]["messages"].to_string().contains("settings forbid"));
}

#[tokio::test]
async fn what_cannot_be_carried_out_is_told_to_the_model_and_never_shown_to_a_person() {
    let calls = vec![
        ("todo.complete", json!({ "id": "424242" })),
        ("todo.update", json!({ "due": "tomorrow" })),
        ("chat.decide", json!({ "conversation": "1", "decisions": [] })),
        ("settings.change", json!({ "theme": "dark" })),
        ("signin.list", json!({})),
        ("launch.rockets", json!({})),
        ("task.find", json!({ "limit": 0 })),
    ];
    let (desk, _scene, model) = batch(|_| calls.clone()).await;
    let talk = desk.talks().await;
    let view = talk.says("Do odd things.").await;
    sound(&view);
    assert_eq!(view.conversation.stage, TurnStage::Idle);
    assert_eq!(view.calls.len(), calls.len());
    for call in &view.calls {
        assert_eq!(call.state, CallState::Failed, "{}", call.call.tool);
        assert_eq!((call.decided_at, call.started_at.is_some()), (None, call.call.tool == "task.find"));
    }
    let told = model.asked()[1]["messages"].to_string();
    for part in [
        "no tool “chat_decide”",
        "no tool “signin_list”",
        "no item 424242",
        "unknown field",
        "no tool “launch_rockets”",
        "not from 1 to",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[tokio::test]
async fn a_card_is_back_after_a_restart_and_nothing_ran_meanwhile() {
    let (desk, scene, _model) = batch(|scene| vec![complete(scene.second), postpone(scene.todo)]).await;
    let before = facts(&desk);
    let talk = desk.talks().await;
    let _ = talk.says("Tidy up.").await;
    let (id, cards) = (talk.id, talk.waiting().await);
    let desk = desk.restarts().await;
    let talk = super::talk::Talk { desk: &desk, id };
    let view = talk.settles().await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting);
    assert_eq!(talk.waiting().await, cards, "the card is as it was");
    same(&before, &facts(&desk), "over the restart");
    assert!(!desk.shows(scene.second).await.item.completed);
    let view = desk.does(ShowConversation { id, before: None, limit: None }).await;
    let said = view.lines.iter().filter(|line| matches!(line.item, Item::Said { .. })).count();
    assert_eq!(said, 1);
    let decisions = cards.iter().map(|call| decision(call, Decision::Allow)).collect();
    desk.does(Decide { conversation: id, decisions }).await;
    let view = talk.settles().await;
    sound(&view);
    assert!(desk.shows(scene.second).await.item.completed);
}
