//! Days in words: “3 days late”, “today”, “tomorrow”, “Tue”, “24 Nov”.

use jiff::civil::{Date, Weekday};
use leptos::prelude::*;

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
        ..=-2 if days >= -60 => format!("{} days late", -days),
        ..=-2 => format!("since {}", short_date(due, today)),
        -1 => "1 day late".into(),
        0 => "today".into(),
        1 => "tomorrow".into(),
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
    let month = month(date.month()).get(..3).unwrap_or_default();
    if date.year() == today.year() {
        format!("{} {month}", date.day())
    } else {
        format!("{} {month} {}", date.day(), date.year())
    }
}

/// “Saturday 21 November”.
#[must_use]
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", weekday_long(date.weekday()), date.day(), month(date.month()))
}

/// Days from one to the other; negative when the other is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn weekday(day: Weekday) -> &'static str {
    weekday_long(day).get(..3).unwrap_or_default()
}

fn weekday_long(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The month's name; months count from 1.
#[must_use]
pub fn month(number: i8) -> &'static str {
    match number {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
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
        Some(
            view! { <time class=class datetime=due.to_string() title=format!("{} {}", long_date(due), due.year())>{text}</time> },
        )
    }
}
