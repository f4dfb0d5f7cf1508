//! Projects and people: what came from Basecamp, and reading them.

use std::collections::HashMap;

use contract::{Fetched, Person, PersonId, Project, ProjectId, Status, Tag};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::apply::Applied;
use crate::change::{self, Route};
use crate::columns::{cut, day_or_none, instant, micros, status};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// Applies projects. A project that comes back is no longer gone.
    ///
    /// # Errors
    /// When the file cannot be written; nothing was done then.
    pub async fn apply_projects(&self, fetched: Vec<Fetched<Project>>) -> Result<Applied> {
        let mut tx = self.begin_sync().await?;
        let mut there: HashMap<ProjectId, Fetched<Project>> =
            all_projects(tx.db()).await?.into_iter().map(|project| (project.value.id, project)).collect();
        let (mut applied, mut lines) = (Applied::default(), Vec::new());
        for Fetched { mut value, raw } in fetched {
            value.created_at = cut(value.created_at);
            value.updated_at = cut(value.updated_at);
            let new = Fetched { value, raw };
            let here = there.get(&new.value.id);
            match here {
                Some(here) if *here == new => {
                    applied.unchanged += 1;
                    continue;
                }
                Some(here) if here.value.updated_at > new.value.updated_at && here.value.status != Status::Gone => {
                    applied.stale += 1;
                    continue;
                }
                Some(_) => applied.updated += 1,
                None => applied.inserted += 1,
            }
            write_project(tx.db(), &new).await?;
            let (before, after) = match here {
                Some(here) => (Some(serde_json::to_string(&here.value)?), Some(serde_json::to_string(&new.value)?)),
                None => (None, None),
            };
            lines.push(change::Line { key: new.value.id.0, before, after });
            there.insert(new.value.id, new);
        }
        if !lines.is_empty() {
            let set = tx.set().await?;
            change::log(tx.db(), set, Route::Sync, "project", &lines).await?;
            tx.touched.tag(Tag::Projects);
        }
        tx.commit().await?;
        Ok(applied)
    }

    /// Applies people.
    ///
    /// # Errors
    /// When the file cannot be written; nothing was done then.
    pub async fn apply_people(&self, fetched: Vec<Fetched<Person>>) -> Result<Applied> {
        let mut tx = self.begin_sync().await?;
        let mut there: HashMap<PersonId, Fetched<Person>> =
            all_people(tx.db()).await?.into_iter().map(|person| (person.value.id, person)).collect();
        let (mut applied, mut lines) = (Applied::default(), Vec::new());
        for new in fetched {
            let here = there.get(&new.value.id);
            match here {
                Some(here) if *here == new => {
                    applied.unchanged += 1;
                    continue;
                }
                Some(_) => applied.updated += 1,
                None => applied.inserted += 1,
            }
            write_person(tx.db(), &new).await?;
            let (before, after) = match here {
                Some(here) => (Some(serde_json::to_string(&here.value)?), Some(serde_json::to_string(&new.value)?)),
                None => (None, None),
            };
            lines.push(change::Line { key: new.value.id.0, before, after });
            there.insert(new.value.id, new);
        }
        if !lines.is_empty() {
            let set = tx.set().await?;
            change::log(tx.db(), set, Route::Sync, "person", &lines).await?;
            tx.touched.tag(Tag::People);
        }
        tx.commit().await?;
        Ok(applied)
    }

    /// Every project, gone ones too, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn known_projects(&self) -> Result<Vec<Project>> {
        let mut db = self.inner.readers.acquire().await?;
        Ok(all_projects(&mut db).await?.into_iter().map(|project| project.value).collect())
    }

    /// A project.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn project(&self, id: ProjectId) -> Result<Option<Project>> {
        let mut db = self.inner.readers.acquire().await?;
        read_project(&mut db, id).await
    }

    /// Everyone in the account, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn people(&self) -> Result<Vec<Person>> {
        let mut db = self.inner.readers.acquire().await?;
        Ok(all_people(&mut db).await?.into_iter().map(|person| person.value).collect())
    }
}

