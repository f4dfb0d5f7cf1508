//! Where in a command's input stand people, projects, items, days and words. The input's schema says so; values are never
//! looked at to guess what they are.

use contract::{CommandInfo, VariableKind};
use serde_json::{Map, Value};

use crate::schemas::{Schemas, named};

/// A value in an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Where it stands: a JSON pointer.
    pub(super) at: String,
    pub(super) kind: VariableKind,
    /// Ids as digits, days and words as they are.
    pub(super) value: String,
}

/// The leaves of an input, in the order of the schema.
pub(super) fn leaves(command: &CommandInfo, input: &Value) -> Vec<Leaf> {
    let schemas = Schemas::read();
    let mut found = Vec::new();
    Walk { types: &schemas.types, found: &mut found }.on(schemas.input(command), input, "");
    found
}

struct Walk<'a> {
    types: &'a Map<String, Value>,
    found: &'a mut Vec<Leaf>,
}

impl Walk<'_> {
    fn on(&mut self, schema: &Value, value: &Value, at: &str) {
        if value.is_null() {
            return;
        }
        if let Some(named) = named(schema) {
            match (id(named), self.types.get(named)) {
                (Some(kind), _) => self.leaf(kind, value, at),
                (None, Some(of)) => self.on(of, value, at),
                (None, None) => {}
            }
            return;
        }
        let either = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
        if let Some(variant) = either.and_then(|each| each.iter().find(|of| self.fits(of, value))) {
            return self.on(variant, value, at);
        }
        match value {
            Value::Object(fields) => {
                for (name, of) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                    if let Some(value) = fields.get(name) {
                        self.on(of, value, &format!("{at}/{name}"));
                    }
                }
            }
            Value::Array(each) => {
                let Some(of) = schema.get("items") else { return };
                for (place, value) in each.iter().enumerate() {
                    self.on(of, value, &format!("{at}/{place}"));
                }
            }
            Value::String(_) if schema.get("enum").is_some() || schema.get("const").is_some() => {}
            Value::String(_) => match schema.get("format").and_then(Value::as_str) {
                Some("date") => self.leaf(VariableKind::Day, value, at),
                None => self.leaf(VariableKind::Text, value, at),
                Some(_) => {}
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Of several forms the one whose fixed words are those of the value.
    fn fits(&self, form: &Value, value: &Value) -> bool {
        if form.get("type").is_some_and(|is| is == "null") {
            return false;
        }
        let fixed = form.get("properties").and_then(Value::as_object).into_iter().flatten();
        fixed.filter_map(|(name, of)| Some((name, of.get("const")?))).all(|(name, word)| value.get(name) == Some(word))
    }

    fn leaf(&mut self, kind: VariableKind, value: &Value, at: &str) {
        let value = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return,
        };
        self.found.push(Leaf { at: at.to_owned(), kind, value });
    }
}

/// What an id of this type names.
fn id(named: &str) -> Option<VariableKind> {
    match named {
        "PersonId" => Some(VariableKind::Person),
        "ProjectId" => Some(VariableKind::Project),
        "RecordingId" => Some(VariableKind::Item),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
