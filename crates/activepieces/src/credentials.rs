//! What the client is told about a sign-in, and by whom. The secrets are kept elsewhere; here they pass through.

use futures::future::BoxFuture;

use crate::{Fault, Secret};

/// A way to sign in.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A person's own. The only way into a Community server, whose tokens live seven days and cannot be refreshed.
    Password {
        /// The e-mail address.
        email: String,
        /// The password.
        password: Secret,
    },
    /// A key of the platform, which paid editions have. It stands for no person.
    ApiKey(Secret),
}

/// Who keeps the sign-in.
pub trait Credentials: Send + Sync + 'static {
    /// The sign-in, asked for when a token is needed.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when there is none.
    fn credential(&self) -> BoxFuture<'_, Result<Credential, Fault>>;

    /// A token that was kept from an earlier session, if any.
    fn kept_token(&self) -> BoxFuture<'_, Option<Secret>> {
        Box::pin(async { None })
    }

    /// Keeps a fresh token for the next session.
    fn keep_token(&self, _token: Secret) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// Who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The user; empty for an API key.
    pub user_id: String,
    /// The platform; empty for an API key.
    pub platform_id: String,
    /// The project that the server opens first, if it told.
    pub project_id: Option<String>,
    /// The person's name, if it is known.
    pub name: String,
    /// The e-mail address, if it is known.
    pub email: String,
    /// `ADMIN`, `MEMBER` or `OPERATOR`, if it is known.
    pub role: String,
}

/// Somebody who makes the first account of a server.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The e-mail address.
    pub email: String,
    /// From 8 to 64 characters.
    pub password: Secret,
    /// What people are called by first.
    pub first_name: String,
    /// And after that.
    pub last_name: String,
    /// What the platform is to be called.
    pub platform: String,
}
