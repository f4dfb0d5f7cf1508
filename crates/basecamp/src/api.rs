//! A way to ask Basecamp: base address, account, sign-in, limiter and transport in one cheap handle. It knows which route
//! answers what, and nothing of passes or edits.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use basecamp_sdk::routes::{self, Route};
use basecamp_sdk::{AccountClient, BearerAuth, Client, Config, Operation, Page};
use contract::{Fetched, Kind, Person, Recording, RecordingId};
use futures::future::BoxFuture;
use serde_json::value::RawValue;
use tokio_util::sync::CancellationToken;

use crate::http::Wire;
use crate::wire::{self, Batch};
use crate::{Limiter, Priority, Trouble};

/// Basecamp refuses requests that do not say whose program asks and how to reach them.
const USER_AGENT: &str = concat!("PM OS/", env!("CARGO_PKG_VERSION"), " (https://pm-os.app; hello@pm-os.app)");

/// Where access tokens come from. The vault's side implements it; a token is asked for anew before each request.
pub trait Tokens: Send + Sync + 'static {
    /// The token to send.
    ///
    /// # Errors
    /// [`Trouble::SignIn`] when there is none, [`Trouble::Revoked`] when there is none any more.
    fn access_token(&self) -> BoxFuture<'_, Result<String, Trouble>>;
    /// True when [`Tokens::refresh`] can do anything.
    fn refreshable(&self) -> bool {
        false
    }
    /// Asked once after a 401, however many requests met one. True when the next token is a fresh one.
    ///
    /// # Errors
    /// [`Trouble::Revoked`] when the grant is gone, [`Trouble::Unreachable`] when the sign-in server does not answer.
    fn refresh(&self) -> BoxFuture<'_, Result<bool, Trouble>> {
        Box::pin(async { Ok(false) })
    }
}

/// Where chance comes from, for the waits between retries.
#[derive(Clone)]
pub struct Jitter(Arc<dyn Fn() -> f64 + Send + Sync>);

impl Jitter {
    /// Chance from `roll`, whose numbers are from 0 up to 1.
    pub fn new(roll: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(roll))
    }
    pub(crate) fn roll(&self) -> f64 {
        (self.0)().clamp(0.0, 1.0)
    }
}

/// What an [`Api`] is made of.
#[derive(Clone)]
pub struct Settings {
    /// The API's address: https, or http on this machine only. For instance `https://3.basecampapi.com`.
    pub base_url: String,
    /// The account's number.
    pub account: String,
    /// Where tokens come from.
    pub tokens: Arc<dyn Tokens>,
    /// The gate, shared by everything that talks to Basecamp.
    pub limiter: Limiter,
    /// Chance for the waits.
    pub jitter: Jitter,
    /// The wait before the first retry of a read, doubled for each further one; half a second is sensible.
    pub patience: Duration,
}

/// A handle on one Basecamp account. Clones and [`Api::at`] share the connection pool, the sign-in and the limiter.
#[derive(Clone)]
pub struct Api {
    shared: Arc<Shared>,
    client: AccountClient,
    priority: Priority,
    cancel: CancellationToken,
}

struct Shared {
    settings: Settings,
    auth: Arc<BearerAuth<Provider>>,
    http: reqwest::Client,
    requests: Arc<AtomicU64>,
}

/// The account, as far as a person wants to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The company's name.
    pub name: String,
    /// False when it is closed or unpaid.
    pub active: bool,
}

/// One page of a listing; clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Listing(Arc<Page<Vec<Box<RawValue>>>>);

impl Listing {
    /// Its rows as they came.
    pub(crate) fn rows(&self) -> &[Box<RawValue>] {
        self.0.value()
    }
    /// How many rows the whole listing has, when Basecamp told.
    pub(crate) fn total(&self) -> Option<u64> {
        self.0.total_count()
    }
    /// True when there is a page after this one.
    pub(crate) fn more(&self) -> bool {
        self.0.has_next()
    }
}

impl Api {
    /// A handle that asks as a person would, and is never called off.
    ///
    /// # Errors
    /// [`Trouble::NotBasecamp`] when the address is none that a token may be sent to.
    pub fn new(settings: Settings) -> Result<Self, Trouble> {
        let shared = Shared {
            auth: Arc::new(BearerAuth::new(Provider(settings.tokens.clone()))),
            http: crate::http::client()?,
            requests: Arc::new(AtomicU64::new(0)),
            settings,
        };
        Self::assemble(Arc::new(shared), Priority::Person, CancellationToken::new())
    }

