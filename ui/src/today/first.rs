//! What to look at first: at most three items, each with the reason before the number. Which they are, the store says.

use contract::{First, FirstReason, PersonId, Row, Today};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::parts::day::{days_between, short_date};
use crate::parts::{Each, Faces, Show, Tone};
use crate::say;
use crate::state::{Drawer, Names, Query, Session, memo};

/// What is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) reason: String,
    pub(super) tone: Tone,
    pub(super) why: String,
}

/// Why an item comes first.
pub(super) fn words(first: &First, day: Date, me: Option<PersonId>) -> Words {
    let row = &first.row;
    let age = touched(row, day);
    match first.reason {
        FirstReason::Late => {
            let why = if me.is_some_and(|me| row.assignees.contains(&me)) {
                say::today::late_yours(age)
            } else if row.assignees.is_empty() {
                say::today::late_nobodys(age)
            } else {
                say::today::late_anybodys(age)
            };
            let days = row.due_on.map_or(0, |due| days_between(due, day));
            Words { reason: say::today::days_late(days), tone: Tone::Bad, why }
        }
        FirstReason::Blocked => {
            Words { reason: say::today::blocked().into(), tone: Tone::Warn, why: say::today::says_it_waits(age) }
        }
        FirstReason::Next => {
            let due = row.due_on.unwrap_or(day);
            let reason = match days_between(day, due) {
                ..=0 => say::today::due_today().to_owned(),
                1 => say::today::due_tomorrow().to_owned(),
                _ => say::today::next_due(short_date(due, day)),
            };
            Words { reason, tone: Tone::Accent, why: age }
        }
    }
}

/// Days are counted in UTC here: a rough age, said as one.
fn touched(row: &Row, day: Date) -> String {
    let date = |at: jiff::Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let (open, quiet) = (days_between(date(row.created_at), day), days_between(date(row.updated_at), day));
    match (open, quiet) {
        (..=1, _) => say::today::made_just_now().into(),
        (open, ..=1) => say::today::open_touched(open),
        (open, quiet) if open - quiet <= 1 => say::today::open_untouched(open),
        (open, quiet) => say::today::OpenQuiet { open, quiet }.text(),
    }
}

/// The cards. None when there is nothing to put first.
#[component]
pub(super) fn FirstThings(today: Query<Today>) -> impl IntoView {
    let names = Names::expect();
    let firsts = memo(move || {
        let me = names.me();
        let worded = |today: &Today| {
            today.first.iter().map(|first| (first.row.clone(), words(first, today.date, me))).collect::<Vec<_>>()
        };
        today.value.with(|today| today.as_ref().map(worded).unwrap_or_default())
    });
    view! {
        <Show when=move || { firsts.with(Vec::len) > 1 }>
            <div class="first">
                <Each each=move || firsts.get() key=|(row, words)| (crate::parts::row_key(row), words.reason.clone()) let((row, words))>
                    <FirstCard row words/>
                </Each>
            </div>
        </Show>
    }
}

#[component]
fn FirstCard(row: Row, words: Words) -> impl IntoView {
    let (drawer, names, session) = (Drawer::expect(), Names::expect(), Session::expect());
    let Words { reason, tone, why } = words;
    let (id, project, due) = (row.id, row.project, row.due_on);
    view! {
        <button class="first-card" type="button" on:click=move |_| drawer.open(id)>
            <span class=format!("first-reason num {}", tone.class())>{reason}</span>
            <span class="first-title">{row.title}</span>
            <span class="first-why">{why}</span>
            <span class="first-foot">
                <Faces people=row.assignees most=2/>
                <span class="grow cut">{move || names.project_name(project)}</span>
                <span class="num">{move || due.map(|due| short_date(due, session.today()))}</span>
            </span>
        </button>
    }
}
