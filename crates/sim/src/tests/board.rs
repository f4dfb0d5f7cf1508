//! Boards, projects, files and the other writes, over HTTP.

use serde_json::{Value, json};

use super::{Client, small};
use crate::Sim;
use crate::world::{Kind, Status};

/// An open project of the signed-in person.
fn project(sim: &Sim) -> i64 {
    sim.look(|world| {
        let mut open = world.projects().filter(|one| one.status == Status::Active);
        open.find(|one| one.members.contains(&world.me())).unwrap().id
    })
}

fn tool(sim: &Sim, kind: Kind) -> i64 {
    let project = project(sim);
    sim.look(|world| world.tool(project, kind).unwrap())
}

fn ids(rows: &Value) -> Vec<i64> {
    let rows = rows.as_array().unwrap();
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn columns_stand_between_triage_and_done() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (table, project) = (tool(&sim, Kind::CardTable), project(&sim));
    let path = format!("/card_tables/{table}.json");
    let before = client.get(&path).await.body["lists"].as_array().unwrap().len();
    let columns = format!("/card_tables/{table}/columns.json");
    let made = client.call("POST", &columns, json!({ "title": "Proofing" })).await;
    assert_eq!(made.status, 201);
    let id = made.body["id"].as_i64().unwrap();
    let lists = client.get(&path).await.body["lists"].clone();
    let types: Vec<&str> = lists.as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(types.len(), before + 1);
    assert_eq!((types[0], types[1]), ("Kanban::Triage", "Kanban::NotNowColumn"));
    assert_eq!(*types.last().unwrap(), "Kanban::DoneColumn");
    assert_eq!(ids(&lists)[types.len() - 2], id);
    let moves = format!("/card_tables/{table}/moves.json");
    let body = json!({ "source_id": id, "target_id": table, "position": 1 });
    assert_eq!(client.call("POST", &moves, body).await.status, 204);
    assert_eq!(ids(&client.get(&path).await.body["lists"])[2], id);
    let elsewhere = json!({ "source_id": id, "target_id": id, "position": 1 });
    assert_eq!(client.call("POST", &moves, elsewhere).await.status, 422);
    let color = format!("/buckets/{project}/card_tables/columns/{id}/color.json");
    let got = client.call("PUT", &color, json!({ "color": "green" })).await;
    assert_eq!((got.status, &got.body["color"]), (200, &json!("green")));
    let renamed = client.call("PUT", &format!("/card_tables/columns/{id}"), json!({ "title": "Proofs" })).await;
    assert_eq!((&renamed.body["title"], &renamed.body["color"]), (&json!("Proofs"), &json!("green")));
    for (word, shown) in [("trashed", false), ("active", true)] {
        assert_eq!(client.bare("PUT", &format!("/recordings/{id}/status/{word}.json")).await.status, 204);
        assert_eq!(ids(&client.get(&path).await.body["lists"]).contains(&id), shown, "{word}");
        assert_eq!(client.get(&format!("/card_tables/columns/{id}")).await.body["status"], word);
    }
    assert_eq!(client.call("POST", &columns, json!({ "title": " " })).await.status, 422);
}

#[tokio::test]
async fn cards_move_on_hold_into_done_and_back() {
    let (sim, hand) = small().await;
    let client = Client::new(&sim);
    let (table, project) = (tool(&sim, Kind::CardTable), project(&sim));
    let lists = client.get(&format!("/card_tables/{table}")).await.body["lists"].clone();
    let of = |kind: &str| {
        let all = lists.as_array().unwrap();
        all.iter().find(|one| one["type"] == kind).unwrap()["id"].as_i64().unwrap()
    };
    let (triage, done) = (of("Kanban::Triage"), of("Kanban::DoneColumn"));
    let column = of("Kanban::Column");
    let hold = format!("/buckets/{project}/card_tables/columns/{column}/on_hold.json");
    assert_eq!(client.bare("POST", &hold).await.status, 200);
    let got = client.get(&format!("/card_tables/columns/{column}")).await.body;
    let section = got["on_hold"]["id"].as_i64().unwrap();
    let path = format!("/card_tables/lists/{triage}/cards.json");
    let card = client.call("POST", &path, json!({ "title": "A card" })).await.body;
    let moves = format!("/card_tables/cards/{}/moves.json", card["id"]);
    let path = format!("/card_tables/cards/{}", card["id"]);
    for (target, completed) in [(section, false), (done, true), (column, false)] {
        hand.forward(1);
        let got = client.call("POST", &moves, json!({ "column_id": target })).await;
        assert_eq!(got.status, 204);
        let got = client.get(&path).await.body;
        assert_eq!((&got["completed"], &got["parent"]["id"]), (&json!(completed), &json!(target)));
        assert_eq!(got["position"], 1);
    }
    let feed = client.get("/events.json?since=0&types=card.moved").await.body;
    let details: Vec<Value> =
        feed["events"].as_array().unwrap().iter().rev().map(|one| one["details"].clone()).collect();
    assert_eq!(details[0], json!({ "column_id": column, "previous_column_id": done }));
    assert_eq!(details[2], json!({ "column_id": column, "previous_column_id": triage }));
    let list = client.get(&format!("/card_tables/lists/{column}/cards.json")).await.body;
    assert!(ids(&list).contains(&card["id"].as_i64().unwrap()));
    let wrong = client.call("POST", &moves, json!({ "column_id": table })).await;
    assert_eq!(wrong.status, 404);
}

