//! Recipes: what was done before, kept under a name, and done again with other people, places and days.

mod leaves;
mod proposal;
mod values;

use contract::commands::{DeleteRecipe, DraftRecipe, ListRecipes, PreviewRecipe, RenameRecipe, RunRecipe, SaveRecipe};
use contract::{Carried, Fault, Given, Preview, Recipe, RecipeId, Reversible, VariableKind};

use super::plan::{self, Step};
use super::words::name;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};
use crate::trial::Trial;

use proposal::Proposal;

/// Longer names of recipes and of variables are refused.
const NAME: usize = 80;

/// A name as it is kept.
fn named(field: &str, what: &str, text: &str) -> Result<String, Fault> {
    name(field, &format!("The name of {}", what.to_lowercase()), text, NAME).map(str::to_owned)
}

fn taken(name: &str) -> Fault {
    let message = format!("There is a recipe “{name}” already. Choose another name, or delete that one first.");
    Fault::invalid("name", message)
}

/// The line above the steps of a run.
fn heading(recipe: &Recipe) -> String {
    let steps = recipe.steps.len();
    let steps = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
    format!("Ran the recipe “{}”: {steps}", recipe.name)
}

impl Handle<ListRecipes> for Ask<'_> {
    async fn handle(&self, _: ListRecipes) -> Result<Vec<Recipe>, Fault> {
        let store = &self.desk().await?.store;
        let mut recipes = store.recipes().await.into_fault()?;
        let items = recipes.iter_mut().flat_map(|recipe| &mut recipe.variables);
        for item in items.filter(|variable| variable.kind == VariableKind::Item) {
            if let Ok(id) = item.value.parse() {
                item.value = store.resolve_id(id).await.into_fault()?.to_string();
            }
        }
        Ok(recipes)
    }
}

impl Handle<DraftRecipe> for Ask<'_> {
    async fn handle(&self, DraftRecipe { sets }: DraftRecipe) -> Result<Recipe, Fault> {
        let Proposal { steps, variables } = Proposal::of(self, &sets, None).await?;
        let made_at = self.engine.now();
        Ok(Recipe { id: RecipeId::default(), name: String::new(), steps, variables, made_at, used_at: None })
    }
}

impl Handle<SaveRecipe> for Ask<'_> {
    async fn handle(&self, input: SaveRecipe) -> Result<Recipe, Fault> {
        let name = named("name", "A recipe", &input.name)?;
        let Proposal { steps, variables } = Proposal::of(self, &input.sets, input.variables.as_deref()).await?;
        let desk = self.desk().await?;
        if let Some(trial) = self.trial {
            let folded = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
            let there = desk.store.recipes().await.into_fault()?;
            if there.iter().any(|recipe| folded(&recipe.name) == folded(&name)) {
                return Err(taken(&name));
            }
            return Err(trial.over(Preview {
                summary: format!("Kept the recipe “{name}”"),
                steps: steps.into_iter().map(|step| step.title).collect(),
                reversible: Some(Reversible::Undoable),
                ..Preview::default()
            }));
        }
        desk.store.add_recipe(&name, &steps, &variables).await.into_fault()?.ok_or_else(|| taken(&name))
    }
}

impl Handle<RenameRecipe> for Ask<'_> {
    async fn handle(&self, RenameRecipe { id, name }: RenameRecipe) -> Result<Recipe, Fault> {
        let name = named("name", "A recipe", &name)?;
        let renamed = self.desk().await?.store.rename_recipe(id, &name).await.into_fault()?;
        renamed.ok_or_else(|| taken(&name))
    }
}

impl Handle<DeleteRecipe> for Ask<'_> {
    async fn handle(&self, DeleteRecipe { id }: DeleteRecipe) -> Result<(), Fault> {
        self.desk().await?.store.delete_recipe(id).await.into_fault()
    }
}

impl Handle<PreviewRecipe> for Ask<'_> {
    async fn handle(&self, PreviewRecipe { id, values }: PreviewRecipe) -> Result<Preview, Fault> {
        let (recipe, steps) = self.recipe(id, &values).await?;
        let trial = Trial::default();
        match plan::rehearse(self, &trial, Vec::new(), &steps).await {
            Ok(_) => {
                trial.called(heading(&recipe));
                trial.preview(Ok(())).await
            }
            Err(fault) => Ok(Preview { refusal: Some(fault.message), ..Preview::default() }),
        }
    }
}

impl Handle<RunRecipe> for Ask<'_> {
    async fn handle(&self, RunRecipe { id, values }: RunRecipe) -> Result<Carried, Fault> {
        let (recipe, steps) = self.recipe(id, &values).await?;
        if let Some(trial) = self.trial {
            plan::rehearse(self, trial, Vec::new(), &steps).await?;
            trial.called(heading(&recipe));
            return Ok(Carried::default());
        }
        let trial = Trial::default();
        let words = plan::rehearse(self, &trial, Vec::new(), &steps).await?;
        trial.forget().await?;
        let carried = plan::perform(self, Vec::new(), &steps, words).await?;
        self.desk().await?.store.recipe_used(id).await.into_fault()?;
        Ok(carried)
    }
}

impl Ask<'_> {
    /// The recipe, and its steps with these values in them.
    async fn recipe(&self, id: RecipeId, values: &[Given]) -> Result<(Recipe, Vec<Step>), Fault> {
        let recipe = self.desk().await?.store.recipe(id).await.into_fault()?;
        let steps = values::filled(self, &recipe, values).await?;
        plan::permit(self, &steps).await?;
        Ok((recipe, steps))
    }
}
