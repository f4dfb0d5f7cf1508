//! Flows that run on a server, as far as they are known here: what is there, what is to be sent there, and how runs went.

use contract::{FlowId, FlowPlace, FlowState, RunId, RunStatus, Tag};
use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::flows::{FlowHead, StoredFlow, exists};
use super::runs::RunStands;
use crate::columns::{micros, whole, word};
use crate::error::Result;
use crate::open::Store;

/// What the keys of runs begin with that a server carries out.
pub(super) const THERE: &str = "there:";

/// A flow as a server has it.
#[derive(Debug, Clone)]
pub struct FlowMirror {
    /// What the list shows of it.
    pub head: FlowHead,
    /// The draft. A history belongs to another one.
    pub document: String,
    /// The history of a flow to which nothing was done.
    pub fresh_history: String,
    /// The folder; empty for none.
    pub folder: String,
    /// Whether it runs by itself.
    pub state: FlowState,
    /// What is published there.
    pub published: MirroredVersion,
    /// What is known of it.
    pub remote: String,
    /// The last of the edits that wait to be sent that `remote` has taken over.
    pub taken: Option<i64>,
}

/// What is published on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MirroredVersion {
    /// Nothing.
    Nothing,
    /// What was known already.
    Known,
    /// The draft as it is.
    Draft,
    /// This document.
    Document(String),
}

/// An edit that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingEdit {
    /// Its place in the row.
    pub number: i64,
    /// What it is, in the words of whoever sends it.
    pub edit: String,
}

/// A run that a server carries out.
#[derive(Debug, Clone)]
pub struct RemoteRun {
    /// Its flow here.
    pub flow: FlowId,
    /// What the server calls it.
    pub name: String,
    /// A mark of the document: equal documents have equal marks.
    pub fingerprint: String,
    /// The flow as it is run.
    pub document: String,
    /// It is a test.
    pub test: bool,
    /// What set it off, in words.
    pub cause: String,
    /// When it began.
    pub began_at: Timestamp,
    /// How it stands.
    pub stands: RunStands,
}

