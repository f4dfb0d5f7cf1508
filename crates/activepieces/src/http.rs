//! One request and its answer: address, headers, time-outs, the limit on size, and trying again what only reads. It knows
//! neither who is signed in nor what an answer means.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Method, Response};
use serde::Serialize;
use url::Url;
use zeroize::Zeroizing;

use crate::address::is_loopback;
use crate::fault::{lost, refusal};
use crate::pace::Pace;
use crate::{Address, Fault, Secret};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long is waited, and how much is taken.
#[derive(Clone, Debug)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For a whole answer.
    pub reply: Duration,
    /// For the answer of a piece that is run for it: options, tests, connections.
    pub slow_reply: Duration,
    /// Before the second try of a read; doubled for each further one.
    pub pause: Duration,
    /// The longest that a request waits because the server says so; beyond it is told instead.
    pub longest_pause: Duration,
    /// How often a read is tried in all.
    pub attempts: u32,
    /// The largest answer, in bytes.
    pub largest: usize,
    /// How many requests are under way at once.
    pub at_once: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            reply: Duration::from_secs(30),
            slow_reply: Duration::from_secs(90),
            pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(10),
            attempts: 3,
            largest: 64 << 20,
            at_once: 6,
        }
    }
}

/// A request.
pub(crate) struct Ask {
    method: Method,
    path: Vec<String>,
    query: Vec<(String, String)>,
    /// It may hold a password.
    body: Option<Zeroizing<String>>,
    reads: bool,
    is_slow: bool,
    takes_pages: bool,
}

impl Ask {
    fn new(method: Method, path: &[&str], body: Option<String>) -> Self {
        let reads = method == Method::GET;
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Self {
            method,
            path,
            query: Vec::new(),
            body: body.map(Zeroizing::new),
            reads,
            is_slow: false,
            takes_pages: false,
        }
    }

    pub(crate) fn get(path: &[&str]) -> Self {
        Self::new(Method::GET, path, None)
    }

    pub(crate) fn post(path: &[&str], body: &impl Serialize) -> Self {
        // What we send is made of maps with text keys and plain values: that cannot fail.
        Self::post_text(path, serde_json::to_string(body).unwrap_or_default())
    }

    pub(crate) fn post_text(path: &[&str], body: String) -> Self {
        Self::new(Method::POST, path, Some(body))
    }

    pub(crate) fn delete(path: &[&str]) -> Self {
        Self::new(Method::DELETE, path, None)
    }

    pub(crate) fn delete_with(path: &[&str], body: &impl Serialize) -> Self {
        Self::new(Method::DELETE, path, Some(serde_json::to_string(body).unwrap_or_default()))
    }

    /// It changes nothing at the server, so it may be tried again.
    pub(crate) fn reading(mut self) -> Self {
        self.reads = true;
        self
    }

    /// A piece is run to answer it.
    pub(crate) fn slow(mut self) -> Self {
        self.is_slow = true;
        self
    }

    /// Its answer may be a web page.
    pub(crate) fn takes_pages(mut self) -> Self {
        self.takes_pages = true;
        self
    }

    pub(crate) fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.query.push((key.to_owned(), value.to_string()));
        self
    }

    pub(crate) fn with_some(self, key: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    pub(crate) fn with_each<T: ToString>(self, key: &str, values: impl IntoIterator<Item = T>) -> Self {
        values.into_iter().fold(self, |ask, value| ask.with(key, value))
    }
}

/// How requests travel.
pub(crate) struct Http {
    pub(crate) address: Address,
    pub(crate) patience: Patience,
    http: reqwest::Client,
    clock: Clock,
    pace: Pace,
}

impl Http {
    pub(crate) fn new(address: Address, patience: Patience, clock: Clock) -> Result<Self, Fault> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("PM OS/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(patience.connect)
            // Websockets begin as a request of HTTP/1.1, and the server speaks nothing later.
            .http1_only();
        if address.is_here() {
            // A proxy could not reach this machine, and would be handed the token.
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|_| lost("secure connections cannot be made on this machine; `pm-os doctor` looks why", false))?;
        let pace = Pace::new(patience.at_once, patience.longest_pause);
        Ok(Self { address, patience, http, clock, pace })
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.http
    }

    /// Asks; what only reads is asked again when the connection was lost or the server was busy.
    pub(crate) async fn patiently(&self, ask: &Ask, signed: Option<&Secret>) -> Result<String, Fault> {
        let mut pause = self.patience.pause;
        let mut attempt = 1;
        loop {
            let fault = match self.once(ask, signed).await {
                Ok(text) => return Ok(text),
                Err(fault) => fault,
            };
            if !ask.reads || attempt >= self.patience.attempts {
                return Err(fault);
            }
            match &fault {
                // The pace makes the next try wait.
                Fault::Limited { retry_after } if *retry_after <= self.patience.longest_pause => {}
                Fault::Unavailable { .. } | Fault::Failed(_) => tokio::time::sleep(pause).await,
                Fault::Limited { .. }
                | Fault::SignIn(_)
                | Fault::Forbidden(_)
                | Fault::NotFound(_)
                | Fault::Conflict(_)
                | Fault::Invalid { .. }
                | Fault::Gone(_)
                | Fault::Unreadable(_)
                | Fault::Cancelled => return Err(fault),
            }
            pause *= 2;
            attempt += 1;
        }
    }