    /// The same account, asked with another priority and until `cancel` says stop.
    ///
    /// # Errors
    /// As [`Api::new`]; in practice none, since the address was accepted before.
    pub fn at(&self, priority: Priority, cancel: CancellationToken) -> Result<Self, Trouble> {
        Self::assemble(self.shared.clone(), priority, cancel)
    }

    fn assemble(shared: Arc<Shared>, priority: Priority, cancel: CancellationToken) -> Result<Self, Trouble> {
        let settings = &shared.settings;
        let config = Config {
            base_url: settings.base_url.trim().to_owned(),
            // One more than one, for the replay after a refreshed sign-in; the transport does all other retries.
            max_retries: 2,
            ..Config::default()
        };
        let wire = Wire {
            http: shared.http.clone(),
            limiter: settings.limiter.clone(),
            jitter: settings.jitter.clone(),
            requests: shared.requests.clone(),
            priority,
            cancel: cancel.clone(),
            patience: settings.patience,
        };
        let client = Client::builder(config)
            .auth_strategy(shared.auth.clone())
            .http_client(wire)
            .user_agent(USER_AGENT)
            .build()
            .map_err(|_| Trouble::NotBasecamp("an address starts with https://, or is on this machine".to_owned()))?
            .for_account(settings.account.trim());
        Ok(Self { shared, client, priority, cancel })
    }

    /// Requests made through this handle and all that share its connection pool.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.shared.requests.load(Ordering::Relaxed)
    }

    /// What ends this handle's requests.
    #[must_use]
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    /// The account; the first thing to ask of an address and a token.
    ///
    /// # Errors
    /// Any [`Trouble`]; [`Trouble::NotBasecamp`] when the answer is not an account.
    pub async fn account(&self) -> Result<Account, Trouble> {
        let raw = self.read(self.route(&routes::GET_ACCOUNT, &[])).await?;
        wire::account(&raw).ok_or_else(|| Trouble::NotBasecamp("its answer does not describe an account".to_owned()))
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// Any [`Trouble`].
    pub async fn profile(&self) -> Result<Fetched<Person>, Trouble> {
        let raw = self.read(self.route(&routes::GET_MY_PROFILE, &[])).await?;
        wire::person(raw.get()).map_err(|skipped| Trouble::malformed(skipped.reason))
    }

    /// One recording as it is. A chat line needs its chat: see [`Api::line`].
    ///
    /// # Errors
    /// Any [`Trouble`]; [`Trouble::Missing`] when Basecamp does not show it.
    pub async fn fetch(&self, kind: Kind, id: RecordingId) -> Result<Fetched<Recording>, Trouble> {
        let Some(route) = route_of(kind) else {
            return Err(Trouble::malformed("a line of chat is read with its chat"));
        };
        let raw = self.read(self.route(route, &[&id])).await?;
        wire::recording(raw.get(), Some(kind), None).map_err(|skipped| Trouble::malformed(skipped.reason))
    }

    /// A card table with its columns and their on-hold sections, and a count of what could not be read.
    ///
    /// # Errors
    /// Any [`Trouble`].
    pub async fn card_table(&self, id: RecordingId) -> Result<Batch<Recording>, Trouble> {
        let raw = self.read(self.route(&routes::GET_CARD_TABLE, &[&id])).await?;
        Ok(wire::card_table(raw.get()))
    }

    /// One line of a chat.
    ///
    /// # Errors
    /// Any [`Trouble`].
    pub async fn line(&self, chat: RecordingId, id: RecordingId) -> Result<Fetched<Recording>, Trouble> {
        let raw = self.read(self.route(&routes::GET_CAMPFIRE_LINE, &[&chat, &id])).await?;
        wire::recording(raw.get(), Some(Kind::ChatLine), None).map_err(|skipped| Trouble::malformed(skipped.reason))
    }

    /// The comments on a recording, oldest first as Basecamp lists them.
    ///
    /// # Errors
    /// Any [`Trouble`].
    pub async fn comments(&self, recording: RecordingId) -> Result<Batch<Recording>, Trouble> {
        let mut comments = Batch::default();
        let mut page = self.page(self.route(&routes::LIST_COMMENTS, &[&recording])).await?;
        loop {
            comments.extend(wire::recordings(page.rows(), Some(Kind::Comment), None));
            match self.next(&page).await? {
                Some(next) => page = next,
                None => return Ok(comments),
            }
        }
    }

    /// The parameters may cross threads, so that a request under way may.
    pub(crate) fn route(&self, route: &'static Route, params: &[&(dyn fmt::Display + Sync)]) -> Operation {
        let params: Vec<&dyn fmt::Display> = params.iter().map(|param| *param as &dyn fmt::Display).collect();
        self.client.operation(route, &params)
    }

    /// Sends a read and hands the JSON over as it came.
    pub(crate) async fn read(&self, operation: Operation) -> Result<Box<RawValue>, Trouble> {
        Ok(self.client.send(operation).await?)
    }

    /// Sends an edit whose answer, if it has one, is JSON.
    pub(crate) async fn write(&self, operation: Operation) -> Result<Option<Box<RawValue>>, Trouble> {
        let response = self.client.execute(operation).await?;
        if response.body.is_empty() {
            return Ok(None);
        }
        Ok(Some(response.json()?))
    }

    /// The first page of a listing, or the page that the operation names.
    pub(crate) async fn page(&self, operation: Operation) -> Result<Listing, Trouble> {
        // An answer of another shape is asked for once more: it is seldom wrong twice.
        let first = self.client.send_page(operation.clone()).await.map_err(Trouble::from);
        let page = match first {
            Err(Trouble::Malformed { .. }) => self.client.send_page(operation).await?,
            page => page?,
        };
        Ok(Listing(Arc::new(page)))
    }

    /// The page after this one.
    pub(crate) async fn next(&self, listing: &Listing) -> Result<Option<Listing>, Trouble> {
        Ok(self.client.next_page(&listing.0).await?.map(|page| Listing(Arc::new(page))))
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("base_url", &self.shared.settings.base_url)
            .field("account", &self.shared.settings.account)
            .field("priority", &self.priority)
            .finish_non_exhaustive()
    }
}

