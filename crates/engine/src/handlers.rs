//! One handler for each command of the table.

mod accounts;
mod app;
mod chat;
mod draft;
mod history;
mod load;
mod permissions;
pub(crate) mod plan;
pub(crate) mod read;
mod recipes;
mod steer;
pub(crate) mod words;
mod workspaces;
mod write;
