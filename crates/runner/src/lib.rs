//! Runs the automations of [`flow`] in the app, when there is no Activepieces server, with the same results as there.
//!
//! Knows no store, no engine and no window: connections, tables, models, commands of the app, the clock and the place of
//! the journal come from outside.
//!
//! - A [`Program`] is a flow that can be run. A [`Run`] is a machine without input or output: [`Run::apply`] takes an
//!   [`Event`] in, [`Run::next`] tells what to do. Its events, kept in a [`Journal`], are all there is to it.
//! - The [`Runner`] does what runs want done. What it does may be done again, or has a [`Key`], or is left to a person: see
//!   [`Delivery`].
//! - The [`Queue`] has many runs go on at once, within limits, and wakes those that wait for an instant.
//! - A [`trigger`] tells when a flow is to start, and with what. [`pieces`] are what flows can use; a [`Catalog`] holds
//!   them. [`portability`] tells what a server has no counterpart for.

pub mod clock;
pub mod condition;
mod event;
pub mod expr;
mod failure;
mod ids;
mod journal;
pub mod piece;
pub mod pieces;
pub mod portability;
mod program;
mod queue;
mod run;
mod runner;
pub mod sandbox;
mod secrets;
pub mod trigger;
pub mod value;

#[cfg(test)]
mod tests;

pub use clock::{Clock, SystemClock};
pub use event::{Answer, Beginning, Delivery, Event, Kept, Outcome, Response, Rules, StepStatus, Trace, Wait, What};
pub use failure::Failure;
pub use flow::RunStatus;
pub use ids::{Iterations, Key, RunId};
pub use journal::{Journal, JournalError};
pub use piece::{Call, Catalog, Choices, Piece, Reply};
pub use program::Program;
pub use queue::{Limits as QueueLimits, Line, Queue, Work};
pub use run::{Effect, Failed, Looped, Misfit, Record, Recorded, Run, Task};
pub use runner::{Ends, Recent, Runner, RunnerError, Sizes, Standing, Start, Tried, Watch};
pub use secrets::{Hidden, REDACTED, Secret, Secrets};

/// A JSON object.
pub type Map = serde_json::Map<String, serde_json::Value>;
