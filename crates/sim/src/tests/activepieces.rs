//! The Activepieces stand-in against what a real 0.85.2 server answered.

mod captures;
mod corners;
mod edits;
mod facts;
mod faults;
mod pieces;
mod random;
mod replay;
mod runs;
mod sample;
mod sockets;
mod worker;

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Got, Hand};
use crate::activepieces::{Activepieces, Execute, Installation, Options, Owner};

/// A signed-in client of a stand-in.
struct Desk {
    server: Activepieces,
    hand: Hand,
    http: reqwest::Client,
    token: String,
    project: String,
}

impl Desk {
    async fn of(options: Options, hand: Hand) -> Self {
        let server = Activepieces::start(options).await.unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let (token, project) = (server.token(), server.project_id());
        Self { server, hand, http, token, project }
    }

    /// An installation with an owner and nothing in it.
    async fn empty() -> Self {
        Self::with(None).await
    }

    async fn with(execute: Option<Arc<dyn Execute>>) -> Self {
        let hand = Hand::new();
        let clock = hand.clock();
        let installation = Some(Installation::owned(3, clock(), Owner::default()));
        Self::of(Options { installation, clock, execute, ..Options::default() }, hand).await
    }

    async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Got {
        let url = format!("{}/api{path}", self.server.base_url());
        let mut request = self.http.request(method.parse().unwrap(), url);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        read(request.send().await.unwrap()).await
    }

    async fn get(&self, path: &str) -> Got {
        self.send("GET", path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Got {
        self.send("POST", path, Some(&body)).await
    }

    /// An answer that has to be good.
    async fn good(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let got = self.send(method, path, body.as_ref()).await;
        assert!((200..300).contains(&got.status), "{method} {path}: {} {}", got.status, got.body);
        got.body
    }

    async fn operate(&self, flow: &str, kind: &str, request: Value) -> Got {
        self.post(&format!("/v1/flows/{flow}"), json!({ "type": kind, "request": request })).await
    }

    /// A flow with a webhook trigger and a code step, published if wanted.
    async fn flow(&self, published: bool) -> String {
        let body = json!({ "projectId": self.project, "displayName": "Echo" });
        let made = self.good("POST", "/v1/flows", Some(body)).await;
        let flow = made["id"].as_str().unwrap().to_owned();
        assert_eq!(self.operate(&flow, "UPDATE_TRIGGER", webhook()).await.status, 200);
        assert_eq!(self.operate(&flow, "ADD_ACTION", code("trigger", "step_1")).await.status, 200);
        if published {
            assert_eq!(self.operate(&flow, "LOCK_AND_PUBLISH", json!({})).await.status, 200);
        }
        flow
    }

    /// Waits until a run has come so far.
    async fn run_is(&self, run: &str, status: &str) -> Value {
        for _ in 0..2_000 {
            let got = self.get(&format!("/v1/flow-runs/{run}")).await;
            assert_eq!(got.status, 200);
            if got.body["status"] == status {
                return got.body;
            }
            tokio::task::yield_now().await;
        }
        panic!("the run {run} never came to {status}");
    }

    fn sound(&self) {
        self.server.look(|installation| installation.check()).unwrap();
    }
}

async fn read(response: reqwest::Response) -> Got {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or(Value::String(text)) };
    Got { status, headers, body }
}

fn webhook() -> Value {
    json!({
        "name": "trigger", "displayName": "Catch", "valid": true, "type": "PIECE_TRIGGER",
        "settings": {
            "pieceName": "@activepieces/piece-webhook", "pieceVersion": "~0.1.34", "triggerName": "catch_webhook",
            "input": { "authType": "none", "authFields": {} }, "propertySettings": {},
        },
    })
}

fn code(parent: &str, name: &str) -> Value {
    json!({
        "parentStep": parent,
        "action": {
            "name": name, "displayName": name, "valid": true, "type": "CODE",
            "settings": {
                "input": { "x": "{{trigger['output']['body']}}" },
                "sourceCode": { "code": "export const code = async (i) => i;", "packageJson": "{}" },
            },
        },
    })
}
