//! A workspace's way to Basecamp: made when it is first needed, dropped when the sign-in changes.
//!
//! The sample workspace has a Basecamp of its own on this machine; from here on nothing tells the two apart.

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use basecamp::{Api, Jitter, Limiter, Pace, Settings, Tokens, Trouble};
use contract::{Code, Fault, SignInId, Source, Workspace};
use futures::future::BoxFuture;
use sim::Sim;
use tokio::sync::Mutex;
use vault::Secret;

use crate::fault::of_trouble;
use crate::options::{Clock, Sample};
use crate::{Engine, Inner};

/// How a workspace reaches Basecamp.
pub(crate) struct Link {
    source: From,
    patience: Duration,
    open: Mutex<Option<Open>>,
}

enum From {
    Sample { journal: PathBuf, sample: Sample, clock: Clock },
    Account { engine: Weak<Inner>, sign_in: Option<SignInId>, account: String },
}

struct Open {
    api: Api,
    sim: Option<Sim>,
}

impl Link {
    pub(crate) fn new(engine: &Engine, workspace: &Workspace) -> Self {
        let options = &engine.0.options;
        let source = match workspace.source {
            Source::Sample => From::Sample {
                journal: options.data_dir.join("workspaces").join(format!("{}.sample", workspace.id)),
                sample: options.sample,
                clock: options.clock.clone(),
            },
            Source::Basecamp => From::Account {
                engine: Arc::downgrade(&engine.0),
                sign_in: workspace.sign_in,
                account: workspace.account.clone(),
            },
        };
        Self { source, patience: options.patience, open: Mutex::default() }
    }

    /// The handle on the account.
    pub(crate) async fn api(&self) -> Result<Api, Fault> {
        let mut open = self.open.lock().await;
        if let Some(open) = &*open {
            return Ok(open.api.clone());
        }
        let made = match &self.source {
            From::Sample { journal, sample, clock } => {
                sample_link(journal.clone(), *sample, clock.clone(), self.patience).await?
            }
            From::Account { engine, sign_in, account } => {
                let engine =
                    engine.upgrade().map(Engine).ok_or_else(|| Fault::new(Code::Cancelled, "The app is ending."))?;
                let sign_in = sign_in.ok_or_else(reconnect)?;
                Open { api: signed_in(&engine, sign_in, account).await?, sim: None }
            }
        };
        let api = made.api.clone();
        *open = Some(made);
        Ok(api)
    }

    /// What Basecamp said to a request may be about the sign-in: then that is noted.
    pub(crate) async fn heed(&self, fault: &Fault) {
        if fault.code == Code::SignInNeeded
            && let From::Account { engine, sign_in: Some(id), .. } = &self.source
            && let Some(engine) = engine.upgrade().map(Engine)
        {
            engine.sign_in_refused(*id, fault.clone()).await;
        }
    }

    /// The next use makes it anew: the sign-in has changed.
    pub(crate) async fn forget(&self) {
        self.close().await;
    }

    pub(crate) async fn close(&self) {
        let open = self.open.lock().await.take();
        if let Some(Open { sim: Some(sim), .. }) = open {
            sim.stop().await;
        }
    }
}

fn reconnect() -> Fault {
    Fault::new(Code::SignInNeeded, "This workspace has no sign-in any more. Connect its Basecamp account again.")
}

/// The handle that a sign-in gives on one of its accounts.
pub(crate) async fn signed_in(engine: &Engine, sign_in: SignInId, account: &str) -> Result<Api, Fault> {
    let known = engine.0.signins.connection(engine, sign_in).await?.ok_or_else(reconnect)?;
    let settings = Settings {
        base_url: known.api,
        account: account.to_owned(),
        tokens: known.tokens,
        limiter: engine.0.limiter.clone(),
        jitter: jitter(),
        patience: engine.0.options.patience,
    };
    Api::new(settings).map_err(|trouble| of_trouble(&trouble))
}

/// What addresses in the sample begin with: no browser leads anywhere from there.
const NOWHERE: &str = "https://sample.invalid";

async fn sample_link(journal: PathBuf, sample: Sample, clock: Clock, patience: Duration) -> Result<Open, Fault> {
    let options = sim::Options {
        seed: sample.seed,
        size: sample.size,
        clock,
        limit: None,
        journal: Some(journal),
        named: Some(NOWHERE),
        ..sim::Options::default()
    };
    let sim = Sim::start(options)
        .await
        .map_err(|why| Fault::new(Code::Storage, format!("The sample workspace could not be started: {why}.")))?;
    let settings = Settings {
        base_url: sim.base_url().to_owned(),
        account: sim.account_id().to_string(),
        tokens: Arc::new(Fixed(Secret::new(sim.token()))),
        limiter: Limiter::new(Pace::unhurried()),
        jitter: jitter(),
        patience,
    };
    let api = Api::new(settings).map_err(|trouble| of_trouble(&trouble))?;
    Ok(Open { api, sim: Some(sim) })
}

/// A handle for finding out what a token is good for, before anything is kept.
pub(crate) fn probe(engine: &Engine, api: &str, account: &str, token: &Secret) -> Result<Api, Fault> {
    let settings = Settings {
        base_url: api.to_owned(),
        account: account.to_owned(),
        tokens: Arc::new(Fixed(token.clone())),
        limiter: engine.0.limiter.clone(),
        jitter: jitter(),
        patience: engine.0.options.patience,
    };
    Api::new(settings).map_err(|trouble| of_trouble(&trouble))
}

/// One token that is never renewed.
struct Fixed(Secret);

impl Tokens for Fixed {
    fn access_token(&self) -> BoxFuture<'_, Result<String, Trouble>> {
        Box::pin(async { Ok(self.0.expose().to_owned()) })
    }
}

/// Chance for the waits between retries: it only has to differ between machines.
fn jitter() -> Jitter {
    Jitter::new(|| {
        let mut bytes = [0_u8; 4];
        let rolled = getrandom::fill(&mut bytes).is_ok();
        if rolled { f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0) } else { 0.5 }
    })
}
