//! Everything outside that the app is connected with, as one table.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a connection is with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IntegrationKind {
    /// A Basecamp sign-in, or the sample in its place.
    Basecamp,
    /// The person's Activepieces server, or the runner in the app.
    Automations,
    /// A model, or the built-in assistant.
    Model,
    /// Slack.
    Slack,
    /// A mail server.
    Mail,
    /// Another account that automations act with.
    Account,
    /// The place of secrets.
    Secrets,
}

/// Whose credential it is. They are looked for in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The person's own: it serves every workspace of this installation.
    Person,
    /// The open workspace's.
    Workspace,
    /// Nobody's: it is part of the app.
    App,
}

/// How a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It does not work.
    Failing,
    /// What it signs in with cannot be read until the place of secrets is opened.
    Locked,
    /// There is none.
    Absent,
    /// Nothing is known against it; it was not tried.
    Untried,
    /// It works.
    Works,
}

/// The one thing that helps next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NextAct {
    /// Nothing has to be done.
    None,
    /// Set it up.
    Connect,
    /// Sign in again, or give the key anew.
    Reconnect,
    /// Open the place of secrets.
    Unlock,
    /// Decide where secrets are kept.
    ChoosePlace,
    /// Try it again later: nothing is wrong here.
    Retry,
}

/// A connection with something outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Integration {
    /// What it is named by: `basecamp:3`, `server`, `model:2`, `connection:5`, `secrets`; for an absent one its kind.
    pub key: String,
    /// What it is with.
    pub kind: IntegrationKind,
    /// What people call it.
    pub label: String,
    /// Where it leads, and as whom.
    pub detail: String,
    /// Whose it is.
    pub owner: Owner,
    /// How it stands.
    pub standing: Standing,
    /// The same in words, with what to do when it does not work.
    pub words: String,
    /// What helps next.
    pub next: NextAct,
    /// When it was last used, where that is known.
    pub last_use: Option<Timestamp>,
    /// What it may do, in words.
    pub may: Vec<String>,
    /// It can be tried.
    pub can_test: bool,
    /// It can be removed.
    pub can_remove: bool,
}

/// What trying a connection showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntegrationTrial {
    /// It answered as it should.
    pub works: bool,
    /// What was found, with what to do when it does not work.
    pub words: String,
    /// What helps next.
    pub next: NextAct,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}
