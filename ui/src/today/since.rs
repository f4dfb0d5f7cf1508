//! What happened since yesterday: who did what, gathered so that nine ticks are one line.

use contract::{Activity, PersonId, ProjectId, Today};
use leptos::prelude::*;

use crate::parts::{Avatar, Button, ButtonKind, Each, Glyph, Icon, Moment, Show};
use crate::say;
use crate::state::{Drawer, Names, Query, memo};

/// So many lines before it is asked for the rest.
const SHOWN: usize = 8;

/// What one person did in one project in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gathered {
    pub(super) who: Option<PersonId>,
    pub(super) action: String,
    pub(super) project: ProjectId,
    /// Newest first; never empty.
    pub(super) items: Vec<Activity>,
}

/// Gathers what is newest first; what happened last stays first.
pub(super) fn gather(changes: &[Activity]) -> Vec<Gathered> {
    let mut all: Vec<Gathered> = Vec::new();
    for change in changes {
        let same = |one: &&mut Gathered| {
            one.who == change.creator && one.action == change.action && one.project == change.project
        };
        match all.iter_mut().find(same) {
            Some(one) => one.items.push(change.clone()),
            None => all.push(Gathered {
                who: change.creator,
                action: change.action.clone(),
                project: change.project,
                items: vec![change.clone()],
            }),
        }
    }
    all
}

/// What was done, in words: ““Proofs”, “Poster” and 3 more”.
pub(super) fn objects(items: &[Activity]) -> String {
    let mut names: Vec<String> = Vec::new();
    for item in items.iter().filter(|item| !item.summary.is_empty()) {
        let name = say::today::quoted(&item.summary);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] if items.len() == 1 => say::today::something().into(),
        [] => say::today::things(items.len()),
        [one] => one.clone(),
        [one, two] => say::today::Two { one, two }.text(),
        [one, two, rest @ ..] => say::today::TwoAndMore { one, two, more: rest.len() }.text(),
    }
}

fn action_glyph(action: &str) -> Glyph {
    let has = |part: &str| action.contains(part);
    if has("uncomplet") || has("reopen") {
        Glyph::Undo2
    } else if has("complet") {
        Glyph::CircleCheck
    } else if has("comment") {
        Glyph::MessageCircle
    } else if has("mov") {
        Glyph::MoveRight
    } else if has("assign") {
        Glyph::User
    } else if has("trash") || has("delet") {
        Glyph::Trash2
    } else if has("creat") || has("add") || has("post") {
        Glyph::Plus
    } else {
        Glyph::Activity
    }
}

/// The section.
#[component]
pub(super) fn Since(today: Query<Today>) -> impl IntoView {
    let whole = RwSignal::new(false);
    let lines =
        memo(move || today.value.with(|today| today.as_ref().map(|today| gather(&today.changes)).unwrap_or_default()));
    let counts = move || {
        today.value.with(|today| {
            today.as_ref().map(|today| {
                let changes = say::today::changes(today.changes_count);
                let projects = say::today::projects(today.changes_projects);
                say::today::ChangesInProjects { changes, projects }.text()
            })
        })
    };
    let shown = move || {
        let most = if whole.get() { usize::MAX } else { SHOWN };
        lines.with(|lines| lines.iter().take(most).cloned().collect::<Vec<_>>())
    };
    let rest = memo(move || if whole.get() { 0 } else { lines.with(Vec::len).saturating_sub(SHOWN) });
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <section class="section">
                <h2 class="section-head">{say::today::title_since()}<small class="num">{counts}</small></h2>
                <Each each=shown key=|line| (line.who, line.action.clone(), line.project, line.items.len()) let(line)>
                    <Line line/>
                </Each>
                <Show when=move || { rest.get() > 0 }>
                    <Button kind=ButtonKind::Bare on_click=move |_| whole.set(true)>{move || say::today::show_more(rest.get())}</Button>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Line(line: Gathered) -> impl IntoView {
    let (names, drawer) = (Names::expect(), Drawer::expect());
    let open = RwSignal::new(false);
    let many = line.items.len() > 1;
    let only = line.items.first().and_then(|item| item.recording);
    let latest = line.items.first().map(|item| item.created_at);
    let (who, project, words) = (line.who, line.project, objects(&line.items));
    let action = say::today::Did { action: &line.action, words: line.action.replace('_', " ") }.text();
    let press = move |_| {
        if many {
            open.update(|open| *open = !*open)
        } else if let Some(id) = only {
            drawer.open(id)
        }
    };
    let items = StoredValue::new(line.items);
    view! {
        <div class="item" data-row="" on:click=press>
            <span class="item-kind"><Icon glyph=action_glyph(&line.action)/></span>
            {who.map(|who| view! { <Avatar person=who/> })}
            <button class="item-title cut" type="button" data-row-focus=""
                aria-expanded=move || many.then(|| if open.get() { "true" } else { "false" })>
                <b>{move || who.map_or_else(|| say::today::someone().to_owned(), |who| names.person_name(who))}</b>
                " "{action}" "{words}
            </button>
            <span class="grow"></span>
            <span class="item-in cut">{move || names.project_name(project)}</span>
            {latest.map(|at| view! { <span class="item-when"><Moment at/></span> })}
            <span class="item-fold">{many.then(|| view! {
                <Icon glyph=Signal::derive(move || if open.get() { Glyph::ChevronDown } else { Glyph::ChevronRight })/>
            })}</span>
        </div>
        <Show when=move || open.get()>
            <Each each=move || items.get_value() key=|item| item.id let(item)>
                <Detail item/>
            </Each>
        </Show>
    }
}

#[component]
fn Detail(item: Activity) -> impl IntoView {
    let drawer = Drawer::expect();
    let id = item.recording;
    let summary = if item.summary.is_empty() { say::today::some_thing().to_owned() } else { item.summary };
    view! {
        <div class="item inner" data-row="" on:click=move |_| if let Some(id) = id { drawer.open(id) }>
            <button class="item-title cut" type="button" data-row-focus="" disabled=id.is_none()>{summary}</button>
            <span class="grow"></span>
            <span class="item-when"><Moment at=item.created_at/></span>
            <span class="item-fold"></span>
        </div>
    }
}
