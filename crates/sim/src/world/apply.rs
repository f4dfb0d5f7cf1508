//! Applies an edit: who may, what changes, what is written down about it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::World;
use super::edit::{Edit, Fields, Refusal, Touched};
use super::kind::{Kind, Status};
use super::record::{Category, Completion, Detail, Event, Project, Recording, Span};

impl World {
    /// Applies an edit made by `by` at `at`. An edit that would change nothing succeeds and leaves no trace.
    ///
    /// # Errors
    /// A [`Refusal`]; the world is then as it was.
    pub fn apply(&mut self, by: i64, at: Timestamp, edit: &Edit) -> Result<Touched, Refusal> {
        let touched = match edit {
            Edit::CreateProject { name, description } => {
                Touched::Project(self.create_project(by, at, name, description.clone())?)
            }
            Edit::UpdateProject { project, name, description } => {
                self.update_project(by, at, *project, name, description.as_ref())?
            }
            Edit::UpdatePerson { person, name, title } => {
                required("name", name)?;
                let found = self.people.get_mut(person).ok_or(Refusal::NotFound)?;
                found.name.clone_from(name);
                found.title.clone_from(title);
                Touched::Person(*person)
            }
            Edit::SetProjectStatus { project, status } => {
                self.project_for(by, *project)?;
                if let Some(found) = self.projects.get_mut(project)
                    && found.status != *status
                {
                    found.status = *status;
                    found.updated_at = at;
                }
                Touched::Project(*project)
            }
            Edit::SetAccess { project, grant, revoke } => self.set_access(at, *project, grant, revoke)?,
            Edit::Create { parent, kind, fields } => Touched::Recording(self.create(by, at, *parent, *kind, fields)?),
            Edit::Update { id, fields } => {
                self.editable(by, *id)?;
                self.update(by, at, *id, fields)?;
                Touched::Recording(*id)
            }
            Edit::Complete { id } => self.set_done(by, at, *id, true)?,
            Edit::Uncomplete { id } => self.set_done(by, at, *id, false)?,
            Edit::Move { id, parent, position } => {
                self.relocate(by, at, *id, *parent, *position)?;
                Touched::Recording(*id)
            }
            Edit::SetStatus { id, status } => self.set_status(by, at, *id, *status)?,
            Edit::Delete { id } => self.delete(by, *id)?,
        };
        self.touch();
        Ok(touched)
    }

    fn project_for(&self, by: i64, project: i64) -> Result<&Project, Refusal> {
        self.projects.get(&project).filter(|project| project.members.contains(&by)).ok_or(Refusal::NotFound)
    }

    /// A recording that the person may change: seen by them, and neither in the bin itself nor in a project
    /// that is.
    pub(crate) fn editable(&self, by: i64, id: i64) -> Result<&Recording, Refusal> {
        let found = self.visible(by, id).ok_or(Refusal::NotFound)?;
        let project = self.project_for(by, found.project)?;
        if project.status == Status::Trashed || self.status_of(id) == Status::Trashed {
            return Err(Refusal::NotFound);
        }
        Ok(found)
    }

    fn create_project(
        &mut self,
        by: i64,
        at: Timestamp,
        name: &str,
        description: Option<String>,
    ) -> Result<i64, Refusal> {
        required("name", name)?;
        let id = self.fresh_id();
        let categories = self.usual_categories();
        self.projects.insert(
            id,
            Project {
                id,
                name: name.to_owned(),
                description,
                status: Status::Active,
                created_at: at,
                updated_at: at,
                creator: by,
                members: BTreeSet::from([by]),
                dock: Vec::new(),
                categories,
                dates: None,
            },
        );
        self.furnish(id, by, at);
        Ok(id)
    }

    pub(crate) fn usual_categories(&mut self) -> Vec<Category> {
        [("Announcement", "📢"), ("FYI", "✨"), ("Heartbeat", "❤️"), ("Pitch", "💡"), ("Question", "👋")]
            .into_iter()
            .map(|(name, icon)| Category { id: self.fresh_id(), name: name.to_owned(), icon: icon.to_owned() })
            .collect()
    }

