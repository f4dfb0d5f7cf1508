//! The running stand-in: start it, ask it, edit behind the client's back, stop it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock, machine_clock};
use crate::company::{self, Size};
use crate::counters::{Counters, Tally};
use crate::faults::Faults;
use crate::journal::{Journal, JournalError};
use crate::limiter::{Limit, Limiter};
use crate::server::{Cut, Door, Launchpad, Shared, State, router};
use crate::world::{Editor, Truth, World};

pub use crate::server::Integration;

/// How to start.
#[derive(Clone)]
pub struct Options {
    /// Which company.
    pub seed: u64,
    /// How much of it.
    pub size: Size,
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// Tells the time: of the company, of edits, of the limiter.
    pub clock: Clock,
    /// The limiter; `None` lets everything through.
    pub limit: Option<Limit>,
    /// The recordings list leaves out what only some kinds have.
    pub generic_recordings: bool,
    /// How late the event feed serves.
    pub feed_delay: SignedDuration,
    /// Personal tokens that are good.
    pub tokens: Vec<String>,
    /// The integration for sign-in.
    pub integration: Integration,
    /// Where edits are kept; `None` forgets them.
    pub journal: Option<PathBuf>,
    /// What addresses in records begin with in place of this server's own, which differs from start to start: then what is read
    /// is the same after each, and nothing has a page for people.
    pub named: Option<&'static str>,
    /// Start from this world instead of a company; no journal is then kept.
    pub world: Option<World>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 7,
            size: Size::sample(),
            port: 0,
            clock: machine_clock(),
            limit: Some(Limit::default()),
            generic_recordings: false,
            feed_delay: SignedDuration::ZERO,
            tokens: vec!["bc_at_sample".to_owned()],
            integration: Integration::default(),
            journal: None,
            named: None,
            world: None,
        }
    }
}

/// Why the stand-in did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port could not be had.
    #[error("the sample server could not listen on 127.0.0.1: {0}")]
    Listen(#[from] std::io::Error),
    /// The journal could not be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// A running stand-in. Dropping it stops the server without waiting for open requests.
pub struct Sim {
    shared: Arc<Shared>,
    me: i64,
    token: String,
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Sim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sim").field("origin", &self.shared.origin).finish_non_exhaustive()
    }
}

impl Sim {
    /// Builds the company, replays its journal and listens on loopback.
    ///
    /// # Errors
    /// The port is taken, or the journal cannot be read.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let now = (options.clock)();
        let (seed, size) = (options.seed, options.size);
        let (journal, world) = match (options.world, options.journal) {
            (Some(world), _) => (None, world),
            (None, None) => (None, aside(move || company::build(seed, size, now)).await?),
            (None, Some(path)) => {
                let opened = aside(move || Journal::open(&path, seed, size, now)).await?;
                let (journal, world) = opened?;
                (Some(journal), world)
            }
        };
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let me = world.me();
        let token = options.tokens.first().cloned().unwrap_or_default();
        let shared = Arc::new(Shared {
            account: world.account().id,
            faults: Faults::default(),
            clock: options.clock,
            limit: options.limit,
            generic: options.generic_recordings,
            feed_delay: options.feed_delay,
            origin,
            named: options.named,
            state: Mutex::new(State {
                world,
                journal,
                limiter: Limiter::default(),
                tally: Tally::default(),
                listings: Default::default(),
                tokens: options.tokens.into_iter().collect::<BTreeSet<_>>(),
                launchpad: Launchpad::new(options.integration, options.seed),
            }),
        });
        let stop = CancellationToken::new();
        let service = router(Arc::clone(&shared)).into_make_service_with_connect_info::<Cut>();
        let serving = axum::serve(Door(listener), service).with_graceful_shutdown(stop.clone().cancelled_owned());
        let task = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::warn!(%error, "the sample server stopped");
            }
        });
        Ok(Self { shared, me, token, stop, task: Some(task) })
    }

    /// Scheme, host and port: the base of the API (before the account) and of the sign-in server.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.origin
    }

    /// The account in every path.
    #[must_use]
    pub fn account_id(&self) -> i64 {
        self.shared.account
    }

    /// The first personal token that is good.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The id of the signed-in person.
    #[must_use]
    pub fn me(&self) -> i64 {
        self.me
    }

    /// Looks at the world as it is.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.shared.lock().world)
    }

    /// Edits behind the client's back, at the clock's time. What is done is kept like any write.
    pub fn edit<T>(&self, work: impl FnOnce(&mut Editor<'_>) -> T) -> T {
        let now = self.shared.now();
        let state = &mut *self.shared.lock();
        let mut log = Vec::new();
        let out = work(&mut Editor::new(&mut state.world, now, &mut log));
        state.keep(&log);
        out
    }

    /// All that the signed-in person may see, by id.
    #[must_use]
    pub fn truth(&self) -> Vec<Truth> {
        self.look(|world| world.truth_for(self.me))
    }

    /// The faults to come.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// What was seen so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.shared.lock().tally.counters.clone()
    }

    /// Starts counting anew.
    pub fn reset_counters(&self) {
        self.shared.lock().tally = Tally::default();
    }

    /// Ends every access token given by sign-in, as time would.
    pub fn expire_tokens(&self) {
        self.shared.lock().launchpad.expire();
    }

    /// Takes every authorisation back, personal tokens too.
    pub fn revoke_access(&self) {
        let mut state = self.shared.lock();
        state.launchpad.revoke();
        state.tokens.clear();
    }

    /// Whether the person says no at sign-in from here on.
    pub fn deny_sign_in(&self, deny: bool) {
        self.shared.lock().launchpad.integration.deny = deny;
    }

    /// Stops listening, lets open requests end, and closes the journal.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::warn!(%error, "the sample server did not end well");
        }
        self.shared.lock().journal = None;
    }
}

/// Runs long work off the async threads.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> std::io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}
