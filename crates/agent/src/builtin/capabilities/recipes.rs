//! Recipes: what was done is kept under a name, and done again with other people, projects and days.

mod run;
mod save;

use contract::commands::ListRecipes;
use contract::{Recipe, Variable, VariableKind};

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, look_up};
use crate::world::World;

pub(super) const SAVE: Capability = Capability {
    name: "keep what was done as a recipe",
    examples: &[
        "Save what you just did as a recipe called weekly setup",
        "Save my last three changes as a recipe called weekly setup",
    ],
    writes: true,
    read: save::read,
};
pub(super) const RUN: Capability = Capability {
    name: "run a recipe",
    examples: &["Run weekly setup for the website project", "Run weekly setup with person = Priya and day = Friday"],
    writes: true,
    read: run::read,
};
pub(super) const LIST: Capability =
    Capability { name: "list the recipes", examples: &["What recipes do I have?"], writes: false, read: list };

fn list<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what|which recipes do|have i|we|you have|got|know",
        "what|which recipes are there|saved|kept",
        "what recipes have i|we|you saved|kept|got",
        "show|list [me] [my|our|the|all|your] [saved] recipes",
        "do|have i|we|you have|got any recipes",
        "are there [any] recipes",
        "how many recipes do|are i|we|there [have]",
        "my recipes",
        "recipes",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    let world = asked.world;
    Some(look_up("I’ll look at the recipes.", ListRecipes {}, move |_, recipes: Vec<Recipe>| {
        if recipes.is_empty() {
            return "There is no recipe yet. Do something, then say “Save what you just did as a recipe called …”."
                .to_owned();
        }
        let lines: Vec<String> = recipes.iter().map(|recipe| line(recipe, world)).collect();
        format!("There are **{}**:\n\n{}", compose::count(lines.len(), "recipe", "recipes"), compose::list(&lines))
            .replacen("There are **1 ", "There is **1 ", 1)
    }))
}

/// A recipe in a line: its name, how many steps it has, and what differs from run to run.
fn line(recipe: &Recipe, world: &World) -> String {
    let steps = compose::count(recipe.steps.len(), "step", "steps");
    let variables: Vec<String> = recipe.variables.iter().map(|variable| told(variable, world)).collect();
    let with = if variables.is_empty() { String::new() } else { format!(" · with {}", compose::join(&variables)) };
    format!("**{}** – {steps}{with}", compose::plain(&recipe.name))
}

/// A variable with its value: “person (Priya Raman)”.
fn told(variable: &Variable, world: &World) -> String {
    format!("{} ({})", compose::plain(&variable.name), value(variable.kind, &variable.value, world))
}

/// A value as a person reads it.
fn value(kind: VariableKind, value: &str, world: &World) -> String {
    let unknown = || compose::plain(value);
    match kind {
        VariableKind::Text => format!("“{}”", compose::plain(&compose::clip(value, 60))),
        VariableKind::Day => match (value.strip_prefix('+'), value.parse::<jiff::civil::Date>()) {
            (Some("0"), _) => "the day of the run".to_owned(),
            (Some("1"), _) => "1 day after the run".to_owned(),
            (Some(days), _) => format!("{} days after the run", compose::plain(days)),
            (None, Ok(day)) => crate::builtin::dates::seen(day, world.now.date()),
            (None, Err(_)) => unknown(),
        },
        VariableKind::Person => {
            value.parse().map_or_else(|_| unknown(), |id| compose::person(world, contract::PersonId(id)))
        }
        VariableKind::Project => {
            value.parse().map_or_else(|_| unknown(), |id| compose::project(world, contract::ProjectId(id)))
        }
        VariableKind::Item => {
            let place = world.places.iter().find(|place| value.parse() == Ok(place.id.0));
            place.map_or_else(unknown, |place| compose::item(place.id, &place.title))
        }
    }
}
