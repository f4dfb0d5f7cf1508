//! What expressions can see: the steps that have run, each as the version of the format shows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::{Key, Syntax};
use serde_json::{Value, json};

use crate::Map;

/// One step as expressions see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// What it brought; `None` if it brought nothing.
    pub output: Option<Arc<Value>>,
    /// Why it failed, as the text that expressions get; `None` if it did not.
    pub error: Option<String>,
}

/// The steps that can be seen.
#[derive(Clone, Debug)]
pub struct Scope {
    /// How the format shows them.
    pub syntax: Syntax,
    /// Each by name.
    pub steps: BTreeMap<String, Seen>,
}

impl Scope {
    /// Nothing, in this version of the format.
    #[must_use]
    pub fn new(syntax: Syntax) -> Self {
        Self { syntax, steps: BTreeMap::new() }
    }

    /// The value at the end of a way that begins at a step.
    #[must_use]
    pub fn reach(&self, name: &str, path: &[Key]) -> Option<Value> {
        let seen = self.steps.get(name)?;
        match (self.syntax, path.split_first()) {
            (Syntax::Bare, _) => follow(seen.output.as_deref()?, path),
            (Syntax::Wrapped, None) => Some(self.view(seen)),
            (Syntax::Wrapped, Some((side, rest))) if *side == Key::from("output") => {
                follow(seen.output.as_deref()?, rest)
            }
            (Syntax::Wrapped, Some(_)) => follow(&self.view(seen), path),
        }
    }

    /// What these words stand for in JavaScript; those that are no step are left out, so that they are not defined.
    pub fn words<'n>(&self, names: impl Iterator<Item = &'n str>) -> Map {
        names.filter_map(|name| Some((name.to_owned(), self.view(self.steps.get(name)?)))).collect()
    }

    fn view(&self, seen: &Seen) -> Value {
        let output = seen.output.as_deref().cloned();
        match self.syntax {
            Syntax::Bare => output.unwrap_or_default(),
            Syntax::Wrapped => {
                let error = seen.error.as_ref().map(|text| json!({ "message": text }));
                let sides = [("output", output), ("error", error)];
                sides.into_iter().filter_map(|(side, value)| Some((side.to_owned(), value?))).collect::<Map>().into()
            }
        }
    }
}

/// The value at the end of a way, as JavaScript reads it: lists and texts have a length, and letters have numbers.
pub(crate) fn follow(value: &Value, path: &[Key]) -> Option<Value> {
    let Some((key, rest)) = path.split_first() else { return Some(value.clone()) };
    let number = match key {
        Key::Index(index) => Some(*index),
        Key::Name(name) => name.parse().ok(),
    };
    if let (Some(index), Some(text)) = (number, value.as_str()) {
        let letter = text.chars().nth(index)?.to_string();
        return follow(&Value::from(letter), rest);
    }
    let inner = match (value, key, number) {
        (Value::Object(members), Key::Name(name), _) => members.get(name),
        (Value::Object(members), Key::Index(index), _) => members.get(&index.to_string()),
        (_, _, Some(index)) => value.get(index),
        (_, _, None) => None,
    };
    match (inner, key) {
        (Some(inner), _) => follow(inner, rest),
        (None, Key::Name(name)) if name == "length" => {
            let units = value.as_str().map(|text| text.encode_utf16().count());
            follow(&Value::from(value.as_array().map(Vec::len).or(units)?), rest)
        }
        (None, _) => None,
    }
}
