//! The rail on the left: the workspace, the places, the pinned projects.

use contract::ProjectRow;
use contract::commands::PinProject;
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Dot, Each, Glyph, Icon, Menu, MenuItem, Show, Tone};
use crate::say;
use crate::state::{ChatState, Names, Route, Router, Session, SetupState, SyncState, Tab, memo, use_command};

/// The rail.
#[component]
pub(super) fn Rail() -> impl IntoView {
    let names = Names::expect();
    let sync = SyncState::expect();
    let pinned = memo(move || {
        names.directory.value.with(|directory| {
            let rows = directory.iter().flat_map(|directory| &directory.projects).filter(|row| row.pinned);
            rows.cloned().collect::<Vec<ProjectRow>>()
        })
    });
    let chat = ChatState::expect();
    let waiting = Signal::derive(move || u32::try_from(chat.waiting().len()).unwrap_or(u32::MAX));
    let stuck = Signal::derive(move || sync.status.with(|status| status.as_ref().map_or(0, |status| status.stuck)));
    view! {
        <nav class="rail" aria-label=say::frame::main()>
            <WorkspaceSwitcher/>
            <Place glyph=Glyph::Sun label=say::frame::today() route=Route::Today/>
            <Place glyph=Glyph::FolderKanban label=say::frame::projects() route=Route::Projects/>
            <Place glyph=Glyph::Zap label=say::frame::automations() route=Route::Automations/>
            <Place glyph=Glyph::Activity label=say::frame::runs() route=Route::Runs/>
            <Place glyph=Glyph::Sparkles label=say::frame::assistant() route=Route::Chat(None) count=waiting/>
            <Place glyph=Glyph::Plug label=say::frame::integrations() route=Route::Integrations/>
            <Place glyph=Glyph::History label=say::frame::history() route=Route::History/>
            <Place glyph=Glyph::RefreshCw label=say::frame::sync() route=Route::Sync count=stuck/>
            <Show when=move || pinned.with(|pinned| !pinned.is_empty())>
                <h2 class="rail-head">{say::frame::pinned()}</h2>
                <ul class="rail-pins">
                    <Each each=move || pinned.get() key=|row| (row.project.id, row.project.name.clone(), row.open, row.overdue) let(row)>
                        <PinnedProject row/>
                    </Each>
                </ul>
            </Show>
            <span class="grow"></span>
            <TourOffer/>
            <UnfinishedSetup/>
            <Place glyph=Glyph::Settings label=say::frame::settings() route=Route::Settings/>
        </nav>
    }
}

/// The way back to a set-up that has steps left; nothing when there are none.
#[component]
fn UnfinishedSetup() -> impl IntoView {
    let (setup, router) = (SetupState::expect(), Router::expect());
    let open = setup.open();
    view! {
        <Show when=move || { open.get() > 0 }>
            <button class="rail-link" type="button" on:click=move |_| setup.begin(router)>
                <Icon glyph=Glyph::ListChecks/>
                <span class="cut">{say::frame::finish_setup()}</span>
                <span class="rail-count num" title=say::frame::steps_left()>{move || open.get()}</span>
            </button>
        </Show>
    }
}

/// The tour, offered once in the sample.
#[component]
fn TourOffer() -> impl IntoView {
    let (setup, router) = (SetupState::expect(), Router::expect());
    let offered = setup.offers_tour();
    view! {
        <Show when=move || offered.get()>
            <section class="rail-offer" aria-label=say::frame::tour()>
                <b>{say::frame::first_time()}</b>
                <p>{say::frame::five_things()}</p>
                <div class="row">
                    <Button on_click=move |_| setup.tour(router)>{say::frame::show_me()}</Button>
                    <Button kind=ButtonKind::Bare on_click=move |_| setup.end_tour()>{say::frame::no_tour()}</Button>
                </div>
            </section>
        </Show>
    }
}

