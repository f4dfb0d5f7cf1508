//! A project's card tables.

use std::collections::HashMap;

use contract::{Board, BoardColumn, Kind, ProjectId, RecordingId, Row};
use sqlx::Row as _;

use super::rows::{row, row_columns};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// A project's card tables, with columns from left to right and their cards in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn boards(&self, project: ProjectId) -> Result<Vec<Board>> {
        let rows = sqlx::query(concat!(
            "select ",
            row_columns!(),
            ", coalesce((select raw.text->>'$.color' from raw where raw.id = r.id and r.kind <> 'Kanban::Card'), '') as color
             from recording r where r.project = ? and r.status = 'active' and r.kind in ('Kanban::Board', 'Kanban::Triage',
                'Kanban::NotNowColumn', 'Kanban::Column', 'Kanban::DoneColumn', 'Kanban::OnHoldColumn', 'Kanban::Card')
             order by r.position is null, r.position, r.id"
        ))
        .bind(project.0)
        .fetch_all(&self.inner.readers)
        .await?;
        let mut tables = Vec::new();
        let mut columns: Vec<(Row, String)> = Vec::new();
        let mut cards: HashMap<Option<RecordingId>, Vec<Row>> = HashMap::new();
        for found in &rows {
            let item = row(found)?;
            if item.kind == Kind::CardTable {
                tables.push(item);
            } else if item.kind == Kind::Card {
                cards.entry(item.parent).or_default().push(item);
            } else {
                columns.push((item, found.try_get("color")?));
            }
        }
        Ok(tables.into_iter().map(|table| board(table, &columns, &mut cards)).collect())
    }
}

fn board(table: Row, columns: &[(Row, String)], cards: &mut HashMap<Option<RecordingId>, Vec<Row>>) -> Board {
    let of_kind =
        |kind: Kind| columns.iter().filter(move |(column, _)| column.kind == kind && column.parent == Some(table.id));
    let on_hold = |of: &Row| {
        let of = of.id;
        columns.iter().filter(move |(column, _)| column.kind == Kind::OnHoldColumn && column.parent == Some(of))
    };
    let ordered = of_kind(Kind::TriageColumn)
        .chain(of_kind(Kind::Column))
        .chain(of_kind(Kind::NotNowColumn))
        .chain(of_kind(Kind::DoneColumn))
        .flat_map(|column| std::iter::once(column).chain(on_hold(&column.0)))
        .chain(of_kind(Kind::OnHoldColumn));
    let columns = ordered
        .map(|(column, color)| BoardColumn {
            column: column.clone(),
            color: color.clone(),
            cards: cards.remove(&Some(column.id)).unwrap_or_default(),
        })
        .collect();
    Board { table, columns }
}
