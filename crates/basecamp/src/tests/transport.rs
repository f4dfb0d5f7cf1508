//! What the transport does with answers that are late, wrong, or not Basecamp's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::any;
use contract::{Kind, RecordingId};
use futures::future::BoxFuture;
use sim::{Fault, Limit};
use tokio_util::sync::CancellationToken;

use super::{api, settings, small};
use crate::{Api, Limiter, Pace, Priority, Settings, Tokens, Trouble};

/// A server that answers everything in one way. Gives its address and how often it was asked.
pub(crate) async fn answering<R: IntoResponse>(
    answer: impl Fn(usize, Uri, HeaderMap) -> R + Clone + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let router = Router::new().fallback(any(move |uri: Uri, headers: HeaderMap| {
        let turn = count.fetch_add(1, Ordering::SeqCst);
        let answer = answer(turn, uri, headers).into_response();
        async move { answer }
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

pub(crate) fn asking(base_url: &str) -> Api {
    Api::new(settings(base_url, "1", "token")).unwrap()
}

#[tokio::test]
async fn account_and_profile_are_read() {
    let sim = small(false).await;
    let api = api(&sim);
    let account = api.account().await.unwrap();
    assert_eq!((account.id, account.active), (sim.account_id(), true));
    assert_eq!(api.profile().await.unwrap().value.id.0, sim.me());
}

#[tokio::test]
async fn a_token_goes_to_https_or_this_machine_only() {
    for bad in ["http://3.basecampapi.com", "ftp://127.0.0.1", "", "basecamp", "http://127.0.0.1.example.com"] {
        let refused = Api::new(settings(bad, "1", "secret-token")).unwrap_err();
        assert!(matches!(refused, Trouble::NotBasecamp(_)), "{bad}: {refused}");
        assert!(!refused.to_string().contains("secret-token"));
    }
    assert!(Api::new(settings("https://3.basecampapi.com/", "1", "t")).is_ok());
}

#[tokio::test]
async fn a_handle_shows_no_secret() {
    let api = Api::new(settings("https://3.basecampapi.com", "1", "canary-7f3a")).unwrap();
    assert!(!format!("{api:?}").contains("canary"));
}

#[tokio::test]
async fn each_answer_has_its_trouble() {
    let json = [("content-type", "application/json")];
    type Case = (StatusCode, &'static str, fn(&Trouble) -> bool);
    let cases: [Case; 9] = [
        (StatusCode::UNAUTHORIZED, "{}", |t| *t == Trouble::SignIn),
        (StatusCode::FORBIDDEN, "{\"error\":\"no\"}", |t| *t == Trouble::Forbidden("no".to_owned())),
        (StatusCode::NOT_FOUND, "", |t| *t == Trouble::Missing),
        (StatusCode::BAD_REQUEST, "no", |t| matches!(t, Trouble::Refused { status: 400, .. })),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            "{\"errors\":{\"name\":[\"is blank\"]}}",
            |t| matches!(t, Trouble::Refused { status: 422, message } if message.contains("name: is blank")),
        ),
        (StatusCode::INSUFFICIENT_STORAGE, "{}", |t| matches!(t, Trouble::Refused { status: 507, .. })),
        (StatusCode::INTERNAL_SERVER_ERROR, "{}", |t| matches!(t, Trouble::Unreachable(_))),
        (StatusCode::OK, "<!DOCTYPE html><p>Welcome", |t| matches!(t, Trouble::NotBasecamp(_))),
        (StatusCode::OK, "{\"id\":", |t| matches!(t, Trouble::Malformed { .. })),
    ];
    for (status, body, fits) in cases {
        let (address, _) = answering(move |_, _, _| (status, json, body)).await;
        let trouble = asking(&address).fetch(Kind::Todo, RecordingId(1)).await.unwrap_err();
        assert!(fits(&trouble), "{status} {body}: {trouble:?}");
        assert!(trouble.to_string().len() > 30, "{trouble}");
    }
}

#[tokio::test]
async fn no_server_is_unreachable_and_an_inactive_account_is_told() {
    let trouble = asking("http://127.0.0.1:9").account().await.unwrap_err();
    assert!(matches!(trouble, Trouble::Unreachable(_)), "{trouble:?}");
    let (address, asked) = answering(|_, _, _| (StatusCode::NOT_FOUND, [("reason", "Account Inactive")], "")).await;
    assert_eq!(asking(&address).account().await.unwrap_err(), Trouble::AccountInactive);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_redirect_is_followed_at_home_only() {
    let (address, _) = answering(|turn, _, _| {
        if turn == 0 {
            (StatusCode::FOUND, [("location", "/elsewhere.json")], String::new())
        } else {
            (StatusCode::OK, [("x", "y")], "{\"id\":5,\"name\":\"A\"}".to_owned())
        }
    })
    .await;
    assert_eq!(asking(&address).account().await.unwrap().id, 5);
    let (thief, stolen) = answering(|_, _, _| "{}").await;
    let (address, _) = answering(move |_, _, _| (StatusCode::FOUND, [("location", thief.clone())], "")).await;
    let trouble = asking(&address).account().await.unwrap_err();
    assert!(matches!(trouble, Trouble::NotBasecamp(_)), "{trouble:?}");
    assert_eq!(stolen.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_429_is_waited_out_and_never_seen() {
    let sim = sim::Sim::start(sim::Options { size: sim::Size::small(), limit: None, ..sim::Options::default() })
        .await
        .unwrap();
    sim.faults().next(1, "GET", "account", Fault::TooMany(1));
    let before = std::time::Instant::now();
    api(&sim).account().await.unwrap();
    assert!(before.elapsed() >= Duration::from_millis(990));
    assert_eq!(sim.counters().too_many, 1);
}

#[tokio::test]
async fn the_limiter_keeps_the_server_content() {
    let sim = sim::Sim::start(sim::Options {
        size: sim::Size::small(),
        limit: Some(Limit { requests: 20, window: jiff::SignedDuration::from_millis(400) }),
        ..sim::Options::default()
    })
    .await
    .unwrap();
    let api = Api::new(Settings {
        limiter: Limiter::new(Pace {
            requests: 20,
            window: Duration::from_millis(400),
            slack: Duration::from_millis(150),
            reserve: 1,
        }),
        ..settings(sim.base_url(), &sim.account_id().to_string(), sim.token())
    })
    .unwrap();
    let api = api.at(Priority::Background, CancellationToken::new()).unwrap();
    futures::future::try_join_all((0..60).map(|_| api.account())).await.unwrap();
    assert_eq!(api.requests(), sim.counters().total() + sim.counters().too_many);
}

#[tokio::test]
async fn a_cancelled_handle_stops_at_once() {
    let sim = small(false).await;
    let stop = CancellationToken::new();
    let api = api(&sim).at(Priority::Person, stop.clone()).unwrap();
    let gate = sim.faults().hold_next("GET", "account");
    let asked = tokio::spawn(async move { api.account().await });
    gate.arrived().await;
    stop.cancel();
    assert_eq!(asked.await.unwrap().unwrap_err(), Trouble::Cancelled);
    gate.open();
}

/// A grant whose first token has ended.
struct Grant {
    fresh: AtomicBool,
    refreshed: AtomicUsize,
    good: String,
    gone: bool,
}

impl Tokens for Arc<Grant> {
    fn access_token(&self) -> BoxFuture<'_, Result<String, Trouble>> {
        let token = if self.fresh.load(Ordering::SeqCst) { self.good.as_str() } else { "old" };
        Box::pin(async move { Ok(token.to_owned()) })
    }
    fn refreshable(&self) -> bool {
        true
    }
    fn refresh(&self) -> BoxFuture<'_, Result<bool, Trouble>> {
        Box::pin(async {
            self.refreshed.fetch_add(1, Ordering::SeqCst);
            if self.gone {
                return Err(Trouble::Revoked);
            }
            self.fresh.store(true, Ordering::SeqCst);
            Ok(true)
        })
    }
}

#[tokio::test]
async fn many_callers_refresh_once_and_a_lost_grant_is_told() {
    let sim = small(false).await;
    for gone in [false, true] {
        let grant = Arc::new(Grant {
            fresh: AtomicBool::new(false),
            refreshed: AtomicUsize::new(0),
            good: sim.token().to_owned(),
            gone,
        });
        let api = Api::new(Settings {
            tokens: Arc::new(grant.clone()),
            ..settings(sim.base_url(), &sim.account_id().to_string(), "")
        })
        .unwrap();
        let other = api.at(Priority::Background, CancellationToken::new()).unwrap();
        if gone {
            assert_eq!(api.account().await.unwrap_err(), Trouble::Revoked);
        } else {
            let many = (0..8).map(|turn| if turn % 2 == 0 { api.profile() } else { other.profile() });
            let done: Vec<_> = futures::future::join_all(many).await;
            assert!(done.iter().all(Result::is_ok));
            assert_eq!(grant.refreshed.load(Ordering::SeqCst), 1);
        }
    }
}
