//! Flows: their drafts, and what was published of them.

use std::collections::HashMap;

use contract::{FlowId, FlowPlace, FlowState, FlowSummary, PendingFlow, RunSummary, Tag};
use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::remote::put_out;
use super::runs::{DAY, summary as run_summary};
use crate::columns::{count, instant, micros, read_word, whole, word};
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::tx::Tx;

/// How far back the list counts runs.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The days that the list counts one by one.
const DAYS: u32 = 14;

/// What a list shows of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowHead {
    /// What it is called.
    pub name: String,
    /// What starts it, in words.
    pub starts: String,
    /// How many steps it has, the trigger left out.
    pub steps: u32,
    /// How many things must be mended before it can be published.
    pub problems: u32,
}

/// A flow to be kept.
#[derive(Debug, Clone)]
pub struct NewFlow {
    /// What the list shows of it.
    pub head: FlowHead,
    /// The folder; empty for none.
    pub folder: String,
    /// Where it runs.
    pub place: FlowPlace,
    /// Who made it.
    pub owner: String,
    /// The document.
    pub document: String,
    /// Its history.
    pub history: String,
    /// What is known of it on a server.
    pub remote: Option<String>,
}

/// A draft as it stands after an edit.
#[derive(Debug, Clone)]
pub struct FlowDraft {
    /// What the list shows of it.
    pub head: FlowHead,
    /// The document.
    pub document: String,
    /// Its history.
    pub history: String,
    /// What still waits for a yes.
    pub pending: Option<PendingFlow>,
    /// What is to be sent to a server because of this edit, in the words of whoever sends it.
    pub send: Option<String>,
}

/// A flow as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFlow {
    /// What the list shows of it.
    pub flow: FlowSummary,
    /// Rises with each edit.
    pub revision: u64,
    /// The draft.
    pub document: String,
    /// Its history.
    pub history: String,
    /// The newest that was published.
    pub published: Option<StoredVersion>,
    /// What waits for a yes.
    pub pending: Option<PendingFlow>,
    /// What is known of it on a server.
    pub remote: Option<String>,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVersion {
    /// Its number within the flow, from 1.
    pub number: u64,
    /// The document.
    pub document: String,
    /// What it may do, in the words of whoever asked for it.
    pub granted: String,
    /// When.
    pub at: Timestamp,
}

const LISTED: &str = "select f.*, v.document as published_document, v.granted, v.at as published_at,
        coalesce(v.document <> f.document, 1) as changed,
        (select count(*) from run r where r.flow_id = f.id and r.test = 0 and r.ended_at >= ?1) as runs,
        (select count(*) from run r where r.flow_id = f.id and r.test = 0 and r.ended_at >= ?1
            and r.status not in ('SUCCEEDED', 'CANCELED')) as failed
     from flow f left join flow_version v on v.flow_id = f.id and v.number = f.published";

