//! The records of tables, with the filters of their list.

use std::cmp::Ordering;

use flow::Map;
use jiff::Timestamp;
use serde_json::Value;

use super::ask::{self, Ask};
use super::installation::Installation;
use super::reply::Reply;
use super::tables::{Record, Table};

impl Installation {
    /// Adds a record with values in these fields.
    pub(super) fn add_record(
        &mut self,
        table: &str,
        cells: Vec<(String, String)>,
        now: Timestamp,
    ) -> Result<Value, Reply> {
        let id = self.id();
        let table = self.table_mut(table)?;
        let cells = cells.into_iter().map(|(field, value)| (field, (value, now))).collect();
        let record = Record { id, created: now, updated: now, cells };
        let answer = table.record_json(&record);
        table.records.push(record);
        Ok(answer)
    }
}

/// `/v1/records…`
pub(super) fn records(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => {
            let table = all.table(ask.needed_param("tableId")?)?;
            let filters = Filter::read(ask)?;
            let fits = |record: &&Record| filters.iter().all(|filter| filter.holds(record));
            let rows: Vec<&Record> = table.records.iter().filter(fits).collect();
            Reply::page(&rows, ask, 10, |record| &record.id, |record| table.record_json(record).to_string())
        }
        ("POST", []) => {
            let body = ask.body()?;
            let table = all.table(ask::text(&body, "tableId")?)?;
            let wrong = || Reply::validation("body/records Invalid input: expected array");
            let rows = body.get("records").and_then(Value::as_array).ok_or_else(wrong)?;
            let rows: Vec<_> = rows.iter().map(|row| cells(table, row)).collect::<Result<_, _>>()?;
            let id = table.id.clone();
            let made: Vec<Value> =
                rows.into_iter().map(|row| all.add_record(&id, row, ask.now)).collect::<Result<_, _>>()?;
            Ok(Reply::json(201, Value::Array(made)))
        }
        ("GET", [id]) => {
            let (table, at) = find(all, id)?;
            Ok(Reply::ok(table.records.get(at).map(|record| table.record_json(record)).unwrap_or_default()))
        }
        ("POST", [id]) => {
            let body = ask.body()?;
            let (table, at) = find(all, id)?;
            let changed = match body.get("cells") {
                Some(list) => cells(table, list)?,
                None => Vec::new(),
            };
            if let Some(record) = table.records.get_mut(at) {
                record.updated = ask.now;
                record.cells.extend(changed.into_iter().map(|(field, value)| (field, (value, ask.now))));
            }
            Ok(Reply::ok(table.records.get(at).map(|record| table.record_json(record)).unwrap_or_default()))
        }
        ("DELETE", []) => {
            let body: Map = ask.body()?;
            let ids = ask::texts(&body, "ids").unwrap_or_default();
            all.table_mut(ask::text(&body, "tableId")?)?.records.retain(|record| !ids.contains(&record.id));
            Ok(Reply::ok(Value::Array(Vec::new())))
        }
        _ => Err(Reply::no_route()),
    }
}

fn find<'a>(all: &'a mut Installation, id: &str) -> Result<(&'a mut Table, usize), Reply> {
    let id = ask::id(id)?;
    let found = all.tables.iter_mut().find_map(|table| {
        let at = table.records.iter().position(|record| record.id == id)?;
        Some((table, at))
    });
    found.ok_or_else(|| Reply::not_found("record", id))
}

/// Values by field; whatever is sent, it is kept as a text.
fn cells(table: &Table, list: &Value) -> Result<Vec<(String, String)>, Reply> {
    let wrong = || Reply::validation("body/ Invalid input");
    let cell = |cell: &Value| {
        let field = cell.get("fieldId").and_then(Value::as_str).ok_or_else(wrong)?;
        if !table.fields.iter().any(|one| one.id == field) {
            return Err(Reply::not_found("field", field));
        }
        let value = match cell.get("value") {
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => String::new(),
            Some(other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) => other.to_string(),
        };
        Ok((field.to_owned(), value))
    };
    list.as_array().ok_or_else(wrong)?.iter().map(cell).collect()
}

/// One of `filters[n][…]`.
#[derive(Debug, Default)]
struct Filter {
    field: String,
    operator: String,
    value: String,
}

impl Filter {
    fn read(ask: &Ask<'_>) -> Result<Vec<Self>, Reply> {
        let mut filters: Vec<Self> = Vec::new();
        for (key, value) in &ask.query {
            let Some((number, part)) = key.strip_prefix("filters[").and_then(|rest| rest.split_once("][")) else {
                continue;
            };
            let wrong = || Reply::validation("querystring/filters Invalid input");
            let number: usize = number.parse().ok().filter(|number| *number < 100).ok_or_else(wrong)?;
            if filters.len() <= number {
                filters.resize_with(number + 1, Self::default);
            }
            let filter = filters.get_mut(number).ok_or_else(wrong)?;
            match part.trim_end_matches(']') {
                "fieldId" => filter.field.clone_from(value),
                "operator" => filter.operator.clone_from(value),
                "value" => filter.value.clone_from(value),
                _ => return Err(wrong()),
            }
        }
        filters.retain(|filter| !filter.field.is_empty());
        Ok(filters)
    }

    fn holds(&self, record: &Record) -> bool {
        let value = record.cells.get(&self.field).map(|(value, _)| value.as_str()).unwrap_or_default();
        let order = match (value.parse::<f64>(), self.value.parse::<f64>()) {
            (Ok(one), Ok(other)) => one.partial_cmp(&other),
            _ => Some(value.cmp(&self.value)),
        };
        match self.operator.as_str() {
            "neq" => value != self.value,
            "gt" => order == Some(Ordering::Greater),
            "gte" => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            "lt" => order == Some(Ordering::Less),
            "lte" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            "co" => value.to_lowercase().contains(&self.value.to_lowercase()),
            "exists" => !value.is_empty(),
            "not_exists" => value.is_empty(),
            _ => value == self.value,
        }
    }
}
