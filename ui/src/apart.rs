//! The parts of the page that are loaded apart, when they are first wanted: the workshop (automations, their Studio, their
//! runs, the settings) and the screens of a workspace other than Today. The first part of the page is small, and soon there,
//! because nothing else of it names these.

use std::pin::Pin;

use contract::{FlowId, ProjectId, RunId, SetupStep};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::parts::{Empty, Glyph};
use crate::say;
use crate::state::Tab;

/// A part that comes later. It hands out functions rather than views, so that it is waited for once and what it draws belongs
/// to the screen that asks.
pub trait Later: Copy + Send + Sync + 'static {
    /// Fetches it; at once when it is there already.
    fn fetch() -> Pin<Box<dyn Future<Output = Result<Self, SplitLoaderError>>>>;
}

/// What is drawn of automations and settings.
#[derive(Clone, Copy)]
pub struct Workshop {
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

impl Later for Workshop {
    fn fetch() -> Pin<Box<dyn Future<Output = Result<Self, SplitLoaderError>>>> {
        Box::pin(workshop())
    }
}

#[wasm_split(studio, wasm_split_path = ::leptos::wasm_split, fallible)]
fn workshop() -> Result<Workshop, SplitLoaderError> {
    Ok(Workshop {
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

/// What is drawn of a workspace beside Today.
#[derive(Clone, Copy)]
pub struct Screens {
    /// The list of projects.
    pub projects: fn() -> AnyView,
    /// One project.
    pub project: fn(Signal<ProjectId>, Signal<Tab>) -> AnyView,
    /// What was changed, by whom.
    pub history: fn() -> AnyView,
    /// How fetching goes.
    pub sync: fn() -> AnyView,
    /// The item that is open.
    pub drawer: fn() -> AnyView,
    /// The first run.
    pub welcome: fn() -> AnyView,
}

impl Later for Screens {
    fn fetch() -> Pin<Box<dyn Future<Output = Result<Self, SplitLoaderError>>>> {
        Box::pin(screens())
    }
}

#[wasm_split(screens, wasm_split_path = ::leptos::wasm_split, fallible)]
fn screens() -> Result<Screens, SplitLoaderError> {
    Ok(Screens {
        projects: || view! { <crate::projects::ProjectsScreen/> }.into_any(),
        project: |id, tab| view! { <crate::project::ProjectScreen id tab/> }.into_any(),
        history: || view! { <crate::history::HistoryScreen/> }.into_any(),
        sync: || view! { <crate::syncpanel::SyncScreen/> }.into_any(),
        drawer: || view! { <crate::drawer::Drawer/> }.into_any(),
        welcome: || view! { <crate::welcome::WelcomeScreen/> }.into_any(),
    })
}

#[derive(Clone, Copy)]
enum Stage<P> {
    Waiting,
    There(P),
    Failed,
}

/// Draws something of a part, once that is here.
pub fn apart<P: Later>(draw: impl Fn(P) -> AnyView + Send + Sync + 'static) -> AnyView {
    let stage = RwSignal::new(Stage::Waiting);
    let fetch = move || {
        stage.set(Stage::Waiting);
        spawn_local(async move {
            let next = P::fetch().await.map_or(Stage::Failed, Stage::There);
            stage.try_set(next);
        });
    };
    fetch();
    let shown = move || match stage.get() {
        Stage::Waiting => ().into_any(),
        Stage::There(part) => draw(part),
        Stage::Failed => view! {
            <Empty glyph=Glyph::CircleAlert title=say::state::not_loaded()
                text=say::state::not_loaded_text()
                action=say::state::again() on_action=move |()| fetch()/>
        }
        .into_any(),
    };
    shown.into_any()
}
