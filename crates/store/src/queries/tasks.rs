//! Finding tasks by what is known of them.

use contract::commands::FindTasks;
use contract::{Kind, Row};
use sqlx::{QueryBuilder, Sqlite};

use super::rows::{row, row_columns};
use crate::columns::json_words;
use crate::error::Result;
use crate::open::Store;
use crate::search::words_query;

impl Store {
    /// To-dos, cards and steps for which every given condition holds: by due day, undated last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn find_tasks(&self, find: &FindTasks) -> Result<Vec<Row>> {
        let kinds = if find.kinds.is_empty() { &[Kind::Todo, Kind::Card][..] } else { &find.kinds };
        let mut sql = QueryBuilder::<Sqlite>::new(concat!(
            "select ",
            row_columns!(),
            " from recording r where r.status = 'active'"
        ));
        sql.push(" and not exists (select 1 from project p where p.id = r.project and p.status <> 'active')");
        sql.push(" and r.kind in (select value from json_each(")
            .push_bind(json_words(kinds.iter().map(|kind| kind.wire()))?)
            .push("))");
        sql.push(" and r.completed = ").push_bind(find.completed.unwrap_or(false));
        if let Some(project) = find.project {
            sql.push(" and r.project = ").push_bind(project.0);
        }
        if let Some(person) = find.assignee {
            sql.push(" and r.id in (select recording from assignment where person = ").push_bind(person.0).push(")");
        }
        if find.unassigned {
            sql.push(" and r.assignees = '[]'");
        }
        if let Some(day) = find.due_from {
            sql.push(" and r.due_on >= ").push_bind(day.to_string());
        }
        if let Some(day) = find.due_to {
            sql.push(" and r.due_on <= ").push_bind(day.to_string());
        }
        if find.blocked {
            sql.push(" and r.blocked");
        }
        if let Some(words) = find.text.as_deref().and_then(words_query) {
            sql.push(" and r.id in (select rowid from item_words where item_words match ")
                .push_bind(format!("title : ({words})"))
                .push(")");
        }
        sql.push(" order by r.due_on is null, r.due_on, r.project, r.position, r.id limit ");
        sql.push_bind(find.limit.unwrap_or(200).clamp(1, 5000));
        let rows = sql.build().fetch_all(&self.inner.readers).await?;
        rows.iter().map(row).collect()
    }
}
