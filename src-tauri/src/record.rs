//! What is written down of a start: its log, and how it broke down. Both stay in the data folder, and nothing of them is sent.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use contract::Crash;
use jiff::Timestamp;
use tauri::State;
use tracing_appender::rolling::{RollingFileAppender, Rotation};

use crate::support::redact::Redaction;
use crate::window::Place;

/// So many days of the log are kept, and so many reports.
const KEPT: usize = 7;
/// The end of the log that is shown, in bytes.
const TAIL: usize = 200_000;
const LOGS: &str = "logs";
const REPORT: &str = "crash-";
/// At the end of the name of a report that somebody has looked at.
const SEEN: &str = "-seen";
/// What comes after this in a report is for who mends it.
const TRACE: &str = "\n\nBacktrace\n";

/// The log's files, one for each day; none where the folder cannot be written.
pub(crate) fn days(data: &Path) -> Option<RollingFileAppender> {
    // Made beforehand: the library says on the console that it is missing.
    fs::create_dir_all(data.join(LOGS)).ok()?;
    let days = RollingFileAppender::builder().rotation(Rotation::DAILY).filename_prefix("pm-os").filename_suffix("log");
    days.max_log_files(KEPT).build(data.join(LOGS)).ok()
}

/// From here on, a breakdown is written down before anything else is done about it.
pub(crate) fn note_breakdowns(data: PathBuf) {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |about| {
        let now = crate::clock::now();
        let name = [REPORT, &now.strftime("%Y%m%d-%H%M%S").to_string(), ".txt"].concat();
        // There is nobody to tell of it if this does not work either.
        let _ = fs::write(data.join(name), report(about, now));
        usual(about);
    }));
}

fn report(about: &PanicHookInfo<'_>, now: Timestamp) -> String {
    let mut text =
        format!("PM OS {} on {} {}\n", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let _ = writeln!(text, "{now}, in the thread {}", thread::current().name().unwrap_or("without a name"));
    if let Some(place) = about.location() {
        let _ = writeln!(text, "{place}");
    }
    text.push_str(about.payload_as_str().unwrap_or("It gave no reason."));
    // Short in a package: it has no tables of who called (packaging/no-unwinding.ld).
    let _ = write!(text, "{TRACE}{}", Backtrace::force_capture());
    text
}

/// The last breakdown, if nobody has looked at it.
pub(crate) fn breakdown(data: &Path) -> Option<Crash> {
    let path = reports(data).into_iter().rfind(|path| !is_seen(path))?;
    let at = fs::metadata(&path).ok()?.modified().ok().and_then(|at| Timestamp::try_from(at).ok())?;
    let text = fs::read(&path).ok()?;
    let text = String::from_utf8_lossy(&text);
    let text = text.split_once(TRACE).map_or(&*text, |(text, _)| text);
    Some(Crash { at, text: Redaction::new(dirs::home_dir()).of(text), file: path.display().to_string() })
}

/// Somebody has looked at it. Old reports go.
///
/// # Errors
/// If a file cannot be renamed.
pub(crate) fn look_away(data: &Path) -> io::Result<()> {
    for path in reports(data).into_iter().filter(|path| !is_seen(path)) {
        let name = [&*stem(&path), SEEN, ".txt"].concat();
        fs::rename(&path, path.with_file_name(name))?;
    }
    let all = reports(data);
    for old in all.iter().take(all.len().saturating_sub(KEPT)) {
        fs::remove_file(old)?;
    }
    Ok(())
}

/// The reports, the oldest first: their names begin with the time.
fn reports(data: &Path) -> Vec<PathBuf> {
    listed(data, |name| name.starts_with(REPORT) && name.ends_with(".txt"))
}

fn listed(folder: &Path, is_one: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<_> =
        entries.filter(|entry| is_one(&entry.file_name().to_string_lossy())).map(|one| one.path()).collect();
    found.sort();
    found
}

fn is_seen(path: &Path) -> bool {
    stem(path).ends_with(SEEN)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The end of the log, without names, texts and keys: a line for each entry, the newest last.
#[tauri::command]
pub(crate) async fn desktop_log(place: State<'_, Place>) -> Result<String, ()> {
    Ok(log_of(&place.data))
}

fn log_of(data: &Path) -> String {
    let mut text = String::new();
    for day in listed(&data.join(LOGS), |name| name.ends_with(".log")) {
        text.push_str(&String::from_utf8_lossy(&fs::read(day).unwrap_or_default()));
    }
    let start = text.len().saturating_sub(TAIL);
    // A line that was cut in two tells nothing.
    let start = if start == 0 {
        0
    } else {
        text.get(start..).and_then(|end| end.find('\n')).map_or(0, |line| start + line + 1)
    };
    Redaction::new(dirs::home_dir()).of(text.get(start..).unwrap_or(&text))
}

#[cfg(test)]
mod tests;
