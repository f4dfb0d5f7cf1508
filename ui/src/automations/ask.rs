//! What an automation asks for before it can be run by hand. Pure.

use flow::{PieceCall, Trigger};
use serde_json::{Map, Value};

use crate::say;

/// How a field of a form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line.
    Line,
    /// Several lines.
    Lines,
    /// Yes or no.
    Flag,
    /// A file, by its address or as a data address.
    File,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormField {
    /// What expressions call it by.
    pub(super) key: String,
    pub(super) label: String,
    pub(super) description: String,
    pub(super) shape: Shape,
    pub(super) required: bool,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    /// Nothing: it can be run at once.
    Nothing,
    /// A form.
    Form(Vec<FormField>),
    /// What the trigger would bring, as JSON.
    Payload,
}

/// What a trigger asks for.
pub(super) fn ask(trigger: &Trigger) -> Ask {
    let Some(call) = trigger.call() else { return Ask::Nothing };
    match call.piece.as_str() {
        "@activepieces/piece-schedule" | "@pmos/piece-interval" | "@activepieces/piece-manual-trigger" => Ask::Nothing,
        "@activepieces/piece-forms" => Ask::Form(fields(call)),
        _ => Ask::Payload,
    }
}

fn fields(call: &PieceCall) -> Vec<FormField> {
    let inputs = call.input.get("inputs").and_then(Value::as_array);
    let field = |input: &Value| {
        let text = |name: &str| input.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let label = text("displayName");
        FormField {
            key: key_of(&label),
            label,
            description: text("description"),
            shape: match text("type").as_str() {
                "text_area" => Shape::Lines,
                "toggle" => Shape::Flag,
                "file" => Shape::File,
                _ => Shape::Line,
            },
            required: input.get("required").and_then(Value::as_bool).unwrap_or(false),
        }
    };
    inputs.into_iter().flatten().map(field).filter(|field| !field.key.is_empty()).collect()
}

/// The name that a server gives to a field: `Email address` is `emailAddress`. White space that no letter, digit or underscore
/// of ASCII follows stays.
pub(super) fn key_of(label: &str) -> String {
    let mut key = String::new();
    let mut gap = String::new();
    for letter in label.to_lowercase().chars() {
        if letter.is_whitespace() {
            gap.push(letter);
        } else if gap.is_empty() {
            key.push(letter);
        } else if letter.is_ascii_alphanumeric() || letter == '_' {
            gap.clear();
            key.push(letter.to_ascii_uppercase());
        } else {
            key.push_str(&std::mem::take(&mut gap));
            key.push(letter);
        }
    }
    key.push_str(&gap);
    key.retain(|letter| !matches!(letter, '\\' | '"' | '\'' | '’' | '\n' | '\r' | '\t'));
    key
}

/// What was filled in, as JSON text; or which field is missing.
///
/// # Errors
/// The field's key, and what to do.
pub(super) fn filled(fields: &[(FormField, String)]) -> Result<String, (String, String)> {
    let mut filled = Map::new();
    for (field, value) in fields {
        let value = match field.shape {
            Shape::Flag => Value::Bool(value == "true"),
            Shape::Line | Shape::Lines | Shape::File if value.trim().is_empty() => {
                if field.required {
                    return Err((field.key.clone(), say::automations::is_empty(&field.label)));
                }
                continue;
            }
            Shape::Line | Shape::Lines | Shape::File => Value::String(value.clone()),
        };
        filled.insert(field.key.clone(), value);
    }
    Ok(Value::Object(filled).to_string())
}

/// What was typed as the trigger's data: nothing, or JSON.
///
/// # Errors
/// Where it is no JSON, and what to do.
pub(super) fn payload(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Ok(Some(text.to_owned())),
        Err(why) => Err(say::automations::NoJson { line: why.line(), column: why.column() }.text()),
    }
}
