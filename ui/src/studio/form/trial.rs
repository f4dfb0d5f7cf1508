//! Trying a step alone, and what it is taken to have brought: several payloads, each kept under a name.

use contract::commands::{ChooseSample, ForgetSample, KeepSample, TestStep};
use contract::{Sample, StepTrial};
use leptos::prelude::*;
use serde_json::Value;

use super::context::Form;
use super::control::pretty;
use super::subject::Subject;
use super::text::{Text, text_field};
use super::tokens::Language;
use crate::parts::{Button, ButtonKind, Chip, Each, Glyph, IconButton, JsonTree, Moment, Show, Tone};
use crate::say;
use crate::state::{Act, memo, use_command};

/// “182 ms”, “3.4 s”.
pub(super) fn duration(milliseconds: u64) -> String {
    match milliseconds {
        ..1_000 => say::form::milliseconds(milliseconds),
        1_000..60_000 => {
            let tenths = milliseconds / 100;
            say::form::Seconds { seconds: tenths / 10, tenths: tenths % 10 }.text()
        }
        _ => say::form::Minutes { minutes: milliseconds / 60_000, seconds: milliseconds / 1_000 % 60 }.text(),
    }
}

/// The samples of a step: what the last test brought first, then by name.
pub(super) fn of_step(all: &[Sample], step: &str) -> Vec<Sample> {
    let mut own: Vec<Sample> = all.iter().filter(|sample| sample.step == step).cloned().collect();
    own.sort_by(|a, b| a.name.cmp(&b.name));
    own
}

/// What is typed as a payload, checked.
///
/// # Errors
/// A sentence when it is no JSON or has no name.
pub(super) fn payload(name: &str, text: &str) -> Result<(String, String), String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(say::form::payload_unnamed().to_owned());
    }
    if name.chars().count() > 80 {
        return Err(say::form::payload_name_long().to_owned());
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => Ok((name.to_owned(), value.to_string())),
        Err(error) => Err(say::form::payload_no_json(error.to_string())),
    }
}

/// What the step is taken to have brought, as JSON text; empty if nothing.
fn chosen(form: Form) -> Memo<String> {
    memo(move || {
        let is_it = |sample: &&Sample| sample.chosen && form.name.with_value(|name| sample.step == *name);
        form.all.with(|all| all.iter().find(is_it).map(|sample| sample.value.clone()).unwrap_or_default())
    })
}

/// What the step is taken to have brought, to look at while it is set up.
pub(super) fn result(form: Form) -> AnyView {
    let value = chosen(form);
    view! {
        <Show when=move || value.with(|value| !value.is_empty())>
            <h3 class="step-part">{say::form::brings()}</h3>
            <div class="step-value"><JsonTree value label=say::form::step_brings()/></div>
        </Show>
    }
    .into_any()
}

/// The tab.
pub(super) fn tab(form: Form) -> AnyView {
    let trial = RwSignal::new(None::<StepTrial>);
    let test = use_command::<TestStep>().quiet();
    let run = move |_| {
        if let Some(editor) = form.caret.get_untracked() {
            editor.keep();
        }
        trial.set(None);
        let command = TestStep { id: form.flow, step: form.name.get_value() };
        test.run_then(command, move |told| {
            trial.try_set(Some(told));
        });
    };
    let is_trigger = form.subject.with_untracked(|subject| matches!(subject.as_deref(), Some(Subject::Trigger(_))));
    let words = if is_trigger { say::form::test_trigger() } else { say::form::test_step() };
    let hint = if is_trigger { say::form::test_trigger_hint() } else { say::form::test_step_hint() };
    let shown = chosen(form);
    let value = memo(move || {
        let output =
            trial.with(|trial| trial.as_ref().filter(|trial| trial.error.is_none()).map(|trial| trial.output.clone()));
        output.unwrap_or_else(|| shown.get())
    });
    let none = || view! { <p class="field-hint">{say::form::untested()}</p> };
    view! {
        <div class="step-line">
            <Button kind=ButtonKind::Primary glyph=Glyph::Play busy=test.busy on_click=run>{words}</Button>
            {move || trial.with(|trial| trial.as_ref().map(result_chip))}
        </div>
        <p class="field-hint">{hint}</p>
        {move || test.fault.get().map(|fault| view! { <p class="field-wrong" role="alert">{fault.message}</p> })}
        {move || trial.with(|trial| trial.as_ref().map(outcome))}
        <h3 class="step-part">{say::form::brings()}</h3>
        <Show when=move || value.with(|value| !value.is_empty()) fallback=none>
            <div class="step-value"><JsonTree value label=say::form::step_brings()/></div>
        </Show>
        {samples(form)}
        {own(form)}
    }
    .into_any()
}

fn result_chip(trial: &StepTrial) -> AnyView {
    let took = duration(trial.took_ms);
    let (tone, words) = match trial.error {
        None => (Tone::Good, say::form::worked(took)),
        Some(_) => (Tone::Bad, say::form::failed(took)),
    };
    view! { <span role="status"><Chip tone>{words}</Chip></span> }.into_any()
}

