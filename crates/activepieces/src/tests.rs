#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod captures;
mod editing;
mod facts;
mod fake;
mod faults;
mod moves;
mod oauth;
mod pieces;
mod random;
mod requests;
mod runs;
mod server;
mod sessions;
mod sockets;
mod story;
mod transport;
mod words;
