//! Keeps what was done as a recipe: its name, its steps, and what shall differ from run to run.

use contract::commands::{DraftRecipe, SaveRecipe};
use contract::{ChangeSetId, Named, Recipe, Variable};
use leptos::prelude::*;

use super::value::in_words;
use crate::chat::shown;
use crate::parts::{Button, ButtonKind, Checkbox, Dialog, Field, Loaded};
use crate::say;
use crate::state::{Names, Toasts, memo, use_command, use_query};
use crate::welcome::sign_in::{FormFault, wrong};

/// A variable that is proposed: whether it shall be one, and what to call it.
#[derive(Clone, Copy)]
struct Proposed {
    varies: RwSignal<bool>,
    name: RwSignal<String>,
    variable: StoredValue<Variable>,
}

/// The dialog; closed while there are no sets.
#[component]
pub(in crate::history) fn KeepDialog(
    /// Of what it is made; emptied when it is closed.
    sets: RwSignal<Vec<ChangeSetId>>,
    /// Called once it is kept.
    #[prop(into)]
    on_kept: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || sets.with(|sets| !sets.is_empty()));
    view! {
        <Dialog open title=say::history::keep_title() on_close=move |()| sets.set(Vec::new())><Form sets on_kept/></Dialog>
    }
}

#[component]
fn Form(sets: RwSignal<Vec<ChangeSetId>>, on_kept: Callback<()>) -> impl IntoView {
    let toasts = Toasts::expect();
    let draft = use_query(move || Some(sets.get()).filter(|sets| !sets.is_empty()).map(|sets| DraftRecipe { sets }));
    let save = use_command::<SaveRecipe>().quiet();
    let name = RwSignal::new(String::new());
    let proposed = memo(move || {
        let variables =
            draft.value.with(|draft| draft.as_ref().map(|draft| draft.variables.clone()).unwrap_or_default());
        StoredValue::new(variables.into_iter().map(propose).collect::<Vec<_>>())
    });
    let keep = move || {
        let named = proposed.get_untracked().with_value(|list| {
            let varying = list.iter().filter(|one| one.varies.get_untracked());
            varying
                .map(|one| Named {
                    value: one.variable.with_value(|variable| variable.value.clone()),
                    name: one.name.get_untracked(),
                })
                .collect()
        });
        let asked = SaveRecipe { name: name.get_untracked(), sets: sets.get_untracked(), variables: Some(named) };
        save.run_then(asked, move |recipe: Recipe| {
            toasts.note(say::history::kept(recipe.name));
            sets.set(Vec::new());
            on_kept.run(());
        });
    };
    let steps = move || {
        let titles = draft.value.with(|draft| {
            let steps = draft.iter().flat_map(|draft| &draft.steps);
            steps.map(|step| shown(&step.title).into_owned()).collect::<Vec<_>>()
        });
        titles.into_iter().map(|title| view! { <li>{title}</li> }).collect_view()
    };
    let variables = move || {
        let list = proposed.get().get_value();
        (!list.is_empty()).then(|| {
            let rows = list.into_iter().map(|proposed| view! { <Row proposed/> }).collect_view();
            view! {
                <fieldset class="recipe-variables">
                    <legend>{say::history::differs()}</legend>
                    {rows}
                </fieldset>
            }
        })
    };
    view! {
        <form on:submit=move |event| { event.prevent_default(); keep() }>
            <Field label=say::history::name() value=name placeholder=say::history::name_example() wrong=wrong(save, "name") autofocus=true/>
            <Loaded query=draft>
                <h3 class="recipe-head">{say::history::what_it_does()}</h3>
                <ol class="recipe-steps">{steps}</ol>
                {variables}
            </Loaded>
            <FormFault act=save fields=&["name"]/>
            <div class="dialog-foot">
                <Button on_click=move |_| sets.set(Vec::new())>{say::history::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=save.busy
                    disabled=Signal::derive(move || draft.value.with(Option::is_none) || name.with(|name| name.trim().is_empty()))
                    on_click=|_| ()>{say::history::keep_it()}</Button>
            </div>
        </form>
    }
}

fn propose(variable: Variable) -> Proposed {
    Proposed {
        varies: RwSignal::new(true),
        name: RwSignal::new(variable.name.clone()),
        variable: StoredValue::new(variable),
    }
}

/// A value that occurs in the steps.
#[component]
fn Row(proposed: Proposed) -> impl IntoView {
    let names = Names::expect();
    let value = memo(move || proposed.variable.with_value(|variable| in_words(variable, names)));
    let label = Signal::derive(move || say::history::ask_each(value.get()));
    view! {
        <div class="recipe-variable">
            <Checkbox checked=proposed.varies label on_change=move |on| proposed.varies.set(on)/>
            <span class="grow cut">{move || value.get()}</span>
            <input type="text" aria-label=move || say::history::what_to_call(value.get()) autocomplete="off"
                disabled=move || !proposed.varies.get()
                prop:value=move || proposed.name.get()
                on:input=move |event| proposed.name.set(event_target_value(&event))/>
        </div>
    }
}
