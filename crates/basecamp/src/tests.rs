//! The crate against the stand-in: a handle on it, and the passes, edits and transport tried over real HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod edits;
pub(crate) mod mirror;
mod passes;
pub(crate) mod transport;

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use sim::{Options, Sim, Size};
use tokio_util::sync::CancellationToken;

use crate::{Api, Jitter, Limiter, Pace, Priority, Settings, Tokens, Trouble};

struct Token(String);

impl Tokens for Token {
    fn access_token(&self) -> BoxFuture<'_, Result<String, Trouble>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

fn settings(base_url: &str, account: &str, token: &str) -> Settings {
    Settings {
        base_url: base_url.to_owned(),
        account: account.to_owned(),
        tokens: Arc::new(Token(token.to_owned())),
        limiter: Limiter::new(Pace::unhurried()),
        jitter: Jitter::new(|| 0.0),
        patience: Duration::from_micros(10),
    }
}

/// Big enough to have every kind in it, groups and loose to-dos included.
async fn sample() -> Sim {
    Sim::start(Options { limit: None, ..Options::default() }).await.unwrap()
}

async fn small(generic: bool) -> Sim {
    Sim::start(Options { size: Size::small(), limit: None, generic_recordings: generic, ..Options::default() })
        .await
        .unwrap()
}

fn api(sim: &Sim) -> Api {
    Api::new(settings(sim.base_url(), &sim.account_id().to_string(), sim.token())).unwrap()
}

fn background(api: &Api) -> (Api, CancellationToken) {
    let stop = CancellationToken::new();
    (api.at(Priority::Background, stop.clone()).unwrap(), stop)
}
