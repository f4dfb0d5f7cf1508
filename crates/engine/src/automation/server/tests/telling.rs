//! What happens in Basecamp starts a flow on the server: the app tells it, once, whatever comes between.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::commands::*;
use contract::{Code, FlowId, FlowPlace, FlowView, Kind, Row, RunStatus, RunSummary};
use flow::{Flow, PieceCall, Step, Trigger};
use futures::StreamExt;
use serde_json::{Value, json};
use sim::activepieces::{Execute, Job, Outcome, Progress};

use super::{PASSWORD, World, document};

/// Brings for the trigger what started the run.
struct Begins;

impl Execute for Begins {
    fn execute(&self, job: Job, _: Progress) -> futures::future::BoxFuture<'static, Outcome> {
        let told = json!({ "type": "PIECE_TRIGGER", "status": "SUCCEEDED", "input": {}, "output": job.payload, "duration": 1.0 });
        Box::pin(async move { Outcome::succeeded(flow::Map::from_iter([("trigger".to_owned(), told)])) })
    }
}

/// Starts when a to-do is overdue, and reads what it is called.
fn overdue() -> Flow {
    let call = PieceCall {
        piece: "@pmos/piece-basecamp".into(),
        version: "0.1.0".into(),
        operation: "item_overdue".into(),
        input: json!({ "items": ["Todo"] }).as_object().unwrap().clone(),
        ..PieceCall::default()
    };
    let mut flow = Flow::new("Late");
    flow.trigger = Trigger::piece("A to-do is overdue", call);
    let mut step = Step::code("step_1", "Read", "export const code = async (inputs) => inputs.title;");
    step.input_mut().unwrap().insert("title".into(), json!("{{trigger['output']['title']}} is late"));
    flow.steps = flow::Chain::from(vec![step]);
    flow
}

impl World {
    /// A flow that was moved to the server and is on there, as it was before and as it is.
    async fn told() -> (Self, FlowView, FlowView) {
        let world = Self::served_by(Arc::new(Begins)).await;
        world.connects(PASSWORD).await.unwrap();
        world.does(RunSync { full: false }).await;
        let text = serde_json::to_string(&overdue()).unwrap();
        let made = world.does(CreateFlow { name: "Late".into(), folder: String::new(), document: Some(text) }).await;
        let id = made.flow.id;
        let moved = world.does(MoveFlow { id, to: FlowPlace::Server }).await;
        assert_eq!(moved.flow.place, FlowPlace::Server, "{:?}", moved.gaps);
        let wanted = "PM OS tells the server when a to-do is overdue; while PM OS is closed the server hears nothing.";
        let told: Vec<_> = moved.gaps.iter().map(|gap| (gap.step.as_str(), gap.words.as_str(), gap.stops)).collect();
        assert_eq!(told, [("trigger", wanted, false)]);
        let view = world.does(ShowFlow { id, known: None }).await;
        assert_eq!(view.told.as_deref(), Some(wanted));
        let view = world.does(PublishFlow { id, revision: view.revision, allow: Vec::new() }).await;
        (world, made, view)
    }

    async fn todos(&self) -> Vec<Row> {
        let find = json!({ "kinds": ["todo"] });
        let find: FindTasks = serde_json::from_value(find).unwrap();
        let rows = self.does(find).await;
        rows.into_iter().filter(|row| !row.id.is_local() && row.kind == Kind::Todo).collect()
    }

    /// Makes an open to-do overdue that was not made so before; what it is called.
    async fn is_late(&self) -> String {
        let day = Some("2026-11-02".parse().unwrap());
        let todo = self.todos().await.into_iter().find(|row| row.due_on != day).unwrap();
        let late = json!({ "id": todo.id, "due_on": "2026-11-02" });
        self.does(serde_json::from_value::<UpdateTodo>(late).unwrap()).await;
        todo.title
    }

    async fn runs_of(&self, id: FlowId) -> Vec<RunSummary> {
        self.does(ListRuns { flow: Some(id), statuses: Vec::new(), tests: false, before: None, limit: None }).await.runs
    }

    /// Waits until the runs of a flow are as wanted.
    async fn runs_are(&self, id: FlowId, wanted: impl Fn(&[RunSummary]) -> bool) -> Vec<RunSummary> {
        let mut ear = Box::pin(self.engine.attach(None, self.caller.workspace));
        loop {
            let runs = self.runs_of(id).await;
            if wanted(&runs) {
                return runs;
            }
            let heard = tokio::time::timeout(Duration::from_secs(20), ear.next()).await;
            assert!(heard.is_ok(), "nothing more is heard of {runs:#?}");
        }
    }

    /// How often the server was called.
    fn calls(&self) -> usize {
        self.server.writes().iter().filter(|write| write.path.contains("/webhooks/")).count()
    }
}

fn stand(runs: &[RunSummary]) -> Vec<RunStatus> {
    runs.iter().map(|run| run.status).collect()
}

