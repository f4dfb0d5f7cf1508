//! What happened to items, for whoever follows it: the log of changes read on from a mark.

use contract::{Recording, RecordingId, RunId};
use sqlx::Row;

use crate::change::read_record;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::record;

use super::StoredRun;

/// A change of an item, made here or brought by sync.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Its number in the log; later ones have higher ones.
    pub number: i64,
    /// The item before; `None` when it was not there.
    pub before: Option<Recording>,
    /// The item after it; as it is by now where the log does not keep that.
    pub after: Recording,
}

/// What stands in a text, without its markup.
#[must_use]
pub fn plain_text(html: &str) -> String {
    crate::text::plain(html)
}

impl Store {
    /// An item with all that is known of it; gone ones too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn recording(&self, id: RecordingId) -> Result<Option<Recording>> {
        let id = self.resolve_id(id).await?;
        let mut db = self.inner.readers.acquire().await?;
        Ok(record::read_many(&mut db, [id]).await?.remove(&id).map(|stored| stored.record))
    }

    /// The number of the newest change in the log; 0 when there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn last_happening(&self) -> Result<i64> {
        let newest: Option<i64> =
            sqlx::query_scalar("select max(seq) from change").fetch_one(&self.inner.readers).await?;
        Ok(newest.unwrap_or(0))
    }

    /// The run of an automation that made this change of the log, if one did.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn run_behind(&self, change: i64) -> Result<Option<StoredRun>> {
        let who: Option<String> =
            sqlx::query_scalar("select s.who from change c join change_set s on s.id = c.set_id where c.seq = ?")
                .bind(change)
                .fetch_optional(&self.inner.readers)
                .await?;
        let run = who.as_deref().and_then(|who| who.strip_prefix("automation:")).and_then(|run| run.parse().ok());
        match run {
            Some(run) => match self.run(RunId(run)).await {
                Ok(run) => Ok(Some(run)),
                // It was cleared away since.
                Err(StoreError::NoRun(_)) => Ok(None),
                Err(why) => Err(why),
            },
            None => Ok(None),
        }
    }

    /// What happened to items after a number, oldest first, and the number up to which the log was read: that is the one to
    /// go on from. What only follows from another change, such as the places of siblings, is left out, and so is what is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn happenings(&self, after: i64, limit: u32) -> Result<(Vec<Happening>, i64)> {
        let mut db = self.inner.readers.acquire().await?;
        let rows =
            sqlx::query("select seq, kind, route, key, before, after from change where seq > ? order by seq limit ?")
                .bind(after)
                .bind(limit)
                .fetch_all(&mut *db)
                .await?;
        let read_to = rows.last().map_or(Ok(after), |row| row.try_get("seq"))?;
        let mut found = Vec::new();
        for row in &rows {
            let (kind, route): (&str, &str) = (row.try_get("kind")?, row.try_get("route")?);
            if kind != "recording" || route == "derived" {
                continue;
            }
            let now = match read_record(row, "after")? {
                Some(now) => Some(now),
                None => {
                    let id = RecordingId(row.try_get("key")?);
                    record::read_many(&mut db, [id]).await?.remove(&id).map(|stored| stored.record)
                }
            };
            if let Some(after) = now {
                found.push(Happening { number: row.try_get("seq")?, before: read_record(row, "before")?, after });
            }
        }
        Ok((found, read_to))
    }
}
