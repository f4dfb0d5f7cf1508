//! Keeps a flow here as the server has it. An edit that was made meanwhile is never covered.

use contract::{Fault, FlowId, FlowPlace, FlowState};
use flow::{Flow, History, Status, apply};
use store::{FlowHead, FlowMirror, MirroredVersion, NewFlow, OutgoingEdit, StoredFlow};

use super::link::Link;
use super::remote::{Outgoing, Remote, alike, plain};
use super::{stock, wanted};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::{head, history_text, moved_on, read_document, text_of};

/// A person may edit so often while one look is kept.
const TRIES: u32 = 8;

/// What is to become of edits that were made since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// They are done on top.
    OnTop,
    /// They come first: nothing is kept now.
    First,
}

/// An edit that waits, read.
pub(super) fn read(edit: &OutgoingEdit) -> Option<Outgoing> {
    serde_json::from_str(&edit.edit).ok()
}

/// Adds a flow that the server has and that was not known.
pub(super) async fn add(desk: &Desk, link: &Link, mut remote: Remote) -> Result<StoredFlow, Fault> {
    let flow = plain(remote.draft.flow());
    let new = NewFlow {
        head: head_of(desk, link, &flow).await,
        folder: link.folder(remote.draft.known()).unwrap_or_default(),
        place: FlowPlace::Server,
        owner: String::new(),
        document: text_of(&flow)?,
        history: history_text(&History::new())?,
        remote: Some(remote.text()?),
    };
    let stored = desk.store.add_flow(&new).await.into_fault()?;
    keep(desk, link, stored.flow.id, &mut remote, None, Since::OnTop).await
}

/// Keeps what is known of a flow, and takes its draft over where it is another one. `taken` is the last edit that the draft
/// holds already.
pub(super) async fn keep(
    desk: &Desk,
    link: &Link,
    id: FlowId,
    remote: &mut Remote,
    taken: Option<i64>,
    since: Since,
) -> Result<StoredFlow, Fault> {
    for _ in 0..TRIES {
        let stored = desk.store.flow(id).await.into_fault()?;
        let edits = desk.store.outgoing_edits(id).await.into_fault()?;
        let rest: Vec<&OutgoingEdit> = edits.iter().filter(|edit| Some(edit.number) > taken).collect();
        if since == Since::First && !rest.is_empty() {
            return Ok(stored);
        }
        let ours = read_document(&stored.document)?;
        let mut flow = remote.draft.flow().clone();
        let follow = |edit: &&OutgoingEdit| read(edit).is_some_and(|edit| apply(&mut flow, edit.op).is_ok());
        let (is_whole, is_alone) = (rest.iter().all(follow), rest.is_empty());
        let is_same = !is_whole || alike(&ours, &flow);
        let document = if is_same { stored.document.clone() } else { text_of(&plain(&flow))? };
        let is_draft = is_alone && remote.draft.queue().len() == 0;
        let published = published(link, remote, is_draft).await?;
        let mirror = FlowMirror {
            head: if is_same { head_as(&stored) } else { head_of(desk, link, &flow).await },
            document,
            fresh_history: history_text(&History::new())?,
            folder: link.folder(remote.draft.known()).unwrap_or_else(|| stored.flow.folder.clone()),
            state: state(remote),
            published,
            remote: remote.text()?,
            taken,
        };
        if is_unchanged(&stored, &mirror) {
            return Ok(stored);
        }
        if mirror.state == FlowState::On && stored.flow.state != FlowState::On {
            wanted::begins(desk, id).await?;
        }
        if let Some(kept) = desk.store.mirror_flow(id, stored.revision, &mirror).await.into_fault()? {
            return Ok(kept);
        }
    }
    Err(moved_on())
}

/// Windows look again whenever something is kept, and a look asks the server: what did not change is not kept again.
fn is_unchanged(stored: &StoredFlow, mirror: &FlowMirror) -> bool {
    mirror.taken.is_none()
        && mirror.published == MirroredVersion::Known
        && stored.document == mirror.document
        && stored.flow.folder == mirror.folder
        && stored.flow.state == mirror.state
        && stored.remote.as_deref() == Some(mirror.remote.as_str())
}

fn state(remote: &Remote) -> FlowState {
    let record = &remote.draft.known().record;
    match (&record.published_version_id, record.status) {
        (None, _) => FlowState::Draft,
        (Some(_), Some(Status::Enabled)) if !remote.is_gone => FlowState::On,
        (Some(_), _) => FlowState::Off,
    }
}

/// What runs there. Its document is fetched when it is neither known nor the draft.
async fn published(link: &Link, remote: &mut Remote, is_draft: bool) -> Result<MirroredVersion, Fault> {
    let known = remote.draft.known();
    let version = known.record.published_version_id.clone();
    if version == remote.published {
        return Ok(MirroredVersion::Known);
    }
    let found = match &version {
        None => MirroredVersion::Nothing,
        Some(version) if is_draft && known.version_id() == Some(version) => MirroredVersion::Draft,
        Some(version) => match link.client.flow(&remote.flow, Some(version)).await {
            Ok(flow) => MirroredVersion::Document(text_of(&plain(&flow))?),
            // It comes with the next look.
            Err(fault) if fault.passes() => return Ok(MirroredVersion::Known),
            Err(fault) => return Err(fault.into_fault()),
        },
    };
    remote.published = version;
    Ok(found)
}

fn head_as(stored: &StoredFlow) -> FlowHead {
    FlowHead {
        name: stored.flow.name.clone(),
        starts: stored.flow.trigger.clone(),
        steps: stored.flow.steps,
        problems: stored.flow.problems,
    }
}

/// What the list shows of a flow, checked against what the server has.
pub(super) async fn head_of(desk: &Desk, link: &Link, flow: &Flow) -> FlowHead {
    match stock::findings_by(link, flow).await {
        Ok(findings) => head(flow, &findings),
        Err(why) => {
            tracing::info!(%why, workspace = %desk.workspace, "an automation of the server was not checked");
            head(flow, &[])
        }
    }
}
