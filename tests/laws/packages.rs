//! What installers are made of: that it is there, and that its parts agree with each other.

use std::fs;

use serde_json::{Value, json};

use super::{keep, read::root};

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

fn configuration() -> Value {
    serde_json::from_str(&text("tauri.conf.json")).expect("tauri.conf.json is not JSON")
}

#[test]
fn installers_are_described_for_every_system() {
    let all = configuration();
    let says = |at: &str| all.pointer(at).cloned().unwrap_or_default();
    let mut offences = Vec::new();
    for (at, wanted) in [
        ("/bundle/active", json!(true)),
        ("/bundle/targets", json!(["deb", "appimage", "app", "dmg", "nsis"])),
        // Without an administrator, and never back to an older one.
        ("/bundle/windows/nsis/installMode", json!("currentUser")),
        ("/bundle/windows/allowDowngrades", json!(false)),
        ("/bundle/windows/webviewInstallMode/type", json!("downloadBootstrapper")),
        ("/bundle/macOS/hardenedRuntime", json!(true)),
        ("/plugins/deep-link/desktop/schemes", json!(["pmos"])),
    ] {
        if says(at) != wanted {
            offences.push(format!("{at} is {}, and should be {wanted}", says(at)));
        }
    }
    let mut named: Vec<String> =
        says("/bundle/icon").as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    for at in ["/bundle/licenseFile", "/bundle/macOS/entitlements", "/bundle/windows/nsis/installerIcon"] {
        named.push(says(at).as_str().unwrap_or(at).to_owned());
    }
    offences
        .extend(named.into_iter().filter(|path| !root().join(path).is_file()).map(|path| format!("{path} is missing")));
    keep("tauri.conf.json describes the installers that docs/RELEASING.md promises.", offences);
}

#[test]
fn one_version_is_told_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let changelog = text("packaging/changelog");
    let mut offences = Vec::new();
    if !changelog.starts_with(&format!("pm-os ({version}) ")) {
        offences.push("packaging/changelog does not begin with it".to_owned());
    }
    let metainfo = text("packaging/app.pmos.PmOs.metainfo.xml");
    let first = metainfo.split_once("<release ").map(|(_, rest)| rest).unwrap_or_default();
    if !first.starts_with(&format!("version=\"{version}\" ")) {
        offences.push("packaging/app.pmos.PmOs.metainfo.xml does not name it as the first release".to_owned());
    }
    keep(&format!("The version is {version}."), offences);
}

#[test]
fn desktops_know_the_app_by_one_name_and_hand_it_its_links() {
    let desktop = text("packaging/pm-os.desktop");
    let metainfo = text("packaging/app.pmos.PmOs.metainfo.xml");
    let mut offences = Vec::new();
    for line in ["Exec=pm-os %u", "Icon=pm-os", "StartupWMClass=pm-os", "MimeType=x-scheme-handler/pmos;"] {
        if !desktop.lines().any(|found| found == line) {
            offences.push(format!("packaging/pm-os.desktop lacks `{line}`"));
        }
    }
    for part in ["<launchable type=\"desktop-id\">pm-os.desktop<", "<binary>pm-os<", "x-scheme-handler/pmos<"] {
        if !metainfo.contains(part) {
            offences.push(format!("packaging/app.pmos.PmOs.metainfo.xml lacks `{part}`"));
        }
    }
    keep("The desktop's files agree.", offences);
}

#[test]
fn the_shell_completes_every_word_of_the_usage() {
    let completion = text("packaging/pm-os.bash");
    let known: Vec<&str> = completion.split(|letter: char| letter.is_whitespace() || letter == '"').collect();
    let offences = pm_os::cli::USAGE
        .lines()
        .flat_map(|line| {
            // A way of starting: its first word, unless it has none. And every option.
            let first = line.strip_prefix("  pm-os ").and_then(|rest| rest.split_whitespace().next());
            let options = line.split(|letter: char| letter.is_whitespace() || "[]".contains(letter));
            first.into_iter().chain(options.filter(|word| word.starts_with("--")))
        })
        .filter(|word| word.starts_with(|letter: char| letter.is_alphabetic() || letter == '-') && *word != "-")
        .filter(|word| !known.contains(word))
        .map(str::to_owned)
        .collect();
    keep("packaging/pm-os.bash does not complete these words of `pm-os --help`.", offences);
}
