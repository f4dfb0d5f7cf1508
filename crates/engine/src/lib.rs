//! Everything that the app can do, without a window: one handler for each command, one feed, the sync of each open workspace.
//!
//! It composes the store, the vault, Basecamp and the sample world, and knows no window, no page and no port. Whoever holds an
//! [`Engine`] calls commands by name and hears the feed.

mod assistant;
mod automation;
mod desk;
mod examine;
mod fault;
mod feed;
mod gate;
mod handlers;
mod hooks;
mod html;
mod launch;
mod lifetime;
mod options;
mod router;
mod schemas;
mod signin;
mod trial;

use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};

use basecamp::Limiter;
use contract::{Caller, Code, Fault, FeedBody, FeedEvent, Tag, WorkspaceId};
use futures::Stream;
use jiff::Timestamp;
use store::{AppStore, Lock};
use tokio::sync::{Mutex, OnceCell};
use vault::Vault;

pub use basecamp::{Pace, can_connect};
pub use examine::Examined;
pub use hooks::{HookCall, HookReply, HookTarget};
pub use options::{Clock, ModelPatience, Options, Sample};
pub use router::describe_commands;

use assistant::ModelShelf;
use desk::Desk;
use fault::IntoFault;
use feed::Feed;
use lifetime::Lifetime;
use signin::SignIns;

/// The app without its window. Cheap to clone; all clones are the same app.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    options: Options,
    app: AppStore,
    /// What launch and opening workspaces found and mended.
    notices: std::sync::Mutex<Vec<String>>,
    vault: OnceCell<Vault>,
    /// The vault is being opened in the background.
    probing: AtomicBool,
    signins: SignIns,
    /// One for every account: Basecamp counts requests by address.
    limiter: Limiter,
    feed: Feed,
    models: ModelShelf,
    hooks: hooks::Hooks,
    desks: Mutex<HashMap<WorkspaceId, Arc<Desk>>>,
    life: Lifetime,
    calls: AtomicU64,
    _lock: Lock,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens the data folder, making it when there is none.
    ///
    /// # Errors
    /// `Busy` when another process holds it, `Storage` when it cannot be read or written.
    pub async fn open(options: Options) -> Result<Self, Fault> {
        launch::open(options).await
    }

    /// Carries out the command that is called so; `payload` is its input as JSON text, and the reply is JSON text.
    ///
    /// # Errors
    /// Whatever went wrong, in words for the person.
    pub async fn call(&self, caller: &Caller, name: &str, payload: &str) -> Result<String, Fault> {
        router::call(self, caller, name, payload).await
    }

    /// Hears what happens in one workspace, and what concerns all. Begins with a `Reset` unless `after` is the number of an
    /// event that is still known.
    pub fn attach(
        &self,
        after: Option<u64>,
        workspace: Option<WorkspaceId>,
    ) -> impl Stream<Item = FeedEvent> + Send + use<> {
        self.0.feed.attach(after, workspace)
    }

    /// The workspace that was opened last.
    ///
    /// # Errors
    /// `NotFound` when there is none yet.
    pub async fn last_opened(&self) -> Result<WorkspaceId, Fault> {
        let workspaces = self.0.app.workspaces().await.into_fault()?;
        workspaces.first().map(|workspace| workspace.id).ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "There is no workspace yet. Open the sample with `pm-os call workspace.sample`, or connect Basecamp.",
            )
        })
    }

    /// Waits until nothing is under way: edits sent or stuck, fetching ended.
    pub async fn settle(&self) {
        let desks: Vec<Arc<Desk>> = self.0.desks.lock().await.values().cloned().collect();
        for desk in desks {
            desk.settled().await;
        }
    }

    /// Ends everything: stops what is under way, waits for it, closes the files.
    pub async fn close(&self) {
        self.0.life.end().await;
        let desks: Vec<Arc<Desk>> = self.0.desks.lock().await.drain().map(|(_, desk)| desk).collect();
        for desk in desks {
            desk.close().await;
        }
        self.0.app.close().await;
    }

    /// Resolves when the app is about to end.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        self.0.life.token().cancelled_owned()
    }

    /// The data folder.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.0.options.data_dir
    }

    fn next_call(&self) -> u64 {
        self.0.calls.fetch_add(1, Ordering::Relaxed)
    }

    fn now(&self) -> Timestamp {
        (self.0.options.clock)()
    }

    /// Something that the person should know of this start.
    fn note(&self, what: impl Into<String>) {
        self.0.notices.lock().unwrap_or_else(PoisonError::into_inner).push(what.into());
    }

    fn notices(&self) -> Vec<String> {
        self.0.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells every window that something of the app itself changed.
    fn touched(&self, tags: &[Tag]) {
        self.0.feed.publish(None, FeedBody::Changed { tags: tags.to_vec(), items: Vec::new(), set: None });
    }

    /// The place of secrets, probed when it is first needed.
    async fn vault(&self) -> Result<&Vault, Fault> {
        self.0.vault.get_or_try_init(|| launch::open_vault(&self.0.options)).await
    }

    /// The open workspace, opening it when it is not.
    async fn desk(&self, id: WorkspaceId) -> Result<Arc<Desk>, Fault> {
        let mut desks = self.0.desks.lock().await;
        if let Some(desk) = desks.get(&id) {
            return Ok(desk.clone());
        }
        let workspaces = self.0.app.workspaces().await.into_fault()?;
        let workspace = workspaces.into_iter().find(|workspace| workspace.id == id).ok_or_else(|| {
            Fault::new(Code::NotFound, format!("There is no workspace {id}. It may have been removed."))
        })?;
        let desk = Desk::open(self, workspace).await?;
        desks.insert(id, desk.clone());
        Ok(desk)
    }
}

impl router::Ask<'_> {
    /// The workspace that this call is about.
    async fn desk(&self) -> Result<Arc<Desk>, Fault> {
        match self.caller.workspace {
            Some(id) => self.engine.desk(id).await,
            None => Err(Fault::invalid("workspace", "This command is about a workspace; say which.")),
        }
    }
}
