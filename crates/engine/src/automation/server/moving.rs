//! Has a flow run elsewhere: from the app on the server, or the other way round. It stays the same flow here, with its history
//! and its samples.
//!
//! A flow that something in Basecamp starts is started by a webhook there, and the app tells it ([`wanted`]).
//!
//! What was moved away from the server is left there, switched off, and is not shown again; a later move goes into it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use activepieces::Fault as There;
use activepieces::moving::{Counterpart, Gap, MoveFault, Stock, bring, prepare};
use contract::{Code, Fault, FlowGap, FlowId, FlowMoved, FlowPlace, FlowState, Sample};
use flow::{Flow, Op, PieceCall, SampleSide, Status, Trigger};
use runner::portability::{Entry, Report, Weight, as_call, of_call, to_app, to_server, told, untold};
use serde_json::Value;
use store::{FlowDraft, StoredFlow};

use super::link::Link;
use super::mirror::{Since, keep};
use super::remote::{Remote, alike, load, plain};
use super::send::send;
use super::{account, sample, telling, wanted};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::{head, history_text, moved_on, read_document, read_history, refused, text_of};

/// Where it is kept which flows of the server were moved into the app.
const LEFT: &str = "automation-server-left";

/// The flows of the server that were moved into the app, each with the flow here.
pub(super) async fn left(desk: &Desk) -> Result<Vec<(String, FlowId)>, Fault> {
    let mark = desk.store.mark(LEFT).await.into_fault()?;
    Ok(mark.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

async fn keep_left(desk: &Desk, left: &[(String, FlowId)]) -> Result<(), Fault> {
    let text = serde_json::to_string(left)
        .map_err(|why| Fault::new(Code::Internal, format!("Where the automation was could not be written: {why}.")))?;
    desk.store.set_mark(LEFT, Some(&text)).await.into_fault()
}

/// Has a flow run somewhere else. When something that must be mended keeps it where it is, that is told and nothing is done.
///
/// # Errors
/// `NotFound` when no server is connected, and what the server says.
pub(crate) async fn move_flow(desk: &Arc<Desk>, id: FlowId, to: FlowPlace) -> Result<FlowMoved, Fault> {
    let stored = desk.store.flow(id).await.into_fault()?;
    match (stored.flow.place, to) {
        (FlowPlace::Here, FlowPlace::Server) => move_in(desk, stored).await,
        (FlowPlace::Server, FlowPlace::Here) => move_out(desk, stored).await,
        (FlowPlace::Here, FlowPlace::Here) | (FlowPlace::Server, FlowPlace::Server) => {
            Ok(FlowMoved { flow: stored.flow, gaps: Vec::new() })
        }
    }
}

async fn move_in(desk: &Arc<Desk>, stored: StoredFlow) -> Result<FlowMoved, Fault> {
    let link = desk.server.link(desk).await?;
    let _one = desk.server.turn.lock().await;
    let original = read_document(&stored.document)?;
    let told = told(&original);
    let flow = told.as_ref().map_or_else(|| original.clone(), |told| told.flow.clone());
    sample::connect_slack(desk, &link, &flow).await?;
    let stock = link.client.stock(&link.project).await.into_fault()?;
    let described = link.described(&unversioned(&flow)).await.into_fault()?;
    let server = |name: &str| {
        let found = described.iter().find(|((piece, _), _)| piece == name);
        found.and_then(|(_, metadata)| metadata.as_deref().cloned())
    };
    let report = to_server(&flow, desk.automations.catalog(), Some(&server));
    let only_here = only_here(&flow, &report);
    let translate = |call: &PieceCall| match only_here.get(&(call.piece.clone(), call.operation.clone())) {
        Some(why) => Counterpart::None(why.clone()),
        None => Counterpart::Same,
    };
    let refusal = |why: flow::Refusal| Fault::invalid("id", why.message);
    let (_, gaps) = prepare(&flow, &stock, &translate).map_err(refusal)?;
    // A connection can be chosen there once it is there; anything else would be lost.
    let every = Stock { connections: report.connections.union(&stock.connections).cloned().collect(), ..stock };
    let (_, hard) = prepare(&flow, &every, &translate).map_err(refusal)?;
    let noted = told.iter().flat_map(|told| &told.entries).map(noted);
    let gaps: Vec<FlowGap> = noted.chain(gaps.into_iter().map(shown)).collect();
    if hard.iter().any(|gap| gap.is_blocking) {
        return Ok(FlowMoved { flow: stored.flow, gaps });
    }
    let mut left = left(desk).await?;
    let before = left.iter().find(|(_, here)| *here == stored.flow.id).map(|(there, _)| there.clone());
    let moved = arrive(&link, &flow, before.as_deref(), &translate).await?;
    let features = link.features().await.into_fault()?;
    let mut remote = Remote::new(&link, moved, &features);
    // Whatever was published in the app is not what runs there.
    remote.published = Some(String::new());
    let id = stored.flow.id;
    wanted::keep(desk, id, told.as_ref().map(|told| told.trigger.clone())).await?;
    if let Some(told) = &told {
        samples_as_calls(desk, id, &told.trigger).await?;
    }
    desk.store.place_flow(id, FlowPlace::Server, FlowState::Draft, Some(&remote.text()?)).await.into_fault()?;
    rewritten(desk, stored, &plain(remote.draft.flow()), "Moved to the server").await?;
    left.retain(|(_, here)| *here != id);
    keep_left(desk, &left).await?;
    give_samples(desk, &link, &mut remote, id).await;
    let kept = keep(desk, &link, id, &mut remote, None, Since::OnTop).await?;
    desk.automations.starters_changed();
    Ok(FlowMoved { flow: kept.flow, gaps })
}

fn noted(entry: &Entry) -> FlowGap {
    FlowGap { step: entry.step.clone(), words: entry.message.clone(), stops: entry.weight == Weight::Obstacle }
}

/// What the trigger was tried with becomes what a call would bring: what may happen, where it was not tried.
async fn samples_as_calls(desk: &Desk, id: FlowId, trigger: &Trigger) -> Result<(), Fault> {
    if samples_turned(desk, id, trigger, |payload| Some(as_call(payload))).await? {
        return Ok(());
    }
    let described = trigger.call().and_then(|call| {
        let piece = desk.automations.catalog().metadata(&call.piece)?;
        piece.triggers.get(&call.operation)?.sample_data.clone()
    });
    let Some(payload) = described else { return Ok(()) };
    desk.store.keep_sample(id, &trigger.name, "", &as_call(&payload).to_string()).await.into_fault()
}

/// Has the samples of a trigger be what `turn` makes of them, the chosen one still chosen; whether there are any.
async fn samples_turned(
    desk: &Desk,
    id: FlowId,
    trigger: &Trigger,
    turn: impl Fn(&Value) -> Option<Value>,
) -> Result<bool, Fault> {
    let samples = desk.store.samples(id).await.into_fault()?;
    let mut samples: Vec<Sample> = samples.into_iter().filter(|sample| sample.step == trigger.name).collect();
    // Whichever is kept last is chosen.
    samples.sort_by_key(|sample| sample.chosen);
    for sample in &samples {
        if let Some(turned) = serde_json::from_str(&sample.value).ok().and_then(|payload| turn(&payload)) {
            desk.store.keep_sample(id, &sample.step, &sample.name, &turned.to_string()).await.into_fault()?;
        }
    }
    Ok(!samples.is_empty())
}

/// The same calls without versions: what the server would use is asked for.
fn unversioned(flow: &Flow) -> Flow {
    let mut bare = Flow::new("");
    let calls = flow.trigger.call().into_iter().chain(flow.steps.walk().filter_map(|visit| visit.step.call()));
    let pieces: BTreeSet<&str> = calls.map(|call| call.piece.as_str()).collect();
    bare.steps = pieces
        .into_iter()
        .enumerate()
        .map(|(number, piece)| {
            let call = PieceCall { piece: piece.to_owned(), ..PieceCall::default() };
            flow::Step::piece(format!("step_{number}"), "", call)
        })
        .collect();
    bare
}

/// Why calls of pieces cannot be made on the server.
fn only_here(flow: &Flow, report: &Report) -> BTreeMap<(String, String), String> {
    let call_of = |step: &str| match flow.trigger.name == step {
        true => flow.trigger.call(),
        false => flow.step(step).and_then(flow::Step::call),
    };
    let obstacles = report.entries.iter().filter(|entry| entry.weight == Weight::Obstacle);
    let found = obstacles.filter_map(|entry| {
        let call = call_of(&entry.step)?;
        Some(((call.piece.clone(), call.operation.clone()), entry.message.clone()))
    });
    found.collect()
}

fn shown(gap: Gap) -> FlowGap {
    FlowGap { step: gap.step.unwrap_or_default(), words: gap.message, stops: gap.is_blocking }
}

/// Makes the flow there, or puts it into the one that it was before.
async fn arrive(
    link: &Link,
    flow: &Flow,
    before: Option<&str>,
    translate: &(dyn Fn(&PieceCall) -> Counterpart + Sync),
) -> Result<Flow, Fault> {
    if let Some(before) = before {
        match link.client.move_into(&link.project, before, flow, translate).await {
            Ok(moved) => return Ok(moved.flow),
            Err(MoveFault { fault: There::NotFound(_), .. }) => {}
            Err(MoveFault { fault, .. }) => return Err(fault.into_fault()),
        }
    }
    match link.client.move_in(&link.project, flow, None, translate).await {
        Ok(moved) => Ok(moved.flow),
        Err(MoveFault { fault, created }) => {
            // Half a flow is of no use to anybody.
            if let Some(created) = created
                && let Err(why) = link.client.delete_flow(&created).await
            {
                tracing::warn!(%why, "a flow that was begun on the server could not be deleted");
            }
            Err(fault.into_fault())
        }
    }
}

/// The draft as it is elsewhere, as an entry of its history.
async fn rewritten(desk: &Desk, stored: StoredFlow, wanted: &Flow, label: &str) -> Result<StoredFlow, Fault> {
    let mut flow = read_document(&stored.document)?;
    if alike(&flow, wanted) {
        return Ok(stored);
    }
    let mut history = read_history(&stored.history, &flow);
    let op = Op::ImportFlow { document: Box::new(wanted.document()) };
    history.apply(&mut flow, label, op).map_err(|why| refused(&why))?;
    history.seal(&flow);
    let draft = FlowDraft {
        head: head(&flow, &desk.automations.findings(&flow).await?),
        document: text_of(&flow)?,
        history: history_text(&history)?,
        pending: stored.pending,
        send: None,
    };
    let kept = desk.store.edit_flow(stored.flow.id, stored.revision, &draft).await.into_fault()?;
    kept.ok_or_else(moved_on)
}

/// What steps were tried with goes along. One that the server does not take is not missed.
async fn give_samples(desk: &Desk, link: &Link, remote: &mut Remote, id: FlowId) {
    let samples = desk.store.samples(id).await.unwrap_or_default();
    for sample in samples.into_iter().filter(|sample| sample.chosen) {
        let Ok(payload) = serde_json::from_str::<Value>(&sample.value) else { continue };
        let op = Op::SaveSampleData { step: sample.step, payload, side: SampleSide::Output };
        match link.client.operate(&remote.flow, &op).await {
            Ok(Some(flow)) => {
                if let Ok(features) = link.features().await {
                    *remote = Remote { published: remote.published.take(), ..Remote::new(link, flow, &features) };
                }
            }
            Ok(None) => {}
            Err(fault) => tracing::info!(%fault, "a sample did not go along"),
        }
    }
}

async fn move_out(desk: &Arc<Desk>, stored: StoredFlow) -> Result<FlowMoved, Fault> {
    let id = stored.flow.id;
    let _one = desk.server.turn.lock().await;
    let (_, remote) = load(desk, id).await?;
    let kept = account::kept(desk).await?;
    let link = match kept.filter(|kept| kept.name() == remote.server && !remote.is_gone) {
        Some(_) => Some(desk.server.link(desk).await?),
        None => None,
    };
    if let Some(link) = &link {
        send(desk, link, id).await?;
    }
    let (stored, remote) = load(desk, id).await?;
    if remote.must_be_decided() {
        let message =
            "Somebody changed this automation on the server meanwhile. Decide whose edits count, then move it.";
        return Err(Fault::new(Code::Conflict, message));
    }
    let before = wanted::trigger(&desk.store, id).await.into_fault()?;
    let flow = read_document(&stored.document)?;
    let (flow, unturned) = before.as_ref().map_or_else(|| (flow.clone(), Vec::new()), |before| untold(&flow, before));
    let report = to_app(&flow, desk.automations.catalog());
    let brought = bring(&flow, &|_| Counterpart::Same).map_err(|why| Fault::invalid("id", why.message))?;
    let here: BTreeSet<String> =
        desk.store.connections().await.into_fault()?.into_iter().map(|connection| connection.key).collect();
    let is_here = |gap: &Gap| gap.connection.as_ref().is_some_and(|key| here.contains(key));
    let mut gaps: Vec<FlowGap> = report.entries.iter().chain(&unturned).map(noted).collect();
    gaps.extend(brought.gaps.into_iter().filter(|gap| !is_here(gap)).map(shown));
    if !report.is_portable() {
        return Ok(FlowMoved { flow: stored.flow, gaps });
    }
    if let Some(link) = &link {
        let mut left = left(desk).await?;
        left.push((remote.flow.clone(), id));
        keep_left(desk, &left).await?;
        switch_off(link, &remote).await?;
    }
    rewritten(desk, stored, &brought.flow, "Moved into the app").await?;
    let placed = desk.store.place_flow(id, FlowPlace::Here, FlowState::Draft, None).await.into_fault()?;
    if let Some(before) = before {
        wanted::keep(desk, id, None).await?;
        telling::give_up(desk, id).await?;
        samples_turned(desk, id, &before, |call| of_call(call).cloned()).await?;
    }
    desk.automations.starters_changed();
    Ok(FlowMoved { flow: placed.flow, gaps })
}

/// It must not run in two places.
async fn switch_off(link: &Link, remote: &Remote) -> Result<(), Fault> {
    if remote.draft.known().record.status != Some(Status::Enabled) {
        return Ok(());
    }
    match link.client.set_status(&remote.flow, Status::Disabled).await {
        Ok(_) | Err(There::NotFound(_)) => Ok(()),
        Err(fault) => Err(fault.into_fault()),
    }
}
