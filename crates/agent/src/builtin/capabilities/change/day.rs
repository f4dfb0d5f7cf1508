//! Due days: “move … to Monday”, “push … back by two days”, “clear the due date of …”.

use super::act::{Act, Day};
use super::{change, why};
use crate::builtin::asked::Asked;
use crate::builtin::dates::{self, Lean, Unit};
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer};
use crate::builtin::target::Sort;
use crate::builtin::words::{Word, is_any};

/// Sentences that hold a day, or might: whether they do, the day decides.
const TO_DAY: &[&str] = &[
    "set|change|move|make|put [the] due date|day of|for|on {item} to|on {when}",
    "set|change|move|make|put [the] deadline of|for|on {item} to|on {when}",
    "change|set|move {item} due date|day to {when}",
    "change|set|move {item} deadline to {when}",
    "make|set {item} due on|by|for {when}",
    "make|set {item} due {when}",
    "move|reschedule|postpone|push|shift|delay|defer|bump|bring|put|set|change [back|forward|out] {item} [back|forward|out|off] to|until|till|for {when}",
    "reschedule|postpone|push|shift|delay|defer|bump|move {item} on {when}",
    "move|reschedule|postpone|push|shift|delay|defer|bump {item} {when}",
];
const BY: &[&str] = &[
    "push|move|postpone|delay|defer|shift|bump [back|out] {item} [back|out] by {amount}",
    "push|move|postpone|delay|defer|shift|bump {item} {amount} later|back|on",
    "push|postpone|delay|defer|shift|bump {item} back {amount}",
    "push|postpone|delay|defer|bump {item} {amount}",
];
const BY_EARLIER: &[&str] =
    &["bring|pull|move {item} forward by {amount}", "bring|pull|move {item} {amount} earlier|forward"];
const CLEAR: &[&str] = &[
    "clear|remove|delete|drop|unset [the] due date|day|dates|days of|from|for|on {item}",
    "clear|remove|delete|drop|unset [the] deadline|deadlines of|from|for|on {item}",
    "clear|remove|drop {item} due date|day",
    "clear|remove|drop {item} deadline",
];
const NO_DAY: &[&str] =
    &["postpone|reschedule|defer|delay {item}", "change|set|move [the] due date|day|deadline of|for|on {item}"];

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let (words, reason) = why::split(asked, asked.core());
    let (item, day) = match found(asked, words)? {
        Ok(found) => found,
        Err(problem) => return Some(answer(problem)),
    };
    match reason {
        Ok(comment) => Some(change(asked, item, Act::Due(day), comment, Sort::Open)),
        Err(question) => Some(answer(question)),
    }
}

type Found<'w> = Result<(&'w [Word], Day), String>;

fn found<'w>(asked: &Asked<'_>, words: &'w [Word]) -> Option<Found<'w>> {
    if let Some(gaps) = fits(words, CLEAR).first() {
        return Some(Ok((gaps.get("item"), Day::Clear)));
    }
    for (patterns, sign) in [(BY, 1), (BY_EARLIER, -1)] {
        for gaps in fits(words, patterns) {
            if let Some((count, unit)) = amount(gaps.get("amount")) {
                return Some(Ok((gaps.get("item"), Day::Later(sign * count, unit))));
            }
        }
    }
    let calendar = asked.calendar();
    let to_day = fits(words, TO_DAY);
    for gaps in &to_day {
        match dates::whole(gaps.get("when"), &calendar, Lean::Ahead) {
            Ok(period) => {
                // “to next week” is the first day of it.
                let day = period.only().or(period.from).or(period.to);
                return day.map(|day| Ok((gaps.get("item"), Day::On(day))));
            }
            Err(trouble @ dates::Trouble::Ambiguous(..)) => {
                return Some(match chosen(asked) {
                    Some(day) => Ok((gaps.get("item"), Day::On(day))),
                    None => {
                        let told = dates::explain(&trouble, &asked.words.written(gaps.get("when")));
                        Err(followup::question(Slot::Day, &told, &[]))
                    }
                });
            }
            Err(dates::Trouble::Unknown) => {}
        }
    }
    let first = words.first().map_or("", |word| word.text.as_str());
    let only_days = is_any(first, "reschedule|postpone|defer|delay")
        || words.iter().any(|word| !word.quoted && is_any(&word.text, "deadline|due"));
    let says_due = fits(words, TO_DAY.get(..6).unwrap_or(&[])).into_iter().next();
    if let Some(gaps) = fits(words, NO_DAY).first()
        && says_due.is_none()
        && !to_day.iter().any(|gaps| {
            gaps.get("when").len() < 4 && is_any(first, "reschedule|postpone|defer|delay") && to_said(words)
        })
    {
        return Some(match chosen(asked) {
            Some(day) => Ok((gaps.get("item"), Day::On(day))),
            None => Err(followup::question(Slot::Day, "", &[])),
        });
    }
    let unknown =
        says_due.filter(|_| !first.is_empty()).or_else(|| to_day.into_iter().find(|_| only_days && to_said(words)))?;
    let when = unknown.get("when");
    if !only_days {
        return None;
    }
    Some(match chosen(asked) {
        Some(day) => Ok((unknown.get("item"), Day::On(day))),
        None => Err(dates::explain(&dates::Trouble::Unknown, &asked.words.written(when))),
    })
}

fn to_said(words: &[Word]) -> bool {
    words.iter().any(|word| !word.quoted && is_any(&word.text, "to|until|till"))
}

/// The day that was answered to the question for it.
fn chosen(asked: &Asked<'_>) -> Option<jiff::civil::Date> {
    let given = asked.answer(Slot::Day)?;
    let words = followup::without_lead(given.words.list());
    dates::whole(words, &asked.calendar(), Lean::Ahead).ok().and_then(|period| period.only().or(period.from))
}

fn amount(words: &[Word]) -> Option<(i64, Unit)> {
    let (len, count, unit) = dates::amount(words)?;
    (len == words.len()).then_some((count, unit))
}
