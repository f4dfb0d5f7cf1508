//! What was sent to models, for the person to look at: the requests since the app began, and what a month used.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SentEnd {
    /// The answer still comes.
    UnderWay,
    /// It was answered.
    Answered,
    /// Nobody waited for the end of the answer.
    Stopped,
    /// It failed, and why.
    Failed(String),
}

/// A request that was sent to a model. It is known until the app ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SentRequest {
    /// Its number; later ones have higher ones.
    pub number: u64,
    /// The model, as its server calls it.
    pub model: String,
    /// The server's host; empty for the vendor's own.
    pub server: String,
    /// When it was sent.
    pub at: Timestamp,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// Messages in it.
    pub messages: u32,
    /// Tools that the model was told of.
    pub tools: u32,
    /// Tokens of the request, once the server said so.
    pub tokens_in: Option<u64>,
    /// Tokens of the answer.
    pub tokens_out: Option<u64>,
    /// Milliseconds until its end.
    pub took_ms: Option<u64>,
    /// What came of it.
    pub end: SentEnd,
}

/// What a model used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spent {
    /// The model, as its server calls it.
    pub model: String,
    /// Answers.
    pub turns: u64,
    /// Tokens that were sent.
    pub tokens_in: u64,
    /// Tokens that came back.
    pub tokens_out: u64,
    /// Millionths of a dollar, of the turns whose price is known.
    pub cost: u64,
    /// Turns whose price is not known.
    pub unpriced: u64,
}

/// What was sent to models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sent {
    /// The latest requests since the app began, the newest first.
    pub requests: Vec<SentRequest>,
    /// What conversations of this workspace used since the first of the month, the dearest first.
    pub month: Vec<Spent>,
}
