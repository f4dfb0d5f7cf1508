//! What can go wrong with the store, as far as anybody branches on it.

use std::path::PathBuf;

use contract::{
    ChangeId, ChangeSetId, ConnectionId, ConversationId, FlowId, GrantId, MemoryId, ModelId, RecipeId, RecordingId,
    RunId,
};

/// The store's results.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer version of the app wrote this file.
    #[error(
        "The data was written by a newer version of PM OS (format {found}; this one reads {known}). Install the newer version to open it; nothing was changed."
    )]
    Newer {
        /// The file's format.
        found: i64,
        /// The newest format that this version reads.
        known: i64,
    },
    /// The file cannot be read as a database.
    #[error("The data file is damaged.{}", copy_note(.copy))]
    Damaged {
        /// The newest copy beside it that is whole.
        copy: Option<PathBuf>,
    },
    /// There is no room left.
    #[error("The disk is full. Free some space and try again; nothing that was saved is lost.")]
    Full,
    /// The disk did not do what it was asked.
    #[error(
        "The disk could not be read or written: it is full, at a limit, or failing. Free some space, check the disk and try again; nothing that was saved is lost."
    )]
    Disk(#[source] sqlx::Error),
    /// The folder or the file may not be written.
    #[error("The data folder cannot be written to. Change its permissions, or choose another folder.")]
    ReadOnly,
    /// Another process holds the data.
    #[error("Another program is using the data{}. Close it and try again.", .by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default())]
    Locked {
        /// Who, where that is known.
        by: Option<String>,
    },
    /// There is no such item.
    #[error("There is no item {0} here.")]
    NoItem(RecordingId),
    /// There is no such change set.
    #[error("There is no change set {0} in the history.")]
    NoSet(ChangeSetId),
    /// There is no such change in the outbox.
    #[error("The edit {0} is not waiting to be sent.")]
    NoChange(ChangeId),
    /// There is no such automation.
    #[error("There is no automation {0} here. It may have been deleted; choose another.")]
    NoFlow(FlowId),
    /// There is no such run.
    #[error("There is no run {0} here. Old runs are cleared away; choose another.")]
    NoRun(RunId),
    /// There is no such connection.
    #[error("There is no connection {0} here. Choose another, or connect anew.")]
    NoConnection(ConnectionId),
    /// There is no such table.
    #[error("There is no such table any more. Open the step and choose another.")]
    NoTable,
    /// There is no such record.
    #[error("There is no such record in the table any more. Choose another.")]
    NoRecord,
    /// A value does not fit a column, in a sentence.
    #[error("{0}")]
    Misfit(String),
    /// There is no such conversation.
    #[error("There is no conversation {0} here. It may have been deleted; choose another, or begin a new one.")]
    NoConversation(ConversationId),
    /// There is no such grant.
    #[error("There is no permission {0} any more. It was taken back already.")]
    NoGrant(GrantId),
    /// There is no such memory.
    #[error("There is no memory {0} any more. It was forgotten already.")]
    NoMemory(MemoryId),
    /// There is no such recipe.
    #[error("There is no recipe {0} here. It may have been deleted; choose another.")]
    NoRecipe(RecipeId),
    /// There is no such model.
    #[error("There is no model {0} here. Choose one of the list, or connect it again.")]
    NoModel(ModelId),
    /// The change set was taken back already, was never taken back, or is itself a reversal.
    #[error("{0}")]
    NotReversible(&'static str),
    /// The edit is on its way, and cannot be given up before its answer is known.
    #[error("The edit {0} is being sent. Wait for the answer, then decide.")]
    InFlight(ChangeId),
    /// What was to be read in is not what this app writes out.
    #[error(
        "This cannot be read in: {0}. Choose the folder of an export, its everything.json, or its workspace.db; nothing was changed."
    )]
    Foreign(String),
    /// A stored record could not be read back.
    #[error("A stored record could not be read: {0}")]
    Unreadable(String),
    /// A file beside the database could not be read or written.
    #[error(
        "A file in the data folder could not be used: {0}. Check the folder and the disk, or choose another folder."
    )]
    File(#[source] std::io::Error),
    /// Anything else that the database says.
    #[error("The database answered: {0}")]
    Database(#[source] sqlx::Error),
}

fn copy_note(copy: &Option<PathBuf>) -> String {
    copy.as_ref().map_or_else(
        || " There is no copy beside it; remove the workspace and fetch it again.".into(),
        |path| format!(" The newest whole copy is {}.", path.display()),
    )
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        if matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem) {
            Self::ReadOnly
        } else if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
            Self::Full
        } else {
            Self::File(error)
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError::{Execute, ExecuteMigration};
        if let Execute(error) | ExecuteMigration(error, _) = error {
            error.into()
        } else {
            Self::Database(sqlx::Error::Migrate(Box::new(error)))
        }
    }
}

// SQLite's primary result codes: the low byte of the code that it reports.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const IOERR: i32 = 10;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const NOTADB: i32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match primary_code(&error) {
            Some(BUSY | LOCKED) => Self::Locked { by: None },
            Some(READONLY) => Self::ReadOnly,
            Some(CORRUPT | NOTADB) => Self::Damaged { copy: None },
            Some(FULL) => Self::Full,
            Some(IOERR) => Self::Disk(error),
            Some(_) | None => Self::Database(error),
        }
    }
}

/// SQLite's own code, without its extension.
pub(crate) fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}
