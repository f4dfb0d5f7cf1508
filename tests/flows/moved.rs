//! An automation that runs in the app is moved to the server, runs there, and comes back.

use contract::commands::{
    ConnectAutomationServer, FindTasks, ListFlows, ListRuns, MoveFlow, SetOffline, ShowAutomationServer, ShowDirectory,
    ShowFlow, ShowRun, TestFlow, UpdateTodo,
};
use contract::{
    AutomationServer, CallState, Decision, FlowId, FlowPlace, FlowView, Kind, Row, RunStatus, RunSummary, SecretText,
};
use flow::Flow;
use serde_json::json;

use super::asked::{accepts, seen};
use super::{Studio, flow, piece, says};

impl Studio {
    /// The server that the sample offers.
    async fn connects(&self) -> AutomationServer {
        let address = self.does(ShowAutomationServer {}).await.offer.expect("the sample has a server to try");
        let (email, secret) = (String::new(), SecretText::new(""));
        self.does(ConnectAutomationServer { address, email, secret, project: None }).await
    }

    /// Makes an open to-do overdue that this person is to do.
    async fn is_late(&self, who: contract::PersonId) -> Row {
        let day = Some("2026-11-02".parse().unwrap());
        let find: FindTasks = serde_json::from_value(json!({ "kinds": ["todo"] })).unwrap();
        let rows = self.does(find).await.into_iter();
        let todo = rows.filter(|row| !row.id.is_local() && row.kind == Kind::Todo).find(|row| row.due_on != day);
        let todo = todo.expect("too few to-dos");
        let late = UpdateTodo {
            assignees: Some(vec![who]),
            due_on: Some(day),
            ..serde_json::from_value(json!({ "id": todo.id })).unwrap()
        };
        self.does(late).await;
        todo
    }

    /// Waits until there is such a run of a flow, the newest first.
    async fn run_of(&self, id: FlowId, wanted: impl Fn(&RunSummary) -> bool) -> RunSummary {
        let mut ear = Box::pin(self.engine.attach(None, self.caller.workspace));
        loop {
            let list = ListRuns { flow: Some(id), statuses: Vec::new(), tests: false, before: None, limit: None };
            let runs = self.does(list).await.runs;
            if let Some(run) = runs.iter().find(|run| wanted(run)) {
                return run.clone();
            }
            let heard =
                tokio::time::timeout(std::time::Duration::from_secs(20), futures::StreamExt::next(&mut ear)).await;
            assert!(heard.is_ok(), "nothing more is heard of {runs:#?}");
        }
    }

    /// How many messages to somebody name an item.
    async fn heard(&self, name: &str, todo: &Row) -> usize {
        let posts = self.posts().await;
        posts.iter().filter(|post| post.to == name && post.text.contains(&todo.title)).count()
    }
}

fn document(view: &FlowView) -> Flow {
    serde_json::from_str(view.document.as_deref().unwrap()).unwrap()
}

fn succeeded(place: FlowPlace, todo: &Row) -> impl Fn(&RunSummary) -> bool {
    let cause = format!("“{}” is overdue", todo.title);
    move |run| (run.place, run.status, &run.cause) == (place, RunStatus::Succeeded, &cause)
}

#[tokio::test]
async fn a_flow_is_moved_to_the_server_with_one_command_and_runs_there() {
    let studio = Studio::open().await;
    let hook = piece("@activepieces/piece-webhook", "0.1.34", "catch_webhook", json!({ "authType": "none" }));
    let draft = studio.draft(&flow("Moves", hook, vec![says("step_1", "Said on the server")])).await;
    studio.publishes(&draft).await;

    let server = studio.connects().await;
    assert_eq!(server.fault, None);
    assert!(!server.version.is_empty());

    let moved = studio.does(MoveFlow { id: draft.flow.id, to: FlowPlace::Server }).await;
    assert_eq!((moved.flow.id, moved.flow.place), (draft.flow.id, FlowPlace::Server), "{:#?}", moved.gaps);
    let before = studio.posts().await.len();
    let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
    assert_eq!(run.place, FlowPlace::Server);
    let run = studio.ended(run.id).await;
    assert_eq!(run.run.status, RunStatus::Succeeded, "{run:#?}");
    let posts = studio.posts().await;
    assert_eq!((posts.len(), posts[0].text.as_str()), (before + 1, "Said on the server"));

    let back = studio.does(MoveFlow { id: draft.flow.id, to: FlowPlace::Here }).await;
    assert_eq!(back.flow.place, FlowPlace::Here, "{:#?}", back.gaps);
    let view = studio.does(ShowFlow { id: draft.flow.id, known: None }).await;
    assert_eq!(view.flow.steps, 1);
}

