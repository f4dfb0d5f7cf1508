//! What PM OS keeps: one SQLite file per workspace, and a small one for the installation.
//!
//! Every write is a change, and every change is a row of one table, written in the same transaction. The feed, undo, the
//! outbox and the history all read that table. This crate knows no network, no window and no engine, and is the only one
//! that names sqlx.

mod activity;
mod adopt;
mod app;
mod apply;
mod assistant;
mod automation;
mod carry;
mod change;
mod check;
mod columns;
mod directory;
mod error;
mod feed;
mod fields;
mod gone;
mod history;
mod lock;
mod marks;
mod mend;
mod migrate;
mod names;
mod open;
mod outbox;
mod overlay;
mod projects;
mod queries;
mod recipes;
mod record;
mod resolve;
mod search;
mod spelling;
mod text;
mod tx;
mod undo;

pub use app::{AppStore, NewModel, NewSignIn, StoredSignIn};
pub use apply::Applied;
pub use assistant::{CallDecided, CallRow, Step};
pub use automation::{
    DataField, DataFilter, DataKind, DataRecord, DataTable, DataTest, FlowDraft, FlowHead, FlowMirror, Happening,
    MirroredVersion, NewConnection, NewFlow, NewRun, OutgoingEdit, RemoteRun, RunCounts, RunFilter, RunStands,
    StoredFlow, StoredRun, StoredVersion, plain_text,
};
pub use carry::{Copy, CopyReason, WrittenOut, copies_of, doubt_outgoing, read_in, write_out};
pub use change::Actor;
pub use error::{Result, StoreError};
pub use feed::Committed;
pub use fields::Field;
pub use lock::Lock;
pub use open::{Clock, Store};
pub use outbox::{OutboxCounts, ToSend};
pub use projects::ProjectStep;
pub use queries::{Days, ItemText, Picks, RawDetail, TextsWith};
pub use recipes::Operation;
pub use tx::Tx;

#[cfg(test)]
mod tests;
