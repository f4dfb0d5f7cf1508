//! Who has how much to do.

use std::collections::{BTreeMap, HashMap};

use contract::commands::{FindTasks, ShowLoad};
use contract::{Fault, Load, PersonId, Row};
use jiff::civil::Date;

use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

use super::read::{known_project, zone};

/// More open work than a person who plans by hand would have.
const MOST: u32 = 100_000;

impl Handle<ShowLoad> for Ask<'_> {
    async fn handle(&self, input: ShowLoad) -> Result<Vec<Load>, Fault> {
        let settings = self.engine.0.app.settings().await.into_fault()?;
        let today = self.engine.now().to_zoned(zone(&settings)).date();
        let from = input.from.unwrap_or(today);
        let to = match input.to {
            Some(to) => to,
            None => week_end(from, settings.week_start)?,
        };
        if to < from {
            return Err(Fault::invalid("to", format!("The days would end on {to}, before they begin on {from}.")));
        }
        let desk = self.desk().await?;
        if let Some(project) = input.project {
            known_project(&desk.store, project).await?;
        }
        let open = FindTasks {
            project: input.project,
            assignee: None,
            unassigned: false,
            completed: Some(false),
            due_from: None,
            due_to: None,
            blocked: false,
            text: None,
            kinds: Vec::new(),
            limit: Some(MOST),
        };
        let rows = desk.store.find_tasks(&open).await.into_fault()?;
        let people = desk.store.people().await.into_fault()?;
        let names = people.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(loads(&rows, &names, today, from, to))
    }
}

/// The last day of the week that a day is in; weeks begin on `week_start`, 1 for Monday to 7 for Sunday.
fn week_end(day: Date, week_start: u8) -> Result<Date, Fault> {
    let (start, weekday) = (week_start.clamp(1, 7), day.weekday().to_monday_one_offset().unsigned_abs());
    let ahead = i64::from((start + 6 - weekday) % 7);
    day.checked_add(jiff::Span::new().days(ahead))
        .map_err(|_| Fault::invalid("from", format!("{day} lies at the end of the calendar.")))
}

/// Most due first, then most late, then most open, then by name; nobody last. Who has nothing open is not named.
fn loads(rows: &[Row], names: &HashMap<PersonId, String>, today: Date, from: Date, to: Date) -> Vec<Load> {
    let mut of: BTreeMap<Option<PersonId>, (Load, BTreeMap<Date, u32>)> = BTreeMap::new();
    for row in rows {
        let whose: Vec<Option<PersonId>> =
            if row.assignees.is_empty() { vec![None] } else { row.assignees.iter().copied().map(Some).collect() };
        for person in whose {
            let name = person.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
            let (load, days) = of.entry(person).or_insert_with(|| {
                let none = Load { person, name, open: 0, overdue: 0, due: 0, busiest: 0, busiest_on: None };
                (none, BTreeMap::new())
            });
            load.open += 1;
            let Some(due) = row.due_on else { continue };
            load.overdue += u32::from(due < today);
            if (from..=to).contains(&due) {
                load.due += 1;
                *days.entry(due).or_default() += 1;
            }
        }
    }
    let mut loads: Vec<Load> = of
        .into_values()
        .map(|(load, days)| {
            // The earliest of the days with the most.
            let busiest = days.iter().rev().max_by_key(|(_, count)| **count);
            let (on, most) = busiest.map_or((None, 0), |(day, count)| (Some(*day), *count));
            Load { busiest: most, busiest_on: on, ..load }
        })
        .collect();
    loads.sort_by(|a, b| {
        let order =
            |load: &Load| (load.person.is_none(), u32::MAX - load.due, u32::MAX - load.overdue, u32::MAX - load.open);
        order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name))
    });
    loads
}

#[cfg(test)]
mod tests;
