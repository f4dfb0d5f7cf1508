//! What can go wrong between here and Basecamp, as far as somebody decides differently because of it.
//! It knows nothing of the screen: a message says what happened and what to do next, and holds no secret.

/// Why Basecamp did not answer as hoped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No answer came, after every retry that was safe.
    #[error("Basecamp could not be reached: {0}. Check the connection; it is tried again by itself.")]
    Unreachable(String),
    /// Basecamp does not accept the token.
    #[error("Basecamp did not accept the sign-in. Sign in again, or paste a fresh token.")]
    SignIn,
    /// The permission was taken back, or the password was changed.
    #[error("Access to Basecamp was taken back. Reconnect the account in Integrations.")]
    Revoked,
    /// The person may not do this.
    #[error("Basecamp does not allow this for your account: {0}. Ask someone who administers it.")]
    Forbidden(String),
    /// There is nothing, or nothing that we may see. Never a proof of deletion.
    #[error("Basecamp does not show this item. It was deleted, moved, or your access to it ended.")]
    Missing,
    /// Basecamp understood and said no.
    #[error("Basecamp refused this: {message}")]
    Refused {
        /// The HTTP status: 400, 409, 410, 415, 422 or 507.
        status: u16,
        /// What Basecamp said.
        message: String,
    },
    /// The account is closed, frozen or unpaid.
    #[error("This Basecamp account is not active. Its owner can bring it back in Basecamp.")]
    AccountInactive,
    /// The address answers, and it is not Basecamp: a web page, a redirect, a network's sign-in page.
    #[error("The address answered, but not as Basecamp does: {0}. Check the address, or the network's sign-in page.")]
    NotBasecamp(String),
    /// An answer that cannot be read, after it was asked for again.
    #[error("Basecamp's answer could not be read: {what}. Nothing here was changed because of it.")]
    Malformed {
        /// What was wrong with it.
        what: String,
    },
    /// The caller called it off.
    #[error("Stopped before it was done. Nothing was lost; start it again when you like.")]
    Cancelled,
    /// Something was sent that must not be sent twice, and the answer was lost. It may or may not have happened.
    #[error("The answer to this edit was lost. It is looked for before it is sent again.")]
    Lost,
}

impl Trouble {
    /// True when the same request may succeed later with nothing changed here.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::NotBasecamp(_) | Self::Malformed { .. } | Self::Cancelled | Self::Lost => true,
            Self::SignIn
            | Self::Revoked
            | Self::Forbidden(_)
            | Self::Missing
            | Self::Refused { .. }
            | Self::AccountInactive => false,
        }
    }

    /// True when this answer says that an item cannot be seen (404 or 403).
    #[must_use]
    pub fn hides(&self) -> bool {
        match self {
            Self::Missing | Self::Forbidden(_) => true,
            Self::Unreachable(_)
            | Self::SignIn
            | Self::Revoked
            | Self::Refused { .. }
            | Self::AccountInactive
            | Self::NotBasecamp(_)
            | Self::Malformed { .. }
            | Self::Cancelled
            | Self::Lost => false,
        }
    }

    pub(crate) fn malformed(what: impl Into<String>) -> Self {
        Self::Malformed { what: what.into() }
    }
}

impl From<basecamp_sdk::Error> for Trouble {
    fn from(error: basecamp_sdk::Error) -> Self {
        if let Some(ours) = ours(&error) {
            return ours;
        }
        let said = error.message().to_owned();
        match error.http_status() {
            Some(401) => Self::SignIn,
            Some(403) => Self::Forbidden(said),
            Some(404) => Self::Missing,
            Some(status @ (400 | 402 | 405..=499 | 507)) => Self::Refused { status, message: said },
            Some(300..=399) => Self::NotBasecamp("it sent us elsewhere".to_owned()),
            Some(status) => Self::Unreachable(format!("it answered {status}")),
            None if error.code() == basecamp_sdk::ErrorCode::AuthRequired => Self::SignIn,
            None if error.code() == basecamp_sdk::ErrorCode::Network => Self::Unreachable(said),
            None => Self::Malformed { what: said },
        }
    }
}

/// The trouble that our own transport or token source put into the official crate's error.
fn ours(error: &basecamp_sdk::Error) -> Option<Trouble> {
    let mut cause = std::error::Error::source(error);
    for _ in 0..8 {
        let here = cause?;
        if let Some(trouble) = here.downcast_ref::<Trouble>() {
            return Some(trouble.clone());
        }
        cause = here.source();
    }
    None
}
