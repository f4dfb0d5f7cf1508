//! The canvas with an automation of 2,000 steps in the app's real window, beside the same graph drawn by React Flow in WebKit's
//! own little browser through the same driver: how soon it is there, how it moves, and what an edit touches. Without a page by
//! React Flow (`cargo xtask bench canvas` builds it) the canvas is measured alone. The argument `quick` gives a look at it
//! with few frames.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench speaks on the console and may fail aloud; it shares words with other benches and tests"
)]

mod account;
mod branching;
#[path = "../tests/desk/driver.rs"]
mod driver;
mod figure;
#[path = "canvas/graph.rs"]
mod graph;
#[path = "canvas/hand.rs"]
mod hand;
#[path = "canvas/react_flow.rs"]
mod react_flow;
#[path = "canvas/serve.rs"]
mod serve;
#[path = "canvas/studio.rs"]
mod studio;

use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::{Engine, Options, Pace};
use flow::Flow;
use serde_json::json;
use sim::{Sim, Size};
use tempfile::TempDir;

use branching::branching;
use figure::{median, percentile, tell};
use hand::{Motion, Seen, Touched};

const STEPS: usize = 2_000;
/// The flow that is open before, so that everything is loaded.
const BEFORE: usize = 3;
const OPEN_MS: f64 = 250.0;
const FRAME_MS: f64 = 20.0;
const TIMES_BETTER: f64 = 5.0;
/// What `cargo xtask bench` tells where the page by React Flow is.
const REACT_FLOW: &str = "PMOS_BENCH_REACT_FLOW";

/// How much is looked at.
#[derive(Clone, Copy)]
struct Effort {
    /// How often it is opened.
    openings: usize,
    /// How many frames each motion lasts.
    frames: usize,
}

#[tokio::main]
async fn main() {
    let is_quick = std::env::args().skip(1).any(|argument| argument == "quick");
    let effort = if is_quick { Effort { openings: 1, frames: 40 } } else { Effort { openings: 5, frames: 240 } };
    let sim = Sim::start(sim::Options { size: Size::sample(), limit: None, ..sim::Options::default() }).await.unwrap();
    let data = TempDir::with_prefix("pmos-bench-").unwrap();
    let (large, small) = (branching("Large", STEPS), branching("Small", BEFORE));
    let ids = fill(data.path(), &sim, [&large, &small]).await;

    let (ours, pane) = studio::measure(data.path(), ids, effort).await;
    let mut theirs = Vec::new();
    if let Some(page) = std::env::var_os(REACT_FLOW).map(PathBuf::from) {
        let graph = graph::of(&large, &pane);
        for only_visible in [false, true] {
            theirs.push(react_flow::measure(&page, data.path(), &graph, &pane, only_visible, effort).await);
        }
    } else {
        eprintln!("    no page by React Flow: the canvas is measured alone");
    }
    sim.stop().await;
    tell_opening(&ours, &theirs);
    tell_motion(&ours, &theirs);
    tell_zoomed_out(&ours, &theirs);
    tell_edit(&ours, &theirs);
}

/// Puts these automations into a workspace of the app; their ids.
async fn fill(data: &Path, sim: &Sim, flows: [&Flow; 2]) -> [i64; 2] {
    let options = Options { pace: Pace::unhurried(), ..Options::new(data.to_owned()).without_schedule() };
    let engine = Engine::open(options).await.unwrap();
    let workspace = account::fetch(&engine, sim).await;
    let mut ids = [0; 2];
    for (id, flow) in ids.iter_mut().zip(flows) {
        let new = json!({ "name": flow.display_name, "document": serde_json::to_string(flow).unwrap() });
        let made = account::call(&engine, Some(workspace), "flow.create", new).await;
        let told = &made["flow"]["id"];
        *id = told.as_i64().or_else(|| told.as_str()?.parse().ok()).expect("a flow has an id");
    }
    engine.close().await;
    ids
}

