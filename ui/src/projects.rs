//! Every project: searched, sorted, grouped; with what one wants to know at a glance.

mod order;
mod row;

use contract::Directory;
use leptos::html;
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Empty, Glyph, Icon, Loaded, Select, Show, VirtualList};
use crate::state::{Names, Query, Route, Router, SyncState, Tab, memo};
use order::{Entry, Group, Sort, Wish, arrange};

/// Every project.
#[component]
pub fn ProjectsScreen() -> impl IntoView {
    let directory = Names::expect().directory;
    let wish = RwSignal::new(Wish::default());
    let search = NodeRef::<html::Input>::new();
    let count = move || directory.value.with(|directory| directory.as_ref().map(|directory| directory.projects.len()));
    view! {
        <section class="screen tight projects" aria-labelledby="projects-title">
            <header class="screen-head">
                <h1 id="projects-title">"Projects"</h1>
                <small class="num">{count}</small>
                <span class="grow"></span>
                <label class="narrow">
                    <span class="aside-label">"Search projects"</span>
                    <Icon glyph=Glyph::Search/>
                    <input type="search" placeholder="Search projects" autocomplete="off" spellcheck="false" node_ref=search
                        prop:value=move || wish.with(|wish| wish.query.clone())
                        on:input=move |event| wish.update(|wish| wish.query = event_target_value(&event))
                        on:keydown=move |event| {
                            if event.key() == "Escape" { wish.update(|wish| wish.query.clear()) }
                        }/>
                </label>
                <Select label="Sort" bare=true options=Sort::options() value=Signal::derive(move || wish.with(|wish| wish.sort.word().to_owned()))
                    on_change=move |word: String| wish.update(|wish| wish.sort = Sort::of(&word))/>
                <Select label="Group" bare=true options=Group::options() value=Signal::derive(move || wish.with(|wish| wish.group.word().to_owned()))
                    on_change=move |word: String| wish.update(|wish| wish.group = Group::of(&word))/>
            </header>
            <Loaded query=directory>
                <List directory wish/>
            </Loaded>
        </section>
    }
}

#[component]
fn List(directory: Query<Directory>, wish: RwSignal<Wish>) -> impl IntoView {
    let (router, sync) = (Router::expect(), SyncState::expect());
    let entries = memo(move || {
        directory.value.with(|directory| {
            let projects = directory.as_ref().map(|directory| directory.projects.as_slice()).unwrap_or_default();
            wish.with(|wish| arrange(projects, wish))
        })
    });
    let none = memo(move || {
        directory.value.with(|directory| directory.as_ref().is_none_or(|directory| directory.projects.is_empty()))
    });
    let count = Signal::derive(move || entries.with(Vec::len));
    let current = RwSignal::new(0_usize);
    let render = Callback::new(move |index: usize| {
        let entry = memo(move || entries.with(|entries| entries.get(index).cloned()));
        (move || match entry.get() {
            Some(Entry::Heading(words, count)) => view! { <row::Heading words count/> }.into_any(),
            Some(Entry::Project(project)) => view! { <row::ProjectLine project=*project/> }.into_any(),
            None => ().into_any(),
        })
        .into_any()
    });
    let open = move |index: usize| {
        let project = entries.with_untracked(|entries| match entries.get(index) {
            Some(Entry::Project(row)) => Some(row.project.id),
            Some(Entry::Heading(..)) | None => None,
        });
        if let Some(id) = project {
            router.go(Route::Project(id, Tab::default()));
        }
    };
    let empty = move || {
        if !none.get() {
            view! {
                <Empty glyph=Glyph::Search title="No project is called so" text="Look for fewer letters, or for another word of the name."
                    action="Clear the search" on_action=move |()| wish.update(|wish| wish.query.clear())/>
            }
            .into_any()
        } else if sync.first_fetch() {
            view! {
                <Empty glyph=Glyph::RefreshCw title="Projects are on their way" text="They come first and appear here in a moment."
                    action="See the progress" on_action=move |()| router.go(Route::Sync)/>
            }
            .into_any()
        } else {
            view! {
                <Empty glyph=Glyph::FolderKanban title="No projects yet" text="This account has none that you may see. Make one in Basecamp, or ask to be added."
                    action="Look at the sync" on_action=move |()| router.go(Route::Sync)/>
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || { count.get() > 0 } fallback=empty>
            <Columns wish/>
            <VirtualList label="Projects" count row_height=row::HEIGHT current render on_open=open/>
        </Show>
    }
}

/// The heads of the columns; those that can be sorted by are buttons.
#[component]
fn Columns(wish: RwSignal<Wish>) -> impl IntoView {
    let head = move |sort: Sort, words: &'static str, class: &'static str| {
        let on = memo(move || wish.with(|wish| wish.sort == sort));
        view! {
            <span class=class class:on=move || on.get()>
                <Button kind=ButtonKind::Bare on_click=move |_| wish.update(|wish| wish.sort = sort)>
                    {words}
                    <Show when=move || on.get()><span class="aside-label">", sorted"</span><Icon glyph=Glyph::ArrowDown/></Show>
                </Button>
            </span>
        }
    };
    view! {
        <div class="project-line heads">
            {head(Sort::Name, "Name", "project-name")}
            {head(Sort::Open, "Open", "project-number")}
            {head(Sort::Overdue, "Late", "project-number")}
            <span class="project-number plain">"No one’s"</span>
            <span class="project-people plain">"People"</span>
            <span class="project-spark plain">"Done by week"</span>
            {head(Sort::Activity, "Activity", "project-when")}
            <span class="project-pin"></span>
        </div>
    }
}

#[cfg(test)]
mod tests;
