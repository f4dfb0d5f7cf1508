//! Stories of a person at work, told on a real engine against a Basecamp stand-in of its own.

mod carried;
mod connected;
mod doors;
mod drafts;
mod fields;
mod hearing;
mod kinds;
mod lost;
mod moved;
mod offline;
mod planned;
mod projects;
mod recipes;
pub(crate) mod server;
mod signing;
mod trouble;
