//! Every project.

use leptos::prelude::*;

/// Every project.
#[component]
pub fn ProjectsScreen() -> impl IntoView {
    view! { <section class="screen"></section> }
}
