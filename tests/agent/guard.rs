//! What was so before, here and in Basecamp, and must still be so.

use contract::commands::{
    ListMemories, ListModels, ListSignIns, ListWorkspaces, ShowPermissions, ShowStatus, ShowSync,
};
use serde_json::{Value, json};

use crate::stories::server::{Facts, facts, same};
use crate::support::Desk;

/// All that the assistant could have changed here. What it asked to remember waits for a person, and does not count.
async fn local(desk: &Desk) -> Value {
    let memories = desk.does(ListMemories {}).await;
    let kept: Vec<_> = memories.into_iter().filter(|memory| !memory.pending).map(|memory| memory.text).collect();
    let status = desk.does(ShowStatus {}).await;
    let permissions = desk.does(ShowPermissions {}).await;
    json!({
        "history": desk.history().await.first().map(|entry| entry.set),
        "permissions": [json!(permissions.tools), json!(permissions.grants)],
        "memories": kept,
        "models": desk.does(ListModels {}).await.models.len(),
        "settings": status.settings,
        "signins": desk.does(ListSignIns {}).await.len(),
        "workspaces": desk.does(ListWorkspaces {}).await.len(),
        "offline": desk.does(ShowSync {}).await.status.offline,
        "outbox": desk.outbox().await.len(),
    })
}

pub(crate) struct Guard {
    facts: Facts,
    local: Value,
    writes: u64,
}

impl Guard {
    pub(crate) async fn stands(desk: &Desk) -> Self {
        Self { facts: facts(desk), local: local(desk).await, writes: desk.writes_seen() }
    }

    /// Nothing was written to Basecamp, nor changed here.
    pub(crate) async fn holds(&self, desk: &Desk, what: &str) {
        assert_eq!(desk.writes_seen(), self.writes, "{what}: Basecamp was written to");
        assert_eq!(local(desk).await, self.local, "{what}: something changed here");
    }

    /// Basecamp has what it had, down to the last field.
    pub(crate) fn same(&self, desk: &Desk, what: &str) {
        same(&self.facts, &facts(desk), what);
    }
}
