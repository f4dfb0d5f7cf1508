//! A record that was made here gets its Basecamp id: the local one is replaced wherever it stands.

use contract::{ChangeId, Fetched, Recording, RecordingId};

use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::record;
use crate::tx::Tx;

impl Store {
    /// A create was answered, or its record was found in Basecamp: `local` is from here on what was fetched.
    ///
    /// # Errors
    /// [`StoreError::NoItem`] when no such create waits.
    pub async fn adopt(&self, local: RecordingId, fetched: Fetched<Recording>) -> Result<()> {
        let mut db = self.inner.readers.acquire().await?;
        let create: Option<i64> = sqlx::query_scalar(
            "select o.change from outbox o join change c on c.seq = o.change where o.item = ? and c.before is null",
        )
        .bind(local.0)
        .fetch_optional(&mut *db)
        .await?;
        drop(db);
        let create = create.filter(|_| local.is_local()).ok_or(StoreError::NoItem(local))?;
        self.sent(ChangeId(create), fetched).await
    }

    /// Basecamp's id of a record that was made here, once it has one; any other id as it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn resolve_id(&self, id: RecordingId) -> Result<RecordingId> {
        if !id.is_local() {
            return Ok(id);
        }
        let real: Option<i64> = sqlx::query_scalar("select real from local_id where local = ?")
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?;
        Ok(real.map_or(id, RecordingId))
    }

    /// What earlier creates were answered with: a lost create is none of these.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn adopted(&self) -> Result<Vec<RecordingId>> {
        let real: Vec<i64> = sqlx::query_scalar("select real from local_id").fetch_all(&self.inner.readers).await?;
        Ok(real.into_iter().map(RecordingId).collect())
    }
}

/// Renames a local id in every table and in every stored version of a record.
pub(crate) async fn rename(tx: &mut Tx, local: RecordingId, real: RecordingId) -> Result<()> {
    let here = record::read(tx.db(), local).await?;
    let there = record::read(tx.db(), real).await?;
    record::erase(tx.db(), local).await?;
    // A pass may have fetched the record before the answer came; then that row stands.
    if let (Some(mut record), None) = (here, there) {
        record.id = real;
        record::write_one(tx.db(), &record, None).await?;
    }
    for (sql, text) in [
        ("update recording set parent = ? where parent = ?", false),
        ("update change set key = ? where key = ? and kind = 'recording' and route <> 'sync'", false),
        ("update outbox set item = ? where item = ?", false),
        ("update change set before = json_set(before, '$.id', ?) where route <> 'sync' and before->>'$.id' = ?", true),
        ("update change set after = json_set(after, '$.id', ?) where route <> 'sync' and after->>'$.id' = ?", true),
        (
            "update change set before = json_set(before, '$.parent', ?) where route <> 'sync' and before->>'$.parent' = ?",
            true,
        ),
        (
            "update change set after = json_set(after, '$.parent', ?) where route <> 'sync' and after->>'$.parent' = ?",
            true,
        ),
        ("update server set record = json_set(record, '$.parent', ?) where record->>'$.parent' = ?", true),
        ("update outbox set base = json_set(base, '$.parent', ?) where base->>'$.parent' = ?", true),
    ] {
        let query = sqlx::query(sql);
        let query =
            if text { query.bind(real.to_string()).bind(local.to_string()) } else { query.bind(real.0).bind(local.0) };
        query.execute(tx.db()).await?;
    }
    sqlx::query("insert into local_id (local, real) values (?, ?)").bind(local.0).bind(real.0).execute(tx.db()).await?;
    tx.touched.renamed.push((local, real));
    Ok(())
}
