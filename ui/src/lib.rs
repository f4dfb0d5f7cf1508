//! The page.
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
/// Puts the page into the document.
#[wasm_bindgen(start)]
pub fn start() {
    leptos::mount::mount_to_body(|| view! { <main id="page"><h1>"PM OS"</h1></main> });
}
