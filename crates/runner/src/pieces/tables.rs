//! Tables of the app, or of whatever keeps them.

use std::sync::Arc;

use async_trait::async_trait;
use flow::piece::{Choice, Options, PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{self, Ask as Field, action, categories, choice, list, named, number, piece, prop, text};
use crate::piece::{Ask, nothing_to_choose};
use crate::{Call, Choices, Delivery, Failure, Key, Map, Piece, Reply, value};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is known by.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableField {
    /// What it is known by.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it holds.
    pub kind: TableFieldKind,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFieldKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day and time.
    Date,
    /// One of these.
    OneOf(Vec<String>),
}

/// What a record has to be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub field: String,
    /// `eq`, `neq`, `gt`, `gte`, `lt`, `lte`, `co`, `exists` or `not_exists`.
    pub operator: String,
    /// What it is compared with.
    pub value: String,
}

/// Where tables are kept. Cells are texts by the id of their column. What was changed under a key is not changed again.
#[async_trait]
pub trait Tables: Send + Sync {
    /// The tables that there are.
    async fn tables(&self) -> Result<Vec<Table>, String>;

    /// The columns of one.
    async fn fields(&self, table: &str) -> Result<Vec<TableField>, String>;

    /// Adds records, and gives them back as they are kept.
    async fn create(&self, table: &str, records: Vec<Map>, key: &Key) -> Result<Vec<Value>, String>;

    /// Changes cells of a record, and gives it back.
    async fn update(&self, table: &str, record: &str, cells: Map, key: &Key) -> Result<Value, String>;

    /// Deletes records.
    async fn delete(&self, table: &str, records: &[String], key: &Key) -> Result<(), String>;

    /// A record.
    async fn get(&self, table: &str, record: &str) -> Result<Option<Value>, String>;

    /// The records that are like this.
    async fn find(&self, table: &str, filters: &[Filter], limit: Option<usize>) -> Result<Vec<Value>, String>;

    /// Deletes every record.
    async fn clear(&self, table: &str, key: &Key) -> Result<(), String>;
}

pub(super) struct TablesPiece {
    pub(super) tables: Arc<dyn Tables>,
}

const OPERATORS: [(&str, &str); 9] = [
    ("eq", "is"),
    ("neq", "is not"),
    ("gt", "is greater than"),
    ("gte", "is at least"),
    ("lt", "is less than"),
    ("lte", "is at most"),
    ("co", "contains"),
    ("exists", "has a value"),
    ("not_exists", "has no value"),
];

fn table() -> Field {
    prop("table_id", PropertyKind::Dropdown, "Table Name").required().searched()
}

fn record() -> Field {
    text("record_id", "Record ID").required()
}

fn of_table(name: &str, label: &str) -> Field {
    prop(name, PropertyKind::Dynamic, label).refreshed_by(&["table_id"])
}

