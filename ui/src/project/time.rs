//! Time spent on a project: totals per person, and the entries.

use std::collections::BTreeMap;

use contract::{Kind, PersonId, ProjectId, RecordingId, Row};
use leptos::prelude::*;

use super::gather::{hours_text, minutes};
use super::messages::list;
use super::shown::PartBar;
use crate::parts::day::short_date;
use crate::parts::{Avatar, Each, Empty, Glyph, Loaded, PendingMark, Show};
use crate::say;
use crate::state::{Drawer, Names, Session, memo, use_query};

/// The time of a project.
#[component]
pub(super) fn TimeTab(project: ProjectId) -> impl IntoView {
    let entries = use_query(move || Some(list(project, &[Kind::TimeEntry], 5000)));
    let rows = memo(move || {
        let mut rows = entries.value.get().unwrap_or_default();
        rows.sort_by_key(|row| std::cmp::Reverse((row.due_on, row.id)));
        rows
    });
    let totals = memo(move || rows.with(|rows| totals(rows)));
    let ids = Signal::derive(move || rows.with(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>()));
    let note = Signal::derive(move || {
        let sum = totals.with(|totals| totals.iter().map(|(_, minutes)| minutes).sum::<u32>());
        say::project::TimeInEntries { time: hours_text(sum), count: rows.with(Vec::len) }.text()
    });
    view! {
        <PartBar note><span></span></PartBar>
        <Loaded query=entries>
            <div class="part-scroll">
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=|| view! {
                    <Empty glyph=Glyph::Timer title=say::project::no_time() text=say::project::no_time_text()/>
                }>
                    <Totals totals/>
                    <div class="item-lines">
                        <Each each=move || rows.get() key=|row| (row.id, row.updated_at) let(row)>
                            <EntryLine row among=ids/>
                        </Each>
                    </div>
                </Show>
            </div>
        </Loaded>
    }
}

/// Minutes per person, most first. Entries of nobody count as `None`.
fn totals(rows: &[Row]) -> Vec<(Option<PersonId>, u32)> {
    let mut sums: BTreeMap<Option<PersonId>, u32> = BTreeMap::new();
    for row in rows {
        let person = row.assignees.first().copied().or(row.creator);
        let sum = sums.entry(person).or_default();
        *sum = sum.saturating_add(minutes(&row.title).unwrap_or(0));
    }
    let mut totals: Vec<_> = sums.into_iter().collect();
    totals.sort_by_key(|(person, minutes)| (std::cmp::Reverse(*minutes), *person));
    totals
}

#[component]
fn Totals(totals: Memo<Vec<(Option<PersonId>, u32)>>) -> impl IntoView {
    let names = Names::expect();
    let most = memo(move || totals.with(|totals| totals.iter().map(|(_, minutes)| *minutes).max().unwrap_or(0).max(1)));
    view! {
        <ul class="totals">
            <Each each=move || totals.get() key=|total| *total let((person, minutes))>
                <li class="total">
                    {person.map(|person| view! { <Avatar person/> })}
                    <span class="total-name cut">{move || person.map_or_else(|| say::project::nobody().to_owned(), |person| names.person_name(person))}</span>
                    <span class="meter" aria-hidden="true">
                        <span class="meter-fill" style:width=move || format!("{:.1}%", f64::from(minutes) / f64::from(most.get()) * 100.0)></span>
                    </span>
                    <span class="num">{hours_text(minutes)}</span>
                </li>
            </Each>
        </ul>
    }
}

#[component]
fn EntryLine(row: Row, among: Signal<Vec<RecordingId>>) -> impl IntoView {
    let (drawer, session) = (Drawer::expect(), Session::expect());
    let (id, day) = (row.id, row.due_on);
    let spent = minutes(&row.title).map_or_else(|| row.title.clone(), hours_text);
    let what = if row.excerpt.is_empty() { say::project::no_description().to_owned() } else { row.excerpt.clone() };
    view! {
        <button type="button" class="item-line" class:on=move || drawer.item.get() == Some(id)
            on:click=move |_| drawer.open_in(id, among.get_untracked())>
            {row.assignees.first().copied().or(row.creator).map(|person| view! { <Avatar person/> })}
            <span class="item-line-words"><span class="item-line-title cut">{what}</span></span>
            <PendingMark pending=row.pending/>
            <small class="num">{move || day.map(|day| short_date(day, session.today()))}</small>
            <span class="num slot-when">{spent}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use contract::{Kind, PersonId, Row};

    use super::totals;
    use crate::project::fixture::row;

    #[test]
    fn time_is_added_up_per_person_and_what_cannot_be_read_counts_nothing() {
        let entry = |id, person: i64, hours: &str| Row {
            title: hours.into(),
            assignees: vec![PersonId(person)],
            ..row(id, Kind::TimeEntry)
        };
        let rows = [entry(1, 5, "1.5"), entry(2, 6, "2:00"), entry(3, 5, "0:15"), entry(4, 6, "a while")];
        assert_eq!(totals(&rows), [(Some(PersonId(6)), 120), (Some(PersonId(5)), 105)]);
    }
}
