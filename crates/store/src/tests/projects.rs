use super::*;
use crate::StoreError;

/// What Basecamp answers after its project was given this status.
fn turned(status: Status, second: i64) -> Fetched<Project> {
    let mut project = project(9, "Autumn fair");
    project.value.status = status;
    project.value.updated_at = at(second);
    project
}

async fn made(desk: &Desk) -> ChangeSetId {
    let mut tx = desk.store.begin(&me(), "Created the project “Autumn fair”").await.unwrap();
    tx.put_project(project(9, "Autumn fair"), None).await.unwrap();
    let committed = tx.commit().await.unwrap();
    assert!(committed.tags.contains(&Tag::Projects) && committed.tags.contains(&Tag::History));
    assert!(committed.changes.is_empty(), "a project never waits to be sent");
    committed.set.unwrap()
}

async fn status(desk: &Desk) -> Status {
    desk.store.project(ProjectId(9)).await.unwrap().unwrap().status
}

#[tokio::test]
async fn a_project_is_in_the_history_with_what_it_was_given() {
    let desk = Desk::new().await;
    let set = made(&desk).await;
    let history = desk.store.history(None, 10).await.unwrap();
    let [entry] = &history[..] else { panic!("{history:#?}") };
    assert_eq!((entry.set, entry.reversible, entry.state), (set, Reversible::Undoable, SetState::Done));
    assert!(entry.changes.is_empty());
    let [change] = &entry.projects[..] else { panic!("{entry:#?}") };
    assert_eq!((change.project, change.name.as_str(), change.created), (ProjectId(9), "Autumn fair", true));
    let fields: Vec<_> = change.fields.iter().map(|field| (field.field.as_str(), field.after.as_str())).collect();
    assert_eq!(fields, [("title", "Autumn fair")]);
    assert_eq!(desk.store.last_undoable().await.unwrap(), Some(set));
    assert!(desk.store.outbox().await.unwrap().is_empty());
    desk.check().await;
}

#[tokio::test]
async fn it_is_taken_back_and_done_again_once_each_time() {
    let desk = Desk::new().await;
    let set = made(&desk).await;
    let mut here = project(9, "Autumn fair").value;
    for round in 0..3 {
        assert!(matches!(desk.store.redo_project(set).await, Err(StoreError::NotReversible(_))), "{round}");
        let step = desk.store.undo_project(set).await.unwrap().unwrap();
        assert_eq!((step.left.id, step.left.status, step.wanted), (ProjectId(9), Status::Active, Status::Trashed));
        let there = turned(Status::Trashed, 10 + 2 * round);
        let undone = desk.store.project_undone(set, &here, there.clone(), &me()).await.unwrap();
        let Undone::Done { set: reversal, summary } = undone else { panic!("{undone:?}") };
        assert_eq!(summary, "Undid: Created the project “Autumn fair”");
        assert_eq!(status(&desk).await, Status::Trashed);
        assert!(matches!(desk.store.project_undone(set, &here, there, &me()).await, Err(StoreError::NotReversible(_))));
        assert!(matches!(desk.store.undo_project(reversal).await, Err(StoreError::NotReversible(_))));
        let history = desk.store.history(None, 1).await.unwrap();
        let fields = &history[0].projects[0].fields;
        assert_eq!((fields[0].before.as_str(), fields[0].after.as_str()), ("active", "trashed"));
        assert!(!history[0].projects[0].created);

        here = turned(Status::Trashed, 10 + 2 * round).value;
        let step = desk.store.redo_project(set).await.unwrap().unwrap();
        assert_eq!((step.left.status, step.wanted), (Status::Trashed, Status::Active));
        desk.store.project_redone(set, &here, turned(Status::Active, 11 + 2 * round), &me()).await.unwrap();
        assert_eq!(status(&desk).await, Status::Active);
        here = turned(Status::Active, 11 + 2 * round).value;
    }
    desk.check().await;
}

#[tokio::test]
async fn items_and_projects_are_told_apart() {
    let desk = Desk::new().await;
    let set = made(&desk).await;
    desk.apply(&[todo(1)]).await;
    let edited = desk.edit(1, |record| record.title = "B".into()).await.set.unwrap();
    assert_eq!(desk.store.undo_project(edited).await.unwrap(), None);
    assert!(matches!(desk.store.undo(set, None, &me()).await, Err(StoreError::NotReversible(_))));
    assert!(matches!(desk.store.preview_undo(set, None, &me()).await, Err(StoreError::NotReversible(_))));
    assert!(matches!(desk.store.undo_project(ChangeSetId(404)).await, Err(StoreError::NoSet(_))));
    let history = desk.store.history(None, 10).await.unwrap();
    assert!(history.iter().all(|entry| entry.state == SetState::Done), "nothing was turned");
    // What sync says of projects is not of our doing.
    desk.store.apply_projects(vec![project(5, "Theirs")]).await.unwrap();
    desk.store.apply_projects(vec![turned(Status::Archived, 50)]).await.unwrap();
    assert_eq!(desk.store.history(None, 10).await.unwrap().len(), history.len());
}

#[tokio::test]
async fn what_somebody_changed_since_is_noticed() {
    let desk = Desk::new().await;
    let set = made(&desk).await;
    let step = desk.store.undo_project(set).await.unwrap().unwrap();
    let there = project(9, "Autumn fair").value;
    assert!(!step.moved(&there));
    assert!(!step.moved(&Project { updated_at: at(99), status: Status::Trashed, ..there.clone() }), "it is so already");
    for changed in [
        Project { name: "Winter fair".into(), ..there.clone() },
        Project { description: "Colder".into(), ..there.clone() },
        Project { status: Status::Archived, ..there },
    ] {
        assert!(step.moved(&changed), "{changed:?}");
    }
}

#[tokio::test]
async fn a_later_state_that_a_pass_brought_stays() {
    let desk = Desk::new().await;
    let mut later = project(9, "Autumn fair, second hall");
    later.value.updated_at = at(5);
    desk.store.apply_projects(vec![later]).await.unwrap();
    made(&desk).await;
    assert_eq!(desk.store.project(ProjectId(9)).await.unwrap().unwrap().name, "Autumn fair, second hall");
}

#[tokio::test]
async fn others_work_in_a_project_is_counted() {
    let desk = Desk::new().await;
    let mine = todo(1);
    let theirs = Recording { creator: Some(PersonId(2)), ..todo(2) };
    let put_away = Recording { status: Status::Trashed, creator: Some(PersonId(2)), ..todo(3) };
    let elsewhere = Recording { project: ProjectId(8), creator: Some(PersonId(2)), ..todo(4) };
    let tool = Recording { kind: Kind::TodoSet, parent: None, creator: Some(PersonId(2)), ..todo(70) };
    desk.apply(&[mine, theirs, put_away, elsewhere, tool]).await;
    assert_eq!(desk.store.others_items(ProjectId(7), Some(PersonId(1))).await.unwrap(), 1);
}
