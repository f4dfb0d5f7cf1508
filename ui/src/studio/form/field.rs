//! One field of the form: its label, whether it holds a value or an expression, its control, and what is wrong with it.

use flow::piece::{Ordered, Property};
use flow::{FieldPath, Key};
use leptos::prelude::*;
use serde_json::Value;

use super::chips::misfit;
use super::context::Form;
use super::control::{Control, as_text, control, from_text, is_expression};
use super::finding::{Beside, at_field};
use super::text::{Text, text_field};
use super::tokens::Language;
use super::{choose, groups, plain};
use crate::chat::markdown::{BlockView, Markdown};
use crate::parts::{Glyph, Icon};
use crate::say;
use crate::state::memo;

/// A property in an open form.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) form: Form,
    /// Its way in the step.
    pub(super) at: StoredValue<FieldPath>,
    pub(super) property: StoredValue<Property>,
    pub(super) control: Control,
    /// The control whose kind of value is wanted.
    wants: Control,
    /// What people call it.
    pub(super) label: StoredValue<String>,
    /// The element with its label.
    pub(super) label_id: StoredValue<String>,
    /// What stands in it; null if nothing does.
    pub(super) value: Memo<Value>,
    /// The property that people see this one in, if it is not one of the first row.
    pub(super) schema: Option<Kept>,
    /// An expression is asked for, of a field that cannot keep so.
    is_forced: RwSignal<bool>,
}

/// The fields of a dynamic property, kept with the first value in them.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    pub(super) property: StoredValue<String>,
    pub(super) fields: StoredValue<Value>,
}

impl Field {
    /// A property at a place.
    pub(super) fn new(form: Form, at: FieldPath, name: &str, property: &Property, schema: Option<Kept>) -> Self {
        let label = if property.display_name.is_empty() { name } else { &property.display_name };
        let at = StoredValue::new(at);
        Self {
            form,
            at,
            property: StoredValue::new(property.clone()),
            control: control(property),
            wants: control(property),
            label: StoredValue::new(label.to_owned()),
            label_id: StoredValue::new(form.id()),
            value: memo(move || at.with_value(|at| form.read(at))),
            schema,
            is_forced: RwSignal::new(false),
        }
    }

    /// The same, where another kind of value is wanted than its control makes.
    pub(super) fn wanting(self, wants: Control) -> Self {
        Self { wants, ..self }
    }

    /// Its own name.
    pub(super) fn name(self) -> String {
        self.at.with_value(|at| match at.0.last() {
            Some(Key::Name(name)) => name.clone(),
            Some(Key::Index(_)) | None => String::new(),
        })
    }

    /// Whether it is one of the first row, of which is kept whether an expression is typed.
    fn is_first(self) -> bool {
        self.at.with_value(|at| at.0.len() == 3)
    }

    /// What stands in it, or else what it is when nobody says. Tracks.
    pub(super) fn shown(self) -> Value {
        let value = self.value.get();
        if value.is_null() {
            return self.property.with_value(|property| property.default_value.clone()).unwrap_or_default();
        }
        value
    }

    /// Puts a value in, or takes it out.
    pub(super) fn set(self, value: Option<Value>) {
        let at = self.at.get_value();
        self.set_at(&at, value);
    }

    /// Puts a value somewhere in it.
    pub(super) fn set_at(self, at: &FieldPath, value: Option<Value>) {
        let label = self.label.get_value();
        let Some(kept) = self.schema else { return self.form.put(at, value, &label) };
        self.form.edit(|subject| {
            if subject.read(at) == value {
                return Ok((String::new(), Vec::new()));
            }
            let mut changed = subject.with(at, value).ok_or_else(say::form::field_gone)?;
            changed.keep_schema(&kept.property.get_value(), kept.fields.get_value());
            Ok(changed.edit(&label))
        });
    }

    /// Whether an expression stands in place of what its control makes. Tracks.
    fn is_expression(self) -> bool {
        let name = self.name();
        let subject = self.form.subject.get();
        let call = subject.as_ref().and_then(|subject| subject.call());
        let is_said = self.is_first() && call.is_some_and(|call| call.is_dynamic(&name));
        self.value.with(|value| is_expression(self.control, value, is_said)) || self.is_forced.get()
    }

    /// Goes over to an expression, or back to the control.
    fn toggle(self) {
        let is_on = !untrack(move || self.is_expression());
        let text = as_text(&untrack(move || self.shown()));
        let value = if is_on { Some(Value::from(text)) } else { from_text(self.control, &text) };
        if !self.is_first() {
            self.is_forced.set(is_on);
            return self.set(value);
        }
        let (name, at) = (self.name(), self.at.get_value());
        self.form.edit(|subject| {
            let mut changed = subject.with(&at, value).ok_or_else(say::form::field_gone)?;
            changed.set_dynamic(&name, is_on);
            Ok(changed.edit(&self.label.get_value()))
        });
    }

