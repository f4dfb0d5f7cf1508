//! When, on what and of what a measurement was made.

use std::{fs, thread};

use jiff::Timestamp;

use crate::process::{answer, program};

/// Names and values, in the order in which they are read. What the machine does not tell is called unknown.
pub(crate) fn describe() -> Vec<(&'static str, String)> {
    let cores = thread::available_parallelism().map_or_else(|_| "unknown".to_owned(), |cores| cores.to_string());
    let said = |name: &str, arguments: &[&str]| {
        answer(program(name).args(arguments)).filter(|said| !said.is_empty()).unwrap_or_else(|| "unknown".to_owned())
    };
    vec![
        ("Date", Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string()),
        ("Commit", commit()),
        ("Processor", format!("{}, {cores} cores", value_of("/proc/cpuinfo", "model name"))),
        ("Memory", value_of("/proc/meminfo", "MemTotal")),
        ("System", format!("{}, kernel {}", system(), said("uname", &["-r"]))),
        ("Load before", fs::read_to_string("/proc/loadavg").map_or_else(|_| "unknown".to_owned(), first_three)),
        ("Rust", said("rustc", &["--version"])),
        ("WebKitGTK", said("pkg-config", &["--modversion", "webkit2gtk-4.1"])),
    ]
}

fn commit() -> String {
    let head = answer(program("git").args(["rev-parse", "--short", "HEAD"])).unwrap_or_else(|| "unknown".to_owned());
    let is_clean = answer(program("git").args(["status", "--porcelain"])).is_some_and(|changes| changes.is_empty());
    if is_clean { head } else { format!("{head}, with changes that were not committed") }
}

/// The value behind the first such name in a file of `name : value` lines.
fn value_of(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let found = text.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == name);
    found.map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
}

fn system() -> String {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned())
}

fn first_three(load: String) -> String {
    load.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
