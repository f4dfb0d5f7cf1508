//! What the workspace answers, as pure functions over it.

use serde_json::{Map, Value, json};

use super::{Arrived, Posted, SlackFault, Workspace};

/// The longest text of a message, in characters.
const LONGEST_TEXT: usize = 40_000;

/// The parameters of a request: from the query, a form or JSON.
pub(super) fn params(query: &str, body: &[u8], is_json: bool) -> Value {
    let mut params: Map<String, Value> = Map::new();
    let pairs = |bytes: &[u8]| url::form_urlencoded::parse(bytes).into_owned().collect::<Vec<_>>();
    params.extend(pairs(query.as_bytes()).into_iter().map(|(key, value)| (key, json!(value))));
    if is_json {
        if let Ok(Value::Object(body)) = serde_json::from_slice(body) {
            params.extend(body);
        }
    } else {
        params.extend(pairs(body).into_iter().map(|(key, value)| (key, json!(value))));
    }
    Value::Object(params)
}

/// Answers a request, and logs it.
pub(super) fn answer(
    all: &mut Workspace,
    path: &str,
    token: Option<&str>,
    params: Value,
    fault: Option<&SlackFault>,
) -> (u16, Value) {
    let webhook = path.strip_prefix("/services/");
    let token = token.or_else(|| params.get("token").and_then(Value::as_str));
    let is_allowed = match webhook {
        Some(webhook) => webhook == all.options.webhook,
        None => token == Some(all.options.token.as_str()),
    };
    let refused = match token {
        None if webhook.is_none() => "not_authed",
        _ => "invalid_auth",
    };
    let mut told = params.clone();
    if let Value::Object(told) = &mut told {
        told.remove("token");
    }
    all.arrived.push(Arrived { path: path.to_owned(), params: told, is_allowed });
    match fault {
        Some(SlackFault::Limited(_)) => return (429, error("ratelimited")),
        Some(SlackFault::Error(word)) => return (200, error(word)),
        Some(SlackFault::Hold(_) | SlackFault::LostAnswer) | None => {}
    }
    let (status, body) = match (webhook, path.strip_prefix("/api/")) {
        (Some(_), _) if !is_allowed => (403, json!("invalid_token")),
        (Some(_), _) => posted_by_webhook(all, &params),
        (None, Some(_)) if !is_allowed => (200, error(refused)),
        (None, Some("chat.postMessage")) => (200, post(all, &params)),
        (None, Some("chat.update")) => (200, update(all, &params)),
        (None, Some("conversations.list")) => (200, channels(all)),
        (None, Some("users.list")) => (200, people(all)),
        (None, Some("users.lookupByEmail")) => (200, lookup(all, &params)),
        (None, Some("auth.test")) => (200, json!({ "ok": true, "team": "Sample", "user": "bot", "user_id": "U00BOT" })),
        (None, Some(_)) => (200, error("unknown_method")),
        (None, None) => (404, error("not_found")),
    };
    if matches!(fault, Some(SlackFault::LostAnswer)) { (500, error("internal_error")) } else { (status, body) }
}

fn error(word: &str) -> Value {
    json!({ "ok": false, "error": word })
}

fn said(params: &Value, key: &str) -> Option<String> {
    params.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The channel or person that is named by id or by `#name`.
fn place(all: &Workspace, name: &str) -> Option<String> {
    let bare = name.trim_start_matches('#');
    let channel = all.options.channels.iter().find(|(id, called)| id == name || called == bare).map(|(id, _)| id);
    channel.or_else(|| all.options.people.iter().find(|(id, ..)| id == name).map(|(id, ..)| id)).cloned()
}

/// Blocks come as JSON, or as a text with JSON in it.
fn blocks(params: &Value) -> Result<Option<Value>, Value> {
    match params.get("blocks") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| error("invalid_blocks_format")),
        Some(blocks @ Value::Array(_)) => Ok(Some(blocks.clone())),
        Some(Value::Bool(_) | Value::Number(_) | Value::Object(_)) => Err(error("invalid_blocks_format")),
    }
}

