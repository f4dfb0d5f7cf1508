//! What can go wrong between here and the server, as far as somebody decides differently because of it.
//!
//! A message says what happened and what to do next, and holds no secret. It knows nothing of the screen.

mod read;

use std::time::Duration;

pub(crate) use read::{lost, refusal};

/// Why the server did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The sign-in is not accepted, or there is none.
    #[error("{0}")]
    SignIn(String),
    /// The account may not do this, or the edition of the server cannot.
    #[error("{0}")]
    Forbidden(String),
    /// It is not there, or not for this account.
    #[error("{0}")]
    NotFound(String),
    /// It cannot be done as things stand: it exists already, or something else is under way.
    #[error("{0}")]
    Conflict(String),
    /// Too many requests.
    #[error("The server asks to wait {} s before the next try.", retry_after.as_secs().max(1))]
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// What was sent is wrong.
    #[error("{message}")]
    Invalid {
        /// The field, as the wire calls it.
        field: Option<String>,
        /// What is wrong, and what to do.
        message: String,
    },
    /// It was there, and is no longer kept.
    #[error("{0}")]
    Gone(String),
    /// No answer, or the answer of something in between.
    #[error("{message}")]
    Unavailable {
        /// What happened, and what to do.
        message: String,
        /// Whether the request may have been carried out: look before it is sent again.
        sent: bool,
    },
    /// The server took the request and failed over it. The same request would most likely fail again.
    #[error("{0}")]
    Failed(String),
    /// The answer is not what such a server says.
    #[error("{0}")]
    Unreadable(String),
    /// The caller called it off.
    #[error("Stopped before it was done. Nothing was lost; start it again when you like.")]
    Cancelled,
}

impl Fault {
    /// True when the same request may succeed later with nothing changed here.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Limited { .. } | Self::Unavailable { .. } | Self::Cancelled => true,
            Self::SignIn(_)
            | Self::Forbidden(_)
            | Self::NotFound(_)
            | Self::Conflict(_)
            | Self::Invalid { .. }
            | Self::Gone(_)
            | Self::Failed(_)
            | Self::Unreadable(_) => false,
        }
    }

    /// True when the request may have been carried out although no answer says so.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Unavailable { sent, .. } => *sent,
            // What is half an answer is an answer to something that was done; and who stops waiting knows nothing.
            Self::Failed(_) | Self::Unreadable(_) | Self::Cancelled => true,
            Self::SignIn(_)
            | Self::Forbidden(_)
            | Self::NotFound(_)
            | Self::Conflict(_)
            | Self::Limited { .. }
            | Self::Invalid { .. }
            | Self::Gone(_) => false,
        }
    }

    pub(crate) fn unreadable(what: impl std::fmt::Display) -> Self {
        Self::Unreadable(format!(
            "The server's answer could not be read: {what}. Check that the address is that of Activepieces 0.83 or later."
        ))
    }

    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid { field: Some(field.to_owned()), message: message.into() }
    }
}
