//! Replies that are the same whatever was done.

use contract::{
    ChangeSetId, HistoryEntry, Memory, MemoryId, Origin, Project, ProjectId, Reversible, SetState, Status, SyncPhase,
    SyncReport, SyncStatus,
};
use jiff::Timestamp;

pub(super) fn plain_project(id: ProjectId, name: &str) -> Project {
    Project {
        id,
        status: Status::Active,
        name: name.into(),
        description: String::new(),
        purpose: String::new(),
        starts_on: None,
        ends_on: None,
        dock: Vec::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        app_url: String::new(),
    }
}

pub(super) fn memory(text: &str) -> Memory {
    Memory {
        id: MemoryId(1),
        text: text.into(),
        origin: Origin::Person,
        pending: true,
        made_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
        used_at: None,
        conflicts: Vec::new(),
    }
}

pub(super) fn sync() -> SyncReport {
    let status = SyncStatus {
        phase: SyncPhase::Idle,
        offline: false,
        reachable: true,
        fresh_as_of: Some("2026-11-18T09:55:00Z".parse().unwrap()),
        stages: Vec::new(),
        requests: 0,
        remaining_seconds: None,
        queued: 0,
        stuck: 0,
        problem: None,
    };
    SyncReport { status, freshness: Vec::new() }
}

pub(super) fn history() -> Vec<HistoryEntry> {
    let entry = |set: i64, who: &str, state: SetState, summary: &str| HistoryEntry {
        set: ChangeSetId(set),
        summary: summary.into(),
        who: who.into(),
        door: "window".into(),
        at: "2026-11-18T09:00:00Z".parse().unwrap(),
        state,
        reversible: Reversible::Undoable,
        changes: Vec::new(),
        projects: Vec::new(),
    };
    vec![
        entry(504, "agent:1", SetState::Done, "Completed “Order the kitchen”"),
        entry(503, "person", SetState::Undone, "Renamed “A” to “B”"),
        entry(502, "person", SetState::Done, "Moved “Dark map style” to Testing"),
        entry(501, "person", SetState::Done, "Created “Dark map style”"),
    ]
}
