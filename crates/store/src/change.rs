//! The log of changes: who made it, how it travels, and its rows.

use contract::{ChangeId, ChangeSetId, Door, Recording, RecordingId, SetState, Who};
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::error::{Result, StoreError};

/// Who writes, and through which door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// Through which door.
    pub door: Door,
}

impl Actor {
    /// What came from Basecamp.
    #[must_use]
    pub fn sync() -> Self {
        Self { who: Who::Sync, door: Door::Background }
    }
    /// `person`, `agent:…`, `automation:…`, `client:…`, `sync`.
    pub(crate) fn who_text(&self) -> String {
        match &self.who {
            Who::Person => "person".into(),
            Who::Agent { run } => format!("agent:{run}"),
            Who::Automation { run } => format!("automation:{run}"),
            Who::Client { name } => format!("client:{name}"),
            Who::Sync => "sync".into(),
        }
    }
    pub(crate) fn door_text(&self) -> &'static str {
        match self.door {
            Door::Window => "window",
            Door::CommandLine => "command-line",
            Door::Http => "http",
            Door::Background => "background",
        }
    }
}

/// How a change travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// It came from Basecamp.
    Sync,
    /// It goes to Basecamp.
    Remote,
    /// Basecamp makes it by itself as a consequence of another; it is never sent.
    Derived,
    /// It concerns this machine only.
    Local,
}

impl Route {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Remote => "remote",
            Self::Derived => "derived",
            Self::Local => "local",
        }
    }
    fn read(text: &str) -> Self {
        match text {
            "remote" => Self::Remote,
            "derived" => Self::Derived,
            "local" => Self::Local,
            _ => Self::Sync,
        }
    }
}

pub(crate) fn state_text(state: SetState) -> &'static str {
    match state {
        SetState::Done => "done",
        SetState::Undone => "undone",
        SetState::Reversal => "reversal",
    }
}

pub(crate) fn read_state(text: &str) -> SetState {
    match text {
        "undone" => SetState::Undone,
        "reversal" => SetState::Reversal,
        _ => SetState::Done,
    }
}

/// One change of a recording, read back.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) id: ChangeId,
    pub(crate) set: ChangeSetId,
    pub(crate) route: Route,
    pub(crate) item: RecordingId,
    pub(crate) before: Option<Recording>,
    pub(crate) after: Option<Recording>,
    /// The server's record right after it accepted the change.
    pub(crate) landed: Option<Recording>,
}

impl Change {
    /// Whichever version there is, the later first.
    pub(crate) fn latest(&self) -> Option<&Recording> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

pub(crate) fn record_text(record: Option<&Recording>) -> Result<Option<String>> {
    Ok(record.map(serde_json::to_string).transpose()?)
}

pub(crate) fn read_record(row: &SqliteRow, column: &str) -> Result<Option<Recording>> {
    let text: Option<&str> = row.try_get(column)?;
    Ok(text.map(serde_json::from_str).transpose()?)
}

fn change(row: &SqliteRow) -> Result<Change> {
    Ok(Change {
        id: ChangeId(row.try_get("seq")?),
        set: ChangeSetId(row.try_get("set_id")?),
        route: Route::read(row.try_get("route")?),
        item: RecordingId(row.try_get("key")?),
        before: read_record(row, "before")?,
        after: read_record(row, "after")?,
        landed: read_record(row, "landed")?,
    })
}

/// The changes of recordings in a set, oldest first.
pub(crate) async fn of_sets(db: &mut SqliteConnection, sets: &str) -> Result<Vec<Change>> {
    let rows = sqlx::query(
        "select seq, set_id, route, key, before, after, landed from change
         where set_id in (select value from json_each(?)) and kind = 'recording' order by seq",
    )
    .bind(sets)
    .fetch_all(db)
    .await?;
    rows.iter().map(change).collect()
}

pub(crate) async fn one(db: &mut SqliteConnection, id: ChangeId) -> Result<Change> {
    let row = sqlx::query(
        "select seq, set_id, route, key, before, after, landed from change where seq = ? and kind = 'recording'",
    )
    .bind(id.0)
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NoChange(id))?;
    change(&row)
}

/// What was done here to an item after a change, oldest first.
pub(crate) async fn ours_since(db: &mut SqliteConnection, item: RecordingId, after: ChangeId) -> Result<Vec<Change>> {
    let rows = sqlx::query(
        "select seq, set_id, route, key, before, after, landed from change
         where key = ? and seq > ? and route <> 'sync' and kind = 'recording' order by seq",
    )
    .bind(item.0)
    .bind(after.0)
    .fetch_all(db)
    .await?;
    rows.iter().map(change).collect()
}

/// A row for the log, for writing many at once.
#[derive(Serialize)]
pub(crate) struct Line {
    pub(crate) key: i64,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

pub(crate) async fn log(db: &mut SqliteConnection, set: i64, route: Route, kind: &str, lines: &[Line]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into change (set_id, route, kind, key, before, after)
         select ?, ?, ?, value->>'key', value->>'before', value->>'after' from json_each(?)",
    )
    .bind(set)
    .bind(route.text())
    .bind(kind)
    .bind(serde_json::to_string(lines)?)
    .execute(db)
    .await?;
    Ok(())
}
