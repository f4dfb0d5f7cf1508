//! The app in its window on a store of 20,000 items: how soon it can be worked with, and what it takes while nobody does.
//! Beside it, by turns, a blank WebKitGTK window and a blank Chromium window, all started as a person starts them. Arguments name
//! parts to measure: `start`, `scroll`, `quick`, `stream`; without any it is all of them.
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
#[path = "window/app.rs"]
mod app;
#[path = "window/blank.rs"]
mod blank;
#[path = "../tests/desk/driver.rs"]
mod driver;
mod figure;
#[path = "../tests/desk/keyboard.rs"]
mod keyboard;
mod model;
#[path = "window/quick.rs"]
mod quick;
#[path = "window/scroll.rs"]
mod scroll;
#[path = "window/stream.rs"]
mod stream;
#[path = "window/tree.rs"]
mod tree;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use engine::{Engine, Options, Pace};
use serde_json::{Value, json};
use sim::{Sim, Size};
use tempfile::TempDir;

use app::App;
use blank::Blank;
use driver::Driver;
use figure::{median, tell};

const SIZE: Size = Size { projects: 50, recordings: 20_000 };
const PAIRS: usize = 5;
/// After so long a window is taken to have come to rest.
const REST: Duration = Duration::from_secs(5);
/// Long enough to hold the pass that looks for changes each minute.
const IDLE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(60);
const MORE_THAN_BLANK_MB: f64 = 60.0;
const IDLE_PER_CENT: f64 = 0.2;

const ROWS_ARE_THERE: &str = "return document.querySelectorAll('[data-row]').length > 0;";
/// What the app starts itself with where there is no graphics driver.
const CALM: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
const NEXT_FRAME: &str =
    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";

/// One start: milliseconds until the window could be used, megabytes once it had come to rest.
#[derive(Debug)]
struct Start {
    ms: f64,
    mb: f64,
}

#[tokio::main]
async fn main() {
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if wanted("start") {
        start_and_rest().await;
    }
    if wanted("scroll") {
        scroll::measure().await;
    }
    if wanted("quick") {
        quick::measure().await;
    }
    if wanted("stream") {
        stream::measure().await;
    }
}

async fn start_and_rest() {
    let sim = Sim::start(sim::Options { size: SIZE, limit: None, ..sim::Options::default() }).await.unwrap();
    let items = sim.truth().len();
    let data = TempDir::with_prefix("pmos-bench-").unwrap();
    fill(data.path(), &sim, "workspace.list").await;

    let (webkit, calm, chromium) = (Blank::webkit(&[]), Blank::webkit(&[CALM]), Blank::chromium());
    let mut starts = Starts::default();
    for pair in 0..=PAIRS {
        let app = start(data.path()).await;
        let (webkit, calm) = (webkit.start(REST).await, calm.start(REST).await);
        let chromium = match &chromium {
            Some(chromium) => Some(chromium.start(REST).await),
            None => None,
        };
        eprintln!(
            "    app {app:?}; blank WebKitGTK {webkit:?}, {}={} {calm:?}; blank Chromium {chromium:?}",
            CALM.0, CALM.1
        );
        // The first of all warms up.
        if pair > 0 {
            starts.app.push(app);
            starts.webkit.push(webkit);
            starts.calm.push(calm);
            starts.chromium.extend(chromium);
        }
    }
    let per_cent = idle(data.path()).await;
    starts.tell_start(items);
    starts.tell_memory();
    tell(
        &format!("Idle processor, over {} s with one look for changes in it", IDLE.as_secs()),
        &format!("under {IDLE_PER_CENT} % of a core"),
        &format!("{per_cent:.2} %"),
        Some(per_cent < IDLE_PER_CENT),
    );
    sim.stop().await;
}

/// Fetches the whole account into a data folder, asks for one thing more, and lets go of the folder again.
async fn fill(data: &Path, sim: &Sim, question: &str) -> Value {
    let options = Options { pace: Pace::unhurried(), ..Options::new(data.to_owned()).without_schedule() };
    let engine = Engine::open(options).await.unwrap();
    let workspace = account::fetch(&engine, sim).await;
    let answer = account::call(&engine, Some(workspace), question, json!({})).await;
    engine.close().await;
    answer
}

