//! The item drawer: shows the item of the drawer's state.

use leptos::prelude::*;

/// The item drawer: shows the item of the drawer's state.
#[component]
pub fn Drawer() -> impl IntoView {
    
}
