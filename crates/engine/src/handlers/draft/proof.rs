//! Does a sentence say nothing but what its sources say? Every number, every day and time, every name of a person or a project
//! of the account, and every link in it must stand in one of the sources. A pure function: it knows no store and no model.
//!
//! What it cannot tell: whether the words between are true, and names of whoever is not in the account.

use std::collections::{HashMap, HashSet};

use contract::{PersonId, ProjectId, RecordingId};
use jiff::civil::Date;

use super::claims::{Claim, Day, Said, Word, claims, words};

mod links;

/// What an item says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) id: RecordingId,
    pub(super) project: ProjectId,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) project_name: String,
    /// Who made it, does it or ticked it off.
    pub(super) people: Vec<(PersonId, String)>,
    /// When it was made, changed, ticked off, begins, is due, takes place.
    pub(super) days: Vec<Date>,
    /// Hour and minute of the same.
    pub(super) times: Vec<(i8, i8)>,
    pub(super) comments: u32,
}

/// A source, read once for all the sentences that name it.
#[derive(Debug)]
pub(super) struct Facts {
    source: Source,
    claims: Vec<Claim>,
    /// The words of its title, its text, its project's name and its people's names.
    phrases: Vec<Vec<String>>,
}

impl Facts {
    pub(super) fn of(source: Source) -> Self {
        let names = source.people.iter().map(|(_, name)| name.as_str());
        let (mut claimed, mut phrases) = (Vec::new(), Vec::new());
        for text in [source.title.as_str(), source.text.as_str(), source.project_name.as_str()].into_iter().chain(names)
        {
            let words = words(text);
            claimed.extend(claims(&words, &[], None).into_iter().map(|said| said.claim));
            phrases.push(words.into_iter().map(|word| word.low).collect());
        }
        claimed.extend(source.days.iter().map(|day| Claim::Day(Day::from(*day))));
        claimed.extend(source.times.iter().map(|(hour, minute)| Claim::Time(*hour, *minute)));
        claimed.push(count(source.comments as usize));
        // A day of a known year is a day of the week too.
        let dated: Vec<Claim> = claimed.iter().filter_map(on_calendar).collect();
        claimed.extend(dated);
        Self { source, claims: claimed, phrases }
    }

    fn says(&self, phrase: &[String]) -> bool {
        self.phrases.iter().any(|words| words.windows(phrase.len()).any(|part| part == phrase))
    }
}

fn count(of: usize) -> Claim {
    Claim::Amount { millionths: of as i128 * 1_000_000, percent: false }
}

fn on_calendar(claim: &Claim) -> Option<Claim> {
    let Claim::Day(Day { year: Some(year), month, day, .. }) = claim else { return None };
    Date::new(*year, *month, *day).ok().map(|date| Claim::Day(Day::from(date)))
}

/// The names of the account.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By their first words; the longest first.
    whole: HashMap<String, Vec<Vec<Word>>>,
    /// Each word of a person's name that can stand for them.
    parts: HashSet<String>,
}

impl Names {
    pub(super) fn of<'a>(
        people: impl IntoIterator<Item = &'a str>,
        projects: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut names = Self::default();
        for name in people {
            let name = words(name);
            let parts = name.iter().filter(|part| part.low.chars().nth(1).is_some());
            let parts = parts.filter(|part| {
                !matches!(part.low.as_str(), "de" | "van" | "der" | "den" | "von" | "la" | "al" | "bin" | "the")
            });
            names.parts.extend(parts.filter(|part| !part.low.contains(char::is_numeric)).map(|part| part.low.clone()));
            names.add(name);
        }
        for name in projects {
            names.add(words(name));
        }
        for alike in names.whole.values_mut() {
            alike.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        names
    }

    fn add(&mut self, name: Vec<Word>) {
        if let Some(first) = name.first() {
            self.whole.entry(first.low.clone()).or_default().push(name);
        }
    }

    /// The longest name that begins with the word at `at`: how many words it has.
    fn at(&self, words: &[Word], at: usize) -> Option<usize> {
        let here = words.get(at..)?;
        let alike = self.whole.get(&here.first()?.low)?;
        let found = alike.iter().find(|name| {
            let said = here.get(..name.len()).unwrap_or_default();
            let same = said.len() == name.len() && said.iter().zip(*name).all(|(said, name)| said.low == name.low);
            // “to do” is no mention of a project that is called To do; “website redesign” is one of Website redesign.
            let telling = name.len() > 1 && name.iter().any(|word| word.low.chars().count() >= 5);
            let written = said.iter().zip(*name).all(|(said, name)| said.is_capital() || !name.is_capital());
            same && (telling || written)
        })?;
        Some(found.len())
    }
}

