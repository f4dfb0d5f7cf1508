//! Flows and their versions, as they are listed and told.

use std::collections::BTreeSet;

use flow::{Flow, Map, Record, State, Status, Trigger, wire};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::edit;
use super::ids::stamp;
use super::installation::{FlowRow, Installation};
use super::reply::{Reply, joined};

/// The keys that stand in an answer even when there is nothing to say.
const NULLS: [&str; 5] = ["folderId", "ownerId", "publishedVersionId", "metadata", "timeSavedPerRun"];

impl Installation {
    /// A version within its record, as it is told.
    pub(super) fn whole(&self, row: &FlowRow, version: &Flow) -> Flow {
        let mut whole = version.clone();
        whole.record = row.record.clone();
        let extra = &mut whole.record.extra;
        for key in NULLS {
            extra.insert(key.to_owned(), Value::Null);
        }
        let mut put = |key: &str, value: Value| extra.insert(key.to_owned(), value);
        put("id", json!(row.id));
        put("created", json!(stamp(row.created)));
        put("updated", json!(stamp(row.updated)));
        put("projectId", json!(row.project));
        put("externalId", json!(row.external_id));
        put("operationStatus", json!(if row.deleted.is_some() { "DELETING" } else { "NONE" }));
        put("templateId", json!(row.template));
        put("createdBy", Value::Null);
        if row.is_enabled() {
            put("triggerSource", json!({ "schedule": row.published().and_then(schedule) }));
        }
        whole.extra.insert("notes".to_owned(), json!([]));
        whole
    }

    pub(super) fn flow_text(&self, row: &FlowRow, version: &Flow) -> String {
        wire::write_flow(&self.whole(row, version))
    }

    /// A version alone, as runs show it.
    pub(super) fn version_text(&self, version: &Flow) -> String {
        let mut version = version.clone();
        version.extra.insert("notes".to_owned(), json!([]));
        wire::write_version(&version)
    }

    pub(super) fn new_flow(&mut self, project: &str, name: &str, now: Timestamp) -> FlowRow {
        let (id, external_id, version) = (self.id(), self.id(), self.id());
        let mut flow = Flow::new(name);
        flow.trigger = Trigger::empty();
        flow.trigger.extra.insert("lastUpdatedDate".to_owned(), json!(stamp(now)));
        flow.extra = version_extra(&version, &id, now);
        let owner_id = self.person.as_ref().map(|person| person.id.clone());
        let record = Record { owner_id, status: Some(Status::Disabled), ..Record::default() };
        FlowRow {
            id,
            project: project.to_owned(),
            external_id,
            created: now,
            updated: now,
            deleted: None,
            template: None,
            record,
            versions: vec![flow],
        }
    }

    pub(super) fn known_flow(&self, id: &str) -> Result<&FlowRow, Reply> {
        let id = ask::id(id)?;
        self.row(id).ok_or_else(|| Reply::not_found("flow", id))
    }
}

pub(super) fn version_extra(version: &str, flow: &str, now: Timestamp) -> Map {
    let extra = json!({
        "id": version, "created": stamp(now), "updated": stamp(now), "flowId": flow, "updatedBy": null, "valid": false,
        "agentIds": [], "connectionIds": [], "backupFiles": null, "notes": [],
    });
    match extra {
        Value::Object(extra) => extra,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

/// When a published flow starts by itself, if it does.
fn schedule(version: &Flow) -> Option<Value> {
    let call = version.trigger.call().filter(|call| call.piece == "@activepieces/piece-schedule")?;
    let number = |key: &str, usual: i64| {
        let value = call.input.get(key);
        value.and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok())).unwrap_or(usual)
    };
    let hour = number("hour_of_the_day", 0);
    let weekends = call.input.get("run_on_weekends").and_then(Value::as_bool).unwrap_or(false);
    let days = if weekends { "*" } else { "1-5" };
    let cron = match call.operation.as_str() {
        "every_x_minutes" => format!("*/{} * * * *", number("minutes", 15)),
        "every_hour" => format!("0 * * * {days}"),
        "every_day" => format!("0 {hour} * * {days}"),
        "every_week" => format!("0 {hour} * * {}", number("day_of_the_week", 1)),
        _ => call.input.get("cronExpression").and_then(Value::as_str).unwrap_or("0 * * * *").to_owned(),
    };
    let zone = call.input.get("timezone").and_then(Value::as_str).unwrap_or("UTC");
    Some(json!({ "type": "CRON_EXPRESSION", "cronExpression": cron, "timezone": zone, "failureCount": 0 }))
}

