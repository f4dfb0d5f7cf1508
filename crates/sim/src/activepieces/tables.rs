//! Tables: their fields and records.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::ask::{self, Ask};
use super::ids::stamp;
use super::installation::Installation;
use super::reply::Reply;

#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) id: String,
    pub(super) external_id: String,
    pub(super) project: String,
    pub(super) folder: Option<String>,
    pub(super) name: String,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) fields: Vec<Field>,
    pub(super) records: Vec<Record>,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) id: String,
    pub(super) external_id: String,
    pub(super) name: String,
    /// `TEXT`, `NUMBER`, `DATE` or `STATIC_DROPDOWN`.
    pub(super) kind: String,
    pub(super) data: Value,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    /// Values by the id of the field, with when they were set.
    pub(super) cells: BTreeMap<String, (String, Timestamp)>,
}

impl Table {
    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id, "externalId": self.external_id, "name": self.name, "projectId": self.project,
            "folderId": self.folder, "trigger": null, "status": null, "created": stamp(self.created),
            "updated": stamp(self.updated),
        })
    }

    pub(super) fn field_json(&self, field: &Field) -> Value {
        json!({
            "id": field.id, "created": stamp(field.created), "updated": stamp(field.updated), "name": field.name,
            "type": field.kind, "tableId": self.id, "projectId": self.project, "externalId": field.external_id,
            "data": field.data,
        })
    }

    pub(super) fn record_json(&self, record: &Record) -> Value {
        let cells: Map<String, Value> = self
            .fields
            .iter()
            .map(|field| {
                let cell = record.cells.get(&field.id);
                let at = stamp(cell.map_or(record.created, |(_, at)| *at));
                let value = cell.map(|(value, _)| value);
                let body = json!({ "updated": at, "created": at, "value": value, "fieldName": field.name });
                (field.id.clone(), body)
            })
            .collect();
        json!({
            "id": record.id, "created": stamp(record.created), "updated": stamp(record.updated), "tableId": self.id,
            "projectId": self.project, "cells": cells,
        })
    }

    /// The values of each record by the name of the field, empty where there is none.
    pub(super) fn rows(&self) -> Vec<BTreeMap<String, String>> {
        let value = |record: &Record, field: &Field| {
            record.cells.get(&field.id).map(|(value, _)| value.clone()).unwrap_or_default()
        };
        let row = |record: &Record| self.fields.iter().map(|one| (one.name.clone(), value(record, one))).collect();
        self.records.iter().map(row).collect()
    }

    /// What a step that writes records asks for.
    pub(super) fn properties(&self) -> Value {
        let property = |field: &Field| {
            let (kind, says) = match field.kind.as_str() {
                "NUMBER" => ("NUMBER", "Number"),
                "DATE" => ("DATE_TIME", "Date"),
                "STATIC_DROPDOWN" => ("STATIC_DROPDOWN", "Single Select"),
                _ => ("SHORT_TEXT", "Text"),
            };
            let mut body = json!({ "displayName": field.name, "description": says, "required": false, "type": kind });
            if let Value::Object(body) = &mut body {
                if kind != "NUMBER" {
                    body.insert("defaultValue".to_owned(), json!(""));
                }
                if kind == "STATIC_DROPDOWN" {
                    let choices = field.data.get("options").and_then(Value::as_array).cloned().unwrap_or_default();
                    let choices = choices.iter().filter_map(|choice| choice.get("value")?.as_str());
                    let choices: Vec<Value> =
                        [""].into_iter().chain(choices).map(|one| json!({ "label": one, "value": one })).collect();
                    body.insert("options".to_owned(), json!({ "options": choices }));
                }
            }
            (field.external_id.clone(), body)
        };
        let properties: Map<String, Value> = self.fields.iter().map(property).collect();
        json!({ "values": {
            "displayName": "Records", "description": "The records to add", "required": true, "type": "ARRAY",
            "properties": properties,
        } })
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let known = |id: &String| self.fields.iter().any(|field| field.id == *id);
        match self.records.iter().find(|record| !record.cells.keys().all(known)) {
            Some(record) => Err(format!("record {} has a value in a field that is not there", record.id)),
            None => Ok(()),
        }
    }
}

