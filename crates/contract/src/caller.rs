//! Who asks, and through which door. Handlers are given it; inputs never carry it.

use serde::{Deserialize, Serialize};

use crate::WorkspaceId;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "who")]
pub enum Who {
    /// The person at this machine.
    Person,
    /// The assistant, in one conversation's run.
    Agent {
        /// The run.
        run: String,
    },
    /// An automation's run.
    Automation {
        /// The run.
        run: String,
    },
    /// Another program.
    Client {
        /// The name it gave.
        name: String,
    },
    /// What came from Basecamp.
    Sync,
}

/// Through which door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// A window of the app.
    Window,
    /// `pm-os call`.
    CommandLine,
    /// The loopback server.
    Http,
    /// The background work of the app itself.
    Background,
}

/// What a caller may do at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads only.
    Viewer,
    /// Reads and writes.
    Member,
    /// Also signs in, removes workspaces and changes settings.
    Owner,
}

/// Who asks, for which workspace, with which role, through which door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub who: Who,
    /// The workspace the command is about; `None` for the app's own commands.
    pub workspace: Option<WorkspaceId>,
    /// The most that is allowed.
    pub role: Role,
    /// The door.
    pub door: Door,
}

impl Caller {
    /// The person at this machine, who owns the installation.
    #[must_use]
    pub fn person(door: Door, workspace: Option<WorkspaceId>) -> Self {
        Self { who: Who::Person, workspace, role: Role::Owner, door }
    }
    /// The same caller in another workspace.
    #[must_use]
    pub fn in_workspace(self, workspace: WorkspaceId) -> Self {
        Self { workspace: Some(workspace), ..self }
    }
}
