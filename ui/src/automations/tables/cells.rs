//! What stands in a cell, for people. Pure.

use contract::{ColumnKind, TableRow, TableView};

use crate::say;

/// A cell's text as it is shown: a day that begins at midnight is a day.
pub(super) fn shown(kind: &ColumnKind, text: &str) -> String {
    match kind {
        ColumnKind::Date => {
            let text = text.strip_suffix("T00:00:00.000Z").unwrap_or(text);
            text.strip_suffix(":00.000Z").map_or_else(|| text.to_owned(), |minute| [minute, "Z"].concat())
        }
        ColumnKind::Text | ColumnKind::Number | ColumnKind::OneOf(_) => text.to_owned(),
    }
}

/// What a column holds, in a word.
pub(super) fn kind_word(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => say::automations::kind_text(),
        ColumnKind::Number => say::automations::kind_number(),
        ColumnKind::Date => say::automations::kind_date(),
        ColumnKind::OneOf(_) => say::automations::kind_choice(),
    }
}

/// What an empty cell shows.
pub(super) fn placeholder(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Date => "2026-11-21",
        ColumnKind::Text | ColumnKind::Number | ColumnKind::OneOf(_) => "",
    }
}

/// The row at this place, if there is one.
pub(super) fn row(view: &TableView, id: contract::RowId) -> Option<&TableRow> {
    view.rows.iter().find(|row| row.id == id)
}

/// What somebody typed into a cell of a row.
pub(super) type Typed = (contract::RowId, contract::ColumnId, String);

/// A row's cells with what was typed into them since.
pub(super) fn retyped(
    mut cells: Vec<(contract::ColumnId, String)>,
    at: contract::RowId,
    typed: &[Typed],
) -> Vec<(contract::ColumnId, String)> {
    for (_, column, text) in typed.iter().filter(|(row, ..)| *row == at) {
        cells.retain(|(known, _)| known != column);
        if !text.is_empty() {
            cells.push((*column, text.clone()));
        }
    }
    cells
}

/// A row's cells as they are put back: those that hold something.
pub(super) fn filled(view: &TableView, row: &TableRow) -> Vec<(contract::ColumnId, String)> {
    let cells = view.columns.iter().zip(&row.cells).filter(|(_, text)| !text.is_empty());
    cells.map(|(column, text)| (column.id, text.clone())).collect()
}
