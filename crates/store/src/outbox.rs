//! Edits on their way to Basecamp. Each step is one transaction, so that whatever happens in between, an edit is either
//! still here or known to have arrived.

use contract::{
    ChangeId, ChangeSetId, Conflict, Fetched, OutboxEntry, OutboxState, PersonId, Recording, RecordingId, SetState, Tag,
};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::adopt::rename;
use crate::change::{self, Actor, read_record, record_text};
use crate::columns::instant;
use crate::error::{Result, StoreError};
use crate::fields::{Field, three_ways};
use crate::names::Names;
use crate::open::Store;
use crate::overlay::{self, Edit, settle};
use crate::record::normal;
use crate::tx::Tx;

/// An edit whose turn it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ToSend {
    /// The change.
    pub change: ChangeId,
    /// The item; local when this is its create.
    pub item: RecordingId,
    /// Before the edit; `None` for a create.
    pub before: Option<Recording>,
    /// After the edit.
    pub after: Recording,
    /// The server's record that the edit started from; `None` for a create.
    pub base: Option<Recording>,
    /// The fields that the edit is about. Only these may be written over the server's record.
    pub fields: Vec<Field>,
    /// Who is told.
    pub notify: Vec<PersonId>,
    /// How often it was tried before.
    pub attempts: u32,
    /// An earlier try may have arrived: look before sending it again.
    pub unsure: bool,
}

impl ToSend {
    /// True when someone else changed a field that this edit is about, to something else than the edit does. Places among
    /// siblings shift by themselves and never clash.
    #[must_use]
    pub fn clashes_with(&self, theirs: &Recording) -> bool {
        self.base.as_ref().is_some_and(|base| !clashing(&self.fields, base, &self.after, theirs).is_empty())
    }
    /// The server's record with this edit over it: what a full replacement has to carry.
    #[must_use]
    pub fn merged_onto(&self, theirs: &Recording) -> Recording {
        let mut record = theirs.clone();
        for field in &self.fields {
            field.copy(&self.after, &mut record);
        }
        record
    }
}

/// How many edits wait, and how many a person must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// Waiting or on their way.
    pub queued: u32,
    /// Refused or in conflict.
    pub stuck: u32,
}

pub(crate) fn clashing(fields: &[Field], base: &Recording, mine: &Recording, theirs: &Recording) -> Vec<Field> {
    let clashes = |field: &Field| *field != Field::Position && !field.same(base, theirs) && !field.same(mine, theirs);
    fields.iter().copied().filter(clashes).collect()
}

