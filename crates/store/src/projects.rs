//! Projects that are made here, put away and brought back. Basecamp does it first and the log is told afterwards: a project
//! never waits in the outbox, so taking it back is a plan to carry out there and a row to write when that is done.

use contract::{ChangeId, ChangeSetId, Fetched, FieldChange, PersonId, Project, ProjectChangeView, ProjectId};
use contract::{SetState, Status, Tag, Undone};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::change::{Actor, Route, state_text};
use crate::columns::{cut, json_ids};
use crate::directory::{read_project, write_project};
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::text;
use crate::tx::Tx;
use crate::undo::turning;

/// What taking a set back, or doing it again, asks of Basecamp.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectStep {
    /// The project as the set, or its last reversal, left it.
    pub left: Project,
    /// The status that it shall have.
    pub wanted: Status,
}

impl ProjectStep {
    /// True when the project is not as the set left it, and somebody should look before it is put away or brought back.
    #[must_use]
    pub fn moved(&self, present: &Project) -> bool {
        let same = self.left.name == present.name && self.left.description == present.description;
        !same || (self.left.status != present.status && self.wanted != present.status)
    }
}

/// One change of a project, read back.
#[derive(Debug, Clone)]
pub(crate) struct ProjectChange {
    id: ChangeId,
    pub(crate) set: ChangeSetId,
    before: Option<Project>,
    after: Project,
}

impl ProjectChange {
    pub(crate) fn view(&self) -> ProjectChangeView {
        ProjectChangeView {
            id: self.id,
            project: self.after.id,
            name: self.after.name.clone(),
            created: self.before.is_none(),
            fields: fields(self.before.as_ref(), &self.after),
        }
    }
}

impl Tx {
    /// Keeps a project as Basecamp has it after it was made or changed there at our word, and logs that as part of this set.
    /// `before` is how it was before that; `None` when it was made.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn put_project(&mut self, project: Fetched<Project>, before: Option<&Project>) -> Result<ChangeId> {
        let Fetched { mut value, raw } = project;
        value.created_at = cut(value.created_at);
        value.updated_at = cut(value.updated_at);
        let project = Fetched { value, raw };
        // A pass may have brought a later state meanwhile: that one stays.
        let there = read_project(self.db(), project.value.id).await?;
        if there.is_none_or(|there| there.updated_at <= project.value.updated_at || there.status == Status::Gone) {
            write_project(self.db(), &project).await?;
        }
        let set = self.set().await?;
        let seq: i64 = sqlx::query_scalar(
            "insert into change (set_id, route, kind, key, before, after) values (?, ?, 'project', ?, ?, ?) returning seq",
        )
        .bind(set)
        .bind(Route::Remote.text())
        .bind(project.value.id.0)
        .bind(before.map(serde_json::to_string).transpose()?)
        .bind(serde_json::to_string(&project.value)?)
        .fetch_one(self.db())
        .await?;
        self.touched.tag(Tag::Projects);
        // What is in a project shows and hides with it.
        self.touched.tag(Tag::Todos);
        self.touched.tag(Tag::Cards);
        Ok(ChangeId(seq))
    }
}

impl Store {
    /// What taking this set back asks of Basecamp when it is about a project; `None` when it is about items, which go back
    /// through [`Store::undo`].
    ///
    /// # Errors
    /// [`StoreError::NoSet`]; [`StoreError::NotReversible`] when it was taken back already or is a reversal.
    pub async fn undo_project(&self, set: ChangeSetId) -> Result<Option<ProjectStep>> {
        self.project_step(set, SetState::Done).await
    }

    /// The same for doing it again.
    ///
    /// # Errors
    /// [`StoreError::NoSet`]; [`StoreError::NotReversible`] when it was not taken back.
    pub async fn redo_project(&self, set: ChangeSetId) -> Result<Option<ProjectStep>> {
        self.project_step(set, SetState::Undone).await
    }

    /// Basecamp has taken the set back: `project` is how the project is there from `before` on.
    ///
    /// # Errors
    /// [`StoreError::NotReversible`] when somebody was quicker.
    pub async fn project_undone(
        &self,
        set: ChangeSetId,
        before: &Project,
        project: Fetched<Project>,
        actor: &Actor,
    ) -> Result<Undone> {
        self.project_turned(set, SetState::Done, before, project, actor).await
    }

