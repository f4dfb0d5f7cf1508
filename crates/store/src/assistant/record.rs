//! The record of a conversation: lines that are only ever added, and what its turns used.

use std::collections::BTreeMap;

use contract::{CallId, ConversationId, Item, Line, Spent, Tag, TurnId, TurnStage, TurnUse};
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::calls::{CallRow, write_call};
use super::must_exist;
use crate::columns::{count, instant, json_ids, micros, read_instant, read_word, whole, word};
use crate::error::{Result, StoreError};
use crate::open::Store;

/// What one event did to a conversation, kept together.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The turn that the lines belong to.
    pub turn: TurnId,
    /// The lines to add, in order.
    pub items: Vec<Item>,
    /// The calls that were made, or stand elsewhere.
    pub calls: Vec<CallRow>,
    /// What the conversation does afterwards.
    pub stage: TurnStage,
    /// All that was said and waits its turn afterwards, oldest first.
    pub queued: Vec<String>,
    /// Its title from here on; `None` leaves the one that it has.
    pub title: Option<String>,
    /// What a turn used so far; `None` leaves what is known.
    pub used: Option<TurnUse>,
}

impl Store {
    /// When each model was last asked, by the name it was used under.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn model_uses(&self) -> Result<Vec<(String, Timestamp)>> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "select json ->> 'model', max(json ->> 'started_at') from agent_use where json ->> 'model' is not null group by 1",
        )
        .fetch_all(&self.inner.readers)
        .await?;
        Ok(rows.into_iter().filter_map(|(model, at)| Some((model, at.parse().ok()?))).collect())
    }

    /// Keeps a step, whole or not at all; the lines come back with their numbers. Windows hear of the list when the title or
    /// what the conversation does is another; of the lines whoever calls this tells them.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`]; [`StoreError::Database`] for a second result of a call.
    pub async fn keep(&self, id: ConversationId, step: &Step) -> Result<Vec<Line>> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        let row = sqlx::query("select title, stage from conversation where id = ?")
            .bind(id.0)
            .fetch_optional(tx.db())
            .await?
            .ok_or(StoreError::NoConversation(id))?;
        let stage: TurnStage = read_word(&row, "stage")?;
        let title: String = row.try_get("title")?;
        let lines = add_lines(tx.db(), id, step, at).await?;
        for call in &step.calls {
            write_call(tx.db(), id, call).await?;
        }
        if let Some(used) = &step.used {
            sqlx::query(
                "insert into agent_use (conversation, turn, json) values (?, ?, ?)
                 on conflict (conversation, turn) do update set json = excluded.json",
            )
            .bind(id.0)
            .bind(used.turn.0)
            .bind(serde_json::to_string(used)?)
            .execute(tx.db())
            .await?;
        }
        let renamed = step.title.as_ref().filter(|new| **new != title);
        if stage != step.stage || renamed.is_some() {
            tx.touched.tag(Tag::Conversations);
        }
        sqlx::query("update conversation set title = ?, stage = ?, queued = ?, updated_at = ? where id = ?")
            .bind(renamed.unwrap_or(&title))
            .bind(word(step.stage)?)
            .bind(serde_json::to_string(&step.queued)?)
            .bind(at)
            .bind(id.0)
            .execute(tx.db())
            .await?;
        tx.commit().await?;
        Ok(lines)
    }

    /// The newest lines, oldest of them first, and whether there are older ones. `before` leaves out that line and later ones.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn lines(&self, id: ConversationId, before: Option<u64>, limit: u32) -> Result<(Vec<Line>, bool)> {
        let mut db = self.inner.readers.acquire().await?;
        must_exist(&mut db, id).await?;
        let rows = sqlx::query(
            "select seq, turn, at, json from agent_item where conversation = ? and seq < ? order by seq desc limit ?",
        )
        .bind(id.0)
        .bind(before.map_or(i64::MAX, whole))
        .bind(limit)
        .fetch_all(&mut *db)
        .await?;
        let lines = rows.iter().rev().map(line).collect::<Result<Vec<_>>>()?;
        let older = lines.first().is_some_and(|line| line.seq > 1);
        Ok((lines, older))
    }

    /// The last turn of which anything was kept; 0 when there is none.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn last_turn(&self, id: ConversationId) -> Result<TurnId> {
        let mut db = self.inner.readers.acquire().await?;
        must_exist(&mut db, id).await?;
        let last: i64 = sqlx::query_scalar(
            "select coalesce(max(turn), 0) from (
                select max(turn) as turn from agent_item where conversation = ?1
                union all select max(turn) from agent_call where conversation = ?1
                union all select max(turn) from agent_use where conversation = ?1)",
        )
        .bind(id.0)
        .fetch_one(&mut *db)
        .await?;
        Ok(TurnId(last))
    }

    /// The number that the next call gets: one more than the last, from 0.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn next_call(&self, id: ConversationId) -> Result<CallId> {
        let mut db = self.inner.readers.acquire().await?;
        must_exist(&mut db, id).await?;
        let next = sqlx::query_scalar("select coalesce(max(id) + 1, 0) from agent_call where conversation = ?")
            .bind(id.0)
            .fetch_one(&mut *db)
            .await?;
        Ok(CallId(next))
    }

    /// What was said and waits its turn, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn queued(&self, id: ConversationId) -> Result<Vec<String>> {
        let text: Option<String> = sqlx::query_scalar("select queued from conversation where id = ?")
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?;
        Ok(serde_json::from_str(&text.ok_or(StoreError::NoConversation(id))?)?)
    }

    /// What these turns used, in order, as far as it is known. Nothing for a conversation that is not there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn uses_of(&self, id: ConversationId, turns: &[TurnId]) -> Result<Vec<TurnUse>> {
        let texts: Vec<String> = sqlx::query_scalar(
            "select json from agent_use where conversation = ? and turn in (select value from json_each(?)) order by turn",
        )
        .bind(id.0)
        .bind(json_ids(turns.iter().map(|turn| turn.0)))
        .fetch_all(&self.inner.readers)
        .await?;
        texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
    }

    /// What conversations used since an instant, by model, the dearest first. Of deleted conversations nothing is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn spent_since(&self, since: Timestamp) -> Result<Vec<Spent>> {
        let texts: Vec<String> =
            sqlx::query_scalar("select json from agent_use").fetch_all(&self.inner.readers).await?;
        let mut spent: BTreeMap<String, Spent> = BTreeMap::new();
        for text in &texts {
            let used: TurnUse = serde_json::from_str(text)?;
            if used.started_at < since || used.tokens_in + used.tokens_out == 0 {
                continue;
            }
            let one = spent.entry(used.model.clone()).or_insert_with(|| Spent {
                model: used.model,
                turns: 0,
                tokens_in: 0,
                tokens_out: 0,
                cost: 0,
                unpriced: 0,
            });
            one.turns += 1;
            one.tokens_in = one.tokens_in.saturating_add(used.tokens_in);
            one.tokens_out = one.tokens_out.saturating_add(used.tokens_out);
            one.cost = one.cost.saturating_add(used.cost.unwrap_or(0));
            one.unpriced += u64::from(used.cost.is_none());
        }
        let mut spent: Vec<Spent> = spent.into_values().collect();
        spent.sort_by_key(|one| std::cmp::Reverse((one.cost, one.tokens_in)));
        Ok(spent)
    }
}

