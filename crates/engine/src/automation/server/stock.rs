//! What the server has to build with: pieces, what can be chosen for their fields, connections.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use activepieces::{
    ConnectionFilter, ConnectionValue, NewConnection, OptionsQuery, PieceFilter, PropertyOptions, Secret, gather,
};
use contract::{Code, Connection, ConnectionId, Fault, FieldChoices, FlowPlace, PieceSummary, SecretText};
use flow::expr::Finding;
use flow::piece::PieceMetadata;
use flow::validate::{Known, validate};
use flow::{Flow, Map, PieceCall};
use serde::Serialize;
use serde_json::Value;
use store::StoredFlow;

use super::link::{Described, Link};
use super::remote::{Remote, load};
use crate::desk::Desk;
use crate::fault::IntoFault;

/// More connections than a project has.
const CONNECTIONS: usize = 2000;

/// What keeps a flow of the server from running, or may, as far as it is known without asking: nobody who edits waits for a
/// server. Nothing is said of steps whose piece was never asked about.
pub(crate) async fn findings(desk: &Desk, flow: &Flow) -> Vec<Finding> {
    match desk.server.present().await {
        Some(link) => checked(flow, &link.remembered(flow)),
        None => checked(flow, &Described::new()),
    }
}

/// The same, with all pieces asked about.
pub(super) async fn findings_by(link: &Link, flow: &Flow) -> Result<Vec<Finding>, activepieces::Fault> {
    Ok(checked(flow, &link.described(flow).await?))
}

fn checked(flow: &Flow, described: &Described) -> Vec<Finding> {
    let by_name: BTreeMap<(&str, &str), &PieceMetadata> = described
        .iter()
        .filter_map(|((name, version), metadata)| Some(((name.as_str(), version.as_str()), metadata.as_deref()?)))
        .collect();
    let piece = |name: &str, version: &str| by_name.get(&(name, version)).copied();
    let is_unknown = |call: &PieceCall| !described.contains_key(&(call.piece.clone(), call.version.clone()));
    let steps = flow.steps.walk().filter(|visit| visit.step.call().is_some_and(is_unknown));
    let trigger = flow.trigger.call().filter(|call| is_unknown(call)).map(|_| flow.trigger.name.as_str());
    let unknown: BTreeSet<&str> = steps.map(|visit| visit.step.name.as_str()).chain(trigger).collect();
    let found = validate(flow, &Known { piece: &piece, connections: None });
    found.into_iter().filter(|finding| !unknown.contains(finding.step.as_str())).collect()
}

async fn pieces(desk: &Arc<Desk>) -> Result<Vec<PieceSummary>, Fault> {
    let link = desk.server.link(desk).await?;
    let page = link.pieces().list(Some(&link.project), &PieceFilter::default()).await.into_fault()?;
    let summary = |piece: activepieces::PieceSummary| PieceSummary {
        name: piece.name,
        version: piece.version,
        label: piece.display_name,
        description: piece.description,
        places: vec![FlowPlace::Server],
        metadata: String::new(),
    };
    Ok(page.items.into_iter().map(summary).collect())
}

async fn piece(desk: &Arc<Desk>, name: &str, version: Option<&str>) -> Result<PieceSummary, Fault> {
    let link = desk.server.link(desk).await?;
    let found = link.pieces().metadata(name, version, Some(&link.project)).await.into_fault()?;
    link.remember(&found);
    Ok(PieceSummary {
        metadata: written(&found)?,
        name: found.name,
        version: found.version,
        label: found.display_name,
        description: found.description,
        places: vec![FlowPlace::Server],
    })
}

/// What can be chosen for a field of a step of a flow of the server.
///
/// # Errors
/// `NotFound` when there is no such step, and what the server says.
pub(crate) async fn choices(
    desk: &Arc<Desk>,
    stored: &StoredFlow,
    call: &PieceCall,
    field: &str,
    input: Map,
    search: Option<String>,
) -> Result<FieldChoices, Fault> {
    let link = desk.server.link(desk).await?;
    let (_, remote) = load(desk, stored.flow.id).await?;
    let query = OptionsQuery {
        project: link.project.clone(),
        flow: remote.flow,
        flow_version: remote.draft.known().version_id().unwrap_or_default().to_owned(),
        piece_name: call.piece.clone(),
        piece_version: call.version.clone(),
        operation: call.operation.clone(),
        property: field.to_owned(),
        input,
        search,
    };
    Ok(match link.pieces().options(&query).await.into_fault()? {
        PropertyOptions::Choices(options) => FieldChoices { options: written(&options)?, fields: String::new() },
        PropertyOptions::Fields(fields) => FieldChoices { options: String::new(), fields: written(&fields)? },
    })
}

