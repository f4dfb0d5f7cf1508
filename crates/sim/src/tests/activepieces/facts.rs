//! The ten facts that a client of the real server meets, one by one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::worker::{Worker, failing};
use super::{Desk, code};

#[tokio::test]
async fn fact_1_no_api_keys_and_a_token_of_seven_days() {
    let mut desk = Desk::empty().await;
    let flags = desk.get("/v1/flags").await.body;
    assert_eq!((&flags["EDITION"], &flags["CURRENT_VERSION"]), (&json!("ce"), &json!("0.85.2")));
    assert_eq!(desk.get("/v1/api-keys").await.status, 404);
    let path = format!("/v1/flows?projectId={}", desk.project);
    desk.hand.forward(7 * 24 * 3600 - 1);
    assert_eq!(desk.get(&path).await.status, 200);
    desk.hand.forward(1);
    let got = desk.get(&path).await;
    assert_eq!((got.status, &got.body["code"]), (401, &json!("INVALID_BEARER_TOKEN")));
    let body = json!({ "email": "ada@example.com", "password": "Sample-1234" });
    let again = desk.post("/v1/authentication/sign-in", body).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.body["projectId"], json!(desk.project));
    desk.token = again.body["token"].as_str().unwrap().to_owned();
    assert_eq!(desk.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_changed_password_ends_every_session() {
    let desk = Desk::empty().await;
    desk.server.edit(|other| other.change_password("Another-1234"));
    let got = desk.get("/v1/projects").await;
    assert_eq!((got.status, &got.body["code"]), (403, &json!("SESSION_EXPIRED")));
    let sign_in = |password: &str| json!({ "email": "ada@example.com", "password": password });
    assert_eq!(desk.post("/v1/authentication/sign-in", sign_in("Sample-1234")).await.status, 401);
    assert_eq!(desk.post("/v1/authentication/sign-in", sign_in("Another-1234")).await.status, 200);
}

#[tokio::test]
async fn a_changed_token_is_garbage() {
    let mut desk = Desk::empty().await;
    let good = desk.token.clone();
    let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
    parts[1].push('A');
    for bad in [parts.join("."), good[..good.len() - 1].to_owned(), "a.b".to_owned(), "x".to_owned()] {
        desk.token = bad;
        let got = desk.get("/v1/projects").await;
        assert_eq!((got.status, &got.body["error"]), (401, &json!("Unauthorized")));
        assert!(got.body.get("code").is_none());
    }
}

#[tokio::test]
async fn fact_4_an_import_of_an_old_schema_is_rewritten_once() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let import = |schema: serde_json::Value, text: &str| {
        let mut request = json!({
            "displayName": "In", "notes": [],
            "trigger": { "name": "trigger", "type": "EMPTY", "valid": false, "displayName": "t", "settings": {},
                "nextAction": { "name": "step_1", "type": "CODE", "valid": true, "displayName": "c", "settings": {
                    "input": { "a": text }, "sourceCode": { "code": "x", "packageJson": "{}" } } } },
        });
        if !schema.is_null() {
            request["schemaVersion"] = schema;
        }
        request
    };
    for (schema, text, then) in [
        (json!("22"), "{{trigger['output']['a']}}", "{{trigger['output']['a']}}"),
        (json!("21"), "{{trigger['a']}}", "{{trigger['output']['a']}}"),
        (json!(null), "{{trigger['output']['a']}}", "{{trigger['output']['output']['a']}}"),
    ] {
        let got = desk.operate(&flow, "IMPORT_FLOW", import(schema, text)).await;
        assert_eq!(got.status, 200);
        let version = &got.body["version"];
        assert_eq!(version["schemaVersion"], "22");
        assert_eq!(version["trigger"]["nextAction"]["settings"]["input"]["a"], then);
    }
    let newer = desk.operate(&flow, "IMPORT_FLOW", import(json!("99"), "x")).await;
    assert_eq!(newer.status, 400);
}

#[tokio::test]
async fn fact_5_some_edits_pass_in_silence_and_a_used_name_is_a_500() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let before = desk.get(&format!("/v1/flows/{flow}")).await.body;
    for (kind, request) in [
        ("ADD_ACTION", code("step_9", "step_2")),
        ("UPDATE_ACTION", code("trigger", "step_9")["action"].clone()),
        ("DELETE_ACTION", json!({ "names": ["step_9"] })),
        ("MOVE_ACTION", json!({ "name": "step_9", "newParentStep": "trigger" })),
        ("DUPLICATE_ACTION", json!({ "stepName": "step_9" })),
        ("SET_SKIP_ACTION", json!({ "names": ["step_9"], "skip": true })),
        ("DELETE_BRANCH", json!({ "stepName": "step_9", "branchIndex": 0 })),
        ("DELETE_NOTE", json!({ "id": "none" })),
        ("SAVE_SAMPLE_DATA", json!({ "stepName": "step_9", "payload": 1, "type": "OUTPUT" })),
    ] {
        let got = desk.operate(&flow, kind, request).await;
        assert_eq!(got.status, 200, "{kind}");
        assert_eq!(got.body["version"]["trigger"], before["version"]["trigger"], "{kind}");
    }
    for request in [code("trigger", "step_1"), code("trigger", "trigger")] {
        let got = desk.operate(&flow, "ADD_ACTION", request).await;
        assert_eq!((got.status, &got.body["message"]), (500, &json!("Maximum call stack size exceeded")));
    }
    let after = desk.get(&format!("/v1/flows/{flow}")).await.body;
    assert_eq!(after["version"]["trigger"], before["version"]["trigger"]);
}

