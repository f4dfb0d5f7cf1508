//! The one error that crosses every door.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a caller may branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The input breaks a rule; `field` names which.
    Invalid,
    /// No such command, workspace or item.
    NotFound,
    /// This role may not do that.
    Forbidden,
    /// A person must approve it first.
    NeedsApproval,
    /// Basecamp no longer accepts the credentials.
    SignInNeeded,
    /// The vault is locked, or no place for secrets has been chosen.
    VaultLocked,
    /// Basecamp cannot be reached; local work goes on.
    Offline,
    /// Someone else changed the same thing.
    Conflict,
    /// Another instance holds the data folder.
    Busy,
    /// The disk is full, read-only or damaged.
    Storage,
    /// Basecamp answered something that cannot be used.
    Upstream,
    /// The work was cancelled.
    Cancelled,
    /// A defect of ours.
    Internal,
}

impl Code {
    /// The exit status of the command line: 0 is success, and 2 is left to wrong usage.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Invalid => 3,
            Self::NotFound => 4,
            Self::Forbidden => 5,
            Self::NeedsApproval => 6,
            Self::SignInNeeded => 7,
            Self::VaultLocked => 8,
            Self::Offline => 9,
            Self::Conflict => 10,
            Self::Busy => 11,
            Self::Storage => 12,
            Self::Upstream => 13,
            Self::Cancelled => 14,
            Self::Internal => 70,
        }
    }
}

/// What went wrong, in words for the person: what happened, and what to do next. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    /// What to branch on.
    pub code: Code,
    /// One or two sentences.
    pub message: String,
    /// The input field that is wrong, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// True when the same call may succeed later without any change.
    #[serde(default)]
    pub retry: bool,
}

impl Fault {
    /// A fault that trying again does not mend.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, retry: false }
    }
    /// An input that breaks a rule.
    #[must_use]
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(Code::Invalid, message) }
    }
    /// The same call may succeed later.
    #[must_use]
    pub fn retryable(self) -> Self {
        Self { retry: true, ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
