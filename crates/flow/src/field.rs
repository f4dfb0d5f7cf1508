//! Fields of a step by their way in its wire form, and the texts among them that may hold expressions.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{BranchKind, Kind, Map, Step, Trigger};

/// One hop into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    /// An item of a list, from 0.
    Index(usize),
    /// A member of an object.
    Name(String),
}

/// The way to a field: `settings.input.body.items[0]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldPath(pub Vec<Key>);

impl FieldPath {
    /// A way through members of objects.
    #[must_use]
    pub fn of(names: &[&str]) -> Self {
        Self(names.iter().map(|name| Key::Name((*name).to_owned())).collect())
    }

    /// The way, one hop further.
    #[must_use]
    pub fn join(&self, key: impl Into<Key>) -> Self {
        let mut further = self.clone();
        further.0.push(key.into());
        further
    }
}

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<usize> for Key {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, key) in self.0.iter().enumerate() {
            match key {
                Key::Index(index) => write!(f, "[{index}]")?,
                Key::Name(name) if is_plain(name) => write!(f, "{}{name}", if number > 0 { "." } else { "" })?,
                Key::Name(name) => write!(f, "[{}]", Value::from(name.as_str()))?,
            }
        }
        Ok(())
    }
}

/// Whether a name can stand behind a dot.
pub(crate) fn is_plain(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_' || first == '$')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$')
}

/// Comes by every text of a step that may hold expressions: inputs, a loop's list, the two sides of conditions.
pub(crate) fn each_text(step: &Step, each: &mut dyn FnMut(&FieldPath, &str)) {
    match &step.kind {
        Kind::Code(code) => each_in_map(&code.input, &mut FieldPath::of(&["settings", "input"]), each),
        Kind::Piece(piece) => each_in_map(&piece.call.input, &mut FieldPath::of(&["settings", "input"]), each),
        Kind::Loop(inner) => each(&FieldPath::of(&["settings", "items"]), &inner.items),
        Kind::Router(router) => {
            for (number, branch) in router.branches.iter().enumerate() {
                let BranchKind::Condition(groups) = &branch.kind else { continue };
                let at = FieldPath::of(&["settings", "branches"]).join(number).join("conditions");
                for (group, conditions) in groups.iter().enumerate() {
                    for (place, condition) in conditions.iter().enumerate() {
                        let at = at.join(group).join(place);
                        each(&at.join("firstValue"), &condition.first);
                        if let Some(second) = &condition.second {
                            each(&at.join("secondValue"), second);
                        }
                    }
                }
            }
        }
        Kind::Other(_) => {
            if let Some(settings) = step.extra.get("settings") {
                each_in_value(settings, &mut FieldPath::of(&["settings"]), each);
            }
        }
    }
}

/// Comes by every text of a trigger that may hold expressions.
pub(crate) fn each_text_of_trigger(trigger: &Trigger, each: &mut dyn FnMut(&FieldPath, &str)) {
    if let Some(call) = trigger.call() {
        each_in_map(&call.input, &mut FieldPath::of(&["settings", "input"]), each);
    }
}

/// The same, to change them.
pub(crate) fn each_text_mut(step: &mut Step, each: &mut dyn FnMut(&mut String)) {
    match &mut step.kind {
        Kind::Code(code) => each_in_map_mut(&mut code.input, each),
        Kind::Piece(piece) => each_in_map_mut(&mut piece.call.input, each),
        Kind::Loop(inner) => each(&mut inner.items),
        Kind::Router(router) => {
            for branch in &mut router.branches {
                let BranchKind::Condition(groups) = &mut branch.kind else { continue };
                for condition in groups.iter_mut().flatten() {
                    each(&mut condition.first);
                    condition.second.iter_mut().for_each(&mut *each);
                }
            }
        }
        Kind::Other(_) => {
            if let Some(settings) = step.extra.get_mut("settings") {
                each_in_value_mut(settings, each);
            }
        }
    }
}

/// The same for what the step holds too.
pub(crate) fn each_text_within_mut(step: &mut Step, each: &mut dyn FnMut(&mut String)) {
    each_step_mut(step, &mut |step| each_text_mut(step, each));
}

/// Comes by a step and all that it holds, in the order of the page.
pub(crate) fn each_step_mut(step: &mut Step, each: &mut dyn FnMut(&mut Step)) {
    let mut pending: Vec<&mut Step> = vec![step];
    while let Some(step) = pending.pop() {
        each(step);
        let first = pending.len();
        step.held_steps_mut(&mut pending);
        if let Some(held) = pending.get_mut(first..) {
            held.reverse();
        }
    }
}

fn each_in_map(map: &Map, at: &mut FieldPath, each: &mut dyn FnMut(&FieldPath, &str)) {
    for (key, value) in map {
        at.0.push(Key::Name(key.clone()));
        each_in_value(value, at, each);
        at.0.pop();
    }
}

fn each_in_value(value: &Value, at: &mut FieldPath, each: &mut dyn FnMut(&FieldPath, &str)) {
    match value {
        Value::String(text) => each(at, text),
        Value::Object(map) => each_in_map(map, at, each),
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                at.0.push(Key::Index(index));
                each_in_value(value, at, each);
                at.0.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn each_in_map_mut(map: &mut Map, each: &mut dyn FnMut(&mut String)) {
    map.values_mut().for_each(|value| each_in_value_mut(value, each));
}

fn each_in_value_mut(value: &mut Value, each: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => each(text),
        Value::Object(map) => each_in_map_mut(map, each),
        Value::Array(list) => list.iter_mut().for_each(|value| each_in_value_mut(value, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
