//! How far the trigger of a flow has come: so that nothing starts it twice, and nothing is missed while the app is closed.

use std::collections::BTreeSet;

use contract::FlowId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::core::Core;

/// How far a trigger has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Mark {
    /// Of a schedule: the instant of its last start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<Timestamp>,
    /// Of events: the number of the newest change that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) read: Option<i64>,
    /// Of days that pass: what was there at the last look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seen: Option<BTreeSet<String>>,
}

impl Mark {
    pub(super) async fn of(core: &Core, flow: FlowId) -> Self {
        let text = core.store.flow_mark(flow).await.ok().flatten();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it. When that fails, what starts is started again, and is the same run then.
    pub(super) async fn keep(&self, core: &Core, flow: FlowId) {
        let kept = match serde_json::to_string(self) {
            Ok(text) => core.store.mark_flow(flow, &text).await.map_err(|why| why.to_string()),
            Err(why) => Err(why.to_string()),
        };
        if let Err(why) = kept {
            tracing::warn!(why, %flow, "how far a trigger has come could not be kept");
        }
    }
}
