//! Tells the server what starts flows there and only the app can hear.
//!
//! A telling is kept before it is sent, stands among the runs until the server has it, and is sent once: what waits while the
//! server is away is sent later. When no answer came it is looked for among the server's runs, after a crash too, and what nobody
//! can tell is left to a person.

use std::collections::HashMap;
use std::sync::Arc;

use activepieces::{Fault as There, Hook, Run, RunFilter as RunsThere, gather};
use contract::{Code, Fault, FlowId, FlowPlace, RunId, RunStatus, RunStep, RunSummary, RunView};
use flow::Status;
use jiff::{SignedDuration, Timestamp};
use runner::portability::{as_call, of_call};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{RunStands, StoredRun};

use super::link::Link;
use super::remote::Remote;
use super::run_view::value_of;
use super::wanted;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::read_document;

/// What was sent and not answered is looked for so long: the server may have put it into a row.
const UNSURE: SignedDuration = SignedDuration::from_mins(5);
/// Clocks differ: its run is looked for from this much before it was sent.
const OVERLAP: SignedDuration = SignedDuration::from_mins(10);
/// So many runs are looked through.
const RUNS: usize = 200;
/// The largest value that is looked into, in bytes.
const LARGEST: usize = 10 << 20;

/// What the server is to be told, as it is kept with the run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Telling {
    payload: Value,
    /// When it was sent; no answer has come since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tried: Option<Timestamp>,
}

impl Telling {
    pub(in super::super) fn new(payload: Value) -> Self {
        Self { payload, tried: None }
    }

    fn of(stored: &StoredRun) -> Option<Self> {
        serde_json::from_str(stored.start.as_deref()?).ok()
    }

    /// Tells what happened from everything else that did.
    fn happening(&self) -> Option<&str> {
        happening(&self.payload)
    }

    async fn keep(&self, desk: &Desk, id: RunId, status: RunStatus, failure: Option<&str>) -> Result<(), Fault> {
        let start = serde_json::to_string(self).map_err(|why| {
            Fault::new(Code::Internal, format!("What the server is to be told could not be written: {why}."))
        })?;
        let ended_at = status.is_ended().then(|| desk.now());
        let stands = RunStands { status, ended_at, failed_step: None, failure: failure.map(str::to_owned), wait: None };
        desk.store.telling_stands(id, &start, &stands).await.into_fault()
    }
}

fn happening(payload: &Value) -> Option<&str> {
    payload.get("happening")?.as_str()
}

/// How it went with one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// There is nothing more to do.
    Done,
    /// The server has it, or may have it: what it does is looked at soon.
    Watched,
}

/// Tells the server what waits, oldest first; `true` when it is to be looked at again soon.
///
/// # Errors
/// What concerns all of them: the server is away. What concerns one is noted with it.
pub(super) async fn tell_all(desk: &Arc<Desk>, link: &Arc<Link>) -> Result<bool, Fault> {
    let mut closed = HashMap::new();
    let mut is_watched = false;
    for stored in desk.store.tellings().await.into_fault()? {
        let told = tell(desk, link, &stored, &mut closed).await?;
        is_watched |= told == Told::Watched;
    }
    Ok(is_watched)
}

/// Whether something that the server was told of goes on there.
pub(super) async fn goes_on(desk: &Desk) -> Result<bool, Fault> {
    let flows = wanted::flows(&desk.store).await.into_fault()?;
    if flows.is_empty() {
        return Ok(false);
    }
    let under_way = desk.store.remote_runs_under_way().await.into_fault()?;
    Ok(under_way.iter().any(|(_, flow, _)| flows.contains(flow)))
}