impl Store {
    /// The oldest edit that may be sent: not behind a stuck edit of the same item, and not within something that
    /// Basecamp has not named yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn next_to_send(&self) -> Result<Option<ToSend>> {
        let row = sqlx::query(
            "select o.change, o.item, o.notify, o.base, o.attempts, o.unsure, c.before, c.after
             from outbox o join change c on c.seq = o.change join recording r on r.id = o.item
             where o.state = 'queued' and (r.parent is null or r.parent >= 0)
               and not exists (select 1 from outbox e where e.item = o.item and e.change < o.change)
             order by o.change limit 1",
        )
        .fetch_optional(&self.inner.readers)
        .await?;
        row.map(|row| to_send(&row)).transpose()
    }

    /// The edit is being sent: call it before the request leaves.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn sending(&self, change: ChangeId) -> Result<()> {
        self.step(
            change,
            "update outbox set state = 'sending', attempts = attempts + 1, problem = null where change = ? and state = 'queued'",
            None,
        )
        .await
    }

    /// Basecamp accepted the edit and answered this record. A local id becomes Basecamp's.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn sent(&self, change: ChangeId, fetched: Fetched<Recording>) -> Result<()> {
        let mut tx = self.begin_sync().await?;
        let landed = normal(fetched.value);
        let mut item = waiting_item(&mut tx, change).await?;
        if item.is_local() && !landed.id.is_local() {
            rename(&mut tx, item, landed.id).await?;
            item = landed.id;
        }
        let done = change::one(tx.db(), change).await?;
        sqlx::query("delete from outbox where change = ?").bind(change.0).execute(tx.db()).await?;
        sqlx::query("update change set landed = ? where seq = ?")
            .bind(record_text(Some(&landed))?)
            .bind(change.0)
            .execute(tx.db())
            .await?;
        let fields = Edit { before: done.before, after: done.after }.fields();
        rebase(&mut tx, item, &fields, &landed).await?;
        // A pass may have fetched a later state before this answer came.
        let server = match overlay::server(tx.db(), item).await? {
            Some(known) if known.updated_at > landed.updated_at => known,
            Some(_) | None => landed,
        };
        settle(&mut tx, &server, Some(&fetched.raw)).await?;
        tx.touched.item(item, server.kind.tag());
        tx.touched.tag(Tag::Outbox);
        tx.commit().await?;
        Ok(())
    }

    /// Basecamp refused the edit; `message` tells the person why.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn failed(&self, change: ChangeId, message: &str) -> Result<()> {
        self.step(
            change,
            "update outbox set state = 'failed', unsure = 0, problem = ?2 where change = ?1",
            Some(message),
        )
        .await
    }

    /// The answer was lost, or Basecamp could not be reached after the request had left: it must be looked for.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn unsure(&self, change: ChangeId) -> Result<()> {
        self.step(change, "update outbox set state = 'queued', unsure = 1 where change = ?", None).await
    }

    /// The edit waits again: it certainly did not arrive.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn requeue(&self, change: ChangeId) -> Result<()> {
        self.step(change, "update outbox set state = 'queued', unsure = 0, problem = null where change = ?", None).await
    }

    /// Someone else changed a field that the edit is about; a person must choose.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn conflict(&self, change: ChangeId, theirs: Fetched<Recording>) -> Result<()> {
        let mut tx = self.begin_sync().await?;
        waiting_item(&mut tx, change).await?;
        let record = normal(theirs.value);
        sqlx::query("update outbox set state = 'conflict', unsure = 0, theirs = ? where change = ?")
            .bind(record_text(Some(&record))?)
            .bind(change.0)
            .execute(tx.db())
            .await?;
        settle(&mut tx, &record, Some(&theirs.raw)).await?;
        tx.touched.item(record.id, record.kind.tag());
        tx.touched.tag(Tag::Outbox);
        tx.commit().await?;
        Ok(())
    }

    /// How many edits wait.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts> {
        let row = sqlx::query(
            "select coalesce(sum(state in ('queued', 'sending')), 0) as queued,
                    coalesce(sum(state in ('failed', 'conflict')), 0) as stuck from outbox",
        )
        .fetch_one(&self.inner.readers)
        .await?;
        Ok(OutboxCounts { queued: row.try_get("queued")?, stuck: row.try_get("stuck")? })
    }

    /// The edits that Basecamp does not have yet, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn outbox(&self) -> Result<Vec<OutboxEntry>> {
        let mut db = self.inner.readers.acquire().await?;
        let rows = sqlx::query(
            "select o.change, o.item, o.state, o.unsure, o.attempts, o.problem, o.base, o.theirs,
                    c.before, c.after, s.at, s.summary
             from outbox o join change c on c.seq = o.change join change_set s on s.id = c.set_id order by o.change",
        )
        .fetch_all(&mut *db)
        .await?;
        let mut afters = Vec::with_capacity(rows.len());
        for row in &rows {
            afters.push(read_record(row, "after")?);
        }
        let names = Names::read(&mut db, afters.iter().flatten()).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for (row, after) in rows.iter().zip(afters) {
            if let Some(after) = after {
                entries.push(entry(row, after, &names)?);
            }
        }
        Ok(entries)
    }

    /// One change of an outbox row, in a transaction of its own.
    async fn step(&self, change: ChangeId, sql: &'static str, text: Option<&str>) -> Result<()> {
        let mut tx = self.begin_sync().await?;
        let item = waiting_item(&mut tx, change).await?;
        let query = sqlx::query(sql).bind(change.0);
        let query = if let Some(text) = text { query.bind(text.to_owned()) } else { query };
        if query.execute(tx.db()).await?.rows_affected() == 0 {
            return Err(StoreError::NoChange(change));
        }
        let kind = change::one(tx.db(), change).await?;
        if let Some(record) = kind.latest() {
            tx.touched.item(item, record.kind.tag());
        }
        tx.touched.tag(Tag::Outbox);
        tx.commit().await?;
        Ok(())
    }
}

impl Tx {
    /// Puts a change into the outbox and keeps the server's record that it started from.
    pub(crate) async fn queue(
        &mut self,
        change: ChangeId,
        item: RecordingId,
        before: Option<&Recording>,
        notify: &[PersonId],
    ) -> Result<()> {
        let base = match overlay::server(self.db(), item).await? {
            Some(server) => Some(server),
            None if item.is_local() => None,
            None => before.cloned(),
        };
        if let Some(base) = &base {
            overlay::keep_server(self.db(), base).await?;
        }
        sqlx::query("insert into outbox (change, item, state, notify, base) values (?, ?, 'queued', ?, ?)")
            .bind(change.0)
            .bind(item.0)
            .bind(serde_json::to_string(notify)?)
            .bind(record_text(base.as_ref())?)
            .execute(self.db())
            .await?;
        self.touched.changes.push(change);
        self.touched.tag(Tag::Outbox);
        Ok(())
    }

