//! Conversations, their records and their calls.

use super::*;
use crate::{CallDecided, CallRow, Step, StoreError};

pub(crate) fn step(turn: i64, items: Vec<Item>) -> Step {
    Step { turn: TurnId(turn), items, calls: vec![], stage: TurnStage::Idle, queued: vec![], title: None, used: None }
}

pub(crate) fn said(text: &str) -> Item {
    Item::Said { text: text.into(), seeing: vec![Seen::Screen { name: "today".into() }] }
}

pub(crate) fn call(id: i64, turn: i64) -> CallRow {
    CallRow {
        view: CallView {
            call: Call { id: CallId(id), tool: "todo.edit".into(), input: r#"{"id":"1"}"#.into() },
            turn: TurnId(turn),
            title: "Edit “To-do 1”".into(),
            effect: Effect::Remote,
            state: CallState::Asked,
            fingerprint: format!("print {id}"),
            preview: Some(Preview { summary: "Renamed it".into(), subscribers: true, ..Preview::default() }),
            output: String::new(),
            output_length: 0,
            sets: vec![ChangeSetId(4)],
            made_at: at(id),
            decided_at: None,
            started_at: None,
            ended_at: Some(at(9)),
        },
        exclusive: true,
        decision: None,
        output: None,
    }
}

pub(crate) fn answered(calls: &[&CallRow]) -> Item {
    Item::Answered {
        text: "Let me look.".into(),
        calls: calls.iter().map(|row| row.view.call.clone()).collect(),
        cut_short: false,
        sealed: None,
    }
}

pub(crate) fn result(call: i64) -> Item {
    Item::Result { call: CallId(call), outcome: Outcome::Returned("Done.".into()) }
}

pub(crate) fn used(turn: i64) -> TurnUse {
    TurnUse {
        turn: TurnId(turn),
        model: "built-in".into(),
        steps: 2,
        tokens_in: 100,
        tokens_out: 20,
        cost: Some(7),
        memories: vec![MemoryId(3)],
        started_at: at(0),
        ended_at: None,
    }
}

#[tokio::test]
async fn what_a_month_used_is_told_by_model_and_what_has_no_price_is_not_free() {
    let desk = Desk::new().await;
    let id = desk.store.start_conversation(None).await.unwrap().id;
    let one = |turn: i64, model: &str, cost: Option<u64>, day: i64| TurnUse {
        model: model.into(),
        cost,
        started_at: at(day),
        ..used(turn)
    };
    let free = TurnUse { tokens_in: 0, tokens_out: 0, ..one(5, "built-in", Some(0), 9) };
    let all = [
        one(1, "dear", Some(9), 1),
        one(2, "dear", Some(7), 5),
        one(3, "own", None, 6),
        one(4, "dear", Some(1), 7),
        free,
    ];
    for used in all {
        let step = Step { used: Some(used.clone()), ..step(used.turn.0, vec![]) };
        desk.store.keep(id, &step).await.unwrap();
    }
    let spent = desk.store.spent_since(at(5)).await.unwrap();
    let told: Vec<_> =
        spent.iter().map(|one| (&*one.model, one.turns, one.tokens_in, one.cost, one.unpriced)).collect();
    assert_eq!(told, [("dear", 2, 200, 8, 0), ("own", 1, 100, 0, 1)]);
}

#[tokio::test]
async fn a_step_is_kept_whole_and_is_there_after_opening_again() {
    let desk = Desk::new().await;
    let begun = desk.store.start_conversation(Some(ModelId(2))).await.unwrap();
    let id = begun.id;
    assert_eq!((begun.title.as_str(), begun.model, begun.stage), ("", Some(ModelId(2)), TurnStage::Idle));
    assert_eq!(desk.store.last_turn(id).await.unwrap(), TurnId(0));
    assert_eq!(desk.store.next_call(id).await.unwrap(), CallId(0));

    let asked = call(0, 1);
    let first = Step {
        calls: vec![asked.clone()],
        stage: TurnStage::Waiting,
        queued: vec!["and then".into(), "more".into()],
        title: Some("A plan".into()),
        used: Some(used(1)),
        ..step(1, vec![said("Plan it"), answered(&[&asked])])
    };
    let lines = desk.store.keep(id, &first).await.unwrap();
    assert_eq!(lines.iter().map(|line| (line.seq, line.turn)).collect::<Vec<_>>(), [(1, TurnId(1)), (2, TurnId(1))]);
    desk.store.keep_draft(id, "half a thou").await.unwrap();

    let desk = desk.killed().await;
    let there = desk.store.conversation(id).await.unwrap().unwrap();
    assert_eq!(
        (there.title.as_str(), there.stage, there.draft.as_str()),
        ("A plan", TurnStage::Waiting, "half a thou")
    );
    assert!(there.updated_at > begun.updated_at && there.created_at == begun.created_at);
    assert_eq!(desk.store.lines(id, None, 10).await.unwrap(), (lines, false));
    assert_eq!(desk.store.calls_of(id, &[TurnId(1), TurnId(9)]).await.unwrap(), [asked]);
    assert_eq!(desk.store.uses_of(id, &[TurnId(1), TurnId(2)]).await.unwrap(), [used(1)]);
    assert_eq!(desk.store.queued(id).await.unwrap(), ["and then", "more"]);
    assert_eq!(desk.store.busy_conversations().await.unwrap(), [id]);
    assert_eq!(desk.store.last_turn(id).await.unwrap(), TurnId(1));
    assert_eq!(desk.store.next_call(id).await.unwrap(), CallId(1));
}

#[tokio::test]
async fn a_call_changes_where_it_stands_and_keeps_what_is_not_told_again() {
    let desk = Desk::new().await;
    let id = desk.store.start_conversation(None).await.unwrap().id;
    let mut row = CallRow { decision: Some(CallDecided::Allowed), output: Some("whole".into()), ..call(0, 1) };
    desk.store.keep(id, &Step { calls: vec![row.clone()], ..step(1, vec![]) }).await.unwrap();
    row.view.state = CallState::Returned;
    row.view.call.input = "{}".into();
    row.view.preview = None;
    (row.decision, row.output) = (None, None);
    row.view.output = "not written".into();
    desk.store.keep(id, &Step { calls: vec![row.clone()], ..step(1, vec![]) }).await.unwrap();
    let read = desk.store.call(id, CallId(0)).await.unwrap().unwrap();
    row.decision = Some(CallDecided::Allowed);
    (row.view.output, row.view.output_length) = ("whole".into(), 5);
    assert_eq!(read, row);
    assert_eq!(desk.store.call(id, CallId(1)).await.unwrap(), None);
}

#[tokio::test]
async fn outputs_are_read_in_parts_of_whole_characters_and_end_somewhere() {
    let desk = Desk::new().await;
    let id = desk.store.start_conversation(None).await.unwrap().id;
    let long: String = "añ漢🙂\0".chars().cycle().take(9_999).collect();
    let endless = "🙂".repeat(1_000_001);
    let exact = "x".repeat(1_000_000);
    let calls = [&long, &endless, &exact].into_iter().zip(0..);
    let calls: Vec<CallRow> =
        calls.map(|(output, id)| CallRow { output: Some(output.clone()), ..call(id, 1) }).collect();
    desk.store.keep(id, &Step { calls, ..step(1, vec![]) }).await.unwrap();

    let shown: String = long.replace('\0', "\u{fffd}");
    let view = desk.store.call(id, CallId(0)).await.unwrap().unwrap().view;
    assert_eq!(view.output, shown.chars().take(4_000).collect::<String>());
    assert_eq!(view.output_length, 9_999);
    let mut whole = String::new();
    while let (part, 9_999) =
        desk.store.output(id, CallId(0), whole.chars().count() as u64, 1_237).await.unwrap().unwrap()
    {
        if part.is_empty() {
            break;
        }
        whole.push_str(&part);
    }
    assert_eq!(whole, shown);
    assert_eq!(desk.store.output(id, CallId(0), 9_998, u64::MAX).await.unwrap().unwrap().0.chars().count(), 1);
    assert_eq!(desk.store.output(id, CallId(0), u64::MAX, 9).await.unwrap(), Some((String::new(), 9_999)));
    assert_eq!(desk.store.output(id, CallId(7), 0, 9).await.unwrap(), None);

    let outputs = desk.store.outputs(id, &[CallId(0), CallId(1), CallId(2), CallId(9)]).await.unwrap();
    assert_eq!(outputs.len(), 3);
    assert_eq!((&outputs[&CallId(0)], &outputs[&CallId(2)]), (&shown, &exact));
    assert_eq!(outputs[&CallId(1)].chars().count(), 1_000_000);
    assert!(outputs[&CallId(1)].ends_with("ask for less at once."));
    assert_eq!(desk.store.output(id, CallId(1), 0, 1).await.unwrap(), Some(("🙂".into(), 1_000_000)));
}

#[tokio::test]
async fn a_megabyte_said_is_kept_and_found() {
    let desk = Desk::new().await;
    let id = desk.store.start_conversation(None).await.unwrap().id;
    let text = format!("{}needle", "straw ".repeat(200_000));
    desk.store.keep(id, &step(1, vec![said(&text)])).await.unwrap();
    desk.store.keep_draft(id, &text).await.unwrap();
    let (lines, _) = desk.store.lines(id, None, 1).await.unwrap();
    assert_eq!(lines[0].item, said(&text));
    assert_eq!(desk.store.conversations(Some("needle"), false, 9).await.unwrap()[0].draft, text);
}

#[tokio::test]
async fn what_cannot_be_kept_leaves_nothing_behind() {
    let desk = Desk::new().await;
    let id = desk.store.start_conversation(None).await.unwrap().id;
    let row = call(0, 1);
    desk.store
        .keep(id, &Step { calls: vec![row.clone()], ..step(1, vec![answered(&[&row]), result(0)]) })
        .await
        .unwrap();
    let before = desk.store.conversation(id).await.unwrap();
    let twice = Step { title: Some("No".into()), stage: TurnStage::Working, ..step(1, vec![said("x"), result(0)]) };
    assert!(matches!(desk.store.keep(id, &twice).await, Err(StoreError::Database(_))));
    assert_eq!(desk.store.lines(id, None, 9).await.unwrap().0.len(), 2);
    assert_eq!(desk.store.conversation(id).await.unwrap(), before);
    let mut db = desk.store.inner.writer.acquire().await.unwrap();
    assert!(sqlx::query("update agent_item set turn = 2").execute(&mut *db).await.is_err(), "the record only grows");
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let desk = Desk::new().await;
    let (store, none) = (&desk.store, ConversationId(7));
    let no = |error: StoreError| assert!(matches!(error, StoreError::NoConversation(ConversationId(7))), "{error:?}");
    no(store.keep(none, &step(1, vec![said("x")])).await.unwrap_err());
    no(store.lines(none, None, 1).await.unwrap_err());
    no(store.rename_conversation(none, "x").await.unwrap_err());
    no(store.archive_conversation(none, true).await.unwrap_err());
    no(store.choose_model(none, None).await.unwrap_err());
    no(store.keep_draft(none, "x").await.unwrap_err());
    no(store.delete_conversation(none).await.unwrap_err());
    no(store.branch_conversation(none, 1).await.unwrap_err());
    no(store.queued(none).await.unwrap_err());
    no(store.last_turn(none).await.unwrap_err());
    no(store.next_call(none).await.unwrap_err());
    no(store.remember_grant("x", None, "", Scope::Always, none).await.unwrap_err());
    assert_eq!(store.conversation(none).await.unwrap(), None);
    assert!(store.calls_of(none, &[TurnId(1)]).await.unwrap().is_empty());
    assert!(store.outputs(none, &[CallId(1)]).await.unwrap().is_empty());
    assert_eq!(desk.number("select count(*) from agent_item").await, 0);
}

#[tokio::test]
async fn conversations_are_found_by_words_in_any_case_last_used_first() {
    let desk = Desk::new().await;
    let mut ids = Vec::new();
    for (title, text) in
        [("Budget", "Küche und Bad"), ("Launch", "the budget of the kitchen"), ("", "nothing \"at\" all")]
    {
        let id = desk.store.start_conversation(None).await.unwrap().id;
        let item = Item::Answered { text: text.into(), calls: vec![], cut_short: false, sealed: None };
        let title = Some(title.to_owned());
        desk.store.keep(id, &Step { title, ..step(1, vec![said("hello"), item]) }).await.unwrap();
        ids.push(id);
    }
    let found = async |query: &str| -> Vec<ConversationId> {
        let found = desk.store.conversations(Some(query), false, 10).await.unwrap();
        found.into_iter().map(|conversation| conversation.id).collect()
    };
    assert_eq!(found("BUDGET ").await, [ids[1], ids[0]]);
    assert_eq!(found("bud").await, [ids[1], ids[0]], "the last word may be unfinished");
    assert_eq!(found("bud kuche").await, [], "the others may not");
    assert_eq!(found("budget KÜCHE").await, [ids[0]], "each word somewhere");
    assert_eq!(found("  … ").await.len(), 3);
    assert_eq!(found("budget\" OR title:x *").await, []);
    assert_eq!(found("today").await, [], "what was on the screen was not said");
    desk.store.rename_conversation(ids[0], "Money").await.unwrap();
    assert_eq!(found("budget").await, [ids[1]]);
    assert_eq!(found("money").await, [ids[0]]);
    desk.store.archive_conversation(ids[1], true).await.unwrap();
    assert_eq!(found("hello").await, [ids[2], ids[0]]);
    assert_eq!(desk.store.conversations(Some("budget"), true, 10).await.unwrap()[0].id, ids[1]);
    assert_eq!(desk.store.conversations(None, false, 1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn windows_hear_of_the_list_and_not_of_each_line() {
    let desk = Desk::new().await;
    let mut feed = desk.store.listen();
    let mut heard = async |what: &str, tags: &[Tag]| {
        let mut all = Vec::new();
        while let Ok(committed) = feed.try_recv() {
            assert_eq!(committed.set, None, "{what} is nothing to undo");
            all.extend(committed.tags);
        }
        assert_eq!(all, tags, "{what}");
    };
    let id = desk.store.start_conversation(None).await.unwrap().id;
    heard("a start", &[Tag::Conversations]).await;
    let mut next = step(1, vec![said("x")]);
    desk.store.keep(id, &next).await.unwrap();
    desk.store.keep_draft(id, "y").await.unwrap();
    heard("a line", &[]).await;
    next.stage = TurnStage::Thinking;
    desk.store.keep(id, &next).await.unwrap();
    heard("another stage", &[Tag::Conversations]).await;
    next.title = Some("T".into());
    desk.store.keep(id, &next).await.unwrap();
    heard("a title", &[Tag::Conversations]).await;
    desk.store.keep(id, &next).await.unwrap();
    heard("the same title", &[]).await;
    desk.store.remember_grant("t", None, "", Scope::Always, id).await.unwrap();
    heard("a grant", &[Tag::Permissions]).await;
    desk.store.remember_grant("t", None, "", Scope::Always, id).await.unwrap();
    desk.store.set_tool_rule("t", None).await.unwrap();
    heard("nothing new", &[]).await;
    desk.store.set_tool_rule("t", Some(Rule::Forbid)).await.unwrap();
    heard("a rule", &[Tag::Permissions]).await;
    let memory = desk.store.add_memory("x", &Origin::Person, false).await.unwrap().id;
    heard("a memory", &[Tag::Memories]).await;
    desk.store.memories_used(&[MemoryId(99)]).await.unwrap();
    heard("nobody's use", &[]).await;
    desk.store.forget_memory(memory).await.unwrap();
    heard("forgetting", &[Tag::Memories]).await;
    assert!(desk.store.delete_conversation(ConversationId(99)).await.is_err());
    heard("a failure", &[]).await;
    desk.store.delete_conversation(id).await.unwrap();
    heard("a deletion", &[Tag::Conversations, Tag::Permissions]).await;
    assert!(desk.store.history(None, 9).await.unwrap().is_empty());
}
