//! How turns end otherwise than by an answer: nothing that was said is lost, and the sentence says what to do.

use contract::commands::{ExportConversation, KeepDraft, Say, ShowConversation, StopTurn};
use contract::{ChatEvent, Code, ExportFormat, FeedBody, Item, ModelId, Reason, TurnStage};
use serde_json::json;

use super::talk::{answer, ended, sound};
use crate::support::{Desk, Ear, Reply, Scripted};

fn broke(reason: Option<Reason>) -> String {
    match reason {
        Some(Reason::Broke(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_trouble_of_a_model_gives_a_sentence_with_the_next_step() {
    let (desk, _) = Desk::with_scene().await;
    let model = Scripted::saying(vec![
        Reply::Fails(401, r#"{"error":{"message":"Incorrect API key provided"}}"#),
        Reply::Fails(402, r#"{"error":{"message":"Insufficient credits"}}"#),
        Reply::Fails(404, r#"{"error":{"message":"The model does not exist","code":"model_not_found"}}"#),
        Reply::Breaks("Half a sen".into()),
        Reply::says("Here I am."),
    ])
    .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    for part in ["key", "credit", "model", "Ask again"] {
        let view = talk.says("Hello?").await;
        sound(&view);
        let why = broke(ended(&view));
        assert!(why.contains(part) && why.ends_with(['.', '”']), "{part}: {why}");
        assert_eq!(view.conversation.stage, TurnStage::Idle);
    }
    let view = talk.says("Hello again?").await;
    assert_eq!(answer(&view), "Here I am.");
    let said = view.lines.iter().filter(|line| matches!(line.item, Item::Said { .. })).count();
    assert_eq!(said, 5, "nothing that was said is lost");
    let half = view
        .lines
        .iter()
        .any(|line| matches!(&line.item, Item::Answered { text, cut_short: true, .. } if text == "Half a sen"));
    assert!(half, "what came before the line broke is kept");
}

#[tokio::test]
async fn a_server_that_is_not_there_says_so_and_the_built_in_assistant_can_answer_instead() {
    let (desk, _) = Desk::with_scene().await;
    let nobody = format!("http://127.0.0.1:{}/v1", crate::support::free_port().await);
    desk.connects_at(&nobody, None).await;
    let talk = desk.talks().await;
    let view = talk.says("Is anybody there?").await;
    let why = broke(ended(&view));
    assert!(why.contains("Start it"), "{why}");
    desk.connects_at(&nobody, Some(ModelId::BUILT_IN)).await;
    let talk = desk.talks().await;
    let view = talk.says("What can you do?").await;
    assert_eq!(ended(&view), None);
    assert!(!answer(&view).is_empty());
}

#[tokio::test]
async fn stopping_keeps_what_was_said_so_far_and_gives_back_what_waited() {
    let (desk, _) = Desk::with_scene().await;
    let model = Scripted::saying(vec![Reply::Stalls("The first half".into()), Reply::says("Good.")]).await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let mut ear = Ear::new(&desk, None);
    desk.does(Say { conversation: talk.id, text: "Tell me".into(), seeing: vec![] }).await;
    ear.until(|body| matches!(body, FeedBody::Chat { event: ChatEvent::Text { .. }, .. }).then_some(())).await;
    desk.does(Say { conversation: talk.id, text: "and then this".into(), seeing: vec![] }).await;
    let view = talk.view().await;
    assert_eq!((view.saying.as_str(), view.queued.as_slice()), ("The first half", &["and then this".to_owned()][..]));
    // The model never ends: a stop that waited for it would wait for ever.
    desk.does(StopTurn { conversation: talk.id }).await;
    let view = talk.settles().await;
    sound(&view);
    assert_eq!(ended(&view), Some(Reason::Stopped));
    assert_eq!(answer(&view), "The first half");
    assert!(view.queued.is_empty());
    let given_back = |body: &FeedBody| {
        let FeedBody::Chat { event: ChatEvent::GivenBack { texts }, .. } = body else { return None };
        Some(texts.clone())
    };
    assert_eq!(ear.until(given_back).await, ["and then this"]);
    let view = talk.says("Go on").await;
    assert_eq!(answer(&view), "Good.");
}

#[tokio::test]
async fn a_model_that_goes_in_circles_is_ended_with_a_reason() {
    let (desk, _) = Desk::with_scene().await;
    let model = Scripted::start(|_| Reply::calls(vec![("sync.show", json!({}))])).await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let view = talk.says("Are we there yet?").await;
    sound(&view);
    assert_eq!(ended(&view), Some(Reason::Repeats("sync.show".into())));
    let mut step = 0;
    let model = Scripted::start(move |_| {
        step += 1;
        Reply::calls(vec![("task.find", json!({ "limit": step }))])
    })
    .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let view = talk.says("Look everywhere.").await;
    assert!(matches!(ended(&view), Some(Reason::Steps(_))), "{:?}", ended(&view));
}

#[tokio::test]
async fn what_is_said_may_be_long_and_must_be_something() {
    let (desk, _) = Desk::with_scene().await;
    let model = Scripted::saying(vec![Reply::says("That was long.")]).await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let say = |text: String| Say { conversation: talk.id, text, seeing: vec![] };
    desk.is_refused(say("  \n ".into()), Code::Invalid).await;
    let fault = desk.is_refused(say("x".repeat(1_000_001)), Code::Invalid).await;
    assert!(fault.message.contains("1000001"), "{}", fault.message);
    let nowhere = Say { conversation: contract::ConversationId(77), text: "x".into(), seeing: vec![] };
    desk.is_refused(nowhere, Code::NotFound).await;
    let long = "word ".repeat(200_000);
    let view = talk.says(&long).await;
    let Item::Said { text, .. } = &view.lines[0].item else { panic!("{:?}", view.lines[0]) };
    assert_eq!(text.len(), long.trim().len(), "all of it is kept");
    assert!(view.conversation.title.chars().count() <= 61);
}

#[tokio::test]
async fn a_record_is_replayed_without_a_model_and_written_out() {
    let (desk, scene) = Desk::with_scene().await;
    let calls = Reply::calls(vec![("item.show", json!({ "id": scene.todo }))]);
    let model = Scripted::saying(vec![calls, Reply::says("It is **booked**.")]).await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let told = talk.says("Is the studio booked?").await;
    desk.does(KeepDraft { id: talk.id, text: "And the lam".into() }).await;
    let (id, asked) = (talk.id, model.asked().len());
    let desk = desk.restarts().await;
    let again = desk.does(ShowConversation { id, before: None, limit: None }).await;
    assert_eq!((again.lines, again.calls), (told.lines, told.calls));
    assert_eq!(again.conversation.draft, "And the lam");
    assert_eq!(again.turns[0].tokens_in, 20);
    assert_eq!(model.asked().len(), asked, "no model was asked");
    let markdown = desk.does(ExportConversation { id, format: ExportFormat::Markdown }).await;
    assert!(markdown.text.contains("Is the studio booked?") && markdown.text.contains("It is **booked**."));
    assert!(markdown.name.ends_with(".md"));
    let json = desk.does(ExportConversation { id, format: ExportFormat::Json }).await;
    let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(json["lines"].as_array().unwrap().len(), 4);
    assert!(json["outputs"].to_string().contains("Book the studio"));
}
