use super::*;
use crate::StoreError;

fn done(undone: &Undone) -> bool {
    matches!(undone, Undone::Done { .. })
}

/// Sends what waits, as a server that stamps and rewrites what it is given.
async fn send_all(desk: &Desk, second: i64) {
    while let Some(next) = desk.store.next_to_send().await.unwrap() {
        let id = if next.item.is_local() { RecordingId(600 - next.item.0) } else { next.item };
        desk.store.sending(next.change).await.unwrap();
        let mut landed = next.merged_onto(next.base.as_ref().unwrap_or(&next.after));
        landed.id = id;
        landed.updated_at = at(second);
        if landed.completed {
            landed.completed_at = Some(at(second));
            landed.completer = Some(PersonId(1));
        }
        if !landed.body.is_empty() && !landed.body.starts_with("<div>") {
            landed.body = format!("<div>{}</div>", landed.body);
        }
        desk.store.sent(next.change, fetched(&landed)).await.unwrap();
    }
}

#[tokio::test]
async fn undo_restores_and_redo_does_it_again_any_number_of_times_sent_or_not() {
    for sends in [false, true] {
        let desk = Desk::new().await;
        desk.apply(&[todo(1)]).await;
        let set = desk.edit(1, |r| {
            r.title = "B".into();
            r.body = "text".into();
            r.completed = true;
            r.completed_at = Some(at(1));
            r.due_on = Some("2026-12-01".parse().unwrap());
        });
        let set = set.await.set.unwrap();
        for round in 0..3 {
            if sends {
                send_all(&desk, 10 + round * 2).await;
            }
            assert!(done(&desk.store.undo(set, None, &me()).await.unwrap()), "{sends} {round}");
            assert!(
                matches!(desk.store.undo(set, None, &me()).await, Err(StoreError::NotReversible(_))),
                "a set is undone once"
            );
            let shown = desk.get(1).await.unwrap();
            assert!(crate::Field::differing(&shown, &todo(1)).is_empty(), "{shown:?}");
            if sends {
                send_all(&desk, 11 + round * 2).await;
            }
            assert!(done(&desk.store.redo(set, None, &me()).await.unwrap()));
            assert!(matches!(desk.store.redo(set, None, &me()).await, Err(StoreError::NotReversible(_))));
            assert_eq!(desk.get(1).await.unwrap().title, "B");
            assert!(desk.get(1).await.unwrap().completed);
        }
        desk.check().await;
    }
}

#[tokio::test]
async fn sets_are_undone_in_any_order() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        let desk = Desk::new().await;
        desk.apply(&[todo(1)]).await;
        let mut sets = Vec::new();
        sets.push(desk.edit(1, |r| r.title = "B".into()).await.set.unwrap());
        sets.push(desk.edit(1, |r| r.body = "text".into()).await.set.unwrap());
        sets.push(desk.edit(1, |r| r.assignees = vec![PersonId(3)]).await.set.unwrap());
        for at in order {
            assert!(done(&desk.store.undo(sets[at], None, &me()).await.unwrap()), "{order:?}");
        }
        assert_eq!(desk.get(1).await, Some(todo(1)));
        desk.check().await;
    }
}

#[tokio::test]
async fn someone_elses_change_is_shown_and_either_may_win() {
    for choice in [Choice::TakeMine, Choice::KeepTheirs] {
        let desk = Desk::new().await;
        desk.store.apply_people(vec![person(3, "Ana"), person(4, "Ben")]).await.unwrap();
        desk.apply(&[todo(1), todo(2)]).await;
        let mut tx = desk.store.begin(&me(), "Assigned two").await.unwrap();
        for id in [1, 2] {
            tx.put_remote(Recording { assignees: vec![PersonId(3)], ..todo(id) }, &[]).await.unwrap();
        }
        let set = tx.commit().await.unwrap().set.unwrap();
        send_all(&desk, 1).await;
        let theirs = Recording { assignees: vec![PersonId(3), PersonId(4)], updated_at: at(9), ..todo(2) };
        desk.apply(std::slice::from_ref(&theirs)).await;

        let Undone::Moved { conflicts } = desk.store.undo(set, None, &me()).await.unwrap() else {
            panic!("not noticed")
        };
        assert_eq!(conflicts.len(), 1);
        let field = &conflicts[0].fields[0];
        assert_eq!((field.base.as_str(), field.mine.as_str(), field.theirs.as_str()), ("Ana", "", "Ana, Ben"));
        assert_eq!(desk.get(1).await.unwrap().assignees, [PersonId(3)], "a refused undo leaves nothing half done");

        assert!(done(&desk.store.undo(set, Some(choice), &me()).await.unwrap()));
        assert!(desk.get(1).await.unwrap().assignees.is_empty());
        assert_eq!(desk.get(2).await.unwrap().assignees.is_empty(), choice == Choice::TakeMine);
        desk.check().await;
    }
}

