//! The assistant against a fixed world and a fixed set of data: the published list, and what it must never do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm
)]

mod company;
mod days;
pub(super) mod desk;
mod plans;
mod published;
mod remembered;
mod safety;
mod stories;