    /// True when the item was made here and Basecamp certainly never heard of it.
    pub(crate) async fn never_sent(&mut self, item: RecordingId) -> Result<bool> {
        if !item.is_local() {
            return Ok(false);
        }
        let clean: Option<bool> = sqlx::query_scalar(
            "select o.state <> 'sending' and o.unsure = 0 from outbox o join change c on c.seq = o.change
             where o.item = ? and c.before is null",
        )
        .bind(item.0)
        .fetch_optional(self.db())
        .await?;
        Ok(clean.unwrap_or(false))
    }
}

/// The item of an edit that waits.
pub(crate) async fn waiting_item(tx: &mut Tx, change: ChangeId) -> Result<RecordingId> {
    let item: Option<i64> =
        sqlx::query_scalar("select item from outbox where change = ?").bind(change.0).fetch_optional(tx.db()).await?;
    item.map(RecordingId).ok_or(StoreError::NoChange(change))
}

/// The edits that still wait start from what the server has: fields that landed are no one else's change.
pub(crate) async fn rebase(tx: &mut Tx, item: RecordingId, fields: &[Field], landed: &Recording) -> Result<()> {
    let rows = sqlx::query("select change, base from outbox where item = ?").bind(item.0).fetch_all(tx.db()).await?;
    for row in rows {
        let base = match read_record(&row, "base")? {
            None => landed.clone(),
            Some(mut base) => {
                for field in fields {
                    field.copy(landed, &mut base);
                }
                base
            }
        };
        sqlx::query("update outbox set base = ? where change = ?")
            .bind(record_text(Some(&base))?)
            .bind(row.try_get::<i64, _>("change")?)
            .execute(tx.db())
            .await?;
    }
    Ok(())
}

fn to_send(row: &SqliteRow) -> Result<ToSend> {
    let change = ChangeId(row.try_get("change")?);
    let before = read_record(row, "before")?;
    let after = read_record(row, "after")?.ok_or(StoreError::NoChange(change))?;
    let edit = Edit { before, after: Some(after.clone()) };
    Ok(ToSend {
        change,
        item: RecordingId(row.try_get("item")?),
        fields: edit.fields(),
        before: edit.before,
        after,
        base: read_record(row, "base")?,
        notify: serde_json::from_str(row.try_get("notify")?)?,
        attempts: row.try_get("attempts")?,
        unsure: row.try_get("unsure")?,
    })
}

fn entry(row: &SqliteRow, after: Recording, names: &Names) -> Result<OutboxEntry> {
    let unsure: bool = row.try_get("unsure")?;
    let state = match row.try_get::<&str, _>("state")? {
        "failed" => OutboxState::Failed,
        "conflict" => OutboxState::Conflict,
        "sending" => OutboxState::Sending,
        _ if unsure => OutboxState::Sending,
        _ => OutboxState::Queued,
    };
    let edit = Edit { before: read_record(row, "before")?, after: Some(after) };
    let (base, theirs) = (read_record(row, "base")?, read_record(row, "theirs")?);
    let Edit { before: _, after: Some(mine) } = &edit else {
        return Err(StoreError::Unreadable("an edit without a record".into()));
    };
    let conflict = theirs.filter(|_| state == OutboxState::Conflict).map(|theirs| Conflict {
        item: mine.id,
        kind: mine.kind,
        title: theirs.title.clone(),
        fields: three_ways(&edit.fields(), base.as_ref(), Some(mine), Some(&theirs), names),
    });
    Ok(OutboxEntry {
        change: ChangeId(row.try_get("change")?),
        item: RecordingId(row.try_get("item")?),
        kind: mine.kind,
        summary: row.try_get("summary")?,
        state,
        at: instant(row, "at")?,
        attempts: row.try_get("attempts")?,
        problem: row.try_get("problem")?,
        conflict,
    })
}

/// What giving an edit up writes into the history. It takes the set back whose only edit it was; one edit of several is
/// given up beside its set.
pub(crate) async fn begin_giving_up(store: &Store, change: ChangeId, actor: &Actor) -> Result<Tx> {
    let mut db = store.inner.readers.acquire().await?;
    let row = sqlx::query(
        "select s.id, s.summary, s.reverses, (select count(*) from change where set_id = s.id and route = 'remote') as edits
         from change c join change_set s on s.id = c.set_id where c.seq = ?",
    )
    .bind(change.0)
    .fetch_optional(&mut *db)
    .await?
    .ok_or(StoreError::NoChange(change))?;
    let reversed: Option<i64> = row.try_get("reverses")?;
    let set = ChangeSetId(reversed.map_or_else(|| row.try_get("id"), Ok)?);
    let alone = row.try_get::<i64, _>("edits")? == 1;
    let summary = format!("Gave up: {}", row.try_get::<&str, _>("summary")?);
    drop(db);
    store.begin_as(actor, summary, SetState::Reversal, alone.then_some(set)).await
}
