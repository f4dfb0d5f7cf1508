//! The thin HTTP shell: takes requests apart, lets faults strike, waits for the answers of flows.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body as HttpBody, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::ask::Ask;
use super::reply::{Body, Reply};
use super::route;
use super::server::{Shared, Write};
use super::socket;
use crate::faults::Fault;
use crate::server::{Cut, broken_half, without_texts};

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
    if let Some(reply) = struck_before(fault.as_ref(), &cut) {
        return send(reply, false);
    }
    if path.starts_with("/api/socket.io") {
        return socket::upgrade(&shared, request, &query).await;
    }
    if path == "/mcp" || path == "/mcp/platform" {
        let body = json!({ "error": "unauthorized", "message": "Authorization: Bearer <token> required" });
        return send(Reply::json(401, body), false);
    }
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return send(Reply::framework(413, "Payload Too Large", "Request body is too large"), false);
    };
    let text = String::from_utf8_lossy(&body);
    let Some(inner) = path.strip_prefix("/api") else {
        return send(Reply::no_route(), false);
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
            let body = if answer.body.is_null() { Body::None } else { Body::Json(answer.body) };
            Reply { status: answer.status, headers: answer.headers, body, waits_for: None }
        }
    };
    reply.headers.extend(asked.headers);
    reply
}

/// The answer of a fault that keeps the request from being handled.
fn struck_before(fault: Option<&Fault>, cut: &Cut) -> Option<Reply> {
    match fault? {
        Fault::Status(status) => {
            let status = *status;
            let words = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
            Some(Reply::framework(status, words.unwrap_or("Error"), "Something went wrong on purpose"))
        }
        Fault::TooMany(seconds) => {
            let message = format!("Rate limit exceeded, retry in {seconds} seconds");
            Some(Reply::framework(429, "Too Many Requests", &message).with("retry-after", seconds.to_string()))
        }
        Fault::DropBefore => {
            cut.now();
            Some(Reply::empty(204))
        }
        Fault::DropAfter
        | Fault::Truncate
        | Fault::Html
        | Fault::WrongJson
        | Fault::Nulls
        | Fault::EmptyList
        | Fault::Hold(_) => None,
    }
}

/// Sends an answer, spoiled by a fault that strikes after the handling.
fn spoiled(mut reply: Reply, fault: Option<&Fault>, cut: &Cut) -> Response {
    match fault {
        None | Some(Fault::Hold(_) | Fault::Status(_) | Fault::TooMany(_) | Fault::DropBefore) => {}
        Some(Fault::Truncate) => return send(reply, true),
        Some(Fault::DropAfter) => cut.now(),
        Some(Fault::Html) => {
            let mut response = Response::new(HttpBody::from("<!DOCTYPE html><html><body>Back soon</body></html>"));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            return response;
        }
        Some(Fault::WrongJson) => reply.body = Body::Json(json!({ "unexpected": [1, 2, 3] })),
        Some(Fault::Nulls) => {
            // An answer that nests too deep for a value stays as it is.
            let parsed = match &reply.body {
                Body::Text(text) => serde_json::from_str(text).ok(),
                Body::Json(body) => Some(body.clone()),
                Body::None => None,
            };
            if let Some(mut body) = parsed {
                without_texts(&mut body);
                reply.body = Body::Json(body);
            }
        }
        Some(Fault::EmptyList) => {
            reply.body = Body::Json(json!({ "data": [], "next": null, "previous": null }));
        }
    }
    send(reply, false)
}

fn send(reply: Reply, truncate: bool) -> Response {
    let bytes = match reply.body {
        Body::None => None,
        Body::Json(body) => Some(body.to_string().into_bytes()),
        Body::Text(text) => Some(text.into_bytes()),
    };
    let length = bytes.as_ref().map_or(0, Vec::len);
    let body = match bytes {
        Some(bytes) if truncate && length > 1 => broken_half(Bytes::from(bytes)),
        Some(bytes) => HttpBody::from(bytes),
        None => HttpBody::empty(),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if length > 0 {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        if truncate {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
    }
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            headers.insert(name, value);
        }
    }
    response
}
