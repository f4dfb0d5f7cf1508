//! The field that one writes to the assistant in: its text, what was named in it, and how it is kept.

use std::time::Duration;

use contract::commands::KeepDraft;
use contract::{ConversationId, Seen, WorkspaceId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{bridge, say};

/// The most that can be said at once, in characters.
pub const LONGEST: usize = 1_000_000;
/// How long typing must rest before it is kept.
const REST: Duration = Duration::from_millis(400);

/// The field.
#[derive(Clone, Copy)]
pub struct Field {
    /// What stands in it.
    pub text: RwSignal<String>,
    /// Rises when the page itself puts a text in.
    pub put: RwSignal<u32>,
    /// What was named with `@`.
    pub named: RwSignal<Vec<Seen>>,
    /// What is wrong, and what to do; empty when nothing is.
    pub wrong: RwSignal<String>,
    /// Rises when the keyboard should come here.
    pub wanted: RwSignal<u32>,
    /// Whose draft it is.
    owner: StoredValue<(Option<WorkspaceId>, Option<ConversationId>)>,
    /// What was kept last.
    kept: StoredValue<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

/// True for more than can be said at once. Short texts are not counted.
#[must_use]
pub fn too_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().count() > LONGEST
}

/// Two texts, the first one first; neither is lost.
#[must_use]
pub fn both(first: &str, second: &str) -> String {
    match (first.trim().is_empty(), second.trim().is_empty()) {
        (_, true) => first.to_owned(),
        (true, false) => second.to_owned(),
        (false, false) => format!("{}\n\n{second}", first.trim_end()),
    }
}

impl Field {
    pub(super) fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            put: RwSignal::new(0),
            named: RwSignal::new(Vec::new()),
            wrong: RwSignal::new(String::new()),
            wanted: RwSignal::new(0),
            owner: StoredValue::new((None, None)),
            kept: StoredValue::new(String::new()),
            timer: StoredValue::new(None),
        }
    }

    /// Puts a text in.
    pub fn set(self, text: impl Into<String>) {
        self.write(text.into());
        self.rest();
    }

    /// Puts a text before what stands there.
    pub fn give_back(self, text: &str) {
        let now = self.text.get_untracked();
        self.set(both(text, &now));
    }

    /// Asks for the keyboard.
    pub fn focus(self) {
        self.wanted.update(|count| *count = count.wrapping_add(1));
    }

    /// Takes over what was typed. More than can be said is refused, and what stood there stays: false.
    pub fn typed(self, text: String) -> bool {
        if too_long(&text) {
            self.wrong.set(say::state::typed_too_much().into());
            self.put.update(|count| *count = count.wrapping_add(1));
            return false;
        }
        self.text.set(text);
        if self.wrong.with_untracked(|wrong| !wrong.is_empty()) {
            self.wrong.set(String::new());
        }
        self.rest();
        true
    }

    /// Keeps what is in it, at once.
    pub fn keep(self) {
        self.stop_timer();
        let (workspace, conversation) = self.owner.get_value();
        let text = self.text.get_untracked();
        if text == self.kept.get_value() {
            return;
        }
        self.kept.set_value(text.clone());
        match conversation {
            Some(id) => {
                spawn_local(async move {
                    if bridge::call(KeepDraft { id, text: text.clone() }, workspace).await.is_err() {
                        // Tried again with the next letter, or when the field is left.
                        self.kept.try_update_value(|kept| {
                            if *kept == text {
                                kept.push('\0');
                            }
                        });
                    }
                });
            }
            None => write_local(workspace, &text),
        }
    }

    /// Becomes the field of another conversation.
    pub(super) fn belongs_to(self, workspace: Option<WorkspaceId>, conversation: Option<ConversationId>) {
        self.owner.set_value((workspace, conversation));
        self.named.set(Vec::new());
        self.wrong.set(String::new());
        let text = if conversation.is_none() { read_local(workspace) } else { String::new() };
        self.kept.set_value(text.clone());
        self.write(text);
    }

    /// The conversation that was begun with what stood here: what is typed from then on is its draft.
    pub(super) fn moves_to(self, conversation: ConversationId) {
        self.stop_timer();
        let (workspace, _) = self.owner.get_value();
        write_local(workspace, "");
        self.owner.set_value((workspace, Some(conversation)));
        self.kept.set_value(String::new());
        self.rest();
    }

    /// The draft that was kept, unless somebody typed meanwhile.
    pub(super) fn restore(self, draft: &str) {
        if self.text.with_untracked(String::is_empty) && !draft.is_empty() {
            self.kept.set_value(draft.to_owned());
            self.write(draft.to_owned());
        }
    }

    /// Empties it without keeping that: what was in it is on its way.
    pub(super) fn empty(self) {
        self.stop_timer();
        self.named.set(Vec::new());
        self.wrong.set(String::new());
        self.write(String::new());
    }

    /// Keeps a text for the next conversation that begins.
    pub(super) fn keep_aside(workspace: Option<WorkspaceId>, text: &str) {
        write_local(workspace, &both(text, &read_local(workspace)));
    }

    fn write(self, text: String) {
        self.text.set(text);
        self.put.update(|count| *count = count.wrapping_add(1));
    }

    fn rest(self) {
        self.stop_timer();
        if web_sys::window().is_some() {
            self.timer.set_value(set_timeout_with_handle(move || self.keep(), REST).ok());
        }
    }

    fn stop_timer(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }
}

fn key(workspace: Option<WorkspaceId>) -> Option<String> {
    workspace.map(|id| format!("{}chat-draft-{id}", crate::quick::mark()))
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn read_local(workspace: Option<WorkspaceId>) -> String {
    key(workspace).and_then(|key| storage()?.get_item(&key).ok().flatten()).unwrap_or_default()
}

fn write_local(workspace: Option<WorkspaceId>, text: &str) {
    if let (Some(key), Some(storage)) = (key(workspace), storage()) {
        // A full or forbidden storage only costs the draft of a conversation that has not begun.
        let _ = if text.is_empty() { storage.remove_item(&key) } else { storage.set_item(&key, text) };
    }
}
