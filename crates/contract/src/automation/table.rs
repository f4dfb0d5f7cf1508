//! Tables that steps of automations write into, and people read.

use serde::{Deserialize, Serialize};

use crate::{ColumnId, RowId, TableId};

/// A table in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableSummary {
    /// The table.
    pub id: TableId,
    /// What it is called.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day and time: `2026-11-21`, or `2026-11-21T09:00:00Z`.
    Date,
    /// One of these.
    OneOf(Vec<String>),
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableColumn {
    /// The column.
    pub id: ColumnId,
    /// What it is called; once in its table.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableRow {
    /// The row; never given again.
    pub id: RowId,
    /// What stands in its cells, in the order of the columns; empty for nothing.
    pub cells: Vec<String>,
}

/// A table with its columns and the first of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableView {
    /// What the list says of it.
    pub table: TableSummary,
    /// In the order in which they were made.
    pub columns: Vec<TableColumn>,
    /// In the order in which they were made; as many as were asked for.
    pub rows: Vec<TableRow>,
}