#[tokio::test]
async fn fact_6_the_last_write_wins() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    desk.server.edit(|other| assert_eq!(other.delete_step(&flow, "step_1"), 200));
    desk.server.edit(|other| assert_eq!(other.rename(&flow, "Theirs"), 200));
    let got = desk.operate(&flow, "CHANGE_NAME", json!({ "displayName": "Ours" })).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.body["version"]["displayName"], "Ours");
    assert!(got.body["version"]["trigger"].get("nextAction").is_none());
    // What somebody else does is no write of a client.
    let written: Vec<u16> = desk.server.writes().iter().map(|write| write.status).collect();
    assert_eq!(written.len(), 4);
    let last = desk.server.writes().pop().unwrap();
    assert!(last.body.contains("Ours") && last.path.ends_with(&flow) && last.method == "POST");
}

#[tokio::test]
async fn fact_7_a_test_of_a_step_does_not_save_its_result() {
    let worker = Worker::echo();
    let desk = Desk::with(Some(Arc::new(worker.clone()))).await;
    let flow = desk.flow(false).await;
    let version = desk.get(&format!("/v1/flows/{flow}")).await.body["version"]["id"].as_str().unwrap().to_owned();
    let test = json!({ "projectId": desk.project, "flowVersionId": version, "stepName": "step_1" });
    let run = desk.good("POST", "/v1/sample-data/test-step", Some(test.clone())).await;
    assert_eq!((&run["status"], &run["environment"]), (&json!("QUEUED"), &json!("TESTING")));
    let run = desk.run_is(run["id"].as_str().unwrap(), "SUCCEEDED").await;
    assert_eq!(run["steps"]["step_1"]["output"], "step_1");
    let sample = format!(
        "/v1/sample-data?projectId={}&flowId={flow}&flowVersionId={version}&stepName=step_1&type=OUTPUT",
        desk.project
    );
    assert_eq!(desk.get(&sample).await.body, json!({}));
    let save = json!({ "stepName": "step_1", "payload": { "kept": true }, "type": "OUTPUT" });
    assert_eq!(desk.operate(&flow, "SAVE_SAMPLE_DATA", save).await.status, 200);
    assert_eq!(desk.get(&sample).await.body, json!({ "kept": true }));
    let run = desk.good("POST", "/v1/sample-data/test-step", Some(test)).await;
    desk.run_is(run["id"].as_str().unwrap(), "SUCCEEDED").await;
    assert_eq!(worker.given()[1].samples["step_1"], json!({ "kept": true }));
}

#[tokio::test]
async fn fact_8_tests_are_in_no_list() {
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(true).await;
    desk.good("POST", &format!("/v1/webhooks/{flow}/draft"), Some(json!({ "a": 1 }))).await;
    let list = format!("/v1/flow-runs?projectId={}", desk.project);
    assert_eq!(desk.get(&list).await.body["data"], json!([]));
    desk.good("POST", &format!("/v1/webhooks/{flow}"), Some(json!({ "a": 1 }))).await;
    assert_eq!(desk.get(&list).await.body["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn fact_9_a_failed_synchronous_webhook_waits_for_its_time_to_pass() {
    let desk = Desk::with(Some(Arc::new(failing("Error: no")))).await;
    let flow = desk.flow(true).await;
    desk.server.set_webhook_timeout(Duration::from_millis(200));
    let began = Instant::now();
    let got = desk.post(&format!("/v1/webhooks/{flow}/sync"), json!({})).await;
    assert_eq!((got.status, got.body), (204, json!(null)));
    assert!(began.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_synchronous_webhook_brings_what_the_flow_answers() {
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(true).await;
    let got = desk.post(&format!("/v1/webhooks/{flow}/sync"), json!({ "a": 1 })).await;
    assert_eq!((got.status, &got.body), (201, &json!({ "got": { "a": 1 } })));
    assert_eq!(got.header("x-flow"), "yes");
    assert_eq!(got.header("x-webhook-id").len(), 21);
}

#[tokio::test]
async fn fact_10_a_row_of_the_list_holds_its_version_twice() {
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(true).await;
    desk.good("POST", &format!("/v1/webhooks/{flow}"), None).await;
    let list = desk.get(&format!("/v1/flow-runs?projectId={}", desk.project)).await.body;
    let row = &list["data"][0];
    assert_eq!(row["flowVersion"]["trigger"], row["flowVersion_trigger"]);
    assert_eq!(row["flowVersion"]["id"], row["flowVersion_id"]);
    assert!(row["parentRunId"].is_null() && row.get("parentRunId").is_some());
    assert!(row.get("steps").is_none());
}
