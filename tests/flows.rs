//! Automations from the first step to what others hear of them, through the same commands as a page's.

mod asked;
mod bad;
mod happens;
mod hooks;
mod loops;
mod moved;
mod paused;
mod proposed;
mod runs;

use contract::commands::{
    CheckFlow, CreateFlow, FindTasks, ListSamplePosts, OpenSample, PublishFlow, RunSync, ShowRun,
};
use contract::{Caller, Command, Door, Fault, FlowView, Kind, Row, RunId, RunView, SamplePost};
use engine::{Engine, Sample};
use flow::{Chain, Flow, PieceCall, Step, Trigger};
use serde_json::{Value, json};
use sim::Size;
use tempfile::TempDir;

use crate::support::{Time, call, options};

/// The sample workspace in a small company.
pub(crate) struct Studio {
    pub(crate) engine: Engine,
    pub(crate) caller: Caller,
    pub(crate) time: Time,
    pub(crate) folder: TempDir,
}

/// Runs are looked at no more often than this many times: each look comes after the feed said that one went on.
const LOOKS: usize = 2000;

impl Studio {
    pub(crate) async fn open() -> Self {
        let (time, folder) = (Time::new(), TempDir::new().unwrap());
        let engine = Engine::open(small(&folder, &time)).await.unwrap();
        Self::of(engine, time, folder).await
    }

    async fn of(engine: Engine, time: Time, folder: TempDir) -> Self {
        let person = Caller::person(Door::Window, None);
        let workspace = call(&engine, &person, OpenSample {}).await.unwrap();
        let caller = person.in_workspace(workspace.id);
        let studio = Self { engine, caller, time, folder };
        studio.does(RunSync { full: false }).await;
        studio
    }

    /// Ends the engine and starts it again on the same folder.
    pub(crate) async fn restarts(self) -> Self {
        self.restarts_as(|options| options).await
    }

    /// The same, started in another way.
    pub(crate) async fn restarts_as(self, change: impl FnOnce(engine::Options) -> engine::Options) -> Self {
        let Self { engine, time, folder, .. } = self;
        engine.close().await;
        drop(engine);
        let engine = Engine::open(change(small(&folder, &time))).await.unwrap();
        Self::of(engine, time, folder).await
    }

    pub(crate) async fn tries<C: Command>(&self, command: C) -> Result<C::Reply, Fault> {
        call(&self.engine, &self.caller, command).await
    }

    pub(crate) async fn does<C: Command>(&self, command: C) -> C::Reply {
        match self.tries(command).await {
            Ok(reply) => reply,
            Err(fault) => panic!("{} said {:?}: {}", C::NAME, fault.code, fault.message),
        }
    }

    /// A draft that is this flow.
    pub(crate) async fn draft(&self, flow: &Flow) -> FlowView {
        let document = Some(serde_json::to_string(flow).unwrap());
        self.does(CreateFlow { name: flow.display_name.clone(), folder: String::new(), document }).await
    }

    /// Publishes a draft with all that it needs.
    pub(crate) async fn publishes(&self, flow: &FlowView) -> FlowView {
        let check = self.does(CheckFlow { id: flow.flow.id, pending: false }).await;
        assert_eq!(check.errors, 0, "{}", check.findings);
        let allow = check.needs.into_iter().map(|need| need.key).collect();
        self.does(PublishFlow { id: flow.flow.id, revision: flow.revision, allow }).await
    }

    /// Waits until a run is as wanted.
    pub(crate) async fn run_is(&self, id: RunId, wanted: impl Fn(&RunView) -> bool) -> RunView {
        let mut ear = Box::pin(self.engine.attach(None, self.caller.workspace));
        for _ in 0..LOOKS {
            let run = self.does(ShowRun { id }).await;
            if wanted(&run) {
                return run;
            }
            let heard = futures::StreamExt::next(&mut ear);
            if tokio::time::timeout(std::time::Duration::from_secs(20), heard).await.is_err() {
                panic!("nothing more is heard of {run:#?}");
            }
        }
        panic!("run {id} never came so far");
    }

    pub(crate) async fn ended(&self, id: RunId) -> RunView {
        self.run_is(id, |run| run.run.status.is_ended()).await
    }

    pub(crate) async fn posts(&self) -> Vec<SamplePost> {
        self.does(ListSamplePosts {}).await
    }

    /// The to-dos that nobody has completed.
    pub(crate) async fn todos(&self) -> Vec<Row> {
        let find = FindTasks {
            project: None,
            assignee: None,
            unassigned: false,
            completed: None,
            due_from: None,
            due_to: None,
            blocked: false,
            text: None,
            kinds: vec![Kind::Todo],
            limit: Some(5000),
        };
        self.does(find).await
    }
}

fn small(folder: &TempDir, time: &Time) -> engine::Options {
    let sample = Sample { seed: 7, size: Size { projects: 2, recordings: 110 } };
    engine::Options { sample, ..options(folder, time) }
}

/// A flow of a trigger and steps.
pub(crate) fn flow(name: &str, starts: PieceCall, steps: Vec<Step>) -> Flow {
    let mut flow = Flow::new(name);
    flow.trigger = Trigger::piece("Starts it", starts);
    flow.steps = Chain::from(steps);
    flow
}

/// An action or trigger of a piece, with what it is given.
pub(crate) fn piece(piece: &str, version: &str, operation: &str, input: Value) -> PieceCall {
    PieceCall {
        piece: piece.into(),
        version: version.into(),
        operation: operation.into(),
        input: input.as_object().cloned().unwrap_or_default(),
        property_settings: flow::Map::new(),
    }
}

pub(crate) fn by_hand() -> PieceCall {
    piece("@activepieces/piece-manual-trigger", "0.0.5", "manual_trigger", json!({}))
}

/// A message to a channel of the sample's Slack.
pub(crate) fn says(name: &str, text: &str) -> Step {
    let input = json!({ "auth": "{{connections['sample-slack']}}", "channel": "C02DELIVERY", "text": text });
    Step::piece(name, "Say it", piece("@activepieces/piece-slack", "0.17.2", "send_channel_message", input))
}
