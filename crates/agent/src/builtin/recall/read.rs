//! Reading a memory: a few forms of sentences, each of which means one thing. Whatever fits none of them means nothing here.

use contract::{PersonId, ProjectId};

use super::Meaning;
use crate::builtin::asked::{names_a_role, phrase, trimmed, without};
use crate::builtin::names::{Fit, best};
use crate::builtin::pattern::fits;
use crate::builtin::words::{Word, Words, is_any, number};
use crate::world::World;

/// Another name has at most so many words.
const LONGEST_ALIAS: usize = 4;
/// Words that requests are made of: they name nobody.
const PLAIN: &str = "all|any|every|each|everything|everyone|everybody|anyone|nobody|someone|it|this|that|these|those|them|me|my|mine|i|\
    you|we|us|her|him|they|she|he|his|their|what|who|whom|which|when|where|why|how|today|tomorrow|yesterday|week|month|here|there|task|\
    tasks|to-do|to-dos|card|cards|list|lists|project|projects|work|overdue|late|due|done|open|blocked|unassigned|undo|yes|no|not|and|or|\
    to|in|on|for|of|with|by|from|the|a|an|is|are";
/// So many rows are a short list.
const SHORT: usize = 5;

/// Forms in which a name is given on purpose; what is named may be missing.
const MEANS: &[&str] = &[
    "when|if|whenever i say|write {alias} i mean {name}",
    "by|with {alias} i mean {name}",
    "{alias} is short for {name}",
    "{alias} stands|is for {name}",
    "{alias} refers to {name}",
    "{alias} means {name}",
];
/// Forms that say other things too: what is named must be there, or be called like a person of some trade.
const IS: &[&str] = &["our|my|the {alias} is [called] {name}", "{name} is our|my|the {alias}"];

pub(super) fn meaning(text: &str, world: &World) -> Option<Meaning> {
    let words = Words::of(text);
    let core = without(trimmed(words.list()), "remember|that", "");
    short(core)
        .or_else(|| mine(&words, core, world))
        .or_else(|| report(core, world))
        .or_else(|| alias(&words, core, world, MEANS, true))
        .or_else(|| alias(&words, core, world, IS, false))
}

fn alias(words: &Words, core: &[Word], world: &World, patterns: &[&'static str], on_purpose: bool) -> Option<Meaning> {
    let mut missing = None;
    for gaps in fits(core, patterns) {
        let alias = phrase(without(gaps.get("alias"), "our|the|my|a|an", "project|projects"));
        let name = without(gaps.get("name"), "the|our|project", "project");
        let plain = alias.iter().all(|word| is_any(word, PLAIN));
        if plain || alias.len() > LONGEST_ALIAS || name.is_empty() {
            continue;
        }
        if let Some(person) = person(name, world) {
            return Some(Meaning::Person(alias, person));
        }
        if let Some(project) = project(name, world) {
            return Some(Meaning::Project(alias, project));
        }
        let trade = alias.last().is_some_and(|word| names_a_role(word)) && name.iter().all(|word| word.capital);
        if missing.is_none() && (on_purpose || trade) {
            missing = Some(Meaning::Nothing(alias, words.written(name)));
        }
    }
    missing
}

/// Who is called so, when it is one and every word stands in their name.
fn person(name: &[Word], world: &World) -> Option<PersonId> {
    match best(&phrase(name), world.people.iter(), |person| person.name.as_str()) {
        (Some(Fit::Exact | Fit::Whole), found) => match found.as_slice() {
            [one] => Some(one.id),
            _ => None,
        },
        (Some(Fit::Beginning | Fit::Nearly) | None, _) => None,
    }
}

/// The project that is called so, likewise.
fn project(name: &[Word], world: &World) -> Option<ProjectId> {
    let name = without(name, "the|our|my", "project");
    match best(&phrase(name), world.projects.iter(), |project| project.name.as_str()) {
        (Some(Fit::Exact | Fit::Whole), found) => match found.as_slice() {
            [one] => Some(one.id),
            _ => None,
        },
        (Some(Fit::Beginning | Fit::Nearly) | None, _) => None,
    }
}

fn short(core: &[Word]) -> Option<Meaning> {
    let patterns = &[
        "i [always] prefer|like|want|love short|brief|concise|shorter answers|lists|replies",
        "i [always] prefer|like|want|love my answers|lists|replies short|brief|concise",
        "i [always] prefer|like|want|love answers|lists|replies short|brief|concise",
        "keep [the|your|my] answers|lists|replies|it short|brief|concise",
        "[give] [me] short|brief|concise answers|lists|replies",
        "answer briefly",
        "[i] [prefer|like|want] [show] [me] [lists] [of] [at] [no] most|more|than [than] {n} rows|row|items|item|lines|line|things|tasks [in] [a|each] [list]",
        "[i] [prefer|like|want] [keep] lists of [at] [most] {n} [rows|row|items|item|lines|line|things|tasks]",
    ];
    fits(core, patterns).iter().find_map(|gaps| match gaps.get("n") {
        [] => Some(Meaning::Short(SHORT)),
        [one] => {
            let most = number(&one.text).and_then(|most| usize::try_from(most).ok());
            most.filter(|most| (1..=50).contains(most)).map(Meaning::Short)
        }
        _ => None,
    })
}

fn mine(words: &Words, core: &[Word], world: &World) -> Option<Meaning> {
    let patterns = &[
        "my projects are {names}",
        "my project is {names}",
        "{names} are my projects",
        "{names} is my project",
        "i [only] work|am on|working on {names}",
        "i [only] work on {names}",
        "i run|lead|manage|own {names}",
        "i am responsible for {names}",
    ];
    for gaps in fits(core, patterns) {
        let (mut projects, mut unknown) = (Vec::new(), Vec::new());
        for name in listed(gaps.get("names")) {
            match project(name, world) {
                Some(project) => projects.push(project),
                None => unknown.push(words.written(without(name, "the|our|my", ""))),
            }
        }
        if !projects.is_empty() {
            return Some(Meaning::Mine(projects, unknown));
        }
    }
    None
}

fn report(core: &[Word], world: &World) -> Option<Meaning> {
    let patterns = &[
        "[the|our|my] week|weekly|week's report|retrospective|retro|summary goes|is|go to|for {name}",
        "[the|our|my] weekly report|retrospective|retro|summary goes|is sent to {name}",
        "[always] send|give|write [the|our|my] week|weekly report|retrospective|retro|summary to|for {name}",
        "{name} gets|receives [the|our|my] week|weekly report|retrospective|retro|summary",
    ];
    fits(core, patterns).iter().find_map(|gaps| person(gaps.get("name"), world)).map(Meaning::ReportTo)
}

/// “a, b and c”, name by name.
fn listed(words: &[Word]) -> Vec<&[Word]> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        let and = !word.quoted && is_any(&word.text, "and");
        if and || word.comma || at + 1 == words.len() {
            let end = if and { at } else { at + 1 };
            parts.extend(words.get(from..end).filter(|part| !part.is_empty()));
            from = at + 1;
        }
    }
    parts
}
