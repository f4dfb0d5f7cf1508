//! Writing: a transaction in which every write of a record is also a row of the log. Dropped, it never was.

use contract::{
    ChangeId, ChangeSetId, PersonId, Project, ProjectId, Recording, RecordingId, SetState, Status, Tag, Who,
};
use sqlx::{Row, Sqlite, SqliteConnection, Transaction};

use crate::change::{self, Actor, Route, record_text, state_text};
use crate::columns::micros;
use crate::directory::read_project;
use crate::error::Result;
use crate::feed::{Committed, Touched};
use crate::open::Store;
use crate::queries;
use crate::record::{self, Writing, normal};

/// What is written together, committed together and undone together.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Sqlite>,
    pub(crate) store: Store,
    actor: Actor,
    summary: String,
    /// The command that writes, and its input.
    call: Option<(String, String)>,
    state: SetState,
    pub(crate) reverses: Option<ChangeSetId>,
    set: Option<i64>,
    pub(crate) touched: Touched,
}

impl Store {
    /// Begins to write. `summary` says in a few words what is done, for the history.
    ///
    /// # Errors
    /// When another process holds the file, or it cannot be written.
    pub async fn begin(&self, actor: &Actor, summary: impl Into<String>) -> Result<Tx> {
        self.begin_as(actor, summary.into(), SetState::Done, None).await
    }

    pub(crate) async fn begin_sync(&self) -> Result<Tx> {
        self.begin_as(&Actor::sync(), String::new(), SetState::Done, None).await
    }

    pub(crate) async fn begin_as(
        &self,
        actor: &Actor,
        summary: String,
        state: SetState,
        reverses: Option<ChangeSetId>,
    ) -> Result<Tx> {
        let inner = self.inner.writer.begin_with("begin immediate").await?;
        let actor = actor.clone();
        let store = self.clone();
        Ok(Tx { inner, store, actor, summary, call: None, state, reverses, set: None, touched: Touched::default() })
    }
}

