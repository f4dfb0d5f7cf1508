//! Editing a flow of the server from here: at once on this side, then at the server in order.
//!
//! The server has no check of its own against two people editing at once: the last to write wins. So before each row of
//! writes it is asked what it has, each answer is compared with our own, and whatever we did not do ourselves becomes a
//! [`Divergence`] that a person decides about. What remains is the moment between an answer and the next write: hold the
//! [lock](crate::Socket::lock) while editing, and the server's own web app keeps out.

mod agree;
mod divergence;
mod draft;
mod pending;
mod rules;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flow::diff::Diff;
use flow::{Flow, Op, Refusal};
use tokio::sync::watch;

use crate::{Client, Fault, Features};

pub use divergence::{Divergence, Resolution};
pub use draft::Draft;
pub use pending::Pending;

use draft::{Task, Verdict};

pub(crate) use agree::same as is_same;
pub(crate) use rules::any_failure;

/// A flow that is edited here and at the server. Clones are the same.
#[derive(Clone)]
pub struct Editor {
    shared: Arc<Shared>,
}

struct Shared {
    client: Client,
    id: String,
    draft: Mutex<Draft>,
    /// One row of requests at a time.
    sending: tokio::sync::Mutex<()>,
    changes: watch::Sender<u64>,
}

/// What a row of requests did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    /// How many writes the server took.
    pub writes: usize,
    /// What somebody else had changed, when nothing of ours was waiting and it was taken over.
    pub foreign: Option<Diff>,
    /// What the server would not do about the flow's state, and why; these are taken back here.
    pub dropped: Vec<(Op, Fault)>,
}

impl Editor {
    /// Opens a flow.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn open(client: &Client, id: &str, features: &Features) -> Result<Self, Fault> {
        let flow = client.flow(id, None).await?;
        Ok(Self::resume(client, id, Draft::new(flow, features)))
    }

    /// Goes on with a draft that was put away, with all that waits to be sent.
    #[must_use]
    pub fn resume(client: &Client, id: &str, draft: Draft) -> Self {
        let shared = Shared {
            client: client.clone(),
            id: id.to_owned(),
            draft: Mutex::new(draft),
            sending: tokio::sync::Mutex::new(()),
            changes: watch::Sender::new(0),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The flow's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.shared.id
    }

    /// The draft as it is, to be stored: after each of the [changes](Editor::changes), so that nothing is lost.
    #[must_use]
    pub fn draft(&self) -> Draft {
        self.lock().clone()
    }

    /// Looks at the draft without copying it.
    pub fn with<R>(&self, look: impl FnOnce(&Draft) -> R) -> R {
        look(&self.lock())
    }

    /// The flow as it is here.
    #[must_use]
    pub fn flow(&self) -> Flow {
        self.lock().flow().clone()
    }

    /// Tells whenever the draft changed.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changes.subscribe()
    }

    /// Makes a change here, at once; [`Editor::flush`] sends it.
    ///
    /// # Errors
    /// A refusal in a sentence; nothing is changed then.
    pub fn edit(&self, label: &str, op: Op) -> Result<(), Refusal> {
        self.change(|draft| draft.edit(label, op))
    }

    /// Begins a gesture or turn: what is done until it ends is undone as one.
    pub fn begin(&self, label: &str, by: &str) {
        self.lock().begin(label, by);
    }

    /// Ends a gesture or turn.
    pub fn end(&self) {
        self.lock().end();
    }

    /// Takes the last change back, by operations of its own; false if there is none.
    ///
    /// # Errors
    /// A refusal when it can no longer be taken back.
    pub fn undo(&self) -> Result<bool, Refusal> {
        self.change(Draft::undo)
    }

    /// Does again what was taken back last; false if there is none.
    ///
    /// # Errors
    /// A refusal when it can no longer be done.
    pub fn redo(&self) -> Result<bool, Refusal> {
        self.change(Draft::redo)
    }

    /// Decides about a [`Divergence`]. What is decided is sent by the next [`Editor::flush`], after another look.
    ///
    /// # Errors
    /// A refusal when what both did cannot stand together; choose otherwise then.
    pub fn resolve(&self, resolution: &Resolution) -> Result<(), Refusal> {
        self.change(|draft| draft.resolve(resolution))
    }

    /// Lets what the server refused be sent again, as one whole.
    pub fn retry(&self) {
        let _ = self.change(|draft| {
            draft.retry();
            Ok(())
        });
    }

    /// Gives up all that waits to be sent, and goes back to what the server has. What is given up is returned.
    #[must_use]
    pub fn discard(&self) -> Vec<Op> {
        let mut given_up = Vec::new();
        let _ = self.change(|draft| {
            given_up = draft.discard();
            Ok(())
        });
        given_up
    }

    /// Looks what the server has. What somebody else changed is taken over when nothing of ours waits, and returned; it
    /// becomes a [`Divergence`] otherwise.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn refresh(&self) -> Result<Option<Diff>, Fault> {
        let _one = self.shared.sending.lock().await;
        self.look().await
    }

    /// Sends what waits, in order, until nothing does or something has to be decided. What is not sent stays, and is sent
    /// by the next call.
    ///
    /// # Errors
    /// Why it stopped early. See [`Draft::divergence`] and [`Draft::stuck`] for what to decide; nothing is lost in any case.
    pub async fn flush(&self) -> Result<Sent, Fault> {
        let _one = self.shared.sending.lock().await;
        let mut sent = Sent::default();
        self.lock().look_first();
        loop {
            let task = self.lock().next();
            match task {
                Task::Rest => return Ok(sent),
                Task::Look => {
                    let foreign = self.look().await?;
                    sent.foreign = foreign.or(sent.foreign);
                }
                Task::Send(body) => match self.shared.client.operate_raw(&self.shared.id, body).await {
                    Ok(reply) => {
                        sent.writes += 1;
                        let dropped = self.tell(|draft| draft.answered(reply));
                        sent.dropped.extend(dropped);
                    }
                    Err(fault) => match self.tell(|draft| draft.failed(fault)) {
                        Verdict::Again => {}
                        Verdict::Dropped(op, fault) => sent.dropped.push((*op, fault)),
                        Verdict::Later(fault) | Verdict::Stuck(fault) => return Err(fault),
                    },
                },
            }
        }
    }

    async fn look(&self) -> Result<Option<Diff>, Fault> {
        match self.shared.client.flow(&self.shared.id, None).await {
            Ok(theirs) => Ok(self.tell(|draft| draft.looked(theirs))),
            Err(fault) => {
                if let Fault::NotFound(message) = &fault {
                    let message = message.clone();
                    self.tell(|draft| draft.gone(message));
                }
                Err(fault)
            }
        }
    }

    fn change<R>(&self, work: impl FnOnce(&mut Draft) -> Result<R, Refusal>) -> Result<R, Refusal> {
        let result = work(&mut self.lock());
        if result.is_ok() {
            self.shared.changes.send_modify(|count| *count += 1);
        }
        result
    }

    fn tell<R>(&self, work: impl FnOnce(&mut Draft) -> R) -> R {
        let result = work(&mut self.lock());
        self.shared.changes.send_modify(|count| *count += 1);
        result
    }

    fn lock(&self) -> MutexGuard<'_, Draft> {
        self.shared.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor").field("id", &self.shared.id).finish_non_exhaustive()
    }
}
