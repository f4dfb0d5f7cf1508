use contract::commands::*;
use contract::{FlowPlace, FlowState, FlowView, RunStatus, SecretText};
use flow::{Op, PieceCall, Place, Step, Trigger};
use serde_json::{Value, json};

use super::super::sample::ADDRESS;
use super::editing::allow;
use super::{OVERDUE, World, rename};

pub(super) fn anything() -> ConnectAutomationServer {
    ConnectAutomationServer { address: String::new(), email: String::new(), secret: SecretText::new(""), project: None }
}

fn call(piece: &str, version: &str, operation: &str, input: Value) -> PieceCall {
    PieceCall {
        piece: format!("@activepieces/piece-{piece}"),
        version: version.into(),
        operation: operation.into(),
        input: input.as_object().unwrap().clone(),
        ..PieceCall::default()
    }
}

/// A flow of the app that tells Slack whatever a webhook brings.
pub(super) async fn tells_slack(world: &World) -> FlowView {
    let made = world.does(CreateFlow { name: "Tell Slack".into(), folder: String::new(), document: None }).await;
    let hook = call("webhook", "0.1.34", "catch_webhook", json!({ "authType": "none", "authFields": {} }));
    let trigger = Trigger { name: "trigger".into(), ..Trigger::piece("Called", hook) };
    let auth = format!("{{{{connections['{}']}}}}", super::super::super::sample::SLACK);
    let text = "{{trigger['output']['body']['title']}} is late";
    let input = json!({ "auth": auth, "channel": "C02DELIVERY", "text": text });
    let step = Step::piece("step_1", "Tell", call("slack", "0.17.2", "send_channel_message", input));
    let ops = vec![Op::UpdateTrigger { trigger: Box::new(trigger) }, Op::add(Place::after("trigger"), step)];
    let operations = serde_json::to_string(&ops).unwrap();
    let edit = EditFlow { id: made.flow.id, revision: made.revision, label: "Build it".into(), operations };
    world.does(edit).await;
    world.does(ShowFlow { id: made.flow.id, known: None }).await
}

#[tokio::test]
async fn the_sample_offers_a_server_and_connects_with_nothing_filled_in() {
    let world = World::new().await;
    let offered = world.does(ShowAutomationServer {}).await;
    assert_eq!((offered.address.as_str(), offered.offer.as_deref()), ("", Some(ADDRESS)));
    let shown = world.does(anything()).await;
    assert_eq!((shown.address.as_str(), shown.account.as_str(), shown.fault), (ADDRESS, "Ada Sample", None));
    assert!(!shown.project.is_empty() && shown.version.starts_with("0.85"));
    assert_eq!(world.summary(OVERDUE).await.state, FlowState::On);
}

#[tokio::test]
async fn a_flow_that_moves_to_the_server_runs_there_and_slack_hears_of_it() {
    let world = World::new().await;
    let view = tells_slack(&world).await;
    let id = view.flow.id;
    world.does(anything()).await;
    let moved = world.does(MoveFlow { id, to: FlowPlace::Server }).await;
    assert_eq!((moved.flow.id, moved.flow.place, moved.flow.state), (id, FlowPlace::Server, FlowState::Draft));
    assert!(moved.gaps.iter().all(|gap| !gap.stops), "{:?}", moved.gaps);
    let view = world.does(ShowFlow { id, known: None }).await;
    assert!(!view.done.is_empty(), "what was done can still be taken back");
    let publish = PublishFlow { id, revision: view.revision, allow: allow() };
    assert_eq!(world.does(publish).await.flow.state, FlowState::On);
    let slack = world.desk().await.automations.sample_slack().unwrap();
    let before = slack.posted().len();
    let body = json!({ "title": "The offer" });
    let begun =
        world.does(RunFlow { id, payload: Some(json!({ "body": body, "title": "The offer" }).to_string()) }).await;
    let mut run = world.does(ShowRun { id: begun.id }).await;
    while !run.run.status.is_ended() {
        tokio::task::yield_now().await;
        run = world.does(ShowRun { id: begun.id }).await;
    }
    assert_eq!(run.run.status, RunStatus::Succeeded, "{:?}", run.steps);
    assert_eq!(slack.posted().len(), before + 1);
}

#[tokio::test]
async fn after_a_restart_the_stand_in_has_again_what_the_store_knows() {
    let world = World::new().await;
    let id = tells_slack(&world).await.flow.id;
    world.does(anything()).await;
    world.does(MoveFlow { id, to: FlowPlace::Server }).await;
    let view = world.does(ShowFlow { id, known: None }).await;
    world.does(PublishFlow { id, revision: view.revision, allow: allow() }).await;
    let view = world.view("Tell Slack").await;
    world.edits(&view, rename("Tell the team")).await;
    let overdue = world.summary(OVERDUE).await.id;
    world.does(DeleteFlow { id: overdue }).await;
    world.settles().await;
    let before = world.does(ListFlows {}).await;
    let world = world.restarts().await;
    world.looks().await;
    let mut after = world.does(ListFlows {}).await;
    for (flow, before) in after.iter_mut().zip(&before) {
        flow.changed_at = before.changed_at;
    }
    assert_eq!(after, before);
    let shown = world.does(ShowAutomationServer {}).await;
    assert_eq!((shown.fault, shown.waiting), (None, 0));
    // It is edited and runs as before.
    let view = world.view("Tell the team").await;
    assert!(view.flow.changed && view.flow.state == FlowState::On);
    world.edits(&view, rename("Tell everybody")).await;
    world.settles().await;
    let view = world.view("Tell everybody").await;
    assert_eq!((view.diverged, view.read_only), (None, None));
    let publish = PublishFlow { id, revision: view.revision, allow: allow() };
    assert!(!world.does(publish).await.flow.changed);
    let begun = world.does(RunFlow { id, payload: Some(json!({ "body": { "title": "Again" } }).to_string()) }).await;
    let mut run = world.does(ShowRun { id: begun.id }).await;
    while !run.run.status.is_ended() {
        tokio::task::yield_now().await;
        run = world.does(ShowRun { id: begun.id }).await;
    }
    assert_eq!(run.run.status, RunStatus::Succeeded, "{:?}", run.steps);
}
