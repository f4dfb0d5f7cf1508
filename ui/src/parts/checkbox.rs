//! The box that ticks something off.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A checkbox. The square is small, what can be hit is 24 pixels.
#[component]
pub fn Checkbox(
    /// Ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// What it ticks, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Called with what it should become.
    #[prop(into)]
    on_change: Callback<bool>,
    /// It cannot be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="check"
            role="checkbox"
            aria-checked=move || if checked.get() { "true" } else { "false" }
            aria-label=move || label.get()
            disabled=move || disabled.get()
            on:click=move |event| {
                event.stop_propagation();
                on_change.run(!checked.get_untracked());
            }
        >
            <span class="check-box"><Icon glyph=Glyph::Check/></span>
        </button>
    }
}
