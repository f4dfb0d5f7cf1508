//! Instants in words: “09:41”, “Tue 09:41”, “24 Nov”, “5 minutes ago”.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use leptos::prelude::*;

use super::day::{days_between, month, short_date};
use crate::say;
use crate::state::Session;

/// “09:41” today, “yesterday 09:41”, “24 Nov” before that.
#[must_use]
pub fn moment_label(at: Timestamp, zone: &TimeZone, today: Date) -> String {
    let there = at.to_zoned(zone.clone());
    let clock = clock(&there);
    match days_between(there.date(), today) {
        0 => clock,
        1 => say::parts::yesterday(clock),
        _ => short_date(there.date(), today),
    }
}

fn clock(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// “24 November 2026, 09:41”.
fn instant(at: &Zoned) -> String {
    say::parts::Instant { day: at.day(), month: month(at.month()), year: at.year(), clock: clock(at) }.text()
}

/// “just now”, “5 min ago”, “3 h ago”, “2 days ago”, “4 months ago”.
#[must_use]
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    match seconds {
        ..60 => say::parts::just_now().into(),
        60..3_600 => say::parts::minutes_ago(seconds / 60),
        3_600..86_400 => say::parts::hours_ago(seconds / 3_600),
        86_400..5_184_000 => say::parts::days_ago(seconds / 86_400),
        5_184_000..63_072_000 => say::parts::months_ago(seconds / 2_592_000),
        _ => say::parts::years_ago(seconds / 31_536_000),
    }
}

/// “about 2 min left”: honest, so never exact.
#[must_use]
pub fn remaining(seconds: u64) -> String {
    match seconds {
        ..10 => say::parts::few_seconds_left().into(),
        10..90 => say::parts::seconds_left(seconds.div_ceil(10) * 10),
        90..5_400 => say::parts::minutes_left(seconds.div_ceil(60)),
        _ => say::parts::hours_left(seconds.div_ceil(3_600)),
    }
}

/// An instant as people say it; the whole of it on hover.
#[component]
pub fn Moment(
    /// When.
    #[prop(into)]
    at: Signal<Timestamp>,
) -> impl IntoView {
    let session = Session::expect();
    let label = move || moment_label(at.get(), &session.zone(), session.today());
    let whole = move || instant(&at.get().to_zoned(session.zone()));
    view! { <time class="moment num" datetime=move || at.get().to_string() title=whole>{label}</time> }
}
