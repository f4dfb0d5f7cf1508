//! The addresses: `/api/rpc/NAME`, `/api/commands`, `/api/ticket`, `/api/events`, and the page for all else.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contract::{Caller, Code, Door as Through, Fault, FeedEvent, WorkspaceId};
use engine::Engine;
use futures::{Stream, StreamExt};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::Page;
use crate::door::Door;

/// 4 MiB: more than any command needs.
const BODY_LIMIT: usize = 4 << 20;

#[derive(Clone)]
struct App {
    engine: Engine,
    page: Page,
    door: Arc<Door>,
    until: CancellationToken,
}

pub(crate) fn router(engine: Engine, page: Page, door: Arc<Door>, until: CancellationToken) -> Router {
    let app = App { engine, page, door, until };
    Router::new()
        .route("/api/rpc/{name}", post(rpc))
        .route("/api/commands", get(commands))
        .route("/api/ticket", post(ticket))
        .route("/api/events", get(events))
        .fallback(get(page_file))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), only_ours))
        .with_state(app)
}

async fn only_ours(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.door.check_host(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(fault) => refuse(&fault),
    }
}

async fn rpc(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = async {
        app.door.check_token(&headers)?;
        let caller = Caller::person(Through::Http, workspace(&headers)?);
        let payload = std::str::from_utf8(&body)
            .map_err(|_| Fault::invalid("body", "The body is not text. Send the command's input as JSON."))?;
        app.engine.call(&caller, &name, payload).await
    };
    match answer.await {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(fault) => refuse(&fault),
    }
}

async fn commands(State(app): State<App>, headers: HeaderMap) -> Response {
    match app.door.check_token(&headers) {
        Ok(()) => ([(CONTENT_TYPE, "application/json")], engine::describe_commands().to_string()).into_response(),
        Err(fault) => refuse(&fault),
    }
}

async fn ticket(State(app): State<App>, headers: HeaderMap) -> Response {
    match app.door.check_token(&headers).and_then(|()| app.door.ticket()) {
        Ok(ticket) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], ticket).into_response(),
        Err(fault) => refuse(&fault),
    }
}

#[derive(Deserialize)]
struct Attach {
    ticket: String,
    after: Option<u64>,
    workspace: Option<WorkspaceId>,
}

async fn events(State(app): State<App>, Query(attach): Query<Attach>) -> Response {
    if let Err(fault) = app.door.redeem(&attach.ticket) {
        return refuse(&fault);
    }
    let feed = app.engine.attach(attach.after, attach.workspace);
    Sse::new(as_events(feed.take_until(app.until.cancelled_owned()))).keep_alive(KeepAlive::default()).into_response()
}

fn as_events(feed: impl Stream<Item = FeedEvent>) -> impl Stream<Item = Result<Event, Infallible>> {
    feed.filter_map(|event| async move {
        let text = serde_json::to_string(&event).ok()?;
        Some(Ok(Event::default().id(event.seq.to_string()).data(text)))
    })
}

async fn page_file(State(app): State<App>, uri: Uri) -> Response {
    app.page.answer(uri.path())
}

fn workspace(headers: &HeaderMap) -> Result<Option<WorkspaceId>, Fault> {
    let Some(value) = headers.get("x-pmos-workspace") else { return Ok(None) };
    let id = value.to_str().ok().and_then(|text| text.parse().ok());
    id.map(Some).ok_or_else(|| Fault::invalid("x-pmos-workspace", "The workspace must be given by its number."))
}

pub(crate) fn refuse(fault: &Fault) -> Response {
    let status = match fault.code {
        Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Forbidden | Code::NeedsApproval => StatusCode::FORBIDDEN,
        Code::SignInNeeded | Code::VaultLocked => StatusCode::UNAUTHORIZED,
        Code::Conflict | Code::Busy => StatusCode::CONFLICT,
        Code::Storage => StatusCode::INSUFFICIENT_STORAGE,
        Code::Offline | Code::Upstream => StatusCode::BAD_GATEWAY,
        Code::Cancelled => StatusCode::REQUEST_TIMEOUT,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    match serde_json::to_string(fault) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => status.into_response(),
    }
}
