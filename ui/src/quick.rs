//! The quick chat's page: one field with the caret in it, and the answer where it was asked. It is the chat of every other
//! screen in a small window; whatever leads further leads to the main window.

mod first;

use std::cell::OnceCell;

use contract::{ConversationId, TurnStage, Wish};
use leptos::html;
use leptos::prelude::*;

use crate::bridge;
use crate::chat::Conversation;
use crate::parts::{Button, Empty, Glyph, IconButton, Kbd, Show, ToastArea};
use crate::say;
use crate::state::chat::Part;
use crate::state::{ChatState, Drawer, Overlays, Route, Router, Session, effect, memo, provide_app};

pub use first::take_over;

/// The address that its window opens.
const ADDRESS: &str = "#/quick";

/// True in the quick chat's window. Decided by the address that the window was opened with.
#[must_use]
pub fn is_here() -> bool {
    thread_local! {
        static HERE: OnceCell<bool> = const { OnceCell::new() };
    }
    let read = || cfg!(target_arch = "wasm32") && address().is_some_and(|address| address == ADDRESS);
    HERE.with(|here| *here.get_or_init(read))
}

fn address() -> Option<String> {
    web_sys::window()?.location().hash().ok()
}

/// Before the names of what this window keeps for itself: both windows share the browser's storage.
#[must_use]
pub fn mark() -> &'static str {
    if is_here() { "quick-" } else { "" }
}

/// Whether what is on show makes room for a new question when the window is asked for again: it is answered, the person has
/// seen that, and nothing is being written.
fn makes_room(stage: TurnStage, seen: bool, blank: bool) -> bool {
    seen && blank && stage == TurnStage::Idle
}

/// The whole page.
#[component]
pub fn QuickPage() -> impl IntoView {
    provide_app();
    // The conversation is all that this page shows: nobody need be told that it goes on.
    Overlays::expect().chat.set(true);
    let (session, chat, router, drawer) = (Session::expect(), ChatState::expect(), Router::expect(), Drawer::expect());
    // What was on show when the window was left with nothing under way.
    let seen = StoredValue::new(true);
    // The window was asked for, and it is not yet decided whether a new question has room.
    let asked = RwSignal::new(false);
    bridge::hear_wishes(move |wish| {
        if wish == Wish::Caret {
            asked.set(true);
            chat.field.focus();
        }
    });
    effect(move || {
        let stage = chat.read(Part::Head, |view| view.conversation.stage);
        let open = chat.open.get().is_some();
        // Which conversation was open last is known with the workspace, and what it does once it was read.
        if !asked.get() || session.workspace.get().is_none() || (open && stage.is_none()) {
            return;
        }
        asked.set(false);
        let blank = chat.field.text.with_untracked(|text| text.trim().is_empty());
        let under_way = chat.sending.with_untracked(Option::is_some);
        if !under_way && makes_room(stage.unwrap_or_default(), seen.get_value(), blank) {
            chat.show(None);
        }
    });
    let leave = move || {
        seen.set_value(untrack(|| chat.stage()) == TurnStage::Idle && chat.sending.with_untracked(Option::is_none));
        chat.field.keep();
        bridge::hide_quick();
    };
    // A new question has not been seen to its end. The wish for the caret may come after it: its field is there before the page.
    effect(move || {
        if chat.sending.with(Option::is_some) {
            seen.set_value(false);
        }
    });
    let first = router.route.get_untracked();
    effect(move || {
        let route = router.route.get();
        // The first run is shown where there is nothing else: it asks for nobody.
        if route != first && route != Route::Welcome {
            router.replace(first);
            bridge::hand_over(&Wish::Go(route.path()));
        }
    });
    effect(move || {
        if let Some(item) = drawer.item.get() {
            drawer.close();
            bridge::hand_over(&Wish::Item(item));
        }
    });
    let there = memo(move || session.workspace.get().is_some());
    let go_on = move || {
        seen.set_value(true);
        chat.field.keep();
        bridge::hand_over(&further(chat.open.get_untracked(), &taken(chat)));
    };
    let foot = move || view! { <Foot on_go_on=move |()| go_on()/> };
    view! {
        <main class="quick" aria-label=say::quick::title()>
            <h1 class="aside-label">{say::quick::title()}</h1>
            <Show when=move || there.get() fallback=move || view! { <Nothing session on_escape=move |()| leave()/> }>
                <Conversation on_escape=move |()| leave() foot on_elsewhere=Callback::new(move |()| go_on())/>
            </Show>
        </main>
        <ToastArea/>
    }
}

