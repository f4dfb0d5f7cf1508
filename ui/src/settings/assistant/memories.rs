//! What the assistant remembers: what waits to be kept, what is kept, and adding by hand.

use contract::commands::{ListMemories, Remember};
use contract::{Code, Fault, Memory};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::{Part, Section};
use super::memory_row::MemoryRow;
use super::remembered::{can_be_sent, divided, markdown, room, too_long};
use crate::parts::{Button, Each, Field, Glyph, Loaded, Show};
use crate::say;
use crate::state::{Query, Session, Toasts, memo, use_command, use_query};
use crate::welcome::sign_in::{FormFault, wrong};

/// What the assistant remembers.
#[component]
pub(in crate::settings) fn MemoriesPart() -> impl IntoView {
    let session = Session::expect();
    let query = use_query(move || session.workspace.get().map(|_| ListMemories {}));
    view! {
        <Part section=Section::Memory>
            <p class="settings-lead">
                {say::settings::memories_lead()}
            </p>
            <Loaded query>
                <Lists query/>
            </Loaded>
        </Part>
    }
}

#[component]
fn Lists(query: Query<Vec<Memory>>) -> impl IntoView {
    let (session, toasts) = (Session::expect(), Toasts::expect());
    let all = memo(move || query.value.get().unwrap_or_default());
    let parted = memo(move || all.with(|all| divided(all)));
    let pending = Signal::derive(move || parted.get().0);
    let kept = Signal::derive(move || parted.get().1);
    let copy = move |_| {
        let text = all.with_untracked(|all| markdown(all, &untrack(|| session.zone())));
        let copied = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            match wasm_bindgen_futures::JsFuture::from(copied).await {
                Ok(_) => toasts.note(say::settings::copied_markdown()),
                Err(_) => toasts.fault(&Fault::new(Code::Internal, say::settings::clipboard_refused())),
            }
        });
    };
    view! {
        <Show when=move || !pending.with(Vec::is_empty)>
            <div class="memories waiting-memories" role="group" aria-labelledby="memories-waiting">
                <h3 id="memories-waiting">{say::settings::wants_to_remember()}</h3>
                <Each each=move || pending.get() key=|id| *id let(id)><MemoryRow id all/></Each>
            </div>
        </Show>
        <div class="memories">
            <Each each=move || kept.get() key=|id| *id let(id)><MemoryRow id all/></Each>
        </div>
        <Show when=move || kept.with(Vec::is_empty)>
            <p class="calm">{say::settings::nothing_kept()}</p>
        </Show>
        <Add/>
        <Show when=move || !all.with(Vec::is_empty)>
            <div class="settings-foot"><Button glyph=Glyph::Copy on_click=copy>{say::settings::copy_all()}</Button></div>
        </Show>
    }
}

/// The field that adds one by hand.
#[component]
fn Add() -> impl IntoView {
    let toasts = Toasts::expect();
    let text = RwSignal::new(String::new());
    let remember = use_command::<Remember>().quiet();
    let refused = wrong(remember, "text");
    let says_wrong = Signal::derive(move || {
        Some(text.with(|text| too_long(text))).filter(|long| !long.is_empty()).unwrap_or_else(|| refused.get())
    });
    let left = Signal::derive(move || text.with(|text| room(text)));
    let not_yet = Signal::derive(move || !text.with(|text| can_be_sent(text)));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !not_yet.get_untracked() {
            remember.run_then(Remember { text: text.get_untracked().trim().to_owned() }, move |_| {
                text.try_set(String::new());
                toasts.note(say::settings::remembered());
            });
        }
    };
    view! {
        <form class="memory-add" on:submit=submit>
            <div class="grow">
                <Field label=say::settings::something_to_remember() value=text placeholder=say::settings::memory_example()
                    hint=left wrong=says_wrong/>
                <FormFault act=remember fields=&["text"]/>
            </div>
            <Button submit=true busy=remember.busy disabled=not_yet on_click=|_| ()>{say::settings::remember()}</Button>
        </form>
    }
}
