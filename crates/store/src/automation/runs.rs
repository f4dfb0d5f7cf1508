//! Runs: what is known of each, and the events that it is made of.

use contract::{FlowId, RunId, RunStatus, RunSummary, RunWait, Tag};
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use super::flows::exists;
use crate::columns::{instant, instant_or_none, micros, read_word, whole, word};
use crate::error::{Result, StoreError};
use crate::open::Store;

/// A run to be begun.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Its flow.
    pub flow: FlowId,
    /// What set it off: the same key never begins two.
    pub key: String,
    /// A mark of the document: equal documents have equal marks.
    pub fingerprint: String,
    /// The flow as it is run.
    pub document: String,
    /// It is a test.
    pub test: bool,
    /// It is a test on samples.
    pub rehearsal: bool,
    /// What set it off, in words.
    pub cause: String,
    /// What it may do, in the words of whoever begins it.
    pub granted: String,
    /// What it begins with, in the words of whoever begins it.
    pub start: String,
    /// When it begins; now when left out.
    pub at: Option<Timestamp>,
}

/// How a run stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStands {
    /// In a word.
    pub status: RunStatus,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The step that failed, as people call it.
    pub failed_step: Option<String>,
    /// Why, in a sentence.
    pub failure: Option<String>,
    /// What it waits for.
    pub wait: Option<RunWait>,
}

/// Which runs, newest first.
#[derive(Debug, Clone, Default)]
pub struct RunFilter {
    /// Of this flow only.
    pub flow: Option<FlowId>,
    /// With one of these; all when empty.
    pub statuses: Vec<RunStatus>,
    /// Tests too.
    pub tests: bool,
    /// Those that began before this one did.
    pub before: Option<RunId>,
    /// At most so many.
    pub limit: u32,
}

/// A run as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRun {
    /// What the list shows of it.
    pub run: RunSummary,
    /// The flow as it was run.
    pub document: String,
    /// What set it off.
    pub key: String,
    /// What it may do.
    pub granted: String,
    /// What it begins with; `None` once it has begun.
    pub start: Option<String>,
}

/// How runs came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// How many stand how; statuses that none has are left out.
    pub statuses: Vec<(RunStatus, u32)>,
    /// Each day of a span, the oldest first: how many ended that day, and how many of them failed.
    pub days: Vec<(u32, u32)>,
}

/// In microseconds.
pub(super) const DAY: i64 = 86_400_000_000;

const LISTED: &str = "select r.*, f.name, iif(r.key like 'there:%', 'server', 'here') as place from run r join flow f on f.id = r.flow_id";

impl Store {
    /// Begins a run, which waits its turn. When its key has begun one already, it is that one.
    ///
    /// # Errors
    /// [`StoreError::NoFlow`].
    pub async fn add_run(&self, new: &NewRun) -> Result<RunId> {
        let mut tx = self.begin_apart().await?;
        let known: Option<i64> = sqlx::query_scalar("select id from run where key = ?")
            .bind(new.key.clone())
            .fetch_optional(tx.db())
            .await?;
        if let Some(known) = known {
            return Ok(RunId(known));
        }
        let id = add(tx.db(), new, self.now()).await?;
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(id)
    }

