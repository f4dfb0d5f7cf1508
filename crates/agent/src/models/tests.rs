//! What goes over the wire, against a server of our own on this machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod errors;
mod families;
mod places;
mod requests;
mod retries;
mod sealed;
mod server;
mod silence;
mod streams;
mod trials;

use std::sync::Arc;
use std::time::Duration;

use contract::{Call, CallId, Outcome, Sealed, Vendor};
use futures::StreamExt;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use super::{Key, Patience, Remote, RemoteOptions};
use crate::model::{Message, Model, ModelError, ModelEvent, Request, ToolSpec};
use crate::world::World;

/// A key that looks like one, and is asked for nowhere.
const KEY: &str = "sk-test-0123456789abcdefghij";

fn patience() -> Patience {
    let time = Duration::from_secs(20);
    Patience { connect: time, idle: time, now: || Timestamp::UNIX_EPOCH, ..Patience::default() }
}

fn remote(vendor: Vendor, model: &str, base: &str) -> Remote {
    remote_with(vendor, model, base, Key::new(KEY), patience())
}

fn remote_with(vendor: Vendor, model: &str, base: &str, key: Option<Key>, patience: Patience) -> Remote {
    let options = RemoteOptions { vendor, model: model.to_owned(), base: Some(base.to_owned()), key };
    Remote::new(options, patience).unwrap()
}

fn world() -> Arc<World> {
    Arc::new(World {
        now: Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC),
        week_start: 1,
        working_hours: contract::Hours::default(),
        me: None,
        people: Vec::new(),
        projects: Vec::new(),
        places: Vec::new(),
        seeing: Vec::new(),
        memories: Vec::new(),
    })
}

fn request() -> Request {
    let tool = |name: &'static str, description: &str| ToolSpec {
        name,
        description: description.to_owned(),
        schema: json!({ "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] }),
    };
    let call =
        |id: i64, tool: &str, input: &str| Call { id: CallId(id), tool: tool.to_owned(), input: input.to_owned() };
    let result = |id: i64, tool: &str, text: &str, ok: bool| {
        let text = text.to_owned();
        let outcome = if ok { Outcome::Returned(text) } else { Outcome::Failed(text) };
        Message::Result { call: CallId(id), tool: tool.to_owned(), outcome }
    };
    Request {
        system: "You help a project manager.".to_owned(),
        messages: vec![
            Message::Person { text: "Move it.".to_owned() },
            Message::Model {
                text: "Looking.".to_owned(),
                calls: vec![call(7, "todo.move", r#"{"id":"1"}"#), call(8, "project.list", "not json")],
                sealed: None,
            },
            result(7, "todo.move", "Moved.", true),
            result(8, "project.list", "That input cannot be read.", false),
            Message::Person { text: "And now?".to_owned() },
        ],
        tools: [tool("todo.move", "Moves a to-do."), tool("project.list", "Lists projects.")].into(),
        world: world(),
    }
}

/// A guard against a test that hangs; nothing here takes a second.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), future).await.expect("it never comes")
}

/// All that a model tells; what it seals without the name of its server, which is another in each test.
async fn listen(model: &dyn Model) -> Vec<Result<ModelEvent, ModelError>> {
    let told: Vec<_> = soon(model.stream(request()).collect()).await;
    told.into_iter().map(|told| told.map(unnamed)).collect()
}

fn unnamed(event: ModelEvent) -> ModelEvent {
    match event {
        ModelEvent::Sealed(Sealed { data, .. }) => sealed(&serde_json::from_str(&data).unwrap()),
        ModelEvent::From(_)
        | ModelEvent::Text(_)
        | ModelEvent::Call { .. }
        | ModelEvent::Recalled(_)
        | ModelEvent::Used { .. }
        | ModelEvent::Stop => event,
    }
}

fn sealed(data: &serde_json::Value) -> ModelEvent {
    ModelEvent::Sealed(Sealed { by: String::new(), data: data.to_string() })
}

async fn fails(model: &dyn Model) -> ModelError {
    match listen(model).await.pop() {
        Some(Err(error)) => error,
        other => panic!("it did not fail: {other:?}"),
    }
}

fn text(text: &str) -> ModelEvent {
    ModelEvent::Text(text.to_owned())
}

fn call(tool: &str, input: &str) -> ModelEvent {
    ModelEvent::Call { tool: tool.to_owned(), input: input.to_owned() }
}

fn used(tokens_in: u64, tokens_out: u64) -> ModelEvent {
    ModelEvent::Used { tokens_in, tokens_out }
}
