//! The vocabulary that every part of PM OS shares: ids, entities, the command table, feed events and [`Fault`].
//!
//! It knows no database, no network, no window and no clock, and compiles to wasm.

mod automation;
mod caller;
mod chat;
mod command;
pub mod commands;
mod desktop;
mod draft;
mod entity;
mod fault;
mod feed;
mod ids;
mod permission;
mod recipe;
mod secret;
mod sent;
mod view;

pub use automation::*;
pub use caller::{Caller, Door, Role, Who};
pub use chat::{
    Call, CallState, CallView, ChatEvent, Conversation, ConversationView, Decision, ExportFormat, Exported, Item, Line,
    Outcome, OutputPart, Preview, Reason, Sealed, Seen, TurnStage, TurnUse,
};
pub use command::{Command, CommandInfo, Effect, Tells};
pub use commands::{TABLE, find};
pub use desktop::{ChangeDesktop, Crash, DesktopStatus, Wish, ZOOMS};
pub use draft::{Decided, Draft, Dropped, Proven};
pub use entity::{Activity, DockTool, Fetched, Kind, Known, Person, Project, Recording, Span, Status};
pub use fault::{Code, Fault};
pub use feed::{FeedBody, FeedEvent, Tag};
pub use ids::{
    ActivityId, CallId, ChangeId, ChangeSetId, ColumnId, ConnectionId, ConversationId, FlowId, GrantId, MemoryId,
    ModelId, PersonId, ProjectId, RecipeId, RecordingId, RowId, RunId, SignInId, TableId, TurnId, WorkspaceId,
};
pub use permission::{
    ApprovalDay, Grant, Memory, ModelEntry, ModelTrial, Models, Origin, Permissions, Rule, Scope, ToolRule, Vendor,
};
pub use recipe::{Carried, Given, Named, Recipe, RecipeStep, Variable, VariableKind};
pub use secret::SecretText;
pub use sent::{Sent, SentEnd, SentRequest, Spent};
pub use view::*;

#[cfg(test)]
mod tests;
