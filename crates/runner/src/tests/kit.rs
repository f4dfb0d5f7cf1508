//! What the tests stand on: a journal in memory that can crash, a clock that is set by hand, and a world in which effects
//! are counted.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use flow::piece::{Operation, PieceMetadata};
use flow::{Flow, PieceCall, Step, Trigger};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::{
    Call, Catalog, Clock, Delivery, Ends, Event, Failure, Journal, JournalError, Map, Piece, Program, Recent, Reply,
    Rules, Run, RunId, Runner, RunnerError, Secret, Secrets, Sizes, Standing, Start, Wait, sandbox,
};

/// When the next crash comes: before or after an event is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Crash {
    Before(usize),
    After(usize),
}

/// Keeps events as JSON texts, so that every one is read as it is after a crash.
#[derive(Default)]
pub(super) struct Memory {
    events: Mutex<HashMap<RunId, Vec<String>>>,
    big: Mutex<Vec<String>>,
    pub(super) crash: Mutex<Option<Crash>>,
    pub(super) is_down: Mutex<bool>,
    pub(super) appended: Mutex<usize>,
    pub(super) fetched: Mutex<usize>,
}

impl Memory {
    pub(super) fn restart(&self) {
        *self.is_down.lock().unwrap() = false;
    }

    pub(super) fn text(&self) -> String {
        let events = self.events.lock().unwrap().values().flatten().cloned().collect::<String>();
        events + &self.big.lock().unwrap().concat()
    }
}

#[async_trait]
impl Journal for Memory {
    async fn append(&self, run: &RunId, number: u64, event: &Event) -> Result<(), JournalError> {
        let down = || Err(JournalError::Failed("The power is gone.".into()));
        let mut is_down = self.is_down.lock().unwrap();
        if *is_down {
            return down();
        }
        let mut appended = self.appended.lock().unwrap();
        let nth = *appended;
        *appended += 1;
        let crash = *self.crash.lock().unwrap();
        if crash == Some(Crash::Before(nth)) {
            *is_down = true;
            return down();
        }
        let mut events = self.events.lock().unwrap();
        let events = events.entry(run.clone()).or_default();
        if events.len() as u64 != number {
            return Err(JournalError::Taken);
        }
        events.push(serde_json::to_string(event).unwrap());
        if crash == Some(Crash::After(nth)) {
            *is_down = true;
            return down();
        }
        Ok(())
    }

    async fn read(&self, run: &RunId) -> Result<Vec<Event>, JournalError> {
        let events = self.events.lock().unwrap();
        Ok(events.get(run).into_iter().flatten().map(|text| serde_json::from_str(text).unwrap()).collect())
    }

    async fn keep(&self, _: &RunId, value: &Value) -> Result<String, JournalError> {
        let mut big = self.big.lock().unwrap();
        big.push(value.to_string());
        Ok(format!("big-{}", big.len() - 1))
    }

    async fn fetch(&self, _: &RunId, handle: &str) -> Result<Value, JournalError> {
        *self.fetched.lock().unwrap() += 1;
        let nth: usize = handle.strip_prefix("big-").unwrap().parse().unwrap();
        self.big.lock().unwrap().get(nth).map(|text| serde_json::from_str(text).unwrap()).ok_or(JournalError::Gone)
    }
}

/// A clock that stands until it is set.
pub(super) struct Hands(tokio::sync::watch::Sender<Timestamp>);

impl Default for Hands {
    fn default() -> Self {
        Self(tokio::sync::watch::Sender::new("2026-11-21T09:00:00Z".parse().unwrap()))
    }
}

impl Hands {
    pub(super) fn set(&self, instant: Timestamp) {
        self.0.send_replace(instant);
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.0.send_modify(|now| *now += std::time::Duration::from_secs(seconds.unsigned_abs()));
    }
}

#[async_trait]
impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    async fn until(&self, instant: Timestamp) {
        self.0.subscribe().wait_for(|now| *now >= instant).await.unwrap();
    }
}

/// Connections and variables by name.
#[derive(Default)]
pub(super) struct Safe {
    pub(super) connections: BTreeMap<String, Value>,
    pub(super) variables: BTreeMap<String, Value>,
}

