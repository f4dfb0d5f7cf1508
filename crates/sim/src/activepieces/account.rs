//! Signing up and in, and who a token belongs to.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::ask::{self, Ask};
use super::ids::stamp;
use super::installation::{Installation, Owner, Person, Platform, Project};
use super::reply::Reply;
use super::token::{self, Bad, Claims};

/// Of a token before there is a platform.
const ONBOARDING: &str = "ONBOARDING";
const USER: &str = "USER";

impl Installation {
    pub(super) fn sign_up(&mut self, owner: Owner, track_events: bool, news_letter: bool, now: Timestamp) {
        let (id, identity, token_version) = (self.id(), self.id(), self.id());
        let person =
            Person { id, identity, owner, created: now, updated: now, token_version, track_events, news_letter };
        self.person = Some(person);
    }

    /// Makes the platform and its first project. The token that asked for it is void from here on.
    pub(super) fn found(&mut self, name: &str, now: Timestamp) {
        self.platform = Some(Platform { id: self.id(), name: name.to_owned(), created: now });
        let project = self.project(&format!("{name}'s Project"), false, now);
        self.projects.push(project);
        let token_version = self.id();
        if let Some(person) = &mut self.person {
            person.token_version = token_version;
            person.updated = now;
        }
    }

    pub(super) fn project(&mut self, name: &str, is_team: bool, now: Timestamp) -> Project {
        Project {
            id: self.id(),
            plan: self.id(),
            name: name.to_owned(),
            is_team,
            color: if is_team { "PURPLE" } else { "GREEN" },
            external_id: None,
            metadata: Value::Null,
            created: now,
            updated: now,
        }
    }

    /// Whom a request may act for: every project of the owner.
    pub(super) fn admit(&self, ask: &Ask<'_>) -> Result<(), Reply> {
        let claims = self.claims(ask.token(), ask.now)?;
        if claims.kind == USER { Ok(()) } else { Err(Reply::not_allowed()) }
    }

    /// Whether a token is good for a socket.
    pub(crate) fn is_signed_in(&self, token: &str, now: Timestamp) -> bool {
        self.claims(Some(token), now).is_ok_and(|claims| claims.kind == USER)
    }

    fn claims(&self, token: Option<&str>, now: Timestamp) -> Result<Claims, Reply> {
        let token = token.ok_or_else(Reply::not_allowed)?;
        let claims = token::read(&self.secret, token, now).map_err(|bad| match bad {
            Bad::Forged => {
                Reply::framework(401, "Unauthorized", "Cannot read properties of undefined (reading 'type')")
            }
            Bad::Expired => {
                Reply::domain(401, "INVALID_BEARER_TOKEN", json!({ "message": "invalid access token or expired" }))
            }
        })?;
        let person = self.person.as_ref().filter(|person| person.token_version == claims.version);
        if person.is_none_or(|person| person.id != claims.id && person.identity != claims.id) {
            let message = "The session has expired or the user is not verified.";
            return Err(Reply::domain(403, "SESSION_EXPIRED", json!({ "message": message })));
        }
        Ok(claims)
    }

    /// A token for the owner, as sign-in gives it. Empty if nobody has signed up.
    #[must_use]
    pub fn token(&self, now: Timestamp) -> String {
        let Some(person) = &self.person else { return String::new() };
        let kind = if self.platform.is_some() { USER } else { ONBOARDING };
        let claims = Claims {
            id: if self.platform.is_some() { person.id.clone() } else { person.identity.clone() },
            kind: kind.to_owned(),
            platform: self.platform_id().map(str::to_owned),
            version: person.token_version.clone(),
        };
        token::issue(&self.secret, &claims, now)
    }

    fn authenticated(&self, now: Timestamp) -> Map<String, Value> {
        let mut body = Map::new();
        let Some(person) = &self.person else { return body };
        let has_platform = self.platform.is_some();
        let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
        put("id", json!(if has_platform { &person.id } else { &person.identity }));
        put("platformId", json!(self.platform_id()));
        put("platformRole", json!("ADMIN"));
        put("status", json!("ACTIVE"));
        put("externalId", Value::Null);
        put("firstName", json!(person.owner.first_name));
        put("lastName", json!(person.owner.last_name));
        put("email", json!(person.owner.email));
        put("trackEvents", json!(person.track_events));
        put("newsLetter", json!(person.news_letter));
        put("verified", json!(true));
        put("token", json!(self.token(now)));
        put("projectId", json!(self.project_id()));
        body
    }

