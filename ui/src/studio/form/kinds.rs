//! What a step of each kind is set up with, and what starts the flow.

use flow::piece::{Property, PropertyKind};
use flow::{FieldPath, Kind, TriggerKind};
use leptos::prelude::*;

use super::context::Form;
use super::control::Control;
use super::field::{Field, fields, frame};
use super::subject::Subject;
use super::tokens::Language;
use super::{connect, groups, instants, router};
use crate::parts::moment::moment_label;
use crate::parts::{Button, ButtonKind, Choice, Glyph, Icon, IconButton, Picker, Point, Show, Spinner, point_of};
use crate::state::{Session, Toasts, memo};
use crate::studio::state::{Adding, Overlay};
use crate::{clock, say};

/// What there is to set up; drawn anew when the step becomes another kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Nothing,
    NoTrigger,
    Piece,
    Code,
    Loop,
    Router,
    Unknown,
}

fn shape(subject: Option<&Subject>) -> Shape {
    match subject {
        None => Shape::Nothing,
        Some(Subject::Trigger(trigger)) => match trigger.kind {
            TriggerKind::Empty => Shape::NoTrigger,
            TriggerKind::Piece(_) => Shape::Piece,
            TriggerKind::Other(_) => Shape::Unknown,
        },
        Some(Subject::Step(step)) => match step.kind {
            Kind::Code(_) => Shape::Code,
            Kind::Piece(_) => Shape::Piece,
            Kind::Loop(_) => Shape::Loop,
            Kind::Router(_) => Shape::Router,
            Kind::Other(_) => Shape::Unknown,
        },
    }
}

/// Everything that a step is set up with.
pub(super) fn settings(form: Form) -> AnyView {
    let shape = memo(move || form.subject.with(|subject| shape(subject.as_deref())));
    let view = move || match shape.get() {
        Shape::Nothing => ().into_any(),
        Shape::NoTrigger => no_trigger(form),
        Shape::Piece => piece(form),
        Shape::Code => code(form),
        Shape::Loop => items(form),
        Shape::Router => router::settings(form),
        Shape::Unknown => view! {
            <p class="field-hint">{say::form::kind_unknown()}</p>
        }
        .into_any(),
    };
    view.into_any()
}

fn no_trigger(form: Form) -> AnyView {
    view! {
        <p class="field-hint">{say::form::no_trigger()}</p>
        <Button kind=ButtonKind::Primary glyph=Glyph::Zap on_click=move |_| choose_trigger(form)>{say::form::choose_trigger()}</Button>
    }
    .into_any()
}

fn choose_trigger(form: Form) {
    form.studio.overlay.set(Some(Overlay::Palette(Adding::Trigger)));
}

fn choose_again(form: Form) {
    let is_trigger = form.subject.with_untracked(|subject| matches!(subject.as_deref(), Some(Subject::Trigger(_))));
    let adding = if is_trigger { Adding::Trigger } else { Adding::Replace(form.name.get_value()) };
    form.studio.overlay.set(Some(Overlay::Palette(adding)));
}

/// A text of the step that is no property of a piece.
fn own_text(form: Form, at: &[&str], label: &str, help: &str, language: Language) -> AnyView {
    let property = Property {
        display_name: label.to_owned(),
        description: help.to_owned(),
        kind: PropertyKind::LongText,
        ..Property::default()
    };
    let field = Field::new(form, FieldPath::of(at), label, &property, None);
    frame(field, None, field.text(language, true))
}

fn code(form: Form) -> AnyView {
    let inputs = Property {
        display_name: say::form::inputs().to_owned(),
        description: say::form::inputs_help().to_owned(),
        kind: PropertyKind::Object,
        ..Property::default()
    };
    let inputs = Field::new(form, FieldPath::of(&["settings", "input"]), "input", &inputs, None);
    view! {
        {frame(inputs, None, groups::pairs(inputs))}
        {own_text(form, &["settings", "sourceCode", "code"], say::form::code(), say::form::code_help(), Language::Script)}
        {own_text(form, &["settings", "sourceCode", "packageJson"], say::form::packages(), say::form::packages_help(), Language::Json)}
    }
    .into_any()
}

fn items(form: Form) -> AnyView {
    let property = Property {
        display_name: say::form::list().to_owned(),
        description: say::form::list_help().to_owned(),
        required: true,
        kind: PropertyKind::LongText,
        ..Property::default()
    };
    let field =
        Field::new(form, FieldPath::of(&["settings", "items"]), "items", &property, None).wanting(Control::Texts);
    frame(field, None, field.text(Language::Plain, false))
}

/// What is known of the piece's part that is drawn.
#[derive(Clone, PartialEq)]
struct Told {
    props: flow::piece::Ordered<Property>,
    operation: String,
}

fn piece(form: Form) -> AnyView {
    let told = memo(move || {
        form.with_operation(|_, operation| Told { props: operation.props.clone(), operation: operation.name.clone() })
    });
    let is_known = memo(move || form.piece.with(Option::is_some));
    let inner = move || {
        let Some(told) = told.get() else {
            let words = match is_known.get() {
                true => say::form::no_such_action(),
                false => "",
            };
            return vec![view! { <p class="field-hint">{words}</p> }.into_any()];
        };
        fields(form, &FieldPath::of(&["settings", "input"]), &told.props, None)
    };
    view! {
        {operation(form)}
        <Show when=move || !is_known.get() && form.fault.with(Option::is_none)><p class="field-hint step-busy" role="status"><Spinner/>{say::form::asking_piece()}</p></Show>
        {started_elsewhere(form)}
        {address(form)}
        {starts(form)}
        {connect::section(form)}
        {inner}
    }
    .into_any()
}

