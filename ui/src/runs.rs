//! What automations did: the list of runs, one run step by step, and two of them side by side.

mod acts;
mod compare;
mod detail;
mod failure;
mod line;
mod list;
pub(crate) mod outline;
pub(crate) mod plot;
mod sieve;
pub(crate) mod standing;
mod timeline;

pub use detail::{RunPage, RunPanel};
pub use list::RunsPage;

#[cfg(test)]
mod tests;
