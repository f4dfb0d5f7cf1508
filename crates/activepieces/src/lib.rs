//! The user's own Activepieces server, 0.83 and later: everything that knows its wire.
//!
//! It knows no store, no vault and no engine: whoever calls it brings the sign-in ([`Credentials`]), a clock, and a place to
//! keep descriptions of pieces ([`Cache`]). Flows are read and written by the `flow` crate, at any depth.
//!
//! - A [`Client`] asks over HTTP: it stays signed in, waits its turn, tries reads again, and answers with a [`Fault`] that
//!   says what to do next. What the server says is read leniently.
//! - A [`Socket`] hears what the server tells by itself: tests as they run, locks, who else is there.
//! - An [`Editor`] is how a flow is edited: at once here, then at the server in order, each answer compared with our own;
//!   what somebody else did meanwhile becomes a [`Divergence`] and is never overwritten unseen.
//! - [`moving`] takes a flow from here to a server and back, and tells what has no counterpart.

mod address;
mod client;
mod connections;
mod credentials;
mod editor;
mod fault;
mod flows;
mod http;
pub mod moving;
mod pace;
mod pieces;
mod runs;
mod secret;
mod server;
mod session;
mod socket;
mod tables;
mod text;
mod trials;
mod webhooks;
mod wire;

pub use address::Address;
pub use client::{Client, Settings};
pub use connections::{
    Connection, ConnectionFilter, ConnectionOwner, ConnectionValue, NewConnection, OAuthApp, OAuthStart, Returned,
    Variable,
};
pub use credentials::{Account, Credential, Credentials, Newcomer};
pub use editor::{Divergence, Draft, Editor, Pending, Resolution, Sent};
pub use fault::Fault;
pub use flows::{Filed, FlowFilter, FlowVersion, Folder, InFolder, Template, is_being_deleted, read_template};
pub use http::{Clock, Patience};
pub use pieces::{Cache, NoCache, OptionsQuery, PieceFilter, PieceSummary, Pieces, PropertyOptions, Suggestion};
pub use runs::{
    FailedStep, Link, Output, Retry, Run, RunFilter, StatusCount, StepRun, Steps, ToldStatus, Trouble, in_order,
};
pub use secret::Secret;
pub use server::{Features, Flags, Platform, Project, User, Version};
pub use socket::{Lock, Person, Progress, Socket, SocketEvent, StepProgress, Watch};
pub use tables::{Cell, Field, NewCell, RecordFilter, Table, TableRecord};
pub use trials::{StepTest, TestStrategy, TriggerEvent};
pub use webhooks::{Hook, WebhookUrls};
pub use wire::{Page, gather};

#[cfg(test)]
mod tests;
