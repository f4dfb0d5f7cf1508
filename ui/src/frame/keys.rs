//! Keys that work everywhere.

use contract::Undone;
use contract::commands::{Redo, Undo};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use crate::parts::is_typing;
use crate::say;
use crate::state::{Act, ChatState, Overlays, Route, Router, Session, Toasts, use_command};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shortcut {
    Palette,
    Chat,
    Sheet,
    Undo,
    Redo,
    Back,
    Forward,
    Go(Route),
}

/// A key with what is held down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Press<'a> {
    pub(crate) key: &'a str,
    /// Ctrl, or Command on a Mac.
    pub(crate) main: bool,
    pub(crate) shift: bool,
    pub(crate) alt: bool,
    /// It goes into a text.
    pub(crate) typing: bool,
    /// The key before it was a lone `g`.
    pub(crate) after_g: bool,
}

/// What a key means.
pub(crate) fn meaning(press: Press<'_>) -> Option<Shortcut> {
    let key = press.key.to_lowercase();
    if press.main {
        return match (key.as_str(), press.shift) {
            ("k", false) => Some(Shortcut::Palette),
            ("j", false) => Some(Shortcut::Chat),
            ("z", false) if !press.typing => Some(Shortcut::Undo),
            ("z", true) if !press.typing => Some(Shortcut::Redo),
            ("y", false) if !press.typing => Some(Shortcut::Redo),
            _ => None,
        };
    }
    if press.alt {
        return match key.as_str() {
            "arrowleft" => Some(Shortcut::Back),
            "arrowright" => Some(Shortcut::Forward),
            _ => None,
        };
    }
    if press.typing {
        return None;
    }
    match (press.after_g, key.as_str()) {
        (true, "t") => Some(Shortcut::Go(Route::Today)),
        (true, "p") => Some(Shortcut::Go(Route::Projects)),
        (true, "f") => Some(Shortcut::Go(Route::Automations)),
        (true, "r") => Some(Shortcut::Go(Route::Runs)),
        (true, "a") => Some(Shortcut::Go(Route::Chat(None))),
        (true, "h") => Some(Shortcut::Go(Route::History)),
        (true, "s") => Some(Shortcut::Go(Route::Sync)),
        (_, "?") => Some(Shortcut::Sheet),
        (_, "/") => Some(Shortcut::Palette),
        _ => None,
    }
}

/// Listens as long as the page lives.
pub(super) fn listen() {
    let (overlays, router, session, toasts) =
        (Overlays::expect(), Router::expect(), Session::expect(), Toasts::expect());
    let chat = ChatState::expect();
    let (undo, redo) = (use_command::<Undo>(), use_command::<Redo>());
    let after_g = StoredValue::new(false);
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        let key = event.key();
        let typing = is_typing();
        let main = event.ctrl_key() || event.meta_key();
        let press = Press {
            key: &key,
            main,
            shift: event.shift_key(),
            alt: event.alt_key(),
            typing,
            after_g: after_g.get_value(),
        };
        after_g.set_value(key == "g" && !main && !event.alt_key() && !typing);
        let Some(shortcut) = meaning(press) else { return };
        event.prevent_default();
        let in_workspace =
            session.workspace.get_untracked().is_some() && router.route.get_untracked() != Route::Welcome;
        match shortcut {
            Shortcut::Sheet => overlays.keys.update(|open| *open = !*open),
            Shortcut::Back => router.back(),
            Shortcut::Forward => router.forward(),
            Shortcut::Palette | Shortcut::Chat | Shortcut::Undo | Shortcut::Redo | Shortcut::Go(_) if !in_workspace => {
            }
            Shortcut::Palette => overlays.palette.update(|open| *open = !*open),
            Shortcut::Chat => toggle_chat(overlays, router, chat),
            Shortcut::Undo => take_back(undo, toasts, router),
            Shortcut::Redo => do_again(redo, toasts, router),
            Shortcut::Go(route) => router.go(route),
        }
    });
    // The thumb buttons of a mouse.
    let thumbs = window_event_listener(leptos::ev::mouseup, move |event: MouseEvent| match event.button() {
        3 => {
            event.prevent_default();
            router.back();
        }
        4 => {
            event.prevent_default();
            router.forward();
        }
        _ => {}
    });
    on_cleanup(move || {
        keys.remove();
        thumbs.remove();
    });
}

/// Shows the chat and puts the keyboard into its field; whoever has it there already puts the chat away. Where the chat is the
/// screen itself, it stays.
fn toggle_chat(overlays: Overlays, router: Router, chat: ChatState) {
    let is_screen = matches!(router.route.get_untracked(), Route::Chat(_));
    let is_within =
        document().active_element().is_some_and(|element| matches!(element.closest("aside.chat"), Ok(Some(_))));
    if is_screen {
        chat.field.focus();
    } else if overlays.chat.get_untracked() && is_within {
        overlays.chat.set(false);
        super::focus_screen();
    } else {
        overlays.show_chat(chat);
    }
}

fn take_back(undo: Act<Undo>, toasts: Toasts, router: Router) {
    undo.run_then(Undo { set: None, choice: None }, move |answer| tell(answer, toasts, router));
}

fn do_again(redo: Act<Redo>, toasts: Toasts, router: Router) {
    redo.run_then(Redo { set: None, choice: None }, move |answer| tell(answer, toasts, router));
}

fn tell(answer: Undone, toasts: Toasts, router: Router) {
    match answer {
        Undone::Done { summary, .. } => toasts.note(summary),
        Undone::Moved { .. } => {
            toasts.note(say::frame::changed_since());
            router.go(Route::History);
        }
    }
}

#[cfg(test)]
mod tests;
