//! What is known of a flow on the server, and the edits that wait to be sent there, as the store keeps both.

use activepieces::{Draft, Features};
use contract::{Code, Fault, FlowPlace};
use flow::{Flow, Op, Trigger, TriggerKind, diff};
use runner::portability::words;
use serde::{Deserialize, Serialize};
use store::StoredFlow;

use super::link::Link;
use super::{account, wanted};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::text_of;

/// What is known of a flow on the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Remote {
    /// The server and the project.
    pub(super) server: String,
    /// What the server calls the flow.
    pub(super) flow: String,
    pub(super) draft: Draft,
    /// The version that runs there, of which the document is kept here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<String>,
    /// Why what waits cannot be sent, as a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) trouble: Option<String>,
    /// It was deleted there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_gone: bool,
}

/// An edit that waits to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Outgoing {
    pub(super) label: String,
    pub(super) op: Op,
}

impl Remote {
    pub(super) fn new(link: &Link, flow: Flow, features: &Features) -> Self {
        Self {
            server: link.name.clone(),
            flow: flow.flow_id().unwrap_or_default().to_owned(),
            draft: Draft::new(flow, features),
            published: None,
            trouble: None,
            is_gone: false,
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn of(stored: &StoredFlow) -> Option<Self> {
        stored.remote.as_deref().and_then(Self::read)
    }

    pub(super) fn text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|why| {
            Fault::new(Code::Internal, format!("What is known of the automation could not be written: {why}."))
        })
    }

    /// Somebody has to decide before anything more is sent.
    pub(super) fn must_be_decided(&self) -> bool {
        self.draft.divergence().is_some() || self.draft.stuck().is_some()
    }
}

/// Whether people would call them the same: dates, ids and samples of a server are nobody's edit.
pub(super) fn alike(ours: &Flow, theirs: &Flow) -> bool {
    diff::diff(&ours.document(), &theirs.document()).without_stamps().is_empty()
}

/// What a person edits of a flow, without the server's record of it.
pub(super) fn plain(flow: &Flow) -> Flow {
    Flow::from(flow.document())
}

/// What is to be kept beside an edit of this flow, so that it is sent; `None` for a flow of the app.
///
/// # Errors
/// `Internal` when it cannot be written.
pub(crate) fn edited(stored: &StoredFlow, op: &Op, label: &str) -> Result<Option<String>, Fault> {
    if stored.flow.place == FlowPlace::Here {
        return Ok(None);
    }
    if begins_by(op).is_some_and(|trigger| words(trigger).is_some()) {
        let message = "On the server, nothing in Basecamp starts it by itself. Move it into the app, choose there what starts it, \
                       and move it back.";
        return Err(Fault::new(Code::Conflict, message));
    }
    let outgoing = Outgoing { label: label.to_owned(), op: op.clone() };
    serde_json::to_string(&outgoing).map(Some).map_err(|why| {
        Fault::new(Code::Internal, format!("The edit could not be written: {why}. Nothing was changed."))
    })
}

/// The trigger that the flow has after an edit, if the edit says.
fn begins_by(op: &Op) -> Option<&Trigger> {
    if let Op::ImportFlow { document } | Op::UseAsDraft { document, .. } = op {
        return Some(&document.trigger);
    }
    if let Op::UpdateTrigger { trigger } = op {
        return Some(trigger);
    }
    let Op::All { ops } = op else { return None };
    ops.iter().rev().find_map(begins_by)
}

/// What a page is told of a flow that runs on the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RemoteView {
    /// Why it cannot be edited here.
    pub(crate) read_only: Option<String>,
    /// Who else has it open for editing.
    pub(crate) lock: Option<String>,
    /// What the server has, as JSON text, while somebody has to decide.
    pub(crate) diverged: Option<String>,
    /// Where its webhook is called.
    pub(crate) address: Option<String>,
    /// What the app tells the server so that it starts, as sentences.
    pub(crate) told: Option<String>,
}

/// What a page is told of a flow that runs on the server; nothing of one that runs in the app.
///
/// # Errors
/// When the store cannot be read.
pub(crate) async fn view(desk: &Desk, stored: &StoredFlow) -> Result<RemoteView, Fault> {
    if stored.flow.place == FlowPlace::Here {
        return Ok(RemoteView::default());
    }
    let Some(remote) = Remote::of(stored) else {
        let read_only = Some("What is known of it on the server cannot be read. Connect the server again.".to_owned());
        return Ok(RemoteView { read_only, ..RemoteView::default() });
    };
    let kept = account::kept(desk).await?;
    let is_connected = kept.is_some_and(|kept| kept.name() == remote.server);
    let read_only = if !is_connected {
        Some("Its server is not connected. Connect it again to edit it, or move it into the app.".to_owned())
    } else if remote.is_gone {
        Some("It was deleted on the server. Move it into the app to keep it, or delete it here too.".to_owned())
    } else {
        remote.draft.read_only()
    };
    let diverged = match remote.draft.divergence() {
        Some(parted) => Some(text_of(&Flow::from(parted.theirs))?),
        None if remote.draft.stuck().is_some() => Some(text_of(&plain(remote.draft.known()))?),
        None => None,
    };
    let lock = desk.server.state().locks.get(&remote.flow).cloned();
    let link = desk.server.present().await;
    let address = link.filter(|_| is_webhook(remote.draft.flow())).and_then(|link| {
        let urls = link.client.webhook_urls(link.known_flags()?, &remote.flow);
        Some(urls.live)
    });
    let told = wanted::told(&desk.store, stored).await.into_fault()?;
    Ok(RemoteView { read_only, lock, diverged, address, told })
}

/// Whether something outside starts it by calling an address.
pub(super) fn is_webhook(flow: &Flow) -> bool {
    match &flow.trigger.kind {
        TriggerKind::Piece(call) => call.piece == "@activepieces/piece-webhook",
        TriggerKind::Empty | TriggerKind::Other(_) => false,
    }
}

/// A flow of the server with what is known of it there.
///
/// # Errors
/// `NotFound` when it does not run on a server.
pub(super) async fn load(desk: &Desk, id: contract::FlowId) -> Result<(StoredFlow, Remote), Fault> {
    let stored = desk.store.flow(id).await.into_fault()?;
    match Remote::of(&stored).filter(|_| stored.flow.place == FlowPlace::Server) {
        Some(remote) => Ok((stored, remote)),
        None => Err(Fault::new(Code::NotFound, "This automation does not run on a server. Look at where it runs.")),
    }
}