    /// Basecamp has done the set again.
    ///
    /// # Errors
    /// [`StoreError::NotReversible`] when somebody was quicker.
    pub async fn project_redone(
        &self,
        set: ChangeSetId,
        before: &Project,
        project: Fetched<Project>,
        actor: &Actor,
    ) -> Result<Undone> {
        self.project_turned(set, SetState::Undone, before, project, actor).await
    }

    /// How many items in a project, in use, were made by somebody else than `me`; tools aside.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn others_items(&self, project: ProjectId, me: Option<PersonId>) -> Result<u32> {
        let count = sqlx::query_scalar(
            "select count(*) from recording
             where project = ? and status = 'active' and parent is not null and creator is not null and creator <> ?
               and kind not in ('Kanban::Triage', 'Kanban::NotNowColumn', 'Kanban::DoneColumn')",
        )
        .bind(project.0)
        .bind(me.map_or(0, |me| me.0))
        .fetch_one(&self.inner.readers)
        .await?;
        Ok(count)
    }

    async fn project_step(&self, set: ChangeSetId, from: SetState) -> Result<Option<ProjectStep>> {
        let mut db = self.inner.readers.acquire().await?;
        turning(&mut db, set, from).await?;
        // Undone and done again several times, it is the last of these sets that says what is there.
        let last: i64 = sqlx::query_scalar("select max(id) from change_set where id = ?1 or reverses = ?1")
            .bind(set.0)
            .fetch_one(&mut *db)
            .await?;
        let change = of_sets(&mut db, &json_ids([last])).await?.into_iter().next_back();
        Ok(change.map(|change| {
            let wanted = change.before.map_or(Status::Trashed, |before| before.status);
            ProjectStep { left: change.after, wanted }
        }))
    }

    async fn project_turned(
        &self,
        set: ChangeSetId,
        from: SetState,
        before: &Project,
        project: Fetched<Project>,
        actor: &Actor,
    ) -> Result<Undone> {
        let mut tx = self.begin_as(actor, String::new(), SetState::Reversal, Some(set)).await?;
        let (said, to) = turning(tx.db(), set, from).await?;
        tx.summarise(said.clone());
        tx.put_project(project, Some(before)).await?;
        let reversal = ChangeSetId(tx.set().await?);
        sqlx::query("update change_set set state = ? where id = ?")
            .bind(state_text(to))
            .bind(set.0)
            .execute(tx.db())
            .await?;
        tx.commit().await?;
        Ok(Undone::Done { set: reversal, summary: said })
    }
}

/// The changes of projects in some sets, oldest first.
pub(crate) async fn of_sets(db: &mut SqliteConnection, sets: &str) -> Result<Vec<ProjectChange>> {
    let rows = sqlx::query(
        "select seq, set_id, before, after from change
         where set_id in (select value from json_each(?)) and kind = 'project' and route <> 'sync' order by seq",
    )
    .bind(sets)
    .fetch_all(db)
    .await?;
    rows.iter().map(change).collect()
}

fn change(row: &SqliteRow) -> Result<ProjectChange> {
    let id = ChangeId(row.try_get("seq")?);
    let version = |column: &str| -> Result<Option<Project>> {
        let text: Option<&str> = row.try_get(column)?;
        Ok(text.map(serde_json::from_str).transpose()?)
    };
    Ok(ProjectChange {
        id,
        set: ChangeSetId(row.try_get("set_id")?),
        before: version("before")?,
        after: version("after")?.ok_or(StoreError::NoChange(id))?,
    })
}

/// What differs, in words. A project that was made shows what it was given.
fn fields(before: Option<&Project>, after: &Project) -> Vec<FieldChange> {
    let plain = |html: &str| text::excerpt(&text::plain(html), 500);
    let said = |of: &Project| [of.name.clone(), plain(&of.description), of.status.wire().to_owned()];
    let was = before.map(said).unwrap_or_default();
    let is = said(after);
    ["title", "body", "status"]
        .into_iter()
        .zip(was.into_iter().zip(is))
        .filter(|(field, (was, is))| was != is && (before.is_some() || *field != "status"))
        .map(|(field, (before, after))| FieldChange { field: field.to_owned(), before, after })
        .collect()
}
