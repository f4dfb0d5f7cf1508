//! The assistant's tools: the lines of the command table that it may use, told as briefly as they can be.
//!
//! Everything in a schema costs the model's attention and the person's money in every request: names of types, defaults and
//! what follows from the rest are left out, and ids are texts.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use agent::model::ToolSpec;
use contract::{CommandInfo, Seen, TABLE};
use serde_json::{Map, Value, json};

use crate::schemas::{Schemas, named};

/// Where the person is when they say something: it decides which tools a model is told of. What a tool may do is decided
/// elsewhere, and is the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Anywhere else.
    Workspace,
    /// At the history, or at what is sent and fetched.
    Records,
    /// In the Studio, with an automation open.
    Studio,
}

/// Tools about automations that are of use outside the Studio too.
const BRIEF: [&str; 3] = ["flow.list", "flow.propose", "run.list"];
/// Tools that make sense before the history or the outbox only.
const OF_RECORDS: [&str; 3] = ["history.redo", "outbox.list", "recipe.save"];
/// Tools about anything else that help to build an automation: they find what its fields name.
const IN_STUDIO: [&str; 9] = [
    "directory.show",
    "todo.lists",
    "task.find",
    "board.show",
    "item.show",
    "search.find",
    "history.undo",
    "memory.remember",
    "output.read",
];

impl Place {
    /// The place of somebody who sees this.
    pub(crate) fn of(seeing: &[Seen]) -> Self {
        let is = |wanted: &dyn Fn(&Seen) -> bool| seeing.iter().any(wanted);
        if is(&|seen| matches!(seen, Seen::Flow { .. })) {
            Self::Studio
        } else if is(&|seen| matches!(seen, Seen::Screen { name } if name == "history" || name == "sync")) {
            Self::Records
        } else {
            Self::Workspace
        }
    }

    fn has(self, command: &CommandInfo) -> bool {
        let (name, is_about_flows) = (command.name, is_about_flows(command.name));
        match self {
            Self::Workspace => (!is_about_flows || BRIEF.contains(&name)) && !OF_RECORDS.contains(&name),
            Self::Records => !is_about_flows,
            Self::Studio => is_about_flows || IN_STUDIO.contains(&name),
        }
    }
}

fn is_about_flows(name: &str) -> bool {
    let noun = name.split('.').next().unwrap_or_default();
    ["flow", "run", "piece", "connection", "sample"].contains(&noun)
}

/// The tools of a place, in the order of the table.
pub(crate) fn specs(place: Place) -> Arc<[ToolSpec]> {
    static WORKSPACE: LazyLock<Arc<[ToolSpec]>> = LazyLock::new(|| gather(Place::Workspace));
    static RECORDS: LazyLock<Arc<[ToolSpec]>> = LazyLock::new(|| gather(Place::Records));
    static STUDIO: LazyLock<Arc<[ToolSpec]>> = LazyLock::new(|| gather(Place::Studio));
    match place {
        Place::Workspace => WORKSPACE.clone(),
        Place::Records => RECORDS.clone(),
        Place::Studio => STUDIO.clone(),
    }
}

fn gather(place: Place) -> Arc<[ToolSpec]> {
    let schemas = Schemas::read();
    TABLE.iter().filter(|command| command.tool && place.has(command)).map(|command| spec(command, &schemas)).collect()
}

fn spec(command: &'static CommandInfo, schemas: &Schemas) -> ToolSpec {
    let schema = lean(schemas.input(command), &schemas.types, true);
    ToolSpec { name: command.name, description: command.summary.to_owned(), schema }
}

/// The schema without what a model does not need. `top` is the input itself, whose description says nothing more.
fn lean(schema: &Value, types: &Map<String, Value>, top: bool) -> Value {
    let named = named(schema);
    let Some(schema) = schema.as_object() else { return schema.clone() };
    let description = schema.get("description").filter(|_| !top);
    if let Some(named) = named {
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
                kept.insert(key.clone(), said_once(each.collect()));
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

/// Alternatives without what an earlier one said of a field of the same name.
fn said_once(mut each: Vec<Value>) -> Value {
    let mut said: HashSet<(String, String)> = HashSet::new();
    for one in &mut each {
        for (name, field) in one.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            let words = field.get("description").and_then(Value::as_str).map(str::to_owned);
            let is_new = words.is_none_or(|words| said.insert((name.clone(), words)));
            if let (false, Some(field)) = (is_new, field.as_object_mut()) {
                field.remove("description");
            }
        }
    }
    each.into()
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
