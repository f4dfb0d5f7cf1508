//! What automations are made with: pieces, what can be chosen for their fields, connections, and the person's server.

use serde::{Deserialize, Serialize};

use crate::{ConnectionId, FlowPlace};

/// A piece, as a list of pieces shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PieceSummary {
    /// Such as `@activepieces/piece-http`.
    pub name: String,
    /// The version that a new step gets.
    pub version: String,
    /// What people call it.
    pub label: String,
    /// What it is for.
    pub description: String,
    /// Where it can be used.
    pub places: Vec<FlowPlace>,
    /// Its description, as JSON text of the `flow` crate; empty for one of a server's that was not asked for yet.
    pub metadata: String,
}

/// A connection: whose account a step acts with. Never its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Connection {
    /// The connection.
    pub id: ConnectionId,
    /// What steps name it by.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// The piece it is for.
    pub piece: String,
    /// Where it is kept.
    pub place: FlowPlace,
    /// Why it does not work, if it does not.
    pub fault: Option<String>,
    /// How many flows use it.
    pub flows: u32,
}

/// How the automations of this app stand as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AutomationsStand {
    /// None of them begins by itself until they go on.
    pub paused: bool,
}

/// The person's Activepieces server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AutomationServer {
    /// Its address; empty when there is none.
    pub address: String,
    /// Whom it knows the person as.
    pub account: String,
    /// Its version.
    pub version: String,
    /// The project that flows are kept in.
    pub project: String,
    /// Why it cannot be reached or what must be done, if anything.
    pub fault: Option<String>,
    /// Edits that wait to be sent there.
    pub waiting: u32,
    /// The address of a server to try it with, in the sample workspace: with it, account and secret may be left empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
}

/// A message that the sample workspace's own Slack received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SamplePost {
    /// The channel or person it went to, by name.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// What can be chosen for a field of a step, or which fields a dynamic one has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChoices {
    /// For a dropdown: JSON text of the `flow` crate's `piece::Options`. Empty for dynamic fields.
    pub options: String,
    /// For dynamic fields: JSON text of properties by name, in the order of the form. Empty for a dropdown.
    pub fields: String,
}
