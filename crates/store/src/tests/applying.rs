use super::*;
use crate::Applied;

async fn rows_written(desk: &Desk) -> i64 {
    let mut db = desk.store.inner.writer.acquire().await.unwrap();
    sqlx::query_scalar("select total_changes()").fetch_one(&mut *db).await.unwrap()
}

#[tokio::test]
async fn applying_the_same_again_writes_no_row() {
    let desk = Desk::new().await;
    let all: Vec<_> =
        (1..50).map(|id| Recording { assignees: vec![PersonId(2)], body: "<p>x</p>".into(), ..todo(id) }).collect();
    assert_eq!(desk.apply(&all).await, Applied { inserted: 49, ..Applied::default() });
    desk.store.apply_people(vec![person(1, "Ana")]).await.unwrap();
    desk.store.apply_projects(vec![project(7, "Site")]).await.unwrap();
    desk.edit(3, |r| r.title = "Mine".into()).await;
    let before = rows_written(&desk).await;
    let mut feed = desk.store.listen();
    assert_eq!(desk.apply(&all).await, Applied { unchanged: 49, ..Applied::default() });
    assert!(desk.store.apply_people(vec![person(1, "Ana")]).await.unwrap().is_unchanged());
    assert!(desk.store.apply_projects(vec![project(7, "Site")]).await.unwrap().is_unchanged());
    assert_eq!(rows_written(&desk).await, before);
    assert!(feed.try_recv().is_err());
    desk.check().await;
}

#[tokio::test]
async fn a_new_raw_alone_is_an_update_and_an_older_record_is_none() {
    let desk = Desk::new().await;
    desk.apply(&[Recording { updated_at: at(5), ..todo(1) }]).await;
    let mut other = fetched(&Recording { updated_at: at(5), ..todo(1) });
    other.raw = "{\"new_field\":1}".into();
    assert_eq!(desk.store.apply(vec![other]).await.unwrap().updated, 1);
    let older = Recording { updated_at: at(4), title: "Old".into(), ..todo(1) };
    assert_eq!(desk.apply(&[older]).await.stale, 1);
    assert_eq!(desk.get(1).await.unwrap().title, "To-do 1");
}

#[tokio::test]
async fn what_is_gone_is_hidden_and_kept_and_can_come_back() {
    let desk = Desk::new().await;
    desk.store.apply_projects(vec![project(7, "Site")]).await.unwrap();
    desk.apply(&[todo(1), todo(2)]).await;
    assert_eq!(desk.store.gone(&[RecordingId(1), RecordingId(99)]).await.unwrap(), 1);
    assert_eq!(desk.store.gone(&[RecordingId(1)]).await.unwrap(), 0);
    assert_eq!(desk.get(1).await.unwrap().status, Status::Gone);
    assert!(desk.store.item(RecordingId(1)).await.unwrap().is_none());
    assert_eq!(desk.store.known(&[Kind::Todo]).await.unwrap().len(), 2);
    assert_eq!(desk.apply(&[todo(1)]).await.updated, 1);
    assert_eq!(desk.get(1).await.unwrap().status, Status::Active);

    assert_eq!(desk.store.project_gone(ProjectId(7)).await.unwrap(), 3);
    assert_eq!(desk.store.project_gone(ProjectId(7)).await.unwrap(), 0);
    assert_eq!(desk.get(2).await.unwrap().status, Status::Gone);
    desk.store.apply_projects(vec![project(7, "Site")]).await.unwrap();
    assert_eq!(desk.store.known_projects().await.unwrap()[0].status, Status::Active);
    assert!(desk.store.history(None, 10).await.unwrap().is_empty(), "what came from Basecamp is no history of ours");
    desk.check().await;
}

#[tokio::test]
async fn an_edit_of_something_gone_gets_stuck_and_says_why() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    desk.edit(1, |r| r.title = "Mine".into()).await;
    desk.store.gone(&[RecordingId(1)]).await.unwrap();
    assert_eq!(desk.store.next_to_send().await.unwrap(), None);
    let entry = desk.store.outbox().await.unwrap().remove(0);
    assert_eq!(entry.state, OutboxState::Failed);
    assert!(entry.problem.unwrap().contains("no longer"));
}

#[tokio::test]
async fn a_waiting_edit_stays_over_what_the_server_says() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    desk.edit(1, |r| r.title = "Mine".into()).await;
    let theirs =
        Recording { title: "Theirs".into(), due_on: Some("2026-12-01".parse().unwrap()), updated_at: at(9), ..todo(1) };
    assert_eq!(desk.apply(std::slice::from_ref(&theirs)).await.updated, 1);
    let shown = desk.get(1).await.unwrap();
    assert_eq!((shown.title.as_str(), shown.due_on), ("Mine", theirs.due_on));
    let next = desk.store.next_to_send().await.unwrap().unwrap();
    assert!(next.clashes_with(&theirs));
    assert!(!next.clashes_with(&Recording { title: "To-do 1".into(), ..theirs.clone() }), "another field is no clash");
    assert_eq!(next.merged_onto(&theirs), Recording { title: "Mine".into(), ..theirs });
    desk.check().await;
}

#[tokio::test]
async fn activity_is_kept_once() {
    let desk = Desk::new().await;
    let happened = |id| Fetched {
        value: Activity {
            id: ActivityId(id),
            project: ProjectId(7),
            recording: Some(RecordingId(1)),
            action: "completed".into(),
            summary: "To-do 1".into(),
            creator: Some(PersonId(1)),
            created_at: at(id),
        },
        raw: "{}".into(),
    };
    assert_eq!(desk.store.apply_activity(vec![happened(1), happened(2)]).await.unwrap().inserted, 2);
    assert_eq!(
        desk.store.apply_activity(vec![happened(2), happened(3)]).await.unwrap(),
        Applied { inserted: 1, unchanged: 1, ..Applied::default() }
    );
    let all = desk.store.activity(None, Some(PersonId(1)), Some(at(2)), 10).await.unwrap();
    assert_eq!(all.iter().map(|a| a.id.0).collect::<Vec<_>>(), [3, 2]);
    assert!(desk.store.activity(Some(ProjectId(8)), None, None, 10).await.unwrap().is_empty());
}
