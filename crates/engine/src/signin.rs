//! Sign-ins: tokens that were pasted, and grants of the person's own integration. What they are called and reach is in the
//! app's database; the secrets are in the vault under names that are made here.

mod browser;

use std::collections::HashMap;
use std::sync::Arc;

use basecamp::{Tokens, Trouble};
use contract::{AccountChoice, Code, Fault, FeedBody, SignIn, SignInId, Tag, WorkspaceId};
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use store::{NewSignIn, StoredSignIn};
use tokio::sync::Mutex;
use vault::Secret;
use vault::oauth::{
    AccountsError, Client, Endpoints, Home, Http, LAUNCHPAD_AUTHORIZATION, Redirect, Renewal, SetupError, TokenError,
    TokenSource, Tokens as Grant,
};

use crate::Engine;
use crate::fault::{IntoFault, of_trouble};

pub(crate) use browser::Attempt;

/// Basecamp's own API.
pub(crate) const API: &str = "https://3.basecampapi.com";
const LAUNCHPAD: &str = "https://launchpad.37signals.com";
const USER_AGENT: &str = concat!("PM OS/", env!("CARGO_PKG_VERSION"), " (https://pm-os.app; hello@pm-os.app)");
/// The product that this app speaks to; Basecamp 4 and 5 call themselves so too.
const PRODUCT: &str = "bc3";

/// The sign-ins in use, and the one being made in the browser.
#[derive(Default)]
pub(crate) struct SignIns {
    sources: Mutex<HashMap<SignInId, TokenSource>>,
    /// Held while a refusal is noted, so that it is said once.
    refusal: Mutex<()>,
    pub(crate) attempt: Mutex<Option<Arc<Attempt>>>,
}

/// What a workspace needs of its sign-in.
pub(crate) struct Connection {
    pub(crate) api: String,
    pub(crate) tokens: Arc<dyn Tokens>,
}

/// Where a sign-in is made: Basecamp's own servers, or others of the same kind.
#[derive(Clone)]
pub(crate) struct Servers {
    pub(crate) api: String,
    pub(crate) launchpad: String,
}

impl Servers {
    pub(crate) fn new(api: Option<String>, launchpad: Option<String>) -> Result<Self, Fault> {
        let pick = |field: &str, given: Option<String>, default: &str| {
            let text = given.map(|text| text.trim().trim_end_matches('/').to_owned()).filter(|text| !text.is_empty());
            let text = text.unwrap_or_else(|| default.to_owned());
            if is_trusted(&text) {
                return Ok(text);
            }
            // Not repeated: it may carry a password.
            let message = "This address cannot be used. It must begin with https://, or with http:// on this machine, and carry no name or password.";
            Err(Fault::invalid(field, message))
        };
        Ok(Self { api: pick("api", api, API)?, launchpad: pick("launchpad", launchpad, LAUNCHPAD)? })
    }

    fn authorization(&self) -> String {
        if self.launchpad == LAUNCHPAD {
            return LAUNCHPAD_AUTHORIZATION.to_owned();
        }
        format!("{}/authorization.json", self.launchpad)
    }

    fn endpoints(&self) -> Result<Endpoints, Fault> {
        let at = |path: &str| format!("{}/authorization/{path}", self.launchpad);
        Endpoints::new(&at("new"), &at("token")).map_err(|why| setup(&why))
    }
}

fn is_trusted(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        let local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        url.host_str().is_some()
            && url.username().is_empty()
            && (url.scheme() == "https" || (url.scheme() == "http" && local))
    })
}

/// The names of a sign-in's secrets.
/// What the vault keeps as JSON; nothing where it is no such thing.
fn read<T: DeserializeOwned>(kept: &Secret) -> Option<T> {
    serde_json::from_str(kept.expose()).ok()
}

fn tokens_name(id: SignInId) -> String {
    format!("signin.{id}.tokens")
}
fn client_name(id: SignInId) -> String {
    format!("signin.{id}.client")
}

impl SignIns {
    /// The sign-in, ready to use; `None` when it, or its secret, is not there any more.
    pub(crate) async fn connection(&self, engine: &Engine, id: SignInId) -> Result<Option<Connection>, Fault> {
        let Some(stored) = engine.0.app.sign_in(id).await.into_fault()? else { return Ok(None) };
        let Some(source) = self.source(engine, &stored).await? else { return Ok(None) };
        let tokens = Arc::new(Kept { source, id, engine: Arc::downgrade(&engine.0) });
        Ok(Some(Connection { api: stored.sign_in.api, tokens }))
    }

