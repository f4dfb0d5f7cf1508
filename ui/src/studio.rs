//! The Flow Studio's canvas: a flow on the page, changed by pointer, keyboard and screen reader alike. It works over the flow
//! model alone and knows no command and no server: what is told of the flow is handed in, edits go out by one callback.

mod act;
mod canvas;
mod choice;
mod drawing;
mod edits;
mod find_bar;
mod form;
mod gesture;
mod keys;
mod menu;
mod minimap;
mod notes;
mod offers;
mod outline;
mod paint;
mod pending;
mod picker;
mod pointer;
mod queue;
mod rename;
mod scene;
mod screen;
mod sight;
mod state;
mod strokes;
mod surface;
mod tools;
mod tree;
mod viewport;

use leptos::prelude::*;

use self::canvas::Pane;
use self::tools::{Banners, Tools};
use self::tree::Tree;
use crate::parts::Show;
use crate::say;

pub use form::StepForm;
pub use offers::{OperationOffer, PieceOffer};
pub use pending::Pending;
pub use scene::{RunState, StepRun};
pub use screen::Screen;
pub use state::{Asks, Change, How, Presence, Studio};
pub use viewport::Viewport;

/// From the map to the edges of the pane, in pixels.
const MAP_EDGE: f64 = 16.0;

/// The canvas with its bars and its outline. It takes the room that it is given.
#[component]
pub fn StudioCanvas(
    /// The flow on it.
    studio: Studio,
) -> impl IntoView {
    studio.provide();
    view! {
        <section class="studio" aria-label=say::studio::name()>
            <Banners/>
            <Tools/>
            <div class="studio-body">
                <Show when=move || studio.outline.get()><Tree/></Show>
                <Pane/>
            </div>
            <p class="aside-label" aria-live="polite">{move || studio.said.get()}</p>
        </section>
    }
}

#[cfg(test)]
mod tests;
