//! What a command is.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Role, Tag};

/// What carrying out a command touches. Permission and approval are decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing.
    Read,
    /// This machine only.
    Local,
    /// The app itself: sign-ins, secrets, workspaces, settings.
    Manage,
    /// Basecamp; other people see it.
    Remote,
    /// Basecamp or this machine, in a way that cannot simply be taken back.
    Destructive,
}

impl Effect {
    /// The least role that may do it.
    #[must_use]
    pub fn role(self) -> Role {
        match self {
            Self::Read => Role::Viewer,
            Self::Local | Self::Remote => Role::Member,
            Self::Manage | Self::Destructive => Role::Owner,
        }
    }
}

/// Whether others hear of what a command does: it posts, comments or assigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    /// Never.
    Nobody,
    /// With some inputs.
    Sometimes,
    /// Always.
    Others,
}

impl Tells {
    /// What a line of the table says that does not say it. A tool that changes Basecamp must: without it, it does not compile.
    pub(crate) const fn unsaid(effect: Effect, tool: bool) -> Self {
        assert!(!tool || !matches!(effect, Effect::Remote), "a tool that changes Basecamp must say whom it tells");
        Self::Nobody
    }
}

/// Something that anyone can do, through any door.
pub trait Command: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `noun.verb`, unique.
    const NAME: &'static str;
    /// What it touches.
    const EFFECT: Effect;
    /// The tags that its reply depends on.
    const PROVIDES: &'static [Tag];
    /// Whether others hear of it.
    const TELLS: Tells;
    /// What it answers.
    type Reply: Serialize + DeserializeOwned + Send + 'static;

    /// What this very input touches, where that varies.
    fn effect(&self) -> Effect {
        Self::EFFECT
    }

    /// Whether others hear of this very input.
    fn tells(&self) -> bool;
}

/// One line of the table, for palettes, tools and `pm-os commands`.
#[derive(Debug, Clone, Copy)]
pub struct CommandInfo {
    /// `noun.verb`.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// What it touches.
    pub effect: Effect,
    /// True when the assistant may use it as a tool.
    pub tool: bool,
    /// Whether others hear of it.
    pub tells: Tells,
    /// True when it is about one workspace.
    pub in_workspace: bool,
    /// The tags its reply depends on.
    pub provides: &'static [Tag],
    /// The tags it touches.
    pub invalidates: &'static [Tag],
    /// JSON schema of the input.
    #[cfg(feature = "schema")]
    pub input: fn() -> schemars::Schema,
    /// JSON schema of the reply.
    #[cfg(feature = "schema")]
    pub reply: fn() -> schemars::Schema,
}
