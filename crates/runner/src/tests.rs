//! Tests of the crate, a file each for what they prove.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::wildcard_enum_match_arm)] // a test that meets something else fails there

mod app_pieces;
mod conditions;
mod crashes;
mod data;
mod desk;
mod expressions;
mod kit;
mod limits;
mod mail;
mod queues;
mod random;
mod runs;
mod sandboxes;
mod trials;
mod triggers;
mod waits;
mod web;
