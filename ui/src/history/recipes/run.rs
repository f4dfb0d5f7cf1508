//! Runs a recipe: the values of its variables, what it would do with them, and what came of it.

use contract::commands::{PreviewRecipe, RunRecipe};
use contract::{Carried, Given, Preview, Recipe, Variable};
use leptos::prelude::*;

use super::value::ValueField;
use crate::chat::{Changes, shown, told_words};
use crate::parts::{Button, ButtonKind, Dialog, Glyph, Icon, Show};
use crate::say;
use crate::state::{Names, Toasts, use_command};
use crate::welcome::sign_in::FormFault;

/// The dialog; closed while there is no recipe.
#[component]
pub(super) fn RunDialog(running: RwSignal<Option<Recipe>>) -> impl IntoView {
    let open = Signal::derive(move || running.with(Option::is_some));
    let title = Signal::derive(move || {
        running.with(|recipe| {
            recipe.as_ref().map(|recipe| say::history::run_named(&*shown(&recipe.name))).unwrap_or_default()
        })
    });
    view! {
        <Dialog open title on_close=move |()| running.set(None)>
            {move || running.get().map(|recipe| view! { <Form recipe running/> })}
        </Dialog>
    }
}

#[component]
fn Form(recipe: Recipe, running: RwSignal<Option<Recipe>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let id = recipe.id;
    let (preview, run) = (use_command::<PreviewRecipe>().quiet(), use_command::<RunRecipe>().quiet());
    let seen = RwSignal::new(None::<Preview>);
    let stopped = RwSignal::new(None::<Carried>);
    let fields: Vec<(Variable, RwSignal<String>)> =
        recipe.variables.into_iter().map(|variable| (variable.clone(), RwSignal::new(variable.value))).collect();
    let values = StoredValue::new(fields.clone());
    let given = move || {
        values.with_value(|values| {
            let each = values.iter();
            each.map(|(variable, value)| Given { name: variable.name.clone(), value: value.get() }).collect::<Vec<_>>()
        })
    };
    // What was shown belongs to the values that it was shown for.
    Effect::new(move |before: Option<Vec<Given>>| {
        let values = given();
        if before.is_some_and(|before| before != values) {
            seen.set(None);
        }
        values
    });
    let look = move |_| {
        let asked = PreviewRecipe { id, values: untrack(given) };
        preview.run_then(asked, move |told| {
            seen.try_set(Some(told));
        });
    };
    let go = move |_| {
        run.run_then(RunRecipe { id, values: untrack(given) }, move |carried: Carried| {
            if carried.why.is_some() {
                stopped.try_set(Some(carried));
            } else {
                toasts.note(say::history::steps_done(carried.done.len()));
                running.set(None);
            }
        });
    };
    let inputs =
        fields.into_iter().map(|(variable, value)| view! { <ValueField variable value/> }).collect_view().into_any();
    view! {
        {inputs}
        {move || seen.get().map(|preview| view! { <Seen preview/> })}
        {move || stopped.get().map(|carried| view! { <Stopped carried/> })}
        <FormFault act=preview fields=&[]/>
        <FormFault act=run fields=&[]/>
        <div class="dialog-foot">
            <Button on_click=move |_| running.set(None)>{move || if stopped.with(Option::is_some) { say::history::close() } else { say::history::cancel() }}</Button>
            <Show when=move || stopped.with(Option::is_none)>
                <Show when=move || seen.with(Option::is_some) fallback=move || view! {
                    <Button kind=ButtonKind::Primary glyph=Glyph::Eye busy=preview.busy on_click=look>{say::history::show_would_do()}</Button>
                }>
                    <Button kind=ButtonKind::Primary glyph=Glyph::Play busy=run.busy on_click=go>{say::history::run_it()}</Button>
                </Show>
            </Show>
        </div>
    }
}

/// What it would do.
#[component]
fn Seen(preview: Preview) -> impl IntoView {
    let names = Names::expect();
    let told = (preview.notified.clone(), preview.subscribers);
    let told = move || {
        let people: Vec<String> = told.0.iter().map(|id| names.person_name(*id)).collect();
        let words = told_words(&people, told.1);
        if words.is_empty() { say::history::nobody_told().to_owned() } else { words }
    };
    let steps = preview.steps.iter().map(|step| view! { <li>{shown(step).into_owned()}</li> }).collect_view();
    view! {
        <h3 class="recipe-head">{say::history::would_do()}</h3>
        <ol class="recipe-steps">{steps}</ol>
        <Changes changes=preview.changes/>
        {preview.refusal.map(|why| view! {
            <p class="ask-refusal"><Icon glyph=Glyph::TriangleAlert/><span>{shown(&why).into_owned()}</span></p>
        })}
        <p class="hint">{told}</p>
    }
}

/// Where it stopped, and why.
#[component]
fn Stopped(carried: Carried) -> impl IntoView {
    let list = |steps: Vec<String>| {
        steps.into_iter().map(|step| view! { <li>{shown(&step).into_owned()}</li> }).collect_view()
    };
    view! {
        <p class="ask-refusal" role="alert">
            <Icon glyph=Glyph::TriangleAlert/>
            <span>{say::history::stopped(carried.why.unwrap_or_default())}</span>
        </p>
        <h3 class="recipe-head">{say::history::done()}</h3>
        <ol class="recipe-steps">{list(carried.done)}</ol>
        <h3 class="recipe-head">{say::history::not_done()}</h3>
        <ol class="recipe-steps">{list(carried.undone)}</ol>
    }
}
