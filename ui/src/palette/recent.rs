//! What was opened last, newest first, for an empty palette. Knows no page and no storage: it reads and writes text.

use contract::{ProjectId, RecordingId};
use serde::{Deserialize, Serialize};

/// Something that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub(crate) enum Recent {
    /// A project.
    Project {
        /// Which.
        id: ProjectId,
        /// Its name when it was opened.
        name: String,
    },
    /// An item.
    Item {
        /// Which.
        id: RecordingId,
        /// Its project.
        project: ProjectId,
        /// Its title when it was opened.
        name: String,
    },
}

impl Recent {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Project { id, .. }, Self::Project { id: other, .. }) => id == other,
            (Self::Item { id, .. }, Self::Item { id: other, .. }) => id == other,
            (Self::Project { .. }, Self::Item { .. }) | (Self::Item { .. }, Self::Project { .. }) => false,
        }
    }
}

/// How many are kept.
const KEPT: usize = 12;

/// The list with `opened` in front, once.
pub(crate) fn remember(list: &[Recent], opened: Recent) -> Vec<Recent> {
    let mut kept = vec![opened];
    for old in list {
        if kept.len() < KEPT && !kept.iter().any(|one| one.same(old)) {
            kept.push(old.clone());
        }
    }
    kept
}

/// The list that was written. What cannot be read is an empty list: it is a convenience, not a record.
pub(crate) fn read(text: &str) -> Vec<Recent> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The list as text.
pub(crate) fn write(list: &[Recent]) -> String {
    serde_json::to_string(list).unwrap_or_default()
}

#[cfg(test)]
mod tests;
