//! Connections as steps name them, and what signing in asks for. Pure: a secret goes through and stays nowhere.

use contract::FlowPlace;
use flow::Map;
use flow::expr::{Root, expressions};
use flow::piece::{Property, PropertyKind};
use serde_json::{Value, json};

use super::control::{Control, control, from_text};
use crate::say;

/// A field of a form that signs in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// What it is called in the value.
    pub(super) name: String,
    /// How it is asked for.
    pub(super) property: Property,
    /// It is not shown while it is typed.
    pub(super) is_secret: bool,
}

/// What a way to sign in asks for; an error says why it cannot be filled in here.
///
/// # Errors
/// A sentence for ways that need a browser or that this version does not know.
pub(super) fn asked(way: &Property) -> Result<Vec<Asked>, &'static str> {
    let plain = |name: &str, label: &str, is_secret: bool| Asked {
        name: name.to_owned(),
        property: Property {
            display_name: label.to_owned(),
            required: true,
            kind: PropertyKind::ShortText,
            ..Property::default()
        },
        is_secret,
    };
    match way.kind {
        PropertyKind::SecretText => {
            let label = if way.display_name.is_empty() { say::form::secret() } else { &way.display_name };
            Ok(vec![plain("secret_text", label, true)])
        }
        PropertyKind::BasicAuth => {
            let (name, password) = (say::form::user_name(), say::form::password());
            Ok(vec![plain("username", name, false), plain("password", password, true)])
        }
        PropertyKind::CustomAuth => {
            let asked = way.props.iter().map(|(name, property)| Asked {
                name: name.clone(),
                property: property.clone(),
                is_secret: property.kind == PropertyKind::SecretText,
            });
            Ok(asked.collect())
        }
        PropertyKind::OAuth2 => Err(say::form::browser_elsewhere()),
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
        | PropertyKind::Unknown => Err(say::form::way_unknown()),
    }
}

/// Why a way through the browser ends here, and what to do: by where the flow runs, and whether there is another way.
pub(super) fn through_browser(place: FlowPlace, has_others: bool) -> String {
    let words = match place {
        FlowPlace::Server => say::form::browser_server(),
        FlowPlace::Here => say::form::browser_here(),
    };
    if has_others { [words, say::form::or_another_way()].join(" ") } else { words.to_owned() }
}

/// The ways of a piece in words, for a choice among several.
pub(super) fn way_words(way: &Property) -> &str {
    if !way.display_name.is_empty() && way.display_name != "Connection" && way.display_name != "Authentication" {
        return &way.display_name;
    }
    if way.kind == PropertyKind::OAuth2 {
        say::form::by_browser()
    } else if way.kind == PropertyKind::SecretText {
        say::form::by_key()
    } else if way.kind == PropertyKind::BasicAuth {
        say::form::by_password()
    } else {
        say::form::by_fields()
    }
}

/// What is sent, from what was typed by name.
///
/// # Errors
/// A sentence about the first thing that is missing.
pub(super) fn value(way: &Property, typed: &[(String, String)]) -> Result<String, String> {
    let mut fields = Map::new();
    for one in asked(way)? {
        let text = typed.iter().find(|(name, _)| *name == one.name).map(|(_, text)| text.as_str()).unwrap_or_default();
        let is_blank = text.trim().is_empty();
        if is_blank && one.property.required && one.property.default_value.is_none() {
            let label = if one.property.display_name.is_empty() { &one.name } else { &one.property.display_name };
            return Err(say::form::is_missing(label));
        }
        if is_blank {
            if let Some(usual) = one.property.default_value {
                fields.insert(one.name, usual);
            }
            continue;
        }
        let shape = if one.is_secret { Control::Line } else { control(&one.property) };
        let value = from_text(shape, text).unwrap_or_else(|| text.into());
        fields.insert(one.name, value);
    }
    let is_custom = way.kind == PropertyKind::CustomAuth;
    let mut whole = if is_custom { json!({ "props": fields }) } else { Value::Object(fields) };
    if let Some(map) = whole.as_object_mut() {
        map.insert("type".to_owned(), way.kind.word().into());
    }
    Ok(whole.to_string())
}

/// A connection as a step names it.
pub(super) fn reference(key: &str) -> String {
    ["{{connections['", &key.replace('\\', "\\\\").replace('\'', "\\'"), "']}}"].concat()
}

/// The connection that a value names.
pub(super) fn named(value: &Value) -> Option<String> {
    let references = expressions(value.as_str()?).into_iter().flat_map(|one| one.references);
    references.map(|reference| reference.root).find_map(|root| match root {
        Root::Connection(id) => Some(id),
        Root::Step(_) | Root::Variable(_) => None,
    })
}
