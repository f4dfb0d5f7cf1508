//! The assistant: a panel beside every screen, and a screen of its own. Both show the same conversation.

mod card;
mod composer;
mod deeds;
mod disclosure;
mod draft;
mod entries;
mod head;
mod list;
pub(crate) mod markdown;
mod screen;
mod suggest;
mod trace;
mod transcript;
mod turn;
mod wording;

pub(crate) use card::Changes;
pub(crate) use composer::slash::Slash;
pub(crate) use markdown::shown;
pub use screen::ChatScreen;
pub(crate) use wording::{cost_words, duration_words, told_words};

use contract::TurnStage;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::composer::Composer;
use self::composer::context::Context;
use self::deeds::Deeds;
use self::head::{Head, ModelList};
use self::markdown::OpenOutside;
use self::transcript::Transcript;
use crate::bridge;
use crate::parts::{Button, ButtonKind, Dialog};
use crate::say;
use crate::state::{ChatState, Overlays, Toasts};

/// Puts a text into the clipboard, and says so. Where the page may not, it says what to do instead.
pub(crate) fn copy(text: &str, toasts: Toasts, said: impl Into<String>) {
    let navigator = window().navigator();
    if js_sys::Reflect::has(&navigator, &"clipboard".into()) == Ok(true) {
        let _ = navigator.clipboard().write_text(text);
        toasts.note(said);
    } else {
        toasts.note(say::chat::cannot_copy());
    }
}

/// The panel on the right.
#[component]
pub fn ChatPanel() -> impl IntoView {
    let overlays = Overlays::expect();
    let close = move || {
        overlays.chat.set(false);
        crate::frame::focus_screen();
    };
    view! {
        <aside class="chat" aria-label=say::chat::assistant()>
            <Conversation on_escape=move |()| crate::frame::focus_screen() on_close=Callback::new(move |()| close())/>
        </aside>
    }
}

/// A conversation with its head, its record and its field.
#[component]
pub(crate) fn Conversation(
    /// Esc, when nothing runs; with a foot of its own always.
    #[prop(into)]
    on_escape: Callback<()>,
    /// Hides the panel; left out where there is none to hide.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    /// Stands below, in the place of the head.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// Goes on where the person can agree to what is sent to a model elsewhere; left out where that is here.
    #[prop(optional, into)]
    on_elsewhere: Option<Callback<()>>,
) -> impl IntoView {
    let chat = ChatState::expect();
    let deeds = Deeds::provide();
    Context::provide();
    ModelList::provide();
    let outside = OpenOutside::provide();
    let goes = foot.is_some();
    let keys = move |event: KeyboardEvent| {
        if event.key() != "Escape" || event.default_prevented() || event.is_composing() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        match untrack(|| chat.stage()) {
            TurnStage::Thinking | TurnStage::Working if !goes => chat.stop_turn(),
            TurnStage::Thinking | TurnStage::Working => on_escape.run(()),
            // What waits for a yes or a no is not answered by leaving.
            TurnStage::Idle | TurnStage::Waiting => on_escape.run(()),
        }
    };
    let asked = Signal::derive(move || outside.0.get());
    let open = Signal::derive(move || asked.get().is_some());
    let go = move |_| {
        if let Some((address, _)) = outside.0.get_untracked() {
            bridge::open_outside(&address);
        }
        outside.0.set(None);
    };
    let (before, after) = say::around(say::chat::leads_to);
    view! {
        <div class="chat-body" on:keydown=keys>
            {(!goes).then(|| view! { <Head on_close/> })}
            <Transcript/>
            <Composer/>
            {foot.map(|foot| foot.run())}
            <div class="aside-label" aria-live="polite">{move || chat.told.get()}</div>
        </div>
        <deeds::Dialogs deeds/>
        <disclosure::Disclosure on_elsewhere/>
        <Dialog open title=say::chat::open_address() on_close=move |()| outside.0.set(None)>
            <p class="dialog-text">{before.clone()}<b>{move || asked.get().map(|(_, host)| host)}</b>{after.clone()}</p>
            <p class="chat-address">{move || asked.get().map(|(address, _)| address)}</p>
            <div class="dialog-foot">
                <Button on_click=move |_| outside.0.set(None)>{say::parts::cancel()}</Button>
                <Button kind=ButtonKind::Primary on_click=go>{say::chat::open_it()}</Button>
            </div>
        </Dialog>
    }
}
