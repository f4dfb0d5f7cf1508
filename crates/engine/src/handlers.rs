//! One handler for each command of the table.

mod accounts;
mod app;
mod chat;
mod history;
mod load;
mod permissions;
pub(crate) mod read;
mod steer;
mod workspaces;
mod write;
