//! What the assistant remembers, who wrote it, and whether a person kept it.

use contract::{ConversationId, Memory, MemoryId, Origin, Tag};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::conflicts::conflicts;
use crate::columns::{instant, instant_or_none, json_ids, micros};
use crate::error::{Result, StoreError};
use crate::open::Store;

impl Store {
    /// What is remembered, kept or pending, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn memories(&self) -> Result<Vec<Memory>> {
        let mut db = self.inner.readers.acquire().await?;
        all(&mut db).await
    }

    /// Remembers something. The same text again is the memory that there is: it is kept if it or this is, and whoever wrote
    /// it first did.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_memory(&self, text: &str, origin: &Origin, pending: bool) -> Result<Memory> {
        let at = micros(self.now());
        let conversation = match origin {
            Origin::Person => None,
            Origin::Assistant { conversation } => Some(conversation.0),
        };
        let mut tx = self.begin_apart().await?;
        let id: i64 = sqlx::query_scalar(
            "insert into memory (text, folded, conversation, pending, made_at, changed_at) values (?1, ?2, ?3, ?4, ?5, ?5)
             on conflict (folded) do update set pending = pending and excluded.pending returning id",
        )
        .bind(text.trim().to_owned())
        .bind(folded(text))
        .bind(conversation)
        .bind(pending)
        .bind(at)
        .fetch_one(tx.db())
        .await?;
        let memory = one(tx.db(), MemoryId(id)).await?;
        tx.touched.tag(Tag::Memories);
        tx.commit().await?;
        Ok(memory)
    }

    /// Keeps a memory that the assistant wrote.
    ///
    /// # Errors
    /// [`StoreError::NoMemory`].
    pub async fn keep_memory(&self, id: MemoryId) -> Result<Memory> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update memory set pending = 0 where id = ?").bind(id.0).execute(tx.db()).await?;
        let memory = one(tx.db(), id).await?;
        tx.touched.tag(Tag::Memories);
        tx.commit().await?;
        Ok(memory)
    }

    /// Changes what a memory says. When another says the same, the two become this one, kept if either was.
    ///
    /// # Errors
    /// [`StoreError::NoMemory`].
    pub async fn edit_memory(&self, id: MemoryId, text: &str) -> Result<Memory> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        one(tx.db(), id).await?;
        let other: Option<bool> =
            sqlx::query_scalar("delete from memory where folded = ? and id <> ? returning pending")
                .bind(folded(text))
                .bind(id.0)
                .fetch_optional(tx.db())
                .await?;
        sqlx::query(
            "update memory set text = ?2, folded = ?3, changed_at = ?4, pending = pending and ?5 where id = ?1",
        )
        .bind(id.0)
        .bind(text.trim().to_owned())
        .bind(folded(text))
        .bind(at)
        .bind(other.unwrap_or(true))
        .execute(tx.db())
        .await?;
        let memory = one(tx.db(), id).await?;
        tx.touched.tag(Tag::Memories);
        tx.commit().await?;
        Ok(memory)
    }

    /// Forgets a memory for good.
    ///
    /// # Errors
    /// [`StoreError::NoMemory`].
    pub async fn forget_memory(&self, id: MemoryId) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query("delete from memory where id = ?").bind(id.0).execute(tx.db()).await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::NoMemory(id));
        }
        tx.touched.tag(Tag::Memories);
        tx.commit().await?;
        Ok(())
    }

    /// Notes that an answer had these memories at hand. Those that were forgotten meanwhile are passed over.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn memories_used(&self, ids: &[MemoryId]) -> Result<()> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query("update memory set used_at = ? where id in (select value from json_each(?))")
            .bind(at)
            .bind(json_ids(ids.iter().map(|id| id.0)))
            .execute(tx.db())
            .await?;
        if done.rows_affected() > 0 {
            tx.touched.tag(Tag::Memories);
        }
        tx.commit().await?;
        Ok(())
    }
}

/// What is the same in two texts that differ in case and white space only.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

async fn all(db: &mut SqliteConnection) -> Result<Vec<Memory>> {
    let rows = sqlx::query("select * from memory order by id desc").fetch_all(db).await?;
    let mut memories = rows.iter().map(memory).collect::<Result<Vec<_>>>()?;
    let found = conflicts(&memories.iter().map(|memory| memory.text.as_str()).collect::<Vec<_>>());
    let ids: Vec<MemoryId> = memories.iter().map(|memory| memory.id).collect();
    for (memory, with) in memories.iter_mut().zip(found) {
        memory.conflicts = with.into_iter().filter_map(|at| ids.get(at).copied()).collect();
    }
    Ok(memories)
}

async fn one(db: &mut SqliteConnection, id: MemoryId) -> Result<Memory> {
    all(db).await?.into_iter().find(|memory| memory.id == id).ok_or(StoreError::NoMemory(id))
}

fn memory(row: &SqliteRow) -> Result<Memory> {
    let conversation: Option<i64> = row.try_get("conversation")?;
    Ok(Memory {
        id: MemoryId(row.try_get("id")?),
        text: row.try_get("text")?,
        origin: conversation.map_or(Origin::Person, |id| Origin::Assistant { conversation: ConversationId(id) }),
        pending: row.try_get("pending")?,
        made_at: instant(row, "made_at")?,
        changed_at: instant(row, "changed_at")?,
        used_at: instant_or_none(row, "used_at")?,
        conflicts: Vec::new(),
    })
}