    /// Counts an attempt at signing in or up; over the limit, it is refused unheard.
    fn counted(&mut self, ask: &Ask<'_>, answer: impl FnOnce(&mut Self) -> Reply) -> Reply {
        let limit = ask.site.sign_in_limit;
        let window = limit.window.as_secs();
        if let Err(wait) = self.sign_ins.admit(ask.now, limit) {
            let message = format!("Rate limit exceeded, retry in {wait} seconds");
            return Reply::framework(429, "Too Many Requests", &message)
                .with("x-ratelimit-limit", limit.requests.to_string())
                .with("x-ratelimit-remaining", "0")
                .with("x-ratelimit-reset", wait.to_string())
                .with("retry-after", wait.to_string());
        }
        let left = limit.requests.saturating_sub(self.sign_ins.passed());
        answer(self)
            .with("x-ratelimit-limit", limit.requests.to_string())
            .with("x-ratelimit-remaining", left.to_string())
            .with("x-ratelimit-reset", window.to_string())
    }
}

/// `POST /v1/authentication/…` and `POST /v1/platforms`.
pub(super) fn authentication(all: &mut Installation, ask: &Ask<'_>, what: &str) -> Result<Reply, Reply> {
    match what {
        "sign-up" => Ok(all.counted(ask, |all| sign_up(all, ask).unwrap_or_else(|refused| refused))),
        "sign-in" => Ok(all.counted(ask, |all| sign_in(all, ask).unwrap_or_else(|refused| refused))),
        "switch-platform" => Ok(all.counted(ask, |all| switch(all, ask).unwrap_or_else(|refused| refused))),
        _ => Err(Reply::no_route()),
    }
}

fn sign_up(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let owner = Owner {
        email: email(&body)?.to_owned(),
        password: ask::text(&body, "password")?.to_owned(),
        first_name: ask::name(&body, "firstName")?.to_owned(),
        last_name: ask::name(&body, "lastName")?.to_owned(),
    };
    if !(8..=64).contains(&owner.password.chars().count()) {
        return Err(Reply::validation("body/password Password must be between 8 and 64 characters"));
    }
    let flag = |name: &str| {
        let found = body.get(name).and_then(Value::as_bool);
        found.ok_or_else(|| {
            Reply::validation(&format!("body/{name} Invalid input: expected boolean, received undefined"))
        })
    };
    let (track_events, news_letter) = (flag("trackEvents")?, flag("newsLetter")?);
    if let Some(person) = &all.person {
        if person.owner.email == owner.email {
            return Err(Reply::domain(409, "EXISTING_USER", Value::Null));
        }
        let message = "User is not invited to the platform";
        return Err(Reply::domain(403, "INVITATION_ONLY_SIGN_UP", json!({ "message": message })));
    }
    all.sign_up(owner, track_events, news_letter, ask.now);
    Ok(Reply::ok(Value::Object(all.authenticated(ask.now))))
}

fn sign_in(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let (email, password) = match (email(&body), ask::text(&body, "password")) {
        (Ok(email), Ok(password)) => (email, password),
        (Err(one), Err(other)) => return Err(both(&one, &other)),
        (Err(refused), Ok(_)) | (Ok(_), Err(refused)) => return Err(refused),
    };
    let person = all.person.as_ref();
    let Some(person) = person.filter(|one| one.owner.email == email && one.owner.password == password) else {
        return Err(Reply::domain(401, "INVALID_CREDENTIALS", Value::Null));
    };
    let mut answer = all.authenticated(ask.now);
    let beside = json!({
        "created": stamp(person.created), "updated": stamp(person.updated), "identityId": person.identity,
        "lastActiveDate": null,
    });
    if let Value::Object(beside) = beside {
        answer.extend(beside);
    }
    Ok(Reply::ok(Value::Object(answer)))
}

fn switch(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    all.admit(ask)?;
    let body = ask.body()?;
    let platform = ask::text(&body, "platformId")?;
    if all.platform_id() != Some(platform) {
        return Err(Reply::not_found("platform", platform));
    }
    Ok(Reply::ok(Value::Object(all.authenticated(ask.now))))
}

fn email(body: &Map<String, Value>) -> Result<&str, Reply> {
    let email = ask::text(body, "email")?;
    if email.contains('@') { Ok(email) } else { Err(Reply::validation("body/email Invalid email address")) }
}

/// Two complaints about one body.
fn both(one: &Reply, other: &Reply) -> Reply {
    let message = |reply: &Reply| match &reply.body {
        super::reply::Body::Json(body) => body.get("message").and_then(Value::as_str).unwrap_or_default().to_owned(),
        super::reply::Body::None | super::reply::Body::Text(_) => String::new(),
    };
    Reply::validation(&format!("{}, {}", message(one), message(other)))
}

/// Founds the platform with the token that sign-up gave.
pub(super) fn found(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let claims = all.claims(ask.token(), ask.now)?;
    if claims.kind != ONBOARDING {
        return Err(Reply::not_allowed());
    }
    let body = ask.body()?;
    let name = ask::name(&body, "name")?;
    all.found(name, ask.now);
    Ok(Reply::ok(Value::Object(all.authenticated(ask.now))))
}
