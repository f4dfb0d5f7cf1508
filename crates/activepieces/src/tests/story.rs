//! The whole against the stand-in of such a server, which was written without a look at this client: signing up, building,
//! editing beside somebody else, publishing, running, watching, moving, deleting.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use flow::{Flow, Map, Op, PieceCall, Place, RunStatus, Slot, Step, Trigger};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sim::activepieces::{Activepieces, Execute, Installation, Job, Options, Outcome, Progress};

use super::fake::apart;
use super::server::{Ada, PASSWORD, noon, patience};
use crate::moving::Counterpart;
use crate::{
    Address, Client, ConnectionFilter, ConnectionValue, Draft, Editor, Fault, Filed, FlowFilter, Hook, NewConnection,
    Newcomer, NoCache, Output, PieceFilter, Pieces, Resolution, Retry, RunFilter, Secret, Settings, Socket, ToldStatus,
    in_order,
};

/// Brings for each step its own name; fails at one that is called so.
struct Echo;

impl Execute for Echo {
    fn execute(&self, job: Job, progress: Progress) -> BoxFuture<'static, Outcome> {
        Box::pin(async move {
            let mut steps = Map::new();
            steps.insert(
                "trigger".to_owned(),
                json!({"type": "PIECE_TRIGGER", "status": "SUCCEEDED", "input": {}, "output": job.payload}),
            );
            for step in job.flow.steps.iter() {
                if job.step_to_test.as_ref().is_some_and(|only| *only != step.name) {
                    continue;
                }
                let fails = step.display_name == "Fails";
                let status = if fails { "FAILED" } else { "SUCCEEDED" };
                let mut told = json!({"type": "CODE", "status": status, "input": {}, "output": {"name": step.name}, "duration": 1.5});
                if fails {
                    told["errorMessage"] = json!(r#"{"__apErrorVersion":1,"message":"It failed"}"#);
                }
                progress.step(&step.name, &[], told.clone());
                steps.insert(step.name.clone(), told);
                if fails {
                    return Outcome::failed(steps);
                }
            }
            Outcome::succeeded(steps)
        })
    }
}

struct World {
    server: Activepieces,
    client: Client,
    seconds: Arc<AtomicI64>,
}

async fn world(installation: Option<Installation>) -> World {
    let seconds = Arc::new(AtomicI64::new(0));
    let told = seconds.clone();
    // Each look at the clock is a millisecond later, so that the latest is the latest.
    let clock = move || {
        let passed = told.fetch_add(1, Ordering::SeqCst);
        Timestamp::from_millisecond(noon().as_millisecond() + passed).unwrap()
    };
    let clock: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(clock);
    let options = Options {
        installation,
        clock: clock.clone(),
        execute: Some(Arc::new(Echo)),
        deletes_after: SignedDuration::from_secs(60),
        ..Options::default()
    };
    let server = Activepieces::start(options).await.unwrap();
    let settings = Settings {
        address: Address::parse(server.base_url()).unwrap(),
        credentials: Arc::new(Ada::default()),
        clock,
        patience: patience(),
    };
    let client = Client::new(settings).unwrap();
    World { server, client, seconds }
}

async fn signed_up() -> (World, String) {
    let world = world(None).await;
    let who = Newcomer {
        email: "ada@example.com".to_owned(),
        password: Secret::new(PASSWORD),
        first_name: "Ada".to_owned(),
        last_name: "Tester".to_owned(),
        platform: "Loopback".to_owned(),
    };
    let account = world.client.sign_up(&who).await.unwrap();
    let project = account.project_id.unwrap();
    (world, project)
}

fn code(name: &str, title: &str) -> Step {
    Step::code(name, title, "export const code = async () => 1;")
}

async fn webhook(client: &Client) -> Trigger {
    let pieces = Pieces::new(client.clone(), Arc::new(NoCache));
    let piece = pieces.metadata("@activepieces/piece-webhook", None, None).await.unwrap();
    let (operation, _) = &piece.triggers[0];
    let call = PieceCall {
        piece: piece.name.clone(),
        version: piece.version.clone(),
        operation: operation.clone(),
        input: json!({"authType": "none", "authFields": {}}).as_object().unwrap().clone(),
        property_settings: Map::new(),
    };
    Trigger::piece("Hook", call)
}

