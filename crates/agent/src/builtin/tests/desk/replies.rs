//! Replies that are the same whatever was done.

use contract::commands::WriteDraft;
use contract::{
    ChangeSetId, Decided, Draft, Dropped, HistoryEntry, Memory, MemoryId, Origin, Project, ProjectId, Proven, Recipe,
    RecipeId, RecipeStep, Reversible, Row, SetState, Status, SyncPhase, SyncReport, SyncStatus, Variable, VariableKind,
};
use jiff::Timestamp;

use super::company;

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

pub(super) fn recipe() -> Recipe {
    let variable = |name: &str, kind: VariableKind, value: String| Variable { name: name.into(), kind, value };
    Recipe {
        id: RecipeId(7),
        name: "weekly setup".into(),
        steps: vec![RecipeStep {
            command: "todo.create".into(),
            title: "Created “Set the week up”".into(),
            input: "{}".into(),
        }],
        variables: vec![
            variable("person", VariableKind::Person, company::person("Kwame").to_string()),
            variable("project", VariableKind::Project, company::project("Office").to_string()),
            variable("day", VariableKind::Day, "+3".into()),
        ],
        made_at: Timestamp::UNIX_EPOCH,
        used_at: None,
    }
}

pub(super) fn decisions() -> Vec<Decided> {
    let item = company::others().remove(1);
    vec![Decided {
        quote: "We decided to launch on 1 December.".into(),
        author: Some(company::person("Daniel")),
        at: item.created_at,
        item,
    }]
}

/// Every sentence holds, but for the counts.
pub(super) fn checked(draft: &WriteDraft, rows: &[Row]) -> Draft {
    let mut told = Draft { title: draft.title.clone(), ..Draft::default() };
    let all: Vec<Row> = rows.iter().cloned().chain(company::others()).collect();
    for sentence in &draft.sentences {
        if sentence.sources.len() > 1 {
            told.dropped.push(Dropped { text: sentence.text.clone(), why: "The number is not told.".into() });
            continue;
        }
        let sources = all.iter().filter(|row| sentence.sources.contains(&row.id)).cloned().collect();
        told.sentences.push(Proven { text: sentence.text.clone(), sources });
    }
    told
}
