//! What kind of value a reference leads to, told from what the steps brought in their last tests.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Reference, Root, expressions, is_single};
use crate::{Flow, Key, Kind, Syntax};

/// What each step brought in its last test, by the step's name.
pub type Samples = BTreeMap<String, Value>;

/// What kind of value there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeHint {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    List,
    /// An object.
    Object,
    /// Null.
    Nothing,
    /// No sample tells.
    Unknown,
}

impl TypeHint {
    /// The kind of this value.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

/// The value at the end of a way.
#[must_use]
pub fn sample_at<'v>(value: &'v Value, path: &[Key]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| match key {
        Key::Index(index) => value.get(index),
        Key::Name(name) => value.get(name),
    })
}

/// What kind of value a reference leads to.
#[must_use]
pub fn hint(reference: &Reference, syntax: Syntax, samples: &Samples) -> TypeHint {
    let Root::Step(name) = &reference.root else { return TypeHint::Unknown };
    let path = match (syntax, reference.path.split_first()) {
        (Syntax::Bare, _) => reference.path.as_slice(),
        (Syntax::Wrapped, None) => return TypeHint::Object,
        (Syntax::Wrapped, Some((Key::Name(side), rest))) => match (side.as_str(), rest) {
            ("output", rest) => rest,
            ("error", []) => return TypeHint::Object,
            ("error", [Key::Name(field)]) if field == "message" => return TypeHint::Text,
            _ => return TypeHint::Unknown,
        },
        (Syntax::Wrapped, Some((Key::Index(_), _))) => return TypeHint::Unknown,
    };
    samples.get(name).and_then(|sample| sample_at(sample, path)).map_or(TypeHint::Unknown, TypeHint::of)
}

/// What a loop gives to the steps in it: from its own sample, or else the first item of the list that it goes over.
pub(super) fn loop_item<'s>(flow: &Flow, name: &str, syntax: Syntax, samples: &'s Samples) -> Option<&'s Value> {
    if let Some(item) = samples.get(name).and_then(|sample| sample.get("item")) {
        return Some(item);
    }
    let Kind::Loop(inner) = &flow.step(name)?.kind else { return None };
    if !is_single(&inner.items) {
        return None;
    }
    let expression = expressions(&inner.items).into_iter().next()?;
    let [reference] = expression.references.as_slice() else { return None };
    if reference.span.of(&inner.items) != expression.inner.of(&inner.items).trim() {
        return None;
    }
    let path = match syntax {
        Syntax::Bare => reference.path.as_slice(),
        Syntax::Wrapped => reference.path.strip_prefix(&[Key::from("output")])?,
    };
    sample_at(samples.get(reference.step()?)?, path)?.get(0)
}
