//! The place of the assistant.

use leptos::prelude::*;

use crate::parts::{Glyph, Icon, IconButton, Kbd};
use crate::state::Overlays;

/// Says what will be here. There is nothing to type into until somebody answers.
#[component]
pub(super) fn ChatPlace() -> impl IntoView {
    let overlays = Overlays::expect();
    view! {
        <aside class="chat" aria-label="Assistant">
            <header class="chat-head">
                <Icon glyph=Glyph::MessageSquare/>
                <h2 class="grow">"Assistant"</h2>
                <Kbd keys="Mod J"/>
                <IconButton glyph=Glyph::PanelRightClose label="Hide the assistant's place" on_click=move |_| overlays.chat.set(false)/>
            </header>
            <div class="chat-calm">
                <p>
                    "The assistant works here, beside your projects, once it is set up. It will plan first, show each step and \
                    each change before it is made, and everything it does can be undone from the history. This version comes \
                    without it."
                </p>
            </div>
        </aside>
    }
}
