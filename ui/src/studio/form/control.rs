//! How each kind of property is asked for, and how a value goes over from its control to an expression and back. Pure.

use flow::expr::TypeHint;
use flow::piece::{Property, PropertyKind};
use serde_json::Value;

use crate::say;

/// What stands under the label of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// A line of text.
    Line,
    /// Several lines of text.
    Lines,
    /// Nothing to fill in: a note to the reader.
    Note,
    /// Digits.
    Number,
    /// Yes or no.
    Tick,
    /// A day and a time.
    Moment,
    /// A file from the disk, or its address.
    File,
    /// A colour.
    Colour,
    /// JSON.
    Json,
    /// Names and values.
    Pairs,
    /// A list of texts.
    Texts,
    /// A list of things with fields of their own.
    Items,
    /// One of some choices, known or asked for.
    One,
    /// Some of some choices, known or asked for.
    Several,
    /// Fields that are asked for.
    Fields,
    /// JSON, because the real control can be drawn in a browser of the piece only.
    Raw,
    /// A connection.
    Connection,
}

/// The control of a property.
pub(super) fn control(property: &Property) -> Control {
    match property.kind {
        PropertyKind::ShortText => Control::Line,
        PropertyKind::LongText => Control::Lines,
        PropertyKind::Markdown => Control::Note,
        PropertyKind::Number => Control::Number,
        PropertyKind::Checkbox => Control::Tick,
        PropertyKind::DateTime => Control::Moment,
        PropertyKind::File => Control::File,
        PropertyKind::Color => Control::Colour,
        PropertyKind::Json => Control::Json,
        PropertyKind::Object => Control::Pairs,
        PropertyKind::Array if property.properties.is_empty() => Control::Texts,
        PropertyKind::Array => Control::Items,
        PropertyKind::StaticDropdown | PropertyKind::Dropdown => Control::One,
        PropertyKind::StaticMultiSelectDropdown | PropertyKind::MultiSelectDropdown => Control::Several,
        PropertyKind::Dynamic => Control::Fields,
        PropertyKind::Custom | PropertyKind::Unknown => Control::Raw,
        PropertyKind::OAuth2 | PropertyKind::SecretText | PropertyKind::BasicAuth | PropertyKind::CustomAuth => {
            Control::Connection
        }
    }
}

/// Whether its choices or fields are asked of the piece.
pub(super) fn is_asked(kind: PropertyKind) -> bool {
    matches!(kind, PropertyKind::Dropdown | PropertyKind::MultiSelectDropdown | PropertyKind::Dynamic)
}

impl Control {
    /// Whether it is a text in itself, so that an expression needs no other control.
    pub(super) fn is_text(self) -> bool {
        matches!(
            self,
            Self::Line | Self::Lines | Self::Json | Self::Raw | Self::Number | Self::File | Self::Colour | Self::Note
        )
    }

    /// Whether it is a frame around other fields, which say themselves what is wrong with them.
    pub(super) fn holds_others(self) -> bool {
        matches!(self, Self::Pairs | Self::Texts | Self::Items | Self::Fields)
    }

    /// What a value is wanted to be; empty if anything will do.
    pub(super) fn wants(self) -> &'static [TypeHint] {
        match self {
            Self::Number => &[TypeHint::Number],
            Self::Tick => &[TypeHint::Boolean],
            Self::Texts | Self::Items | Self::Several => &[TypeHint::List],
            Self::Pairs | Self::Fields => &[TypeHint::Object],
            Self::Moment | Self::Colour => &[TypeHint::Text, TypeHint::Number],
            Self::Line
            | Self::Lines
            | Self::Note
            | Self::File
            | Self::Json
            | Self::One
            | Self::Raw
            | Self::Connection => &[],
        }
    }
}

/// Whether an expression stands in place of what the control makes.
pub(super) fn is_expression(control: Control, value: &Value, is_said: bool) -> bool {
    !control.is_text() && control != Control::Connection && (is_said || has_reference(value))
}

fn has_reference(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains("{{"))
}

/// A value as a text that can be edited.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => pretty(value),
    }
}

/// JSON over several lines.
pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// What a text says to a control; `None` if it says nothing.
pub(super) fn from_text(control: Control, text: &str) -> Option<Value> {
    let plain = text.trim();
    match control {
        Control::Line | Control::Lines | Control::Note | Control::File | Control::Colour | Control::Moment => {
            Some(text.into())
        }
        Control::Number => match plain.parse::<i64>() {
            Ok(number) => Some(number.into()),
            Err(_) => match plain.parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
                Some(number) => Some(Value::Number(number)),
                // What is no number stays as typed: it may be an expression, or is told to be none.
                None if plain.is_empty() => None,
                None => Some(text.into()),
            },
        },
        Control::Json | Control::Raw => match serde_json::from_str(plain) {
            Ok(value) => Some(value),
            Err(_) if plain.is_empty() => None,
            Err(_) => Some(text.into()),
        },
        Control::Tick => match plain {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            _ => None,
        },
        Control::Pairs | Control::Fields => serde_json::from_str(plain).ok().filter(Value::is_object),
        Control::Texts | Control::Items | Control::Several => serde_json::from_str(plain).ok().filter(Value::is_array),
        Control::One => {
            let value = serde_json::from_str(plain).ok();
            value.or_else(|| (!plain.is_empty() && !plain.contains("{{")).then(|| plain.into()))
        }
        Control::Connection => (!plain.is_empty()).then(|| plain.into()),
    }
}

/// A kind of value, in a word.
pub(super) fn hint_word(hint: TypeHint) -> &'static str {
    match hint {
        TypeHint::Text => say::form::hint_text(),
        TypeHint::Number => say::form::hint_number(),
        TypeHint::Boolean => say::form::hint_boolean(),
        TypeHint::List => say::form::hint_list(),
        TypeHint::Object => say::form::hint_object(),
        TypeHint::Nothing => say::form::hint_nothing(),
        TypeHint::Unknown => say::form::hint_unknown(),
    }
}
