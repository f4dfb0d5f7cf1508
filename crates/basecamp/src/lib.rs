//! Basecamp: everything that knows Basecamp's wire. Transport over the official crate, one [`Limiter`] for all, lenient
//! decoding, sync passes over a [`sync::Mirror`], and writes that never clear what they did not touch.
//!
//! It knows no store, no vault and no engine: whoever calls it brings tokens, a clock and a place to put what was read.

mod api;
mod http;
mod limiter;
pub mod sync;
mod trouble;
pub mod wire;
pub mod write;

pub use api::{Account, Api, Jitter, Settings, Tokens};
pub use http::can_connect;
pub use limiter::{Limiter, Pace, Priority};
pub use trouble::Trouble;

#[cfg(test)]
mod tests;
