//! Running a recipe: its name first, then what its variables are this time. What is not said stays as it was kept, and the card
//! shows all of it.

use contract::commands::{ListRecipes, Recipes, RunRecipe};
use contract::{Carried, Given, Recipe, Variable, VariableKind};

use super::value;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Lean};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene, sentence, sorry};
use crate::builtin::words::{Word, is_any, name_words};

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "run|apply|repeat|execute [the|my|our] recipe [called|named] {all}",
        "use|do [the|my|our] recipe [called|named] {all}",
        "run|apply|repeat|execute [the|my|our] {all}",
    ];
    let fits = fits(asked.core(), patterns);
    let all: Vec<Word> = fits.first()?.get("all").to_vec();
    let asked = asked.clone();
    Some(Box::new(move |scene| {
        let Some(done) = scene.only(0) else { return Next::one("I’ll look at the recipes.", &ListRecipes {}) };
        let Some(recipes) = done.reply::<Recipes>() else { return Next::Say(sorry(done)) };
        let Some((recipe, rest)) = named(&recipes, &all) else { return Next::Say(unknown(&asked, &recipes, &all)) };
        match values(&asked, recipe, rest) {
            Ok(values) => ran(scene, recipe, values),
            Err(problem) => Next::Say(problem),
        }
    }))
}

/// The recipe whose name begins the words, the longest of them, and what follows.
fn named<'r, 'w>(recipes: &'r [Recipe], words: &'w [Word]) -> Option<(&'r Recipe, &'w [Word])> {
    let begins = |recipe: &Recipe| {
        let name = name_words(&recipe.name);
        (1..=words.len()).find(|len| {
            let said = words.get(..*len).unwrap_or(&[]);
            said.iter().flat_map(|word| name_words(&word.text)).collect::<Vec<_>>() == name
        })
    };
    let found = recipes.iter().filter_map(|recipe| begins(recipe).map(|len| (recipe, len)));
    let (recipe, len) = found.max_by_key(|(_, len)| *len)?;
    let rest = words.get(len..).unwrap_or(&[]);
    let rest = if rest.first().is_some_and(|word| word.text == "recipe") { rest.get(1..).unwrap_or(&[]) } else { rest };
    Some((recipe, rest))
}

fn unknown(asked: &Asked<'_>, recipes: &[Recipe], words: &[Word]) -> String {
    let said = compose::plain(&asked.words.written(words));
    if recipes.is_empty() {
        return format!("There is no recipe yet, so none called “{said}”. Nothing was changed.");
    }
    let names: Vec<String> = recipes.iter().map(|recipe| format!("“{}”", compose::plain(&recipe.name))).collect();
    format!("I know no recipe that “{said}” begins with. There are {}. Nothing was changed.", compose::join(&names))
}

/// A value for each variable: what is said, or as it was kept.
fn values(asked: &Asked<'_>, recipe: &Recipe, words: &[Word]) -> Result<Vec<Given>, String> {
    let mut said: Vec<Given> = Vec::new();
    let mut give = |variable: &Variable, value: String| {
        let name = compose::plain(&variable.name);
        if said.iter().any(|given| given.name == variable.name) {
            return Err(format!("You gave {name} two values. Which one? Nothing was changed."));
        }
        said.push(Given { name: variable.name.clone(), value });
        Ok(())
    };
    for clause in clauses(words) {
        let equals = clause.iter().position(|word| !word.quoted && is_any(&word.text, "=|:"));
        match equals.and_then(|at| Some((clause.get(..at)?, clause.get(at + 1..)?))) {
            Some((name, words)) => {
                let variable = called(asked, recipe, name)?;
                give(variable, meant(asked, variable, words)?)?;
            }
            None => {
                let (variable, value) = fitting(asked, recipe, clause)?;
                give(variable, value)?;
            }
        }
    }
    let kept = |variable: &Variable| Given { name: variable.name.clone(), value: variable.value.clone() };
    let all = recipe.variables.iter().map(|variable| {
        said.iter().find(|given| given.name == variable.name).cloned().unwrap_or_else(|| kept(variable))
    });
    Ok(all.collect())
}

/// “for the website project”, “with person = Ana”, “day = Friday”: clause by clause, without what joins them.
fn clauses(words: &[Word]) -> Vec<&[Word]> {
    let is = |word: &Word, any: &str| !word.quoted && is_any(&word.text, any);
    let mut clauses: Vec<&[Word]> = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        let joint = is(word, "with|where|and|using") || (at > from && is(word, "for|in|on|by"));
        let ends = at + 1 == words.len();
        if joint || word.comma || ends {
            let end = if joint { at } else { at + 1 };
            clauses.extend(words.get(from..end).filter(|clause| !clause.is_empty()));
            from = if is(word, "for|in|on|by") && joint { at } else { at + 1 };
        }
    }
    clauses
        .iter()
        .map(|clause| {
            if clause.len() > 1 && clause.first().is_some_and(|word| is(word, "for|in|on|by|to")) {
                clause.get(1..).unwrap_or(clause)
            } else {
                clause
            }
        })
        .collect()
}

