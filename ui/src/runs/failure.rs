//! What the other side said when a step failed, made readable. Pure.

use serde_json::{Map, Value};

use crate::say;

/// The parts of what was said, each with what it is called. Plain text is one part.
///
/// Activepieces packs an error into JSON text, sometimes twice, and cuts it where it is long: what cannot be read is shown as
/// it is.
#[must_use]
pub(super) fn parts(detail: &str) -> Vec<(&'static str, String)> {
    let said = detail.trim();
    if said.is_empty() {
        return Vec::new();
    }
    let Some(object) = object_of(said) else { return vec![(say::runs::said(), said.to_owned())] };
    let known = [
        (say::runs::kind(), "errorName"),
        (say::runs::status(), "status"),
        (say::runs::address(), "requestUrl"),
        (say::runs::said(), "message"),
        (say::runs::answer(), "responseBody"),
        (say::runs::raw(), "raw"),
    ];
    let found: Vec<(&'static str, String)> = known
        .into_iter()
        .filter_map(|(label, name)| Some((label, words(object.get(name)?))))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    if found.is_empty() { vec![(say::runs::said(), said.to_owned())] } else { found }
}

fn object_of(text: &str) -> Option<Map<String, Value>> {
    let Value::Object(object) = serde_json::from_str(text).ok()? else { return None };
    let inner = object.get("message").and_then(Value::as_str).and_then(|message| serde_json::from_str(message).ok());
    match inner {
        Some(Value::Object(inner)) if inner.contains_key("message") => Some(inner),
        Some(_) | None => Some(object),
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            serde_json::to_string_pretty(value).unwrap_or_default()
        }
    }
}

/// What the assistant is asked about a failure.
#[must_use]
pub(super) fn question(automation: &str, run: &str, step: Option<&str>, why: Option<&str>) -> String {
    let question = match step {
        Some(step) => say::runs::ExplainAt { run, automation, step }.text(),
        None => say::runs::Explain { run, automation }.text(),
    };
    match why {
        Some(why) => say::runs::ExplainSaid { question, why: why.trim() }.text(),
        None => question,
    }
}