impl Store {
    /// The flows that run on a server, each with what is known of it there and how many edits wait to be sent.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn remote_flows(&self) -> Result<Vec<(FlowId, String, u32)>> {
        let rows = sqlx::query(
            "select f.id, f.remote, (select count(*) from flow_outbox o where o.flow_id = f.id) as waiting
             from flow f where f.place = ? and f.remote is not null order by f.id",
        )
        .bind(word(FlowPlace::Server)?)
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter()
            .map(|row| Ok((FlowId(row.try_get("id")?), row.try_get("remote")?, row.try_get("waiting")?)))
            .collect()
    }

    /// The edits of a flow that wait to be sent, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn outgoing_edits(&self, id: FlowId) -> Result<Vec<OutgoingEdit>> {
        let rows = sqlx::query("select id, edit from flow_outbox where flow_id = ? order by id")
            .bind(id.0)
            .fetch_all(&self.inner.readers)
            .await?;
        rows.iter().map(|row| Ok(OutgoingEdit { number: row.try_get("id")?, edit: row.try_get("edit")? })).collect()
    }

    /// Notes what is known of a flow on a server, and that edits were taken over up to this one. The draft stays as it is.
    ///
    /// # Errors
    /// [`crate::StoreError::NoFlow`].
    pub async fn note_remote(&self, id: FlowId, remote: &str, taken: Option<i64>) -> Result<StoredFlow> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update flow set remote = ? where id = ?")
            .bind(remote.to_owned())
            .bind(id.0)
            .execute(tx.db())
            .await?;
        taken_over(tx.db(), id, taken).await?;
        self.shown(tx, id).await
    }

    /// Keeps a flow as a server has it. `None` when the draft of this revision is not the newest: nothing is kept then. The
    /// revision rises only if the document is another.
    ///
    /// # Errors
    /// [`crate::StoreError::NoFlow`].
    pub async fn mirror_flow(&self, id: FlowId, revision: u64, mirror: &FlowMirror) -> Result<Option<StoredFlow>> {
        let mut tx = self.begin_apart().await?;
        let done = sqlx::query(
            "update flow set name = ?1, starts = ?2, steps = ?3, problems = ?4, folder = ?5, state = ?6, remote = ?7,
                    history = iif(document = ?8, history, ?9), revision = revision + (document <> ?8),
                    changed_at = iif(document = ?8, changed_at, ?10), document = ?8
             where id = ?11 and revision = ?12",
        )
        .bind(mirror.head.name.clone())
        .bind(mirror.head.starts.clone())
        .bind(mirror.head.steps)
        .bind(mirror.head.problems)
        .bind(mirror.folder.clone())
        .bind(word(mirror.state)?)
        .bind(mirror.remote.clone())
        .bind(mirror.document.clone())
        .bind(mirror.fresh_history.clone())
        .bind(micros(self.now()))
        .bind(id.0)
        .bind(whole(revision))
        .execute(tx.db())
        .await?;
        if done.rows_affected() == 0 {
            exists(tx.db(), id).await?;
            return Ok(None);
        }
        taken_over(tx.db(), id, mirror.taken).await?;
        let published = match &mirror.published {
            MirroredVersion::Known => return self.shown(tx, id).await.map(Some),
            MirroredVersion::Nothing => None,
            MirroredVersion::Draft => Some(mirror.document.clone()),
            MirroredVersion::Document(document) => Some(document.clone()),
        };
        let number = match published {
            None => None,
            Some(document) => Some(publish(tx.db(), id, &document, micros(self.now())).await?),
        };
        sqlx::query("update flow set published = ? where id = ?").bind(number).bind(id.0).execute(tx.db()).await?;
        self.shown(tx, id).await.map(Some)
    }

    /// Keeps how a run on a server stands; a run that is not known yet is added. Nothing is told when nothing changed.
    ///
    /// # Errors
    /// [`crate::StoreError::NoFlow`].
    pub async fn mirror_run(&self, run: &RemoteRun) -> Result<RunId> {
        let mut tx = self.begin_apart().await?;
        exists(tx.db(), run.flow).await?;
        let key = format!("{THERE}{}", run.name);
        let known = sqlx::query("select id, status, ended_at from run where key = ?")
            .bind(key.clone())
            .fetch_optional(tx.db())
            .await?;
        let (status, ended_at) = (word(run.stands.status)?, run.stands.ended_at.map(micros));
        if let Some(row) = &known
            && row.try_get::<String, _>("status")? == status
            && row.try_get::<Option<i64>, _>("ended_at")? == ended_at
        {
            return Ok(RunId(row.try_get("id")?));
        }
        let id: i64 = match known {
            Some(row) => row.try_get("id")?,
            None => {
                let document: i64 = sqlx::query_scalar(
                    "insert into run_document (fingerprint, document) values (?, ?)
                     on conflict (fingerprint) do update set fingerprint = excluded.fingerprint returning id",
                )
                .bind(run.fingerprint.clone())
                .bind(run.document.clone())
                .fetch_one(tx.db())
                .await?;
                sqlx::query_scalar(
                    "insert into run (flow_id, document_id, key, test, rehearsal, cause, granted, status, began_at)
                     values (?, ?, ?, ?, 0, ?, '[]', ?, ?) returning id",
                )
                .bind(run.flow.0)
                .bind(document)
                .bind(key)
                .bind(run.test)
                .bind(run.cause.clone())
                .bind(status.clone())
                .bind(micros(run.began_at))
                .fetch_one(tx.db())
                .await?
            }
        };
        sqlx::query("update run set status = ?, cause = ?, ended_at = ?, failed_step = ?, failure = ? where id = ?")
            .bind(status)
            .bind(run.cause.clone())
            .bind(ended_at)
            .bind(run.stands.failed_step.clone())
            .bind(run.stands.failure.clone())
            .bind(id)
            .execute(tx.db())
            .await?;
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(RunId(id))
    }

    /// What a server calls a run; `None` for one that the app carries out itself, or that the server was not told of yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn remote_run(&self, id: RunId) -> Result<Option<String>> {
        let key: Option<String> = sqlx::query_scalar("select key from run where id = ?")
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?;
        Ok(key.and_then(|key| key.strip_prefix(THERE).map(str::to_owned)).filter(|name| !name.starts_with("told:")))
    }

    /// The runs on a server that had not ended when they were last seen, each with its flow and what it is called there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn remote_runs_under_way(&self) -> Result<Vec<(RunId, FlowId, String)>> {
        let rows =
            sqlx::query("select id, flow_id, key from run where ended_at is null and key like 'there:%' and key not like 'there:told:%' order by id")
                .fetch_all(&self.inner.readers)
                .await?;
        rows.iter()
            .map(|row| {
                let key: String = row.try_get("key")?;
                let name = key.strip_prefix(THERE).unwrap_or_default().to_owned();
                Ok((RunId(row.try_get("id")?), FlowId(row.try_get("flow_id")?), name))
            })
            .collect()
    }

    /// When the newest run of a server's that is kept here began, tests left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn newest_remote_run(&self) -> Result<Option<Timestamp>> {
        let newest: Option<i64> = sqlx::query_scalar(
            "select max(began_at) from run where key like 'there:%' and key not like 'there:told:%' and test = 0",
        )
        .fetch_one(&self.inner.readers)
        .await?;
        newest.map(crate::columns::read_instant).transpose()
    }

    /// Notes that a run on a server will tell no more: it is no longer kept there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn remote_run_lost(&self, id: RunId, why: &str) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update run set status = ?, ended_at = ?, failure = ? where id = ? and ended_at is null")
            .bind(word(RunStatus::InternalError)?)
            .bind(micros(self.now()))
            .bind(why.to_owned())
            .bind(id.0)
            .execute(tx.db())
            .await?;
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(())
    }
}

/// Puts an edit at the end of the row of those that wait to be sent.
pub(super) async fn put_out(db: &mut SqliteConnection, id: FlowId, edit: &str) -> Result<()> {
    sqlx::query("insert into flow_outbox (flow_id, edit) values (?, ?)")
        .bind(id.0)
        .bind(edit.to_owned())
        .execute(db)
        .await?;
    Ok(())
}

async fn taken_over(db: &mut SqliteConnection, id: FlowId, last: Option<i64>) -> Result<()> {
    if let Some(last) = last {
        sqlx::query("delete from flow_outbox where flow_id = ? and id <= ?").bind(id.0).bind(last).execute(db).await?;
    }
    Ok(())
}

/// The number of the newest version if it is this document, of a further one otherwise.
async fn publish(db: &mut SqliteConnection, id: FlowId, document: &str, at: i64) -> Result<i64> {
    let newest =
        sqlx::query("select number, document from flow_version where flow_id = ? order by number desc limit 1")
            .bind(id.0)
            .fetch_optional(&mut *db)
            .await?;
    let number = match newest {
        Some(row) if row.try_get::<String, _>("document")? == document => return Ok(row.try_get("number")?),
        Some(row) => row.try_get::<i64, _>("number")? + 1,
        None => 1,
    };
    sqlx::query("insert into flow_version (flow_id, number, document, granted, at) values (?, ?, ?, '[]', ?)")
        .bind(id.0)
        .bind(number)
        .bind(document.to_owned())
        .bind(at)
        .execute(db)
        .await?;
    Ok(number)
}
