//! What the steps of the sample's runs brought, in the form of the wire.

use flow::Map;
use serde_json::{Value, json};

/// A step that went well. `ms` is how long it took.
pub(super) fn went(kind: &str, input: Value, output: Value, ms: f64) -> Value {
    json!({ "type": kind, "status": "SUCCEEDED", "input": input, "output": output, "duration": ms })
}

pub(super) fn failed(kind: &str, input: Value, message: &str, ms: f64) -> Value {
    json!({ "type": kind, "status": "FAILED", "input": input, "duration": ms, "errorMessage": message })
}

/// An error as the engine wraps it: with the answer of the server that was asked.
pub(super) fn wrapped(message: &str, status: u16, url: &str, body: &Value) -> String {
    json!({
        "__apErrorVersion": 1, "message": message, "errorName": "HttpError", "status": status, "responseBody": body,
        "requestUrl": url, "raw": format!("HttpError: {message}\n    at request (http-client.js:41:13)"),
    })
    .to_string()
}

pub(super) fn steps(rows: Vec<(&str, Value)>) -> Map {
    rows.into_iter().map(|(name, step)| (name.to_owned(), step)).collect()
}

/// A router's output: which of its branches held.
pub(super) fn branches(names: &[&str], held: usize) -> Value {
    let branches: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(at, name)| json!({ "branchName": name, "branchIndex": at + 1, "evaluation": at == held }))
        .collect();
    json!({ "branches": branches })
}

/// A loop that did `body` for each item.
pub(super) fn looped(items: &[&str], body: impl Fn(&str) -> (String, Value), ms: f64) -> Value {
    let iterations: Vec<Value> = items
        .iter()
        .map(|item| {
            let (name, step) = body(item);
            json!({ name: step })
        })
        .collect();
    let output = json!({ "item": items.last(), "index": items.len(), "iterations": iterations });
    went("LOOP_ON_ITEMS", json!({ "items": items }), output, ms)
}
