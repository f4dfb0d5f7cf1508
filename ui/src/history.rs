//! What was done here, with undo.

use leptos::prelude::*;

/// What was done here, with undo.
#[component]
pub fn HistoryScreen() -> impl IntoView {
    view! { <section class="screen"></section> }
}
