//! Who works on a project, and how much of it is open.

use std::collections::BTreeMap;

use contract::commands::FindTasks;
use contract::{PersonId, ProjectId, Row};
use jiff::civil::Date;
use leptos::prelude::*;

use super::shown::PartBar;
use crate::parts::{Avatar, Chip, Each, Empty, Glyph, Icon, Loaded, Show, Tone};
use crate::say;
use crate::state::{Names, Session, memo, use_query};

/// The people of a project.
#[component]
pub(super) fn PeopleTab(project: ProjectId) -> impl IntoView {
    let session = Session::expect();
    let tasks = use_query(move || Some(open_tasks(project)));
    let loads = memo(move || tasks.value.with(|rows| loads(rows.as_deref().unwrap_or_default(), session.today())));
    let most = memo(move || loads.with(|loads| loads.iter().map(|load| load.open).max().unwrap_or(0).max(1)));
    let note = Signal::derive(move || {
        say::project::have_open_work(loads.with(|loads| loads.iter().filter(|load| load.person.is_some()).count()))
    });
    view! {
        <PartBar note><span></span></PartBar>
        <Loaded query=tasks>
            <div class="part-scroll">
                <Show when=move || loads.with(|loads| !loads.is_empty()) fallback=|| view! {
                    <Empty glyph=Glyph::Users title=say::project::no_open_work() text=say::project::no_open_work_text()/>
                }>
                    <ul class="totals">
                        <Each each=move || loads.get() key=|load| *load let(load)>
                            <LoadLine load most/>
                        </Each>
                    </ul>
                </Show>
            </div>
        </Loaded>
    }
}

fn open_tasks(project: ProjectId) -> FindTasks {
    FindTasks {
        project: Some(project),
        assignee: None,
        unassigned: false,
        completed: Some(false),
        due_from: None,
        due_to: None,
        blocked: false,
        text: None,
        kinds: Vec::new(),
        limit: Some(5000),
    }
}

/// What somebody has open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Load {
    person: Option<PersonId>,
    open: u32,
    late: u32,
    blocked: u32,
}

/// Open work per person, most first; nobody's last. An item of two people counts for both.
fn loads(rows: &[Row], today: Date) -> Vec<Load> {
    let mut loads: BTreeMap<Option<PersonId>, Load> = BTreeMap::new();
    for row in rows {
        let people: Vec<Option<PersonId>> =
            if row.assignees.is_empty() { vec![None] } else { row.assignees.iter().copied().map(Some).collect() };
        for person in people {
            let load = loads.entry(person).or_insert(Load { person, open: 0, late: 0, blocked: 0 });
            load.open += 1;
            load.late += u32::from(row.due_on.is_some_and(|due| due < today));
            load.blocked += u32::from(row.blocked);
        }
    }
    let mut loads: Vec<Load> = loads.into_values().collect();
    loads.sort_by_key(|load| (load.person.is_none(), std::cmp::Reverse(load.open), load.person));
    loads
}

#[component]
fn LoadLine(load: Load, most: Memo<u32>) -> impl IntoView {
    let names = Names::expect();
    let person = load.person;
    let title = move || person.and_then(|id| names.person(id)).map(|person| person.title).unwrap_or_default();
    view! {
        <li class="total">
            {person.map_or_else(|| view! { <Icon glyph=Glyph::User/> }.into_any(), |person| view! { <Avatar person/> }.into_any())}
            <span class="total-name cut">{move || person.map_or_else(|| say::project::nobody_yet().to_owned(), |person| names.person_name(person))}
                " " <small>{title}</small></span>
            <span class="total-marks">
                {(load.late > 0).then(|| view! { <Chip tone=Tone::Bad>{say::project::late(load.late)}</Chip> })}
                {(load.blocked > 0).then(|| view! { <Chip tone=Tone::Warn>{say::project::are_blocked(load.blocked)}</Chip> })}
            </span>
            <span class="meter" aria-hidden="true">
                <span class="meter-fill" style:width=move || format!("{:.1}%", f64::from(load.open) / f64::from(most.get()) * 100.0)></span>
            </span>
            <span class="num">{say::project::open(load.open)}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use contract::Kind;
    use jiff::civil::date;

    use super::*;
    use crate::project::fixture::row;

    #[test]
    fn shared_work_counts_for_both_and_nobodys_comes_last() {
        let task = |id, people: &[i64], due: Option<Date>| Row {
            assignees: people.iter().map(|id| PersonId(*id)).collect(),
            due_on: due,
            ..row(id, Kind::Todo)
        };
        let today = date(2026, 11, 21);
        let rows = [
            task(1, &[5, 6], Some(date(2026, 11, 20))),
            task(2, &[6], Some(today)),
            task(3, &[], None),
            task(4, &[], None),
            task(5, &[], None),
        ];
        let got: Vec<_> =
            loads(&rows, today).iter().map(|load| (load.person.map(|id| id.0), load.open, load.late)).collect();
        assert_eq!(got, [(Some(6), 2, 1), (Some(5), 1, 1), (None, 3, 0)]);
    }
}
