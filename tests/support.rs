//! A real engine on a temp folder, beside a Basecamp stand-in of its own: what the stories and the sync laws are told with.
//!
//! Everything goes through [`Engine::call`], the door of every window and program. Nothing here looks into a crate.
#![allow(dead_code, reason = "a vocabulary is larger than any one story")]

mod browser;
mod clock;
mod feed;
mod forms;
mod model;
mod scene;
mod truth;

use std::time::Duration;

use contract::commands::{
    CancelSync, ConnectWorkspace, ListHistory, ListOutbox, RunSync, SetOffline, ShowItem, ShowSync, SignInWithToken,
    Undo,
};
use contract::{
    Caller, ChangeSetId, Choice, Code, Command, Door, Fault, ItemDetail, OutboxEntry, RecordingId, SecretText, SignIn,
    SyncStatus, Undone, WorkspaceId, Written,
};
use engine::{Engine, ModelPatience, Options, Pace};
use sim::{Editor, Sim, Size};
use tempfile::TempDir;

pub(crate) use browser::{free_port, get};
pub(crate) use clock::Time;
pub(crate) use feed::Ear;
pub(crate) use forms::{Form, Place, Wants, forms};
pub(crate) use model::{Reply, Scripted};
pub(crate) use scene::{Scene, day};

/// A person at a desk: an engine, one workspace in it, and the Basecamp that it belongs to.
pub(crate) struct Desk {
    pub(crate) sim: Sim,
    pub(crate) engine: Engine,
    pub(crate) caller: Caller,
    pub(crate) time: Time,
    pub(crate) folder: TempDir,
    pub(crate) sign_in: SignIn,
}

/// How the stand-in of a desk is made.
#[derive(Clone, Copy)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) size: Size,
    pub(crate) generic: bool,
}

impl World {
    /// Small enough for many in one test; two projects, every kind of item.
    pub(crate) fn small(seed: u64) -> Self {
        Self { seed, size: Size { projects: 2, recordings: 110 }, generic: false }
    }
}

pub(crate) async fn stand_in(world: World, time: &Time) -> Sim {
    let options = sim::Options {
        seed: world.seed,
        size: world.size,
        generic_recordings: world.generic,
        clock: time.clock(),
        limit: None,
        ..sim::Options::default()
    };
    Sim::start(options).await.unwrap()
}

/// How the engine of a test is started: nothing by itself, no keyring, no waiting for a limiter.
pub(crate) fn options(folder: &TempDir, time: &Time) -> Options {
    Options {
        clock: time.clock(),
        vault: vault::Options::memory(),
        schedule: false,
        pace: Pace::unhurried(),
        patience: Duration::from_millis(1),
        code_time: Duration::from_millis(500),
        model_patience: ModelPatience { pause: |_| Box::pin(async {}), ..ModelPatience::default() },
        ..Options::new(folder.path().to_owned())
    }
}

impl Desk {
    /// A desk whose workspace has been fetched.
    pub(crate) async fn open() -> Self {
        Self::on(World::small(7)).await
    }

    pub(crate) async fn on(world: World) -> Self {
        let desk = Self::unfetched(world).await;
        desk.sync().await;
        desk
    }

    /// Signed in and connected; nothing has been asked for yet.
    pub(crate) async fn unfetched(world: World) -> Self {
        let time = Time::new();
        let sim = stand_in(world, &time).await;
        Self::at(sim, time).await
    }

    pub(crate) async fn at(sim: Sim, time: Time) -> Self {
        let folder = TempDir::new().unwrap();
        let engine = Engine::open(options(&folder, &time)).await.unwrap();
        // Connecting begins a pass; it is cut at its first listing, so that each story begins with its own.
        let gate = sim.faults().hold_next("GET", "/projects.json");
        let (sign_in, caller) = connect(&engine, &sim).await;
        gate.arrived().await;
        call(&engine, &caller, CancelSync {}).await.unwrap();
        engine.settle().await;
        gate.open();
        Self { sim, engine, caller, time, folder, sign_in }
    }

    /// Carries a command out, as the person at the window.
    pub(crate) async fn tries<C: Command>(&self, command: C) -> Result<C::Reply, Fault> {
        call(&self.engine, &self.caller, command).await
    }

    /// The same, when it must succeed.
    pub(crate) async fn does<C: Command>(&self, command: C) -> C::Reply {
        match self.tries(command).await {
            Ok(reply) => reply,
            Err(fault) => panic!("{} said {:?}: {}", C::NAME, fault.code, fault.message),
        }
    }

    /// The same, when it must be refused with this code; tells why.
    pub(crate) async fn is_refused<C: Command>(&self, command: C, code: Code) -> Fault {
        match self.tries(command).await {
            Ok(_) => panic!("{} was carried out", C::NAME),
            Err(fault) => {
                assert_eq!(fault.code, code, "{}: {}", C::NAME, fault.message);
                fault
            }
        }
    }

    pub(crate) fn through(&self, door: Door) -> Caller {
        Caller { door, ..self.caller.clone() }
    }

