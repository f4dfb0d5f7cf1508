//! The page. What it draws comes from the commands; it knows no desktop.

#![allow(unreachable_pub, reason = "the component macro makes a public function of its own beside each component")]

pub mod apart;
pub mod automations;
pub mod bridge;
pub mod chat;
pub mod clock;
pub mod drawer;
pub mod frame;
pub mod history;
pub mod integrations;
pub mod palette;
pub mod parts;
pub mod project;
pub mod projects;
pub mod quick;
pub mod runs;
pub mod say;
pub mod settings;
pub mod state;
pub mod studio;
pub mod syncpanel;
pub mod today;
pub mod welcome;

use wasm_bindgen::prelude::wasm_bindgen;

/// Puts the page into the document.
#[wasm_bindgen(start)]
pub fn start() {
    // A test has no document.
    if web_sys::window().is_none() {
        return;
    }
    bridge::start();
    wasm_bindgen_futures::spawn_local(async {
        if say::load().await.is_err() {
            return;
        }
        if quick::is_here() {
            leptos::mount::mount_to_body(quick::QuickPage);
        } else {
            leptos::mount::mount_to_body(frame::App);
        }
    });
}
