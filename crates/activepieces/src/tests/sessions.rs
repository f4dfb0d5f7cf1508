//! Staying signed in, and telling nobody the secrets.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use futures::future::{BoxFuture, join_all};
use jiff::Timestamp;
use serde_json::json;

use super::server::{Ada, PASSWORD, Reply, Seen, Server, noon, patience, sign_in, signed_in, token};
use crate::{Address, Client, Credential, Credentials, Fault, Secret, Settings};

const EXPIRED: &str =
    r#"{"code":"SESSION_EXPIRED","params":{"message":"The session has expired or the user is not verified."}}"#;
const GARBAGE: &str = r#"{"statusCode":401,"error":"Unauthorized","message":"Cannot read properties of undefined"}"#;

fn sign_ins(server: &Server) -> usize {
    server.all().iter().filter(|seen| seen.path.ends_with("/sign-in")).count()
}

/// A server that hands out tokens 1, 2, 3 … that live so many hours, and takes those from `least` on.
async fn renewing(hours: i64, least: Arc<AtomicU32>, refusal: (u16, &'static str)) -> Server {
    let count = AtomicU32::new(0);
    Server::start(move |seen: &Seen| {
        if seen.path.ends_with("/sign-in") {
            return signed_in(&token(count.fetch_add(1, Ordering::SeqCst) + 1, hours));
        }
        let least = least.load(Ordering::SeqCst);
        let is_taken = (least..9).any(|number| seen.token.as_deref() == Some(&token(number, hours)));
        if is_taken { Reply::ok(json!({"id": "folder-1"})) } else { Reply::Say(refusal.0, refusal.1.to_owned()) }
    })
    .await
}

#[tokio::test]
async fn a_token_is_renewed_before_its_seven_days_end() {
    let server = renewing(168, Arc::new(AtomicU32::new(1)), (401, GARBAGE)).await;
    let hours = Arc::new(AtomicI64::new(0));
    let told = hours.clone();
    let clock =
        Arc::new(move || Timestamp::from_second(noon().as_second() + told.load(Ordering::SeqCst) * 3600).unwrap());
    let ada = Arc::new(Ada::default());
    let settings = Settings {
        address: Address::parse(&server.url).unwrap(),
        credentials: ada.clone(),
        clock,
        patience: patience(),
    };
    let client = Client::new(settings).unwrap();
    for (hour, expected) in [(0, 1), (100, 1), (161, 1), (163, 2)] {
        hours.store(hour, Ordering::SeqCst);
        client.rename_folder("folder-1", "x").await.unwrap();
        assert_eq!(sign_ins(&server), expected, "hour {hour}");
    }
    assert!(*ada.kept.lock().unwrap() == [Secret::new(token(1, 168)), Secret::new(token(2, 168))]);
}

#[tokio::test]
async fn a_short_life_does_not_mean_a_sign_in_for_every_request() {
    let server = renewing(1, Arc::new(AtomicU32::new(1)), (401, GARBAGE)).await;
    let client = server.client();
    for _ in 0..3 {
        client.rename_folder("folder-1", "x").await.unwrap();
    }
    assert_eq!(sign_ins(&server), 1);
}

#[tokio::test]
async fn a_token_that_is_no_longer_taken_is_renewed_once() {
    for refusal in [(401, GARBAGE), (403, EXPIRED)] {
        let least = Arc::new(AtomicU32::new(1));
        let server = renewing(168, least.clone(), refusal).await;
        let client = server.client();
        client.rename_folder("folder-1", "x").await.unwrap();
        least.store(2, Ordering::SeqCst);
        // A write is sent again too: the first was not carried out.
        client.rename_folder("folder-1", "y").await.unwrap();
        assert_eq!((sign_ins(&server), server.seen().len()), (2, 3));
        least.store(9, Ordering::SeqCst);
        let fault = client.rename_folder("folder-1", "z").await.unwrap_err();
        assert!(matches!(fault, Fault::SignIn(_)), "{fault}");
        assert_eq!((sign_ins(&server), server.seen().len()), (3, 5));
    }
}

#[tokio::test]
async fn many_that_meet_a_dead_token_sign_in_once() {
    let least = Arc::new(AtomicU32::new(1));
    let server = renewing(168, least.clone(), (401, GARBAGE)).await;
    let client = server.client();
    assert!(join_all((0..8).map(|_| client.rename_folder("folder-1", "x"))).await.iter().all(Result::is_ok));
    assert_eq!(sign_ins(&server), 1);
    least.store(2, Ordering::SeqCst);
    assert!(join_all((0..8).map(|_| client.rename_folder("folder-1", "x"))).await.iter().all(Result::is_ok));
    assert_eq!(sign_ins(&server), 2);
}

#[tokio::test]
async fn a_wrong_password_is_not_tried_again_and_again() {
    let server = Server::start(|_| Reply::Say(401, r#"{"code":"INVALID_CREDENTIALS","params":null}"#.to_owned())).await;
    let client = server.client();
    for _ in 0..5 {
        let fault = client.folders("project-1").await.unwrap_err();
        assert!(fault.to_string().contains("password is wrong"), "{fault}");
    }
    assert_eq!(server.all().len(), 1);
    // A person who typed it anew is not put off.
    client.sign_in().await.unwrap_err();
    assert_eq!(server.all().len(), 2);
}

#[tokio::test]
async fn too_many_sign_ins_are_told_with_the_time_to_wait() {
    let body = super::captures::get("188").text();
    let server = Server::start(move |_| Reply::With(429, "retry-after", "57".to_owned(), body.clone())).await;
    let fault = server.client().sign_in().await.unwrap_err();
    assert_eq!(fault, Fault::Limited { retry_after: std::time::Duration::from_secs(57) });
    assert_eq!(server.all().len(), 1);
}

#[tokio::test]
async fn a_kept_token_spares_the_sign_in_while_it_lives() {
    for (hours, expected) in [(100, 0), (5, 1), (-1, 1)] {
        let server = Server::start(|seen| sign_in(seen).unwrap_or_else(|| Reply::ok(json!({"id": "folder-1"})))).await;
        let ada = Ada { from_before: Some(Secret::new(token(7, hours))), kept: Mutex::default() };
        let client = server.client_of(Arc::new(ada));
        client.rename_folder("folder-1", "x").await.unwrap();
        assert_eq!(sign_ins(&server), expected, "{hours}");
        assert_eq!(client.account().await.unwrap().user_id, "user-ada");
    }
}

struct Keyed;

impl Credentials for Keyed {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, Fault>> {
        Box::pin(async { Ok(Credential::ApiKey(Secret::new("sk-0123456789abcdefghij"))) })
    }
}

struct Nobody;

impl Credentials for Nobody {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, Fault>> {
        Box::pin(async { Err(Fault::SignIn("Nobody is signed in. Sign in first.".to_owned())) })
    }
}

#[tokio::test]
async fn a_key_is_sent_as_it_is_and_nobody_asks_for_nothing() {
    let server = Server::start(|seen| match seen.token.as_deref() {
        Some("sk-0123456789abcdefghij") => Reply::ok(json!({"id": "folder-1"})),
        _ => Reply::Say(401, GARBAGE.to_owned()),
    })
    .await;
    server.client_of(Arc::new(Keyed)).rename_folder("folder-1", "x").await.unwrap();
    assert_eq!(server.all().len(), 1);
    let fault = server.client_of(Arc::new(Nobody)).folders("project-1").await.unwrap_err();
    assert_eq!(fault.to_string(), "Nobody is signed in. Sign in first.");
    assert_eq!(server.all().len(), 1);
}

/// Whatever goes wrong, and however it is printed, neither the password nor a token is told.
#[tokio::test]
async fn secrets_are_in_no_error_and_no_debug() {
    let secret = token(1, 168);
    let echo = secret.clone();
    let tell = move |seen: &Seen| {
        if seen.path.ends_with("/sign-in") {
            return signed_in(&echo);
        }
        let said = format!("{} {PASSWORD} {echo}", seen.token.as_deref().unwrap_or_default());
        let status =
            seen.query.iter().find(|(key, _)| key == "folderId").map_or(200, |(_, value)| value.parse().unwrap());
        let body =
            json!({"statusCode": status, "code": "X", "error": said, "message": said, "params": {"message": said}});
        Reply::Say(status, body.to_string())
    };
    let server = Server::start(tell).await;
    let ada = Arc::new(Ada::default());
    let client = server.client_of(ada);
    let mut told = vec![format!("{client:?}"), format!("{:?}", client.account().await.unwrap())];
    for status in [200, 400, 401, 402, 403, 404, 409, 410, 422, 429, 500, 502] {
        let fault = client.count_flows("p", Some(&status.to_string())).await.unwrap_err();
        told.push(format!("{fault} {fault:?}"));
    }
    told.push(format!("{:?}", client.pass().await.unwrap()));
    told.push(format!("{:?}", Credential::Password { email: String::new(), password: Secret::new(PASSWORD) }));
    for text in told {
        assert!(!text.contains(&secret) && !text.contains("eyJ"), "{text}");
        assert!(!text.contains("sealed1") && !text.contains(PASSWORD), "{text}");
    }
}
