//! How a run stands, on a server and in the app alike.

use serde::{Deserialize, Serialize};

/// How a run, or a step of one, stands, in the words of Activepieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RunStatus {
    /// It waits for a worker to take it.
    Queued,
    /// A worker carries it out.
    Running,
    /// It waits for a moment, for a person, or for something outside, and goes on from there.
    Paused,
    /// It came to its end, or a step ended it well.
    Succeeded,
    /// A step failed, and nothing was to go on after it.
    Failed,
    /// Whatever carries runs out failed: no step of the flow did.
    InternalError,
    /// Its steps took longer than a run may.
    Timeout,
    /// Somebody ended it before it came to its end.
    Canceled,
    /// It needed more than the plan or the budget gives.
    QuotaExceeded,
    /// It took more memory than a run may.
    MemoryLimitExceeded,
    /// What its steps brought is more than is kept of a run.
    LogSizeExceeded,
}

impl RunStatus {
    /// All of them, in the order of the declaration.
    pub const ALL: &'static [Self] = &[
        Self::Queued,
        Self::Running,
        Self::Paused,
        Self::Succeeded,
        Self::Failed,
        Self::InternalError,
        Self::Timeout,
        Self::Canceled,
        Self::QuotaExceeded,
        Self::MemoryLimitExceeded,
        Self::LogSizeExceeded,
    ];

    /// What the wire calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Running => "RUNNING",
            Self::Paused => "PAUSED",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::InternalError => "INTERNAL_ERROR",
            Self::Timeout => "TIMEOUT",
            Self::Canceled => "CANCELED",
            Self::QuotaExceeded => "QUOTA_EXCEEDED",
            Self::MemoryLimitExceeded => "MEMORY_LIMIT_EXCEEDED",
            Self::LogSizeExceeded => "LOG_SIZE_EXCEEDED",
        }
    }

    /// The one that the wire calls so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.word() == word)
    }

    /// Whether nothing more happens by itself.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        match self {
            Self::Queued | Self::Running | Self::Paused => false,
            Self::Succeeded
            | Self::Failed
            | Self::InternalError
            | Self::Timeout
            | Self::Canceled
            | Self::QuotaExceeded
            | Self::MemoryLimitExceeded
            | Self::LogSizeExceeded => true,
        }
    }
}
