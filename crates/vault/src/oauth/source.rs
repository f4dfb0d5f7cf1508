//! Access tokens for many callers, renewed once for all of them.
//!
//! Each renewal attempt moves a generation number, whichever way it ends. A caller whose token was refused names the
//! generation it saw: if that has passed, it shares the verdict and asks nobody.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use jiff::{SignedDuration, Timestamp};

use super::Clock;
use super::client::Client;
use super::grant::{self, GrantFault};
use super::http::Http;
use super::tokens::Tokens;
use crate::{Secret, Vault, VaultError};

/// A token with less life than this is renewed before it is handed out.
const LEAST_LIFE: SignedDuration = SignedDuration::from_secs(300);

/// Why there is no token to hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The account was disconnected at the server, for example by a changed password. Only signing in again helps.
    #[error("Access to this account has ended. Connect it again.")]
    Revoked,
    /// The server no longer accepts the integration's id or secret.
    #[error("The server does not accept the integration any more. Check its client id and client secret.")]
    BadClient,
    /// The server could not be reached; the tokens are kept.
    #[error("The sign-in server could not be reached. Check the connection; PM OS will try again.")]
    Unreachable,
    /// The server sent something else than tokens; the tokens are kept.
    #[error("The sign-in server sent something that could not be read. Try again later.")]
    Unreadable,
}

impl From<GrantFault> for TokenError {
    fn from(fault: GrantFault) -> Self {
        match fault {
            GrantFault::Dead => Self::Revoked,
            GrantFault::BadClient => Self::BadClient,
            GrantFault::Unreachable => Self::Unreachable,
            GrantFault::Unreadable => Self::Unreadable,
        }
    }
}

/// Where an account's tokens are kept.
#[derive(Clone)]
pub struct Home {
    /// The vault.
    pub vault: Vault,
    /// The name of the entry.
    pub name: String,
}

/// What renewal needs. An account without it hands out its token until the server refuses it.
#[derive(Clone)]
pub struct Renewal {
    /// The integration that the tokens were given to.
    pub client: Client,
    /// The connection.
    pub http: Http,
}

/// One account's tokens. Cheap to clone; clones share the tokens and any renewal in flight. No `Debug`.
#[derive(Clone)]
pub struct TokenSource {
    core: Arc<Core>,
}

struct Core {
    home: Home,
    renewal: Option<Renewal>,
    clock: Clock,
    desk: Mutex<Desk>,
    /// One write to the vault at a time, so that the last one holds the latest tokens.
    saving: tokio::sync::Mutex<()>,
}

struct Desk {
    tokens: Tokens,
    generation: u64,
    /// How the attempt ended that moved to this generation.
    verdict: Result<(), TokenError>,
    revoked: bool,
    saved: bool,
    in_flight: Option<Flight>,
}

type Flight = Shared<BoxFuture<'static, Result<(), TokenError>>>;

impl TokenSource {
    /// A source over tokens in hand. Call [`TokenSource::save`] to keep them.
    #[must_use]
    pub fn new(tokens: Tokens, home: Home, renewal: Option<Renewal>, clock: Clock) -> Self {
        let desk = Desk { tokens, generation: 0, verdict: Ok(()), revoked: false, saved: false, in_flight: None };
        Self {
            core: Arc::new(Core {
                home,
                renewal,
                clock,
                desk: Mutex::new(desk),
                saving: tokio::sync::Mutex::default(),
            }),
        }
    }

    /// The source whose tokens are kept at `home`; `None` when there are none, or they were altered from outside.
    ///
    /// # Errors
    /// Whatever the vault says.
    pub async fn restore(home: Home, renewal: Option<Renewal>, clock: Clock) -> Result<Option<Self>, VaultError> {
        let kept = home.vault.get(&home.name).await?;
        let Some(tokens) = kept.as_ref().and_then(Tokens::from_text) else {
            return Ok(None);
        };
        let source = Self::new(tokens, home, renewal, clock);
        source.core.desk().saved = true;
        Ok(Some(source))
    }

    /// Writes the tokens to the vault. They stay usable in memory when that fails; call again once the vault works.
    ///
    /// # Errors
    /// Whatever the vault says.
    pub async fn save(&self) -> Result<(), VaultError> {
        self.core.save().await
    }

