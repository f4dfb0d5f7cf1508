//! What a piece can do and what it asks for, as Activepieces describes it.
//!
//! Read leniently: what a server leaves out is empty, what it adds is passed over, and the order of fields is kept, because
//! a form shows them in it.

mod ordered;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::word::words;

pub use ordered::Ordered;

/// A piece.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PieceMetadata {
    /// Such as `@activepieces/piece-http`.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// What it is for.
    pub description: String,
    /// A picture.
    pub logo_url: String,
    /// Such as `0.11.9`.
    pub version: String,
    /// The ways to sign in; none if the piece needs none.
    #[serde(deserialize_with = "one_or_many")]
    pub auth: Vec<Property>,
    /// What it does, by name.
    pub actions: Ordered<Operation>,
    /// What it waits for, by name.
    pub triggers: Ordered<Operation>,
    /// What kinds of thing it is.
    pub categories: Vec<String>,
}

/// An action or a trigger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Operation {
    /// What steps call it by.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// What it does.
    pub description: String,
    /// What it asks for, in the order of the form.
    pub props: Ordered<Property>,
    /// Whether a connection has to be chosen, if the piece has any.
    pub require_auth: bool,
    /// Of a trigger: `POLLING`, `WEBHOOK`, `APP_WEBHOOK` or `MANUAL`.
    #[serde(rename = "type")]
    pub strategy: Option<String>,
    /// Of a trigger: `SIMULATION` or `TEST_FUNCTION`.
    pub test_strategy: Option<String>,
    /// Of a trigger: what it may bring.
    pub sample_data: Option<Value>,
    /// Whether it can go on after a failure, or try again.
    pub error_handling_options: Option<Value>,
}

/// One thing that an operation asks for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Property {
    /// What people call it.
    pub display_name: String,
    /// What it means, in Markdown.
    pub description: String,
    /// Whether it has to be given.
    pub required: bool,
    /// How it is asked for.
    #[serde(rename = "type", deserialize_with = "kind")]
    pub kind: PropertyKind,
    /// What it is when nobody says.
    pub default_value: Option<Value>,
    /// What can be chosen, when that is known beforehand.
    #[serde(deserialize_with = "lenient")]
    pub options: Option<Options>,
    /// Other properties that change what can be chosen.
    #[serde(deserialize_with = "lenient_list")]
    pub refreshers: Vec<String>,
    /// Whether the choices are asked for anew with what is typed.
    pub refresh_on_search: bool,
    /// Of a list: what each item asks for; empty if an item is a text.
    pub properties: Ordered<Property>,
    /// Of a connection: what it asks for.
    #[serde(deserialize_with = "lenient_properties")]
    pub props: Ordered<Property>,
}

words! {
    /// How a property is asked for.
    #[derive(Default)]
    PropertyKind {
        /// One line.
        ShortText = "SHORT_TEXT",
        /// Several lines.
        LongText = "LONG_TEXT",
        /// Nothing is asked for: a note to the reader.
        Markdown = "MARKDOWN",
        /// A number.
        Number = "NUMBER",
        /// Yes or no.
        Checkbox = "CHECKBOX",
        /// A date and time.
        DateTime = "DATE_TIME",
        /// A file.
        File = "FILE",
        /// A colour.
        Color = "COLOR",
        /// Any JSON.
        Json = "JSON",
        /// Names and values.
        Object = "OBJECT",
        /// A list.
        Array = "ARRAY",
        /// One of a few known beforehand.
        StaticDropdown = "STATIC_DROPDOWN",
        /// Some of a few known beforehand.
        StaticMultiSelectDropdown = "STATIC_MULTI_SELECT_DROPDOWN",
        /// One of what the piece finds.
        Dropdown = "DROPDOWN",
        /// Some of what the piece finds.
        MultiSelectDropdown = "MULTI_SELECT_DROPDOWN",
        /// Properties that depend on others.
        Dynamic = "DYNAMIC",
        /// Drawn by code that runs in a browser only.
        Custom = "CUSTOM",
        /// A connection by OAuth.
        OAuth2 = "OAUTH2",
        /// A connection by a secret.
        SecretText = "SECRET_TEXT",
        /// A connection by name and password.
        BasicAuth = "BASIC_AUTH",
        /// A connection by fields of its own.
        CustomAuth = "CUSTOM_AUTH",
        /// Something that this version does not know.
        #[default]
        Unknown = "UNKNOWN",
    }
}

/// What can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Options {
    /// The choices.
    pub options: Vec<Choice>,
    /// Whether nothing can be chosen as yet.
    pub disabled: bool,
    /// What to say in place of a choice.
    pub placeholder: Option<String>,
}

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// What people read.
    pub label: String,
    /// What is kept.
    pub value: Value,
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PropertyKind, D::Error> {
    let word = String::deserialize(deserializer)?;
    Ok(PropertyKind::from_word(&word).unwrap_or_default())
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Property>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Auth {
        Many(Vec<Property>),
        One(Box<Property>),
        None(()),
    }
    Ok(match Auth::deserialize(deserializer)? {
        Auth::Many(many) => many,
        Auth::One(one) => vec![*one],
        Auth::None(()) => Vec::new(),
    })
}

/// What has another shape is passed over rather than refused.
fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Options>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(Options::deserialize(value).ok())
}

fn lenient_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(Vec::deserialize(value).unwrap_or_default())
}

fn lenient_properties<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ordered<Property>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
