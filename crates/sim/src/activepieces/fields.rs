//! The fields of tables.

use flow::Map;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::installation::Installation;
use super::reply::Reply;
use super::tables::{Field, Table};

/// Reads a field that is to be made.
pub(super) fn read(all: &mut Installation, body: &Map, now: Timestamp) -> Result<Field, Reply> {
    let name = ask::name(body, "name")?.to_owned();
    let kind = ask::text(body, "type")?.to_owned();
    let data = body.get("data").cloned().unwrap_or_default();
    let has_options = data.get("options").is_some_and(Value::is_array);
    if !["TEXT", "NUMBER", "DATE", "STATIC_DROPDOWN"].contains(&kind.as_str())
        || (kind == "STATIC_DROPDOWN" && !has_options)
    {
        return Err(Reply::validation("body/ Invalid input"));
    }
    Ok(Field { id: all.id(), external_id: all.id(), name, kind, data, created: now, updated: now })
}

/// `/v1/fields…`
pub(super) fn fields(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => {
            let table = all.table(ask.needed_param("tableId")?)?;
            Ok(Reply::ok(table.fields.iter().map(|field| table.field_json(field)).collect()))
        }
        ("POST", []) => {
            let body = ask.body()?;
            let id = all.table(ask::text(&body, "tableId")?)?.id.clone();
            let field = read(all, &body, ask.now)?;
            let table = all.table_mut(&id)?;
            if table.fields.iter().any(|one| one.name == field.name) {
                let message = format!("The table has a field {} already", field.name);
                return Err(Reply::domain(409, "VALIDATION", json!({ "message": message })));
            }
            let answer = table.field_json(&field);
            table.fields.push(field);
            Ok(Reply::json(201, answer))
        }
        ("GET", [id]) => {
            let (table, at) = find(all, id)?;
            Ok(Reply::ok(table.fields.get(at).map(|field| table.field_json(field)).unwrap_or_default()))
        }
        ("POST", [id]) => {
            let body = ask.body()?;
            let name = ask::name(&body, "name")?.to_owned();
            let (table, at) = find(all, id)?;
            if let Some(field) = table.fields.get_mut(at) {
                field.name = name;
                field.updated = ask.now;
            }
            Ok(Reply::ok(table.fields.get(at).map(|field| table.field_json(field)).unwrap_or_default()))
        }
        ("DELETE", [id]) => {
            let (table, at) = find(all, id)?;
            let gone = table.fields.remove(at);
            for record in &mut table.records {
                record.cells.remove(&gone.id);
            }
            Ok(Reply::empty(204))
        }
        _ => Err(Reply::no_route()),
    }
}

fn find<'a>(all: &'a mut Installation, id: &str) -> Result<(&'a mut Table, usize), Reply> {
    let id = ask::id(id)?;
    let found = all.tables.iter_mut().find_map(|table| {
        let at = table.fields.iter().position(|field| field.id == id)?;
        Some((table, at))
    });
    found.ok_or_else(|| Reply::not_found("field", id))
}
