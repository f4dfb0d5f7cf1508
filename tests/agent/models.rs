//! Models behind a server: who answers, what they are given back, and which key goes where.

use contract::commands::{
    ChooseModel, ConnectModel, ExportConversation, ListModels, SetUsualModel, ShowConversation, TestModel,
};
use contract::{ExportFormat, ModelId, SecretText, Vendor};
use serde_json::{Value, json};

use super::talk::{answer, ended};
use crate::support::{Desk, Reply, Scripted};

const OVERLOADED: Reply = Reply::Fails(529, r#"{"error":{"type":"overloaded_error","message":"Overloaded"}}"#);

fn named(model: &str, server: &Scripted) -> ConnectModel {
    ConnectModel {
        id: None,
        vendor: Vendor::Compatible,
        model: model.into(),
        label: None,
        base: Some(server.base()),
        key: None,
        fallback: None,
    }
}

/// Connects it, and uses it from here on.
async fn connects(desk: &Desk, model: ConnectModel) -> ModelId {
    let id = desk.does(model).await.models.last().unwrap().id;
    desk.does(SetUsualModel { id }).await;
    id
}

#[tokio::test]
async fn who_answers_instead_is_named_and_paid() {
    let (desk, _) = Desk::with_scene().await;
    let busy = Scripted::start(|_| OVERLOADED).await;
    let other = Scripted::saying(vec![Reply::says("Here I am.")]).await;
    // Ten tokens for a dollar a million, and five for five.
    let second = connects(&desk, named("claude-haiku-4-5", &other)).await;
    connects(&desk, ConnectModel { fallback: Some(second), ..named("busy", &busy) }).await;
    let talk = desk.talks().await;
    let view = talk.says("Is anybody there?").await;
    assert_eq!((answer(&view).as_str(), ended(&view)), ("Here I am.", None));
    assert_eq!((busy.asked().len(), other.asked().len()), (3, 1));
    let id = talk.id;
    let desk = desk.restarts().await;
    let view = desk.does(ShowConversation { id, before: None, limit: None }).await;
    let used = &view.turns[0];
    assert_eq!((used.model.as_str(), used.tokens_in, used.cost), ("claude-haiku-4-5", 10, Some(35)));
}

#[tokio::test]
async fn a_test_asks_this_very_model_and_once() {
    let (desk, _) = Desk::with_scene().await;
    let busy = Scripted::start(|_| OVERLOADED).await;
    let other = Scripted::saying(vec![]).await;
    let second = connects(&desk, named("other", &other)).await;
    let first = connects(&desk, ConnectModel { fallback: Some(second), ..named("busy", &busy) }).await;
    let told = desk.does(TestModel { id: first }).await;
    assert!(!told.works && told.message.contains("too much to do"), "{}", told.message);
    assert_eq!((busy.asked().len(), other.asked().len()), (1, 0));
    let told = desk.does(TestModel { id: second }).await;
    assert!(told.works && told.message.starts_with("other answers"), "{}", told.message);
}

/// What the model was thinking, as far as it is given back, in each of these messages.
fn thoughts(asked: &Value) -> Vec<&str> {
    asked["messages"].as_array().unwrap().iter().filter_map(|said| said["reasoning_content"].as_str()).collect()
}

#[tokio::test]
async fn what_a_model_wants_back_is_kept_for_it_alone_and_shown_to_nobody() {
    const THOUGHT: &str = "Which studio? The cold one.";
    let (desk, scene) = Desk::with_scene().await;
    let look = Reply::calls(vec![("item.show", json!({ "id": scene.todo }))]);
    let model = Scripted::saying(vec![
        Reply::Thinks(THOUGHT.into(), Box::new(look)),
        Reply::says("It is booked."),
        Reply::says("Yes."),
        Reply::says("Here again."),
    ])
    .await;
    let other = Scripted::saying(vec![Reply::says("I am another.")]).await;
    let first = connects(&desk, named("thinker", &model)).await;
    let second = desk.does(named("thinker", &other)).await.models.last().unwrap().id;
    let talk = desk.talks().await;
    let id = talk.id;
    let view = talk.says("Is the studio booked?").await;
    assert_eq!(answer(&view), "It is booked.");
    assert!(!serde_json::to_string(&view).unwrap().contains("cold"), "{view:?}");
    assert_eq!(thoughts(&model.asked()[1]), [THOUGHT], "in the same turn");
    let desk = desk.restarts().await;
    let talk = super::talk::Talk { desk: &desk, id };
    talk.says("Sure?").await;
    assert_eq!(thoughts(&model.asked()[2]), [THOUGHT], "in a later one, after a restart");
    desk.does(ChooseModel { id, model: Some(second) }).await;
    assert_eq!(answer(&talk.says("And who are you?").await), "I am another.");
    assert!(!other.asked()[0].to_string().contains(THOUGHT), "another model of the same name is given it");
    desk.does(ChooseModel { id, model: Some(first) }).await;
    talk.says("And you?").await;
    assert_eq!(thoughts(&model.asked()[3]), [THOUGHT], "and again with the first");
    let markdown = desk.does(ExportConversation { id, format: ExportFormat::Markdown }).await;
    assert!(markdown.text.contains("It is booked.") && !markdown.text.contains("cold"), "{}", markdown.text);
    let json = desk.does(ExportConversation { id, format: ExportFormat::Json }).await;
    assert!(json.text.contains("cold"), "what is kept is written out whole");
}

#[tokio::test]
async fn a_key_stays_with_the_server_that_it_was_given_for() {
    let (desk, _) = Desk::with_scene().await;
    let (old, new) = (Scripted::saying(vec![]).await, Scripted::saying(vec![]).await);
    let key = |key: &str| Some(SecretText::new(key));
    let id = connects(&desk, ConnectModel { key: key("sk-old-key-000000"), ..named("m", &old) }).await;
    desk.does(TestModel { id }).await;
    // Another name at the same server keeps the key.
    desk.does(ConnectModel { id: Some(id), ..named("n", &old) }).await;
    desk.does(TestModel { id }).await;
    // Another server does not have it.
    desk.does(ConnectModel { id: Some(id), ..named("n", &new) }).await;
    desk.does(TestModel { id }).await;
    assert!(desk.does(ListModels {}).await.models.iter().all(|model| !model.has_key));
    desk.does(ConnectModel { id: Some(id), key: key("sk-new-key-000000"), ..named("n", &new) }).await;
    desk.does(TestModel { id }).await;
    desk.does(ConnectModel { id: Some(id), key: key("sk-old-key-111111"), ..named("n", &old) }).await;
    desk.does(TestModel { id }).await;
    let keys = |server: &Scripted| {
        let key = |head: &String| head.lines().find_map(|line| line.strip_prefix("authorization: ")).map(str::to_owned);
        server.heads().iter().map(key).collect::<Vec<_>>()
    };
    let bearer = |key: &str| Some(format!("bearer {key}"));
    assert_eq!(keys(&old), [bearer("sk-old-key-000000"), bearer("sk-old-key-000000"), bearer("sk-old-key-111111")]);
    assert_eq!(keys(&new), [None, bearer("sk-new-key-000000")]);
}
