//! The head of the Studio: what the automation is called, how it stands, and what can be done with the whole of it.

use contract::FlowState;
use contract::commands::SwitchFlow;
use flow::Op;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::draft::{Draft, Saving};
use super::testing::{TestMenu, Testing};
use super::{more, publish, told, versions};
use crate::parts::{Button, ButtonKind, Chip, Glyph, IconButton, Show};
use crate::say;
use crate::state::{Route, Router, effect, memo, use_command};

/// Longer names are refused.
const NAME: &str = "200";

/// The head.
#[component]
pub(super) fn Head(draft: Draft, test: Testing) -> impl IntoView {
    let router = Router::expect();
    let publishing = RwSignal::new(false);
    let state = memo(move || draft.view.with(|view| told::state_words(&view.flow)));
    let place = memo(move || draft.view.with(|view| told::place_words(view.flow.place)));
    let published = memo(move || draft.view.with(|view| view.flow.state != FlowState::Draft));
    let is_same = memo(move || published.get() && draft.view.with(|view| !view.flow.changed));
    view! {
        <header class="studio-head">
            <IconButton glyph=Glyph::ArrowLeft label=say::studio::back() on_click=move |_| router.go(Route::Automations)/>
            <Name draft/>
            <span class="studio-marks-head">
                <Chip tone=Signal::derive(move || state.get().0)>{move || state.get().1}</Chip>
                <Chip>{move || place.get()}</Chip>
            </span>
            <Saved draft/>
            <span class="grow"></span>
            <versions::Versions draft/>
            <TestMenu test/>
            <Button kind=ButtonKind::Primary disabled=is_same on_click=move |_| publishing.set(true)>
                {move || match (published.get(), is_same.get()) {
                    (false, _) => say::studio::publish(),
                    (true, true) => say::studio::is_published(),
                    (true, false) => say::studio::publish_draft(),
                }}
            </Button>
            <Show when=move || published.get()><Switch draft/></Show>
            <more::More draft/>
        </header>
        <publish::Publish draft open=publishing/>
    }
}

/// Whether the app has everything.
#[component]
fn Saved(draft: Draft) -> impl IntoView {
    let words = memo(move || match draft.saving.get() {
        Saving::Saved => say::studio::saved(),
        Saving::Busy => say::studio::saving(),
        Saving::Stuck(_) => say::studio::not_saved(),
    });
    let why = move || match draft.saving.get() {
        Saving::Stuck(why) => Some(why),
        Saving::Saved | Saving::Busy => None,
    };
    view! {
        <small class="studio-saved" role="status" class:bad=move || why().is_some() title=why>{move || words.get()}</small>
        <Show when=move || why().is_some()>
            <Button kind=ButtonKind::Bare on_click=move |_| draft.retry()>{say::studio::again()}</Button>
        </Show>
    }
}

/// The name; a press makes it a field.
#[component]
fn Name(draft: Draft) -> impl IntoView {
    let studio = draft.studio;
    let name = memo(move || studio.flow.with(|flow| flow.display_name.clone()));
    let editing = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    effect(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let keep = move || {
        if !editing.get_untracked() {
            return;
        }
        let typed = field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        editing.set(false);
        if !typed.is_empty() && typed != name.get_untracked() {
            let label = say::studio::rename_automation(&typed);
            studio.edit(Ok((label, vec![Op::ChangeName { display_name: typed }])));
        }
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => keep(),
        "Escape" => {
            event.stop_propagation();
            editing.set(false);
        }
        _ => {}
    };
    view! {
        <h1 class="studio-name">
            <Show when=move || editing.get() fallback=move || view! {
                <button type="button" class="cut" title=say::studio::do_rename() disabled=move || studio.read_only.with(Option::is_some)
                    on:click=move |_| editing.set(true)>{move || name.get()}</button>
            }>
                <input node_ref=field type="text" aria-label=say::studio::automation_name() maxlength=NAME spellcheck="false"
                    prop:value=move || name.get_untracked() on:keydown=keys on:blur=move |_| keep()/>
            </Show>
        </h1>
    }
}

/// On or off.
#[component]
fn Switch(draft: Draft) -> impl IntoView {
    let switch = use_command::<SwitchFlow>();
    let on = memo(move || draft.view.with(|view| view.flow.state == FlowState::On));
    let turn = move |_| {
        let input = SwitchFlow { id: draft.id, on: !on.get_untracked() };
        switch.run_then(input, move |flow| draft.view.update(|view| view.flow = flow));
    };
    view! {
        <button type="button" class="studio-switch" role="switch" aria-checked=move || if on.get() { "true" } else { "false" }
            aria-label=say::studio::runs_by_itself() title=move || if on.get() { say::studio::switch_off() } else { say::studio::switch_on() }
            disabled=move || switch.busy.get() on:click=turn><span></span></button>
    }
}
