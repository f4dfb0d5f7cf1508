use contract::commands::*;
use contract::{Code, FlowPlace, FlowState, RunStatus};
use flow::{Op, PieceCall, Trigger};
use serde_json::json;

use super::editing::allow;
use super::{OVERDUE, PASSWORD, TRIAGE, World, rename};

#[tokio::test]
async fn publishing_sends_what_waits_first() {
    let world = World::connected().await;
    let id = world.there(OVERDUE);
    let before = world.flow_there(&id).record.published_version_id;
    let edited = world.renames(OVERDUE, "Late").await;
    let publish = PublishFlow { id: edited.flow.id, revision: edited.revision, allow: allow() };
    let view = world.does(publish).await;
    assert_eq!((view.flow.state, view.flow.changed), (FlowState::On, false));
    assert!(view.published.contains("Late"));
    let there = world.flow_there(&id);
    assert_ne!(there.record.published_version_id, before);
    assert_eq!(there.display_name, "Late");
    let versions = world.does(ListFlowVersions { id: view.flow.id }).await;
    assert_eq!(versions.len(), 2);
}

#[tokio::test]
async fn a_flow_is_switched_here_and_there() {
    let world = World::connected().await;
    let (name, id) = (world.there(OVERDUE), world.summary(OVERDUE).await.id);
    assert_eq!(world.does(SwitchFlow { id, on: false }).await.state, FlowState::Off);
    assert_eq!(world.flow_there(&name).record.status, Some(flow::Status::Disabled));
    let on = json!({ "type": "CHANGE_STATUS", "request": { "status": "ENABLED" } });
    world.server.edit(|foreign| foreign.operate(&name, &on));
    world.looks().await;
    assert_eq!(world.summary(OVERDUE).await.state, FlowState::On);
}

#[tokio::test]
async fn a_flow_is_filed_there_too() {
    let world = World::connected().await;
    let id = world.summary(OVERDUE).await.id;
    for folder in ["Reports", "Quite new", ""] {
        world.does(FileFlow { id, folder: folder.into() }).await;
        assert_eq!(world.summary(OVERDUE).await.folder, folder);
        let there = world.flow_there(&world.there(OVERDUE)).record.folder_id;
        assert_eq!(there.is_none(), folder.is_empty());
        world.looks().await;
        assert_eq!(world.summary(OVERDUE).await.folder, folder);
    }
}

#[tokio::test]
async fn what_is_deleted_here_is_deleted_there() {
    let world = World::connected().await;
    let (name, id) = (world.there(TRIAGE), world.summary(TRIAGE).await.id);
    world.cuts();
    assert_eq!(world.tries(DeleteFlow { id }).await.unwrap_err().code, Code::Offline, "else it would come back");
    world.mends();
    world.does(DeleteFlow { id }).await;
    let flow = world.flow_there(&name);
    assert!(activepieces::is_being_deleted(&flow));
    world.looks().await;
    assert!(world.does(ListFlows {}).await.iter().all(|flow| flow.name != TRIAGE));
}

