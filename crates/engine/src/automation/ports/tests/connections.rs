//! Connections: in the vault and in the list, and nothing secret anywhere else.

use contract::{Caller, Code, Door, FeedBody, Who};
use flow::{Flow, PieceCall, Step};
use serde_json::json;

use super::Place;
use crate::automation::connections;

const TOKEN: &str = "xoxb-hush-hush";

fn slack(token: &str) -> String {
    json!({ "type": "CUSTOM_AUTH", "props": { "botToken": token } }).to_string()
}

#[tokio::test]
async fn a_connection_is_made_used_renamed_and_forgotten() {
    let place = Place::new().await;
    let since = place.engine.0.feed.newest();
    let add = json!({ "label": "Bot", "piece": "@activepieces/piece-slack", "value": slack(TOKEN) });
    let made = place.does("connection.add", add.clone()).await;
    let key = made["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("slack-") && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-'));
    let other = place.does("connection.add", add).await;
    assert_ne!(other["key"], made["key"], "one of the same name is another one");
    let secrets = connections::secrets(&place.engine, place.workspace);
    assert!(secrets.connection(&key).await.unwrap().is_some());
    assert!(secrets.connection("slack-x").await.unwrap().is_none());
    let name = format!("connection.{}.{key}", place.workspace);
    let kept = place.engine.vault().await.unwrap().get(&name).await.unwrap().unwrap();
    assert!(kept.expose().contains(TOKEN));

    let renamed = place.does("connection.rename", json!({ "id": made["id"], "label": " Team bot " })).await;
    assert_eq!(renamed["label"], "Team bot");
    let fault = place.says("connection.rename", json!({ "id": made["id"], "label": " " })).await.unwrap_err();
    assert_eq!(fault.field.as_deref(), Some("label"));

    let mut flow = Flow::new("x");
    let input = json!({ "auth": format!("{{{{connections['{key}']}}}}") }).as_object().cloned().unwrap();
    let (piece, operation) = ("@activepieces/piece-slack".into(), "send_channel_message".into());
    let call = PieceCall { piece, operation, input, ..PieceCall::default() };
    flow.steps.push(Step::piece("step_1", "Tell", call));
    let document = serde_json::to_string(&flow).unwrap();
    place.does("flow.create", json!({ "name": "Late", "document": document })).await;
    let listed = place.does("connection.list", json!({})).await;
    let of = |id: &serde_json::Value| listed.as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap().clone();
    assert_eq!((&of(&made["id"])["flows"], &of(&other["id"])["flows"]), (&json!(1), &json!(0)));

    place.does("connection.forget", json!({ "id": made["id"] })).await;
    assert!(secrets.connection(&key).await.unwrap().is_none());
    assert_eq!(place.engine.vault().await.unwrap().get(&name).await.unwrap().map(drop), None);
    place.does("connection.forget", json!({ "id": other["id"] })).await;
    let heard = place.heard(since).await;
    let told: Vec<_> = heard.iter().filter(|event| matches!(event.body, FeedBody::Notification { .. })).collect();
    assert_eq!(told.len(), 1, "only what is used is told of: {told:?}");
    let FeedBody::Notification { title, body, .. } = &told[0].body else { panic!() };
    assert!(title.contains("Team bot") && body.contains("“Late”"), "{title} {body}");
    assert!(!format!("{heard:?}{listed}").contains(TOKEN));
    let fault = place.says("connection.forget", json!({ "id": made["id"] })).await.unwrap_err();
    assert_eq!(fault.code, Code::NotFound);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_leaves_nothing() {
    let place = Place::new().await;
    let before = place.does("connection.list", json!({})).await;
    let names = place.engine.vault().await.unwrap().names().await.unwrap();
    let piece = "@activepieces/piece-slack";
    let cases = [
        (json!({ "label": "", "piece": piece, "value": slack(TOKEN) }), Code::Invalid, "label"),
        (json!({ "label": "x", "piece": "gone", "value": slack(TOKEN) }), Code::NotFound, "piece"),
        (json!({ "label": "x", "piece": "@activepieces/piece-http", "value": slack(TOKEN) }), Code::Invalid, "piece"),
        (json!({ "label": "x", "piece": piece, "value": slack("") }), Code::Invalid, "value"),
        (json!({ "label": "x", "piece": piece, "value": TOKEN }), Code::Invalid, "value"),
        (json!({ "label": "x", "piece": piece, "value": "9".repeat(70_000) }), Code::Invalid, "value"),
        (json!({ "label": "x", "piece": piece, "place": "server", "value": slack(TOKEN) }), Code::NotFound, ""),
    ];
    for (input, code, field) in cases {
        let fault = place.says("connection.add", input.clone()).await.unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref().unwrap_or_default()), (code, field), "{}", fault.message);
        assert!(!fault.message.contains(TOKEN), "{}", fault.message);
    }
    assert_eq!(place.does("connection.list", json!({})).await, before);
    assert_eq!(place.engine.vault().await.unwrap().names().await.unwrap(), names);
    let agent = Caller { who: Who::Agent { run: "1".into() }, ..Caller::person(Door::Window, Some(place.workspace)) };
    let input = json!({ "label": "x", "piece": piece, "value": slack(TOKEN) }).to_string();
    assert_eq!(place.engine.call(&agent, "connection.add", &input).await.unwrap_err().code, Code::Forbidden);
}

#[tokio::test]
async fn a_connection_without_its_secret_says_so_and_goes_with_its_workspace() {
    let place = Place::new().await;
    let add = json!({ "label": "Bot", "piece": "@activepieces/piece-slack", "value": slack(TOKEN) });
    let made = place.does("connection.add", add.clone()).await;
    let key = made["key"].as_str().unwrap();
    connections::remove(&place.engine, place.workspace, key).await.unwrap();
    let listed = place.does("connection.list", json!({})).await;
    let lost = listed.as_array().unwrap().iter().find(|one| one["id"] == made["id"]).unwrap();
    assert!(lost["fault"].as_str().unwrap().contains("anew"), "{listed}");
    let name = format!("connection.{}.{key}", place.workspace);
    place.engine.vault().await.unwrap().put(&name, vault::Secret::new(TOKEN.to_owned())).await.unwrap();
    let secrets = connections::secrets(&place.engine, place.workspace);
    let broken = secrets.connection(key).await.unwrap_err();
    assert!(!broken.contains(TOKEN), "{broken}");
    place.does("connection.add", add).await;
    place.does("workspace.remove", json!({ "id": place.workspace })).await;
    assert!(place.engine.vault().await.unwrap().names().await.unwrap().is_empty());
}
