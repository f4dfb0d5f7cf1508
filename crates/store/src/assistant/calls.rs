//! The calls of a conversation as they stand, and their outputs: the beginning to show, the whole to read on.

use std::collections::HashMap;

use contract::{Call, CallId, CallView, ChangeSetId, ConversationId, Effect, Preview, TurnId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::columns::{count, instant, instant_or_none, json_ids, micros, read_word, whole, word};
use crate::error::Result;
use crate::open::Store;

/// So many characters of an output are kept.
const LONGEST: usize = 1_000_000;
/// Stands at the end of an output that was longer.
const CUT: &str = "\n\nThe output was longer than 1,000,000 characters. The rest was not kept; ask for less at once.";

/// How a call came to run, or not to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallDecided {
    /// A person allowed it.
    Allowed,
    /// A person, or a rule, denied it.
    Denied,
    /// It ran without being asked for, by a rule or a grant.
    Unasked,
}

/// A call as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    /// The call as people see it. What its `output` and `output_length` say is not written: they follow from the whole output.
    pub view: CallView,
    /// It changes something, so nothing runs beside it.
    pub exclusive: bool,
    /// How it was decided; `None` leaves what was decided before.
    pub decision: Option<CallDecided>,
    /// The whole output; `None` leaves what is there. Always `None` in what is read: [`Store::output`] has it.
    pub output: Option<String>,
}

/// What is known of a call and never asked for by itself.
#[derive(Serialize, Deserialize)]
struct Rest {
    title: String,
    effect: Effect,
    fingerprint: String,
    preview: Option<Preview>,
    sets: Vec<ChangeSetId>,
    started_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
}

macro_rules! call_columns {
    () => {
        "id, turn, tool, input, state, exclusive, rest, made_at, decided_at, decision,
         substr(output, 1, 4000) as beginning, length(output) as length"
    };
}

impl Store {
    /// The calls of these turns, in order. None for a conversation that is not there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn calls_of(&self, id: ConversationId, turns: &[TurnId]) -> Result<Vec<CallRow>> {
        let rows = sqlx::query(concat!(
            "select ",
            call_columns!(),
            " from agent_call where conversation = ? and turn in (select value from json_each(?)) order by id"
        ))
        .bind(id.0)
        .bind(json_ids(turns.iter().map(|turn| turn.0)))
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter().map(call).collect()
    }

    /// A call.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn call(&self, id: ConversationId, which: CallId) -> Result<Option<CallRow>> {
        let row =
            sqlx::query(concat!("select ", call_columns!(), " from agent_call where conversation = ? and id = ?"))
                .bind(id.0)
                .bind(which.0)
                .fetch_optional(&self.inner.readers)
                .await?;
        row.as_ref().map(call).transpose()
    }

    /// At most so many characters of an output, from a character on, and how long the whole is. `None` without such a call.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn output(
        &self,
        id: ConversationId,
        which: CallId,
        from: u64,
        most: u64,
    ) -> Result<Option<(String, u64)>> {
        let row = sqlx::query(
            "select substr(output, ?3, ?4) as part, length(output) as length from agent_call
             where conversation = ?1 and id = ?2",
        )
        .bind(id.0)
        .bind(which.0)
        .bind(whole(from.saturating_add(1)))
        .bind(whole(most))
        .fetch_optional(&self.inner.readers)
        .await?;
        row.map(|row| Ok((row.try_get("part")?, count(row.try_get("length")?)))).transpose()
    }

    /// The whole outputs of these calls, as far as there are such calls.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn outputs(&self, id: ConversationId, which: &[CallId]) -> Result<HashMap<CallId, String>> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "select id, output from agent_call where conversation = ? and id in (select value from json_each(?))",
        )
        .bind(id.0)
        .bind(json_ids(which.iter().map(|call| call.0)))
        .fetch_all(&self.inner.readers)
        .await?;
        Ok(rows.into_iter().map(|(call, output)| (CallId(call), output)).collect())
    }
}

pub(super) async fn write_call(db: &mut SqliteConnection, id: ConversationId, row: &CallRow) -> Result<()> {
    let CallRow { view, exclusive, decision, output } = row;
    let rest = Rest {
        title: view.title.clone(),
        effect: view.effect,
        fingerprint: view.fingerprint.clone(),
        preview: view.preview.clone(),
        sets: view.sets.clone(),
        started_at: view.started_at,
        ended_at: view.ended_at,
    };
    sqlx::query(
        "insert into agent_call
            (conversation, id, turn, tool, input, state, exclusive, rest, output, made_at, decided_at, decision)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(?9, ''), ?10, ?11, ?12)
         on conflict (conversation, id) do update set
            turn = excluded.turn, tool = excluded.tool, input = excluded.input, state = excluded.state,
            exclusive = excluded.exclusive, rest = excluded.rest, output = coalesce(?9, output),
            made_at = excluded.made_at, decided_at = excluded.decided_at,
            decision = coalesce(excluded.decision, decision)",
    )
    .bind(id.0)
    .bind(view.call.id.0)
    .bind(view.turn.0)
    .bind(&view.call.tool)
    .bind(&view.call.input)
    .bind(word(view.state)?)
    .bind(exclusive)
    .bind(serde_json::to_string(&rest)?)
    .bind(output.as_deref().map(kept))
    .bind(micros(view.made_at))
    .bind(view.decided_at.map(micros))
    .bind(decision.map(word).transpose()?)
    .execute(db)
    .await?;
    Ok(())
}

/// An output as it is kept: not too long, and without NUL, at which SQLite would stop counting characters.
fn kept(output: &str) -> String {
    let output = output.replace('\0', "\u{fffd}");
    if output.char_indices().nth(LONGEST).is_none() {
        return output;
    }
    let end = output.char_indices().nth(LONGEST - CUT.chars().count()).map_or(output.len(), |(end, _)| end);
    format!("{}{CUT}", output.get(..end).unwrap_or_default())
}

fn call(row: &SqliteRow) -> Result<CallRow> {
    let rest: Rest = serde_json::from_str(row.try_get("rest")?)?;
    let decided: Option<&str> = row.try_get("decision")?;
    Ok(CallRow {
        view: CallView {
            call: Call { id: CallId(row.try_get("id")?), tool: row.try_get("tool")?, input: row.try_get("input")? },
            turn: TurnId(row.try_get("turn")?),
            title: rest.title,
            effect: rest.effect,
            state: read_word(row, "state")?,
            fingerprint: rest.fingerprint,
            preview: rest.preview,
            output: row.try_get("beginning")?,
            output_length: count(row.try_get("length")?),
            sets: rest.sets,
            made_at: instant(row, "made_at")?,
            decided_at: instant_or_none(row, "decided_at")?,
            started_at: rest.started_at,
            ended_at: rest.ended_at,
        },
        exclusive: row.try_get("exclusive")?,
        decision: decided.map(|_| read_word(row, "decision")).transpose()?,
        output: None,
    })
}
