//! A stand-in for an authorization server: scripted answers, and a record of what was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

#[derive(Clone)]
pub(super) struct Stub {
    pub(super) base: String,
    inner: Arc<Inner>,
}

struct Inner {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Asked>>,
    /// Answers leave only against a permit, when closed.
    gate: Semaphore,
}

#[derive(Clone)]
struct Answer {
    status: u16,
    kind: &'static str,
    body: String,
}

#[derive(Clone)]
pub(super) struct Asked {
    pub(super) bearer: Option<String>,
    pub(super) form: HashMap<String, String>,
}

impl Stub {
    pub(super) async fn start() -> Self {
        let stub = Self::gated().await;
        stub.open();
        stub
    }

    /// An address at which nobody listens.
    pub(super) fn nowhere() -> Self {
        let inner = Inner { answers: Mutex::default(), asked: Mutex::default(), gate: Semaphore::new(0) };
        Self { base: "http://127.0.0.1:1".to_owned(), inner: Arc::new(inner) }
    }

    /// Holds every answer back until [`Stub::open`].
    pub(super) async fn gated() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner { answers: Mutex::default(), asked: Mutex::default(), gate: Semaphore::new(0) };
        let stub = Self { base, inner: Arc::new(inner) };
        let app = Router::new().fallback(answer).with_state(Arc::clone(&stub.inner));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        stub
    }

    pub(super) fn open(&self) {
        self.inner.gate.add_permits(1_000_000);
    }

    pub(super) fn json(&self, status: u16, body: &str) -> &Self {
        self.push(status, "application/json", body)
    }

    pub(super) fn html(&self, status: u16, body: &str) -> &Self {
        self.push(status, "text/html; charset=utf-8", body)
    }

    fn push(&self, status: u16, kind: &'static str, body: &str) -> &Self {
        self.inner.answers.lock().unwrap().push_back(Answer { status, kind, body: body.to_owned() });
        self
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.inner.asked.lock().unwrap().clone()
    }
}

async fn answer(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let bearer = request.headers().get(AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let form = url::form_urlencoded::parse(&body).into_owned().collect();
    inner.asked.lock().unwrap().push(Asked { bearer, form });
    inner.gate.acquire().await.unwrap().forget();
    let next = inner.answers.lock().unwrap().pop_front();
    let Answer { status, kind, body } = next.expect("an answer is scripted for every request");
    (axum::http::StatusCode::from_u16(status).unwrap(), [(CONTENT_TYPE, kind)], body).into_response()
}
