//! Keeping what was done as a recipe: what the assistant did last in this conversation, or the last changes of the person.

use contract::commands::{History, ListHistory, SaveRecipe};
use contract::{ChangeSetId, HistoryEntry, Recipe, SetState};

use crate::builtin::asked::Asked;
use crate::builtin::capabilities::undo;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::{Gaps, fits};
use crate::builtin::plan::{Next, Plan, Scene, answer, sentence, sorry};
use crate::builtin::words::{Word, number};

/// So many changes can be kept in one recipe.
const MOST: usize = 50;

const YOURS: &[&str] = &[
    "save|keep|store|remember what you [just] did|changed as [a|the] [new] recipe [called|named|:] {name}",
    "save|keep|store|remember what you [just] did|changed as [a|the] [new] recipe",
    "save|keep|store that|this|it|those|these as [a|the] [new] recipe [called|named|:] {name}",
    "save|keep|store that|this|it|those|these as [a|the] [new] recipe",
    "make|create [a] recipe [called|named] {name} from|of what you [just] did|changed",
    "make|create [a] recipe from|of what you [just] did|changed",
    "save|keep|store your last {n} changes|things|steps|edits as [a|the] [new] [recipe] [called|named|:] {name}",
];
const MINE: &[&str] = &[
    "save|keep|store my|the last {n} changes|things|steps|edits as [a|the] [new] recipe [called|named|:] {name}",
    "save|keep|store my|the last {n} changes|things|steps|edits as [a|the] [new] recipe",
    "save|keep|store my|the last {n} changes|things|steps|edits as {name}",
    "save|keep|store my|the last change|thing|step|edit as [a|the] [new] recipe [called|named|:] {name}",
    "save|keep|store my|the last change|thing|step|edit as [a|the] [new] recipe",
    "save|keep|store what i [just] did|changed as [a|the] [new] recipe [called|named|:] {name}",
    "save|keep|store what i [just] did|changed as [a|the] [new] recipe",
    "make|create [a] recipe [called|named] {name} from|of my|the last {n} changes|things|steps|edits",
    "make|create [a] recipe from|of my|the last {n} changes|things|steps|edits",
];

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let (yours, mine) = (fits(words, YOURS), fits(words, MINE));
    let (gaps, own) = yours.first().map(|gaps| (gaps, false)).or_else(|| mine.first().map(|gaps| (gaps, true)))?;
    let many = match many(gaps) {
        Ok(many) => many,
        Err(text) => return Some(answer(text)),
    };
    let name = match (gaps.get("name"), asked.answer(Slot::Title)) {
        ([], Some(given)) => given.words.written(given.words.list()),
        ([], None) => return Some(answer(followup::question(Slot::Title, "", &[]))),
        (name, _) => asked.words.written(name),
    };
    if own {
        let whose = if words.iter().any(|word: &Word| word.text == "the") { Whose::All } else { Whose::Mine };
        return Some(of_history(name, many.unwrap_or(1), whose));
    }
    let mut sets = undo::last_sets(asked.past);
    if let Some(many) = many {
        sets.truncate(many);
    }
    if sets.is_empty() {
        return Some(answer(
            "I have changed nothing in this conversation that could be kept. To keep what you did yourself, say “Save my last \
             three changes as a recipe called …”.",
        ));
    }
    Some(Box::new(move |scene| saved(scene, &name, &sets, 0)))
}

/// Whose changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Mine,
    All,
}

/// How many changes are meant. The error says what is wrong.
fn many(gaps: &Gaps<'_>) -> Result<Option<usize>, String> {
    match gaps.get("n") {
        [] => Ok(None),
        [one] => {
            let many = number(&one.text).and_then(|many| usize::try_from(many).ok());
            let many = many.filter(|many| (1..=MOST).contains(many));
            many.map(Some).ok_or_else(|| format!("I can keep 1 to {MOST} changes as a recipe. Nothing was changed."))
        }
        _ => Err(format!("How many changes? I can keep 1 to {MOST} as a recipe. Nothing was changed.")),
    }
}

fn of_history<'a>(name: String, many: usize, whose: Whose) -> Plan<'a> {
    Box::new(move |scene| {
        let Some(done) = scene.only(0) else {
            return Next::one("I’ll look at what was done last.", &ListHistory { before: None, limit: Some(500) });
        };
        let Some(entries) = done.reply::<History>() else { return Next::Say(sorry(done)) };
        let fitting = |entry: &&HistoryEntry| {
            entry.state == SetState::Done
                && (entry.who == "person" || (whose == Whose::All && entry.who.starts_with("agent")))
        };
        let sets: Vec<ChangeSetId> = entries.iter().filter(fitting).take(many).map(|entry| entry.set).collect();
        if sets.len() < many {
            let there = if sets.is_empty() { "none".to_owned() } else { format!("only {}", sets.len()) };
            let who = if whose == Whose::Mine { "of yours" } else { "of ours" };
            return Next::say(format!(
                "Of the changes {who} here there is {there} that is not undone. Nothing was changed."
            ));
        }
        saved(scene, &name, &sets, 1)
    })
}

fn saved(scene: &Scene<'_>, name: &str, sets: &[ChangeSetId], step: usize) -> Next {
    let Some(done) = scene.only(step) else {
        let number = compose::count(sets.len(), "change", "changes");
        let say = format!("I’ll keep {number} as the recipe “{}”.", compose::plain(name));
        return Next::one(say, &SaveRecipe { name: name.to_owned(), sets: sets.to_vec(), variables: None });
    };
    Next::Say(match (done.reply::<Recipe>(), done.failure()) {
        (Some(recipe), _) => told(&recipe, scene),
        (None, Some(_)) if done.was_denied() => "You said no. Nothing was changed.".to_owned(),
        (None, Some(why)) => format!("It was not kept: {} Nothing was changed.", sentence(why)),
        (None, None) => "It was kept, but I cannot read as what.".to_owned(),
    })
}

fn told(recipe: &Recipe, scene: &Scene<'_>) -> String {
    let name = compose::plain(&recipe.name);
    let steps: Vec<String> = recipe.steps.iter().map(|step| compose::plain(&step.title)).collect();
    let head = format!("Kept as the recipe “{name}” with **{}**", compose::count(steps.len(), "step", "steps"));
    let variables: Vec<String> = recipe.variables.iter().map(|one| super::told(one, scene.world)).collect();
    let run = match recipe.variables.first() {
        None => format!("Say “Run {name}” to do it again."),
        Some(first) => format!(
            "From run to run these may differ: {}. Say “Run {name} with {} = …” to do it again.",
            compose::join(&variables),
            compose::plain(&first.name)
        ),
    };
    format!("{head}:\n\n{}\n\n{run}", compose::list(&steps))
}
