//! The field that stands in the quick chat's page until the program is there: `boot.js` makes it in a window that nobody has
//! looked at yet. What was typed in it goes on in the chat's own field.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::state::ChatState;
use crate::state::chat::both;

const FIELD: &str = "quick-first";

/// Takes over what was typed, with the keyboard, and takes the field away. True when Enter was pressed in it.
#[must_use]
pub fn take_over(chat: ChatState) -> bool {
    let Some(field) = make_way() else { return false };
    let typed = field.value();
    if !typed.trim().is_empty() {
        // A question that was left half written some time before stands there already.
        chat.field.set(both(&chat.field.text.get_untracked(), &typed));
        chat.field.keep();
    }
    chat.field.focus();
    field.read_only() && !typed.trim().is_empty()
}

/// Takes the field away, where it is.
pub(super) fn make_way() -> Option<web_sys::HtmlTextAreaElement> {
    let field = document().get_element_by_id(FIELD)?;
    if let Ok(Some(page)) = field.closest(".quick-first") {
        page.remove();
    }
    field.dyn_into().ok()
}
