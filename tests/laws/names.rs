//! What may be named, and where.

use super::{
    keep,
    read::{Source, sources},
};

/// The files that may open a secret: where it leaves for a header, a form or the keyring, and nowhere else.
const OPEN_SECRETS: [&str; 12] = [
    "crates/activepieces/src/",
    "crates/vault/",
    "crates/basecamp/src/",
    "crates/agent/src/models/endpoint.rs",
    "crates/agent/src/models/key.rs",
    "crates/engine/src/assistant/models.rs",
    "crates/engine/src/automation/connections.rs",
    "crates/engine/src/automation/server/account.rs",
    "crates/engine/src/automation/server/link.rs",
    "crates/engine/src/desk/link.rs",
    "crates/engine/src/handlers/accounts.rs",
    "crates/engine/src/signin.rs",
];

#[test]
fn only_the_shell_names_tauri() {
    let offences = rust()
        .filter(|source| !source.path.starts_with("src-tauri/"))
        .flat_map(|source| lines_with(source, |line| has_word(line, "tauri") || has_word(line, "tauri_build")))
        .collect();
    keep("Only the shell knows that it lives in a desktop: move this to src-tauri.", offences);
}

#[test]
fn only_few_files_open_a_secret() {
    let offences = rust()
        .filter(|source| !source.is_test())
        .filter(|source| !OPEN_SECRETS.iter().any(|open| source.path.starts_with(open)))
        .flat_map(|source| lines_with(source, |line| line.contains(".expose(")))
        .collect();
    keep("Pass the `Secret` on unopened; see OPEN_SECRETS in tests/laws/names.rs.", offences);
}

#[test]
fn the_clock_is_passed_in() {
    let clocks = ["Timestamp::now(", "Zoned::now(", "SystemTime::now(", "Utc::now("];
    let offences = rust()
        .filter(|source| !source.is_test() && !source.path.starts_with("xtask/"))
        .filter(|source| !source.path.ends_with("/clock.rs"))
        .flat_map(|source| lines_with(source, |line| clocks.iter().any(|clock| line.contains(clock))))
        .collect();
    keep("Take the time as an argument; only a file called clock.rs asks the machine for it.", offences);
}

#[test]
fn names_come_from_the_field() {
    const EMPTY: [&str; 8] = ["manager", "managers", "service", "services", "helper", "helpers", "util", "utils"];
    let is_empty = |name: &str| words(name).iter().any(|word| EMPTY.contains(&word.as_str()));
    let mut offences: Vec<String> = sources()
        .iter()
        .filter(|source| source.is("rs") || source.is("css"))
        .filter(|source| source.path.split(['/', '.']).any(is_empty))
        .map(|source| source.path.clone())
        .collect();
    offences.extend(rust().flat_map(|source| lines_with(source, |line| declared(line).is_some_and(is_empty))));
    keep("Manager, Service, Helper and Util say nothing: name the thing by what it is.", offences);
}

#[test]
fn nothing_is_left_for_later() {
    let offences = rust()
        .flat_map(|source| {
            lines_with(source, |line| {
                let line = line.replace(' ', "");
                line.contains("todo!(") || line.contains("unimplemented!(") || line.contains("#[ignore]")
            })
        })
        .collect();
    keep("Do it, or leave it out. An ignored test says why: #[ignore = \"…\"].", offences);
}

fn rust() -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(|source| source.is("rs"))
}

fn lines_with(source: &Source, is_offence: impl Fn(&str) -> bool) -> Vec<String> {
    let code = source.code();
    let numbered = code.lines().enumerate().filter(|(_, line)| is_offence(line));
    numbered.map(|(number, line)| format!("{}:{}: {}", source.path, number + 1, line.trim())).collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|found| found == word)
}

/// The name of the type or module that a line declares. (A keyring does call its first column a service.)
fn declared(line: &str) -> Option<&str> {
    let mut words =
        line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
    words.find(|word| ["struct", "enum", "trait", "type", "mod"].contains(word))?;
    words.next()
}

/// `SyncManager` and `sync_manager` both are "sync" and "manager".
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter == '-' || letter.is_uppercase() {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words
}
