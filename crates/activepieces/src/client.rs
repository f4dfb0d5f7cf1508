//! A handle on one server, as one account: what all resources ask through.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

use crate::http::{Ask, Clock, Http, Patience};
use crate::session::{Pass, Session};
use crate::{Account, Address, Credentials, Fault, Newcomer, wire};

/// What a [`Client`] is made of.
#[derive(Clone)]
pub struct Settings {
    /// Where the server is.
    pub address: Address,
    /// Who keeps the sign-in.
    pub credentials: Arc<dyn Credentials>,
    /// Tells the time.
    pub clock: Clock,
    /// How long is waited, and how much is taken.
    pub patience: Patience,
}

/// A handle on one server. Clones and [`Client::until`] share connections, sign-in and pace.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    cancel: CancellationToken,
}

struct Shared {
    http: Http,
    session: Session,
}

impl Client {
    /// A handle that is never called off. Nothing is asked yet.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when this machine can make no secure connections.
    pub fn new(settings: Settings) -> Result<Self, Fault> {
        let Settings { address, credentials, clock, patience } = settings;
        let shared = Shared { http: Http::new(address, patience, clock)?, session: Session::new(credentials) };
        Ok(Self { shared: Arc::new(shared), cancel: CancellationToken::new() })
    }

    /// The same, until `cancel` says stop.
    #[must_use]
    pub fn until(&self, cancel: CancellationToken) -> Self {
        Self { shared: self.shared.clone(), cancel }
    }

    /// What calls this handle off.
    #[must_use]
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    /// Where the server is.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.shared.http.address
    }

    /// How long is waited.
    #[must_use]
    pub fn patience(&self) -> &Patience {
        &self.shared.http.patience
    }

    /// Signs in now, even if that was refused a moment ago: for a person who just entered a password.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when it is wrong, [`Fault::Limited`] after too many tries, and what any request may meet.
    pub async fn sign_in(&self) -> Result<Account, Fault> {
        self.guarded(self.shared.session.sign_in(&self.shared.http)).await
    }

    /// Makes an account, and the platform if it is the first of the server. The client is signed in as it afterwards.
    ///
    /// # Errors
    /// [`Fault::Forbidden`] when the server takes people by invitation only, [`Fault::Invalid`] about a field.
    pub async fn sign_up(&self, who: &Newcomer) -> Result<Account, Fault> {
        self.guarded(self.shared.session.sign_up(&self.shared.http, who)).await
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// As [`Client::sign_in`].
    pub async fn account(&self) -> Result<Account, Fault> {
        self.guarded(self.shared.session.account(&self.shared.http)).await
    }

    pub(crate) fn http(&self) -> &Http {
        &self.shared.http
    }

    /// What to sign with, for what is no plain request.
    pub(crate) async fn pass(&self) -> Result<Pass, Fault> {
        self.guarded(self.shared.session.pass(&self.shared.http)).await
    }

    pub(crate) async fn renewed(&self, old: &Pass) -> Result<Pass, Fault> {
        self.guarded(self.shared.session.renew(&self.shared.http, old)).await
    }

    /// Asks, signed; once more if the server no longer takes the token.
    pub(crate) async fn text(&self, ask: Ask) -> Result<String, Fault> {
        let Shared { http, session } = &*self.shared;
        self.guarded(async {
            let pass = session.pass(http).await?;
            match http.patiently(&ask, Some(&pass.secret)).await {
                // The request was not carried out, so it may be sent again even if it changes something.
                Err(Fault::SignIn(_)) => {
                    let pass = session.renew(http, &pass).await?;
                    http.patiently(&ask, Some(&pass.secret)).await
                }
                answer => answer,
            }
        })
        .await
    }

    /// The same without a signature, for what everybody may ask.
    pub(crate) async fn open_text(&self, ask: Ask) -> Result<String, Fault> {
        self.guarded(self.shared.http.patiently(&ask, None)).await
    }

    pub(crate) async fn json<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, Fault> {
        wire::read(&self.text(ask).await?)
    }

    pub(crate) async fn done(&self, ask: Ask) -> Result<(), Fault> {
        self.text(ask).await.map(drop)
    }

    pub(crate) async fn guarded<T>(&self, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Fault::Cancelled),
            result = work => result,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("address", self.address()).finish_non_exhaustive()
    }
}
