use std::path::Path;

use super::*;
use crate::StoreError;
use crate::migrate::{copies, list, step, workspace_steps};

/// The newest version that this build knows.
fn known() -> i64 {
    workspace_steps().iter().map(|step| step.version).max().unwrap()
}

/// The version that comes after it.
fn next(sql: &'static str) -> sqlx::migrate::Migrator {
    list(workspace_steps().into_iter().chain([step(known() + 1, "next", sql)]).collect())
}

async fn open(path: &Path) -> crate::Result<Store> {
    Store::open(path, clock()).await
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let desk = desk.killed().await;
    assert_eq!(desk.get(1).await, Some(todo(1)));
    assert!(desk.store.mended().is_empty());
}

#[tokio::test]
async fn an_upgrade_copies_the_file_first_and_an_older_version_refuses_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("w.db");
    let store = open(&path).await.unwrap();
    store.apply(vec![fetched(&todo(1))]).await.unwrap();
    store.close().await;

    let store = Store::open_with(&path, clock(), &next("alter table pin add column note text")).await.unwrap();
    sqlx::query("select note from pin").fetch_all(&store.inner.readers).await.unwrap();
    store.close().await;
    let copy = copies(&path).pop().unwrap();
    let name = format!("w.2026-11-21T034512Z.before-{}.db", known() + 1);
    assert!(copy.ends_with(&name), "{}", copy.display());
    let old = open(&copy).await.unwrap();
    assert!(old.row(RecordingId(1)).await.unwrap().is_some());
    old.close().await;

    let size = std::fs::metadata(&path).unwrap().len();
    let Err(StoreError::Newer { found, known: newest }) = open(&path).await else { panic!("a newer file was opened") };
    assert_eq!((found, newest), (known() + 1, known()));
    assert_eq!(std::fs::metadata(&path).unwrap().len(), size, "a refused file is left as it was");
}

#[tokio::test]
async fn a_file_of_every_earlier_version_becomes_what_a_new_one_is() {
    let folder = TempDir::new().unwrap();
    let schema = "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema
                  where name not like '\\_sqlx%' escape '\\' and name not like 'sqlite\\_%' escape '\\' order by 1";
    let new = open(&folder.path().join("new.db")).await.unwrap();
    let wanted: Vec<String> = sqlx::query_scalar(schema).fetch_all(&new.inner.readers).await.unwrap();
    for version in 1..known() {
        let path = folder.path().join(format!("{version}.db"));
        let steps = workspace_steps().into_iter().filter(|step| step.version <= version).collect();
        let old = Store::open_with(&path, clock(), &list(steps)).await.unwrap();
        old.apply((1..50).map(|id| fetched(&todo(id))).collect()).await.unwrap();
        old.close().await;
        let store = open(&path).await.unwrap();
        let found: Vec<String> = sqlx::query_scalar(schema).fetch_all(&store.inner.readers).await.unwrap();
        assert_eq!(found, wanted, "version {version}");
        assert_eq!(store.apply((1..50).map(|id| fetched(&todo(id))).collect()).await.unwrap().unchanged, 49);
        assert!(store.check().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_migration_that_fails_in_the_middle_leaves_nothing_and_starts_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("w.db");
    let store = open(&path).await.unwrap();
    store.apply(vec![fetched(&todo(1))]).await.unwrap();
    store.close().await;

    let broken = next("alter table pin add column note text; insert into nowhere values (1);");
    assert!(Store::open_with(&path, clock(), &broken).await.is_err());
    let store = open(&path).await.expect("the older version still reads it");
    assert!(sqlx::query("select note from pin").fetch_all(&store.inner.readers).await.is_err());
    assert!(store.row(RecordingId(1)).await.unwrap().is_some());
    store.close().await;
    let store = Store::open_with(&path, clock(), &next("alter table pin add column note text")).await.unwrap();
    sqlx::query("select note from pin").fetch_all(&store.inner.readers).await.unwrap();
}

#[tokio::test]
async fn the_newest_five_copies_are_kept() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("w.db");
    for day in 10..17 {
        std::fs::write(folder.path().join(format!("w.2026-11-{day}T000000Z.before-2.db")), "old").unwrap();
    }
    std::fs::write(folder.path().join("w.notes.db"), "mine").unwrap();
    open(&path).await.unwrap().close().await;
    Store::open_with(&path, clock(), &next("select 1")).await.unwrap().close().await;
    let left = copies(&path);
    assert_eq!(left.len(), 5);
    assert!(left[0].ends_with(format!("w.2026-11-21T034512Z.before-{}.db", known() + 1)));
    assert!(left[4].ends_with("w.2026-11-13T000000Z.before-2.db"));
    assert!(folder.path().join("w.notes.db").exists(), "what is not a copy is not ours to remove");
}

#[tokio::test]
async fn a_damaged_file_names_the_newest_whole_copy() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("w.db");
    let store = open(&path).await.unwrap();
    store.apply((1..400).map(|id| fetched(&todo(id))).collect()).await.unwrap();
    store.close().await;
    let whole = folder.path().join("w.2026-11-01T000000Z.before-2.db");
    std::fs::copy(&path, &whole).unwrap();
    std::fs::write(folder.path().join("w.2026-11-02T000000Z.before-2.db"), "not a database at all, and long enough")
        .unwrap();
    let good = std::fs::read(&path).unwrap();

    for spoil in [0..100, 4096..12288, good.len() / 2..good.len() / 2 + 8192] {
        let mut bad = good.clone();
        bad[spoil.clone()].fill(0xA5);
        std::fs::write(&path, &bad).unwrap();
        match open(&path).await {
            Err(StoreError::Damaged { copy }) => assert_eq!(copy.as_deref(), Some(whole.as_path()), "{spoil:?}"),
            other => panic!("{spoil:?}: {other:?}"),
        }
    }
    std::fs::write(&path, &good).unwrap();
    open(&path).await.expect("the file itself was whole");
}

