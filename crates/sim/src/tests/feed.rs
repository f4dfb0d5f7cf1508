//! The event feed: what it tells, what it keeps silent, and its positions.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Client, Hand, small};
use crate::world::{Fields, Kind, Status};
use crate::{Options, Sim, Size};

async fn walk(client: &Client<'_>, start: &str) -> (Vec<Value>, String) {
    let (mut events, mut path) = (Vec::new(), start.to_owned());
    loop {
        let got = client.get(&path).await;
        assert_eq!(got.status, 200, "{}", got.body);
        let page = got.body["events"].as_array().unwrap();
        assert!(page.len() <= 100);
        events.extend(page.iter().cloned());
        match got.body["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => return (events, got.body["position"].as_str().unwrap().to_owned()),
        }
    }
}

#[tokio::test]
async fn tells_what_is_in_the_catalogue_and_nothing_else() {
    let (sim, hand) = small().await;
    let client = Client::new(&sim);
    let (none, position) = walk(&client, "/events.json").await;
    assert!(none.is_empty());
    hand.forward(10);
    let todo = sim.edit(|editor| {
        let me = editor.world().me();
        let project =
            editor.world().projects().find(|one| one.status == Status::Active && one.members.contains(&me)).unwrap().id;
        let set = editor.world().tool(project, Kind::Todoset).unwrap();
        let vault = editor.world().tool(project, Kind::Vault).unwrap();
        let list = editor.create(set, Kind::Todolist, Fields::titled("L")).unwrap();
        let todo = editor.create_todo(list, "T").unwrap();
        editor.complete(todo).unwrap();
        editor.uncomplete(todo).unwrap();
        editor.assign(todo, &[me]).unwrap();
        editor.reschedule(todo, Some(jiff::civil::date(2026, 12, 1))).unwrap();
        editor.reschedule(todo, None).unwrap();
        editor.relocate(todo, Some(set), 1).unwrap();
        editor.set_status(todo, Status::Trashed).unwrap();
        editor.set_status(todo, Status::Active).unwrap();
        editor.create(vault, Kind::Document, Fields::titled("D")).unwrap();
        editor.comment(todo, "<div>C</div>").unwrap();
        editor.revoke(project, 1).unwrap();
        todo
    });
    let (events, later) = walk(&client, &format!("/events.json?position={position}")).await;
    let types: Vec<&str> = events.iter().map(|one| one["event_type"].as_str().unwrap()).collect();
    assert_eq!(
        types,
        [
            "todo.created",
            "todo.completed",
            "todo.assignment_changed",
            "todo.scheduled",
            "todo.unscheduled",
            "todo.moved",
            "comment.created",
        ]
    );
    assert_eq!(events[0]["recording_id"], todo);
    assert_eq!(events[0]["kind"], "todo_created");
    let (nothing, _) = walk(&client, &format!("/events.json?position={later}")).await;
    assert!(nothing.is_empty());
}

#[tokio::test]
async fn serves_history_from_its_epoch_in_order() {
    let hand = Hand::new();
    let sim = Sim::start(Options {
        size: Size { projects: 6, recordings: 2_000 },
        clock: hand.clock(),
        limit: None,
        ..Options::default()
    })
    .await
    .unwrap();
    let client = Client::new(&sim);
    let (events, _) = walk(&client, "/events.json?since=0").await;
    assert!(events.len() > 100);
    assert!(events.is_sorted_by(|one, next| one["id"].as_i64() < next["id"].as_i64()));
    let some = "/events.json?since=0&types=question.created";
    let (few, _) = walk(&client, some).await;
    assert!(few.iter().all(|one| one["event_type"] == "question.created"));
    let epoch = sim.look(crate::world::World::feed_epoch);
    assert!(epoch > 1);
    let gone = client.get("/events.json?since=1").await;
    assert_eq!((gone.status, &gone.body["epoch_after_id"]), (410, &json!(epoch)));
    let (again, _) = walk(&client, gone.body["resume"].as_str().unwrap()).await;
    assert_eq!(again, events);
}

#[tokio::test]
async fn refuses_positions_that_do_not_fit() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let got = client.get("/events.json?position=nonsense").await;
    assert_eq!((got.status, &got.body["reason"]), (400, &json!("invalid_position")));
    let got = client.get("/events.json?since=yesterday").await;
    assert_eq!((got.status, &got.body["reason"]), (400, &json!("invalid_position")));
    let got = client.get("/events.json?buckets=x").await;
    assert_eq!((got.status, &got.body["reason"]), (400, &json!("invalid_filter")));
    let position = client.get("/events.json").await.body["position"].clone();
    let position = position.as_str().unwrap();
    let got = client.get(&format!("/events.json?position={position}&creators=5")).await;
    assert_eq!(got.status, 409);
    // The digest of no filters is the one that the documentation gives.
    assert_eq!(got.body["position_digest"], "44136fa355b3678a");
    assert_ne!(got.body["filters_digest"], "44136fa355b3678a");
    let forged = position.replacen("srv2.", "srv2.0", 1);
    assert_eq!(client.get(&format!("/events.json?position={forged}")).await.status, 400);
}

#[tokio::test]
async fn serves_late_when_told_to_and_hides_other_projects() {
    let hand = Hand::new();
    let sim = Sim::start(Options {
        size: Size::small(),
        clock: hand.clock(),
        limit: None,
        feed_delay: SignedDuration::from_secs(30),
        ..Options::default()
    })
    .await
    .unwrap();
    let client = Client::new(&sim);
    let (_, position) = walk(&client, "/events.json").await;
    let path = format!("/events.json?position={position}");
    let (todo, project) = sim.edit(|editor| {
        let me = editor.world().me();
        let all = editor.world().of_kind(Kind::Todo).to_vec();
        let todo = all.into_iter().find(|id| {
            let found = editor.world().recording(*id).unwrap();
            editor.world().may_see(me, found.project)
                && editor.world().status_of(*id) == Status::Active
                && editor.world().project(found.project).unwrap().status == Status::Active
        });
        let todo = todo.unwrap();
        editor.retitle(todo, "Another title").unwrap();
        (todo, editor.world().recording(todo).unwrap().project)
    });
    assert!(walk(&client, &path).await.0.is_empty());
    hand.forward(31);
    let events = walk(&client, &path).await.0;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["recording_id"], todo);
    sim.edit(|editor| editor.revoke(project, editor.world().me())).unwrap();
    assert!(walk(&client, &path).await.0.is_empty());
}
