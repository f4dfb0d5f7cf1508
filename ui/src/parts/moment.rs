//! Instants in words: “09:41”, “Tue 09:41”, “24 Nov”, “5 minutes ago”.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;

use super::day::{days_between, short_date};
use crate::state::Session;

/// “09:41” today, “yesterday 09:41”, “24 Nov” before that.
#[must_use]
pub fn moment_label(at: Timestamp, zone: &TimeZone, today: Date) -> String {
    let there = at.to_zoned(zone.clone());
    let clock = format!("{:02}:{:02}", there.hour(), there.minute());
    match days_between(there.date(), today) {
        0 => clock,
        1 => format!("yesterday {clock}"),
        _ => short_date(there.date(), today),
    }
}

/// “just now”, “5 min ago”, “3 h ago”, “2 days ago”, “4 months ago”.
#[must_use]
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    let (count, unit) = match seconds {
        ..60 => return "just now".into(),
        60..3_600 => return format!("{} min ago", seconds / 60),
        3_600..86_400 => return format!("{} h ago", seconds / 3_600),
        86_400..5_184_000 => (seconds / 86_400, "day"),
        5_184_000..63_072_000 => (seconds / 2_592_000, "month"),
        _ => (seconds / 31_536_000, "year"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}

/// “about 2 min left”: honest, so never exact.
#[must_use]
pub fn remaining(seconds: u64) -> String {
    match seconds {
        ..10 => "a few seconds left".into(),
        10..90 => format!("about {} s left", seconds.div_ceil(10) * 10),
        90..5_400 => format!("about {} min left", seconds.div_ceil(60)),
        _ => format!("about {} h left", seconds.div_ceil(3_600)),
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
    let whole = move || at.get().to_zoned(session.zone()).strftime("%-d %B %Y, %H:%M").to_string();
    view! { <time class="moment num" datetime=move || at.get().to_string() title=whole>{label}</time> }
}
