//! The assistant at work: the conversations of a workspace that are under way, and what drives them here.
//!
//! What a turn is and what may run is decided in `agent`; what a call does, in the handlers, through the same gate as every
//! other call. This composes them, and keeps and tells what happens.

mod calls;
mod export;
mod host;
mod inspect;
mod live;
mod models;
mod tools;
mod world;

use std::collections::HashMap;
use std::sync::Arc;

use agent::driver::{Left, Letter, Order, drive};
use agent::turn::{Budget, Open};
use contract::{CallId, CallState, Caller, Code, ConversationId, Fault, Item, Line, Outcome, TurnStage};
use store::CallRow;
use tokio::sync::{Mutex, mpsc, oneshot, watch};

use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;

use host::Hosted;
use live::Live;

pub(crate) use calls::{is_asked_each_time, target};
pub(crate) use export::export;
pub(crate) use inspect::RequestLog;
pub(crate) use models::{
    ModelShelf, check as check_model, choose_usual, connect as connect_model, disconnect as disconnect_model,
    list as list_models, test as test_model,
};

/// So many conversations are kept at hand, with their records; those that rest are read again when they are needed.
const AT_HAND: usize = 8;
/// Orders that wait while the driver is busy keeping a step.
const ORDERS: usize = 64;

/// The conversations that are being driven.
#[derive(Default)]
pub(crate) struct Chats {
    driven: Mutex<HashMap<ConversationId, Driven>>,
}

struct Driven {
    letters: mpsc::Sender<Letter>,
    live: Arc<Live>,
    stage: watch::Receiver<TurnStage>,
}

impl Chats {
    /// What is being said right now, and what waits its turn.
    pub(crate) async fn under_way(&self, id: ConversationId) -> (String, Vec<String>) {
        let driven = self.driven.lock().await;
        driven.get(&id).map(|driven| driven.live.under_way()).unwrap_or_default()
    }

    /// Lets go of a conversation: what is under way is abandoned.
    pub(crate) async fn drop(&self, id: ConversationId) {
        self.driven.lock().await.remove(&id);
    }

    /// Waits until this one has nothing under way, or waits for a person.
    pub(crate) async fn rests(&self, id: ConversationId) {
        let stage = self.driven.lock().await.get(&id).map(|driven| driven.stage.clone());
        if let Some(mut stage) = stage {
            // A driver that ended has nothing under way.
            let _ = stage.wait_for(|stage| is_at_rest(*stage)).await;
        }
    }

    /// Waits until every conversation has nothing under way, or waits for a person.
    pub(crate) async fn settled(&self) {
        let stages: Vec<_> = self.driven.lock().await.values().map(|driven| driven.stage.clone()).collect();
        for mut stage in stages {
            // A driver that ended has nothing under way.
            let _ = stage.wait_for(|stage| is_at_rest(*stage)).await;
        }
    }
}

/// Nothing is under way but what a person may do.
fn is_at_rest(stage: TurnStage) -> bool {
    matches!(stage, TurnStage::Idle | TurnStage::Waiting)
}

/// Marks of conversations whose words are not a person's begin so, and end with the conversation.
pub(crate) const OUTSIDE: &str = "outside.";

fn outside(id: ConversationId) -> String {
    format!("{OUTSIDE}{id}")
}

/// Notes that what is said in a conversation is not a person's: it counts as read from outside from its first word.
pub(crate) async fn mark_outside(desk: &Desk, id: ConversationId) -> Result<(), Fault> {
    desk.store.set_mark(&outside(id), Some("yes")).await.into_fault()
}

/// Hands an order to the conversation, driving it from where it stood if nobody does. What it caused is in the record then.
///
/// # Errors
/// `NotFound` when there is no such conversation, or its record cannot be read.
pub(crate) async fn order(
    engine: &Engine,
    desk: &Arc<Desk>,
    caller: &Caller,
    id: ConversationId,
    order: Order,
) -> Result<(), Fault> {
    let mut driven = desk.chats.driven.lock().await;
    let ended = driven.get(&id).is_none_or(|driven| driven.letters.is_closed());
    if ended {
        if driven.len() >= AT_HAND {
            driven.retain(|_, driven| *driven.stage.borrow() != TurnStage::Idle);
        }
        driven.insert(id, begin(engine, desk, caller, id).await?);
    }
    let letters = driven.get(&id).map(|driven| driven.letters.clone());
    let gone = || Fault::new(Code::Internal, "The conversation stands still. Say it again.").retryable();
    let (kept, outcome) = oneshot::channel();
    letters.ok_or_else(gone)?.send(Letter { order, kept }).await.map_err(|_| gone())?;
    // Held until it is kept, so that nobody takes the conversation for one that rests.
    let outcome = outcome.await.map_err(|_| gone())?;
    drop(driven);
    outcome.map_err(|why| Fault::new(Code::Storage, why))
}

