//! The real program, run as a person at a terminal or a script runs it: words in, text and an exit status out.
//!
//! It knows no crate of ours but the vocabulary. Whatever it starts, it ends, also when a test panics.
#![allow(dead_code, reason = "a vocabulary is larger than any one story")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use contract::{Code, Fault};
use serde_json::{Value, json};
use sim::Sim;
use sim::world::{Fields, Kind, Status};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Far longer than anything takes; a test that waits in vain fails rather than hangs.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) const PASSPHRASE: &str = "a passphrase for tests";

/// A data folder, and the environment that the program is started in.
pub(crate) struct Shell {
    pub(crate) folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Shell {
    pub(crate) fn new() -> Self {
        let mut shell = Self { folder: TempDir::with_prefix("pmos-shell-").unwrap(), environment: Vec::new() };
        shell.set("PMOS_KEYRING", "off");
        shell.set("PMOS_PASSPHRASE", PASSPHRASE);
        shell.set("PMOS_REQUESTS", "20000");
        shell
    }

    /// Sets a variable for every start from here on.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.environment.retain(|(known, _)| known != name);
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn workspace_file(&self) -> PathBuf {
        self.data().join("workspaces/1.db")
    }

    /// The program with these words, on this folder.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = self.bare(Command::new(env!("CARGO_BIN_EXE_pm-os")), words);
        command.arg("--data").arg(self.data());
        command
    }

