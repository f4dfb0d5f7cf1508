//! What the server tells by itself, over Socket.IO: tests as they run, who edits and who looks. The connection is made
//! again whenever it is lost, and what was held through it is asked for again.

mod event;
mod hub;
mod link;
mod packet;
mod watch;

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};
use tokio_util::sync::DropGuard;

use crate::fault::lost;
use crate::{Client, Fault};

pub use event::{Person, Progress, SocketEvent, StepProgress};
pub use watch::Watch;

use hub::{Held, Hub, Order};
use link::Link;

/// How many events a listener may be behind before it misses some.
const BACKLOG: usize = 1024;

/// An ear at the server, for one project. Dropping it hangs up.
pub struct Socket {
    client: Client,
    project: String,
    orders: mpsc::Sender<Order>,
    events: broadcast::Sender<Arc<SocketEvent>>,
    /// Two tests of one version begun at once could not be told apart.
    testing: Mutex<()>,
    _hang_up: DropGuard,
}

/// What became of a wish to edit something alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Whether it was granted.
    pub acquired: bool,
    /// Who has it, if not we.
    pub holder: Option<Person>,
}

impl Socket {
    /// Connects, and stays connected until dropped or the client is called off.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when the sign-in is not accepted, and what any request may meet.
    pub async fn connect(client: &Client, project: &str) -> Result<Self, Fault> {
        let link = Link::open(client, project).await?;
        let (orders, taken) = mpsc::channel(64);
        let (events, _) = broadcast::channel(BACKLOG);
        let stop = client.cancel().child_token();
        let hub = Hub::new(client.until(stop.clone()), project.to_owned(), taken, events.clone());
        tokio::spawn(hub.run(link));
        Ok(Self {
            client: client.clone(),
            project: project.to_owned(),
            orders,
            events,
            testing: Mutex::new(()),
            _hang_up: stop.drop_guard(),
        })
    }

    /// Everything that is told from here on. Whoever is slow misses some, and is told so.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Arc<SocketEvent>> {
        self.events.subscribe()
    }

    /// Asks to edit something alone; `force` takes it from whoever has it.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when no answer comes.
    pub async fn lock(&self, resource: &str, force: bool) -> Result<Lock, Fault> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Answer {
            #[serde(deserialize_with = "crate::wire::lenient")]
            acquired: bool,
            #[serde(deserialize_with = "crate::wire::lenient")]
            lock: Option<Person>,
        }
        let mut data = json!({ "resourceId": resource });
        if let (true, Value::Object(data)) = (force, &mut data) {
            data.insert("force".to_owned(), json!(true));
        }
        let answer = self.ask("LOCK_RESOURCE", data, Some(Held::Lock(resource.to_owned()))).await?;
        let answer: Answer = serde_json::from_str(&answer).unwrap_or_default();
        Ok(Lock { acquired: answer.acquired, holder: answer.lock })
    }

    /// Lets others edit it.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it could not be said; the server lets go by itself when the connection ends.
    pub async fn unlock(&self, resource: &str) -> Result<(), Fault> {
        let held = Held::Lock(resource.to_owned());
        self.tell("UNLOCK_RESOURCE", json!({ "resourceId": resource }), Some(held)).await
    }

    /// Says that somebody looks at something here, and hears who else does.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when no answer comes.
    pub async fn join(&self, resource: &str) -> Result<Vec<Person>, Fault> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Answer {
            #[serde(deserialize_with = "crate::wire::lenient")]
            users: Vec<Person>,
        }
        let held = Held::Presence(resource.to_owned());
        let answer = self.ask("JOIN_PRESENCE", json!({ "resourceId": resource }), Some(held)).await?;
        Ok(serde_json::from_str::<Answer>(&answer).unwrap_or_default().users)
    }

    /// Says that nobody looks at it here any more.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it could not be said.
    pub async fn leave(&self, resource: &str) -> Result<(), Fault> {
        let held = Held::Presence(resource.to_owned());
        self.tell("LEAVE_PRESENCE", json!({ "resourceId": resource }), Some(held)).await
    }

    /// Says something that has no answer; fine once it has left.
    async fn tell(&self, name: &str, data: Value, ends: Option<Held>) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        let order = Order { name: name.to_owned(), data, answers: false, begins: None, ends, reply };
        self.place(order, answer).await.map(drop)
    }

    /// Says something, and waits for the answer.
    async fn ask(&self, name: &str, data: Value, begins: Option<Held>) -> Result<String, Fault> {
        let (reply, answer) = oneshot::channel();
        let order = Order { name: name.to_owned(), data, answers: true, begins, ends: None, reply };
        self.place(order, answer).await
    }

    async fn place(&self, order: Order, answer: oneshot::Receiver<Result<String, Fault>>) -> Result<String, Fault> {
        let ended = || lost("the connection has ended", false);
        let work = async {
            self.orders.send(order).await.map_err(|_| ended())?;
            answer.await.unwrap_or_else(|_| Err(ended()))
        };
        let limit = self.client.patience().reply;
        let timed =
            async { tokio::time::timeout(limit, work).await.map_err(|_| lost("no answer came in time", true))? };
        self.client.guarded(timed).await
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").field("project", &self.project).finish_non_exhaustive()
    }
}