/// Which action or trigger of the piece, and another one.
fn operation(form: Form) -> AnyView {
    let options = Signal::derive(move || {
        let is_trigger = form.subject.with(|subject| matches!(subject.as_deref(), Some(Subject::Trigger(_))));
        form.piece.with(|piece| {
            let Some(piece) = piece else { return Vec::new() };
            let all = if is_trigger { &piece.triggers } else { &piece.actions };
            all.iter().map(|(name, one)| (name.clone(), one.display_name.clone())).collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || {
        let subject = form.subject.get();
        subject.and_then(|subject| subject.call().map(|call| call.operation.clone())).unwrap_or_default()
    });
    let choices = Signal::derive(move || {
        let value = value.get();
        let one = |(name, title): (String, String)| Choice::new(Some(name.clone()), title).checked(name == value);
        let mut choices: Vec<Choice<Option<String>>> = options.get().into_iter().map(one).collect();
        choices.push(Choice::new(None, say::form::other_piece()).glyph(Glyph::RefreshCw));
        choices
    });
    let words = memo(move || options.with(|options| value.with(|value| chosen_words(options, value))));
    let at = RwSignal::new(None::<Point>);
    let choose = Callback::new(move |name: Option<String>| {
        let Some(name) = name else { return choose_again(form) };
        let titles = options.get_untracked();
        let title = |name: &str| titles.iter().find(|(one, _)| one == name).map(|(_, title)| title.clone());
        form.edit(|subject| {
            let mut changed = subject.clone();
            let call = changed.call_mut().ok_or_else(say::form::step_gone)?;
            let before = std::mem::replace(&mut call.operation, name.clone());
            // A name that a person gave stays.
            if title(&before).as_deref() == Some(subject.title())
                && let Some(title) = title(&name)
            {
                changed.set_title(title);
            }
            Ok(changed.edit_said(|step| say::form::set_operation(step)))
        });
    });
    let piece = move || {
        let named =
            form.piece.with(|piece| piece.as_ref().map(|piece| [&piece.display_name, " ", &piece.version].concat()));
        let subject = form.subject.get();
        named.or_else(|| subject.and_then(|subject| subject.call().map(|call| call.piece.clone()))).unwrap_or_default()
    };
    let close = Callback::new(move |()| at.set(None));
    let picker = move || {
        at.get().map(|at| view! { <Picker label=say::form::operation() at choices on_choose=choose on_close=close/> })
    };
    view! {
        <div class="step-field">
            <div class="step-field-head"><span class="field-label">{say::form::operation()}</span><small class="cut">{piece}</small></div>
            <button type="button" class="step-pick" aria-haspopup="listbox" aria-label=move || say::form::operation_is(words.get())
                title=move || words.get() on:click=move |event| at.set(Some(point_of(&event)))>
                <span class="grow cut">{move || words.get()}</span><Icon glyph=Glyph::ChevronDown/>
            </button>
            {picker}
        </div>
    }
    .into_any()
}

/// What is chosen, in words: of an action that the piece does not have, its name.
pub(super) fn chosen_words(options: &[(String, String)], value: &str) -> String {
    match options.iter().find(|(name, _)| name == value) {
        Some((_, title)) => title.clone(),
        None if value.is_empty() => say::form::choose().to_owned(),
        None => value.to_owned(),
    }
}

/// Who starts it on the server, when that is the app: what happens is the app's to hear.
fn started_elsewhere(form: Form) -> AnyView {
    let is_trigger = form.subject.with_untracked(|subject| matches!(subject.as_deref(), Some(Subject::Trigger(_))));
    let shown = move || {
        let words = form.told.get().filter(|_| is_trigger)?;
        Some(view! {
            <div class="step-field" role="note">
                <div class="step-field-head"><span class="field-label">{say::form::started_here()}</span></div>
                <p class="step-kept"><span class="grow">{words}</span></p>
                <p class="field-hint">{say::form::started_here_hint()}</p>
            </div>
        })
    };
    shown.into_any()
}

/// Where a webhook or form is called.
fn address(form: Form) -> AnyView {
    let toasts = Toasts::expect();
    let is_trigger = form.subject.with_untracked(|subject| matches!(subject.as_deref(), Some(Subject::Trigger(_))));
    let shown = move || {
        let address = form.address.get().filter(|_| is_trigger && form.told.with(Option::is_none))?;
        let text = address.clone();
        let copy = move |_| crate::chat::copy(&text, toasts, say::form::address_copied());
        Some(view! {
            <div class="step-field">
                <div class="step-field-head"><span class="field-label">{say::form::address()}</span></div>
                <p class="step-kept"><code class="grow">{address}</code><IconButton glyph=Glyph::Copy label=say::form::copy_address() on_click=copy/></p>
                <p class="field-hint">{say::form::address_hint()}</p>
            </div>
        })
    };
    shown.into_any()
}

/// When a trigger by the time starts next.
fn starts(form: Form) -> AnyView {
    let session = Session::expect();
    let shown = move || {
        let subject = form.subject.get()?;
        let Subject::Trigger(trigger) = &*subject else { return None };
        let next = instants::next(trigger.call()?, clock::now());
        if next.is_empty() {
            return None;
        }
        let (zone, today) = (session.zone(), session.today());
        let lines: Vec<AnyView> = next
            .into_iter()
            .map(|at| {
                let clock = at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
                let day = moment_label(at, &zone, today);
                let words =
                    if day == clock { say::form::today_at(clock) } else { say::form::DayAt { day, clock }.text() };
                view! { <li><time class="num" datetime=at.to_string()>{words}</time></li> }.into_any()
            })
            .collect();
        Some(view! {
            <div class="step-field">
                <div class="step-field-head"><span class="field-label">{say::form::starts_next()}</span></div>
                <ul class="step-starts">{lines}</ul>
            </div>
        })
    };
    shown.into_any()
}
