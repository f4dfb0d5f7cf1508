//! Every project: searched, sorted, grouped; with what one wants to know at a glance.

mod order;
mod row;

use contract::Directory;
use leptos::html;
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Empty, Glyph, Icon, Loaded, Select, Show, VirtualList};
use crate::say;
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
                <h1 id="projects-title">{say::projects::title()}</h1>
                <small class="num">{count}</small>
                <span class="grow"></span>
                <label class="narrow">
                    <span class="aside-label">{say::projects::search()}</span>
                    <Icon glyph=Glyph::Search/>
                    <input type="search" placeholder=say::projects::search() autocomplete="off" spellcheck="false" node_ref=search
                        prop:value=move || wish.with(|wish| wish.query.clone())
                        on:input=move |event| wish.update(|wish| wish.query = event_target_value(&event))
                        on:keydown=move |event| {
                            if event.key() == "Escape" { wish.update(|wish| wish.query.clear()) }
                        }/>
                </label>
                <Select label=say::projects::sort() bare=true options=Sort::options() value=Signal::derive(move || wish.with(|wish| wish.sort.word().to_owned()))
                    on_change=move |word: String| wish.update(|wish| wish.sort = Sort::of(&word))/>
                <Select label=say::projects::group() bare=true options=Group::options() value=Signal::derive(move || wish.with(|wish| wish.group.word().to_owned()))
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
                <Empty glyph=Glyph::Search title=say::projects::none_called() text=say::projects::none_called_text()
                    action=say::projects::clear_search() on_action=move |()| wish.update(|wish| wish.query.clear())/>
            }
            .into_any()
        } else if sync.first_fetch() {
            view! {
                <Empty glyph=Glyph::RefreshCw title=say::projects::on_their_way() text=say::projects::on_their_way_text()
                    action=say::projects::progress() on_action=move |()| router.go(Route::Sync)/>
            }
            .into_any()
        } else {
            view! {
                <Empty glyph=Glyph::FolderKanban title=say::projects::none_yet() text=say::projects::none_yet_text()
                    action=say::projects::look_at_sync() on_action=move |()| router.go(Route::Sync)/>
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || { count.get() > 0 } fallback=empty>
            <Columns wish/>
            <VirtualList label=say::projects::title() count row_height=row::HEIGHT current render on_open=open/>
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
                    <Show when=move || on.get()><span class="aside-label">{say::projects::sorted()}</span><Icon glyph=Glyph::ArrowDown/></Show>
                </Button>
            </span>
        }
    };
    view! {
        <div class="project-line heads">
            {head(Sort::Name, say::projects::name(), "project-name")}
            {head(Sort::Open, say::projects::open(), "project-number")}
            {head(Sort::Overdue, say::projects::late(), "project-number")}
            <span class="project-number plain">{say::projects::nobodys()}</span>
            <span class="project-people plain">{say::projects::people()}</span>
            <span class="project-spark plain">{say::projects::done_by_week()}</span>
            {head(Sort::Activity, say::projects::activity(), "project-when")}
            <span class="project-pin"></span>
        </div>
    }
}

#[cfg(test)]
mod tests;
