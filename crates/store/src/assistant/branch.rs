//! A conversation that begins as another one did up to some line, and goes its own way from there.

use std::collections::HashSet;

use contract::{CallId, Conversation, ConversationId, Item, Line, Tag, TurnStage};

use super::conversations::conversation;
use super::record::line;
use crate::columns::{micros, whole, word};
use crate::error::{Result, StoreError};
use crate::open::Store;

impl Store {
    /// Branches a conversation: what was said up to and including a line, with its calls and what its turns used. It never
    /// begins among calls without results; where it would, it begins with fewer lines. Nothing is under way in it, and the
    /// approvals in it count where they were given.
    ///
    /// # Errors
    /// [`StoreError::NoConversation`].
    pub async fn branch_conversation(&self, id: ConversationId, through: u64) -> Result<Conversation> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        let branch = sqlx::query(
            "insert into conversation
                (title, created_at, updated_at, archived, model, draft, queued, branched_from, stage)
             select title, ?2, ?2, 0, model, '', '[]', id, ?3 from conversation where id = ?1 returning *",
        )
        .bind(id.0)
        .bind(at)
        .bind(word(TurnStage::Idle)?)
        .fetch_optional(tx.db())
        .await?
        .ok_or(StoreError::NoConversation(id))?;
        let branch = conversation(&branch)?;
        let rows =
            sqlx::query("select seq, turn, at, json from agent_item where conversation = ? and seq <= ? order by seq")
                .bind(id.0)
                .bind(whole(through))
                .fetch_all(tx.db())
                .await?;
        let lines = rows.iter().map(line).collect::<Result<Vec<_>>>()?;
        let last = whole(settled(&lines));
        for sql in [
            "insert into agent_item (conversation, seq, turn, at, kind, json)
             select ?2, seq, turn, at, kind, json from agent_item where conversation = ?1 and seq <= ?3 order by seq",
            "insert into agent_call
                (conversation, id, turn, tool, input, state, exclusive, rest, output, made_at, decided_at, decision)
             select ?2, id, turn, tool, input, state, exclusive, rest, output, made_at, decided_at, null from agent_call
             where conversation = ?1 and id in (select cast(json ->> 'call' as integer) from agent_item
                where conversation = ?1 and seq <= ?3 and kind = 'result')",
            "insert into agent_use (conversation, turn, json)
             select ?2, turn, json from agent_use
             where conversation = ?1 and turn in (select turn from agent_item where conversation = ?1 and seq <= ?3)",
        ] {
            sqlx::query(sql).bind(id.0).bind(branch.id.0).bind(last).execute(tx.db()).await?;
        }
        tx.touched.tag(Tag::Conversations);
        tx.commit().await?;
        Ok(branch)
    }
}

/// The last line at which every call that was made has its result; 0 when there is none.
fn settled(lines: &[Line]) -> u64 {
    let mut open: HashSet<CallId> = HashSet::new();
    let mut last = 0;
    for line in lines {
        match &line.item {
            Item::Answered { calls, .. } => open.extend(calls.iter().map(|call| call.id)),
            Item::Result { call, .. } => {
                open.remove(call);
            }
            Item::Said { .. } | Item::Ended { .. } => {}
        }
        if open.is_empty() {
            last = line.seq;
        }
    }
    last
}
