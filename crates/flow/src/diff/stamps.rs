//! What only a server decides: dates, where it keeps results of tests, the exact version of a piece.

use serde_json::Value;

use super::{Diff, Fate, FieldChange};
use crate::Key;

impl Diff {
    /// The changes that somebody made, without what a server writes by itself when it is sent an edit. Nothing is left of a
    /// flow as we have it and the same as the server answered it, if both did the same.
    #[must_use]
    pub fn without_stamps(mut self) -> Self {
        self.trigger.retain(is_made);
        for step in &mut self.steps {
            step.fields.retain(is_made);
            step.branches.iter_mut().for_each(|branch| branch.fields.retain(is_made));
            step.branches.retain(|branch| branch.from != branch.to || !branch.fields.is_empty());
        }
        self.steps.retain(|step| {
            step.fate != Fate::Kept || step.is_moved() || !step.fields.is_empty() || !step.branches.is_empty()
        });
        for note in &mut self.notes {
            note.fields.retain(is_made);
            note.fields.retain(|change| change.field.0.first() != Some(&Key::from("ownerId")));
        }
        self.notes.retain(|note| note.fate != Fate::Kept || note.is_moved || !note.fields.is_empty());
        self
    }
}

fn is_made(change: &FieldChange) -> bool {
    let names: Vec<&str> = change
        .field
        .0
        .iter()
        .map(|key| match key {
            Key::Name(name) => name.as_str(),
            Key::Index(_) => "",
        })
        .collect();
    match names.as_slice() {
        ["lastUpdatedDate" | "createdAt" | "updatedAt" | "valid"] | ["settings", "sampleData", ..] => false,
        ["settings", "pieceVersion"] => exact(change.before.as_ref()) != exact(change.after.as_ref()),
        _ => !(says_nothing(change.before.as_ref()) && says_nothing(change.after.as_ref())),
    }
}

fn exact(version: Option<&Value>) -> Option<&str> {
    version.and_then(Value::as_str).map(|version| version.trim_start_matches(['~', '^']))
}

/// Absent, null, false and empty are the same to a server.
fn says_nothing(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => true,
        Some(Value::Object(map)) => map.is_empty(),
        Some(Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::Array(_)) => false,
    }
}