    /// What is wrong with it. Tracks.
    fn beside(self) -> Vec<Beside> {
        let holds = self.control.holds_others() && !self.is_expression();
        let name = self.form.name.get_value();
        let mut beside =
            self.form.studio.findings.with(|found| self.at.with_value(|at| at_field(found, &name, at, holds)));
        self.form.samples.track();
        let text = self.value.with(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let words = self.form.look(|flow, samples| misfit(flow, samples, self.wants, &text));
        beside.extend(words.map(|words| Beside { is_error: false, words }));
        beside
    }

    /// Its text field.
    pub(super) fn text(self, language: Language, has_lines: bool) -> AnyView {
        let value = Signal::derive(move || self.value.with(as_text));
        let control = self.control;
        let save = Callback::new(move |text: String| self.set(from_text(control, &text)));
        self.text_of(value, save, language, has_lines)
    }

    fn text_of(self, value: Signal<String>, save: Callback<String>, language: Language, has_lines: bool) -> AnyView {
        let usual = self.property.with_value(|property| property.default_value.as_ref().map(as_text));
        let text = Text {
            label: self.label.get_value(),
            labelled_by: self.label_id.get_value(),
            value,
            save,
            language,
            has_lines,
            placeholder: usual.unwrap_or_default(),
            is_wrong: Signal::derive(move || self.beside().iter().any(|beside| beside.is_error)),
        };
        text_field(self.form, text)
    }

    fn expression(self) -> AnyView {
        let value = Signal::derive(move || self.value.with(as_text));
        let save = Callback::new(move |text: String| self.set((!text.is_empty()).then(|| text.into())));
        self.text_of(value, save, Language::Plain, false)
    }
}

/// The fields of a form, in its order.
pub(super) fn fields(form: Form, at: &FieldPath, props: &Ordered<Property>, schema: Option<Kept>) -> Vec<AnyView> {
    let wanted = props.iter().filter(|(name, _)| name != "auth" || at.0.len() > 2);
    wanted
        .map(|(name, property)| field_view(Field::new(form, at.join(name.as_str()), name, property, schema)))
        .collect()
}

/// A field.
pub(super) fn field_view(field: Field) -> AnyView {
    let control = field.control;
    if control == Control::Note {
        return note(field);
    }
    let is_expression = memo(move || field.is_expression());
    let has_toggle = !control.is_text() && control != Control::Connection;
    let inner = move || if is_expression.get() { field.expression() } else { control_view(field) };
    let toggle = move || {
        let field_label = field.label.get_value();
        let (title, label) = if is_expression.get() {
            (say::form::choose_value(), say::form::choose_value_for(field_label))
        } else {
            (say::form::type_expression(), say::form::type_expression_for(field_label))
        };
        view! {
            <button type="button" class="field-mode" title=title aria-label=label
                aria-pressed=move || if is_expression.get() { "true" } else { "false" } on:click=move |_| field.toggle()>
                <Icon glyph=Glyph::Braces/>
            </button>
        }
    };
    frame(field, has_toggle.then(|| toggle.into_any()), inner.into_any())
}

/// A field around what it is filled in with.
pub(super) fn frame(field: Field, toggle: Option<AnyView>, inner: AnyView) -> AnyView {
    let beside = memo(move || field.beside());
    let is_required = field.property.with_value(|property| property.required);
    let has_help = field.property.with_value(|property| !property.description.is_empty());
    let must = || {
        view! {
            <span class="must" title=say::form::must()><span aria-hidden="true">"*"</span><span class="aside-label">{say::form::must_aside()}</span></span>
        }
    };
    view! {
        <div class="step-field" class:frame=field.control.holds_others() role="group" aria-labelledby=field.label_id.get_value()>
            <div class="step-field-head">
                <span class="field-label" id=field.label_id.get_value()>{field.label.get_value()}{is_required.then(must)}</span>
                {toggle}
            </div>
            {inner}
            {move || beside.get().into_iter().map(beside_view).collect::<Vec<_>>()}
            {has_help.then(|| help(field))}
        </div>
    }
    .into_any()
}

/// What is wrong, in a line.
pub(super) fn beside_view(beside: Beside) -> AnyView {
    let class = if beside.is_error { "field-wrong" } else { "field-warn" };
    view! { <p class=class role="status">{beside.words}</p> }.into_any()
}

fn help(field: Field) -> AnyView {
    let text = Markdown::here();
    field.property.with_value(|property| text.take(&property.description));
    view! { <div class="field-help"><BlockView text/></div> }.into_any()
}

fn note(field: Field) -> AnyView {
    view! { <div class="field-note">{help(field)}</div> }.into_any()
}

fn control_view(field: Field) -> AnyView {
    match field.control {
        Control::Line => field.text(Language::Plain, false),
        Control::Lines => field.text(Language::Plain, true),
        Control::Note => note(field),
        Control::Number => field.text(Language::Plain, false),
        Control::Tick => plain::tick(field),
        Control::Moment => plain::moment(field),
        Control::File => plain::file(field),
        Control::Colour => plain::colour(field),
        Control::Json => field.text(Language::Json, true),
        Control::Raw => plain::raw(field),
        Control::Pairs => groups::pairs(field),
        Control::Texts => groups::texts(field),
        Control::Items => groups::items(field),
        Control::Fields => choose::fields_asked(field),
        Control::One => choose::one(field),
        Control::Several => choose::several(field),
        Control::Connection => super::connect::connection(field),
    }
}
