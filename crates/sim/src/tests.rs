//! The stand-in against the documented behaviour.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod activepieces;
mod board;
mod company;
mod faults;
mod feed;
mod http;
mod journal;
mod rules;
mod shapes;
mod signin;
mod slack;
mod smtp;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use serde_json::Value;

use crate::{Clock, Options, Sim, Size};

/// The moment that the tests take place.
fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(noon().as_millisecond())))
    }

    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        let hand = Arc::clone(&self.0);
        Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::SeqCst)).unwrap())
    }
}

/// A small company without a limiter, and the hand of its clock.
async fn small() -> (Sim, Hand) {
    let hand = Hand::new();
    let options = Options { size: Size::small(), clock: hand.clock(), limit: None, ..Options::default() };
    (Sim::start(options).await.unwrap(), hand)
}

/// An answer, read whole.
struct Got {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn next(&self) -> Option<String> {
        let link = self.header("link");
        let (url, rest) = link.strip_prefix('<')?.split_once('>')?;
        assert_eq!(rest, "; rel=\"next\"");
        Some(url.to_owned())
    }
}

struct Client<'a> {
    sim: &'a Sim,
    http: reqwest::Client,
}

impl<'a> Client<'a> {
    fn new(sim: &'a Sim) -> Self {
        let http = reqwest::Client::builder()
            .user_agent("Sim tests (tests@example.com)")
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { sim, http }
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") {
            return path.to_owned();
        }
        format!("{}/{}{path}", self.sim.base_url(), self.sim.account_id())
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        self.http.request(method, self.url(path)).bearer_auth(self.sim.token())
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Got {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Got { status, headers, body }
    }

    async fn get(&self, path: &str) -> Got {
        self.send(self.request("GET", path)).await
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Got {
        self.send(self.request(method, path).json(&body)).await
    }

    async fn bare(&self, method: &str, path: &str) -> Got {
        self.send(self.request(method, path)).await
    }

    /// Every row of a list, and how many pages it took.
    async fn all(&self, path: &str) -> (Vec<Value>, usize) {
        let (mut rows, mut pages, mut next) = (Vec::new(), 0, Some(path.to_owned()));
        while let Some(path) = next {
            let got = self.get(&path).await;
            assert_eq!(got.status, 200, "{path}: {}", got.body);
            rows.extend(got.body.as_array().unwrap().iter().cloned());
            pages += 1;
            next = got.next();
        }
        (rows, pages)
    }
}
