//! Stays signed in: one token for all requests, renewed before it ends and once when the server no longer takes it, by one
//! request however many wait for it. It knows no other request than those of signing in.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;

use crate::http::{Ask, Http};
use crate::wire::lenient;
use crate::{Account, Credential, Credentials, Fault, Newcomer, Secret};

/// How long a token lives when it does not say.
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long before its end a token is renewed.
const MARGIN: SignedDuration = SignedDuration::from_hours(6);
/// How long a refused sign-in is not tried again: the server allows 50 in a minute, to everyone at one address.
const REST: SignedDuration = SignedDuration::from_secs(30);

/// What a request is signed with.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    pub(crate) secret: Secret,
    number: u64,
    /// When a fresh one is asked for; never for a key.
    renewal: Option<Timestamp>,
    account: Account,
}

pub(crate) struct Session {
    credentials: Arc<dyn Credentials>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    pass: Option<Pass>,
    refused: Option<(Fault, Timestamp)>,
    count: u64,
    has_asked_for_kept: bool,
}

impl Session {
    pub(crate) fn new(credentials: Arc<dyn Credentials>) -> Self {
        Self { credentials, state: Mutex::new(State::default()) }
    }

    /// What to sign with: a fresh one if there is none, or if it ends soon.
    pub(crate) async fn pass(&self, http: &Http) -> Result<Pass, Fault> {
        let mut state = self.state.lock().await;
        let now = http.now();
        if let Some(pass) = state.pass.as_ref().filter(|pass| pass.renewal.is_none_or(|renewal| now < renewal)) {
            return Ok(pass.clone());
        }
        if !state.has_asked_for_kept {
            state.has_asked_for_kept = true;
            let kept = self.credentials.kept_token().await.filter(|kept| !kept.is_blank());
            if let Some(secret) = kept {
                let (ends, account) = claims(&secret);
                if let Some(ends) = ends.filter(|ends| ends.duration_since(now) > MARGIN) {
                    return Ok(state.take(secret, Some(renewal(now, ends)), account));
                }
            }
        }
        self.obtain(&mut state, http, false).await
    }

    /// A fresh one in place of one that the server did not take. Those who come together get the same.
    pub(crate) async fn renew(&self, http: &Http, old: &Pass) -> Result<Pass, Fault> {
        let mut state = self.state.lock().await;
        match state.pass.as_ref().filter(|pass| pass.number != old.number) {
            Some(pass) => Ok(pass.clone()),
            None => self.obtain(&mut state, http, false).await,
        }
    }

    /// Signs in now, even if that was refused a moment ago.
    pub(crate) async fn sign_in(&self, http: &Http) -> Result<Account, Fault> {
        let mut state = self.state.lock().await;
        self.obtain(&mut state, http, true).await.map(|pass| pass.account)
    }

    /// Who is signed in.
    pub(crate) async fn account(&self, http: &Http) -> Result<Account, Fault> {
        self.pass(http).await.map(|pass| pass.account)
    }

    /// Makes an account. The first one of a server gets a token that is good for one thing only: making the platform.
    pub(crate) async fn sign_up(&self, http: &Http, who: &Newcomer) -> Result<Account, Fault> {
        let mut state = self.state.lock().await;
        let body = json!({
            "email": who.email, "password": who.password.expose(), "firstName": who.first_name, "lastName": who.last_name,
            "trackEvents": false, "newsLetter": false,
        });
        let mut answer = authentication(http, Ask::post(&["v1", "authentication", "sign-up"], &body), None).await?;
        if answer.project_id.is_none() {
            let onboarding = Secret::new(std::mem::take(&mut answer.token));
            let body = json!({ "name": who.platform });
            answer = authentication(http, Ask::post(&["v1", "platforms"], &body), Some(&onboarding)).await?;
        }
        Ok(self.keep(&mut state, http, answer).await.account)
    }