    fn update_project(
        &mut self,
        by: i64,
        at: Timestamp,
        project: i64,
        name: &str,
        description: Option<&String>,
    ) -> Result<Touched, Refusal> {
        self.project_for(by, project)?;
        required("name", name)?;
        if let Some(found) = self.projects.get_mut(&project) {
            found.name = name.to_owned();
            if let Some(text) = description {
                found.description = (!text.is_empty()).then(|| text.clone());
            }
            found.updated_at = at;
        }
        Ok(Touched::Project(project))
    }

    fn set_access(&mut self, at: Timestamp, project: i64, grant: &[i64], revoke: &[i64]) -> Result<Touched, Refusal> {
        if grant.iter().any(|id| !self.people.contains_key(id)) {
            return Err(Refusal::Invalid { field: "grant", problem: "names somebody who is not there" });
        }
        let found = self.projects.get_mut(&project).ok_or(Refusal::NotFound)?;
        let before = found.members.clone();
        found.members.extend(grant);
        for id in revoke {
            found.members.remove(id);
        }
        if found.members != before {
            found.updated_at = at;
        }
        Ok(Touched::Project(project))
    }

    fn create(&mut self, by: i64, at: Timestamp, parent: i64, kind: Kind, fields: &Fields) -> Result<i64, Refusal> {
        let under = self.editable(by, parent)?;
        let (project, parent_kind, nested) = (under.project, under.kind, self.is_group(under));
        if !parent_kind.may_hold(kind) || (nested && kind == Kind::Todolist) {
            return Err(Refusal::NotFound);
        }
        check_new(kind, fields)?;
        let mut made = self.blank(kind, project, Some(parent), by, at, String::new());
        made.detail = first_detail(kind, by, at);
        made.visible_to_clients = fields.visible_to_clients.unwrap_or(false);
        if fields.draft == Some(true) {
            made.own_status = Status::Drafted;
        }
        let id = made.id;
        if parent_kind == Kind::DoneColumn {
            made.completion = Some(Completion { at, by });
        }
        self.insert(made);
        if let Err(refusal) = self.fill(id, fields) {
            self.forget(id);
            return Err(refusal);
        }
        if kind == Kind::Column {
            self.seat_column(parent, id);
        }
        self.note(by, at, id, "created", Noted::default());
        Ok(id)
    }

    /// A column of the team's own stands before Done.
    fn seat_column(&mut self, table: i64, id: i64) {
        let before = self.children_of(table, Kind::DoneColumn).next().map(|done| done.id);
        if let (Some(before), Some(order)) = (before, self.children.get_mut(&table)) {
            order.retain(|other| *other != id);
            let slot = order.iter().position(|other| *other == before);
            order.insert(slot.unwrap_or(order.len()), id);
        }
    }

    fn set_done(&mut self, by: i64, at: Timestamp, id: i64, done: bool) -> Result<Touched, Refusal> {
        let found = self.editable(by, id)?;
        if !found.kind.completable() {
            return Err(Refusal::NotFound);
        }
        if found.completion.is_some() != done {
            self.mark(by, at, id, done);
        }
        Ok(Touched::Recording(id))
    }

    pub(crate) fn mark(&mut self, by: i64, at: Timestamp, id: i64, done: bool) {
        if let Some(found) = self.recordings.get_mut(&id) {
            found.completion = done.then_some(Completion { at, by });
            found.updated_at = at;
        }
        let action = if done { "completed" } else { "uncompleted" };
        self.note(by, at, id, action, Noted::default());
    }

    fn set_status(&mut self, by: i64, at: Timestamp, id: i64, status: Status) -> Result<Touched, Refusal> {
        let found = self.visible(by, id).ok_or(Refusal::NotFound)?;
        let project = self.project_for(by, found.project)?;
        if project.status == Status::Trashed {
            return Err(Refusal::NotFound);
        }
        if status == Status::Archived && matches!(found.kind, Kind::TimesheetEntry | Kind::Line) {
            return Err(Refusal::Forbidden);
        }
        if found.kind.dock().is_some() && found.parent.is_none() {
            return Err(Refusal::Forbidden);
        }
        if found.own_status != status {
            if let Some(found) = self.recordings.get_mut(&id) {
                found.own_status = status;
                found.updated_at = at;
            }
            self.note(by, at, id, status.word(), Noted::default());
        }
        Ok(Touched::Recording(id))
    }

