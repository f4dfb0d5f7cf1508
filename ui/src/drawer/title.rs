//! The item's title: ticked off and edited where it stands.

use contract::commands::{UpdateCard, UpdateTodo};
use contract::{Kind, RecordingId, Status};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::pane::Item;
use crate::parts::{Checkbox, Show};
use crate::project::deeds::{card_change, todo_change};
use crate::project::shown::kind_word;
use crate::say;
use crate::state::{effect, memo, use_command};

/// The title.
#[component]
pub(super) fn Title(id: RecordingId) -> impl IntoView {
    let item = expect_context::<Item>();
    let title = memo(move || item.part(|detail| detail.item.title.clone()));
    let completed = Signal::derive(move || item.part(|detail| detail.item.completed));
    let facts = memo(move || {
        item.query.value.with(|detail| detail.as_ref().map(|detail| (detail.item.kind, detail.item.status)))
    });
    let can_edit = move || matches!(facts.get(), Some((Kind::Todo | Kind::Card, Status::Active)));
    let can_tick = move || matches!(facts.get(), Some((Kind::Todo | Kind::Step, Status::Active)));
    let shown = move || {
        let title = title.get();
        if title.trim().is_empty() {
            facts.get().map(|(kind, _)| kind_word(kind).to_owned()).unwrap_or_default()
        } else {
            title
        }
    };
    view! {
        <div class="drawer-title" class:done=completed>
            <Show when=can_tick>
                <Checkbox checked=completed label=Signal::derive(move || say::drawer::tick(title.get()))
                    on_change=move |_: bool| if let Some(row) = item.row() { item.deeds.tick(&row) }/>
            </Show>
            <Show when=can_edit fallback=move || view! { <h2 class="drawer-name">{shown}</h2> }>
                <TitleField id title/>
            </Show>
        </div>
    }
}

#[component]
fn TitleField(id: RecordingId, title: Memo<String>) -> impl IntoView {
    let item = expect_context::<Item>();
    let (todo, card) = (use_command::<UpdateTodo>(), use_command::<UpdateCard>());
    let draft = RwSignal::new(title.get_untracked());
    let field = NodeRef::<html::Textarea>::new();
    // What comes from elsewhere is taken over while nobody is typing.
    effect(move || {
        let fresh = title.get();
        let active =
            field.get_untracked().is_some_and(|field| document().active_element().as_ref() == Some(field.as_ref()));
        if !active {
            draft.set(fresh);
        }
    });
    effect(move || {
        draft.track();
        if let Some(field) = field.get() {
            // As high as its text; the second reading is after the first has shrunk it.
            let style = web_sys::HtmlElement::style(&field);
            let _ = style.set_property("height", "auto");
            let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
        }
    });
    let save = move || {
        let text = draft.get_untracked().split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || text == title.get_untracked() {
            draft.set(title.get_untracked());
            return;
        }
        let said = say::drawer::title_changed();
        if item.row().is_some_and(|row| row.kind == Kind::Card) {
            card.run_saying(UpdateCard { title: Some(text), ..card_change(id) }, said);
        } else {
            todo.run_saying(UpdateTodo { title: Some(text), ..todo_change(id) }, said);
        }
    };
    let leave = move || {
        if let Some(field) = field.get_untracked() {
            let _ = field.blur();
        }
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            leave();
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            draft.set(title.get_untracked());
            leave();
        }
        _ => {}
    };
    view! {
        <textarea class="drawer-name title-field" rows="1" aria-label=say::drawer::title() node_ref=field prop:value=move || draft.get()
            on:input=move |event| draft.set(event_target_value(&event)) on:keydown=keys on:blur=move |_| save()></textarea>
    }
}
