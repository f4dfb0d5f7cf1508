use contract::commands::*;
use contract::{Code, FlowPlace, FlowState};
use flow::{Op, PieceCall, Place, Step, Trigger};
use serde_json::json;

use super::editing::allow;
use super::sample::{anything, tells_slack};
use super::{OVERDUE, TRIAGE, World, document, rename};

#[tokio::test]
async fn without_a_server_nothing_moves() {
    let world = World::new().await;
    let id = tells_slack(&world).await.flow.id;
    let fault = world.tries(MoveFlow { id, to: FlowPlace::Server }).await.unwrap_err();
    assert_eq!(fault.code, Code::NotFound);
    assert_eq!(world.does(ShowFlow { id, known: None }).await.flow.place, FlowPlace::Here);
}

#[tokio::test]
async fn a_connection_that_is_missing_there_is_said() {
    let world = World::connected().await;
    let id = tells_slack(&world).await.flow.id;
    let moved = world.does(MoveFlow { id, to: FlowPlace::Server }).await;
    assert_eq!(moved.flow.place, FlowPlace::Server, "it is chosen there");
    let gap = moved.gaps.iter().find(|gap| gap.words.contains("sample-slack")).unwrap();
    assert_eq!((gap.step.as_str(), gap.stops), ("step_1", true));
}

#[tokio::test]
async fn what_runs_in_the_app_only_keeps_a_flow_here() {
    let world = World::connected().await;
    let view = tells_slack(&world).await;
    let call = PieceCall {
        piece: "@pmos/piece-notification".into(),
        version: "1.0.0".into(),
        operation: "show".into(),
        ..PieceCall::default()
    };
    let step = Step::piece("step_2", "Notify", call);
    world.edits(&view, Op::add(Place::after("step_1"), step)).await;
    let flows = world.server.look(|all| all.flow_names().count());
    let moved = world.does(MoveFlow { id: view.flow.id, to: FlowPlace::Server }).await;
    assert_eq!(moved.flow.place, FlowPlace::Here);
    let gap = moved.gaps.iter().find(|gap| gap.step == "step_2").unwrap();
    assert!(gap.stops && gap.words.contains("Slack or e-mail"), "{}", gap.words);
    assert_eq!(world.server.look(|all| all.flow_names().count()), flows, "nothing was begun there");
}

#[tokio::test]
async fn a_flow_moves_there_and_back_and_stays_the_same() {
    let world = World::new().await;
    let before = tells_slack(&world).await;
    let id = before.flow.id;
    let kept =
        KeepSample { id, step: "trigger".into(), name: String::new(), value: r#"{"body":{"title":"T"}}"#.into() };
    world.does(kept).await;
    world.does(anything()).await;
    world.does(MoveFlow { id, to: FlowPlace::Server }).await;
    let view = world.does(ShowFlow { id, known: None }).await;
    world.does(PublishFlow { id, revision: view.revision, allow: allow() }).await;
    world.renames("Tell Slack", "Tell the team").await;
    let back = world.does(MoveFlow { id, to: FlowPlace::Here }).await;
    assert_eq!((back.flow.id, back.flow.place, back.flow.state), (id, FlowPlace::Here, FlowState::Draft));
    let view = world.does(ShowFlow { id, known: None }).await;
    assert_eq!((view.flow.name.as_str(), &view.read_only), ("Tell the team", &None));
    assert!(view.done.len() >= 2, "{:?}", view.done);
    assert_eq!(view.samples.len(), 1);
    let mut old = document(&before);
    old.display_name = "Tell the team".into();
    assert!(super::super::remote::alike(&old, &document(&view)));
    world.looks().await;
    let flows = world.does(ListFlows {}).await;
    assert_eq!(flows.iter().filter(|flow| flow.name == "Tell the team").count(), 1, "it is not found there again");
    // A second time it goes into the one that it left.
    world.edits(&view, rename("Tell all")).await;
    world.does(MoveFlow { id, to: FlowPlace::Server }).await;
    world.looks().await;
    let flows = world.does(ListFlows {}).await;
    let there: Vec<_> = flows.iter().filter(|flow| flow.name.starts_with("Tell ")).collect();
    assert_eq!((there.len(), there[0].place, there[0].name.as_str()), (1, FlowPlace::Server, "Tell all"));
    let desk = world.desk().await;
    let running = desk.server.stand_in.lock().await;
    let names = running
        .as_ref()
        .unwrap()
        .stand_in()
        .look(|all| all.flow_names().filter(|(_, n)| n.starts_with("Tell ")).count());
    assert_eq!(names, 1);
}

#[tokio::test]
async fn a_flow_whose_pieces_are_not_in_the_app_stays_there() {
    let world = World::connected().await;
    let id = world.summary(TRIAGE).await.id;
    let moved = world.does(MoveFlow { id, to: FlowPlace::Here }).await;
    assert_eq!(moved.flow.place, FlowPlace::Server);
    assert!(moved.gaps.iter().any(|gap| gap.stops && gap.words.contains("@activepieces/piece-")), "{:?}", moved.gaps);
}

#[tokio::test]
async fn a_flow_that_comes_here_is_switched_off_there() {
    let world = World::connected().await;
    let (id, name) = (world.summary(OVERDUE).await.id, world.there(OVERDUE));
    let view = world.view(OVERDUE).await;
    let hook = PieceCall {
        piece: "@activepieces/piece-webhook".into(),
        version: "0.1.34".into(),
        operation: "catch_webhook".into(),
        input: json!({ "authType": "none", "authFields": {} }).as_object().unwrap().clone(),
        ..PieceCall::default()
    };
    let trigger = Trigger { name: "trigger".into(), ..Trigger::piece("Called", hook) };
    world.edits(&view, Op::UpdateTrigger { trigger: Box::new(trigger) }).await;
    let moved = world.does(MoveFlow { id, to: FlowPlace::Here }).await;
    assert_eq!(moved.flow.place, FlowPlace::Here, "{:?}", moved.gaps);
    assert!(moved.gaps.iter().any(|gap| gap.words.contains("slack-main")), "its connection stays there");
    assert_eq!(world.flow_there(&name).record.status, Some(flow::Status::Disabled));
    let runs = ListRuns { flow: Some(id), statuses: Vec::new(), tests: false, before: None, limit: None };
    let runs = world.does(runs).await.runs;
    assert!(runs.iter().all(|run| run.place == FlowPlace::Server), "they ran where they ran");
    world.does(ShowRun { id: runs[0].id }).await;
    // It is gone there: it can still be taken here.
    let triage = world.there(TRIAGE);
    world.server.edit(|foreign| foreign.delete_flow(&triage));
}
