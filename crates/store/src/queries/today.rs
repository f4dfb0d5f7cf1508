//! Today's screen. Everything that is open and on it is sorted by a few columns; only the rows that are shown are read whole.

mod sort;

use contract::{First, PersonId, ProjectId, RecordingId, Row, Today, TodayCounts};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use self::sort::{Open, sort};
use super::days::Days;
use super::rows::rows;
use crate::activity::activity;
use crate::columns::{day_or_none, micros};
use crate::error::Result;
use crate::open::Store;

macro_rules! open_tasks {
    ($from:literal, $rest:literal) => {
        concat!(
            "select r.id, r.project, r.position, r.due_on, r.blocked,
                exists (select 1 from assignment m where m.recording = r.id and m.person = ?2) as mine from ",
            $from,
            " where r.completed = 0 and r.status = 'active' and r.kind in ('Todo', 'Kanban::Card', 'Kanban::Step')
               and not exists (select 1 from project p where p.id = r.project and p.status <> 'active') and ",
            $rest
        )
    };
}

impl Store {
    /// What is late, due, mine and waited for on a day, at most `most` of each, what of it comes first, and what changed since
    /// the day before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn today(&self, days: &Days, me: Option<PersonId>, most: usize) -> Result<Today> {
        // One view of the file for all reads: what is counted is what is shown.
        let mut db = self.inner.readers.begin().await?;
        let date = days.date.to_string();
        // Nobody has the id 0.
        let me = me.map_or(0, |me| me.0);
        let due =
            open(&mut db, open_tasks!("recording r", "r.due_on <= ?1 and r.due_on is not null"), (&date, me)).await?;
        let mine = open(
            &mut db,
            open_tasks!("assignment a join recording r on r.id = a.recording", "a.person = ?2"),
            (&date, me),
        )
        .await?;
        let others = open(
            &mut db,
            open_tasks!(
                "recording r",
                "r.creator = ?2 and r.assignees <> '[]'
                 and not exists (select 1 from assignment a where a.recording = r.id and a.person = ?2)"
            ),
            (&date, me),
        )
        .await?;
        let mut sorted = sort(days.date, due, mine, others);
        let count = |list: &Vec<Open>| u32::try_from(list.len()).unwrap_or(u32::MAX);
        let counts = TodayCounts {
            overdue: count(&sorted.overdue),
            due_today: count(&sorted.due_today),
            mine: count(&sorted.mine),
            waiting: count(&sorted.waiting),
        };
        let first = sorted.first();
        for list in [&mut sorted.overdue, &mut sorted.due_today, &mut sorted.mine, &mut sorted.waiting] {
            list.truncate(most);
        }
        let lists = [&sorted.overdue, &sorted.due_today, &sorted.mine, &sorted.waiting];
        let mut ids: Vec<RecordingId> = lists.into_iter().flatten().map(|open| open.id).collect();
        ids.extend(first.iter().map(|(id, _)| *id));
        let read = Read(rows(&mut db, &ids).await?);

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
            first: first
                .into_iter()
                .filter_map(|(id, reason)| Some(First { row: read.row(id)?.clone(), reason }))
                .collect(),
            overdue: read.list(&sorted.overdue),
            due_today: read.list(&sorted.due_today),
            mine: read.list(&sorted.mine),
            waiting: read.list(&sorted.waiting),
            counts,
            changes: changes.iter().map(activity).collect::<Result<_>>()?,
            changes_count: counted.try_get("things")?,
            changes_projects: counted.try_get("projects")?,
        })
    }
}

/// Whole rows, in the order of their ids.
struct Read(Vec<Row>);

impl Read {
    /// None for what was taken away between the two looks.
    fn row(&self, id: RecordingId) -> Option<&Row> {
        self.0.binary_search_by_key(&id, |row| row.id).ok().and_then(|at| self.0.get(at))
    }

    fn list(&self, list: &[Open]) -> Vec<Row> {
        list.iter().filter_map(|open| self.row(open.id).cloned()).collect()
    }
}

async fn open(db: &mut SqliteConnection, sql: &'static str, (date, me): (&str, i64)) -> Result<Vec<Open>> {
    let found: Vec<SqliteRow> = sqlx::query(sql).bind(date.to_owned()).bind(me).fetch_all(db).await?;
    let read = |row: &SqliteRow| {
        Ok(Open {
            id: RecordingId(row.try_get("id")?),
            project: ProjectId(row.try_get("project")?),
            position: row.try_get("position")?,
            due_on: day_or_none(row, "due_on")?,
            blocked: row.try_get("blocked")?,
            mine: row.try_get("mine")?,
        })
    };
    found.iter().map(read).collect()
}