impl Installation {
    pub(super) fn new_table(&mut self, project: &str, name: &str, now: Timestamp) -> Table {
        Table {
            id: self.id(),
            external_id: self.id(),
            project: project.to_owned(),
            folder: None,
            name: name.to_owned(),
            created: now,
            updated: now,
            fields: Vec::new(),
            records: Vec::new(),
        }
    }

    pub(super) fn table(&self, id: &str) -> Result<&Table, Reply> {
        let id = ask::id(id)?;
        self.tables.iter().find(|table| table.id == id).ok_or_else(|| Reply::not_found("table", id))
    }

    pub(super) fn table_mut(&mut self, id: &str) -> Result<&mut Table, Reply> {
        let id = ask::id(id)?;
        self.tables.iter_mut().find(|table| table.id == id).ok_or_else(|| Reply::not_found("table", id))
    }
}

/// `/v1/tables…`
pub(super) fn tables(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => {
            let project = &all.known_project(ask.needed_param("projectId")?)?.id;
            let name = ask.param("name").map(str::to_lowercase);
            let externals = ask.params("externalIds");
            let rows: Vec<&Table> = all
                .tables
                .iter()
                .filter(|one| one.project == *project)
                .filter(|one| name.as_ref().is_none_or(|name| one.name.to_lowercase().contains(name)))
                .filter(|one| ask.param("folderId").is_none_or(|folder| one.folder.as_deref() == Some(folder)))
                .filter(|one| externals.is_empty() || externals.contains(&one.external_id.as_str()))
                .collect();
            Reply::page(&rows, ask, 10, |one| &one.id, |one| one.json().to_string())
        }
        ("GET", ["count"]) => {
            let project = &all.known_project(ask.needed_param("projectId")?)?.id;
            Ok(Reply::ok(json!(all.tables.iter().filter(|one| one.project == *project).count())))
        }
        ("POST", []) => create(all, ask),
        ("GET", [id]) => Ok(Reply::ok(all.table(id)?.json())),
        ("POST", [id]) => {
            all.table(id)?;
            let body = ask.body()?;
            let name = ask::some_text(&body, "name");
            let folder = body.get("folderId").map(|folder| folder.as_str().map(str::to_owned));
            if let Some(Some(folder)) = &folder
                && !all.folders.iter().any(|one| one.id == *folder)
            {
                return Err(Reply::not_found("folder", folder));
            }
            let table = all.table_mut(id)?;
            table.name = name.unwrap_or_else(|| table.name.clone());
            table.folder = folder.unwrap_or_else(|| table.folder.clone());
            table.updated = ask.now;
            Ok(Reply::ok(table.json()))
        }
        ("DELETE", [id]) => {
            let id = all.table(id)?.id.clone();
            all.tables.retain(|table| table.id != id);
            Ok(Reply::empty(204))
        }
        ("POST", [id, "clear"]) => {
            all.table_mut(id)?.records.clear();
            Ok(Reply::empty(204))
        }
        ("GET", [id, "export"]) => {
            let table = all.table(id)?;
            let fields: Vec<Value> = table.fields.iter().map(|one| json!({ "id": one.id, "name": one.name })).collect();
            Ok(Reply::ok(json!({ "fields": fields, "rows": table.rows(), "name": table.name })))
        }
        ("GET", [id, "template"]) => {
            let table = all.table(id)?;
            let field = |one: &Field| json!({ "name": one.name, "type": one.kind, "data": one.data, "externalId": one.external_id });
            let fields: Vec<Value> = table.fields.iter().map(field).collect();
            let body = json!({ "name": table.name, "externalId": table.external_id, "fields": fields, "data": null });
            Ok(Reply::ok(json!({ "name": table.name, "type": "SHARED", "tables": [body] })))
        }
        _ => Err(Reply::no_route()),
    }
}

fn create(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let project = all.known_project(ask::text(&body, "projectId")?)?.id.clone();
    let mut table = all.new_table(&project, ask::name(&body, "name")?, ask.now);
    table.folder = ask::some_text(&body, "folderId");
    if let Some(folder) = table.folder.as_ref().filter(|folder| !all.folders.iter().any(|one| one.id == **folder)) {
        return Err(Reply::not_found("folder", folder));
    }
    if let Some(external) = ask::some_text(&body, "externalId") {
        table.external_id = external;
    }
    for field in body.get("fields").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let field = super::fields::read(all, field, ask.now)?;
        table.fields.push(field);
    }
    let answer = table.json();
    all.tables.push(table);
    Ok(Reply::ok(answer))
}
