//! A look at everything that is kept, for whoever asks why something does not work. It mends nothing beyond what opening mends.

use contract::{Fault, WorkspaceId};

use crate::Engine;
use crate::fault::IntoFault;

/// One workspace's file.
#[derive(Debug, Clone)]
pub struct Examined {
    /// Which.
    pub workspace: WorkspaceId,
    /// What is wrong in it, in words; empty when it is sound. Or why it cannot be opened.
    pub found: Result<Vec<String>, Fault>,
}

impl Engine {
    /// Reads every workspace's file from its beginning to its end. Slow.
    ///
    /// # Errors
    /// `Storage` when the list of workspaces cannot be read.
    pub async fn examine(&self) -> Result<Vec<Examined>, Fault> {
        let mut all = Vec::new();
        for workspace in self.0.app.workspaces().await.into_fault()? {
            let found = match self.desk(workspace.id).await {
                Ok(desk) => desk.store.check().await.into_fault(),
                Err(fault) => Err(fault),
            };
            all.push(Examined { workspace: workspace.id, found });
        }
        Ok(all)
    }
}
