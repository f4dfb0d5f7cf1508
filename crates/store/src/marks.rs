//! Marks: how far sync has come, who the signed-in person is, and other single values of a workspace.

use contract::PersonId;
use jiff::Timestamp;

use crate::columns::micros;
use crate::error::Result;
use crate::open::Store;

const ME: &str = "me";

impl Store {
    /// A mark. Keys that begin with `running.` name a stage in flight and are cleared at launch.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn mark(&self, key: &str) -> Result<Option<String>> {
        let value = sqlx::query_scalar("select value from mark where key = ?")
            .bind(key.to_owned())
            .fetch_optional(&self.inner.readers)
            .await?;
        Ok(value)
    }

    /// The marks whose keys begin so, in order of their keys.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn marks(&self, start: &str) -> Result<Vec<(String, String)>> {
        let found = sqlx::query_as("select key, value from mark where substr(key, 1, length(?1)) = ?1 order by key")
            .bind(start.to_owned())
            .fetch_all(&self.inner.readers)
            .await?;
        Ok(found)
    }

    /// Sets a mark, or removes it. Marks are bookkeeping: they are no change, and nobody hears of them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_mark(&self, key: &str, value: Option<&str>) -> Result<()> {
        let query = match value {
            Some(value) => sqlx::query(
                "insert into mark (key, value) values (?1, ?2)
                 on conflict (key) do update set value = excluded.value where value <> excluded.value",
            )
            .bind(key.to_owned())
            .bind(value.to_owned()),
            None => sqlx::query("delete from mark where key = ?").bind(key.to_owned()),
        };
        query.execute(&self.inner.writer).await?;
        Ok(())
    }

    /// Clears marks that conversations left: those with a key that begins with `work` and a value that is a conversation which
    /// is gone or rests since before `before`; and those with a key that is `of` and a conversation which is gone.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn clear_marks(&self, work: &str, of: &str, before: Timestamp) -> Result<()> {
        sqlx::query(
            "delete from mark where substr(key, 1, length(?1)) = ?1 and not exists
                 (select 1 from conversation c where c.id = cast(mark.value as integer) and c.updated_at >= ?3)
             or substr(key, 1, length(?2)) = ?2 and not exists
                 (select 1 from conversation c where c.id = cast(substr(mark.key, length(?2) + 1) as integer))",
        )
        .bind(work.to_owned())
        .bind(of.to_owned())
        .bind(micros(before))
        .execute(&self.inner.writer)
        .await?;
        Ok(())
    }

    /// The signed-in person, once known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn me(&self) -> Result<Option<PersonId>> {
        Ok(self.mark(ME).await?.and_then(|id| id.parse().ok()))
    }

    /// Says who the signed-in person is.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_me(&self, me: PersonId) -> Result<()> {
        self.set_mark(ME, Some(&me.to_string())).await
    }
}
