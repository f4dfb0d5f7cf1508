//! What begins runs of what is published, here or on a server that has to be told.

use std::collections::BTreeSet;

use contract::{FlowId, RunSummary};
use runner::trigger::Starter;
use serde_json::Value;
use store::{NewRun, StoreError, StoredVersion};

use super::core::{Beginning, Core, Order, RunKind};
use super::server::Telling;
use crate::handlers::flows::drafts::read_document;

/// A published flow.
pub(super) struct Published {
    pub(super) id: FlowId,
    pub(super) version: StoredVersion,
}

impl Published {
    /// The flow with what starts it; `None` when nothing does in this app.
    pub(super) fn read(id: FlowId, version: StoredVersion) -> Option<(Self, Starter)> {
        let flow = read_document(&version.document).ok()?;
        let starter = Starter::read(&flow.trigger).ok()?;
        Some((Self { id, version }, starter))
    }
}

/// What a version may do outside.
pub(super) fn granted(version: &StoredVersion) -> BTreeSet<String> {
    serde_json::from_str(&version.granted).unwrap_or_default()
}

/// Begins a run of what is published.
pub(super) async fn begin_published(
    core: &Core,
    flow: &Published,
    key: String,
    cause: String,
    beginning: Beginning,
) -> Result<RunSummary, StoreError> {
    let order = Order {
        flow: flow.id,
        key,
        document: &flow.version.document,
        kind: RunKind::Real,
        cause,
        granted: granted(&flow.version),
        beginning,
    };
    let begun = core.begin(order).await;
    if let Err(why) = &begun {
        tracing::warn!(%why, flow = %flow.id, "a run could not be begun");
    }
    begun
}

/// Has the server that a flow lives on told of what starts it there: kept before it is sent, and once for each key.
pub(super) async fn tell_published(
    core: &Core,
    flow: &Published,
    key: String,
    cause: String,
    payload: Value,
) -> Result<(), StoreError> {
    let new = NewRun {
        flow: flow.id,
        key,
        fingerprint: crate::gate::fingerprint("flow", &flow.version.document),
        document: flow.version.document.clone(),
        test: false,
        rehearsal: false,
        cause,
        granted: "[]".to_owned(),
        start: serde_json::to_string(&Telling::new(payload))?,
        at: None,
    };
    if core.store.add_telling(&new).await?.is_some() {
        core.tells.notify_one();
    }
    Ok(())
}
