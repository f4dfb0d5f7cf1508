//! What was said, by the person and by the assistant, and what a turn used.

use std::collections::HashSet;

use contract::commands::ListMemories;
use contract::{Item, Seen, TurnId, TurnStage};
use leptos::prelude::*;

use super::deeds::Deeds;
use super::entries::reply;
use super::markdown::{BlockView, Markdown, shown};
use super::wording::{reason_words, use_words};
use crate::parts::{Glyph, Icon, IconButton, Show};
use crate::say;
use crate::state::chat::Part;
use crate::state::{ChatState, Toasts, effect, memo, use_query};

/// A long message is folded behind so many characters.
const FOLD: usize = 1_200;

/// What the person said.
#[component]
pub(super) fn Said(seq: u64) -> impl IntoView {
    let chat = ChatState::expect();
    let found = chat.peek(|view| {
        view.lines.iter().find(|line| line.seq == seq).and_then(|line| match &line.item {
            Item::Said { text, seeing } => Some((text.clone(), seeing.clone())),
            Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
        })
    });
    found.flatten().map(|(text, seeing)| {
        let kept = StoredValue::new(text.clone());
        view! {
            <article class="said">
                <Words text/>
                <Sees seeing/>
                <Line seq copy=move || kept.get_value()/>
            </article>
        }
    })
}

/// Words as they were typed; the end of a long one is folded.
#[component]
pub(super) fn Words(text: String) -> impl IntoView {
    let text = shown(&text).into_owned();
    let head: Option<String> = text.char_indices().nth(FOLD).and_then(|(at, _)| text.get(..at)).map(str::to_owned);
    let whole = RwSignal::new(head.is_none());
    let long = head.is_some();
    let text = StoredValue::new(text);
    let head = StoredValue::new(head.unwrap_or_default());
    view! {
        <p class="said-words">{move || if whole.get() { text.get_value() } else { format!("{}…", head.get_value()) }}</p>
        {long.then(|| view! {
            <button type="button" class="chat-more" aria-expanded=move || if whole.get() { "true" } else { "false" }
                on:click=move |_| whole.update(|whole| *whole = !*whole)>
                {move || if whole.get() { say::chat::show_less() } else { say::chat::show_all() }}
            </button>
        })}
    }
}