    async fn obtain(&self, state: &mut State, http: &Http, now_really: bool) -> Result<Pass, Fault> {
        let now = http.now();
        if let Some((fault, at)) = state.refused.as_ref().filter(|_| !now_really)
            && now.duration_since(*at) < REST
        {
            return Err(fault.clone());
        }
        state.pass = None;
        let (email, password) = match self.credentials.credential().await? {
            Credential::ApiKey(key) => return Ok(state.take(key, None, Account::default())),
            Credential::Password { email, password } => (email, password),
        };
        let body = json!({ "email": email, "password": password.expose() });
        let ask = Ask::post(&["v1", "authentication", "sign-in"], &body).reading();
        match authentication(http, ask, None).await {
            Ok(answer) => Ok(self.keep(state, http, answer).await),
            Err(fault) => {
                if matches!(fault, Fault::SignIn(_) | Fault::Forbidden(_)) {
                    state.refused = Some((fault.clone(), now));
                }
                Err(fault)
            }
        }
    }

    async fn keep(&self, state: &mut State, http: &Http, answer: Authentication) -> Pass {
        let secret = Secret::new(answer.token);
        let (ends, _) = claims(&secret);
        let now = http.now();
        let ends = ends.or_else(|| now.checked_add(LIFE).ok());
        let account = Account {
            user_id: answer.id,
            platform_id: answer.platform_id.unwrap_or_default(),
            project_id: answer.project_id,
            name: format!("{} {}", answer.first_name, answer.last_name).trim().to_owned(),
            email: answer.email,
            role: answer.platform_role,
        };
        self.credentials.keep_token(secret.clone()).await;
        state.take(secret, ends.map(|ends| renewal(now, ends)), account)
    }
}

impl State {
    fn take(&mut self, secret: Secret, renewal: Option<Timestamp>, account: Account) -> Pass {
        self.count += 1;
        self.refused = None;
        let pass = Pass { secret, number: self.count, renewal, account };
        self.pass = Some(pass.clone());
        pass
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Authentication {
    #[serde(deserialize_with = "lenient")]
    id: String,
    platform_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    platform_role: String,
    #[serde(deserialize_with = "lenient")]
    first_name: String,
    #[serde(deserialize_with = "lenient")]
    last_name: String,
    #[serde(deserialize_with = "lenient")]
    email: String,
    #[serde(deserialize_with = "lenient")]
    token: String,
    project_id: Option<String>,
}

async fn authentication(http: &Http, ask: Ask, signed: Option<&Secret>) -> Result<Authentication, Fault> {
    let text = http.patiently(&ask, signed).await?;
    // The text holds a token: what is wrong with it is not told in its own words.
    let answer: Authentication =
        serde_json::from_str(&text).map_err(|_| Fault::unreadable("it is no answer to a sign-in"))?;
    if answer.token.is_empty() {
        return Err(Fault::unreadable("it signed in and gave no token"));
    }
    Ok(answer)
}

/// Some hours before the end; less before that of a short life, or every request would begin with a sign-in.
fn renewal(now: Timestamp, ends: Timestamp) -> Timestamp {
    let margin = MARGIN.min(ends.duration_since(now) / 10);
    ends.checked_sub(margin).unwrap_or(ends)
}

/// What a token says of itself. It is the server's to trust it; we only want to know when it ends.
fn claims(token: &Secret) -> (Option<Timestamp>, Account) {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Claims {
        id: Option<String>,
        exp: Option<i64>,
        platform: Option<Platform>,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Platform {
        id: Option<String>,
    }
    let payload = token.expose().split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let claims: Claims = payload.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let account = Account {
        user_id: claims.id.unwrap_or_default(),
        platform_id: claims.platform.and_then(|platform| platform.id).unwrap_or_default(),
        ..Account::default()
    };
    (claims.exp.and_then(|seconds| Timestamp::from_second(seconds).ok()), account)
}
