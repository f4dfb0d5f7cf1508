//! Automations as a document: what a flow is, how it is changed and taken back, checked, compared and drawn.
//!
//! Pure: no input or output, no clock, no randomness, no window and no server. The page, the client of Activepieces, the
//! runner and the assistant all work on this one model. Nothing here recurses with the depth of a flow, so a flow may
//! nest as deep as it likes on any stack.
//!
//! - A [`Flow`] is a trigger and a [`Chain`] of [`Step`]s, which hold further chains. An [`Index`] finds steps by name.
//! - [`apply`] makes an [`Op`] happen and returns the one that takes it back, or refuses in a sentence. A [`History`] keeps
//!   those for undo and redo. [`check_sound`] tells what holds after each.
//! - [`wire`] reads and writes the form of Activepieces. What is stored, or crosses to a page, is serialised with serde, in
//!   a flat form of our own.
//! - [`expr`] reads, checks, completes, renames and migrates the `{{ … }}` in texts; [`validate`] checks each step against
//!   [`piece`] descriptions.
//! - [`RunStatus`] is how a run of a flow stands.
//! - [`layout`] draws; [`go`] and [`nudge`] are the keyboard's ways; [`find`] searches.
//! - [`diff`] compares two versions, takes over a chosen part, and joins the work of two people. [`copy`] and [`paste`] go
//!   through the clipboard.

mod chain;
mod clipboard;
pub mod diff;
pub mod expr;
mod field;
mod find;
mod flow;
mod history;
mod index;
mod json;
pub mod layout;
mod name;
mod navigate;
mod note;
mod op;
pub mod piece;
mod record;
mod router;
mod schema;
mod shell;
mod sound;
mod step;
mod trigger;
pub mod validate;
pub mod wire;
mod word;

#[cfg(test)]
mod tests;

pub use chain::{Chain, Visit, Walk};
pub use clipboard::{copy, paste};
pub use contract::RunStatus;
pub use field::{FieldPath, Key};
pub use find::{Match, Whose, find};
pub use flow::{Document, Flow};
pub use history::{ENTRIES, Entry as HistoryEntry, History};
pub use index::{At, Entry, Index, Path, Place};
pub use name::{Names, is_name};
pub use navigate::{Spot, Way, go, nudge};
pub use note::{Note, Position, Size};
pub use op::{Lifecycle, Op, Refusal, SampleSide, apply, describe};
pub use record::{Record, State, Status};
pub use router::{Branch, BranchKind, Condition, Execution, Operator, Router};
pub use schema::{SchemaVersion, Syntax};
pub use sound::{Unsound, check_sound};
pub use step::{Code, ErrorHandling, FailureBranches, Kind, LoopOnItems, Other, Piece, PieceCall, Slot, Step};
pub use trigger::{Trigger, TriggerKind};
pub use wire::DATA_LEVELS;

/// A JSON object.
pub type Map = serde_json::Map<String, serde_json::Value>;
