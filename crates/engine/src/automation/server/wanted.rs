//! Which flows of the server the app tells what happens, and of what: those that something in Basecamp started in the app, before
//! they were moved. What started them lies with the workspace, so that it comes back with them.

use std::collections::BTreeSet;

use contract::{FlowId, FlowPlace};
use flow::Trigger;
use runner::portability::{is_told, words};
use runner::trigger::{Filter, Starter};
use serde::{Deserialize, Serialize};
use store::{Store, StoreError, StoredFlow};

use super::super::starts::Published;
use super::account;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::read_document;
use crate::handlers::read::zone;

/// Where it lies.
const MARK: &str = "automation-server-told";

/// What starts a flow of the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wanted {
    flow: FlowId,
    /// What starts it in the app.
    trigger: Trigger,
}

async fn all(store: &Store) -> Result<Vec<Wanted>, StoreError> {
    let mark = store.mark(MARK).await?;
    Ok(mark.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// The flows of the server that the app tells what happens.
pub(super) async fn flows(store: &Store) -> Result<BTreeSet<FlowId>, StoreError> {
    Ok(all(store).await?.into_iter().map(|wanted| wanted.flow).collect())
}

/// Notes what starts a flow in the app; `None` when the app has nothing to tell of it.
pub(super) async fn keep(desk: &Desk, flow: FlowId, trigger: Option<Trigger>) -> Result<(), contract::Fault> {
    let before = all(&desk.store).await.into_fault()?;
    if trigger.is_none() && before.iter().all(|wanted| wanted.flow != flow) {
        return Ok(());
    }
    let mut wanted: Vec<Wanted> = before.into_iter().filter(|wanted| wanted.flow != flow).collect();
    wanted.extend(trigger.map(|trigger| Wanted { flow, trigger }));
    let text = serde_json::to_string(&wanted).map_err(|why| {
        let message = format!("What starts the automation could not be written: {why}.");
        contract::Fault::new(contract::Code::Internal, message)
    })?;
    desk.store.set_mark(MARK, Some(&text)).await.into_fault()
}

/// What started a flow of the server while it ran in the app; `None` where the app has nothing to tell.
pub(super) async fn trigger(store: &Store, flow: FlowId) -> Result<Option<Trigger>, StoreError> {
    let wanted = all(store).await?.into_iter().find(|wanted| wanted.flow == flow);
    Ok(wanted.map(|wanted| wanted.trigger))
}

/// What the app tells the server of a flow there, as sentences.
pub(super) async fn told(store: &Store, stored: &StoredFlow) -> Result<Option<String>, StoreError> {
    let is_there = stored.flow.place == FlowPlace::Server;
    let asks = is_there && read_document(&stored.document).is_ok_and(|flow| is_told(&flow));
    match asks {
        true => Ok(trigger(store, stored.flow.id).await?.as_ref().and_then(words)),
        false => Ok(None),
    }
}

/// The flows on the connected server that are on and wait to be told of this.
pub(in super::super) async fn listening(store: &Store) -> Result<Vec<(Published, Filter)>, StoreError> {
    let wanted = all(store).await?;
    if wanted.is_empty() || !account::is_connected(store).await? {
        return Ok(Vec::new());
    }
    let running = store.flows_that_run(FlowPlace::Server).await?;
    let found = running.into_iter().filter_map(|(id, _, version)| {
        let trigger = &wanted.iter().find(|wanted| wanted.flow == id)?.trigger;
        let Ok(Starter::Basecamp(filter)) = Starter::read(trigger) else { return None };
        // Somebody may have published it with another trigger.
        let asks = read_document(&version.document).is_ok_and(|flow| is_told(&flow));
        asks.then_some((Published { id, version }, filter))
    });
    Ok(found.collect())
}

/// A flow is switched on at the server: what is so already does not start it there.
pub(super) async fn begins(desk: &Desk, flow: FlowId) -> Result<(), contract::Fault> {
    let Some(trigger) = trigger(&desk.store, flow).await.into_fault()? else { return Ok(()) };
    let settings = desk.server.engine()?.0.app.settings().await.into_fault()?;
    desk.automations.tells_from_now(&zone(&settings), flow, &trigger).await
}
