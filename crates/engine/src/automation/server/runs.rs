//! Runs on the server: listed into the store, tried again, ended.

use std::collections::HashMap;
use std::sync::Arc;

use activepieces::{Fault as There, Retry, Run, RunFilter, ToldStatus, Trouble, gather};
use contract::{Code, Fault, FeedBody, FlowId, RunId, RunStatus, RunSummary, Tag};
use jiff::{SignedDuration, Timestamp};
use store::{RemoteRun, RunStands, StoredFlow};

use super::link::Link;
use super::remote::{Remote, plain};
use super::{telling, wanted};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::text_of;

/// So many of the latest are taken over at once.
const RUNS: usize = 200;
/// A run may be told of a little after it began.
const OVERLAP: SignedDuration = SignedDuration::from_mins(10);

/// Takes over the runs since the last look, and how those stand that had not ended then.
pub(super) async fn pull(desk: &Arc<Desk>, link: &Link) -> Result<(), Fault> {
    let flows = flows(desk, link).await?;
    let newest = desk.store.newest_remote_run().await.into_fault()?;
    let since = newest.and_then(|newest| newest.checked_sub(OVERLAP).ok());
    let filter = RunFilter { created_after: since.map(|since| since.to_string()), ..RunFilter::default() };
    let found = gather(RUNS, |cursor| {
        let filter = &filter;
        async move { link.client.runs(&link.project, filter, cursor.as_deref(), Some(100)).await }
    });
    for run in found.await.into_fault()? {
        if let Some(id) = flows.get(&run.flow_id) {
            let stored = desk.store.flow(*id).await.into_fault()?;
            // What started it stands with its steps only.
            let run = match is_news(desk, &stored, &run).await? {
                true => link.client.run(&run.id).await.into_fault()?,
                false => run,
            };
            mirror(desk, &stored, &run).await?;
        }
    }
    for (id, flow, name) in desk.store.remote_runs_under_way().await.into_fault()? {
        if !flows.values().any(|known| *known == flow) {
            continue;
        }
        match link.client.run(&name).await {
            Ok(run) => {
                let stored = desk.store.flow(flow).await.into_fault()?;
                mirror(desk, &stored, &run).await?;
            }
            Err(There::NotFound(_) | There::Gone(_)) => {
                desk.store.remote_run_lost(id, "The server no longer keeps this run.").await.into_fault()?;
            }
            Err(fault) => return Err(fault.into_fault()),
        }
    }
    Ok(())
}

/// Whether it is a run that the app may have started by telling, and not known to its end.
async fn is_news(desk: &Desk, stored: &StoredFlow, run: &Run) -> Result<bool, Fault> {
    if wanted::trigger(&desk.store, stored.flow.id).await.into_fault()?.is_none() {
        return Ok(false);
    }
    let known = desk.store.remote_run_status(&run.id).await.into_fault()?;
    Ok(known.is_none_or(|known| !known.is_ended()))
}

/// The flows here by what the server calls them.
async fn flows(desk: &Desk, link: &Link) -> Result<HashMap<String, FlowId>, Fault> {
    let flows = desk.store.remote_flows().await.into_fault()?;
    let read = flows.into_iter().filter_map(|(id, text, _)| {
        let remote = Remote::read(&text).filter(|remote| remote.server == link.name)?;
        Some((remote.flow, id))
    });
    Ok(read.collect())
}

/// The flow here that the server calls so.
pub(super) async fn flow_of(desk: &Desk, link: &Link, name: &str) -> Result<StoredFlow, Fault> {
    match flows(desk, link).await?.get(name) {
        Some(id) => desk.store.flow(*id).await.into_fault(),
        None => Err(Fault::new(Code::NotFound, "The automation of this run is not here any more.")),
    }
}

