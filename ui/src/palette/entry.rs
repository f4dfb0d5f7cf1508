//! One thing that the palette offers, and how it looks.

use contract::{PersonId, ProjectId, RecordingId, Row};
use leptos::prelude::*;

use super::actions::Action;
use super::query::{Filter, pieces};
use super::recent::Recent;
use crate::parts::{Avatar, DayLabel, Glyph, Icon, Kbd, kind_glyph};
use crate::project::shown::{kind_word, status_word};
use crate::say;

/// One thing that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// A filter that completes what is being typed.
    Filter(Filter),
    /// Something to do.
    Action(Action),
    /// Something that was open.
    Recent(Recent),
    /// A project.
    Project(ProjectId, String),
    /// A person: narrows the search to them.
    Person(PersonId, String),
    /// An item that was found.
    Item {
        /// The item.
        row: Box<Row>,
        /// Where the words stand.
        snippet: String,
        /// Its project's name.
        place: String,
    },
    /// The project of a to-do to make.
    ForTodo(ProjectId, String),
    /// The list of a to-do to make.
    ForList(RecordingId, String),
}

impl Entry {
    /// The head of its section.
    pub(super) fn section(&self) -> &'static str {
        match self {
            Self::Filter(_) => say::palette::section_narrow(),
            Self::Action(_) => say::palette::section_do(),
            Self::Recent(_) => say::palette::section_lately(),
            Self::Project(..) => say::palette::section_projects(),
            Self::Person(..) => say::palette::section_people(),
            Self::Item { .. } => say::palette::section_found(),
            Self::ForTodo(..) => say::palette::section_project(),
            Self::ForList(..) => say::palette::section_list(),
        }
    }
    /// Its section's place.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Filter(_) | Self::Recent(_) | Self::ForTodo(..) | Self::ForList(..) => 0,
            Self::Action(_) => 1,
            Self::Project(..) => 2,
            Self::Person(..) => 3,
            Self::Item { .. } => 4,
        }
    }
    /// Its name.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Filter(filter) => filter.label(),
            Self::Action(action) => action.label.clone(),
            Self::Recent(Recent::Project { name, .. } | Recent::Item { name, .. })
            | Self::Project(_, name)
            | Self::Person(_, name)
            | Self::ForTodo(_, name)
            | Self::ForList(_, name) => name.clone(),
            Self::Item { row, .. } => row.title.clone(),
        }
    }
}

/// An entry.
#[component]
pub(super) fn EntryView(
    entry: Entry,
    index: usize,
    place: RwSignal<usize>,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    let on = move || place.get() == index;
    view! {
        <div class="found" class:on=on role="option" id=format!("found-{index}")
            aria-selected=move || if on() { "true" } else { "false" }
            on:mousemove=move |_| if place.get_untracked() != index { place.set(index) }
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| on_choose.run(())>
            {inside(entry)}
        </div>
    }
}

fn inside(entry: Entry) -> AnyView {
    let name = entry.name();
    let plain = |glyph: Glyph, hint: &'static str| {
        let name = name.clone();
        view! { <Icon glyph/><span class="grow cut">{name}</span><small>{hint}</small> }.into_any()
    };
    match entry {
        Entry::Filter(Filter::In(..))
        | Entry::Project(..)
        | Entry::ForTodo(..)
        | Entry::Recent(Recent::Project { .. }) => plain(Glyph::FolderKanban, ""),
        Entry::Filter(Filter::By(id, _)) => {
            view! { <Avatar person=id/><span class="grow cut">{name}</span> }.into_any()
        }
        Entry::Filter(Filter::Type(_)) => plain(Glyph::Filter, ""),
        Entry::Recent(Recent::Item { .. }) => plain(Glyph::History, ""),
        Entry::ForList(..) => plain(Glyph::ListTodo, ""),
        Entry::Person(id, _) => {
            view! { <Avatar person=id/><span class="grow cut">{name}</span><small>{say::palette::narrow_to_them()}</small> }.into_any()
        }
        Entry::Action(action) => {
            let keys = action.keys;
            view! {
                <Icon glyph=action.glyph/>
                <span class="grow cut">{name}</span>
                {(!keys.is_empty()).then(|| view! { <Kbd keys/> })}
            }
            .into_any()
        }
        Entry::Item { row, snippet, place } => view! { <ItemInside row=*row snippet place/> }.into_any(),
    }
}

#[component]
fn ItemInside(row: Row, snippet: String, place: String) -> impl IntoView {
    let marked = pieces(&snippet)
        .into_iter()
        .map(
            |(text, marked)| {
                if marked { view! { <mark>{text}</mark> }.into_any() } else { view! { {text} }.into_any() }
            },
        )
        .collect_view();
    // A title that is the snippet is not said twice.
    let bare = snippet.replace(['[', ']'], "");
    let same = super::query::same(&bare, &row.title) || row.title.trim().is_empty();
    let title = if same {
        None
    } else {
        Some(view! { <span class="found-title cut" class:done=row.completed>{row.title.clone()}</span> })
    };
    view! {
        <Icon glyph=kind_glyph(row.kind)/>
        <span class="found-words grow">
            {title}
            <span class=if same { "found-title cut" } else { "found-snippet cut" } class:done=row.completed && same>{marked}</span>
        </span>
        {status_word(row.status).map(|word| view! { <small>{word}</small> })}
        <DayLabel due=row.due_on done=row.completed/>
        <small class="found-place cut" title=kind_word(row.kind)>{place}</small>
    }
}