    /// Runs, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn runs(&self, filter: &RunFilter) -> Result<Vec<RunSummary>> {
        let mut query = QueryBuilder::<Sqlite>::new(LISTED);
        query.push(" where (r.test = 0 or ").push_bind(filter.tests).push(")");
        if let Some(flow) = filter.flow {
            query.push(" and r.flow_id = ").push_bind(flow.0);
        }
        if !filter.statuses.is_empty() {
            query.push(" and r.status in (");
            let mut words = query.separated(", ");
            for status in &filter.statuses {
                words.push_bind(word(status)?);
            }
            query.push(")");
        }
        if let Some(before) = filter.before {
            query
                .push(" and (r.began_at, r.id) < (select began_at, id from run where id = ")
                .push_bind(before.0)
                .push(")");
        }
        query.push(" order by r.began_at desc, r.id desc limit ").push_bind(filter.limit);
        let rows = query.build().fetch_all(&self.inner.readers).await?;
        rows.iter().map(summary).collect()
    }

    /// Runs of the app that have not ended, oldest first. Those that a server carries out are not among them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn runs_under_way(&self) -> Result<Vec<RunSummary>> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "{LISTED} where r.ended_at is null and r.key not like 'there:%' order by r.began_at, r.id"
        )))
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter().map(summary).collect()
    }

    /// A run.
    ///
    /// # Errors
    /// [`StoreError::NoRun`].
    pub async fn run(&self, id: RunId) -> Result<StoredRun> {
        let row = sqlx::query(
            "select r.*, f.name, iif(r.key like 'there:%', 'server', 'here') as place, d.document from run r join flow f on f.id = r.flow_id
             join run_document d on d.id = r.document_id where r.id = ?",
        )
        .bind(id.0)
        .fetch_optional(&self.inner.readers)
        .await?
        .ok_or(StoreError::NoRun(id))?;
        stored(&row)
    }

    /// The run that this key set off; `None` if it set none off.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn run_of_key(&self, key: &str) -> Result<Option<StoredRun>> {
        let row = sqlx::query(
            "select r.*, f.name, iif(r.key like 'there:%', 'server', 'here') as place, d.document from run r join flow f on f.id = r.flow_id
             join run_document d on d.id = r.document_id where r.key = ?",
        )
        .bind(key.to_owned())
        .fetch_optional(&self.inner.readers)
        .await?;
        row.as_ref().map(stored).transpose()
    }

    /// How the runs of a flow, or of all, came out; its days end with the one that ends at `until`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn run_counts(
        &self,
        flow: Option<FlowId>,
        tests: bool,
        until: Timestamp,
        days: u32,
    ) -> Result<RunCounts> {
        let rows = sqlx::query(
            "select status, count(*) as many from run where (?1 is null or flow_id = ?1) and (test = 0 or ?2) group by status",
        )
        .bind(flow.map(|flow| flow.0))
        .bind(tests)
        .fetch_all(&self.inner.readers)
        .await?;
        let counted = |row: &SqliteRow| Ok((read_word(row, "status")?, row.try_get("many")?));
        let statuses = rows.iter().map(counted).collect::<Result<_>>()?;
        let rows = sqlx::query(
            "select (?3 - ended_at) / ?4 as ago, count(*) as many, sum(status not in ('SUCCEEDED', 'CANCELED')) as failed
             from run where (?1 is null or flow_id = ?1) and (test = 0 or ?2) and ended_at <= ?3 and ended_at > ?3 - ?4 * ?5
             group by ago",
        )
        .bind(flow.map(|flow| flow.0))
        .bind(tests)
        .bind(micros(until))
        .bind(DAY)
        .bind(days)
        .fetch_all(&self.inner.readers)
        .await?;
        let mut counts = RunCounts { statuses, days: vec![(0, 0); usize::try_from(days).unwrap_or_default()] };
        for row in &rows {
            let ago: i64 = row.try_get("ago")?;
            let at = i64::from(days) - 1 - ago;
            if let Some(day) = usize::try_from(at).ok().and_then(|at| counts.days.get_mut(at)) {
                *day = (row.try_get("many")?, row.try_get("failed")?);
            }
        }
        Ok(counts)
    }

    /// Adds the event of this number, from 0. `false` when there is one of that number already: then nothing is kept.
    ///
    /// # Errors
    /// [`StoreError::NoRun`].
    pub async fn add_run_event(&self, id: RunId, number: u64, event: &str) -> Result<bool> {
        let mut tx = self.begin_apart().await?;
        run_exists(tx.db(), id).await?;
        let added =
            sqlx::query("insert into run_event (run_id, number, event) values (?, ?, ?) on conflict do nothing")
                .bind(id.0)
                .bind(whole(number))
                .bind(event.to_owned())
                .execute(tx.db())
                .await?;
        tx.commit().await?;
        Ok(added.rows_affected() > 0)
    }

    /// The events of a run, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn run_events(&self, id: RunId) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar("select event from run_event where run_id = ? order by number")
            .bind(id.0)
            .fetch_all(&self.inner.readers)
            .await?)
    }

    /// Keeps a big value of a run; its handle.
    ///
    /// # Errors
    /// [`StoreError::NoRun`].
    pub async fn add_run_value(&self, id: RunId, value: &str) -> Result<i64> {
        let mut tx = self.begin_apart().await?;
        run_exists(tx.db(), id).await?;
        let handle = sqlx::query_scalar("insert into run_value (run_id, value) values (?, ?) returning id")
            .bind(id.0)
            .bind(value.to_owned())
            .fetch_one(tx.db())
            .await?;
        tx.commit().await?;
        Ok(handle)
    }

    /// A big value of a run; `None` when it was cleared away.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn run_value(&self, id: RunId, handle: i64) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("select value from run_value where id = ? and run_id = ?")
            .bind(handle)
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?)
    }

    /// Notes how a run stands.
    ///
    /// # Errors
    /// [`StoreError::NoRun`].
    pub async fn run_stands(&self, id: RunId, stands: &RunStands) -> Result<()> {
        let wait = stands.wait.as_ref().map(serde_json::to_string).transpose()?;
        let mut tx = self.begin_apart().await?;
        let noted =
            sqlx::query("update run set status = ?, ended_at = ?, failed_step = ?, failure = ?, wait = ?, start = null where id = ?")
                .bind(word(stands.status)?)
                .bind(stands.ended_at.map(micros))
                .bind(stands.failed_step.clone())
                .bind(stands.failure.clone())
                .bind(wait)
                .bind(id.0)
                .execute(tx.db())
                .await?;
        if noted.rows_affected() == 0 {
            return Err(StoreError::NoRun(id));
        }
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(())
    }

    /// Clears away what ended before an instant; how many runs that were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn clear_runs(&self, before: Timestamp) -> Result<u64> {
        let mut tx = self.begin_apart().await?;
        let gone = sqlx::query("delete from run where ended_at < ?").bind(micros(before)).execute(tx.db()).await?;
        sqlx::query("delete from run_document where id not in (select document_id from run)").execute(tx.db()).await?;
        sqlx::query("delete from done_once where at < ?").bind(micros(before)).execute(tx.db()).await?;
        if gone.rows_affected() > 0 {
            tx.touched.tag(Tag::Runs);
        }
        tx.commit().await?;
        Ok(gone.rows_affected())
    }
}