/// The variable that is called so.
fn called<'r>(asked: &Asked<'_>, recipe: &'r Recipe, words: &[Word]) -> Result<&'r Variable, String> {
    let said: Vec<String> = words.iter().flat_map(|word| name_words(&word.text)).collect();
    recipe.variables.iter().find(|variable| name_words(&variable.name) == said).ok_or_else(|| {
        let names: Vec<String> = recipe.variables.iter().map(|variable| compose::plain(&variable.name)).collect();
        let has = if names.is_empty() { "It has none".to_owned() } else { format!("It has {}", compose::join(&names)) };
        let (name, said) = (compose::plain(&recipe.name), compose::plain(&asked.words.written(words)));
        format!("“{name}” has no variable “{said}”. {has}. Nothing was changed.")
    })
}

/// The one variable that words without a name can be the value of, and the value.
fn fitting<'r>(asked: &Asked<'_>, recipe: &'r Recipe, words: &[Word]) -> Result<(&'r Variable, String), String> {
    let fits = recipe.variables.iter().filter(|variable| variable.kind != VariableKind::Text);
    let mut fits = fits.filter_map(|variable| meant(asked, variable, words).ok().map(|value| (variable, value)));
    let said = compose::plain(&asked.words.written(words));
    match (fits.next(), fits.next()) {
        (Some(one), None) => Ok(one),
        (Some((one, _)), Some((other, _))) => Err(format!(
            "“{said}” can be {} or {}. Say which, as in “with {} = {said}”. Nothing was changed.",
            compose::plain(&one.name),
            compose::plain(&other.name),
            compose::plain(&one.name)
        )),
        (None, _) => {
            let name = compose::plain(&recipe.name);
            Err(format!("I cannot tell what “{said}” is in “{name}”. {} Nothing was changed.", ask(recipe)))
        }
    }
}

fn ask(recipe: &Recipe) -> String {
    let names: Vec<String> =
        recipe.variables.iter().map(|variable| format!("{} = …", compose::plain(&variable.name))).collect();
    if names.is_empty() {
        "It has no variables.".to_owned()
    } else {
        format!("Say “with {}”.", compose::join(&names))
    }
}

/// The value that the words mean for a variable. The error is a question or a sentence.
fn meant(asked: &Asked<'_>, variable: &Variable, words: &[Word]) -> Result<String, String> {
    let said = compose::plain(&asked.words.written(words));
    let nobody =
        || format!("I know nothing called “{said}” for {}. Nothing was changed.", compose::plain(&variable.name));
    if words.is_empty() {
        return Err(format!("What is {} this time? Nothing was changed.", compose::plain(&variable.name)));
    }
    match variable.kind {
        VariableKind::Text => Ok(asked.words.written(words)),
        VariableKind::Day => match dates::whole(words, &asked.calendar(), Lean::Ahead) {
            Ok(period) => period.only().map(|day| day.to_string()).ok_or_else(nobody),
            Err(trouble) => Err(dates::explain(&trouble, &said)),
        },
        VariableKind::Person => match asked.person(words) {
            Meant::One(person) => Ok(person.to_string()),
            Meant::Several(several) => Err(asked.which_person(&several)),
            Meant::Nothing => Err(nobody()),
        },
        VariableKind::Project => match asked.project(words) {
            Meant::One(project) => Ok(project.to_string()),
            Meant::Several(several) => Err(asked.which_project(&several)),
            Meant::Nothing => Err(nobody()),
        },
        VariableKind::Item => match asked.places(words, None, |_| true).as_slice() {
            [one] => Ok(one.id.to_string()),
            [] => Err(nobody()),
            several => Err(crate::builtin::followup::question(
                crate::builtin::followup::Slot::Which,
                "",
                &super::super::change::options(several, asked.world),
            )),
        },
    }
}

fn ran(scene: &Scene<'_>, recipe: &Recipe, values: Vec<Given>) -> Next {
    let name = compose::plain(&recipe.name);
    let Some(done) = scene.only(1) else {
        let with: Vec<String> = recipe
            .variables
            .iter()
            .zip(&values)
            .map(|(variable, given)| {
                format!("{} = {}", compose::plain(&variable.name), value(variable.kind, &given.value, scene.world))
            })
            .collect();
        let with = if with.is_empty() { String::new() } else { format!(" with {}", compose::join(&with)) };
        return Next::one(format!("I’ll run “{name}”{with}."), &RunRecipe { id: recipe.id, values });
    };
    Next::Say(match (done.reply::<Carried>(), done.failure()) {
        (Some(carried), _) => compose::carried(&format!("Ran “{name}”"), &carried),
        (None, Some(_)) if done.was_denied() => "You said no. Nothing was changed.".to_owned(),
        (None, Some(why)) => format!("“{name}” was not run: {} Nothing was changed.", sentence(why)),
        (None, None) => format!("“{name}” was run, but it told nothing that I can read."),
    })
}
