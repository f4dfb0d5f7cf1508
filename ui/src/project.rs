//! A project's page.

use contract::ProjectId;
use leptos::prelude::*;

use crate::state::Tab;

/// A project's page.
#[component]
pub fn ProjectScreen(
    /// Which project.
    #[prop(into)]
    id: Signal<ProjectId>,
    /// Which part of it.
    #[prop(into)]
    tab: Signal<Tab>,
) -> impl IntoView {
    let _ = (id, tab);
    view! { <section class="screen"></section> }
}
