//! Short messages at the lower edge: what was done, with Undo, and what went wrong, with what to do.

use contract::{ChangeSetId, Fault};
use leptos::prelude::*;

/// How a toast speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is done.
    Done,
    /// Good to know.
    Note,
    /// It went wrong.
    Bad,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u32,
    /// How it speaks.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// What its Undo takes back.
    pub undo: Option<ChangeSetId>,
    /// Where it leads: an address, or an item's id.
    pub link: Option<String>,
}

/// The messages on show.
#[derive(Clone, Copy)]
pub struct Toasts {
    /// Oldest first.
    pub list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

/// At most so many at once; the oldest goes.
const AT_ONCE: usize = 3;

impl Toasts {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let toasts = Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// Says what was done, with Undo where there is something to take back.
    pub fn done(self, text: impl Into<String>, undo: Option<ChangeSetId>) {
        self.push(Tone::Done, text.into(), undo);
    }
    /// Says something good to know.
    pub fn note(self, text: impl Into<String>) {
        self.push(Tone::Note, text.into(), None);
    }
    /// Says what went wrong.
    pub fn fault(self, fault: &Fault) {
        self.push(Tone::Bad, fault.message.clone(), None);
    }
    /// Says what an automation wants said.
    pub fn notification(self, title: &str, body: &str, link: Option<String>) {
        let text = if body.is_empty() { title.to_owned() } else { format!("{title}: {body}") };
        self.show(Tone::Note, text, None, link);
    }
    /// Takes one away.
    pub fn dismiss(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }
    fn push(self, tone: Tone, text: String, undo: Option<ChangeSetId>) {
        self.show(tone, text, undo, None);
    }
    fn show(self, tone: Tone, text: String, undo: Option<ChangeSetId>, link: Option<String>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            list.retain(|toast| toast.text != text);
            list.push(Toast { id, tone, text, undo, link });
            let over = list.len().saturating_sub(AT_ONCE);
            list.drain(..over);
        });
    }
}