/// `closed` says why flows cannot be told, as far as that was asked.
async fn tell(
    desk: &Arc<Desk>,
    link: &Arc<Link>,
    stored: &StoredRun,
    closed: &mut HashMap<FlowId, Option<&'static str>>,
) -> Result<Told, Fault> {
    let id = stored.run.id;
    let Some(telling) = Telling::of(stored) else {
        let lost = Telling::new(Value::Null);
        lost.keep(desk, id, RunStatus::InternalError, Some("What happened could not be read. Look at the item."))
            .await?;
        return Ok(Told::Done);
    };
    let flow = desk.store.flow(stored.run.flow).await.into_fault()?;
    let Some(remote) = Remote::of(&flow).filter(|_| flow.flow.place == FlowPlace::Server) else {
        give_up(desk, stored.run.flow).await?;
        return Ok(Told::Done);
    };
    if remote.server != link.name {
        return Ok(Told::Done);
    }
    if let Some(tried) = telling.tried {
        return look(desk, link, &remote, id, &telling, tried).await;
    }
    let why = match closed.get(&stored.run.flow) {
        Some(why) => *why,
        None => {
            // A look first: a server that is away is not told on a guess.
            let why = closed_there(link, &remote).await?;
            closed.insert(stored.run.flow, why);
            why
        }
    };
    if let Some(why) = why {
        telling.keep(desk, id, RunStatus::Failed, Some(why)).await?;
        return Ok(Told::Done);
    }
    // Somebody may have cancelled it while the server was asked.
    let fresh = desk.store.telling(id).await.into_fault()?;
    if fresh.is_none_or(|fresh| fresh.run.status.is_ended()) {
        return Ok(Told::Done);
    }
    let trying = Telling { tried: Some(desk.now()), ..telling.clone() };
    trying.keep(desk, id, RunStatus::Running, None).await?;
    match link.client.call_webhook(&remote.flow, Hook::Live, &telling.payload).await {
        Ok(_) => {
            desk.store.telling_arrived(id).await.into_fault()?;
            Ok(Told::Watched)
        }
        Err(There::Cancelled) => Err(There::Cancelled.into_fault()),
        Err(fault) if fault.may_have_happened() => {
            tracing::info!(%fault, run = %id, "nobody answered when the server was told");
            Ok(Told::Watched)
        }
        Err(fault) if fault.passes() => {
            telling.keep(desk, id, RunStatus::Queued, None).await?;
            Err(fault.into_fault())
        }
        Err(fault) => {
            telling.keep(desk, id, RunStatus::Failed, Some(&fault.to_string())).await?;
            Ok(Told::Done)
        }
    }
}

/// Why nothing starts the flow on the server, if so: as a sentence.
async fn closed_there(link: &Link, remote: &Remote) -> Result<Option<&'static str>, Fault> {
    match link.client.flow(&remote.flow, None).await {
        Ok(flow) if flow.record.status == Some(Status::Enabled) => Ok(None),
        Ok(_) => {
            Ok(Some("It was switched off on the server, so it was not told of this. Switch it on, then try again."))
        }
        Err(There::NotFound(_)) => {
            Ok(Some("It was deleted on the server, so it was not told of this. Move it into the app."))
        }
        Err(fault) => Err(fault.into_fault()),
    }
}

/// Looks whether what was sent has begun a run.
async fn look(
    desk: &Arc<Desk>,
    link: &Arc<Link>,
    remote: &Remote,
    id: RunId,
    telling: &Telling,
    tried: Timestamp,
) -> Result<Told, Fault> {
    if has_begun(link, remote, telling, tried).await? {
        desk.store.telling_arrived(id).await.into_fault()?;
        return Ok(Told::Watched);
    }
    if desk.now().duration_since(tried) < UNSURE {
        return Ok(Told::Watched);
    }
    let why = "The connection was lost while the server was told of this, and it has no run of it. Look there, and try again if \
               nothing came of it.";
    telling.keep(desk, id, RunStatus::Failed, Some(why)).await?;
    Ok(Told::Done)
}

