//! Kills while the files are made, migrated and opened for the first time.

use serde_json::json;

use super::{Point, Story};
use crate::shell::{Shell, connection, stand_in};

/// What the newest migration did, taken back by hand: the tables are then as the version before left them.
const STEP_BACK: &str = "
    begin;
    drop table data_cell;
    drop table data_record;
    drop table data_field;
    drop table data_table;
    drop table done_once;
    drop table connection;
    drop table run_value;
    drop table run_event;
    drop table run;
    drop table run_document;
    drop table flow_mark;
    drop table flow_sample;
    drop table flow_version;
    drop table flow_outbox;
    drop table flow;
    delete from _sqlx_migrations where version = 5;
    commit;";

/// How much an undisturbed run logs, so that kills fall everywhere in it.
pub(super) async fn length(shell: &mut Shell, words: &[&str]) -> usize {
    shell.set("RUST_LOG", "sqlx=debug");
    let mut running = shell.start(words);
    let answer = running.over().await;
    shell.unset("RUST_LOG");
    assert_eq!(answer.status, Some(0), "{answer:?}");
    answer.err.lines().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_first_start() {
    let mut measured = Shell::new();
    let lines = length(&mut measured, &["call", "workspace.list"]).await;
    assert!(lines > 5, "the log tells too little to aim by");
    let sim = stand_in().await;
    let mut story = Story { shell: Shell::new(), sim, dice: sim::Dice::new(15), kills: 0, titles: [].into() };
    for round in 0..30 {
        // Every other start finds what the killed one left.
        if round % 2 == 0 {
            story.shell = Shell::new();
        }
        let point = Point::Logged(1 + story.dice.below(lines));
        story.killed("workspace.list", &json!({}), point).await;
        if round % 2 == 1 {
            assert_eq!(story.shell.does("workspace.list", &json!({})), json!([]));
        }
        if story.kills >= 12 {
            break;
        }
    }
    assert!(story.kills >= 12, "killed only {} times", story.kills);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_first_opening_of_a_workspace() {
    let mut story = Story::begin(16).await;
    let input = connection(&story.sim).to_string();
    let words = ["call", "workspace.connect", &input, "--no-wait"];
    let lines = length(&mut story.shell, &words).await;
    for _ in 0..30 {
        for workspace in story.shell.does("workspace.list", &json!({})).as_array().unwrap() {
            // Whatever is listed can be opened and read.
            story.shell.does("history.list", &json!({}));
            story.shell.does("workspace.remove", &json!({ "id": workspace["id"] }));
        }
        let point = Point::Logged(1 + story.dice.below(lines));
        story.killed("workspace.connect", &connection(&story.sim), point).await;
        if story.kills >= 12 {
            break;
        }
    }
    story.shell.does("workspace.connect", &connection(&story.sim));
    story.ends(12).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_migration() {
    let mut story = Story::fetched(20).await;
    step_back(&story.shell);
    let words = ["call", "history.list", "{}"];
    let lines = length(&mut story.shell, &words).await;
    for _ in 0..30 {
        step_back(&story.shell);
        let point = Point::Logged(1 + story.dice.below(lines));
        story.killed("history.list", &json!({}), point).await;
        if story.kills >= 12 {
            break;
        }
    }
    assert!(copies(&story.shell) > 0, "a copy is made before a file is migrated");
    story.ends(12).await;
}

/// Makes every workspace's file one of the version before.
fn step_back(shell: &Shell) {
    for file in beside(shell, |name| !name.contains(".before-") && name.ends_with(".db")) {
        let db = rusqlite::Connection::open(file).unwrap();
        db.execute_batch(STEP_BACK).unwrap();
    }
}

fn copies(shell: &Shell) -> usize {
    beside(shell, |name| name.contains(".before-5.db")).len()
}

/// The files of the workspaces whose name passes.
fn beside(shell: &Shell, wanted: impl Fn(&str) -> bool) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(shell.data().join("workspaces")).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&wanted)).collect()
}
