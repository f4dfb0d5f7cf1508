//! A workspace written out and read in again is the same workspace, and what is none is refused.

use std::fs;
use std::path::Path;

use contract::*;

use super::{Desk, clock, person, project, todo};
use crate::{CopyReason, DataKind, NewConnection, Store, StoreError, copies_of, doubt_outgoing, read_in, write_out};

/// A workspace in which every kind of table has something.
async fn lived_in() -> Desk {
    let desk = Desk::new().await;
    desk.apply(&[todo(1), Recording { title: "Quoted “grün”, with\na comma \"and\" more".into(), ..todo(2) }, todo(3)])
        .await;
    desk.edit(1, |record| record.title = "Ours".into()).await;
    desk.create("Only here").await;
    let chat = desk.store.start_conversation(None).await.unwrap();
    desk.store.rename_conversation(chat.id, "About grün").await.unwrap();
    desk.store.apply_people(vec![person(1, "Ana grün")]).await.unwrap();
    desk.store.apply_projects(vec![project(7, "Relaunch")]).await.unwrap();
    let connection = NewConnection {
        key: "slack-1".into(),
        label: "Ours".into(),
        piece: "slack".into(),
        kind: "SECRET_TEXT".into(),
    };
    desk.store.keep_connection(&connection).await.unwrap();
    desk.store.add_table("Orders", &[("Name".to_owned(), DataKind::Text)]).await.unwrap();
    desk
}

async fn export(store: &Store, folder: &Path) -> String {
    let written = write_out(store, folder).await.unwrap();
    for file in &written.files {
        assert!(folder.join(file).is_file(), "{file}");
    }
    assert!(written.records > 10);
    fs::read_to_string(folder.join("everything.json")).unwrap()
}

#[tokio::test]
async fn what_is_written_out_and_read_in_is_the_same() {
    let desk = lived_in().await;
    let first = desk.folder.path().join("first");
    let before = export(&desk.store, &first).await;
    assert!(before.contains("grün"));
    for (number, from) in
        [first.clone(), first.join("everything.json"), first.join("workspace.db")].into_iter().enumerate()
    {
        let into = desk.folder.path().join(format!("again-{number}.db"));
        read_in(&from, &into).await.unwrap();
        let again = Store::open(&into, clock()).await.unwrap();
        let after = export(&again, &desk.folder.path().join(format!("second-{number}"))).await;
        assert_eq!(before, after, "from {}", from.display());
        assert!(again.check().await.unwrap().is_empty());
        let found = sqlx::query_scalar::<_, i64>("select count(*) from item_words where item_words match 'quoted'");
        assert_eq!(found.fetch_one(&again.inner.readers).await.unwrap(), 1, "search is made again");
        // The counters came along: an id is never given twice.
        let desk = Desk { store: again, folder: tempfile::tempdir().unwrap() };
        desk.check().await;
        let (id, _) = desk.create("After").await;
        assert!(id.is_local());
    }
}

#[tokio::test]
async fn tables_of_csv_can_be_read_by_others() {
    let desk = lived_in().await;
    let folder = desk.folder.path().join("out");
    export(&desk.store, &folder).await;
    let words = fs::read_to_string(folder.join("tables/words.csv")).unwrap();
    assert!(words.starts_with("id,title,body,html\r\n"), "{words}");
    assert!(words.contains("\"Quoted “grün”, with\na comma \"\"and\"\" more\""), "{words}");
    let connections = fs::read_to_string(folder.join("tables/connection.csv")).unwrap();
    assert!(connections.contains("slack-1"));
}

#[tokio::test]
async fn what_is_no_workspace_is_refused_and_leaves_no_trace() {
    let desk = lived_in().await;
    let folder = desk.folder.path().join("out");
    let whole = export(&desk.store, &folder).await;
    let into = desk.folder.path().join("into.db");
    let bad = desk.folder.path().join("bad.json");
    let longer = whole.replacen("\"rows\":[\n[", "\"rows\":[\n[1,", 1);
    let stranger = whole.replacen("\"words\":{", "\"sqlite_schema\":{", 1);
    let column = whole.replacen("\"columns\":[\"id\"", "\"columns\":[\"id; drop table words\"", 1);
    let loose = whole.replacen("\"recording\":{\"columns\"", "\"x\":{\"columns\"", 1);
    let texts =
        ["", "{", "[]", "{\"format\":\"other\",\"version\":1,\"tables\":{}}", &longer, &stranger, &column, &loose];
    for text in texts {
        fs::write(&bad, text).unwrap();
        let why = read_in(&bad, &into).await.unwrap_err();
        assert!(matches!(why, StoreError::Foreign(_)), "{why}");
        assert!(!into.exists());
    }
    let newer = whole.replacen("\"version\":", "\"version\":9", 1);
    fs::write(&bad, newer).unwrap();
    assert!(matches!(read_in(&bad, &into).await, Err(StoreError::Newer { .. })));
    for (name, text) in [("notes.txt", "hello"), ("other.db", "hello, this is no database at all")] {
        let path = desk.folder.path().join(name);
        fs::write(&path, text).unwrap();
        assert!(read_in(&path, &into).await.is_err(), "{name}");
        assert!(!into.exists());
    }
}

#[tokio::test]
async fn copies_tell_when_and_why_and_can_be_opened() {
    let desk = lived_in().await;
    let file = desk.folder.path().join("w.db");
    let first = desk.store.copy_beside(&file, CopyReason::Asked).await.unwrap();
    desk.edit(2, |record| record.title = "Later".into()).await;
    let second = desk.store.copy_beside(&file, CopyReason::Restore).await.unwrap();
    let listed = copies_of(&file);
    assert_eq!(listed.iter().map(|copy| &copy.name).collect::<Vec<_>>(), [&second.name, &first.name]);
    assert_eq!((listed[0].why, listed[1].why), (CopyReason::Restore, CopyReason::Asked));
    fs::write(desk.folder.path().join("w.notes.db"), "x").unwrap();
    fs::write(desk.folder.path().join("other.2026-11-21T000000Z.asked.db"), "x").unwrap();
    assert_eq!(copies_of(&file).len(), 2, "what is no copy of it is not listed");
    let into = desk.folder.path().join("back.db");
    read_in(&first.path, &into).await.unwrap();
    doubt_outgoing(&into).await.unwrap();
    let back = Store::open(&into, clock()).await.unwrap();
    let back = Desk { store: back, folder: tempfile::tempdir().unwrap() };
    assert_ne!(back.get(2).await.unwrap().title, "Later");
    assert!(back.number("select count(*) from outbox").await > 0);
    assert_eq!(back.number("select count(*) from outbox where unsure = 0").await, 0, "nothing is sent without a look");
}
