//! A form that a person fills in.

use flow::PieceCall;
use serde_json::Value;

use crate::{Map, value};

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What it asks for, in order.
    pub fields: Vec<Field>,
    /// Whether who fills it in waits for what the flow answers.
    pub waits: bool,
}

/// One thing that a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What expressions call it by.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it means.
    pub description: String,
    /// How it is asked for.
    pub kind: FieldKind,
    /// Whether it has to be filled in.
    pub is_required: bool,
}

/// How a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A file.
    File,
    /// Yes or no.
    Toggle,
}

impl Form {
    pub(super) fn read(call: &PieceCall) -> Result<Self, String> {
        let inputs = call.input.get("inputs").and_then(Value::as_array);
        let field = |input: &Value| {
            let text = |name: &str| input.get(name).map(value::render).unwrap_or_default();
            let label = text("displayName");
            Field {
                key: key(&label),
                label,
                description: text("description"),
                kind: match text("type").as_str() {
                    "text_area" => FieldKind::LongText,
                    "file" => FieldKind::File,
                    "toggle" => FieldKind::Toggle,
                    _ => FieldKind::Text,
                },
                is_required: input.get("required").is_some_and(value::is_true),
            }
        };
        let fields: Vec<Field> =
            inputs.into_iter().flatten().map(field).filter(|field| !field.key.is_empty()).collect();
        if fields.is_empty() {
            return Err("The form asks for nothing. Open the trigger and add a field.".to_owned());
        }
        Ok(Self { fields, waits: call.input.get("waitForResponse").is_some_and(value::is_true) })
    }

    /// What the flow is started with, from what was filled in by key. What the form does not ask for is left out.
    ///
    /// # Errors
    /// A sentence that names the first field that is wrong.
    pub fn payload(&self, filled: &Map) -> Result<Value, String> {
        let mut payload = Map::new();
        for field in &self.fields {
            let given = filled.get(&field.key).filter(|given| !given.is_null() && given.as_str() != Some(""));
            let value = match (field.kind, given) {
                (FieldKind::Toggle, None) => Value::Bool(false),
                (FieldKind::Toggle, Some(given)) => {
                    let flag = given.as_bool().or_else(|| given.as_str()?.to_lowercase().parse().ok());
                    flag.map(Value::Bool).ok_or_else(|| format!("{} has to be yes or no.", field.label))?
                }
                (FieldKind::Text | FieldKind::LongText | FieldKind::File, Some(given)) => given.clone(),
                (FieldKind::Text | FieldKind::LongText | FieldKind::File, None) if field.is_required => {
                    return Err(format!("{} is empty. Fill it in.", field.label));
                }
                (FieldKind::Text | FieldKind::LongText | FieldKind::File, None) => continue,
            };
            payload.insert(field.key.clone(), value);
        }
        Ok(payload.into())
    }
}

/// The name that a server gives to a field: `Email address` is `emailAddress`.
fn key(label: &str) -> String {
    let label = label.to_lowercase();
    let mut letters = label.chars().peekable();
    let mut key = String::new();
    while let Some(letter) = letters.next() {
        if !letter.is_whitespace() {
            key.push(letter);
            continue;
        }
        let mut space = String::from(letter);
        while let Some(letter) = letters.next_if(|letter| letter.is_whitespace()) {
            space.push(letter);
        }
        match letters.next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '_') {
            Some(letter) => key.extend(letter.to_uppercase()),
            None => key.push_str(&space),
        }
    }
    key.retain(|letter| !"\\\"'’\n\r\t".contains(letter));
    key
}
