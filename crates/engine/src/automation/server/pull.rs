//! Looks what the server has: its flows become flows here, what somebody changed there is taken over where nothing of ours
//! waits, and what is gone is marked.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use activepieces::{Features, FlowFilter, gather, is_being_deleted};
use contract::{Fault, FlowId};
use flow::Flow;

use super::link::Link;
use super::mirror::{Since, add, keep};
use super::remote::{Remote, load};
use super::{account, ear, moving, runs};
use crate::desk::Desk;
use crate::fault::IntoFault;

/// More flows than a project has.
const FLOWS: usize = 20_000;
/// So many are asked for at once.
const PAGE: u32 = 100;

/// A flow that was known before the look.
struct Known {
    id: FlowId,
    remote: Remote,
    waits: bool,
}

/// Looks at all flows and at the runs since the last look.
///
/// # Errors
/// What any request may meet; what was seen by then is kept.
pub(super) async fn pull(desk: &Arc<Desk>, link: &Arc<Link>) -> Result<(), Fault> {
    let features = link.features().await.into_fault()?;
    if let Some(flags) = link.known_flags() {
        account::note_version(desk, &flags.current_version).await?;
    }
    let filter = FlowFilter::default();
    let theirs: Vec<Flow> = gather(FLOWS, |cursor| {
        let filter = &filter;
        async move { link.client.flows(&link.project, filter, cursor.as_deref(), Some(PAGE)).await }
    })
    .await
    .into_fault()?;
    let folders = link.client.folders(&link.project).await.into_fault()?.items;
    *link.folders.lock().unwrap_or_else(PoisonError::into_inner) =
        folders.into_iter().map(|folder| (folder.id, folder.display_name)).collect();
    {
        let _one = desk.server.turn.lock().await;
        take_over(desk, link, &features, theirs).await?;
    }
    desk.server.state().looked_at = Some(desk.now());
    ear::listen(desk, link).await;
    runs::pull(desk, link).await
}

async fn take_over(desk: &Desk, link: &Link, features: &Features, theirs: Vec<Flow>) -> Result<(), Fault> {
    let mut known = known(desk, link).await?;
    let left: HashSet<String> = moving::left(desk).await?.into_iter().map(|(flow, _)| flow).collect();
    for flow in theirs {
        let Some(name) = flow.flow_id().map(str::to_owned).filter(|_| !is_being_deleted(&flow)) else { continue };
        match known.remove(&name) {
            None if left.contains(&name) => {}
            None => {
                add(desk, link, Remote::new(link, flow, features)).await?;
            }
            // What waits is sent after another look, which finds what somebody else did.
            Some(known) if known.waits => {}
            Some(Known { id, mut remote, .. }) => {
                if *remote.draft.known() != flow
                    || remote.is_gone
                    || remote.published != flow.record.published_version_id
                {
                    let published = remote.published.take();
                    remote = Remote { published, ..Remote::new(link, flow, features) };
                    keep(desk, link, id, &mut remote, None, Since::First).await?;
                }
            }
        }
    }
    // A list that lacks something is no proof that it is gone.
    for Known { id, remote, .. } in known.into_values().filter(|known| !known.remote.is_gone) {
        if is_gone(link, &remote.flow).await? {
            let (_, mut remote) = load(desk, id).await?;
            remote.is_gone = true;
            keep(desk, link, id, &mut remote, None, Since::OnTop).await?;
        }
    }
    Ok(())
}

async fn known(desk: &Desk, link: &Link) -> Result<HashMap<String, Known>, Fault> {
    let flows = desk.store.remote_flows().await.into_fault()?;
    let read = flows.into_iter().filter_map(|(id, text, edits)| {
        let remote = Remote::read(&text).filter(|remote| remote.server == link.name)?;
        let waits = edits > 0 || remote.draft.queue().len() > 0 || remote.must_be_decided();
        Some((remote.flow.clone(), Known { id, remote, waits }))
    });
    Ok(read.collect())
}

async fn is_gone(link: &Link, flow: &str) -> Result<bool, Fault> {
    match link.client.flow(flow, None).await {
        Ok(flow) => Ok(is_being_deleted(&flow)),
        Err(activepieces::Fault::NotFound(_)) => Ok(true),
        Err(fault) => Err(fault.into_fault()),
    }
}
