//! What of the server never changes while it runs.

use jiff::SignedDuration;

use crate::limiter::Limit;

/// Where the server is and how it is set up.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// What the flags tell of the time that a synchronous webhook waits, in seconds.
    pub(crate) webhook_seconds: u64,
    /// How long after its deletion a flow can still be read.
    pub(crate) deletes_after: SignedDuration,
    /// How often somebody may sign in or up.
    pub(crate) sign_in_limit: Limit,
}

impl Site {
    /// The address of the API.
    pub(crate) fn api(&self) -> String {
        format!("{}/api/v1", self.origin)
    }
}

impl Default for Site {
    fn default() -> Self {
        Self {
            origin: "http://127.0.0.1:8080".to_owned(),
            webhook_seconds: 30,
            deletes_after: SignedDuration::from_secs(5),
            sign_in_limit: Limit { requests: 50, window: SignedDuration::from_secs(60) },
        }
    }
}