fn next_ts(all: &mut Workspace) -> String {
    all.last += 1;
    format!("{}.{:06}", (all.options.clock)().as_second(), all.last)
}

fn post(all: &mut Workspace, params: &Value) -> Value {
    let Some(channel) = said(params, "channel").and_then(|name| place(all, &name)) else {
        return error("channel_not_found");
    };
    let blocks = match blocks(params) {
        Ok(blocks) => blocks,
        Err(refused) => return refused,
    };
    let text = said(params, "text");
    if text.is_none() && blocks.is_none() {
        return error("no_text");
    }
    let text = text.unwrap_or_default();
    if text.chars().count() > LONGEST_TEXT {
        return error("msg_too_long");
    }
    let id = said(params, "client_msg_id");
    let same = |one: &&Posted| id.is_some() && one.client_msg_id == id && one.channel == channel;
    if let Some(first) = all.posted.iter().find(same) {
        return shown(first);
    }
    let ts = next_ts(all);
    let posted = Posted { channel, text, ts, thread: said(params, "thread_ts"), client_msg_id: id, blocks };
    let answer = shown(&posted);
    all.posted.push(posted);
    answer
}

fn shown(posted: &Posted) -> Value {
    let mut message =
        json!({ "type": "message", "user": "U00BOT", "bot_id": "B01", "ts": posted.ts, "text": posted.text });
    if let (Value::Object(message), Some(id)) = (&mut message, &posted.client_msg_id) {
        message.insert("client_msg_id".to_owned(), json!(id));
    }
    json!({ "ok": true, "channel": posted.channel, "ts": posted.ts, "message": message })
}

fn update(all: &mut Workspace, params: &Value) -> Value {
    let Some(channel) = said(params, "channel").and_then(|name| place(all, &name)) else {
        return error("channel_not_found");
    };
    let ts = said(params, "ts").unwrap_or_default();
    let Some(posted) = all.posted.iter_mut().find(|one| one.channel == channel && one.ts == ts) else {
        return error("message_not_found");
    };
    match (said(params, "text"), blocks(params)) {
        (_, Err(refused)) => return refused,
        (None, Ok(None)) => return error("no_text"),
        (text, Ok(blocks)) => {
            posted.text = text.unwrap_or_default();
            posted.blocks = blocks;
        }
    }
    json!({ "ok": true, "channel": channel, "ts": ts, "text": posted.text })
}

fn posted_by_webhook(all: &mut Workspace, params: &Value) -> (u16, Value) {
    let (text, blocks) = (said(params, "text"), blocks(params).ok().flatten());
    if text.is_none() && blocks.is_none() {
        return (400, json!("no_text"));
    }
    let ts = next_ts(all);
    let text = text.unwrap_or_default();
    all.posted.push(Posted { channel: String::new(), text, ts, thread: None, client_msg_id: None, blocks });
    (200, json!("ok"))
}

fn channels(all: &Workspace) -> Value {
    let channel = |(id, name): &(String, String)| json!({ "id": id, "name": name, "is_channel": true, "is_archived": false, "is_member": true, "is_private": false });
    let channels: Vec<Value> = all.options.channels.iter().map(channel).collect();
    json!({ "ok": true, "channels": channels, "response_metadata": { "next_cursor": "" } })
}

fn person((id, name, email): &(String, String, String)) -> Value {
    let short = name.split(' ').next().unwrap_or_default().to_lowercase();
    json!({
        "id": id, "team_id": "T01", "name": short, "real_name": name, "deleted": false, "is_bot": false,
        "profile": { "real_name": name, "display_name": short, "email": email },
    })
}

fn people(all: &Workspace) -> Value {
    let members: Vec<Value> = all.options.people.iter().map(person).collect();
    json!({ "ok": true, "members": members, "response_metadata": { "next_cursor": "" } })
}

fn lookup(all: &Workspace, params: &Value) -> Value {
    let wanted = said(params, "email").unwrap_or_default();
    match all.options.people.iter().find(|(_, _, email)| *email == wanted) {
        Some(found) => json!({ "ok": true, "user": person(found) }),
        None => error("users_not_found"),
    }
}
