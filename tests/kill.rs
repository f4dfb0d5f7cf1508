//! `kill -9` at seeded points of fetching, writing, sending and migrating: the data opens, is sound, and nothing that was
//! acknowledged is lost or sent twice.
//!
//! The stand-in runs in the test, so what the server knows outlives every kill. A point is a request that has arrived, or a
//! line that the program has logged: no clock decides.

mod asking;
mod fetching;
mod opening;
mod running;
mod sending;
mod setup;
mod writing;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sim::{Dice, Gate, Sim};
use store::{AppStore, Store};

use crate::shell::{Answer, Shell, stand_in};
use crate::support::{Desk, Time};

/// When to kill.
#[derive(Debug, Clone, Copy)]
enum Point {
    /// When this request, from 1, is at the server and not yet answered, nor carried out.
    Held(usize),
    /// When this request has arrived; it may be answered first.
    Arrived(usize),
    /// When so many lines were logged.
    Logged(usize),
}

/// One installation that is killed again and again.
struct Story {
    shell: Shell,
    sim: Sim,
    dice: Dice,
    kills: usize,
    /// Titles by whether the program said that it has them.
    titles: BTreeMap<String, bool>,
}

impl Story {
    /// Signed in; no workspace yet.
    async fn begin(seed: u64) -> Self {
        let (shell, sim) = (Shell::new(), stand_in().await);
        shell.signs_in(&sim);
        Self { shell, sim, dice: Dice::new(seed), kills: 0, titles: BTreeMap::new() }
    }

    /// The same with everything fetched.
    async fn fetched(seed: u64) -> Self {
        let sim = stand_in().await;
        Self { shell: Shell::fetched(&sim), sim, dice: Dice::new(seed), kills: 0, titles: BTreeMap::new() }
    }

    /// A point at one of the first `most` requests.
    fn request(&mut self, most: usize) -> Point {
        let at = 1 + self.dice.below(most);
        if self.dice.chance(50) { Point::Held(at) } else { Point::Arrived(at) }
    }

    /// Runs a command up to the point, kills it there, and looks at what is left.
    async fn killed(&mut self, name: &str, input: &Value, point: Point) -> Answer {
        let faults = self.sim.faults();
        faults.clear();
        let (open, shut) = (Gate::default(), Gate::default());
        open.open();
        match point {
            Point::Held(at) => {
                faults.next(at - 1, "", "", sim::Fault::Hold(open.clone()));
                faults.next(1, "", "", sim::Fault::Hold(shut.clone()));
            }
            Point::Arrived(at) => faults.next(at, "", "", sim::Fault::Hold(open.clone())),
            Point::Logged(_) => self.shell.set("RUST_LOG", "sqlx=debug"),
        }
        let input = input.to_string();
        let mut running = self.shell.start(&["call", name, &input]);
        let reached = match point {
            Point::Held(_) => tokio::select! {
                () = shut.arrived() => true,
                () = running.ends() => false,
            },
            Point::Arrived(at) => tokio::select! {
                () = async { for _ in 0..at { open.arrived().await } } => true,
                () = running.ends() => false,
            },
            Point::Logged(lines) => running.logs(lines).await,
        };
        self.shell.unset("RUST_LOG");
        let answer = if reached { running.killed().await } else { running.over().await };
        self.sim.faults().clear();
        shut.open();
        // One that ended by itself in the very moment was not killed, and does not count.
        self.kills += usize::from(answer.status.is_none());
        self.is_sound(name, point).await;
        answer
    }

    /// Every database opens and fits together.
    async fn is_sound(&self, name: &str, point: Point) {
        let data = self.shell.data();
        let clock: store::Clock = std::sync::Arc::new(jiff::Timestamp::now);
        if data.join("app.db").exists() {
            let app = AppStore::open(data.join("app.db"), clock.clone()).await;
            app.unwrap_or_else(|why| panic!("after {name} at {point:?}: {why}")).close().await;
        }
        for file in std::fs::read_dir(data.join("workspaces")).into_iter().flatten().flatten() {
            if file.path().extension().is_some_and(|ending| ending == "db") {
                let store = Store::open(file.path(), clock.clone()).await;
                let store = store.unwrap_or_else(|why| panic!("after {name} at {point:?}: {why}"));
                let found = store.check().await.unwrap();
                assert!(found.is_empty(), "after {name} at {point:?}: {found:#?}");
                store.close().await;
            }
        }
    }

    /// A title that nothing else has. It counts as acknowledged once the program has printed a reply for it.
    fn title(&mut self) -> String {
        let title = format!("Written {} of {:08x}", self.titles.len(), self.dice.throw() >> 32);
        self.titles.insert(title.clone(), false);
        title
    }

    fn acknowledged(&mut self, title: &str, answer: &Answer) {
        if answer.out.contains(title) {
            self.titles.insert(title.to_owned(), true);
        }
    }

    /// Runs without kills until nothing waits.
    fn settles(&self) {
        for _ in 0..12 {
            let waiting = self.shell.does("outbox.list", &json!({}));
            if waiting.as_array().is_some_and(Vec::is_empty) {
                return;
            }
        }
        panic!("edits are stuck: {}", self.shell.does("outbox.list", &json!({})));
    }

    /// Settles, and holds both sides against each other.
    async fn ends(self, kills: usize) {
        assert!(self.kills >= kills, "killed only {} times", self.kills);
        self.settles();
        self.shell.does("sync.run", &json!({ "full": true }));
        self.settles();
        let truth = self.sim.truth();
        for (title, acknowledged) in &self.titles {
            let times = truth.iter().filter(|fact| fact.title == *title).count();
            assert!(times <= 1, "“{title}” is there {times} times");
            assert!(times == 1 || !acknowledged, "“{title}” was acknowledged and is lost");
        }
        assert_eq!(self.sim.counters().duplicate_creates, 0);
        let Self { shell, sim, .. } = self;
        desk(shell, sim).await.truth_holds("after all the kills").await;
    }
}

/// An engine of the test's own on the folder that the program left.
async fn desk(shell: Shell, sim: Sim) -> Desk {
    let sign_ins = shell.does("signin.list", &json!({}));
    let sign_in = serde_json::from_value(sign_ins[0].clone()).unwrap();
    let workspaces = shell.does("workspace.list", &json!({}));
    let workspace: contract::Workspace = serde_json::from_value(workspaces[0].clone()).unwrap();
    let options = engine::Options::new(shell.data()).without_schedule().without_keyring();
    let engine = engine::Engine::open(options).await.unwrap();
    let caller = contract::Caller::person(contract::Door::Window, Some(workspace.id));
    Desk { sim, engine, caller, time: Time::new(), folder: shell.folder, sign_in }
}

/// What the stories look for is found where it is planted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "is there 2 times")]
async fn kill_notices_what_was_sent_twice() {
    let mut story = Story::fetched(17).await;
    let title = story.title();
    let list = crate::shell::in_use(&story.sim, "A list in use").as_str().unwrap().parse().unwrap();
    story.sim.edit(|editor| {
        editor.create_todo(list, &title).unwrap();
        editor.create_todo(list, &title).unwrap();
    });
    story.ends(0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "was acknowledged and is lost")]
async fn kill_notices_what_was_lost() {
    let mut story = Story::fetched(18).await;
    let title = story.title();
    story.titles.insert(title, true);
    story.ends(0).await;
}
