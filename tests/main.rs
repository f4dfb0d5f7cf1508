//! The integration tests, as one program: linking once is much quicker than linking per file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that fails may panic, and says why"
)]

mod agent;
mod bad_input;
mod canary;
mod desk;
mod flows;
mod kill;
mod laws;
mod program;
mod shell;
mod stories;
mod support;
mod sync;
