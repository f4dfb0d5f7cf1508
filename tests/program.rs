//! The program without a window: what it prints, how it ends, and that every command of the table answers.

pub(crate) mod serving;

use std::process::Command;

use contract::{Code, Effect, TABLE};
use serde_json::{Value, json};

use crate::shell::{Answer, Shell, connection, says, stand_in};

#[test]
fn program_lists_its_commands() {
    let shell = Shell::new();
    let answer = shell.run(&["commands"]);
    assert_eq!((answer.status, answer.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(lines.len(), TABLE.len());
    for (line, command) in lines.iter().zip(TABLE) {
        assert!(line.starts_with(command.name) && line.ends_with(command.summary), "{line}");
    }
    assert!(!shell.data().exists(), "listing commands made a data folder");
}

#[test]
fn program_describes_every_command_as_json() {
    let described = Shell::new().run(&["commands", "--json"]).reply();
    let described = described.as_array().unwrap();
    assert_eq!(described.len(), TABLE.len());
    for (line, command) in described.iter().zip(TABLE) {
        let name = command.name;
        assert_eq!(line["name"], name);
        assert_eq!(line["tool"], command.tool, "{name}");
        assert_eq!(line["in_workspace"], command.in_workspace, "{name}");
        assert_eq!(line["effect"], serde_json::to_value(command.effect).unwrap(), "{name}");
        let input = &line["input"];
        assert_eq!(input["type"], "object", "{name}: {input}");
        assert_eq!(input["additionalProperties"], false, "{name} takes what it does not know");
        assert!(input["$schema"].is_string() && line["reply"]["$schema"].is_string(), "{name} has no schema");
        for required in input["required"].as_array().into_iter().flatten() {
            assert!(
                !input["properties"][required.as_str().unwrap()].is_null(),
                "{name} wants {required} and has it not"
            );
        }
        whole(line, line, name);
    }
}

/// Every reference inside a schema leads somewhere, and every field is described.
fn whole(root: &Value, here: &Value, name: &str) {
    match here {
        Value::Object(map) => {
            if let Some(Value::String(target)) = map.get("$ref") {
                let path = target.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {target} leads outside"));
                let found = ["input", "reply"].iter().any(|part| root[part].pointer(path).is_some());
                assert!(found, "{name}: {target} leads nowhere");
            }
            map.values().for_each(|value| whole(root, value, name));
        }
        Value::Array(list) => list.iter().for_each(|value| whole(root, value, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn program_helps_and_tells_its_version() {
    let shell = Shell::new();
    for word in ["--help", "-h"] {
        let help = shell.run(&[word]);
        assert_eq!(help.status, Some(0));
        for part in ["pm-os call", "pm-os serve", "--data", "--workspace", "PMOS_DATA_DIR", "PMOS_PASSPHRASE"] {
            assert!(help.out.contains(part), "the help does not name {part}");
        }
    }
    let version = shell.run(&["--version"]);
    assert_eq!((version.status, version.out.trim()), (Some(0), concat!("pm-os ", env!("CARGO_PKG_VERSION"))));
    assert!(!shell.data().exists());
}

#[test]
fn program_names_the_word_that_it_does_not_know() {
    let shell = Shell::new();
    for (words, part) in [
        (&["dance"][..], "dance"),
        (&["call"], "name of a command"),
        (&["call", "app.status", "{}", "more"], "more"),
        (&["call", "app.status", "--loudly"], "--loudly"),
        (&["call", "app.status", "--workspace", "mine"], "mine"),
        (&["serve", "--port", "99999"], "99999"),
    ] {
        let answer = shell.run(words);
        assert_eq!(answer.status, Some(2), "{words:?}: {answer:?}");
        let fault = answer.fault();
        assert_eq!(fault.code, Code::Invalid);
        assert!(
            fault.message.contains(part) && fault.message.contains("pm-os call NAME"),
            "{words:?}: {}",
            fault.message
        );
    }
    assert!(!shell.data().exists(), "a wrong word made a data folder");
}

#[test]
fn program_takes_its_input_from_words_or_from_standard_input() {
    let shell = Shell::new();
    let changed = shell.does("settings.change", &json!({ "theme": "dark" }));
    assert_eq!(changed["theme"], "dark");
    let told = shell.tell("settings.change", &json!({ "week_start": 7 })).reply();
    assert_eq!((&told["theme"], &told["week_start"]), (&json!("dark"), &json!(7)));
    // No input at all is an empty one.
    assert_eq!(shell.run(&["call", "app.status"]).reply()["settings"], told);
    assert_eq!(shell.tell_text(&["call", "app.status", "-"], "").reply()["settings"], told);
    let mut bytes = shell.command(&["call", "app.status", "-"]);
    bytes.stdin(std::fs::File::open(env!("CARGO_BIN_EXE_pm-os")).unwrap());
    let fault = Answer::of(bytes).refused(Code::Invalid);
    says(&fault, &["Standard input cannot be read"]);
}

#[test]
fn program_finds_its_folder_by_word_or_by_environment() {
    let shell = Shell::new();
    let mut by_environment = shell.bare(Command::new(env!("CARGO_BIN_EXE_pm-os")), &["call", "app.status"]);
    by_environment.env("PMOS_DATA_DIR", shell.data());
    let status = Answer::of(by_environment).reply();
    assert_eq!(status["data_dir"], shell.data().display().to_string());
    assert_eq!(shell.does("app.status", &json!({}))["data_dir"], status["data_dir"]);
}

/// Elsewhere the system itself judges other machines.
#[cfg(target_os = "linux")]
#[test]
fn doctor_misses_certificates() {
    let shell = Shell::new();
    let mut without = shell.command(&["doctor"]);
    // Files that are there and hold nothing.
    let none = tempfile::NamedTempFile::new().unwrap();
    without.env("SSL_CERT_FILE", none.path()).env("SSL_CERT_DIR", shell.data());
    let told = Answer::of(without);
    assert_eq!(told.status, Some(1), "{}", told.out);
    assert!(told.out.lines().any(|line| line.starts_with("BADLY  Connections") && line.contains("ca-certificates")));
}

#[test]
fn program_ends_with_a_number_that_says_what_went_wrong() {
    let shell = Shell::new();
    let empty = json!({});
    says(&shell.is_refused("no.such", &empty, Code::NotFound), &["no command", "no.such", "pm-os commands"]);
    says(&shell.is_refused("today.show", &empty, Code::NotFound), &["no workspace", "workspace.sample"]);
    shell.is_refused("settings.change", &json!({ "week_start": 9 }), Code::Invalid);
    let token = json!({ "token": "bc_at_x" });
    says(&shell.is_refused("signin.token", &token, Code::VaultLocked), &["keyring"]);
    let started = shell.run(&["call", "sync.show", "--workspace", "9"]).refused(Code::NotFound);
    says(&started, &["workspace 9"]);
}

/// A second program on the same folder is told so, and the first goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_shares_its_folder_with_nobody() {
    let shell = Shell::new();
    let mut first = shell.start(&["serve"]);
    first.says("PM OS is at").await;
    let fault = shell.is_refused("app.status", &json!({}), Code::Busy);
    says(&fault, &["Another program", &format!("process {}", first.id()), "Close it"]);
    assert!(fault.retry);
    assert_eq!(first.interrupted().await.status, Some(0));
    shell.does("app.status", &json!({}));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_opens_the_sealed_file_by_the_environment_only_when_told() {
    let sim = stand_in().await;
    let mut shell = Shell::fetched(&sim);
    shell.unset("PMOS_PASSPHRASE");
    let locked = shell.does("vault.status", &json!({}));
    assert_eq!((&locked["place"], &locked["locked"]), (&json!("file"), &json!(true)));
    says(&shell.is_refused("sync.run", &json!({}), Code::VaultLocked), &["locked", "passphrase"]);
    // What is here stays readable, and edits wait.
    assert!(!shell.does("directory.show", &json!({}))["projects"].as_array().unwrap().is_empty());
    shell.set("PMOS_PASSPHRASE", "not the passphrase");
    let fault = shell.is_refused("sync.run", &json!({}), Code::VaultLocked);
    says(&fault, &["does not open the secrets file", "Correct it"]);
    assert!(!fault.message.contains("not the passphrase"));
    shell.set("PMOS_PASSPHRASE", crate::shell::PASSPHRASE);
    shell.does("sync.run", &json!({}));
    shell.set("PMOS_REQUESTS", "lots");
    says(&shell.is_refused("sync.run", &json!({}), Code::Invalid), &["PMOS_REQUESTS", "number"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_waits_for_what_it_started_unless_told_not_to() {
    let sim = stand_in().await;
    let shell = Shell::new();
    shell.signs_in(&sim);
    // Held at the server, a call that waited would never end.
    let gate = sim.faults().hold_next("GET", "/projects.json");
    let connected = shell.connects(&sim);
    assert_eq!(connected["account"], sim.account_id().to_string());
    assert!(shell.run(&["call", "sync.show", "--no-wait"]).reply()["status"]["fresh_as_of"].is_null());
    gate.open();
    shell.does("workspace.connect", &connection(&sim));
    assert!(shell.does("sync.show", &json!({}))["status"]["fresh_as_of"].is_string());
}

/// Called with nothing, every command either does its work or says in words what it lacks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_answers_every_command_of_the_table() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    // What ends the story for the others comes last.
    let mut commands: Vec<_> = TABLE.iter().collect();
    commands.sort_by_key(|command| (command.effect == Effect::Destructive, command.name == "vault.lock"));
    for command in commands {
        // It would make a company of its own, which other tests look at.
        if command.name == "workspace.sample" {
            continue;
        }
        let answer = shell.call(command.name, &json!({}));
        if answer.status == Some(0) {
            serde_json::from_str::<Value>(&answer.out).unwrap_or_else(|why| panic!("{}: {why}", command.name));
            continue;
        }
        let fault = answer.fault();
        assert_eq!(answer.status, Some(i32::from(fault.code.exit_status())), "{}", command.name);
        assert!(!fault.message.contains("no command"), "{} is not handled", command.name);
        assert!(fault.code != Code::Internal, "{}: {fault:?}", command.name);
        says(&fault, &[]);
    }
}