#[tokio::test]
async fn from_signing_up_to_a_run_that_is_looked_into() {
    let (world, project) = signed_up().await;
    let World { server, client, .. } = &world;
    client.health().await.unwrap();
    let features = client.flags().await.unwrap().features();
    assert!(features.failure_branches && features.too_old.is_none() && !features.api_keys);
    assert_eq!(client.projects(None, None).await.unwrap().items[0].id, project);
    let made = client.create_flow(&project, "Orders", Some(&Filed::Name("Shop".to_owned()))).await.unwrap();
    let id = made.flow_id().unwrap().to_owned();
    assert_eq!(client.folders(&project).await.unwrap().items[0].display_name, "Shop");
    let editor = Editor::open(client, &id, &features).await.unwrap();
    editor.edit("Trigger", Op::UpdateTrigger { trigger: Box::new(webhook(client).await) }).unwrap();
    editor.edit("Add", Op::add(Place::after("trigger"), code("step_1", "One"))).unwrap();
    editor.edit("Add", Op::add(Place::after("step_1"), code("step_2", "Two"))).unwrap();
    let mut router = Step::router("step_3", "Route", &["A", "B"]);
    router.chain_mut(Slot::Branch(1)).unwrap().push(code("step_4", "In B"));
    editor.edit("Add", Op::add(Place::after("step_2"), router)).unwrap();
    editor.edit("Copy", Op::DuplicateAction { name: "step_3".to_owned() }).unwrap();
    editor.edit("Behind", Op::add(Place::inside("step_1", Slot::OnFailure), code("step_9", "Mend"))).unwrap();
    let sent = editor.flush().await.unwrap();
    assert!(sent.dropped.is_empty() && editor.with(|draft| draft.divergence().is_none() && draft.stuck().is_none()));
    let there = server.look(|installation| installation.flow(&id)).unwrap();
    assert!(apart(&there, &editor.flow()).is_empty(), "{:#?}", apart(&there, &editor.flow()));
    let before = editor.flow();
    editor.edit("Delete", Op::DeleteAction { names: vec!["step_3".to_owned(), "step_1".to_owned()] }).unwrap();
    editor.flush().await.unwrap();
    editor.undo().unwrap();
    editor.flush().await.unwrap();
    assert!(apart(&before, &server.look(|installation| installation.flow(&id)).unwrap()).is_empty());
    // Only what is published runs.
    assert!(matches!(client.set_status(&id, flow::Status::Enabled).await.unwrap_err(), Fault::Conflict(_)));
    editor.edit("Publish", Op::LockAndPublish { status: None }).unwrap();
    let sent = editor.flush().await.unwrap();
    assert!(sent.dropped.is_empty(), "{sent:?}");
    assert_eq!(editor.flow().record.status, Some(flow::Status::Enabled));
    client.call_webhook(&id, Hook::Live, &json!({"customer": "Ada"})).await.unwrap();
    let run = loop {
        let page = client.runs(&project, &RunFilter::default(), None, None).await.unwrap();
        if let Some(run) = page.items.first() {
            break client.finished_run(&run.id).await.unwrap();
        }
    };
    assert_eq!(run.status, ToldStatus::Known(RunStatus::Succeeded));
    let names: Vec<&str> = in_order(&run.steps, &run.flow().unwrap()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[..3], ["trigger", "step_1", "step_2"]);
    let counts = client.count_runs(&project, None, None).await.unwrap();
    assert_eq!((counts[0].status.clone(), counts[0].count), (ToldStatus::Known(RunStatus::Succeeded), 1));
    // An edit of what runs opens a draft; what runs goes on.
    editor.edit("Break", Op::add(Place::after("step_2"), code("step_7", "Fails"))).unwrap();
    editor.flush().await.unwrap();
    assert_ne!(editor.flow().version_id(), before.version_id());
    assert_eq!(client.flow_versions(&id, None, None).await.unwrap().items.len(), 2);
    client.publish(&id, None).await.unwrap();
    client.call_webhook(&id, Hook::Live, &json!({})).await.unwrap();
    let failed = RunFilter { statuses: vec![ToldStatus::Known(RunStatus::Failed)], ..RunFilter::default() };
    let run = loop {
        if let Some(run) = client.runs(&project, &failed, None, None).await.unwrap().items.first() {
            break client.run(&run.id).await.unwrap();
        }
    };
    assert_eq!(run.failed.as_ref().unwrap().trouble.message, "It failed");
    let again = client.retry_run(&project, &run.id, Retry::FromFailedStep).await.unwrap();
    assert_eq!(again.id, run.id);
    assert_eq!(client.finished_run(&run.id).await.unwrap().status, ToldStatus::Known(RunStatus::Failed));
    assert_ne!(client.retry_run(&project, &run.id, Retry::OnLatestVersion).await.unwrap().id, run.id);
    server.look(|installation| installation.check()).unwrap();
}

