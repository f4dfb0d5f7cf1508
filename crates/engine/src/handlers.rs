//! One handler for each command of the table.

mod accounts;
mod app;
mod history;
mod read;
mod steer;
mod workspaces;
mod write;
