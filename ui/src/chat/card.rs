//! The card of calls that wait for a person: every change, whom it tells, whether it can be taken back; allowed or denied
//! one by one or together, by keyboard.

mod change;
mod edit;
mod form;
mod picks;
mod row;

pub(crate) use change::Changes;

use std::time::Duration;

use contract::{CallState, CallView, Preview};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use self::picks::{Picks, Press};
use self::row::Row;
use super::wording::{told_words, undo_words};
use crate::parts::{Button, ButtonKind, Each, Glyph, Icon, Kbd, Show, is_typing};
use crate::say;
use crate::state::chat::Part;
use crate::state::{ChatState, Names, effect, memo};

/// A card that took the keyboard from the field hears no key for so long: it was meant for the field.
const CALM: Duration = Duration::from_millis(400);

/// What the rows share.
#[derive(Clone, Copy)]
struct Desk {
    /// What is chosen.
    picks: RwSignal<Picks>,
    /// The row that is being edited.
    editing: RwSignal<Option<contract::CallId>>,
}

/// The card; nothing while nothing waits.
#[component]
pub(super) fn Card() -> impl IntoView {
    let chat = ChatState::expect();
    let waits = memo(move || {
        chat.read(Part::Calls, |view| view.calls.iter().any(|call| call.state == CallState::Asked)).unwrap_or(false)
    });
    // What waited before one came here does not take the keyboard: nobody may allow it with a key meant for something else.
    // The answer to the first words of a conversation does, also when it is quicker than the record.
    let waited = StoredValue::new(!chat.take_begun_here() && waits.get_untracked());
    view! { <Show when=move || waits.get()><Waiting take=!waited.try_update_value(std::mem::take).unwrap_or(true)/></Show> }
}

#[component]
fn Waiting(
    /// It takes the keyboard when it appears.
    take: bool,
) -> impl IntoView {
    let (chat, names) = (ChatState::expect(), Names::expect());
    let root = NodeRef::<html::Section>::new();
    let desk = Desk { picks: RwSignal::new(Picks::default()), editing: RwSignal::new(None) };
    provide_context(desk);
    let calls = memo(move || {
        let asked = chat.read(Part::Calls, |view| {
            view.calls.iter().filter(|call| call.state == CallState::Asked).cloned().collect::<Vec<_>>()
        });
        asked.unwrap_or_default()
    });
    effect(move || calls.with(|calls| desk.picks.update(|picks| picks.meet(calls))));
    // Back from the form to the row.
    Effect::new(move |before: Option<bool>| {
        let editing = desk.editing.get().is_some();
        if before == Some(true) && !editing {
            request_animation_frame(move || focus_row(root, desk));
        }
        editing
    });
    let armed = take_focus(root, chat, take);

    let (count, allowed) = (memo(move || calls.with(Vec::len)), memo(move || desk.picks.with(Picks::allowed)));
    let title = move || say::chat::changes_wait(count.get());
    // What is being edited is neither what was shown nor what will be: it is finished or taken back first.
    let editing = Signal::derive(move || desk.editing.get().is_some());
    let send = move || {
        if !chat.decide.busy.get_untracked() && !editing.get_untracked() {
            chat.send_decisions(desk.picks.with_untracked(Picks::chosen));
        }
    };
    let all = move |allow: bool| chat.send_decisions(desk.picks.with_untracked(|picks| picks.all(allow)));
    let action = move || match (allowed.get(), count.get()) {
        (0, 1) => say::chat::deny().to_owned(),
        (0, many) => say::chat::deny_all_of(many),
        (1, 1) => say::chat::allow().to_owned(),
        (some, many) if some == many => say::chat::allow_all_of(many),
        (some, many) => say::chat::AllowSome { allowed: some, denied: many - some }.text(),
    };
    let keys = move |event: KeyboardEvent| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let control =
            on.as_ref().is_some_and(|on| on.closest("button, input, textarea, select").ok().flatten().is_some());
        let key = event.key();
        let presses = key == "Enter" || key == " ";
        if key == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            return chat.field.focus();
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing() || (control && presses) {
            return;
        }
        if !armed.get_untracked() || event.repeat() && key == "Enter" {
            event.prevent_default();
            return;
        }
        let Some(press) = desk.picks.try_update(|picks| picks.press(&key)).flatten() else { return };
        event.prevent_default();
        event.stop_propagation();
        match press {
            Press::Done => focus_row(root, desk),
            Press::Send => send(),
            Press::Deny => all(false),
            Press::Edit => {
                let at = desk.picks.with_untracked(|picks| picks.list.get(picks.place).map(|pick| pick.call));
                desk.editing.update(|editing| *editing = if *editing == at { None } else { at });
            }
        }
    };
    let foot = move || {
        let list = calls.get();
        let previews: Vec<&Preview> = list.iter().filter_map(|call| call.preview.as_ref()).collect();
        let mut people: Vec<String> = Vec::new();
        for id in previews.iter().flat_map(|preview| &preview.notified) {
            let name = names.person_name(*id);
            if !people.contains(&name) {
                people.push(name);
            }
        }
        let told = told_words(&people, previews.iter().any(|preview| preview.subscribers));
        [told.as_str(), undo_words(&previews)]
            .iter()
            .filter(|words| !words.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    };
    view! {
        <section class="ask" class:armed=move || armed.get() role="alertdialog" aria-label=title aria-describedby="ask-foot" tabindex="-1" node_ref=root on:keydown=keys>
            <header class="ask-head"><Icon glyph=Glyph::ShieldCheck/><h3 class="grow">{title}</h3></header>
            // The rows say it as the history will.
            <ul class="ask-rows">
                <Each each=move || calls.get() key=|call| (call.call.id, call.fingerprint.clone()) let(call)><Row call/></Each>
            </ul>
            <p class="ask-foot" id="ask-foot">{foot}</p>
            {move || chat.decide.fault.get().map(|fault| view! { <p class="chat-wrong" role="alert">{fault.message}</p> })}
            <footer class="ask-deeds">
                <Button kind=ButtonKind::Primary busy=chat.decide.busy disabled=editing on_click=move |_| send()>{action} <Kbd keys="↵"/></Button>
                <Show when=move || { allowed.get() > 0 && allowed.get() < count.get() }>
                    <Button busy=chat.decide.busy disabled=editing on_click=move |_| all(true)>{say::chat::allow_all()}</Button>
                </Show>
                <Show when=move || { allowed.get() > 0 }>
                    <Button kind=ButtonKind::Bare busy=chat.decide.busy on_click=move |_| all(false)>
                        {move || if count.get() == 1 { say::chat::deny() } else { say::chat::deny_all() }} <Kbd keys="D"/>
                    </Button>
                </Show>
            </footer>
            <div class="aside-label" role="alert">{title}</div>
        </section>
    }
}

