//! The one map from what goes wrong inside to what callers are told. Messages come from the errors themselves, which say what
//! happened and what to do; here it is decided what a caller may branch on.

use basecamp::Trouble;
use contract::{Code, Fault};
use store::StoreError;
use vault::VaultError;

/// Turns an inner error into a [`Fault`].
pub(crate) trait IntoFault {
    type Fault;
    fn into_fault(self) -> Self::Fault;
}

impl<T, E: IntoFault<Fault = Fault>> IntoFault for Result<T, E> {
    type Fault = Result<T, Fault>;
    fn into_fault(self) -> Self::Fault {
        self.map_err(IntoFault::into_fault)
    }
}

impl IntoFault for StoreError {
    type Fault = Fault;
    fn into_fault(self) -> Fault {
        let message = self.to_string();
        match self {
            Self::Newer { .. } | Self::Damaged { .. } | Self::Full | Self::Disk(_) | Self::ReadOnly | Self::File(_) => {
                Fault::new(Code::Storage, message)
            }
            Self::Locked { .. } => Fault::new(Code::Busy, message).retryable(),
            Self::NoItem(_)
            | Self::NoSet(_)
            | Self::NoChange(_)
            | Self::NoConversation(_)
            | Self::NoGrant(_)
            | Self::NoMemory(_)
            | Self::NoRecipe(_)
            | Self::NoFlow(_)
            | Self::NoRun(_)
            | Self::NoConnection(_)
            | Self::NoTable
            | Self::NoRecord
            | Self::NoModel(_) => Fault::new(Code::NotFound, message),
            Self::Misfit(_) => Fault::new(Code::Invalid, message),
            Self::Foreign(_) => Fault::invalid("path", message),
            Self::NotReversible(_) | Self::InFlight(_) => Fault::new(Code::Conflict, message),
            Self::Unreadable(_) | Self::Database(_) => {
                tracing::error!(error = %self, "the store failed");
                Fault::new(Code::Internal, message)
            }
        }
    }
}

/// What Basecamp did, as a fault.
pub(crate) fn of_trouble(trouble: &Trouble) -> Fault {
    let message = trouble.to_string();
    match trouble {
        Trouble::Unreachable(_) | Trouble::Lost => Fault::new(Code::Offline, message).retryable(),
        Trouble::SignIn | Trouble::Revoked => Fault::new(Code::SignInNeeded, message),
        Trouble::Forbidden(_) => Fault::new(Code::Forbidden, message),
        Trouble::Missing => Fault::new(Code::NotFound, message),
        Trouble::Refused { .. } | Trouble::AccountInactive => Fault::new(Code::Upstream, message),
        Trouble::NotBasecamp(_) | Trouble::Malformed { .. } => Fault::new(Code::Upstream, message).retryable(),
        Trouble::Cancelled => Fault::new(Code::Cancelled, message).retryable(),
    }
}

impl IntoFault for activepieces::Fault {
    type Fault = Fault;
    fn into_fault(self) -> Fault {
        let message = self.to_string();
        match self {
            Self::SignIn(_) => Fault::new(Code::SignInNeeded, message),
            Self::Forbidden(_) => Fault::new(Code::Forbidden, message),
            Self::NotFound(_) | Self::Gone(_) => Fault::new(Code::NotFound, message),
            Self::Conflict(_) => Fault::new(Code::Conflict, message),
            Self::Limited { .. } => Fault::new(Code::Busy, message).retryable(),
            Self::Invalid { field, .. } => Fault { field, ..Fault::new(Code::Invalid, message) },
            Self::Unavailable { .. } => Fault::new(Code::Offline, message).retryable(),
            Self::Failed(_) | Self::Unreadable(_) => Fault::new(Code::Upstream, message),
            Self::Cancelled => Fault::new(Code::Cancelled, message).retryable(),
        }
    }
}

impl IntoFault for VaultError {
    type Fault = Fault;
    fn into_fault(self) -> Fault {
        let message = self.to_string();
        match self {
            Self::Locked | Self::NeedsChoice { .. } | Self::Keyring { .. } => Fault::new(Code::VaultLocked, message),
            Self::WrongPassphrase | Self::PassphraseTooShort { .. } => Fault::invalid("passphrase", message),
            Self::Name | Self::TooLong { .. } => Fault::new(Code::Invalid, message),
            Self::Damaged { .. } | Self::Newer | Self::File { .. } => Fault::new(Code::Storage, message),
            Self::System { .. } => Fault::new(Code::Internal, message).retryable(),
        }
    }
}
