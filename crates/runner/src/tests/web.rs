use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::any;
use serde_json::{Value, json};

use super::desk::{brings, desk, one, options};
use super::kit::{Kit, Safe};
use crate::RunStatus;
use crate::pieces::HttpLimits;

const HTTP: &str = "@activepieces/piece-http";
const SLACK: &str = "@activepieces/piece-slack";

type Log = Arc<Mutex<Vec<(String, Value, String)>>>;

/// A server that writes calls down, and where it is.
async fn server() -> (String, Log) {
    let log = Log::default();
    let router = Router::new().fallback(any(answer)).with_state(log.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, log)
}

async fn answer(State(log): State<Log>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let told: serde_json::Map<String, Value> =
        headers.iter().map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap()))).collect();
    let body = String::from_utf8_lossy(&body).into_owned();
    let count = {
        let mut log = log.lock().unwrap();
        log.push((format!("{method} {uri}"), told.clone().into(), body.clone()));
        log.len()
    };
    let json_of = |value: Value| ([("content-type", "application/json")], value.to_string()).into_response();
    match uri.path() {
        "/echo" => json_of(json!({ "headers": told, "body": body })),
        "/text" => "plain".into_response(),
        "/big" => "x".repeat(3 << 20).into_response(),
        "/slow" => std::future::pending().await,
        "/away" => Redirect::temporary("/text").into_response(),
        "/scheme" => Redirect::temporary("ftp://127.0.0.1/x").into_response(),
        "/round" => Redirect::temporary("/round").into_response(),
        "/gone" => (axum::http::StatusCode::NOT_FOUND, [("content-type", "application/json")], "{\"why\":\"gone\"}")
            .into_response(),
        "/flaky" if count < 3 => axum::http::StatusCode::BAD_GATEWAY.into_response(),
        "/flaky" => "at last".into_response(),
        "/down" => axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "/users.lookupByEmail" => json_of(json!({ "ok": true, "user": { "id": "U1" } })),
        "/chat.postMessage" => {
            let asked: Value = serde_json::from_str(&body).unwrap();
            match asked["channel"].as_str().unwrap() {
                "C1" | "U1" => json_of(json!({ "ok": true, "ts": "1.2", "channel": "C1" })),
                "C2" => json_of(json!({ "ok": false, "error": "duplicate_client_msg_id" })),
                "C3" => (axum::http::StatusCode::TOO_MANY_REQUESTS, "").into_response(),
                other => json_of(json!({ "ok": false, "error": other })),
            }
        }
        "/conversations.list" => json_of(json!({ "ok": true, "channels": [{ "id": "C1", "name": "general" }] })),
        "/users.list" => json_of(json!({ "ok": true, "members": [
            { "id": "U1", "name": "ada", "profile": { "real_name": "Ada Park" } },
            { "id": "U2", "name": "old", "deleted": true },
        ] })),
        "/hook" => "ok".into_response(),
        _ => axum::http::StatusCode::IM_A_TEAPOT.into_response(),
    }
}

fn limits() -> HttpLimits {
    HttpLimits { time: Duration::from_secs(20), body: 1 << 20 }
}

fn http_desk() -> Kit {
    desk(Safe::default(), None, limits()).0
}

