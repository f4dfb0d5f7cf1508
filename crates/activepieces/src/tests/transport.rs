//! Time-outs, lost connections, half answers, limits and calling off: what is asked again and what is not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::server::{Ada, Reply, Server, patience, token};
use crate::{Client, Fault, Patience, Secret};

fn signed_in() -> Arc<Ada> {
    Arc::new(Ada { from_before: Some(Secret::new(token(1, 168))), kept: Mutex::default() })
}

fn trouble(number: usize) -> Reply {
    match number {
        0 => Reply::Reset,
        1 => Reply::Half(json!({"data": [], "next": null, "previous": null}).to_string()),
        2 => Reply::Say(502, "<html>Bad Gateway</html>".to_owned()),
        3 => Reply::Say(500, json!({"statusCode": 500, "error": "Internal Server Error", "message": "x"}).to_string()),
        _ => Reply::With(429, "retry-after", "0".to_owned(), json!({"statusCode": 429, "message": "x"}).to_string()),
    }
}

#[tokio::test]
async fn a_read_is_asked_again() {
    for number in 0..5 {
        let empty = Reply::ok(json!({"data": [], "next": null, "previous": null}));
        let server = Server::scripted([trouble(number), trouble(number), empty]).await;
        server.client().folders("project-1").await.unwrap_or_else(|fault| panic!("{number}: {fault}"));
        assert_eq!(server.seen().len(), 3, "{number}");
        let server = Server::scripted((0..3).map(|_| trouble(number))).await;
        server.client().folders("project-1").await.unwrap_err();
        assert_eq!(server.seen().len(), 3, "{number}: not for ever");
    }
}

#[tokio::test]
async fn a_write_is_never_asked_again() {
    for number in 0..5 {
        let server = Server::scripted([trouble(number)]).await;
        let fault = server.client().create_folder("project-1", "x").await.unwrap_err();
        assert_eq!(server.seen().len(), 1, "{number}");
        // Only of what was put off it is certain that it was not done.
        assert_eq!(fault.may_have_happened(), number != 4, "{number}: {fault}");
        assert_eq!(fault.passes(), number != 3, "{number}: {fault}");
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_told_as_not_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let settings = crate::Settings {
        address: crate::Address::parse(&url).unwrap(),
        credentials: signed_in(),
        clock: Arc::new(super::server::noon),
        patience: patience(),
    };
    let fault = Client::new(settings).unwrap().create_folder("project-1", "x").await.unwrap_err();
    assert!(matches!(fault, Fault::Unavailable { sent: false, .. }), "{fault:?}");
}

#[tokio::test]
async fn silence_ends() {
    let server = Server::start(|_| Reply::Hang).await;
    let short = Patience { reply: Duration::from_millis(30), ..patience() };
    let client = server.client_with(signed_in(), short);
    let fault = client.create_folder("project-1", "x").await.unwrap_err();
    assert!(matches!(fault, Fault::Unavailable { sent: true, .. }), "{fault:?}");
    assert_eq!(server.seen().len(), 1);
    client.folders("project-1").await.unwrap_err();
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn who_calls_off_need_not_wait() {
    let server = Server::start(|_| Reply::Hang).await;
    let cancel = CancellationToken::new();
    let client = server.client_of(signed_in()).until(cancel.clone());
    let asked = tokio::spawn(async move { client.folders("project-1").await });
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    assert_eq!(asked.await.unwrap().unwrap_err(), Fault::Cancelled);
}

#[tokio::test]
async fn what_is_too_large_is_not_taken() {
    let large = || json!({"data": ["x".repeat(5_000)], "next": null, "previous": null}).to_string();
    // Told beforehand, it is not even waited for; not told, it is broken off.
    for reply in [Reply::Say(200, large()), Reply::Unsaid(large()), Reply::Announced(5_000)] {
        let server = Server::scripted([reply]).await;
        let client = server.client_with(signed_in(), Patience { largest: 1_000, ..patience() });
        let fault = client.folders("project-1").await.unwrap_err();
        assert!(matches!(&fault, Fault::Unreadable(message) if message.contains("larger")), "{fault}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    let page = "\n<!DOCTYPE html><html>Sign in to the hotel</html>";
    for body in [page, "", "{\"data\":", "[1", "\"x\"", "{\"data\":7}"] {
        let server = Server::scripted([Reply::Say(200, body.to_owned())]).await;
        let fault = server.client().folders("project-1").await.unwrap_err();
        assert!(matches!(fault, Fault::Unreadable(_)), "{body}: {fault:?}");
        assert!(!fault.to_string().contains("hotel"));
    }
}

#[tokio::test]
async fn nothing_leads_the_token_elsewhere() {
    let other = Server::start(|_| Reply::ok("{}")).await;
    let server = Server::scripted([Reply::With(302, "location", other.url.clone(), String::new())]).await;
    let fault = server.client().folders("project-1").await.unwrap_err();
    assert!(matches!(fault, Fault::Unreadable(_)), "{fault:?}");
    assert!(other.all().is_empty());
}

#[tokio::test]
async fn while_the_server_asks_to_wait_it_is_not_asked() {
    let busy =
        Reply::With(429, "retry-after", "3600".to_owned(), json!({"statusCode": 429, "message": "x"}).to_string());
    let server = Server::scripted([busy]).await;
    let client = server.client();
    for _ in 0..3 {
        let fault = client.folders("project-1").await.unwrap_err();
        assert!(
            matches!(fault, Fault::Limited { retry_after } if retry_after > Duration::from_secs(3_000)),
            "{fault:?}"
        );
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn no_more_are_under_way_than_allowed() {
    let server = Server::start(|_| Reply::Hang).await;
    let client = server.client_with(signed_in(), Patience { at_once: 2, ..patience() });
    let cancel = CancellationToken::new();
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let client = client.until(cancel.clone());
            tokio::spawn(async move { client.folders("project-1").await })
        })
        .collect();
    while server.seen().len() < 2 {
        tokio::task::yield_now().await;
    }
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.seen().len(), 2);
    cancel.cancel();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap_err(), Fault::Cancelled);
    }
}

#[tokio::test]
async fn health_and_flags_need_no_sign_in() {
    let flags = super::captures::get("002").text();
    let server = Server::scripted([
        Reply::ok(r#"{"status":"Healthy"}"#),
        Reply::Say(200, flags),
        Reply::ok(r#"{"status":"Unhealthy"}"#),
        Reply::ok(r#"{"name":"another program"}"#),
    ])
    .await;
    let client = server.client();
    client.health().await.unwrap();
    let flags = client.flags().await.unwrap();
    assert_eq!((flags.edition.as_str(), flags.current_version.as_str()), ("ce", "0.85.2"));
    assert!(matches!(client.health().await.unwrap_err(), Fault::Unavailable { .. }));
    assert!(matches!(client.health().await.unwrap_err(), Fault::Unreadable(_)));
    assert!(server.all().iter().all(|seen| seen.token.is_none()));
}
