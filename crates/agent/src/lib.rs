//! The assistant: the turn as a machine, whether a call may run, what a model is asked, and who drives it all.
//!
//! It knows no store, no command by its type and no window; whoever composes the app brings them.

pub mod approval;
pub mod builtin;
pub mod driver;
pub mod english;
pub mod model;
pub mod models;
pub mod prompt;
pub mod turn;
pub mod world;