fn get(url: String) -> Value {
    json!({ "method": "GET", "url": url, "headers": {}, "queryParams": {} })
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

#[tokio::test]
async fn a_call_brings_status_headers_and_body_and_says_who_asks() {
    let (address, log) = server().await;
    let kit = http_desk();
    let input = with(
        get(format!("{address}/echo?x=1")),
        json!({ "queryParams": { "customer": "A & B" }, "headers": { "X-Demo": 1 } }),
    );
    let output = brings(&kit, HTTP, "send_request", input).await.unwrap();
    assert_eq!((&output["status"], &output["body"]["headers"]["x-demo"]), (&json!(200), &json!("1")));
    assert_eq!(log.lock().unwrap()[0].0, "GET /echo?x=1&customer=A+%26+B");
    assert!(output["body"]["headers"].get("idempotency-key").is_none(), "asking changes nothing");
    let text = brings(&kit, HTTP, "send_request", get(format!("{address}/text"))).await.unwrap();
    assert_eq!(text["body"], "plain");
    let binary = with(get(format!("{address}/text")), json!({ "response_is_binary": true }));
    assert_eq!(brings(&kit, HTTP, "send_request", binary).await.unwrap()["body"], "cGxhaW4=");
}

#[tokio::test]
async fn what_changes_something_bears_one_key_over_all_attempts() {
    let (address, log) = server().await;
    let kit = http_desk();
    let input = with(
        get(format!("{address}/echo")),
        json!({ "method": "POST", "body_type": "json", "body": { "data": { "a": [1] } } }),
    );
    brings(&kit, HTTP, "send_request", input.clone()).await.unwrap();
    let (_, headers, body) = log.lock().unwrap()[0].clone();
    assert_eq!((headers["content-type"].as_str(), body.as_str()), (Some("application/json"), "{\"a\":[1]}"));
    let key = headers["idempotency-key"].as_str().unwrap().to_owned();
    assert_eq!((key.len(), &key[14..15]), (36, "8"), "{key}");
    brings(&kit, HTTP, "send_request", input.clone()).await.unwrap();
    assert_eq!(log.lock().unwrap()[1].1["idempotency-key"], key, "the same run, step and iteration");
    let own = with(input, json!({ "headers": { "Idempotency-Key": "mine" } }));
    brings(&kit, HTTP, "send_request", own).await.unwrap();
    assert_eq!(log.lock().unwrap()[2].1["idempotency-key"], "mine");
}

#[tokio::test]
async fn bodies_and_sign_ins_of_every_kind_arrive() {
    let (address, log) = server().await;
    let kit = http_desk();
    let table = [
        (json!({ "body_type": "raw", "body": { "data": "as it is" } }), "text/plain", "as it is"),
        (
            json!({ "body_type": "form_data", "body": { "data": { "a": "1" } } }),
            "multipart/form-data",
            "name=\"a\"\r\n\r\n1\r\n",
        ),
        (json!({ "body_type": "json", "body": { "data": "{\"a\":1}" } }), "application/json", "{\"a\":1}"),
        (json!({ "body_type": "none", "body": {} }), "", ""),
    ];
    for (more, kind, part) in table {
        let input = with(with(get(format!("{address}/echo")), json!({ "method": "PUT" })), more);
        brings(&kit, HTTP, "send_request", input).await.unwrap();
        let (_, headers, body) = log.lock().unwrap().last().unwrap().clone();
        assert!(
            headers["content-type"].as_str().unwrap_or_default().starts_with(kind) && body.contains(part),
            "{body}"
        );
    }
    let basic = json!({ "authType": "BASIC", "authFields": { "username": "ada", "password": "s3cret" } });
    let output = brings(&kit, HTTP, "send_request", with(get(format!("{address}/echo")), basic)).await.unwrap();
    assert_eq!(log.lock().unwrap().last().unwrap().1["authorization"], "Basic YWRhOnMzY3JldA==");
    assert_eq!(output["body"]["headers"]["authorization"], "Basic **REDACTED**", "what is echoed is not kept");
}

#[tokio::test]
async fn limits_on_time_size_and_redirects_hold() {
    let (address, _) = server().await;
    let kit = http_desk();
    let ask = |path: &str, more: Value| with(get(format!("{address}{path}")), more);
    let table = [
        (ask("/slow", json!({ "timeout": 0.2 })), "did not answer in time"),
        (ask("/big", json!({})), "more than 1 MB"),
        (ask("/scheme", json!({ "followRedirects": true })), "another scheme"),
        (ask("/round", json!({ "followRedirects": true })), "too often"),
        (get("ftp://127.0.0.1/".into()), "https:// or http://"),
        (get("not an address".into()), "https:// or http://"),
        (get("http://127.0.0.1:1/".into()), "cannot be reached"),
        (ask("/text", json!({ "headers": { "a b": "x" } })), "no header"),
        (ask("/text", json!({ "headers": "x" })), "set of names and values"),
        (ask("/text", json!({ "timeout": "soon" })), "timeout has to be a number"),
        (with(get(String::new()), json!({})), "URL is empty"),
    ];
    for (input, word) in table {
        let error = brings(&kit, HTTP, "send_request", input.clone()).await.unwrap_err();
        assert!(error.contains(word), "{input}: {error}");
    }
    let followed = brings(&kit, HTTP, "send_request", ask("/away", json!({ "followRedirects": true }))).await.unwrap();
    assert_eq!(followed["body"], "plain");
    let straight = brings(&kit, HTTP, "send_request", ask("/away", json!({}))).await.unwrap();
    assert_eq!((&straight["status"], &straight["headers"]["location"]), (&json!(307), &json!("/text")));
}

#[tokio::test]
async fn a_refusal_fails_the_step_unless_it_says_otherwise() {
    let (address, log) = server().await;
    let kit = http_desk();
    let run = one(&kit, HTTP, "send_request", get(format!("{address}/gone"))).await;
    let failure = &run.failed().unwrap().failure;
    assert_eq!((failure.status, failure.response_body.as_deref().unwrap()), (Some(404), &json!({ "why": "gone" })));
    assert!(failure.message.contains("answered 404. Look at the address."), "{}", failure.message);
    let text: Value = serde_json::from_str(run.steps()["a"]["errorMessage"].as_str().unwrap()).unwrap();
    assert_eq!((&text["__apErrorVersion"], &text["status"]), (&json!(1), &json!(404)));
    for (path, mode, status) in
        [("/gone", "continue_all", 404), ("/gone", "continue_4xx", 404), ("/down", "continue_all", 503)]
    {
        let input = with(get(format!("{address}{path}")), json!({ "failureMode": mode }));
        assert_eq!(brings(&kit, HTTP, "send_request", input).await.unwrap()["status"], status);
    }
    let down = with(get(format!("{address}/down")), json!({ "failureMode": "continue_4xx" }));
    assert!(brings(&kit, HTTP, "send_request", down).await.unwrap_err().contains("try again later"));
    log.lock().unwrap().clear();
    let flaky = with(get(format!("{address}/flaky")), json!({ "failureMode": "retry_5xx" }));
    assert_eq!(brings(&kit, HTTP, "send_request", flaky).await.unwrap()["body"], "at last");
    assert_eq!(log.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn dynamic_fields_are_those_of_a_server() {
    let kit = http_desk();
    let of = |property: &'static str, input: Value| options(&kit, HTTP, "send_request", property, input);
    let body = of("body", json!({ "body_type": "json" })).await;
    assert_eq!(
        (&body["type"], &body["options"]["data"]["displayName"], &body["options"]["data"]["type"]),
        (&json!("DYNAMIC"), &json!("JSON Body"), &json!("JSON"))
    );
    let token = of("authFields", json!({ "authType": "BEARER_TOKEN" })).await;
    assert_eq!(token["options"]["token"]["type"], "SHORT_TEXT");
    assert_eq!(of("authFields", json!({ "authType": "NONE" })).await["options"], json!({}));
    let method = of("method", json!({})).await;
    assert_eq!((&method["type"], &method["options"]["options"][1]["value"]), (&json!("DROPDOWN"), &json!("POST")));
    assert_eq!(of("nothing", json!({})).await["options"]["disabled"], true);
}

fn slack_safe(token: &str) -> Safe {
    let bot = json!({ "type": "CUSTOM_AUTH", "props": { "botToken": token } });
    Safe { connections: [("slack".to_owned(), bot)].into_iter().collect(), ..Safe::default() }
}

#[tokio::test]
async fn slack_gets_a_message_under_one_id_and_the_token_stays_secret() {
    let (address, log) = server().await;
    let (kit, _) = desk(slack_safe("xoxb-12345"), Some(address), limits());
    let input = json!({ "auth": "{{connections['slack']}}", "channel": "C1", "text": "Hi *you*", "threadTs": "1.1", "replyBroadcast": true });
    let run = one(&kit, SLACK, "send_channel_message", input).await;
    assert_eq!(run.status(), RunStatus::Succeeded, "{:?}", run.failed());
    let (call, headers, body) = log.lock().unwrap()[0].clone();
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((call.as_str(), &headers["authorization"]), ("POST /chat.postMessage", &json!("Bearer xoxb-12345")));
    assert_eq!(body["client_msg_id"], run_key(&run));
    assert_eq!(
        (&body["text"], &body["thread_ts"], &body["reply_broadcast"]),
        (&json!("Hi *you*"), &json!("1.1"), &json!(true))
    );
    assert!(!kit.journal.text().contains("xoxb"));
    let find = json!({ "auth": "{{connections['slack']}}", "email": "ada@example.com" });
    let direct = json!({ "auth": "{{connections['slack']}}", "userId": "U1", "text": "Hi" });
    assert_eq!(brings(&kit, SLACK, "send_direct_message", direct).await.unwrap()["ok"], true);
    brings(&kit, SLACK, "slack-find-user-by-email", find).await.unwrap();
    assert_eq!(log.lock().unwrap().last().unwrap().0, "GET /users.lookupByEmail?email=ada%40example.com");
}

fn run_key(run: &crate::Run) -> String {
    crate::Key::of(run.id(), "a", &[]).uuid()
}

#[tokio::test]
async fn what_slack_refuses_is_told_in_words() {
    let (address, _) = server().await;
    let (kit, _) = desk(slack_safe("xoxb-12345"), Some(address.clone()), limits());
    let send = |channel: &str| json!({ "auth": "{{connections['slack']}}", "channel": channel, "text": "x" });
    for (channel, word) in [
        ("channel_not_found", "no such channel"),
        ("not_in_channel", "Invite it"),
        ("invalid_auth", "Connect Slack again"),
        ("missing_scope", "chat:write"),
        ("C3", "asks to wait"),
        ("strange_error", "strange_error"),
    ] {
        let error = brings(&kit, SLACK, "send_channel_message", send(channel)).await.unwrap_err();
        assert!(error.contains(word), "{channel}: {error}");
    }
    let again = brings(&kit, SLACK, "send_channel_message", send("C2")).await.unwrap();
    assert_eq!(again, json!({ "ok": true, "duplicate": true }), "it is there already");
    let empty = json!({ "auth": "{{connections['slack']}}", "channel": "C1" });
    assert!(brings(&kit, SLACK, "send_channel_message", empty).await.unwrap_err().contains("empty"));
    let nobody = json!({ "channel": "C1", "text": "x" });
    assert!(brings(&kit, SLACK, "send_channel_message", nobody).await.unwrap_err().contains("No connection"));
}

#[tokio::test]
async fn channels_and_people_can_be_chosen_once_slack_is_connected() {
    let (address, log) = server().await;
    let (kit, _) = desk(slack_safe("xoxb-12345"), Some(address), limits());
    let none = options(&kit, SLACK, "send_channel_message", "channel", json!({})).await;
    assert_eq!(
        (&none["options"]["disabled"], &none["options"]["placeholder"]),
        (&json!(true), &json!("Choose a connection first."))
    );
    let auth = json!({ "auth": "{{connections['slack']}}" });
    let channels = options(&kit, SLACK, "send_channel_message", "channel", auth.clone()).await;
    assert_eq!(channels["options"]["options"], json!([{ "label": "general", "value": "C1" }]));
    let people = options(&kit, SLACK, "send_direct_message", "userId", auth).await;
    assert_eq!(people["options"]["options"], json!([{ "label": "Ada Park", "value": "U1" }]));
    assert!(log.lock().unwrap()[0].0.starts_with("GET /conversations.list?limit=200"));
    let gone =
        options(&kit, SLACK, "send_channel_message", "channel", json!({ "auth": "{{connections['old']}}" })).await;
    assert!(gone["options"]["placeholder"].as_str().unwrap().contains("not there any more"));
}

#[tokio::test]
async fn an_incoming_webhook_posts_once_and_its_address_stays_secret() {
    let (address, log) = server().await;
    let hook = json!({ "type": "SECRET_TEXT", "secret_text": format!("{address}/hook") });
    let dead = json!({ "type": "SECRET_TEXT", "secret_text": "http://127.0.0.1:1/very/secret" });
    let connections = [("hook".to_owned(), hook), ("dead".to_owned(), dead)];
    let (kit, _) = desk(Safe { connections: connections.into_iter().collect(), ..Safe::default() }, None, limits());
    let send = |id: &str| json!({ "auth": format!("{{{{connections['{id}']}}}}"), "text": "Hi" });
    let run = one(&kit, "@pmos/piece-slack-webhook", "send_message", send("hook")).await;
    assert_eq!(run.status(), RunStatus::Succeeded);
    assert_eq!(log.lock().unwrap()[0].2, "{\"text\":\"Hi\"}");
    let error = brings(&kit, "@pmos/piece-slack-webhook", "send_message", send("dead")).await.unwrap_err();
    assert!(error.contains("cannot be reached") && !error.contains("secret"), "{error}");
}