/// The automation that the issue asks for, on the server: it goes on by itself there, with the app to tell it what happens.
#[tokio::test]
async fn the_overdue_to_do_reaches_its_assignee_through_the_server_too() {
    let studio = Studio::open().await;
    let talk = studio.talk().await;
    studio.says(&talk, "When a to-do is overdue, tell its assignee in Slack", Vec::new()).await;
    let id = studio.does(ListFlows {}).await[0].id;
    let taken = accepts(&studio, id).await;
    let view = studio.says(&talk, "Publish it", seen(&taken)).await;
    assert!(view.calls.iter().any(|call| call.state == CallState::Asked), "{view:#?}");
    studio.decides(&talk, &view, Decision::Allow).await;
    let people = studio.does(ShowDirectory {}).await.people;
    let person = people.into_iter().find(|person| !person.email.is_empty()).unwrap();
    let first = studio.is_late(person.id).await;
    studio.run_of(id, succeeded(FlowPlace::Here, &first)).await;
    assert_eq!(studio.heard(&person.name, &first).await, 1);

    // One command has it run on the server, which cannot hear of to-dos by itself.
    studio.connects().await;
    let before = studio.does(ShowFlow { id, known: None }).await;
    let moved = studio.does(MoveFlow { id, to: FlowPlace::Server }).await;
    assert_eq!(moved.flow.place, FlowPlace::Server, "{:#?}", moved.gaps);
    assert!(moved.gaps.iter().all(|gap| !gap.stops), "{:#?}", moved.gaps);
    let told = "PM OS tells the server when a to-do is overdue; while PM OS is closed the server hears nothing.";
    assert_eq!(moved.gaps[0].words, told);
    let there = studio.does(ShowFlow { id, known: None }).await;
    assert_eq!(there.told.as_deref(), Some(told));
    assert_eq!(there.flow.trigger, before.flow.trigger, "it is called as before");
    studio.publishes(&there).await;

    let second = studio.is_late(person.id).await;
    let run = studio.run_of(id, succeeded(FlowPlace::Server, &second)).await;
    let shown = studio.does(ShowRun { id: run.id }).await;
    assert!(shown.steps.len() > 2, "{shown:#?}");
    assert_eq!((studio.heard(&person.name, &second).await, studio.heard(&person.name, &first).await), (1, 1));

    // While the server cannot be reached it waits, and it is told afterwards.
    studio.does(SetOffline { offline: true }).await;
    let third = studio.is_late(person.id).await;
    let waits = studio.run_of(id, |run| run.status == RunStatus::Queued).await;
    assert_eq!((waits.place, waits.cause), (FlowPlace::Server, format!("“{}” is overdue", third.title)));
    assert_eq!(studio.heard(&person.name, &third).await, 0);
    studio.does(SetOffline { offline: false }).await;
    studio.run_of(id, succeeded(FlowPlace::Server, &third)).await;
    assert_eq!(studio.heard(&person.name, &third).await, 1);

    // And back: it is what it was, and the server is told no more.
    let back = studio.does(MoveFlow { id, to: FlowPlace::Here }).await;
    assert_eq!(back.flow.place, FlowPlace::Here, "{:#?}", back.gaps);
    let after = studio.does(ShowFlow { id, known: None }).await;
    assert_eq!(document(&after).document(), document(&before).document());
    studio.publishes(&after).await;
    let fourth = studio.is_late(person.id).await;
    studio.run_of(id, succeeded(FlowPlace::Here, &fourth)).await;
    assert_eq!(studio.heard(&person.name, &fourth).await, 1);
}
