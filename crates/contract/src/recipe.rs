//! Recipes: what was done before, kept under a name to be done again with other people, places and days.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ChangeSetId, RecipeId};

/// What was done before, kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recipe {
    /// The recipe; 0 for one that is only proposed.
    pub id: RecipeId,
    /// What it is called; empty for one that is only proposed.
    pub name: String,
    /// What is done, in this order. They never change.
    pub steps: Vec<RecipeStep>,
    /// What differs from run to run.
    pub variables: Vec<Variable>,
    /// When it was kept.
    pub made_at: Timestamp,
    /// When it was last run.
    pub used_at: Option<Timestamp>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecipeStep {
    /// The command.
    pub command: String,
    /// What it did when it was kept, in a few words.
    pub title: String,
    /// Its input as JSON text. In it `{"$made": n}` stands for the id of what step n made, counted from 0;
    /// `{"$made": n, "tool": "kanban_board"}` for that tool of the project that step n made; and `{"$variable": "name"}` for
    /// the value of a variable.
    pub input: String,
}

/// What differs from run to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variable {
    /// What it is called; each name stands once.
    pub name: String,
    /// What its values are.
    pub kind: VariableKind,
    /// Its value as it was when the recipe was kept: an id, a text, or a day as `+3`, in days from the day of the run.
    pub value: String,
}

/// What the values of a variable are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VariableKind {
    /// Words.
    Text,
    /// A day: `2026-11-24`, or `+3` for so many days from the day of the run.
    Day,
    /// A person's id.
    Person,
    /// A project's id.
    Project,
    /// The id of anything in a project.
    Item,
}

/// A value that shall differ from run to run, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The value as it stands in the steps: an id, a day, or a whole text.
    pub value: String,
    /// The variable's name.
    pub name: String,
}

/// A variable's value for one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The variable.
    pub name: String,
    /// An id, a day (`2026-11-24`, or `+3` for days from today), or words.
    pub value: String,
}

/// What became of several steps that were carried out one after another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Carried {
    /// What can be undone, oldest first; undo the newest first.
    pub sets: Vec<ChangeSetId>,
    /// What was done, in the words of the steps.
    pub done: Vec<String>,
    /// What was not done.
    pub undone: Vec<String>,
    /// Why it stopped, when it did; what was done before stays.
    pub why: Option<String>,
}
