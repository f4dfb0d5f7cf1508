//! Search and palette: shows while the overlay is open.

use leptos::prelude::*;

/// Search and palette: shows while the overlay is open.
#[component]
pub fn Palette() -> impl IntoView {
    
}
