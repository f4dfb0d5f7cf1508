//! The transport under the official crate: it waits for the limiter, sends over reqwest, reads the body whole, and retries
//! what is safe to retry. A 429 ends here. It knows requests and answers, and nothing of what they mean.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use basecamp_sdk::http::{Body, HttpClient};
use bytes::{Bytes, BytesMut};
use http::{Method, Request, Response, StatusCode, Uri, header};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::api::Jitter;
use crate::{Limiter, Priority, Trouble};

/// How long one attempt may take, and its connecting.
const ATTEMPT: Duration = Duration::from_secs(30);
const CONNECT: Duration = Duration::from_secs(10);
/// How often one request is sent at most, 429 aside.
const ATTEMPTS: u32 = 5;
const MAX_BODY: usize = 50 * 1024 * 1024;
const MAX_HOPS: u32 = 3;
/// The rest after a 429 that names none, or none that makes sense.
const REST: Duration = Duration::from_secs(10);

/// Whether requests can be made here at all.
///
/// # Errors
/// [`Trouble::Unreachable`] says what is missing.
pub fn can_connect() -> Result<(), Trouble> {
    client().map(drop)
}

/// The client that all requests of a process share.
pub(crate) fn client() -> Result<reqwest::Client, Trouble> {
    reqwest::Client::builder()
        .timeout(ATTEMPT)
        .connect_timeout(CONNECT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .map_err(|_| Trouble::Unreachable("secure connections could not be set up here; certificates of authorities may be missing (on most of Linux the package ca-certificates)".into()))
}

/// The transport of one [`crate::Api`]: its priority, its cancellation, and what all of them share.
pub(crate) struct Wire {
    pub(crate) http: reqwest::Client,
    pub(crate) limiter: Limiter,
    pub(crate) jitter: Jitter,
    pub(crate) requests: Arc<AtomicU64>,
    pub(crate) priority: Priority,
    pub(crate) cancel: CancellationToken,
    /// The wait before the first retry; doubled for each further one.
    pub(crate) patience: Duration,
}

/// What one attempt came to.
enum Attempt {
    Answer(Answer),
    /// Basecamp asks for a rest.
    TooMany(Duration),
    /// The request did not get through; `sent` when it may have arrived.
    Failed {
        why: String,
        sent: bool,
    },
}

struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    body: Bytes,
}

#[async_trait]
impl HttpClient for Wire {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Body>, basecamp_sdk::Error> {
        match self.deliver(request).await {
            Ok(answer) => {
                let mut response = Response::new(Body::from(answer.body));
                *response.status_mut() = answer.status;
                *response.headers_mut() = answer.headers;
                Ok(response)
            }
            // As a timeout, because the official crate does not retry those: the retries were made here.
            Err(trouble) => Err(basecamp_sdk::Error::network_timeout(trouble)),
        }
    }
}

impl Wire {
    async fn deliver(&self, mut request: Request<Bytes>) -> Result<Answer, Trouble> {
        let reads = request.method() == Method::GET;
        let repeatable = reads || request.method() == Method::PUT || request.method() == Method::DELETE;
        let mut failures = 0;
        let mut hops = 0;
        loop {
            let attempt = self.attempt(clone(&request)?, repeatable).await?;
            let why = match attempt {
                Attempt::TooMany(rest) => {
                    tracing::debug!(seconds = rest.as_secs(), "Basecamp asks for a rest");
                    self.limiter.rest(rest);
                    continue;
                }
                Attempt::Failed { why, sent } => {
                    if sent && !repeatable {
                        return Err(Trouble::Lost);
                    }
                    why
                }
                Attempt::Answer(answer) => match judge(&answer, reads) {
                    Verdict::Fine => return Ok(answer),
                    Verdict::Elsewhere(target) if hops < MAX_HOPS => {
                        *request.uri_mut() = same_origin(request.uri(), &target)?;
                        hops += 1;
                        continue;
                    }
                    Verdict::Elsewhere(_) => {
                        return Err(Trouble::NotBasecamp("it sends us in circles".to_owned()));
                    }
                    // Whether it happened is not known: a gateway may have given up on work that went on.
                    Verdict::Shaky(_) | Verdict::Hopeless(Trouble::NotBasecamp(_)) if !repeatable => {
                        return Err(Trouble::Lost);
                    }
                    Verdict::Hopeless(trouble) => return Err(trouble),
                    Verdict::Shaky(trouble) => {
                        failures += 1;
                        if failures >= ATTEMPTS {
                            return Err(trouble);
                        }
                        self.pause(failures, &answer).await?;
                        continue;
                    }
                },
            };
            failures += 1;
            if failures >= ATTEMPTS {
                return Err(Trouble::Unreachable(why));
            }
            self.wait(self.backoff(failures)).await?;
        }
    }

