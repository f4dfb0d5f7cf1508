//! How a line of the outline looks.

use contract::{Kind, RecordingId, Row, Status};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::offer::{Offer, Theme};
use super::state::TodosState;
use crate::parts::{Checkbox, Chip, DayLabel, Faces, Glyph, Icon, IconButton, PendingMark, Show, Tone, point_of};
use crate::project::outline::{Line, LineKey};
use crate::project::shown::{Count, status_word};
use crate::say;
use crate::state::{effect, memo};

/// The line at an index, whatever it is at the moment.
#[component]
pub(super) fn LineView(index: usize) -> impl IntoView {
    let state = expect_context::<TodosState>();
    let line = memo(move || state.lines.with(|lines| lines.get(index).cloned()));
    move || match line.get() {
        None => ().into_any(),
        Some(Line::Head { list, depth, open, done, folded }) => {
            view! { <Head list depth open done folded/> }.into_any()
        }
        Some(Line::Todo { row, depth, .. }) => view! { <Todo row depth/> }.into_any(),
        Some(Line::Add { list, depth }) => view! { <Add list depth/> }.into_any(),
    }
}

fn depth_class(base: &str, depth: u8) -> String {
    if depth == 0 { base.to_owned() } else { format!("{base} deep") }
}

#[component]
fn Head(list: Row, depth: u8, open: usize, done: usize, folded: bool) -> impl IntoView {
    let state = expect_context::<TodosState>();
    let id = list.id;
    let loose = list.kind == Kind::TodoSet;
    let title = if loose { say::project::loose().to_owned() } else { list.title.clone() };
    let count = match (open, done) {
        (0, 0) => say::project::empty().to_owned(),
        (open, 0) => open.to_string(),
        (open, done) => say::project::OpenDone { open, done }.text(),
    };
    let open_list = crate::state::Drawer::expect();
    view! {
        <div class=depth_class("line head", depth) id=LineKey::Head(id).dom_id()>
            <span class="line-fold" class:folded=folded><Icon glyph=Glyph::ChevronDown/></span>
            <span class="line-title cut">{title.clone()}</span>
            <small class="num">{count}</small>
            {status_word(list.status).map(|word| view! { <Chip tone=Tone::Warn>{word}</Chip> })}
            <PendingMark pending=list.pending/>
            <span class="grow"></span>
            <span class="line-tools" on:click=|event| event.stop_propagation()>
                {(!loose).then(|| view! { <IconButton glyph=Glyph::Info label=say::project::open_list(&list.title) on_click=move |_| open_list.open(id)/> })}
                <IconButton glyph=Glyph::Plus label=say::project::add_todo_to(title) on_click=move |_| state.add_to(id)/>
            </span>
        </div>
    }
}

#[component]
fn Todo(row: Row, depth: u8) -> impl IntoView {
    let state = expect_context::<TodosState>();
    let drawer = crate::state::Drawer::expect();
    let id = row.id;
    let (for_tick, for_menu) = (row.clone(), row.clone());
    let (away, done) = (row.status != Status::Active, row.completed);
    view! {
        <div class=depth_class("line todo", depth) class:done=done class:away=away id=LineKey::Todo(id).dom_id()
            class:on=move || drawer.item.get() == Some(id)>
            <Checkbox checked=row.completed label=say::project::tick(&row.title) disabled=away
                on_change=move |_: bool| state.deeds.tick(&for_tick)/>
            <span class="line-title cut">{row.title.clone()}</span>
            {row.blocked.then(|| view! { <Chip tone=Tone::Warn>{say::project::blocked()}</Chip> })}
            {status_word(row.status).map(|word| view! { <Chip>{word}</Chip> })}
            <PendingMark pending=row.pending/>
            <span class="grow"></span>
            <span class="line-tools" on:click=|event| event.stop_propagation()>
                <IconButton glyph=Glyph::Ellipsis label=say::project::todo_menu(&row.title)
                    on_click=move |event: leptos::ev::MouseEvent| state.offer.set(Some(Offer::new(for_menu.clone(), Theme::Menu, point_of(&event))))/>
            </span>
            <RowMarks row/>
        </div>
    }
}

/// Steps, comments, due day and faces at the end of a row.
#[component]
pub(crate) fn RowMarks(row: Row) -> impl IntoView {
    let (done, all) = row.steps;
    view! {
        {(all > 0).then(|| view! { <Count glyph=Glyph::ListChecks text=format!("{done}/{all}") label=say::project::StepsDone { done, count: all }.text()/> })}
        {(row.comments > 0).then(|| view! { <Count glyph=Glyph::MessageCircle text=row.comments.to_string() label=say::project::comments(row.comments)/> })}
        <span class="mark-due"><DayLabel due=row.due_on done=row.completed/></span>
        <span class="mark-faces"><Faces people=row.assignees/></span>
    }
}

#[component]
fn Add(list: RecordingId, depth: u8) -> impl IntoView {
    let state = expect_context::<TodosState>();
    let open = memo(move || state.adding.get() == Some(list));
    view! {
        <div class=depth_class("line add", depth) id=LineKey::Add(list).dom_id()>
            <Show when=move || open.get() fallback=|| view! { <Icon glyph=Glyph::Plus/><span class="line-title cut">{say::project::add_todo()}</span> }>
                <AddField list/>
            </Show>
        </div>
    }
}

#[component]
fn AddField(list: RecordingId) -> impl IntoView {
    let state = expect_context::<TodosState>();
    let field = NodeRef::<html::Input>::new();
    effect(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            state.add(list);
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            state.stop_adding();
            focus_list();
        }
        _ => {}
    };
    view! {
        <Icon glyph=Glyph::Plus/>
        <input class="line-field" type="text" aria-label=say::project::todo_title() placeholder=say::project::todo_hint()
            autocomplete="off" node_ref=field prop:value=move || state.draft.get()
            on:click=|event| event.stop_propagation()
            on:input=move |event| state.draft.set(event_target_value(&event)) on:keydown=keys/>
    }
}

/// Puts the keyboard back on the outline.
fn focus_list() {
    use wasm_bindgen::JsCast;
    let list = document().query_selector(".outline .vlist").ok().flatten();
    if let Some(list) = list.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = list.focus();
    }
}
