//! What the windows may do. Widening it is a decision, taken here in the open.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::{
    keep,
    read::{root, sources},
};

/// What each window may ask of the shell.
const PERMISSIONS: [(&str, &[&str]); 2] = [("main", &["commands", "desktop"]), ("quick", &["commands", "quick"])];

/// The shell's own commands behind these words, and no others.
const COMMANDS: [(&str, &[&str]); 3] = [
    ("commands", &["rpc", "attach", "hear", "open_outside"]),
    ("desktop", &["desktop_show", "desktop_change", "desktop_log", "page_shown", "quick_show"]),
    ("quick", &["quick_hide", "quick_drag", "quick_hand_over"]),
];

/// Plugins of the desktop that the shell itself speaks to. No page does: none of their permissions is given to a window.
const PLUGINS: [&str; 6] = ["autostart", "deep-link", "global-shortcut", "opener", "single-instance", "store"];

/// What the policy says of these, word for word.
const EXACTLY: [(&str, &str); 7] = [
    ("default-src", "'self'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("frame-ancestors", "'none'"),
];

#[test]
fn the_content_policy_lets_nothing_foreign_in() {
    let config = config();
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], Value::Bool(true), "keep freezePrototype");
    assert!(security.get("dangerousDisableAssetCspModification").is_none(), "the build adds what the policy needs");
    let policy = security["csp"].as_object().expect("a content policy, one entry per directive");
    // A directive that is left out falls back to `default-src`, and some to nothing at all.
    for (directive, words) in EXACTLY {
        assert_eq!(policy[directive], Value::from(words), "{directive}");
    }
    let mut offences = Vec::new();
    for (directive, sources) in policy {
        for word in sources.as_str().unwrap().split_whitespace() {
            let is_local = ["'self'", "'none'"].contains(&word)
                || (directive == "script-src" && word == "'wasm-unsafe-eval'")
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
fn each_window_has_what_it_needs_and_nothing_more() {
    let mut found = BTreeMap::new();
    for source in sources().iter().filter(|source| source.path.starts_with("src-tauri/capabilities/")) {
        let capability: Value = serde_json::from_str(&source.text).unwrap();
        found.insert(source.path.clone(), capability);
    }
    assert_eq!(found.len(), PERMISSIONS.len(), "one file for each window: {:?}", found.keys());
    for (window, permissions) in PERMISSIONS {
        let capability = &found[&format!("src-tauri/capabilities/{window}.json")];
        assert_eq!(capability["windows"], serde_json::json!([window]), "a capability is for one window, by its name");
        assert_eq!(capability["permissions"], serde_json::json!(permissions), "{window}");
        for wide in ["remote", "webviews", "platforms", "local"] {
            assert!(capability.get(wide).is_none(), "{window}: no `{wide}`");
        }
    }
    let listed = config()["app"]["security"]["capabilities"].clone();
    assert_eq!(listed, serde_json::json!(PERMISSIONS.map(|(window, _)| window)), "tauri.conf.json names each of them");
}

/// What the build made of these files is what the program obeys.
#[test]
fn what_was_generated_says_the_same() {
    let text = fs::read_to_string(root().join("gen/schemas/capabilities.json")).expect("the build writes it");
    let generated: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let given: BTreeMap<&str, &Value> =
        generated.iter().map(|(name, capability)| (name.as_str(), &capability["permissions"])).collect();
    let wanted: Vec<(&str, Value)> =
        PERMISSIONS.iter().map(|(window, permissions)| (*window, serde_json::json!(permissions))).collect();
    assert_eq!(given, wanted.iter().map(|(window, permissions)| (*window, permissions)).collect());
}

/// A command that no permission names can be called by no window, as long as there is any permission of the app's own.
#[test]
fn each_command_of_the_shell_is_in_one_permission() {
    let text = fs::read_to_string(root().join("src-tauri/permissions/page.toml")).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let mut named = BTreeMap::new();
    for permission in file["permission"].as_array().unwrap() {
        let commands = permission["commands"].as_table().unwrap();
        assert!(commands.keys().all(|key| key == "allow") && permission.get("scope").is_none(), "{permission}");
        let allowed = commands["allow"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
        named.insert(permission["identifier"].as_str().unwrap().to_owned(), allowed.collect::<Vec<_>>());
    }
    let wanted = COMMANDS.iter().map(|(name, commands)| {
        ((*name).to_owned(), commands.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    });
    assert_eq!(named, wanted.collect());
    let source = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let handled = source("src-tauri/src/window.rs");
    let handled = handled.split("generate_handler![").nth(1).unwrap().split(']').next().unwrap();
    let mut handled: Vec<&str> = handled
        .split(',')
        .map(|path| path.trim().rsplit("::").next().unwrap())
        .filter(|name| !name.is_empty())
        .collect();
    let mut all: Vec<&str> = COMMANDS.iter().flat_map(|(_, commands)| *commands).copied().collect();
    handled.sort_unstable();
    all.sort_unstable();
    assert_eq!(handled, all, "each command that the shell answers is in a permission, and in the lists here");
}

#[test]
fn the_shell_brings_no_plugin_that_runs_programs_and_no_tools_for_looking_inside() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    let plugins: Vec<&str> = dependencies.keys().filter_map(|name| name.strip_prefix("tauri-plugin-")).collect();
    let offences = plugins.iter().filter(|name| !PLUGINS.contains(name)).map(|name| (*name).to_owned()).collect();
    keep("A plugin is added to PLUGINS in the open, and gives no window a permission.", offences);
    let shell = &dependencies["tauri"];
    assert_eq!(
        shell["default-features"].as_bool(),
        Some(false),
        "with `dynamic-acl` what a window may can grow while it runs"
    );
    let features = shell["features"].as_array().cloned().unwrap_or_default();
    let allowed = ["common-controls-v6", "compression", "dbus", "tray-icon", "wry", "x11"];
    let offences = features.iter().filter_map(|one| one.as_str()).filter(|one| !allowed.contains(one));
    keep("With `devtools` anybody at the machine looks inside a release.", offences.map(str::to_owned).collect());
}

fn config() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap()
}
