//! The item's text: shown with its form, edited as plain text. Text that is not touched is not sent.

use contract::commands::{UpdateCard, UpdateTodo};
use contract::{Kind, RecordingId, Status};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::pane::Item;
use super::plain::{has_form, plain_text};
use crate::parts::{Button, ButtonKind, Glyph, Kbd, RichText, Show};
use crate::project::deeds::{card_change, todo_change};
use crate::say;
use crate::state::{Toasts, effect, memo, use_command};

/// The text.
#[component]
pub(super) fn Notes(id: RecordingId) -> impl IntoView {
    let item = expect_context::<Item>();
    let html = memo(move || item.part(|detail| detail.body_html.clone()));
    let editing = RwSignal::new(false);
    let kind = memo(move || {
        item.query.value.with(|detail| detail.as_ref().map(|detail| (detail.item.kind, detail.item.status)))
    });
    let can_edit = memo(move || matches!(kind.get(), Some((Kind::Todo | Kind::Card, Status::Active))));
    let blank = memo(move || html.with(|html| html.trim().is_empty()));
    view! {
        <section class="drawer-part notes">
            <Show when=move || can_edit.get() && !editing.get() && !blank.get()>
                <div class="notes-edit"><Button kind=ButtonKind::Bare glyph=Glyph::Pencil on_click=move |_| editing.set(true)>{say::drawer::edit()}</Button></div>
            </Show>
            <Show when=move || !editing.get() fallback=move || view! { <NotesField id editing/> }>
                <Show when=move || !blank.get() fallback=move || view! {
                    <Show when=move || can_edit.get()>
                        <button type="button" class="notes-add" on:click=move |_| editing.set(true)>{say::drawer::add_notes()}</button>
                    </Show>
                }>
                    <RichText html/>
                </Show>
            </Show>
        </section>
    }
}

#[component]
fn NotesField(id: RecordingId, editing: RwSignal<bool>) -> impl IntoView {
    let item = expect_context::<Item>();
    let (todo, card) = (use_command::<UpdateTodo>(), use_command::<UpdateCard>());
    let body = item
        .query
        .value
        .with_untracked(|detail| detail.as_ref().map(|detail| detail.item.body.clone()).unwrap_or_default());
    let before = plain_text(&body);
    let loses = has_form(&body);
    let draft = RwSignal::new(before.clone());
    let touched = memo(move || draft.with(|draft| *draft != before));
    let toasts = Toasts::expect();
    let field = NodeRef::<html::Textarea>::new();
    effect(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let save = move || {
        if !touched.get_untracked() {
            editing.set(false);
            return;
        }
        let text = Some(draft.get_untracked());
        let done = move |written: contract::Written| {
            toasts.done(say::drawer::notes_changed(), written.set);
            editing.set(false);
        };
        if item.row().is_some_and(|row| row.kind == Kind::Card) {
            card.run_then(UpdateCard { body: text, ..card_change(id) }, done);
        } else {
            todo.run_then(UpdateTodo { body: text, ..todo_change(id) }, done);
        }
    };
    let save = StoredValue::new_local(save);
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            save.with_value(|save| save());
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            editing.set(false);
        }
        _ => {}
    };
    let busy = Signal::derive(move || todo.busy.get() || card.busy.get());
    view! {
        <textarea class="text-field" rows="8" aria-label=say::drawer::notes() node_ref=field prop:value=move || draft.get()
            on:input=move |event| draft.set(event_target_value(&event)) on:keydown=keys></textarea>
        <div class="field-foot">
            <Button kind=ButtonKind::Primary busy on_click=move |_| save.with_value(|save| save())>{say::drawer::save()}</Button>
            <Button kind=ButtonKind::Bare on_click=move |_| editing.set(false)>{say::drawer::cancel()}</Button>
            <span class="grow"></span>
            <Show when=move || loses && touched.get() fallback=|| view! { <Kbd keys="Mod ↵"/> }>
                <small class="warns">{say::drawer::loses_form()}</small>
            </Show>
        </div>
    }
}
