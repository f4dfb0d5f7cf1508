//! A step of a run: a line with its bar, and what went in and came out.

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::commands::ShowRunValue;
use contract::{RunStep, RunView};
use leptos::prelude::*;

use super::Labels;
use super::loops::Browser;
use super::said::Said;
use crate::parts::{Button, ButtonKind, Chip, Glyph, Icon, JsonTree, Show, Tone};
use crate::runs::line::StatusMark;
use crate::runs::outline::{Look, Shown};
use crate::runs::standing::lasted;
use crate::runs::timeline::Bar;
use crate::say;
use crate::state::{memo, use_command};

/// What the steps of a run share.
#[derive(Clone, Copy)]
pub(super) struct StepContext {
    pub(super) view: Memo<Option<Arc<RunView>>>,
    pub(super) names: Memo<Labels>,
    /// The steps whose input and output are in view.
    pub(super) open: RwSignal<BTreeSet<String>>,
    pub(super) look: RwSignal<Look>,
    /// Called with the name of a step that is opened.
    pub(super) on_step: Option<Callback<String>>,
}

#[component]
pub(super) fn StepRow(
    step: RunStep,
    shown: Shown,
    bar: Option<Bar>,
    place: String,
    context: StepContext,
) -> impl IntoView {
    let StepContext { names, open, look, on_step, .. } = context;
    let name = StoredValue::new(step.name.clone());
    let label =
        move || names.with(|names| name.with_value(|name| names.get(name).cloned().unwrap_or_else(|| name.clone())));
    let key = StoredValue::new(place.clone());
    let is_open = memo(move || open.with(|open| key.with_value(|key| open.contains(key))));
    let press = move |_| {
        let key = key.get_value();
        open.update(|open| {
            if !open.remove(&key) {
                open.insert(key);
            }
        });
        if let Some(on_step) = on_step {
            on_step.run(name.get_value());
        }
    };
    let attempts = (step.attempts > 1)
        .then(|| view! { <Chip tone=Signal::stored(Tone::Warn)>{say::runs::tries(step.attempts)}</Chip> });
    let notes = step.warnings.len();
    let warned =
        (notes > 0).then(|| view! { <Chip tone=Signal::stored(Tone::Warn)>{say::runs::to_note(notes)}</Chip> });
    let lane = bar.map(|bar| {
        let class = format!("run-bar {}", crate::runs::standing::tone(step.status).class());
        view! { <span class=class style:left=share(bar.from) style:width=share(bar.width)></span> }
    });
    let long = step.took_ms.map(lasted);
    let browser = shown.iterations.map(|iterations| view! { <Browser iterations place look/> });
    let (status, depth) = (step.status, shown.depth.min(12));
    let kept = StoredValue::new(step);
    view! {
        <li class="run-step" style:padding-left=format!("{}px", depth * 20)>
            <button type="button" class="run-step-line" aria-expanded=move || if is_open.get() { "true" } else { "false" } on:click=press>
                <Icon glyph=Signal::derive(move || if is_open.get() { Glyph::ChevronDown } else { Glyph::ChevronRight })/>
                <StatusMark status/>
                <span class="run-step-name cut">{label}</span>
                {attempts}
                {warned}
                <span class="grow"></span>
                <span class="run-lane" aria-hidden="true">{lane}</span>
                <span class="run-long num">{long}</span>
            </button>
            {browser}
            <Show when=move || is_open.get()>
                <StepValues step=kept.get_value() context/>
            </Show>
        </li>
    }
}

/// Thousandths as the page writes them.
fn share(part: u32) -> String {
    format!("{}.{}%", part / 10, part % 10)
}

/// What went in, what came out, and what went wrong.
#[component]
fn StepValues(step: RunStep, context: StepContext) -> impl IntoView {
    let input = RwSignal::new(step.input);
    let output = RwSignal::new(step.output);
    let cut = RwSignal::new(step.cut);
    let fetch = use_command::<ShowRunValue>();
    let asked = StoredValue::new((step.name, step.within));
    let whole = move |_| {
        let Some(id) = context.view.with_untracked(|view| view.as_ref().map(|view| view.run.id)) else { return };
        let (step, within) = asked.get_value();
        fetch.run_then(ShowRunValue { id, step, within }, move |value| {
            output.try_set(value);
            cut.try_set(false);
        });
    };
    let warnings = step.warnings.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    let has = |text: RwSignal<String>| move || text.with(|text| !text.trim().is_empty());
    view! {
        <div class="run-values">
            {step.error.map(|error| view! {
                <div class="run-note bad">
                    <Icon glyph=Glyph::CircleAlert/>
                    <span class="grow"><b class="run-note-words">{error.message}</b><Said text=error.detail/></span>
                </div>
            })}
            <ul class="run-warnings">{warnings}</ul>
            <section>
                <h3>{say::runs::input()}</h3>
                <Show when=has(input) fallback=|| view! { <p class="hint">{say::runs::nothing_in()}</p> }><JsonTree value=input label=say::runs::input()/></Show>
            </section>
            <section>
                <h3>{say::runs::output()}</h3>
                <Show when=has(output) fallback=|| view! { <p class="hint">{say::runs::nothing_out()}</p> }><JsonTree value=output label=say::runs::output()/></Show>
                <Show when=move || cut.get()>
                    <p class="run-cut"><span class="hint">{say::runs::beginning()}</span>
                        <Button kind=ButtonKind::Bare busy=fetch.busy on_click=whole>{say::runs::show_whole()}</Button></p>
                </Show>
            </section>
        </div>
    }
}
