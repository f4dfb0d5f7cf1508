//! Inputs about tables that automations write into.

use serde::{Deserialize, Serialize};

use super::setup::input;
use crate::{ColumnId, ColumnKind, RowId, TableId};

input! {
    /// No input.
    ListTables {}
    /// Which table.
    ShowTable {
        /// The table.
        id: TableId,
        /// How many rows at most, up to 10,000; 1,000 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// What to make.
    CreateTable {
        /// Not blank, at most 80 characters.
        name: String,
        /// Its columns, at most 50.
        columns: Vec<NewColumn>,
    }
    /// A column to be made.
    NewColumn {
        /// Not blank, at most 80 characters, and once in its table.
        name: String,
        /// What it holds.
        kind: ColumnKind,
    }
    /// What to add to a table.
    AddColumn {
        /// The table.
        id: TableId,
        /// What it is called and holds.
        column: NewColumn,
    }
    /// Which table.
    DeleteTable {
        /// The table.
        id: TableId,
    }
    /// What stands in a row.
    PutRow {
        /// The table.
        table: TableId,
        /// The row; another one is added when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<RowId>,
        /// Cells by column. An empty text empties a cell; a cell that is left out stays.
        cells: Vec<(ColumnId, String)>,
    }
    /// Which rows.
    RemoveRows {
        /// The table.
        table: TableId,
        /// The rows; those that are gone already are passed over.
        rows: Vec<RowId>,
    }
    /// Which table.
    ExportTable {
        /// The table.
        id: TableId,
    }
}
