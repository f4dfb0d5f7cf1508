//! Basecamp's JSON read into our vocabulary, leniently: an absent or null field is empty, an id may be a string, an unknown
//! kind is left out and counted. It asks nobody anything.

mod fields;
mod people;
mod project;
mod recording;

use contract::Fetched;
use serde_json::value::RawValue;

pub use fields::Fields;
pub use people::{activities, activity, people, person};
pub(crate) use project::tool_kind;
pub use project::{project, projects, tools};
pub use recording::{card_table, is_generic, nested_steps, recording, recordings};

/// A record that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its id, when that could be read.
    pub id: Option<i64>,
    /// What was wrong with it.
    pub reason: String,
}

/// Records that were read, and those that could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<T> {
    /// What was understood.
    pub records: Vec<Fetched<T>>,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { records: Vec::new(), skipped: Vec::new() }
    }
}

impl<T> Batch<T> {
    /// Adds one outcome.
    pub fn push(&mut self, outcome: Result<Fetched<T>, Skipped>) {
        match outcome {
            Ok(record) => self.records.push(record),
            Err(skipped) => self.skipped.push(skipped),
        }
    }
    /// Adds another batch.
    pub fn extend(&mut self, other: Self) {
        self.records.extend(other.records);
        self.skipped.extend(other.skipped);
    }
}

/// Reads the account; nothing when it is not one.
pub(crate) fn account(raw: &RawValue) -> Option<crate::Account> {
    let value = serde_json::from_str(raw.get()).ok()?;
    let fields = Fields::of(&value)?;
    Some(crate::Account {
        id: fields.id("id")?,
        name: fields.text("name"),
        active: fields.flag("active").unwrap_or(true),
    })
}

#[cfg(test)]
mod tests;
