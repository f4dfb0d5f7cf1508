//! The thin HTTP shell: takes requests apart, lets faults strike, puts answers together.

use axum::Router;
use axum::body::{Body as HttpBody, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::StreamExt as _;
use serde_json::{Value, json};

use super::oauth;
use super::pipeline::{self, Incoming, too_many};
use super::reply::{Body, Reply};
use super::request::{Ask, Verb};
use super::state::Handle;
use super::wire::Cut;
use crate::faults::Fault;

/// Bodies beyond this many bytes are refused.
const LARGEST_BODY: usize = 50 << 20;

/// The whole server as one fallback: the API's paths are matched by the rules, not by a table.
pub(crate) fn router(shared: Handle) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(Extract(shared): Extract<Handle>, ConnectInfo(cut): ConnectInfo<Cut>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return send(Reply::error(413, "The body is too large"), false);
    };
    let method = head.method.as_str();
    let path = head.uri.path();
    let query = head.uri.query().unwrap_or_default();
    let token = text(&head.headers, header::AUTHORIZATION).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    if let Some(reply) = outside_the_api(&shared, method, path) {
        return send(reply, false);
    }
    let fault = shared.faults.draw(method, path);
    if let Some(Fault::Hold(gate)) = &fault {
        gate.pass().await;
    }
    let signing_in = path.starts_with("/authorization");
    if !signing_in {
        count(&shared, method, path, query);
    }
    if let Some(reply) = struck_before(&shared, fault.as_ref(), &cut) {
        return send(reply, false);
    }
    if signing_in {
        let reply = oauth::answer(&shared, method, path, query, token, &body);
        return spoiled(reply, fault.as_ref(), &cut);
    }
    let incoming = Incoming {
        method,
        path,
        query,
        user_agent: text(&head.headers, header::USER_AGENT),
        content_type: text(&head.headers, header::CONTENT_TYPE),
        token,
        if_none_match: text(&head.headers, header::IF_NONE_MATCH),
        body: &body,
    };
    let reply = pipeline::answer(&shared, &incoming);
    tracing::debug!(method, path, status = reply.status, "answered");
    spoiled(reply, fault.as_ref(), &cut)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn count(shared: &Handle, method: &str, path: &str, query: &str) {
    let account = format!("/{}", shared.account);
    let inner = path.strip_prefix(&account).unwrap_or(path);
    let verb = Verb::parse(method).unwrap_or(Verb::Get);
    let route = Ask::new(verb, inner, query, Value::Null).route();
    let now = shared.now();
    shared.lock().tally.saw(now, method, route);
}

/// A picture for everybody, drawn from the initials.
fn outside_the_api(shared: &Handle, method: &str, path: &str) -> Option<Reply> {
    let id = path.strip_prefix("/avatars/")?.strip_suffix(".svg")?;
    let id: i64 = id.parse().ok().filter(|_| method == "GET")?;
    let state = shared.lock();
    let name = &state.world.person(id)?.name;
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    let hue = id.rem_euclid(360);
    Some(Reply::text(
        200,
        "image/svg+xml",
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" fill=\"hsl({hue} 40% 45%)\"/><text x=\"32\" y=\"41\" font-family=\"sans-serif\" font-size=\"24\" fill=\"#fff\" text-anchor=\"middle\">{initials}</text></svg>"
        ),
    ))
}

/// The answer of a fault that keeps the request from being handled.
fn struck_before(shared: &Handle, fault: Option<&Fault>, cut: &Cut) -> Option<Reply> {
    match fault? {
        Fault::Status(status) => Some(Reply::error(*status, "Something went wrong on purpose")),
        Fault::TooMany(seconds) => {
            shared.lock().tally.counters.too_many += 1;
            Some(too_many(i64::try_from(*seconds).unwrap_or(i64::MAX)))
        }
        Fault::DropBefore => {
            cut.now();
            Some(Reply::empty())
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
        None | Some(Fault::Hold(_) | Fault::Status(_) | Fault::TooMany(_) | Fault::DropBefore) => send(reply, false),
        Some(Fault::Truncate) => send(reply, true),
        Some(Fault::DropAfter) => {
            cut.now();
            send(reply, false)
        }
        Some(Fault::Html) => {
            let page = "<!DOCTYPE html><html><body><h1>Back soon</h1></body></html>";
            send(Reply::text(200, "text/html; charset=utf-8", page), false)
        }
        Some(Fault::WrongJson) => {
            reply.body = Body::Json(json!({ "unexpected": [1, 2, 3] }));
            send(reply, false)
        }
        Some(Fault::Nulls) => {
            if let Body::Json(body) = &mut reply.body {
                without_texts(body);
            }
            send(reply, false)
        }
        Some(Fault::EmptyList) => {
            if let Body::Json(body @ Value::Array(_)) = &mut reply.body {
                *body = json!([]);
                reply.headers.retain(|(name, _)| *name != "link" && *name != "x-total-count");
                reply = reply.with("x-total-count", "0");
            }
            send(reply, false)
        }
    }
}

/// Makes every text in the answer null, however deep.
pub(crate) fn without_texts(value: &mut Value) {
    match value {
        Value::String(_) => *value = Value::Null,
        Value::Array(list) => list.iter_mut().for_each(without_texts),
        Value::Object(map) => map.values_mut().for_each(without_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn send(reply: Reply, truncate: bool) -> Response {
    let (mime, bytes) = match reply.body {
        Body::None => (None, Vec::new()),
        Body::Json(body) => (Some("application/json; charset=utf-8"), serde_json::to_vec(&body).unwrap_or_default()),
        Body::Text(mime, text) => (Some(mime), text.into_bytes()),
    };
    let length = bytes.len();
    let body = if truncate && length > 1 { broken_half(Bytes::from(bytes)) } else { HttpBody::from(bytes) };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Some(mime) = mime {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    }
    if truncate && length > 1 {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// The first half of a body, then a broken connection. The pause between lets the half be sent.
pub(crate) fn broken_half(whole: Bytes) -> HttpBody {
    let half = whole.slice(..whole.len() / 2);
    let rest = async {
        tokio::task::yield_now().await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    };
    let pieces = futures::stream::iter([Ok(half)]).chain(futures::stream::once(rest));
    HttpBody::from_stream(pieces)
}
