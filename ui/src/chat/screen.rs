//! The assistant on the whole screen: the conversations, and the one that is open.

use leptos::prelude::*;

use super::Conversation;
use super::list::ConversationList;
use crate::say;
use crate::state::{ChatState, Route, Router, effect};

/// The screen.
#[component]
pub fn ChatScreen() -> impl IntoView {
    let (chat, router) = (ChatState::expect(), Router::expect());
    // The address leads; what is opened otherwise is written into it.
    effect(move || {
        if let Route::Chat(Some(id)) = router.route.get() {
            chat.show(Some(id));
        }
    });
    Effect::new(move |before: Option<_>| {
        let open = chat.open.get();
        let here = router.route.get_untracked();
        let moved = before.is_some_and(|before| before != open);
        if matches!(here, Route::Chat(at) if at != open && (moved || at.is_none())) {
            router.replace(Route::Chat(open));
        }
        open
    });
    view! {
        <section class="chat-screen" aria-label=say::chat::assistant()>
            <ConversationList/>
            <div class="chat-main"><Conversation on_escape=move |()| crate::frame::focus_screen()/></div>
        </section>
    }
}