async fn add_lines(db: &mut SqliteConnection, id: ConversationId, step: &Step, at: i64) -> Result<Vec<Line>> {
    let last: i64 = sqlx::query_scalar("select coalesce(max(seq), 0) from agent_item where conversation = ?")
        .bind(id.0)
        .fetch_one(&mut *db)
        .await?;
    let mut lines = Vec::with_capacity(step.items.len());
    for (seq, item) in (last + 1..).zip(&step.items) {
        sqlx::query("insert into agent_item (conversation, seq, turn, at, kind, json) values (?, ?, ?, ?, ?, ?)")
            .bind(id.0)
            .bind(seq)
            .bind(step.turn.0)
            .bind(at)
            .bind(kind(item))
            .bind(serde_json::to_string(item)?)
            .execute(&mut *db)
            .await?;
        lines.push(Line { seq: count(seq), turn: step.turn, at: read_instant(at)?, item: item.clone() });
    }
    Ok(lines)
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Said { .. } => "said",
        Item::Answered { .. } => "answered",
        Item::Result { .. } => "result",
        Item::Ended { .. } => "ended",
    }
}

pub(super) fn line(row: &SqliteRow) -> Result<Line> {
    Ok(Line {
        seq: count(row.try_get("seq")?),
        turn: TurnId(row.try_get("turn")?),
        at: instant(row, "at")?,
        item: serde_json::from_str(row.try_get("json")?)?,
    })
}
