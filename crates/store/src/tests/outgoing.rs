use super::*;
use crate::StoreError;

#[tokio::test]
async fn a_create_gets_its_real_id_everywhere() {
    let desk = Desk::new().await;
    let (local, made) = desk.create("New one").await;
    let mut tx = desk.store.begin(&me(), "Commented").await.unwrap();
    let comment = tx.next_local_id().await.unwrap();
    let about = Recording {
        id: comment,
        kind: Kind::Comment,
        parent: Some(local),
        title: String::new(),
        body: "Hi".into(),
        ..todo(1)
    };
    tx.put_remote(about, &[PersonId(4)]).await.unwrap();
    tx.commit().await.unwrap();
    desk.edit(local.0, |r| r.assignees = vec![PersonId(5)]).await;

    let mut feed = desk.store.listen();
    let create = desk.store.next_to_send().await.unwrap().unwrap();
    assert_eq!((create.item, create.before.is_none()), (local, true));
    desk.store.sending(create.change).await.unwrap();
    assert_eq!(desk.store.next_to_send().await.unwrap(), None, "nothing overtakes a create that is on its way");
    let real = Recording { id: RecordingId(500), title: "New one".into(), updated_at: at(3), ..todo(500) };
    desk.store.sent(create.change, fetched(&real)).await.unwrap();
    feed.try_recv().unwrap();
    assert_eq!(feed.try_recv().unwrap().renamed, [(local, RecordingId(500))]);
    assert_eq!(desk.store.resolve_id(local).await.unwrap(), RecordingId(500));
    assert_eq!(desk.get(500).await.unwrap().assignees, [PersonId(5)], "the edit after it still waits");
    desk.check().await;

    let next = desk.store.next_to_send().await.unwrap().unwrap();
    assert_eq!((next.item, next.notify.as_slice()), (comment, &[PersonId(4)][..]));
    assert_eq!(next.after.parent, Some(RecordingId(500)));
    assert_eq!(desk.store.item(local).await.unwrap().unwrap().detail.comments.len(), 1);
    desk.store.undo(made.set.unwrap(), None, &me()).await.unwrap();
    assert_eq!(desk.get(500).await.unwrap().status, Status::Trashed);
}

#[tokio::test]
async fn a_create_that_a_pass_fetched_first_is_one_item() {
    let desk = Desk::new().await;
    let (local, _) = desk.create("New one").await;
    let change = desk.store.next_to_send().await.unwrap().unwrap().change;
    desk.store.sending(change).await.unwrap();
    desk.store.unsure(change).await.unwrap();
    let real = Recording { title: "New one".into(), ..todo(500) };
    desk.apply(std::slice::from_ref(&real)).await;
    assert!(matches!(desk.store.discard(change, &me()).await, Err(StoreError::InFlight(_))));
    desk.store.adopt(local, fetched(&real)).await.unwrap();
    assert_eq!(desk.number("select count(*) from recording").await, 1);
    assert!(matches!(desk.store.adopt(local, fetched(&real)).await, Err(StoreError::NoItem(_))));
    desk.check().await;
}

#[tokio::test]
async fn a_create_and_its_trash_annihilate_unless_it_may_have_arrived() {
    let desk = Desk::new().await;
    let (local, _) = desk.create("Never mind").await;
    let trashed = desk.edit(local.0, |r| r.status = Status::Trashed).await;
    assert!(trashed.changes.is_empty());
    assert_eq!(desk.get(local.0).await, None);
    assert!(desk.store.outbox().await.unwrap().is_empty());
    desk.store.undo(trashed.set.unwrap(), None, &me()).await.unwrap();
    assert_eq!(desk.get(local.0).await.unwrap().title, "Never mind");
    assert_eq!(desk.store.outbox().await.unwrap().len(), 1, "made again, and waiting again");

    let change = desk.store.next_to_send().await.unwrap().unwrap().change;
    desk.store.sending(change).await.unwrap();
    let trashed = desk.edit(local.0, |r| r.status = Status::Trashed).await;
    assert_eq!(trashed.changes.len(), 1);
    assert_eq!(desk.store.outbox().await.unwrap().len(), 2);
    desk.check().await;
}

