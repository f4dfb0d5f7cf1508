//! What is sent to models, kept for the person to look at until the app ends: in the app's own words, which each vendor's form
//! of the request repeats. Keys are in no request: they travel beside it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use agent::model::{Capacity, Message, Model, ModelError, ModelEvent, Request};
use agent::prompt::told;
use contract::{SentEnd, SentRequest};
use futures::StreamExt;
use futures::stream::BoxStream;
use jiff::Timestamp;
use serde_json::{Value, json};

/// More requests are not kept, and no more than so many bytes of them, but for the newest.
const KEPT: usize = 50;
const BYTES: usize = 4 << 20;

/// The latest requests.
#[derive(Default)]
pub(crate) struct RequestLog(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    last: u64,
    requests: VecDeque<(SentRequest, String)>,
}

impl RequestLog {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The requests, the newest first.
    pub(crate) fn list(&self) -> Vec<SentRequest> {
        self.lock().requests.iter().rev().map(|(head, _)| head.clone()).collect()
    }

    /// The whole of one, as JSON text; `None` when it is no longer kept.
    pub(crate) fn text(&self, number: u64) -> Option<String> {
        let kept = self.lock();
        kept.requests.iter().find(|(head, _)| head.number == number).map(|(_, text)| text.clone())
    }

    fn begin(&self, model: &str, server: &str, at: Timestamp, request: &Request) -> u64 {
        let text = format!("{:#}", shown(request));
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let mut kept = self.lock();
        kept.last += 1;
        let head = SentRequest {
            number: kept.last,
            model: model.to_owned(),
            server: server.to_owned(),
            at,
            bytes: text.len() as u64,
            messages: count(request.messages.len()),
            tools: count(request.tools.len()),
            tokens_in: None,
            tokens_out: None,
            took_ms: None,
            end: SentEnd::UnderWay,
        };
        kept.requests.push_back((head, text));
        while kept.requests.len() > KEPT || (kept.requests.len() > 1 && kept.bytes() > BYTES) {
            kept.requests.pop_front();
        }
        kept.last
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut SentRequest)) {
        let mut kept = self.lock();
        if let Some((head, _)) = kept.requests.iter_mut().find(|(head, _)| head.number == number) {
            change(head);
        }
    }
}

impl Kept {
    fn bytes(&self) -> usize {
        self.requests.iter().map(|(_, text)| text.len()).sum()
    }
}

/// A request as it is told to a person.
fn shown(request: &Request) -> Value {
    let messages = request.messages.iter().map(|message| match message {
        Message::Person { text } => json!({ "person": text }),
        Message::Model { text, calls, .. } => {
            let calls: Vec<Value> =
                calls.iter().map(|call| json!({ "tool": call.tool, "input": call.input })).collect();
            json!({ "model": text, "calls": calls })
        }
        Message::Result { tool, outcome, .. } => json!({ "tool": tool, "told": told(outcome) }),
    });
    let tools = request
        .tools
        .iter()
        .map(|tool| json!({ "name": tool.name, "description": tool.description, "input": tool.schema }));
    json!({
        "system": request.system,
        "messages": messages.collect::<Vec<_>>(),
        "tools": tools.collect::<Vec<_>>(),
    })
}

/// A model of which is kept what it is sent.
#[derive(Debug)]
pub(crate) struct Inspected {
    pub(crate) model: Arc<dyn Model>,
    pub(crate) server: String,
    pub(crate) log: Arc<RequestLog>,
    pub(crate) now: fn() -> Timestamp,
}

impl std::fmt::Debug for RequestLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RequestLog({})", self.lock().requests.len())
    }
}

impl Model for Inspected {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn capacity(&self) -> Capacity {
        self.model.capacity()
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let began = (self.now)();
        let number = self.log.begin(self.model.name(), &self.server, began, &request);
        let mut follows = Follows { log: self.log.clone(), number, began, now: self.now, ended: false };
        self.model.stream(request).inspect(move |event| follows.heard(event)).boxed()
    }
}

/// Notes what comes of one request, also when nobody waits for the end.
struct Follows {
    log: Arc<RequestLog>,
    number: u64,
    began: Timestamp,
    now: fn() -> Timestamp,
    ended: bool,
}

impl Follows {
    fn heard(&mut self, event: &Result<ModelEvent, ModelError>) {
        match event {
            Ok(ModelEvent::Used { tokens_in, tokens_out }) => self.log.change(self.number, |head| {
                (head.tokens_in, head.tokens_out) = (Some(*tokens_in), Some(*tokens_out));
            }),
            Ok(ModelEvent::Stop) => self.end(SentEnd::Answered),
            Err(why) => self.end(SentEnd::Failed(why.message.clone())),
            // It was asked again, of another: what was sent is the same.
            Ok(ModelEvent::From(other)) => self.log.change(self.number, |head| head.model.clone_from(other)),
            Ok(ModelEvent::Text(_) | ModelEvent::Call { .. } | ModelEvent::Sealed(_) | ModelEvent::Recalled(_)) => {}
        }
    }

    fn end(&mut self, end: SentEnd) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let took = (self.now)().duration_since(self.began).as_millis();
        self.log.change(self.number, |head| {
            head.took_ms = Some(u64::try_from(took).unwrap_or(0));
            head.end = end;
        });
    }
}

impl Drop for Follows {
    fn drop(&mut self) {
        self.end(SentEnd::Stopped);
    }
}

#[cfg(test)]
mod tests;
