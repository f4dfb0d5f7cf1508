//! Who does it: “give Ana’s overdue tasks to Ben”, “unassign …”, “take Ana off …”.

use contract::PersonId;

use super::act::{Act, People};
use super::{change, why};
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::filter;
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer};
use crate::builtin::target::Sort;
use crate::builtin::words::{Word, is_any};

const TO: &[&str] = &[
    "reassign {item} from {from} to {who}",
    "assign|reassign|give|hand|delegate|pass|transfer {item} [over] to {who}",
    "move {item} from {from} to {who}",
    "move|shift {item} to {who}",
    "make {who} responsible for {item}",
    "put {who} in charge of {item}",
    "let {who} do|take|handle {item}",
];
const TURNED: &[&str] = &["assign {who} to {item}", "give {who} {item}"];
const WITH: &[&str] = &["add {who} to {item}", "put {who} on {item}"];
const WITHOUT: &[&str] = &[
    "unassign|remove {who} from {item}",
    "take {who} off {item}",
    "take {item} away from {who}",
    "take {item} off {who}",
];
const NOBODY: &[&str] = &[
    "unassign {item}",
    "assign|give {item} to nobody|noone",
    "assign {item} to no one",
    "remove|clear [the] assignee|assignees|owner of|from|on {item}",
    "remove everyone|everybody from {item}",
];
const OPEN: &[&str] = &["assign|reassign|delegate {item}"];

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let (words, reason) = why::split(asked, asked.core());
    let (item, people) = match found(asked, words)? {
        Ok(found) => found,
        Err(problem) => return Some(answer(problem)),
    };
    match reason {
        Ok(comment) => Some(change(asked, item, Act::Assign(people), comment, Sort::Open)),
        Err(question) => Some(answer(question)),
    }
}

type Found<'w> = Result<(&'w [Word], People), String>;

fn found<'w>(asked: &Asked<'_>, words: &'w [Word]) -> Option<Found<'w>> {
    let first = words.first().map_or("", |word| word.text.as_str());
    if let Some(gaps) = fits(words, NOBODY).first() {
        let item = gaps.get("item");
        let names_someone = item.iter().any(|word| word.text == "from");
        if !names_someone {
            return Some(Ok((item, People::Only(Vec::new()))));
        }
    }
    for gaps in fits(words, WITHOUT) {
        if let Some(who) = somebody(asked, gaps.get("who")) {
            return Some(who.map(|who| (gaps.get("item"), People::Without(who))));
        }
    }
    for gaps in fits(words, WITH) {
        if let Some(who) = somebody(asked, gaps.get("who")) {
            return Some(who.map(|who| (gaps.get("item"), People::With(who))));
        }
    }
    for gaps in fits(words, TO) {
        let item = gaps.get("item");
        let Some(who) = several(asked, gaps.get("who")) else { continue };
        let from = match gaps.has("from").then(|| somebody(asked, gaps.get("from"))) {
            None => owner(asked, item),
            Some(Some(Ok(from))) => Some(from),
            Some(Some(Err(question))) => return Some(Err(question)),
            Some(None) => continue,
        };
        return Some(who.map(|who| match (from, who.as_slice()) {
            (Some(from), [to]) if from != *to => (item, People::Instead(from, *to)),
            _ => (item, People::Only(who)),
        }));
    }
    for gaps in fits(words, TURNED) {
        // “Give me …” asks to be told.
        if gaps.get("who").first().is_some_and(|word| is_any(&word.text, "me|us")) {
            continue;
        }
        if let Some(who) = several(asked, gaps.get("who")) {
            return Some(who.map(|who| (gaps.get("item"), People::Only(who))));
        }
    }
    if !is_any(first, "assign|reassign|delegate") {
        return None;
    }
    let fits = fits(words, OPEN);
    let gaps = fits.first()?;
    // “assign X to Zoltan”: somebody is named whom nobody is called.
    let to = gaps.get("item").iter().rposition(|word| !word.quoted && word.text == "to");
    let (item, named) = match to.and_then(|at| gaps.get("item").split_at_checked(at)) {
        Some((item, named)) if !item.is_empty() => (item, named.get(1..).unwrap_or(&[])),
        Some(_) | None => (gaps.get("item"), &[][..]),
    };
    if let Some(given) = asked.answer(Slot::Person) {
        let who = several(asked, followup::without_lead(given.words.list()))?;
        return Some(who.map(|who| (item, People::Only(who))));
    }
    let told = if named.is_empty() {
        String::new()
    } else {
        format!("I know nobody called “{}”.", compose::plain(&asked.words.written(named)))
    };
    Some(Err(followup::question(Slot::Person, &told, &[])))
}

/// Whose tasks the words describe: “Ana’s overdue tasks” are taken from Ana alone.
fn owner(asked: &Asked<'_>, item: &[Word]) -> Option<PersonId> {
    let described = item.first().is_some_and(|word| {
        word.owns || is_any(&word.text, "everything|all|her|his|their|my|every|each|what|our|the|overdue")
    });
    if !described || item.iter().any(|word| word.quoted) {
        return None;
    }
    filter::read(asked, item).ok().filter(|filter| !filter.is_open()).and_then(|filter| filter.person)
}

/// The person that the words name; a question when they name several; `None` when nobody.
fn somebody(asked: &Asked<'_>, words: &[Word]) -> Option<Result<PersonId, String>> {
    match asked.person(words) {
        Meant::One(person) => Some(Ok(person)),
        Meant::Several(people) => Some(Err(asked.which_person(&people))),
        Meant::Nothing => None,
    }
}

/// The people that the words name, joined by “and”.
fn several(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Vec<PersonId>, String>> {
    let mut people = Vec::new();
    for part in words.split(|word| !word.quoted && word.text == "and") {
        match somebody(asked, part)? {
            Ok(person) if people.contains(&person) => {}
            Ok(person) => people.push(person),
            Err(question) => return Some(Err(question)),
        }
    }
    (!people.is_empty()).then_some(Ok(people))
}
