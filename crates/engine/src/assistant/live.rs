//! What is known of a conversation while it is driven: its record, the calls of its turn, and what is being said.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use agent::turn::Requirement;
use contract::{
    CallId, ChangeSetId, Conversation, Effect, Item, Line, MemoryId, Outcome, Preview, Seen, TurnId, TurnStage,
};
use jiff::Timestamp;
use store::CallRow;
use tokio::sync::watch;

/// A conversation that is driven.
pub(crate) struct Live {
    now: Mutex<Now>,
    stage: watch::Sender<TurnStage>,
}

pub(crate) struct Now {
    pub(crate) conversation: Conversation,
    /// No person says what is said in it.
    pub(crate) is_outside: bool,
    pub(crate) record: Vec<Line>,
    /// The calls of the turn.
    pub(crate) calls: HashMap<CallId, CallRow>,
    /// Whole outputs of the turn's calls; of earlier ones the record tells enough.
    pub(crate) outputs: HashMap<CallId, String>,
    /// What the calls that have run changed.
    pub(crate) sets: HashMap<CallId, Vec<ChangeSetId>>,
    /// Calls that the model has just made, in order, until the machine has named them.
    pub(crate) planned: VecDeque<Planned>,
    pub(crate) saying: String,
    pub(crate) queued: Vec<String>,
    pub(crate) turn: TurnId,
    pub(crate) began: Timestamp,
    pub(crate) memories: Vec<MemoryId>,
}

/// What was found out of a call before it was let run or shown.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) tool: String,
    pub(crate) input: String,
    pub(crate) effect: Effect,
    pub(crate) title: String,
    pub(crate) preview: Option<Preview>,
    pub(crate) requirement: Requirement,
}

impl Live {
    pub(crate) fn new(
        conversation: Conversation,
        record: Vec<Line>,
        calls: Vec<CallRow>,
        outputs: HashMap<CallId, String>,
        is_outside: bool,
        stage: watch::Sender<TurnStage>,
    ) -> Self {
        let turn = record.last().map(|line| line.turn).unwrap_or_default();
        let began = record.iter().find(|line| line.turn == turn).map_or(conversation.created_at, |line| line.at);
        let now = Now {
            conversation,
            is_outside,
            record,
            calls: calls.into_iter().map(|row| (row.view.call.id, row)).collect(),
            outputs,
            sets: HashMap::new(),
            planned: VecDeque::new(),
            saying: String::new(),
            queued: Vec::new(),
            turn,
            began,
            memories: Vec::new(),
        };
        Self { now: Mutex::new(now), stage }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is being said right now, and what waits its turn.
    pub(crate) fn under_way(&self) -> (String, Vec<String>) {
        let now = self.lock();
        (now.saying.clone(), now.queued.clone())
    }

    pub(crate) fn stands(&self, stage: TurnStage) {
        self.stage.send_replace(stage);
    }
}

impl Now {
    /// Something that others wrote has been read in this conversation: a result of any tool, or what was on the screen, since
    /// names and titles are theirs.
    pub(crate) fn tainted(&self) -> bool {
        self.is_outside
            || self.record.iter().any(|line| match &line.item {
                Item::Said { seeing, .. } => seeing.iter().any(|seen| match seen {
                    Seen::Screen { .. } => false,
                    Seen::Project { .. } | Seen::Item { .. } | Seen::Person { .. } | Seen::Flow { .. } => true,
                }),
                Item::Result { outcome: Outcome::Returned(_) | Outcome::Failed(_), .. } => true,
                Item::Result { outcome: Outcome::Denied(_) | Outcome::Cancelled(_), .. }
                | Item::Answered { .. }
                | Item::Ended { .. } => false,
            })
    }

    /// What the person saw when they last said something.
    pub(crate) fn seeing(&self) -> Vec<Seen> {
        let said = self.record.iter().rev().find_map(|line| match &line.item {
            Item::Said { seeing, .. } => Some(seeing.clone()),
            Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
        });
        said.unwrap_or_default()
    }
}
