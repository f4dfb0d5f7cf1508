//! The field that one writes in: it grows, keeps what is typed, completes commands and names, and sends.

mod complete;
pub(super) mod context;
mod mention;
mod run;
pub(super) mod slash;

use contract::{Item, TurnStage};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use self::complete::{Completion, Offer, Offers};
use self::context::{Chips, Context};
use self::mention::{bytes_of, take, units_of};
use self::run::Commands;
use crate::parts::{Glyph, IconButton, Show};
use crate::state::{ChatState, effect, memo};
use crate::{quick, say};

/// The field's id: who takes the keyboard from it looks whether something stands in it.
pub(super) const FIELD: &str = "chat-field";
/// The field grows up to this height, in pixels; then it scrolls.
const HIGHEST: i32 = 200;
/// A text longer than this, in bytes, fills the field without being measured: measuring lays all of it out.
const UNMEASURED: usize = 4_000;

/// The field with what belongs to it.
#[component]
pub(super) fn Composer() -> impl IntoView {
    let chat = ChatState::expect();
    let context = Context::expect();
    let commands = Commands::here();
    let completion = Completion::here();
    let field = NodeRef::<html::Textarea>::new();
    let stage = memo(move || chat.stage());
    let blank = memo(move || chat.field.text.with(|text| text.trim().is_empty()));
    bind(field, chat);

    let look = move || {
        if let Some(field) = field.get_untracked() {
            chat.field.text.with_untracked(|text| {
                let caret = field.selection_end().ok().flatten().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
                completion.look(text, bytes_of(text, caret));
            });
        }
    };
    let send = move || {
        let text = chat.field.text.get_untracked();
        if let Some((slash, words)) = slash::command(&text) {
            if commands.run(slash, words) {
                chat.field.set("");
            }
        } else {
            chat.say_field(context.seeing());
        }
    };
    effect(move || {
        if let Some(field) = field.get() {
            quick::take_over(chat, field, send);
        }
    });
    let take_offer = move |offer: Offer| match offer {
        Offer::Slash(slash) if slash.takes_words() => {
            chat.field.set(format!("/{} ", slash.word()));
            chat.field.focus();
        }
        Offer::Slash(slash) => {
            completion.shut();
            if commands.run(slash, "") {
                chat.field.set("");
            }
        }
        Offer::Named(named) => {
            let (Some(draft), Some(element)) = (completion.draft.get_untracked(), field.get_untracked()) else {
                return;
            };
            let text = chat.field.text.get_untracked();
            let caret = draft.at + 1 + draft.words.len();
            let (text, caret) = take(&text, caret, &draft, named.name());
            let seen = named.seen();
            chat.field.named.update(|all| {
                if !all.contains(&seen) {
                    all.push(seen);
                }
            });
            let units = u32::try_from(units_of(&text, caret)).unwrap_or(u32::MAX);
            chat.field.set(text);
            completion.shut();
            request_animation_frame(move || drop(element.set_selection_range(units, units)));
        }
    };
    let keys = move |event: KeyboardEvent| {
        // A composition's Enter chooses letters. Some engines end it before the key is told; 229 is what they say then.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let key = event.key();
        if completion.is_open() {
            match key.as_str() {
                "ArrowDown" | "ArrowUp" => {
                    event.prevent_default();
                    return completion.step(key == "ArrowDown");
                }
                "Enter" | "Tab" if !event.shift_key() => {
                    event.prevent_default();
                    if let Some(offer) = completion.chosen() {
                        take_offer(offer);
                    }
                    return;
                }
                "Escape" => {
                    event.prevent_default();
                    event.stop_propagation();
                    return completion.shut();
                }
                _ => {}
            }
        }
        match key.as_str() {
            "Enter" if !event.shift_key() && !event.alt_key() => {
                event.prevent_default();
                send();
            }
            "ArrowUp" if chat.field.text.with_untracked(String::is_empty) => {
                if stage.get_untracked() == TurnStage::Waiting {
                    event.prevent_default();
                    chat.card_wanted.set(true);
                } else if let Some(text) = last_said(chat) {
                    event.prevent_default();
                    chat.field.set(text);
                }
            }
            _ => {}
        }
    };
    let typed = move |event| {
        chat.field.typed(event_target_value(&event));
        look();
    };
    let hint = move || {
        if stage.get() == TurnStage::Idle { say::chat::ask() } else { say::chat::say_more() }
    };
    view! {
        <div class="chat-write">
            <Chips/>
            <Offers completion on_take=take_offer/>
            <div class="chat-field">
                <textarea id=FIELD rows="1" node_ref=field placeholder=hint aria-label=say::chat::message()
                    aria-describedby="chat-wrong" aria-autocomplete="list" aria-controls="chat-complete"
                    aria-haspopup="listbox"
                    aria-activedescendant=move || (!completion.offers.with(Vec::is_empty)).then(|| format!("chat-offer-{}", completion.place.get()))
                    on:input=typed on:keydown=keys on:click=move |_| look() on:blur=move |_| { chat.field.keep(); completion.shut() }
                ></textarea>
                <Show when=move || stage.get() != TurnStage::Idle>
                    <IconButton glyph=Glyph::Square label=say::chat::stop() disabled=chat.stop.busy on_click=move |_| chat.stop_turn()/>
                </Show>
                <Show when=move || stage.get() == TurnStage::Idle || !blank.get()>
                    <IconButton glyph=Glyph::ArrowUp label=say::chat::send() disabled=blank on_click=move |_| { send(); chat.field.focus() }/>
                </Show>
            </div>
            <p class="chat-wrong" id="chat-wrong" role="alert">{move || chat.field.wrong.get()}</p>
        </div>
    }
}

/// Keeps the element as the field's state says. What is typed goes the other way and is not written back.
fn bind(field: NodeRef<html::Textarea>, chat: ChatState) {
    effect(move || {
        chat.field.put.track();
        if let Some(field) = field.get() {
            chat.field.text.with_untracked(|text| field.set_value(text));
        }
    });
    effect(move || {
        chat.field.put.track();
        let long = chat.field.text.with(String::len) > UNMEASURED;
        if let Some(field) = field.get() {
            request_animation_frame(move || {
                let style = web_sys::HtmlElement::style(&field);
                let high = if long {
                    HIGHEST
                } else {
                    let _ = style.set_property("height", "auto");
                    field.scroll_height().min(HIGHEST)
                };
                let _ = style.set_property("height", &format!("{high}px"));
            });
        }
    });
    Effect::new(move |before: Option<u32>| {
        let wanted = chat.field.wanted.get();
        let focus = move || {
            if let Some(field) = field.try_get_untracked().flatten() {
                let _ = field.focus();
            }
        };
        // Asked for while nothing was there to take it, or now.
        if before.map_or(wanted > 0, |before| before != wanted) {
            request_animation_frame(focus);
        }
        wanted
    });
    on_cleanup(move || chat.field.keep());
}

fn last_said(chat: ChatState) -> Option<String> {
    chat.peek(|view| {
        view.lines.iter().rev().find_map(|line| match &line.item {
            Item::Said { text, .. } => Some(text.clone()),
            Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
        })
    })
    .flatten()
}
