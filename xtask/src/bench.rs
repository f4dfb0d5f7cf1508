//! `cargo xtask bench`: runs the benches in release, and writes what they measured to BENCHMARKS.md with its date and
//! machine. The benches print one line of JSON per figure; everything else that they print is for the person who waits.

mod machine;
mod react_flow;

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use serde::Deserialize;

use crate::{
    page::{self, Make},
    process::{self, cargo, program},
    session::Session,
    step::{OrStop, Outcome, Stop, step},
    system::{self, Purpose},
    tree,
};

/// By which name a bench is asked for, and what it is about. All but the last are cargo's benches.
const BENCHES: [(&str, &str); 8] = [
    ("sync", "Fetching"),
    ("rows", "Storing"),
    ("search", "Searching"),
    ("agent", "The assistant"),
    (FLOWS, "Automations"),
    (CANVAS, "The canvas of automations"),
    (WINDOW, "The window"),
    (SIZE, "Size"),
];
const SIZE: &str = "size";
const WINDOW: &str = "window";
const FLOWS: &str = "flows";
const CANVAS: &str = "canvas";
/// Where the canvas finds the page by React Flow.
const REACT_FLOW: &str = "PMOS_BENCH_REACT_FLOW";
/// Benches that link the app, and with it the page.
const WITH_PAGE: [&str; 5] = ["sync", "agent", CANVAS, WINDOW, SIZE];

/// What the page's wasm is in, with the most bytes that each may have when it is packed.
const PARTS: [(&str, &str, Option<u64>); 3] = [
    ("The page's wasm, its first part", "page_bg.wasm", Some(1_000_000)),
    (
        "The part with automations, their Studio, their runs and the settings, fetched when one opens them",
        "split_studio.wasm",
        None,
    ),
    ("The part with the screens of projects, fetched when one opens them", "split_screens.wasm", None),
];
const BINARY_LIMIT: u64 = 25_000_000;

/// What a bench measured, in its own words.
#[derive(Deserialize)]
struct Figure {
    what: String,
    /// Empty when there is none, and the figure is there to compare with.
    limit: String,
    measured: String,
    met: Option<bool>,
}

impl Figure {
    fn new(what: impl Into<String>, limit: impl Into<String>, measured: impl Into<String>, met: Option<bool>) -> Self {
        Self { what: what.into(), limit: limit.into(), measured: measured.into(), met }
    }

    fn verdict(&self) -> &'static str {
        match self.met {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "",
        }
    }
}

/// Runs all benches and writes BENCHMARKS.md, or runs one and prints its figures.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let asked = match arguments {
        [] => None,
        [one] if BENCHES.iter().any(|(name, _)| name == one) => Some(one.as_str()),
        _ => {
            let names = BENCHES.map(|(name, _)| name).join(", ");
            return Err(Stop::new(format!("`cargo xtask bench` takes nothing, or one of {names}.")));
        }
    };
    let wanted: Vec<_> = BENCHES.into_iter().filter(|(name, _)| asked.is_none_or(|asked| asked == *name)).collect();
    system::set_up(Purpose::Test)?;
    if wanted.iter().any(|(name, _)| *name == WINDOW) && process::find("dpkg-query").is_some() {
        // The start is measured beside it. Everything else can be without.
        if let Err(why) = system::install(&["chromium"]) {
            println!("    The window is measured without Chromium: {why}");
        }
    }
    if wanted.iter().any(|(name, _)| WITH_PAGE.contains(name)) {
        page::build(Make::Small)?;
    }
    step("Build", || {
        let mut build = cargo();
        build.args(["bench", "--workspace", "--no-run"]);
        for (name, _) in &wanted {
            // The binary comes with the bench that starts it.
            build.args(["--bench", if *name == SIZE { WINDOW } else { name }]);
        }
        process::finish(&mut build, "Mend what the compiler says above.")
    })?;
    let machine = machine::describe();
    let mut measured = Vec::new();
    for (name, title) in wanted {
        measured.push((title, step(title, || measure(name))?));
    }
    if asked.is_none() {
        let file = tree::root().join("BENCHMARKS.md");
        fs::write(&file, document(&machine, &measured)).or_stop("BENCHMARKS.md cannot be written")?;
        println!("==> BENCHMARKS.md is written");
    }
    let missed = measured.iter().flat_map(|(_, figures)| figures).filter(|figure| figure.met == Some(false)).count();
    println!("==> {missed} of the limits are not met");
    Ok(())
}

