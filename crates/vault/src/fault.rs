//! What can go wrong with keeping a secret. No message ever holds one.

use std::io::ErrorKind;

/// Why the vault refused or failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The sealed file is in use and its passphrase has not been given.
    #[error("The secrets file is locked. Enter its passphrase to unlock it.")]
    Locked,
    /// No place for secrets has been chosen.
    #[error("There is no place for secrets yet. {why} Choose where to keep them in Settings.")]
    NeedsChoice {
        /// What was found wrong with the keyring, in words.
        why: String,
    },
    /// The system keyring is absent, locked or not answering.
    #[error("The system keyring could not be used. {why}")]
    Keyring {
        /// What happened and what to do next.
        why: String,
    },
    /// The passphrase does not open the sealed file.
    #[error("That passphrase does not open the secrets file. Check it and try again.")]
    WrongPassphrase,
    /// The sealed file is not what was written: cut short, altered, or not ours.
    #[error("The secrets file is damaged ({what}). Restore it from a backup, or start again with an empty one.")]
    Damaged {
        /// Which part does not hold.
        what: &'static str,
    },
    /// The sealed file was written by a newer version of PM OS.
    #[error("The secrets file was written by a newer version of PM OS. Update PM OS to open it.")]
    Newer,
    /// A passphrase for a fresh file was too short to protect anything.
    #[error("The passphrase is too short. Use at least {least} characters.")]
    PassphraseTooShort {
        /// The least number of characters.
        least: usize,
    },
    /// The name cannot be used for an entry.
    #[error("A secret's name has 1 to 200 bytes, without control characters and without '#'.")]
    Name,
    /// The value is larger than anything the keyring is used for.
    #[error("That secret is too long to keep: at most {most} bytes fit.")]
    TooLong {
        /// The most bytes that fit.
        most: usize,
    },
    /// The disk said no.
    #[error("The secrets file could not be {act}: {kind}. Check the disk and the folder's permissions.")]
    File {
        /// What was tried: "read", "written", "removed".
        act: &'static str,
        /// The kind of failure.
        kind: ErrorKind,
    },
    /// The system gave no random bytes, or a background task died.
    #[error("The system refused what is needed to protect secrets ({what}). Try again, or restart PM OS.")]
    System {
        /// What was refused.
        what: &'static str,
    },
}

impl VaultError {
    pub(crate) fn file(act: &'static str, error: &std::io::Error) -> Self {
        Self::File { act, kind: error.kind() }
    }
}
