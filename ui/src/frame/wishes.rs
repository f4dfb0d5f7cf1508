//! What the desktop asks of the main window: a link that was followed, a line of the tray's menu, the quick chat's way here.

use contract::Wish;
use leptos::prelude::*;

use crate::bridge;
use crate::state::chat::both;
use crate::state::{ChatState, Drawer, Overlays, Route, Router};

/// Hears it. Begun once there is a workspace: what was asked before waits in the shell.
pub(super) fn hear() {
    let (router, drawer) = (Router::expect(), Drawer::expect());
    let (chat, overlays) = (ChatState::expect(), Overlays::expect());
    bridge::hear_wishes(move |wish| match wish {
        Wish::Go(path) => {
            if let Some(route) = Route::parse(&path) {
                router.go(route);
            }
        }
        Wish::Item(item) => drawer.open(item),
        // Into a conversation of its own, and never said by itself.
        Wish::Write(text) => {
            if chat.open.get_untracked().is_some() {
                chat.show(None);
            }
            let there = chat.field.text.get_untracked();
            chat.field.set(both(&there, &text));
            if !matches!(router.route.get_untracked(), Route::Chat(_)) {
                overlays.chat.set(true);
            }
            chat.field.focus();
        }
        Wish::Approvals => overlays.show_waiting(chat, router),
        Wish::Caret => chat.field.focus(),
    });
}