#[tokio::test]
async fn what_happens_while_the_server_is_away_is_kept_and_told_later_once() {
    let (world, _, view) = World::told().await;
    let id = view.flow.id;
    world.cuts();
    let title = world.is_late().await;
    let runs = world.runs_are(id, |runs| !runs.is_empty()).await;
    assert_eq!((stand(&runs), runs[0].place), (vec![RunStatus::Queued], FlowPlace::Server));
    assert_eq!(runs[0].cause, format!("“{title}” is overdue"));
    let shown = world.does(ShowRun { id: runs[0].id }).await;
    assert!(shown.steps[0].output.contains(&title), "{:?}", shown.steps);
    world.settles().await;
    assert_eq!(world.calls(), 0, "nobody calls a server that is away");
    // It outlives the app.
    let world = world.restarts().await;
    world.mends();
    world.connects(PASSWORD).await.unwrap();
    world.settles().await;
    let runs = world.runs_are(id, |runs| stand(runs) == [RunStatus::Succeeded]).await;
    assert_eq!(runs[0].cause, format!("“{title}” is overdue"), "its run says what started it");
    world.looks().await;
    world.looks().await;
    assert_eq!((world.calls(), world.runs_of(id).await.len()), (1, 1));
    let run = world.does(ShowRun { id: runs[0].id }).await;
    let output: Value = serde_json::from_str(&run.steps[0].output).unwrap();
    assert_eq!(output["body"]["title"], json!(title), "the server has what a run here would have");
}

#[tokio::test]
async fn what_was_sent_and_not_answered_is_looked_for_before_anything_else() {
    let (world, _, view) = World::told().await;
    world.server.faults().next(1, "POST", "/webhooks/", sim::Fault::DropAfter);
    let title = world.is_late().await;
    let runs = world.runs_are(view.flow.id, |runs| stand(runs) == [RunStatus::Succeeded]).await;
    assert_eq!((runs[0].cause.clone(), world.calls()), (format!("“{title}” is overdue"), 1));
}

#[tokio::test]
async fn what_nobody_can_tell_is_left_to_a_person() {
    let (world, _, view) = World::told().await;
    let id = view.flow.id;
    world.server.faults().next(1, "POST", "/webhooks/", sim::Fault::DropBefore);
    world.is_late().await;
    world.runs_are(id, |runs| stand(runs) == [RunStatus::Running]).await;
    world.settles().await;
    assert_eq!((stand(&world.runs_of(id).await), world.calls()), (vec![RunStatus::Running], 0), "it is not guessed");
    let world = world.restarts().await;
    world.connects(PASSWORD).await.unwrap();
    world.settles().await;
    assert_eq!((stand(&world.runs_of(id).await), world.calls()), (vec![RunStatus::Running], 0), "nor after a crash");
    world.passed.fetch_add(600_000, Ordering::SeqCst);
    world.looks().await;
    let runs = world.runs_of(id).await;
    assert_eq!((stand(&runs), world.calls()), (vec![RunStatus::Failed], 0));
    assert!(runs[0].failure.as_deref().unwrap().contains("try again"), "{runs:?}");
    world.does(RetryRun { id: runs[0].id, latest: false }).await;
    world.runs_are(id, |runs| stand(runs) == [RunStatus::Succeeded]).await;
    assert_eq!(world.calls(), 1);
}

#[tokio::test]
async fn a_flow_that_is_switched_off_is_not_told() {
    let (world, _, view) = World::told().await;
    let id = view.flow.id;
    world.does(SwitchFlow { id, on: false }).await;
    world.is_late().await;
    world.does(SwitchFlow { id, on: true }).await;
    world.is_late().await;
    let runs = world.runs_are(id, |runs| runs.iter().any(|run| run.status == RunStatus::Succeeded)).await;
    assert_eq!((runs.len(), world.calls()), (1, 1), "what was so when it was switched on starts nothing");
    // Somebody switches it off over there.
    let there = world.there("Late");
    world.server.edit(|foreign| {
        foreign.operate(&there, &json!({ "type": "CHANGE_STATUS", "request": { "status": "DISABLED" } }))
    });
    world.is_late().await;
    let runs = world.runs_are(id, |runs| runs.iter().any(|run| run.status == RunStatus::Failed)).await;
    let failed = runs.iter().find(|run| run.status == RunStatus::Failed).unwrap();
    assert!(failed.failure.as_deref().unwrap().contains("Switch it on"), "{failed:?}");
    assert_eq!(world.calls(), 1);
}

#[tokio::test]
async fn what_comes_back_from_the_server_is_what_went_there() {
    let (world, made, view) = World::told().await;
    let id = view.flow.id;
    let there = document(&view);
    assert_eq!(there.trigger.call().unwrap().piece, "@activepieces/piece-webhook");
    let title = there.step("step_1").unwrap().input().unwrap()["title"].clone();
    assert_eq!(title, json!("{{trigger['output']['body']['title']}} is late"));
    let sample: Value = serde_json::from_str(&view.samples[0].value).unwrap();
    assert!(sample["body"]["title"].is_string(), "{sample}");
    // The way back is a move: an edit cannot give the server a trigger that it has not.
    let fault = world.tries(RewindFlow { id, revision: view.revision, done: 0 }).await.unwrap_err();
    assert_eq!(fault.code, Code::Conflict, "{}", fault.message);
    world.cuts();
    world.is_late().await;
    world.runs_are(id, |runs| stand(runs) == [RunStatus::Queued]).await;
    world.mends();
    let back = world.does(MoveFlow { id, to: FlowPlace::Here }).await;
    assert_eq!((back.flow.place, back.gaps.len()), (FlowPlace::Here, 0), "{:?}", back.gaps);
    let view = world.does(ShowFlow { id, known: None }).await;
    assert_eq!(document(&view).document(), document(&made).document());
    assert_eq!(view.told, None);
    let sample: Value = serde_json::from_str(&view.samples[0].value).unwrap();
    assert!(sample["title"].is_string(), "{sample}");
    world.settles().await;
    assert!(stand(&world.runs_of(id).await) != [RunStatus::Queued], "nothing of it waits for the server any more");
}
