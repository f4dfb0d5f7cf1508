//! What went wrong, as a sort and as a sentence: from an HTTP answer, from a reply, or from the network.
//!
//! It knows the shapes in which servers tell of errors, and no wire form.

use std::error::Error as _;
use std::time::Duration;

use genai::webc::StreamTimeout;
use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::key::{Key, fit_to_show};
use super::wire::{Broken, Said};
use crate::model::{ModelError, Trouble};

/// Who was asked, for the sentences.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// What a person calls the server.
    pub(super) server: String,
    /// What the server calls the model.
    pub(super) model: String,
    /// It runs on this machine.
    pub(super) is_here: bool,
    /// The key that was given, so that it can be kept out of what is told.
    pub(super) key: Option<Key>,
    /// The clock, for a server that tells the time at which to come again and not its own.
    pub(super) now: fn() -> Timestamp,
}

impl Asked {
    /// What a failure of the library means. `has_begun`: a frame of the reply has come.
    pub(super) fn failed(&self, error: &genai::Error, has_begun: bool) -> ModelError {
        if let genai::Error::HttpError { status, body, headers, .. } = error {
            return self.answered(status.as_u16(), headers, body);
        }
        let genai::Error::WebStream { error: cause, .. } = error else {
            // The request itself could not be written.
            return self.because(Trouble::Refused, None, &self.not_accepted());
        };
        if let Some(inner) = cause.downcast_ref::<genai::Error>() {
            return self.failed(inner, has_begun);
        }
        if let Some(error) = cause.downcast_ref::<reqwest::Error>() {
            let is_unreached = error.is_connect() || error.is_request() || (error.is_timeout() && !has_begun);
            return if is_unreached { self.unreachable(error) } else { self.broke_off() };
        }
        match cause.downcast_ref::<StreamTimeout>() {
            Some(StreamTimeout::Headers) => self.silent(),
            Some(StreamTimeout::Read) if has_begun => {
                let text = format!("The reply from {} stopped before it was complete. Ask again.", self.server);
                self.because(Trouble::Truncated, None, &text)
            }
            Some(StreamTimeout::Read) => self.silent(),
            None => self.not_understood(),
        }
    }

    /// What a reply that is no good means.
    pub(super) fn broken(&self, broken: Broken) -> ModelError {
        match broken {
            Broken::Said(said) => self.said(said, None),
            Broken::Unreadable => self.not_understood(),
            Broken::CutOff => self.broke_off(),
            Broken::Longest => {
                let text = format!(
                    "The reply grew as long as {} may make it, and is not complete. Ask for less at once.",
                    self.model
                );
                self.because(Trouble::Truncated, None, &text)
            }
            Broken::Declined => self.because(Trouble::Refused, None, &self.declined()),
        }
    }

    /// The reply ended without the server's word that it is complete.
    pub(super) fn broke_off(&self) -> ModelError {
        let text = format!("The reply from {} broke off before it was complete. Ask again.", self.server);
        self.because(Trouble::Truncated, None, &text)
    }

    /// Something answered, and not as a model does.
    pub(super) fn no_reply(&self) -> ModelError {
        let text = format!(
            "{} answered, and not as a model does. Check the server’s address in Settings, then ask again.",
            self.server
        );
        self.because(Trouble::Upstream, None, &text)
    }

    /// No key was given to a vendor that wants one.
    pub(super) fn keyless(&self) -> ModelError {
        self.because(
            Trouble::Key,
            None,
            &format!("{} wants a key. Put one in for this model in Settings.", self.server),
        )
    }

    fn answered(&self, status: u16, headers: &HeaderMap, body: &str) -> ModelError {
        if (300..400).contains(&status) {
            let text = format!(
                "{} sent the request on to another address, and a key is not sent on. Check the server’s address in Settings.",
                self.server
            );
            return self.because(Trouble::Refused, None, &text);
        }
        // What the library puts in the place of a body that broke off are not the server's words.
        let body = if body.starts_with("Failed to read error body") { "" } else { body };
        let mut said = match serde_json::from_str(body) {
            Ok(body) => Said::of(&body),
            Err(_) => Said { message: body.to_owned(), ..Said::default() },
        };
        said.status = Some(status);
        self.said(said, retry_after(headers, self.now))
    }

