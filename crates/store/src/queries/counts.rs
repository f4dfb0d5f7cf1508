//! How much of everything is here.

use std::collections::BTreeMap;

use contract::{Kind, Tag};
use sqlx::Row;

use crate::error::Result;
use crate::open::Store;

impl Store {
    /// How many records of each kind of data are here, gone ones left out; every kind of data, also those with none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn counts(&self) -> Result<Vec<(Tag, u64)>> {
        let mut db = self.inner.readers.acquire().await?;
        let mut counts: BTreeMap<Tag, u64> = Kind::ALL.iter().map(|kind| (kind.tag(), 0)).collect();
        let rows = sqlx::query("select kind, count(*) as n from recording where status <> 'gone' group by kind")
            .fetch_all(&mut *db)
            .await?;
        for row in rows {
            if let Some(kind) = Kind::from_wire(row.try_get("kind")?) {
                *counts.entry(kind.tag()).or_default() += row.try_get::<u64, _>("n")?;
            }
        }
        let others = sqlx::query(
            "select (select count(*) from project where status <> 'gone') as projects,
                    (select count(*) from person) as people, (select count(*) from activity) as activity",
        )
        .fetch_one(&mut *db)
        .await?;
        counts.insert(Tag::Projects, others.try_get("projects")?);
        counts.insert(Tag::People, others.try_get("people")?);
        counts.insert(Tag::Activity, others.try_get("activity")?);
        Ok(counts.into_iter().collect())
    }
}
