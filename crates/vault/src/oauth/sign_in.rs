//! One attempt to sign in: the address to open, and the judgement of what comes back.

use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier};
use serde::{Deserialize, Serialize};
use url::Url;

use super::client::Client;
use super::grant::{self, ExchangeError};
use super::http::Http;
use super::tokens::Tokens;
use crate::{Secret, VaultError};

/// How long an attempt waits for its answer.
const VALID: SignedDuration = SignedDuration::from_mins(10);
/// Longer than any real answer.
const MOST_ANSWER: usize = 8 * 1024;

/// The randomness of one attempt. No `Debug`. Written down in a vault alone, where an attempt outlives the program.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seed {
    state: [u8; 32],
    proof: [u8; 32],
}

impl Seed {
    /// From the operating system.
    ///
    /// # Errors
    /// `System` when it gives none.
    pub fn random() -> Result<Self, VaultError> {
        let mut seed = Self { state: [0; 32], proof: [0; 32] };
        for bytes in [&mut seed.state, &mut seed.proof] {
            getrandom::fill(bytes).map_err(|_| VaultError::System { what: "random bytes" })?;
        }
        Ok(seed)
    }

    /// From given bytes: for tests.
    #[must_use]
    pub fn fixed(state: [u8; 32], proof: [u8; 32]) -> Self {
        Self { state, proof }
    }
}

/// A single-use authorization code. No `Debug`.
pub struct Code(Secret);

impl Code {
    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Why an answer was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The address is not the one that this attempt asked for.
    #[error("That is not the address of a finished sign-in. Copy the whole address from the browser.")]
    WrongRedirect,
    /// The answer belongs to another attempt, or to none.
    #[error("That answer belongs to another sign-in. Start the sign-in again.")]
    UnknownState,
    /// The answer to this attempt was taken before.
    #[error("That answer was used already. Start the sign-in again.")]
    AlreadyUsed,
    /// The attempt was begun more than ten minutes ago.
    #[error("The sign-in took longer than ten minutes. Start it again.")]
    Expired,
    /// The person said no.
    #[error("Access was not granted. Start the sign-in again if that was a mistake.")]
    Denied,
    /// The server reported another failure instead of a code.
    #[error("The sign-in server refused. Check the integration's settings, then start again.")]
    Rejected,
    /// The answer is ours but holds no code.
    #[error("The answer holds no code. Start the sign-in again.")]
    MissingCode,
}

/// One attempt, begun for one label (an account or workspace) and good for one answer. No `Debug`.
pub struct SignIn {
    client: Client,
    label: String,
    state: Secret,
    verifier: Option<Secret>,
    begun: Timestamp,
    url: Url,
    used: AtomicBool,
}

impl SignIn {
    /// Begins an attempt. `label` says what it was begun for and comes back unchanged.
    #[must_use]
    pub fn begin(client: Client, label: impl Into<String>, now: Timestamp, seed: &Seed) -> Self {
        let state = URL_SAFE_NO_PAD.encode(seed.state);
        let verifier = client.pkce.then(|| URL_SAFE_NO_PAD.encode(seed.proof));
        let wired = grant::wired(&client);
        let mut request = wired.authorize_url(|| CsrfToken::new(state.clone())).add_extra_param("type", "web_server");
        if let Some(verifier) = &verifier {
            let verifier = PkceCodeVerifier::new(verifier.clone());
            request = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        }
        let (url, _) = request.url();
        Self {
            client,
            label: label.into(),
            state: Secret::new(state),
            verifier: verifier.map(Secret::new),
            begun: now,
            url,
            used: AtomicBool::new(false),
        }
    }

    /// The address to open in the person's browser.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What the attempt was begun for.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The integration.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Judges an answer: the address that the browser was sent to, however it reached us (the loopback listener, a paste
    /// or a deep link). An answer that is accepted or denied uses the attempt up; any other leaves it waiting.
    ///
    /// # Errors
    /// The reason, distinct for each cause.
    pub fn accept(&self, answer: &str, now: Timestamp) -> Result<Code, Refused> {
        let answer = Some(answer.trim()).filter(|a| a.len() <= MOST_ANSWER).ok_or(Refused::WrongRedirect)?;
        let url = Url::parse(answer).map_err(|_| Refused::WrongRedirect)?;
        if !self.client.redirect.received(&url) {
            return Err(Refused::WrongRedirect);
        }
        let state = only(&url, "state").ok_or(Refused::UnknownState)?;
        if state != self.state {
            return Err(Refused::UnknownState);
        }
        if now.duration_since(self.begun) >= VALID {
            return Err(Refused::Expired);
        }
        let judged = match (only(&url, "error"), only(&url, "code")) {
            (Some(error), _) if error.expose() == "access_denied" => Err(Refused::Denied),
            (Some(_), _) => Err(Refused::Rejected),
            (None, Some(code)) if !code.is_blank() => Ok(Code(code)),
            (None, _) => return Err(Refused::MissingCode),
        };
        // Two answers may arrive at once, by two ways: one of them is first.
        if self.used.swap(true, Ordering::AcqRel) { Err(Refused::AlreadyUsed) } else { judged }
    }

    /// Buys tokens with an accepted code.
    ///
    /// # Errors
    /// The reason, distinct for each cause.
    pub async fn exchange(&self, code: Code, http: &Http, now: Timestamp) -> Result<Tokens, ExchangeError> {
        grant::exchange(http, &self.client, &code, self.verifier.as_ref(), now).await
    }
}

/// The value of a query parameter that occurs exactly once. Two different readings of one answer must not be possible.
fn only(url: &Url, name: &str) -> Option<Secret> {
    let mut values = url.query_pairs().filter(|(key, _)| key == name);
    let value = values.next().map(|(_, value)| Secret::new(value.into_owned()))?;
    values.next().is_none().then_some(value)
}
