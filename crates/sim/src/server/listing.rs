//! `GET /projects/recordings.json`: all recordings of a type across projects, sorted.

use std::collections::HashMap;
use std::sync::Arc;

use super::page::page;
use super::read::Reading;
use super::reply::Reply;
use super::request::Ask;
use crate::world::{Kind, Status};

/// Sorted lists that were asked for, kept until the world changes: a walk over 200 pages sorts once.
#[derive(Debug, Default)]
pub(crate) struct Listings {
    revision: u64,
    kept: HashMap<String, Arc<Vec<i64>>>,
}

impl Listings {
    fn get(&mut self, revision: u64, key: String, make: impl FnOnce() -> Vec<i64>) -> Arc<Vec<i64>> {
        if self.revision != revision || self.kept.len() > 64 {
            self.kept.clear();
            self.revision = revision;
        }
        Arc::clone(self.kept.entry(key).or_insert_with(|| Arc::new(make())))
    }
}

/// The types that the list knows; the documented ones and no others.
const LISTED: [Kind; 11] = [
    Kind::Comment,
    Kind::Document,
    Kind::Card,
    Kind::Step,
    Kind::Message,
    Kind::Answer,
    Kind::ScheduleEntry,
    Kind::Todo,
    Kind::Todolist,
    Kind::Upload,
    Kind::Vault,
];

pub(crate) fn recordings(reading: &mut Reading<'_>, ask: &Ask) -> Reply {
    let Some(wire) = ask.param("type") else {
        return Reply::error(400, "type is required");
    };
    if wire == "Door" {
        return page(ask, reading.here, &[0; 0], |_| serde_json::Value::Null);
    }
    let Some(kind) = Kind::parse(wire).filter(|kind| LISTED.contains(kind)) else {
        return Reply::error(400, "type is not one that can be listed");
    };
    let status = match ask.param("status").map(Status::parse) {
        None => Status::Active,
        Some(Some(status)) => status,
        Some(None) => return Reply::error(400, "status must be active, archived or trashed"),
    };
    let by_update = ask.param("sort") == Some("updated_at");
    let ascending = ask.param("direction") == Some("asc");
    let buckets: Option<Vec<i64>> =
        ask.param("bucket").map(|list| list.split(',').filter_map(|id| id.trim().parse().ok()).collect());
    let key = format!("{wire} {status:?} {by_update} {ascending} {buckets:?}");
    let (world, me) = (reading.lens.world, reading.me());
    let ids = reading.listings.get(world.revision(), key, || {
        let open: Vec<i64> = world
            .projects()
            .filter(|project| project.members.contains(&me))
            .filter(|project| match &buckets {
                // Asked for by name, a project of any status answers.
                Some(named) => named.contains(&project.id),
                None => project.status == Status::Active,
            })
            .map(|project| project.id)
            .collect();
        let mut rows: Vec<_> = world
            .of_kind(kind)
            .iter()
            .filter_map(|id| world.recording(*id))
            .filter(|row| open.binary_search(&row.project).is_ok())
            .filter(|row| world.status_of(row.id) == status)
            .map(|row| {
                let at = if by_update { row.updated_at } else { row.created_at };
                (at, row.id)
            })
            .collect();
        rows.sort_unstable();
        if !ascending {
            rows.reverse();
        }
        rows.into_iter().map(|(_, id)| id).collect()
    });
    let lens = reading.lens;
    page(ask, reading.here, &ids, |id| world.recording(*id).map_or(serde_json::Value::Null, |row| lens.listed(row)))
}
