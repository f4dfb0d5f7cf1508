//! A sign-in in the browser, from the first click to the kept tokens. One at a time; beginning another ends the first.
//!
//! An answer by a link may come when the app was closed meanwhile, and start it. So the vault keeps what such an attempt was
//! begun with until it is over.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use contract::commands::{BeginOauth, Redirect as Way};
use contract::{Code, Fault, OauthStage, OauthStarted, SignInId, Tag};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::NewSignIn;
use tokio_util::sync::CancellationToken;
use vault::Secret;
use vault::oauth::{
    Client, Code as Grant, ExchangeError, HeldPage, Loopback, Outcome, Redirect, Refused, Seed, SignIn as Try,
};

use super::{Servers, http, read, setup};
use crate::Engine;
use crate::fault::IntoFault;

/// An attempt is good for so long.
const VALID: SignedDuration = SignedDuration::from_mins(10);
/// What the vault keeps of an attempt whose answer comes by a link.
const UNDER_WAY: &str = "sign-in-under-way";

/// What an attempt is made from.
#[derive(Serialize, Deserialize)]
struct Begun {
    input: BeginOauth,
    seed: Seed,
    at: Timestamp,
}

/// One sign-in in the making.
pub(crate) struct Attempt {
    sign_in: Try,
    servers: Servers,
    client_id: String,
    client_secret: Secret,
    renews: Option<SignInId>,
    stage: Mutex<OauthStage>,
    over: CancellationToken,
}