fn written(of: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(of)
        .map_err(|why| Fault::new(Code::Internal, format!("What the server has could not be written: {why}.")))
}

/// The connections of the server; none while it is away or there is none.
pub(crate) async fn connections_if_there(desk: &Arc<Desk>) -> Vec<Connection> {
    if !is_there(desk).await {
        return Vec::new();
    }
    connections(desk).await.unwrap_or_else(|fault| {
        tracing::info!(code = ?fault.code, "the connections of the server were not listed");
        Vec::new()
    })
}

/// The pieces of the server; none while it is away or there is none.
pub(crate) async fn pieces_if_there(desk: &Arc<Desk>) -> Vec<PieceSummary> {
    if !is_there(desk).await {
        return Vec::new();
    }
    pieces(desk).await.unwrap_or_else(|fault| {
        tracing::info!(code = ?fault.code, "the pieces of the server were not listed");
        Vec::new()
    })
}

/// A piece of the server; `None` when it does not have it, is away, or there is none.
pub(crate) async fn piece_if_there(desk: &Arc<Desk>, name: &str, version: Option<&str>) -> Option<PieceSummary> {
    if !is_there(desk).await {
        return None;
    }
    piece(desk, name, version).await.ok()
}

/// Whether the server answered when it was last asked. Nobody waits for one that is known to be away.
async fn is_there(desk: &Desk) -> bool {
    let is_well = desk.server.state().fault.is_none();
    is_well && desk.server.present().await.is_some()
}

/// Whether a connection is one of the server's.
pub(crate) fn is_connection_there(id: ConnectionId) -> bool {
    id.0 < 0
}

async fn connections(desk: &Arc<Desk>) -> Result<Vec<Connection>, Fault> {
    let link = desk.server.link(desk).await?;
    let uses = uses(desk, &link).await?;
    let found = listed(&link).await?;
    Ok(found.into_iter().map(|connection| shown(connection, &uses)).collect())
}

async fn listed(link: &Link) -> Result<Vec<activepieces::Connection>, Fault> {
    let filter = ConnectionFilter::default();
    gather(CONNECTIONS, |cursor| {
        let filter = &filter;
        async move { link.client.connections(&link.project, filter, cursor.as_deref(), Some(100)).await }
    })
    .await
    .into_fault()
}

/// How many flows of the server name which connection.
async fn uses(desk: &Desk, link: &Link) -> Result<BTreeMap<String, u32>, Fault> {
    let mut uses = BTreeMap::new();
    for (_, text, _) in desk.store.remote_flows().await.into_fault()? {
        let Some(remote) = Remote::read(&text).filter(|remote| remote.server == link.name) else { continue };
        let flow = remote.draft.flow();
        let calls = flow.trigger.call().into_iter().chain(flow.steps.walk().filter_map(|visit| visit.step.call()));
        let keys: BTreeSet<String> = calls.flat_map(|call| super::sample::connection_of(&call.input)).collect();
        for key in keys {
            *uses.entry(key).or_insert(0) += 1;
        }
    }
    Ok(uses)
}

fn shown(connection: activepieces::Connection, uses: &BTreeMap<String, u32>) -> Connection {
    Connection {
        id: id_of(&connection.id),
        fault: (!connection.is_active()).then(|| "It no longer works. Connect the app again on the server.".to_owned()),
        flows: uses.get(&connection.external_id).copied().unwrap_or_default(),
        key: connection.external_id,
        label: connection.display_name,
        piece: connection.piece_name,
        place: FlowPlace::Server,
    }
}

/// A number for what the server names by letters: below nought, where no connection of the app is.
fn id_of(name: &str) -> ConnectionId {
    let mark = crate::gate::fingerprint("connection", name);
    let digits = mark.get(..15).unwrap_or_default();
    ConnectionId(-1 - i64::from_str_radix(digits, 16).unwrap_or_default())
}

