//! What the assistant decides by: the turn as a machine, and whether a call may run.
//!
//! It knows no model, no tool, no store, no network and no clock; who drives it brings them.

pub mod approval;
pub mod turn;
