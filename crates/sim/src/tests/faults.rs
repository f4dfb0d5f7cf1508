//! Faults: each does what it says, to the requests that it names, as often as it says.

use serde_json::json;

use super::{Client, small};
use crate::world::{Fields, Kind, Status};
use crate::{Fault, Sim};

fn list(sim: &Sim) -> i64 {
    sim.edit(|editor| {
        let me = editor.world().me();
        let project =
            editor.world().projects().find(|one| one.status == Status::Active && one.members.contains(&me)).unwrap().id;
        let set = editor.world().tool(project, Kind::Todoset).unwrap();
        editor.create(set, Kind::Todolist, Fields::titled("L")).unwrap()
    })
}

#[tokio::test]
async fn a_status_strikes_as_often_as_told() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    sim.faults().next(2, "GET", "/projects", Fault::Status(503));
    assert_eq!(client.get("/my/profile.json").await.status, 200);
    assert_eq!(client.get("/projects.json").await.status, 503);
    assert_eq!(client.get("/projects.json").await.status, 503);
    assert_eq!(client.get("/projects.json").await.status, 200);
    sim.faults().next(1, "", "", Fault::TooMany(3));
    let got = client.get("/projects.json").await;
    assert_eq!((got.status, got.header("retry-after")), (429, "3"));
    assert_eq!(sim.counters().too_many, 1);
    assert_eq!(sim.faults().given(), 3);
}

#[tokio::test]
async fn a_dropped_connection_may_or_may_not_have_written() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let path = format!("/todolists/{}/todos.json", list(&sim));
    let post = || client.request("POST", &path).json(&json!({ "content": "Once" })).send();
    sim.faults().next(1, "POST", "/todos", Fault::DropBefore);
    assert!(post().await.is_err());
    assert_eq!(client.all(&path).await.0.len(), 0);
    sim.faults().next(1, "POST", "/todos", Fault::DropAfter);
    assert!(post().await.is_err());
    assert_eq!(client.all(&path).await.0.len(), 1);
    assert_eq!(sim.counters().duplicate_creates, 0);
    assert!(post().await.is_ok());
    assert_eq!(sim.counters().duplicate_creates, 1);
}

#[tokio::test]
async fn bodies_are_spoiled() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let good = client.get("/projects.json").await;
    sim.faults().next(1, "GET", "/projects", Fault::Truncate);
    let broken = client.request("GET", "/projects.json").send().await.unwrap();
    assert_eq!(broken.status().as_u16(), 200);
    assert!(broken.bytes().await.is_err());
    sim.faults().next(1, "GET", "/projects", Fault::Html);
    let got = client.get("/projects.json").await;
    assert!(got.header("content-type").starts_with("text/html"));
    sim.faults().next(1, "GET", "/projects", Fault::WrongJson);
    assert!(client.get("/projects.json").await.body.is_object());
    sim.faults().next(1, "GET", "/projects", Fault::Nulls);
    let got = client.get("/projects.json").await;
    assert_eq!(got.body[0]["name"], json!(null));
    assert_eq!(got.body[0]["id"], good.body[0]["id"]);
    sim.faults().next(1, "GET", "/projects", Fault::EmptyList);
    let got = client.get("/projects.json").await;
    assert_eq!((got.body.clone(), got.next()), (json!([]), None));
    assert_eq!(client.get("/projects.json").await.body, good.body);
}

#[tokio::test]
async fn a_gate_holds_one_request_while_others_pass() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let gate = sim.faults().hold_next("GET", "/projects");
    let (held, ()) = tokio::join!(client.get("/projects.json"), async {
        gate.arrived().await;
        assert_eq!(client.get("/projects.json").await.status, 200);
        gate.open();
    });
    assert_eq!(held.status, 200);
}

#[tokio::test]
async fn chance_is_seeded() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let (sim, _) = small().await;
        let client = Client::new(&sim);
        sim.faults().by_chance(9, 400, vec![Fault::Status(500), Fault::Status(503)]);
        let mut run = Vec::new();
        for _ in 0..30 {
            run.push(client.get("/my/profile.json").await.status);
        }
        sim.faults().clear();
        assert_eq!(client.get("/my/profile.json").await.status, 200);
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    for status in [200, 500, 503] {
        assert!(runs[0].contains(&status));
    }
}
