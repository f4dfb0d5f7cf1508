//! What a conversation is made of, and what passes between the machine and whoever drives it.

use std::time::Duration;

/// A turn: what the person said, and all that is done to answer it. Stopping a turn begins the next number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct TurnId(pub u64);

/// A call in this conversation. Numbered here and never again given: models repeat the names that they give to calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CallId(pub u64);

/// What the model wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which call.
    pub id: CallId,
    /// The command.
    pub tool: String,
    /// Its input, JSON text; after an edit, as the person left it.
    pub input: String,
}

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
}

/// What a person decided of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Do it.
    Allow,
    /// Do it with this input instead.
    AllowEdited(String),
    /// Do not; says why, when the person did.
    Deny(String),
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was carried out; what it told.
    Returned(String),
    /// It was refused or did not work; why, for the model.
    Failed(String),
    /// A person, or a rule, said no; why.
    Denied(String),
    /// It was not carried out, or nobody knows whether it was; why.
    Cancelled(String),
}

/// A line of the record, which only grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// What the person said.
    Said(String),
    /// What the model said, and the calls that it made.
    Answered {
        /// Its text.
        text: String,
        /// Its calls.
        calls: Vec<Call>,
        /// The text was interrupted.
        cut_short: bool,
    },
    /// How a call ended.
    Result {
        /// Which.
        call: CallId,
        /// How.
        outcome: Outcome,
    },
    /// The turn ended otherwise than by an answer.
    Ended(Reason),
}

/// Why a turn ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The person stopped it.
    Stopped,
    /// So many times the model was asked, and that is the most.
    Steps(u32),
    /// So many tokens were used, and that is the most.
    Tokens(u64),
    /// So much was spent, in millionths of a dollar, and that is the most.
    Money(u64),
    /// It took so long, and that is the longest.
    Time(Duration),
    /// The model made the same call again and again.
    Repeats(String),
    /// The model, or a part of the app, failed; what happened and what to do.
    Broke(String),
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

/// What happens to a conversation.
#[derive(Debug, Clone)]
pub enum Event {
    /// The person said something.
    Said(String),
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
    /// The reply used this much: tokens, and millionths of a dollar.
    Used(u64, u64),
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
