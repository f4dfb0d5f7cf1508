//! The transport rules: headers, paging, limiter, cache, replacing and merging writes.

use serde_json::json;

use super::{Client, Hand, small};
use crate::world::{Fields, Kind, Status};
use crate::{Limit, Options, Sim, Size};

#[tokio::test]
async fn pages_are_geared_and_whole() {
    let hand = Hand::new();
    let sim = Sim::start(Options {
        size: Size { projects: 4, recordings: 1_600 },
        clock: hand.clock(),
        limit: None,
        ..Options::default()
    })
    .await
    .unwrap();
    let client = Client::new(&sim);
    let path = "/projects/recordings.json?type=Todo&sort=updated_at";
    let first = client.get(path).await;
    assert_eq!(first.body.as_array().unwrap().len(), 15);
    let second = client.get(&first.next().unwrap()).await;
    assert_eq!(second.body.as_array().unwrap().len(), 30);
    let third = client.get(&second.next().unwrap()).await;
    assert_eq!(third.body.as_array().unwrap().len(), 50);
    assert!(first.next().unwrap().starts_with(sim.base_url()));
    let (rows, pages) = client.all(path).await;
    assert_eq!(first.header("x-total-count"), rows.len().to_string());
    assert_eq!(pages, 3 + (rows.len() - 95).div_ceil(100));
    let stamps: Vec<&str> = rows.iter().map(|row| row["updated_at"].as_str().unwrap()).collect();
    assert!(stamps.is_sorted_by(|one, next| one >= next));
    let mut got: Vec<i64> = rows.iter().map(|row| row["id"].as_i64().unwrap()).collect();
    got.sort_unstable();
    let truth: Vec<i64> = sim
        .truth()
        .into_iter()
        .filter(|one| one.kind == "Todo" && one.status == Status::Active)
        .filter(|one| one.project_status == Status::Active)
        .map(|one| one.id)
        .collect();
    assert_eq!(got, truth);
    assert_eq!(client.get(&format!("{path}&page=2")).await.body, second.body);
}

#[tokio::test]
async fn archived_projects_answer_only_when_named() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let archived = sim.look(|world| world.projects().find(|project| project.status == Status::Archived).unwrap().id);
    let (all, _) = client.all("/projects/recordings.json?type=Todo").await;
    assert!(all.iter().all(|row| row["bucket"]["id"] != archived));
    let path = format!("/projects/recordings.json?type=Todo&bucket={archived}");
    assert!(!client.all(&path).await.0.is_empty());
    let (projects, _) = client.all("/projects.json?status=archived").await;
    assert_eq!(projects.len(), 1);
    assert_eq!(client.get("/projects.json?status=odd").await.status, 400);
}

#[tokio::test]
async fn limiter_lets_fifty_through_in_ten_seconds() {
    let hand = Hand::new();
    let sim = Sim::start(Options {
        size: Size::small(),
        clock: hand.clock(),
        limit: Some(Limit::default()),
        ..Options::default()
    })
    .await
    .unwrap();
    let client = Client::new(&sim);
    for _ in 0..50 {
        assert_eq!(client.get("/my/profile.json").await.status, 200);
    }
    hand.forward(4);
    let refused = client.get("/my/profile.json").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "6"));
    hand.forward(6);
    assert_eq!(client.get("/my/profile.json").await.status, 200);
    let counters = sim.counters();
    assert_eq!(counters.too_many, 1);
    assert_eq!(counters.largest_burst, 51);
    assert_eq!(counters.seen("GET", "/my/profile"), 52);
}

#[tokio::test]
async fn headers_are_demanded() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let plain = reqwest::Client::new();
    let url = client.url("/projects.json");
    let got = plain.get(&url).bearer_auth(sim.token()).send().await.unwrap();
    assert_eq!(got.status().as_u16(), 400);
    assert!(got.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    let stranger = client.http.get(&url).bearer_auth("nobody").send().await.unwrap();
    assert_eq!(stranger.status().as_u16(), 401);
    let other = format!("{}/1/projects.json", sim.base_url());
    assert_eq!(client.get(&other).await.status, 404);
    let request = client.request("POST", "/projects.json").body("name=x");
    assert_eq!(client.send(request).await.status, 415);
    let request = client.request("POST", "/projects.json").header("content-type", "application/json").body("{");
    assert_eq!(client.send(request).await.status, 400);
    let got = client.call("POST", "/projects.json", json!({})).await;
    assert_eq!(got.status, 422);
    assert_eq!(got.body, json!({ "errors": { "name": ["can't be blank"] } }));
    assert_eq!(client.get("/todos/1.json").await.status, 404);
}

