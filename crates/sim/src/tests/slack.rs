//! The Slack stand-in.

use serde_json::{Value, json};

use super::Hand;
use crate::Gate;
use crate::slack::{Slack, SlackFault, SlackOptions};

struct Client {
    slack: Slack,
    http: reqwest::Client,
}

impl Client {
    async fn new() -> Self {
        let options = SlackOptions { clock: Hand::new().clock(), ..SlackOptions::default() };
        Self { slack: Slack::start(options).await.unwrap(), http: reqwest::Client::new() }
    }

    async fn call(&self, method: &str, token: Option<&str>, body: Value) -> (u16, Value) {
        let mut request = self.http.post(format!("{}/api/{method}", self.slack.base_url())).json(&body);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn post(&self, body: Value) -> Value {
        self.call("chat.postMessage", Some("xoxb-sample-token"), body).await.1
    }
}

#[tokio::test]
async fn messages_are_posted_changed_and_not_doubled() {
    let client = Client::new().await;
    let body = json!({ "channel": "#delivery", "text": "Late", "client_msg_id": "run-1.step_2" });
    let first = client.post(body.clone()).await;
    assert_eq!((&first["ok"], &first["channel"]), (&json!(true), &json!("C02DELIVERY")));
    assert_eq!(client.post(body).await, first);
    let direct =
        client.post(json!({ "channel": "U03NOOR", "blocks": [{ "type": "divider" }], "thread_ts": "1.1" })).await;
    assert_eq!(direct["ok"], true);
    let update = json!({ "channel": "C02DELIVERY", "ts": first["ts"], "text": "Done" });
    let token = Some("xoxb-sample-token");
    assert_eq!(client.call("chat.update", token, update).await.1["ok"], true);
    let posted = client.slack.posted();
    assert_eq!(posted.len(), 2);
    assert_eq!((posted[0].text.as_str(), posted[1].channel.as_str()), ("Done", "U03NOOR"));
    assert_eq!(posted[1].thread.as_deref(), Some("1.1"));
    assert_eq!(client.slack.arrived().len(), 4);
    for (body, word) in [
        (json!({ "channel": "nowhere", "text": "x" }), "channel_not_found"),
        (json!({ "channel": "C01GENERAL" }), "no_text"),
        (json!({ "channel": "C01GENERAL", "blocks": "{" }), "invalid_blocks_format"),
        (json!({ "channel": "C01GENERAL", "text": "x".repeat(40_001) }), "msg_too_long"),
    ] {
        assert_eq!(client.post(body).await["error"], word);
    }
    let lost = json!({ "channel": "C02DELIVERY", "ts": "0.0", "text": "x" });
    assert_eq!(client.call("chat.update", token, lost).await.1["error"], "message_not_found");
    assert_eq!(client.slack.posted().len(), 2);
}

#[tokio::test]
async fn lists_and_the_webhook() {
    let client = Client::new().await;
    let token = Some("xoxb-sample-token");
    let channels = client.call("conversations.list", token, json!({})).await.1;
    assert_eq!(channels["channels"][1]["name"], "delivery");
    let people = client.call("users.list", token, json!({})).await.1;
    assert_eq!(people["members"].as_array().unwrap().len(), 5);
    let found = client.call("users.lookupByEmail", token, json!({ "email": "noor@example.com" })).await.1;
    assert_eq!(found["user"]["id"], "U03NOOR");
    assert_eq!(client.call("nonsense", token, json!({})).await.1["error"], "unknown_method");
    // A form does as well as JSON.
    let url = format!("{}/api/chat.postMessage", client.slack.base_url());
    let form = client.http.post(url).header("content-type", "application/x-www-form-urlencoded");
    let sent = form.body("token=xoxb-sample-token&channel=C01GENERAL&text=Hello+there").send().await.unwrap();
    assert_eq!(sent.json::<Value>().await.unwrap()["ok"], true);
    let hook = async |url: String, body: Value| {
        let response = client.http.post(url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    assert_eq!(hook(client.slack.webhook_url(), json!({ "text": "From a hook" })).await, (200, "ok".to_owned()));
    assert_eq!(hook(client.slack.webhook_url(), json!({})).await, (400, "no_text".to_owned()));
    assert_eq!(hook(format!("{}x", client.slack.webhook_url()), json!({ "text": "x" })).await.0, 403);
    let texts: Vec<String> = client.slack.posted().into_iter().map(|posted| posted.text).collect();
    assert_eq!(texts, ["Hello there", "From a hook"]);
    assert!(client.slack.arrived().iter().all(|one| !one.params.to_string().contains("xoxb-")));
}

#[tokio::test]
async fn tokens_are_checked_and_faults_strike_once() {
    let client = Client::new().await;
    let body = json!({ "channel": "C01GENERAL", "text": "x", "client_msg_id": "a" });
    assert_eq!(client.call("chat.postMessage", None, body.clone()).await.1["error"], "not_authed");
    assert_eq!(client.call("chat.postMessage", Some("xoxb-other"), body.clone()).await.1["error"], "invalid_auth");
    client.slack.fail_next("chat.postMessage", SlackFault::Limited(30));
    client.slack.fail_next("chat.postMessage", SlackFault::Error("channel_not_found"));
    client.slack.fail_next("chat.postMessage", SlackFault::LostAnswer);
    let url = format!("{}/api/chat.postMessage", client.slack.base_url());
    let limited = client.http.post(url).bearer_auth("xoxb-sample-token").json(&body).send().await.unwrap();
    assert_eq!((limited.status().as_u16(), limited.headers()["retry-after"].to_str().unwrap()), (429, "30"));
    assert_eq!(client.post(body.clone()).await["error"], "channel_not_found");
    assert!(client.slack.posted().is_empty());
    assert_eq!(client.call("chat.postMessage", Some("xoxb-sample-token"), body.clone()).await.0, 500);
    // The answer was lost and the message was not: the same id finds it.
    assert_eq!(client.slack.posted().len(), 1);
    assert_eq!(client.post(body.clone()).await["ok"], true);
    assert_eq!(client.slack.posted().len(), 1);
    let gate = Gate::default();
    client.slack.fail_next("", SlackFault::Hold(gate.clone()));
    let other = json!({ "channel": "C01GENERAL", "text": "held" });
    let watch = async {
        gate.arrived().await;
        assert_eq!(client.slack.posted().len(), 1);
        gate.open();
    };
    let (sent, ()) = tokio::join!(client.post(other), watch);
    assert_eq!(sent["ok"], true);
    assert_eq!(client.slack.posted().len(), 2);
}