async fn has_begun(link: &Arc<Link>, remote: &Remote, telling: &Telling, tried: Timestamp) -> Result<bool, Fault> {
    let since = tried.checked_sub(OVERLAP).unwrap_or(tried);
    let filter =
        RunsThere { flows: vec![remote.flow.clone()], created_after: Some(since.to_string()), ..RunsThere::default() };
    let runs = gather(RUNS, |cursor| {
        let filter = &filter;
        async move { link.client.runs(&link.project, filter, cursor.as_deref(), Some(100)).await }
    });
    for run in runs.await.into_fault()? {
        let run = link.client.run(&run.id).await.into_fault()?;
        let call = told_of(link, &run).await?;
        let begun = call.as_ref().and_then(of_call).and_then(happening);
        if begun.is_some() && begun == telling.happening() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a run of the server's was started with.
async fn told_of(link: &Link, run: &Run) -> Result<Option<Value>, Fault> {
    let Some(step) = run.steps.get(flow::Trigger::NAME) else { return Ok(None) };
    if let activepieces::Output::Link(far) = &step.output {
        return Ok(Some(link.client.large_output(far, LARGEST).await.into_fault()?));
    }
    Ok(value_of(&step.output))
}

/// What the app told the server, in words, when it began this run so.
pub(super) async fn cause(desk: &Desk, flow: FlowId, run: &Run) -> Option<String> {
    let step = run.steps.get(flow::Trigger::NAME)?;
    let call = value_of(&step.output)?;
    let key = format!("{flow}:{}", happening(of_call(&call)?)?);
    desk.store.told(&key).await.ok().flatten()
}

/// What a flow was still to be told is not told any more: it runs elsewhere.
pub(super) async fn give_up(desk: &Desk, flow: FlowId) -> Result<(), Fault> {
    for stored in desk.store.tellings().await.into_fault()?.into_iter().filter(|stored| stored.run.flow == flow) {
        if let Some(telling) = Telling::of(&stored) {
            let why = "The automation left the server before it was told of this.";
            telling.keep(desk, stored.run.id, RunStatus::Canceled, Some(why)).await?;
        }
    }
    Ok(())
}

/// A telling as a page shows a run; `None` for a run that the server has.
pub(super) async fn show(desk: &Desk, id: RunId) -> Result<Option<RunView>, Fault> {
    let Some(stored) = desk.store.telling(id).await.into_fault()? else { return Ok(None) };
    let payload = Telling::of(&stored).map(|telling| as_call(&telling.payload));
    let name = read_document(&stored.document)?.trigger.name;
    let step = payload.map(|payload| RunStep {
        name,
        within: Vec::new(),
        status: RunStatus::Succeeded,
        began_at: None,
        took_ms: None,
        attempts: 1,
        input: String::new(),
        output: payload.to_string(),
        cut: false,
        error: None,
        warnings: Vec::new(),
    });
    Ok(Some(RunView { run: stored.run, document: stored.document, steps: step.into_iter().collect() }))
}

/// Tells it again, since a person says so; `None` for a run that the server has.
pub(super) async fn again(desk: &Desk, id: RunId) -> Result<Option<RunSummary>, Fault> {
    let Some(stored) = desk.store.telling(id).await.into_fault()? else { return Ok(None) };
    let telling = Telling::of(&stored).filter(|_| stored.run.status.is_ended()).ok_or_else(|| {
        Fault::new(Code::Conflict, "The server is still being told of this. Wait until it is, or cancel it.")
    })?;
    Telling { tried: None, ..telling }.keep(desk, id, RunStatus::Queued, None).await?;
    desk.server.bell.hurry();
    Ok(Some(desk.store.run(id).await.into_fault()?.run))
}

/// Does not tell it; `None` for a run that the server has.
pub(super) async fn cancel(desk: &Desk, id: RunId) -> Result<Option<RunSummary>, Fault> {
    let Some(stored) = desk.store.telling(id).await.into_fault()? else { return Ok(None) };
    if let Some(telling) = Telling::of(&stored) {
        telling.keep(desk, id, RunStatus::Canceled, None).await?;
    }
    Ok(Some(desk.store.run(id).await.into_fault()?.run))
}