/// Takes up what was under way when the app ended: cards wait again, and nothing runs.
pub(crate) async fn take_up(engine: &Engine, desk: &Arc<Desk>) {
    let busy = match desk.store.busy_conversations().await {
        Ok(busy) => busy,
        Err(error) => return tracing::error!(%error, "the conversations could not be read"),
    };
    let caller = Caller::person(contract::Door::Background, Some(desk.workspace));
    let mut driven = desk.chats.driven.lock().await;
    for id in busy {
        match begin(engine, desk, &caller, id).await {
            Ok(mut begun) => {
                // Whoever reads it next reads how it ended.
                let _ = begun.stage.wait_for(|stage| is_at_rest(*stage)).await;
                driven.insert(id, begun);
            }
            Err(fault) => tracing::error!(conversation = %id, message = fault.message, "it could not be taken up"),
        }
    }
}

async fn begin(engine: &Engine, desk: &Arc<Desk>, caller: &Caller, id: ConversationId) -> Result<Driven, Fault> {
    let store = &desk.store;
    let conversation = store.conversation(id).await.into_fault()?;
    let conversation =
        conversation.ok_or_else(|| Fault::new(Code::NotFound, format!("There is no conversation {id}.")))?;
    let (record, _) = store.lines(id, None, u32::MAX).await.into_fault()?;
    let turn = store.last_turn(id).await.into_fault()?;
    let rows = store.calls_of(id, &[turn]).await.into_fault()?;
    let ids: Vec<_> = rows.iter().map(|row| row.view.call.id).collect();
    let outputs = store.outputs(id, &ids).await.into_fault()?;
    let left = Left {
        turn,
        next_call: store.next_call(id).await.into_fault()?.0,
        open: open(&record, &rows, &outputs),
        thinking: conversation.stage != TurnStage::Idle,
    };
    let waiting = store.queued(id).await.into_fault()?;
    let (told, stage) = watch::channel(conversation.stage);
    let is_outside = store.mark(&outside(id)).await.into_fault()?.is_some();
    let live = Arc::new(Live::new(conversation, record, rows, outputs, is_outside, told));
    let host = Arc::new(Hosted::new(engine, desk, caller, live.clone()));
    // What waited its turn when the app ended is the person's to say again.
    if !waiting.is_empty() {
        host.give_back(waiting).await?;
    }
    let (letters, mailbox) = mpsc::channel(ORDERS);
    let ended = desk.life().token();
    desk.life().spawn(async move {
        tokio::select! {
            () = drive(host, Budget::default(), left, mailbox) => {}
            () = ended.cancelled() => {}
        }
    });
    Ok(Driven { letters, live, stage })
}

/// The calls of the last reply, when the turn ended in the middle of them.
fn open(record: &[Line], rows: &[CallRow], outputs: &HashMap<CallId, String>) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    for line in record.iter().rev() {
        match &line.item {
            Item::Answered { calls, .. } => {
                let results: Vec<_> = record.iter().filter(|later| later.seq > line.seq).collect();
                let answered =
                    |id| results.iter().any(|line| matches!(&line.item, Item::Result { call, .. } if *call == id));
                if calls.iter().any(|call| !answered(call.id)) {
                    let of = |call: &contract::Call| rows.iter().find(|row| row.view.call.id == call.id);
                    open = calls.iter().map(|call| reopened(call, of(call), outputs.get(&call.id))).collect();
                }
                break;
            }
            Item::Result { .. } => {}
            Item::Said { .. } | Item::Ended { .. } => break,
        }
    }
    open
}

fn reopened(call: &contract::Call, row: Option<&CallRow>, output: Option<&String>) -> Open {
    let Some(row) = row else {
        return Open { call: call.clone(), exclusive: true, waiting: false, outcome: None };
    };
    let output = output.unwrap_or(&row.view.output).clone();
    let outcome = match row.view.state {
        CallState::Returned => Some(Outcome::Returned(output)),
        CallState::Failed => Some(Outcome::Failed(output)),
        CallState::Denied => Some(Outcome::Denied(output)),
        CallState::Cancelled => Some(Outcome::Cancelled(output)),
        CallState::Asked | CallState::Ready | CallState::Running => None,
    };
    let waiting = row.view.state == CallState::Asked;
    Open { call: row.view.call.clone(), exclusive: row.exclusive, waiting, outcome }
}
