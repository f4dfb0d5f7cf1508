//! Approvals that are remembered, and what was chosen for tools for good.

use contract::{ConversationId, Grant, GrantId, Rule, Scope, Tag};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::must_exist;
use crate::columns::{instant, instant_or_none, micros, read_word, word};
use crate::error::{Result, StoreError};
use crate::open::Store;

impl Store {
    /// What is remembered, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn grants(&self) -> Result<Vec<Grant>> {
        let rows = sqlx::query("select * from agent_grant order by id desc").fetch_all(&self.inner.readers).await?;
        rows.iter().map(grant).collect()
    }

    /// What was allowed for a tool for good, or for this conversation, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn grants_for(&self, tool: &str, conversation: ConversationId) -> Result<Vec<Grant>> {
        let rows = sqlx::query(
            "select * from agent_grant where tool = ? and (scope = ? or (scope = ? and conversation = ?)) order by id",
        )
        .bind(tool.to_owned())
        .bind(word(Scope::Always)?)
        .bind(word(Scope::Conversation)?)
        .bind(conversation.0)
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter().map(grant).collect()
    }

    /// Remembers an approval. The same again is the one that there is: for the tool, the target and the scope, and within the
    /// scope of a conversation for that conversation. So taking one back takes it back.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn remember_grant(
        &self,
        tool: &str,
        target: Option<&str>,
        target_title: &str,
        scope: Scope,
        conversation: ConversationId,
    ) -> Result<Grant> {
        let mut tx = self.begin_apart().await?;
        must_exist(tx.db(), conversation).await?;
        let there = sqlx::query(
            "select * from agent_grant
             where tool = ?1 and target is ?2 and scope = ?3 and (scope <> ?4 or conversation = ?5)",
        )
        .bind(tool.to_owned())
        .bind(target.map(str::to_owned))
        .bind(word(scope)?)
        .bind(word(Scope::Conversation)?)
        .bind(conversation.0)
        .fetch_optional(tx.db())
        .await?;
        if let Some(row) = there {
            return grant(&row);
        }
        let row = sqlx::query(
            "insert into agent_grant (tool, target, target_title, scope, conversation, made_at)
             values (?, ?, ?, ?, ?, ?) returning *",
        )
        .bind(tool.to_owned())
        .bind(target.map(str::to_owned))
        .bind(target_title.to_owned())
        .bind(word(scope)?)
        .bind(conversation.0)
        .bind(micros(self.now()))
        .fetch_one(tx.db())
        .await?;
        tx.touched.tag(Tag::Permissions);
        tx.commit().await?;
        grant(&row)
    }

    /// Notes that an approval was used. One that was taken back meanwhile is no error.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn grant_used(&self, id: GrantId) -> Result<()> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query("update agent_grant set used_at = ? where id = ?").bind(at).bind(id.0);
        if done.execute(tx.db()).await?.rows_affected() > 0 {
            tx.touched.tag(Tag::Permissions);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Takes an approval back.
    ///
    /// # Errors
    /// [`StoreError::NoGrant`].
    pub async fn revoke_grant(&self, id: GrantId) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query("delete from agent_grant where id = ?").bind(id.0).execute(tx.db()).await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::NoGrant(id));
        }
        tx.touched.tag(Tag::Permissions);
        tx.commit().await?;
        Ok(())
    }

    /// What was chosen for tools, in order of their names.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn tool_rules(&self) -> Result<Vec<(String, Rule)>> {
        let rows =
            sqlx::query("select tool, rule from agent_rule order by tool").fetch_all(&self.inner.readers).await?;
        rows.iter().map(|row| Ok((row.try_get("tool")?, read_word(row, "rule")?))).collect()
    }

    /// Chooses for a tool; `None` takes the choice back. Which tools there are is not known here.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_tool_rule(&self, tool: &str, rule: Option<Rule>) -> Result<()> {
        let query = match rule {
            Some(rule) => sqlx::query(
                "insert into agent_rule (tool, rule) values (?1, ?2)
                 on conflict (tool) do update set rule = excluded.rule where rule <> excluded.rule",
            )
            .bind(tool.to_owned())
            .bind(word(rule)?),
            None => sqlx::query("delete from agent_rule where tool = ?").bind(tool.to_owned()),
        };
        let mut tx = self.begin_apart().await?;
        if query.execute(tx.db()).await?.rows_affected() > 0 {
            tx.touched.tag(Tag::Permissions);
        }
        tx.commit().await?;
        Ok(())
    }
}

fn grant(row: &SqliteRow) -> Result<Grant> {
    Ok(Grant {
        id: GrantId(row.try_get("id")?),
        tool: row.try_get("tool")?,
        target: row.try_get("target")?,
        target_title: row.try_get("target_title")?,
        scope: read_word(row, "scope")?,
        conversation: row.try_get::<Option<i64>, _>("conversation")?.map(ConversationId),
        made_at: instant(row, "made_at")?,
        used_at: instant_or_none(row, "used_at")?,
    })
}