pub(crate) async fn read_project(db: &mut SqliteConnection, id: ProjectId) -> Result<Option<Project>> {
    let row = sqlx::query("select * from project where id = ?").bind(id.0).fetch_optional(db).await?;
    row.map(|row| project(&row)).transpose()
}

pub(crate) async fn all_projects(db: &mut SqliteConnection) -> Result<Vec<Fetched<Project>>> {
    let rows = sqlx::query("select * from project order by name collate nocase, id").fetch_all(db).await?;
    rows.iter().map(|row| Ok(Fetched { value: project(row)?, raw: row.try_get("raw")? })).collect()
}

pub(crate) async fn all_people(db: &mut SqliteConnection) -> Result<Vec<Fetched<Person>>> {
    let rows = sqlx::query("select * from person order by name collate nocase, id").fetch_all(db).await?;
    rows.iter().map(|row| Ok(Fetched { value: person(row)?, raw: row.try_get("raw")? })).collect()
}

fn project(row: &SqliteRow) -> Result<Project> {
    Ok(Project {
        id: ProjectId(row.try_get("id")?),
        status: status(row)?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        purpose: row.try_get("purpose")?,
        starts_on: day_or_none(row, "starts_on")?,
        ends_on: day_or_none(row, "ends_on")?,
        dock: serde_json::from_str(row.try_get("dock")?)?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        app_url: row.try_get("app_url")?,
    })
}

fn person(row: &SqliteRow) -> Result<Person> {
    Ok(Person {
        id: PersonId(row.try_get("id")?),
        name: row.try_get("name")?,
        title: row.try_get("title")?,
        email: row.try_get("email")?,
        time_zone: row.try_get("time_zone")?,
        admin: row.try_get("admin")?,
        owner: row.try_get("owner")?,
        client: row.try_get("client")?,
        company: row.try_get("company")?,
        sgid: row.try_get("sgid")?,
    })
}

pub(crate) async fn write_project(db: &mut SqliteConnection, Fetched { value, raw }: &Fetched<Project>) -> Result<()> {
    sqlx::query(
        "insert into project (id, status, name, description, purpose, starts_on, ends_on, dock, created_at, updated_at, app_url, raw)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set status = excluded.status, name = excluded.name, description = excluded.description,
             purpose = excluded.purpose, starts_on = excluded.starts_on, ends_on = excluded.ends_on, dock = excluded.dock,
             created_at = excluded.created_at, updated_at = excluded.updated_at, app_url = excluded.app_url, raw = excluded.raw",
    )
    .bind(value.id.0)
    .bind(value.status.wire())
    .bind(&value.name)
    .bind(&value.description)
    .bind(&value.purpose)
    .bind(value.starts_on.map(|day| day.to_string()))
    .bind(value.ends_on.map(|day| day.to_string()))
    .bind(serde_json::to_string(&value.dock)?)
    .bind(micros(value.created_at))
    .bind(micros(value.updated_at))
    .bind(&value.app_url)
    .bind(raw)
    .execute(db)
    .await?;
    Ok(())
}

async fn write_person(db: &mut SqliteConnection, Fetched { value, raw }: &Fetched<Person>) -> Result<()> {
    sqlx::query(
        "insert into person (id, name, title, email, time_zone, admin, owner, client, company, sgid, raw)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set name = excluded.name, title = excluded.title, email = excluded.email,
             time_zone = excluded.time_zone, admin = excluded.admin, owner = excluded.owner, client = excluded.client,
             company = excluded.company, sgid = excluded.sgid, raw = excluded.raw",
    )
    .bind(value.id.0)
    .bind(&value.name)
    .bind(&value.title)
    .bind(&value.email)
    .bind(&value.time_zone)
    .bind(value.admin)
    .bind(value.owner)
    .bind(value.client)
    .bind(&value.company)
    .bind(&value.sgid)
    .bind(raw)
    .execute(db)
    .await?;
    Ok(())
}
