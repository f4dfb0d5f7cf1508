//! Two places for the events of runs: memory, and the store of a workspace.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contract::FlowPlace;
use jiff::Timestamp;
use runner::{Event, Journal, JournalError, RunId};
use serde_json::Value;
use store::{FlowHead, NewFlow, NewRun, Store};

/// Keeps events as texts, as any place does that outlives the app.
#[derive(Default)]
pub(crate) struct Memory(Mutex<Vec<String>>);

#[async_trait]
impl Journal for Memory {
    async fn append(&self, _: &RunId, number: u64, event: &Event) -> Result<(), JournalError> {
        let text = serde_json::to_string(event).unwrap();
        let mut events = self.0.lock().unwrap();
        assert_eq!(events.len() as u64, number, "an event is missing");
        events.push(text);
        Ok(())
    }

    async fn read(&self, _: &RunId) -> Result<Vec<Event>, JournalError> {
        Ok(Vec::new())
    }

    async fn keep(&self, _: &RunId, _: &Value) -> Result<String, JournalError> {
        Err(JournalError::Failed("Nothing of this bench is big.".to_owned()))
    }

    async fn fetch(&self, _: &RunId, _: &str) -> Result<Value, JournalError> {
        Err(JournalError::Gone)
    }
}

/// The store, with runs called `run-0` and so on.
pub(crate) struct Stored {
    store: Store,
    ids: HashMap<RunId, contract::RunId>,
}

impl Stored {
    /// A workspace of its own, with so many runs that have not begun.
    pub(crate) async fn open(folder: &Path, runs: usize) -> Self {
        let store = Store::open(folder.join("w.db"), Arc::new(Timestamp::now)).await.unwrap();
        let head = FlowHead { name: "Long".into(), starts: "A call".into(), steps: 1, problems: 0 };
        let flow = NewFlow {
            head,
            folder: String::new(),
            place: FlowPlace::Here,
            owner: "Mara".into(),
            document: "{}".into(),
            history: "[]".into(),
            remote: None,
        };
        let flow = store.add_flow(&flow).await.unwrap().flow.id;
        let mut ids = HashMap::new();
        for number in 0..runs {
            let key = format!("run-{number}");
            let run = NewRun {
                flow,
                key: key.clone(),
                fingerprint: "1".into(),
                document: "{}".into(),
                test: false,
                rehearsal: false,
                cause: "By hand".into(),
                granted: "[]".into(),
                start: "{}".into(),
                at: None,
            };
            ids.insert(RunId(key), store.add_run(&run).await.unwrap());
        }
        Self { store, ids }
    }

    pub(crate) async fn close(&self) {
        self.store.close().await;
    }
}

#[async_trait]
impl Journal for Stored {
    async fn append(&self, run: &RunId, number: u64, event: &Event) -> Result<(), JournalError> {
        let text = serde_json::to_string(event).unwrap();
        let id = *self.ids.get(run).ok_or(JournalError::Gone)?;
        match self.store.add_run_event(id, number, &text).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(JournalError::Taken),
            Err(why) => Err(JournalError::Failed(why.to_string())),
        }
    }

    async fn read(&self, _: &RunId) -> Result<Vec<Event>, JournalError> {
        Ok(Vec::new())
    }

    async fn keep(&self, _: &RunId, _: &Value) -> Result<String, JournalError> {
        Err(JournalError::Failed("Nothing of this bench is big.".to_owned()))
    }

    async fn fetch(&self, _: &RunId, _: &str) -> Result<Value, JournalError> {
        Err(JournalError::Gone)
    }
}