#[async_trait]
impl Piece for TablesPiece {
    fn describe(&self) -> PieceMetadata {
        PieceMetadata {
            actions: named(vec![
                action(
                    "tables-create-records",
                    "Create Record(s)",
                    "Adds records to a table.",
                    vec![table(), of_table("values", "Records").required()],
                ),
                action(
                    "tables-update-record",
                    "Update Record",
                    "Changes a record.",
                    vec![table(), record(), of_table("values", "Values").required()],
                ),
                action(
                    "tables-delete-record",
                    "Delete Record(s)",
                    "Deletes records.",
                    vec![table(), list("records_ids", "Records IDs").required()],
                ),
                action("tables-get-record", "Get Record", "Brings a record.", vec![table(), record()]),
                action(
                    "tables-find-records",
                    "Find Records",
                    "Brings the records that are like this.",
                    vec![table(), number("limit", "Limit"), of_table("filters", "Filters")],
                ),
                action("tables-clear-table", "Clear Table", "Deletes all records of a table.", vec![table()]),
            ]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-tables", "0.3.1", "Tables", "Records in tables")
        }
    }

    fn delivery(&self, action: &str, _: &Map) -> Delivery {
        match action {
            "tables-get-record" | "tables-find-records" => Delivery::Pure,
            _ => Delivery::Keyed,
        }
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let (tables, table, key) = (&self.tables, call.text("table_id"), call.key);
        let done = match call.action {
            "tables-create-records" => {
                let given =
                    call.within("values", "values").or_else(|| call.given("values")).cloned().unwrap_or_default();
                let records = given.as_array().cloned().unwrap_or_else(|| vec![given]);
                let records = records.iter().map(cells).collect::<Option<Vec<_>>>();
                let records =
                    records.ok_or_else(|| Failure::new("A record has to be names and values. Correct the step."))?;
                tables.create(&table, records, key).await.map(Value::from)
            }
            "tables-update-record" => {
                let given = call.given("values").and_then(cells).unwrap_or_default();
                tables.update(&table, &call.text("record_id"), given, key).await
            }
            "tables-delete-record" => {
                let ids: Vec<String> = call.list("records_ids").iter().map(value::render).collect();
                tables.delete(&table, &ids, key).await.map(|()| json!({ "deleted": ids }))
            }
            "tables-get-record" => match tables.get(&table, &call.text("record_id")).await {
                Ok(None) => Err("There is no such record any more. Choose another.".to_owned()),
                Ok(Some(record)) => Ok(record),
                Err(why) => Err(why),
            },
            "tables-find-records" => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit above zero")]
                let limit = call.number("limit")?.filter(|limit| *limit >= 1.0).map(|limit| limit as usize);
                let given = call.within("filters", "filters").or_else(|| call.given("filters"));
                let given = given.and_then(Value::as_array).into_iter().flatten();
                let filters: Vec<Filter> = given.map(filter).filter(|filter| !filter.field.is_empty()).collect();
                tables.find(&table, &filters, limit).await.map(Value::from)
            }
            _ => tables.clear(&table, key).await.map(|()| json!({ "cleared": true })),
        };
        done.map(Reply::Done).map_err(Failure::new)
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        if ask.property == "table_id" {
            let wanted = ask.search.unwrap_or_default().to_lowercase();
            let found = self.tables.tables().await.map_err(Failure::new)?;
            let found = found.into_iter().filter(|table| table.name.to_lowercase().contains(&wanted));
            let options: Vec<Choice> = found.map(|table| choice(&table.name, table.id)).collect();
            if options.is_empty() {
                return Ok(nothing_to_choose("There is no table yet. Make one first."));
            }
            return Ok(Choices::Dropdown(Options { options, ..Options::default() }));
        }
        let Some(table) = ask.input.get("table_id").and_then(Value::as_str).filter(|table| !table.is_empty()) else {
            return Ok(Choices::Dynamic(describe::all(Vec::new())));
        };
        let fields = self.tables.fields(table).await.map_err(Failure::new)?;
        Ok(Choices::Dynamic(describe::all(match (ask.property, ask.operation) {
            ("filters", _) => vec![list("filters", "Filters").each(vec![
                prop("field", PropertyKind::StaticDropdown, "Field")
                    .required()
                    .choices(fields.iter().map(|field| choice(&field.name, field.id.as_str()))),
                describe::one_of("operator", "Operator", &OPERATORS).required(),
                text("value", "Value"),
            ])],
            (_, "tables-update-record") => fields.iter().map(cell).collect(),
            _ => vec![list("values", "Records").required().each(fields.iter().map(cell).collect())],
        })))
    }
}

fn cell(field: &TableField) -> Field {
    match &field.kind {
        TableFieldKind::Text => text(&field.id, &field.name).says("Text"),
        TableFieldKind::Number => number(&field.id, &field.name).says("Number"),
        TableFieldKind::Date => prop(&field.id, PropertyKind::DateTime, &field.name).says("Date"),
        TableFieldKind::OneOf(words) => {
            let words = std::iter::once("").chain(words.iter().map(String::as_str));
            prop(&field.id, PropertyKind::StaticDropdown, &field.name)
                .says("Single Select")
                .choices(words.map(|word| choice(word, word)))
        }
    }
}

/// Cells are texts; what is empty is left as it is.
fn cells(given: &Value) -> Option<Map> {
    let given = given.as_object()?.iter().filter(|(_, value)| !value.is_null() && value.as_str() != Some(""));
    Some(given.map(|(name, value)| (name.clone(), Value::from(value::render(value)))).collect())
}

fn filter(given: &Value) -> Filter {
    let text = |name: &str| given.get(name).map(value::render).unwrap_or_default();
    Filter { field: text("field"), operator: text("operator"), value: text("value") }
}
