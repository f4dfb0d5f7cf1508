//! Publishing, versions, deleting, folders: what happens around the edits of a flow.

use serde_json::{Value, json};

use super::{Desk, code, webhook};

#[tokio::test]
async fn an_edit_of_what_is_published_opens_a_version_with_an_id_of_its_own() {
    let desk = Desk::empty().await;
    let flow = desk.flow(true).await;
    let path = format!("/v1/flows/{flow}");
    let published = desk.get(&path).await.body;
    assert_eq!((&published["status"], &published["version"]["state"]), (&json!("ENABLED"), &json!("LOCKED")));
    assert_eq!(published["publishedVersionId"], published["version"]["id"]);
    desk.hand.forward(5);
    let edited = desk.operate(&flow, "ADD_ACTION", code("step_1", "step_2")).await.body;
    assert_eq!(edited["version"]["state"], "DRAFT");
    assert_ne!(edited["version"]["id"], published["version"]["id"]);
    assert_eq!(edited["publishedVersionId"], published["version"]["id"]);
    let further = desk.operate(&flow, "CHANGE_NAME", json!({ "displayName": "Two" })).await.body;
    assert_eq!(further["version"]["id"], edited["version"]["id"]);
    let versions = desk.get(&format!("{path}/versions")).await.body;
    let ids: Vec<&Value> = versions["data"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, [&edited["version"]["id"], &published["version"]["id"]]);
    assert!(versions["data"][0].get("trigger").is_none());
    // The earlier version is as it was, and can be had back.
    let earlier = published["version"]["id"].as_str().unwrap();
    let old = desk.get(&format!("{path}?versionId={earlier}")).await.body;
    assert_eq!(old["version"]["trigger"], published["version"]["trigger"]);
    let back = desk.operate(&flow, "USE_AS_DRAFT", json!({ "versionId": earlier })).await.body;
    assert_eq!(back["version"]["id"], edited["version"]["id"]);
    assert!(back["version"]["trigger"]["nextAction"].get("nextAction").is_none());
    let missing = desk.operate(&flow, "USE_AS_DRAFT", json!({ "versionId": "a".repeat(21) })).await;
    assert_eq!(missing.status, 404);
    desk.sound();
}

#[tokio::test]
async fn only_what_has_a_trigger_and_is_complete_is_published() {
    let desk = Desk::empty().await;
    let made = json!({ "projectId": desk.project, "displayName": "Bare" });
    let bare = desk.good("POST", "/v1/flows", Some(made)).await["id"].as_str().unwrap().to_owned();
    let on = desk.operate(&bare, "CHANGE_STATUS", json!({ "status": "ENABLED" })).await;
    assert_eq!((on.status, &on.body["params"]["entityType"]), (404, &json!("piece_trigger")));
    let flow = desk.flow(false).await;
    let mut half = code("step_1", "step_2");
    half["action"]["valid"] = json!(false);
    assert_eq!(desk.operate(&flow, "ADD_ACTION", half).await.body["version"]["valid"], false);
    let refused = desk.operate(&flow, "LOCK_AND_PUBLISH", json!({})).await;
    assert_eq!((refused.status, &refused.body["code"]), (400, &json!("FLOW_OPERATION_INVALID")));
    let skipped = desk.operate(&flow, "SET_SKIP_ACTION", json!({ "names": ["step_2"], "skip": true })).await;
    assert_eq!(skipped.body["version"]["valid"], true);
    let published = desk.operate(&flow, "LOCK_AND_PUBLISH", json!({ "status": "DISABLED" })).await;
    assert_eq!((published.status, &published.body["status"]), (200, &json!("DISABLED")));
    assert!(published.body.get("triggerSource").is_none());
    desk.sound();
}

#[tokio::test]
async fn a_schedule_is_told_while_it_runs() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let mut trigger = webhook();
    trigger["settings"] = json!({
        "pieceName": "@activepieces/piece-schedule", "pieceVersion": "^0.1.0", "triggerName": "every_week",
        "input": { "hour_of_the_day": 8, "day_of_the_week": 1, "timezone": "Europe/Berlin" }, "propertySettings": {},
    });
    let got = desk.operate(&flow, "UPDATE_TRIGGER", trigger).await.body;
    assert_eq!(got["version"]["trigger"]["settings"]["pieceVersion"], "0.1.17");
    let on = desk.operate(&flow, "LOCK_AND_PUBLISH", json!({})).await.body;
    assert_eq!(on["triggerSource"]["schedule"]["cronExpression"], "0 8 * * 1");
    assert_eq!(on["triggerSource"]["schedule"]["timezone"], "Europe/Berlin");
    let off = desk.operate(&flow, "CHANGE_STATUS", json!({ "status": "DISABLED" })).await.body;
    assert!(off.get("triggerSource").is_none());
}