#[async_trait]
impl Secrets for Safe {
    async fn connection(&self, id: &str) -> Result<Option<Secret>, String> {
        match id {
            "locked" => Err("The vault is locked. Unlock it.".to_owned()),
            id => Ok(self.connections.get(id).cloned().map(Secret::new)),
        }
    }

    async fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).cloned()
    }
}

/// Which attempts fail.
pub(super) type Fails = Box<dyn Fn(&str, u32) -> bool + Send + Sync>;

/// What happens in the middle of an action.
pub(super) type Meanwhile = Box<dyn Fn(&str, bool) + Send + Sync>;

/// A piece whose actions are `pure`, `keyed`, `once`, `wait`, `approve`, `flow`, `respond` and `stop`. It brings its input and
/// counts its effects by their keys.
#[derive(Default)]
pub(super) struct World {
    /// Every effect, by key: how often it happened.
    pub(super) effects: Mutex<BTreeMap<String, usize>>,
    pub(super) calls: Mutex<Vec<String>>,
    /// Which attempts fail, told by key and attempt.
    pub(super) fails: Mutex<Option<Fails>>,
    /// Called before an effect (`false`) and after it (`true`).
    pub(super) meanwhile: Mutex<Option<Meanwhile>>,
    pub(super) clock: Mutex<Option<(Arc<Hands>, i64)>>,
}

pub(super) const WORLD: &str = "@test/world";

#[async_trait]
impl Piece for World {
    fn describe(&self) -> PieceMetadata {
        let operation = |name: &str| (name.to_owned(), Operation { name: name.to_owned(), ..Operation::default() });
        let names = ["pure", "keyed", "once", "doubt", "wait", "approve", "flow", "respond", "stop", "hang"];
        PieceMetadata {
            name: WORLD.to_owned(),
            display_name: "World".to_owned(),
            version: "1.0.0".to_owned(),
            actions: names.into_iter().map(operation).collect(),
            ..PieceMetadata::default()
        }
    }

    fn delivery(&self, action: &str, _: &Map) -> Delivery {
        match action {
            "keyed" => Delivery::Keyed,
            "once" | "doubt" => Delivery::Once,
            _ => Delivery::Pure,
        }
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        self.calls.lock().unwrap().push(call.step.to_owned());
        if let Some((clock, seconds)) = &*self.clock.lock().unwrap() {
            clock.pass(*seconds);
        }
        let key = call.key.as_str();
        let output = json!({ "step": call.step, "input": call.input });
        let response = || crate::Response { status: 201, headers: Map::new(), body: call.input["body"].clone() };
        match call.action {
            "wait" => {
                let at = call.text("at").parse().unwrap();
                return Ok(Reply::Wait(json!({}), Wait::Until { at, output: json!({ "success": true }) }));
            }
            "approve" => {
                let wait = Wait::Approval { question: call.text("question") };
                return Ok(Reply::Wait(json!({ "approved": true }), wait));
            }
            "flow" => return Ok(Reply::Wait(json!({}), Wait::Flow { run: RunId(call.text("run")) })),
            "respond" => return Ok(Reply::Respond(output, response())),
            "stop" => return Ok(Reply::Stop(output, response())),
            "hang" => std::future::pending().await,
            _ => {}
        }
        let fails = self.fails.lock().unwrap().as_ref().is_some_and(|fails| fails(key, call.attempt));
        let during = |is_done| {
            if let Some(meanwhile) = &*self.meanwhile.lock().unwrap() {
                meanwhile(call.step, is_done);
            }
        };
        during(false);
        if fails {
            return Err(Failure::new(format!("{} failed at attempt {}", call.step, call.attempt)));
        }
        let mut effects = self.effects.lock().unwrap();
        match call.action {
            // Whoever gets a key a second time does nothing.
            "keyed" => drop(effects.entry(key.to_owned()).or_insert(1)),
            "once" | "doubt" => *effects.entry(key.to_owned()).or_insert(0) += 1,
            _ => {}
        }
        drop(effects);
        during(true);
        match call.action {
            "doubt" if call.attempt == 1 => Err(Failure::in_doubt("The answer was lost.")),
            _ => Ok(Reply::Done(output)),
        }
    }
}

/// Runs that others wait for.
#[derive(Default)]
pub(super) struct Others(pub Mutex<HashMap<RunId, Result<Value, Failure>>>);

#[async_trait]
impl Ends for Others {
    async fn outcome(&self, run: &RunId) -> Option<Result<Value, Failure>> {
        self.0.lock().unwrap().get(run).cloned()
    }
}

