#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agents;
mod around;
mod commands;
mod connections;

use std::sync::Arc;

use contract::{Caller, Door, Fault, FeedEvent, HistoryEntry, WorkspaceId};
use runner::pieces::{Commands as _, Picker};
use runner::{Key, RunId};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::Around;
use crate::desk::Desk;
use crate::{Engine, Options, Pace, Sample};

/// The sample workspace, fetched, and its ports.
struct Place {
    engine: Engine,
    workspace: WorkspaceId,
    desk: Arc<Desk>,
    around: Around,
    _folder: TempDir,
}

impl Place {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let options = Options {
            vault: vault::Options::memory(),
            schedule: false,
            pace: Pace::unhurried(),
            sample: Sample { seed: 7, size: sim::Size { projects: 2, recordings: 110 } },
            ..Options::new(folder.path().to_owned())
        };
        let engine = Engine::open(options).await.unwrap();
        let person = Caller::person(Door::Window, None);
        let made = engine.call(&person, "workspace.sample", "{}").await.unwrap();
        let made: contract::Workspace = serde_json::from_str(&made).unwrap();
        let desk = engine.desk(made.id).await.unwrap();
        engine.settle().await;
        let around = Around::new(&engine, made.id);
        let place = Self { engine, workspace: made.id, desk, around, _folder: folder };
        // So small a company may have none.
        let project = place.first(Picker::Projects).await;
        place.does("list.create", json!({ "project": project, "title": "Before the opening" })).await;
        // A card in the done column is done, and not among what can be chosen.
        let columns = place.around.choices(Picker::Columns, None, None).await.unwrap();
        let column = columns.iter().find(|column| !column.label.starts_with("Done")).unwrap();
        let column = column.value.as_str().unwrap().to_owned();
        place.does("card.create", json!({ "column": column, "title": "Draw the plan" })).await;
        place.engine.settle().await;
        place
    }

    /// As the person at the window.
    async fn says(&self, name: &str, input: Value) -> Result<Value, Fault> {
        let person = Caller::person(Door::Window, Some(self.workspace));
        let reply = self.engine.call(&person, name, &input.to_string()).await?;
        Ok(serde_json::from_str(&reply).unwrap())
    }

    async fn does(&self, name: &str, input: Value) -> Value {
        self.says(name, input).await.unwrap()
    }

    /// The number of the first thing that can be chosen.
    async fn first(&self, picker: Picker) -> String {
        let choices = self.around.choices(picker, None, None).await.unwrap();
        choices.first().unwrap().value.as_str().unwrap().to_owned()
    }

    async fn history(&self) -> Vec<HistoryEntry> {
        serde_json::from_value(self.does("history.list", json!({})).await).unwrap()
    }

    /// What windows have heard since this number.
    async fn heard(&self, since: u64) -> Vec<FeedEvent> {
        let now = self.engine.0.feed.newest();
        let count = usize::try_from(now - since).unwrap();
        let events = self.engine.attach(Some(since), Some(self.workspace));
        futures::StreamExt::collect(futures::StreamExt::take(events, count)).await
    }
}

fn key(step: &str) -> Key {
    Key::of(&run(), step, &[])
}

fn run() -> RunId {
    RunId("a run".into())
}
