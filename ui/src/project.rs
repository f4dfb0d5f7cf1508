//! A project's page: its head, and a part for each of its tools.

pub(crate) mod activity;
mod board;
mod chat;
mod checkins;
pub(crate) mod deeds;
mod documents;
#[cfg(test)]
pub(crate) mod fixture;
pub(crate) mod gather;
mod header;
mod messages;
pub(crate) mod outline;
mod people;
pub(crate) mod place;
mod schedule;
pub(crate) mod shown;
mod time;
pub(crate) mod todos;

use contract::ProjectId;
use leptos::prelude::*;

use crate::palette::recall;
use crate::parts::{Empty, Glyph};
use crate::say;
use crate::state::{Names, Route, Router, Tab, effect, memo};

/// A project's page.
#[component]
pub fn ProjectScreen(
    /// Which project.
    #[prop(into)]
    id: Signal<ProjectId>,
    /// Which part of it.
    #[prop(into)]
    tab: Signal<Tab>,
) -> impl IntoView {
    let names = Names::expect();
    let chosen = memo(move || id.get());
    let known = memo(move || names.directory.value.with(Option::is_some));
    let here = memo(move || names.project(chosen.get()).is_some());
    effect(move || {
        let project = chosen.get();
        if here.get() {
            recall::opened_project(project, names.project_name(project));
        }
    });
    // Each project has a page of its own, so that nothing of one is seen in another while it is fetched.
    view! {
        <section class="screen project">
            {move || {
                let project = chosen.get();
                if known.get() && !here.get() {
                    return view! { <NoSuchProject/> }.into_any();
                }
                view! {
                    <header::ProjectHead project tab/>
                    <Part project tab/>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn NoSuchProject() -> impl IntoView {
    let router = Router::expect();
    view! {
        <Empty glyph=Glyph::FolderKanban title=say::project::not_here()
            text=say::project::not_here_text()
            action=say::project::show_all() on_action=move |()| router.go(Route::Projects)/>
    }
}

#[component]
fn Part(project: ProjectId, tab: Signal<Tab>) -> impl IntoView {
    let tab = memo(move || tab.get());
    let panel = move || match tab.get() {
        Tab::Todos => view! { <todos::TodosTab project/> }.into_any(),
        Tab::Board => view! { <board::BoardTab project/> }.into_any(),
        Tab::Messages => view! { <messages::MessagesTab project/> }.into_any(),
        Tab::Documents => view! { <documents::DocumentsTab project/> }.into_any(),
        Tab::Schedule => view! { <schedule::ScheduleTab project/> }.into_any(),
        Tab::Checkins => view! { <checkins::CheckinsTab project/> }.into_any(),
        Tab::Chat => view! { <chat::ChatTab project/> }.into_any(),
        Tab::Time => view! { <time::TimeTab project/> }.into_any(),
        Tab::People => view! { <people::PeopleTab project/> }.into_any(),
        Tab::Activity => view! { <activity::ActivityTab project/> }.into_any(),
    };
    view! {
        <div class="project-part" role="tabpanel" id="project-part" aria-label=move || header::tab_name(tab.get())>
            {panel}
        </div>
    }
}
