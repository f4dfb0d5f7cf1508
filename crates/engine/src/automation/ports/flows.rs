//! Flows that other flows call: those that begin with “Callable Flow”.

use async_trait::async_trait;
use contract::{FlowId, FlowPlace, FlowState};
use flow::Flow;
use runner::RunId;
use runner::pieces::{CallableFlow, Flows};
use serde_json::Value;

use super::Around;
use crate::automation::{Beginning, DEEPEST};
use crate::handlers::flows::drafts::read_document;

const PIECE: &str = "@activepieces/piece-subflows";
const TRIGGER: &str = "callableFlow";

#[async_trait]
impl Flows for Around {
    async fn callable(&self) -> Vec<CallableFlow> {
        let Ok((_, desk)) = self.desk().await else { return Vec::new() };
        let mut found = Vec::new();
        for summary in desk.store.flows().await.unwrap_or_default() {
            if summary.place != FlowPlace::Here {
                continue;
            }
            let Ok(stored) = desk.store.flow(summary.id).await else { continue };
            let document = stored.published.as_ref().map_or(&stored.document, |version| &version.document);
            if let Some(sample) = read_document(document).ok().as_ref().and_then(sample) {
                let is_enabled = summary.state == FlowState::On;
                found.push(CallableFlow { id: summary.id.to_string(), name: summary.name, sample, is_enabled });
            }
        }
        found
    }

    async fn start(&self, flow: &str, run: RunId, payload: Value, parent: &RunId) -> Result<(), String> {
        let gone = || "The flow that is called is gone. Open the step and choose another.".to_owned();
        let (_, desk) = self.desk().await?;
        let id: FlowId = flow.parse().map_err(|_| gone())?;
        let stored = desk.store.flow(id).await.map_err(|_| gone())?;
        let name = stored.flow.name.clone();
        if stored.flow.state != FlowState::On || stored.flow.place != FlowPlace::Here {
            return Err(format!("“{name}” does not run here. Publish it in the app and switch it on."));
        }
        let published = stored.published.as_ref().and_then(|version| read_document(&version.document).ok());
        if published.as_ref().and_then(sample).is_none() {
            return Err(format!("“{name}” cannot be called. Begin it with “Callable Flow”, and publish it."));
        }
        if desk.automations.depth(parent).await >= DEEPEST {
            return Err(format!(
                "Automations call each other here, {DEEPEST} deep, so “{name}” was not begun once more. Take the call out \
                 of one of them, or put it behind a condition that ends."
            ));
        }
        let beginning = Beginning { payload, note: None, parent: Some(parent.0.clone()) };
        let cause = "Called by another automation".to_owned();
        let begun = desk.automations.begin_published(stored, run.0, cause, beginning).await;
        begun.map_err(|fault| fault.message)?.map(drop).ok_or_else(gone)
    }
}

/// What the flow may be called with; `None` when it cannot be called.
fn sample(flow: &Flow) -> Option<Value> {
    let call = flow.trigger.call().filter(|call| call.piece == PIECE && call.operation == TRIGGER)?;
    let data = call.input.get("exampleData");
    Some(data.and_then(|data| data.get("sampleData")).cloned().unwrap_or_default())
}
