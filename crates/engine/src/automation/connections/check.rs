//! Whether what somebody gave is what a piece signs in with. Nothing that was given is repeated in what is said of it.

use contract::Fault;
use flow::piece::{PieceMetadata, Property, PropertyKind};
use serde_json::{Map, Value, json};

/// What is to be kept: of the kind that the piece asks for, with the fields that it knows and no others.
///
/// # Errors
/// `Invalid`, which names the field by its label.
pub(crate) fn checked(piece: &PieceMetadata, text: &str) -> Result<Value, Fault> {
    let called = &piece.display_name;
    let given: Map<String, Value> =
        serde_json::from_str(text).map_err(|_| invalid(format!("What {called} signs in with cannot be read.")))?;
    if piece.auth.is_empty() {
        return Err(Fault::invalid("piece", format!("{called} needs no connection.")));
    }
    let kind = given.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind.ends_with("OAUTH2") {
        let message = format!(
            "Signing in to {called} in the browser needs an Activepieces server. Connect the server and make the connection \
             there, or give a key here."
        );
        return Err(invalid(message));
    }
    let way = piece.auth.iter().find(|way| way.kind.word() == kind);
    let way = way.ok_or_else(|| {
        let ways: Vec<&str> = piece.auth.iter().map(|way| way.kind.word()).collect();
        invalid(format!("{called} signs in by {}. Give that.", ways.join(" or ")))
    })?;
    let text = |field: &str, label: &str| text_of(given.get(field)).ok_or_else(|| missing(label));
    match way.kind {
        PropertyKind::SecretText => Ok(json!({ "type": kind, "secret_text": text("secret_text", &way.display_name)? })),
        PropertyKind::BasicAuth => {
            let (username, password) = (text("username", "The name")?, text("password", "The password")?);
            Ok(json!({ "type": kind, "username": username, "password": password }))
        }
        PropertyKind::CustomAuth => {
            let none = Map::new();
            let given = given.get("props").and_then(Value::as_object).unwrap_or(&none);
            Ok(json!({ "type": kind, "props": props(way, given)? }))
        }
        PropertyKind::ShortText
        | PropertyKind::LongText
        | PropertyKind::Markdown
        | PropertyKind::Number
        | PropertyKind::Checkbox
        | PropertyKind::DateTime
        | PropertyKind::File
        | PropertyKind::Color
        | PropertyKind::Json
        | PropertyKind::Object
        | PropertyKind::Array
        | PropertyKind::StaticDropdown
        | PropertyKind::StaticMultiSelectDropdown
        | PropertyKind::Dropdown
        | PropertyKind::MultiSelectDropdown
        | PropertyKind::Dynamic
        | PropertyKind::Custom
        | PropertyKind::OAuth2
        | PropertyKind::Unknown => {
            Err(invalid(format!("{called} signs in in a way that this app does not know. Use an Activepieces server.")))
        }
    }
}

fn props(way: &Property, given: &Map<String, Value>) -> Result<Map<String, Value>, Fault> {
    if given.keys().any(|name| way.props.get(name).is_none()) {
        return Err(invalid(format!("{} has no such field. Fill in its own, and no others.", way.display_name)));
    }
    let mut kept = Map::new();
    for (name, field) in way.props.iter().filter(|(_, field)| field.kind != PropertyKind::Markdown) {
        match value(field, given.get(name))? {
            Some(value) => drop(kept.insert(name.clone(), value)),
            None if field.required => return Err(missing(&field.display_name)),
            None => {}
        }
    }
    Ok(kept)
}

/// The value of a field as it is kept; `None` for nothing.
fn value(field: &Property, given: Option<&Value>) -> Result<Option<Value>, Fault> {
    let Some(given) = given.filter(|given| !given.is_null() && given.as_str() != Some("")) else { return Ok(None) };
    let label = &field.display_name;
    match field.kind {
        PropertyKind::Checkbox if given.is_boolean() => Ok(Some(given.clone())),
        PropertyKind::Checkbox => Err(invalid(format!("{label} is yes or no."))),
        PropertyKind::Number if given.is_number() => Ok(Some(given.clone())),
        PropertyKind::Number => Err(invalid(format!("{label} has to be a number."))),
        PropertyKind::StaticDropdown => {
            let choices = field.options.iter().flat_map(|options| &options.options);
            // A form may give the choice as text, and what it stands for is a number.
            let same = |value: &Value| value == given || text_of(Some(given)).is_some_and(|text| plain(value) == text);
            let chosen = choices.map(|choice| &choice.value).find(|value| same(value)).cloned();
            chosen.map(Some).ok_or_else(|| invalid(format!("{label} is none of its choices. Choose one.")))
        }
        PropertyKind::ShortText
        | PropertyKind::LongText
        | PropertyKind::SecretText
        | PropertyKind::Markdown
        | PropertyKind::DateTime
        | PropertyKind::File
        | PropertyKind::Color
        | PropertyKind::Json
        | PropertyKind::Object
        | PropertyKind::Array
        | PropertyKind::StaticMultiSelectDropdown
        | PropertyKind::Dropdown
        | PropertyKind::MultiSelectDropdown
        | PropertyKind::Dynamic
        | PropertyKind::Custom
        | PropertyKind::OAuth2
        | PropertyKind::BasicAuth
        | PropertyKind::CustomAuth
        | PropertyKind::Unknown => match given {
            Value::String(_) => Ok(text_of(Some(given)).map(Value::from)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Err(invalid(format!("{label} has to be a text.")))
            }
        },
    }
}

/// A text without the white space that comes along when it is pasted; `None` when nothing is left.
fn text_of(given: Option<&Value>) -> Option<String> {
    let text = given?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn invalid(message: String) -> Fault {
    Fault::invalid("value", message)
}

fn missing(label: &str) -> Fault {
    invalid(format!("{label} is empty. Fill it in."))
}

#[cfg(test)]
mod tests;
