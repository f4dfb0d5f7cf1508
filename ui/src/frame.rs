//! The frame that every screen stands in: rail, bar, screen, chat place, and what lies over them.

mod bar;
mod keys;
mod rail;
mod sheet;
mod strip;
mod wishes;

pub(crate) use bar::cold_share;
#[cfg(test)]
pub(crate) use bar::mark_of;
pub(crate) use rail::lateness;

use contract::{FlowId, ProjectId, RunId};
use leptos::prelude::*;

use crate::apart::Apart;
use crate::chat::{ChatPanel, ChatScreen};
use crate::drawer::Drawer;
use crate::history::HistoryScreen;
use crate::palette::Palette;
use crate::parts::{Button, ButtonKind, Glyph, Icon, Show, ToastArea, is_typing};
use crate::project::ProjectScreen;
use crate::projects::ProjectsScreen;
use crate::say;
use crate::state::{Overlays, Route, Router, Session, SetupState, Tab, memo, provide_app};
use crate::syncpanel::SyncScreen;
use crate::today::TodayScreen;
use crate::welcome::WelcomeScreen;
use crate::welcome::fetch::FetchStrip;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_app();
    keys::listen();
    let (session, router) = (Session::expect(), Router::expect());
    let known = memo(move || session.status.with(Option::is_some));
    let welcome = memo(move || router.route.get() == Route::Welcome || session.workspace.get().is_none());
    view! {
        <a class="skip" href="#screen" on:click=|event| { event.prevent_default(); focus_screen(); }>{say::frame::skip()}</a>
        <Show when=move || known.get() fallback=Starting>
            <Show when=move || welcome.get() fallback=Frame>
                <main id="screen" class="alone" tabindex="-1"><WelcomeScreen/></main>
            </Show>
        </Show>
        <ToastArea/>
        <sheet::KeySheet/>
    }
}

/// Puts the keyboard on the screen.
pub fn focus_screen() {
    use wasm_bindgen::JsCast;
    let screen = document().get_element_by_id("screen");
    if let Some(screen) = screen.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        && !screen.contains(document().active_element().as_deref())
    {
        let _ = screen.focus();
    }
}

#[component]
fn Frame() -> impl IntoView {
    let (overlays, router, setup) = (Overlays::expect(), Router::expect(), SetupState::expect());
    let beside = memo(move || overlays.chat_beside(router));
    wishes::hear();
    view! {
        <div class="app" class:chatting=move || beside.get()>
            <rail::Rail/>
            <bar::Bar/>
            <main id="screen" tabindex="-1"><strip::AttentionStrip/><FetchStrip/><Screen/></main>
            <Show when=move || beside.get()><ChatPanel/></Show>
        </div>
        <Drawer/>
        <Palette/>
        <Show when=move || setup.callout.get().is_some()><Apart draw=|parts| (parts.tour)()/></Show>
    }
}

/// What a route shows, without its particulars: a project's page stays when its tab changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Today,
    Projects,
    Project,
    Automations,
    Automation,
    Runs,
    Run,
    Chat,
    History,
    Sync,
    Integrations,
    Settings,
}

#[component]
fn Screen() -> impl IntoView {
    let router = Router::expect();
    let project = Memo::new(move |last: Option<&(ProjectId, Tab)>| match router.route.get() {
        Route::Project(id, tab) => (id, tab),
        Route::Today
        | Route::Projects
        | Route::Automations
        | Route::Automation(_)
        | Route::Runs
        | Route::Run(_)
        | Route::Chat(_)
        | Route::History
        | Route::Sync
        | Route::Integrations
        | Route::Settings
        | Route::Welcome => last.copied().unwrap_or((ProjectId(0), Tab::default())),
    });
    let flow = Memo::new(move |last: Option<&FlowId>| {
        let Route::Automation(id) = router.route.get() else { return last.copied().unwrap_or(FlowId(0)) };
        id
    });
    let run = Memo::new(move |last: Option<&RunId>| {
        let Route::Run(id) = router.route.get() else { return last.copied().unwrap_or(RunId(0)) };
        id
    });
    let id = Signal::derive(move || project.get().0);
    let tab = Signal::derive(move || project.get().1);
    let place = memo(move || match router.route.get() {
        Route::Today | Route::Welcome => Place::Today,
        Route::Projects => Place::Projects,
        Route::Project(..) => Place::Project,
        Route::Automations => Place::Automations,
        Route::Automation(_) => Place::Automation,
        Route::Runs => Place::Runs,
        Route::Run(_) => Place::Run,
        Route::Chat(_) => Place::Chat,
        Route::History => Place::History,
        Route::Sync => Place::Sync,
        Route::Integrations => Place::Integrations,
        Route::Settings => Place::Settings,
    });
    // Whoever comes to another screen has the keyboard on it, unless they are typing.
    Effect::new(move |before: Option<Place>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) && !is_typing() {
            request_animation_frame(focus_screen);
        }
        now
    });
    move || match place.get() {
        Place::Today => view! { <TodayScreen/> }.into_any(),
        Place::Projects => view! { <ProjectsScreen/> }.into_any(),
        Place::Project => view! { <ProjectScreen id tab/> }.into_any(),
        Place::Automations => view! { <Apart draw=|parts| (parts.automations)()/> }.into_any(),
        Place::Automation => view! { <Apart draw=move |parts| (parts.studio)(flow.into())/> }.into_any(),
        Place::Runs => view! { <Apart draw=|parts| (parts.runs)()/> }.into_any(),
        Place::Run => view! { <Apart draw=move |parts| (parts.run)(run.into())/> }.into_any(),
        Place::Chat => view! { <ChatScreen/> }.into_any(),
        Place::History => view! { <HistoryScreen/> }.into_any(),
        Place::Sync => view! { <SyncScreen/> }.into_any(),
        Place::Integrations => view! { <Apart draw=|parts| (parts.integrations)()/> }.into_any(),
        Place::Settings => view! { <Apart draw=|parts| (parts.settings)()/> }.into_any(),
    }
}

/// Before the app has told of itself.
#[component]
fn Starting() -> impl IntoView {
    let session = Session::expect();
    let reload = move |_| {
        let _ = window().location().reload();
    };
    view! {
        <main id="screen" class="alone" tabindex="-1">
            {move || session.fault.get().map(|fault| view! {
                <div class="empty" role="alert">
                    <Icon glyph=Glyph::Unplug/>
                    <h1 class="empty-title">{say::frame::silent()}</h1>
                    <p class="empty-text">{fault.message}</p>
                    <Button kind=ButtonKind::Primary on_click=reload>{say::frame::again()}</Button>
                </div>
            })}
        </main>
    }
}