/// `/v1/flows…`
pub(super) fn flows(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => list(all, ask),
        ("GET", ["count"]) => {
            let project = &all.known_project(ask.needed_param("projectId")?)?.id;
            let count = all.flows.iter().filter(|row| row.project == *project && in_folder(row, ask)).count();
            Ok(Reply::ok(json!(count)))
        }
        ("POST", []) => create(all, ask),
        ("GET", [id]) => {
            let row = all.known_flow(id)?;
            let version = match ask.param("versionId") {
                Some(version) => row.version(version).ok_or_else(|| Reply::not_found("flow_version", version))?,
                None => row.latest().ok_or_else(|| Reply::not_found("flow_version", id))?,
            };
            Ok(Reply::text(200, all.flow_text(row, version)))
        }
        ("POST", [id]) => edit::operate(all, ask, id),
        ("DELETE", [id]) => {
            let id = all.known_flow(id)?.id.clone();
            if let Some(row) = all.row_mut(&id) {
                row.deleted = Some(row.deleted.unwrap_or(ask.now));
                row.updated = ask.now;
                row.record.status = Some(Status::Disabled);
            }
            Ok(Reply::empty(204))
        }
        ("GET", [id, "versions"]) => versions(all, ask, id),
        ("GET", [id, "template"]) => template(all, id),
        _ => Err(Reply::no_route()),
    }
}

fn in_folder(row: &FlowRow, ask: &Ask<'_>) -> bool {
    let mut wanted = ask.params("folderId");
    wanted.extend(ask.params("folderIds"));
    wanted.is_empty() || wanted.contains(&row.record.folder_id.as_deref().unwrap_or("NULL"))
}

fn list(all: &Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let project = &all.known_project(ask.needed_param("projectId")?)?.id;
    let (statuses, externals) = (ask.params("status"), ask.params("externalIds"));
    if let Some(odd) = statuses.iter().find(|status| Status::from_word(status).is_none()) {
        return Err(Reply::validation(&format!("querystring/status Invalid option: {odd}")));
    }
    let only_locked = match ask.param("versionState") {
        None | Some("DRAFT") => false,
        Some("LOCKED") => true,
        Some(_) => return Err(Reply::validation("querystring/versionState Invalid option")),
    };
    let name = ask.param("name").map(str::to_lowercase);
    let connections = ask.params("connectionExternalIds");
    let shown = |row: &'_ FlowRow| if only_locked { row.published().cloned() } else { row.latest().cloned() };
    let uses = |version: &Flow| {
        let used = version.extra.get("connectionIds").and_then(Value::as_array);
        used.into_iter().flatten().filter_map(Value::as_str).any(|id| connections.contains(&id))
    };
    let mut rows: Vec<(&FlowRow, Flow)> = all
        .flows
        .iter()
        .filter(|row| row.project == *project && in_folder(row, ask))
        .filter(|row| statuses.is_empty() || row.record.status.is_some_and(|one| statuses.contains(&one.word())))
        .filter(|row| externals.is_empty() || externals.contains(&row.external_id.as_str()))
        .filter_map(|row| Some((row, shown(row)?)))
        .filter(|(_, version)| name.as_ref().is_none_or(|name| version.display_name.to_lowercase().contains(name)))
        .filter(|(_, version)| connections.is_empty() || uses(version))
        .collect();
    rows.sort_by(|(one, _), (other, _)| {
        let key = |row: &FlowRow| (row.record.status == Some(Status::Enabled), row.updated);
        key(other).cmp(&key(one)).then_with(|| one.id.cmp(&other.id))
    });
    Reply::page(&rows, ask, 10, |(row, _)| &row.id, |(row, version)| all.flow_text(row, version))
}