    fn delete(&mut self, by: i64, id: i64) -> Result<Touched, Refusal> {
        let found = self.editable(by, id)?;
        if !matches!(found.kind, Kind::Line | Kind::TimesheetEntry | Kind::Step) {
            return Err(Refusal::Forbidden);
        }
        self.forget(id);
        Ok(Touched::Recording(id))
    }

    fn forget(&mut self, id: i64) {
        if let Some(gone) = self.recordings.remove(&id) {
            if let Some(order) = gone.parent.and_then(|at| self.children.get_mut(&at)) {
                order.retain(|other| *other != id);
            }
            if let Some(all) = self.by_kind.get_mut(&gone.kind) {
                all.retain(|other| *other != id);
            }
        }
    }

    /// Writes down what happened to a recording.
    pub(crate) fn note(&mut self, by: i64, at: Timestamp, id: i64, action: &'static str, more: Noted) {
        let Some(recording) = self.recordings.get(&id) else {
            return;
        };
        let event = Event {
            id: 0,
            recording: id,
            kind: recording.kind,
            project: recording.project,
            action,
            at,
            creator: by,
            added: more.added,
            removed: more.removed,
            columns: more.columns,
        };
        self.record(event);
    }
}

/// What an event says beyond its action.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    pub(crate) added: Vec<i64>,
    pub(crate) removed: Vec<i64>,
    pub(crate) columns: Option<(i64, i64)>,
}

pub(crate) fn required(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::Invalid { field, problem: "can't be blank" });
    }
    Ok(())
}

/// The word that the API uses for a kind's title.
pub(crate) fn title_field(kind: Kind) -> &'static str {
    match kind {
        Kind::Todo | Kind::Comment | Kind::Answer | Kind::Line => "content",
        Kind::Todolist => "name",
        Kind::Message => "subject",
        Kind::ScheduleEntry => "summary",
        Kind::TimesheetEntry => "hours",
        Kind::Todoset
        | Kind::CardTable
        | Kind::Triage
        | Kind::NotNow
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHold
        | Kind::Card
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Document
        | Kind::Upload
        | Kind::Schedule
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Chat => "title",
    }
}

fn check_new(kind: Kind, fields: &Fields) -> Result<(), Refusal> {
    let text = if matches!(kind, Kind::Comment | Kind::Answer) {
        fields.body.as_deref()
    } else if kind == Kind::TimesheetEntry {
        fields.hours.as_deref()
    } else {
        fields.title.as_deref()
    };
    if kind != Kind::OnHold {
        required(title_field(kind), text.unwrap_or_default())?;
    }
    if kind == Kind::ScheduleEntry && fields.span.is_none() {
        return Err(Refusal::Invalid { field: "starts_at", problem: "can't be blank" });
    }
    if kind == Kind::TimesheetEntry && fields.date.is_none() {
        return Err(Refusal::Invalid { field: "date", problem: "can't be blank" });
    }
    Ok(())
}

fn first_detail(kind: Kind, by: i64, at: Timestamp) -> Detail {
    let today = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    match kind {
        Kind::Message => Detail::Message { category: None },
        Kind::Upload => Detail::Upload {
            filename: String::new(),
            content_type: "application/octet-stream".to_owned(),
            byte_size: 0,
            pixels: None,
        },
        Kind::ScheduleEntry => Detail::Entry {
            span: Span::Days(today, today),
            participants: Vec::new(),
            join_url: None,
            highlighted: false,
        },
        Kind::Question => {
            Detail::Question { frequency: "every_week".to_owned(), days: vec![1], hour: 9, paused: false }
        }
        Kind::Answer => Detail::Answer { group_on: today },
        Kind::Column | Kind::OnHold => Detail::Column { color: None },
        Kind::TimesheetEntry => Detail::Timesheet { date: today, hours: String::new(), person: by },
        Kind::Todoset
        | Kind::Todolist
        | Kind::Todo
        | Kind::CardTable
        | Kind::Triage
        | Kind::NotNow
        | Kind::DoneColumn
        | Kind::Card
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Comment
        | Kind::Vault
        | Kind::Document
        | Kind::Schedule
        | Kind::Questionnaire
        | Kind::Chat
        | Kind::Line => Detail::Plain,
    }
}