/// What the assistant saw.
#[component]
fn Sees(seeing: Vec<Seen>) -> impl IntoView {
    let names = seeing.iter().filter_map(|seen| match seen {
        Seen::Screen { .. } => None,
        Seen::Project { name, .. } | Seen::Person { name, .. } | Seen::Flow { name, .. } => {
            Some(shown(name).into_owned())
        }
        Seen::Item { title, .. } => Some(shown(title).into_owned()),
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| {
        let all = names.join(", ");
        let said = all.clone();
        view! { <small class="said-sees cut" title=all>{said}</small> }
    })
}

/// What can be done with a line.
#[component]
fn Line(
    /// Its number.
    seq: u64,
    /// Its words.
    copy: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    let (chat, toasts) = (ChatState::expect(), Toasts::expect());
    let deeds = Deeds::expect();
    let branch = move |_| {
        if let Some(id) = chat.open.get_untracked() {
            deeds.branch(id, seq);
        }
    };
    let take = move |_| {
        super::copy(&copy(), toasts, say::chat::text_copied());
    };
    view! {
        <span class="line-deeds">
            <IconButton glyph=Glyph::Copy label=say::chat::copy_text() on_click=take/>
            <IconButton glyph=Glyph::GitBranch label=say::chat::branch_line() on_click=branch/>
        </span>
    }
}

/// A text of the assistant. While it is being said it grows; once it stands in the record it no longer listens.
#[component]
pub(super) fn Answer(turn: TurnId, step: usize) -> impl IntoView {
    let chat = ChatState::expect();
    let markdown = Markdown::here();
    let settled = RwSignal::new(None::<(u64, bool)>);
    let is_plan = RwSignal::new(false);
    // What stands in the record from the start is history: nobody needs to hear it.
    let live = RwSignal::new(false);
    effect(move || {
        if settled.with_untracked(Option::is_some) {
            return;
        }
        let done = chat.read(Part::Lines, |view| {
            reply(view, turn, step).and_then(|line| match &line.item {
                Item::Answered { text, calls, cut_short, .. } => {
                    Some((line.seq, *cut_short, !calls.is_empty(), markdown.take(text)))
                }
                Item::Said { .. } | Item::Result { .. } | Item::Ended { .. } => None,
            })
        });
        if let Some((seq, cut_short, plan, finished)) = done.flatten() {
            if live.get_untracked() {
                chat.told.set(format!("{finished}{}", markdown.open_words()));
            }
            is_plan.set(plan);
            settled.set(Some((seq, cut_short)));
            return;
        }
        if !live.get_untracked() {
            live.set(true);
        }
        let finished = chat.read(Part::Saying, |view| markdown.take(&view.saying)).unwrap_or_default();
        if !finished.trim().is_empty() {
            chat.told.set(finished);
        }
    });
    let words = move || {
        chat.peek(|view| {
            reply(view, turn, step).and_then(|line| match &line.item {
                Item::Answered { text, .. } => Some(text.clone()),
                Item::Said { .. } | Item::Result { .. } | Item::Ended { .. } => None,
            })
        })
        .flatten()
        .unwrap_or_default()
    };
    view! {
        <article class="reply" class:plan=move || is_plan.get() class:live=move || settled.get().is_none()
            class:grown=move || live.get()>
            <BlockView text=markdown/>
            {move || settled.get().map(|(seq, cut_short)| view! {
                {cut_short.then(|| view! { <small class="cut-short">{say::chat::cut_short()}</small> })}
                <Line seq copy=words/>
            })}
        </article>
    }
}

/// Why a turn ended.
#[component]
pub(super) fn Ended(seq: u64) -> impl IntoView {
    let chat = ChatState::expect();
    let reason = chat.peek(|view| {
        view.lines.iter().find(|line| line.seq == seq).and_then(|line| match &line.item {
            Item::Ended { reason } => Some(reason.clone()),
            Item::Said { .. } | Item::Answered { .. } | Item::Result { .. } => None,
        })
    });
    reason.flatten().map(|reason| {
        let broke = matches!(reason, contract::Reason::Broke(_));
        let glyph = if broke { Glyph::CircleAlert } else { Glyph::Hand };
        view! { <p class="chat-ended" class:bad=broke><Icon glyph/><span>{shown(&reason_words(&reason)).into_owned()}</span></p> }
    })
}

/// What a turn used.
#[component]
pub(super) fn Foot(turn: TurnId) -> impl IntoView {
    let chat = ChatState::expect();
    let used = memo(move || {
        chat.read(Part::Turns, |view| view.turns.iter().find(|used| used.turn == turn).cloned()).flatten()
    });
    let open = RwSignal::new(false);
    let count = memo(move || used.with(|used| used.as_ref().map_or(0, |used| used.memories.len())));
    view! {
        <div class="turn-foot">
            <small class="num">{move || used.with(|used| used.as_ref().map(use_words))}</small>
            <Show when=move || { count.get() > 0 }>
                <button type="button" class="chat-more" aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)>
                    {move || say::chat::used_memories(count.get())}
                </button>
            </Show>
        </div>
        <Show when=move || open.get()><Memories turn/></Show>
    }
}

#[component]
fn Memories(turn: TurnId) -> impl IntoView {
    let chat = ChatState::expect();
    let all = use_query(|| Some(ListMemories {}));
    let list = move || {
        let used: HashSet<_> = chat
            .read(Part::Turns, |view| {
                let of = view.turns.iter().find(|used| used.turn == turn);
                of.map(|used| used.memories.iter().copied().collect()).unwrap_or_default()
            })
            .unwrap_or_default();
        all.value.with(|all| {
            let all = all.as_ref()?;
            let mut lines: Vec<String> =
                all.iter().filter(|one| used.contains(&one.id)).map(|one| shown(&one.text).into_owned()).collect();
            let gone = used.len().saturating_sub(lines.len());
            if gone > 0 {
                lines.push(say::chat::forgotten_since(gone));
            }
            Some(lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view())
        })
    };
    view! {
        {move || all.fault.get().map(|fault| view! { <p class="chat-wrong">{fault.message}</p> })}
        <ul class="turn-memories">{list}</ul>
    }
}

/// That it is at work and has nothing to show yet.
#[component]
pub(super) fn AtWork() -> impl IntoView {
    let chat = ChatState::expect();
    let words = memo(move || {
        let silent = chat.read(Part::Saying, |view| view.saying.is_empty()).unwrap_or(true);
        match chat.stage() {
            TurnStage::Thinking if silent => Some(say::chat::thinking()),
            TurnStage::Idle | TurnStage::Thinking | TurnStage::Working | TurnStage::Waiting => None,
        }
    });
    move || words.get().map(|words| view! { <p class="chat-work"><crate::parts::Spinner/>{words}</p> })
}