#[tokio::test]
async fn a_deleted_flow_goes_a_while_after() {
    let desk = Desk::empty().await;
    let flow = desk.flow(true).await;
    let path = format!("/v1/flows/{flow}");
    assert_eq!(desk.send("DELETE", &path, None).await.status, 204);
    let got = desk.get(&path).await;
    assert_eq!((got.status, &got.body["operationStatus"]), (200, &json!("DELETING")));
    let edit = desk.operate(&flow, "CHANGE_NAME", json!({ "displayName": "x" })).await;
    assert_eq!((edit.status, &edit.body["code"]), (409, &json!("FLOW_OPERATION_IN_PROGRESS")));
    assert_eq!(desk.post(&format!("/v1/webhooks/{flow}"), json!({})).await.status, 410);
    desk.hand.forward(5);
    assert_eq!(desk.get(&path).await.status, 404);
    desk.sound();
}

#[tokio::test]
async fn lists_are_filtered_and_paged_both_ways() {
    let desk = Desk::empty().await;
    let folder = json!({ "projectId": desk.project, "displayName": "Own" });
    let folder = desk.good("POST", "/v1/folders", Some(folder)).await["id"].as_str().unwrap().to_owned();
    let mut ids = Vec::new();
    for number in 0..7 {
        desk.hand.forward(1);
        let body = json!({
            "projectId": desk.project, "displayName": format!("Flow {number}"),
            "folderId": (number % 2 == 0).then_some(&folder),
        });
        ids.push(desk.good("POST", "/v1/flows", Some(body)).await["id"].as_str().unwrap().to_owned());
    }
    ids.reverse();
    let list = format!("/v1/flows?projectId={}", desk.project);
    let page = async |path: String| {
        let body = desk.good("GET", &path, None).await;
        let rows: Vec<String> =
            body["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        (rows, body["next"].as_str().map(str::to_owned), body["previous"].as_str().map(str::to_owned))
    };
    let (first, next, previous) = page(format!("{list}&limit=3")).await;
    assert_eq!((first.as_slice(), previous), (&ids[..3], None));
    let (second, next, previous) = page(format!("{list}&limit=3&cursor={}", next.unwrap())).await;
    assert_eq!(second, ids[3..6]);
    assert_eq!(page(format!("{list}&limit=3&cursor={}", previous.unwrap())).await.0, first);
    let (third, next, _) = page(format!("{list}&limit=3&cursor={}", next.unwrap())).await;
    assert_eq!((third.as_slice(), next), (&ids[6..], None));
    assert_eq!(page(format!("{list}&limit=3&cursor=bm9uc2Vuc2U=")).await.0, first);
    assert_eq!(page(format!("{list}&limit=1000")).await.0.len(), 7);
    assert_eq!(page(format!("{list}&folderId=NULL")).await.0.len(), 3);
    assert_eq!(page(format!("{list}&folderId={folder}")).await.0.len(), 4);
    assert_eq!(page(format!("{list}&name=FLOW 3")).await.0, [ids[3].clone()]);
    assert_eq!(page(format!("{list}&status=ENABLED&status=DISABLED")).await.0.len(), 7);
    assert_eq!(page(format!("{list}&versionState=LOCKED")).await.0.len(), 0);
    assert_eq!(desk.get(&format!("{list}&limit=many")).await.status, 400);
    assert_eq!(desk.get(&format!("{list}&status=ODD")).await.status, 400);
    // A folder that goes takes no flow with it.
    assert_eq!(desk.send("DELETE", &format!("/v1/folders/{folder}"), None).await.status, 204);
    assert_eq!(page(format!("{list}&folderId=NULL")).await.0.len(), 7);
    desk.sound();
}

#[tokio::test]
async fn a_flow_goes_out_as_a_template_and_comes_in_as_an_import() {
    let desk = Desk::empty().await;
    let flow = desk.flow(true).await;
    let before = desk.get(&format!("/v1/flows/{flow}")).await.body;
    let template = desk.good("GET", &format!("/v1/flows/{flow}/template"), None).await;
    assert_eq!(template["pieces"], json!(["@activepieces/piece-webhook"]));
    let body = json!({ "projectId": desk.project, "displayName": "Copy", "folderName": "Copies" });
    let copy = desk.good("POST", "/v1/flows", Some(body)).await["id"].as_str().unwrap().to_owned();
    let mut request = template["flows"][0].clone();
    request.as_object_mut().unwrap().remove("valid");
    let got = desk.operate(&copy, "IMPORT_FLOW", request).await;
    assert_eq!(got.status, 200);
    let steps = |body: &Value| body["version"]["trigger"]["nextAction"]["settings"]["input"].clone();
    assert_eq!(steps(&got.body), steps(&before));
    assert_eq!(got.body["version"]["displayName"], "Echo");
}

/// 400 levels and 3,000 steps: nothing on the way may recurse with the depth.
#[tokio::test]
async fn a_deep_flow_comes_in_and_goes_out() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let mut document = flow::Flow::new("Deep");
    let mut chain = flow::Chain::new();
    for number in (0..3_000).rev() {
        let name = format!("step_{number}");
        let step = if number % 7 == 0 {
            let mut step = flow::Step::loop_on(&name, &name, "{{trigger['output']}}");
            *step.chain_mut(flow::Slot::Body).unwrap() = chain;
            step
        } else {
            let mut step = vec![flow::Step::code(&name, &name, "x")];
            step.extend(chain.into_steps());
            chain = step.into_iter().collect();
            continue;
        };
        chain = step.into();
    }
    document.steps = chain;
    let requests = flow::wire::requests(&flow::Op::ImportFlow { document: Box::new(document.document()) });
    let url = format!("{}/api/v1/flows/{flow}", desk.server.base_url());
    let request = desk.http.post(&url).bearer_auth(&desk.token).header("content-type", "application/json");
    let response = request.body(requests[0].clone()).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let text = response.text().await.unwrap();
    assert_eq!(flow::wire::read(&text).unwrap().steps.walk().count(), 3_000);
    let response = desk.http.get(&url).bearer_auth(&desk.token).send().await.unwrap();
    assert_eq!(flow::wire::read(&response.text().await.unwrap()).unwrap().steps.walk().count(), 3_000);
    desk.sound();
}

