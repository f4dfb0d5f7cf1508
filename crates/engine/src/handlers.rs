//! One handler for each command of the table.

mod accounts;
mod app;
mod chat;
mod connections;
mod data;
mod draft;
pub(crate) mod flows;
mod history;
mod integrations;
mod load;
mod permissions;
mod pieces;
pub(crate) mod plan;
pub(crate) mod read;
mod recipes;
mod runs;
mod sample;
mod servers;
mod steer;
mod tables;
pub(crate) mod words;
mod workspaces;
mod write;