    /// The program with these words and no folder named; it may be wrapped in another program.
    pub(crate) fn bare(&self, mut command: Command, words: &[&str]) -> Command {
        for name in
            ["RUST_LOG", "RUST_BACKTRACE", "PMOS_DATA_DIR", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"]
        {
            command.env_remove(name);
        }
        command.env("HOME", self.folder.path());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Answer {
        Answer::of(self.command(words))
    }

    /// Carries a command out.
    pub(crate) fn call(&self, name: &str, input: &Value) -> Answer {
        self.run(&["call", name, &input.to_string()])
    }

    /// The same with the input by standard input: for secrets.
    pub(crate) fn tell(&self, name: &str, input: &Value) -> Answer {
        self.tell_text(&["call", name, "-"], &input.to_string())
    }

    pub(crate) fn tell_text(&self, words: &[&str], text: &str) -> Answer {
        let mut child = self.command(words).stdin(Stdio::piped()).spawn().unwrap();
        // A program that refuses at once may not read it.
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        Answer::from(child.wait_with_output().unwrap())
    }

    /// The reply of a command that must succeed.
    pub(crate) fn does(&self, name: &str, input: &Value) -> Value {
        self.call(name, input).reply()
    }

    /// The fault of a command that must be refused so. The exit status says the same as the code.
    #[track_caller]
    pub(crate) fn is_refused(&self, name: &str, input: &Value, code: Code) -> Fault {
        self.call(name, input).refused(code)
    }

    /// Starts it and goes on.
    pub(crate) fn start(&self, words: &[&str]) -> Running {
        Running::new(self.command(words))
    }

    /// Signs in with the stand-in's token, its secrets in the sealed file.
    pub(crate) fn signs_in(&self, sim: &Sim) -> Value {
        self.tell("vault.file", &json!({ "passphrase": PASSPHRASE })).reply();
        self.tell("signin.token", &token(sim, sim.token())).reply()
    }

    /// Connects the stand-in's account, and fetches nothing to its end.
    pub(crate) fn connects(&self, sim: &Sim) -> Value {
        let input = connection(sim).to_string();
        self.run(&["call", "workspace.connect", &input, "--no-wait"]).reply()
    }

    /// Signed in, connected, and everything fetched.
    pub(crate) fn fetched(sim: &Sim) -> Self {
        let shell = Self::new();
        shell.signs_in(sim);
        shell.does("workspace.connect", &connection(sim));
        let report = shell.does("sync.show", &json!({}));
        assert!(report["status"]["fresh_as_of"].is_string(), "nothing was fetched: {report}");
        shell
    }
}

pub(crate) fn token(sim: &Sim, token: &str) -> Value {
    json!({
        "token": token,
        "account": sim.account_id().to_string(),
        "api": sim.base_url(),
        "launchpad": sim.base_url(),
    })
}

pub(crate) fn connection(sim: &Sim) -> Value {
    json!({ "sign_in": "1", "account": sim.account_id().to_string() })
}

/// A little company behind HTTP, on this machine's own clock.
pub(crate) async fn stand_in() -> Sim {
    stand_in_with(|options| options).await
}

pub(crate) async fn stand_in_with(with: impl FnOnce(sim::Options) -> sim::Options) -> Sim {
    let size = sim::Size { projects: 2, recordings: 110 };
    let options = sim::Options { seed: 7, size, limit: None, ..sim::Options::default() };
    let sim = Sim::start(with(options)).await.unwrap();
    furnish(&sim);
    sim
}

/// One of each thing that the tests are about, in a project in use.
fn furnish(sim: &Sim) {
    sim.edit(|editor| {
        let world = editor.world();
        let mine =
            |project: &&sim::world::Project| project.status == Status::Active && project.members.contains(&world.me());
        let project = world.projects().find(mine).unwrap().id;
        let tool = |kind| world.tool(project, kind).unwrap();
        let (set, table, board) = (tool(Kind::Todoset), tool(Kind::CardTable), tool(Kind::MessageBoard));
        let list = editor.create(set, Kind::Todolist, Fields::titled("A list in use")).unwrap();
        editor.create_todo(list, "A to-do in use").unwrap();
        let column = editor.create(table, Kind::Column, Fields::titled("A column in use")).unwrap();
        editor.create(column, Kind::Card, Fields::titled("A card in use")).unwrap();
        editor.create(board, Kind::Message, Fields::titled("A message in use")).unwrap();
    });
}

/// The id of the furnished thing that is called so, as callers write it.
pub(crate) fn in_use(sim: &Sim, title: &str) -> Value {
    json!(sim.truth().iter().find(|fact| fact.title == title).unwrap().id.to_string())
}

/// The project that holds them.
pub(crate) fn project_in_use(sim: &Sim) -> Value {
    json!(sim.truth().iter().find(|fact| fact.title == "A list in use").unwrap().project.to_string())
}

/// What the program said in the end.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Its exit status; `None` when a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<std::process::Output> for Answer {
    fn from(output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints text");
        Self { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Answer {
    pub(crate) fn of(mut command: Command) -> Self {
        command.output().unwrap().into()
    }

    /// The reply, when it succeeded.
    #[track_caller]
    pub(crate) fn reply(&self) -> Value {
        assert_eq!(self.status, Some(0), "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("not JSON ({why}): {}", self.out))
    }

    /// The fault that it ended with, whatever was logged before.
    #[track_caller]
    pub(crate) fn fault(&self) -> Fault {
        let last = self.err.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|why| panic!("no fault ({why}): {self:?}"))
    }

    #[track_caller]
    pub(crate) fn refused(&self, code: Code) -> Fault {
        let fault = self.fault();
        assert_eq!(fault.code, code, "{self:?}");
        assert_eq!(self.status, Some(i32::from(code.exit_status())), "{self:?}");
        assert!(self.out.is_empty(), "a refused command printed a reply: {self:?}");
        fault
    }
}

/// True of a message that holds all of these words.
#[track_caller]
pub(crate) fn says(fault: &Fault, words: &[&str]) {
    for word in words {
        assert!(fault.message.contains(word), "“{}” does not say “{word}”", fault.message);
    }
    assert!(fault.message.ends_with(['.', '?', '}']), "“{}” is not a sentence", fault.message);
}

/// A line that was heard.
#[derive(Debug, Clone)]
pub(crate) enum Heard {
    Out(String),
    Err(String),
}

/// A program under way. Dropping it kills it.
pub(crate) struct Running {
    child: Child,
    heard: UnboundedReceiver<Heard>,
    out: String,
    err: String,
}

impl Running {
    pub(crate) fn new(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let (tell, heard) = unbounded_channel();
        listen(child.stdout.take().unwrap(), tell.clone(), Heard::Out);
        listen(child.stderr.take().unwrap(), tell, Heard::Err);
        Self { child, heard, out: String::new(), err: String::new() }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line; `None` when it has ended.
    pub(crate) async fn hears(&mut self) -> Option<Heard> {
        let heard = tokio::time::timeout(PATIENCE, self.heard.recv()).await.expect("the program hangs");
        let (kept, line) = match &heard {
            None => return None,
            Some(Heard::Out(line)) => (&mut self.out, line),
            Some(Heard::Err(line)) => (&mut self.err, line),
        };
        kept.push_str(line);
        kept.push('\n');
        heard
    }

    /// The first line of its output that holds this.
    pub(crate) async fn says(&mut self, part: &str) -> String {
        while let Some(heard) = self.hears().await {
            if let Heard::Out(line) = heard
                && line.contains(part)
            {
                return line;
            }
        }
        panic!("it ended and never said “{part}”: {}", self.err);
    }

    /// Waits for its log to come to so many lines; false when it ended before.
    pub(crate) async fn logs(&mut self, lines: usize) -> bool {
        let mut seen = 0;
        while seen < lines {
            match self.hears().await {
                Some(Heard::Err(_)) => seen += 1,
                Some(Heard::Out(_)) => {}
                None => return false,
            }
        }
        true
    }

    /// Waits until it has ended by itself.
    pub(crate) async fn ends(&mut self) {
        while self.hears().await.is_some() {}
    }

    /// Ends it as a power cut would, and tells what it had said.
    pub(crate) async fn killed(mut self) -> Answer {
        // It may have ended by itself a moment ago; then its own status stands.
        let _ = self.child.kill();
        self.over().await
    }

    /// Asks it to end, as Ctrl-C does.
    pub(crate) async fn interrupted(mut self) -> Answer {
        let asked = Command::new("kill").args(["-INT", &self.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.over().await
    }

    /// What it said, when it has ended.
    pub(crate) async fn over(&mut self) -> Answer {
        self.ends().await;
        let status = self.child.wait().unwrap();
        Answer { status: status.code(), out: std::mem::take(&mut self.out), err: std::mem::take(&mut self.err) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(from: impl Read + Send + 'static, tell: UnboundedSender<Heard>, as_what: fn(String) -> Heard) {
    std::thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut bytes = Vec::new();
        // The last line may be cut short by a kill.
        while lines.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if tell.send(as_what(line)).is_err() {
                return;
            }
        }
    });
}

/// Every file under a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
