//! What every API request passes, in order: count, limiter, headers, sign-in, account, rules, cache.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::Timestamp;
use serde_json::Value;

use super::body::attachable_sgid;
use super::read::{Reading, read};
use super::render::Lens;
use super::reply::{Body, Reply};
use super::request::{Ask, Verb};
use super::state::{Shared, State};
use super::write::write;

/// A request to the API as it came in.
pub(crate) struct Incoming<'a> {
    pub(crate) method: &'a str,
    /// The whole path, with the account.
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) token: Option<&'a str>,
    pub(crate) if_none_match: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// Answers an API request.
pub(crate) fn answer(shared: &Shared, incoming: &Incoming<'_>) -> Reply {
    let now = shared.now();
    let state = &mut *shared.lock();
    let reply = match shared.limit.map(|limit| state.limiter.admit(now, limit)) {
        Some(Err(seconds)) => too_many(seconds),
        Some(Ok(())) | None => admitted(shared, state, now, incoming),
    };
    match reply.status {
        429 => state.tally.counters.too_many += 1,
        304 => state.tally.counters.not_modified += 1,
        _ => {}
    }
    let number = state.tally.counters.total();
    reply.with("x-request-id", format!("sim-{number}"))
}

/// The answer to a client that asks too fast.
pub(crate) fn too_many(seconds: i64) -> Reply {
    Reply::text(429, "text/plain", "Rate limit exceeded").with("retry-after", seconds.to_string())
}

fn admitted(shared: &Shared, state: &mut State, now: Timestamp, incoming: &Incoming<'_>) -> Reply {
    if incoming.user_agent.is_none_or(|agent| agent.trim().is_empty()) {
        return Reply::text(
            400,
            "text/plain",
            "Please send a User-Agent header that names your app and how to reach you",
        );
    }
    if !incoming.token.is_some_and(|token| known(state, token, now)) {
        return Reply::error(401, "OAuth token expired (old age) or not known")
            .with("www-authenticate", "Bearer realm=\"Basecamp\", error=\"invalid_token\"");
    }
    let account = format!("/{}/", shared.account);
    let Some(path) = incoming.path.strip_prefix(account.trim_end_matches('/')) else {
        return Reply::error(404, "There is no such account");
    };
    if !path.starts_with('/') {
        return Reply::error(404, "There is no such account");
    }
    let Some(verb) = Verb::parse(incoming.method) else {
        return Reply::error(404, "There is no such address");
    };
    if path.starts_with("/attachments") && verb == Verb::Post {
        return attachment(incoming);
    }
    let body = match json_body(verb, incoming) {
        Ok(body) => body,
        Err(reply) => return reply,
    };
    let ask = Ask::new(verb, path, incoming.query, body);
    if verb == Verb::Get {
        return cached(read_now(shared, state, now, &ask), incoming.if_none_match);
    }
    let mut log = Vec::new();
    let reply = write(&mut state.world, (&shared.named_url(), shared.named.is_none()), now, &ask, &mut log);
    state.keep(&log);
    if reply.status == 201 {
        let text = String::from_utf8_lossy(incoming.body);
        state.tally.created(&ask.path, &text);
    }
    reply
}

fn known(state: &State, token: &str, now: Timestamp) -> bool {
    state.tokens.contains(token) || state.launchpad.accepts(token, now)
}

fn read_now(shared: &Shared, state: &mut State, now: Timestamp, ask: &Ask) -> Reply {
    let (here, url) = (shared.url(), shared.named_url());
    let mut reading = Reading {
        here: &here,
        lens: Lens { world: &state.world, url: &url, pages: shared.named.is_none(), generic: shared.generic },
        now,
        feed_delay: shared.feed_delay,
        listings: &mut state.listings,
    };
    read(&mut reading, ask)
}

fn json_body(verb: Verb, incoming: &Incoming<'_>) -> Result<Value, Reply> {
    if verb == Verb::Get || incoming.body.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let mime = incoming.content_type.unwrap_or_default();
    if !mime.starts_with("application/json") {
        return Err(Reply::error(415, "The body must be application/json"));
    }
    serde_json::from_slice(incoming.body).map_err(|_| Reply::error(400, "The body could not be read as JSON"))
}

fn attachment(incoming: &Incoming<'_>) -> Reply {
    let name = url::form_urlencoded::parse(incoming.query.as_bytes())
        .find(|(key, _)| key == "name")
        .map(|(_, name)| name.into_owned());
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return Reply::invalid("name", "can't be blank");
    };
    let mime = incoming.content_type.unwrap_or("application/octet-stream");
    let sgid = attachable_sgid(&name, mime, incoming.body.len());
    Reply::json(201, serde_json::json!({ "attachable_sgid": sgid }))
}

/// Adds an `ETag`; a client that has this answer gets 304 and no body.
fn cached(reply: Reply, if_none_match: Option<&str>) -> Reply {
    let Body::Json(body) = &reply.body else {
        return reply;
    };
    if reply.status != 200 {
        return reply;
    }
    let mut hasher = DefaultHasher::new();
    body.to_string().hash(&mut hasher);
    let etag = format!("W/\"{:016x}\"", hasher.finish());
    if if_none_match == Some(etag.as_str()) {
        return Reply { status: 304, headers: vec![("etag", etag)], body: Body::None };
    }
    reply.with("etag", etag)
}
