//! The smaller routes: forms, tests of triggers, connections that replace others, records and their filters.

use std::sync::Arc;

use serde_json::{Value, json};

use super::worker::Worker;
use super::{Desk, webhook};

#[tokio::test]
async fn a_form_is_told_once_its_flow_runs() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let mut trigger = webhook();
    let inputs = json!([{ "displayName": "Name", "type": "text", "required": true, "description": "" }]);
    trigger["settings"] = json!({
        "pieceName": "@activepieces/piece-forms", "pieceVersion": "0.4.14", "triggerName": "form_submission",
        "input": { "waitForResponse": true, "inputs": inputs }, "propertySettings": {},
    });
    desk.operate(&flow, "UPDATE_TRIGGER", trigger).await;
    // Nobody has to sign in for a form.
    let url = format!("{}/api/v1/human-input/form/{flow}", desk.server.base_url());
    let get = async |url: &str| super::read(desk.http.get(url).send().await.unwrap()).await;
    assert_eq!(get(&url).await.status, 404);
    assert_eq!(get(&format!("{url}?useDraft=true")).await.body["props"]["inputs"], inputs);
    desk.operate(&flow, "LOCK_AND_PUBLISH", json!({})).await;
    let form = get(&url).await.body;
    assert_eq!((&form["id"], &form["props"]["waitForResponse"]), (&json!(flow), &json!(true)));
    assert_eq!(get(&url.replace("/form/", "/chat/")).await.status, 404);
}

#[tokio::test]
async fn triggers_are_tried_by_listening_or_by_asking() {
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(true).await;
    let version = desk.get(&format!("/v1/flows/{flow}")).await.body["version"]["id"].clone();
    let test = |strategy: &str| json!({ "projectId": desk.project, "flowId": flow, "flowVersionId": version, "testStrategy": strategy });
    let events = format!("/v1/trigger-events?projectId={}&flowId={flow}", desk.project);
    let count = async || desk.good("GET", &events, None).await["data"].as_array().unwrap().len();
    let hook = format!("/v1/webhooks/{flow}");
    desk.post(&hook, json!({})).await;
    assert_eq!(count().await, 0);
    assert_eq!(desk.post("/v1/test-trigger", test("SIMULATION")).await.status, 200);
    desk.post(&hook, json!({ "a": 1 })).await;
    assert_eq!(count().await, 1);
    let stop = json!({ "projectId": desk.project, "flowId": flow });
    assert_eq!(desk.send("DELETE", "/v1/test-trigger", Some(&stop)).await.status, 200);
    desk.post(&hook, json!({})).await;
    assert_eq!(count().await, 1);
    desk.post(&format!("{hook}/test"), json!({})).await;
    assert_eq!(count().await, 2);
    let mut trigger = webhook();
    trigger["settings"] = json!({
        "pieceName": "@activepieces/piece-basecamp", "pieceVersion": "~0.1.4", "triggerName": "todo_overdue",
        "input": {}, "propertySettings": {},
    });
    let edited = desk.operate(&flow, "UPDATE_TRIGGER", trigger).await.body;
    let mut body = test("TEST_FUNCTION");
    body["flowVersionId"] = edited["version"]["id"].clone();
    let found = desk.good("POST", "/v1/test-trigger", Some(body)).await;
    assert_eq!(found["data"][0]["payload"]["days_late"], 2);
    assert_eq!(found["data"][0]["sourceName"], "@activepieces/piece-basecamp@0.1:todo_overdue");
    assert_eq!(desk.post("/v1/test-trigger", test("ODDLY")).await.status, 400);
}