#[tokio::test]
async fn edits_of_an_item_keep_their_order_and_a_stuck_one_holds_only_its_own() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1), todo(2)]).await;
    let first = desk.edit(1, |r| r.title = "A".into()).await.changes[0];
    let second = desk.edit(1, |r| r.body = "B".into()).await.changes[0];
    let other = desk.edit(2, |r| r.title = "C".into()).await.changes[0];
    desk.store.sending(first).await.unwrap();
    assert_eq!(desk.store.next_to_send().await.unwrap().unwrap().change, other);
    desk.store.failed(first, "No.").await.unwrap();
    assert_eq!(desk.store.next_to_send().await.unwrap().unwrap().change, other);
    let counts = desk.store.outbox_counts().await.unwrap();
    assert_eq!((counts.queued, counts.stuck), (2, 1));
    desk.store.discard(first, &me()).await.unwrap();
    let shown = desk.get(1).await.unwrap();
    assert_eq!((shown.title.as_str(), shown.body.as_str()), ("To-do 1", "B"));
    assert_eq!(desk.store.next_to_send().await.unwrap().unwrap().change, second);
    assert!(matches!(desk.store.sending(first).await, Err(StoreError::NoChange(_))));
    desk.check().await;
}

#[tokio::test]
async fn what_was_given_up_can_be_done_again() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let edit = desk.edit(1, |r| r.title = "Mine".into()).await;
    desk.store.discard(edit.changes[0], &me()).await.unwrap();
    assert_eq!(desk.get(1).await, Some(todo(1)));
    assert_eq!(desk.store.last_undoable().await.unwrap(), None);
    assert_eq!(desk.store.last_redoable().await.unwrap(), edit.set);
    assert!(matches!(desk.store.redo(edit.set.unwrap(), None, &me()).await.unwrap(), Undone::Done { .. }));
    assert_eq!(desk.get(1).await.unwrap().title, "Mine");
    assert_eq!(desk.store.next_to_send().await.unwrap().unwrap().after.title, "Mine");
    let (local, _) = desk.create("New").await;
    let create = desk.store.outbox().await.unwrap().pop().unwrap().change;
    desk.store.discard(create, &me()).await.unwrap();
    assert_eq!(desk.get(local.0).await, None);
    desk.check().await;
}

#[tokio::test]
async fn a_conflict_shows_three_versions_and_either_may_win() {
    for choice in [Choice::TakeMine, Choice::KeepTheirs] {
        let desk = Desk::new().await;
        desk.apply(&[todo(1)]).await;
        let change = desk.edit(1, |r| r.title = "Mine".into()).await.changes[0];
        let theirs = Recording { title: "Theirs".into(), updated_at: at(9), ..todo(1) };
        desk.store.sending(change).await.unwrap();
        desk.store.conflict(change, fetched(&theirs)).await.unwrap();
        let entry = desk.store.outbox().await.unwrap().remove(0);
        let field = entry.conflict.unwrap().fields.remove(0);
        assert_eq!((field.base.as_str(), field.mine.as_str(), field.theirs.as_str()), ("To-do 1", "Mine", "Theirs"));
        assert_eq!(desk.store.row(RecordingId(1)).await.unwrap().unwrap().pending, Pending::Conflict);
        assert_eq!(desk.store.next_to_send().await.unwrap(), None);
        desk.store.resolve(change, choice, &me()).await.unwrap();
        match choice {
            Choice::KeepTheirs => {
                assert_eq!(desk.get(1).await, Some(theirs));
                assert!(desk.store.outbox().await.unwrap().is_empty());
            }
            Choice::TakeMine => {
                assert_eq!(desk.get(1).await.unwrap().title, "Mine");
                assert!(
                    !desk.store.next_to_send().await.unwrap().unwrap().clashes_with(&theirs),
                    "decided once is decided"
                );
            }
        }
        desk.check().await;
    }
}

#[tokio::test]
async fn a_late_answer_does_not_take_back_what_a_pass_told_later() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let change = desk.edit(1, |r| r.title = "Mine".into()).await.changes[0];
    desk.store.sending(change).await.unwrap();
    let later = Recording { title: "Mine, then theirs".into(), updated_at: at(9), ..todo(1) };
    desk.apply(std::slice::from_ref(&later)).await;
    desk.store.sent(change, fetched(&Recording { title: "Mine".into(), updated_at: at(8), ..todo(1) })).await.unwrap();
    assert_eq!(desk.get(1).await, Some(later));
}
