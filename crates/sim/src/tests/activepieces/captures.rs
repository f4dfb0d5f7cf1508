//! What a real server was asked and answered, and how two answers are compared.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// One request to the real server, and its answer.
#[derive(Debug, Clone)]
pub(super) struct Capture {
    pub(super) name: String,
    pub(super) method: String,
    /// With `/api`.
    pub(super) path: String,
    pub(super) signed_in: bool,
    pub(super) body: Value,
    pub(super) status: u16,
    pub(super) headers: Vec<String>,
    pub(super) answer: Value,
}

#[derive(Deserialize)]
struct Exchange {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
    signed_in: bool,
    body: Value,
}

#[derive(Deserialize)]
struct Response {
    status: u16,
    headers: BTreeMap<String, Value>,
    body: Value,
}

/// A file of the captures whose name begins so, as JSON. What it says of its own port leads nowhere here: it is sent again.
pub(super) fn file(start: &str) -> (String, Value) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/captures/activepieces");
    let mut names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = names.find(|name| name.starts_with(start)).unwrap_or_else(|| panic!("there is no capture {start}"));
    let text = fs::read_to_string(folder.join(&name)).unwrap().replace("http://127.0.0.1:8088", "http://127.0.0.1:1");
    (name, serde_json::from_str(&text).unwrap())
}

pub(super) fn capture(number: &str) -> Capture {
    let (name, value) = file(&format!("{number}-"));
    let Exchange { request, response } = serde_json::from_value(value).unwrap();
    Capture {
        name,
        method: request.method,
        path: request.url,
        signed_in: request.signed_in,
        body: request.body,
        status: response.status,
        headers: response.headers.into_keys().collect(),
        answer: response.body,
    }
}

/// Keys under which there is data of people, not of the protocol.
const DATA: [&str; 9] =
    ["input", "output", "payload", "sampleData", "metadata", "information", "THEME", "cells", "schema"];

/// Where two answers differ in shape: in a key that one lacks, or in the type of a value.
pub(super) fn shape(real: &Value, ours: &Value, at: &str, found: &mut Vec<String>) {
    match (real, ours) {
        // Keyed by ids, an object is a list.
        (Value::Object(real), Value::Object(ours)) if real.keys().chain(ours.keys()).all(|key| is_id(key)) => {
            let list = |map: &serde_json::Map<String, Value>| map.values().cloned().collect::<Vec<_>>();
            if real.len() != ours.len() {
                found.push(format!("{at}: {} there, {} here", real.len(), ours.len()));
            }
            for value in list(ours) {
                let alike = |other: &&Value| {
                    let mut differs = Vec::new();
                    shape(other, &value, at, &mut differs);
                    differs.is_empty()
                };
                if !list(real).iter().any(|other| alike(&other)) {
                    found.push(format!("{at}: {value} is like none of theirs"));
                }
            }
        }
        (Value::Object(real), Value::Object(ours)) => {
            for (key, value) in real {
                match ours.get(key) {
                    None => found.push(format!("{at}/{key} is missing")),
                    Some(_) if DATA.contains(&key.as_str()) => {}
                    Some(other) => shape(value, other, &format!("{at}/{key}"), found),
                }
            }
            for key in ours.keys().filter(|key| !real.contains_key(*key)) {
                found.push(format!("{at}/{key} is too much"));
            }
        }
        (Value::Array(real), Value::Array(ours)) => {
            if let (Some(real), Some(ours)) = (real.first(), ours.first()) {
                shape(real, ours, &format!("{at}/0"), found);
            }
        }
        (real, ours) if kind(real) == kind(ours) => {}
        _ => found.push(format!("{at}: {} there, {} here", kind(real), kind(ours))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Learns which of our ids stand for which of theirs.
pub(super) fn learn(real: &Value, ours: &Value, ids: &mut HashMap<String, String>) {
    match (real, ours) {
        (Value::String(real), Value::String(ours)) if is_id(real) && is_id(ours) => {
            ids.entry(real.clone()).or_insert_with(|| ours.clone());
        }
        (Value::Object(real), Value::Object(ours)) => {
            for (key, value) in real {
                let Some(other) = ours.get(key) else { continue };
                learn(value, other, ids);
                if let ("next", Value::String(real), Value::String(ours)) = (key.as_str(), value, other) {
                    ids.insert(real.replace('=', "%3D"), ours.replace('=', "%3D"));
                }
            }
        }
        (Value::Array(real), Value::Array(ours)) => {
            for (value, other) in real.iter().zip(ours) {
                learn(value, other, ids);
            }
        }
        _ => {}
    }
}

pub(super) fn is_id(text: &str) -> bool {
    text.len() == 21 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What does not hang on the moment or on chance: ids and dates are masked, and fields of cells too.
pub(super) fn masked(value: &Value) -> Value {
    match value {
        Value::String(text) if is_id(text) => Value::from("<id>"),
        Value::String(text) if text.len() == 24 && text.ends_with('Z') && text.get(4..5) == Some("-") => {
            Value::from("<date>")
        }
        Value::Array(list) => list.iter().map(masked).collect(),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), masked(value))).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