#[tokio::test]
async fn steps_are_made_done_and_put_in_order() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let table = tool(&sim, Kind::CardTable);
    let triage = sim.look(|world| world.children_of(table, Kind::Triage).next().unwrap().id);
    let path = format!("/card_tables/lists/{triage}/cards.json");
    let card = client.call("POST", &path, json!({ "title": "A card" })).await.body["id"].clone();
    let steps = format!("/card_tables/cards/{card}/steps.json");
    let body = json!({ "title": "First", "assignee_ids": [sim.me()] });
    let first = client.call("POST", &steps, body).await.body;
    let second = client.call("POST", &steps, json!({ "title": "Second" })).await.body;
    let done = format!("/card_tables/steps/{}/completions.json", first["id"]);
    let got = client.call("PUT", &done, json!({ "completion": "on" })).await;
    assert_eq!((got.status, &got.body["completed"]), (200, &json!(true)));
    let got = client.call("PUT", &done, json!({ "completion": "" })).await;
    assert_eq!(got.body["completed"], false);
    let place = format!("/card_tables/cards/{card}/positions.json");
    let body = json!({ "source_id": second["id"], "position": 1 });
    assert_eq!(client.call("POST", &place, body).await.status, 204);
    let got = client.get(&format!("/card_tables/cards/{card}")).await.body;
    assert_eq!(got["steps"][0]["id"], second["id"]);
    assert_eq!(got["subtasks_count"], 2);
    let path = format!("/card_tables/steps/{}", first["id"]);
    let got = client.call("PUT", &path, json!({ "title": "Other" })).await.body;
    assert_eq!(got["assignees"][0]["id"], sim.me());
    assert_eq!(client.bare("DELETE", &format!("/subtasks/{}", first["id"])).await.status, 204);
    assert_eq!(client.get(&path).await.status, 404);
}

#[tokio::test]
async fn projects_are_made_archived_trashed_and_restored() {
    let (sim, hand) = small().await;
    let client = Client::new(&sim);
    let body = json!({ "name": "Boat show", "description": "In May" });
    let made = client.call("POST", "/projects.json", body).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.body["dock"].as_array().unwrap().len(), 7);
    let id = &made.body["id"];
    for tool in made.body["dock"].as_array().unwrap() {
        assert_eq!(client.get(tool["url"].as_str().unwrap()).await.status, 200);
    }
    hand.forward(1);
    let path = format!("/projects/{id}.json");
    let renamed = client.call("PUT", &path, json!({ "name": "Boat fair" })).await.body;
    assert_eq!((&renamed["name"], &renamed["description"]), (&json!("Boat fair"), &json!("In May")));
    let archive = format!("/projects/{id}/status/archived.json");
    assert_eq!(client.bare("PUT", &archive).await.status, 204);
    assert_eq!(client.get(&path).await.body["status"], "archived");
    assert_eq!(client.bare("DELETE", &path).await.status, 204);
    let trashed = client.all("/projects.json?status=trashed").await.0;
    assert!(trashed.iter().any(|one| one["id"] == *id));
    let set = renamed["dock"][1]["id"].as_i64().unwrap();
    let lists = format!("/todosets/{set}/todolists.json");
    assert_eq!(client.call("POST", &lists, json!({ "name": "L" })).await.status, 404);
    let back = format!("/projects/{id}/status/active.json");
    assert_eq!(client.bare("PUT", &back).await.status, 204);
    assert_eq!(client.call("POST", &lists, json!({ "name": "L" })).await.status, 201);
}

