//! Which conversation was open last, in the browser's storage, apart for each workspace.

use contract::{ConversationId, WorkspaceId};

fn key(workspace: Option<WorkspaceId>) -> Option<String> {
    workspace.map(|id| format!("{}chat-{id}", crate::quick::mark()))
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// The conversation that was open last in a workspace.
pub(super) fn remembered(workspace: Option<WorkspaceId>) -> Option<ConversationId> {
    let text = key(workspace).and_then(|key| storage()?.get_item(&key).ok().flatten())?;
    text.parse().ok()
}

/// It is the one that is open now.
pub(super) fn remember(workspace: Option<WorkspaceId>, id: Option<ConversationId>) {
    if let (Some(key), Some(storage)) = (key(workspace), storage()) {
        // A full or forbidden storage only costs the convenience.
        let _ = match id {
            Some(id) => storage.set_item(&key, &id.to_string()),
            None => storage.remove_item(&key),
        };
    }
}
