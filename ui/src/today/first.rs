//! What to look at first: at most three items, each with the reason before the number.

use contract::{PersonId, RecordingId, Row, Today};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::parts::day::{days_between, short_date};
use crate::parts::{Each, Faces, Show, Tone};
use crate::say;
use crate::state::{Drawer, Names, Query, Session, memo};

/// An item and why it comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct First {
    pub(super) row: Row,
    pub(super) reason: String,
    pub(super) tone: Tone,
    pub(super) why: String,
}

/// Chosen by plain rules: what is mine and late for longest (else anybody's), what is blocked, what of mine is due next.
/// An item stands for one reason only.
pub(super) fn first_things(today: &Today, me: Option<PersonId>) -> Vec<First> {
    let day = today.date;
    let is_mine = |row: &&Row| me.is_some_and(|me| row.assignees.contains(&me));
    let mut chosen: Vec<First> = Vec::new();

    let latest = |rows: &mut dyn Iterator<Item = &Row>| {
        rows.filter(|row| row.due_on.is_some()).min_by_key(|row| row.due_on).cloned()
    };
    if let Some(row) = latest(&mut today.overdue.iter().filter(is_mine)).or_else(|| latest(&mut today.overdue.iter())) {
        let days = row.due_on.map_or(0, |due| days_between(due, day));
        let age = touched(&row, day);
        let why = if is_mine(&&row) {
            say::today::late_yours(age)
        } else if row.assignees.is_empty() {
            say::today::late_nobodys(age)
        } else {
            say::today::late_anybodys(age)
        };
        let reason = say::today::days_late(days);
        chosen.push(First { row, reason, tone: Tone::Bad, why });
    }
    let held = today.waiting.iter().chain(&today.mine).chain(&today.due_today).chain(&today.overdue);
    if let Some(row) = held.filter(|row| row.blocked).find(|row| is_new(&chosen, row.id)).cloned() {
        let why = say::today::says_it_waits(touched(&row, day));
        chosen.push(First { row, reason: say::today::blocked().into(), tone: Tone::Warn, why });
    }
    let next = today.due_today.iter().filter(is_mine).chain(&today.mine).chain(&today.due_today);
    let next = next.filter(|row| row.due_on.is_some()).find(|row| is_new(&chosen, row.id)).cloned();
    if let Some((due, row)) = next.and_then(|row| Some((row.due_on?, row))) {
        let reason = match days_between(day, due) {
            ..=0 => say::today::due_today().to_owned(),
            1 => say::today::due_tomorrow().to_owned(),
            _ => say::today::next_due(short_date(due, day)),
        };
        chosen.push(First { why: touched(&row, day), row, reason, tone: Tone::Accent });
    }
    chosen
}

fn is_new(chosen: &[First], id: RecordingId) -> bool {
    chosen.iter().all(|first| first.row.id != id)
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
        today.value.with(|today| today.as_ref().map(|today| first_things(today, me)).unwrap_or_default())
    });
    view! {
        <Show when=move || { firsts.with(Vec::len) > 1 }>
            <div class="first">
                <Each each=move || firsts.get() key=|first| (crate::parts::row_key(&first.row), first.reason.clone()) let(first)>
                    <FirstCard first/>
                </Each>
            </div>
        </Show>
    }
}

#[component]
fn FirstCard(first: First) -> impl IntoView {
    let (drawer, names, session) = (Drawer::expect(), Names::expect(), Session::expect());
    let First { row, reason, tone, why } = first;
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