    async fn source(&self, engine: &Engine, stored: &StoredSignIn) -> Result<Option<TokenSource>, Fault> {
        let id = stored.sign_in.id;
        let mut sources = self.sources.lock().await;
        if let Some(source) = sources.get(&id) {
            return Ok(Some(source.clone()));
        }
        let vault = engine.vault().await?;
        let renewal = match stored.client_id.as_str() {
            "" => None,
            client_id => {
                let Some(secret) = vault.get(&client_name(id)).await.into_fault()? else { return Ok(None) };
                let servers = Servers { api: stored.sign_in.api.clone(), launchpad: stored.launchpad.clone() };
                let redirect = Redirect::loopback(engine.0.options.redirect_port).map_err(|why| setup(&why))?;
                let client =
                    Client::new(client_id, &secret, servers.endpoints()?, redirect).map_err(|why| setup(&why))?;
                Some(Renewal { client, http: http()? })
            }
        };
        let home = Home { vault: vault.clone(), name: tokens_name(id) };
        let source = TokenSource::restore(home, renewal, engine.0.options.clock.clone()).await.into_fault()?;
        if let Some(source) = &source {
            sources.insert(id, source.clone());
        }
        Ok(source)
    }

    /// What a sign-in signs in with is among these names of secrets.
    pub(crate) fn is_kept(names: &[String], id: SignInId) -> bool {
        names.contains(&tokens_name(id))
    }

    /// Forgets a sign-in here and in the vault.
    pub(crate) async fn remove(&self, engine: &Engine, id: SignInId) -> Result<(), Fault> {
        self.sources.lock().await.remove(&id);
        let vault = engine.vault().await?;
        for name in [tokens_name(id), client_name(id)] {
            vault.remove(&name).await.into_fault()?;
        }
        engine.0.app.remove_sign_in(id).await.into_fault()?;
        engine.touched(&[Tag::Accounts, Tag::Workspaces]);
        Ok(())
    }
}

impl Engine {
    /// Keeps a sign-in that works: its secrets first, so that it is never listed without them.
    pub(crate) async fn keep_sign_in(
        &self,
        new: NewSignIn,
        tokens: Grant,
        client_secret: Option<Secret>,
        renews: Option<SignInId>,
    ) -> Result<SignIn, Fault> {
        let vault = self.vault().await?;
        let stored = match renews {
            Some(id) => {
                self.0.app.renew_sign_in(id, &new).await.into_fault()?;
                let renewed = self.0.app.sign_in(id).await.into_fault()?;
                renewed.ok_or_else(|| {
                    Fault::new(Code::NotFound, "The sign-in to renew was removed meanwhile. Connect again.")
                })?
            }
            None => self.0.app.add_sign_in(&new).await.into_fault()?,
        };
        let id = stored.sign_in.id;
        let kept = async {
            if let Some(secret) = client_secret {
                vault.put(&client_name(id), secret).await.into_fault()?;
            }
            let home = Home { vault: vault.clone(), name: tokens_name(id) };
            TokenSource::new(tokens, home, None, self.0.options.clock.clone()).save().await.into_fault()
        };
        if let Err(fault) = kept.await {
            if renews.is_none() {
                self.0.app.remove_sign_in(id).await.into_fault()?;
            }
            return Err(fault);
        }
        self.0.signins.sources.lock().await.remove(&id);
        self.reconnect(id).await?;
        self.touched(&[Tag::Accounts]);
        Ok(stored.sign_in)
    }

    /// Basecamp does not accept this sign-in any more: noted and said once, however many requests find out.
    pub(crate) async fn sign_in_refused(&self, id: SignInId, fault: Fault) {
        let _noting = self.0.signins.refusal.lock().await;
        let noted = async {
            let known = self.0.app.sign_in(id).await?;
            let news = known.is_some_and(|known| !known.sign_in.revoked);
            if news {
                self.0.app.set_revoked(id, true).await?;
            }
            Ok::<_, store::StoreError>(news)
        };
        match noted.await {
            Ok(true) => {
                self.touched(&[Tag::Accounts]);
                self.0.feed.publish(None, FeedBody::Notice { fault });
            }
            Ok(false) => {}
            Err(why) => tracing::error!(%why, "a refused sign-in could not be noted"),
        }
    }

    /// Open workspaces of this sign-in take the fresh tokens, and go on.
    async fn reconnect(&self, id: SignInId) -> Result<(), Fault> {
        let workspaces = self.0.app.workspaces().await.into_fault()?;
        let theirs: Vec<WorkspaceId> =
            workspaces.iter().filter(|workspace| workspace.sign_in == Some(id)).map(|workspace| workspace.id).collect();
        let desks = self.0.desks.lock().await;
        for desk in theirs.iter().filter_map(|id| desks.get(id)) {
            desk.link.forget().await;
            desk.state.change(|status| status.problem = None);
            desk.fetcher.start_pass().await?;
        }
        Ok(())
    }