fn measure(name: &str) -> Outcome<Vec<Figure>> {
    let figures = match name {
        SIZE => sizes()?,
        CANVAS | WINDOW if !cfg!(target_os = "linux") => {
            println!("    not run: it drives WebKitGTK, which is on Linux only");
            Vec::new()
        }
        CANVAS | WINDOW => {
            let mut command = bench(name);
            if name == CANVAS
                && let Some(page) = react_flow::build()?
            {
                command.env(REACT_FLOW, page);
            }
            let session = Session::start()?;
            listen(session.holds(&mut command))?
        }
        _ => listen(&mut bench(name))?,
    };
    for figure in &figures {
        println!("    {}: {} (limit: {}) {}", figure.what, figure.measured, figure.limit, figure.verdict());
    }
    Ok(figures)
}

fn bench(name: &str) -> Command {
    let mut command = cargo();
    command.args(["bench", "--quiet", "--workspace", "--bench", name]);
    command
}

/// Runs a bench to its end and takes its figures out of what it prints.
fn listen(command: &mut Command) -> Outcome<Vec<Figure>> {
    let mut child = command.stdout(Stdio::piped()).spawn().or_stop("The bench cannot be started")?;
    let mut figures = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.or_stop("The bench's output broke off")?;
            match serde_json::from_str(&line) {
                Ok(figure) => figures.push(figure),
                Err(_) => println!("    {line}"),
            }
        }
    }
    let status = child.wait().or_stop("The bench was lost")?;
    if status.success() { Ok(figures) } else { Err(Stop::new(format!("The bench ended with {status}."))) }
}

fn sizes() -> Outcome<Vec<Figure>> {
    let dist = tree::root().join("ui/dist");
    let mut figures = Vec::new();
    for (part, file, limit) in PARTS {
        let wasm = read(&dist.join(file))?;
        figures.push(Figure::new(format!("{part}, as built"), "", format!("{} bytes", wasm.len()), None));
        for (packer, size) in [("gzip", gzip(&wasm)?), ("brotli, as the app holds it", brotli(&wasm)?)] {
            let met = limit.map(|limit| size <= limit);
            let limit = limit.map(|limit| format!("{limit} bytes")).unwrap_or_default();
            figures.push(Figure::new(format!("{part}, packed by {packer}"), limit, format!("{size} bytes"), met));
        }
    }
    let name = format!("pm-os{}", std::env::consts::EXE_SUFFIX);
    let built = tree::target().join("release").join(name);
    let size = fs::metadata(&built).or_stop("The release binary is missing")?.len();
    figures.push(Figure::new("The app's binary with the page in it, as built", "", format!("{size} bytes"), None));
    if let Some(size) = stripped(&built)? {
        let (limit, met) = (format!("{BINARY_LIMIT} bytes"), Some(size <= BINARY_LIMIT));
        figures.push(Figure::new("The same without its symbols", limit, format!("{size} bytes"), met));
    }
    Ok(figures)
}

/// How many bytes gzip makes of these at its best.
fn gzip(bytes: &[u8]) -> Outcome<u64> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let packed = packer.write_all(bytes).and_then(|()| packer.finish()).or_stop("The page cannot be packed")?;
    Ok(packed.len() as u64)
}

/// How many bytes brotli makes of these, tried as hard as Tauri does when it packs the page into the binary.
fn brotli(bytes: &[u8]) -> Outcome<u64> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings).or_stop("The page cannot be packed")?;
    Ok(packed.len() as u64)
}