    fn said(&self, said: Said, wait: Option<Duration>) -> ModelError {
        let trouble = sort(&said);
        let wait = wait.or_else(|| said.wait.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()));
        let text = self.sentence(trouble, wait, &said);
        let text = match fit_to_show(&said.message, self.key.as_ref()) {
            Some(words) => format!("{text} It says: “{words}”"),
            None => text,
        };
        self.because(trouble, wait, &text)
    }

    /// What happened, and what to do next.
    fn sentence(&self, trouble: Trouble, wait: Option<Duration>, said: &Said) -> String {
        let Self { server, model, .. } = self;
        match trouble {
            Trouble::Key => format!("{server} did not accept the key. Check the key for this model in Settings."),
            Trouble::Credit => {
                format!("The account with {server} has no credit left. Add some there, or choose another model.")
            }
            Trouble::NoModel => format!("{server} knows no model “{model}”. Check its name in Settings."),
            Trouble::RateLimited => match wait {
                Some(wait) => {
                    let seconds = wait.as_secs().max(1);
                    format!("{server} takes no more requests from this account for {seconds} seconds. Ask again then.")
                }
                None => format!("{server} takes no more requests from this account for now. Ask again in a minute."),
            },
            Trouble::Overloaded => {
                format!("{server} has too much to do right now. Ask again in a minute, or choose another model.")
            }
            Trouble::TooLong => format!(
                "This is more than {model} can take at once. Begin a new conversation, or choose a model that takes more."
            ),
            Trouble::Refused if DECLINED.are_in(said) => self.declined(),
            Trouble::Refused => self.not_accepted(),
            Trouble::Unreachable => format!("{server} cannot be reached. Ask again in a minute."),
            Trouble::Truncated => format!("The reply from {server} broke off before it was complete. Ask again."),
            Trouble::Upstream => {
                format!("{server} has a fault of its own. Ask again in a minute, or choose another model.")
            }
        }
    }

    fn unreachable(&self, error: &reqwest::Error) -> ModelError {
        let server = &self.server;
        let mut cause = error.source();
        let mut is_unnamed = false;
        while let Some(inner) = cause {
            is_unnamed |= inner.to_string().contains("dns error");
            cause = inner.source();
        }
        let text = if self.is_here {
            format!("Nothing answers for {server} on this machine. Start it, then ask again.")
        } else if is_unnamed {
            format!("{server} cannot be found. Check the internet connection and the server’s address, then ask again.")
        } else {
            format!("{server} cannot be reached. Check the internet connection, then ask again.")
        };
        self.because(Trouble::Unreachable, None, &text)
    }

    fn silent(&self) -> ModelError {
        let text = format!("{} did not answer in time. Ask again, or choose another model.", self.server);
        self.because(Trouble::Unreachable, None, &text)
    }

    fn not_understood(&self) -> ModelError {
        let text =
            format!("{} sent something that cannot be understood. Ask again, or choose another model.", self.server);
        self.because(Trouble::Upstream, None, &text)
    }

    fn declined(&self) -> String {
        format!("{} declined to answer this. Put it in other words, or choose another model.", self.model)
    }

    fn not_accepted(&self) -> String {
        format!("{} did not accept the request. Choose another model, or begin a new conversation.", self.server)
    }

    fn because(&self, trouble: Trouble, retry_after: Option<Duration>, text: &str) -> ModelError {
        ModelError { trouble, retry_after, message: text.to_owned() }
    }
}

/// What a trouble is known by; any one of these is enough.
struct Signs {
    trouble: Trouble,
    statuses: &'static [u16],
    /// Parts of the server's names for the error.
    codes: &'static [&'static str],
    /// Parts of its words.
    words: &'static [&'static str],
}

/// The server, or the model, will not answer this.
const DECLINED: Signs = Signs {
    trouble: Trouble::Refused,
    statuses: &[],
    codes: &["content_filter", "content_policy", "moderation"],
    words: &["flagged", "content policy", "content management policy", "safety"],
};

/// Vendors differ in status, in names and in words: the surest signs come first.
const SIGNS: [Signs; 8] = [
    Signs {
        trouble: Trouble::Credit,
        statuses: &[402],
        codes: &["insufficient_quota", "billing_error", "insufficient_credits"],
        words: &["credit balance", "insufficient credit", "insufficient balance", "not enough credit"],
    },
    Signs {
        trouble: Trouble::TooLong,
        statuses: &[413],
        codes: &["context_length_exceeded", "request_too_large"],
        words: &[
            "prompt is too long",
            "maximum context length",
            "context length",
            "context window",
            "exceeds the maximum number of tokens",
            "exceed context limit",
        ],
    },
    Signs { trouble: Trouble::RateLimited, statuses: &[429], codes: &["rate_limit", "resource_exhausted"], words: &[] },
    Signs { trouble: Trouble::Overloaded, statuses: &[503, 529], codes: &["overloaded", "unavailable"], words: &[] },
    Signs { statuses: &[], words: &[], ..DECLINED },
    Signs {
        trouble: Trouble::Key,
        statuses: &[401, 403],
        codes: &["authentication_error", "permission_error", "invalid_api_key", "unauthenticated", "permission_denied"],
        words: &["api key not valid", "invalid api key", "api key expired"],
    },
    Signs {
        trouble: Trouble::NoModel,
        statuses: &[404],
        codes: &["model_not_found", "not_found"],
        words: &["is not a valid model id"],
    },
    Signs { trouble: Trouble::Refused, statuses: &[], codes: &["invalid_request", "invalid_argument"], words: &[] },
];

impl Signs {
    fn are_in(&self, said: &Said) -> bool {
        let (codes, message) = (said.codes.to_lowercase(), said.message.to_lowercase());
        said.status.is_some_and(|status| self.statuses.contains(&status))
            || self.codes.iter().any(|code| codes.contains(code))
            || self.words.iter().any(|words| message.contains(words))
    }
}

fn sort(said: &Said) -> Trouble {
    // With this status a server forbids what was asked, or that it was asked with this key.
    if said.status == Some(403) && DECLINED.are_in(said) {
        return Trouble::Refused;
    }
    let found = SIGNS.iter().find(|signs| signs.are_in(said)).map(|signs| signs.trouble);
    // The fault is in the request; but for a server that had waited for it too long.
    let is_refused = said.status.is_some_and(|status| (400..500).contains(&status) && status != 408);
    found.unwrap_or(if is_refused { Trouble::Refused } else { Trouble::Upstream })
}

/// How long the server asks to wait: in milliseconds, in seconds, or until a time. What the server takes for the present
/// comes from its own `Date` where it tells one, so that a wrong clock here does no harm.
pub(super) fn retry_after(headers: &HeaderMap, now: fn() -> Timestamp) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if let Some(wait) = text("retry-after-ms").and_then(|text| text.parse::<u64>().ok()) {
        return Some(Duration::from_millis(wait));
    }
    let wait = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = wait.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let time = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|time| time.timestamp());
    let until = time(wait)?;
    let present = text(DATE.as_str()).and_then(time).unwrap_or_else(now);
    Some(Duration::try_from(until.duration_since(present)).unwrap_or(Duration::ZERO))
}
