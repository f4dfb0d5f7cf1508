//! Today's screen.

use contract::{PersonId, Row, Today};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::days::Days;
use super::rows::{row, row_columns};
use crate::activity::activity;
use crate::columns::micros;
use crate::error::Result;
use crate::open::Store;

/// So many rows of each list are shown.
const MOST: u32 = 500;

macro_rules! open_tasks {
    ($from:literal, $rest:literal) => {
        concat!(
            "select ",
            row_columns!(),
            " from ",
            $from,
            " where r.completed = 0 and r.status = 'active' and r.kind in ('Todo', 'Kanban::Card', 'Kanban::Step')
               and not exists (select 1 from project p where p.id = r.project and p.status <> 'active') and ",
            $rest
        )
    };
}

impl Store {
    /// What is late, due, mine and waited for on a day, and what changed since the day before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn today(&self, days: &Days, me: Option<PersonId>) -> Result<Today> {
        let mut db = self.inner.readers.acquire().await?;
        let date = days.date.to_string();
        // Nobody has the id 0.
        let me = me.map_or(0, |me| me.0);
        let overdue = list(
            &mut db,
            open_tasks!("recording r", "r.due_on < ?1 and r.due_on is not null order by r.due_on, r.id limit ?3"),
            (&date, me),
        )
        .await?;
        let due_today = list(
            &mut db,
            open_tasks!("recording r", "r.due_on = ?1 order by r.project, r.position, r.id limit ?3"),
            (&date, me),
        )
        .await?;
        let mine = list(
            &mut db,
            open_tasks!(
                "assignment a join recording r on r.id = a.recording",
                "a.person = ?2 and (r.due_on is null or r.due_on > ?1) order by r.due_on is null, r.due_on, r.id limit ?3"
            ),
            (&date, me),
        )
        .await?;
        let mut waiting = list(
            &mut db,
            open_tasks!(
                "recording r",
                "r.creator = ?2 and r.assignees <> '[]'
                 and not exists (select 1 from assignment a where a.recording = r.id and a.person = ?2)
                 order by r.due_on is null, r.due_on, r.id limit ?3"
            ),
            (&date, me),
        )
        .await?;
        waiting.extend(
            list(
                &mut db,
                open_tasks!(
                    "assignment a join recording r on r.id = a.recording",
                    "a.person = ?2 and r.blocked order by r.due_on is null, r.due_on, r.id limit ?3"
                ),
                (&date, me),
            )
            .await?,
        );
        waiting.sort_by_key(|row| (row.due_on.is_none(), row.due_on, row.id));

        let since = micros(days.yesterday);
        let changes = sqlx::query(concat!(
            "select a.* from activity a where a.created_at >= ?
             and not exists (select 1 from project p where p.id = a.project and p.status in ('trashed', 'gone'))",
            " order by a.created_at desc, a.id desc limit 100"
        ))
        .bind(since)
        .fetch_all(&mut *db)
        .await?;
        let counted = sqlx::query(
            "select count(*) as things, count(distinct a.project) as projects from activity a where a.created_at >= ?
             and not exists (select 1 from project p where p.id = a.project and p.status in ('trashed', 'gone'))",
        )
        .bind(since)
        .fetch_one(&mut *db)
        .await?;
        Ok(Today {
            date: days.date,
            overdue,
            due_today,
            mine,
            waiting,
            changes: changes.iter().map(activity).collect::<Result<_>>()?,
            changes_count: counted.try_get("things")?,
            changes_projects: counted.try_get("projects")?,
        })
    }
}

async fn list(db: &mut SqliteConnection, sql: &'static str, (date, me): (&str, i64)) -> Result<Vec<Row>> {
    let rows: Vec<SqliteRow> = sqlx::query(sql).bind(date.to_owned()).bind(me).bind(MOST).fetch_all(db).await?;
    rows.iter().map(row).collect()
}