    /// Whether the vault holds the tokens as they are.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.core.desk().saved
    }

    /// A token for a request at this moment, by the source's own clock.
    ///
    /// # Errors
    /// As [`TokenSource::access`].
    pub async fn access_token(&self) -> Result<Secret, TokenError> {
        self.access((self.core.clock)()).await
    }

    /// A token for a request at `now`, renewed first when it has under 300 seconds left. A token that still lives is
    /// handed out even when renewing it failed.
    ///
    /// # Errors
    /// `Revoked` at once and without network after the server has said so; otherwise why the renewal failed.
    pub async fn access(&self, now: Timestamp) -> Result<Secret, TokenError> {
        let (seen, left) = {
            let desk = self.core.desk();
            if desk.revoked {
                return Err(TokenError::Revoked);
            }
            let left = desk.tokens.expires_at.map(|end| end.duration_since(now));
            match left {
                Some(left) if left < LEAST_LIFE && self.core.can_renew(&desk) => (desk.generation, left),
                Some(_) | None => return Ok(desk.tokens.access.clone()),
            }
        };
        match self.refresh(seen).await {
            Ok(_) => {}
            Err(TokenError::Unreachable | TokenError::Unreadable | TokenError::BadClient)
                if left > SignedDuration::ZERO => {}
            Err(error) => return Err(error),
        }
        Ok(self.core.desk().tokens.access.clone())
    }

    /// Whether [`TokenSource::refresh`] can do anything.
    #[must_use]
    pub fn refreshable(&self) -> bool {
        self.core.can_renew(&self.core.desk())
    }

    /// Moves once for each renewal attempt that ended, and for each reconnection.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.core.desk().generation
    }

    /// Renews the tokens, for a caller whose request was refused under `seen_generation`. One attempt runs for any number
    /// of callers, and goes on when its callers have gone. `false` when there is nothing to renew with.
    ///
    /// # Errors
    /// Why the attempt failed; `Revoked` without asking once the server has said so.
    pub async fn refresh(&self, seen_generation: u64) -> Result<bool, TokenError> {
        let flight = {
            let mut desk = self.core.desk();
            if desk.revoked {
                return Err(TokenError::Revoked);
            }
            if desk.generation != seen_generation {
                return desk.verdict.map(|()| true);
            }
            if !self.core.can_renew(&desk) {
                return Ok(false);
            }
            desk.in_flight.get_or_insert_with(|| take_off(&self.core, seen_generation)).clone()
        };
        flight.await.map(|()| true)
    }

    /// Takes the tokens of another sign-in to the same account and saves them. They are used even when saving fails.
    ///
    /// # Errors
    /// Whatever the vault says.
    pub async fn reconnect(&self, tokens: Tokens) -> Result<(), VaultError> {
        {
            let mut desk = self.core.desk();
            desk.tokens = tokens;
            desk.generation += 1;
            desk.verdict = Ok(());
            desk.revoked = false;
            desk.saved = false;
            desk.in_flight = None;
        }
        self.save().await
    }

    /// Signs out here: the entry is removed, and every call answers `Revoked`. The server is not told.
    ///
    /// # Errors
    /// Whatever the vault says.
    pub async fn forget(&self) -> Result<(), VaultError> {
        let _writing = self.core.saving.lock().await;
        {
            let mut desk = self.core.desk();
            desk.tokens = Tokens { access: Secret::new(""), refresh: None, expires_at: None };
            desk.generation += 1;
            desk.verdict = Err(TokenError::Revoked);
            desk.revoked = true;
            desk.in_flight = None;
        }
        self.core.home.vault.remove(&self.core.home.name).await
    }
}

/// Starts an attempt on a task of its own: a server that swaps refresh tokens must not have its answer dropped with the
/// caller who happened to ask first.
fn take_off(core: &Arc<Core>, seen: u64) -> Flight {
    let (running, waiting) = (Arc::clone(core), Arc::clone(core));
    let task = tokio::spawn(async move { running.renew(seen).await });
    async move {
        task.await.unwrap_or_else(|_| {
            // The task died or the runtime is ending. Without this, the attempt would never count as ended.
            waiting.land(seen, Err(TokenError::Unreachable))
        })
    }
    .boxed()
    .shared()
}

impl Core {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn can_renew(&self, desk: &Desk) -> bool {
        self.renewal.is_some() && desk.tokens.refresh.is_some()
    }

    async fn renew(&self, seen: u64) -> Result<(), TokenError> {
        let refresh = self.desk().tokens.refresh.clone();
        let (Some(Renewal { client, http }), Some(refresh)) = (&self.renewal, refresh) else {
            return self.land(seen, Err(TokenError::Revoked));
        };
        let fresh = grant::refresh(http, client, &refresh, (self.clock)()).await;
        let verdict = self.land(seen, fresh.map_err(TokenError::from));
        if verdict.is_ok() {
            // Saved before anybody hears of it: after a crash the kept refresh token is one that works.
            if let Err(error) = self.save().await {
                tracing::warn!(%error, entry = %self.home.name, "renewed tokens could not be saved");
            }
        }
        verdict
    }

    /// Ends the attempt that began under `seen`. An attempt that was overtaken by a reconnection changes nothing.
    fn land(&self, seen: u64, outcome: Result<Tokens, TokenError>) -> Result<(), TokenError> {
        let mut desk = self.desk();
        if desk.generation != seen {
            return desk.verdict;
        }
        let verdict = outcome.map(|fresh| {
            let kept = desk.tokens.refresh.take();
            desk.tokens = Tokens { refresh: fresh.refresh.or(kept), ..fresh };
            desk.saved = false;
        });
        desk.revoked = verdict == Err(TokenError::Revoked);
        desk.verdict = verdict;
        desk.generation += 1;
        desk.in_flight = None;
        verdict
    }

    async fn save(&self) -> Result<(), VaultError> {
        let _writing = self.saving.lock().await;
        let (text, generation) = {
            let desk = self.desk();
            if desk.saved || desk.revoked {
                return Ok(());
            }
            (desk.tokens.to_text(), desk.generation)
        };
        let text = text.ok_or(VaultError::System { what: "writing tokens" })?;
        self.home.vault.put(&self.home.name, text).await?;
        let mut desk = self.desk();
        if desk.generation == generation {
            desk.saved = true;
        }
        Ok(())
    }
}
