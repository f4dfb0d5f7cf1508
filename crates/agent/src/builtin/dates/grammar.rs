//! The forms of days and spans, one function each. Every one looks at the beginning of the words and tells how many it takes.

use crate::english::MONTHS;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use super::{Calendar, Lean, Period, Trouble, plus};
use crate::builtin::words::{Word, is_any, number};

type Taken = Option<(usize, Result<Period, Trouble>)>;

fn word(words: &[Word], at: usize) -> &str {
    words.get(at).filter(|word| !word.quoted).map_or("", |word| word.text.as_str())
}

fn tail(words: &[Word], at: usize) -> &[Word] {
    words.get(at..).unwrap_or(&[])
}

/// A period at the beginning of the words.
pub(super) fn period(words: &[Word], calendar: &Calendar, lean: Lean) -> Taken {
    range(words, calendar, lean)
        .or_else(|| bounded(words, calendar, lean))
        .or_else(|| relative(words, calendar))
        .or_else(|| named_span(words, calendar))
        .or_else(|| end_of(words, calendar))
        .or_else(|| day(words, calendar, lean))
}

/// “between Monday and Thursday”, “from 5 March to 9 March”.
fn range(words: &[Word], calendar: &Calendar, lean: Lean) -> Taken {
    let joints = match word(words, 0) {
        "between" => "and",
        "from" => "to|until|till|through",
        _ => return None,
    };
    let (first_len, first) = single(tail(words, 1), calendar, lean)?;
    let joint = 1 + first_len;
    if !is_any(word(words, joint), joints) {
        return None;
    }
    let (second_len, second) = single(tail(words, joint + 1), calendar, lean)?;
    let len = joint + 1 + second_len;
    let both = first.and_then(|first| second.map(|second| (first, second)));
    Some((
        len,
        both.map(|(first, second)| {
            let (Some(from), Some(mut to)) = (first.from, second.to) else {
                return Period { from: first.from, to: None };
            };
            // “between Friday and Tuesday” runs into the next week.
            if to < from && lean == Lean::Ahead && from.duration_since(to).as_hours() < 24 * 7 {
                to = plus(to, 7);
            }
            match lean {
                Lean::Back if to < from => Period::span(plus(from, -7), to),
                Lean::Ahead | Lean::Back => Period::span(from, to),
            }
        }),
    ))
}

/// “since Friday”, “by Friday”, “before Friday”, “after Friday”.
fn bounded(words: &[Word], calendar: &Calendar, lean: Lean) -> Taken {
    let how = word(words, 0);
    let lean = match how {
        "since" => Lean::Back,
        "by" | "until" | "till" | "before" | "after" => lean,
        _ => return None,
    };
    let skip = usize::from(how == "since" && is_any(word(words, 1), "the"));
    let (len, inner) = single(tail(words, 1 + skip), calendar, lean)?;
    let period = inner.map(|inner| match how {
        "since" => Period { from: inner.from, to: Some(calendar.today) },
        "by" | "until" | "till" => Period { from: None, to: inner.to },
        "before" => Period { from: None, to: inner.from.map(|day| plus(day, -1)) },
        _ => Period { from: inner.to.map(|day| plus(day, 1)), to: None },
    });
    Some((1 + skip + len, period))
}

/// What may stand at an end of a range.
fn single(words: &[Word], calendar: &Calendar, lean: Lean) -> Taken {
    relative(words, calendar)
        .or_else(|| named_span(words, calendar))
        .or_else(|| end_of(words, calendar))
        .or_else(|| day(words, calendar, lean))
}