#[tokio::test]
async fn one_connection_takes_the_place_of_another() {
    let desk = Desk::empty().await;
    let make = async |name: &str| {
        let body = json!({
            "projectId": desk.project, "externalId": name, "displayName": name, "type": "NO_AUTH",
            "pieceName": "@activepieces/piece-http", "value": { "type": "NO_AUTH" },
        });
        desk.good("POST", "/v1/app-connections", Some(body)).await["id"].clone()
    };
    let (old, new) = (make("old").await, make("new").await);
    let flow = desk.flow(true).await;
    let mut step = super::code("step_1", "step_2");
    step["action"]["settings"]["input"] =
        json!({ "auth": "{{connections['old']}}", "deep": [{ "a": "{{connections['old'].x}}" }] });
    let edited = desk.operate(&flow, "ADD_ACTION", step).await.body;
    assert_eq!(edited["version"]["connectionIds"], json!(["old"]));
    let list = |name: &str| format!("/v1/flows?projectId={}&connectionExternalIds={name}", desk.project);
    assert_eq!(desk.get(&list("old")).await.body["data"].as_array().unwrap().len(), 1);
    let body = json!({ "projectId": desk.project, "sourceAppConnectionId": old, "targetAppConnectionId": new });
    assert_eq!(desk.post("/v1/app-connections/replace", body).await.status, 200);
    assert_eq!(desk.get(&list("old")).await.body["data"], json!([]));
    let read = desk.get(&format!("/v1/flows/{flow}")).await.body;
    assert_eq!(read["version"]["connectionIds"], json!(["new"]));
    let input = &read["version"]["trigger"]["nextAction"]["nextAction"]["settings"]["input"];
    assert_eq!(*input, json!({ "auth": "{{connections['new']}}", "deep": [{ "a": "{{connections['new'].x}}" }] }));
    let left = desk.get(&format!("/v1/app-connections?projectId={}", desk.project)).await.body;
    assert_eq!(left["data"].as_array().unwrap().len(), 1);
    desk.sound();
}

#[tokio::test]
async fn records_are_filtered_by_every_operator() {
    let desk = Desk::empty().await;
    let fields = json!([{ "name": "Name", "type": "TEXT" }, { "name": "Size", "type": "NUMBER" }]);
    let table = json!({ "projectId": desk.project, "name": "Things", "fields": fields });
    let table = desk.good("POST", "/v1/tables", Some(table)).await["id"].as_str().unwrap().to_owned();
    let fields = desk.good("GET", &format!("/v1/fields?tableId={table}"), None).await;
    let (name, size) = (fields[0]["id"].as_str().unwrap(), fields[1]["id"].as_str().unwrap());
    let row =
        |word: &str, number: Value| json!([{ "fieldId": name, "value": word }, { "fieldId": size, "value": number }]);
    let rows = json!([row("Apple", json!(9)), row("Pear", json!("10")), row("Plum", json!(null)), [{ "fieldId": name, "value": "apricot" }]]);
    desk.good("POST", "/v1/records", Some(json!({ "tableId": table, "records": rows }))).await;
    for (field, operator, value, count) in [
        (name, "eq", "Apple", 1),
        (name, "neq", "Apple", 3),
        (name, "co", "AP", 2),
        (size, "gt", "9", 1),
        (size, "gte", "9", 2),
        (size, "lt", "10", 3),
        (size, "exists", "", 2),
        (size, "not_exists", "", 2),
    ] {
        let path = format!(
            "/v1/records?tableId={table}&filters[0][fieldId]={field}&filters[0][operator]={operator}&filters[0][value]={value}"
        );
        let got = desk.good("GET", &path, None).await;
        assert_eq!(got["data"].as_array().unwrap().len(), count, "{operator} {value}");
    }
    let both = format!(
        "/v1/records?tableId={table}&filters[0][fieldId]={name}&filters[0][operator]=co&filters[0][value]=p&filters[1][fieldId]={size}&filters[1][operator]=gt&filters[1][value]=9"
    );
    assert_eq!(desk.get(&both).await.body["data"].as_array().unwrap().len(), 1);
    let odd = json!({ "tableId": table, "records": [[{ "fieldId": "a".repeat(21), "value": "x" }]] });
    assert_eq!(desk.post("/v1/records", odd).await.status, 404);
    let gone = desk.send("DELETE", &format!("/v1/fields/{size}"), None).await;
    assert_eq!(gone.status, 204);
    assert!(desk.server.look(|all| all.table_rows("Things")).iter().all(|row| row.len() == 1));
    assert_eq!(desk.post(&format!("/v1/tables/{table}/clear"), json!({})).await.status, 204);
    assert!(desk.server.look(|all| all.table_rows("Things")).is_empty());
    desk.sound();
}

#[tokio::test]
async fn a_schedule_or_an_event_starts_only_what_is_on() {
    let worker = Worker::echo();
    let desk = Desk::with(Some(Arc::new(worker.clone()))).await;
    let flow = desk.flow(true).await;
    let payload = json!({ "days_late": 3 });
    let run = desk.server.edit(|other| other.fire(&flow, payload.clone())).unwrap();
    desk.run_is(&run, "SUCCEEDED").await;
    assert_eq!(worker.given()[0].payload, payload);
    desk.operate(&flow, "CHANGE_STATUS", json!({ "status": "DISABLED" })).await;
    assert_eq!(desk.server.edit(|other| other.fire(&flow, payload)), None);
    // Stopping waits for what is under way and leaves nothing behind.
    desk.server.stop().await;
}
