//! The thin HTTP shell: takes requests apart, lets faults strike, puts answers together.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::oauth;
use super::pipeline::{self, Incoming, too_many};
use super::reply::{Body, Reply};
use super::request::{Ask, Verb};
use super::state::Handle;
use super::wire::Cut;
use crate::faults::Fault;
use crate::spoil::{Outgoing, Spoilable, spoiled, struck_before, whole};

/// Bodies beyond this many bytes are refused.
const LARGEST_BODY: usize = 50 << 20;

/// The whole server as one fallback: the API's paths are matched by the rules, not by a table.
pub(crate) fn router(shared: Handle) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(Extract(shared): Extract<Handle>, ConnectInfo(cut): ConnectInfo<Cut>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return whole(Reply::error(413, "The body is too large"));
    };
    let method = head.method.as_str();
    let path = head.uri.path();
    let query = head.uri.query().unwrap_or_default();
    let token = text(&head.headers, header::AUTHORIZATION).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    if let Some(reply) = outside_the_api(&shared, method, path) {
        return whole(reply);
    }
    let fault = shared.faults.draw(method, path);
    if let Some(Fault::Hold(gate)) = &fault {
        gate.pass().await;
    }
    let signing_in = path.starts_with("/authorization");
    if !signing_in {
        count(&shared, method, path, query);
    }
    if let Some(response) = struck_before::<Reply>(fault.as_ref(), &cut) {
        if matches!(fault, Some(Fault::TooMany(_))) {
            shared.lock().tally.counters.too_many += 1;
        }
        return response;
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

impl Spoilable for Reply {
    fn failed(status: u16) -> Self {
        Self::error(status, "Something went wrong on purpose")
    }

    fn too_many(seconds: u64) -> Self {
        too_many(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    fn json(&self) -> Option<Value> {
        match &self.body {
            Body::Json(body) => Some(body.clone()),
            Body::None | Body::Text(..) => None,
        }
    }

    fn replace(&mut self, body: Value) {
        self.body = Body::Json(body);
    }

    fn empty_list(&mut self) {
        if let Body::Json(body @ Value::Array(_)) = &mut self.body {
            *body = json!([]);
            self.headers.retain(|(name, _)| *name != "link" && *name != "x-total-count");
            self.headers.push(("x-total-count", "0".to_owned()));
        }
    }

    fn outgoing(self) -> Outgoing {
        let (mime, bytes) = match self.body {
            Body::None => (None, Vec::new()),
            Body::Json(body) => {
                (Some("application/json; charset=utf-8"), serde_json::to_vec(&body).unwrap_or_default())
            }
            Body::Text(mime, text) => (Some(mime), text.into_bytes()),
        };
        let headers = self.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Outgoing { status: self.status, mime, bytes, headers }
    }
}
