//! A named step with its time, and the sentence that ends a command.

use std::{fmt, time::Instant};

/// Why a command ends early: what happened and what to do about it, for a person to read.
#[derive(Debug)]
pub(crate) struct Stop(String);

pub(crate) type Outcome<T = ()> = Result<T, Stop>;

impl Stop {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// Turns any failure into a sentence.
pub(crate) trait OrStop<T> {
    /// `what` says what could not be done, and ends without a full stop: the cause follows.
    fn or_stop(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> OrStop<T> for Result<T, E> {
    fn or_stop(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Stop(format!("{what}: {error}")))
    }
}

/// Runs one step and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {name}");
    let began = Instant::now();
    let outcome = work();
    let ending = if outcome.is_ok() { "done" } else { "FAILED" };
    println!("    {name}: {ending} in {:.1} s", began.elapsed().as_secs_f64());
    outcome
}
