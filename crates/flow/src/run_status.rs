//! How a run of a flow stands, on a server and in our own runner alike. It knows nothing of what is run.

use crate::word::words;

words! {
    /// How a run stands, in the words of Activepieces.
    RunStatus {
        /// It waits for a worker to take it.
        Queued = "QUEUED",
        /// A worker carries it out.
        Running = "RUNNING",
        /// It waits for a moment, for a person, or for something outside, and goes on from there.
        Paused = "PAUSED",
        /// It came to its end, or a step ended it well.
        Succeeded = "SUCCEEDED",
        /// A step failed, and nothing was to go on after it.
        Failed = "FAILED",
        /// Whatever carries runs out failed: no step of the flow did.
        InternalError = "INTERNAL_ERROR",
        /// Its steps took longer than a run may.
        Timeout = "TIMEOUT",
        /// Somebody ended it before it came to its end.
        Canceled = "CANCELED",
        /// It needed more than the plan or the budget gives.
        QuotaExceeded = "QUOTA_EXCEEDED",
        /// It took more memory than a run may.
        MemoryLimitExceeded = "MEMORY_LIMIT_EXCEEDED",
        /// What its steps brought is more than is kept of a run.
        LogSizeExceeded = "LOG_SIZE_EXCEEDED",
    }
}

impl RunStatus {
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
