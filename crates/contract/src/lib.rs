//! The vocabulary that every part of PM OS shares: ids, entities, the command table, feed events and [`Fault`].
//!
//! It knows no database, no network, no window and no clock, and compiles to wasm.

mod caller;
mod command;
pub mod commands;
mod entity;
mod fault;
mod feed;
mod ids;
mod secret;
mod view;

pub use caller::{Caller, Door, Role, Who};
pub use command::{Command, CommandInfo, Effect};
pub use commands::{TABLE, find};
pub use entity::{Activity, DockTool, Fetched, Kind, Known, Person, Project, Recording, Span, Status};
pub use fault::{Code, Fault};
pub use feed::{FeedBody, FeedEvent, Tag};
pub use ids::{ActivityId, ChangeId, ChangeSetId, PersonId, ProjectId, RecordingId, SignInId, WorkspaceId};
pub use secret::SecretText;
pub use view::*;

#[cfg(test)]
mod tests;
