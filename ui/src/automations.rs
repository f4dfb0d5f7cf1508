//! Every automation: what starts it, where it runs, how it went; and the ways to make one.

mod ask;
mod begin;
mod connections;
mod deeds;
mod examples;
mod import;
mod line;
mod list;
mod once;
mod order;
mod save;
mod server;
mod tables;

pub use list::AutomationsPage;
pub(crate) use save::save;
pub(crate) use server::{Connect as ConnectServer, ServerDialog};

#[cfg(test)]
mod tests;
