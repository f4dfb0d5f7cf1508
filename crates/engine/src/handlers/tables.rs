//! Tables that automations write into, for people: looked at, filled in, emptied and written out.

use std::collections::BTreeMap;

use contract::commands::{
    AddColumn, CreateTable, DeleteTable, ExportTable, ListTables, NewColumn, PutRow, RemoveRows, ShowTable,
};
use contract::{ColumnId, ColumnKind, Exported, Fault, RowId, TableColumn, TableId, TableRow, TableSummary, TableView};
use store::{DataField, DataKind, DataRecord, DataTable, Store, StoreError};

use super::words::name;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Longer names of tables and columns are refused.
const NAME: usize = 80;
/// A table is not made with more columns.
const COLUMNS: usize = 50;
/// Rows in an answer, if nobody says.
const USUAL: u32 = 1_000;
/// Rows in an answer at most.
const MOST: u32 = 10_000;

impl Handle<ListTables> for Ask<'_> {
    async fn handle(&self, _: ListTables) -> Result<Vec<TableSummary>, Fault> {
        let tables = self.desk().await?.store.tables().await.into_fault()?;
        Ok(tables.into_iter().map(summary).collect())
    }
}

impl Handle<ShowTable> for Ask<'_> {
    async fn handle(&self, ShowTable { id, limit }: ShowTable) -> Result<TableView, Fault> {
        view(&self.desk().await?.store, id, limit.unwrap_or(USUAL).min(MOST)).await
    }
}

impl Handle<CreateTable> for Ask<'_> {
    async fn handle(&self, input: CreateTable) -> Result<TableView, Fault> {
        let called = name("name", "The name of a table", &input.name, NAME)?;
        if input.columns.is_empty() || input.columns.len() > COLUMNS {
            return Err(Fault::invalid("columns", format!("A table is made with 1 to {COLUMNS} columns.")));
        }
        let columns = input.columns.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let store = &self.desk().await?.store;
        let made = store.add_table(called, &columns).await.into_fault()?;
        view(store, TableId(made.id), USUAL).await
    }
}

impl Handle<AddColumn> for Ask<'_> {
    async fn handle(&self, input: AddColumn) -> Result<TableView, Fault> {
        let (called, kind) = column(&input.column)?;
        let store = &self.desk().await?.store;
        store.add_field(input.id.0, &called, &kind).await.into_fault()?;
        view(store, input.id, USUAL).await
    }
}

impl Handle<PutRow> for Ask<'_> {
    async fn handle(&self, input: PutRow) -> Result<TableRow, Fault> {
        let store = &self.desk().await?.store;
        let table = input.table.0;
        let cells: BTreeMap<i64, String> = input.cells.into_iter().map(|(column, text)| (column.0, text)).collect();
        let put = match input.row {
            Some(row) => store.change_record(table, row.0, &cells, None).await.into_fault()?,
            None => {
                let added = store.add_records(table, &[cells], None).await.into_fault()?;
                added.into_iter().next().ok_or(StoreError::NoRecord).into_fault()?
            }
        };
        Ok(row(&store.table_fields(table).await.into_fault()?, put))
    }
}

impl Handle<RemoveRows> for Ask<'_> {
    async fn handle(&self, RemoveRows { table, rows }: RemoveRows) -> Result<(), Fault> {
        let rows: Vec<i64> = rows.into_iter().map(|row| row.0).collect();
        self.desk().await?.store.remove_records(table.0, &rows, None).await.into_fault()
    }
}

impl Handle<DeleteTable> for Ask<'_> {
    async fn handle(&self, DeleteTable { id }: DeleteTable) -> Result<(), Fault> {
        self.desk().await?.store.remove_table(id.0).await.into_fault()
    }
}

impl Handle<ExportTable> for Ask<'_> {
    async fn handle(&self, ExportTable { id }: ExportTable) -> Result<Exported, Fault> {
        let view = view(&self.desk().await?.store, id, u32::MAX).await?;
        let kept = |letter: char| if letter.is_alphanumeric() || letter == ' ' { letter } else { '-' };
        let name: String = view.table.name.chars().map(kept).collect();
        Ok(Exported { name: format!("{}.csv", name.trim()), text: csv(&view) })
    }
}

async fn view(store: &Store, id: TableId, limit: u32) -> Result<TableView, Fault> {
    let table = store.tables().await.into_fault()?.into_iter().find(|table| table.id == id.0);
    let table = table.ok_or(StoreError::NoTable).into_fault()?;
    let fields = store.table_fields(id.0).await.into_fault()?;
    let records = store.table_records(id.0, &[], limit).await.into_fault()?;
    let rows = records.into_iter().map(|record| row(&fields, record)).collect();
    let columns = fields.into_iter().map(|field| TableColumn {
        id: ColumnId(field.id),
        name: field.name,
        kind: match field.kind {
            DataKind::Text => ColumnKind::Text,
            DataKind::Number => ColumnKind::Number,
            DataKind::Date => ColumnKind::Date,
            DataKind::OneOf(words) => ColumnKind::OneOf(words),
        },
    });
    Ok(TableView { table: summary(table), columns: columns.collect(), rows })
}

fn summary(table: DataTable) -> TableSummary {
    TableSummary { id: TableId(table.id), name: table.name, rows: table.records }
}

fn row(fields: &[DataField], mut record: DataRecord) -> TableRow {
    let cells = fields.iter().map(|field| record.cells.remove(&field.id).unwrap_or_default()).collect();
    TableRow { id: RowId(record.id), cells }
}

/// A column as it is kept.
fn column(new: &NewColumn) -> Result<(String, DataKind), Fault> {
    let called = name("columns", "The name of a column", &new.name, NAME)?;
    let kind = match &new.kind {
        ColumnKind::Text => DataKind::Text,
        ColumnKind::Number => DataKind::Number,
        ColumnKind::Date => DataKind::Date,
        ColumnKind::OneOf(words) => {
            let one = |word: &String| name("columns", "A choice of a column", word, NAME).map(str::to_owned);
            let words = words.iter().map(one).collect::<Result<Vec<_>, _>>()?;
            if words.is_empty() {
                return Err(Fault::invalid(
                    "columns",
                    format!("“{called}” has nothing to choose from. Name its choices."),
                ));
            }
            DataKind::OneOf(words)
        }
    };
    Ok((called.to_owned(), kind))
}

/// The table as programs for tables read it: a line of names, then a line a row.
fn csv(view: &TableView) -> String {
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> = cells.map(cell).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(&mut view.columns.iter().map(|column| column.name.as_str()));
    for row in &view.rows {
        line(&mut row.cells.iter().map(String::as_str));
    }
    text
}

/// Quoted where it has to be. What such a program would take for a formula is told to be a text: rows hold words of others.
fn cell(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    let is_formula = !is_number && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests;
