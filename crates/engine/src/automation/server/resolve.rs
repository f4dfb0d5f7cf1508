//! A person decides: whose edits count where two edited the same flow, or that they take over what somebody else has open.

use std::sync::Arc;

use activepieces::{Editor, Resolution};
use contract::{Code, Fault, FlowId, FlowKeep};
use store::StoredFlow;

use super::ear;
use super::mirror::{Since, keep};
use super::remote::load;
use super::send::{send, take_over};
use crate::desk::Desk;
use crate::fault::IntoFault;

/// Decides whose edits count. What is decided is sent at once if the server is there, and later otherwise.
///
/// # Errors
/// `Conflict` when both cannot stand together, or nothing has to be decided.
pub(crate) async fn resolve(desk: &Arc<Desk>, id: FlowId, whose: FlowKeep) -> Result<StoredFlow, Fault> {
    let link = desk.server.link(desk).await?;
    let _one = desk.server.turn.lock().await;
    let (stored, mut remote) = load(desk, id).await?;
    let editor = Editor::resume(&link.client, &remote.flow, remote.draft.clone());
    let taken = take_over(desk, &stored, &mut remote, &editor).await?;
    let (divergence, is_stuck) = editor.with(|draft| (draft.divergence(), draft.stuck().is_some()));
    match (divergence, whose) {
        (Some(parted), whose) => {
            let resolution = match whose {
                FlowKeep::Both => Resolution::Both(Box::new(parted.three_way())),
                FlowKeep::Ours => Resolution::Ours,
                FlowKeep::Theirs => Resolution::Theirs,
            };
            editor.resolve(&resolution).map_err(|why| {
                let message = format!("{} Keep one of the two instead.", why.message);
                Fault::new(Code::Conflict, message)
            })?;
        }
        (None, FlowKeep::Both | FlowKeep::Ours) if is_stuck => editor.retry(),
        (None, FlowKeep::Theirs) if is_stuck => {
            let given_up = editor.discard();
            tracing::info!(edits = given_up.len(), "edits that the server refused were given up");
        }
        (None, _) => {
            return Err(Fault::new(
                Code::Conflict,
                "Nothing has to be decided any more. Look at the automation as it is.",
            ));
        }
    }
    remote.draft = editor.draft();
    remote.trouble = None;
    let kept = keep(desk, &link, id, &mut remote, taken, Since::OnTop).await?;
    match send(desk, &link, id).await {
        Ok((stored, _)) => Ok(stored),
        Err(fault) => {
            tracing::info!(code = ?fault.code, "what was decided is sent later");
            desk.server.heard(desk, Some(fault));
            desk.server.bell.wake();
            Ok(kept)
        }
    }
}

/// Takes a flow over that somebody else has open on the server.
///
/// # Errors
/// `Offline` when the server cannot be asked, `Conflict` when it does not give the flow.
pub(crate) async fn take_over_lock(desk: &Arc<Desk>, id: FlowId) -> Result<(), Fault> {
    let (_, remote) = load(desk, id).await?;
    let link = desk.server.link(desk).await?;
    let socket = ear::socket(desk, &link).await.into_fault()?;
    let lock = socket.lock(&remote.flow, true).await.into_fault()?;
    if !lock.acquired {
        let who = lock.holder.map(|person| person.name).filter(|name| !name.is_empty());
        let who = who.unwrap_or_else(|| "Somebody else".to_owned());
        return Err(Fault::new(Code::Conflict, format!("{who} still has it open. Ask them to close it.")));
    }
    ear::free(desk, &remote.flow);
    desk.server.bell.hurry();
    Ok(())
}
