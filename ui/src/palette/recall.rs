//! Remembers what was opened, in the browser's storage, apart for each workspace.

use contract::{ProjectId, RecordingId};
use leptos::prelude::*;

use super::recent::{Recent, read, remember, write};
use crate::state::Session;

fn key() -> Option<String> {
    let session = use_context::<Session>()?;
    let workspace = session.workspace.get_untracked()?;
    Some(format!("recent-{workspace}"))
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// What was opened, newest first.
pub(crate) fn list() -> Vec<Recent> {
    let text = key().and_then(|key| storage()?.get_item(&key).ok().flatten());
    text.map(|text| read(&text)).unwrap_or_default()
}

fn opened(recent: Recent) {
    if let (Some(key), Some(storage)) = (key(), storage()) {
        // A full or forbidden storage only costs the convenience.
        let _ = storage.set_item(&key, &write(&remember(&list(), recent)));
    }
}

/// A project was opened.
pub(crate) fn opened_project(id: ProjectId, name: String) {
    opened(Recent::Project { id, name });
}

/// An item was opened.
pub(crate) fn opened_item(id: RecordingId, project: ProjectId, name: String) {
    // A local item's id changes when Basecamp names it.
    if !id.is_local() {
        opened(Recent::Item { id, project, name });
    }
}
