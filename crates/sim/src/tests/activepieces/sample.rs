//! The server of the sample workspace.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Desk, Hand};
use crate::activepieces::{Installation, Options};

async fn desk() -> Desk {
    let hand = Hand::new();
    let clock = hand.clock();
    let installation = Some(Installation::sample(7, clock()));
    Desk::of(Options { installation, clock, ..Options::default() }, hand).await
}

#[tokio::test]
async fn three_flows_run_and_one_has_a_draft() {
    let desk = desk().await;
    desk.sound();
    let list = desk.good("GET", &format!("/v1/flows?projectId={}", desk.project), None).await;
    let rows = list["data"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    let mut drafts = 0;
    for row in rows {
        assert_eq!((&row["status"], &row["version"]["valid"]), (&Value::from("ENABLED"), &Value::from(true)));
        drafts += u32::from(row["version"]["id"] != row["publishedVersionId"]);
        let flow = flow::wire::read(&row.to_string()).unwrap();
        // What the steps name is installed, and every reference leads somewhere.
        let findings = flow::expr::check_references(&flow);
        assert!(findings.is_empty(), "{}: {findings:#?}", flow.display_name);
        for call in flow.trigger.call().into_iter().chain(flow.steps.walk().filter_map(|visit| visit.step.call())) {
            let piece = desk.good("GET", &format!("/v1/pieces/{}?version={}", call.piece, call.version), None).await;
            let known = |kind: &str| piece[kind].get(&call.operation).cloned();
            let operation = known("actions").or_else(|| known("triggers")).unwrap();
            for key in call.input.keys().filter(|key| *key != "auth") {
                assert!(operation["props"].get(key).is_some(), "{}: {key}", call.operation);
            }
            for (key, property) in operation["props"].as_object().unwrap() {
                let is_asked = property["required"] == true && property.get("defaultValue").is_none();
                assert!(!is_asked || call.input.contains_key(key), "{} lacks {key}", call.operation);
            }
        }
    }
    assert_eq!(drafts, 1);
    let connections = desk.good("GET", &format!("/v1/app-connections?projectId={}", desk.project), None).await;
    let states: Vec<&Value> = connections["data"].as_array().unwrap().iter().map(|row| &row["status"]).collect();
    assert_eq!(states.iter().filter(|state| **state == "ERROR").count(), 1);
    assert_eq!(connections["data"][0]["flowIds"].as_array().unwrap().len(), 3);
    assert_eq!(desk.server.look(|all| all.table_rows("Weekly reports").len()), 3);
}

#[tokio::test]
async fn three_weeks_of_runs_are_believable() {
    let desk = desk().await;
    let list = desk.good("GET", &format!("/v1/flow-runs?projectId={}&limit=100", desk.project), None).await;
    let rows = list["data"].as_array().unwrap();
    assert!((36..=44).contains(&rows.len()), "{}", rows.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row["status"].as_str().unwrap()).or_default() += 1;
    }
    for (status, least) in
        [("SUCCEEDED", 28), ("FAILED", 3), ("INTERNAL_ERROR", 1), ("TIMEOUT", 1), ("CANCELED", 1), ("PAUSED", 1)]
    {
        assert!(counts.get(status).is_some_and(|count| *count >= least), "{counts:?}");
    }
    let (mut slices, mut iterations, mut decoded, mut plain, mut slow) = (0, 0, 0, 0, 0);
    for row in rows {
        let run = desk.good("GET", &format!("/v1/flow-runs/{}", row["id"].as_str().unwrap()), None).await;
        assert!(!run.to_string().contains("sample-token") && !run.to_string().contains("sample-secret"));
        for step in run["steps"].as_object().unwrap().values() {
            slices += usize::from(step["outputType"] == "slice");
            iterations += step["output"]["iterations"].as_array().map_or(0, Vec::len);
            slow += usize::from(step["duration"].as_f64().is_some_and(|ms| ms > 60_000.0));
            if let Some(message) = step["errorMessage"].as_str() {
                match serde_json::from_str::<Value>(message) {
                    Ok(error) => decoded += usize::from(error["__apErrorVersion"] == 1),
                    Err(_) => plain += 1,
                }
            }
        }
    }
    assert!(slices >= 3 && iterations >= 4 && decoded >= 4 && plain >= 1 && slow == 1);
}

#[tokio::test]
async fn the_same_seed_makes_the_same_server() {
    let text = |seed: u64| format!("{:?}", Installation::sample(seed, super::super::noon()));
    assert_eq!(text(5), text(5));
    assert_ne!(text(5), text(6));
}

#[tokio::test]
async fn its_owner_signs_in() {
    let desk = desk().await;
    let body = serde_json::json!({ "email": "ada@example.com", "password": "Sample-1234" });
    let got = desk.post("/v1/authentication/sign-in", body).await;
    assert_eq!((got.status, got.body["projectId"].as_str()), (200, Some(desk.project.as_str())));
}