impl Store {
    /// All flows, last edited first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn flows(&self) -> Result<Vec<FlowSummary>> {
        let mut db = self.inner.readers.acquire().await?;
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("{LISTED} order by f.changed_at desc, f.id desc")))
            .bind(micros(a_week_before(self.now())))
            .fetch_all(&mut *db)
            .await?;
        let mut days = days(&mut db, None, self.now()).await?;
        let mut flows = Vec::with_capacity(rows.len());
        for row in &rows {
            flows.push(listed(&mut db, row, &mut days).await?);
        }
        Ok(flows)
    }

    /// A flow.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn flow(&self, id: FlowId) -> Result<StoredFlow> {
        let mut db = self.inner.readers.acquire().await?;
        one(&mut db, id, self.now()).await
    }

    /// Keeps a new flow.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_flow(&self, new: &NewFlow) -> Result<StoredFlow> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        let id: i64 = sqlx::query_scalar(
            "insert into flow (name, folder, place, state, starts, steps, problems, owner, revision, document, history, remote, made_at, changed_at)
             values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?) returning id",
        )
        .bind(new.head.name.clone())
        .bind(new.folder.clone())
        .bind(word(new.place)?)
        .bind(word(FlowState::Draft)?)
        .bind(new.head.starts.clone())
        .bind(new.head.steps)
        .bind(new.head.problems)
        .bind(new.owner.clone())
        .bind(new.document.clone())
        .bind(new.history.clone())
        .bind(new.remote.clone())
        .bind(at)
        .bind(at)
        .fetch_one(tx.db())
        .await?;
        self.shown(tx, FlowId(id)).await
    }

    /// Keeps a draft as it is after an edit of the one of this revision. `None` when that is not the newest: nothing is kept then.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn edit_flow(&self, id: FlowId, revision: u64, draft: &FlowDraft) -> Result<Option<StoredFlow>> {
        let pending = draft.pending.as_ref().map(serde_json::to_string).transpose()?;
        let mut tx = self.begin_apart().await?;
        let kept = sqlx::query(
            "update flow set name = ?, starts = ?, steps = ?, problems = ?, document = ?, history = ?, pending = ?,
                    revision = revision + 1, changed_at = ?
             where id = ? and revision = ?",
        )
        .bind(draft.head.name.clone())
        .bind(draft.head.starts.clone())
        .bind(draft.head.steps)
        .bind(draft.head.problems)
        .bind(draft.document.clone())
        .bind(draft.history.clone())
        .bind(pending)
        .bind(micros(self.now()))
        .bind(id.0)
        .bind(whole(revision))
        .execute(tx.db())
        .await?;
        if kept.rows_affected() == 0 {
            exists(tx.db(), id).await?;
            return Ok(None);
        }
        if let Some(edit) = &draft.send {
            put_out(tx.db(), id, edit).await?;
        }
        self.shown(tx, id).await.map(Some)
    }

    /// Publishes the draft of this revision and switches the flow on. `None` when that is not the newest.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn publish_flow(&self, id: FlowId, revision: u64, granted: &str) -> Result<Option<StoredFlow>> {
        let mut tx = self.begin_apart().await?;
        let number: Option<i64> = sqlx::query_scalar(
            "insert into flow_version (flow_id, number, document, granted, at)
             select id, (select coalesce(max(number), 0) + 1 from flow_version where flow_id = flow.id), document, ?, ?
             from flow where id = ? and revision = ? returning number",
        )
        .bind(granted.to_owned())
        .bind(micros(self.now()))
        .bind(id.0)
        .bind(whole(revision))
        .fetch_optional(tx.db())
        .await?;
        let Some(number) = number else {
            exists(tx.db(), id).await?;
            return Ok(None);
        };
        sqlx::query("update flow set published = ?, state = ? where id = ?")
            .bind(number)
            .bind(word(FlowState::On)?)
            .bind(id.0)
            .execute(tx.db())
            .await?;
        self.shown(tx, id).await.map(Some)
    }

    /// Switches a published flow on or off. `None` when nothing of it is published.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn switch_flow(&self, id: FlowId, on: bool) -> Result<Option<StoredFlow>> {
        let state = if on { FlowState::On } else { FlowState::Off };
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query("update flow set state = ? where id = ? and published is not null")
            .bind(word(state)?)
            .bind(id.0)
            .execute(tx.db())
            .await?;
        if done.rows_affected() == 0 {
            exists(tx.db(), id).await?;
            return Ok(None);
        }
        self.shown(tx, id).await.map(Some)
    }

    /// Puts a flow into a folder; an empty name is none.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn file_flow(&self, id: FlowId, folder: &str) -> Result<StoredFlow> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update flow set folder = ? where id = ?")
            .bind(folder.to_owned())
            .bind(id.0)
            .execute(tx.db())
            .await?;
        self.shown(tx, id).await
    }

    /// Has a flow run somewhere else from now on, as a draft there.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn place_flow(
        &self,
        id: FlowId,
        place: FlowPlace,
        state: FlowState,
        remote: Option<&str>,
    ) -> Result<StoredFlow> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update flow set place = ?, state = ?, remote = ? where id = ?")
            .bind(word(place)?)
            .bind(word(state)?)
            .bind(remote.map(str::to_owned))
            .bind(id.0)
            .execute(tx.db())
            .await?;
        sqlx::query("delete from flow_outbox where flow_id = ?").bind(id.0).execute(tx.db()).await?;
        self.shown(tx, id).await
    }

    /// Deletes a flow with its runs, for good.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn delete_flow(&self, id: FlowId) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        if sqlx::query("delete from flow where id = ?").bind(id.0).execute(tx.db()).await?.rows_affected() == 0 {
            return Err(StoreError::NoFlow(id));
        }
        sqlx::query("delete from run_document where id not in (select document_id from run)").execute(tx.db()).await?;
        tx.touched.tag(Tag::Flows);
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(())
    }

    /// The flows that run by themselves at this place, each with what is published of it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn flows_that_run(&self, place: FlowPlace) -> Result<Vec<(FlowId, String, StoredVersion)>> {
        let rows = sqlx::query(
            "select f.id, f.name, v.* from flow f join flow_version v on v.flow_id = f.id and v.number = f.published
             where f.state = ? and f.place = ? order by f.id",
        )
        .bind(word(FlowState::On)?)
        .bind(word(place)?)
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter().map(|row| Ok((FlowId(row.try_get("id")?), row.try_get("name")?, version(row)?))).collect()
    }

    /// What was published of a flow, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn flow_versions(&self, id: FlowId) -> Result<Vec<StoredVersion>> {
        let rows = sqlx::query("select * from flow_version where flow_id = ? order by number desc")
            .bind(id.0)
            .fetch_all(&self.inner.readers)
            .await?;
        rows.iter().map(version).collect()
    }

    /// How far a flow's trigger has come, if that was ever noted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn flow_mark(&self, id: FlowId) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("select value from flow_mark where flow_id = ?")
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?)
    }

    /// Notes how far a flow's trigger has come.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn mark_flow(&self, id: FlowId, value: &str) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        exists(tx.db(), id).await?;
        sqlx::query(
            "insert into flow_mark (flow_id, value) values (?, ?) on conflict (flow_id) do update set value = excluded.value",
        )
        .bind(id.0)
        .bind(value.to_owned())
        .execute(tx.db())
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Commits, and tells the flow as it is then.
    pub(super) async fn shown(&self, mut tx: Tx, id: FlowId) -> Result<StoredFlow> {
        let flow = one(tx.db(), id, self.now()).await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(flow)
    }
}

