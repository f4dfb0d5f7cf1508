//! Connections: whose account steps act with. The list is in the store, the secret in the vault, under the workspace and the key
//! that steps name it by.

mod check;

use std::sync::Arc;

use async_trait::async_trait;
use contract::{Fault, WorkspaceId};
use runner::{Secret, Secrets};
use serde_json::Value;

use super::ports::Around;
use crate::Engine;
use crate::fault::IntoFault;

pub(crate) use check::checked;

/// What the keys of a workspace's connections begin with.
fn start(workspace: WorkspaceId) -> String {
    format!("connection.{workspace}.")
}

/// Where the secret of a connection is kept.
fn secret_name(workspace: WorkspaceId, key: &str) -> String {
    format!("{}{key}", start(workspace))
}

/// Keeps the secret of a connection, in the place of what was there.
pub(crate) async fn put(engine: &Engine, workspace: WorkspaceId, key: &str, value: &Value) -> Result<(), Fault> {
    let secret = vault::Secret::new(value.to_string());
    engine.vault().await?.put(&secret_name(workspace, key), secret).await.into_fault()
}

/// Removes the secret of a connection.
pub(crate) async fn remove(engine: &Engine, workspace: WorkspaceId, key: &str) -> Result<(), Fault> {
    engine.vault().await?.remove(&secret_name(workspace, key)).await.into_fault()
}

/// Removes the secrets of all connections of a workspace that is removed. Without a place for secrets, none is there.
pub(crate) async fn remove_all(engine: &Engine, workspace: WorkspaceId) {
    let Ok(vault) = engine.vault().await else { return };
    let names = vault.names().await.unwrap_or_default();
    for name in names.into_iter().filter(|name| name.starts_with(&start(workspace))) {
        if let Err(why) = vault.remove(&name).await {
            tracing::warn!(%why, "a secret of a removed workspace could not be removed");
        }
    }
}

/// The keys whose secrets are there; `None` when the vault cannot tell.
pub(crate) async fn kept(engine: &Engine, workspace: WorkspaceId) -> Option<Vec<String>> {
    let names = engine.vault().await.ok()?.names().await.ok()?;
    let start = start(workspace);
    Some(names.iter().filter_map(|name| name.strip_prefix(&start)).map(str::to_owned).collect())
}

/// What steps are given of the vault.
pub(super) fn secrets(engine: &Engine, workspace: WorkspaceId) -> Arc<dyn Secrets> {
    Arc::new(Kept { around: Around::new(engine, workspace), workspace })
}

struct Kept {
    around: Around,
    workspace: WorkspaceId,
}

#[async_trait]
impl Secrets for Kept {
    async fn connection(&self, external_id: &str) -> Result<Option<Secret>, String> {
        let Some(engine) = self.around.engine() else { return Ok(None) };
        let name = secret_name(self.workspace, external_id);
        let vault = engine.vault().await.map_err(|fault| fault.message)?;
        let Some(secret) = vault.get(&name).await.map_err(|why| why.to_string())? else { return Ok(None) };
        // What is wrong with it is not told: its text is the secret.
        let value = serde_json::from_str(secret.expose());
        value
            .map(|value| Some(Secret::new(value)))
            .map_err(|_| "A connection cannot be read. Connect it anew.".to_owned())
    }

    async fn variable(&self, _: &str) -> Option<Value> {
        None
    }
}
