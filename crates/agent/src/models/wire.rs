//! What vendors send, frame by frame: the part of a reply that the library reads too leniently for us.
//!
//! The library skips events that it cannot read, closes replies that broke off as if they were whole, and joins the pieces
//! of calls by an index that a server may choose at will. A reader here takes each frame as it was on the wire and tells
//! what it means. Readers do no IO and know no sentence.

mod chat;
mod gemini;
mod messages;
mod ollama;
mod responses;

use serde_json::Value;

use super::endpoint::Form;
use crate::model::ModelEvent;

/// Reads the frames of one reply.
pub(super) trait Reader: Send {
    /// Reads a frame. What it tells is put at the end of `heard`, also when it fails. [`ModelEvent::Stop`] is put there on
    /// the vendor's own word that the reply is complete, and on nothing else; no frame is given after it. Calls have the
    /// names of the wire.
    fn read(&mut self, frame: &str, heard: &mut Vec<ModelEvent>) -> Result<(), Broken>;
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

/// A call's input; a model that has nothing to say there may say nothing.
fn input(text: String) -> String {
    if text.trim().is_empty() { "{}".to_owned() } else { text }
}

/// The tokens of a reply, as they become known.
#[derive(Debug, Default)]
struct Used {
    tokens_in: Option<u64>,
    tokens_out: Option<u64>,
}

impl Used {
    /// Tells them, once, where the server told them at all.
    fn tell(&mut self, heard: &mut Vec<ModelEvent>) {
        let used = std::mem::take(self);
        if used.tokens_in.is_some() || used.tokens_out.is_some() {
            heard.push(ModelEvent::Used {
                tokens_in: used.tokens_in.unwrap_or(0),
                tokens_out: used.tokens_out.unwrap_or(0),
            });
        }
    }
}
