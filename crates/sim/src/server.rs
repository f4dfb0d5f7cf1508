//! The stand-in's server: the pipeline that every request passes, over pure reads and writes.

mod body;
mod feed;
mod http;
mod listing;
mod oauth;
mod page;
mod pipeline;
mod read;
mod render;
mod reply;
mod reports;
mod request;
mod state;
mod wire;
mod write;

pub(crate) use http::router;
pub use oauth::Integration;
pub(crate) use oauth::Launchpad;
pub(crate) use state::{Shared, State};
pub(crate) use wire::{Cut, Door};
