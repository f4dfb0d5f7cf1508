//! The two calls to a token endpoint, over the `oauth2` crate: a code for tokens, and a refresh token for tokens.
//!
//! Basecamp's Launchpad wants the client secret in the body and its older `type` parameter; both are always sent, since
//! servers ignore parameters they do not know.

use jiff::{SignedDuration, Timestamp};
use oauth2::basic::{BasicClient, BasicErrorResponse, BasicTokenResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet, PkceCodeVerifier,
    RedirectUrl, RefreshToken, RequestTokenError, TokenResponse, TokenUrl,
};

use super::client::Client;
use super::http::{Http, HttpFault};
use super::sign_in::Code;
use super::tokens::Tokens;
use crate::Secret;

/// Why a code was not exchanged for tokens.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// The server no longer takes the code.
    #[error("The sign-in took too long or was used before. Start the sign-in again.")]
    CodeRefused,
    /// The server does not know this client id and secret, or the redirect address is not the registered one.
    #[error("The server does not accept the integration. Check its client id, client secret and redirect address.")]
    BadClient,
    /// The server could not be reached.
    #[error("The sign-in server could not be reached. Check the connection, then start the sign-in again.")]
    Unreachable,
    /// The answer was not what a token endpoint sends.
    #[error("The sign-in server sent something that could not be read. Check its address, then start again.")]
    Unreadable,
}

/// How a token endpoint refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GrantFault {
    /// The code or refresh token is worth nothing any more.
    Dead,
    BadClient,
    Unreachable,
    Unreadable,
}

pub(super) type Wired = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// The `oauth2` crate's view of a client.
pub(super) fn wired(client: &Client) -> Wired {
    BasicClient::new(ClientId::new(client.id.clone()))
        .set_client_secret(ClientSecret::new(client.secret.expose().to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::from_url(client.endpoints.authorize.clone()))
        .set_token_uri(TokenUrl::from_url(client.endpoints.token.clone()))
        .set_redirect_uri(RedirectUrl::from_url(client.redirect.url().clone()))
}

pub(super) async fn exchange(
    http: &Http,
    client: &Client,
    code: &Code,
    verifier: Option<&Secret>,
    now: Timestamp,
) -> Result<Tokens, ExchangeError> {
    let client = wired(client);
    let mut request =
        client.exchange_code(AuthorizationCode::new(code.expose().to_owned())).add_extra_param("type", "web_server");
    if let Some(verifier) = verifier {
        request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().to_owned()));
    }
    let answer = request.request_async(http).await.map_err(|error| match fault(&error) {
        GrantFault::Dead => ExchangeError::CodeRefused,
        GrantFault::BadClient => ExchangeError::BadClient,
        GrantFault::Unreachable => ExchangeError::Unreachable,
        GrantFault::Unreadable => ExchangeError::Unreadable,
    })?;
    Ok(tokens(&answer, now))
}

pub(super) async fn refresh(
    http: &Http,
    client: &Client,
    refresh: &Secret,
    now: Timestamp,
) -> Result<Tokens, GrantFault> {
    let client = wired(client);
    let refresh = RefreshToken::new(refresh.expose().to_owned());
    let answer = client
        .exchange_refresh_token(&refresh)
        .add_extra_param("type", "refresh")
        .request_async(http)
        .await
        .map_err(|error| fault(&error))?;
    Ok(tokens(&answer, now))
}

fn tokens(answer: &BasicTokenResponse, now: Timestamp) -> Tokens {
    // A life of zero seconds would mean a refresh for every request; servers that send it mean "unknown".
    let life = answer.expires_in().filter(|life| !life.is_zero());
    let expires_at = life.and_then(|life| {
        let life = SignedDuration::try_from(life).ok()?;
        now.checked_add(life).ok()
    });
    Tokens {
        access: Secret::new(answer.access_token().secret().as_str()),
        refresh: answer.refresh_token().map(|token| Secret::new(token.secret().as_str())),
        expires_at,
    }
}

/// The error's own text and bytes go no further: they may hold what was sent.
fn fault(error: &RequestTokenError<HttpFault, BasicErrorResponse>) -> GrantFault {
    match error {
        RequestTokenError::ServerResponse(said) => code_fault(said.error().as_ref()),
        RequestTokenError::Request(HttpFault::Unreachable) => GrantFault::Unreachable,
        // Launchpad has answered an ended authorization in other shapes than the standard's.
        RequestTokenError::Parse(_, body) if mentions(body, b"authorization_expired") => GrantFault::Dead,
        RequestTokenError::Request(HttpFault::Unreadable)
        | RequestTokenError::Parse(..)
        | RequestTokenError::Other(_) => GrantFault::Unreadable,
    }
}

fn code_fault(code: &str) -> GrantFault {
    match code {
        "invalid_grant" | "authorization_expired" => GrantFault::Dead,
        "invalid_client" | "unauthorized_client" | "redirect_uri_mismatch" => GrantFault::BadClient,
        "temporarily_unavailable" | "server_error" => GrantFault::Unreachable,
        _ => GrantFault::Unreadable,
    }
}

/// Only a short answer: a page of HTML that happens to hold the word says nothing about the token.
fn mentions(body: &[u8], word: &[u8]) -> bool {
    body.len() <= 1024 && body.windows(word.len()).any(|at| at == word)
}
