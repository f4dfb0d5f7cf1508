//! What was said about the item, and the place to say something.

use contract::commands::AddComment;
use contract::{CommentView, Kind, RecordingId, Status};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::pane::Item;
use crate::parts::{Avatar, Button, ButtonKind, Each, Kbd, Moment, PendingMark, RichText, Show};
use crate::say;
use crate::state::{Names, Toasts, memo, use_command};

/// The comments.
#[component]
pub(super) fn Comments(id: RecordingId) -> impl IntoView {
    let item = expect_context::<Item>();
    let comments = memo(move || item.part(|detail| detail.comments.clone()));
    let can_comment = memo(move || {
        item.query.value.with(|detail| {
            detail
                .as_ref()
                .is_some_and(|detail| detail.item.status == Status::Active && takes_comments(detail.item.kind))
        })
    });
    view! {
        <Show when=move || can_comment.get() || comments.with(|comments| !comments.is_empty())>
            <section class="drawer-part">
                <h3 class="drawer-part-head">{say::drawer::comments()} <small class="num">{move || Some(comments.with(Vec::len)).filter(|count| *count > 0)}</small></h3>
                <Each each=move || comments.get() key=|comment| (comment.id, comment.pending as u8, comment.body_html.len()) let(comment)>
                    <Comment comment/>
                </Each>
                <Show when=move || can_comment.get()><Composer id/></Show>
            </section>
        </Show>
    }
}

/// What Basecamp lets people comment on.
fn takes_comments(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Todo
            | Kind::TodoList
            | Kind::Card
            | Kind::Message
            | Kind::Document
            | Kind::Upload
            | Kind::ScheduleEntry
            | Kind::Question
            | Kind::Answer
    )
}

#[component]
fn Comment(comment: CommentView) -> impl IntoView {
    let names = Names::expect();
    let by = comment.creator;
    view! {
        <article class="comment">
            {by.map(|person| view! { <Avatar person/> })}
            <div class="comment-words">
                <p class="comment-by">
                    <b>{move || by.map_or_else(|| say::drawer::someone().to_owned(), |by| names.person_name(by))}</b>
                    <Moment at=comment.created_at/>
                    <PendingMark pending=comment.pending/>
                </p>
                <RichText html=comment.body_html/>
            </div>
        </article>
    }
}

#[component]
fn Composer(id: RecordingId) -> impl IntoView {
    let add = use_command::<AddComment>();
    let toasts = Toasts::expect();
    let draft = RwSignal::new(String::new());
    let blank = memo(move || draft.with(|draft| draft.trim().is_empty()));
    let send = move || {
        if blank.get_untracked() {
            return;
        }
        let body = draft.get_untracked();
        add.run_then(AddComment { item: id, body }, move |written| {
            draft.set(String::new());
            toasts.done(say::drawer::commented(), written.set);
        });
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            send();
        }
        // Esc leaves the field first; what was typed stays.
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            leave(&event);
        }
        _ => {}
    };
    view! {
        <div class="composer">
            <textarea class="text-field" rows="2" aria-label=say::drawer::a_comment() placeholder=say::drawer::write_comment() prop:value=move || draft.get()
                on:input=move |event| draft.set(event_target_value(&event)) on:keydown=keys></textarea>
            <div class="field-foot">
                <small>{say::drawer::are_notified()}</small>
                <span class="grow"></span>
                <Show when=move || !blank.get()><Kbd keys="Mod ↵"/></Show>
                <Button kind=ButtonKind::Primary busy=add.busy disabled=blank on_click=move |_| send()>{say::drawer::comment()}</Button>
            </div>
        </div>
    }
}

/// Puts the keyboard on the drawer.
fn leave(event: &KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let drawer = field.and_then(|field| field.closest(".drawer").ok().flatten());
    if let Some(drawer) = drawer.and_then(|drawer| drawer.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = drawer.focus();
    }
}
