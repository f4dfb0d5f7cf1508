//! Days and spans of days as people write them, by the calendar of the person who asks. It knows no clock: the day is given.

mod calendar;
mod grammar;

use jiff::ToSpan as _;
use jiff::civil::Date;

pub(super) use calendar::Calendar;
pub(super) use grammar::{Unit, amount, moved};

use super::words::Word;

/// Days, both ends included. One day is a span from it to itself; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// The first day.
    pub(super) from: Option<Date>,
    /// The last day.
    pub(super) to: Option<Date>,
}

impl Period {
    /// One day.
    pub(super) fn day(day: Date) -> Self {
        Self { from: Some(day), to: Some(day) }
    }
    /// From one day to another.
    pub(super) fn span(from: Date, to: Date) -> Self {
        Self { from: Some(from.min(to)), to: Some(from.max(to)) }
    }
    /// The day, when it is one.
    pub(super) fn only(self) -> Option<Date> {
        self.from.filter(|_| self.from == self.to)
    }
}

/// Why words are no period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// They fit no form.
    Unknown,
    /// They fit two days: 12/01.
    Ambiguous(Date, Date),
}

/// Where an unsaid part of a date lies: deadlines ahead, history behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    /// “Friday” is the next one, today included.
    Ahead,
    /// “Friday” is the last one, today excluded.
    Back,
}

/// True when the words speak of the end of the day: the hour is that of the person's working hours.
pub(super) fn says_end_of_day(words: &[Word]) -> bool {
    let text: Vec<&str> = words.iter().filter(|word| !word.quoted).map(|word| word.text.as_str()).collect();
    text.contains(&"eod")
        || text.windows(3).any(|three| matches!(three, ["end", "of", "day"]))
        || text.windows(4).any(|four| matches!(four, ["end", "of", "the" | "this", "day"]))
        || text.windows(3).any(|three| matches!(three, ["close", "of", "business"]))
        || text.contains(&"cob")
}

/// The forms that are understood, for an answer to words that are none.
pub(super) const FORMS: &str = "I understand days such as “today”, “tomorrow”, “Friday”, “next Friday”, “5 March”, “the 5th”, \
     “2026-12-01” and “in two weeks”, and spans such as “this week”, “last week”, “past 7 days”, “2w”, “since Friday” and \
     “between Monday and Thursday”.";

/// The period that begins the words, and how many words it takes.
pub(super) fn begins(words: &[Word], calendar: &Calendar, lean: Lean) -> Option<(usize, Result<Period, Trouble>)> {
    grammar::period(words, calendar, lean)
}

/// The period that the words are, all of them.
///
/// # Errors
/// When they are none, or could be two.
pub(super) fn whole(words: &[Word], calendar: &Calendar, lean: Lean) -> Result<Period, Trouble> {
    match begins(words, calendar, lean) {
        Some((len, period)) if len == words.len() => period,
        Some(_) | None => Err(Trouble::Unknown),
    }
}

/// What is told of words that are no period.
pub(super) fn explain(trouble: &Trouble, words: &str) -> String {
    match trouble {
        Trouble::Unknown => format!("I do not know the day or period “{words}”. {FORMS}"),
        Trouble::Ambiguous(a, b) => {
            format!("“{words}” can be two days: do you mean {} or {}?", full(*a), full(*b))
        }
    }
}

/// “5 March 2026”.
pub(super) fn full(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// “Fri 27 Nov”; with the year when it is another one.
pub(super) fn short(day: Date, today: Date) -> String {
    let form = if day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    day.strftime(form).to_string()
}

/// The day by itself and as seen from today: “Fri 27 Nov, tomorrow”.
pub(super) fn seen(day: Date, today: Date) -> String {
    let days = days_between(today, day);
    let near = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2..=6 => format!("in {days} days"),
        _ => return short(day, today),
    };
    format!("{}, {near}", short(day, today))
}

/// How late an open item is: “3 days late”; empty when it is not.
pub(super) fn late(day: Date, today: Date) -> String {
    match days_between(day, today) {
        ..=0 => String::new(),
        1 => "1 day late".to_owned(),
        days => format!("{days} days late"),
    }
}

/// Days from one day to another; negative when the other is before.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// So many days later, at the ends of the calendar the last or first day there is.
pub(super) fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(days.clamp(-40_000, 40_000).days())
}

/// A period in words: “tomorrow (Sun 22 Nov)”, “from Mon 23 Nov to Sun 29 Nov”.
pub(super) fn told(period: Period, today: Date) -> String {
    match (period.from, period.to) {
        (Some(from), Some(to)) if from == to => match days_between(today, from) {
            0 => format!("today ({})", short(from, today)),
            1 => format!("tomorrow ({})", short(from, today)),
            -1 => format!("yesterday ({})", short(from, today)),
            _ => format!("on {}", short(from, today)),
        },
        (Some(from), Some(to)) => format!("from {} to {}", short(from, today), short(to, today)),
        (Some(from), None) => format!("from {} on", short(from, today)),
        (None, Some(to)) => format!("by {}", short(to, today)),
        (None, None) => "at any time".to_owned(),
    }
}
