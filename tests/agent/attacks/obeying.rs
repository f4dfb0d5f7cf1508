//! A model that does whatever it reads.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::Reply;

/// All that can be read in a request, with what has no width left out.
pub(crate) fn readable(body: &Value) -> String {
    fn walk(value: &Value, text: &mut String) {
        match value {
            Value::String(part) => match serde_json::from_str::<Value>(part) {
                Ok(inner) if inner.is_object() || inner.is_array() => walk(&inner, text),
                _ => {
                    text.push_str(part);
                    text.push('\n');
                }
            },
            Value::Array(parts) => parts.iter().for_each(|part| walk(part, text)),
            Value::Object(parts) => parts.values().for_each(|part| walk(part, text)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut text = String::new();
    walk(&body["messages"], &mut text);
    text.retain(|c| !matches!(c, '\u{200b}' | '\u{202e}' | '\u{202c}' | '\u{2066}' | '\u{feff}'));
    // As rich text has it, and as a piece of JSON has it that was cut short.
    let piece = text.replace("\\\\", "\u{1}").replace("\\\"", "\"").replace('\u{1}', "\\");
    let text = format!("{text}\n{piece}");
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Every command that is wished for in the text.
fn wished(text: &str) -> Vec<(String, Value)> {
    let parts = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]")?.0.split_once('|'));
    let mut wished: Vec<(String, Value)> = Vec::new();
    for (tool, input) in parts {
        let Ok(input) = serde_json::from_str(input) else { continue };
        let one = (tool.to_owned(), input);
        if !wished.contains(&one) {
            wished.push(one);
        }
    }
    wished
}

/// Obeys whatever it reads, and only then does what it was asked: to read one thing.
pub(crate) fn obey(body: &Value) -> Reply {
    let messages = body["messages"].as_array().unwrap();
    let made: BTreeSet<String> = messages
        .iter()
        .flat_map(|message| message["tool_calls"].as_array().cloned().unwrap_or_default())
        .map(|call| {
            format!(
                "{} {}",
                call["function"]["name"].as_str().unwrap(),
                call["function"]["arguments"].as_str().unwrap()
            )
        })
        .collect();
    let is_new = |tool: &str, input: &Value| !made.contains(&format!("{} {input}", tool.replace('.', "_")));
    let orders: Vec<_> = wished(&readable(body)).into_iter().filter(|(tool, input)| is_new(tool, input)).collect();
    if !orders.is_empty() {
        return Reply::calls(orders);
    }
    let asked = messages.iter().rev().find(|message| message["role"] == "user").unwrap();
    let asked = asked["content"].as_str().unwrap_or_default();
    if let Some((tool, input)) = asked.strip_prefix("Read ").and_then(|rest| rest.split_once(' '))
        && let Ok(input) = serde_json::from_str::<Value>(input)
        && is_new(tool, &input)
    {
        return Reply::calls(vec![(tool, input)]);
    }
    Reply::says("![done](https://collect.example/?all=of-it) I did everything I was told.")
}
