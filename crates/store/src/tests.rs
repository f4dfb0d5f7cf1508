#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod applying;
mod assistant;
mod assistant_keeps;
mod assistant_previews;
mod assistant_story;
mod automation;
mod carrying;
mod installation;
mod opening;
mod outgoing;
mod projects;
mod reading;
mod recipes;
mod searching;
mod story;
mod tables;
mod texts;
mod undoing;
mod world;
mod writing;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use contract::*;
use jiff::Timestamp;
use tempfile::TempDir;

use crate::{Actor, Clock, Store};

/// 2026-11-21T03:45:12Z, a second later at each look.
pub(crate) fn clock() -> Clock {
    let seconds = AtomicI64::new(1_795_232_712);
    Arc::new(move || Timestamp::from_second(seconds.fetch_add(1, Ordering::Relaxed)).unwrap())
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

pub(crate) fn me() -> Actor {
    Actor { who: Who::Person, door: Door::Window }
}

/// A store in a folder of its own.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(folder.path().join("w.db"), clock()).await.unwrap();
        Self { store, folder }
    }
    /// As if the process had been killed and started again.
    pub(crate) async fn killed(self) -> Self {
        let Self { store, folder } = self;
        store.inner.readers.close().await;
        store.inner.writer.close().await;
        let store = Store::open(folder.path().join("w.db"), clock()).await.unwrap();
        Self { store, folder }
    }
    pub(crate) async fn get(&self, id: i64) -> Option<Recording> {
        self.store.begin(&me(), "").await.unwrap().get(RecordingId(id)).await.unwrap()
    }
    pub(crate) async fn apply(&self, records: &[Recording]) -> crate::Applied {
        self.store.apply(records.iter().map(fetched).collect()).await.unwrap()
    }
    /// Edits an item and queues the edit.
    pub(crate) async fn edit(&self, id: i64, change: impl FnOnce(&mut Recording)) -> crate::Committed {
        let mut tx = self.store.begin(&me(), "Edited it").await.unwrap();
        let mut record = tx.get(RecordingId(id)).await.unwrap().unwrap();
        change(&mut record);
        tx.put_remote(record, &[]).await.unwrap();
        tx.commit().await.unwrap()
    }
    /// Makes an item here; its local id comes back.
    pub(crate) async fn create(&self, title: &str) -> (RecordingId, crate::Committed) {
        let mut tx = self.store.begin(&me(), format!("Made “{title}”")).await.unwrap();
        let id = tx.next_local_id().await.unwrap();
        let record = Recording { id, title: title.into(), app_url: String::new(), ..todo(1) };
        tx.put_remote(record, &[]).await.unwrap();
        (id, tx.commit().await.unwrap())
    }
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.store.inner.readers).await.unwrap()
    }
    /// What must hold at any time.
    pub(crate) async fn check(&self) {
        let mut db = self.store.inner.writer.acquire().await.unwrap();
        for sql in [
            "insert into item_words (item_words, rank) values ('integrity-check', 1)",
            "insert into name_words (name_words, rank) values ('integrity-check', 1)",
        ] {
            sqlx::query(sql).execute(&mut *db).await.expect("the search index agrees with its table");
        }
        drop(db);
        for sql in [
            "select count(*) from pragma_foreign_key_check",
            "select count(*) from recording r where r.assignees <>
                (select json_group_array(person) from (select person from assignment a where a.recording = r.id order by person))",
            "select count(*) from recording r where not exists (select 1 from words w where w.id = r.id and w.title = r.title)",
            "select count(*) from outbox o where not exists (select 1 from recording r where r.id = o.item)",
            "select count(*) from outbox o join change c on c.seq = o.change where c.key <> o.item or c.route <> 'remote'",
            "select count(*) from server s where not exists (select 1 from outbox o where o.item = s.id)",
            "select count(*) from local_id l where exists (select 1 from recording r where l.local in (r.id, r.parent))
                or exists (select 1 from outbox o where o.item = l.local or o.base like '%\"' || l.local || '\"%')
                or exists (select 1 from change c where c.key = l.local and c.kind = 'recording')
                or exists (select 1 from change c where c.before like '%\"' || l.local || '\"%' or c.after like '%\"' || l.local || '\"%')
                or exists (select 1 from server s where s.record like '%\"' || l.local || '\"%')",
        ] {
            assert_eq!(self.number(sql).await, 0, "{sql}");
        }
    }
}

pub(crate) fn todo(id: i64) -> Recording {
    Recording {
        id: RecordingId(id),
        kind: Kind::Todo,
        project: ProjectId(7),
        parent: Some(RecordingId(70)),
        status: Status::Active,
        title: format!("To-do {id}"),
        body: String::new(),
        position: Some(1),
        completed: false,
        completed_at: None,
        completer: None,
        starts_on: None,
        due_on: None,
        span: None,
        assignees: vec![],
        creator: Some(PersonId(1)),
        created_at: at(0),
        updated_at: at(0),
        comments: 0,
        app_url: format!("https://example.test/{id}"),
    }
}

pub(crate) fn fetched(record: &Recording) -> Fetched<Recording> {
    Fetched { value: record.clone(), raw: format!("{{\"id\":{},\"at\":\"{}\"}}", record.id, record.updated_at) }
}

pub(crate) fn person(id: i64, name: &str) -> Fetched<Person> {
    let none = String::new;
    let value = Person {
        id: PersonId(id),
        name: name.into(),
        title: none(),
        email: none(),
        time_zone: none(),
        admin: false,
        owner: false,
        client: false,
        company: none(),
        sgid: none(),
    };
    Fetched { value, raw: "{}".into() }
}

pub(crate) fn project(id: i64, name: &str) -> Fetched<Project> {
    let value = Project {
        id: ProjectId(id),
        status: Status::Active,
        name: name.into(),
        description: String::new(),
        purpose: String::new(),
        starts_on: None,
        ends_on: None,
        dock: vec![],
        created_at: at(0),
        updated_at: at(0),
        app_url: String::new(),
    };
    Fetched { value, raw: "{}".into() }
}
