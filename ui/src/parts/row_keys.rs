//! Keys in lists that are drawn whole: the keyboard's focus itself moves from row to row.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::is_typing;
use super::virtual_list::{Step, step_of};

/// So many rows are a page.
const PAGE: usize = 10;

/// Lets arrows, j and k, Home, End, PageUp and PageDown move among the elements below `root` that are marked `data-row`,
/// and Space and x press the row's checkbox. Each row holds one element marked `data-row-focus`, which Enter presses.
/// Works as long as the caller's owner lives, when the focus is below `root` or nowhere.
pub fn use_row_keys(root: NodeRef<Div>) {
    let listening = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing() {
            return;
        }
        if let Some(root) = root.try_get_untracked().flatten()
            && is_ours(&root)
        {
            press(&root, &event);
        }
    });
    on_cleanup(move || listening.remove());
}

fn is_ours(root: &HtmlElement) -> bool {
    let page = document();
    if page.query_selector("[aria-modal]").ok().flatten().is_some() {
        return false;
    }
    match page.active_element() {
        None => true,
        Some(active) => root.contains(Some(&active)) || active.id() == "screen" || active.tag_name() == "BODY",
    }
}

fn press(root: &HtmlElement, event: &KeyboardEvent) {
    let rows = below(root, "[data-row]");
    let active = document().active_element();
    let now = rows.iter().position(|row| row.contains(active.as_deref()));
    let Some(step) = step_of(&event.key(), now.unwrap_or(0), rows.len(), PAGE) else { return };
    match (step, now) {
        // The first key comes to the first row.
        (Step::To(_), None) => focus(rows.first()),
        (Step::To(to), Some(_)) => focus(rows.get(to)),
        (Step::Act, Some(now)) => {
            let Some(check) = rows.get(now).and_then(|row| below(row, ".check").into_iter().next()) else { return };
            // What is ticked off goes away: the next row takes the focus first.
            focus(rows.get(now + 1).or_else(|| now.checked_sub(1).and_then(|before| rows.get(before))));
            check.click();
        }
        // Enter presses what has the focus by itself.
        (Step::Open, _) | (Step::Act, None) => return,
    }
    event.prevent_default();
}

fn focus(row: Option<&HtmlElement>) {
    if let Some(target) = row.and_then(|row| below(row, "[data-row-focus]").into_iter().next()) {
        let _ = target.focus();
    }
}

fn below(root: &HtmlElement, selector: &str) -> Vec<HtmlElement> {
    let Ok(all) = root.query_selector_all(selector) else { return Vec::new() };
    (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect()
}
