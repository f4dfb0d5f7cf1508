//! A call on the card.

use contract::{CallView, Effect, Preview, Reversible, Scope};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::change::Changes;
use super::edit::Edit;
use super::{Desk, place_of};
use crate::chat::markdown::shown;
use crate::chat::wording::{pretty, reversible_words, told_words};
use crate::parts::{Checkbox, Chip, Glyph, Icon, IconButton, Select, Show, Tone};
use crate::say;
use crate::state::{Names, memo};

/// A call.
#[component]
pub(super) fn Row(call: CallView) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let id = call.call.id;
    let call = StoredValue::new(call);
    let open = RwSignal::new(false);
    let pick = move |picks: &super::picks::Picks| picks.list.iter().find(|pick| pick.call == id).cloned();
    let mine = memo(move || desk.picks.with(pick));
    let place = memo(move || desk.picks.with(|picks| call.with_value(|call| place_of(picks, call))));
    let on = memo(move || desk.picks.with(|picks| picks.place) == place.get());
    let allow = memo(move || mine.with(|mine| mine.as_ref().is_some_and(|mine| mine.allow)));
    let editing = memo(move || desk.editing.get() == Some(id));
    let change = move |update: &dyn Fn(&mut super::picks::Pick)| {
        desk.picks.update(|picks| {
            if let Some(pick) = picks.list.iter_mut().find(|pick| pick.call == id) {
                update(pick);
            }
        });
    };
    // What was edited is shown as it would be then.
    let preview = memo(move || {
        let edited = mine.with(|mine| mine.as_ref().and_then(|mine| mine.edited.clone()));
        edited.map(|(_, preview)| preview).or_else(|| call.with_value(|call| call.preview.clone()))
    });
    let edited = memo(move || mine.with(|mine| mine.as_ref().is_some_and(|mine| mine.edited.is_some())));
    let title = call.with_value(|call| shown(&call.title).into_owned());
    let label = title.clone();
    view! {
        <li class="ask-row" class:off=move || !allow.get() class:on=move || on.get() data-row="" aria-label=label.clone()
            tabindex=move || if on.get() { "0" } else { "-1" }
            on:focusin=move |_| if !on.get_untracked() { desk.picks.update(|picks| picks.place = place.get_untracked()) }>
            <div class="ask-line">
                <Checkbox checked=allow label=say::chat::allow_named(&label) on_change=move |allow| change(&|pick| pick.allow = allow)/>
                <span class="ask-title grow">{title}</span>
                {move || edited.get().then(|| view! { <Chip tone=Tone::Accent>{say::chat::edited()}</Chip> })}
                {move || preview.with(|preview| preview.as_ref().and_then(|preview| preview.reversible)).map(mark)}
                <IconButton glyph=Glyph::Pencil label=say::chat::edit_first() pressed=editing
                    on_click=move |_| desk.editing.update(|editing| *editing = if *editing == Some(id) { None } else { Some(id) })/>
                <IconButton glyph=Signal::derive(move || if open.get() { Glyph::ChevronUp } else { Glyph::ChevronDown })
                    label=Signal::derive(move || if open.get() { say::chat::show_less().to_owned() } else { say::chat::show_everything().to_owned() })
                    on_click=move |_| open.update(|open| *open = !*open)/>
            </div>
            {move || preview.get().map(|preview| view! { <Shown preview/> })}
            <Show when=move || open.get()><More call preview/></Show>
            <Show when=move || editing.get()><Edit call/></Show>
            <Show when=move || !allow.get()>
                <input class="ask-why" type="text" placeholder=say::chat::why_not_optional() aria-label=say::chat::why_not()
                    on:keydown=back_to_row
                    prop:value=move || mine.with(|mine| mine.as_ref().map(|mine| mine.why.clone()).unwrap_or_default())
                    on:input=move |event| { let why = event_target_value(&event); change(&|pick| pick.why.clone_from(&why)); }/>
            </Show>
        </li>
    }
}

