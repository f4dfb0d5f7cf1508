//! The head of a project's page: name, dates, counts, and the way to each part.

use contract::commands::PinProject;
use contract::{ProjectId, ProjectRow};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::bridge;
use crate::parts::day::short_date;
use crate::parts::{Chip, Each, Faces, Glyph, IconButton, Sparkline, Tone};
use crate::say;
use crate::state::{Names, Route, Router, Session, Tab, memo, use_command};

/// The head of a project's page.
#[component]
pub(super) fn ProjectHead(project: ProjectId, tab: Signal<Tab>) -> impl IntoView {
    let names = Names::expect();
    let row = memo(move || names.project(project));
    let pin = use_command::<PinProject>();
    let pinned = Signal::derive(move || row.with(|row| row.as_ref().is_some_and(|row| row.pinned)));
    let people = Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.people.clone()).unwrap_or_default()));
    let address = move || row.with(|row| row.as_ref().map(|row| row.project.app_url.clone()).unwrap_or_default());
    view! {
        <header class="project-head">
            <div class="project-title">
                <h1 class="grow cut">{move || names.project_name(project)}</h1>
                <Faces people=people most=6/>
                <IconButton glyph=Signal::derive(move || if pinned.get() { Glyph::PinOff } else { Glyph::Pin })
                    label=Signal::derive(move || if pinned.get() { say::project::unpin() } else { say::project::pin() }.to_owned())
                    pressed=pinned
                    on_click=move |_| pin.run(PinProject { id: project, pinned: !pinned.get_untracked() })/>
                <IconButton glyph=Glyph::ExternalLink label=say::project::open_outside()
                    disabled=Signal::derive(move || address().is_empty())
                    on_click=move |_| bridge::open_outside(&address())/>
            </div>
            <div class="project-facts">
                {move || row.get().map(|row| view! { <Counts row/> })}
                {move || row.with(|row| row.as_ref().map(|row| plain(&row.project.description)).filter(|text| !text.is_empty()))
                    .map(|text| view! { <p class="project-about grow cut" title=text.clone()>{text.clone()}</p> })}
            </div>
            <Tabs project tab row/>
        </header>
    }
}

#[component]
fn Counts(row: ProjectRow) -> impl IntoView {
    let session = Session::expect();
    let dates = move || {
        let today = session.today();
        match (row.project.starts_on, row.project.ends_on) {
            (Some(from), Some(to)) => {
                let (from, to) = (short_date(from, today), short_date(to, today));
                Some(say::project::FromTo { from, to }.text())
            }
            (Some(from), None) => Some(say::project::from(short_date(from, today))),
            (None, Some(to)) => Some(say::project::until(short_date(to, today))),
            (None, None) => None,
        }
    };
    let status = crate::project::shown::status_word(row.project.status);
    let weeks = row.done_by_week.clone();
    let week_words = say::project::ByWeek { weeks: weeks.len(), latest: weeks.last().copied().unwrap_or(0) }.text();
    view! {
        {status.map(|word| view! { <Chip tone=Tone::Warn>{word}</Chip> })}
        <small class="num">{say::project::OpenDone { open: row.open, done: row.done }.text()}</small>
        {(row.overdue > 0).then(|| view! { <Chip tone=Tone::Bad>{say::project::late(row.overdue)}</Chip> })}
        {(row.blocked > 0).then(|| view! { <Chip tone=Tone::Warn>{say::project::are_blocked(row.blocked)}</Chip> })}
        {move || dates().map(|dates| view! { <small class="num">{dates}</small> })}
        {(!weeks.is_empty()).then(|| view! { <Sparkline values=weeks.clone() label=week_words.clone()/> })}
    }
}

#[component]
fn Tabs(project: ProjectId, tab: Signal<Tab>, row: Memo<Option<ProjectRow>>) -> impl IntoView {
    let router = Router::expect();
    let shown = memo(move || {
        let has_board = row.with(|row| row.as_ref().is_some_and(has_board));
        Tab::ALL
            .iter()
            .copied()
            .filter(|one| *one != Tab::Board || has_board || tab.get() == Tab::Board)
            .collect::<Vec<_>>()
    });
    let keys = move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let tabs = shown.get_untracked();
        let at = tabs.iter().position(|one| *one == tab.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % tabs.len().max(1),
            "ArrowLeft" => at.checked_sub(1).unwrap_or(tabs.len().saturating_sub(1)),
            "Home" => 0,
            "End" => tabs.len().saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = tabs.get(to).copied() {
            router.replace(Route::Project(project, next));
            request_animation_frame(move || focus_tab(next));
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=say::project::parts() on:keydown=keys>
            <Each each=move || shown.get() key=|one| *one let(one)>
                <button type="button" role="tab" class="tab" id=format!("tab-{}", one.word())
                    aria-selected=move || if tab.get() == one { "true" } else { "false" }
                    aria-controls="project-part"
                    tabindex=move || if tab.get() == one { "0" } else { "-1" }
                    on:click=move |_| router.go(Route::Project(project, one))>
                    {tab_name(one)}
                </button>
            </Each>
        </div>
    }
}

/// What a part is called.
pub(super) fn tab_name(tab: Tab) -> &'static str {
    match tab {
        Tab::Todos => say::project::tab_todos(),
        Tab::Board => say::project::tab_board(),
        Tab::Messages => say::project::tab_messages(),
        Tab::Documents => say::project::tab_documents(),
        Tab::Schedule => say::project::tab_schedule(),
        Tab::Checkins => say::project::tab_checkins(),
        Tab::Chat => say::project::tab_chat(),
        Tab::Time => say::project::tab_time(),
        Tab::People => say::project::tab_people(),
        Tab::Activity => say::project::tab_activity(),
    }
}

fn focus_tab(tab: Tab) {
    let element = document().get_element_by_id(&format!("tab-{}", tab.word()));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn has_board(row: &ProjectRow) -> bool {
    row.project.dock.iter().any(|tool| tool.enabled && tool.name == "kanban_board")
}

/// A description without its markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                plain.push(' ');
            }
            other if !in_tag => plain.push(other),
            _ => {}
        }
    }
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let decoded = entities.iter().fold(plain, |text, (entity, letter)| text.replace(entity, letter));
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_description_loses_its_markup_and_keeps_its_words() {
        assert_eq!(plain("<div>New <b>site</b>&nbsp;&amp; shop<br></div>"), "New site & shop");
        assert_eq!(plain("Plain, 3 > 2"), "Plain, 3 > 2");
        assert_eq!(plain("<broken"), "");
        assert_eq!(plain("&amp;lt;"), "&lt;", "decoded once");
    }
}
