//! What people did in Basecamp.

use contract::{Activity, ActivityId, Fetched, PersonId, ProjectId, RecordingId, Tag};
use jiff::Timestamp;
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::apply::Applied;
use crate::change::{self, Route};
use crate::columns::{instant, micros};
use crate::error::Result;
use crate::open::Store;

#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    project: i64,
    recording: Option<i64>,
    action: &'a str,
    summary: &'a str,
    creator: Option<i64>,
    created_at: i64,
    raw: &'a str,
}

impl Store {
    /// Applies activity. What happened does not change, so what is here already stays.
    ///
    /// # Errors
    /// When the file cannot be written. Batches that came before stay.
    pub async fn apply_activity(&self, fetched: Vec<Fetched<Activity>>) -> Result<Applied> {
        let mut applied = Applied::default();
        for batch in fetched.chunks(2000) {
            let lines: Vec<Line<'_>> = batch.iter().map(line).collect();
            let mut tx = self.begin_sync().await?;
            let new: Vec<i64> = sqlx::query_scalar(
                "insert into activity (id, project, recording, action, summary, creator, created_at, raw)
                 select value->>'id', value->>'project', value->>'recording', value->>'action', value->>'summary',
                        value->>'creator', value->>'created_at', value->>'raw'
                 from json_each(?) where true on conflict (id) do nothing returning id",
            )
            .bind(serde_json::to_string(&lines)?)
            .fetch_all(tx.db())
            .await?;
            applied.inserted += new.len() as u64;
            applied.unchanged += batch.len().saturating_sub(new.len()) as u64;
            if !new.is_empty() {
                let set = tx.set().await?;
                let log: Vec<change::Line> =
                    new.into_iter().map(|key| change::Line { key, before: None, after: None }).collect();
                change::log(tx.db(), set, Route::Sync, "activity", &log).await?;
                tx.touched.tag(Tag::Activity);
            }
            tx.commit().await?;
        }
        Ok(applied)
    }

    /// Activity, newest first, of visible projects.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn activity(
        &self,
        project: Option<ProjectId>,
        person: Option<PersonId>,
        since: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<Activity>> {
        let rows = sqlx::query(
            "select a.* from activity a
             where (?1 is null or a.project = ?1) and (?2 is null or a.creator = ?2) and a.created_at >= ?3
               and not exists (select 1 from project p where p.id = a.project and p.status in ('trashed', 'gone'))
             order by a.created_at desc, a.id desc limit ?4",
        )
        .bind(project.map(|id| id.0))
        .bind(person.map(|id| id.0))
        .bind(since.map_or(i64::MIN, micros))
        .bind(limit)
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter().map(activity).collect()
    }
}

pub(crate) fn activity(row: &SqliteRow) -> Result<Activity> {
    Ok(Activity {
        id: ActivityId(row.try_get("id")?),
        project: ProjectId(row.try_get("project")?),
        recording: row.try_get::<Option<i64>, _>("recording")?.map(RecordingId),
        action: row.try_get("action")?,
        summary: row.try_get("summary")?,
        creator: row.try_get::<Option<i64>, _>("creator")?.map(PersonId),
        created_at: instant(row, "created_at")?,
    })
}

fn line(Fetched { value, raw }: &Fetched<Activity>) -> Line<'_> {
    Line {
        id: value.id.0,
        project: value.project.0,
        recording: value.recording.map(|id| id.0),
        action: &value.action,
        summary: &value.summary,
        creator: value.creator.map(|id| id.0),
        created_at: micros(value.created_at),
        raw,
    }
}
