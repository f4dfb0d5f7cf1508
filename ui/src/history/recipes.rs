//! What was kept to be done again: run it with other people, places and days, rename it, delete it.

mod keep;
mod run;
mod value;

pub(super) use keep::KeepDialog;

use contract::commands::{DeleteRecipe, ListRecipes, RenameRecipe};
use contract::{Recipe, RecipeId};
use leptos::prelude::*;

use self::run::RunDialog;
use crate::chat::shown;
use crate::parts::{
    Button, ButtonKind, Confirm, Dialog, Each, Empty, Field, Glyph, Icon, IconButton, Loaded, Moment, Show,
};
use crate::say;
use crate::state::{Toasts, effect, memo, use_command, use_query};
use crate::welcome::sign_in::{FormFault, wrong};

/// The list.
#[component]
pub(super) fn Recipes(
    /// Leads to the entries that one can be made of.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let recipes = use_query(|| Some(ListRecipes {}));
    let (running, renaming, deleting) =
        (RwSignal::new(None::<Recipe>), RwSignal::new(None::<Recipe>), RwSignal::new(None::<Recipe>));
    let list = memo(move || recipes.value.get().unwrap_or_default());
    view! {
        <Loaded query=recipes>
            <Show when=move || list.with(|list| !list.is_empty()) fallback=move || view! {
                <Empty glyph=Glyph::ListChecks title=say::history::no_recipe()
                    text=say::history::no_recipe_text()
                    action=say::history::choose_entries() on_action=move |()| on_choose.run(())/>
            }>
                <div class="recipes">
                    <Each each=move || list.get() key=|recipe| (recipe.id, recipe.name.clone(), recipe.used_at) let(recipe)>
                        <RecipeRow recipe running renaming deleting/>
                    </Each>
                </div>
            </Show>
        </Loaded>
        <RunDialog running/>
        <RenameDialog renaming/>
        <Deletion deleting/>
    }
}

#[component]
fn RecipeRow(
    recipe: Recipe,
    running: RwSignal<Option<Recipe>>,
    renaming: RwSignal<Option<Recipe>>,
    deleting: RwSignal<Option<Recipe>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let facts = {
        let count = recipe.steps.len();
        let names: Vec<&str> = recipe.variables.iter().map(|one| one.name.as_str()).collect();
        match names.as_slice() {
            [] => say::history::steps(count),
            names => say::history::StepsAsk { count, names: names.join(", ") }.text(),
        }
    };
    let used = recipe.used_at.map(|at| {
        let (before, after) = say::around(say::history::run_when);
        view! { <small>{before}<Moment at/>{after}</small> }
    });
    let name = shown(&recipe.name).into_owned();
    let recipe = StoredValue::new(recipe);
    let steps = move || {
        recipe.with_value(|recipe| {
            recipe.steps.iter().map(|step| view! { <li>{shown(&step.title).into_owned()}</li> }).collect_view()
        })
    };
    let put = move |into: RwSignal<Option<Recipe>>| into.set(Some(recipe.get_value()));
    view! {
        <article class="entry">
            <div class="entry-line">
                <Icon glyph=Glyph::ListChecks/>
                <button type="button" class="entry-summary" aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)>
                    <span class="cut">{name}</span>
                    <span class="line-fold" class:folded=move || !open.get()><Icon glyph=Glyph::ChevronDown/></span>
                </button>
                <small class="cut recipe-facts">{facts}</small>
                {used}
                <IconButton glyph=Glyph::Pencil label=say::history::rename() on_click=move |_| put(renaming)/>
                <IconButton glyph=Glyph::Trash2 label=say::history::delete() on_click=move |_| put(deleting)/>
                <Button glyph=Glyph::Play on_click=move |_| put(running)>{say::history::run_open()}</Button>
            </div>
            <Show when=move || open.get()><ol class="recipe-steps">{steps}</ol></Show>
        </article>
    }
}

#[component]
fn RenameDialog(renaming: RwSignal<Option<Recipe>>) -> impl IntoView {
    let rename = use_command::<RenameRecipe>().quiet();
    let name = RwSignal::new(String::new());
    effect(move || {
        if let Some(recipe) = renaming.get() {
            rename.fault.set(None);
            name.set(recipe.name);
        }
    });
    let open = Signal::derive(move || renaming.with(Option::is_some));
    let save = move || {
        if let Some(recipe) = renaming.get_untracked() {
            let named = RenameRecipe { id: recipe.id, name: name.get_untracked() };
            rename.run_then(named, move |_| renaming.set(None));
        }
    };
    view! {
        <Dialog open title=say::history::rename_recipe() on_close=move |()| renaming.set(None)>
            <form on:submit=move |event| { event.prevent_default(); save() }>
                <Field label=say::history::name() value=name wrong=wrong(rename, "name") autofocus=true/>
                <FormFault act=rename fields=&["name"]/>
                <div class="dialog-foot">
                    <Button on_click=move |_| renaming.set(None)>{say::history::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=rename.busy on_click=|_| ()>{say::history::rename()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn Deletion(deleting: RwSignal<Option<Recipe>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let delete = use_command::<DeleteRecipe>();
    let open = RwSignal::new(false);
    let asked = StoredValue::new(None::<RecipeId>);
    let name = RwSignal::new(String::new());
    effect(move || {
        if let Some(recipe) = deleting.get() {
            asked.set_value(Some(recipe.id));
            name.set(recipe.name);
            open.set(true);
            deleting.set(None);
        }
    });
    let gone = move |()| {
        if let Some(id) = asked.get_value() {
            delete.run_then(DeleteRecipe { id }, move |()| toasts.note(say::history::deleted()));
        }
    };
    let text = Signal::derive(move || say::history::gone_for_good(name.with(|name| shown(name).into_owned())));
    view! { <Confirm open title=say::history::delete_title() text action=say::history::delete() on_confirm=gone/> }
}
