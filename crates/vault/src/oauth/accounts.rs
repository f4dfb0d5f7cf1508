//! What a token reaches: the person behind it and their accounts, in both shapes that Basecamp's servers send.
//!
//! Launchpad names people and products and writes times as text; the newer server leaves names and products out and
//! writes times as seconds.

use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde::{Deserialize, Serialize};
use url::Url;

use super::client::{is_loopback, trusted};
use super::http::{Http, HttpFault};
use crate::Secret;

/// Why the accounts are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountsError {
    /// The server does not accept the token.
    #[error("The server does not accept this token. Check that it was copied whole, or make another.")]
    Unauthorized,
    /// The server could not be reached.
    #[error("The server could not be reached. Check the connection and try again.")]
    Unreachable,
    /// The answer, or the address that was asked, is not of the expected kind.
    #[error("The server did not answer with a list of accounts. Check its address.")]
    Unreadable,
}

/// What a token reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Authorization {
    /// When the token ends, if the server says.
    pub expires_at: Option<Timestamp>,
    /// Who gave it. Not proof of who somebody is: the address is unverified.
    pub identity: Identity,
    /// The accounts it reaches, of every product.
    pub accounts: Vec<Account>,
}

/// The person behind a token, as the authorization server knows them. The id is not a person id of any account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The identity's number.
    pub id: u64,
    /// First name, where sent.
    pub first_name: Option<String>,
    /// Last name, where sent.
    pub last_name: Option<String>,
    /// Mail address, where sent; unverified.
    pub email_address: Option<String>,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The account's number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// "bc3" for the Basecamp that PM OS speaks to; other products are listed too.
    pub product: String,
    /// The base of its API addresses. Checked: https, or http on this machine when the server that was asked is there too.
    pub href: Url,
    /// Its address for people, where sent.
    pub app_href: Option<Url>,
}

impl Http {
    /// Asks `authorization_url` what `token` reaches.
    ///
    /// # Errors
    /// The reason, distinct for each cause.
    pub async fn accounts(&self, authorization_url: &str, token: &Secret) -> Result<Authorization, AccountsError> {
        let url = trusted(authorization_url).map_err(|_| AccountsError::Unreadable)?;
        let local = is_loopback(&url);
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose().trim()))
            .map_err(|_| AccountsError::Unauthorized)?;
        bearer.set_sensitive(true);
        let request = self
            .client()
            .get(url)
            .header(AUTHORIZATION, bearer)
            .header(ACCEPT, "application/json")
            .build()
            .map_err(|_| AccountsError::Unreadable)?;
        let answer = self.send(request).await.map_err(|fault| match fault {
            HttpFault::Unreachable => AccountsError::Unreachable,
            HttpFault::Unreadable => AccountsError::Unreadable,
        })?;
        match answer.status().as_u16() {
            200 => read(answer.body(), local),
            401 | 403 => Err(AccountsError::Unauthorized),
            _ => Err(AccountsError::Unreadable),
        }
    }
}

#[derive(Deserialize)]
struct Document {
    expires_at: Option<When>,
    identity: WireIdentity,
    #[serde(default)]
    accounts: Vec<WireAccount>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum When {
    Text(Timestamp),
    Seconds(i64),
}

#[derive(Deserialize)]
struct WireIdentity {
    id: u64,
    first_name: Option<String>,
    last_name: Option<String>,
    email_address: Option<String>,
}

#[derive(Deserialize)]
struct WireAccount {
    id: u64,
    name: Option<String>,
    product: Option<String>,
    href: String,
    app_href: Option<String>,
}

fn read(body: &[u8], local: bool) -> Result<Authorization, AccountsError> {
    let Document { expires_at, identity, accounts } =
        serde_json::from_slice(body).map_err(|_| AccountsError::Unreadable)?;
    let expires_at = expires_at.and_then(|when| match when {
        When::Text(time) => Some(time),
        When::Seconds(seconds) => Timestamp::from_second(seconds).ok(),
    });
    let WireIdentity { id, first_name, last_name, email_address } = identity;
    let identity = Identity { id, first_name, last_name, email_address };
    let safe = |text: &str| trusted(text).ok().filter(|url| local || !is_loopback(url));
    let accounts = accounts
        .into_iter()
        .filter_map(|wire| {
            // The token will be sent there, so an address that is not safe makes the account unusable.
            let Some(href) = safe(&wire.href) else {
                tracing::warn!(account = wire.id, "an account with an unsafe address was left out");
                return None;
            };
            Some(Account {
                id: wire.id,
                name: wire.name.unwrap_or_default(),
                // The newer server knows no other product.
                product: wire.product.unwrap_or_else(|| "bc3".to_owned()),
                href,
                app_href: wire.app_href.as_deref().and_then(safe),
            })
        })
        .collect();
    Ok(Authorization { expires_at, identity, accounts })
}
