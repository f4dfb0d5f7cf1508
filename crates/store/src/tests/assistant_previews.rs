//! Previews: what would be done is told, and nothing is done.

use super::*;
use crate::StoreError;

/// Every row of every table.
async fn rows(desk: &Desk) -> Vec<String> {
    let db = &desk.store.inner.writer;
    let tables: Vec<String> = sqlx::query_scalar(
        "select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by name",
    )
    .fetch_all(db)
    .await
    .unwrap();
    assert!(tables.iter().any(|table| table == "mark") && tables.iter().any(|table| table == "sqlite_sequence"));
    let mut all = Vec::new();
    for table in tables {
        let columns: String = sqlx::query_scalar(
            "select group_concat('quote(\"' || name || '\")', ' || '', '' || ') from pragma_table_info(?)",
        )
        .bind(table.clone())
        .fetch_one(db)
        .await
        .unwrap();
        let sql = format!("select '{table}: ' || {columns} from \"{table}\" order by 1");
        let found: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(db).await.unwrap();
        all.extend(found);
    }
    all
}

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.store.apply_people(vec![person(3, "Ana")]).await.unwrap();
    desk.store.apply_projects(vec![project(7, "Site")]).await.unwrap();
    desk.apply(&[todo(1), todo(2)]).await;
    desk
}

/// Renames, moves aside, makes and comments: everything that a transaction can do.
async fn write(desk: &Desk) -> (crate::Tx, [RecordingId; 2]) {
    let mut tx = desk.store.begin(&me(), "Did much").await.unwrap();
    let renamed = Recording { title: "New name".into(), assignees: vec![PersonId(3)], ..todo(1) };
    tx.put_remote(renamed, &[PersonId(3)]).await.unwrap();
    tx.put_derived(vec![Recording { position: Some(9), ..todo(2) }]).await.unwrap();
    let made = tx.next_local_id().await.unwrap();
    tx.put_remote(Recording { id: made, ..todo(5) }, &[]).await.unwrap();
    let said = tx.next_local_id().await.unwrap();
    let comment =
        Recording { id: said, kind: Kind::Comment, title: String::new(), body: "<b>Hi</b>".into(), ..todo(6) };
    tx.put_remote(comment, &[]).await.unwrap();
    tx.pin(ProjectId(7), true).await.unwrap();
    (tx, [made, said])
}

#[tokio::test]
async fn a_preview_shows_what_the_history_would_and_leaves_every_row_as_it_was() {
    let desk = desk().await;
    let before = rows(&desk).await;
    let mut feed = desk.store.listen();
    let (tx, ids) = write(&desk).await;
    let (changes, reversible) = tx.preview().await.unwrap();
    assert_eq!(rows(&desk).await, before);
    assert!(feed.try_recv().is_err(), "nobody hears of it");
    desk.check().await;

    let (tx, again) = write(&desk).await;
    assert_eq!(ids, again, "local ids are not used up");
    tx.commit().await.unwrap();
    let done = desk.store.history(None, 1).await.unwrap().remove(0);
    assert_eq!((changes, reversible), (done.changes, Some(done.reversible)));
    assert_eq!(reversible, Some(Reversible::Compensable));
    assert_eq!(done.set, desk.store.last_undoable().await.unwrap().unwrap());
    assert_ne!(rows(&desk).await, before, "what is compared can differ");
}

#[tokio::test]
async fn a_preview_of_nothing_is_empty() {
    let desk = desk().await;
    let mut tx = desk.store.begin(&me(), "Nothing").await.unwrap();
    tx.put_remote(todo(1), &[]).await.unwrap();
    assert_eq!(tx.preview().await.unwrap(), (vec![], None));
    let (changes, _) = write(&desk).await.0.preview().await.unwrap();
    assert_eq!(changes.len(), 3, "what Basecamp does by itself is not named");
}

#[tokio::test]
async fn undoing_is_previewed_and_then_does_just_that() {
    let desk = desk().await;
    let set = write(&desk).await.0.commit().await.unwrap().set.unwrap();
    let before = rows(&desk).await;
    let mut feed = desk.store.listen();
    let (told, changes) = desk.store.preview_undo(set, None, &me()).await.unwrap();
    assert_eq!(rows(&desk).await, before);
    assert!(feed.try_recv().is_err());
    let undone = desk.store.undo(set, None, &me()).await.unwrap();
    assert_eq!(told, undone);
    assert_eq!(changes, desk.store.history(None, 1).await.unwrap().remove(0).changes);
    assert_eq!(changes.len(), 3);
    assert!(matches!(desk.store.preview_undo(set, None, &me()).await, Err(StoreError::NotReversible(_))));
    assert!(matches!(desk.store.preview_undo(ChangeSetId(99), None, &me()).await, Err(StoreError::NoSet(_))));
}

#[tokio::test]
async fn a_preview_of_an_undo_tells_what_moved_and_heeds_the_choice() {
    let desk = desk().await;
    let set = desk.edit(1, |record| record.title = "Mine".into()).await.set.unwrap();
    desk.store.begin(&me(), "").await.unwrap().preview().await.unwrap();
    desk.edit(1, |record| record.title = "Theirs".into()).await;
    let before = rows(&desk).await;
    let (told, changes) = desk.store.preview_undo(set, None, &me()).await.unwrap();
    assert!(matches!(told, Undone::Moved { conflicts } if conflicts.len() == 1));
    assert!(changes.is_empty());
    for (choice, many) in [(Choice::TakeMine, 1), (Choice::KeepTheirs, 0)] {
        let (told, changes) = desk.store.preview_undo(set, Some(choice), &me()).await.unwrap();
        assert!(matches!(told, Undone::Done { .. }));
        assert_eq!(changes.len(), many);
    }
    assert_eq!(rows(&desk).await, before);
    assert_eq!(desk.get(1).await.unwrap().title, "Theirs");
}
