//! The part of the page that is loaded apart, when it is first wanted: automations, their Studio, their runs, and the settings.
//! The first part of the page is small because nothing else of it names these.

use contract::{FlowId, RunId, SetupStep};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::parts::{Empty, Glyph};
use crate::say;

/// What the part draws.
#[derive(Clone, Copy)]
pub struct Parts {
    /// The list of automations.
    pub automations: fn() -> AnyView,
    /// An automation on the canvas.
    pub studio: fn(Signal<FlowId>) -> AnyView,
    /// The list of runs.
    pub runs: fn() -> AnyView,
    /// One run.
    pub run: fn(Signal<RunId>) -> AnyView,
    /// What the app is connected with.
    pub integrations: fn() -> AnyView,
    /// What the person chose.
    pub settings: fn() -> AnyView,
    /// The steps of the set-up after the first.
    pub setup: fn(Signal<SetupStep>) -> AnyView,
    /// The tour of the sample.
    pub tour: fn() -> AnyView,
}

/// The way into the part. It hands out functions rather than views, so that it is waited for once and what it draws belongs
/// to the screen that asks.
#[wasm_split(studio, wasm_split_path = ::leptos::wasm_split, fallible)]
fn parts() -> Result<Parts, SplitLoaderError> {
    Ok(Parts {
        automations: || view! { <crate::automations::AutomationsPage/> }.into_any(),
        studio: |flow| view! { <crate::studio::Screen flow/> }.into_any(),
        runs: || view! { <crate::runs::RunsPage/> }.into_any(),
        run: |run| view! { <crate::runs::RunPage run/> }.into_any(),
        integrations: || view! { <crate::integrations::IntegrationsPage/> }.into_any(),
        settings: || view! { <crate::settings::SettingsScreen/> }.into_any(),
        setup: |step| view! { <crate::welcome::setup::SetupSteps step/> }.into_any(),
        tour: || view! { <crate::welcome::tour::Tour/> }.into_any(),
    })
}

#[derive(Clone, Copy)]
enum Stage {
    Waiting,
    There(Parts),
    Failed,
}

/// Draws something of the part, once that is here.
#[component]
pub fn Apart(
    /// Draws it.
    draw: impl Fn(Parts) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Waiting);
    let fetch = move || {
        stage.set(Stage::Waiting);
        spawn_local(async move {
            let next = parts().await.map_or(Stage::Failed, Stage::There);
            stage.try_set(next);
        });
    };
    fetch();
    move || match stage.get() {
        Stage::Waiting => ().into_any(),
        Stage::There(parts) => draw(parts),
        Stage::Failed => view! {
            <Empty glyph=Glyph::CircleAlert title=say::state::not_loaded()
                text=say::state::not_loaded_text()
                action=say::state::again() on_action=move |()| fetch()/>
        }
        .into_any(),
    }
}