/// “in 3 days”, “two weeks ago”, “past 7 days”, “next two weeks”, “7d”.
fn relative(words: &[Word], calendar: &Calendar) -> Taken {
    let today = calendar.today;
    if let Some((count, unit)) = packed(word(words, 0)) {
        return Some((1, Ok(Period { from: Some(moved(today, -count, unit)), to: Some(today) })));
    }
    let of = usize::from(word(words, 0) == "within" && word(words, 1) == "the");
    match word(words, 0) {
        "in" | "within" => {
            let the = usize::from(word(words, 1) == "the");
            if the == 1 && is_any(word(words, 2), "next|coming|past|last") {
                return relative(tail(words, 2), calendar).map(|(len, period)| (len + 2, period));
            }
            let (len, count, unit) = amount(tail(words, 1 + of))?;
            let end = moved(today, count, unit);
            let period = if word(words, 0) == "in" { Period::day(end) } else { Period::span(today, end) };
            Some((1 + of + len, Ok(period)))
        }
        "past" | "last" | "previous" | "next" | "coming" | "following" => {
            let (len, count, unit) = amount(tail(words, 1))?;
            // “last week” is a week of the calendar.
            if words.get(1).is_some_and(|word| number(&word.text).is_none()) {
                return None;
            }
            let ahead = is_any(word(words, 0), "next|coming|following");
            let end = moved(today, if ahead { count } else { -count }, unit);
            Some((1 + len, Ok(Period::span(today, end))))
        }
        "the" if is_any(word(words, 1), "past|last|previous|next|coming|following") => {
            relative(tail(words, 1), calendar).map(|(len, period)| (len + 1, period))
        }
        _ => {
            let (len, count, unit) = amount(words)?;
            match word(words, len) {
                "ago" => Some((len + 1, Ok(Period::day(moved(today, -count, unit))))),
                "from" if is_any(word(words, len + 1), "now|today") => {
                    Some((len + 2, Ok(Period::day(moved(today, count, unit)))))
                }
                _ => None,
            }
        }
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum Unit {
    Day,
    Week,
    Month,
}

/// “7d”, “2w”, “1m”.
fn packed(word: &str) -> Option<(i64, Unit)> {
    let unit = match word.chars().last()? {
        'd' => Unit::Day,
        'w' => Unit::Week,
        'm' => Unit::Month,
        _ => return None,
    };
    let digits = word.get(..word.len() - 1)?;
    (digits.len() <= 3).then(|| digits.parse().ok()).flatten().map(|count: i64| (count, unit))
}

/// “3 days”, “two weeks”, “a couple of days”, “week”.
pub(in crate::builtin) fn amount(words: &[Word]) -> Option<(usize, i64, Unit)> {
    let mut at = 0;
    let mut count = 1;
    let mut counted = false;
    if is_any(word(words, at), "a") && is_any(word(words, at + 1), "couple|few") {
        at += 1;
    }
    if word(words, at) == "few" {
        return None;
    }
    if let Some(found) = number(word(words, at)) {
        count = found;
        counted = true;
        at += 1;
        if word(words, at) == "of" {
            at += 1;
        }
    }
    let (unit, times) = match word(words, at) {
        "day" | "days" => (Unit::Day, 1),
        "week" | "weeks" => (Unit::Week, 1),
        "fortnight" | "fortnights" => (Unit::Week, 2),
        "month" | "months" => (Unit::Month, 1),
        "quarter" | "quarters" => (Unit::Month, 3),
        "year" | "years" => (Unit::Month, 12),
        _ => return None,
    };
    (counted || at == 0).then_some((at + 1, count * times, unit))
}

/// So many units later.
pub(in crate::builtin) fn moved(day: Date, count: i64, unit: Unit) -> Date {
    match unit {
        Unit::Day => plus(day, count),
        Unit::Week => plus(day, count * 7),
        Unit::Month => day.saturating_add(count.clamp(-12_000, 12_000).months()),
    }
}

/// “this week”, “next month”, “last quarter”, “the weekend”.
fn named_span(words: &[Word], calendar: &Calendar) -> Taken {
    let the = usize::from(word(words, 0) == "the");
    let (ahead, lead) = match word(words, the) {
        "this" | "current" => (0, 1),
        "next" | "coming" | "following" => (1, 1),
        "last" | "past" | "previous" => (-1, 1),
        _ => (0, 0),
    };
    let unit = word(words, the + lead);
    let (from, to) = match unit {
        "week" if lead == 1 => calendar.week(ahead),
        "month" if lead == 1 => calendar.month(ahead),
        "quarter" if lead == 1 => calendar.quarter(ahead),
        "year" if lead == 1 => calendar.year(ahead),
        "weekend" if lead + the > 0 => {
            let saturday = match ahead {
                0 => calendar.coming(Weekday::Saturday),
                _ => plus(calendar.coming(Weekday::Saturday), ahead * 7),
            };
            let begun = calendar.today.weekday() == Weekday::Sunday;
            let saturday = if begun { plus(saturday, -7) } else { saturday };
            (saturday, plus(saturday, 1))
        }
        _ => return None,
    };
    Some((the + lead + 1, Ok(Period::span(from, to))))
}

/// “end of the week”, “the end of next month”, “eom”.
fn end_of(words: &[Word], calendar: &Calendar) -> Taken {
    match word(words, 0) {
        "eow" => return Some((1, Ok(Period::day(calendar.week(0).1)))),
        "eom" => return Some((1, Ok(Period::day(calendar.month(0).1)))),
        "eod" | "cob" => return Some((1, Ok(Period::day(calendar.today)))),
        "close" if word(words, 1) == "of" && word(words, 2) == "business" => {
            return Some((3, Ok(Period::day(calendar.today))));
        }
        _ => {}
    }
    let mut at = usize::from(word(words, 0) == "the");
    let last = match word(words, at) {
        "end" => true,
        "start" | "beginning" => false,
        _ => return None,
    };
    at += 1;
    if word(words, at) == "of" {
        at += 1;
    }
    if is_any(word(words, at), "the|this") {
        at += 1;
    }
    let ahead = match word(words, at) {
        "next" => {
            at += 1;
            1
        }
        _ => 0,
    };
    let (from, to) = match word(words, at) {
        "day" => (calendar.today, calendar.today),
        "week" => calendar.week(ahead),
        "month" => calendar.month(ahead),
        "quarter" => calendar.quarter(ahead),
        "year" => calendar.year(ahead),
        name => {
            let month = month(name)?;
            let first = nearest(calendar.today, month, 1, Lean::Ahead)?;
            let this = date(calendar.today.year(), month, 1);
            let first = if this.last_of_month() >= calendar.today { this } else { first };
            (first, first.last_of_month())
        }
    };
    Some((at + 1, Ok(Period::day(if last { to } else { from }))))
}

/// One day: “today”, “next Friday”, “5 March”, “the 5th”, “2026-12-01”, “12/01”.
fn day(words: &[Word], calendar: &Calendar, lean: Lean) -> Taken {
    let mut at = usize::from(word(words, 0) == "on");
    let day = |day: Date| Ok(Period::day(day));
    let found = match word(words, at) {
        "today" | "tonight" => Some((1, day(calendar.today))),
        "tomorrow" | "tmrw" => Some((1, day(plus(calendar.today, 1)))),
        "yesterday" => Some((1, day(plus(calendar.today, -1)))),
        _ => None,
    };
    if let Some((len, period)) = found {
        return Some((at + len, period));
    }
    if word(words, at) == "the" {
        at += 1;
        if word(words, at) == "day" && is_any(word(words, at + 1), "after|before") {
            let (days, next) = match (word(words, at + 1), word(words, at + 2)) {
                ("after", "tomorrow") => (2, at + 3),
                ("before", "yesterday") => (-2, at + 3),
                _ => return None,
            };
            return Some((next, day(plus(calendar.today, days))));
        }
    }
    let (which, lead) = match word(words, at) {
        "this" | "coming" => (Some(0), 1),
        "next" => (Some(1), 1),
        "last" => (Some(-1), 1),
        _ => (None, 0),
    };
    if let Some(weekday) = weekday(word(words, at + lead)) {
        let found = match (which, lean) {
            (Some(0), _) => calendar.coming(weekday),
            (Some(1), _) => calendar.weekday_in(weekday, 1),
            (Some(_), _) => calendar.gone(weekday),
            (None, Lean::Ahead) => calendar.coming(weekday),
            (None, Lean::Back) => calendar.gone(weekday),
        };
        return Some((at + lead + 1, day(found)));
    }
    if lead == 1 {
        return None;
    }
    written(words, at, calendar, lean)
}

/// A date in digits or with the name of its month.
fn written(words: &[Word], at: usize, calendar: &Calendar, lean: Lean) -> Taken {
    let first = word(words, at);
    if let Ok(day) = first.parse::<Date>()
        && first.len() == 10
    {
        return Some((at + 1, Ok(Period::day(day))));
    }
    if first.contains('/') {
        return slashes(first, calendar, lean).map(|period| (at + 1, period));
    }
    let today = calendar.today;
    // “5 March”, “the 5th of March 2027”
    if let Some(number) = day_number(first) {
        let of = usize::from(word(words, at + 1) == "of");
        if let Some(month) = month(word(words, at + 1 + of)) {
            let (len, found) = with_year(words, at + 2 + of, today, month, number, lean)?;
            return Some((len, Ok(Period::day(found))));
        }
        let named = first.ends_with(|letter: char| letter.is_alphabetic());
        let the = at.checked_sub(1).is_some_and(|before| is_any(word(words, before), "the|on"));
        return (named && (the || words.len() == 1)).then(|| {
            let found = (0..12).find_map(|ahead: i64| {
                let (first, _) = calendar.month(if lean == Lean::Ahead { ahead } else { -ahead });
                let found = Date::new(first.year(), first.month(), number).ok()?;
                let fits = if lean == Lean::Ahead { found >= today } else { found < today };
                fits.then_some(found)
            });
            (at + 1, found.map_or(Err(Trouble::Unknown), |found| Ok(Period::day(found))))
        });
    }
    // “March 5th”, “March 5, 2027”
    let month = month(first)?;
    let number = day_number(word(words, at + 1))?;
    let (len, found) = with_year(words, at + 2, today, month, number, lean)?;
    Some((len, Ok(Period::day(found))))
}

fn with_year(words: &[Word], at: usize, today: Date, month: i8, number: i8, lean: Lean) -> Option<(usize, Date)> {
    let year = word(words, at);
    if year.len() == 4
        && let Ok(year) = year.parse::<i16>()
        && (1970..2200).contains(&year)
    {
        return Date::new(year, month, number).ok().map(|day| (at + 1, day));
    }
    nearest(today, month, number, lean).map(|day| (at, day))
}

/// This day of the year, ahead or behind; 29 February waits for its year.
fn nearest(today: Date, month: i8, number: i8, lean: Lean) -> Option<Date> {
    (0..9).find_map(|years: i16| {
        let year = if lean == Lean::Ahead { today.year() + years } else { today.year() - years };
        let found = Date::new(year, month, number).ok()?;
        let fits = if lean == Lean::Ahead { found >= today } else { found <= today };
        fits.then_some(found)
    })
}

/// “12/01”: two days, unless one reading is none.
fn slashes(text: &str, calendar: &Calendar, lean: Lean) -> Option<Result<Period, Trouble>> {
    let parts: Option<Vec<i16>> = text.split('/').map(|part| part.parse().ok()).collect();
    let (a, b, year) = match parts?.as_slice() {
        [a, b] => (*a, *b, None),
        [a, b, year] => (*a, *b, Some(if *year < 100 { year + 2000 } else { *year })),
        _ => return None,
    };
    let read = |day: i16, month: i16| {
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        match year {
            Some(year) => Date::new(year, month, day).ok(),
            None => nearest(calendar.today, month, day, lean),
        }
    };
    Some(match (read(a, b), read(b, a)) {
        (Some(one), Some(other)) if one != other => Err(Trouble::Ambiguous(one, other)),
        (Some(one), _) | (None, Some(one)) => Ok(Period::day(one)),
        (None, None) => Err(Trouble::Unknown),
    })
}

/// The number of a day in its month.
fn day_number(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// The month that is called so, in full or by three letters.
fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|name| {
        *name == word || (word.len() == 3 && name.starts_with(word)) || (word == "sept" && *name == "september")
    })?;
    i8::try_from(at + 1).ok()
}

/// The weekday that is called so.
pub(in crate::builtin) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" | "mon" => Weekday::Monday,
        "tuesday" | "tuesdays" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wednesdays" | "wed" => Weekday::Wednesday,
        "thursday" | "thursdays" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fridays" | "fri" => Weekday::Friday,
        "saturday" | "saturdays" | "sat" => Weekday::Saturday,
        "sunday" | "sundays" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}
