//! What is kept of a workspace on this machine, and the ways in and out of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A copy of a workspace's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backup {
    /// The name of the file, which names the copy to `data.restore`.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// Its size in bytes.
    pub bytes: u64,
    /// Why it was made.
    pub why: BackupReason,
}

/// Why a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BackupReason {
    /// The person asked for it.
    Asked,
    /// The app was about to change the file's format.
    Update,
    /// Another copy was put in the file's place.
    Restore,
}

/// What is kept of a workspace here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DataReport {
    /// The data folder.
    pub folder: String,
    /// The size of the workspace's file in bytes.
    pub bytes: u64,
    /// Its copies, newest first.
    pub backups: Vec<Backup>,
    /// What was written out, by the names of its folders, newest first.
    pub exports: Vec<String>,
}

/// What was written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DataExport {
    /// The folder.
    pub folder: String,
    /// The files in it.
    pub files: Vec<String>,
    /// How many records they hold.
    pub records: u64,
}
