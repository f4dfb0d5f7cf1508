//! What Basecamp has, as far as people see it: the times of changes left out, places among siblings told.

use std::collections::BTreeMap;

use contract::RecordingId;
use jiff::civil::Date;
use sim::world::Status;

use crate::support::Desk;

/// One thing in Basecamp.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    pub(crate) kind: &'static str,
    pub(crate) parent: Option<i64>,
    pub(crate) status: Status,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) completed: bool,
    pub(crate) starts_on: Option<Date>,
    pub(crate) due_on: Option<Date>,
    pub(crate) assignees: Vec<i64>,
    pub(crate) subscribers: Vec<i64>,
    pub(crate) position: usize,
    pub(crate) detail: String,
}

pub(crate) type Facts = BTreeMap<i64, Fact>;

/// Everything in Basecamp that the person may see.
pub(crate) fn facts(desk: &Desk) -> Facts {
    let truth = desk.sim.truth();
    let mut facts = Facts::new();
    for seen in truth.into_iter().filter(|seen| seen.kind != "Project") {
        let fact = desk.sim.look(|world| {
            let recording = world.recording(seen.id).unwrap();
            let mut subscribers = recording.subscribers.clone();
            subscribers.sort_unstable();
            Fact {
                kind: seen.kind,
                parent: seen.parent,
                status: seen.status,
                title: seen.title.clone(),
                body: recording.body.clone(),
                completed: seen.completed,
                starts_on: recording.starts_on,
                due_on: recording.due_on,
                assignees: seen.assignees.clone(),
                subscribers,
                position: if seen.status == Status::Active { seen.position } else { 0 },
                detail: format!("{:?}", recording.detail),
            }
        });
        facts.insert(seen.id, fact);
    }
    facts
}

pub(crate) fn fact(desk: &Desk, id: RecordingId) -> Fact {
    facts(desk).remove(&id.0).unwrap_or_else(|| panic!("Basecamp has no {id}"))
}

/// What differs between two states, in words.
pub(crate) fn apart(before: &Facts, after: &Facts) -> Vec<String> {
    let ids: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    ids.into_iter()
        .filter(|id| before.get(id) != after.get(id))
        .map(|id| format!("{id}\n  was {:?}\n  is  {:?}", before.get(id), after.get(id)))
        .collect()
}

#[track_caller]
pub(crate) fn same(wanted: &Facts, there: &Facts, what: &str) {
    let apart = apart(wanted, there);
    assert!(apart.is_empty(), "{what}: Basecamp differs\n{}", apart.join("\n"));
}
