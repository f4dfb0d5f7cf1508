//! `pm-os support-bundle`: a folder that says how this installation stands, to be read through and shown to somebody. It holds no
//! item, no name and no secret, and nothing of it is sent.

pub(crate) mod redact;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use contract::{Code, Fault};
use jiff::Timestamp;

use crate::{doctor, headless, log};
use redact::Redaction;

/// The end of a long log is what matters, in bytes.
const TAIL: usize = 200_000;
/// Deeper folders than these are not ours.
const DEEPEST: usize = 3;
/// What a desktop says of itself, and what changes how windows are drawn. Nothing else of the environment is told.
const TOLD: [&str; 10] = [
    "LANG",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "GDK_BACKEND",
    "GDK_SCALE",
    "WEBKIT_DISABLE_DMABUF_RENDERER",
    "WEBKIT_DISABLE_COMPOSITING_MODE",
    "LIBGL_ALWAYS_SOFTWARE",
    "APPIMAGE",
    "PMOS_KEYRING",
];
const README: &str = "\
This folder was made by `pm-os support-bundle`. Nothing of it was sent anywhere.

  doctor.txt   what `pm-os doctor` found
  system.txt   the system, and the few words of its environment that change how windows are drawn
  files.txt    the sizes and dates of what lies in the data folder; no content
  logs/        the ends of logs and crash reports, where there are any

Addresses, quoted texts, questions in links and whatever looks like a key were taken out. Read it through before you show it.
";

/// Writes the folder into `into`, and prints where.
pub(crate) fn run(data: PathBuf, into: &Path) -> ExitCode {
    log("off", None);
    match write(data, into, crate::clock::now()) {
        Ok(folder) => headless::say(&format!(
            "{}\nRead it through before you show it to somebody. Nothing was sent.",
            folder.display()
        )),
        Err(fault) => headless::fail(&fault),
    }
}

fn write(data: PathBuf, into: &Path, now: Timestamp) -> Result<PathBuf, Fault> {
    let redaction = Redaction::new(dirs::home_dir());
    let folder = into.join(format!("pm-os-support-{}", now.strftime("%Y%m%d-%H%M%S")));
    let cannot = |why: std::io::Error| {
        Fault::new(Code::Storage, format!("{} cannot be written: {why}. Name another folder.", folder.display()))
    };
    // One that is there already is somebody's.
    fs::create_dir(&folder).map_err(cannot)?;
    let listed = files(&data);
    let mut findings = String::new();
    for finding in doctor::findings(data.clone())? {
        let _ = writeln!(findings, "{:?}  {}: {}", finding.stands, finding.about, finding.says);
    }
    let parts = [("README.txt", README.to_owned()), ("doctor.txt", findings), ("system.txt", system())];
    for (name, text) in parts {
        let text = if name == "README.txt" { text } else { redaction.of(&text) };
        fs::write(folder.join(name), text).map_err(cannot)?;
    }
    let mut sizes = String::new();
    for (path, bytes, date) in &listed {
        let _ = writeln!(sizes, "{bytes:>12}  {date}  {}", redaction.of(&path.display().to_string()));
    }
    fs::write(folder.join("files.txt"), sizes).map_err(cannot)?;
    let logs = listed.iter().filter(|(path, _, _)| is_log(path));
    for (place, (path, _, _)) in logs.enumerate() {
        let Ok(bytes) = fs::read(data.join(path)) else { continue };
        let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
        fs::create_dir_all(folder.join("logs")).map_err(cannot)?;
        let text = redaction.of(&String::from_utf8_lossy(tail));
        fs::write(folder.join(format!("logs/{}.txt", place + 1)), format!("{}\n\n{text}", path.display()))
            .map_err(cannot)?;
    }
    Ok(folder)
}

fn is_log(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.ends_with(".log") || (name.starts_with("crash") && (name.ends_with(".txt") || name.ends_with(".json")))
}

/// Path below the data folder, size and date, sorted.
fn files(data: &Path) -> Vec<(PathBuf, u64, String)> {
    let mut found = Vec::new();
    let mut open = vec![(data.to_path_buf(), 0)];
    while let Some((folder, depth)) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            // A link may lead anywhere: it is neither followed nor read.
            let Ok(about) = entry.metadata() else { continue };
            let path = entry.path();
            if about.is_dir() && depth < DEEPEST {
                open.push((path, depth + 1));
            } else if about.is_file() {
                let date = about.modified().ok().and_then(|date| Timestamp::try_from(date).ok());
                let date = date.map(|date| date.strftime("%F %T").to_string()).unwrap_or_default();
                found.push((path.strip_prefix(data).unwrap_or(&path).to_path_buf(), about.len(), date));
            }
        }
    }
    found.sort();
    found
}

fn system() -> String {
    let mut text =
        format!("pm-os {} on {} {}\n", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    if let Ok(version) = tauri::webview_version() {
        let _ = writeln!(text, "web view {version}");
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    for line in release.lines().filter(|line| line.starts_with("PRETTY_NAME=") || line.starts_with("VERSION_ID=")) {
        let _ = writeln!(text, "{line}");
    }
    for name in TOLD {
        if let Ok(value) = std::env::var(name) {
            let _ = writeln!(text, "{name}={value}");
        }
    }
    text
}

#[cfg(test)]
mod tests;