/// What was seen of one way to draw the graph.
struct Measured {
    /// What it is called in the figures.
    name: &'static str,
    /// Milliseconds from the route, or the data, to cards on the screen.
    openings: Vec<f64>,
    /// Milliseconds between frames while nothing moves.
    rest: Vec<f64>,
    /// Milliseconds between frames in each motion at each zoom.
    frames: Vec<Seen>,
    /// What an edit changed.
    edit: Touched,
}

impl Measured {
    fn p95(&self, zoom: &str, motion: Motion) -> f64 {
        let seen = self.frames.iter().find(|seen| seen.zoom == zoom && seen.motion == motion);
        percentile(&seen.expect("each zoom is measured").frames, 95)
    }
}

/// The least of a figure among those beside us, with who has it.
fn best(theirs: &[Measured], of: impl Fn(&Measured) -> f64) -> Option<(f64, &'static str)> {
    theirs.iter().map(|one| (of(one), one.name)).min_by(|a, b| a.0.total_cmp(&b.0))
}

fn beside(best: Option<(f64, &'static str)>) -> String {
    best.map(|(ms, name)| format!("; React Flow, {name}: {ms:.1} ms")).unwrap_or_default()
}

fn tell_opening(ours: &Measured, theirs: &[Measured]) {
    let half = median(&ours.openings);
    let worst = percentile(&ours.openings, 100);
    tell(
        &format!("From the route to the cards of {STEPS} steps on the screen, after another automation"),
        &format!("{OPEN_MS} ms"),
        &format!("half {half:.0} ms, worst {worst:.0} ms{}", beside(best(theirs, |one| median(&one.openings)))),
        Some(half <= OPEN_MS),
    );
}

fn tell_motion(ours: &Measured, theirs: &[Measured]) {
    for seen in &ours.frames {
        let (zoom, motion) = (seen.zoom, seen.motion);
        let p95 = ours.p95(zoom, motion);
        let measured = format!(
            "p95 {p95:.1} ms, half {:.1} ms, at rest {:.1} ms{}",
            median(&seen.frames),
            median(&ours.rest),
            beside(best(theirs, |one| one.p95(zoom, motion)))
        );
        let what = format!("{} {STEPS} steps, {zoom} ({:.2}): a frame", motion.words(), seen.scale);
        tell(&what, &format!("p95 {FRAME_MS} ms"), &measured, Some(p95 <= FRAME_MS));
    }
}

fn tell_zoomed_out(ours: &Measured, theirs: &[Measured]) {
    let ratio = |motion: Motion| {
        best(theirs, |one| one.p95(hand::FIT, motion)).map(|(theirs, _)| theirs / ours.p95(hand::FIT, motion))
    };
    let what = "Zoomed out, beside React Flow: p95 of a frame";
    let limit = format!("{TIMES_BETTER} times shorter");
    match (ratio(Motion::Pan), ratio(Motion::Zoom)) {
        (Some(pan), Some(zoom)) => {
            let measured = format!("{pan:.1} times shorter while panning, {zoom:.1} while zooming");
            tell(what, &limit, &measured, Some(pan.min(zoom) >= TIMES_BETTER));
        }
        _ => tell(what, &limit, "not measured: React Flow's page could not be built", None),
    }
}

fn tell_edit(ours: &Measured, theirs: &[Measured]) {
    let Touched { inside, outside, around } = ours.edit;
    let others = theirs.iter().map(|one| format!("{} and {} ({})", one.edit.inside, one.edit.outside, one.name));
    let others: Vec<String> = others.collect();
    let beside = if others.is_empty() { String::new() } else { format!("; React Flow {}", others.join(", ")) };
    tell(
        "DOM nodes of the canvas that an edit of one step changes outside its card",
        "none",
        &format!("{outside}, {inside} in the card, {around} in the bars around{beside}"),
        Some(outside == 0 && inside > 0),
    );
}

/// Long enough for what has moved to come to rest.
const REST: Duration = Duration::from_millis(600);
