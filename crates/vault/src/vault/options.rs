//! How a vault is opened.

use std::sync::Arc;
use std::time::Duration;

use crate::keep::{Connect, Strength};

/// Which places a vault may use, and how patiently.
#[derive(Clone)]
pub struct Options {
    pub(super) source: Source,
    pub(super) service: String,
    pub(super) keyring_wait: Duration,
    pub(super) strength: Strength,
}

/// Where the keyring comes from.
#[derive(Clone)]
pub(super) enum Source {
    System,
    Absent,
    Memory,
    // Only tests bring their own.
    #[cfg_attr(not(test), expect(dead_code, reason = "built by tests"))]
    Custom(Arc<Connect>),
}

impl Default for Options {
    /// The system keyring under the service name "pm-os", each call bounded to 10 seconds.
    fn default() -> Self {
        Self {
            source: Source::System,
            service: "pm-os".to_owned(),
            keyring_wait: Duration::from_secs(10),
            strength: Strength::default(),
        }
    }
}

impl Options {
    /// Secrets in this process only: nothing is read, written or remembered.
    #[must_use]
    pub fn memory() -> Self {
        Self { source: Source::Memory, ..Self::default() }
    }

    /// As if the machine had no keyring: an encrypted file is the only place.
    #[must_use]
    pub fn without_keyring() -> Self {
        Self { source: Source::Absent, ..Self::default() }
    }

    /// Another service name in the keyring, so that two installations do not share entries.
    #[must_use]
    pub fn with_service(mut self, service: impl Into<String>) -> Self {
        self.service = service.into();
        self
    }

    /// How long one keyring call may take, the person's answer to its window included.
    #[must_use]
    pub fn with_keyring_wait(mut self, wait: Duration) -> Self {
        self.keyring_wait = wait;
        self
    }

    /// How much work a passphrase guess costs, for a file that is made from here on.
    #[must_use]
    pub fn with_strength(mut self, strength: Strength) -> Self {
        self.strength = strength;
        self
    }

    #[cfg(test)]
    pub(crate) fn over(connect: Arc<Connect>) -> Self {
        Self { source: Source::Custom(connect), ..Self::default() }
    }
}
