//! Where the runner keeps the events of runs: the workspace's store. A run is known to the runner by the key that set it off.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use contract::RunId;
use runner::{Event, Journal, JournalError};
use serde_json::Value;
use store::Store;

/// The journal over a store.
pub(super) struct StoredJournal {
    store: Store,
    /// The ids of runs by their keys, which never change.
    ids: Mutex<HashMap<runner::RunId, RunId>>,
}

/// More than these are not remembered: all are forgotten then, and looked up again.
const REMEMBERED: usize = 1024;

impl StoredJournal {
    pub(super) fn new(store: Store) -> Self {
        Self { store, ids: Mutex::default() }
    }

    async fn id(&self, run: &runner::RunId) -> Result<RunId, JournalError> {
        let known = self.ids.lock().unwrap_or_else(PoisonError::into_inner).get(run).copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = self.store.run_of_key(&run.0).await.map_err(failed)?.ok_or(JournalError::Gone)?.run.id;
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() >= REMEMBERED {
            ids.clear();
        }
        ids.insert(run.clone(), found);
        Ok(found)
    }
}

#[async_trait]
impl Journal for StoredJournal {
    async fn append(&self, run: &runner::RunId, number: u64, event: &Event) -> Result<(), JournalError> {
        let id = self.id(run).await?;
        let text = serde_json::to_string(event).map_err(|why| JournalError::Failed(why.to_string()))?;
        match self.store.add_run_event(id, number, &text).await.map_err(failed)? {
            true => Ok(()),
            false => Err(JournalError::Taken),
        }
    }

    async fn read(&self, run: &runner::RunId) -> Result<Vec<Event>, JournalError> {
        let texts = self.store.run_events(self.id(run).await?).await.map_err(failed)?;
        let read = |text: &String| {
            serde_json::from_str(text)
                .map_err(|why| JournalError::Failed(format!("The record of this run cannot be read: {why}.")))
        };
        texts.iter().map(read).collect()
    }

    async fn keep(&self, run: &runner::RunId, value: &Value) -> Result<String, JournalError> {
        let id = self.id(run).await?;
        Ok(self.store.add_run_value(id, &value.to_string()).await.map_err(failed)?.to_string())
    }

    async fn fetch(&self, run: &runner::RunId, handle: &str) -> Result<Value, JournalError> {
        let id = self.id(run).await?;
        let number = handle.parse().map_err(|_| JournalError::Gone)?;
        let text = self.store.run_value(id, number).await.map_err(failed)?.ok_or(JournalError::Gone)?;
        serde_json::from_str(&text).map_err(|_| JournalError::Gone)
    }
}

fn failed(why: store::StoreError) -> JournalError {
    JournalError::Failed(why.to_string())
}
