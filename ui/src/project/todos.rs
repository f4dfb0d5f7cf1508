//! A project's to-dos as an outline: lists, groups and loose ones, with everything done by keys as well as by pointer.

mod line;
pub(crate) mod offer;
mod state;

use contract::{Kind, ProjectId};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::line::LineView;
pub(crate) use self::line::RowMarks;
use self::offer::{Offer, OfferView, Theme};
use self::state::TodosState;
use super::outline::{Line, LineKey, sections, shift};
use super::shown::{PartBar, Toggle};
use crate::parts::{Button, ButtonKind, Empty, Glyph, Loaded, Point, Show, VirtualList, is_typing};
use crate::say;
use crate::state::{SyncState, memo};

/// The to-dos of a project.
#[component]
pub(super) fn TodosTab(project: ProjectId) -> impl IntoView {
    let state = TodosState::of(project);
    provide_context(state);
    let note = Signal::derive(move || {
        state.lines.with(|lines| {
            let (open, done) = lines.iter().fold((0, 0), |sum, line| match line {
                Line::Head { open, done, depth: 0, .. } => (sum.0 + open, sum.1 + done),
                Line::Head { .. } | Line::Todo { .. } | Line::Add { .. } => sum,
            });
            if state.completed.get() {
                say::project::TodosOpenCompleted { open, completed: done }.text()
            } else {
                say::project::todos_open(open)
            }
        })
    });
    view! {
        <PartBar note>
            <Toggle on=state.completed>{say::project::show_completed()}</Toggle>
            <Toggle on=state.put_away>{say::project::show_put_away()}</Toggle>
            <Button kind=ButtonKind::Bare on_click=move |_| state.fold_all()>
                {move || if state.all_folded() { say::project::unfold_all() } else { say::project::fold_all() }}
            </Button>
            <Button glyph=Glyph::Plus on_click=move |_| state.add_here()>{say::project::add_todo()}</Button>
        </PartBar>
        <Loaded query=state.query>
            <Outline/>
        </Loaded>
        <OfferView offer=state.offer project/>
        <p class="aside-label" aria-live="polite">{move || state.said.get()}</p>
    }
}

#[component]
fn Outline() -> impl IntoView {
    let state = expect_context::<TodosState>();
    let count = memo(move || state.lines.with(Vec::len));
    let sync = SyncState::expect();
    view! {
        <Show when=move || { count.get() > 0 } fallback=move || view! {
            <Show when=move || sync.first_fetch() fallback=|| view! {
                <Empty glyph=Glyph::ListTodo title=say::project::no_lists()
                    text=say::project::no_lists_text()/>
            }>
                <Empty glyph=Glyph::RefreshCw title=say::project::todos_fetched() text=say::project::todos_fetched_text()/>
            </Show>
        }>
            <div class="outline" on:keydown=move |event| keys(state, &event)>
                <VirtualList label=say::project::todos() count=count current=state.current
                    render=Callback::new(|index| view! { <LineView index/> }.into_any())
                    on_open=move |index| state.open(index)
                    on_act=move |index| state.act(index)/>
            </div>
        </Show>
    }
}

/// The keys beyond those of every list.
fn keys(state: TodosState, event: &KeyboardEvent) {
    if is_typing() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let Some(line) = state.line_at(state.current.get_untracked()) else { return };
    let key = event.key();
    if event.alt_key() {
        if key == "ArrowUp" || key == "ArrowDown" {
            event.prevent_default();
            shift_line(state, &line, key == "ArrowDown");
        }
        return;
    }
    let at = point_of_line(&line);
    match (key.as_str(), &line) {
        ("ArrowLeft", Line::Head { folded: false, list, .. })
        | ("ArrowRight", Line::Head { folded: true, list, .. }) => {
            state.fold(list.id);
        }
        ("ArrowLeft", Line::Todo { list, .. } | Line::Add { list, .. }) => state.go(LineKey::Head(*list)),
        ("n", _) => state.add_to(line.list()),
        ("m", Line::Todo { row, .. }) => state.offer.set(Some(Offer::new(row.clone(), Theme::Move, at))),
        ("a", Line::Todo { row, .. }) => state.offer.set(Some(Offer::new(row.clone(), Theme::Assign, at))),
        ("d", Line::Todo { row, .. }) => state.offer.set(Some(Offer::new(row.clone(), Theme::Due, at))),
        ("." | "ContextMenu", Line::Todo { row, .. }) => {
            state.offer.set(Some(Offer::new(row.clone(), Theme::Menu, at)))
        }
        ("Delete" | "Backspace", Line::Todo { row, .. }) => state.deeds.trash(row.id, &row.title),
        _ => return,
    }
    event.prevent_default();
}

fn point_of_line(line: &Line) -> Point {
    let (left, bottom) = crate::parts::point_under(&line.key().dom_id());
    (left + 24.0, bottom)
}

fn shift_line(state: TodosState, line: &Line, down: bool) {
    let Line::Todo { row, .. } = line else { return };
    let found = state.query.value.with_untracked(|lists| {
        let lists = lists.as_ref()?;
        let to = shift(lists, row.id, down)?;
        let name = sections(lists).iter().find(|(section, _)| section.list.id == to.list).map(|(section, _)| {
            if section.list.kind == Kind::TodoSet {
                say::project::the_loose().to_owned()
            } else {
                section.list.title.clone()
            }
        });
        Some((to, name.unwrap_or_default()))
    });
    match found {
        Some((to, name)) => {
            state.said.set(say::project::TodoPlace { title: &row.title, list: name, place: to.position }.text());
            state.deeds.shift(row, to, say::project::moved(&row.title));
        }
        None => state.said.set(say::project::nowhere_further().into()),
    }
}
