//! The frame that every screen stands in: rail, bar, screen, chat place, and what lies over them.

mod bar;
mod keys;
mod rail;
mod sheet;
mod start;
mod strip;
mod wishes;

pub(crate) use bar::cold_share;
#[cfg(test)]
pub(crate) use bar::mark_of;
pub(crate) use rail::lateness;

use contract::{FlowId, ProjectId, RunId};
use leptos::prelude::*;

use crate::apart::{Screens, Workshop, apart};
use crate::chat::{ChatPanel, ChatScreen};
use crate::palette::Palette;
use crate::parts::{Button, ButtonKind, Glyph, Icon, Show, ToastArea, is_typing};
use crate::say;
use crate::state::{Drawer, Overlays, Route, Router, Session, SetupState, Tab, memo, provide_app};
use crate::today::TodayScreen;
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
                <main id="screen" class="alone" tabindex="-1">{apart(|part: Screens| (part.welcome)())}</main>
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
    let drawer = Drawer::expect();
    let beside = memo(move || overlays.chat_beside(router));
    wishes::hear();
    view! {
        <div class="app" class:chatting=move || beside.get()>
            <rail::Rail/>
            <bar::Bar/>
            <main id="screen" tabindex="-1"><start::StartStrip/><strip::AttentionStrip/><FetchStrip/><Screen/></main>
            <Show when=move || beside.get()><ChatPanel/></Show>
        </div>
        <Show when=move || drawer.item.get().is_some()>{apart(|part: Screens| (part.drawer)())}</Show>
        <Palette/>
        <Show when=move || setup.callout.get().is_some()>{apart(|part: Workshop| (part.tour)())}</Show>
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
        Place::Projects => apart(|part: Screens| (part.projects)()),
        Place::Project => apart(move |part: Screens| (part.project)(id, tab)),
        Place::Automations => apart(|part: Workshop| (part.automations)()),
        Place::Automation => apart(move |part: Workshop| (part.studio)(flow.into())),
        Place::Runs => apart(|part: Workshop| (part.runs)()),
        Place::Run => apart(move |part: Workshop| (part.run)(run.into())),
        Place::Chat => view! { <ChatScreen/> }.into_any(),
        Place::History => apart(|part: Screens| (part.history)()),
        Place::Sync => apart(|part: Screens| (part.sync)()),
        Place::Integrations => apart(|part: Workshop| (part.integrations)()),
        Place::Settings => apart(|part: Workshop| (part.settings)()),
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
