//! The sign-in server in Launchpad's shape: authorisation codes, tokens, refresh, who am I.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::reply::Reply;
use super::state::{Shared, State};

/// The integration that may sign in, and how it goes.
#[derive(Debug, Clone)]
pub struct Integration {
    /// Its id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The only place to send people back to; any, when empty.
    pub redirect_uri: String,
    /// The person says no.
    pub deny: bool,
    /// How long an access token lasts.
    pub expires_in: SignedDuration,
}

impl Default for Integration {
    fn default() -> Self {
        Self {
            client_id: "sim-client".to_owned(),
            client_secret: "sim-secret".to_owned(),
            redirect_uri: String::new(),
            deny: false,
            expires_in: SignedDuration::from_secs(1_209_600),
        }
    }
}

/// The codes and tokens that were given.
#[derive(Debug)]
pub(crate) struct Launchpad {
    pub(crate) integration: Integration,
    codes: BTreeMap<String, String>,
    access: BTreeMap<String, Timestamp>,
    refresh: Vec<String>,
    given: u64,
    seed: u64,
}

impl Launchpad {
    pub(crate) fn new(integration: Integration, seed: u64) -> Self {
        Self { integration, codes: BTreeMap::new(), access: BTreeMap::new(), refresh: Vec::new(), given: 0, seed }
    }

    /// Whether this access token is good at this time.
    pub(crate) fn accepts(&self, token: &str, now: Timestamp) -> bool {
        self.access.get(token).is_some_and(|end| now < *end)
    }

    /// Ends every access token, as time would; refreshing still works.
    pub(crate) fn expire(&mut self) {
        self.access.clear();
    }

    /// Takes the authorisation back; refreshing answers `authorization_expired`.
    pub(crate) fn revoke(&mut self) {
        self.access.clear();
        self.refresh.clear();
        self.codes.clear();
    }

    fn word(&mut self, what: &str) -> String {
        self.given += 1;
        let mut dice = crate::dice::Dice::new(self.seed ^ (self.given << 17));
        format!("sim-{what}-{:016x}{:016x}", dice.throw(), dice.throw())
    }
}

/// Answers a request to the sign-in server.
pub(crate) fn answer(
    shared: &Shared,
    method: &str,
    path: &str,
    query: &str,
    token: Option<&str>,
    body: &[u8],
) -> Reply {
    let now = shared.now();
    let state = &mut *shared.lock();
    match (method, path) {
        ("GET", "/authorization/new") => begin(state, &pairs(query.as_bytes())),
        ("POST", "/authorization/token") => {
            let mut form = pairs(body);
            form.extend(pairs(query.as_bytes()));
            exchange(state, now, &form)
        }
        ("GET", "/authorization.json" | "/authorization") => identity(shared, state, now, token),
        _ => Reply::not_found(),
    }
}

type Pairs = BTreeMap<String, String>;

fn pairs(text: &[u8]) -> Pairs {
    url::form_urlencoded::parse(text).into_owned().collect()
}

fn begin(state: &mut State, query: &Pairs) -> Reply {
    let pad = &mut state.launchpad;
    let field = |name: &str| query.get(name).map_or("", String::as_str);
    if field("client_id") != pad.integration.client_id {
        return Reply::text(400, "text/html", "<h1>Unknown client</h1>");
    }
    let target = field("redirect_uri");
    let fits = pad.integration.redirect_uri.is_empty() || pad.integration.redirect_uri == target;
    let Some(mut address) = url::Url::parse(target).ok().filter(|_| fits) else {
        return Reply::text(400, "text/html", "<h1>Provided redirect_uri is not approved</h1>");
    };
    let denied = pad.integration.deny || field("deny") == "1";
    if denied {
        address.query_pairs_mut().append_pair("error", "access_denied");
    } else {
        let code = pad.word("code");
        pad.codes.insert(code.clone(), target.to_owned());
        address.query_pairs_mut().append_pair("code", &code);
    }
    if let Some(state) = query.get("state") {
        address.query_pairs_mut().append_pair("state", state);
    }
    Reply::text(302, "text/plain", "").with("location", address.to_string())
}

fn refused(status: u16, error: &str) -> Reply {
    Reply::json(status, json!({ "error": error }))
}

fn exchange(state: &mut State, now: Timestamp, form: &Pairs) -> Reply {
    let pad = &mut state.launchpad;
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    if field("client_id") != pad.integration.client_id || field("client_secret") != pad.integration.client_secret {
        return refused(401, "invalid_client");
    }
    let grant = match (field("grant_type"), field("type")) {
        ("authorization_code", _) | ("", "web_server") => "code",
        ("refresh_token", _) | ("", "refresh") => "refresh",
        _ => return refused(400, "unsupported_grant_type"),
    };
    if grant == "code" {
        // A code works once, wherever the attempt ends.
        let made_for = pad.codes.remove(field("code"));
        if made_for.as_deref() != Some(field("redirect_uri")) {
            return refused(400, "invalid_grant");
        }
    } else if !pad.refresh.iter().any(|known| known == field("refresh_token")) {
        return refused(400, "authorization_expired");
    }
    let access = pad.word("access");
    let lasts = pad.integration.expires_in;
    let end = now.saturating_add(lasts).unwrap_or(Timestamp::MAX);
    pad.access.insert(access.clone(), end);
    let mut told = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": lasts.as_secs(),
    });
    if grant == "code" {
        let refresh = pad.word("refresh");
        pad.refresh.push(refresh.clone());
        if let Some(map) = told.as_object_mut() {
            map.insert("refresh_token".to_owned(), json!(refresh));
        }
    }
    Reply::ok(told)
}

fn identity(shared: &Shared, state: &State, now: Timestamp, token: Option<&str>) -> Reply {
    let good = token.is_some_and(|token| state.tokens.contains(token) || state.launchpad.accepts(token, now));
    if !good {
        return Reply::error(401, "OAuth token expired (old age) or not known");
    }
    let world = &state.world;
    let (name, email) = world.person(world.me()).map_or(("", ""), |me| (me.name.as_str(), me.email.as_str()));
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let lasts = now.saturating_add(state.launchpad.integration.expires_in);
    Reply::ok(json!({
        "expires_at": super::render::moment(lasts.unwrap_or(now)),
        // On purpose not the id of the person in the account.
        "identity": {
            "id": 9_999_999,
            "first_name": first,
            "last_name": last,
            "email_address": email,
        },
        "accounts": [
            {
                "product": "hey",
                "id": 77,
                "name": "A mailbox",
                "href": format!("{}/hey", shared.origin),
                "app_href": format!("{}/hey", shared.origin),
            },
            {
                "product": "bc3",
                "id": shared.account,
                "name": world.account().name,
                "href": shared.url(),
                "app_href": shared.url(),
            },
        ],
    }))
}
