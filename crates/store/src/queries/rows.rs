//! Items as rows of a list.

use contract::{Pending, PersonId, ProjectId, RecordingId, Row};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::columns::{day_or_none, instant, instant_or_none, json_ids, kind, people, span, status};
use crate::error::Result;
use crate::open::Store;
use crate::text;

/// The columns that [`row`] reads, of a table `recording` that is called `r`. The index of steps is named, because SQLite
/// would else take all steps of the account for each row.
macro_rules! row_columns {
    () => {
        "r.id, r.kind, r.project, r.parent, r.status, r.title, r.excerpt, r.position, r.completed, r.completed_at,
         r.starts_on, r.due_on, r.span_from, r.span_to, r.assignees, r.creator, r.created_at, r.updated_at, r.comments,
         r.blocked,
         case when r.kind in ('Todo', 'Kanban::Card') then (select count(*) from recording s
            indexed by recording_by_parent where s.parent = r.id and s.kind = 'Kanban::Step' and s.status = 'active') else 0 end as steps,
         case when r.kind in ('Todo', 'Kanban::Card') then (select count(*) from recording s
            indexed by recording_by_parent where s.parent = r.id and s.kind = 'Kanban::Step' and s.status = 'active' and s.completed) else 0 end as steps_done,
         (select max(case o.state when 'conflict' then 3 when 'failed' then 2 else 1 end) from outbox o where o.item = r.id)
            as pending"
    };
}
pub(crate) use row_columns;

/// So many characters of a body stand for a title.
const STAND_IN: usize = 80;

impl Store {
    /// An item as a row; gone ones too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn row(&self, id: RecordingId) -> Result<Option<Row>> {
        let known = self.resolve_id(id).await?;
        match self.rows(&[known]).await?.pop() {
            // Basecamp may have named it between the two looks.
            None if known.is_local() => Ok(self.rows(&[self.resolve_id(id).await?]).await?.pop()),
            row => Ok(row),
        }
    }

    /// Items as rows, in the order of their ids; gone ones too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn rows(&self, ids: &[RecordingId]) -> Result<Vec<Row>> {
        let mut db = self.inner.readers.acquire().await?;
        rows(&mut db, ids).await
    }
}

pub(crate) async fn rows(db: &mut SqliteConnection, ids: &[RecordingId]) -> Result<Vec<Row>> {
    let rows = sqlx::query(concat!(
        "select ",
        row_columns!(),
        " from recording r where r.id in (select value from json_each(?)) order by r.id"
    ))
    .bind(json_ids(ids.iter().map(|id| id.0)))
    .fetch_all(db)
    .await?;
    rows.iter().map(row).collect()
}

pub(crate) fn row(row: &SqliteRow) -> Result<Row> {
    let (mut title, excerpt): (String, String) = (row.try_get("title")?, row.try_get("excerpt")?);
    if title.is_empty() {
        title = text::excerpt(&excerpt, STAND_IN);
    }
    Ok(Row {
        id: RecordingId(row.try_get("id")?),
        kind: kind(row)?,
        project: ProjectId(row.try_get("project")?),
        parent: row.try_get::<Option<i64>, _>("parent")?.map(RecordingId),
        status: status(row)?,
        title,
        excerpt,
        position: row.try_get("position")?,
        completed: row.try_get("completed")?,
        completed_at: instant_or_none(row, "completed_at")?,
        starts_on: day_or_none(row, "starts_on")?,
        due_on: day_or_none(row, "due_on")?,
        span: span(row)?,
        assignees: people(row.try_get("assignees")?)?,
        creator: row.try_get::<Option<i64>, _>("creator")?.map(PersonId),
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        comments: row.try_get("comments")?,
        steps: (row.try_get("steps_done")?, row.try_get("steps")?),
        blocked: row.try_get("blocked")?,
        pending: pending(row.try_get("pending")?),
    })
}

pub(crate) fn pending(worst: Option<i64>) -> Pending {
    match worst {
        None => Pending::None,
        Some(3) => Pending::Conflict,
        Some(2) => Pending::Failed,
        Some(_) => Pending::Queued,
    }
}
