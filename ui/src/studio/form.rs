//! The form of the step that is open: what it is set up with, what becomes of its failure, and trying it alone. It asks pieces
//! and connections by the commands; every change goes through the studio.

mod ask;
mod auth;
mod caret;
mod chips;
mod choose;
mod conditions;
mod connect;
mod context;
mod control;
mod errors;
mod field;
mod finding;
mod groups;
mod instants;
mod kinds;
mod plain;
mod router;
mod selector;
mod subject;
mod text;
mod tokens;
mod tree;
mod trial;

use std::sync::Arc;

use contract::commands::ShowPiece;
use contract::{FlowId, FlowPlace, Sample};
use flow::expr::Samples;
use flow::piece::PieceMetadata;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use self::ask::ask;
use self::context::{Form, Told};
use self::field::beside_view;
use self::finding::at_top;
use self::subject::Subject;
use super::edits;
use super::offers::{Face, face};
use super::picker::face_view;
use super::state::{Adding, Overlay, Studio};
use crate::parts::{Button, ButtonKind, Empty, Glyph, IconButton, Segments, Show, focus_first};
use crate::say;
use crate::state::{effect, memo};

/// The form of the step in [`Studio::opened`]; what to do when none is.
#[component]
pub fn StepForm(
    /// The flow on the canvas.
    studio: Studio,
    /// Which flow it is.
    flow: FlowId,
    /// What steps brought or would bring.
    #[prop(into)]
    samples: Signal<Vec<Sample>>,
    /// Where the flow's webhook or form is called.
    #[prop(optional, into)]
    address: Signal<Option<String>>,
    /// What the app tells the server so that the flow starts there, as sentences.
    #[prop(optional, into)]
    told: Signal<Option<String>>,
    /// Where the flow runs.
    #[prop(optional, into)]
    place: Signal<FlowPlace>,
) -> impl IntoView {
    let chosen = memo(move || Arc::new(samples.with(|all| chosen_samples(all))));
    let told = Told { studio, flow, place, address, told, all: samples, samples: chosen };
    let name = memo(move || {
        studio.drawn.track();
        let name = studio.opened.get()?;
        studio.with_shown(|flow| *name == *flow.trigger.name || flow.step(&name).is_some()).then_some(name)
    });
    let view = move || match name.get() {
        Some(name) => open_form(Form::of(told, &name)),
        None => nothing_open(studio),
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            super::canvas::refocus(studio);
        }
    };
    view! { <aside class="step-form" aria-label=say::form::settings_of_step() on:keydown=keys>{view}</aside> }
}

/// Puts the keyboard into the form that is open.
pub(super) fn enter() {
    request_animation_frame(|| {
        if let Some(form) = document().query_selector(".step-body").ok().flatten() {
            focus_first(&form);
        }
    });
}

/// What each step is taken to have brought.
fn chosen_samples(all: &[Sample]) -> Samples {
    let chosen = all.iter().filter(|sample| sample.chosen);
    chosen.filter_map(|sample| Some((sample.step.clone(), serde_json::from_str(&sample.value).ok()?))).collect()
}

fn nothing_open(studio: Studio) -> AnyView {
    let title = memo(move || studio.flow.with(|flow| flow.display_name.clone()));
    let about = memo(move || {
        studio.drawn.track();
        studio.with_shown(|flow| (flow.trigger.call().is_some(), flow.steps.walk().count()))
    });
    let words = move || {
        let (has_trigger, steps) = about.get();
        match (has_trigger, steps) {
            (false, _) => say::form::nothing_starts().to_owned(),
            (true, 0) => say::form::does_nothing().to_owned(),
            (true, steps) => say::form::has_steps(steps),
        }
    };
    let choose = Callback::new(move |()| studio.overlay.set(Some(Overlay::Palette(Adding::Trigger))));
    let open = Callback::new(move |()| {
        let name = studio.flow.with_untracked(|flow| flow.trigger.name.clone());
        studio.opened.set(Some(name));
    });
    let view = move || {
        let words = Signal::derive(words);
        if about.get().0 {
            view! { <Empty glyph=Glyph::MousePointer2 title text=words action=say::form::open_trigger() on_action=open/> }
                .into_any()
        } else {
            view! { <Empty glyph=Glyph::Zap title text=words action=say::form::choose_trigger() on_action=choose/> }
                .into_any()
        }
    };
    view.into_any()
}

/// A part of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Settings,
    Errors,
    Test,
}

fn open_form(form: Form) -> AnyView {
    let studio = form.studio;
    follow_piece(form);
    let part = RwSignal::new(Part::Settings);
    let has_errors =
        form.subject.with_untracked(|subject| errors::has_errors(subject.as_ref().and_then(|one| one.kind())));
    let mut parts = vec![(Part::Settings, say::form::set_up())];
    if has_errors {
        parts.push((Part::Errors, say::form::errors()));
    }
    parts.push((Part::Test, say::form::test()));
    let inner = move || match part.get() {
        Part::Settings => view! { {kinds::settings(form)} {trial::result(form)} }.into_any(),
        Part::Errors => errors::tab(form),
        Part::Test => trial::tab(form),
    };
    let beside = move || {
        let name = form.name.get_value();
        let found = studio.findings.with(|found| at_top(found, &name));
        found.into_iter().map(beside_view).collect::<Vec<_>>()
    };
    // A text that the keyboard left for something else than the data is no longer what a reference goes into.
    let focused = move |event: leptos::ev::FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_text = target.is_some_and(|target| target.closest(".expr, .step-data").ok().flatten().is_some());
        if !is_text && form.caret.with_untracked(Option::is_some) {
            form.caret.set(None);
        }
    };
    let root = NodeRef::<html::Div>::new();
    view! {
        <div class="step-open" node_ref=root on:focusin=focused>
            {head(form)}
            <Segments label=say::form::parts() options=parts value=part on_change=move |chosen| part.set(chosen)/>
            <fieldset class="step-body" disabled=move || studio.read_only.with(Option::is_some)>
                {beside}
                {inner}
            </fieldset>
            {selector::panel(form)}
        </div>
    }
    .into_any()
}

