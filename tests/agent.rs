//! The assistant at work on a real engine: with the built-in assistant, and with a model's server that says what a test wants.

mod approvals;
mod attacks;
mod budgets;
mod economy;
mod endings;
mod figures;
mod gate;
mod guard;
mod isolation;
mod models;
mod requests;
mod skills;
pub(crate) mod talk;
