//! Webhooks: what starts a flow from outside, with or without waiting for its answer.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::ask::Ask;
use super::ids::{is_id, stamp};
use super::installation::{FlowRow, Installation};
use super::reply::Reply;
use super::runs::Begin;

/// What a trigger was tried with.
#[derive(Debug, Clone)]
pub(super) struct TriggerEvent {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) flow: String,
    pub(super) source: String,
    pub(super) file: String,
    pub(super) payload: Value,
    pub(super) created: Timestamp,
}

impl TriggerEvent {
    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id, "created": stamp(self.created), "updated": stamp(self.created), "flowId": self.flow,
            "projectId": self.project, "sourceName": self.source, "fileId": self.file, "payload": self.payload,
        })
    }
}

impl Installation {
    /// Keeps what a trigger was tried with.
    pub(super) fn keep_event(&mut self, flow: &str, payload: Value, now: Timestamp) -> Option<Value> {
        let (id, file) = (self.id(), self.id());
        let row = self.row(flow)?;
        let call = row.latest()?.trigger.call();
        let source = call.map(|call| {
            let short: Vec<&str> = call.version.split('.').take(2).collect();
            format!("{}@{}:{}", call.piece, short.join("."), call.operation)
        });
        let event = TriggerEvent {
            id,
            project: row.project.clone(),
            flow: flow.to_owned(),
            source: source.unwrap_or_default(),
            file,
            payload,
            created: now,
        };
        let answer = event.json();
        self.events.push(event);
        Some(answer)
    }
}

/// `ANY /v1/webhooks/:flow[/sync|/draft|/draft/sync|/test]`
pub(super) fn webhooks(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Reply {
    let called = all.id();
    let (flow, is_draft, is_sync, is_sample) = match rest {
        [flow] => (*flow, false, false, false),
        [flow, "sync"] => (*flow, false, true, false),
        [flow, "draft"] => (*flow, true, false, false),
        [flow, "draft", "sync"] => (*flow, true, true, false),
        [flow, "test"] => (*flow, false, false, true),
        _ => return Reply::no_route(),
    };
    let answer = |status: u16| Reply::json(status, json!({})).with("x-webhook-id", called.clone());
    if !is_id(flow) {
        return Reply::validation("params/flowId Invalid string: must match pattern /^[0-9a-zA-Z]{21}$/");
    }
    let Some(row) = all.row(flow).filter(|row| row.deleted.is_none()) else {
        return answer(410);
    };
    let payload = payload(ask);
    if is_sample {
        all.keep_event(flow, payload, ask.now);
        return answer(200);
    }
    let version = match is_draft {
        true => row.latest(),
        false => row.published().filter(|_| row.is_enabled()),
    };
    let Some(version) = version.and_then(|version| version.version_id()) else {
        return answer(404);
    };
    if let Err(refused) = allowed(row, ask) {
        return refused.with("x-webhook-id", called);
    }
    let begin = Begin {
        project: row.project.clone(),
        flow: flow.to_owned(),
        version: version.to_owned(),
        is_test: is_draft,
        step_to_test: None,
        payload: payload.clone(),
    };
    if all.listening.contains(flow) {
        all.keep_event(flow, payload, ask.now);
    }
    let run = all.queue(begin, ask.now);
    let mut reply = answer(200);
    if is_sync {
        reply.waits_for = run.get("id").and_then(Value::as_str).map(str::to_owned);
    }
    reply
}

/// What the trigger asks of a caller.
fn allowed(row: &FlowRow, ask: &Ask<'_>) -> Result<(), Reply> {
    let call = row.latest().and_then(|version| version.trigger.call());
    let call = call.filter(|call| call.piece == "@activepieces/piece-webhook");
    let Some(input) = call.map(|call| &call.input) else { return Ok(()) };
    let field = |key: &str| input.get("authFields").and_then(|fields| fields.get(key)?.as_str()).unwrap_or_default();
    let is_good = match input.get("authType").and_then(Value::as_str) {
        Some("header") => ask.header(&field("headerName").to_lowercase()) == Some(field("headerValue")),
        Some("basic") => {
            use base64::Engine as _;
            let pair = format!("{}:{}", field("username"), field("password"));
            let pair = base64::engine::general_purpose::STANDARD.encode(pair);
            ask.header("authorization") == Some(format!("Basic {pair}").as_str())
        }
        _ => true,
    };
    if is_good { Ok(()) } else { Err(Reply::json(401, json!({}))) }
}

/// A request as triggers see it.
pub(super) fn payload(ask: &Ask<'_>) -> Value {
    let text = |pairs: &[(String, String)]| -> Map<String, Value> {
        pairs.iter().map(|(key, value)| (key.clone(), json!(value))).collect()
    };
    let mut payload = Map::new();
    payload.insert("method".to_owned(), json!(ask.method));
    payload.insert("headers".to_owned(), Value::Object(text(&ask.headers)));
    if !ask.text.is_empty() {
        let kind = ask.header("content-type").unwrap_or_default();
        let body = if kind.starts_with("application/x-www-form-urlencoded") {
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(ask.text.as_bytes()).into_owned().collect();
            Value::Object(text(&pairs))
        } else {
            serde_json::from_str(ask.text).unwrap_or_else(|_| json!(ask.text))
        };
        payload.insert("body".to_owned(), body);
    }
    payload.insert("queryParams".to_owned(), Value::Object(text(&ask.query)));
    payload.insert("rawBody".to_owned(), json!(ask.text));
    Value::Object(payload)
}