fn create(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let project = all.known_project(ask::text(&body, "projectId")?)?.id.clone();
    let name = ask::text(&body, "displayName")?.to_owned();
    let folder = match (ask::some_text(&body, "folderId"), ask::some_text(&body, "folderName")) {
        (Some(id), _) if all.folders.iter().any(|folder| folder.id == id) => Some(id),
        (Some(id), _) => return Err(Reply::not_found("folder", &id)),
        (None, Some(name)) => {
            let same = all.folders.iter().find(|one| one.project == project && one.name == name);
            match same.map(|one| one.id.clone()) {
                Some(id) => Some(id),
                None => {
                    let folder = all.folder(&project, &name, ask.now);
                    let id = folder.id.clone();
                    all.folders.push(folder);
                    Some(id)
                }
            }
        }
        (None, None) => None,
    };
    let mut row = all.new_flow(&project, &name, ask.now);
    row.record.folder_id = folder;
    row.template = ask::some_text(&body, "templateId");
    row.record.metadata = body.get("metadata").and_then(Value::as_object).cloned();
    let text = row.latest().map(|version| all.flow_text(&row, version)).unwrap_or_default();
    all.flows.push(row);
    Ok(Reply::text(201, text))
}

fn versions(all: &Installation, ask: &Ask<'_>, id: &str) -> Result<Reply, Reply> {
    let row = all.known_flow(id)?;
    let mut user = all.owner_json();
    if let Value::Object(user) = &mut user {
        user.insert("lastActiveDate".to_owned(), Value::Null);
        user.insert("imageUrl".to_owned(), Value::Null);
    }
    let write = |version: &&Flow| {
        let said = |key: &str| version.extra.get(key).cloned().unwrap_or_default();
        let updated_by = said("updatedBy");
        let user = if updated_by.is_null() { Value::Null } else { user.clone() };
        json!({
            "id": said("id"), "created": said("created"), "updated": said("updated"), "flowId": row.id,
            "displayName": version.display_name, "valid": said("valid"), "state": version.state.map(State::word),
            "updatedBy": updated_by, "updatedByUser": user,
            "schemaVersion": version.schema.number().map(|number| number.to_string()),
        })
        .to_string()
    };
    let rows: Vec<&Flow> = row.versions.iter().rev().collect();
    Reply::page(&rows, ask, 10, |version| version.version_id().unwrap_or_default(), write)
}

fn template(all: &Installation, id: &str) -> Result<Reply, Reply> {
    let row = all.known_flow(id)?;
    let version = row.latest().ok_or_else(|| Reply::not_found("flow_version", id))?;
    let owner = all.present_owner().name;
    let mut seen = BTreeSet::new();
    let calls = version.trigger.call().into_iter().chain(version.steps.walk().filter_map(|visit| visit.step.call()));
    let pieces: Vec<&str> = calls.map(|call| call.piece.as_str()).filter(|piece| seen.insert(*piece)).collect();
    let mut document = version.document();
    document.trigger.settings.insert("sampleData".to_owned(), json!({}));
    let flow = wire::write_document(&document);
    let valid = json!({ "valid": version.extra.get("valid") }).to_string();
    let flow = format!("{},{}", valid.trim_end_matches('}'), flow.trim_start_matches('{'));
    let head = json!({
        "name": version.display_name, "type": "SHARED", "summary": "", "description": "", "tags": [], "blogUrl": "",
        "metadata": { "externalId": row.external_id }, "author": owner, "categories": [], "pieces": pieces,
        "status": "PUBLISHED",
    });
    Ok(Reply::text(200, joined(&head, &[("flows", format!("[{flow}]"))])))
}
