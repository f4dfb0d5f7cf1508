//! Days in words: “3 days late”, “today”, “tomorrow”, “Tue”, “24 Nov”.

use jiff::civil::{Date, Weekday};
use leptos::prelude::*;

use crate::say;
use crate::state::Session;

/// How soon a due day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// Past.
    Late,
    /// Today.
    Soon,
    /// Later.
    Later,
}

/// A due day in words, counted from `today`.
#[must_use]
pub fn due_label(due: Date, today: Date) -> (String, Nearness) {
    let days = days_between(today, due);
    let text = match days {
        ..=-2 if days >= -60 => say::parts::days_late(-days),
        ..=-2 => say::parts::since(short_date(due, today)),
        -1 => say::parts::days_late(1),
        0 => say::parts::today().into(),
        1 => say::parts::tomorrow().into(),
        2..=6 => weekday(due.weekday()).into(),
        _ => short_date(due, today),
    };
    let nearness = match days {
        ..=-1 => Nearness::Late,
        0 => Nearness::Soon,
        _ => Nearness::Later,
    };
    (text, nearness)
}

/// “24 Nov”, with the year when it is another one.
#[must_use]
pub fn short_date(date: Date, today: Date) -> String {
    let (day, month) = (date.day(), month_short(date.month()));
    if date.year() == today.year() {
        say::parts::ShortDate { day, month }.text()
    } else {
        say::parts::ShortDateYear { day, month, year: date.year() }.text()
    }
}

/// “Saturday 21 November”.
#[must_use]
pub fn long_date(date: Date) -> String {
    let (weekday, month) = (weekday_long(date.weekday()), month(date.month()));
    say::parts::LongDate { weekday, day: date.day(), month }.text()
}

/// “Saturday 21 November 2026”.
#[must_use]
pub fn whole_date(date: Date) -> String {
    say::parts::WholeDate { date: long_date(date), year: date.year() }.text()
}

/// Days from one to the other; negative when the other is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => say::parts::mon(),
        Weekday::Tuesday => say::parts::tue(),
        Weekday::Wednesday => say::parts::wed(),
        Weekday::Thursday => say::parts::thu(),
        Weekday::Friday => say::parts::fri(),
        Weekday::Saturday => say::parts::sat(),
        Weekday::Sunday => say::parts::sun(),
    }
}

/// The whole name of a day of the week.
#[must_use]
pub fn weekday_long(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => say::parts::monday(),
        Weekday::Tuesday => say::parts::tuesday(),
        Weekday::Wednesday => say::parts::wednesday(),
        Weekday::Thursday => say::parts::thursday(),
        Weekday::Friday => say::parts::friday(),
        Weekday::Saturday => say::parts::saturday(),
        Weekday::Sunday => say::parts::sunday(),
    }
}

/// The month's name; months count from 1.
#[must_use]
pub fn month(number: i8) -> &'static str {
    match number {
        1 => say::parts::january(),
        2 => say::parts::february(),
        3 => say::parts::march(),
        4 => say::parts::april(),
        5 => say::parts::may(),
        6 => say::parts::june(),
        7 => say::parts::july(),
        8 => say::parts::august(),
        9 => say::parts::september(),
        10 => say::parts::october(),
        11 => say::parts::november(),
        _ => say::parts::december(),
    }
}

fn month_short(number: i8) -> &'static str {
    match number {
        1 => say::parts::jan(),
        2 => say::parts::feb(),
        3 => say::parts::mar(),
        4 => say::parts::apr(),
        5 => say::parts::may_short(),
        6 => say::parts::jun(),
        7 => say::parts::jul(),
        8 => say::parts::aug(),
        9 => say::parts::sep(),
        10 => say::parts::oct(),
        11 => say::parts::nov(),
        _ => say::parts::dec(),
    }
}

/// A due day. Late ones of open items are red, today's are amber; nothing without a day.
#[component]
pub fn DayLabel(
    /// The day.
    #[prop(into)]
    due: Signal<Option<Date>>,
    /// What it belongs to is done: then the day has no colour.
    #[prop(optional, into)]
    done: Signal<bool>,
) -> impl IntoView {
    let session = Session::expect();
    move || {
        let due = due.get()?;
        let today = session.today();
        let (text, nearness) =
            if done.get() { (short_date(due, today), Nearness::Later) } else { due_label(due, today) };
        let class = match nearness {
            Nearness::Late => "due num late",
            Nearness::Soon => "due num soon",
            Nearness::Later => "due num",
        };
        Some(view! { <time class=class datetime=due.to_string() title=whole_date(due)>{text}</time> })
    }
}
