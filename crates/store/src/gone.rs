//! What Basecamp does not show any more is marked, hidden and kept; and what is known here, for telling that.

use contract::{Kind, Known, ProjectId, RecordingId, Status, Tag};
use sqlx::Row;

use crate::change::{self, Route, record_text};
use crate::columns::{instant, json_ids, json_words, kind, status};
use crate::error::Result;
use crate::open::Store;
use crate::record::{self, Writing};
use crate::tx::Tx;

impl Store {
    /// Marks items as gone; how many were not yet so. Their edits that wait get stuck and say why.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn gone(&self, ids: &[RecordingId]) -> Result<u64> {
        let mut tx = self.begin_sync().await?;
        let marked = mark(&mut tx, ids).await?;
        tx.commit().await?;
        Ok(marked)
    }

    /// Marks a project as gone, with everything in it; how many records were not yet so.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn project_gone(&self, id: ProjectId) -> Result<u64> {
        let mut tx = self.begin_sync().await?;
        let inside: Vec<i64> =
            sqlx::query_scalar("select id from recording where project = ? and status <> 'gone' and id > 0")
                .bind(id.0)
                .fetch_all(tx.db())
                .await?;
        let mut marked = 0;
        let inside: Vec<RecordingId> = inside.into_iter().map(RecordingId).collect();
        for some in inside.chunks(2000) {
            marked += mark(&mut tx, some).await?;
        }
        let done = sqlx::query("update project set status = 'gone' where id = ? and status <> 'gone'")
            .bind(id.0)
            .execute(tx.db())
            .await?
            .rows_affected();
        if done > 0 {
            let line = change::Line { key: id.0, before: None, after: Some("{\"status\":\"gone\"}".into()) };
            let set = tx.set().await?;
            change::log(tx.db(), set, Route::Sync, "project", &[line]).await?;
            tx.touched.tag(Tag::Projects);
        }
        tx.commit().await?;
        Ok(marked + done)
    }

    /// What is known of items of these kinds as Basecamp told it, gone ones too; of every kind when none is given. Items
    /// that exist only here are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn known(&self, kinds: &[Kind]) -> Result<Vec<Known>> {
        let kinds = if kinds.is_empty() { Kind::ALL } else { kinds };
        let rows = sqlx::query(
            "select r.id, r.kind, r.project, coalesce(s.record->>'status', r.status) as status, r.updated_at
             from recording r left join server s on s.id = r.id
             where r.kind in (select value from json_each(?)) and r.id > 0",
        )
        .bind(json_words(kinds.iter().map(|kind| kind.wire()))?)
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Known {
                    id: RecordingId(row.try_get("id")?),
                    kind: kind(row)?,
                    project: ProjectId(row.try_get("project")?),
                    status: status(row)?,
                    updated_at: instant(row, "updated_at")?,
                })
            })
            .collect()
    }
}

async fn mark(tx: &mut Tx, ids: &[RecordingId]) -> Result<u64> {
    let there = record::read_many(tx.db(), ids.iter().copied().filter(|id| !id.is_local())).await?;
    let mut after = Vec::new();
    let mut lines = Vec::new();
    for stored in there.values().filter(|stored| stored.record.status != Status::Gone) {
        let mut record = stored.record.clone();
        record.status = Status::Gone;
        lines.push(change::Line {
            key: record.id.0,
            before: record_text(Some(&stored.record))?,
            after: record_text(Some(&record))?,
        });
        tx.touched.item(record.id, record.kind.tag());
        after.push(record);
    }
    if after.is_empty() {
        return Ok(0);
    }
    let writing: Vec<Writing<'_>> = after.iter().map(|record| Writing { record, raw: None }).collect();
    record::write(tx.db(), &writing).await?;
    let set = tx.set().await?;
    change::log(tx.db(), set, Route::Sync, "recording", &lines).await?;
    let gone = json_ids(after.iter().map(|record| record.id.0));
    sqlx::query(
        "update server set record = json_set(record, '$.status', 'gone') where id in (select value from json_each(?))",
    )
    .bind(&gone)
    .execute(tx.db())
    .await?;
    let stuck = sqlx::query(
        "update outbox set state = 'failed', problem = 'Basecamp no longer shows this item. Discard the edit, or make the item anew.'
         where state in ('queued', 'conflict') and unsure = 0 and item in (select value from json_each(?))",
    )
    .bind(&gone)
    .execute(tx.db())
    .await?;
    if stuck.rows_affected() > 0 {
        tx.touched.tag(Tag::Outbox);
    }
    Ok(after.len() as u64)
}
