//! The thin HTTP shell: takes requests apart, lets faults strike, waits for the answers of flows.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::Ask;
use super::reply::{Body, Reply};
use super::route;
use super::server::{Shared, Write};
use super::socket;
use crate::faults::Fault;
use crate::server::Cut;
use crate::spoil::{Outgoing, Spoilable, spoiled, struck_before, whole};

/// Bodies beyond this many bytes are refused.
const LARGEST_BODY: usize = 29 << 20;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(
    Extract(shared): Extract<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response {
    let method = request.method().as_str().to_owned();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let fault = shared.faults.draw(&method, &path);
    if let Some(Fault::Hold(gate)) = &fault {
        gate.pass().await;
    }
    if let Some(response) = struck_before::<Reply>(fault.as_ref(), &cut) {
        return response;
    }
    if path.starts_with("/api/socket.io") {
        return socket::upgrade(&shared, request, &query).await;
    }
    if path == "/mcp" || path == "/mcp/platform" {
        let body = json!({ "error": "unauthorized", "message": "Authorization: Bearer <token> required" });
        return whole(Reply::json(401, body));
    }
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return whole(Reply::framework(413, "Payload Too Large", "Request body is too large"));
    };
    let text = String::from_utf8_lossy(&body);
    let Some(inner) = path.strip_prefix("/api") else {
        return whole(Reply::no_route());
    };
    let now = shared.now();
    let mut ask = Ask::new(&shared.site, now, &method, inner, &query, &text);
    ask.headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let (reply, waiting) = shared.with(|state| {
        let reply = route::answer(&mut state.installation, &ask);
        if method != "GET" {
            let path = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
            let (method, body) = (method.clone(), text.clone().into_owned());
            state.writes.push(Write { at: now, method, path, body, status: reply.status });
        }
        let waiting = reply.waits_for.as_deref().map(|run| Shared::wait_for(state, run));
        (reply, waiting)
    });
    let reply = match (waiting, reply.waits_for.clone()) {
        (Some(waiting), Some(run)) => {
            let answered = tokio::time::timeout(shared.webhook_timeout(), waiting).await;
            shared.waits_no_more(&run);
            answer_of(answered.ok().and_then(Result::ok), reply)
        }
        _ => reply,
    };
    tracing::debug!(method, path, status = reply.status, "answered");
    spoiled(reply, fault.as_ref(), &cut)
}

/// What a flow answered; 204 and nothing when it did not in time.
fn answer_of(answer: Option<super::execute::Answer>, asked: Reply) -> Reply {
    let mut reply = match answer {
        None => Reply::empty(204),
        Some(answer) => {
            let body = if answer.body.is_null() { Body::None } else { Body::Json(Box::new(answer.body)) };
            Reply { status: answer.status, headers: answer.headers, body, waits_for: None }
        }
    };
    reply.headers.extend(asked.headers);
    reply
}

impl Spoilable for Reply {
    fn failed(status: u16) -> Self {
        let words = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        Self::framework(status, words.unwrap_or("Error"), "Something went wrong on purpose")
    }

    fn too_many(seconds: u64) -> Self {
        let message = format!("Rate limit exceeded, retry in {seconds} seconds");
        Self::framework(429, "Too Many Requests", &message).with("retry-after", seconds.to_string())
    }

    fn json(&self) -> Option<Value> {
        match &self.body {
            // What nests too deep for a value stays as it is.
            Body::Text(text) => serde_json::from_str(text).ok(),
            Body::Json(body) => Some((**body).clone()),
            Body::None => None,
        }
    }

    fn replace(&mut self, body: Value) {
        self.body = Body::Json(Box::new(body));
    }

    fn empty_list(&mut self) {
        self.replace(json!({ "data": [], "next": null, "previous": null }));
    }

    fn outgoing(self) -> Outgoing {
        let bytes = match self.body {
            Body::None => Vec::new(),
            Body::Json(body) => body.to_string().into_bytes(),
            Body::Text(text) => text.into_bytes(),
        };
        let mime = (!bytes.is_empty()).then_some("application/json; charset=utf-8");
        let mut headers = vec![("access-control-allow-origin".to_owned(), "*".to_owned())];
        headers.extend(self.headers);
        Outgoing { status: self.status, mime, bytes, headers }
    }
}