/// Adds a run that waits its turn.
///
/// # Errors
/// [`StoreError::NoFlow`].
pub(super) async fn add(db: &mut SqliteConnection, new: &NewRun, now: Timestamp) -> Result<RunId> {
    exists(db, new.flow).await?;
    let document: i64 = sqlx::query_scalar(
        "insert into run_document (fingerprint, document) values (?, ?)
         on conflict (fingerprint) do update set fingerprint = excluded.fingerprint returning id",
    )
    .bind(new.fingerprint.clone())
    .bind(new.document.clone())
    .fetch_one(&mut *db)
    .await?;
    let id: i64 = sqlx::query_scalar(
        "insert into run (flow_id, document_id, key, test, rehearsal, cause, granted, start, status, began_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(new.flow.0)
    .bind(document)
    .bind(new.key.clone())
    .bind(new.test)
    .bind(new.rehearsal)
    .bind(new.cause.clone())
    .bind(new.granted.clone())
    .bind(new.start.clone())
    .bind(word(RunStatus::Queued)?)
    .bind(micros(new.at.unwrap_or(now)))
    .fetch_one(db)
    .await?;
    Ok(RunId(id))
}

/// # Errors
/// [`StoreError::NoRun`].
async fn run_exists(db: &mut SqliteConnection, id: RunId) -> Result<()> {
    let found: Option<i64> = sqlx::query_scalar("select 1 from run where id = ?").bind(id.0).fetch_optional(db).await?;
    found.map(drop).ok_or(StoreError::NoRun(id))
}

pub(super) fn stored(row: &SqliteRow) -> Result<StoredRun> {
    Ok(StoredRun {
        run: summary(row)?,
        document: row.try_get("document")?,
        key: row.try_get("key")?,
        granted: row.try_get("granted")?,
        start: row.try_get("start")?,
    })
}

pub(super) fn summary(row: &SqliteRow) -> Result<RunSummary> {
    let wait = row.try_get::<Option<String>, _>("wait")?;
    Ok(RunSummary {
        id: RunId(row.try_get("id")?),
        flow: FlowId(row.try_get("flow_id")?),
        name: row.try_get("name")?,
        place: read_word(row, "place")?,
        status: read_word(row, "status")?,
        test: row.try_get("test")?,
        rehearsal: row.try_get("rehearsal")?,
        cause: row.try_get("cause")?,
        began_at: instant(row, "began_at")?,
        ended_at: instant_or_none(row, "ended_at")?,
        failed_step: row.try_get("failed_step")?,
        failure: row.try_get("failure")?,
        waits: wait.as_deref().map(serde_json::from_str).transpose()?,
    })
}