#[tokio::test]
async fn a_cut_off_file_is_damaged_and_an_empty_one_is_new() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("w.db");
    let store = open(&path).await.unwrap();
    store.apply((1..400).map(|id| fetched(&todo(id))).collect()).await.unwrap();
    store.close().await;
    let good = std::fs::read(&path).unwrap();
    std::fs::write(&path, &good[..good.len() / 3]).unwrap();
    assert!(matches!(open(&path).await, Err(StoreError::Damaged { copy: None })));
    std::fs::write(&path, "").unwrap();
    open(&path).await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_apart() {
    // Where nobody may write, whoever runs the test.
    let error = open(Path::new("/proc/pm-os/w.db")).await.unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly | StoreError::File(_)), "{error:?}");
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = open(&folder.path().join("file").join("w.db")).await.unwrap_err();
    assert!(matches!(error, StoreError::File(_)), "{error:?}");
    let denied: StoreError = std::io::Error::from(std::io::ErrorKind::PermissionDenied).into();
    assert!(matches!(denied, StoreError::ReadOnly));
}

#[tokio::test]
async fn a_database_that_may_not_be_written_says_so() {
    let desk = Desk::new().await;
    let mut db = desk.store.inner.writer.acquire().await.unwrap();
    sqlx::query("pragma query_only = on").execute(&mut *db).await.unwrap();
    drop(db);
    let error = desk.store.apply(vec![fetched(&todo(1))]).await.unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly), "{error:?}");
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_goes_on_when_there_is_room() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let mut db = desk.store.inner.writer.acquire().await.unwrap();
    sqlx::query("pragma max_page_count = 1").execute(&mut *db).await.unwrap();
    drop(db);
    let big: Vec<_> = (2..900).map(|id| Recording { body: "word ".repeat(200), ..todo(id) }).collect();
    let error = desk.store.apply(big.iter().map(fetched).collect()).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error:?}");
    assert_eq!(desk.get(2).await, None, "a batch that found no room left nothing behind");
    desk.check().await;
    let mut db = desk.store.inner.writer.acquire().await.unwrap();
    sqlx::query("pragma max_page_count = 1000000").execute(&mut *db).await.unwrap();
    drop(db);
    assert_eq!(desk.apply(&big).await.inserted, 898);
    desk.check().await;
}

#[tokio::test]
async fn a_crash_while_sending_makes_the_edit_unsure() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let change = desk.edit(1, |r| r.title = "New".into()).await.changes[0];
    desk.store.sending(change).await.unwrap();
    desk.store.set_mark("running.todos", Some("3")).await.unwrap();
    let desk = desk.killed().await;
    assert_eq!(desk.store.mended().len(), 2);
    let next = desk.store.next_to_send().await.unwrap().unwrap();
    assert!(next.unsure && next.attempts == 1);
    assert_eq!(desk.store.mark("running.todos").await.unwrap(), None);
}

#[test]
fn a_lock_is_given_back_though_a_copy_of_its_file_lives_on() {
    let folder = tempfile::tempdir().unwrap();
    let lock = crate::Lock::acquire(folder.path()).unwrap();
    assert!(matches!(crate::Lock::acquire(folder.path()), Err(StoreError::Locked { by: Some(_) })));
    // A program that is being started holds a copy of all that is open until it has begun.
    let copy = lock.copy().unwrap();
    drop(lock);
    let again = crate::Lock::acquire(folder.path());
    assert!(again.is_ok(), "{again:?}");
    drop(copy);
    assert!(crate::Lock::acquire(folder.path()).is_err(), "and the copy gives nothing back that is another's");
}
