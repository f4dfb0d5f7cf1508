//! The app in its window on a store of 20,000 items: how soon it can be worked with, and what it takes while nobody does.
//! Beside it, by turns, a blank WebKitGTK window through the same driver, and a blank Chromium window. Arguments name parts to
//! measure: `start`, `scroll`, `quick`, `stream`; without any it is all of them.
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
#[path = "window/chromium.rs"]
mod chromium;
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

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::{Engine, Options, Pace};
use serde_json::{Value, json};
use sim::{Sim, Size};
use tempfile::TempDir;

use chromium::Chromium;
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
const PAGE_IS_THERE: &str = "return document.readyState === 'complete';";
const NEXT_FRAME: &str =
    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";

/// One start: milliseconds until the window could be used, megabytes once it had come to rest.
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

    let mut chromium = Chromium::find();
    let blank = mini_browser().expect("MiniBrowser comes with WebKitGTK's driver");
    let (mut app, mut webkit, mut chrome) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..=PAIRS {
        let starts = (
            start(env!("CARGO_BIN_EXE_pm-os"), &[], data.path(), ROWS_ARE_THERE).await,
            start(blank.to_str().unwrap(), &["--automation"], data.path(), PAGE_IS_THERE).await,
            match &mut chromium {
                Some(chromium) => Some(chromium.start(REST).await),
                None => None,
            },
        );
        eprintln!(
            "    app {:.0} ms, {:.0} MB; blank WebKitGTK {:.0} ms, {:.0} MB",
            starts.0.ms, starts.0.mb, starts.1.ms, starts.1.mb
        );
        // The first of all warms up.
        if pair > 0 {
            app.push(starts.0);
            webkit.push(starts.1);
            chrome.extend(starts.2);
        }
    }
    let per_cent = idle(data.path()).await;
    tell_start(items, &app, &webkit, &chrome);
    tell_memory(&app, &webkit, &chrome);
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
    let environment = [
        ("PMOS_DATA_DIR".to_owned(), data.display().to_string()),
        // Without a graphics driver this is what the app starts itself with.
        ("WEBKIT_DISABLE_DMABUF_RENDERER".to_owned(), "1".to_owned()),
    ];
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

async fn start(program: &str, arguments: &[&str], data: &Path, ready: &str) -> Start {
    let (driver, ms) = open(program, arguments, data, ready).await;
    tokio::time::sleep(REST).await;
    let mb = tree::megabytes(&driver::descendants(driver.id()));
    driver.end().await;
    Start { ms, mb }
}

/// The share of one core that the app takes at rest, in hundredths.
async fn idle(data: &Path) -> f64 {
    let (driver, _) = open(env!("CARGO_BIN_EXE_pm-os"), &[], data, ROWS_ARE_THERE).await;
    tokio::time::sleep(REST).await;
    let (before, begun) = (tree::processor(&driver::descendants(driver.id())), Instant::now());
    tokio::time::sleep(IDLE).await;
    let used = tree::processor(&driver::descendants(driver.id())).saturating_sub(before);
    let share = used.as_secs_f64() / begun.elapsed().as_secs_f64();
    driver.end().await;
    share * 100.0
}

fn tell_start(items: usize, app: &[Start], webkit: &[Start], chrome: &[Start]) {
    let ms = |starts: &[Start]| median(&starts.iter().map(|start| start.ms).collect::<Vec<_>>());
    let times = |of: &[Start]| median(&app.iter().zip(of).map(|(app, of)| app.ms / of.ms).collect::<Vec<_>>());
    let what = format!("Start to Today's rows on screen, {items} items in the store");
    if chrome.is_empty() {
        tell(&what, "no slower than a blank Chromium window", &format!("{:.0} ms; no Chromium here", ms(app)), None);
    } else {
        let ratio = times(chrome);
        let measured = format!("{:.0} ms, {ratio:.2} times a blank Chromium window ({:.0} ms)", ms(app), ms(chrome));
        tell(&what, "no slower than a blank Chromium window", &measured, Some(ratio <= 1.0));
    }
    let measured = format!("{:.2} times ({:.0} ms)", times(webkit), ms(webkit));
    tell("The same start, beside a blank WebKitGTK window through the same driver", "", &measured, None);
}

fn tell_memory(app: &[Start], webkit: &[Start], chrome: &[Start]) {
    let mb = |starts: &[Start]| median(&starts.iter().map(|start| start.mb).collect::<Vec<_>>());
    let more = median(&app.iter().zip(webkit).map(|(app, blank)| app.mb - blank.mb).collect::<Vec<_>>());
    let beside = if chrome.is_empty() { String::new() } else { format!(", blank Chromium {:.0} MB", mb(chrome)) };
    tell(
        &format!("Idle memory of the whole process tree (PSS), {} s after the start", REST.as_secs()),
        &format!("blank WebKitGTK + {MORE_THAN_BLANK_MB} MB"),
        &format!("{:.0} MB: blank WebKitGTK ({:.0} MB) + {more:.0} MB{beside}", mb(app), mb(webkit)),
        Some(more <= MORE_THAN_BLANK_MB),
    );
}

/// WebKitGTK's own little browser, which its driver opens blank.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").ok()?.flatten();
    let mut places = libraries.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    places.find(|place| place.is_file())
}
