//! How fresh the data is, and what waits to be sent.

use leptos::prelude::*;

/// How fresh the data is, and what waits to be sent.
#[component]
pub fn SyncScreen() -> impl IntoView {
    view! { <section class="screen"></section> }
}
