//! The server's own tables: their fields and records. Every cell is a text.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault};

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Table {
    /// Its id.
    pub id: String,
    /// What steps of the tables piece call it by.
    #[serde(deserialize_with = "lenient")]
    pub external_id: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// The folder; `None` if it is in none.
    #[serde(deserialize_with = "lenient")]
    pub folder_id: Option<String>,
    /// When it was changed last.
    #[serde(deserialize_with = "lenient")]
    pub updated: String,
}

/// A field of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// What steps of the tables piece call it by.
    #[serde(deserialize_with = "lenient")]
    pub external_id: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// `TEXT`, `NUMBER`, `DATE` or `STATIC_DROPDOWN`.
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub kind: String,
    /// What can be chosen in it.
    #[serde(rename = "data", deserialize_with = "choices")]
    pub choices: Vec<String>,
}

/// A record of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TableRecord {
    /// Its id.
    pub id: String,
    /// When it was made.
    #[serde(deserialize_with = "lenient")]
    pub created: String,
    /// When it was changed last.
    #[serde(deserialize_with = "lenient")]
    pub updated: String,
    /// Its cells, by the id of the field.
    #[serde(deserialize_with = "lenient")]
    pub cells: BTreeMap<String, Cell>,
}

/// A cell of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cell {
    /// What people call the field.
    #[serde(deserialize_with = "lenient")]
    pub field_name: String,
    /// What is in it; `None` if nothing ever was.
    #[serde(deserialize_with = "lenient")]
    pub value: Option<String>,
}

/// A condition on records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFilter {
    /// The field.
    pub field: String,
    /// `eq`, `neq`, `gt`, `gte`, `lt`, `lte`, `co`, `exists` or `not_exists`.
    pub operator: String,
    /// What it is compared with, where that is needed.
    pub value: Option<String>,
}

/// A cell to write: the field's id and the text.
pub type NewCell = (String, String);

fn choices<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let data = Value::deserialize(deserializer)?;
    let options = data.get("options").and_then(Value::as_array).cloned().unwrap_or_default();
    let value = |option: &Value| option.get("value").and_then(Value::as_str).map(str::to_owned);
    Ok(options.iter().filter_map(value).collect())
}

fn cells(cells: &[NewCell]) -> Value {
    cells.iter().map(|(field, value)| json!({ "fieldId": field, "value": value })).collect()
}

impl Client {
    /// A page of the tables of a project.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn tables(&self, project: &str, cursor: Option<&str>) -> Result<Page<Table>, Fault> {
        let ask = Ask::get(&["v1", "tables"]).with("projectId", project).with_some("cursor", cursor);
        wire::plain_page(&self.text(ask).await?)
    }

    /// Makes a table.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about a field.
    pub async fn create_table(&self, project: &str, name: &str) -> Result<Table, Fault> {
        self.json(Ask::post(&["v1", "tables"], &json!({ "projectId": project, "name": name }))).await
    }

    /// Renames a table.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn rename_table(&self, id: &str, name: &str) -> Result<Table, Fault> {
        self.json(Ask::post(&["v1", "tables", id], &json!({ "name": name }))).await
    }

    /// Deletes a table with all that is in it.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn delete_table(&self, id: &str) -> Result<(), Fault> {
        self.done(Ask::delete(&["v1", "tables", id])).await
    }

    /// The fields of a table, in order.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn fields(&self, table: &str) -> Result<Page<Field>, Fault> {
        wire::plain_page(&self.text(Ask::get(&["v1", "fields"]).with("tableId", table)).await?)
    }

    /// Makes a field; `choices` are for one of kind `STATIC_DROPDOWN`.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about a field of the request.
    pub async fn create_field(&self, table: &str, name: &str, kind: &str, choices: &[String]) -> Result<Field, Fault> {
        let mut body = Map::from_iter([
            ("tableId".to_owned(), json!(table)),
            ("name".to_owned(), json!(name)),
            ("type".to_owned(), json!(kind)),
        ]);
        if kind == "STATIC_DROPDOWN" {
            let options: Vec<Value> = choices.iter().map(|choice| json!({ "value": choice })).collect();
            body.insert("data".to_owned(), json!({ "options": options }));
        }
        self.json(Ask::post(&["v1", "fields"], &body)).await
    }

    /// Renames a field.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn rename_field(&self, id: &str, name: &str) -> Result<Field, Fault> {
        self.json(Ask::post(&["v1", "fields", id], &json!({ "name": name }))).await
    }

    /// Deletes a field with what is in it.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn delete_field(&self, id: &str) -> Result<(), Fault> {
        self.done(Ask::delete(&["v1", "fields", id])).await
    }

    /// A page of the records of a table that meet all conditions.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn records(
        &self,
        table: &str,
        filters: &[RecordFilter],
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Page<TableRecord>, Fault> {
        let mut ask =
            Ask::get(&["v1", "records"]).with("tableId", table).with_some("cursor", cursor).with_some("limit", limit);
        for (number, filter) in filters.iter().enumerate() {
            ask = ask
                .with(&format!("filters[{number}][fieldId]"), &filter.field)
                .with(&format!("filters[{number}][operator]"), &filter.operator)
                .with_some(&format!("filters[{number}][value]"), filter.value.as_deref());
        }
        wire::plain_page(&self.text(ask).await?)
    }

    /// Adds records.
    ///
    /// # Errors
    /// [`Fault::Invalid`] when the table is full or a field is not one of its own.
    pub async fn create_records(&self, table: &str, records: &[Vec<NewCell>]) -> Result<Page<TableRecord>, Fault> {
        let records: Vec<Value> = records.iter().map(|record| cells(record)).collect();
        let body = json!({ "tableId": table, "records": records });
        wire::plain_page(&self.text(Ask::post(&["v1", "records"], &body)).await?)
    }

    /// Writes cells of a record; the others stay.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn update_record(&self, table: &str, id: &str, written: &[NewCell]) -> Result<TableRecord, Fault> {
        let body = json!({ "tableId": table, "cells": cells(written) });
        self.json(Ask::post(&["v1", "records", id], &body)).await
    }

    /// Deletes records.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn delete_records(&self, table: &str, ids: &[String]) -> Result<(), Fault> {
        self.done(Ask::delete_with(&["v1", "records"], &json!({ "tableId": table, "ids": ids }))).await
    }
}
