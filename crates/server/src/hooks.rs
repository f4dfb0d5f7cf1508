//! The addresses of automations on this machine. It listens on 127.0.0.1 only, and only once an automation waits for calls; who
//! may start one is the engine's to say.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on};
use contract::Fault;
use engine::{Engine, HookCall, HookTarget};
use tokio::net::TcpListener;

use crate::routes::refuse;

/// The port that is tried first, so that addresses stay the same from start to start.
const PORT: u16 = 47613;

/// Larger calls are refused, in bytes.
const BODY: usize = 10 << 20;

/// What is a call. A browser that asks what it may do, before a page of another site calls, calls nothing.
const CALLS: MethodFilter =
    MethodFilter::GET.or(MethodFilter::POST).or(MethodFilter::PUT).or(MethodFilter::PATCH).or(MethodFilter::DELETE);

/// How the pages of forms look.
const FORM: &str = include_str!("form.css");

/// Listens once an automation wants to be called, until the app ends. When the usual port is taken, another is used and the
/// addresses change with it.
pub async fn serve_hooks(engine: Engine) {
    tokio::select! {
        () = engine.hooks_wanted() => {}
        () = engine.ended() => return,
    }
    let ended = engine.ended();
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await,
    };
    let listener = match listener.and_then(|listener| Ok((listener.local_addr()?, listener))) {
        Ok((address, listener)) => {
            engine.hooks_open(address);
            listener
        }
        Err(why) => {
            tracing::error!(%why, "nobody can call automations: no port could be opened");
            return;
        }
    };
    let served = axum::serve(listener, router(engine)).with_graceful_shutdown(ended).await;
    if let Err(why) = served {
        tracing::error!(%why, "the addresses of automations ended");
    }
}

fn router(engine: Engine) -> Router {
    Router::new()
        .route("/hooks/form.css", get(|| async { ([(CONTENT_TYPE, "text/css; charset=utf-8")], FORM) }))
        .route("/hooks/{workspace}/{flow}/{secret}", on(CALLS, called))
        .route("/hooks/{workspace}/{flow}/{secret}/sync", on(CALLS, called))
        .route("/hooks/{workspace}/waits/{run}/{number}/{secret}", on(CALLS, called))
        .route("/hooks/{workspace}/waits/{run}/{number}/{secret}/sync", on(CALLS, called))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(engine)
}

async fn called(
    State(engine): State<Engine>,
    Path(mut address): Path<HashMap<String, String>>,
    Query(query): Query<Vec<(String, String)>>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else {
        let fault =
            Fault::invalid("body", "The call is larger than 10 MB, or was cut off. Send less, or a link to it.");
        let mut refused = refuse(&fault);
        *refused.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return refused;
    };
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut part = |name: &str| address.remove(name);
    let target = match part("flow") {
        Some(flow) => HookTarget::Flow(flow),
        None => HookTarget::Wait { run: part("run").unwrap_or_default(), number: part("number").unwrap_or_default() },
    };
    let call = HookCall {
        workspace: part("workspace").unwrap_or_default(),
        target,
        secret: part("secret").unwrap_or_default(),
        waits: uri.path().ends_with("/sync"),
        method: method.to_string(),
        headers: headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        query,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    match engine.hook(call).await {
        Ok(reply) => {
            let mut response = Response::builder().status(reply.status);
            for (name, value) in &reply.headers {
                response = response.header(name, value);
            }
            response.body(Body::from(reply.body)).unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
        }
        Err(fault) => refuse(&fault),
    }
}
