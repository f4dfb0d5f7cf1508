//! Stories on a real engine, with a stand-in of an Activepieces server beside it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod connecting;
mod editing;
mod living;
mod moving;
mod sample;
mod telling;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use contract::commands::*;
use contract::{AutomationServer, Caller, Command, Door, Fault, FlowEdited, FlowSummary, FlowView, SecretText};
use flow::{Flow, Op};
use jiff::Timestamp;
use sim::activepieces::{Activepieces, Execute, Installation, Job, Outcome, Progress};
use tempfile::TempDir;

use crate::desk::Desk;
use crate::handlers::flows::drafts::read_document;
use crate::options::{Clock, Options};
use crate::{Engine, Pace};

const PASSWORD: &str = "Sample-1234";
const EMAIL: &str = "ada@example.com";
const OVERDUE: &str = "Overdue to-dos to Slack";
const TRIAGE: &str = "New cards to triage";

/// Each look is a millisecond later, so that the latest is the latest.
fn clock(passed: Arc<AtomicI64>) -> Clock {
    let noon: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    Arc::new(move || {
        let passed = passed.fetch_add(1, Ordering::SeqCst);
        Timestamp::from_millisecond(noon.as_millisecond() + passed).unwrap()
    })
}

/// Brings for each step its name.
struct Echo;

impl Execute for Echo {
    fn execute(&self, job: Job, progress: Progress) -> futures::future::BoxFuture<'static, Outcome> {
        Box::pin(async move {
            let mut steps = flow::Map::new();
            for visit in job.flow.steps.walk() {
                let step = visit.step;
                if job.step_to_test.as_ref().is_some_and(|only| *only != step.name) {
                    continue;
                }
                let told = serde_json::json!({
                    "type": "PIECE", "status": "SUCCEEDED", "input": {}, "output": { "name": step.name }, "duration": 2.0,
                });
                progress.step(&step.name, &[], told.clone());
                steps.insert(step.name.clone(), told);
            }
            Outcome::succeeded(steps)
        })
    }
}

struct World {
    engine: Engine,
    caller: Caller,
    server: Activepieces,
    folder: TempDir,
    clock: Clock,
    /// In milliseconds.
    passed: Arc<AtomicI64>,
}

impl World {
    /// A sample workspace, and a server beside it that is not connected.
    async fn new() -> Self {
        Self::served_by(Arc::new(Echo)).await
    }

    /// The same with a server that has flows carried out by this.
    async fn served_by(execute: Arc<dyn Execute>) -> Self {
        let passed = Arc::new(AtomicI64::new(0));
        let clock = clock(passed.clone());
        let options = sim::activepieces::Options {
            installation: Some(Installation::sample(3, clock())),
            clock: clock.clone(),
            execute: Some(execute),
            ..sim::activepieces::Options::default()
        };
        let server = Activepieces::start(options).await.unwrap();
        let folder = TempDir::new().unwrap();
        let (engine, caller) = open(&folder, &clock).await;
        Self { engine, caller, server, folder, clock, passed }
    }

    async fn connected() -> Self {
        let world = Self::new().await;
        world.connects(PASSWORD).await.unwrap();
        world
    }

    async fn connects(&self, password: &str) -> Result<AutomationServer, Fault> {
        let address = self.server.base_url().to_owned();
        let secret = SecretText::new(password);
        self.tries(ConnectAutomationServer { address, email: EMAIL.into(), secret, project: None }).await
    }

    async fn tries<C: Command>(&self, command: C) -> Result<C::Reply, Fault> {
        let payload = serde_json::to_string(&command).unwrap();
        let reply = self.engine.call(&self.caller, C::NAME, &payload).await?;
        Ok(serde_json::from_str(&reply).unwrap())
    }

    async fn does<C: Command>(&self, command: C) -> C::Reply {
        match self.tries(command).await {
            Ok(reply) => reply,
            Err(fault) => panic!("{} said {:?}: {}", C::NAME, fault.code, fault.message),
        }
    }

    async fn desk(&self) -> Arc<Desk> {
        self.engine.desk(self.caller.workspace.unwrap()).await.unwrap()
    }

    /// Lets the loop look what the server has, and waits for it.
    async fn looks(&self) {
        let desk = self.desk().await;
        desk.server.bell.look();
        desk.server.settled().await;
    }

    /// Waits until what can be sent has been.
    async fn settles(&self) {
        self.desk().await.server.settled().await;
    }

    async fn summary(&self, name: &str) -> FlowSummary {
        let flows = self.does(ListFlows {}).await;
        flows.into_iter().find(|flow| flow.name == name && flow.place == contract::FlowPlace::Server).unwrap()
    }

    async fn view(&self, name: &str) -> FlowView {
        let id = self.summary(name).await.id;
        self.does(ShowFlow { id, known: None }).await
    }

    async fn edits(&self, view: &FlowView, op: Op) -> FlowEdited {
        let (id, revision) = (view.flow.id, view.revision);
        let operations = serde_json::to_string(&[op]).unwrap();
        self.does(EditFlow { id, revision, label: "Changed it".into(), operations }).await
    }

    async fn renames(&self, name: &str, to: &str) -> FlowEdited {
        let view = self.view(name).await;
        self.edits(&view, rename(to)).await
    }

    /// The server's id of a flow.
    fn there(&self, name: &str) -> String {
        self.server.look(|all| all.flow_names().find(|(_, called)| *called == name).unwrap().0.to_owned())
    }

    fn flow_there(&self, id: &str) -> Flow {
        self.server.look(|all| all.flow(id).unwrap())
    }

    /// Nothing comes through to the server from here on.
    fn cuts(&self) {
        for method in ["GET", "POST", "DELETE"] {
            self.server.faults().next(10_000, method, "/api/", sim::Fault::DropBefore);
        }
    }

    fn mends(&self) {
        self.server.faults().clear();
    }

    /// Ends the app, and starts it again on the same folder. The vault of a test forgets.
    async fn restarts(self) -> Self {
        let Self { engine, server, folder, clock, passed, .. } = self;
        engine.close().await;
        drop(engine);
        let (engine, caller) = open(&folder, &clock).await;
        Self { engine, caller, server, folder, clock, passed }
    }
}

fn rename(to: &str) -> Op {
    Op::ChangeName { display_name: to.to_owned() }
}

fn document(view: &FlowView) -> Flow {
    read_document(view.document.as_deref().unwrap()).unwrap()
}

async fn open(folder: &TempDir, clock: &Clock) -> (Engine, Caller) {
    let options = Options::new(folder.path().to_owned());
    let options = Options {
        clock: clock.clone(),
        vault: vault::Options::memory(),
        sample: crate::Sample { size: sim::Size::small(), ..options.sample },
        schedule: false,
        pace: Pace::unhurried(),
        patience: Duration::from_millis(1),
        ..options
    };
    let engine = Engine::open(options).await.unwrap();
    let person = Caller::person(Door::Window, None);
    let reply = engine.call(&person, OpenSample::NAME, "{}").await.unwrap();
    let workspace: contract::Workspace = serde_json::from_str(&reply).unwrap();
    let caller = person.in_workspace(workspace.id);
    (engine, caller)
}
