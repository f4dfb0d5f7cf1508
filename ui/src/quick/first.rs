//! The field that stands in the quick chat's page until the program is there: `boot.js` makes it in a window that nobody has
//! looked at yet. What was typed in it goes on in the chat's own field, as a question of its own: whoever typed it saw no
//! conversation.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::state::ChatState;
use crate::state::chat::both;

const FIELD: &str = "quick-first";
/// All that stands in the page until then.
const PAGE: &str = ".quick-first";
/// How soon it is tried again while an input method puts letters together.
const COMPOSING: Duration = Duration::from_millis(30);

/// Takes over what was typed, with the keyboard, and takes the field away: at once, so that no letter falls in between. Sends it
/// when Enter was pressed, unless something stands there already that the person did not see.
pub fn take_over(chat: ChatState, into: HtmlTextAreaElement, send: impl Fn() + 'static) {
    let Some(field) = found() else { return };
    let wait = if field.has_attribute("data-composing") { COMPOSING } else { Duration::ZERO };
    // Not with a frame, which a hidden window does not get; and after all that the same answer of the app has set off.
    set_timeout(
        move || {
            if field.has_attribute("data-composing") {
                take_over(chat, into, send);
            } else if move_into(chat, &field, &into) {
                send();
            }
        },
        wait,
    );
}

/// True when what was typed is to be sent.
fn move_into(chat: ChatState, field: &HtmlTextAreaElement, into: &HtmlTextAreaElement) -> bool {
    let typed = field.value();
    let mut sends = field.read_only();
    if typed.trim().is_empty() {
        sends = false;
    } else {
        chat.show(None);
        // A question that was left half written some time before.
        let left = chat.field.text.get_untracked();
        let text = both(&left, &typed);
        into.set_value(&text);
        sends &= chat.field.typed(text) && left.trim().is_empty();
        chat.field.keep();
    }
    let _ = into.focus();
    if let Ok(Some(page)) = field.closest(PAGE) {
        page.remove();
    }
    sends
}

/// Hides the field where there is nobody to talk to. What was typed waits for the chat, and goes out when it is sent there.
pub(super) fn step_aside() {
    let Some(field) = found() else { return };
    field.set_read_only(false);
    if let Ok(Some(page)) = field.closest(PAGE) {
        let _ = page.set_attribute("hidden", "");
    }
}

fn found() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(FIELD)?.dyn_into().ok()
}
