//! Connections: upserted by external id, checked by the piece, their secrets never told.

use flow::Map;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::ids::stamp;
use super::installation::Installation;
use super::piece;
use super::reply::Reply;

#[derive(Debug, Clone)]
pub(super) struct Connection {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) external_id: String,
    pub(super) name: String,
    /// `SECRET_TEXT`, `OAUTH2` and so on.
    pub(super) kind: String,
    pub(super) piece: String,
    pub(super) piece_version: String,
    /// `ACTIVE`, `MISSING` or `ERROR`.
    pub(super) status: &'static str,
    pub(super) metadata: Value,
    pub(super) value: Value,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

impl Installation {
    fn connection_json(&self, connection: &Connection) -> Map {
        let body = json!({
            "id": connection.id, "created": stamp(connection.created), "updated": stamp(connection.updated),
            "displayName": connection.name, "externalId": connection.external_id, "type": connection.kind,
            "status": connection.status, "platformId": self.platform_id(), "pieceName": connection.piece,
            "ownerId": self.person_id(), "projectIds": [connection.project], "scope": "PROJECT",
            "metadata": connection.metadata, "pieceVersion": connection.piece_version,
            "preSelectForNewProjects": false, "usingSecretManager": false,
        });
        match body {
            Value::Object(map) => map,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
        }
    }

    fn listed_connection(&self, connection: &Connection) -> Value {
        let mut body = self.connection_json(connection);
        body.insert("owner".to_owned(), self.owner_json());
        let uses = |row: &&super::installation::FlowRow| {
            let used = |version: &flow::Flow| {
                version
                    .extra
                    .get("connectionIds")
                    .and_then(Value::as_array)
                    .is_some_and(|ids| ids.iter().any(|id| id.as_str() == Some(&connection.external_id)))
            };
            row.project == connection.project && row.latest().is_some_and(used)
        };
        let flows: Vec<&str> = self.flows.iter().filter(uses).map(|row| row.id.as_str()).collect();
        body.insert("flowIds".to_owned(), json!(flows));
        Value::Object(body)
    }

    /// What the connections of a project give to a run, by external id.
    pub(super) fn connection_values(&self, project: &str) -> impl Iterator<Item = (&str, &Value)> {
        let usable = self.connections.iter().filter(move |one| one.project == project && one.status == "ACTIVE");
        usable.map(|one| (one.external_id.as_str(), &one.value))
    }
}

/// `/v1/app-connections…`
pub(super) fn connections(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => list(all, ask),
        ("POST", []) => upsert(all, ask),
        ("GET", ["owners"]) => {
            all.known_project(ask.needed_param("projectId")?)?;
            let owner = all.person.as_ref().map(|person| &person.owner);
            let data: Vec<Value> = owner
                .into_iter()
                .map(|one| json!({ "firstName": one.first_name, "lastName": one.last_name, "email": one.email }))
                .collect();
            Ok(Reply::ok(json!({ "data": data, "next": null, "previous": null })))
        }
        ("POST", ["oauth2", "authorization-url"]) => authorization_url(all, ask),
        ("POST", ["replace"]) => replace(all, ask),
        ("POST", [id]) => {
            let at = known(all, id)?;
            let body = ask.body()?;
            let name = ask::name(&body, "displayName")?.to_owned();
            if let Some(connection) = all.connections.get_mut(at) {
                connection.name = name;
                connection.updated = ask.now;
                if let Some(metadata) = body.get("metadata") {
                    connection.metadata = metadata.clone();
                }
            }
            let answer = all.connections.get(at).map(|one| all.connection_json(one)).unwrap_or_default();
            Ok(Reply::ok(Value::Object(answer)))
        }
        ("DELETE", [id]) => {
            let at = known(all, id)?;
            all.connections.remove(at);
            Ok(Reply::empty(204))
        }
        // There is no way to get one alone.
        _ => Err(Reply::no_route()),
    }
}

fn known(all: &Installation, id: &str) -> Result<usize, Reply> {
    let id = ask::id(id)?;
    let found = all.connections.iter().position(|connection| connection.id == id);
    found.ok_or_else(|| Reply::not_found("connection", id))
}

fn list(all: &Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let project = &all.known_project(ask.needed_param("projectId")?)?.id;
    let (piece, name) = (ask.param("pieceName"), ask.param("displayName").map(str::to_lowercase));
    let statuses = ask.params("status");
    let rows: Vec<&Connection> = all
        .connections
        .iter()
        .filter(|one| one.project == *project)
        .filter(|one| piece.is_none_or(|piece| one.piece == piece))
        .filter(|one| name.as_ref().is_none_or(|name| one.name.to_lowercase().contains(name)))
        .filter(|one| statuses.is_empty() || statuses.contains(&one.status))
        .collect();
    Reply::page(&rows, ask, 10, |one| &one.id, |one| all.listed_connection(one).to_string())
}