    pub(crate) fn workspace(&self) -> WorkspaceId {
        self.caller.workspace.unwrap()
    }

    /// Fetches what changed.
    pub(crate) async fn sync(&self) -> SyncStatus {
        self.does(RunSync { full: false }).await
    }

    /// Compares everything.
    pub(crate) async fn full_sync(&self) -> SyncStatus {
        self.does(RunSync { full: true }).await
    }

    /// Waits until everything that can be sent has been.
    pub(crate) async fn settles(&self) {
        self.engine.settle().await;
    }

    pub(crate) async fn status(&self) -> SyncStatus {
        self.does(ShowSync {}).await.status
    }

    pub(crate) async fn goes_offline(&self) {
        self.does(SetOffline { offline: true }).await;
    }

    pub(crate) async fn comes_back(&self) {
        self.does(SetOffline { offline: false }).await;
        self.settles().await;
    }

    /// Does it, and waits until Basecamp has it.
    pub(crate) async fn sends<C: Command<Reply = Written>>(&self, command: C) -> Written {
        let written = self.does(command).await;
        self.settles().await;
        self.nothing_waits().await;
        written
    }

    pub(crate) async fn outbox(&self) -> Vec<OutboxEntry> {
        self.does(ListOutbox {}).await
    }

    pub(crate) async fn nothing_waits(&self) {
        let waits = self.outbox().await;
        assert!(waits.is_empty(), "still waits: {waits:#?}\n{:?}", self.status().await.problem);
    }

    pub(crate) async fn undoes(&self, set: ChangeSetId) -> ChangeSetId {
        done(self.does(Undo { set: Some(set), choice: None }).await)
    }

    pub(crate) async fn undo_with(&self, set: ChangeSetId, choice: Option<Choice>) -> Undone {
        self.does(Undo { set: Some(set), choice }).await
    }

    pub(crate) async fn redoes(&self, set: ChangeSetId) -> ChangeSetId {
        done(self.does(contract::commands::Redo { set: Some(set), choice: None }).await)
    }

    pub(crate) async fn shows(&self, id: RecordingId) -> ItemDetail {
        self.does(ShowItem { id }).await
    }

    /// How many requests that change something Basecamp has had.
    pub(crate) fn writes_seen(&self) -> u64 {
        let counters = self.sim.counters();
        let writes = counters.requests.iter().filter(|((method, _), _)| method != "GET");
        writes.map(|(_, count)| *count).sum()
    }

    pub(crate) async fn history(&self) -> Vec<contract::HistoryEntry> {
        self.does(ListHistory { before: None, limit: None }).await
    }

    /// Edits behind the person's back, in a colleague's name.
    pub(crate) fn server<T>(&self, work: impl FnOnce(&mut Editor<'_>) -> T) -> T {
        self.sim.edit(|editor| {
            let (me, colleague) = (editor.world().me(), editor.world().people().map(|person| person.id).max().unwrap());
            assert_ne!(me, colleague, "there is nobody else");
            editor.acting_as(colleague);
            work(editor)
        })
    }

    /// Ends the engine and starts it again on the same folder; signs in again, for the vault of a test forgets.
    pub(crate) async fn restarts(self) -> Self {
        let Self { sim, engine, caller: _, time, folder, sign_in: _ } = self;
        engine.close().await;
        drop(engine);
        let engine = Engine::open(options(&folder, &time)).await.unwrap();
        let (sign_in, caller) = connect(&engine, &sim).await;
        Self { sim, engine, caller, time, folder, sign_in }
    }
}

/// Signs in with the stand-in's token and connects its account.
pub(crate) async fn connect(engine: &Engine, sim: &Sim) -> (SignIn, Caller) {
    let person = Caller::person(Door::Window, None);
    let account = sim.account_id().to_string();
    let sign_in = call(engine, &person, token(sim, sim.token())).await.unwrap();
    let connected = ConnectWorkspace { sign_in: sign_in.id, account, name: None };
    let workspace = call(engine, &person, connected).await.unwrap();
    (sign_in, person.in_workspace(workspace.id))
}

pub(crate) fn token(sim: &Sim, token: &str) -> SignInWithToken {
    SignInWithToken {
        token: SecretText::new(token),
        account: Some(sim.account_id().to_string()),
        api: Some(sim.base_url().to_owned()),
        launchpad: Some(sim.base_url().to_owned()),
    }
}

/// A command through the engine's one door: text in, text out.
pub(crate) async fn call<C: Command>(engine: &Engine, caller: &Caller, command: C) -> Result<C::Reply, Fault> {
    let payload = serde_json::to_string(&command).unwrap();
    let reply = engine.call(caller, C::NAME, &payload).await?;
    Ok(serde_json::from_str(&reply).unwrap())
}

fn done(undone: Undone) -> ChangeSetId {
    match undone {
        Undone::Done { set, .. } => set,
        Undone::Moved { conflicts } => panic!("someone changed it since: {conflicts:#?}"),
    }
}
