//! Runs: what a worker brings, retried, cancelled, resumed, cut to size, kept from telling secrets.

use std::sync::Arc;

use flow::Map;
use serde_json::{Value, json};

use super::worker::{Worker, failing};
use super::{Desk, code};
use crate::activepieces::{Outcome, RunStatus};

async fn started(desk: &Desk, flow: &str) -> String {
    desk.good("POST", &format!("/v1/webhooks/{flow}"), Some(json!({ "n": 1 }))).await;
    let list = desk.get(&format!("/v1/flow-runs?projectId={}", desk.project)).await.body;
    list["data"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn without_an_interpreter_a_run_says_so() {
    let desk = Desk::empty().await;
    let flow = desk.flow(true).await;
    let run = started(&desk, &flow).await;
    let run = desk.run_is(&run, "INTERNAL_ERROR").await;
    assert_eq!(run["internalError"]["source"], "WORKER");
    assert!(run["internalError"]["message"].as_str().unwrap().contains("without anything that runs flows"));
    desk.sound();
}

#[tokio::test]
async fn a_worker_that_dies_ends_its_run() {
    let desk = Desk::with(Some(Arc::new(Worker::new(|_, _| panic!("on purpose"))))).await;
    let flow = desk.flow(true).await;
    let run = started(&desk, &flow).await;
    let run = desk.run_is(&run, "INTERNAL_ERROR").await;
    assert_eq!(run["internalError"]["message"], "The worker died.");
}

#[tokio::test]
async fn a_failed_run_is_tried_again_both_ways() {
    let worker = failing("Error: no");
    let desk = Desk::with(Some(Arc::new(worker.clone()))).await;
    let flow = desk.flow(true).await;
    let id = started(&desk, &flow).await;
    let failed = desk.run_is(&id, "FAILED").await;
    assert_eq!(failed["failedStep"]["name"], "step_1");
    assert_eq!(failed["failedStep"]["message"], "Error: no");
    let retry = |strategy: &str| json!({ "strategy": strategy, "projectId": desk.project });
    let path = format!("/v1/flow-runs/{id}/retry");
    let same = desk.good("POST", &path, Some(retry("FROM_FAILED_STEP"))).await;
    assert_eq!((&same["id"], &same["status"]), (&json!(id), &json!("QUEUED")));
    desk.run_is(&id, "FAILED").await;
    assert_eq!(worker.given()[1].run, id);
    assert!(worker.given()[1].resumed.as_ref().is_some_and(|resumed| !resumed.steps.contains_key("step_1")));
    // A later version is published: the retry on the latest runs that.
    desk.operate(&flow, "ADD_ACTION", code("step_1", "step_2")).await;
    let published = desk.operate(&flow, "LOCK_AND_PUBLISH", json!({})).await.body;
    let other = desk.good("POST", &path, Some(retry("ON_LATEST_VERSION"))).await;
    assert_ne!(other["id"], json!(id));
    assert_eq!(other["flowVersionId"], published["version"]["id"]);
    desk.run_is(other["id"].as_str().unwrap(), "FAILED").await;
    assert_eq!(worker.given()[2].payload["body"], json!({ "n": 1 }));
    assert_eq!(desk.post(&path, retry("ODDLY")).await.status, 400);
    desk.hand.forward(31 * 24 * 3600);
    let mut desk = desk;
    desk.token = desk.server.token();
    let late = desk.post(&path, json!({ "strategy": "FROM_FAILED_STEP" })).await;
    assert_eq!((late.status, &late.body["code"]), (410, &json!("FLOW_RUN_RETRY_OUTSIDE_RETENTION")));
    desk.sound();
}

#[tokio::test]
async fn a_paused_run_is_resumed_once_by_whoever_has_its_address() {
    let worker = Worker::new(|job, _| match &job.resumed {
        None => {
            let waits = json!({ "type": "PIECE", "status": "PAUSED", "input": {}, "output": {} });
            let steps = Map::from_iter([("step_1".to_owned(), waits)]);
            Outcome { status: RunStatus::Paused, ..Outcome::succeeded(steps) }
        }
        Some(resumed) => {
            let body = resumed.with.as_ref().unwrap()["queryParams"].clone();
            let step = json!({ "type": "PIECE", "status": "SUCCEEDED", "input": {}, "output": body });
            Outcome::succeeded(Map::from_iter([("step_1".to_owned(), step)]))
        }
    });
    let desk = Desk::with(Some(Arc::new(worker.clone()))).await;
    let flow = desk.flow(true).await;
    let id = started(&desk, &flow).await;
    desk.run_is(&id, "PAUSED").await;
    let url = worker.given()[0].resume_url.clone();
    let wrong = format!("{}x", &url[..url.len() - 1]);
    let spent = "This link has expired. The action may have already been processed.";
    let call = async |url: &str| super::read(desk.http.get(url).send().await.unwrap()).await.body;
    assert_eq!(call(&wrong).await["message"], spent);
    assert_ne!(call(&format!("{url}?action=approve")).await["message"], spent);
    let run = desk.run_is(&id, "SUCCEEDED").await;
    assert_eq!(run["steps"]["step_1"]["output"], json!({ "action": "approve" }));
    assert_eq!(call(&url).await["message"], spent);
    desk.sound();
}

#[tokio::test]
async fn only_what_waits_can_be_cancelled_and_its_worker_is_not_heard() {
    let worker = Worker::new(|_, _| Outcome { status: RunStatus::Paused, ..Outcome::succeeded(Map::new()) });
    let desk = Desk::with(Some(Arc::new(worker))).await;
    let flow = desk.flow(true).await;
    let (one, other) = (started(&desk, &flow).await, {
        desk.hand.forward(1);
        started(&desk, &flow).await
    });
    desk.run_is(&one, "PAUSED").await;
    desk.run_is(&other, "PAUSED").await;
    let body = json!({ "projectId": desk.project, "flowRunIds": [one] });
    assert_eq!(desk.post("/v1/flow-runs/cancel", body).await.status, 200);
    desk.run_is(&one, "CANCELED").await;
    desk.run_is(&other, "PAUSED").await;
    let body = json!({ "projectId": desk.project, "flowRunIds": [one, other] });
    desk.post("/v1/flow-runs/archive", body).await;
    let list = format!("/v1/flow-runs?projectId={}", desk.project);
    assert_eq!(desk.get(&list).await.body["data"], json!([]));
    let all = desk.get(&format!("{list}&includeArchived=true&status=CANCELED&status=PAUSED")).await.body;
    assert_eq!(all["data"].as_array().unwrap().len(), 2);
    desk.sound();
}

#[tokio::test]
async fn big_outputs_become_links_and_secrets_are_not_told() {
    let worker = Worker::new(|job, _| {
        let key = job.connections["key"]["secret_text"].clone();
        let big = json!({ "rows": vec!["0123456789"; 5_000] });
        let steps = [
            (
                "step_1",
                json!({ "type": "CODE", "status": "SUCCEEDED", "output": big, "input": {
                "auth": job.connections["key"], "header": key, "rows": "x".repeat(4_000), "name": job.variables["NAME"],
                "plain": "told",
            } }),
            ),
            ("step_2", json!({ "type": "CODE", "status": "SUCCEEDED", "input": {}, "output": "small" })),
        ];
        Outcome::succeeded(steps.into_iter().map(|(name, step)| (name.to_owned(), step)).collect())
    });
    let desk = Desk::with(Some(Arc::new(worker))).await;
    let body = json!({
        "projectId": desk.project, "externalId": "key", "displayName": "Key", "pieceName": "@activepieces/piece-openai",
        "type": "SECRET_TEXT", "value": { "type": "SECRET_TEXT", "secret_text": "sk-very-secret" },
    });
    let made = desk.good("POST", "/v1/app-connections", Some(body)).await;
    assert!(!made.to_string().contains("sk-very-secret"));
    let body = json!({ "projectId": desk.project, "name": "NAME", "value": "hidden-value" });
    desk.good("POST", "/v1/variables", Some(body)).await;
    let flow = desk.flow(true).await;
    let run = started(&desk, &flow).await;
    let run = desk.run_is(&run, "SUCCEEDED").await;
    let text = run.to_string();
    assert!(!text.contains("sk-very-secret") && !text.contains("hidden-value"));
    let input = &run["steps"]["step_1"]["input"];
    for key in ["auth", "header", "name"] {
        assert_eq!(input[key], "**REDACTED**");
    }
    assert_eq!(input["plain"], "told");
    assert_eq!(input["rows"], "(truncated, original size 4 KB)");
    let step = &run["steps"]["step_1"];
    assert_eq!(step["outputType"], "slice");
    assert_eq!(run["steps"]["step_2"].get("outputType"), None);
    let url = step["output"]["url"].as_str().unwrap();
    let whole: Value = desk.http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(whole["rows"].as_array().unwrap().len(), 5_000);
    assert_eq!(step["output"]["size"], whole.to_string().len());
    let forged = format!("{}A", &url[..url.len() - 1]);
    assert_eq!(desk.http.get(forged).send().await.unwrap().status().as_u16(), 404);
}

#[tokio::test]
async fn runs_are_found_by_what_became_of_them() {
    let desk = Desk::with(Some(Arc::new(failing("{\"message\":\"Quota EXCEEDED\"}")))).await;
    let flow = desk.flow(true).await;
    let run = started(&desk, &flow).await;
    desk.run_is(&run, "FAILED").await;
    let list = format!("/v1/flow-runs?projectId={}", desk.project);
    for (filter, count) in [
        ("&status=FAILED", 1),
        ("&status=SUCCEEDED", 0),
        ("&failedStepName=step_1", 1),
        ("&failedStepName=step_2", 0),
        ("&failedStepMessage=quota", 1),
        ("&createdAfter=2026-11-20T00:00:00Z", 1),
        ("&createdAfter=2026-11-21T00:00:00Z", 0),
        ("&createdBefore=2026-11-20T00:00:00Z", 0),
        ("&tags=none", 0),
        (&format!("&flowId={flow}"), 1),
        (&format!("&flowId[]={}", "a".repeat(21)), 0),
        (&format!("&flowRunIds={run}"), 1),
    ] {
        let got = desk.good("GET", &format!("{list}{filter}"), None).await;
        assert_eq!(got["data"].as_array().unwrap().len(), count, "{filter}");
    }
    assert_eq!(desk.get(&format!("{list}&createdAfter=soon")).await.status, 400);
    let counts = desk.get(&format!("/v1/flow-runs/count-by-status?projectId={}", desk.project)).await.body;
    assert_eq!(counts["data"], json!([{ "status": "FAILED", "count": 1 }]));
}

#[tokio::test]
async fn webhooks_ask_for_what_their_trigger_asks_for() {
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(false).await;
    let mut trigger = super::webhook();
    trigger["settings"]["input"] =
        json!({ "authType": "header", "authFields": { "headerName": "X-Key", "headerValue": "open" } });
    desk.operate(&flow, "UPDATE_TRIGGER", trigger).await;
    desk.operate(&flow, "LOCK_AND_PUBLISH", json!({})).await;
    let url = format!("{}/api/v1/webhooks/{flow}", desk.server.base_url());
    let send =
        async |key: &str| desk.http.put(&url).header("x-key", key).body("a=b").send().await.unwrap().status().as_u16();
    assert_eq!(send("shut").await, 401);
    assert_eq!(send("open").await, 200);
    let list = desk.get(&format!("/v1/flow-runs?projectId={}", desk.project)).await.body;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    let run = desk.run_is(list["data"][0]["id"].as_str().unwrap(), "SUCCEEDED").await;
    let payload = &run["steps"]["trigger"]["output"];
    assert_eq!(
        (&payload["method"], &payload["body"], &payload["rawBody"]),
        (&json!("PUT"), &json!("a=b"), &json!("a=b"))
    );
}