impl Tx {
    /// Reads a record as it is within this transaction.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn get(&mut self, id: RecordingId) -> Result<Option<Recording>> {
        record::read(&mut self.inner, id).await
    }

    /// The items directly in another, in use, in order of their places.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn siblings(&mut self, parent: RecordingId) -> Result<Vec<Recording>> {
        record::siblings(&mut self.inner, parent).await
    }

    /// The items directly in another, whatever their status.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn children(&mut self, parent: RecordingId) -> Result<Vec<Recording>> {
        record::children(&mut self.inner, parent).await
    }

    /// Reads a project as it is within this transaction.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn project(&mut self, id: ProjectId) -> Result<Option<Project>> {
        read_project(&mut self.inner, id).await
    }

    /// An item as a row, as it is within this transaction.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn row(&mut self, id: RecordingId) -> Result<Option<contract::Row>> {
        Ok(queries::rows(&mut self.inner, &[id]).await?.pop())
    }

    /// Says which command writes, and with what input: it is kept beside the set, so that the same can be done again.
    pub fn called(&mut self, command: &str, input: &str) {
        self.call = Some((command.to_owned(), input.to_owned()));
    }

    /// Replaces the words that the history shows for this set.
    pub fn summarise(&mut self, summary: impl Into<String>) {
        self.summary = summary.into();
    }

    /// An id for a record that Basecamp has not named yet. It is never given again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn next_local_id(&mut self) -> Result<RecordingId> {
        let id: i64 = sqlx::query_scalar(
            "insert into mark (key, value) values ('local-id', '-1')
             on conflict (key) do update set value = cast(cast(value as integer) - 1 as text)
             returning cast(value as integer)",
        )
        .fetch_one(&mut *self.inner)
        .await?;
        Ok(RecordingId(id))
    }

    /// Writes a record that concerns this machine only. `None` when it is there already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn put(&mut self, record: Recording) -> Result<Option<ChangeId>> {
        Ok(self.save(Route::Local, &normal(record)).await?.map(|(change, _)| change))
    }

    /// Writes a record and queues the edit for Basecamp; `notify` is told when it is a message or a comment. `None` when
    /// nothing waits to be sent: it is there already, or it takes back a create that was never sent.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn put_remote(&mut self, record: Recording, notify: &[PersonId]) -> Result<Option<ChangeId>> {
        let record = normal(record);
        if record.status == Status::Trashed && self.never_sent(record.id).await? {
            self.annihilate(record.id).await?;
            return Ok(None);
        }
        let Some((change, before)) = self.save(Route::Remote, &record).await? else { return Ok(None) };
        if before.as_ref().is_some_and(|before| crate::Field::differing(before, &record).is_empty()) {
            return Ok(None);
        }
        self.queue(change, record.id, before.as_ref(), notify).await?;
        Ok(Some(change))
    }

    /// Writes records that change as Basecamp will change them by itself (places of siblings): never sent. Unchanged ones
    /// are passed over.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn put_derived(&mut self, records: Vec<Recording>) -> Result<()> {
        let there = record::read_many(&mut self.inner, records.iter().map(|record| record.id)).await?;
        let records: Vec<Recording> = records.into_iter().map(normal).collect();
        let (mut writing, mut lines) = (Vec::new(), Vec::new());
        for record in &records {
            let before = there.get(&record.id).map(|stored| &stored.record);
            if before != Some(record) {
                writing.push(Writing { record, raw: None });
                let (before, after) = (record_text(before)?, record_text(Some(record))?);
                lines.push(change::Line { key: record.id.0, before, after });
                self.touched.item(record.id, record.kind.tag());
            }
        }
        if writing.is_empty() {
            return Ok(());
        }
        record::write(&mut self.inner, &writing).await?;
        let set = self.set().await?;
        change::log(&mut self.inner, set, Route::Derived, "recording", &lines).await
    }

    /// Pins a project to the rail, or unpins it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn pin(&mut self, project: ProjectId, pinned: bool) -> Result<()> {
        let done = if pinned {
            let at = micros(self.store.now());
            sqlx::query("insert into pin (project, at) values (?, ?) on conflict do nothing").bind(project.0).bind(at)
        } else {
            sqlx::query("delete from pin where project = ?").bind(project.0)
        };
        if done.execute(&mut *self.inner).await?.rows_affected() > 0 {
            self.touched.tag(Tag::Projects);
        }
        Ok(())
    }

    /// Makes it so, and tells the feed.
    ///
    /// # Errors
    /// When the file cannot be written; nothing was done then.
    pub async fn commit(mut self) -> Result<Committed> {
        if let Some(set) = self.set {
            sqlx::query("update change_set set summary = ? where id = ? and summary <> ?")
                .bind(&self.summary)
                .bind(set)
                .bind(&self.summary)
                .execute(&mut *self.inner)
                .await?;
            if self.actor.who != Who::Sync {
                self.touched.tag(Tag::History);
            }
        }
        self.inner.commit().await?;
        let committed = self.touched.committed(self.set.map(ChangeSetId), self.actor.who);
        if !committed.is_empty() {
            // Nobody listening is no error.
            let _ = self.store.inner.feed.send(committed.clone());
        }
        Ok(committed)
    }

    /// Ends it as if it had never begun.
    ///
    /// # Errors
    /// When the file cannot be used any more.
    pub async fn roll_back(self) -> Result<()> {
        Ok(self.inner.rollback().await?)
    }

    /// The changes that wait to be sent once this is committed.
    #[must_use]
    pub fn changes(&self) -> &[ChangeId] {
        &self.touched.changes
    }

    /// The set that this transaction has written into, if it has.
    #[must_use]
    pub fn set_so_far(&self) -> Option<ChangeSetId> {
        self.set.map(ChangeSetId)
    }

    pub(crate) fn db(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    /// The set that this transaction writes into, made when it is first needed.
    pub(crate) async fn set(&mut self) -> Result<i64> {
        if let Some(set) = self.set {
            return Ok(set);
        }
        let row = sqlx::query(
            "insert into change_set (at, who, door, summary, state, reverses) values (?, ?, ?, ?, ?, ?) returning id",
        )
        .bind(micros(self.store.now()))
        .bind(self.actor.who_text())
        .bind(self.actor.door_text())
        .bind(&self.summary)
        .bind(state_text(self.state))
        .bind(self.reverses.map(|set| set.0))
        .fetch_one(&mut *self.inner)
        .await?;
        let set = row.try_get("id")?;
        if let Some((command, input)) = &self.call {
            sqlx::query("insert into operation (set_id, command, input) values (?, ?, ?)")
                .bind(set)
                .bind(command)
                .bind(input)
                .execute(&mut *self.inner)
                .await?;
        }
        self.set = Some(set);
        Ok(set)
    }

    /// Writes a record and logs it; what it was before comes back. `None` when it is there already.
    pub(crate) async fn save(
        &mut self,
        route: Route,
        record: &Recording,
    ) -> Result<Option<(ChangeId, Option<Recording>)>> {
        let before = record::read(&mut self.inner, record.id).await?;
        if before.as_ref() == Some(record) {
            return Ok(None);
        }
        record::write_one(&mut self.inner, record, None).await?;
        let change = self.note(route, record.id, before.as_ref(), Some(record)).await?;
        Ok(Some((change, before)))
    }

    pub(crate) async fn note(
        &mut self,
        route: Route,
        item: RecordingId,
        before: Option<&Recording>,
        after: Option<&Recording>,
    ) -> Result<ChangeId> {
        let set = self.set().await?;
        let seq: i64 = sqlx::query_scalar(
            "insert into change (set_id, route, kind, key, before, after) values (?, ?, 'recording', ?, ?, ?) returning seq",
        )
        .bind(set)
        .bind(route.text())
        .bind(item.0)
        .bind(record_text(before)?)
        .bind(record_text(after)?)
        .fetch_one(&mut *self.inner)
        .await?;
        for record in [before, after].into_iter().flatten() {
            self.touched.item(item, record.kind.tag());
        }
        Ok(ChangeId(seq))
    }

    /// Takes back a create that Basecamp never heard of, with everything made within it.
    pub(crate) async fn annihilate(&mut self, id: RecordingId) -> Result<()> {
        // Depth first, and without recursion: what is taken back last is made again first.
        let mut found = vec![id];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            at += 1;
            let inside: Vec<i64> =
                sqlx::query_scalar("select id from recording where parent = ? and id < 0 order by id desc")
                    .bind(parent.0)
                    .fetch_all(&mut *self.inner)
                    .await?;
            found.extend(inside.into_iter().map(RecordingId));
        }
        for id in found.into_iter().rev() {
            let Some(before) = record::read(&mut self.inner, id).await? else { continue };
            sqlx::query("delete from outbox where item = ?").bind(id.0).execute(&mut *self.inner).await?;
            record::erase(&mut self.inner, id).await?;
            self.note(Route::Local, id, Some(&before), None).await?;
        }
        self.touched.tag(Tag::Outbox);
        Ok(())
    }
}
