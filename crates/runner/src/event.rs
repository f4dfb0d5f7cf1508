//! What happens in a run: the events that its journal holds, and all that a run is made of again after a crash.

use std::sync::Arc;
use std::time::Duration;

use flow::RunStatus;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Failure, Map, RunId};

/// Something that happened, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The run began.
    Began(Beginning),
    /// A step is about to do something that must not happen twice.
    Started {
        /// The step.
        step: String,
        /// Which attempt it is, from 1.
        attempt: u32,
        /// What may be done if nothing more is heard of it.
        delivery: Delivery,
        /// What it is given, without secrets and without what is big, where a person may have to look whether it happened.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        input: Value,
    },
    /// A step ended, well or badly.
    Finished {
        /// The step.
        step: String,
        /// How it ended.
        outcome: Outcome,
        /// What else is kept of it.
        trace: Trace,
    },
    /// A loop found its items.
    Listed {
        /// The step.
        step: String,
        /// The items.
        items: Kept,
        /// How many there are.
        count: usize,
        /// What else is kept of it.
        trace: Trace,
    },
    /// A router weighed its branches.
    Decided {
        /// The step.
        step: String,
        /// Whether each branch is met, in their order.
        met: Vec<bool>,
        /// What else is kept of it.
        trace: Trace,
    },
    /// A step waits for something outside.
    Paused {
        /// The step.
        step: String,
        /// What for.
        wait: Wait,
        /// What it brought so far.
        output: Kept,
        /// What it answers to who started the run.
        response: Option<Response>,
        /// What else is kept of it.
        trace: Trace,
    },
    /// A step may have happened: the run waits for a person to look.
    Doubted {
        /// The step.
        step: String,
        /// Why nobody knows.
        failure: Failure,
        /// What else is kept of it.
        trace: Trace,
    },
    /// A person looked.
    Answered {
        /// The step.
        step: String,
        /// What they found.
        answer: Answer,
    },
    /// A person, or the flow itself, ended the run.
    Cancelled,
    /// The run ended for a reason of its own: a budget.
    Ended {
        /// How it ended.
        status: RunStatus,
        /// Why, as a sentence.
        reason: String,
    },
    /// The run goes on from the step that failed.
    Retried,
}

/// What a run begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beginning {
    /// What the trigger brought.
    pub payload: Kept,
    /// The fingerprint of the flow: a journal is read with no other.
    pub fingerprint: String,
    /// What the run may use.
    pub rules: Rules,
    /// Anything worth knowing about how it began: that it catches up, that it tries an older run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The run that started this one and may wait for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RunId>,
}

/// What a run may use, fixed when it begins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// How many steps may be done, each iteration counted.
    pub steps: u64,
    /// How many iterations there may be, of all loops together.
    pub iterations: u64,
    /// How long its steps may take together, in milliseconds. Waiting does not count.
    pub time_ms: u64,
    /// How often a step that is to be retried is tried in all.
    pub attempts: u32,
    /// The pause before the second attempt, in milliseconds; each further one is twice as long.
    pub backoff_ms: u64,
}

impl Default for Rules {
    /// Four attempts, 4, 8 and 16 seconds apart, and ten minutes of work, as on a server that nobody configured.
    fn default() -> Self {
        Self { steps: 100_000, iterations: 100_000, time_ms: 600_000, attempts: 4, backoff_ms: 4_000 }
    }
}

impl Rules {
    /// The pause behind an attempt, from 1.
    #[must_use]
    pub fn backoff(&self, attempt: u32) -> Duration {
        let factor = 1_u64.checked_shl(attempt.saturating_sub(1)).unwrap_or(u64::MAX);
        Duration::from_millis(self.backoff_ms.saturating_mul(factor).min(24 * 3_600_000))
    }
}

/// What may be done with an action of which nothing more was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It changes nothing outside: it is done again.
    Pure,
    /// Whoever receives it knows it by its key: it is done again with the same key.
    Keyed,
    /// Nobody could tell a second time from the first: a person looks.
    Once,
}

/// A value, or where it is if it is big.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// All of it.
    Whole(Arc<Value>),
    /// It is elsewhere.
    Cut {
        /// What the journal calls it.
        handle: String,
        /// Its length as JSON, in bytes.
        size: u64,
    },
}

impl Kept {
    /// A value that is kept whole.
    #[must_use]
    pub fn whole(value: Value) -> Self {
        Self::Whole(Arc::new(value))
    }
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It brought something.
    Done {
        /// What.
        output: Kept,
        /// What it answers to who started the run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response: Option<Response>,
        /// Whether the run ends here, well.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stops: bool,
    },
    /// It failed.
    Failed(Failure),
}

/// What is kept of a step beside how it ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trace {
    /// What it was given, without secrets and without what is big.
    pub input: Value,
    /// How long it took, in milliseconds.
    pub duration_ms: f64,
    /// What may not be meant: a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What code wrote to the console, a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub console: Vec<String>,
}

/// What a step waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// An instant; the step then brings this.
    Until {
        /// When.
        at: Timestamp,
        /// What the step brings then.
        output: Value,
    },
    /// A person who says yes or no.
    Approval {
        /// What they are asked.
        question: String,
    },
    /// The end of another run.
    Flow {
        /// That run.
        run: RunId,
    },
    /// A further call of the run's own address.
    Webhook,
}

/// What is answered to who started a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The status of HTTP.
    pub status: u16,
    /// The headers.
    #[serde(default)]
    pub headers: Map,
    /// The body.
    #[serde(default)]
    pub body: Value,
}

/// What a person found out about a step in doubt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It happened, and brought this as far as they know.
    Happened(Value),
    /// It did not happen, or may happen twice: try again.
    TryAgain,
}

/// How a step stands, in the words of Activepieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StepStatus {
    /// It is being done.
    Running,
    /// It waits for something outside.
    Paused,
    /// It went well.
    Succeeded,
    /// It failed.
    Failed,
    /// It ended the run.
    Stopped,
}