#[tokio::test]
async fn unchanged_answers_are_304() {
    let (sim, hand) = small().await;
    let client = Client::new(&sim);
    let first = client.get("/projects.json").await;
    let again = || client.request("GET", "/projects.json").header("if-none-match", first.header("etag"));
    let got = client.send(again()).await;
    assert_eq!((got.status, got.body), (304, json!("")));
    hand.forward(1);
    let project = first.body[0]["id"].as_i64().unwrap();
    sim.edit(|editor| editor.set_project_status(project, Status::Archived)).unwrap();
    assert_eq!(client.send(again()).await.status, 200);
    assert_eq!(sim.counters().not_modified, 1);
}

/// A list of its own in the first open project: (project, list).
fn own_list(sim: &Sim) -> (i64, i64) {
    sim.edit(|editor| {
        let me = editor.world().me();
        let project = editor
            .world()
            .projects()
            .find(|project| project.status == Status::Active && project.members.contains(&me))
            .unwrap()
            .id;
        let set = editor.world().tool(project, Kind::Todoset).unwrap();
        let list = editor.create(set, Kind::Todolist, Fields::titled("Own")).unwrap();
        (project, list)
    })
}

#[tokio::test]
async fn put_of_a_to_do_clears_what_it_leaves_out() {
    let (sim, hand) = small().await;
    let client = Client::new(&sim);
    let (_, list) = own_list(&sim);
    let made = client
        .call(
            "POST",
            &format!("/todolists/{list}/todos.json"),
            json!({
                "content": "Write", "description": "<div>All of it</div>", "due_on": "2026-12-01",
                "starts_on": "2026-11-25", "assignee_ids": [sim.me()],
                "completion_subscriber_ids": [sim.me()],
            }),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let path = format!("/todos/{}", made.body["id"]);
    hand.forward(5);
    let got = client.call("PUT", &path, json!({ "content": "Write it" })).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.body["content"], "Write it");
    assert_eq!(got.body["description"], "");
    assert_eq!(got.body["due_on"], json!(null));
    assert_eq!(got.body["starts_on"], json!(null));
    assert_eq!(got.body["assignees"], json!([]));
    assert_eq!(got.body["completion_subscribers"], json!([]));
    assert_eq!(got.body["updated_at"], "2026-11-20T12:00:05.000Z");
    let blank = client.call("PUT", &path, json!({ "description": "x" })).await;
    assert_eq!(blank.status, 422);
    let wrong = client.call("PUT", &path, json!({ "content": "x", "due_on": "soon" })).await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn put_of_a_card_keeps_what_it_leaves_out() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (project, _) = own_list(&sim);
    let triage = sim.look(|world| {
        let table = world.tool(project, Kind::CardTable).unwrap();
        world.children_of(table, Kind::Triage).next().unwrap().id
    });
    let path = format!("/card_tables/lists/{triage}/cards.json");
    let body = json!({ "title": "Card", "content": "<div>Why</div>", "due_on": "2026-12-01" });
    let made = client.call("POST", &path, body).await;
    assert_eq!(made.status, 201);
    let path = format!("/card_tables/cards/{}.json", made.body["id"]);
    let got = client.call("PUT", &path, json!({ "title": "Other" })).await;
    assert_eq!(got.body["content"], "<div>Why</div>");
    assert_eq!(got.body["due_on"], "2026-12-01");
    let got = client.call("PUT", &path, json!({ "due_on": "" })).await;
    assert_eq!((&got.body["due_on"], &got.body["title"]), (&json!(null), &json!("Other")));
    let path = format!("/recordings/{}/comments.json", made.body["id"]);
    let comment = client.call("POST", &path, json!({ "content": "<div>Yes</div>" })).await;
    assert_eq!(comment.status, 201);
    assert_eq!(client.all(&path).await.0.len(), 1);
}

