//! Names for ids, for texts that people read.

use std::collections::HashMap;

use contract::{PersonId, ProjectId, Recording, RecordingId};
use sqlx::{Row, SqliteConnection};

use crate::columns::json_ids;
use crate::error::Result;

/// Names of everyone, of every project, and of the places that some records are in.
#[derive(Debug, Default)]
pub(crate) struct Names {
    people: HashMap<i64, String>,
    projects: HashMap<i64, String>,
    places: HashMap<i64, String>,
}

impl Names {
    /// Reads the names that these records need.
    pub(crate) async fn read<'a, I: IntoIterator<Item = &'a Recording>>(
        db: &mut SqliteConnection,
        records: I,
    ) -> Result<Self> {
        let mut names = Self::default();
        for row in sqlx::query("select type, ref, name from name").fetch_all(&mut *db).await? {
            let of = if row.try_get::<&str, _>("type")? == "person" { &mut names.people } else { &mut names.projects };
            of.insert(row.try_get("ref")?, row.try_get("name")?);
        }
        let parents = json_ids(records.into_iter().filter_map(|record| record.parent).map(|id| id.0));
        let rows = sqlx::query("select id, title from recording where id in (select value from json_each(?))")
            .bind(parents)
            .fetch_all(db)
            .await?;
        for row in rows {
            names.places.insert(row.try_get("id")?, row.try_get("title")?);
        }
        Ok(names)
    }

    pub(crate) fn person(&self, id: PersonId) -> String {
        self.people.get(&id.0).cloned().unwrap_or_else(|| format!("person {id}"))
    }
    pub(crate) fn project(&self, id: ProjectId) -> String {
        self.projects.get(&id.0).cloned().unwrap_or_else(|| format!("project {id}"))
    }
    fn item(&self, id: RecordingId) -> Option<&String> {
        self.places.get(&id.0).filter(|title| !title.is_empty())
    }
    /// The project and what holds the record: “Website › Design”.
    pub(crate) fn place(&self, of: &Recording) -> String {
        let project = self.project(of.project);
        match of.parent.and_then(|parent| self.item(parent)) {
            Some(parent) => format!("{project} › {parent}"),
            None => project,
        }
    }
}
