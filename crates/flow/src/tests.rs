#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
//! Behaviour of the whole crate: fixtures, random flows, and a file per part.

mod alike;
mod captures;
mod clipboard;
mod completion;
mod depth;
mod diff;
mod expressions;
mod history;
mod layout;
mod navigate;
mod ops;
mod random;
mod refusals;
mod runs;
mod server;
mod three_way;
mod validation;
mod wire;
mod words;