/// What stands in the field of a conversation that has not begun; the main window takes it over.
fn taken(chat: ChatState) -> String {
    if chat.open.get_untracked().is_some() {
        return String::new();
    }
    let text = chat.field.text.get_untracked();
    chat.field.set("");
    chat.field.keep();
    text
}

/// Where the main window goes on.
fn further(open: Option<ConversationId>, written: &str) -> Wish {
    match open {
        Some(id) => Wish::Go(format!("/assistant/{id}")),
        None if written.trim().is_empty() => Wish::Go("/assistant".into()),
        None => Wish::Write(written.to_owned()),
    }
}

#[component]
fn Foot(#[prop(into)] on_go_on: Callback<()>) -> impl IntoView {
    let chat = ChatState::expect();
    let begun = memo(move || chat.open.get().is_some());
    let another = move |_| {
        chat.show(None);
        chat.field.focus();
    };
    let (before, after) = say::around(say::quick::hides);
    view! {
        <footer class="quick-foot">
            <span class="quick-hint">{before}<Kbd keys="Esc"/>{after}</span>
            <span class="quick-grip" on:mousedown=move |_| bridge::drag_quick()></span>
            <Show when=move || begun.get()>
                <IconButton glyph=Glyph::SquarePen label=say::quick::new() on_click=another/>
            </Show>
            <Button glyph=Glyph::CornerDownLeft on_click=move |_| on_go_on.run(())>{say::quick::go_on()}</Button>
        </footer>
    }
}

/// Before there is anything to talk about, or while the app does not answer.
#[component]
fn Nothing(session: Session, #[prop(into)] on_escape: Callback<()>) -> impl IntoView {
    // With a workspace the chat is about to stand here, and takes the first field over.
    let none = memo(move || {
        let known = session.status.with(Option::is_some) && session.workspace.with(Option::is_none);
        known || session.fault.with(Option::is_some)
    });
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            on_escape.run(());
        }
    };
    let place = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(place) = place.get().filter(|_| none.get()) {
            first::step_aside();
            // The keyboard comes from the field that is gone.
            let _ = place.focus();
        }
    });
    let text = move || match session.fault.get() {
        Some(fault) => fault.message,
        None => say::quick::connect().into(),
    };
    view! {
        <div class="quick-nothing" tabindex="-1" node_ref=place on:keydown=keys>
            <Show when=move || none.get()>
                <Empty glyph=Glyph::Sparkles title=say::quick::nothing() text=text()
                    action=say::quick::open() on_action=move |()| bridge::hand_over(&Wish::Go("/welcome".into()))/>
            </Show>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_question_has_room_once_the_last_answer_was_seen() {
        assert!(makes_room(TurnStage::Idle, true, true));
        assert!(!makes_room(TurnStage::Idle, false, true), "an answer that came while the window was hidden is shown");
        assert!(!makes_room(TurnStage::Idle, true, false), "what is being written stays");
        for stage in [TurnStage::Thinking, TurnStage::Working, TurnStage::Waiting] {
            assert!(!makes_room(stage, true, true), "{stage:?}");
        }
    }

    #[test]
    fn the_main_window_goes_on_with_what_there_is() {
        assert_eq!(further(Some(ConversationId(4)), "lost?"), Wish::Go("/assistant/4".into()));
        assert_eq!(further(None, "half a question"), Wish::Write("half a question".into()));
        assert_eq!(further(None, "  "), Wish::Go("/assistant".into()));
    }

    #[test]
    fn elsewhere_this_is_not_the_quick_chat() {
        assert!(!is_here());
        assert_eq!(mark(), "");
    }
}
