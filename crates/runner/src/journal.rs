//! Where the events of runs are kept: a list for each run that only grows.

use async_trait::async_trait;
use serde_json::Value;

use crate::{Event, RunId};

/// Keeps events. When `append` has answered, the event is there after a power cut too.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Adds the event of this number, from 0.
    ///
    /// # Errors
    /// [`JournalError::Taken`] if there is one of that number already: somebody else works on this run.
    async fn append(&self, run: &RunId, number: u64, event: &Event) -> Result<(), JournalError>;

    /// All events of a run, in order; none if it is not known.
    ///
    /// # Errors
    /// If they cannot be read.
    async fn read(&self, run: &RunId) -> Result<Vec<Event>, JournalError>;

    /// Keeps a big value, and tells by what handle it is found again.
    ///
    /// # Errors
    /// If it cannot be kept.
    async fn keep(&self, run: &RunId, value: &Value) -> Result<String, JournalError>;

    /// A big value.
    ///
    /// # Errors
    /// If it is not there any more.
    async fn fetch(&self, run: &RunId, handle: &str) -> Result<Value, JournalError>;
}

/// Why the journal could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// Another event has this number.
    #[error("Somebody else is working on this run. Look at it again in a moment.")]
    Taken,
    /// A value was cleared away.
    #[error("A value of this run was cleared away. Run the flow again.")]
    Gone,
    /// It failed. The sentence says how.
    #[error("{0}")]
    Failed(String),
}