/// What a test told beside its result.
fn outcome(trial: &StepTrial) -> AnyView {
    let error = trial.error.as_ref().map(|error| {
        let detail = (!error.detail.is_empty()).then(|| view! { <pre class="step-out">{error.detail.clone()}</pre> });
        view! { <div class="step-failure" role="alert"><p>{error.message.clone()}</p>{detail}</div> }
    });
    let warnings: Vec<AnyView> =
        trial.warnings.iter().map(|warning| view! { <p class="field-warn">{warning.clone()}</p> }.into_any()).collect();
    let console = (!trial.console.is_empty()).then(|| {
        view! { <details class="trial-more" open=true><summary>{say::form::console()}</summary><pre class="step-out">{trial.console.join("\n")}</pre></details> }
    });
    let input =
        serde_json::from_str::<Value>(&trial.input).map_or_else(|_| trial.input.clone(), |input| pretty(&input));
    let input = (!input.is_empty())
        .then(|| view! { <details class="trial-more"><summary>{say::form::went_in()}</summary><pre class="step-out">{input}</pre></details> });
    view! { {error} {warnings} {console} {input} }.into_any()
}

/// The payloads that there are.
fn samples(form: Form) -> AnyView {
    let own = memo(move || form.name.with_value(|name| form.all.with(|all| of_step(all, name))));
    let choose = use_command::<ChooseSample>();
    let forget = use_command::<ForgetSample>();
    view! {
        <Show when=move || own.with(|own| !own.is_empty())>
            <h3 class="step-part">{say::form::payloads()}</h3>
            <div class="step-samples" role="radiogroup" aria-label=say::form::payloads_label()>
                <Each each=move || own.get() key=|one| (one.name.clone(), one.chosen, one.at.as_nanosecond()) let(one)>{sample(form, one, choose, forget)}</Each>
            </div>
        </Show>
    }
    .into_any()
}

fn sample(form: Form, one: Sample, choose: Act<ChooseSample>, forget: Act<ForgetSample>) -> AnyView {
    let Sample { name, at, chosen, .. } = one;
    let label = if name.is_empty() { say::form::last_test().to_owned() } else { name.clone() };
    let remove = say::form::forget(&label);
    let name = StoredValue::new(name);
    let take = move |_| {
        if !chosen {
            choose.run(ChooseSample { id: form.flow, step: form.name.get_value(), name: name.get_value() });
        }
    };
    let drop_it =
        move |_| forget.run(ForgetSample { id: form.flow, step: form.name.get_value(), name: name.get_value() });
    view! {
        <div class="step-sample">
            <button type="button" class="grow cut" role="radio" aria-checked=if chosen { "true" } else { "false" } on:click=take>{label}</button>
            <Moment at=at/>
            <IconButton glyph=Glyph::Trash2 label=remove on_click=drop_it/>
        </div>
    }
    .into_any()
}

/// Keeps what is shown, or a payload that a person types, under a name.
fn own(form: Form) -> AnyView {
    let keep = use_command::<KeepSample>().quiet();
    let is_open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let shown = chosen(form);
    let example = move || form.with_operation(|_, operation| operation.sample_data.clone()).flatten();
    let open = move |_| {
        let value = serde_json::from_str(&shown.get_untracked()).ok().or_else(|| untrack(example));
        text.set(value.map_or_else(|| "{\n  \n}".to_owned(), |value| pretty(&value)));
        name.set(String::new());
        wrong.set(String::new());
        is_open.set(true);
    };
    let send = move |_| match payload(&name.get_untracked(), &text.get_untracked()) {
        Err(reason) => wrong.set(reason),
        Ok((name, value)) => {
            wrong.set(String::new());
            let command = KeepSample { id: form.flow, step: form.name.get_value(), name, value };
            keep.run_then(command, move |_| {
                is_open.try_set(false);
            });
        }
    };
    let editor = move || {
        text_field(
            form,
            Text {
                label: say::form::payload().to_owned(),
                labelled_by: String::new(),
                value: text.into(),
                save: Callback::new(move |typed: String| text.set(typed)),
                language: Language::Json,
                has_lines: true,
                placeholder: String::new(),
                is_wrong: Signal::derive(move || wrong.with(|wrong| !wrong.is_empty())),
            },
        )
    };
    let message = move || {
        let words =
            Some(wrong.get()).filter(|wrong| !wrong.is_empty()).or_else(|| keep.fault.get().map(|fault| fault.message));
        words.map(|words| view! { <p class="field-wrong" role="alert">{words}</p> })
    };
    view! {
        <Show when=move || is_open.get() fallback=move || view! { <Button glyph=Glyph::Plus on_click=open>{say::form::keep_payload()}</Button> }>
            <div class="step-connect">
                <label class="field"><span class="field-label">{say::form::payload_name()}</span>
                    <input type="text" maxlength="80" placeholder=say::form::payload_example() prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))/></label>
                {editor}
                {message}
                <div class="step-line">
                    <Button kind=ButtonKind::Primary busy=keep.busy on_click=send>{say::form::keep()}</Button>
                    <Button kind=ButtonKind::Bare on_click=move |_| is_open.set(false)>{say::form::cancel()}</Button>
                </div>
            </div>
        </Show>
    }
    .into_any()
}