async fn by_id(link: &Link, id: ConnectionId) -> Result<activepieces::Connection, Fault> {
    let found = listed(link).await?.into_iter().find(|connection| id_of(&connection.id) == id);
    found.ok_or_else(|| Fault::new(Code::NotFound, "This connection is not on the server any more."))
}

/// Makes a connection on the server. What it signs in with goes there and is kept nowhere here.
///
/// # Errors
/// `Invalid` about `value` when it cannot be read or the app refuses it.
pub(crate) async fn put_connection(
    desk: &Arc<Desk>,
    label: &str,
    piece: &str,
    value: SecretText,
) -> Result<Connection, Fault> {
    let link = desk.server.link(desk).await?;
    let there: BTreeSet<String> = listed(&link).await?.into_iter().map(|connection| connection.external_id).collect();
    let new = NewConnection {
        external_id: free_key(label, &there),
        display_name: label.to_owned(),
        piece_name: piece.to_owned(),
        piece_version: None,
        value: read_value(value)?,
    };
    let made = link.client.put_connection(&link.project, &new).await.map_err(|fault| match fault.into_fault() {
        refused if refused.code == Code::Invalid => Fault { field: Some("value".to_owned()), ..refused },
        other => other,
    })?;
    desk.server.touched(desk);
    Ok(shown(made, &BTreeMap::new()))
}

/// Renames a connection on the server.
///
/// # Errors
/// `NotFound` when it is not there.
pub(crate) async fn rename_connection(desk: &Arc<Desk>, id: ConnectionId, label: &str) -> Result<Connection, Fault> {
    let link = desk.server.link(desk).await?;
    let found = by_id(&link, id).await?;
    let renamed = link.client.rename_connection(&found.id, label).await.into_fault()?;
    desk.server.touched(desk);
    let uses = uses(desk, &link).await?;
    Ok(shown(renamed, &uses))
}

/// Deletes a connection on the server.
///
/// # Errors
/// `NotFound` when it is not there.
pub(crate) async fn forget_connection(desk: &Arc<Desk>, id: ConnectionId) -> Result<(), Fault> {
    let link = desk.server.link(desk).await?;
    let found = by_id(&link, id).await?;
    link.client.delete_connection(&found.id).await.into_fault()?;
    desk.server.touched(desk);
    Ok(())
}

/// What steps name it by: the label in plain letters, and a number if that is taken.
fn free_key(label: &str, taken: &BTreeSet<String>) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let spelt: String = label.trim().chars().map(plain).take(60).collect();
    let parts: Vec<&str> = spelt.split('-').filter(|part| !part.is_empty()).collect();
    let base = if parts.is_empty() { "connection".to_owned() } else { parts.join("-") };
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or(base)
}

/// What a connection holds, as Activepieces writes it. Nothing of it stands in a fault.
fn read_value(value: SecretText) -> Result<ConnectionValue, Fault> {
    let wrong = || Fault::invalid("value", "What the connection signs in with cannot be read. Fill the form in again.");
    let Ok(Value::Object(value)) = serde_json::from_str::<Value>(&value.into_inner()) else { return Err(wrong()) };
    let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let secret = |key: &str| text(key).map(Secret::new).ok_or_else(wrong);
    match value.get("type").and_then(Value::as_str) {
        Some("SECRET_TEXT") => Ok(ConnectionValue::SecretText(secret("secret_text")?)),
        Some("BASIC_AUTH") => Ok(ConnectionValue::BasicAuth {
            username: text("username").ok_or_else(wrong)?.to_owned(),
            password: secret("password")?,
        }),
        Some("CUSTOM_AUTH") => {
            let props = value.get("props").and_then(Value::as_object).ok_or_else(wrong)?;
            let given = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Ok(ConnectionValue::CustomAuth(
                props.iter().map(|(name, value)| (name.clone(), Secret::new(given(value)))).collect(),
            ))
        }
        Some("NO_AUTH") => Ok(ConnectionValue::NoAuth),
        Some("OAUTH2" | "CLOUD_OAUTH2" | "PLATFORM_OAUTH2") => Err(Fault::invalid(
            "value",
            "This app is connected in the browser. Connect it in Activepieces; it appears here then.",
        )),
        Some(_) | None => Err(wrong()),
    }
}
