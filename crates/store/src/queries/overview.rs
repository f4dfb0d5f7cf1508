//! Everyone and every project, with what one wants to know at a glance.

use std::collections::HashMap;

use contract::{Directory, PersonId, ProjectId, ProjectRow, Status};
use sqlx::{Row, SqliteConnection};

use super::days::{Days, WEEKS};
use crate::columns::{instant, micros, people, read_instant};
use crate::directory::{all_people, all_projects};
use crate::error::Result;
use crate::open::Store;

/// So many people of a project are named.
const PEOPLE: usize = 6;

impl Store {
    /// Everyone, and every project that can be seen.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn directory(&self, days: &Days) -> Result<Directory> {
        let me = self.me().await?;
        let mut db = self.inner.readers.acquire().await?;
        let pinned: Vec<i64> = sqlx::query_scalar("select project from pin").fetch_all(&mut *db).await?;
        let mut projects = Vec::new();
        let mut at = HashMap::new();
        for project in all_projects(&mut db).await?.into_iter().map(|project| project.value) {
            if project.status != Status::Gone {
                at.insert(project.id, projects.len());
                projects.push(ProjectRow {
                    pinned: pinned.contains(&project.id.0),
                    open: 0,
                    done: 0,
                    overdue: 0,
                    unassigned: 0,
                    blocked: 0,
                    due_soon: 0,
                    last_activity: None,
                    done_by_week: vec![0; WEEKS],
                    people: Vec::new(),
                    project,
                });
            }
        }
        tally(&mut db, days, &at, &mut projects).await?;
        weeks(&mut db, days, &at, &mut projects).await?;
        busy(&mut db, &at, &mut projects).await?;
        let people = all_people(&mut db).await?.into_iter().map(|person| person.value).collect();
        Ok(Directory { me, people, projects })
    }
}

type Places = HashMap<ProjectId, usize>;

async fn tally(db: &mut SqliteConnection, days: &Days, at: &Places, projects: &mut [ProjectRow]) -> Result<()> {
    let rows = sqlx::query(
        "select project, sum(not completed) as open, sum(completed) as done,
                sum(not completed and due_on is not null and due_on < ?1) as overdue,
                sum(not completed and assignees = '[]') as unassigned,
                sum(not completed and blocked) as blocked,
                sum(not completed and due_on is not null and due_on between ?1 and ?2) as due_soon
         from recording indexed by recording_tally where kind in ('Todo', 'Kanban::Card') and status = 'active' group by project",
    )
    .bind(days.date.to_string())
    .bind(days.soon().to_string())
    .fetch_all(&mut *db)
    .await?;
    for row in rows {
        if let Some(project) = place(&row, at, projects)? {
            project.open = row.try_get("open")?;
            project.done = row.try_get("done")?;
            project.overdue = row.try_get("overdue")?;
            project.unassigned = row.try_get("unassigned")?;
            project.blocked = row.try_get("blocked")?;
            project.due_soon = row.try_get("due_soon")?;
        }
    }
    // One look into an index for each project, where a grouping would go through every row.
    let rows = sqlx::query("select p.id as project, (select max(r.updated_at) from recording r where r.project = p.id) as last from project p")
        .fetch_all(db)
        .await?;
    for row in rows {
        let last: Option<i64> = row.try_get("last")?;
        if let (Some(project), Some(last)) = (place(&row, at, projects)?, last) {
            project.last_activity = Some(read_instant(last)?);
        }
    }
    Ok(())
}

async fn weeks(db: &mut SqliteConnection, days: &Days, at: &Places, projects: &mut [ProjectRow]) -> Result<()> {
    let (Some(from), Some(to)) = (days.weeks.first(), days.weeks.last()) else { return Ok(()) };
    let rows = sqlx::query(
        "select project, completed_at from recording indexed by recording_tally
         where kind in ('Todo', 'Kanban::Card') and status = 'active' and completed = 1 and completed_at >= ? and completed_at < ?",
    )
    .bind(micros(*from))
    .bind(micros(*to))
    .fetch_all(db)
    .await?;
    for row in rows {
        let done = instant(&row, "completed_at")?;
        if let Some(project) = place(&row, at, projects)? {
            days.count_week(done, project);
        }
    }
    Ok(())
}

async fn busy(db: &mut SqliteConnection, at: &Places, projects: &mut [ProjectRow]) -> Result<()> {
    // Grouped by who they are together, which an index answers alone.
    let rows = sqlx::query(
        "select project, assignees, count(*) as open from recording indexed by recording_tally
         where kind in ('Todo', 'Kanban::Card') and status = 'active' and completed = 0 and assignees <> '[]'
         group by project, assignees",
    )
    .fetch_all(db)
    .await?;
    let mut open: HashMap<(ProjectId, PersonId), u64> = HashMap::new();
    for row in &rows {
        let project = ProjectId(row.try_get("project")?);
        for person in people(row.try_get("assignees")?)? {
            *open.entry((project, person)).or_default() += row.try_get::<u64, _>("open")?;
        }
    }
    let mut ranked: Vec<_> = open.into_iter().collect();
    ranked.sort_unstable_by_key(|((_, person), open)| (std::cmp::Reverse(*open), *person));
    for ((project, person), _) in ranked {
        let row = at.get(&project).and_then(|place| projects.get_mut(*place));
        if let Some(row) = row.filter(|row| row.people.len() < PEOPLE) {
            row.people.push(person);
        }
    }
    Ok(())
}

fn place<'a>(
    row: &sqlx::sqlite::SqliteRow,
    at: &Places,
    projects: &'a mut [ProjectRow],
) -> Result<Option<&'a mut ProjectRow>> {
    let project = ProjectId(row.try_get("project")?);
    Ok(at.get(&project).and_then(|place| projects.get_mut(*place)))
}
