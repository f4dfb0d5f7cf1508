//! The tokens of one account, and their text form for the vault.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Secret;

/// What a server gave for one account. No `Debug`: it is made of secrets.
#[derive(Clone)]
pub struct Tokens {
    /// Sent with each request.
    pub access: Secret,
    /// Buys the next access token; a pasted personal token has none.
    pub refresh: Option<Secret>,
    /// When the access token ends; `None` when it does not, or nobody said.
    pub expires_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct Written<'a> {
    access: &'a str,
    refresh: Option<&'a str>,
    expires_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Read {
    access: String,
    refresh: Option<String>,
    expires_at: Option<Timestamp>,
}

impl Tokens {
    /// A personal token as the person pasted it: it never expires and cannot be renewed.
    #[must_use]
    pub fn personal(token: &Secret) -> Self {
        Self { access: Secret::new(token.expose().trim()), refresh: None, expires_at: None }
    }

    /// The text that the vault keeps.
    pub(super) fn to_text(&self) -> Option<Secret> {
        let refresh = self.refresh.as_ref().map(Secret::expose);
        let written = Written { access: self.access.expose(), refresh, expires_at: self.expires_at };
        // Room for everything escaped, so that no half-grown copy stays behind unwiped.
        let room = 128 + 6 * (written.access.len() + refresh.map_or(0, str::len));
        let mut text = Vec::with_capacity(room);
        serde_json::to_writer(&mut text, &written).ok()?;
        Secret::from_bytes(text)
    }

    /// Reads what [`Tokens::to_text`] wrote; `None` for anything else.
    pub(super) fn from_text(text: &Secret) -> Option<Self> {
        let read: Read = serde_json::from_str(text.expose()).ok()?;
        Some(Self {
            access: Secret::new(read.access),
            refresh: read.refresh.map(Secret::new),
            expires_at: read.expires_at,
        })
    }
}
