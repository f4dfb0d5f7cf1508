//! A text that may be what another side said, packed as JSON.

use leptos::prelude::*;

use crate::runs::failure::parts;

/// The text: its parts by name where it is packed, else as it is.
#[component]
pub(super) fn Said(text: String) -> impl IntoView {
    let mut found = parts(&text);
    match found.pop() {
        None => ().into_any(),
        Some((_, only)) if found.is_empty() => view! { <span class="run-note-words">{only}</span> }.into_any(),
        Some(last) => {
            found.push(last);
            let rows =
                found.into_iter().map(|(label, words)| view! { <dt>{label}</dt><dd>{words}</dd> }).collect_view();
            view! { <dl class="fault-parts">{rows}</dl> }.into_any()
        }
    }
}