#[tokio::test]
async fn beside_somebody_else_and_over_the_socket() {
    let (world, project) = signed_up().await;
    let World { server, client, seconds } = &world;
    let features = client.flags().await.unwrap().features();
    let id = client.create_flow(&project, "Orders", None).await.unwrap().flow_id().unwrap().to_owned();
    let editor = Editor::open(client, &id, &features).await.unwrap();
    editor.edit("Trigger", Op::UpdateTrigger { trigger: Box::new(webhook(client).await) }).unwrap();
    editor.edit("Add", Op::add(Place::after("trigger"), code("step_1", "One"))).unwrap();
    editor.flush().await.unwrap();
    // Somebody else edits: noticed, shown, brought together.
    assert_eq!(server.edit(|other| other.rename(&id, "Theirs")), 200);
    editor.edit("Add", Op::add(Place::after("step_1"), code("step_2", "Two"))).unwrap();
    editor.flush().await.unwrap();
    let way = editor.with(Draft::divergence).unwrap().three_way();
    assert!(way.is_clean());
    editor.resolve(&Resolution::Both(Box::new(way))).unwrap();
    editor.flush().await.unwrap();
    let there = server.look(|installation| installation.flow(&id)).unwrap();
    assert_eq!((there.display_name.as_str(), there.steps.len()), ("Theirs", 2));
    // Tests over the socket, and their results given back.
    let socket = Socket::connect(client, &project).await.unwrap();
    assert!(socket.lock(&id, false).await.unwrap().acquired);
    assert_eq!(socket.join(&id).await.unwrap().len(), 1);
    client.mock_trigger_event(&project, &id, &json!({"body": {"customer": "Ada"}})).await.unwrap();
    let version = editor.flow().version_id().unwrap().to_owned();
    let test = socket.test_step(&id, &version, "step_1").await.unwrap();
    assert!(test.success, "{test:?}");
    let kept = client.sample(&project, &id, &version, "step_1", flow::SampleSide::Output).await.unwrap();
    assert_eq!(kept, Some(json!({"name": "step_1"})));
    // The result is no edit: nobody has to decide about it.
    assert_eq!(editor.refresh().await.unwrap(), None);
    assert!(editor.flow().step("step_1").unwrap().sample_data().is_some());
    let mut watch = socket.test_flow(&version).await.unwrap();
    let mut steps = Vec::new();
    while let Some(progress) = watch.next().await.unwrap() {
        steps.extend(progress.step.map(|step| (step.name, step.step.output)));
    }
    assert!(steps.contains(&("step_2".to_owned(), Output::Value(json!({"name": "step_2"})))), "{steps:?}");
    // No list has it.
    assert!(client.runs(&project, &RunFilter::default(), None, None).await.unwrap().items.is_empty());
    assert!(client.run(&watch.run().id).await.unwrap().is_test);
    server.cut_sockets();
    let test = socket.test_step(&id, &version, "step_2").await.unwrap();
    assert!(test.success);
    // Deleted there while it is open here: the draft stays.
    server.edit(|other| other.delete_flow(&id));
    editor.refresh().await.unwrap();
    assert!(editor.edit("Add", Op::delete("step_2")).unwrap_err().message.contains("being deleted"));
    seconds.fetch_add(120_000, Ordering::SeqCst);
    assert!(client.is_deleted(&id).await.unwrap());
    assert!(editor.flush().await.is_ok() && matches!(editor.refresh().await, Err(Fault::NotFound(_))));
    assert_eq!(editor.flow().steps.len(), 2);
}