/// How a project stands, by the share of its open work that is late.
pub(crate) fn lateness(row: &ProjectRow) -> (Tone, String) {
    let tone = match (row.overdue, row.open) {
        (0, _) => Tone::Good,
        (late, open) if late * 5 >= open => Tone::Bad,
        _ => Tone::Warn,
    };
    let words = if row.overdue == 0 {
        say::frame::nothing_late().to_owned()
    } else {
        say::frame::LateOfOpen { late: row.overdue, open: row.open }.text()
    };
    (tone, words)
}

#[component]
fn PinnedProject(row: ProjectRow) -> impl IntoView {
    let id = row.project.id;
    let (tone, words) = lateness(&row);
    let name = row.project.name.clone();
    let unpin = say::frame::unpin_named(&name);
    let router = Router::expect();
    let on = memo(move || matches!(router.route.get(), Route::Project(open, _) if open == id));
    let pin = use_command::<PinProject>();
    view! {
        <li class="rail-pin">
            <RailLink route=Route::Project(id, Tab::default()) on>
                <Dot tone label=words/>
                <span class="cut">{name}</span>
            </RailLink>
            <button class="rail-unpin" type="button" title=say::frame::unpin() aria-label=unpin
                on:click=move |_| pin.run(PinProject { id, pinned: false })>
                <Icon glyph=Glyph::PinOff/>
            </button>
        </li>
    }
}

#[component]
fn Place(glyph: Glyph, label: &'static str, route: Route, #[prop(optional, into)] count: Signal<u32>) -> impl IntoView {
    let router = Router::expect();
    let on = memo(move || match (router.route.get(), route) {
        (Route::Chat(_), Route::Chat(_))
        | (Route::Automation(_), Route::Automations)
        | (Route::Run(_), Route::Runs) => true,
        (here, there) => here == there,
    });
    view! {
        <RailLink route on>
            <Icon glyph/>
            <span class="cut">{label}</span>
            <Show when=move || { count.get() > 0 }><span class="rail-count num">{move || count.get()}</span></Show>
        </RailLink>
    }
}

#[component]
fn RailLink(route: Route, #[prop(into)] on: Signal<bool>, children: Children) -> impl IntoView {
    let router = Router::expect();
    view! {
        <a class="rail-link" class:on=move || on.get() href=format!("#{}", route.path())
            aria-current=move || on.get().then_some("page")
            on:click=move |event| {
                event.prevent_default();
                router.go(route);
            }
        >
            {children()}
        </a>
    }
}

#[component]
fn WorkspaceSwitcher() -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    let name = memo(move || session.current().map(|workspace| workspace.name).unwrap_or_default());
    let letter = move || {
        name.with(|name| name.chars().next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default())
    };
    let all = memo(move || {
        session.status.with(|status| status.as_ref().map(|status| status.workspaces.clone()).unwrap_or_default())
    });
    let trigger = move || {
        view! {
            <span class="workspace-letter" aria-hidden="true">{letter}</span>
            <span class="grow cut">{move || name.get()}</span>
            <Icon glyph=Glyph::ChevronsUpDown/>
        }
    };
    view! {
        <Menu label=say::frame::switch_workspace() worded=true class="workspace" trigger=trigger.into()>
            <Each each=move || all.get() key=|workspace| (workspace.id, workspace.name.clone()) let(workspace)>
                {
                    let id = workspace.id;
                    view! {
                        <MenuItem checked=Signal::derive(move || session.workspace.get() == Some(id)) on_choose=move |()| {
                            session.workspace.set(Some(id));
                            router.go(Route::Today);
                        }>{workspace.name}</MenuItem>
                    }
                }
            </Each>
            <hr/>
            <MenuItem glyph=Glyph::Plus on_choose=move |()| router.go(Route::Welcome)>{say::frame::add_workspace()}</MenuItem>
            <MenuItem glyph=Glyph::Settings on_choose=move |()| router.go(Route::Settings)>{say::frame::settings()}</MenuItem>
        </Menu>
    }
}
