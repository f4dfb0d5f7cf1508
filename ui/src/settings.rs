//! What the person chose, and what the app keeps where.

use leptos::prelude::*;

/// What the person chose, and what the app keeps where.
#[component]
pub fn SettingsScreen() -> impl IntoView {
    view! { <section class="screen"></section> }
}
