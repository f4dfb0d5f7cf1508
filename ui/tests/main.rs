//! The page's parts in real JavaScript, in one binary.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bridge;
mod chat;
mod desk;
mod query;