impl Attempt {
    pub(crate) fn stage(&self) -> OauthStage {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    fn set(&self, stage: OauthStage) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

impl Engine {
    /// Begins; the caller opens the address in the browser.
    pub(crate) async fn begin_sign_in(&self, input: BeginOauth) -> Result<OauthStarted, Fault> {
        // A sign-in whose tokens could not be kept would be for nothing: find out first.
        self.vault_ready().await?;
        let way = input.redirect;
        let begun = Begun { input, seed: Seed::random().into_fault()?, at: self.now() };
        let attempt = self.attempt(&begun)?;
        let mut current = self.0.signins.attempt.lock().await;
        if let Some(before) = current.take() {
            before.over.cancel();
        }
        let listener = match way {
            Way::Loopback => {
                let port = self.0.options.redirect_port;
                let listener = Loopback::bind(port).await.map_err(|why| Fault::new(Code::Busy, why.to_string()))?;
                self.forget_under_way().await;
                Some(listener)
            }
            Way::Link => {
                let kept = serde_json::to_string(&begun).map_err(|why| Fault::new(Code::Internal, why.to_string()))?;
                self.vault().await?.put(UNDER_WAY, Secret::new(kept)).await.into_fault()?;
                None
            }
        };
        let started = OauthStarted {
            authorize_url: attempt.sign_in.url().to_string(),
            redirect_uri: attempt.sign_in.client().redirect().url().to_string(),
            expires_at: begun.at + VALID,
        };
        *current = Some(attempt.clone());
        if let Some(listener) = listener {
            let engine = self.clone();
            self.0.life.spawn(async move { engine.hear(listener, attempt).await });
        }
        self.touched(&[Tag::Accounts]);
        Ok(started)
    }

    /// The same for the same: what was begun before the app was closed can be gone on with.
    fn attempt(&self, begun: &Begun) -> Result<Arc<Attempt>, Fault> {
        let input = begun.input.clone();
        let servers = Servers::new(input.api, input.launchpad)?;
        let client_secret = Secret::new(input.client_secret.into_inner().trim().to_owned());
        let client_id = input.client_id.trim().to_owned();
        let redirect = match input.redirect {
            Way::Loopback => Redirect::loopback(self.0.options.redirect_port),
            Way::Link => Redirect::deep_link(),
        };
        let redirect = redirect.map_err(|why| setup(&why))?;
        let client =
            Client::new(&client_id, &client_secret, servers.endpoints()?, redirect).map_err(|why| setup(&why))?;
        Ok(Arc::new(Attempt {
            sign_in: Try::begin(client, "basecamp", begun.at, &begun.seed),
            servers,
            client_id,
            client_secret,
            renews: input.renews,
            stage: Mutex::new(OauthStage::Waiting),
            over: self.0.life.token().child_token(),
        }))
    }

    /// Waits for the browser to come back.
    async fn hear(&self, listener: Loopback, attempt: Arc<Attempt>) {
        let clock = || self.now();
        let limit = Duration::try_from(VALID).unwrap_or(Duration::from_secs(600));
        let heard = tokio::select! {
            () = attempt.over.cancelled() => return,
            heard = listener.wait(&attempt.sign_in, clock, limit) => heard,
        };
        match heard {
            Ok(arrival) => self.finish(&attempt, arrival.code, Some(arrival.page)).await,
            // A pasted answer may have ended the attempt well meanwhile.
            Err(_) if matches!(attempt.stage(), OauthStage::Done { .. } | OauthStage::Exchanging) => {}
            Err(why) => {
                attempt.set(OauthStage::Failed { message: why.to_string() });
                self.touched(&[Tag::Accounts]);
            }
        }
    }

    /// Takes an answer that was pasted, or brought by a link.
    pub(crate) async fn answer_sign_in(&self, url: &str) -> Result<OauthStage, Fault> {
        let attempt = self.under_way().await?;
        let judged = attempt.sign_in.accept(url, self.now());
        let is_over = match &judged {
            Ok(_) => true,
            Err(why) => match why {
                Refused::AlreadyUsed | Refused::Expired | Refused::Denied | Refused::Rejected => true,
                Refused::WrongRedirect | Refused::UnknownState | Refused::MissingCode => false,
            },
        };
        if is_over {
            // Before anything is bought with the answer: it is good for once, whatever becomes of the app.
            self.forget_under_way().await;
        }
        let code = judged.map_err(|why| Fault::invalid("url", why.to_string()))?;
        self.finish(&attempt, code, None).await;
        attempt.over.cancel();
        Ok(attempt.stage())
    }

    /// The attempt that waits: begun since the start of the app, or before.
    async fn under_way(&self) -> Result<Arc<Attempt>, Fault> {
        let mut current = self.0.signins.attempt.lock().await;
        if let Some(attempt) = &*current {
            return Ok(attempt.clone());
        }
        let kept = self.vault().await?.get(UNDER_WAY).await.into_fault()?;
        let begun = kept.and_then(|kept| read::<Begun>(&kept)).ok_or_else(|| {
            Fault::new(Code::NotFound, "No sign-in is under way. Start one, then come back with its answer.")
        })?;
        Ok(current.insert(self.attempt(&begun)?).clone())
    }

    async fn forget_under_way(&self) {
        let forgotten = match self.vault().await {
            Ok(vault) => vault.remove(UNDER_WAY).await.into_fault(),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = forgotten {
            tracing::warn!(message = fault.message, "what a sign-in was begun with is still in the vault");
        }
    }

    async fn finish(&self, attempt: &Attempt, code: Grant, page: Option<HeldPage>) {
        attempt.set(OauthStage::Exchanging);
        self.touched(&[Tag::Accounts]);
        let outcome = self.exchange(attempt, code).await;
        let told = if outcome.is_ok() { Outcome::SignedIn } else { Outcome::Failed };
        attempt.set(match outcome {
            Ok(sign_in) => OauthStage::Done { sign_in: Box::new(sign_in) },
            Err(fault) => OauthStage::Failed { message: fault.message },
        });
        if let Some(page) = page {
            page.finish(told).await;
        }
        self.touched(&[Tag::Accounts]);
    }

    async fn exchange(&self, attempt: &Attempt, code: Grant) -> Result<contract::SignIn, Fault> {
        let tokens = attempt.sign_in.exchange(code, &http()?, self.now()).await.map_err(|why| {
            let code = match why {
                ExchangeError::Unreachable => Code::Offline,
                ExchangeError::CodeRefused | ExchangeError::BadClient | ExchangeError::Unreadable => Code::Upstream,
            };
            Fault::new(code, why.to_string())
        })?;
        let (label, accounts) = self.reach(&attempt.servers, &tokens.access, None).await?;
        let new = NewSignIn {
            label,
            method: "oauth".into(),
            api: attempt.servers.api.clone(),
            launchpad: attempt.servers.launchpad.clone(),
            client_id: attempt.client_id.clone(),
            accounts,
        };
        self.keep_sign_in(new, tokens, Some(attempt.client_secret.clone()), attempt.renews).await
    }
}
