//! What the assistant asks of a model, whoever makes it: the request, the events of its reply, and what can go wrong.
//!
//! It knows no vendor. A reply that ends without [`ModelEvent::Stop`] broke off; whoever implements [`Model`] says so with
//! [`Trouble::Truncated`] instead of ending quietly.

use std::sync::Arc;
use std::time::Duration;

use contract::{Call, CallId, MemoryId, Outcome, Sealed};
use futures::stream::BoxStream;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use crate::world::World;

/// A model that can be asked. Dropping the stream ends the request.
pub trait Model: Send + Sync + std::fmt::Debug {
    /// What it is called: in the record, and where prices are looked up.
    fn name(&self) -> &str;
    /// What it can take.
    fn capacity(&self) -> Capacity;
    /// Asks it. What comes first comes first: the stream yields while the model is still speaking.
    fn stream(&self, request: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>>;
}

/// What a model can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// The most that one request may hold, in tokens.
    pub window: u64,
    /// True when it reads whole outputs, however long: it runs inside the app.
    pub reads_everything: bool,
}

/// What a model is asked.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who it is, what it may do, and what is true right now.
    pub system: String,
    /// What was said and done so far, oldest first.
    pub messages: Vec<Message>,
    /// What it may call.
    pub tools: Arc<[ToolSpec]>,
    /// What is true right now, for a model that runs inside the app.
    pub world: Arc<World>,
}

impl Request {
    /// A single question, without tools and without anything of the person's.
    #[must_use]
    pub fn bare(system: impl Into<String>, text: impl Into<String>) -> Self {
        let world = World {
            now: Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC),
            week_start: 1,
            working_hours: contract::Hours::default(),
            me: None,
            people: Vec::new(),
            projects: Vec::new(),
            places: Vec::new(),
            seeing: Vec::new(),
            memories: Vec::new(),
        };
        let messages = vec![Message::Person { text: text.into() }];
        Self { system: system.into(), messages, tools: Arc::new([]), world: Arc::new(world) }
    }
}

/// A part of what was said and done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// By the person.
    Person {
        /// Their words, with what they see.
        text: String,
    },
    /// By the model.
    Model {
        /// Its words.
        text: String,
        /// Its calls. Each has a [`Message::Result`] before the next message of another sort.
        calls: Vec<Call>,
        /// What it sealed with them, whichever model it was. A model takes back what is its own, and nothing else.
        sealed: Option<Sealed>,
    },
    /// What a call told.
    Result {
        /// Which call.
        call: CallId,
        /// Its tool.
        tool: String,
        /// How it ended; what it told is as much as the model is shown.
        outcome: Outcome,
    },
}

/// A tool, as a model is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolSpec {
    /// The command's name.
    pub name: &'static str,
    /// What it does.
    pub description: String,
    /// JSON schema of its input.
    pub schema: Value,
}

impl ToolSpec {
    /// The name on the wire: vendors allow letters, digits, `_` and `-` only.
    #[must_use]
    pub fn wire_name(&self) -> String {
        self.name.replace('.', "_")
    }
}

/// A piece of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelEvent {
    /// A piece of text.
    Text(String),
    /// A call, whole. The name is the command's; one that no tool has is passed on as it came.
    Call {
        /// The command.
        tool: String,
        /// Its input: JSON text, as the model wrote it, valid or not.
        input: String,
    },
    /// Another model than was asked answers from here on; what it is called. Comes before anything else, if it comes.
    From(String),
    /// The model wants this back with the reply. Comes at most once, after all text and calls.
    Sealed(Sealed),
    /// The reply rests on these of the memories that came with the request. A model that cannot tell says nothing: all that
    /// it was given count then.
    Recalled(Vec<MemoryId>),
    /// The reply used this much, all told.
    Used {
        /// Tokens of the request.
        tokens_in: u64,
        /// Tokens of the reply.
        tokens_out: u64,
    },
    /// The reply is complete.
    Stop,
}

/// What went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// Of which sort.
    pub trouble: Trouble,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// What happened, and what to do next. Holds no key.
    pub message: String,
}

/// Sorts of trouble that are met differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The key is missing, wrong or revoked.
    Key,
    /// The account has no credit.
    Credit,
    /// The server knows no such model.
    NoModel,
    /// Too many requests.
    RateLimited,
    /// The server has too much to do.
    Overloaded,
    /// The request is longer than the model can take.
    TooLong,
    /// The model, or its server, declined to answer.
    Refused,
    /// The server cannot be reached.
    Unreachable,
    /// The reply ended before it was complete.
    Truncated,
    /// The server answered something that cannot be understood, or a fault of its own.
    Upstream,
}

impl Trouble {
    /// True when the same request may succeed a little later.
    #[must_use]
    pub fn passes(self) -> bool {
        match self {
            Self::RateLimited | Self::Overloaded | Self::Unreachable | Self::Upstream => true,
            Self::Key | Self::Credit | Self::NoModel | Self::TooLong | Self::Refused | Self::Truncated => false,
        }
    }
}

/// How long to wait before a request is tried again, or `None` when it should not be. `attempt` counts from 1. What the
/// server asks for is kept to, up to half a minute; otherwise the wait doubles from half a second.
#[must_use]
pub fn retry_delay(error: &ModelError, attempt: u32) -> Option<Duration> {
    const TRIES: u32 = 3;
    const LONGEST: Duration = Duration::from_secs(30);
    if !error.trouble.passes() || attempt >= TRIES {
        return None;
    }
    match error.retry_after {
        Some(wait) if wait > LONGEST => None,
        Some(wait) => Some(wait),
        None => Some(Duration::from_millis(500) * 2_u32.pow(attempt.saturating_sub(1))),
    }
}
