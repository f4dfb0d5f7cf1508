//! What the runner adds to a step: a flow whose steps change nothing outside, against a bare loop that calls the same action
//! as often; with events kept in memory, and with events kept in the store as the app does it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench speaks on the console and may fail aloud; it shares words with other benches"
)]

#[path = "../../../benches/figure.rs"]
mod figure;
#[path = "flows/journals.rs"]
mod journals;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use flow::{Flow, PieceCall, RunStatus, Step, Trigger};
use jiff::Timestamp;
use runner::pieces::{HttpLimits, of_a_server};
use runner::{
    Call, Catalog, Ends, Failure, Journal, Key, Map, Piece, Program, Recent, Reply, Rules, RunId, Runner, Secret,
    Secrets, Sizes, Standing, Start, SystemClock, sandbox,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use figure::{median, percentile, tell};
use journals::{Memory, Stored};

const STEPS: usize = 2_000;
const ROUNDS: usize = 7;
const PIECE: &str = "@activepieces/piece-text-helper";
const ACTION: &str = "concat";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pieces = of_a_server(HttpLimits::default(), None).unwrap();
    let texts = pieces.iter().find(|piece| piece.describe().name == PIECE).unwrap().clone();
    let catalog = Arc::new(Catalog::new(pieces));
    let program = Arc::new(Program::new(&flow()).unwrap());

    let folder = tempfile::TempDir::new().unwrap();
    let stored = Arc::new(Stored::open(folder.path(), ROUNDS + 1).await);
    let (mut bare, mut in_memory, mut in_store) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let times = (
            by_hand(texts.as_ref()).await,
            run(runner(&catalog, Arc::new(Memory::default())), &program, "run-0").await,
            run(runner(&catalog, stored.clone()), &program, &format!("run-{round}")).await,
        );
        // The first of all warms up.
        if round > 0 {
            bare.push(times.0);
            in_memory.push(times.1);
            in_store.push(times.2);
        }
    }
    stored.close().await;
    let alone = median(&bare);
    tell(
        &format!("A bare loop that calls one action {STEPS} times"),
        "",
        &format!("half {alone:.2} µs a call, p95 {:.2} µs", percentile(&bare, 95)),
        None,
    );
    for (where_, times) in
        [("in memory", &in_memory), ("in the store, each on the disk before the next step", &in_store)]
    {
        let half = median(times);
        let ratios: Vec<f64> = times.iter().zip(&bare).map(|(run, bare)| run / bare).collect();
        tell(
            &format!("The same as a run of {STEPS} steps, with its events {where_}"),
            "",
            &format!(
                "half {half:.1} µs a step, p95 {:.1} µs: {:.1} µs more than the call, {:.0} times the bare loop",
                percentile(times, 95),
                half - alone,
                median(&ratios)
            ),
            None,
        );
    }
}

/// What each step is given.
fn input() -> Map {
    json!({ "texts": ["Order", "4711"], "separator": " " }).as_object().unwrap().clone()
}

fn flow() -> Flow {
    let step = |number: usize| {
        let call = PieceCall {
            piece: PIECE.to_owned(),
            version: "0.5.0".to_owned(),
            operation: ACTION.to_owned(),
            input: input(),
            ..PieceCall::default()
        };
        Step::piece(format!("step_{number}"), "Write the subject", call)
    };
    let call = PieceCall {
        piece: "@activepieces/piece-webhook".to_owned(),
        version: "0.1.34".to_owned(),
        operation: "catch_webhook".to_owned(),
        ..PieceCall::default()
    };
    let steps: Vec<Step> = (1..=STEPS).map(step).collect();
    Flow { trigger: Trigger::piece("An order comes in", call), steps: steps.into(), ..Flow::new("Long") }
}

fn runner(catalog: &Arc<Catalog>, journal: Arc<dyn Journal>) -> Runner {
    Runner {
        pieces: catalog.clone(),
        secrets: Arc::new(Nothing),
        journal,
        clock: Arc::new(SystemClock),
        ends: Arc::new(Nothing),
        watch: None,
        rules: Rules::default(),
        code: sandbox::Limits::default(),
        sizes: Sizes::default(),
        recent: Recent::default(),
    }
}

/// Microseconds for each step of a whole run.
async fn run(runner: Runner, program: &Arc<Program>, id: &str) -> f64 {
    let begun = Instant::now();
    let mut run = runner.begin(id.into(), program.clone(), Start::default()).await.unwrap();
    let standing = runner.advance(&mut run, &CancellationToken::new()).await.unwrap();
    let took = each(begun);
    assert_eq!(standing, Standing::Ended(RunStatus::Succeeded));
    assert_eq!(run.steps().len(), STEPS + 1, "not every step was done");
    took
}

/// Microseconds for each call of the action with nothing around it.
async fn by_hand(piece: &dyn Piece) -> f64 {
    let (input, run) = (input(), RunId::from("by-hand"));
    let key = Key::of(&run, "step_1", &[]);
    let begun = Instant::now();
    for _ in 0..STEPS {
        let call = Call::new(ACTION, &input, &key, &run, "step_1", Timestamp::UNIX_EPOCH);
        assert_eq!(black_box(piece.run(&call).await), Ok(Reply::Done("Order 4711".into())));
    }
    each(begun)
}

fn each(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e6 / STEPS as f64
}

/// No secrets, and no other runs.
struct Nothing;

#[async_trait]
impl Secrets for Nothing {
    async fn connection(&self, _: &str) -> Result<Option<Secret>, String> {
        Ok(None)
    }

    async fn variable(&self, _: &str) -> Option<Value> {
        None
    }
}

#[async_trait]
impl Ends for Nothing {
    async fn outcome(&self, _: &RunId) -> Option<Result<Value, Failure>> {
        None
    }
}