/// Takes the keyboard unless the person is writing, and gives it back at the end. Keys count once the returned value is true.
fn take_focus(root: NodeRef<html::Section>, chat: ChatState, at_once: bool) -> RwSignal<bool> {
    let armed = RwSignal::new(true);
    let came_from = StoredValue::new_local(None::<HtmlElement>);
    let take = move || {
        let Some(root) = root.try_get_untracked().flatten() else { return };
        let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
        if active.as_ref().is_some_and(|active| root.contains(Some(active))) {
            return;
        }
        came_from.try_set_value(active);
        let row = root.query_selector("[data-row]").ok().flatten().and_then(|row| row.dyn_into::<HtmlElement>().ok());
        let _ = row.map_or_else(|| root.focus(), |row| row.focus());
    };
    effect(move || {
        if root.get().is_none() || !at_once {
            return;
        }
        request_animation_frame(move || {
            let in_field = is_typing();
            if in_field && !is_blank_field() {
                return;
            }
            if document().query_selector("[aria-modal]").ok().flatten().is_some() {
                return;
            }
            if in_field {
                armed.try_set(false);
                set_timeout(
                    move || {
                        armed.try_set(true);
                    },
                    CALM,
                );
            }
            take();
        });
    });
    effect(move || {
        if root.get().is_some() && chat.card_wanted.get() {
            chat.card_wanted.set(false);
            request_animation_frame(take);
        }
    });
    on_cleanup(move || {
        let inside = root.try_get_untracked().flatten().is_some_and(|root| {
            let active = document().active_element();
            active.is_none_or(|active| active.tag_name() == "BODY" || root.contains(Some(&active)))
        });
        match came_from.try_update_value(Option::take).flatten() {
            Some(element) if inside && element.is_connected() && element.tag_name() != "BODY" => drop(element.focus()),
            Some(_) | None if inside => chat.field.focus(),
            Some(_) | None => {}
        }
    });
    armed
}

/// True when the field with the keyboard is the assistant's, and nothing stands in it.
fn is_blank_field() -> bool {
    let active = document().active_element().and_then(|active| active.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    active.is_some_and(|field| field.id() == super::composer::FIELD && field.text_length() == 0)
}

fn focus_row(root: NodeRef<html::Section>, desk: Desk) {
    let place = desk.picks.with_untracked(|picks| picks.place);
    let Some(rows) = root.try_get_untracked().flatten().and_then(|root| root.query_selector_all("[data-row]").ok())
    else {
        return;
    };
    let row =
        u32::try_from(place).ok().and_then(|place| rows.item(place)).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = row {
        let _ = row.focus();
    }
}

/// The row of a call, from 0.
fn place_of(picks: &Picks, call: &CallView) -> usize {
    picks.list.iter().position(|pick| pick.call == call.call.id).unwrap_or(0)
}
