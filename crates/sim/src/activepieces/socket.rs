//! Socket.IO, version 4, over a websocket and nothing else: tests of whole flows, progress, locks and presence.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Body as HttpBody;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::installation::{Effect, Installation};
use super::samples;
use super::server::{Shared, Told};

/// Answers the request for a websocket and serves it.
pub(crate) async fn upgrade(shared: &Arc<Shared>, request: Request, query: &str) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await.ok();
    let Some(upgrade) = upgrade.filter(|_| query.contains("EIO=4")) else {
        let mut response = Response::new(HttpBody::from(r#"{"code":0,"message":"Transport unknown"}"#));
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    };
    let shared = Arc::clone(shared);
    upgrade.on_upgrade(move |socket| async move {
        let stop = shared.stop.clone();
        let serving = shared.tasks.track_future(Session::open(&shared, socket));
        tokio::select! {
            () = stop.cancelled() => {}
            () = serving => {}
        }
    })
}

/// One socket after it was let in.
struct Session<'a> {
    shared: &'a Arc<Shared>,
    number: u64,
    project: String,
}

impl<'a> Session<'a> {
    async fn open(shared: &'a Arc<Shared>, mut socket: WebSocket) {
        let number = shared.sockets.fetch_add(1, Ordering::SeqCst);
        let ping = u64::try_from(shared.ping.as_millis()).unwrap_or(u64::MAX);
        let open = json!({
            "sid": format!("socket-{number}"), "upgrades": [], "pingInterval": ping, "pingTimeout": 20_000,
            "maxPayload": 1_000_000,
        });
        if socket.send(Message::text(format!("0{open}"))).await.is_err() {
            return;
        }
        let Some(auth) = first(&mut socket).await else { return };
        let text = |key: &str| auth.get(key).and_then(Value::as_str).unwrap_or_default();
        let (token, project) = (text("token"), text("projectId"));
        let now = shared.now();
        let let_in = shared.with(|state| {
            state.installation.is_signed_in(token, now) && state.installation.known_project(project).is_ok()
        });
        if !let_in {
            let refused = json!({ "message": "Authentication error" });
            let _ = socket.send(Message::text(format!("44{refused}"))).await;
            return;
        }
        let session = Session { shared, number, project: project.to_owned() };
        session.serve(socket).await;
        shared.with(|state| state.installation.gone(&session.project, number));
    }

    async fn serve(&self, mut socket: WebSocket) {
        let mut told = self.shared.told.subscribe();
        let hello = format!("40{}", json!({ "sid": format!("session-{}", self.number) }));
        if socket.send(Message::text(hello)).await.is_err() {
            return;
        }
        let mut ping = tokio::time::interval_at(tokio::time::Instant::now() + self.shared.ping, self.shared.ping);
        // A server that was held up asks once, and gives the usual time to answer.
        ping.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut is_there = true;
        loop {
            let reply = tokio::select! {
                frame = socket.recv() => match frame {
                    Some(Ok(Message::Text(text))) => {
                        is_there = is_there || text.as_str() == "3";
                        match text.as_str() {
                            "41" | "1" => return,
                            text => self.heard(text),
                        }
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => None,
                },
                news = told.recv() => match news {
                    Ok(Told::Event { project, event, data }) if project == self.project => {
                        Some(format!("42{}", json!([event, data])))
                    }
                    Ok(Told::Event { .. }) => None,
                    Ok(Told::Cut) | Err(RecvError::Lagged(_) | RecvError::Closed) => return,
                },
                _ = ping.tick() => {
                    if !is_there {
                        return;
                    }
                    is_there = false;
                    Some("2".to_owned())
                }
            };
            if let Some(reply) = reply
                && socket.send(Message::text(reply)).await.is_err()
            {
                return;
            }
        }
    }

    /// Does what an event asks for; the answer is its acknowledgement.
    fn heard(&self, frame: &str) -> Option<String> {
        let rest = frame.strip_prefix("42")?;
        let body = rest.find('[')?;
        let (ack, body) = rest.split_at_checked(body)?;
        let event: Value = serde_json::from_str(body).ok()?;
        let (name, data) = (event.get(0)?.as_str()?, event.get(1).unwrap_or(&Value::Null));
        let answer = self.shared.with(|state| self.act(&mut state.installation, name, data))?;
        (!ack.is_empty()).then(|| format!("43{ack}{}", json!([answer])))
    }

    fn act(&self, all: &mut Installation, name: &str, data: &Value) -> Option<Value> {
        let resource = || data.get("resourceId").and_then(Value::as_str);
        let who = all.present_owner();
        match name {
            "TEST_FLOW_RUN" | "MANUAL_TRIGGER_RUN_STARTED" => {
                let version = data.get("flowVersionId").and_then(Value::as_str)?;
                let mut begin = samples::test(all, version, None).ok()?;
                begin.is_test = name == "TEST_FLOW_RUN";
                let event = if begin.is_test { "TEST_FLOW_RUN_STARTED" } else { "MANUAL_TRIGGER_RUN_STARTED" };
                let run = all.queue(begin, self.shared.now());
                // That it starts is told before it does.
                let start = all.pending.pop();
                all.pending.push(Effect::Tell { project: self.project.clone(), event, data: run });
                all.pending.extend(start);
                None
            }
            "LOCK_RESOURCE" => {
                let force = data.get("force").and_then(Value::as_bool).unwrap_or(false);
                Some(all.lock(&self.project, resource()?, &who, self.number, force))
            }
            "UNLOCK_RESOURCE" => {
                all.unlock(&self.project, resource()?, &who);
                Some(json!({}))
            }
            "JOIN_PRESENCE" => Some(all.join(&self.project, resource()?, &who, self.number)),
            "LEAVE_PRESENCE" => Some(all.leave(&self.project, resource()?, self.number)),
            _ => None,
        }
    }
}

/// What the client says of itself: `40` and an object.
async fn first(socket: &mut WebSocket) -> Option<Value> {
    loop {
        let Ok(Message::Text(text)) = socket.recv().await? else { return None };
        if let Some(auth) = text.as_str().strip_prefix("40") {
            return Some(serde_json::from_str(auth).unwrap_or_default());
        }
    }
}
