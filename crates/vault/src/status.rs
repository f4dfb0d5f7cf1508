//! How the vault stands, in words that may be shown and sent anywhere.

use serde::{Deserialize, Serialize};

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backend {
    /// The operating system's keyring.
    Keyring,
    /// One encrypted file under a passphrase.
    File,
    /// This process only; gone when it ends.
    Memory,
}

/// Whether secrets can be read and written at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// They can.
    Ready,
    /// The sealed file waits for its passphrase.
    Locked,
    /// The keyring cannot be used and the person has chosen nothing else.
    NeedsChoice {
        /// What was found wrong, and what to do.
        why: String,
    },
    /// The chosen place does not work.
    Failing {
        /// What was found wrong, and what to do.
        why: String,
    },
}

/// The whole picture for a settings page. Holds no secret and no name of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The chosen place, once there is one.
    pub backend: Option<Backend>,
    /// Whether it works.
    pub state: State,
    /// True when an encrypted file may be used instead, if the person agrees.
    pub file_offered: bool,
    /// True when a sealed file exists on disk.
    pub file_exists: bool,
    /// Something the person should know once, such as a repaired note of the choice.
    pub note: Option<String>,
}
