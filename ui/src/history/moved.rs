//! What is asked when an undo meets somebody else's change.

use contract::commands::{Redo, Undo};
use contract::{ChangeSetId, Choice, Conflict, Undone};
use leptos::prelude::*;

use super::versions::{UNDO, Versions};
use crate::parts::{Button, ButtonKind, Dialog};
use crate::say;
use crate::state::{Toasts, use_command};

/// Back, or forth again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Undo.
    Undo,
    /// Redo.
    Redo,
}

/// An undo or redo that waits for a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// What is taken back.
    pub(super) set: ChangeSetId,
    /// Which way.
    pub(super) way: Way,
    /// The entry in words.
    pub(super) summary: String,
    /// The items that moved.
    pub(super) conflicts: Vec<Conflict>,
}

/// The question; nothing while none is asked.
#[component]
pub(super) fn MovedDialog(asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let (undo, redo) = (use_command::<Undo>(), use_command::<Redo>());
    let toasts = Toasts::expect();
    let open = Signal::derive(move || asked.with(Option::is_some));
    let busy = Signal::derive(move || undo.busy.get() || redo.busy.get());
    let heard = move |answer: Undone| match answer {
        Undone::Done { summary, .. } => {
            asked.set(None);
            toasts.note(summary);
        }
        // It moved again meanwhile: the same question with what is true now.
        Undone::Moved { conflicts } => asked.update(|asked| {
            if let Some(asked) = asked {
                asked.conflicts = conflicts;
            }
        }),
    };
    let decide = move |choice: Choice| {
        let Some((set, way)) = asked.with_untracked(|asked| asked.as_ref().map(|asked| (asked.set, asked.way))) else {
            return;
        };
        match way {
            Way::Undo => undo.run_then(Undo { set: Some(set), choice: Some(choice) }, heard),
            Way::Redo => redo.run_then(Redo { set: Some(set), choice: Some(choice) }, heard),
        }
    };
    let conflicts = move || asked.with(|asked| asked.as_ref().map(|asked| asked.conflicts.clone()).unwrap_or_default());
    let summary = move || asked.with(|asked| asked.as_ref().map(|asked| asked.summary.clone()).unwrap_or_default());
    view! {
        <Dialog open title=say::history::changed_since() on_close=move |()| asked.set(None)>
            <p class="dialog-text">{move || say::history::moved_text(summary())}</p>
            <div class="versions-list">
                {move || conflicts().into_iter().map(|conflict| view! { <Versions conflict heads=&UNDO/> }).collect_view()}
            </div>
            <div class="dialog-foot">
                <Button on_click=move |_| asked.set(None)>{say::history::cancel()}</Button>
                <span class="grow"></span>
                <Button busy on_click=move |_| decide(Choice::KeepTheirs)>{say::history::leave()}</Button>
                <Button kind=ButtonKind::Primary busy on_click=move |_| decide(Choice::TakeMine)>{say::history::put_back()}</Button>
            </div>
        </Dialog>
    }
}