/// The route that shows one recording of this kind by its id alone.
fn route_of(kind: Kind) -> Option<&'static Route> {
    Some(match kind {
        Kind::TodoSet => &routes::GET_TODOSET,
        Kind::TodoList | Kind::TodoGroup => &routes::GET_TODOLIST_OR_GROUP,
        Kind::Todo => &routes::GET_TODO,
        Kind::CardTable => &routes::GET_CARD_TABLE,
        Kind::TriageColumn | Kind::NotNowColumn | Kind::Column | Kind::DoneColumn | Kind::OnHoldColumn => {
            &routes::GET_CARD_COLUMN
        }
        Kind::Card => &routes::GET_CARD,
        Kind::Step => &routes::GET_CARD_STEP,
        Kind::MessageBoard => &routes::GET_MESSAGE_BOARD,
        Kind::Message => &routes::GET_MESSAGE,
        Kind::Comment => &routes::GET_COMMENT,
        Kind::Vault => &routes::GET_VAULT,
        Kind::Document => &routes::GET_DOCUMENT,
        Kind::Upload => &routes::GET_UPLOAD,
        Kind::Schedule => &routes::GET_SCHEDULE,
        Kind::ScheduleEntry => &routes::GET_SCHEDULE_ENTRY,
        Kind::Questionnaire => &routes::GET_QUESTIONNAIRE,
        Kind::Question => &routes::GET_QUESTION,
        Kind::Answer => &routes::GET_ANSWER,
        Kind::Campfire => &routes::GET_CAMPFIRE,
        Kind::ChatLine => return None,
        Kind::TimeEntry => &routes::GET_TIMESHEET_ENTRY,
    })
}

/// Our source of tokens as the official crate wants it.
struct Provider(Arc<dyn Tokens>);

#[async_trait]
impl basecamp_sdk::TokenProvider for Provider {
    async fn access_token(&self) -> Result<String, basecamp_sdk::Error> {
        self.0.access_token().await.map_err(refused)
    }
    fn refreshable(&self) -> bool {
        self.0.refreshable()
    }
    async fn refresh(&self) -> Result<bool, basecamp_sdk::Error> {
        self.0.refresh().await.map_err(refused)
    }
}

fn refused(trouble: Trouble) -> basecamp_sdk::Error {
    basecamp_sdk::Error::new(basecamp_sdk::ErrorCode::AuthRequired, "no usable sign-in").with_source(trouble)
}
