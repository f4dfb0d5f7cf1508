//! Testing over REST: one step, a trigger, and what tests brought.

use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::installation::Installation;
use super::piece;
use super::reply::Reply;
use super::runs::Begin;
use super::stamp;
use super::webhooks::TriggerEvent;

/// `/v1/sample-data…`
pub(super) fn sample_data(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => {
            all.known_project(ask.needed_param("projectId")?)?;
            let row = all.known_flow(ask.needed_param("flowId")?)?;
            let id = ask.needed_param("flowVersionId")?;
            let version = row.version(id).ok_or_else(|| Reply::not_found("flow_version", id))?;
            let key = match ask.needed_param("type")? {
                "OUTPUT" => "sampleDataFileId",
                "INPUT" => "sampleDataInputFileId",
                _ => return Err(Reply::validation("querystring/type Invalid option")),
            };
            let data = stamp::sample_of(version, ask.needed_param("stepName")?);
            let file = data.get(key).and_then(Value::as_str).and_then(|file| all.files.get(file));
            Ok(Reply::ok(file.cloned().unwrap_or_else(|| json!({}))))
        }
        ("POST", ["test-step"]) => {
            let body = ask.body()?;
            all.known_project(ask::text(&body, "projectId")?)?;
            let step = ask::text(&body, "stepName")?;
            let begin = test(all, ask::text(&body, "flowVersionId")?, Some(step))?;
            Ok(Reply::ok(all.queue(begin, ask.now)))
        }
        _ => Err(Reply::no_route()),
    }
}

/// A test of a version, or of one step of it, on what the trigger brought last.
pub(super) fn test(all: &Installation, version: &str, step: Option<&str>) -> Result<Begin, Reply> {
    let missing = || Reply::not_found("flow_version", version);
    let (row, found) = all.version(ask::id(version)?).ok_or_else(missing)?;
    if let Some(step) = step.filter(|step| found.step(step).is_none()) {
        let params = json!({ "entityType": "step", "entityId": step, "message": "The step was not found" });
        return Err(Reply::domain(404, "ENTITY_NOT_FOUND", params));
    }
    Ok(Begin {
        project: row.project.clone(),
        flow: row.id.clone(),
        version: version.to_owned(),
        is_test: true,
        step_to_test: step.map(str::to_owned),
        payload: all.samples(found).remove("trigger").unwrap_or_else(|| json!({})),
    })
}

/// `/v1/test-trigger`
pub(super) fn test_trigger(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    all.known_project(ask::text(&body, "projectId")?)?;
    let flow = all.known_flow(ask::text(&body, "flowId")?)?.id.clone();
    match ask.method {
        "DELETE" => {
            all.listening.remove(&flow);
            Ok(Reply::empty(200))
        }
        "POST" => {
            let version = ask::text(&body, "flowVersionId")?;
            let row = all.known_flow(&flow)?;
            let found = row.version(version).ok_or_else(|| Reply::not_found("flow_version", version))?;
            let trigger = found
                .trigger
                .call()
                .and_then(|call| piece::find(&call.piece, None)?.meta.triggers.get(&call.operation).cloned());
            let Some(trigger) = trigger else {
                let params = json!({
                    "flowId": flow, "flowVersionId": version, "standardOutput": "",
                    "standardError": "The trigger was not found",
                });
                return Err(Reply::domain(400, "TRIGGER_UPDATE_STATUS", params));
            };
            match ask::text(&body, "testStrategy")? {
                "SIMULATION" => {
                    all.listening.insert(flow);
                    Ok(Reply::empty(200))
                }
                "TEST_FUNCTION" => {
                    let sample = trigger.sample_data.unwrap_or_else(|| json!({}));
                    let event = all.keep_event(&flow, sample, ask.now);
                    let data: Vec<Value> = event.into_iter().collect();
                    Ok(Reply::ok(json!({ "data": data, "next": null, "previous": null })))
                }
                _ => Err(Reply::validation("body/testStrategy Invalid option")),
            }
        }
        _ => Err(Reply::no_route()),
    }
}

/// `/v1/trigger-events`
pub(super) fn trigger_events(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    match ask.method {
        "GET" => {
            all.known_project(ask.needed_param("projectId")?)?;
            let flow = all.known_flow(ask.needed_param("flowId")?)?.id.clone();
            let rows: Vec<&TriggerEvent> = all.events.iter().rev().filter(|event| event.flow == flow).collect();
            Reply::page(&rows, ask, 10, |event| &event.id, |event| event.json().to_string())
        }
        "POST" => {
            let body = ask.body()?;
            all.known_project(ask::text(&body, "projectId")?)?;
            let flow = all.known_flow(ask::text(&body, "flowId")?)?.id.clone();
            let payload = body.get("mockData").cloned().unwrap_or_default();
            let event = all.keep_event(&flow, payload, ask.now);
            event.map(Reply::ok).ok_or_else(|| Reply::not_found("flow", &flow))
        }
        _ => Err(Reply::no_route()),
    }
}
