//! The field that stands in the quick chat's page until the program is there: `boot.js` makes it in a window that nobody has
//! looked at yet. What was typed in it goes on in the chat's own field.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::state::ChatState;
use crate::state::chat::both;

const FIELD: &str = "quick-first";
/// All that stands in the page until then.
const PAGE: &str = ".quick-first";

/// Takes over what was typed, with the keyboard, and takes the field away: at once, so that no letter falls in between. True when
/// Enter was pressed in it.
#[must_use]
pub fn take_over(chat: ChatState, into: &HtmlTextAreaElement) -> bool {
    let Some(field) = found() else { return false };
    let typed = field.value();
    if !typed.trim().is_empty() {
        // A question that was left half written some time before stands there already.
        let text = both(&chat.field.text.get_untracked(), &typed);
        into.set_value(&text);
        chat.field.typed(text);
        chat.field.keep();
    }
    let _ = into.focus();
    let entered = field.read_only() && !typed.trim().is_empty();
    if let Ok(Some(page)) = field.closest(PAGE) {
        page.remove();
    }
    entered
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
