//! Lists of items of some kinds.

use contract::commands::ListItems;
use contract::{Kind, Row, Status};
use sqlx::{QueryBuilder, Sqlite};

use super::rows::{row, row_columns};
use crate::columns::{json_words, micros};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// Items of some kinds: schedule entries by when they take place, what stands in a place by its position, everything
    /// else newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn items(&self, list: &ListItems) -> Result<Vec<Row>> {
        let mut sql =
            QueryBuilder::<Sqlite>::new(concat!("select ", row_columns!(), " from recording r where r.status = "));
        sql.push_bind(list.status.unwrap_or(Status::Active).wire());
        if let Some(project) = list.project {
            sql.push(" and r.project = ").push_bind(project.0);
        } else {
            sql.push(" and not exists (select 1 from project p where p.id = r.project and p.status <> 'active')");
        }
        if let Some(parent) = list.parent {
            sql.push(" and r.parent = ").push_bind(self.resolve_id(parent).await?.0);
        }
        if !list.kinds.is_empty() {
            let kinds = json_words(list.kinds.iter().map(|kind| kind.wire()))?;
            sql.push(" and r.kind in (select value from json_each(").push_bind(kinds).push("))");
        }
        if let Some(since) = list.since {
            sql.push(" and r.created_at >= ").push_bind(micros(since));
        }
        sql.push(if list.kinds.as_slice() == [Kind::ScheduleEntry] {
            " order by r.span_from, r.id"
        } else if list.parent.is_some() {
            " order by r.position is null, r.position, r.created_at desc, r.id desc"
        } else {
            " order by r.created_at desc, r.id desc"
        });
        sql.push(" limit ").push_bind(list.limit.unwrap_or(500).clamp(1, 5000));
        let rows = sql.build().fetch_all(&self.inner.readers).await?;
        rows.iter().map(row).collect()
    }
}