#[tokio::test]
async fn a_test_is_followed_to_its_end_and_its_outputs_become_samples() {
    let world = World::connected().await;
    let id = world.summary(OVERDUE).await.id;
    let payload = Some(json!({ "title": "Send the offer", "days_late": 4 }).to_string());
    let begun = world.does(TestFlow { id, payload }).await;
    assert!(begun.test && begun.place == FlowPlace::Server);
    let mut commits = world.desk().await.store.listen();
    while !world.does(ShowRun { id: begun.id }).await.run.status.is_ended() {
        commits.recv().await.unwrap();
    }
    while world.does(ShowFlow { id, known: None }).await.samples.iter().all(|sample| sample.step != "step_2") {
        commits.recv().await.unwrap();
    }
    let shown = world.does(ShowRun { id: begun.id }).await;
    assert_eq!(shown.run.status, RunStatus::Succeeded);
    let names: Vec<&str> = shown.steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["trigger", "step_1", "step_2", "step_3"]);
    assert!(shown.steps[0].output.contains("Send the offer"));
    let value = ShowRunValue { id: begun.id, step: "step_2".into(), within: Vec::new() };
    assert_eq!(world.does(value).await, r#"{"name":"step_2"}"#);
    let none = ShowRunValue { id: begun.id, step: "step_99".into(), within: Vec::new() };
    assert_eq!(world.tries(none).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_step_is_tried_alone() {
    let world = World::connected().await;
    let id = world.summary(OVERDUE).await.id;
    let trial = world.does(TestStep { id, step: "step_2".into() }).await;
    assert_eq!((trial.output.as_str(), trial.error), (r#"{"name":"step_2"}"#, None));
    let view = world.does(ShowFlow { id, known: None }).await;
    assert!(view.samples.iter().any(|sample| sample.step == "step_2" && sample.chosen));
    assert!(world.tries(TestStep { id, step: "step_99".into() }).await.is_err());
}

#[tokio::test]
async fn a_webhook_is_called_and_its_run_is_found() {
    let world = World::connected().await;
    let view = world.view(OVERDUE).await;
    let run = RunFlow { id: view.flow.id, payload: Some("{}".into()) };
    assert_eq!(world.tries(run).await.unwrap_err().code, Code::Conflict, "nobody but the server starts it");
    let input = json!({ "authType": "none", "authFields": {} });
    let call = PieceCall {
        piece: "@activepieces/piece-webhook".into(),
        version: "0.1.34".into(),
        operation: "catch_webhook".into(),
        input: input.as_object().unwrap().clone(),
        ..PieceCall::default()
    };
    let trigger = Box::new(Trigger { name: "trigger".into(), ..Trigger::piece("Called", call) });
    let edited = world.edits(&view, Op::UpdateTrigger { trigger }).await;
    let publish = PublishFlow { id: edited.flow.id, revision: edited.revision, allow: allow() };
    let published = world.does(publish).await;
    let address = published.address.unwrap();
    assert!(address.contains(&world.there(OVERDUE)), "{address}");
    let run = RunFlow { id: view.flow.id, payload: Some(json!({ "body": { "title": "Now" } }).to_string()) };
    let begun = world.does(run).await;
    assert!(!begun.test);
    world.looks().await;
    let shown = world.does(ShowRun { id: begun.id }).await;
    assert!(shown.run.status == RunStatus::Succeeded || !shown.run.status.is_ended());
}

#[tokio::test]
async fn a_run_is_tried_again_and_one_that_waits_is_ended() {
    let world = World::connected().await;
    let all = ListRuns { flow: None, statuses: vec![RunStatus::Failed], tests: false, before: None, limit: Some(200) };
    let failed = world.does(all).await.runs.into_iter().find(|run| run.place == FlowPlace::Server).unwrap();
    let shown = world.does(ShowRun { id: failed.id }).await;
    assert!(shown.steps.iter().any(|step| step.error.as_ref().is_some_and(|error| !error.message.is_empty())));
    let again = world.does(RetryRun { id: failed.id, latest: false }).await;
    assert_eq!(again.id, failed.id, "the same run goes on");
    let anew = world.does(RetryRun { id: failed.id, latest: true }).await;
    assert_ne!(anew.id, failed.id);
    assert!(
        world.tries(CancelRun { id: failed.id }).await.is_err()
            || world.does(ShowRun { id: failed.id }).await.run.status.is_ended()
    );
    let waits =
        ListRuns { flow: None, statuses: vec![RunStatus::Paused], tests: false, before: None, limit: Some(200) };
    let paused = world.does(waits).await.runs.into_iter().find(|run| run.place == FlowPlace::Server).unwrap();
    assert_eq!(world.does(CancelRun { id: paused.id }).await.status, RunStatus::Canceled);
}

#[tokio::test]
async fn what_the_server_has_to_build_with_is_offered() {
    let world = World::connected().await;
    let pieces = world.does(ListPieces {}).await;
    let basecamp = pieces.iter().find(|piece| piece.name == "@activepieces/piece-basecamp").unwrap();
    assert_eq!((basecamp.places.as_slice(), basecamp.metadata.as_str()), ([FlowPlace::Server].as_slice(), ""));
    let shown = world.does(ShowPiece { name: basecamp.name.clone(), version: None }).await;
    assert!(shown.metadata.contains("todo_overdue"));
    assert!(world.tries(ShowPiece { name: "@activepieces/piece-nobody".into(), version: None }).await.is_err());
    let connections = world.does(ListConnections {}).await;
    let slack = connections.iter().find(|connection| connection.key == "slack-main").unwrap();
    assert_eq!((slack.place, slack.flows > 0, &slack.fault), (FlowPlace::Server, true, &None));
    let old = connections.iter().find(|connection| connection.key == "openai-main").unwrap();
    assert!(old.fault.is_some());
    let new = |value: serde_json::Value| AddConnection {
        label: "Team bot!".into(),
        piece: "@activepieces/piece-slack".into(),
        place: FlowPlace::Server,
        value: contract::SecretText::new(value.to_string()),
    };
    let refused = json!({ "type": "CUSTOM_AUTH", "props": { "botToken": "not-a-token-77" } });
    let refused = world.tries(new(refused)).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (Code::Invalid, Some("value")));
    assert!(!refused.message.contains("not-a-token-77"));
    let browser = world.tries(new(json!({ "type": "OAUTH2" }))).await.unwrap_err();
    assert!(browser.message.contains("browser"));
    let made = world.does(new(json!({ "type": "CUSTOM_AUTH", "props": { "botToken": "xoxb-7" } }))).await;
    assert_eq!((made.key.as_str(), made.place), ("team-bot", FlowPlace::Server));
    let renamed = world.does(RenameConnection { id: made.id, label: "Bot".into() }).await;
    assert_eq!((renamed.id, renamed.label.as_str()), (made.id, "Bot"));
    world.does(ForgetConnection { id: made.id }).await;
    assert_eq!(world.tries(ForgetConnection { id: made.id }).await.unwrap_err().code, Code::NotFound);
    let id = world.summary(OVERDUE).await.id;
    let choices = |field: &str| ListChoices {
        id,
        step: "step_2".into(),
        field: field.into(),
        input: json!({ "auth": "{{connections['slack-main']}}" }).to_string(),
        search: None,
    };
    assert!(world.does(choices("channel")).await.options.contains("delivery"));
    world.cuts();
    world.looks().await;
    assert!(world.does(ListPieces {}).await.iter().all(|piece| piece.places.contains(&FlowPlace::Here)));
    assert!(world.does(ListConnections {}).await.iter().all(|one| one.place == FlowPlace::Here));
    // Who edits does not wait for a server that is away.
    world.renames(OVERDUE, "Late").await;
    assert_eq!(world.connects(PASSWORD).await.unwrap_err().code, Code::Offline);
    world.edits(&world.view("Late").await, rename("Later")).await;
}
