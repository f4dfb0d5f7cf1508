//! A person who talks with the assistant.

use contract::commands::{
    CallDecision, ConnectModel, Decide, Say, SetUsualModel, ShowConversation, StartConversation, StopTurn,
};
use contract::{
    CallId, CallState, CallView, ConversationId, ConversationView, Decision, Item, ModelId, Outcome, Reason, Scope,
    Seen, TurnStage, Vendor,
};

use crate::support::{Desk, Scripted};

/// A conversation on a desk.
pub(crate) struct Talk<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) id: ConversationId,
}

impl Desk {
    /// Speaks with this server from here on.
    pub(crate) async fn connects(&self, model: &Scripted) -> ModelId {
        self.connects_at(&model.base(), None).await
    }

    pub(crate) async fn connects_at(&self, base: &str, fallback: Option<ModelId>) -> ModelId {
        let models = self
            .does(ConnectModel {
                id: None,
                vendor: Vendor::Compatible,
                model: "scripted".into(),
                label: None,
                base: Some(base.into()),
                key: None,
                fallback,
            })
            .await;
        let id = models.models.last().unwrap().id;
        self.does(SetUsualModel { id }).await;
        id
    }

    pub(crate) async fn talks(&self) -> Talk<'_> {
        let conversation = self.does(StartConversation { model: None }).await;
        Talk { desk: self, id: conversation.id }
    }
}

impl Talk<'_> {
    /// Says it, and waits until the assistant has nothing to do or waits for a decision.
    pub(crate) async fn says(&self, text: &str) -> ConversationView {
        self.says_seeing(text, Vec::new()).await
    }

    pub(crate) async fn says_seeing(&self, text: &str, seeing: Vec<Seen>) -> ConversationView {
        self.desk.does(Say { conversation: self.id, text: text.into(), seeing }).await;
        self.settles().await
    }

    pub(crate) async fn settles(&self) -> ConversationView {
        self.desk.settles().await;
        self.view().await
    }

    pub(crate) async fn view(&self) -> ConversationView {
        self.desk.does(ShowConversation { id: self.id, before: None, limit: Some(1000) }).await
    }

    pub(crate) async fn stops(&self) -> ConversationView {
        self.desk.does(StopTurn { conversation: self.id }).await;
        self.settles().await
    }

    /// The calls that wait for a decision.
    pub(crate) async fn waiting(&self) -> Vec<CallView> {
        self.view().await.calls.into_iter().filter(|call| call.state == CallState::Asked).collect()
    }

    /// Decides every call that waits, as `choose` says.
    pub(crate) async fn decides(&self, mut choose: impl FnMut(&CallView) -> Decision) -> ConversationView {
        let decisions = self.waiting().await.iter().map(|call| decision(call, choose(call))).collect();
        self.desk.does(Decide { conversation: self.id, decisions }).await;
        self.settles().await
    }

    pub(crate) async fn allows_all(&self) -> ConversationView {
        self.decides(|_| Decision::Allow).await
    }

    pub(crate) async fn denies_all(&self) -> ConversationView {
        self.decides(|_| Decision::Deny { why: String::new() }).await
    }
}

pub(crate) fn decision(call: &CallView, decision: Decision) -> CallDecision {
    CallDecision { call: call.call.id, fingerprint: call.fingerprint.clone(), decision, remember: None }
}

pub(crate) fn remembered(call: &CallView, scope: Scope) -> CallDecision {
    CallDecision { remember: Some(scope), ..decision(call, Decision::Allow) }
}

/// The last thing that the assistant said.
pub(crate) fn answer(view: &ConversationView) -> String {
    let said = view.lines.iter().rev().find_map(|line| match &line.item {
        Item::Answered { text, .. } => Some(text.clone()),
        Item::Said { .. } | Item::Result { .. } | Item::Ended { .. } => None,
    });
    said.unwrap_or_default()
}

/// How the last turn ended, when not by an answer.
pub(crate) fn ended(view: &ConversationView) -> Option<Reason> {
    view.lines.last().and_then(|line| match &line.item {
        Item::Ended { reason } => Some(reason.clone()),
        Item::Said { .. } | Item::Answered { .. } | Item::Result { .. } => None,
    })
}

pub(crate) fn outcome(view: &ConversationView, id: CallId) -> Outcome {
    let found = view.lines.iter().find_map(|line| match &line.item {
        Item::Result { call, outcome } if *call == id => Some(outcome.clone()),
        Item::Result { .. } | Item::Said { .. } | Item::Answered { .. } | Item::Ended { .. } => None,
    });
    found.unwrap_or_else(|| panic!("the call {id} has no result"))
}

/// Laws of every record: lines are numbered without a gap, and every call has exactly one result before anyone speaks again.
pub(crate) fn sound(view: &ConversationView) {
    let mut open: Vec<CallId> = Vec::new();
    let waits = view.conversation.stage != TurnStage::Idle;
    for (at, line) in view.lines.iter().enumerate() {
        assert_eq!(line.seq, view.lines[0].seq + at as u64, "a gap in the record");
        match &line.item {
            Item::Answered { calls, .. } => {
                assert!(open.is_empty(), "the assistant spoke before its calls were answered");
                open = calls.iter().map(|call| call.id).collect();
            }
            Item::Result { call, .. } => {
                assert_eq!(open.first(), Some(call), "a result without a call, twice, or out of order");
                open.remove(0);
            }
            Item::Said { .. } | Item::Ended { .. } => assert!(open.is_empty(), "a call is without a result"),
        }
    }
    assert!(open.is_empty() || waits, "the conversation rests with a call open");
}
