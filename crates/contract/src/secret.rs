//! Text that a person types in and that nothing may show again.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A token or passphrase on its way from the person to the vault. `Debug` hides it; it is never part of a reply.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// Wraps what was typed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// Hands the text over; the caller moves it into the vault and nowhere else.
    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }
    /// True when nothing, or only white space, was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}
