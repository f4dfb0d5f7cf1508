//! Calls over HTTP: with a limit on time and on what is read, and no redirect to another scheme.

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, Url};
use serde_json::{Map, Value};

use super::HttpLimits;
use crate::Failure;

/// The most redirects that are followed.
const REDIRECTS: usize = 5;

/// Makes calls.
#[derive(Clone)]
pub(super) struct Web {
    straight: Client,
    following: Client,
    pub(super) limits: HttpLimits,
}

/// A call.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<(String, Vec<u8>)>,
    pub(super) time: std::time::Duration,
    pub(super) follows: bool,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Map<String, Value>,
    pub(super) body: Vec<u8>,
}

impl Web {
    pub(super) fn new(limits: HttpLimits) -> Result<Self, String> {
        let following = Policy::custom(|attempt| {
            let (next, first) = (attempt.url().scheme(), attempt.previous().first().map(Url::scheme));
            if first.is_some_and(|first| first != next) {
                attempt.error("the server sent the call on to another scheme")
            } else if attempt.previous().len() > REDIRECTS {
                attempt.error("the server sent the call on too often")
            } else {
                attempt.follow()
            }
        });
        let build = |policy| {
            let built =
                Client::builder().redirect(policy).user_agent(concat!("pm-os/", env!("CARGO_PKG_VERSION"))).build();
            built.map_err(|_| "Secure connections cannot be made on this machine. `pm-os doctor` looks why.".to_owned())
        };
        Ok(Self { straight: build(Policy::none())?, following: build(following)?, limits })
    }

    /// Makes a call and reads the whole answer.
    ///
    /// # Errors
    /// If there is none within the limits: in doubt unless the call cannot have arrived.
    pub(super) async fn call(&self, request: Request) -> Result<Answer, Failure> {
        let client = if request.follows { &self.following } else { &self.straight };
        let url = request.url.clone();
        let mut call = client.request(request.method, request.url).timeout(request.time);
        for (name, value) in request.headers {
            let header = HeaderName::try_from(&name).ok().zip(HeaderValue::try_from(&value).ok());
            let (name, value) = header.ok_or_else(|| {
                Failure::new(format!(
                    "{name} is no header that can be sent. Look for letters that do not belong there."
                ))
            })?;
            call = call.header(name, value);
        }
        if let Some((kind, body)) = request.body {
            call = call.header(reqwest::header::CONTENT_TYPE, kind).body(body);
        }
        let answer = call.send().await.map_err(|error| failed(&url, &error))?;
        let status = answer.status().as_u16();
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), Value::from(String::from_utf8_lossy(value.as_bytes()))))
            .collect();
        let body = self.read(&url, answer).await?;
        Ok(Answer { status, headers, body })
    }

    async fn read(&self, url: &Url, mut answer: Response) -> Result<Vec<u8>, Failure> {
        let most = self.limits.body;
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| failed(url, &error))? {
            if body.len() + part.len() > most {
                let size = most >> 20;
                let what = format!("{} answered more than {size} MB. Ask for less at a time.", shown(url));
                return Err(Failure { request_url: Some(shown(url)), ..Failure::in_doubt(what) });
            }
            body.extend_from_slice(&part);
        }
        Ok(body)
    }
}

impl Answer {
    /// The body as JSON if it says that it is, or else as text.
    pub(super) fn value(&self) -> Value {
        let text = || String::from_utf8_lossy(&self.body).into_owned();
        let is_json =
            self.headers.get("content-type").and_then(Value::as_str).is_some_and(|kind| kind.contains("json"));
        match is_json.then(|| serde_json::from_slice(&self.body).ok()).flatten() {
            Some(value) => value,
            None => Value::from(text()),
        }
    }
}

/// The address without what may be secret in it.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Neither fails for an address that a call was made with.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    url.to_string()
}

fn failed(url: &Url, error: &reqwest::Error) -> Failure {
    let (host, cause) = (url.host_str().unwrap_or_default(), cause(error));
    let (what, is_sent) = if error.is_connect() {
        (format!("{host} cannot be reached ({cause}). Look at the address and the network."), false)
    } else if error.is_builder() {
        (format!("{host} cannot be called ({cause}). Look at the address."), false)
    } else if error.is_timeout() {
        (format!("{host} did not answer in time. Try again, or give it more time."), true)
    } else if error.is_redirect() {
        (format!("{host} sent the call on and that was not followed ({cause}). Look at the address."), true)
    } else {
        (format!("The connection to {host} was lost ({cause}). Look whether it happened before trying again."), true)
    };
    Failure { request_url: Some(shown(url)), in_doubt: is_sent, ..Failure::new(what) }
}

/// The innermost cause: the outer ones repeat the address, with what may be secret in it.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