/// Tells why a sentence does not hold.
///
/// # Errors
/// The reason, in a sentence that names what stands in no source.
pub(super) fn prove(text: &str, sources: &[&Facts], names: &Names, today: Date) -> Result<(), String> {
    if sources.is_empty() {
        return Err("It has no source.".to_owned());
    }
    let plain = links::prove(text, sources)?;
    let words = words(&plain);
    let mut taken = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let Some(length) = names.at(&words, at) else {
            at += 1;
            continue;
        };
        let name = words.get(at..at + length).unwrap_or_default();
        let phrase: Vec<String> = name.iter().map(|word| word.low.clone()).collect();
        if !sources.iter().any(|facts| facts.says(&phrase)) {
            return Err(nowhere(&words, at, at + length));
        }
        taken.iter_mut().skip(at).take(length).for_each(|taken| *taken = true);
        at += length;
    }
    for said in claims(&words, &taken, Some(today)) {
        if !sources.iter().any(|facts| facts.claims.iter().any(|fact| agrees(&said.claim, fact)))
            && !counts_sources(&said, &words, sources.len())
        {
            return Err(nowhere(&words, said.from, said.to));
        }
        taken.iter_mut().take(said.to).skip(said.from).for_each(|taken| *taken = true);
    }
    let parts = words.iter().enumerate().filter(|(at, word)| {
        let told = !word.text.starts_with(char::is_lowercase) && names.parts.contains(&word.low);
        let first = *at == 0 || word.begins_sentence();
        told && taken.get(*at) == Some(&false) && !(first && COMMON.contains(&word.low.as_str()))
    });
    for (at, word) in parts {
        if !sources.iter().any(|facts| facts.says(std::slice::from_ref(&word.low))) {
            return Err(nowhere(&words, at, at + 1));
        }
    }
    Ok(())
}

/// Names that are words besides: at the beginning of a sentence they are taken for the word.
const COMMON: [&str; 30] = [
    "will", "mark", "may", "grace", "bill", "art", "rose", "june", "april", "august", "hope", "faith", "joy", "grant",
    "chase", "pat", "rob", "sue", "max", "ray", "dawn", "summer", "frank", "long", "young", "little", "page", "case",
    "day", "best",
];

/// The words as they stand.
fn nowhere(words: &[Word], from: usize, to: usize) -> String {
    let mut said = String::new();
    for (place, word) in words.get(from..to).unwrap_or_default().iter().enumerate() {
        if place > 0 {
            said.push_str(&word.gap);
        }
        said.push_str(&word.text);
    }
    format!("“{said}” stands in none of its sources.")
}

/// True when a fact bears the claim out.
fn agrees(claim: &Claim, fact: &Claim) -> bool {
    const MILLION: i128 = 1_000_000;
    match (claim, fact) {
        (Claim::Day(claim), Claim::Day(fact)) => {
            (claim.month, claim.day) == (fact.month, fact.day)
                && (claim.year.is_none() || claim.year == fact.year)
                && (claim.weekday.is_none() || claim.weekday == fact.weekday)
        }
        (Claim::Month { year, month }, Claim::Day(fact)) => {
            *month == fact.month && (year.is_none() || *year == fact.year)
        }
        (Claim::Month { year, month }, Claim::Month { year: of, month: fact }) => {
            month == fact && (year.is_none() || year == of)
        }
        (Claim::Weekday(claim), Claim::Day(fact)) => Some(*claim) == fact.weekday,
        (Claim::Ordinal(number), Claim::Day(fact)) => *number == i128::from(fact.day),
        (Claim::Ordinal(number), Claim::Amount { millionths, percent: false }) => number * MILLION == *millionths,
        (
            Claim::Amount { millionths, percent: false },
            Claim::Day(Day { year: Some(year), .. }) | Claim::Month { year: Some(year), .. },
        ) => i128::from(*year) * MILLION == *millionths,
        (claim, fact) => claim == fact,
    }
}

/// True for a number that counts the sources: “2 to-dos”, “three late cards”, “all three”, “two of them”.
fn counts_sources(said: &Said, words: &[Word], sources: usize) -> bool {
    if said.claim != count(sources) {
        return false;
    }
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    let alone =
        words.get(said.from).is_some_and(|word| word.low.chars().all(|c| c.is_ascii_digit() || c.is_alphabetic()));
    let of_them = low(said.to) == "of" && matches!(low(said.to + 1), "them" | "these" | "those");
    let next_ones = (said.to..said.to + 4).map(low).take_while(|word| !UNITS.contains(word));
    let counted = next_ones.clone().any(|word| COUNTED.contains(&word));
    let all = said.from > 0 && low(said.from - 1) == "all" && next_ones.count() == 4;
    alone && (of_them || counted || all)
}

/// What a source can be called.
const COUNTED: [&str; 36] = [
    "todo",
    "todos",
    "do",
    "dos",
    "task",
    "tasks",
    "card",
    "cards",
    "step",
    "steps",
    "item",
    "items",
    "message",
    "messages",
    "comment",
    "comments",
    "document",
    "documents",
    "file",
    "files",
    "entry",
    "entries",
    "answer",
    "answers",
    "line",
    "lines",
    "list",
    "lists",
    "post",
    "posts",
    "note",
    "notes",
    "decision",
    "decisions",
    "source",
    "sources",
];
/// What a number of sources is never a number of.
const UNITS: [&str; 26] = [
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
    "year", "years", "person", "people", "euro", "euros", "dollar", "dollars", "pound", "pounds", "percent", "times",
    "points", "of",
];

#[cfg(test)]
mod tests;