    async fn once(&self, ask: &Ask, signed: Option<&Secret>) -> Result<String, Fault> {
        let _turn = self.pace.turn().await?;
        let path: Vec<&str> = ask.path.iter().map(String::as_str).collect();
        let mut url = self.address.api(&path)?;
        if !ask.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&ask.query);
        }
        let mut request = self.http.request(ask.method.clone(), url).header(ACCEPT, "application/json");
        if let Some(secret) = signed {
            request = request.header(AUTHORIZATION, bearer(secret)?);
        }
        if let Some(body) = &ask.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.as_str().to_owned());
        }
        let limit = if ask.is_slow { self.patience.slow_reply } else { self.patience.reply };
        let exchange = async {
            let response = request.send().await.map_err(|error| unreached(&error))?;
            let status = response.status().as_u16();
            let wait = retry_after(&response);
            let text = self.body(response, self.patience.largest).await?;
            Ok::<_, Fault>((status, wait, text))
        };
        let (status, wait, text) = tokio::time::timeout(limit, exchange)
            .await
            .map_err(|_| lost(&format!("no answer came within {} s", limit.as_secs().max(1)), true))??;
        if (200..300).contains(&status) {
            // A proxy or a network's sign-in page answers with a page where the server would answer with data.
            if !ask.takes_pages && text.trim_start().starts_with('<') {
                return Err(Fault::unreadable("it is a web page"));
            }
            return Ok(text);
        }
        let fault = refusal(status, wait, &text);
        if let Fault::Limited { retry_after } = &fault {
            self.pace.hold(*retry_after);
        }
        tracing::debug!(method = %ask.method, path = %path.join("/"), status, "the server said no");
        Err(fault)
    }

    /// Fetches a signed link: no token goes with it. One redirect is followed, since files may lie in a store of their own.
    pub(crate) async fn fetch(&self, link: &str, largest: usize) -> Result<String, Fault> {
        let mut url = self.link(link)?;
        let exchange = async {
            let mut response = self.http.get(url.clone()).send().await.map_err(|error| unreached(&error))?;
            if response.status().is_redirection() {
                let next = response.headers().get(LOCATION).and_then(|next| next.to_str().ok());
                url = self.link(next.and_then(|next| url.join(next).ok()).as_ref().map_or("", Url::as_str))?;
                response = self.http.get(url).send().await.map_err(|error| unreached(&error))?;
            }
            let status = response.status().as_u16();
            let text = self.body(response, largest).await?;
            if status == 200 { Ok(text) } else { Err(refusal(status, None, &text)) }
        };
        tokio::time::timeout(self.patience.slow_reply, exchange)
            .await
            .map_err(|_| lost("the file did not come in time", false))?
    }

    /// Only what the server itself could be asked for, or a secure place elsewhere. A server that does not know what it is
    /// called from outside writes another address before a path of its own: it is asked at ours.
    fn link(&self, link: &str) -> Result<Url, Fault> {
        let url = Url::parse(link).map_err(|_| Fault::unreadable("the link to a large output is no address"))?;
        if self.address.is_origin_of(&url) {
            return Ok(url);
        }
        if let Some((_, path)) = url.path().split_once("/api/v1/files/") {
            let mut own = self.address.api(&["v1", "files"])?;
            own.set_path(&format!("{}/{path}", own.path()));
            own.set_query(url.query());
            return Ok(own);
        }
        if url.scheme() == "https" && !is_loopback(&url) {
            return Ok(url);
        }
        Err(Fault::unreadable("the link to a large output leads to another place"))
    }

    async fn body(&self, mut response: Response, largest: usize) -> Result<String, Fault> {
        let too_large = || {
            Fault::Unreadable(format!(
                "The answer is larger than {} MB, so it was not taken. Look at it in Activepieces.",
                (largest >> 20).max(1)
            ))
        };
        let announced = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        if announced.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > largest) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| lost("the answer broke off", true))? {
            if bytes.len() + chunk.len() > largest {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        String::from_utf8(bytes).map_err(|_| Fault::unreadable("it is no text"))
    }
}

pub(crate) fn bearer(secret: &Secret) -> Result<HeaderValue, Fault> {
    let text = Zeroizing::new(format!("Bearer {}", secret.expose().trim()));
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| Fault::SignIn("The key holds characters that no key has. Copy it once more.".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The words of the library are not told: they may hold an address with a token in it.
pub(crate) fn unreached(error: &reqwest::Error) -> Fault {
    if error.is_connect() {
        return lost("nothing answers at its address", false);
    }
    if error.is_builder() {
        return Fault::invalid("address", "No request can be made of this address. Check it.");
    }
    lost("the connection was lost", true)
}

fn retry_after(response: &Response) -> Option<u64> {
    let header = |name: &str| response.headers().get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    header(RETRY_AFTER.as_str()).or_else(|| header("x-ratelimit-reset"))
}
