//! What a server keeps about a flow beside its steps: where it is filed, whose it is, whether it runs.

use serde_json::{Number, Value};

use crate::Map;
use crate::json::{put_some, sorted, take_some_text, take_word};
use crate::word::words;

words! {
    /// Whether the published version runs.
    Status {
        /// It runs.
        Enabled = "ENABLED",
        /// It waits.
        Disabled = "DISABLED",
    }
}

words! {
    /// Whether a version may be changed.
    State {
        /// It is being edited.
        Draft = "DRAFT",
        /// It is kept as it is.
        Locked = "LOCKED",
    }
}

/// The flow around its version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The folder; `None` if it is in none.
    pub folder_id: Option<String>,
    /// Whether the published version runs.
    pub status: Option<Status>,
    /// Whose it is.
    pub owner_id: Option<String>,
    /// The version that runs.
    pub published_version_id: Option<String>,
    /// What each run saves a person, in the server's unit.
    pub time_saved_per_run: Option<Number>,
    /// Anything that a client keeps with the flow.
    pub metadata: Option<Map>,
    /// What else is said: its id, dates, project.
    pub extra: Map,
}

impl Record {
    pub(crate) fn from_map(mut map: Map) -> Self {
        Self {
            folder_id: take_some_text(&mut map, "folderId"),
            status: take_word(&mut map, "status", Status::from_word),
            owner_id: take_some_text(&mut map, "ownerId"),
            published_version_id: take_some_text(&mut map, "publishedVersionId"),
            time_saved_per_run: take_number(&mut map, "timeSavedPerRun"),
            metadata: take_object(&mut map, "metadata"),
            extra: map,
        }
    }

    pub(crate) fn to_map(&self) -> Map {
        let mut map = self.extra.clone();
        put_some(&mut map, "folderId", self.folder_id.clone());
        put_some(&mut map, "status", self.status.map(Status::word));
        put_some(&mut map, "ownerId", self.owner_id.clone());
        put_some(&mut map, "publishedVersionId", self.published_version_id.clone());
        put_some(&mut map, "timeSavedPerRun", self.time_saved_per_run.clone());
        put_some(&mut map, "metadata", self.metadata.clone());
        sorted(map)
    }
}

fn take_number(map: &mut Map, key: &str) -> Option<Number> {
    let number = map.get(key)?.as_number()?.clone();
    map.remove(key);
    Some(number)
}

fn take_object(map: &mut Map, key: &str) -> Option<Map> {
    match map.get(key) {
        Some(Value::Object(inner)) => {
            let inner = inner.clone();
            map.remove(key);
            Some(inner)
        }
        _ => None,
    }
}