/// A runner with all of it.
pub(super) struct Kit {
    pub(super) journal: Arc<Memory>,
    pub(super) clock: Arc<Hands>,
    pub(super) world: Arc<World>,
    pub(super) others: Arc<Others>,
    pub(super) runner: Runner,
}

impl Kit {
    pub(super) fn new() -> Self {
        Self::with(Safe::default())
    }

    pub(super) fn with(safe: Safe) -> Self {
        let (journal, clock) = (Arc::new(Memory::default()), Arc::new(Hands::default()));
        let (world, others) = (Arc::new(World::default()), Arc::new(Others::default()));
        let runner = Runner {
            pieces: Arc::new(Catalog::new([world.clone() as Arc<dyn Piece>])),
            secrets: Arc::new(safe),
            journal: journal.clone(),
            clock: clock.clone(),
            ends: others.clone(),
            watch: None,
            rules: Rules::default(),
            code: sandbox::Limits::default(),
            sizes: Sizes::default(),
            recent: Recent::default(),
        };
        Self { journal, clock, world, others, runner }
    }

    pub(super) async fn begin(&self, flow: &Flow, payload: Value) -> Run {
        let start = Start { payload, ..Start::default() };
        self.runner.begin("run-1".into(), program(flow), start).await.unwrap()
    }

    pub(super) async fn advance(&self, run: &mut Run) -> Standing {
        self.runner.advance(run, &CancellationToken::new()).await.unwrap()
    }

    /// A run from its beginning as far as it goes.
    pub(super) async fn run(&self, flow: &Flow, payload: Value) -> Run {
        let mut run = self.begin(flow, payload).await;
        self.advance(&mut run).await;
        run
    }

    pub(super) async fn try_advance(&self, run: &mut Run) -> Result<Standing, RunnerError> {
        self.runner.advance(run, &CancellationToken::new()).await
    }
}

pub(super) fn program(flow: &Flow) -> Arc<Program> {
    Arc::new(Program::new(flow).unwrap())
}

/// A flow of these steps behind a trigger.
pub(super) fn flow(steps: Vec<Step>) -> Flow {
    let call = PieceCall {
        piece: "@activepieces/piece-webhook".to_owned(),
        version: "0.1.34".to_owned(),
        operation: "catch_webhook".to_owned(),
        ..PieceCall::default()
    };
    Flow { trigger: Trigger::piece("Hook", call), steps: steps.into(), ..Flow::new("Test") }
}

/// A step of the world.
pub(super) fn act(name: &str, action: &str, input: Value) -> Step {
    step_of(WORLD, name, action, input)
}

pub(super) fn step_of(piece: &str, name: &str, action: &str, input: Value) -> Step {
    let input = input.as_object().cloned().unwrap_or_default();
    let call = PieceCall {
        piece: piece.to_owned(),
        version: "1.0.0".to_owned(),
        operation: action.to_owned(),
        input,
        ..PieceCall::default()
    };
    Step::piece(name, name.to_uppercase(), call)
}

/// A step that runs code.
pub(super) fn code(name: &str, source: &str, input: Value) -> Step {
    let mut step = Step::code(name, name.to_uppercase(), source);
    *step.input_mut().unwrap() = input.as_object().cloned().unwrap_or_default();
    step
}

/// Has the flow go on when the step fails, or the step tried again.
pub(super) fn handling(mut step: Step, continues: bool, retries: bool) -> Step {
    let errors = flow::ErrorHandling {
        continue_on_failure: Some(continues),
        retry_on_failure: Some(retries),
        ..flow::ErrorHandling::default()
    };
    match &mut step.kind {
        flow::Kind::Code(code) => code.errors = errors,
        flow::Kind::Piece(piece) => piece.errors = errors,
        _ => panic!("a loop or router cannot fail by itself"),
    }
    step
}

/// Puts steps into a chain of a step.
pub(super) fn holding(mut step: Step, slot: flow::Slot, steps: Vec<Step>) -> Step {
    *step.chain_mut(slot).unwrap() = steps.into();
    step
}

/// The output of a step, which must have gone well.
pub(super) fn output(run: &Run, step: &str) -> Value {
    run.steps()[step]["output"].clone()
}

/// Numbers without a pattern that stand for one seed.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }
}
