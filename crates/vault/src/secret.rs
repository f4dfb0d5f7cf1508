//! One secret in memory. It cannot be printed or serialised, and its bytes are wiped when it goes.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// An owned secret text.
///
/// It implements neither `Debug` nor `Display` nor `Serialize`, so nothing that holds one can leak it by deriving those.
/// Comparison takes the same time whatever the content (the length is not hidden).
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over; the caller keeps no copy.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Use it at the last moment and do not keep it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True when there is nothing but white space in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Reads bytes as text. The bytes are wiped either way.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let bytes = Zeroizing::new(bytes);
        std::str::from_utf8(&bytes).ok().map(Self::new)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}
