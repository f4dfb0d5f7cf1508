//! Signing in with a person's own integration, and tokens that stay fresh.
//!
//! [`SignIn`] is one attempt: it makes the address to open and judges whatever comes back, by whichever way it came.
//! [`Loopback`] is one of those ways. [`TokenSource`] hands out access tokens and renews them once for many callers.
//! [`Http::accounts`] says what a token reaches. Nothing here opens a browser or knows a screen.

mod accounts;
mod client;
mod grant;
mod http;
mod loopback;
mod page;
mod sign_in;
mod source;
mod tokens;

pub use accounts::{Account, AccountsError, Authorization, Identity};
pub use client::{Client, Endpoints, LAUNCHPAD_AUTHORIZATION, Redirect, SetupError};
pub use grant::ExchangeError;
pub use http::Http;
pub use loopback::{Arrival, Ending, HeldPage, Loopback, LoopbackError, Outcome};
pub use sign_in::{Code, Refused, Seed, SignIn};
pub use source::{Home, Renewal, TokenError, TokenSource};
pub use tokens::Tokens;

use std::sync::Arc;

/// Tells the time. Passed in, so that tests decide it.
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;
