//! The running stand-in: start it, look at it, edit behind the client's back, stop it.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::execute::{Answer, Execute, Outcome, Progress};
use super::foreign::Foreign;
use super::http;
use super::installation::{Effect, Installation};
use super::site::Site;
use crate::clock::{Clock, machine_clock};
use crate::faults::Faults;
use crate::limiter::Limit;
use crate::server::{Cut, Door};
use crate::sim::StartError;

/// How many messages a slow socket may lag behind before it is cut off.
const BACKLOG: usize = 1024;

/// How to start.
#[derive(Clone)]
pub struct Options {
    /// What the server knows; `None` starts one to which nobody has signed up.
    pub installation: Option<Installation>,
    /// What the ids of a fresh one are made from.
    pub seed: u64,
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// Tells the time.
    pub clock: Clock,
    /// Carries out runs; without it, each ends as an internal error that says so.
    pub execute: Option<Arc<dyn Execute>>,
    /// How long a synchronous webhook waits for an answer. The real server's is 30 s.
    pub webhook_timeout: Duration,
    /// How often a socket is asked whether it is there.
    pub ping: Duration,
    /// How long after its deletion a flow can still be read, by the clock.
    pub deletes_after: SignedDuration,
    /// How often somebody may sign in or up, by the clock.
    pub sign_in_limit: Limit,
}

impl Default for Options {
    fn default() -> Self {
        let site = Site::default();
        Self {
            installation: None,
            seed: 7,
            port: 0,
            clock: machine_clock(),
            execute: None,
            webhook_timeout: Duration::from_secs(site.webhook_seconds),
            ping: Duration::from_secs(25),
            deletes_after: site.deletes_after,
            sign_in_limit: site.sign_in_limit,
        }
    }
}

/// Something that a client wrote, or tried to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// When it came.
    pub at: Timestamp,
    /// Never GET.
    pub method: String,
    /// The path, with `/api`, and the query.
    pub path: String,
    /// The body as it came.
    pub body: String,
    /// What was answered.
    pub status: u16,
}

/// What every socket of a project is told.
#[derive(Debug, Clone)]
pub(crate) enum Told {
    Event {
        project: String,
        event: &'static str,
        data: Value,
    },
    /// Every socket is cut off.
    Cut,
}

pub(crate) struct State {
    pub(crate) installation: Installation,
    pub(crate) writes: Vec<Write>,
    waiting: HashMap<String, oneshot::Sender<Answer>>,
}

pub(crate) struct Shared {
    pub(crate) site: Site,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    webhook_timeout: Mutex<Duration>,
    pub(crate) ping: Duration,
    pub(crate) told: broadcast::Sender<Told>,
    pub(crate) sockets: AtomicU64,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
    execute: Option<Arc<dyn Execute>>,
    state: Mutex<State>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn webhook_timeout(&self) -> Duration {
        *self.webhook_timeout.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the state and sets going what that asks for. The lock is not held across an await.
    pub(crate) fn with<T>(self: &Arc<Self>, work: impl FnOnce(&mut State) -> T) -> T {
        let (out, effects) = {
            let mut state = self.lock();
            let out = work(&mut state);
            (out, state.installation.drain())
        };
        for effect in effects {
            match effect {
                Effect::Tell { project, event, data } => {
                    // Nobody listening is no mistake.
                    let _ = self.told.send(Told::Event { project, event, data });
                }
                Effect::Run { run } => {
                    let shared = Arc::clone(self);
                    self.tasks.spawn(async move {
                        let stop = shared.stop.clone();
                        tokio::select! {
                            () = stop.cancelled() => {}
                            () = shared.work(&run) => {}
                        }
                    });
                }
            }
        }
        out
    }

    /// A caller waits for what this run answers.
    pub(crate) fn wait_for(state: &mut State, run: &str) -> oneshot::Receiver<Answer> {
        let (sender, receiver) = oneshot::channel();
        state.waiting.insert(run.to_owned(), sender);
        receiver
    }

    pub(crate) fn waits_no_more(&self, run: &str) {
        self.lock().waiting.remove(run);
    }

    /// Carries out one run.
    async fn work(self: &Arc<Self>, run: &str) {
        let now = self.now();
        let Some((job, attempt)) = self.with(|state| state.installation.begin(run, &self.site, now)) else {
            return;
        };
        let outcome = match &self.execute {
            None => Outcome::broken("This stand-in was started without anything that runs flows."),
            Some(execute) => {
                let (shared, id) = (Arc::clone(self), run.to_owned());
                let progress = Progress(Arc::new(move |name: &str, path: &[(String, usize)], output: Value| {
                    let now = shared.now();
                    shared.with(|state| state.installation.progressed(&id, attempt, name, path, output, now));
                }));
                let work = AssertUnwindSafe(execute.execute(job, progress)).catch_unwind();
                work.await.unwrap_or_else(|_| Outcome::broken("The worker died."))
            }
        };
        let now = self.now();
        self.with(|state| {
            if let Some(answer) = state.installation.ended(run, attempt, outcome, &self.site, now)
                && let Some(waiting) = state.waiting.remove(run)
            {
                // The caller may have gone.
                let _ = waiting.send(answer);
            }
        });
    }
}

/// A running stand-in. Dropping it stops the server without waiting for open requests.
pub struct Activepieces {
    shared: Arc<Shared>,
    task: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Activepieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Activepieces").field("origin", &self.shared.site.origin).finish_non_exhaustive()
    }
}