    /// What a token reaches. Where the sign-in server does not know the token, the account itself is asked.
    pub(crate) async fn reach(
        &self,
        servers: &Servers,
        token: &Secret,
        account: Option<&str>,
    ) -> Result<(String, Vec<AccountChoice>), Fault> {
        if let Some(account) = account {
            return self.ask_account(servers, token, account).await;
        }
        match http()?.accounts(&servers.authorization(), token).await {
            Ok(found) => {
                let name = [found.identity.first_name, found.identity.last_name].into_iter().flatten();
                let name = name.collect::<Vec<_>>().join(" ");
                let label =
                    if name.trim().is_empty() { found.identity.email_address.unwrap_or_default() } else { name };
                let accounts: Vec<AccountChoice> = found
                    .accounts
                    .into_iter()
                    .filter(|account| account.product.is_empty() || account.product == PRODUCT)
                    .map(|account| AccountChoice { account: account.id.to_string(), name: account.name })
                    .collect();
                if accounts.is_empty() {
                    return Err(Fault::new(
                        Code::Upstream,
                        "This sign-in reaches no Basecamp account. Sign in as somebody who has one.",
                    ));
                }
                Ok((label, accounts))
            }
            Err(AccountsError::Unauthorized) => Err(Fault::invalid(
                "token",
                "The sign-in server does not accept this token. Check it; for a token made inside Basecamp, give the account's number too.",
            )),
            Err(AccountsError::Unreachable) => {
                Err(Fault::new(Code::Offline, AccountsError::Unreachable.to_string()).retryable())
            }
            Err(AccountsError::Unreadable) => Err(Fault::new(Code::Upstream, AccountsError::Unreadable.to_string())),
        }
    }

    async fn ask_account(
        &self,
        servers: &Servers,
        token: &Secret,
        account: &str,
    ) -> Result<(String, Vec<AccountChoice>), Fault> {
        let account = account.trim();
        if account.is_empty() || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::invalid(
                "account",
                "The account is the number in Basecamp's address, after basecamp.com/.",
            ));
        }
        let api = crate::desk::probe(self, &servers.api, account, token)?;
        let found = api.account().await.map_err(|trouble| {
            if matches!(trouble, Trouble::SignIn | Trouble::Revoked) {
                Fault::invalid("token", "Basecamp does not accept this token. Check it, or make a fresh one.")
            } else if trouble == Trouble::Missing {
                Fault::invalid("account", "Basecamp shows no such account to this token. Check the number.")
            } else {
                of_trouble(&trouble)
            }
        })?;
        let me = api.profile().await.map_err(|trouble| of_trouble(&trouble))?;
        Ok((me.value.name, vec![AccountChoice { account: account.to_owned(), name: found.name }]))
    }
}

pub(crate) fn http() -> Result<Http, Fault> {
    Http::new(USER_AGENT).map_err(|why| setup(&why))
}

pub(crate) fn setup(why: &SetupError) -> Fault {
    match why {
        SetupError::Endpoint => Fault::invalid("launchpad", why.to_string()),
        SetupError::Redirect => Fault::invalid("redirect", why.to_string()),
        SetupError::Client => Fault::invalid("client_id", why.to_string()),
        SetupError::Connection => Fault::new(Code::Internal, why.to_string()),
    }
}

/// A kept sign-in as Basecamp's client wants it. A revoked one is noted, so that the page shows one card for it.
struct Kept {
    source: TokenSource,
    id: SignInId,
    engine: std::sync::Weak<crate::Inner>,
}

impl Kept {
    async fn trouble(&self, error: TokenError) -> Trouble {
        match error {
            TokenError::Revoked | TokenError::BadClient => {
                if let Some(engine) = self.engine.upgrade().map(Engine) {
                    engine.sign_in_refused(self.id, Fault::new(Code::SignInNeeded, error.to_string())).await;
                }
                Trouble::Revoked
            }
            TokenError::Unreachable | TokenError::Unreadable => Trouble::Unreachable(error.to_string()),
        }
    }
}

impl Tokens for Kept {
    fn access_token(&self) -> BoxFuture<'_, Result<String, Trouble>> {
        Box::pin(async {
            match self.source.access_token().await {
                Ok(token) => Ok(token.expose().to_owned()),
                Err(error) => Err(self.trouble(error).await),
            }
        })
    }
    fn refreshable(&self) -> bool {
        self.source.refreshable()
    }
    fn refresh(&self) -> BoxFuture<'_, Result<bool, Trouble>> {
        Box::pin(async {
            match self.source.refresh(self.source.generation()).await {
                Ok(renewed) => Ok(renewed),
                Err(error) => Err(self.trouble(error).await),
            }
        })
    }
}
