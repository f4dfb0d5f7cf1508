//! Conversations as they stand in a list.

use contract::{Conversation, ConversationId, ModelId, Tag, TurnStage};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

use crate::columns::{instant, micros, read_word, word};
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::search::Words;

impl Store {
    /// Begins a conversation, without a title. Ids are never given again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn start_conversation(&self, model: Option<ModelId>) -> Result<Conversation> {
        let mut tx = self.begin_apart().await?;
        let row = sqlx::query(
            "insert into conversation (title, created_at, updated_at, archived, model, draft, queued, stage)
             values ('', ?1, ?1, 0, ?2, '', '[]', ?3) returning *",
        )
        .bind(micros(self.now()))
        .bind(model.map(|id| id.0))
        .bind(word(TurnStage::Idle)?)
        .fetch_one(tx.db())
        .await?;
        tx.touched.tag(Tag::Conversations);
        tx.commit().await?;
        conversation(&row)
    }

    /// Conversations in use, or those put away, last used first. With a query only those that have each of its words in
    /// their title or in what was said and answered; the last word may be unfinished. A query without a word leaves out
    /// nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn conversations(&self, query: Option<&str>, archived: bool, limit: u32) -> Result<Vec<Conversation>> {
        let mut sql = QueryBuilder::<Sqlite>::new("select * from conversation where archived = ");
        sql.push_bind(archived);
        for term in query.and_then(Words::of).map(|words| words.terms()).unwrap_or_default() {
            sql.push(" and id in (select rowid >> 32 from agent_words where agent_words match ")
                .push_bind(term)
                .push(")");
        }
        sql.push(" order by updated_at desc, id desc limit ").push_bind(limit);
        let rows = sql.build().fetch_all(&self.inner.readers).await?;
        rows.iter().map(conversation).collect()
    }

    /// A conversation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>> {
        let row = sqlx::query("select * from conversation where id = ?")
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?;
        row.as_ref().map(conversation).transpose()
    }

    /// The conversations in which a turn is under way, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn busy_conversations(&self) -> Result<Vec<ConversationId>> {
        let ids: Vec<i64> = sqlx::query_scalar("select id from conversation where stage <> 'idle' order by id")
            .fetch_all(&self.inner.readers)
            .await?;
        Ok(ids.into_iter().map(ConversationId).collect())
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn rename_conversation(&self, id: ConversationId, title: &str) -> Result<Conversation> {
        self.change_conversation(id, "update conversation set title = ?2 where id = ?1 returning *", title.to_owned())
            .await
    }

    /// Puts a conversation away, or takes it back into use.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn archive_conversation(&self, id: ConversationId, archived: bool) -> Result<Conversation> {
        self.change_conversation(id, "update conversation set archived = ?2 where id = ?1 returning *", archived).await
    }

    /// Gives a conversation a model; `None` is the workspace's usual one.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn choose_model(&self, id: ConversationId, model: Option<ModelId>) -> Result<Conversation> {
        let model = model.map(|id| id.0);
        self.change_conversation(id, "update conversation set model = ?2 where id = ?1 returning *", model).await
    }

    /// Keeps what the person has typed and not said. Nobody is told: it is told to windows as it is typed.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn keep_draft(&self, id: ConversationId, text: &str) -> Result<()> {
        // What is kept already is not written: a commit waits for the disk.
        let done = sqlx::query("update conversation set draft = ?1 where id = ?2 and draft <> ?1")
            .bind(text.to_owned())
            .bind(id.0)
            .execute(&self.inner.writer)
            .await?;
        if done.rows_affected() == 0 && self.conversation(id).await?.is_none() {
            return Err(StoreError::NoConversation(id));
        }
        Ok(())
    }

    /// Deletes a conversation with its record, its calls and what was allowed for it. What was allowed for good, and what
    /// was remembered, stays.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn delete_conversation(&self, id: ConversationId) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query("delete from conversation where id = ?").bind(id.0).execute(tx.db()).await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::NoConversation(id));
        }
        tx.touched.tag(Tag::Conversations);
        tx.touched.tag(Tag::Permissions);
        tx.commit().await?;
        Ok(())
    }

    async fn change_conversation<'v, V>(&self, id: ConversationId, sql: &'static str, to: V) -> Result<Conversation>
    where
        V: sqlx::Encode<'v, Sqlite> + sqlx::Type<Sqlite> + 'v,
    {
        let mut tx = self.begin_apart().await?;
        let row = sqlx::query(sql)
            .bind(id.0)
            .bind(to)
            .fetch_optional(tx.db())
            .await?
            .ok_or(StoreError::NoConversation(id))?;
        tx.touched.tag(Tag::Conversations);
        tx.commit().await?;
        conversation(&row)
    }
}

pub(super) fn conversation(row: &SqliteRow) -> Result<Conversation> {
    Ok(Conversation {
        id: ConversationId(row.try_get("id")?),
        title: row.try_get("title")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        archived: row.try_get("archived")?,
        model: row.try_get::<Option<i64>, _>("model")?.map(ModelId),
        draft: row.try_get("draft")?,
        branched_from: row.try_get::<Option<i64>, _>("branched_from")?.map(ConversationId),
        stage: read_word(row, "stage")?,
    })
}
