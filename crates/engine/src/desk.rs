//! An open workspace: its store, its way to Basecamp, and the two loops that keep both in step.

mod fetcher;
mod link;
mod mirror;
mod sender;
mod state;

use std::sync::Arc;

use contract::{Fault, FeedBody, RecordingId, Tag, Who, Workspace, WorkspaceId};
use jiff::Timestamp;
use store::{Committed, Store};
use tokio::sync::Mutex;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::Engine;
use crate::assistant::{self, Chats, RequestLog};
use crate::automation::{Automations, server};
use crate::fault::IntoFault;
use crate::feed::Feed;
use crate::lifetime::Lifetime;
use crate::options::Clock;

use fetcher::Fetcher;
use link::Link;
use sender::Sender;
use state::State;

pub(crate) use fetcher::Thorough;
pub(crate) use link::{probe, signed_in};

/// More items than a window would care to name one by one.
const NAMED: usize = 200;

/// An open workspace.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) link: Arc<Link>,
    pub(crate) state: Arc<State>,
    pub(crate) fetcher: Fetcher,
    /// Held while a project is made, so that two of one name are told apart.
    pub(crate) making: Mutex<()>,
    pub(crate) workspace: WorkspaceId,
    pub(crate) chats: Chats,
    /// What was sent to models for this workspace.
    pub(crate) sent: Arc<RequestLog>,
    pub(crate) automations: Automations,
    pub(crate) server: server::Server,
    sender: Sender,
    clock: Clock,
    life: Lifetime,
}

impl Desk {
    /// Opens the file and starts the loops; nothing is fetched before it is asked for or its time has come.
    pub(crate) async fn open(engine: &Engine, workspace: Workspace) -> Result<Arc<Self>, Fault> {
        let options = &engine.0.options;
        let path = options.data_dir.join("workspaces").join(format!("{}.db", workspace.id));
        let store = Store::open(&path, options.clock.clone()).await.into_fault()?;
        for mended in store.mended() {
            tracing::info!(workspace = %workspace.id, mended, "repaired at launch");
            engine.note(mended.clone());
        }
        let life = engine.0.life.part();
        let state = Arc::new(State::open(&store, engine.0.feed.clone(), workspace.id).await?);
        let link = Arc::new(Link::new(engine, &workspace));
        life.spawn(forward(engine.0.feed.clone(), workspace.id, store.listen(), life.token()));
        let sender = Sender::start(store.clone(), link.clone(), state.clone(), &life);
        let timing = (options.clock.clone(), options.schedule);
        let fetcher = Fetcher::start(store.clone(), link.clone(), state.clone(), sender.clone(), timing, &life);
        let clock = options.clock.clone();
        let automations = Automations::open(engine, &store, &workspace, &life).await?;
        let (workspace, chats, making) = (workspace.id, Chats::default(), Mutex::default());
        let server = server::Server::default();
        let desk = Arc::new(Self {
            store,
            link,
            state,
            fetcher,
            making,
            workspace,
            chats,
            sent: Arc::default(),
            automations,
            server,
            sender,
            clock,
            life,
        });
        assistant::take_up(engine, &desk).await;
        server::start(engine, &desk);
        Ok(desk)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// There is something to send.
    pub(crate) fn wake_sender(&self) {
        self.sender.wake();
    }

    /// Waits until every edit that can be sent has been.
    pub(crate) async fn sent(&self) {
        self.sender.wake();
        self.sender.settled().await;
    }

    /// What hangs on this workspace being open.
    pub(crate) fn life(&self) -> &Lifetime {
        &self.life
    }

    /// Waits until nothing is under way.
    pub(crate) async fn settled(&self) {
        self.chats.settled().await;
        self.automations.settled().await;
        self.fetcher.settled().await;
        self.sender.settled().await;
        self.server.settled().await;
    }

    /// A look at an item as Basecamp has it right now, kept here. Quietly does nothing when Basecamp cannot be reached: what
    /// is here is then the best there is.
    pub(crate) async fn refresh(&self, id: RecordingId) -> Result<(), Fault> {
        if id.is_local() || self.state.is_offline() {
            return Ok(());
        }
        let Some(known) = self.store.row(id).await.into_fault()? else { return Ok(()) };
        let Ok(api) = self.link.api().await else { return Ok(()) };
        match api.fetch(known.kind, id).await {
            Ok(fresh) => {
                self.store.apply(vec![fresh]).await.into_fault()?;
            }
            Err(trouble) => tracing::info!(%trouble, %id, "no fresh look"),
        }
        Ok(())
    }

    pub(crate) async fn close(&self) {
        self.automations.close().await;
        self.life.end().await;
        self.server.close().await;
        self.link.close().await;
        self.store.close().await;
    }
}

/// Tells windows of commits: those of one frame together.
async fn forward(
    feed: Feed,
    workspace: WorkspaceId,
    mut commits: Receiver<Committed>,
    until: tokio_util::sync::CancellationToken,
) {
    loop {
        let first = tokio::select! {
            () = until.cancelled() => return,
            heard = commits.recv() => heard,
        };
        let mut heard = vec![first];
        tokio::time::sleep(std::time::Duration::from_millis(16)).await;
        while let Ok(more) = commits.try_recv() {
            heard.push(Ok(more));
        }
        let (mut tags, mut items, mut set) =
            (std::collections::BTreeSet::new(), std::collections::BTreeSet::new(), None);
        for commit in heard {
            match commit {
                Ok(commit) => {
                    tags.extend(commit.tags);
                    items.extend(commit.items);
                    if commit.who != Who::Sync {
                        set = commit.set.or(set);
                    }
                    for (from, to) in commit.renamed {
                        feed.publish(Some(workspace), FeedBody::Renamed { from, to });
                    }
                }
                // Fell behind: whatever was missed, everything may have changed.
                Err(RecvError::Lagged(_)) => tags.extend(ALL_TAGS),
                Err(RecvError::Closed) => return,
            }
        }
        let items = if items.len() > NAMED { Vec::new() } else { items.into_iter().collect() };
        feed.publish(Some(workspace), FeedBody::Changed { tags: tags.into_iter().collect(), items, set });
    }
}

const ALL_TAGS: [Tag; 17] = [
    Tag::Projects,
    Tag::People,
    Tag::Todos,
    Tag::Cards,
    Tag::Messages,
    Tag::Comments,
    Tag::Documents,
    Tag::Schedule,
    Tag::Checkins,
    Tag::Chat,
    Tag::Time,
    Tag::Activity,
    Tag::History,
    Tag::Outbox,
    Tag::Sync,
    Tag::Flows,
    Tag::Runs,
];
