//! What vendors send, frame by frame: the part of a reply that the library reads too leniently for us.
//!
//! The library skips events that it cannot read, closes replies that broke off as if they were whole, and joins the pieces
//! of calls by an index that a server may choose at will. A reader here takes each frame as it was on the wire and tells
//! what it means, and what its vendor wants back. Readers do no IO and know no sentence.

mod chat;
mod gemini;
mod messages;
mod ollama;
mod responses;

use std::collections::VecDeque;

use serde_json::Value;

use super::endpoint::Form;
use super::sealed::{Kept, Marks};
use crate::model::ModelEvent;

/// Reads the frames of one reply.
pub(super) trait Reader: Send {
    /// Reads a frame and tells what is in it, also when it fails then. The reply is told to be complete on the vendor's own
    /// word, and on nothing else; no frame is given after that. Calls have the names of the wire.
    fn read(&mut self, frame: &str, told: &mut Told) -> Result<(), Broken>;
}

/// What was read of a reply, in its order, until it is passed on.
#[derive(Debug)]
pub(super) struct Told {
    /// The model that answers, for what it wants back.
    by: String,
    events: VecDeque<ModelEvent>,
    marks: Marks,
    is_complete: bool,
}

impl Told {
    /// Nothing yet, of a reply by this model.
    pub(super) fn new(by: String) -> Self {
        Self { by, events: VecDeque::new(), marks: Marks::default(), is_complete: false }
    }

    /// A piece of text; an empty one is not told.
    fn text(&mut self, text: String) {
        if !text.is_empty() {
            self.marks.text(&text);
            self.events.push_back(ModelEvent::Text(text));
        }
    }

    /// A whole call. A model that has nothing to say for its input may say nothing.
    fn call(&mut self, tool: String, input: String) {
        self.marks.call();
        let input = if input.trim().is_empty() { "{}".to_owned() } else { input };
        self.events.push_back(ModelEvent::Call { tool, input });
    }

    /// Something that the vendor wants back, in this place of the reply.
    fn keep(&mut self, kept: Kept) {
        self.marks.keep(kept);
    }

    /// What the reply used.
    fn used(&mut self, tokens_in: u64, tokens_out: u64) {
        self.events.push_back(ModelEvent::Used { tokens_in, tokens_out });
    }

    /// The reply is complete.
    fn stop(&mut self) {
        self.events.extend(self.marks.seal(&self.by).map(ModelEvent::Sealed));
        self.events.push_back(ModelEvent::Stop);
        self.is_complete = true;
    }

    /// The next event that was not passed on.
    pub(super) fn next(&mut self) -> Option<ModelEvent> {
        self.events.pop_front()
    }

    /// Everything was passed on.
    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The vendor said that the reply is complete.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }
}

/// The reader of a vendor's form.
pub(super) fn reader(form: Form) -> Box<dyn Reader> {
    match form {
        Form::Messages => Box::new(messages::Messages::default()),
        Form::Chat => Box::new(chat::Chat::default()),
        Form::Responses => Box::new(responses::Responses::default()),
        Form::Gemini => Box::new(gemini::Gemini::default()),
        Form::Ollama => Box::new(ollama::Ollama),
    }
}

/// Why a reply is no good.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Broken {
    /// The server said so.
    Said(Said),
    /// A frame cannot be understood.
    Unreadable,
    /// A frame ends in the middle.
    CutOff,
    /// The reply is as long as the model may make it, and not complete.
    Longest,
    /// The model, or a filter, declined.
    Declined,
}

/// What a server said of an error.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Said {
    /// The HTTP status that it gave, or would have given.
    pub(super) status: Option<u16>,
    /// Its own names for the error, joined by spaces.
    pub(super) codes: String,
    /// Its words.
    pub(super) message: String,
    /// How long it asks to wait, in seconds, where it says so in the body.
    pub(super) wait: Option<f64>,
}

impl Said {
    /// Reads the body of an error, in the form of whichever vendor.
    pub(super) fn of(body: &Value) -> Self {
        let body = body.get(0).unwrap_or(body);
        let error = body.get("error").filter(|error| !error.is_null()).unwrap_or(body);
        if let Some(message) = error.as_str() {
            return Self { message: message.to_owned(), ..Self::default() };
        }
        let text = |name: &str| error.get(name).and_then(Value::as_str);
        let codes: Vec<&str> = ["type", "code", "status"].into_iter().filter_map(text).collect();
        let status = error.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
        let wait = error.get("details").and_then(Value::as_array).and_then(|details| {
            let delay = details.iter().find_map(|detail| detail.get("retryDelay"))?.as_str()?;
            delay.strip_suffix('s')?.parse().ok()
        });
        Self { status, codes: codes.join(" "), message: text("message").unwrap_or_default().to_owned(), wait }
    }
}

/// Reads a frame's JSON.
fn json<'a, T: serde::Deserialize<'a>>(frame: &'a str) -> Result<T, Broken> {
    serde_json::from_str(frame).map_err(|error| if error.is_eof() { Broken::CutOff } else { Broken::Unreadable })
}

/// A call's input where a server may give text or the object itself.
fn input(given: Option<Value>) -> String {
    match given {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text,
        Some(whole) => whole.to_string(),
    }
}

/// The tokens of a reply, as they become known.
#[derive(Debug, Default)]
struct Used {
    tokens_in: Option<u64>,
    tokens_out: Option<u64>,
}

impl Used {
    /// Tells them, once, where the server told them at all.
    fn tell(&mut self, told: &mut Told) {
        let used = std::mem::take(self);
        if used.tokens_in.is_some() || used.tokens_out.is_some() {
            told.used(used.tokens_in.unwrap_or(0), used.tokens_out.unwrap_or(0));
        }
    }
}
