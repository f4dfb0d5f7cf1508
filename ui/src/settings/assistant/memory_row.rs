//! A memory in a list: read it, keep it, change it in its place, forget it.

use contract::commands::{EditMemory, ForgetMemory, KeepMemory};
use contract::{Memory, MemoryId, Origin};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::super::Section;
use super::hand_on;
use super::remembered::{author, can_be_sent, conflicts, room, too_long};
use crate::parts::{
    Button, ButtonKind, Confirm, Each, Field, FieldKind, Glyph, Icon, IconButton, Moment, Show, focus_first,
};
use crate::say;
use crate::state::{Route, Router, Toasts, effect, memo, use_command};
use crate::welcome::sign_in::{FormFault, wrong};

#[component]
pub(super) fn MemoryRow(id: MemoryId, all: Memo<Vec<Memory>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let root = NodeRef::<html::Div>::new();
    let memory = memo(move || all.with(|all| all.iter().find(|one| one.id == id).cloned()));
    let (editing, forgetting) = (RwSignal::new(false), RwSignal::new(false));
    let forget = use_command::<ForgetMemory>();
    let text =
        Signal::derive(move || memory.with(|memory| memory.as_ref().map(|one| one.text.clone()).unwrap_or_default()));
    let row = move || root.try_get_untracked().flatten();
    let gone = move |()| {
        forget.run_then(ForgetMemory { id }, move |()| {
            toasts.note(say::settings::forgotten());
            hand_on(root, Section::Memory);
        });
    };
    let done = move |()| {
        editing.try_set(false);
        request_animation_frame(move || {
            if let Some(row) = row() {
                focus_first(&row);
            }
        });
    };
    view! {
        <div class="memory" node_ref=root>
            <Show when=move || editing.get() fallback=move || view! {
                <p class="memory-text">{move || text.get()}</p>
                <Facts memory all/>
                <Acts id memory editing forgetting root busy=forget.busy/>
            }>
                <Editor id text=text.get_untracked() on_done=done/>
            </Show>
        </div>
        <Confirm open=forgetting title=say::settings::forget_this() text=Signal::derive(move || say::settings::gone_for_good(text.get()))
            action=say::settings::forget() on_confirm=gone/>
    }
}

/// Who wrote it, when it was used, and what may contradict it.
#[component]
fn Facts(memory: Memo<Option<Memory>>, all: Memo<Vec<Memory>>) -> impl IntoView {
    let router = Router::expect();
    let facts = move || {
        let memory = memory.get()?;
        let conversation = match memory.origin {
            Origin::Person => None,
            Origin::Assistant { conversation } => Some(conversation),
        };
        let conversation = conversation.map(|conversation| view! {
            <button type="button" class="settings-ref" on:click=move |_| router.go(Route::Chat(Some(conversation)))>{say::settings::conversation()}</button>
        });
        let changed = (memory.changed_at != memory.made_at)
            .then(|| say::around(say::settings::changed))
            .map(|(before, after)| view! { <span>{before}<Moment at=memory.changed_at/>{after}</span> });
        let used = match (memory.pending, memory.used_at) {
            (true, _) => None,
            (false, None) => Some(view! { <span>{say::settings::not_used()}</span> }.into_any()),
            (false, Some(at)) => {
                let (before, after) = say::around(say::settings::last_used);
                Some(view! { <span>{before}<Moment at/>{after}</span> }.into_any())
            }
        };
        Some(view! {
            <p class="hint settings-facts">
                <span>{author(&memory.origin)} " " <Moment at=memory.made_at/></span>
                {changed}
                {used}
                {conversation}
            </p>
        })
    };
    let against = memo(move || {
        memory.with(|memory| all.with(|all| memory.as_ref().map(|one| conflicts(one, all)).unwrap_or_default()))
    });
    view! {
        {facts}
        <Each each=move || against.get() key=String::clone let(other)>
            <p class="memory-conflict"><Icon glyph=Glyph::TriangleAlert/><span>{say::settings::may_contradict(&other)}</span></p>
        </Each>
    }
}

#[component]
fn Acts(
    id: MemoryId,
    memory: Memo<Option<Memory>>,
    editing: RwSignal<bool>,
    forgetting: RwSignal<bool>,
    root: NodeRef<html::Div>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let keep = use_command::<KeepMemory>();
    let pending = memo(move || memory.with(|memory| memory.as_ref().is_some_and(|one| one.pending)));
    let kept = move |_| {
        keep.run_then(KeepMemory { id }, move |_| {
            toasts.note(say::settings::kept());
            hand_on(root, Section::Memory);
        });
    };
    view! {
        <div class="memory-acts">
            <Show when=move || pending.get() fallback=move || view! {
                <IconButton glyph=Glyph::Pencil label=say::settings::edit() on_click=move |_| editing.set(true)/>
                <IconButton glyph=Glyph::Trash2 label=say::settings::forget() disabled=busy on_click=move |_| forgetting.set(true)/>
            }>
                <Button kind=ButtonKind::Primary busy=keep.busy on_click=kept>{say::settings::keep()}</Button>
                <Button on_click=move |_| editing.set(true)>{say::settings::edit()}</Button>
                <Button kind=ButtonKind::Bare busy on_click=move |_| forgetting.set(true)>{say::settings::forget()}</Button>
            </Show>
        </div>
    }
}

/// Changes the text where it stands. Esc leaves it as it was, Ctrl or Command and Enter save.
#[component]
fn Editor(id: MemoryId, text: String, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let typed = RwSignal::new(text);
    let edit = use_command::<EditMemory>().quiet();
    let refused = wrong(edit, "text");
    let says_wrong = Signal::derive(move || {
        Some(typed.with(|text| too_long(text))).filter(|long| !long.is_empty()).unwrap_or_else(|| refused.get())
    });
    let left = Signal::derive(move || typed.with(|text| room(text)));
    let not_yet = Signal::derive(move || !typed.with(|text| can_be_sent(text)));
    let save = move || {
        if !not_yet.get_untracked() {
            edit.run_then(EditMemory { id, text: typed.get_untracked().trim().to_owned() }, move |_| on_done.run(()));
        }
    };
    effect(move || {
        if let Some(form) = form.get() {
            request_animation_frame(move || focus_first(&form));
        }
    });
    let keys = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Escape" => on_done.run(()),
            "Enter" if event.ctrl_key() || event.meta_key() => save(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <form class="form memory-editor" node_ref=form on:keydown=keys
            on:submit=move |event: SubmitEvent| { event.prevent_default(); save() }>
            <Field label=say::settings::what_to_remember() value=typed kind=FieldKind::Lines hint=left wrong=says_wrong/>
            <FormFault act=edit fields=&["text"]/>
            <div class="form-foot">
                <Button on_click=move |_| on_done.run(())>{say::settings::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=edit.busy disabled=not_yet on_click=|_| ()>{say::settings::save()}</Button>
            </div>
        </form>
    }
}