fn stripped(binary: &Path) -> Outcome<Option<u64>> {
    if process::find("strip").is_none() {
        return Ok(None);
    }
    let copy = tree::target().join("xtask/stripped");
    process::finish(
        program("strip").arg("--strip-all").arg("-o").arg(&copy).arg(binary),
        "The binary cannot be stripped.",
    )?;
    Ok(Some(fs::metadata(&copy).or_stop("The stripped binary is missing")?.len()))
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).or_stop(format!("{} cannot be read", path.display()))
}

fn document(machine: &[(&str, String)], measured: &[(&str, Vec<Figure>)]) -> String {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; the benches are in `benches` and `crates/*/benches`. Figures of \
         one machine and one run:\ncompare the ratios, not the seconds.\n\n",
    );
    for (name, value) in machine {
        let _ = writeln!(text, "- {name}: {value}");
    }
    for (title, figures) in measured.iter().filter(|(_, figures)| !figures.is_empty()) {
        let _ = write!(text, "\n## {title}\n\n| What | Limit | Measured | Met |\n|---|---|---|---|\n");
        for figure in figures {
            let limit = if figure.limit.is_empty() { "none, to compare with" } else { &figure.limit };
            let _ = writeln!(text, "| {} | {limit} | {} | {} |", figure.what, figure.measured, figure.verdict());
        }
    }
    text.push_str(NOTES);
    text
}

const NOTES: &str = "
## How it is measured

- Fetching: the engine signs in at the stand-in, its limiter on (50 requests in 10 seconds), and fetches everything. The
  stand-in answers at once over loopback; over a slow line the share is lower where a stage waits for a single answer.
- Storing: five pairs after a warm-up, by turns; the ratio is the middle one of the five. Bare SQLite is the same build of
  the library, used through rusqlite with the finished rows of all tables at hand, the log of changes included: a prepared
  statement for each table, one transaction. The store also makes these rows from the records, compares them with what is
  there, and commits every 2,000 records.
- Searching: words, unfinished words, misspelt ones, names and filters over the sample company at its largest; three rounds
  after a warm-up. The two overviews are read twenty times, as one person after another.
- The assistant: a model's server in the same process answers at once. Each round asks it directly and through a conversation, the
  time until the person's words are on the disk included; sixty rounds after a warm-up, by turns.
- Automations: the flow that is drawn has routers, loops and plain steps, nine branches side by side; 50 rounds after a warm-up.
  The bare loop calls the action of a piece that puts two texts together, and the run does the same in each step. A run also
  reads the step's expressions, weighs what it may use, and writes an event for each step, as text. Seven rounds, by turns.
- The canvas: the app with a flow of 2,000 steps in its store, in its window, beside the same graph by React Flow in WebKit's own
  little browser, through the same driver, in a pane of the same size, with the same events of the wheel. React Flow's nodes have
  the parts of our cards that can be seen, and its lines are given ready; it draws no `+`, no names of branches and no small map,
  which the Studio does. It has its graph at hand, where the Studio asks the app for it. It is measured with
  `onlyRenderVisibleElements` and without, and the better figure counts at each place. A frame lasts from one animation frame to
  the next, each with one event; the display gives no more than it gives at rest.
- The window: the release binary under a display without graphics hardware, beside blank windows of WebKitGTK and of
  Chromium, all without a driver; five rounds after a warm-up, by turns. A start of the app runs from asking for its process to
  the line of its log that its page asks for in the second frame after Today's first rows are there; Today's two last sections
  follow, and are not in the figure. One of a blank window runs to a request that its page sends in its second frame. Memory is
  what is there five seconds later, with the quick chat made beforehand. The account is at the stand-in.
  The list is scrolled by script, a step each frame, down and up again; at rest is the same loop without the scrolling.
- Size: the binary is the one that the benches run, so that tests' features of shared libraries are in it.
";
