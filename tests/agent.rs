//! The assistant at work on a real engine: with the built-in assistant, and with a model's server that says what a test wants.

mod approvals;
mod attacks;
mod endings;
mod requests;
mod talk;
