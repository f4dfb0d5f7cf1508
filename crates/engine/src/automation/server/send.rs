//! Sends what waits: each edit in its order, each answer compared with our own, and nothing over what somebody else did.

use std::sync::Arc;

use activepieces::{Editor, Resolution};
use contract::{Fault, FlowId};
use flow::{Flow, Op};
use store::StoredFlow;

use super::ear;
use super::link::Link;
use super::mirror::{Since, keep, read};
use super::remote::{Remote, alike, load};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::read_document;

/// Sends what waits, flow by flow.
///
/// # Errors
/// What concerns all of them: the server is away, or the sign-in is not accepted.
pub(super) async fn send_all(desk: &Arc<Desk>, link: &Arc<Link>) -> Result<(), Fault> {
    for (id, text, edits) in desk.store.remote_flows().await.into_fault()? {
        let Some(remote) = Remote::read(&text).filter(|remote| remote.server == link.name && !remote.is_gone) else {
            continue;
        };
        let is_ready = remote.draft.queue().len() > 0 && !remote.must_be_decided();
        if edits > 0 || is_ready {
            let _one = desk.server.turn.lock().await;
            send(desk, link, id).await?;
        }
    }
    ear::let_go(link).await;
    Ok(())
}

/// Sends what waits of one flow. For whoever has the turn.
///
/// # Errors
/// As [`send_all`]. What concerns this flow alone is noted with it.
pub(super) async fn send(desk: &Arc<Desk>, link: &Arc<Link>, id: FlowId) -> Result<(StoredFlow, Remote), Fault> {
    let (stored, mut remote) = load(desk, id).await?;
    let editor = Editor::resume(&link.client, &remote.flow, remote.draft.clone());
    let taken = take_over(desk, &stored, &mut remote, &editor).await?;
    if taken.is_some() {
        // What is begun is known after a crash too.
        remote.draft = editor.draft();
        keep(desk, link, id, &mut remote, taken, Since::OnTop).await?;
    }
    if desk.server.state().locks.contains_key(&remote.flow) || !ear::hold(desk, link, &remote.flow).await {
        return Ok((desk.store.flow(id).await.into_fault()?, remote));
    }
    let mut outcome = editor.flush().await;
    if outcome.is_ok() && is_agreed(&editor) && editor.resolve(&Resolution::Theirs).is_ok() {
        outcome = editor.flush().await;
    }
    remote.draft = editor.draft();
    remote.trouble = remote.draft.stuck().map(str::to_owned);
    remote.is_gone = matches!(outcome, Err(activepieces::Fault::NotFound(_)));
    if let Ok(sent) = &outcome {
        for (_, fault) in &sent.dropped {
            remote.trouble = Some(fault.to_string());
        }
    }
    let stored = keep(desk, link, id, &mut remote, None, Since::OnTop).await?;
    match outcome {
        Err(fault) if concerns_all(&fault) => Err(fault.into_fault()),
        Ok(_) | Err(_) => Ok((stored, remote)),
    }
}

/// Has the draft do what was edited since. The last edit that it took, if there was one.
pub(super) async fn take_over(
    desk: &Desk,
    stored: &StoredFlow,
    remote: &mut Remote,
    editor: &Editor,
) -> Result<Option<i64>, Fault> {
    let edits = desk.store.outgoing_edits(stored.flow.id).await.into_fault()?;
    for edit in &edits {
        let done = match read(edit) {
            Some(outgoing) => editor.edit(&outgoing.label, outgoing.op).map_err(|why| why.message),
            None => Err("An edit could not be read.".to_owned()),
        };
        let Err(why) = done else { continue };
        // Step by step it cannot be told any more; as a whole it can.
        tracing::warn!(why, flow = %stored.flow.id, "an edit is sent with the whole automation");
        let stored = desk.store.flow(stored.flow.id).await.into_fault()?;
        let wanted = read_document(&stored.document)?;
        let edits = desk.store.outgoing_edits(stored.flow.id).await.into_fault()?;
        let op = Op::ImportFlow { document: Box::new(wanted.document()) };
        if let Err(why) = editor.edit("Edits made here", op) {
            remote.trouble = Some(why.message);
            return Ok(None);
        }
        return Ok(edits.last().map(|edit| edit.number));
    }
    Ok(edits.last().map(|edit| edit.number))
}

/// Whether the server has just what is here: an answer was lost, or two did the same. Nobody has to decide then.
fn is_agreed(editor: &Editor) -> bool {
    let divergence = editor.with(activepieces::Draft::divergence);
    divergence.is_some_and(|parted| alike(&Flow::from(parted.ours), &Flow::from(parted.theirs)))
}

/// Whether no other flow could be sent either.
fn concerns_all(fault: &activepieces::Fault) -> bool {
    match fault {
        activepieces::Fault::SignIn(_)
        | activepieces::Fault::Limited { .. }
        | activepieces::Fault::Unavailable { .. }
        | activepieces::Fault::Cancelled => true,
        activepieces::Fault::Forbidden(_)
        | activepieces::Fault::NotFound(_)
        | activepieces::Fault::Conflict(_)
        | activepieces::Fault::Invalid { .. }
        | activepieces::Fault::Gone(_)
        | activepieces::Fault::Failed(_)
        | activepieces::Fault::Unreadable(_) => false,
    }
}