/// One import takes everything back; where the results of tests are has to be told again, but for the trigger's.
#[tokio::test]
async fn an_import_restores_a_flow_and_forgets_the_samples_of_its_actions() {
    let desk = Desk::empty().await;
    let flow = desk.flow(true).await;
    for step in ["trigger", "step_1"] {
        let save = json!({ "stepName": step, "payload": { "of": step }, "type": "OUTPUT" });
        desk.operate(&flow, "SAVE_SAMPLE_DATA", save).await;
    }
    let note = json!({
        "id": "n", "content": "Why", "color": "blue", "position": { "x": 1, "y": 2 }, "size": { "width": 3, "height": 4 },
    });
    let before = desk.operate(&flow, "ADD_NOTE", note).await.body;
    let version = &before["version"];
    desk.operate(&flow, "DELETE_ACTION", json!({ "names": ["step_1"] })).await;
    assert_eq!(desk.operate(&flow, "DELETE_NOTE", json!({ "id": "n" })).await.body["version"]["notes"], json!([]));
    let snapshot = json!({
        "displayName": version["displayName"], "trigger": version["trigger"], "notes": version["notes"],
        "schemaVersion": version["schemaVersion"],
    });
    let back = desk.operate(&flow, "IMPORT_FLOW", snapshot).await.body;
    assert_eq!((&back["status"], &back["publishedVersionId"]), (&before["status"], &before["publishedVersionId"]));
    let trigger = &back["version"]["trigger"];
    assert_eq!(back["version"]["notes"][0]["content"], "Why");
    let file = |settings: &Value| settings["sampleData"]["sampleDataFileId"].clone();
    assert_eq!(file(&trigger["settings"]), file(&version["trigger"]["settings"]));
    assert_eq!(trigger["nextAction"]["settings"]["sampleData"], json!({}));
    let kept = file(&version["trigger"]["nextAction"]["settings"]);
    let info = json!({ "stepName": "step_1", "sampleDataSettings": { "sampleDataFileId": kept } });
    let restored = desk.operate(&flow, "UPDATE_SAMPLE_DATA_INFO", info).await.body;
    assert_eq!(file(&restored["version"]["trigger"]["nextAction"]["settings"]), kept);
    let path = format!(
        "/v1/sample-data?projectId={}&flowId={flow}&flowVersionId={}&stepName=step_1&type=OUTPUT",
        desk.project,
        restored["version"]["id"].as_str().unwrap()
    );
    assert_eq!(desk.get(&path).await.body, json!({ "of": "step_1" }));
    desk.sound();
}