#[tokio::test]
async fn documents_and_entries_are_replaced_but_entries_keep_their_people() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (project, _) = own_list(&sim);
    let (vault, schedule) =
        sim.look(|world| (world.tool(project, Kind::Vault).unwrap(), world.tool(project, Kind::Schedule).unwrap()));
    let body = json!({ "title": "Paper", "content": "<div>x</div>", "status": "active" });
    let made = client.call("POST", &format!("/vaults/{vault}/documents.json"), body).await;
    let path = format!("/documents/{}", made.body["id"]);
    let got = client.call("PUT", &path, json!({ "title": "Paper" })).await;
    assert_eq!(got.body["content"], "");
    let body = json!({
        "summary": "Meet", "starts_at": "2026-12-01T09:00:00Z", "ends_at": "2026-12-01T10:00:00Z",
        "participant_ids": [sim.me()], "description": "<div>x</div>", "url": "https://x.example",
    });
    let made = client.call("POST", &format!("/schedules/{schedule}/entries.json"), body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let path = format!("/schedule_entries/{}", made.body["id"]);
    let body = json!({ "summary": "Meet", "starts_at": "2026-12-02", "ends_at": "2026-12-03", "all_day": true });
    let got = client.call("PUT", &path, body).await;
    assert_eq!(got.body["description"], "");
    assert_eq!(got.body["starts_at"], "2026-12-02");
    assert_eq!(got.body["join_url"], "https://x.example");
    assert_eq!(got.body["participants"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn drafts_are_seen_by_nobody() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (project, _) = own_list(&sim);
    let board = sim.look(|world| world.tool(project, Kind::MessageBoard).unwrap());
    let path = format!("/message_boards/{board}/messages.json");
    let before = client.all(&path).await.0.len();
    let draft = client.call("POST", &path, json!({ "subject": "Draft" })).await;
    assert_eq!((draft.status, &draft.body["status"]), (201, &json!("drafted")));
    assert_eq!(client.all(&path).await.0.len(), before);
    let body = json!({ "subject": "Open", "status": "active" });
    let open = client.call("POST", &path, body).await;
    assert_eq!(open.body["status"], "active");
    assert_eq!(client.all(&path).await.0.len(), before + 1);
}

#[tokio::test]
async fn both_address_forms_and_suffixes_answer() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (project, list) = own_list(&sim);
    let flat = client.get(&format!("/todolists/{list}")).await;
    assert_eq!(flat.status, 200);
    for path in [
        format!("/todolists/{list}.json"),
        format!("/buckets/{project}/todolists/{list}"),
        format!("/buckets/{project}/todolists/{list}.json"),
    ] {
        assert_eq!(client.get(&path).await.body, flat.body, "{path}");
    }
    assert_eq!(client.get(flat.body["url"].as_str().unwrap()).await.body, flat.body);
    assert_eq!(client.get(&format!("/buckets/1/todolists/{list}")).await.status, 404);
    let set = sim.look(|world| world.tool(project, Kind::Todoset).unwrap());
    let body = json!({ "content": "Loose" });
    let flat = client.call("POST", &format!("/todosets/{set}/todos.json"), body.clone()).await;
    assert_eq!(flat.status, 404);
    let path = format!("/buckets/{project}/todosets/{set}/todos.json");
    let made = client.call("POST", &path, body).await;
    assert_eq!((made.status, &made.body["parent"]["id"]), (201, &json!(set)));
}

#[tokio::test]
async fn to_dos_go_through_their_whole_life() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (_, list) = own_list(&sim);
    let path = format!("/todolists/{list}/todos.json");
    let todo = client.call("POST", &path, json!({ "content": "One" })).await.body["id"].clone();
    let other = client.call("POST", &path, json!({ "content": "Two" })).await.body["id"].clone();
    let done = format!("/todos/{todo}/completion.json");
    assert_eq!(client.bare("POST", &done).await.status, 204);
    let got = client.get(&format!("/todos/{todo}")).await;
    assert_eq!(got.body["completed"], true);
    assert_eq!(got.body["completion"]["creator"]["id"], sim.me());
    assert_eq!(client.all(&path).await.0.len(), 1);
    assert_eq!(client.all(&format!("{path}?completed=true")).await.0.len(), 1);
    assert_eq!(client.bare("DELETE", &done).await.status, 204);
    let place = format!("/todos/{other}/position.json");
    assert_eq!(client.call("PUT", &place, json!({ "position": 1 })).await.status, 204);
    assert_eq!(client.all(&path).await.0[0]["id"], other);
    let trash = format!("/recordings/{todo}/status/trashed.json");
    assert_eq!(client.bare("PUT", &trash).await.status, 204);
    assert_eq!(client.get(&format!("/todos/{todo}")).await.body["status"], "trashed");
    assert_eq!(client.bare("POST", &done).await.status, 404);
    let back = format!("/recordings/{todo}/status/active.json");
    assert_eq!(client.bare("PUT", &back).await.status, 204);
    let events = client.get(&format!("/recordings/{todo}/events.json")).await;
    let actions: Vec<&str> =
        events.body.as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["active", "trashed", "uncompleted", "completed", "created"]);
}
