//! Two JSON objects, field by field.

use serde_json::Value;

use super::FieldChange;
use crate::{FieldPath, Key, Map};

/// What differs, each as deep as it can be told: of two objects or lists, their members.
pub(super) fn changes(before: &Map, after: &Map) -> Vec<FieldChange> {
    let mut found = Vec::new();
    maps(before, after, &mut FieldPath::default(), &mut found);
    found
}

fn maps(before: &Map, after: &Map, at: &mut FieldPath, found: &mut Vec<FieldChange>) {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    for key in after.keys().chain(gone) {
        at.0.push(Key::Name(key.clone()));
        values(before.get(key), after.get(key), at, found);
        at.0.pop();
    }
}

fn values(before: Option<&Value>, after: Option<&Value>, at: &mut FieldPath, found: &mut Vec<FieldChange>) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Value::Object(before)), Some(Value::Object(after))) => maps(before, after, at, found),
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            for index in 0..before.len().max(after.len()) {
                at.0.push(Key::Index(index));
                values(before.get(index), after.get(index), at, found);
                at.0.pop();
            }
        }
        (before, after) => {
            found.push(FieldChange { field: at.clone(), before: before.cloned(), after: after.cloned() });
        }
    }
}
