//! Stories of a person at work, told on a real engine against a Basecamp stand-in of its own.

mod doors;
mod fields;
mod hearing;
mod kinds;
mod lost;
mod moved;
mod offline;
mod projects;
pub(crate) mod server;
mod signing;
mod trouble;
