//! What the window may do. Widening it is a decision, taken here in the open.

use std::fs;

use serde_json::Value;

use super::{
    keep,
    read::{root, sources},
};

/// The permissions that the one window needs.
const PERMISSIONS: [&str; 1] = ["core:event:default"];

#[test]
fn the_content_policy_lets_nothing_foreign_in() {
    let config: Value = serde_json::from_str(&fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap();
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], Value::Bool(true), "keep freezePrototype");
    let policy = security["csp"].as_object().expect("a content policy, one entry per directive");
    let mut offences = Vec::new();
    for (directive, sources) in policy {
        for word in sources.as_str().unwrap().split_whitespace() {
            let is_local = ["'self'", "'none'", "'wasm-unsafe-eval'"].contains(&word)
                || (directive == "img-src" && ["data:", "blob:"].contains(&word))
                || (directive == "connect-src" && ["ipc:", "http://ipc.localhost"].contains(&word));
            if !is_local {
                offences.push(format!("{directive} {word}"));
            }
        }
    }
    keep("The page talks to the commands and to nobody else.", offences);
    // Without these two, calls fall back to a far slower way without a word.
    let connect = policy["connect-src"].as_str().unwrap();
    assert!(connect.contains("ipc:") && connect.contains("http://ipc.localhost"), "connect-src must let calls through");
}

#[test]
fn the_window_has_few_permissions() {
    let offences = sources()
        .iter()
        .filter(|source| source.path.starts_with("src-tauri/capabilities/"))
        .flat_map(|source| {
            let capability: Value = serde_json::from_str(&source.text).unwrap();
            let granted = capability["permissions"].as_array().unwrap().clone();
            let granted = granted.into_iter().filter(|one| !PERMISSIONS.iter().any(|known| one == known));
            granted.map(|one| format!("{}: {one}", source.path)).collect::<Vec<_>>()
        })
        .collect();
    keep("The page does everything through the commands. If it must have this, add it to PERMISSIONS.", offences);
}