/// Keeps the description of the step's piece at hand.
fn follow_piece(form: Form) {
    let wanted = memo(move || {
        let subject = form.subject.get();
        let call = subject.as_ref().and_then(|subject| subject.call());
        call.map(|call| (call.piece.clone(), call.version.trim_start_matches(['~', '^']).to_owned()))
            .unwrap_or_default()
    });
    let key = memo(move || wanted.with(|(piece, version)| [piece, "@", version].concat()));
    let asked = ask(key, move || {
        let (name, version) = wanted.get_untracked();
        (!name.is_empty()).then(|| ShowPiece { name, version: Some(version).filter(|version| !version.is_empty()) })
    });
    effect(move || {
        let told = asked.answer.with(|answer| {
            answer.as_ref().and_then(|piece| serde_json::from_str::<PieceMetadata>(&piece.metadata).ok())
        });
        if told.is_some() || form.piece.with_untracked(Option::is_some) {
            form.piece.set(told.map(Arc::new));
        }
    });
    effect(move || form.fault.set(asked.fault.get().map(|fault| fault.message)));
}

fn head(form: Form) -> AnyView {
    let studio = form.studio;
    let title = memo(move || {
        form.subject.with(|subject| subject.as_ref().map(|one| one.title().to_owned()).unwrap_or_default())
    });
    let picture = memo(move || {
        form.subject.with(|subject| match subject.as_deref() {
            Some(subject) => picture(subject),
            None => Face::Glyph(Glyph::Square),
        })
    });
    let is_step = form.subject.with_untracked(|subject| matches!(subject.as_deref(), Some(Subject::Step(_))));
    let is_skipped = memo(move || {
        form.subject.with(|subject| matches!(subject.as_deref(), Some(Subject::Step(step)) if step.is_skipped()))
    });
    let rename = move |event| {
        let to = event_target_value(&event);
        let to = to.split_whitespace().collect::<Vec<_>>().join(" ");
        if to.is_empty() || to == title.get_untracked() {
            return;
        }
        let edit = studio.with_shown(|flow| form.name.with_value(|name| edits::rename(flow, name, &to)));
        studio.edit(edit);
    };
    let skip = move |_| {
        let edit = studio.with_shown(|flow| edits::skip(flow, vec![form.name.get_value()]));
        studio.edit(edit);
    };
    let skip_words =
        move || if is_skipped.get() { say::form::do_step_again() } else { say::form::skip_step() }.to_owned();
    view! {
        <header class="step-head">
            {move || face_view(picture.get())}
            <input class="step-title grow" type="text" aria-label=say::form::step_name() autocomplete="off" disabled=move || studio.read_only.with(Option::is_some)
                prop:value=move || title.get() on:change=rename
                on:keydown=|event| if event.key() == "Enter" { event.prevent_default(); leave(&event); }/>
            <code class="hint">{form.name.get_value()}</code>
            {is_step.then(|| view! {
                <IconButton glyph=Signal::derive(move || if is_skipped.get() { Glyph::Play } else { Glyph::Ban }) label=Signal::derive(skip_words) on_click=skip
                    disabled=Signal::derive(move || studio.read_only.with(Option::is_some))/>
            })}
            <IconButton glyph=Glyph::X label=say::form::close() on_click=move |_| studio.opened.set(None)/>
        </header>
        <Show when=move || is_skipped.get()>
            <p class="step-skipped">{say::form::is_skipped()}<Button kind=ButtonKind::Bare on_click=skip>{say::form::do_again()}</Button></p>
        </Show>
        {move || studio.read_only.get().map(|why| view! { <p class="step-skipped">{why}</p> })}
        {move || form.fault.get().map(|why| view! { <p class="step-skipped" role="alert">{why}</p> })}
    }
    .into_any()
}

fn leave(event: &web_sys::KeyboardEvent) {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.blur();
    }
}

fn picture(subject: &Subject) -> Face {
    use flow::Kind;
    match (subject.call(), subject.kind()) {
        (Some(call), _) => face(&call.piece, ""),
        (None, Some(Kind::Code(_))) => Face::Glyph(Glyph::Braces),
        (None, Some(Kind::Loop(_))) => Face::Glyph(Glyph::Repeat),
        (None, Some(Kind::Router(_))) => Face::Glyph(Glyph::Split),
        (None, Some(Kind::Piece(_) | Kind::Other(_))) => Face::Glyph(Glyph::Square),
        (None, None) => Face::Glyph(Glyph::Zap),
    }
}

#[cfg(test)]
mod tests;
