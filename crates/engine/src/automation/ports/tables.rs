//! Tables of the store, in the form in which a server tells of them, so that a flow that moves finds what it expects.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use runner::pieces::{Filter, Table, TableField, TableFieldKind, Tables};
use runner::{Key, Map};
use serde_json::{Value, json};
use store::{DataField, DataFilter, DataKind, DataRecord, DataTest, Store};

use super::Around;

/// More records are not brought into a run at once.
const MOST: u32 = 10_000;

#[async_trait]
impl Tables for Around {
    async fn tables(&self) -> Result<Vec<Table>, String> {
        let (_, desk) = self.desk().await?;
        let found = desk.store.tables().await.map_err(said)?;
        Ok(found.into_iter().map(|table| Table { id: table.id.to_string(), name: table.name }).collect())
    }

    async fn fields(&self, table: &str) -> Result<Vec<TableField>, String> {
        let (_, desk) = self.desk().await?;
        let fields = desk.store.table_fields(table_id(table)?).await.map_err(said)?;
        let kind = |kind| match kind {
            DataKind::Text => TableFieldKind::Text,
            DataKind::Number => TableFieldKind::Number,
            DataKind::Date => TableFieldKind::Date,
            DataKind::OneOf(words) => TableFieldKind::OneOf(words),
        };
        let field =
            |field: DataField| TableField { id: field.id.to_string(), name: field.name, kind: kind(field.kind) };
        Ok(fields.into_iter().map(field).collect())
    }

    async fn create(&self, table: &str, records: Vec<Map>, key: &Key) -> Result<Vec<Value>, String> {
        let (_, desk) = self.desk().await?;
        let shape = Shape::of(&desk.store, table).await?;
        let records = records.iter().map(cells).collect::<Result<Vec<_>, _>>()?;
        let made = desk.store.add_records(shape.table, &records, Some(key.as_str())).await.map_err(said)?;
        Ok(made.iter().map(|record| shape.told(record)).collect())
    }

    async fn update(&self, table: &str, record: &str, given: Map, key: &Key) -> Result<Value, String> {
        let (_, desk) = self.desk().await?;
        let shape = Shape::of(&desk.store, table).await?;
        let (record, given) = (record_id(record)?, cells(&given)?);
        let changed = desk.store.change_record(shape.table, record, &given, Some(key.as_str())).await.map_err(said)?;
        Ok(shape.told(&changed))
    }

    async fn delete(&self, table: &str, records: &[String], key: &Key) -> Result<(), String> {
        let (_, desk) = self.desk().await?;
        let records = records.iter().map(|record| record_id(record)).collect::<Result<Vec<_>, _>>()?;
        desk.store.remove_records(table_id(table)?, &records, Some(key.as_str())).await.map_err(said)
    }

    async fn get(&self, table: &str, record: &str) -> Result<Option<Value>, String> {
        let (_, desk) = self.desk().await?;
        let shape = Shape::of(&desk.store, table).await?;
        let found = desk.store.table_record(shape.table, record_id(record)?).await.map_err(said)?;
        Ok(found.map(|record| shape.told(&record)))
    }

    async fn find(&self, table: &str, filters: &[Filter], limit: Option<usize>) -> Result<Vec<Value>, String> {
        let (_, desk) = self.desk().await?;
        let shape = Shape::of(&desk.store, table).await?;
        let filters = filters.iter().map(filter).collect::<Result<Vec<_>, _>>()?;
        let limit = limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(MOST).min(MOST);
        let found = desk.store.table_records(shape.table, &filters, limit).await.map_err(said)?;
        Ok(found.iter().map(|record| shape.told(record)).collect())
    }

    async fn clear(&self, table: &str, key: &Key) -> Result<(), String> {
        let (_, desk) = self.desk().await?;
        desk.store.clear_table(table_id(table)?, Some(key.as_str())).await.map_err(said)
    }
}

/// A table as it is when a step looks at it.
struct Shape {
    table: i64,
    fields: Vec<DataField>,
}

impl Shape {
    async fn of(store: &Store, table: &str) -> Result<Self, String> {
        let table = table_id(table)?;
        Ok(Self { table, fields: store.table_fields(table).await.map_err(said)? })
    }

    /// A record in a server's form: every column has a cell, an empty one is null.
    fn told(&self, record: &DataRecord) -> Value {
        let (created, updated) = (instant(record.made_at), instant(record.changed_at));
        let cell = |field: &DataField| {
            let value = record.cells.get(&field.id);
            let cell = json!({ "fieldName": field.name, "value": value, "created": created, "updated": updated });
            (field.id.to_string(), cell)
        };
        let cells: Map = self.fields.iter().map(cell).collect();
        json!({
            "id": record.id.to_string(),
            "tableId": self.table.to_string(),
            "created": created,
            "updated": updated,
            "cells": cells,
        })
    }
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn said(why: store::StoreError) -> String {
    why.to_string()
}

fn table_id(text: &str) -> Result<i64, String> {
    text.trim().parse().map_err(|_| store::StoreError::NoTable.to_string())
}

fn record_id(text: &str) -> Result<i64, String> {
    text.trim().parse().map_err(|_| store::StoreError::NoRecord.to_string())
}

fn field_id(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| "The table has no such column any more. Open the step and choose another.".to_owned())
}

fn cells(given: &Map) -> Result<BTreeMap<i64, String>, String> {
    let cell = |(field, value): (&String, &Value)| Ok((field_id(field)?, runner::value::render(value)));
    given.iter().map(cell).collect()
}

fn filter(given: &Filter) -> Result<DataFilter, String> {
    let test = match given.operator.as_str() {
        "eq" => DataTest::Is,
        "neq" => DataTest::IsNot,
        "gt" => DataTest::Above,
        "gte" => DataTest::AtLeast,
        "lt" => DataTest::Below,
        "lte" => DataTest::AtMost,
        "co" => DataTest::Contains,
        "exists" => DataTest::Filled,
        "not_exists" => DataTest::Empty,
        _ => return Err("A filter compares in a way that there is not. Open the step and choose one.".into()),
    };
    Ok(DataFilter { field: field_id(&given.field)?, test, value: given.value.clone() })
}
