//! What a conversation is made of, and what passes between the machine and whoever drives it.

use std::time::Duration;

use contract::CallState;

pub use contract::{Call, CallId, Decision, Item, Outcome, Reason, Sealed, Seen, TurnId};

/// Whether a call may run, and beside what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Whether it may run.
    pub requirement: Requirement,
    /// True when it changes something: then nothing runs beside it.
    pub exclusive: bool,
}

/// Whether a call may run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// At once.
    Run,
    /// When a person says so.
    Ask,
    /// Never; says why.
    Forbid(String),
    /// It cannot be carried out as it stands; says why, for the model.
    Invalid(String),
}

/// What one turn may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// How often the model is asked.
    pub steps: u32,
    /// Tokens in and out, all requests together.
    pub tokens: u64,
    /// In millionths of a dollar; where a price is not known, nothing counts.
    pub money: u64,
    /// From the first request on, the time in which a person decides left out.
    pub time: Duration,
    /// How often the same call with the same input is carried out.
    pub repeats: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 25, tokens: 400_000, money: 1_000_000, time: Duration::from_secs(600), repeats: 3 }
    }
}

/// What the person says, and what they see while they say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saying {
    /// Their words.
    pub text: String,
    /// What is on their screen, and what they named.
    pub seeing: Vec<Seen>,
}

impl From<&str> for Saying {
    fn from(text: &str) -> Self {
        Self { text: text.into(), seeing: Vec::new() }
    }
}

/// What happens to a conversation.
#[derive(Debug, Clone)]
pub enum Event {
    /// The person said something.
    Said(Saying),
    /// The person stopped the turn.
    Stopped,
    /// Something answered an effect; it carries the turn that the effect was made for.
    Answer(TurnId, Answer),
}

/// What answers an effect.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The model said a piece of text.
    Text(String),
    /// The model made a call: tool and input, on these terms.
    Called(String, String, Terms),
    /// It is this model that answers from here on.
    From(String),
    /// The model wants this back with the reply.
    Sealed(Sealed),
    /// The reply used this much.
    Used {
        /// Tokens of the request.
        tokens_in: u64,
        /// Tokens of the reply.
        tokens_out: u64,
        /// Millionths of a dollar; `None` where the price is not known.
        cost: Option<u64>,
    },
    /// The reply is complete.
    Ended,
    /// The reply broke off, or none came; what happened and what to do.
    Broke(String),
    /// A person decided a call, having seen this input.
    Decided(CallId, String, Decision),
    /// A call ended.
    Returned(CallId, Outcome),
    /// A part of the app failed in a call; the turn cannot go on.
    Failed(CallId, String),
    /// The turn's time is over.
    TimeIsUp,
}

/// What a driver must do. All that one event caused is kept together before any of it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep this line of the record.
    Keep(Item),
    /// Ask the model to go on from the record.
    Ask(TurnId),
    /// Show a person this call, and keep it until it is decided.
    Approve(TurnId, Call),
    /// Carry this call out.
    Run(TurnId, Call),
    /// Let go of everything that was begun for this turn.
    Abandon(TurnId),
    /// The turn is over.
    Settle(TurnId),
    /// The model said this.
    Tell(TurnId, String),
    /// These were said while the turn ran, and are given back to the person who stopped it.
    GiveBack(Vec<String>),
}

/// What was still open in a conversation when the app ended: how its last reply stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The call as it was last approved or shown.
    pub call: Call,
    /// True when it changes something.
    pub exclusive: bool,
    /// It was waiting for a person. All else had begun, or may have.
    pub waiting: bool,
    /// How it ended, when it had.
    pub outcome: Option<Outcome>,
}

/// A call of the reply that is being worked on.
#[derive(Debug, Clone, Copy)]
pub struct CallStanding<'a> {
    /// The call.
    pub call: &'a Call,
    /// It changes something.
    pub exclusive: bool,
    /// Where it stands.
    pub state: CallState,
    /// How it ended, once it has.
    pub outcome: Option<&'a Outcome>,
}
