//! The first run.

use leptos::prelude::*;

/// The first run.
#[component]
pub fn WelcomeScreen() -> impl IntoView {
    view! { <section class="screen"></section> }
}
