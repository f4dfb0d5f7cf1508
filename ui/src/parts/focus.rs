//! Where the keyboard is.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const FOCUSABLE: &str = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), \
    [tabindex]:not([tabindex='-1'])";

/// True when keys go into a text: single letters and undo are not ours then.
#[must_use]
pub fn is_typing() -> bool {
    let Some(element) = document().active_element() else { return false };
    let text_input = element.tag_name().eq_ignore_ascii_case("input")
        && !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio" | "button" | "submit"));
    let other = ["textarea", "select"].iter().any(|tag| element.tag_name().eq_ignore_ascii_case(tag));
    text_input || other || element.get_attribute("contenteditable").is_some_and(|value| value != "false")
}

/// Focuses the first thing in `root` that asks for it by `autofocus`, else the first that can have it.
pub fn focus_first(root: &Element) {
    let asked = root.query_selector("[autofocus]").ok().flatten();
    let first = asked.or_else(|| root.query_selector(FOCUSABLE).ok().flatten());
    if let Some(element) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Keeps Tab within `root`.
pub fn trap_tab(root: &Element, event: &KeyboardEvent) {
    if event.key() != "Tab" {
        return;
    }
    let Ok(all) = root.query_selector_all(FOCUSABLE) else { return };
    let edge = |at: u32| all.item(at).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let (Some(first), Some(last)) = (edge(0), edge(all.length().saturating_sub(1))) else { return };
    let active = document().active_element();
    let is = |element: &HtmlElement| active.as_ref() == Some(element.as_ref());
    let goes_to = if event.shift_key() && is(&first) {
        last
    } else if !event.shift_key() && is(&last) {
        first
    } else {
        return;
    };
    event.prevent_default();
    let _ = goes_to.focus();
}