/// Enter ends the reason; the next one sends.
fn back_to_row(event: leptos::ev::KeyboardEvent) {
    if event.key() != "Enter" || event.is_composing() {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let row = field.and_then(|field| field.closest("[data-row]").ok().flatten());
    if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

/// How bad it is, where it is not simply undone.
fn mark(reversible: Reversible) -> AnyView {
    match reversible {
        Reversible::Undoable => ().into_any(),
        Reversible::Compensable => {
            let words = say::chat::people_told();
            view! { <span class="ask-told" role="img" title=words aria-label=words><Icon glyph=Glyph::Users/></span> }
                .into_any()
        }
        Reversible::Irreversible => view! { <Chip tone=Tone::Bad>{say::chat::for_good()}</Chip> }.into_any(),
    }
}

/// The exact changes, and why it would be refused.
#[component]
fn Shown(preview: Preview) -> impl IntoView {
    let nothing = preview.changes.is_empty() && preview.refusal.is_none();
    let said = shown(&preview.summary).into_owned();
    view! {
        <Changes changes=preview.changes/>
        {(nothing && !said.is_empty()).then(|| view! { <p class="ask-note">{said}</p> })}
        {preview.refusal.map(|why| view! { <p class="ask-refusal"><Icon glyph=Glyph::TriangleAlert/><span>{shown(&why).into_owned()}</span></p> })}
    }
}

/// Whom it tells, whether it can be taken back, its input, and for how long the answer is remembered.
#[component]
fn More(call: StoredValue<CallView>, preview: Memo<Option<Preview>>) -> impl IntoView {
    let names = Names::expect();
    let desk = expect_context::<Desk>();
    let id = call.with_value(|call| call.call.id);
    let words = move || {
        preview.with(|preview| {
            preview.as_ref().map(|preview| {
                let people: Vec<String> = preview.notified.iter().map(|id| names.person_name(*id)).collect();
                let told = told_words(&people, preview.subscribers);
                let told = if told.is_empty() { say::chat::nobody_told().to_owned() } else { told };
                format!("{told} {}", reversible_words(preview.reversible))
            })
        })
    };
    let risky = call.with_value(|call| call.effect == Effect::Destructive);
    let options: Vec<(String, String)> = [
        ("", say::chat::this_time()),
        ("conversation", say::chat::this_conversation()),
        ("always", say::chat::always()),
    ]
    .into_iter()
    .map(|(key, words)| (key.to_owned(), words.to_owned()))
    .collect();
    let value = Signal::derive(move || {
        let scope =
            desk.picks.with(|picks| picks.list.iter().find(|pick| pick.call == id).and_then(|pick| pick.remember));
        match scope {
            None => String::new(),
            Some(Scope::Conversation) => "conversation".into(),
            Some(Scope::Always) => "always".into(),
        }
    });
    let remember = move |chosen: String| {
        let scope = match chosen.as_str() {
            "conversation" => Some(Scope::Conversation),
            "always" => Some(Scope::Always),
            _ => None,
        };
        desk.picks.update(|picks| {
            if let Some(pick) = picks.list.iter_mut().find(|pick| pick.call == id) {
                pick.remember = scope;
            }
        });
    };
    let steps = move || {
        let steps = preview.with(|preview| preview.as_ref().map(|preview| preview.steps.clone()).unwrap_or_default());
        (!steps.is_empty()).then(|| {
            let steps = steps.iter().map(|step| view! { <li>{shown(step).into_owned()}</li> }).collect_view();
            view! { <ol class="recipe-steps">{steps}</ol> }
        })
    };
    view! {
        {steps}
        <p class="ask-note">{words}</p>
        <pre class="ask-input" tabindex="0">{call.with_value(|call| format!("{} {}", call.call.tool, shown(&pretty(&call.call.input))))}</pre>
        {(!risky).then(|| view! { <Select label=say::chat::allow_tool() options=options value on_change=remember/> })}
    }
}
