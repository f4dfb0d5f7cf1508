//! The calls of a reply, a line each: what was done, how it stands, how long it took; its input and result when unfolded.

use contract::commands::{ReadOutput, Undo};
use contract::{CallId, CallState, CallView, Item, Outcome, TurnId, Undone};
use leptos::prelude::*;

use super::card::Changes;
use super::draft::{self, DraftOf};
use super::entries::{outcome, reply};
use super::markdown::shown;
use super::wording::{between, pretty, state_words};
use crate::parts::{Button, ButtonKind, Glyph, Icon, Show};
use crate::say::{self, Grouped};
use crate::state::chat::Part;
use crate::state::{ChatState, Route, Router, Toasts, memo, use_command};

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    title: String,
    state: CallState,
    took: Option<String>,
}

/// The calls of a reply.
#[component]
pub(super) fn Calls(turn: TurnId, step: usize) -> impl IntoView {
    let chat = ChatState::expect();
    let calls = chat.peek(|view| {
        reply(view, turn, step).and_then(|line| match &line.item {
            Item::Answered { calls, .. } => Some(calls.clone()),
            Item::Said { .. } | Item::Result { .. } | Item::Ended { .. } => None,
        })
    });
    let lines = calls
        .flatten()
        .unwrap_or_default()
        .into_iter()
        .map(|call| view! { <CallLine id=call.id tool=call.tool input=call.input/> })
        .collect_view();
    view! { <ul class="trace" aria-label=say::chat::what_it_does()>{lines}</ul> }
}

#[component]
fn CallLine(id: CallId, tool: String, input: String) -> impl IntoView {
    let chat = ChatState::expect();
    let open = RwSignal::new(false);
    let (tool, input) = (StoredValue::new(tool), StoredValue::new(input));
    let line = memo(move || {
        let known = chat.read(Part::Calls, |view| {
            view.calls.iter().find(|call| call.call.id == id).map(|call| Shown {
                title: shown(&call.title).into_owned(),
                state: call.state,
                took: between(call.started_at, call.ended_at),
            })
        });
        known.flatten().unwrap_or_else(|| {
            let ended = chat.read(Part::Lines, |view| outcome(view, id).map(state_of)).flatten();
            Shown { title: tool.get_value(), state: ended.unwrap_or(CallState::Ready), took: None }
        })
    });
    let state = move || line.with(|line| line.state);
    let class = move || match state() {
        CallState::Asked => "trace-line asked",
        CallState::Failed => "trace-line bad",
        CallState::Denied | CallState::Cancelled => "trace-line off",
        CallState::Running => "trace-line runs",
        CallState::Ready | CallState::Returned => "trace-line",
    };
    let says = move || state_words(state()).1;
    view! {
        <li>
            <button type="button" class=class title=says aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| open.update(|open| *open = !*open)>
                <Icon glyph=Signal::derive(move || state_words(state()).0)/>
                <span class="grow cut">{move || line.with(|line| line.title.clone())}</span>
                <span class="aside-label">{says}</span>
                <span class="num">{move || line.with(|line| line.took.clone())}</span>
            </button>
            <Show when=move || open.get()><Details id tool input/></Show>
            {tool.with_value(|tool| tool == draft::TOOL).then(|| view! { <DraftOf id/> })}
        </li>
    }
}

fn state_of(outcome: &Outcome) -> CallState {
    match outcome {
        Outcome::Returned(_) => CallState::Returned,
        Outcome::Failed(_) => CallState::Failed,
        Outcome::Denied(_) => CallState::Denied,
        Outcome::Cancelled(_) => CallState::Cancelled,
    }
}

#[component]
fn Details(id: CallId, tool: StoredValue<String>, input: StoredValue<String>) -> impl IntoView {
    let chat = ChatState::expect();
    let call = memo(move || {
        chat.read(Part::Calls, |view| view.calls.iter().find(|call| call.call.id == id).cloned()).flatten()
    });
    let arguments = move || {
        call.with(|call| {
            let text = call.as_ref().map_or_else(|| input.get_value(), |call| call.call.input.clone());
            shown(&pretty(&text)).into_owned()
        })
    };
    let changes = move || {
        let preview = call.with(|call| call.as_ref().and_then(|call| call.preview.clone()));
        preview
            .filter(|preview| !preview.changes.is_empty())
            .map(|preview| view! { <Changes changes=preview.changes whole=true/> })
    };
    let (before, after) = say::around(say::chat::asked_for);
    view! {
        <div class="call">
            <h4>{before}<code>{tool.get_value()}</code>{after}</h4>
            <pre tabindex="0">{arguments}</pre>
            {changes}
            <Result id call/>
            <Back call/>
        </div>
    }
}

/// What it told; the rest of a long output is read when it is asked for.
#[component]
fn Result(id: CallId, call: Memo<Option<CallView>>) -> impl IntoView {
    let chat = ChatState::expect();
    let read = use_command::<ReadOutput>();
    let more = RwSignal::new(String::new());
    let first = memo(move || {
        let told = call.with(|call| call.as_ref().map(|call| call.output.clone()));
        told.filter(|told| !told.is_empty()).unwrap_or_else(|| {
            chat.read(Part::Lines, |view| outcome(view, id).map(|outcome| outcome.text().to_owned()))
                .flatten()
                .unwrap_or_default()
        })
    });
    let have = memo(move || {
        let count = first.with(|first| first.chars().count()) + more.with(|more| more.chars().count());
        u64::try_from(count).unwrap_or(u64::MAX)
    });
    let length = memo(move || call.with(|call| call.as_ref().map_or(0, |call| call.output_length)));
    let go_on = move |_| {
        let from = have.get_untracked();
        let asked = ReadOutput { conversation: chat.open.get_untracked(), call: id, from };
        read.run_then(asked, move |part| {
            if part.from == from {
                more.try_update(|more| more.push_str(&part.text));
            }
        });
    };
    view! {
        <Show when=move || first.with(|first| !first.is_empty())>
            <h4>{say::chat::result()}</h4>
            <pre tabindex="0" class="call-result">{move || shown(&first.get()).into_owned()}{move || more.with(|more| shown(more).into_owned())}</pre>
            <Show when=move || { length.get() > have.get() }>
                <Button kind=ButtonKind::Bare busy=read.busy on_click=go_on>
                    {move || say::chat::ReadOn { have: Grouped(have.get()), length: Grouped(length.get()) }.text()}
                </Button>
            </Show>
        </Show>
    }
}

/// Takes back what it changed.
#[component]
fn Back(call: Memo<Option<CallView>>) -> impl IntoView {
    let (toasts, router) = (Toasts::expect(), Router::expect());
    let undo = use_command::<Undo>();
    let set = memo(move || call.with(|call| call.as_ref().and_then(|call| call.sets.last().copied())));
    let back = move |_| {
        if let Some(set) = set.get_untracked() {
            undo.run_then(Undo { set: Some(set), choice: None }, move |answer| match answer {
                Undone::Done { summary, .. } => toasts.note(summary),
                Undone::Moved { .. } => {
                    toasts.note(say::parts::changed_since());
                    router.go(Route::History);
                }
            });
        }
    };
    view! {
        <Show when=move || set.get().is_some()>
            <Button glyph=Glyph::Undo2 busy=undo.busy on_click=back>{say::parts::undo()}</Button>
        </Show>
    }
}
