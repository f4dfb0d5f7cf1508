//! Days, months and days of the week.

use agent::english::{MONTHS, WEEKDAYS};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Claim, Day, Word, low};

/// The days that begin with the word at `at`, and the word behind them.
pub(super) fn at(words: &[Word], at: usize, today: Option<Date>) -> Option<(usize, Vec<Claim>)> {
    let day = |to: usize, days: Vec<Day>| Some((to, days.into_iter().map(Claim::Day).collect()));
    if let Some(weekday) = weekday(words, at) {
        let date = at + 1 + usize::from(low(words, at + 1) == "the");
        return match date_at(words, date) {
            Some((to, mut days)) => {
                if let Some(first) = days.first_mut() {
                    first.weekday = Some(weekday);
                }
                day(to, days)
            }
            None if WEEKDAYS.contains(&low(words, at).trim_end_matches('s')) => {
                Some((at + 1, vec![Claim::Weekday(weekday)]))
            }
            None => None,
        };
    }
    if let Some((to, days)) = date_at(words, at) {
        return day(to, days);
    }
    let word = words.get(at)?;
    if let (Some(month), false) = (month(word), at == 0) {
        let year = year(words, at + 1);
        let led = matches!(
            low(words, at - 1),
            "in" | "by"
                | "of"
                | "since"
                | "until"
                | "till"
                | "during"
                | "mid"
                | "early"
                | "late"
                | "last"
                | "next"
                | "this"
                | "for"
                | "from"
                | "to"
                | "through"
                | "before"
                | "after"
        );
        let told = year.is_some() || (led && word.low.len() > 3 + usize::from(word.low == "sept"));
        let told = told || (led && word.low == "may");
        return told.then(|| (at + 1 + usize::from(year.is_some()), vec![Claim::Month { year, month }]));
    }
    if let (Some(month), Some(year)) = (month(word), year(words, at + 1)) {
        return Some((at + 2, vec![Claim::Month { year: Some(year), month }]));
    }
    let today = today?;
    let told = match word.low.as_str() {
        "today" | "tonight" => Some(today),
        "tomorrow" => today.checked_add(1.day()).ok(),
        "yesterday" => today.checked_sub(1.day()).ok(),
        _ => None,
    }?;
    day(at + 1, vec![Day { weekday: None, ..Day::from(told) }])
}

/// One day, or the two ends of some days: `2026-05-05`, `5 May`, `5th of May, 2026`, `May 5`, `5–7 May`, `May 5-7`.
fn date_at(words: &[Word], at: usize) -> Option<(usize, Vec<Day>)> {
    let word = words.get(at)?;
    if let Some(date) = word.low.get(..10).and_then(|text| text.parse::<Date>().ok()) {
        return (word.low.len() == 10).then(|| (at + 1, vec![Day { weekday: None, ..Day::from(date) }]));
    }
    let of = |month: i8, days: Vec<i8>, year: Option<i16>| {
        days.into_iter().map(|day| Day { year, month, day, weekday: None }).collect::<Vec<_>>()
    };
    if let Some(month) = month(word) {
        let (behind, days) = month_days(words, at + 1, false)?;
        let year = year(words, behind);
        return Some((behind + usize::from(year.is_some()), of(month, days, year)));
    }
    let (behind, days) = month_days(words, at, true)?;
    let behind = behind + usize::from(low(words, behind) == "of");
    let month = month(words.get(behind)?)?;
    let year = year(words, behind + 1);
    Some((behind + 1 + usize::from(year.is_some()), of(month, days, year)))
}

/// Days of a month: `5`, `5th`, `5-7`, `5–7`, `5 to 7`, and `5 and 7` where the month comes last: in “May 5 and 7 were late”
/// the second is no day.
fn month_days(words: &[Word], at: usize, and: bool) -> Option<(usize, Vec<i8>)> {
    let word = words.get(at)?;
    if let Some((from, to)) = word.low.split_once('-') {
        return Some((at + 1, vec![month_day(from)?, month_day(to)?]));
    }
    let first = month_day(&word.low)?;
    let dashed = words.get(at + 1).is_some_and(|next| matches!(next.gap.trim(), "–" | "—" | "-"));
    let joined = match low(words, at + 1) {
        "to" | "until" => true,
        "and" => and,
        _ => false,
    };
    let second = at + 1 + usize::from(joined);
    let day = words.get(second).filter(|_| dashed || joined).and_then(|next| month_day(&next.low));
    // In “May 5 to 7 June” the second day has a month of its own.
    match day.filter(|_| and || words.get(second + 1).and_then(month).is_none()) {
        Some(day) => Some((second + 1, vec![first, day])),
        None => Some((at + 1, vec![first])),
    }
}

fn month_day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.get(digits.len()..)?;
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    (digits.len() <= 2 && matches!(suffix, "" | "st" | "nd" | "rd" | "th")).then_some(day)
}

/// A name of a month, or its first three letters. What is a word besides needs a capital.
fn month(word: &Word) -> Option<i8> {
    let found = (1..).zip(MONTHS).find(|(_, name)| {
        word.low == *name || (word.low == "sept" && *name == "september") || name.get(..3) == Some(word.low.as_str())
    });
    let (number, _) = found?;
    let ambiguous = matches!(word.low.as_str(), "may" | "march" | "mar");
    (!ambiguous || word.is_capital()).then_some(number)
}

fn year(words: &[Word], at: usize) -> Option<i16> {
    let word = words.get(at).filter(|word| matches!(word.gap.trim(), "" | ","))?;
    let year = word.low.parse().ok().filter(|year| (1900..=2199).contains(year))?;
    (word.low.len() == 4).then_some(year)
}

/// A day of the week in full, or in short when a date follows.
fn weekday(words: &[Word], at: usize) -> Option<i8> {
    let word = words.get(at)?;
    let whole = word.low.strip_suffix('s').filter(|one| one.ends_with("day")).unwrap_or(&word.low);
    (1..)
        .zip(WEEKDAYS)
        .find(|(_, name)| {
            whole == *name
                || (word.is_capital()
                    && matches!(word.low.len(), 3..=5)
                    && name.starts_with(word.low.as_str())
                    && date_at(words, at + 1).is_some())
        })
        .map(|(number, _)| number)
}