/// Opens a program's window through the driver, waits until `ready` answers true and a frame has followed.
async fn open(program: &str, arguments: &[&str], data: &Path, ready: &str) -> (Driver, f64) {
    let environment =
        [("PMOS_DATA_DIR".to_owned(), data.display().to_string()), (CALM.0.to_owned(), CALM.1.to_owned())];
    let driver = Driver::start_program(program, data, arguments, &environment).await;
    let client = driver.client();
    while client.execute(ready, Vec::new()).await.ok() != Some(Value::Bool(true)) {
        if driver.asked().elapsed() > PATIENCE {
            let source = client.source().await.unwrap_or_default();
            panic!("{program} did not get ready:\n{source}");
        }
        tokio::time::sleep(LOOK).await;
    }
    client.execute_async(NEXT_FRAME, Vec::new()).await.unwrap();
    let ms = driver.asked().elapsed().as_secs_f64() * 1000.0;
    (driver, ms)
}

async fn start(data: &Path) -> Start {
    let app = App::start(data).await;
    tokio::time::sleep(REST).await;
    let start = Start { ms: app.ms, mb: tree::megabytes(&app.processes()) };
    app.end().await;
    start
}

/// The share of one core that the app takes at rest, in hundredths.
async fn idle(data: &Path) -> f64 {
    let app = App::start(data).await;
    tokio::time::sleep(REST).await;
    let (before, begun) = (tree::processor(&app.processes()), Instant::now());
    tokio::time::sleep(IDLE).await;
    let used = tree::processor(&app.processes()).saturating_sub(before);
    let share = used.as_secs_f64() / begun.elapsed().as_secs_f64();
    app.end().await;
    share * 100.0
}

/// A program that the kernel ends should this one be killed.
fn guarded(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program).stdin(Stdio::null());
    command
}

/// Starts by turns: those of one number belong together.
#[derive(Default)]
struct Starts {
    app: Vec<Start>,
    webkit: Vec<Start>,
    /// WebKitGTK with the switch that the app sets for itself here.
    calm: Vec<Start>,
    /// None where there is no Chromium.
    chromium: Vec<Start>,
}

impl Starts {
    fn tell_start(&self, items: usize) {
        let ms = |starts: &[Start]| median(&starts.iter().map(|start| start.ms).collect::<Vec<_>>());
        let times = |of: &[Start]| median(&self.app.iter().zip(of).map(|(app, of)| app.ms / of.ms).collect::<Vec<_>>());
        let what = format!("From the start of the process to Today's rows on the screen, {items} items in the store");
        let limit = "no slower than a blank Chromium window";
        let own = ms(&self.app);
        if self.chromium.is_empty() {
            tell(&what, limit, &format!("{own:.0} ms; no Chromium here"), None);
        } else {
            let ratio = times(&self.chromium);
            let measured =
                format!("{own:.0} ms, {ratio:.2} times a blank Chromium window ({:.0} ms)", ms(&self.chromium));
            tell(&what, limit, &measured, Some(ratio <= 1.0));
        }
        let measured = format!("{:.2} times ({:.0} ms)", times(&self.webkit), ms(&self.webkit));
        tell("The same, beside a blank WebKitGTK window", "", &measured, None);
    }

    fn tell_memory(&self) {
        let mb = |starts: &[Start]| median(&starts.iter().map(|start| start.mb).collect::<Vec<_>>());
        let limit = format!("blank WebKitGTK + {MORE_THAN_BLANK_MB} MB");
        let beside = |what: &str, blank: &[Start]| {
            let more = median(&self.app.iter().zip(blank).map(|(app, blank)| app.mb - blank.mb).collect::<Vec<_>>());
            let measured = format!("{:.0} MB: {:.0} MB + {more:.0} MB", mb(&self.app), mb(blank));
            tell(what, &limit, &measured, Some(more <= MORE_THAN_BLANK_MB));
        };
        let rest = REST.as_secs();
        let what = format!(
            "Idle memory of the whole process tree (PSS), {rest} s after the start, beside a blank WebKitGTK window"
        );
        beside(&what, &self.webkit);
        // The app sets this switch for itself, and a blank window takes less with it as well.
        beside(&format!("The same, beside one with {}={}, as the app starts itself here", CALM.0, CALM.1), &self.calm);
        if !self.chromium.is_empty() {
            tell("The same of a blank Chromium window", "", &format!("{:.0} MB", mb(&self.chromium)), None);
        }
    }
}
