//! What is late, due, mine, waiting, and what changed.

use leptos::prelude::*;

/// What is late, due, mine, waiting, and what changed.
#[component]
pub fn TodayScreen() -> impl IntoView {
    view! { <section class="screen"></section> }
}
