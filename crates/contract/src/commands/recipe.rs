//! Inputs about recipes.

use serde::{Deserialize, Serialize};

use super::setup::input;
use crate::{ChangeSetId, Given, Named, RecipeId};

input! {
    /// No input.
    ListRecipes {}
    /// Of what to make it.
    DraftRecipe {
        /// What was done, in any order.
        sets: Vec<ChangeSetId>,
    }
    /// Of what to make it, and what to call it.
    SaveRecipe {
        /// Not blank, at most 80 characters, and not that of another recipe.
        name: String,
        /// The change sets of what was done, in any order.
        sets: Vec<ChangeSetId>,
        /// What shall differ from run to run; what `recipe.draft` proposes when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variables: Option<Vec<Named>>,
    }
    /// The new name.
    RenameRecipe {
        /// The recipe.
        id: RecipeId,
        /// Not blank, at most 80 characters, and not that of another recipe.
        name: String,
    }
    /// Which recipe.
    DeleteRecipe {
        /// The recipe.
        id: RecipeId,
    }
    /// What to try, with which values.
    PreviewRecipe {
        /// The recipe.
        id: RecipeId,
        /// One for each variable.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<Given>,
    }
    /// What to run, with which values.
    RunRecipe {
        /// The recipe.
        id: RecipeId,
        /// One for each variable.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<Given>,
    }
}