impl Activepieces {
    /// Listens on loopback.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let site = Site {
            origin: format!("http://{}", listener.local_addr()?),
            webhook_seconds: options.webhook_timeout.as_secs(),
            deletes_after: options.deletes_after,
            sign_in_limit: options.sign_in_limit,
        };
        let installation = options.installation.unwrap_or_else(|| Installation::new(options.seed));
        let shared = Arc::new(Shared {
            site,
            clock: options.clock,
            faults: Faults::default(),
            webhook_timeout: Mutex::new(options.webhook_timeout),
            ping: options.ping,
            told: broadcast::channel(BACKLOG).0,
            sockets: AtomicU64::new(1),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            execute: options.execute,
            state: Mutex::new(State { installation, writes: Vec::new(), waiting: HashMap::new() }),
        });
        let service = http::router(Arc::clone(&shared)).into_make_service_with_connect_info::<Cut>();
        let stopped = shared.stop.clone().cancelled_owned();
        let serving = axum::serve(Door(listener), service).with_graceful_shutdown(stopped);
        let task = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::warn!(%error, "the Activepieces stand-in stopped");
            }
        });
        // Runs that were queued when the content was made go on.
        shared.with(|_| ());
        Ok(Self { shared, task: Some(task) })
    }

    /// Scheme, host and port: what a person types as the address of the server.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.site.origin
    }

    /// A token of the owner, good from now on for seven days.
    #[must_use]
    pub fn token(&self) -> String {
        let now = self.shared.now();
        self.look(|installation| installation.token(now))
    }

    /// The first project; empty if nobody has signed up.
    #[must_use]
    pub fn project_id(&self) -> String {
        self.look(|installation| installation.project_id().unwrap_or_default().to_owned())
    }

    /// Looks at the server as it is.
    pub fn look<T>(&self, look: impl FnOnce(&Installation) -> T) -> T {
        look(&self.shared.lock().installation)
    }

    /// Edits behind the client's back, at the clock's time.
    pub fn edit<T>(&self, work: impl FnOnce(&mut Foreign<'_>) -> T) -> T {
        let now = self.shared.now();
        let site = &self.shared.site;
        self.shared.with(|state| work(&mut Foreign { installation: &mut state.installation, site, now }))
    }

    /// What clients wrote, or tried to, in order.
    #[must_use]
    pub fn writes(&self) -> Vec<Write> {
        self.shared.lock().writes.clone()
    }

    /// The faults to come.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Lets synchronous webhooks wait so long from here on.
    pub fn set_webhook_timeout(&self, timeout: Duration) {
        *self.shared.webhook_timeout.lock().unwrap_or_else(PoisonError::into_inner) = timeout;
    }

    /// Cuts every open socket, as a restart of the server would.
    pub fn cut_sockets(&self) {
        let _ = self.shared.told.send(Told::Cut);
    }

    /// Stops listening and lets open requests end. Runs that are under way are dropped.
    pub async fn stop(mut self) {
        self.shared.stop.cancel();
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::warn!(%error, "the Activepieces stand-in did not end well");
        }
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
    }
}

impl Drop for Activepieces {
    fn drop(&mut self) {
        self.shared.stop.cancel();
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}