/// Keeps how a run of a flow stands.
pub(super) async fn mirror(desk: &Desk, stored: &StoredFlow, run: &Run) -> Result<RunSummary, Fault> {
    let document = match run.flow() {
        Some(flow) => text_of(&plain(&flow))?,
        None => stored.document.clone(),
    };
    let at = |text: &str| text.parse::<Timestamp>().ok();
    let began = run.start_time.as_deref().and_then(at).or_else(|| at(&run.created));
    let status = status(&run.status);
    let ended = status.is_ended().then(|| run.finish_time.as_deref().and_then(at).unwrap_or_else(|| desk.now()));
    let failure = run.failed.as_ref().map(|failed| failed.trouble.message.clone());
    let odd = match &run.status {
        ToldStatus::Other(word) => Some(format!("The server says {word} of it, which this version does not know.")),
        ToldStatus::Known(_) | ToldStatus::Unsaid => None,
    };
    let told = telling::cause(desk, stored.flow.id, run).await;
    let inner = run.internal_error.as_deref().map(|text| Trouble::read(text).message);
    let new = RemoteRun {
        flow: stored.flow.id,
        name: run.id.clone(),
        fingerprint: crate::gate::fingerprint("there", &document),
        document,
        test: run.is_test,
        cause: told.unwrap_or_else(|| cause(run)),
        began_at: began.unwrap_or_else(|| desk.now()),
        stands: RunStands {
            status,
            ended_at: ended,
            failed_step: run.failed.as_ref().map(|failed| failed.display_name.clone()),
            failure: failure.or(odd).or(inner),
            wait: None,
        },
    };
    let id = desk.store.mirror_run(&new).await.into_fault()?;
    Ok(desk.store.run(id).await.into_fault()?.run)
}

fn cause(run: &Run) -> String {
    if run.is_test {
        return "Tested on the server".to_owned();
    }
    if run.parent_run_id.is_some() {
        return "By another automation on the server".to_owned();
    }
    "On the server".to_owned()
}

fn status(told: &ToldStatus) -> RunStatus {
    match told {
        ToldStatus::Known(status) => *status,
        ToldStatus::Other(_) => RunStatus::InternalError,
        ToldStatus::Unsaid => RunStatus::Queued,
    }
}

/// A run went on, which the store does not tell.
pub(super) fn progressed(desk: &Desk) {
    if let Ok(engine) = desk.server.engine() {
        let body = FeedBody::Changed { tags: vec![Tag::Runs], items: Vec::new(), set: None };
        engine.0.feed.publish(Some(desk.workspace), body);
    }
}

/// What the server calls a run, with the way there.
pub(super) async fn there(desk: &Arc<Desk>, id: RunId) -> Result<(Arc<Link>, String), Fault> {
    let name = desk.store.remote_run(id).await.into_fault()?;
    let name = name.ok_or_else(|| Fault::new(Code::NotFound, "This run is not one of the server's."))?;
    Ok((desk.server.link(desk).await?, name))
}

pub(super) fn lost(fault: There) -> Fault {
    match fault {
        There::NotFound(_) | There::Gone(_) => Fault::new(
            Code::NotFound,
            "The server no longer keeps what this run did. What the list says of it is all there is.",
        ),
        There::SignIn(_)
        | There::Forbidden(_)
        | There::Conflict(_)
        | There::Limited { .. }
        | There::Invalid { .. }
        | There::Unavailable { .. }
        | There::Failed(_)
        | There::Unreadable(_)
        | There::Cancelled => fault.into_fault(),
    }
}

/// Tries a run again: all of it on what is published, or from the step that failed.
///
/// # Errors
/// `NotFound` when its data is no longer kept, and what the server says.
pub(crate) async fn retry(desk: &Arc<Desk>, id: RunId, latest: bool) -> Result<RunSummary, Fault> {
    if let Some(again) = telling::again(desk, id).await? {
        return Ok(again);
    }
    let (link, name) = there(desk, id).await?;
    let flow = desk.store.run(id).await.into_fault()?.run.flow;
    let how = if latest { Retry::OnLatestVersion } else { Retry::FromFailedStep };
    let run = link.client.retry_run(&link.project, &name, how).await.map_err(lost)?;
    desk.server.bell.look();
    let stored = desk.store.flow(flow).await.into_fault()?;
    mirror(desk, &stored, &run).await
}

/// Ends a run that waits.
///
/// # Errors
/// `Conflict` when it is being carried out: the server ends only those that wait.
pub(crate) async fn cancel(desk: &Arc<Desk>, id: RunId) -> Result<RunSummary, Fault> {
    if let Some(ended) = telling::cancel(desk, id).await? {
        return Ok(ended);
    }
    let (link, name) = there(desk, id).await?;
    let flow = desk.store.run(id).await.into_fault()?.run.flow;
    link.client.cancel_runs(&link.project, std::slice::from_ref(&name)).await.into_fault()?;
    let run = link.client.run(&name).await.map_err(lost)?;
    let stored = desk.store.flow(flow).await.into_fault()?;
    let summary = mirror(desk, &stored, &run).await?;
    if summary.status.is_ended() {
        return Ok(summary);
    }
    Err(Fault::new(
        Code::Conflict,
        "The server ends only runs that wait, and this one is being carried out. Wait for its end.",
    ))
}