#[tokio::test]
async fn access_is_granted_and_lost() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let project = project(&sim);
    let path = format!("/projects/{project}/people/users.json");
    let got = client.call("PUT", &path, json!({ "revoke": [sim.me()] })).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.body["revoked"][0]["id"], sim.me());
    assert_eq!(client.get(&format!("/projects/{project}")).await.status, 404);
    assert_eq!(client.call("PUT", &path, json!({ "grant": [sim.me()] })).await.status, 404);
    let rows = client.all("/projects/recordings.json?type=Todo").await.0;
    assert!(rows.iter().all(|row| row["bucket"]["id"] != project));
    sim.edit(|editor| editor.grant(project, editor.world().me())).unwrap();
    assert_eq!(client.get(&format!("/projects/{project}")).await.status, 200);
}

#[tokio::test]
async fn files_lines_and_hours_are_written() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let (vault, chat, set) = (tool(&sim, Kind::Vault), tool(&sim, Kind::Chat), tool(&sim, Kind::Todoset));
    let request = client
        .request("POST", "/attachments.json?name=plan%20b.pdf")
        .header("content-type", "application/pdf")
        .body("twelve bytes");
    let sgid = client.send(request).await.body["attachable_sgid"].clone();
    let body = json!({ "attachable_sgid": sgid, "description": "<div>x</div>", "base_name": "plan c" });
    let path = format!("/vaults/{vault}/uploads.json");
    let made = client.call("POST", &path, body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.body["filename"], "plan c.pdf");
    assert_eq!(made.body["byte_size"], 12);
    assert_eq!(client.call("POST", &path, json!({ "attachable_sgid": "no" })).await.status, 422);
    let lines = format!("/chats/{chat}/lines.json");
    let line = client.call("POST", &lines, json!({ "content": "Hello" })).await.body;
    assert_eq!(client.get(&lines).await.body[0]["id"], line["id"]);
    let archive = format!("/recordings/{}/status/archived.json", line["id"]);
    assert_eq!(client.bare("PUT", &archive).await.status, 403);
    let gone = format!("/chats/{chat}/lines/{}", line["id"]);
    assert_eq!(client.bare("DELETE", &gone).await.status, 204);
    assert_eq!(client.get(&gone).await.status, 404);
    let todo = sim.edit(|editor| editor.create_todo(set, "Count")).unwrap();
    let path = format!("/recordings/{todo}/timesheet/entries.json");
    let body = json!({ "date": "2026-11-19", "hours": "1.5", "description": "Counting" });
    let entry = client.call("POST", &path, body).await;
    assert_eq!((entry.status, &entry.body["hours"]), (201, &json!("1.5")));
    let report = client.get("/reports/timesheet.json?from=2026-11-19&to=2026-11-19").await.body;
    assert!(ids(&report).contains(&entry.body["id"].as_i64().unwrap()));
    assert_eq!(client.call("POST", &path, json!({ "hours": "1" })).await.status, 422);
}

#[tokio::test]
async fn lists_and_groups_are_renamed_and_moved() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let set = tool(&sim, Kind::Todoset);
    let lists = format!("/todosets/{set}/todolists.json");
    let body = json!({ "name": "List", "description": "<div>Why</div>" });
    let list = client.call("POST", &lists, body).await.body["id"].clone();
    let path = format!("/todolists/{list}");
    let got = client.call("PUT", &path, json!({ "name": "Other" })).await.body;
    assert_eq!((&got["name"], &got["description"]), (&json!("Other"), &json!("")));
    let place = format!("/todosets/todolists/{list}/position.json");
    assert_eq!(client.call("PUT", &place, json!({ "position": 1 })).await.status, 204);
    let open = client.all(&lists).await.0;
    let first = open.iter().find(|one| one["completed"] == false).unwrap();
    assert_eq!(first["id"], list);
    let groups = format!("/todolists/{list}/groups.json");
    let one = client.call("POST", &groups, json!({ "name": "One" })).await.body;
    let two = client.call("POST", &groups, json!({ "name": "Two" })).await.body;
    assert!(one.get("groups_url").is_none());
    let url = two["group_position_url"].as_str().unwrap();
    assert_eq!(client.call("PUT", url, json!({ "position": 1 })).await.status, 204);
    assert_eq!(ids(&client.get(&groups).await.body)[0], two["id"].as_i64().unwrap());
    let todos = format!("/todolists/{}/todos.json", two["id"]);
    let todo = client.call("POST", &todos, json!({ "content": "In a group" })).await.body;
    assert_eq!(client.get(&format!("/todolists/{list}/todos.json")).await.body, json!([]));
    let place = format!("/todos/{}/position.json", todo["id"]);
    let body = json!({ "position": 1, "parent_id": list });
    assert_eq!(client.call("PUT", &place, body).await.status, 204);
    assert_eq!(client.all(&format!("/todolists/{list}/todos.json")).await.0.len(), 1);
}
