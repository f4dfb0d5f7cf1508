//! The loop that sends queued edits, oldest first, one at a time, ahead of all background fetching.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use basecamp::write::{Edit, Outcome, send};
use basecamp::{Api, Priority, Trouble};
use contract::Fault;
use store::{Store, StoreError, ToSend};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::link::Link;
use super::state::State;
use crate::fault::{IntoFault, of_trouble};
use crate::lifetime::Lifetime;

/// After Basecamp could not be reached the next try waits so long, doubled each time up to the longest.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Wakes the loop and waits for it.
#[derive(Clone)]
pub(crate) struct Sender {
    bell: Arc<Notify>,
    /// How often it was asked to look, and up to which asking it has looked.
    asked: Arc<AtomicU64>,
    served: watch::Receiver<u64>,
}

struct Loop {
    store: Store,
    link: Arc<Link>,
    state: Arc<State>,
    bell: Arc<Notify>,
    asked: Arc<AtomicU64>,
    served: watch::Sender<u64>,
    until: CancellationToken,
}

/// How a round ended.
enum Round {
    /// Nothing waits that could be sent.
    Empty,
    /// Basecamp cannot be reached, or does not let us in, or the person works offline.
    Held,
}

impl Sender {
    pub(crate) fn start(store: Store, link: Arc<Link>, state: Arc<State>, life: &Lifetime) -> Self {
        let bell = Arc::new(Notify::new());
        // What waited when the app ended is looked at first.
        let asked = Arc::new(AtomicU64::new(1));
        let (served, watched) = watch::channel(0);
        let sender = Self { bell: bell.clone(), asked: asked.clone(), served: watched };
        life.spawn(Loop { store, link, state, bell, asked, served, until: life.token() }.run());
        sender
    }

    /// There is something to send, or a reason to try again.
    pub(crate) fn wake(&self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.bell.notify_one();
    }

    /// Waits until everything that can be sent has been.
    pub(crate) async fn settled(&self) {
        let asked = self.asked.load(Ordering::SeqCst);
        // An error means that the loop has ended, and nothing is under way.
        let _ = self.served.clone().wait_for(|served| *served >= asked).await;
    }
}

impl Loop {
    async fn run(self) {
        let mut wait = FIRST_WAIT;
        loop {
            let asked = self.asked.load(Ordering::SeqCst);
            let round = self.round().await;
            self.state.recount(&self.store).await;
            self.served.send_replace(asked);
            let again = async {
                match round {
                    Round::Empty => std::future::pending().await,
                    Round::Held => tokio::time::sleep(wait).await,
                }
            };
            tokio::select! {
                () = self.until.cancelled() => return,
                () = self.bell.notified() => wait = FIRST_WAIT,
                () = again => wait = (wait * 2).min(LONGEST_WAIT),
            }
        }
    }

    async fn round(&self) -> Round {
        loop {
            if self.until.is_cancelled() || self.state.is_offline() || self.state.is_paused() {
                return Round::Held;
            }
            let edit = match self.store.next_to_send().await {
                Ok(Some(edit)) => edit,
                Ok(None) => return Round::Empty,
                Err(error) => return self.held(error.into_fault()).await,
            };
            let api = match self.link.api().await {
                Ok(api) => api,
                Err(fault) => return self.held(fault).await,
            };
            match self.one(&api, edit).await {
                Ok(None) => {}
                Ok(Some(trouble)) => return self.held(of_trouble(&trouble)).await,
                Err(error) => return self.held(error.into_fault()).await,
            }
        }
    }

    async fn held(&self, fault: Fault) -> Round {
        self.link.heed(&fault).await;
        if fault.code != contract::Code::Cancelled {
            self.state.change(|status| {
                status.reachable = fault.code != contract::Code::Offline;
                status.problem = Some(fault);
            });
        }
        Round::Held
    }

    /// Sends one edit. What comes back is a trouble that concerns all edits; what concerns this one alone is kept with it.
    async fn one(&self, api: &Api, edit: ToSend) -> Result<Option<Trouble>, StoreError> {
        let change = edit.change;
        let request = self.request(edit).await?;
        self.store.sending(change).await?;
        self.state.recount(&self.store).await;
        let unsure = request.unsure;
        let outcome = match api.at(Priority::Person, self.until.clone()) {
            Ok(api) => send(&api, &request).await,
            Err(trouble) => Outcome::Trouble(trouble),
        };
        match outcome {
            Outcome::Sent(fresh) => self.store.sent(change, *fresh).await?,
            Outcome::Conflict { theirs } => self.store.conflict(change, *theirs).await?,
            Outcome::Unsure => {
                self.store.unsure(change).await?;
                return Ok(Some(Trouble::Lost));
            }
            Outcome::Refused(message) => self.store.failed(change, &message).await?,
            Outcome::Missing => self.store.failed(change, &Trouble::Missing.to_string()).await?,
            Outcome::Trouble(trouble) => {
                // What may have arrived in an earlier try is still not known.
                if unsure {
                    self.store.unsure(change).await?;
                } else {
                    self.store.requeue(change).await?;
                }
                return Ok(Some(trouble));
            }
        }
        Ok(None)
    }

    /// What is sent differs from the server's record in the fields that the edit is about, and in no others.
    async fn request(&self, edit: ToSend) -> Result<Edit, StoreError> {
        let before = edit.base.as_ref().map(|base| {
            let mut before = edit.after.clone();
            for field in &edit.fields {
                field.copy(base, &mut before);
            }
            before
        });
        let parent = match edit.after.parent {
            Some(parent) => self.store.row(parent).await?,
            None => None,
        };
        let (adopted, base_updated_at) = match &edit.base {
            Some(base) => (Vec::new(), base.updated_at),
            None => (self.store.adopted().await?, edit.after.updated_at),
        };
        Ok(Edit {
            before,
            parent_kind: parent.map(|parent| parent.kind),
            base_updated_at,
            made_at: edit.after.created_at,
            me: self.store.me().await?,
            notify: edit.notify,
            unsure: edit.unsure,
            adopted,
            after: edit.after,
        })
    }
}
