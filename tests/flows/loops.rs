//! Automations that start themselves, alone or by way of others, come to rest.

use contract::commands::{ListRuns, ShowFlow};
use contract::{FlowId, RunStatus, RunSummary};
use flow::Step;
use serde_json::json;

use super::bad::is_sentence;
use super::runs::first_run;
use super::{Studio, flow, piece, says};

async fn runs(studio: &Studio, flow: FlowId) -> Vec<RunSummary> {
    let list = ListRuns { flow: Some(flow), statuses: Vec::new(), tests: true, before: None, limit: Some(200) };
    studio.does(list).await.runs
}

/// A list of the company that to-dos stand in, and its project.
async fn list(studio: &Studio) -> (String, String) {
    let todos = studio.todos().await;
    let (project, list) = todos.iter().find_map(|row| Some((row.project, row.parent?))).expect("there is no list");
    (project.to_string(), list.to_string())
}

/// Makes a to-do called so whenever one is made with this word in its title.
async fn echo(studio: &Studio, name: &str, word: &str, title: &str) -> contract::FlowView {
    let (project, list) = list(studio).await;
    let starts = piece("@pmos/piece-basecamp", "0.1.0", "item_created", json!({ "items": ["Todo"], "words": word }));
    let make = json!({ "project": project, "parent": list, "title": title });
    let make = Step::piece("step_1", "Make one", piece("@pmos/piece-basecamp", "0.1.0", "create_todo", make));
    let draft = studio.draft(&flow(name, starts, vec![make, says("step_2", name)])).await;
    studio.publishes(&draft).await
}

async fn make(studio: &Studio, title: &str) {
    let (_, list) = list(studio).await;
    let todo = contract::commands::CreateTodo {
        parent: list.parse().unwrap(),
        title: title.into(),
        body: String::new(),
        starts_on: None,
        due_on: None,
        assignees: Vec::new(),
    };
    studio.does(todo).await;
}

/// Tells Slack of each to-do that is a marker.
async fn markers(studio: &Studio) -> contract::FlowView {
    let starts =
        piece("@pmos/piece-basecamp", "0.1.0", "item_created", json!({ "items": ["Todo"], "words": "Marker" }));
    let draft = studio.draft(&flow("Markers", starts, vec![says("step_1", "Looked at")])).await;
    studio.publishes(&draft).await
}

/// Returns once all that happened by now has been looked at: a marker that comes after it in the log has.
async fn looked_at(studio: &Studio, markers: &contract::FlowView) {
    make(studio, "Marker").await;
    studio.ended(first_run(studio, markers.flow.id).await).await;
}

#[tokio::test]
async fn what_an_automation_makes_does_not_start_it_again() {
    let studio = Studio::open().await;
    let alone = echo(&studio, "Alone", "Echo", "Echo of it").await;
    let markers = markers(&studio).await;
    make(&studio, "Echo 1").await;
    studio.ended(first_run(&studio, alone.flow.id).await).await;
    looked_at(&studio, &markers).await;
    assert_eq!(runs(&studio, alone.flow.id).await.len(), 1, "it started itself");
    let todos = studio.todos().await;
    assert_eq!(todos.iter().filter(|row| row.title.contains("Echo")).count(), 2);
    let view = studio.does(ShowFlow { id: alone.flow.id, known: None }).await;
    assert!(view.flow.state == contract::FlowState::On && view.read_only.is_none());
}

#[tokio::test]
async fn two_that_start_each_other_come_to_rest_and_one_may_start_another() {
    let studio = Studio::open().await;
    let ping = echo(&studio, "Ping", "Ball", "Shot").await;
    let pong = echo(&studio, "Pong", "Shot", "Ball back").await;
    let markers = markers(&studio).await;
    make(&studio, "Ball 1").await;
    studio.ended(first_run(&studio, pong.flow.id).await).await;
    looked_at(&studio, &markers).await;
    let counts = (runs(&studio, ping.flow.id).await.len(), runs(&studio, pong.flow.id).await.len());
    assert_eq!(counts, (1, 1), "they go round");
}

#[tokio::test]
async fn a_flow_that_calls_itself_ends_with_a_sentence() {
    let studio = Studio::open().await;
    let called = piece(
        "@activepieces/piece-subflows",
        "0.4.14",
        "callableFlow",
        json!({ "mode": "simple", "exampleData": { "sampleData": {} } }),
    );
    let draft = studio.draft(&flow("Itself", called, vec![says("step_1", "Once more")])).await;
    let id = draft.flow.id;
    let again = json!({ "mode": "simple", "flow": { "externalId": id.to_string() }, "flowProps": { "payload": {} }, "waitForResponse": true });
    let again = Step::piece("step_2", "Again", piece("@activepieces/piece-subflows", "0.4.14", "callFlow", again));
    let op = flow::Op::add(flow::Place::after("step_1"), again);
    let edit = contract::commands::EditFlow {
        id,
        revision: draft.revision,
        label: "Call it".into(),
        operations: serde_json::to_string(&[op]).unwrap(),
    };
    studio.does(edit).await;
    let draft = studio.does(ShowFlow { id, known: None }).await;
    studio.publishes(&draft).await;
    let run = studio.does(contract::commands::RunFlow { id, payload: Some("{}".into()) }).await;
    let run = studio.ended(run.id).await;
    assert_eq!(run.run.status, RunStatus::Failed);
    let why = run.run.failure.unwrap();
    is_sentence(&why);
    assert!(why.contains("call each other") && why.contains("condition"), "{why}");
    assert_eq!(runs(&studio, id).await.len(), 16);
    assert_eq!(studio.posts().await.len(), 16);
    assert_eq!(studio.does(ShowFlow { id, known: None }).await.document, draft.document);
}
