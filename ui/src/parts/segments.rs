//! A choice among two or three that are all in view.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::state::memo;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Choices side by side; arrows move among them.
#[component]
pub fn Segments<K>(
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: String,
    /// Key and words of each.
    options: Vec<(K, &'static str)>,
    /// The one that is in force.
    #[prop(into)]
    value: Signal<K>,
    /// Called with another one.
    #[prop(into)]
    on_change: Callback<K>,
) -> impl IntoView
where
    K: Copy + PartialEq + Send + Sync + 'static,
{
    let root = NodeRef::<html::Div>::new();
    let keys: Vec<K> = options.iter().map(|(key, _)| *key).collect();
    let press = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => keys.len().saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        let now = keys.iter().position(|key| *key == value.get_untracked()).unwrap_or(0);
        let next = (now + step) % keys.len().max(1);
        if let Some(key) = keys.get(next) {
            on_change.run(*key);
        }
        let child = root.get_untracked().and_then(|root| root.children().item(u32::try_from(next).unwrap_or(0)));
        if let Some(child) = child.and_then(|child| child.dyn_into::<HtmlElement>().ok()) {
            let _ = child.focus();
        }
    };
    let buttons = options
        .into_iter()
        .map(|(key, words)| {
            let on = memo(move || value.get() == key);
            view! {
                <button type="button" role="radio" class="segment" aria-checked=move || if on.get() { "true" } else { "false" }
                    tabindex=move || if on.get() { "0" } else { "-1" } on:click=move |_| on_change.run(key)>{words}</button>
            }
        })
        .collect_view();
    view! { <div class="segments" role="radiogroup" aria-label=label node_ref=root on:keydown=press>{buttons}</div> }
}
