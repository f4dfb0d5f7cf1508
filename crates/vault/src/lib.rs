//! Secrets and the sign-ins that produce them: the only crate that sees one.
//!
//! A [`Vault`] keeps named secrets in the system keyring, or in one sealed file when there is none and the person agrees.
//! [`oauth`] turns a person's own integration into tokens and keeps those fresh. This crate knows no project, no
//! workspace and no window; it is told which names to keep.

mod fault;
mod keep;
mod memo;
pub mod oauth;
mod secret;
mod status;
mod vault;

pub use fault::VaultError;
pub use keep::{Boxed, Keep, Keyring, Memory, SealedFile, Strength};
pub use secret::Secret;
pub use status::{Backend, State, Status};
pub use vault::{Options, Vault};

#[cfg(test)]
mod tests;
