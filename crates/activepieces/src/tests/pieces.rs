//! Descriptions of pieces are asked for once for each version; lists page by page; publishing and switching by what came of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use flow::Status;
use futures::future::BoxFuture;
use serde_json::json;

use super::captures::get;
use super::server::{Reply, Server};
use crate::{Cache, Fault, Pieces, gather, is_being_deleted};

#[derive(Default)]
struct Shelf(Mutex<HashMap<String, String>>);

impl Cache for Shelf {
    fn find<'c>(&'c self, key: &'c str) -> BoxFuture<'c, Option<String>> {
        Box::pin(async { self.0.lock().unwrap().get(key).cloned() })
    }

    fn keep<'c>(&'c self, key: &'c str, text: &'c str) -> BoxFuture<'c, ()> {
        self.0.lock().unwrap().insert(key.to_owned(), text.to_owned());
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_piece_is_described_once_for_each_version() {
    let http = get("029").text();
    let server = Server::scripted((0..3).map(|_| Reply::Say(200, http.clone()))).await;
    let shelf = Arc::new(Shelf::default());
    let pieces = Pieces::new(server.client(), shelf.clone());
    let name = "@activepieces/piece-http";
    let found = pieces.metadata(name, None, None).await.unwrap();
    assert_eq!((found.version.as_str(), server.seen().len()), ("0.11.9", 1));
    assert_eq!(server.seen()[0].path, "/api/v1/pieces/@activepieces/piece-http");
    for _ in 0..3 {
        assert_eq!(pieces.metadata(name, Some("0.11.9"), None).await.unwrap(), found);
    }
    assert_eq!(server.seen().len(), 1);
    // Which one "about" means is the server's to say.
    pieces.metadata(name, Some("~0.11.9"), None).await.unwrap();
    assert_eq!(server.seen().len(), 2);
    // What was kept and cannot be read is asked for again.
    shelf.0.lock().unwrap().insert(format!("{name}@0.11.9"), "{".to_owned());
    assert_eq!(pieces.metadata(name, Some("0.11.9"), None).await.unwrap(), found);
    assert_eq!(server.seen().len(), 3);
    assert!(shelf.0.lock().unwrap()[&format!("{name}@0.11.9")].len() > 1_000);
    let server = Server::scripted([Reply::ok("{}")]).await;
    let fault = Pieces::new(server.client(), shelf).metadata(name, None, None).await.unwrap_err();
    assert!(matches!(fault, Fault::Unreadable(_)));
}

#[tokio::test]
async fn pages_are_gathered_and_a_circle_is_noticed() {
    let page = |ids: &[&str], next: Option<&str>| {
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        Reply::ok(json!({"data": data, "next": next, "previous": null}))
    };
    let ask = |client: crate::Client| async move {
        gather(100, |cursor| {
            let client = client.clone();
            async move { client.projects(cursor.as_deref(), None).await }
        })
        .await
    };
    let server = Server::scripted([page(&["a", "b"], Some("2")), page(&["c"], Some("3")), page(&[], None)]).await;
    let all = ask(server.client()).await.unwrap();
    assert_eq!(all.iter().map(|project| project.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(server.seen()[2].query, [("cursor".to_owned(), "3".to_owned())]);
    let server = Server::scripted([page(&["a"], Some("2")), page(&["a"], Some("2"))]).await;
    assert!(matches!(ask(server.client()).await.unwrap_err(), Fault::Unreadable(_)));
    let server = Server::scripted([page(&["x"; 150], Some("2"))]).await;
    assert_eq!(ask(server.client()).await.unwrap().len(), 100);
}

#[tokio::test]
async fn nothing_is_switched_that_was_never_published() {
    let (never, published) = (get("071").text(), get("090").text());
    let server = Server::scripted([Reply::Say(200, never.clone())]).await;
    let fault = server.client().set_status("f", Status::Enabled).await.unwrap_err();
    assert!(matches!(&fault, Fault::Conflict(message) if message.contains("Publish it first")), "{fault}");
    assert_eq!(server.seen().len(), 1);
    let (off, on) = (get("109").text(), get("111").text());
    let server =
        Server::scripted([published.clone(), off.clone(), off.clone(), on].map(|text| Reply::Say(200, text))).await;
    let client = server.client();
    assert_eq!(client.set_status("f", Status::Disabled).await.unwrap().record.status, Some(Status::Disabled));
    assert_eq!(client.set_status("f", Status::Enabled).await.unwrap().record.status, Some(Status::Enabled));
    assert_eq!(server.seen()[1].json(), get("109").asked);
    // A yes without a change is none, unless the server says that it is still about it.
    let mut about: serde_json::Value = serde_json::from_str(&off).unwrap();
    about["operationStatus"] = json!("ENABLING");
    let replies = [published.clone(), off.clone(), off.clone(), about.to_string(), never, published];
    let server = Server::scripted(replies.map(|text| Reply::Say(200, text))).await;
    let client = server.client();
    assert!(matches!(client.set_status("f", Status::Enabled).await.unwrap_err(), Fault::Failed(_)));
    client.set_status("f", Status::Enabled).await.unwrap();
    assert!(matches!(client.publish("f", None).await.unwrap_err(), Fault::Failed(_)));
    assert!(client.publish("f", None).await.unwrap().record.published_version_id.is_some());
}

/// 185 and 186: the server says yes, and still has the flow for a while.
#[tokio::test]
async fn a_deleted_flow_is_there_for_a_while() {
    let (still, gone) = (get("186"), get("022"));
    let server = Server::scripted([
        Reply::Say(204, String::new()),
        Reply::Say(200, still.text()),
        Reply::Say(200, still.text()),
        Reply::Say(404, gone.text()),
    ])
    .await;
    let client = server.client();
    client.delete_flow("f").await.unwrap();
    assert!(!client.is_deleted("f").await.unwrap());
    assert!(is_being_deleted(&client.flow("f", None).await.unwrap()));
    assert!(client.is_deleted("f").await.unwrap());
}
