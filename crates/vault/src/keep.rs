//! The one idea of a place that keeps named secrets, and its three forms.

mod keyring;
mod memory;
mod parts;
mod sealed;

use std::future::Future;
use std::pin::Pin;

pub(crate) use self::keyring::Connect;
pub use self::keyring::Keyring;
pub use memory::Memory;
pub use sealed::{SealedFile, Strength};

use crate::{Secret, VaultError};

/// A future that an object-safe trait can return.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A place where secrets are kept by name.
///
/// Names are checked by the [`Vault`](crate::Vault); an implementation may rely on that.
pub trait Keep: Send + Sync {
    /// Keeps `secret` under `name`, replacing what was there.
    fn put<'a>(&'a self, name: &'a str, secret: &'a Secret) -> Boxed<'a, Result<(), VaultError>>;
    /// The secret under `name`. One that was deleted from outside is `None`, not an error.
    fn get<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<Option<Secret>, VaultError>>;
    /// Forgets `name`. Forgetting what is not there is fine.
    fn remove<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<(), VaultError>>;
    /// The names of everything kept, sorted.
    fn names(&self) -> Boxed<'_, Result<Vec<String>, VaultError>>;
}

/// The names that every place can hold: `#` is left free for an implementation's own entries.
pub(crate) fn check_name(name: &str) -> Result<(), VaultError> {
    let fits = (1..=200).contains(&name.len());
    if fits && !name.chars().any(|c| c.is_control() || c == '#') { Ok(()) } else { Err(VaultError::Name) }
}
