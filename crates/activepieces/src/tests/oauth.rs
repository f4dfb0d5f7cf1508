//! Connections by a permission given in the browser, and what a connection becomes on the way.

use serde_json::json;

use super::captures::get;
use super::server::{Reply, Server};
use crate::{ConnectionValue, Fault, NewConnection, OAuthApp, OAuthStart, Secret};

async fn start(state: &str, verifier: Option<&str>) -> OAuthStart {
    let mut body = get("129").body;
    let url = body["authorizationUrl"].as_str().unwrap().replace("5Mmgc_0IeA1Rbu55B5LQH", state);
    body["authorizationUrl"] = json!(url);
    body["codeVerifier"] = json!(verifier);
    let server = Server::scripted([Reply::ok(body)]).await;
    let redirect = "http://127.0.0.1:47113/redirect";
    server.client().start_oauth("p", "@activepieces/piece-google-sheets", "cid", redirect).await.unwrap()
}

#[tokio::test]
async fn what_the_browser_brings_back_is_handed_in() {
    let started = start("state-1", Some("verifier-1")).await;
    assert_eq!(started.authorization_url.host_str(), Some("accounts.google.com"));
    for came_back in
        ["http://127.0.0.1:47113/redirect?code=c%2F1&state=state-1", "/redirect?state=state-1&code=c%2F1&authuser=0"]
    {
        let returned = started.finish(came_back).unwrap();
        assert_eq!(returned.code, Secret::new("c/1"));
        assert!(returned.scope.starts_with("https://www.googleapis.com/auth/spreadsheets "));
        assert!(!format!("{returned:?} {started:?}").contains("c/1"));
        let server = Server::scripted([Reply::ok(json!({"id": "c", "externalId": "gs-1", "status": "ACTIVE"}))]).await;
        let app = OAuthApp {
            client_id: "cid".to_owned(),
            client_secret: Secret::new("hush"),
            authorization_method: Some("BODY".to_owned()),
            grant_type: None,
        };
        let connection = NewConnection {
            external_id: "gs-1".to_owned(),
            display_name: "Sheets".to_owned(),
            piece_name: "@activepieces/piece-google-sheets".to_owned(),
            piece_version: None,
            value: ConnectionValue::OAuth2 { app, returned },
        };
        assert!(!format!("{connection:?}").contains("hush"));
        let made = server.client().put_connection("p", &connection).await.unwrap();
        assert_eq!(made.expression(), "{{connections['gs-1']}}");
        let value = server.seen()[0].json()["value"].clone();
        assert_eq!(value["code"], "c/1");
        assert_eq!(value["code_challenge"], "verifier-1");
        assert_eq!(value["client_secret"], "hush");
        assert_eq!(value["redirect_url"], "http://127.0.0.1:47113/redirect");
    }
}

#[tokio::test]
async fn the_answer_to_another_question_is_refused() {
    let started = start("state-1", None).await;
    for came_back in [
        "/redirect?code=c&state=state-2",
        "/redirect?code=c",
        "/redirect?state=state-1",
        "/redirect?state=state-1&code=",
        "/other?code=c&state=state-1",
        "http://127.0.0.1:1/redirect?code=c&state=state-1",
        "https://evil.example.com/redirect?code=c&state=state-1",
        "/redirect?error=server_error&state=state-1",
        "",
    ] {
        let fault = started.finish(came_back).unwrap_err();
        assert!(
            matches!(&fault, Fault::Invalid { field: Some(field), .. } if field == "code"),
            "{came_back}: {fault:?}"
        );
    }
    let fault = started.finish("/redirect?error=access_denied").unwrap_err();
    assert!(matches!(fault, Fault::Forbidden(_)));
    let server = Server::scripted([Reply::ok(json!({"authorizationUrl": "javascript:alert(1)"}))]).await;
    let fault = server.client().start_oauth("p", "x", "c", "http://127.0.0.1:1/").await.unwrap_err();
    assert!(matches!(fault, Fault::Unreadable(_)));
}