#[tokio::test]
async fn someone_elses_change_of_another_field_is_shown_too() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let set = desk.edit(1, |r| r.title = "B".into()).await.set.unwrap();
    send_all(&desk, 1).await;
    let theirs = Recording {
        title: "B".into(),
        due_on: Some("2026-12-24".parse().unwrap()),
        updated_at: at(9),
        position: Some(8),
        ..todo(1)
    };
    desk.apply(std::slice::from_ref(&theirs)).await;
    let Undone::Moved { conflicts } = desk.store.undo(set, None, &me()).await.unwrap() else { panic!("not noticed") };
    let names: Vec<&str> = conflicts[0].fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(names, ["title", "due_on"], "places shift by themselves");
    desk.store.undo(set, Some(Choice::TakeMine), &me()).await.unwrap();
    assert_eq!(desk.get(1).await, Some(Recording { title: "To-do 1".into(), ..theirs }), "only our field is put back");
}

#[tokio::test]
async fn undoing_a_create_trashes_it_or_makes_it_never_have_been() {
    let desk = Desk::new().await;
    let (local, made) = desk.create("Unsent").await;
    desk.edit(local.0, |r| r.title = "Renamed".into()).await;
    assert!(done(&desk.store.undo(made.set.unwrap(), None, &me()).await.unwrap()));
    assert_eq!(desk.get(local.0).await, None);
    assert!(desk.store.outbox().await.unwrap().is_empty());
    assert!(done(&desk.store.redo(made.set.unwrap(), None, &me()).await.unwrap()));
    assert_eq!(desk.get(local.0).await.unwrap().title, "Renamed");
    send_all(&desk, 2).await;
    let real = desk.store.resolve_id(local).await.unwrap().0;
    assert!(done(&desk.store.undo(made.set.unwrap(), None, &me()).await.unwrap()));
    assert_eq!(desk.store.next_to_send().await.unwrap().unwrap().after.status, Status::Trashed);
    send_all(&desk, 3).await;
    assert!(done(&desk.store.redo(made.set.unwrap(), None, &me()).await.unwrap()));
    assert_eq!(desk.get(real).await.unwrap().status, Status::Active);
    desk.check().await;
}

#[tokio::test]
async fn the_history_says_who_what_and_through_which_door() {
    let desk = Desk::new().await;
    desk.store.apply_people(vec![person(3, "Ana"), person(4, "Ben")]).await.unwrap();
    desk.store.apply_projects(vec![project(7, "Site")]).await.unwrap();
    let list = |id, title: &str| Recording { kind: Kind::TodoList, title: title.into(), ..todo(id) };
    desk.apply(&[list(70, "Design"), list(71, "Build"), todo(1)]).await;
    let agent = Actor { who: Who::Agent { run: "r1".into() }, door: Door::Http };
    let mut tx = desk.store.begin(&agent, "Moved “To-do 1”").await.unwrap();
    let moved = Recording {
        parent: Some(RecordingId(71)),
        assignees: vec![PersonId(4), PersonId(3)],
        due_on: Some("2026-11-24".parse().unwrap()),
        ..todo(1)
    };
    tx.put_remote(moved, &[]).await.unwrap();
    let set = tx.commit().await.unwrap().set.unwrap();
    desk.store.undo(set, None, &me()).await.unwrap();
    let mut tx = desk.store.begin(&me(), "Commented").await.unwrap();
    let id = tx.next_local_id().await.unwrap();
    tx.put_remote(
        Recording { id, kind: Kind::Comment, title: String::new(), body: "<b>Hello</b> there".into(), ..todo(1) },
        &[],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();

    let history = desk.store.history(None, 10).await.unwrap();
    let brief: Vec<_> =
        history.iter().map(|h| (h.summary.as_str(), h.who.as_str(), h.door.as_str(), h.state, h.reversible)).collect();
    assert_eq!(
        brief,
        [
            ("Commented", "person", "window", SetState::Done, Reversible::Compensable),
            ("Undid: Moved “To-do 1”", "person", "window", SetState::Reversal, Reversible::Undoable),
            ("Moved “To-do 1”", "agent:r1", "http", SetState::Undone, Reversible::Undoable),
        ]
    );
    let fields: Vec<_> =
        history[2].changes[0].fields.iter().map(|f| (f.field.as_str(), f.before.as_str(), f.after.as_str())).collect();
    assert_eq!(
        fields,
        [("parent", "Site › Design", "Site › Build"), ("due_on", "", "2026-11-24"), ("assignees", "", "Ana, Ben")]
    );
    assert_eq!((history[0].changes[0].title.as_str(), history[0].changes[0].created), ("Hello there", true));
    assert_eq!(desk.store.history(Some(history[1].set), 10).await.unwrap().len(), 1);
    assert!(matches!(desk.store.undo(history[1].set, None, &me()).await, Err(StoreError::NotReversible(_))));
    assert!(matches!(desk.store.undo(ChangeSetId(999), None, &me()).await, Err(StoreError::NoSet(_))));
    assert!(
        matches!(desk.store.undo(ChangeSetId(1), None, &me()).await, Err(StoreError::NoSet(_))),
        "sync is nobody's to undo"
    );
}
