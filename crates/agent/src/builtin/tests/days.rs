//! Days and periods from words, on a fixed Wednesday.

use jiff::civil::{Date, date};

use crate::builtin::dates::{Calendar, Lean, Period, Trouble, whole};
use crate::builtin::words::Words;

const WEDNESDAY: Date = date(2026, 11, 18);

fn read(text: &str, lean: Lean) -> Result<Period, Trouble> {
    let calendar = Calendar { today: WEDNESDAY, week_start: 1 };
    whole(Words::of(text).list(), &calendar, lean)
}

fn day(text: &str) -> Date {
    read(text, Lean::Ahead).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}")).only().unwrap()
}

fn span(text: &str, lean: Lean) -> (String, String) {
    let told = |day: Option<Date>| day.map_or_else(|| "…".into(), |day| day.strftime("%m-%d").to_string());
    let period = read(text, lean).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}"));
    (told(period.from), told(period.to))
}

#[test]
fn days_ahead() {
    for (text, expected) in [
        ("today", (2026, 11, 18)),
        ("tomorrow", (2026, 11, 19)),
        ("yesterday", (2026, 11, 17)),
        ("the day after tomorrow", (2026, 11, 20)),
        ("Friday", (2026, 11, 20)),
        ("on Friday", (2026, 11, 20)),
        ("this Friday", (2026, 11, 20)),
        ("next Friday", (2026, 11, 27)),
        ("Wednesday", (2026, 11, 18)),
        ("Monday", (2026, 11, 23)),
        ("next Monday", (2026, 11, 23)),
        ("in 3 days", (2026, 11, 21)),
        ("in two weeks", (2026, 12, 2)),
        ("in a fortnight", (2026, 12, 2)),
        ("a week from today", (2026, 11, 25)),
        ("in a month", (2026, 12, 18)),
        ("end of the week", (2026, 11, 22)),
        ("end of month", (2026, 11, 30)),
        ("the end of next month", (2026, 12, 31)),
        ("end of the quarter", (2026, 12, 31)),
        ("end of the year", (2026, 12, 31)),
        ("the 5th", (2026, 12, 5)),
        ("on the 25th", (2026, 11, 25)),
        ("5 March", (2027, 3, 5)),
        ("the 5th of March 2028", (2028, 3, 5)),
        ("March 5th", (2027, 3, 5)),
        ("Dec 24, 2026", (2026, 12, 24)),
        ("29 February", (2028, 2, 29)),
        ("2026-12-01", (2026, 12, 1)),
        ("25/12", (2026, 12, 25)),
        ("12/25", (2026, 12, 25)),
        ("25/12/2027", (2027, 12, 25)),
        ("11/11", (2027, 11, 11)),
        ("three days ago", (2026, 11, 15)),
    ] {
        let (year, month, number) = expected;
        assert_eq!(day(text), date(year, month, number), "{text}");
    }
}

#[test]
fn spans() {
    for (text, lean, from, to) in [
        ("this week", Lean::Ahead, "11-16", "11-22"),
        ("next week", Lean::Ahead, "11-23", "11-29"),
        ("last week", Lean::Back, "11-09", "11-15"),
        ("this month", Lean::Ahead, "11-01", "11-30"),
        ("next quarter", Lean::Ahead, "01-01", "03-31"),
        ("the weekend", Lean::Ahead, "11-21", "11-22"),
        ("past 7 days", Lean::Back, "11-11", "11-18"),
        ("the last two weeks", Lean::Back, "11-04", "11-18"),
        ("next 3 days", Lean::Ahead, "11-18", "11-21"),
        ("7d", Lean::Back, "11-11", "11-18"),
        ("2w", Lean::Back, "11-04", "11-18"),
        ("1m", Lean::Back, "10-18", "11-18"),
        ("since Friday", Lean::Back, "11-13", "11-18"),
        ("since Wednesday", Lean::Back, "11-11", "11-18"),
        ("since yesterday", Lean::Back, "11-17", "11-18"),
        ("between Thursday and Monday", Lean::Ahead, "11-19", "11-23"),
        ("between Monday and Thursday", Lean::Ahead, "11-23", "11-26"),
        ("from 5 March to 9 March", Lean::Ahead, "03-05", "03-09"),
        ("by Friday", Lean::Ahead, "…", "11-20"),
        ("before Friday", Lean::Ahead, "…", "11-19"),
        ("after Friday", Lean::Ahead, "11-21", "…"),
    ] {
        assert_eq!(span(text, lean), (from.to_owned(), to.to_owned()), "{text}");
    }
}

#[test]
fn the_week_starts_where_the_person_says() {
    let calendar = Calendar { today: date(2026, 11, 22), week_start: 7 };
    let week = whole(Words::of("this week").list(), &calendar, Lean::Ahead).unwrap();
    assert_eq!(week, Period::span(date(2026, 11, 22), date(2026, 11, 28)));
}

#[test]
fn what_is_no_day_is_an_error_and_never_a_guess() {
    for text in [
        "",
        "Blursday",
        "the dinosaurs",
        "32 March",
        "99/99",
        "in many days",
        "next",
        "since",
        "between Friday",
        "31 February",
    ] {
        assert_eq!(read(text, Lean::Ahead), Err(Trouble::Unknown), "{text}");
    }
    assert_eq!(read("12/01", Lean::Ahead), Err(Trouble::Ambiguous(date(2027, 1, 12), date(2026, 12, 1))));
}
