//! A Slack stand-in: the few methods that automations call, over loopback, with a log of what arrived.
//!
//! Messages with a `client_msg_id` that was seen before are answered as the first was and not posted again. It knows no
//! automations. Faults: a limit with `Retry-After`, a refused token, a channel that is not there, a hang.

mod answer;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::{Clock, machine_clock};
use crate::faults::Gate;
use crate::sim::StartError;
use answer::answer;

/// What goes wrong with a request.
#[derive(Debug, Clone)]
pub enum SlackFault {
    /// 429 with `Retry-After` in seconds.
    Limited(u64),
    /// 200 with `ok: false` and this error, such as `invalid_auth` or `channel_not_found`.
    Error(&'static str),
    /// The request is held until the gate opens, then handled.
    Hold(Gate),
    /// The request is handled, and 500 is answered all the same: the answer is lost.
    LostAnswer,
}

/// A message as the workspace shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The id of the channel or of the person; empty for a webhook, whose address says where it goes.
    pub channel: String,
    /// What it says.
    pub text: String,
    /// Its address in the channel.
    pub ts: String,
    /// The first message of the thread, if it is in one.
    pub thread: Option<String>,
    /// What the client called it.
    pub client_msg_id: Option<String>,
    /// The blocks, if there were any.
    pub blocks: Option<Value>,
}

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Such as `/api/chat.postMessage`.
    pub path: String,
    /// The parameters, from wherever they were.
    pub params: Value,
    /// Whether the token was good.
    pub is_allowed: bool,
}

/// How to start.
#[derive(Clone)]
pub struct SlackOptions {
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// The bot token that is good.
    pub token: String,
    /// The last part of the address of the incoming webhook.
    pub webhook: String,
    /// Tells the time, of which messages are named.
    pub clock: Clock,
    /// Channels by id and name.
    pub channels: Vec<(String, String)>,
    /// People by id, name and e-mail.
    pub people: Vec<(String, String, String)>,
}

impl Default for SlackOptions {
    fn default() -> Self {
        let channels =
            [("C01GENERAL", "general"), ("C02DELIVERY", "delivery"), ("C03TRIAGE", "triage"), ("C04WEEKLY", "weekly")];
        let people = [
            ("U01ADA", "Ada Sample", "ada@example.com"),
            ("U02MINA", "Mina Okafor", "mina@example.com"),
            ("U03NOOR", "Noor Haddad", "noor@example.com"),
            ("U04JONAS", "Jonas Weber", "jonas@example.com"),
            ("U05LEILA", "Leila Costa", "leila@example.com"),
        ];
        Self {
            port: 0,
            token: "xoxb-sample-token".to_owned(),
            webhook: "T01/B01/sample".to_owned(),
            clock: machine_clock(),
            channels: channels.map(|(id, name)| (id.to_owned(), name.to_owned())).into(),
            people: people.map(|(id, name, email)| (id.to_owned(), name.to_owned(), email.to_owned())).into(),
        }
    }
}

pub(crate) struct Workspace {
    pub(crate) options: SlackOptions,
    pub(crate) posted: Vec<Posted>,
    pub(crate) arrived: Vec<Arrived>,
    pub(crate) faults: Vec<(String, SlackFault)>,
    pub(crate) last: u64,
}

/// A running stand-in. Dropping it stops the server.
pub struct Slack {
    workspace: Arc<Mutex<Workspace>>,
    origin: String,
    task: JoinHandle<()>,
}

impl std::fmt::Debug for Slack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slack").field("origin", &self.origin).finish_non_exhaustive()
    }
}

fn lock(workspace: &Mutex<Workspace>) -> MutexGuard<'_, Workspace> {
    workspace.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slack {
    /// Listens on loopback.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(options: SlackOptions) -> Result<Self, StartError> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let workspace = Workspace { options, posted: Vec::new(), arrived: Vec::new(), faults: Vec::new(), last: 0 };
        let workspace = Arc::new(Mutex::new(workspace));
        let router = Router::new().fallback(handle).with_state(Arc::clone(&workspace));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::warn!(%error, "the Slack stand-in stopped");
            }
        });
        Ok(Self { workspace, origin, task })
    }

    /// What stands for `https://slack.com`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.origin
    }

    /// The bot token that is good.
    #[must_use]
    pub fn token(&self) -> String {
        lock(&self.workspace).options.token.clone()
    }

    /// The address of the incoming webhook.
    #[must_use]
    pub fn webhook_url(&self) -> String {
        format!("{}/services/{}", self.origin, lock(&self.workspace).options.webhook)
    }

    /// Has the workspace know these people, by id, name and e-mail, and nobody else.
    pub fn set_people(&self, people: Vec<(String, String, String)>) {
        lock(&self.workspace).options.people = people;
    }

    /// The messages that the workspace shows, in order.
    #[must_use]
    pub fn posted(&self) -> Vec<Posted> {
        lock(&self.workspace).posted.clone()
    }

    /// What people call a channel or person of this id; the id itself if there is none.
    #[must_use]
    pub fn called(&self, id: &str) -> String {
        let workspace = lock(&self.workspace);
        let options = &workspace.options;
        let channels = options.channels.iter().map(|(id, name)| (id, name));
        let mut all = channels.chain(options.people.iter().map(|(id, name, _)| (id, name)));
        all.find(|(known, _)| *known == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }

    /// The requests that arrived, in order, the refused ones too.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrived> {
        lock(&self.workspace).arrived.clone()
    }

    /// The next request whose path contains `path_part` goes wrong so. Earlier faults go first.
    pub fn fail_next(&self, path_part: &str, fault: SlackFault) {
        lock(&self.workspace).faults.push((path_part.to_owned(), fault));
    }
}

impl Drop for Slack {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn handle(State(workspace): State<Arc<Mutex<Workspace>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let Ok(body) = to_bytes(body, 4 << 20).await else {
        return send(413, &json!({ "ok": false, "error": "request_too_large" }), None);
    };
    let text = |name: header::HeaderName| head.headers.get(name).and_then(|value| value.to_str().ok());
    let token = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
    let is_json = text(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/json"));
    let params = answer::params(head.uri.query().unwrap_or_default(), &body, is_json);
    let fault = {
        let mut workspace = lock(&workspace);
        let found = workspace.faults.iter().position(|(part, _)| path.contains(part.as_str()));
        found.map(|at| workspace.faults.remove(at).1)
    };
    if let Some(SlackFault::Hold(gate)) = &fault {
        gate.pass().await;
    }
    let (status, body) = answer(&mut lock(&workspace), &path, token.as_deref(), params, fault.as_ref());
    let retry = match fault {
        Some(SlackFault::Limited(seconds)) => Some(seconds),
        Some(SlackFault::Error(_) | SlackFault::Hold(_) | SlackFault::LostAnswer) | None => None,
    };
    send(status, &body, retry)
}

fn send(status: u16, body: &Value, retry_after: Option<u64>) -> Response {
    // The webhook answers in plain text.
    let (kind, text) = match body.as_str() {
        Some(text) => ("text/plain", text.to_owned()),
        None => ("application/json; charset=utf-8", body.to_string()),
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
