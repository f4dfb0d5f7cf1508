//! The assistant's tools: the lines of the command table that it may use, told as briefly as they can be.
//!
//! Everything in a schema costs the model's attention and the person's money in every request: names of types, defaults and
//! what follows from the rest are left out, and ids are texts.

use std::sync::{Arc, LazyLock};

use agent::model::ToolSpec;
use contract::{CommandInfo, TABLE};
use serde_json::{Map, Value, json};

/// The tools, in the order of the table.
pub(crate) fn specs() -> Arc<[ToolSpec]> {
    static SPECS: LazyLock<Arc<[ToolSpec]>> =
        LazyLock::new(|| TABLE.iter().filter(|command| command.tool).map(spec).collect());
    SPECS.clone()
}

fn spec(command: &'static CommandInfo) -> ToolSpec {
    let whole = Value::from((command.input)());
    let none = Map::new();
    let types = whole.get("$defs").and_then(Value::as_object).unwrap_or(&none);
    let schema = lean(&whole, types, true);
    ToolSpec { name: command.name, description: command.summary.to_owned(), schema }
}

/// The schema without what a model does not need. `top` is the input itself, whose description says nothing more.
fn lean(schema: &Value, types: &Map<String, Value>, top: bool) -> Value {
    let Some(schema) = schema.as_object() else { return schema.clone() };
    let description = schema.get("description").filter(|_| !top);
    if let Some(named) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        let mut found = types.get(named).map_or_else(|| json!({}), |found| lean(found, types, true));
        if let (Some(found), Some(description)) = (found.as_object_mut(), description) {
            found.insert("description".into(), description.clone());
        }
        return found;
    }
    if let Some(words) = words(schema) {
        return with(description, json!({ "type": "string", "enum": words }));
    }
    if let Some(inner) = schema.get("anyOf").and_then(optional) {
        return with(description, lean(inner, types, description.is_some()));
    }
    let mut kept = Map::new();
    for (key, value) in schema {
        match key.as_str() {
            "title" | "$schema" | "$defs" | "default" | "additionalProperties" | "format" | "minimum" => {}
            "description" if top => {}
            "properties" => {
                let each = value.as_object().into_iter().flatten();
                let each = each.map(|(name, of)| (name.clone(), lean(of, types, false)));
                kept.insert(key.clone(), Value::Object(each.collect()));
            }
            "items" => drop(kept.insert(key.clone(), lean(value, types, true))),
            "oneOf" | "anyOf" => {
                let each = value.as_array().into_iter().flatten().map(|of| lean(of, types, true));
                kept.insert(key.clone(), each.collect());
            }
            "type" => drop(kept.insert(key.clone(), kind(value, description))),
            _ => drop(kept.insert(key.clone(), value.clone())),
        }
    }
    if schema.get("format").is_some_and(|format| format == "date") {
        kept.insert("format".into(), json!("date"));
    }
    Value::Object(kept)
}

fn with(description: Option<&Value>, mut schema: Value) -> Value {
    if let (Some(schema), Some(description)) = (schema.as_object_mut(), description) {
        schema.insert("description".into(), description.clone());
    }
    schema
}

/// The words of an enumeration.
fn words(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(words.clone());
    }
    let each = schema.get("oneOf")?.as_array()?;
    each.iter().map(|of| of.get("const").cloned()).collect()
}

/// What may be left out: of “this or null”, this.
fn optional(either: &Value) -> Option<&Value> {
    match either.as_array()?.as_slice() {
        [this, null] if null.get("type") == Some(&json!("null")) => Some(this),
        _ => None,
    }
}

/// A value that may be left out need not be null, unless null says something: then its description says so.
fn kind(value: &Value, description: Option<&Value>) -> Value {
    let nullable = description.and_then(Value::as_str).is_some_and(|text| text.contains("null"));
    match value.as_array().map(Vec::as_slice) {
        Some([this, null]) if !nullable && *null == json!("null") => this.clone(),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests;
