//! How far something is.

use leptos::prelude::*;

/// A bar. Without a share it is at work and does not know how far.
#[component]
pub fn ProgressBar(
    /// From 0 to 1; `None` when that is not known.
    #[prop(into)]
    share: Signal<Option<f64>>,
    /// What makes progress, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let percent = move || share.get().map(|share| (share.clamp(0.0, 1.0) * 100.0).round());
    view! {
        <div class="progress" role="progressbar" aria-label=move || label.get() aria-valuemin="0" aria-valuemax="100"
            aria-valuenow=move || percent().map(|percent| percent.to_string())
            class:unknown=move || share.get().is_none()>
            <span class="progress-fill" style:width=move || percent().map_or_else(String::new, |percent| format!("{percent}%"))></span>
        </div>
    }
}

/// Turns while something is at work; stands still when reduced motion is asked.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