fn upsert(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let project = all.known_project(ask::text(&body, "projectId")?)?.id.clone();
    let external_id = ask::name(&body, "externalId")?.to_owned();
    let name = ask::name(&body, "displayName")?.to_owned();
    let piece = ask::name(&body, "pieceName")?.to_owned();
    let asked = ask::text(&body, "type")?;
    let is_placeholder = asked == "PLACEHOLDER";
    let value = body.get("value").cloned().unwrap_or_default();
    if !is_placeholder && !fits(asked, &value) {
        return Err(Reply::validation("body/ Invalid input"));
    }
    check(&piece, asked, &value)?;
    let (kind, status) = if is_placeholder { ("NO_AUTH", "MISSING") } else { (asked, "ACTIVE") };
    let said = ask::some_text(&body, "pieceVersion");
    let version = said.or_else(|| piece::find(&piece, None).map(|piece| piece.meta.version.clone()));
    let present = all.connections.iter().position(|one| one.project == project && one.external_id == external_id);
    let (id, created) = match present.map(|at| all.connections.remove(at)) {
        Some(before) => (before.id, before.created),
        None => (all.id(), ask.now),
    };
    let connection = Connection {
        id,
        project,
        external_id,
        name,
        kind: kind.to_owned(),
        piece,
        piece_version: version.unwrap_or_else(|| "0.0.0".to_owned()),
        status,
        metadata: body.get("metadata").cloned().unwrap_or_default(),
        value: without_code(value),
        created,
        updated: ask.now,
    };
    let answer = all.connection_json(&connection);
    let at = present.unwrap_or(all.connections.len()).min(all.connections.len());
    all.connections.insert(at, connection);
    Ok(Reply::json(201, Value::Object(answer)))
}

/// Whether a value has what its type needs.
fn fits(kind: &str, value: &Value) -> bool {
    let has = |keys: &[&str]| keys.iter().all(|key| value.get(key).is_some_and(Value::is_string));
    let named = value.get("type").and_then(Value::as_str) == Some(kind);
    named
        && match kind {
            "SECRET_TEXT" => has(&["secret_text"]),
            "BASIC_AUTH" => has(&["username", "password"]),
            "CUSTOM_AUTH" => value.get("props").is_some_and(Value::is_object),
            "NO_AUTH" => true,
            "OAUTH2" => has(&["client_id", "client_secret", "code", "redirect_url", "scope"]),
            "CLOUD_OAUTH2" => has(&["client_id", "code", "scope"]),
            "PLATFORM_OAUTH2" => has(&["client_id", "code", "scope", "redirect_url"]),
            _ => false,
        }
}

/// Asks the piece whether it would take this. A code is good when it begins with `good`; tokens of Slack begin with
/// `xox`, keys of OpenAI with `sk-`, and Airtable's with `pat`. Other pieces take anything, as those without a check do.
fn check(piece: &str, kind: &str, value: &Value) -> Result<(), Reply> {
    if kind.ends_with("OAUTH2") {
        let code = value.get("code").and_then(Value::as_str).unwrap_or_default();
        if !code.starts_with("good") {
            let token_url = piece::find(piece, None).and_then(|piece| piece.token_url());
            let params = json!({
                "clientId": value.get("client_id"), "redirectUrl": value.get("redirect_url"),
                "tokenUrl": token_url.unwrap_or_else(|| "https://auth.example.com/token".to_owned()),
            });
            return Err(Reply::domain(400, "INVALID_CLAIM", params));
        }
        return Ok(());
    }
    let (start, error) = match piece {
        "@activepieces/piece-slack" => ("xox", "Invalid bot token"),
        "@activepieces/piece-openai" => ("sk-", "Invalid API key"),
        "@activepieces/piece-airtable" => ("pat", "Invalid personal access token"),
        _ => return Ok(()),
    };
    let mut secrets = Vec::new();
    texts(value, &mut secrets);
    if !matches!(kind, "SECRET_TEXT" | "CUSTOM_AUTH") || secrets.iter().any(|secret| secret.starts_with(start)) {
        return Ok(());
    }
    Err(Reply::domain(400, "INVALID_APP_CONNECTION", json!({ "error": error })))
}

/// Every text in a value, but for what tells its type.
pub(super) fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(list) => list.iter().for_each(|one| texts(one, found)),
        Value::Object(map) => map.iter().filter(|(key, _)| *key != "type").for_each(|(_, one)| texts(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The code is spent: what is kept is the token that it brought.
fn without_code(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value
        && let Some(Value::String(code)) = map.remove("code")
    {
        map.insert("access_token".to_owned(), json!(format!("token-for-{code}")));
    }
    value
}

fn authorization_url(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let name = ask::text(&body, "pieceName")?;
    let missing = || Reply::domain(404, "ENTITY_NOT_FOUND", json!({ "message": piece::missing(name) }));
    let piece = piece::find(name, None).ok_or_else(missing)?;
    let auth = piece.oauth2().ok_or_else(|| {
        Reply::domain(409, "VALIDATION", json!({ "message": "The piece does not sign in by OAuth2" }))
    })?;
    let field = |key: &str| auth.get(key).and_then(Value::as_str).unwrap_or_default();
    let scopes = auth.get("scope").and_then(Value::as_array).cloned().unwrap_or_default();
    let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
    let state = all.id();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", ask::text(&body, "clientId")?)
        .append_pair("redirect_uri", ask::text(&body, "redirectUrl")?)
        .append_pair("access_type", "offline")
        .append_pair("state", &state)
        .append_pair("prompt", "consent")
        .append_pair("scope", &scopes.join(" "))
        .finish();
    Ok(Reply::ok(json!({ "authorizationUrl": format!("{}?{query}", field("authUrl")) })))
}

/// Lets the flows that use one connection use another.
fn replace(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let source = known(all, ask::text(&body, "sourceAppConnectionId")?)?;
    let target = known(all, ask::text(&body, "targetAppConnectionId")?)?;
    let name = |at: usize| all.connections.get(at).map(|one| one.external_id.clone()).unwrap_or_default();
    let (from, to) = (name(source), name(target));
    if from == to {
        return Err(Reply::domain(409, "VALIDATION", json!({ "message": "Source and target are the same" })));
    }
    all.rename_connection(&from, &to, ask.now);
    all.connections.remove(source);
    Ok(Reply::empty(200))
}
