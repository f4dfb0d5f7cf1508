//! How often the assistant asked, day by day: a table with a bar to each line.

use contract::{ApprovalDay, Permissions};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::parts::day::{short_date, whole_date};
use crate::parts::{Dot, Show, Tone};
use crate::say;
use crate::state::{Query, Session, memo};

/// The three parts of a day's bar, from the left: where each begins and how long it is, in hundredths of the longest day.
fn bar(day: &ApprovalDay, most: u32) -> [(f64, f64); 3] {
    let whole = f64::from(most.max(1));
    let mut from = 0.0;
    [day.allowed, day.denied, day.unasked].map(|count| {
        let long = f64::from(count) * 100.0 / whole;
        let part = (from, long);
        from += long;
        part
    })
}

fn total(day: &ApprovalDay) -> u32 {
    day.allowed.saturating_add(day.denied).saturating_add(day.unasked)
}

/// The last days on which anything was asked or done.
#[component]
pub(super) fn Days(query: Query<Permissions>) -> impl IntoView {
    let session = Session::expect();
    let days = memo(move || query.value.with(|all| all.as_ref().map(|all| all.days.clone()).unwrap_or_default()));
    view! {
        <h3 class="settings-head">{say::settings::last_days()}</h3>
        <Show when=move || !days.with(Vec::is_empty) fallback=|| view! {
            <p class="calm">{say::settings::no_approvals()}</p>
        }>
            <table class="days">
                <thead><tr>
                    <th scope="col">{say::settings::day()}</th>
                    <th scope="col"><Legend tone=Tone::Good/>{say::settings::allowed()}</th>
                    <th scope="col"><Legend tone=Tone::Bad/>{say::settings::denied()}</th>
                    <th scope="col"><Legend tone=Tone::Plain/>{say::settings::unasked()}</th>
                    <th scope="col"><span class="aside-label">{say::settings::together()}</span></th>
                </tr></thead>
                <tbody>{move || days.with(|days| lines(days, session.today()))}</tbody>
            </table>
        </Show>
    }
}

/// The colour of a column in the bars. The column's head says the same in words.
#[component]
fn Legend(tone: Tone) -> impl IntoView {
    view! { <span class="days-key" aria-hidden="true"><Dot tone label=say::settings::in_bar()/></span> }
}

fn lines(days: &[ApprovalDay], today: Date) -> impl IntoView + use<> {
    let most = days.iter().map(total).max().unwrap_or(0);
    let line = |day: &ApprovalDay| {
        let parts = ["allowed", "denied", "unasked"].into_iter().zip(bar(day, most)).map(|(class, (from, long))| {
            view! { <rect class=class x=from.to_string() y="0" width=long.to_string() height="6"></rect> }
        });
        view! {
            <tr>
                <th scope="row" title=whole_date(day.date)>{short_date(day.date, today)}</th>
                <td>{day.allowed}</td>
                <td>{day.denied}</td>
                <td>{day.unasked}</td>
                <td><svg class="day-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{parts.collect_view()}</svg></td>
            </tr>
        }
    };
    days.iter().map(line).collect_view()
}

#[cfg(test)]
mod tests;