#[tokio::test]
async fn a_flow_moves_in_and_comes_back() {
    let (world, project) = signed_up().await;
    let client = &world.client;
    let connection = NewConnection {
        external_id: "http-main".to_owned(),
        display_name: "HTTP".to_owned(),
        piece_name: "@activepieces/piece-http".to_owned(),
        piece_version: None,
        value: ConnectionValue::Placeholder,
    };
    client.put_connection(&project, &connection).await.unwrap();
    let listed = client.connections(&project, &ConnectionFilter::default(), None, None).await.unwrap();
    assert!(!listed.items[0].is_active());
    let mut flow = Flow::new("Local");
    flow.trigger = webhook(client).await;
    let pieces = Pieces::new(client.clone(), Arc::new(NoCache));
    let listed = pieces.list(Some(&project), &PieceFilter::default()).await.unwrap();
    let http = listed.items.iter().find(|piece| piece.name.ends_with("piece-http")).unwrap();
    let call = PieceCall {
        piece: http.name.clone(),
        version: http.version.clone(),
        operation: "send_request".to_owned(),
        input: json!({"auth": "{{connections['http-main']}}", "url": "{{variables['URL']}}"})
            .as_object()
            .unwrap()
            .clone(),
        property_settings: Map::new(),
    };
    let mut each = Step::loop_on("step_1", "Each", "{{trigger['output']['body']['items']}}");
    each.chain_mut(Slot::Body).unwrap().push(Step::piece("step_2", "Ask", call));
    flow.steps = each.into();
    let same = |_: &PieceCall| Counterpart::Same;
    let moved = client.move_in(&project, &flow, None, &same).await.unwrap();
    assert!(apart(&moved.flow, &flow).is_empty());
    let told: Vec<&str> = moved.gaps.iter().map(|gap| gap.message.as_str()).collect();
    assert_eq!(told, ["There is no variable URL on the server. Make it there."]);
    client.create_variable(&project, "URL", &Secret::new("https://example.com")).await.unwrap();
    let again = client.move_into(&project, moved.flow.flow_id().unwrap(), &flow, &same).await.unwrap();
    assert!(again.gaps.is_empty(), "{:?}", again.gaps);
    let brought = client.bring(moved.flow.flow_id().unwrap(), &same).await.unwrap();
    assert!(apart(&brought.flow, &flow).is_empty() && brought.gaps.len() == 2);
    assert!(brought.flow.flow_id().is_none());
    let flows = client.flows(&project, &FlowFilter::default(), None, None).await.unwrap();
    assert_eq!(flows.items.len(), 1);
}

/// The sample of the stand-in: everything in it is read.
#[tokio::test]
async fn everything_of_the_sample_is_read() {
    let World { server, client, .. } = world(Some(Installation::sample(7, noon()))).await;
    // Its owner has another password: the server's own token serves.
    let ada = Ada { from_before: Some(Secret::new(server.token())), ..Ada::default() };
    let settings = Settings {
        address: client.address().clone(),
        credentials: Arc::new(ada),
        clock: Arc::new(noon),
        patience: patience(),
    };
    let client = Client::new(settings).unwrap();
    let project = server.project_id();
    let flows = client.flows(&project, &FlowFilter::default(), None, Some(100)).await.unwrap();
    assert!(flows.items.len() >= 3 && flows.unread == 0);
    let runs = crate::gather(1_000, |cursor| {
        let (client, project) = (client.clone(), project.clone());
        async move { client.runs(&project, &RunFilter::default(), cursor.as_deref(), Some(15)).await }
    })
    .await
    .unwrap();
    assert!(runs.len() >= 30, "{}", runs.len());
    for run in &runs {
        let run = client.run(&run.id).await.unwrap();
        let flow = run.flow().unwrap();
        assert_eq!(in_order(&run.steps, &flow).len(), run.steps.len());
        for step in run.steps.values() {
            if let Output::Link(link) = &step.output {
                client.large_output(link, 10 << 20).await.unwrap();
            }
        }
        if run.status == ToldStatus::Known(RunStatus::Failed) {
            let trouble = run.failed.unwrap().trouble;
            assert!(!trouble.message.is_empty() && !trouble.message.starts_with('{'), "{trouble:?}");
        }
    }
    let connections = client.connections(&project, &ConnectionFilter::default(), None, Some(100)).await.unwrap();
    assert!(connections.items.iter().any(|connection| !connection.is_active()) && connections.unread == 0);
    let pieces = Pieces::new(client.clone(), Arc::new(NoCache));
    for piece in pieces.list(Some(&project), &PieceFilter::default()).await.unwrap().items {
        let found = pieces.metadata(&piece.name, Some(&piece.version), Some(&project)).await.unwrap();
        assert_eq!((found.actions.len() as u64, found.triggers.len() as u64), (piece.actions, piece.triggers));
    }
    for table in client.tables(&project, None).await.unwrap().items {
        let fields = client.fields(&table.id).await.unwrap();
        let records = client.records(&table.id, &[], None, None).await.unwrap();
        assert!(!fields.items.is_empty() && records.unread == 0);
    }
}
