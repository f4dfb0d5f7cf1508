//! What pieces need of the app around them: its commands, models, tables, notifications, and the other flows.
//!
//! A port is called from runs, which belong to an open workspace: it keeps neither the engine nor the workspace alive, and
//! opens none that was closed.

mod agent;
mod ai;
mod choices;
mod commands;
mod flows;
mod notices;
mod tables;

use std::sync::{Arc, Weak};

use contract::WorkspaceId;
use runner::pieces::{HttpLimits, Ports};

use crate::desk::Desk;
use crate::{Engine, Inner};

pub(super) use agent::WORK as AGENT_WORK;

/// Where the ports of a workspace lead.
#[derive(Clone)]
pub(super) struct Around {
    app: Weak<Inner>,
    workspace: WorkspaceId,
}

impl Around {
    pub(super) fn new(engine: &Engine, workspace: WorkspaceId) -> Self {
        Self { app: Arc::downgrade(&engine.0), workspace }
    }

    /// The app; `None` once it has ended.
    pub(super) fn engine(&self) -> Option<Engine> {
        self.app.upgrade().map(Engine)
    }

    /// The app and the open workspace.
    ///
    /// # Errors
    /// A sentence when it is closed.
    async fn desk(&self) -> Result<(Engine, Arc<Desk>), String> {
        let closed = || "The workspace of this automation was closed. Open it, and run this again.".to_owned();
        let engine = self.engine().ok_or_else(closed)?;
        let desk = engine.0.desks.lock().await.get(&self.workspace).cloned();
        Ok((engine, desk.ok_or_else(closed)?))
    }
}

/// The ports of a workspace.
pub(super) fn ports(engine: &Engine, workspace: WorkspaceId) -> Ports {
    let around = Arc::new(Around::new(engine, workspace));
    Ports {
        tables: around.clone(),
        ai: around.clone(),
        commands: around.clone(),
        notices: around.clone(),
        flows: around,
        http: HttpLimits::default(),
        slack: None,
    }
}

#[cfg(test)]
mod tests;
