//! Faults at work on answers: those that keep a request from being handled, and those that spoil what came of it.
//!
//! How a server says no, and what its lists look like, is its own: see [`Spoilable`].

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::server::Cut;

/// An answer that a fault can take the place of, or change.
pub(crate) trait Spoilable: Sized {
    /// What the server says when something of its own went wrong.
    fn failed(status: u16) -> Self;

    /// What the server says to who asks too fast, and after how many seconds to ask again.
    fn too_many(seconds: u64) -> Self;

    /// The body, if it is JSON that a value can hold.
    fn json(&self) -> Option<Value>;

    /// Puts another body in the place of the one that there is.
    fn replace(&mut self, body: Value);

    /// Makes a list one that has nothing in it.
    fn empty_list(&mut self);

    /// As it is sent.
    fn outgoing(self) -> Outgoing;
}

/// An answer as it is sent.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) status: u16,
    /// What the body is, if there is one.
    pub(crate) mime: Option<&'static str>,
    pub(crate) bytes: Vec<u8>,
    /// Later ones take the place of earlier ones, and of what is said of the body.
    pub(crate) headers: Vec<(String, String)>,
}

impl Outgoing {
    fn page() -> Self {
        let page = "<!DOCTYPE html><html><body><h1>Back soon</h1></body></html>";
        Self { status: 200, mime: Some("text/html; charset=utf-8"), bytes: page.into(), headers: Vec::new() }
    }
}

/// The answer of a fault that keeps the request from being handled.
pub(crate) fn struck_before<A: Spoilable>(fault: Option<&Fault>, cut: &Cut) -> Option<Response> {
    match fault? {
        Fault::Status(status) => Some(whole(A::failed(*status))),
        Fault::TooMany(seconds) => Some(whole(A::too_many(*seconds))),
        Fault::DropBefore => {
            cut.now();
            Some(StatusCode::NO_CONTENT.into_response())
        }
        Fault::DropAfter
        | Fault::Truncate
        | Fault::Html
        | Fault::WrongJson
        | Fault::Nulls
        | Fault::EmptyList
        | Fault::Hold(_) => None,
    }
}

/// Sends an answer, spoiled by a fault that strikes after the handling.
pub(crate) fn spoiled(mut answer: impl Spoilable, fault: Option<&Fault>, cut: &Cut) -> Response {
    match fault {
        None | Some(Fault::Hold(_) | Fault::Status(_) | Fault::TooMany(_) | Fault::DropBefore) => {}
        Some(Fault::Truncate) => return halved(answer.outgoing()),
        Some(Fault::DropAfter) => cut.now(),
        Some(Fault::Html) => return sent(Outgoing::page()),
        Some(Fault::WrongJson) => answer.replace(json!({ "unexpected": [1, 2, 3] })),
        Some(Fault::Nulls) => {
            if let Some(mut body) = answer.json() {
                without_texts(&mut body);
                answer.replace(body);
            }
        }
        Some(Fault::EmptyList) => answer.empty_list(),
    }
    whole(answer)
}

/// Sends an answer as it is.
pub(crate) fn whole(answer: impl Spoilable) -> Response {
    sent(answer.outgoing())
}

/// Makes every text in the answer null, however deep.
fn without_texts(value: &mut Value) {
    match value {
        Value::String(_) => *value = Value::Null,
        Value::Array(list) => list.iter_mut().for_each(without_texts),
        Value::Object(map) => map.values_mut().for_each(without_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn sent(outgoing: Outgoing) -> Response {
    let mut response = Response::new(Body::from(outgoing.bytes));
    *response.status_mut() = StatusCode::from_u16(outgoing.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Some(mime) = outgoing.mime {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    }
    for (name, value) in outgoing.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            headers.insert(name, value);
        }
    }
    response
}

/// Sends the first half of the body under the length of the whole, then breaks the connection. What has no halves is
/// sent as it is.
fn halved(mut outgoing: Outgoing) -> Response {
    let length = outgoing.bytes.len();
    if length < 2 {
        return sent(outgoing);
    }
    let mut half = std::mem::take(&mut outgoing.bytes);
    half.truncate(length / 2);
    // The pause lets the half be sent.
    let rest = async {
        tokio::task::yield_now().await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    };
    let mut response = sent(outgoing);
    response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    *response.body_mut() =
        Body::from_stream(futures::stream::iter([Ok(Bytes::from(half))]).chain(futures::stream::once(rest)));
    response
}