    async fn attempt(&self, request: Request<Bytes>, repeatable: bool) -> Result<Attempt, Trouble> {
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(Trouble::Cancelled),
            () = self.limiter.turn(self.priority) => {}
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
        let request = reqwest::Request::try_from(request)
            .map_err(|error| Trouble::malformed(format!("the request could not be made ({})", error.without_url())))?;
        let answered = tokio::select! {
            biased;
            () = self.cancel.cancelled() => {
                return Err(if repeatable { Trouble::Cancelled } else { Trouble::Lost });
            }
            answered = exchange(&self.http, request) => answered,
        };
        Ok(match answered {
            Ok(answer) => {
                tracing::trace!(%method, path, status = answer.status.as_u16(), "asked");
                if answer.status == StatusCode::TOO_MANY_REQUESTS {
                    Attempt::TooMany(retry_after(&answer.headers).unwrap_or(REST))
                } else {
                    Attempt::Answer(answer)
                }
            }
            Err(error) => {
                tracing::debug!(%method, path, error = %error.why, "not answered");
                Attempt::Failed { why: error.why, sent: error.sent }
            }
        })
    }

    async fn pause(&self, failures: u32, answer: &Answer) -> Result<(), Trouble> {
        let asked = retry_after(&answer.headers).filter(|asked| *asked <= Duration::from_secs(60));
        self.wait(asked.unwrap_or_else(|| self.backoff(failures))).await
    }

    /// Twice as long each time, half of it by chance, so that many clients do not come back at once.
    fn backoff(&self, failures: u32) -> Duration {
        let full = self.patience.saturating_mul(1_u32 << failures.min(6));
        full.mul_f64(0.5 + 0.5 * self.jitter.roll()).min(Duration::from_secs(30))
    }

    async fn wait(&self, time: Duration) -> Result<(), Trouble> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Trouble::Cancelled),
            () = tokio::time::sleep(time) => Ok(()),
        }
    }
}

struct Broken {
    why: String,
    sent: bool,
}

async fn exchange(http: &reqwest::Client, request: reqwest::Request) -> Result<Answer, Broken> {
    let mut response = http.execute(request).await.map_err(broken)?;
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(Broken { why: "the answer was larger than 50 MB".to_owned(), sent: true });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status: response.status(), headers: response.headers().clone(), body: body.freeze() })
}

fn broken(error: reqwest::Error) -> Broken {
    let error = error.without_url();
    let sent = !error.is_connect() && !error.is_builder();
    let why = if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "the connection broke".to_owned()
    };
    Broken { why, sent }
}

enum Verdict {
    /// For the caller to read, an error status included.
    Fine,
    /// Worth another try.
    Shaky(Trouble),
    Hopeless(Trouble),
    Elsewhere(String),
}

fn judge(answer: &Answer, reads: bool) -> Verdict {
    let status = answer.status.as_u16();
    match status {
        200..=299 if answer.body.is_empty() => Verdict::Fine,
        200..=299 if answer.body.trim_ascii_start().first() == Some(&b'<') => {
            Verdict::Hopeless(Trouble::NotBasecamp("it sent a web page".to_owned()))
        }
        200..=299 => match serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body) {
            Ok(_) => Verdict::Fine,
            Err(error) => Verdict::Shaky(Trouble::malformed(format!("it is not whole JSON ({error})"))),
        },
        300..=399 if reads => answer.headers.get(header::LOCATION).and_then(|target| target.to_str().ok()).map_or_else(
            || Verdict::Hopeless(Trouble::NotBasecamp("it sent us nowhere".to_owned())),
            |target| Verdict::Elsewhere(target.to_owned()),
        ),
        404 if says_inactive(&answer.headers) => Verdict::Hopeless(Trouble::AccountInactive),
        500 | 502 | 503 | 504 => Verdict::Shaky(Trouble::Unreachable(format!("it answered {status}"))),
        _ => Verdict::Fine,
    }
}

fn says_inactive(headers: &header::HeaderMap) -> bool {
    headers
        .get("reason")
        .and_then(|reason| reason.to_str().ok())
        .is_some_and(|reason| reason.eq_ignore_ascii_case("account inactive"))
}

/// Seconds or an HTTP date; nothing when it is zero, negative or neither.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return (seconds > 0).then(|| Duration::from_secs(u64::from(seconds)));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    // A date is compared with the answer's own date, so that a wrong clock here does no harm.
    let said = headers.get(header::DATE)?.to_str().ok()?;
    let now = jiff::fmt::rfc2822::parse(said).ok()?.timestamp();
    Duration::try_from(at.duration_since(now)).ok().filter(|rest| !rest.is_zero())
}

fn same_origin(from: &Uri, target: &str) -> Result<Uri, Trouble> {
    let elsewhere = || Trouble::NotBasecamp("it sent us to another address".to_owned());
    let here = Url::parse(&from.to_string()).map_err(|_| elsewhere())?;
    let there = here.join(target).map_err(|_| elsewhere())?;
    if here.origin() != there.origin() {
        return Err(elsewhere());
    }
    there.as_str().parse().map_err(|_| elsewhere())
}

fn clone(request: &Request<Bytes>) -> Result<Request<Bytes>, Trouble> {
    let mut copy = Request::builder()
        .method(request.method().clone())
        .uri(request.uri().clone())
        .body(request.body().clone())
        .map_err(|_| Trouble::malformed("the request could not be made"))?;
    *copy.headers_mut() = request.headers().clone();
    Ok(copy)
}
