//! Who may depend on whom.

use std::fs;

use super::{
    keep,
    read::{members, root},
};

/// The arrows between our own crates. A crate that is not here may depend on nothing of ours.
const ARROWS: &[(&str, &[&str])] = &[
    ("contract", &[]),
    ("flow", &["contract"]),
    ("insight", &["contract"]),
    ("store", &["contract"]),
    ("vault", &["contract"]),
    ("basecamp", &["contract"]),
    ("activepieces", &["contract", "flow"]),
    ("runner", &["contract", "flow"]),
    ("agent", &["contract", "flow"]),
    ("sim", &["contract", "flow"]),
    (
        "engine",
        &["contract", "flow", "insight", "store", "vault", "basecamp", "activepieces", "runner", "agent", "sim"],
    ),
    ("server", &["contract", "engine"]),
    ("pm-os", &["contract", "engine", "server"]),
    ("ui", &["contract", "flow"]),
    ("xtask", &[]),
];

/// Outside crates that have one home, or few. A name that ends in `*` stands for all that begin so.
const HOMES: &[(&str, &[&str])] = &[
    ("sqlx*", &["store"]),
    // Benches measure against it, and a test makes older files with it: the product itself has one way into SQLite.
    ("rusqlite", &[]),
    ("tauri*", &["pm-os"]),
    ("keyring*", &["vault"]),
    ("*keyring-store", &["vault"]),
    ("argon2", &["vault"]),
    ("chacha20poly1305", &["vault"]),
    ("oauth2", &["vault"]),
    ("basecamp-sdk", &["basecamp"]),
    ("reqwest", &["basecamp", "vault", "activepieces", "runner", "agent"]),
    ("rquickjs", &["runner"]),
    ("croner", &["runner"]),
    ("lettre", &["runner"]),
    ("tokio-tungstenite", &["activepieces"]),
    ("genai", &["agent"]),
    ("leptos*", &["ui"]),
    ("wasm-bindgen-cli-support", &["xtask"]),
    ("wasm_split_cli_support", &["xtask"]),
];

/// Crates with a better one in the tree already, or too heavy for what they do.
const BANNED: &[(&str, &str)] = &[("openssl-sys", "use rustls"), ("native-tls", "use rustls")];

#[test]
fn crates_depend_only_where_the_design_says() {
    let members = members();
    let ours: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut offences = Vec::new();
    for member in &members {
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == member.name) else {
            offences.push(format!("{} has no arrows: add it to the design and to tests/laws/arrows.rs", member.name));
            continue;
        };
        for other in member.dependencies() {
            if ours.contains(&other.as_str()) && !may.contains(&other.as_str()) {
                offences.push(format!("{} depends on {other}", member.name));
            }
        }
    }
    keep("Siblings do not know one another: compose them in `engine`, share words through `contract`.", offences);
}

#[test]
fn outside_crates_stay_in_their_homes() {
    let mut offences = Vec::new();
    for member in members() {
        for name in member.dependencies() {
            let homes = HOMES.iter().find(|(pattern, _)| is_like(&name, pattern)).map(|(_, homes)| homes);
            if homes.is_some_and(|homes| !homes.contains(&member.name.as_str())) {
                offences.push(format!("{} names {name}", member.name));
            }
        }
        // Tests may call a server by themselves; a database or a window they may not open behind our back.
        for name in member.test_dependencies() {
            let is_closed = ["sqlx*", "tauri*", "keyring*"].iter().any(|pattern| is_like(&name, pattern));
            if is_closed && !HOMES.iter().any(|(p, homes)| is_like(&name, p) && homes.contains(&member.name.as_str())) {
                offences.push(format!("the tests of {} name {name}", member.name));
            }
        }
    }
    keep("Each of these crates has one home: go through the crate that owns it.", offences);
}

fn is_like(name: &str, pattern: &str) -> bool {
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(start), _) => name.starts_with(start),
        (_, Some(end)) => name.ends_with(end),
        (None, None) => name == pattern,
    }
}

#[test]
fn the_lockfile_holds_one_of_each_heavy_crate() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let names: Vec<&str> =
        lock["package"].as_array().unwrap().iter().map(|package| package["name"].as_str().unwrap()).collect();
    let mut offences: Vec<String> = BANNED
        .iter()
        .filter(|(name, _)| names.contains(name))
        .map(|(name, instead)| format!("{name}: {instead} (`cargo tree -i {name}` tells who brings it)"))
        .collect();
    for single in ["reqwest", "tokio", "sqlx", "rustls", "hyper", "axum", "tauri", "leptos"] {
        let count = names.iter().filter(|name| **name == single).count();
        if count > 1 {
            offences.push(format!("{single} is there {count} times: bring the versions together"));
        }
    }
    keep("Two cores build all of this: keep the tree light.", offences);
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    let offences = members()
        .into_iter()
        .filter(|member| {
            let lints = member.manifest.get("lints").and_then(|lints| lints.get("workspace"));
            lints.and_then(toml::Value::as_bool) != Some(true)
        })
        .map(|member| format!("{}/Cargo.toml", member.folder))
        .collect();
    keep("Add `[lints] workspace = true` to these.", offences);
}

#[test]
fn every_member_says_what_it_is_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let offences = members()
        .into_iter()
        .filter(|member| !member.folder.is_empty())
        .filter(|member| {
            let entry = format!("\"{}\",", member.folder);
            !manifest.lines().any(|line| line.trim().starts_with(&entry) && line.contains("# "))
        })
        .map(|member| member.folder)
        .collect();
    keep("Give these members one line of purpose in the root Cargo.toml.", offences);
}