/// # Errors
/// [`StoreError::NoFlow`].
pub(super) async fn exists(db: &mut SqliteConnection, id: FlowId) -> Result<()> {
    let found: Option<i64> =
        sqlx::query_scalar("select 1 from flow where id = ?").bind(id.0).fetch_optional(db).await?;
    found.map(drop).ok_or(StoreError::NoFlow(id))
}

fn a_week_before(now: Timestamp) -> Timestamp {
    now.checked_sub(WEEK).unwrap_or(Timestamp::MIN)
}

async fn one(db: &mut SqliteConnection, id: FlowId, now: Timestamp) -> Result<StoredFlow> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{LISTED} where f.id = ?2")))
        .bind(micros(a_week_before(now)))
        .bind(id.0)
        .fetch_optional(&mut *db)
        .await?
        .ok_or(StoreError::NoFlow(id))?;
    let published = match row.try_get::<Option<String>, _>("published_document")? {
        None => None,
        Some(document) => Some(StoredVersion {
            number: count(row.try_get("published")?),
            document,
            granted: row.try_get("granted")?,
            at: instant(&row, "published_at")?,
        }),
    };
    let pending = row.try_get::<Option<String>, _>("pending")?;
    let mut days = days(db, Some(id), now).await?;
    Ok(StoredFlow {
        flow: listed(db, &row, &mut days).await?,
        revision: count(row.try_get("revision")?),
        document: row.try_get("document")?,
        history: row.try_get("history")?,
        published,
        pending: pending.as_deref().map(serde_json::from_str).transpose()?,
        remote: row.try_get("remote")?,
    })
}

fn version(row: &SqliteRow) -> Result<StoredVersion> {
    Ok(StoredVersion {
        number: count(row.try_get("number")?),
        document: row.try_get("document")?,
        granted: row.try_get("granted")?,
        at: instant(row, "at")?,
    })
}

/// The runs of each of the last days, by flow; a flow that did not run is left out.
async fn days(
    db: &mut SqliteConnection,
    flow: Option<FlowId>,
    until: Timestamp,
) -> Result<HashMap<FlowId, Vec<(u32, u32)>>> {
    let rows = sqlx::query(
        "select flow_id, (?2 - ended_at) / ?3 as ago, count(*) as many, sum(status not in ('SUCCEEDED', 'CANCELED')) as failed
         from run where (?1 is null or flow_id = ?1) and test = 0 and ended_at <= ?2 and ended_at > ?2 - ?3 * ?4
         group by flow_id, ago",
    )
    .bind(flow.map(|flow| flow.0))
    .bind(micros(until))
    .bind(DAY)
    .bind(DAYS)
    .fetch_all(db)
    .await?;
    let mut all: HashMap<FlowId, Vec<(u32, u32)>> = HashMap::new();
    for row in &rows {
        let days = all.entry(FlowId(row.try_get("flow_id")?)).or_insert_with(no_days);
        let at = i64::from(DAYS) - 1 - row.try_get::<i64, _>("ago")?;
        if let Some(day) = usize::try_from(at).ok().and_then(|at| days.get_mut(at)) {
            *day = (row.try_get("many")?, row.try_get("failed")?);
        }
    }
    Ok(all)
}

fn no_days() -> Vec<(u32, u32)> {
    vec![(0, 0); usize::try_from(DAYS).unwrap_or_default()]
}

/// The newest run of a flow, or its newest test.
async fn newest(db: &mut SqliteConnection, flow: FlowId, test: bool) -> Result<Option<RunSummary>> {
    let row = sqlx::query(
        "select r.*, f.name, iif(r.key like 'there:%', 'server', 'here') as place from run r join flow f on f.id = r.flow_id
         where r.flow_id = ? and r.test = ? order by r.began_at desc, r.id desc limit 1",
    )
    .bind(flow.0)
    .bind(test)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(run_summary).transpose()
}

async fn listed(
    db: &mut SqliteConnection,
    row: &SqliteRow,
    days: &mut HashMap<FlowId, Vec<(u32, u32)>>,
) -> Result<FlowSummary> {
    let id = FlowId(row.try_get("id")?);
    Ok(FlowSummary {
        id,
        name: row.try_get("name")?,
        folder: row.try_get("folder")?,
        place: read_word(row, "place")?,
        state: read_word(row, "state")?,
        changed: row.try_get("changed")?,
        trigger: row.try_get("starts")?,
        steps: row.try_get("steps")?,
        problems: row.try_get("problems")?,
        owner: row.try_get("owner")?,
        changed_at: instant(row, "changed_at")?,
        last_run: newest(db, id, false).await?,
        last_test: newest(db, id, true).await?,
        runs: row.try_get("runs")?,
        failed: row.try_get("failed")?,
        days: days.remove(&id).unwrap_or_else(no_days),
    })
}
