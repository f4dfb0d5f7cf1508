//! The ground truth: all that the signed-in person may see, flat, to compare a mirror with.

use jiff::Timestamp;
use jiff::civil::Date;

use super::World;
use super::kind::{Kind, Status};

/// One thing that the signed-in person may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// Its id.
    pub id: i64,
    /// Its `type` on the wire; "Project" for a project.
    pub kind: &'static str,
    /// The project that it is in, or is.
    pub project: i64,
    /// That project's status. It is not part of `status`.
    pub project_status: Status,
    /// What it hangs under.
    pub parent: Option<i64>,
    /// Its status with what it inherits from what it hangs under.
    pub status: Status,
    /// Whether that status is inherited rather than its own.
    pub inherits_status: bool,
    /// Its title as the API gives it.
    pub title: String,
    /// Whether it is done.
    pub completed: bool,
    /// Its due day.
    pub due_on: Option<Date>,
    /// Who is to do it, ascending.
    pub assignees: Vec<i64>,
    /// Its 1-based place among its own kind. Shifts when another is moved, without `updated_at` telling.
    pub position: usize,
    /// When it itself last changed.
    pub updated_at: Timestamp,
}

impl World {
    /// All that this person may see, by id: their projects of every status and the recordings in them,
    /// groups' to-dos and loose ones included; drafts left out.
    #[must_use]
    pub fn truth_for(&self, person: i64) -> Vec<Truth> {
        let mut all = Vec::new();
        for project in self.projects.values() {
            if !project.members.contains(&person) {
                continue;
            }
            all.push(Truth {
                id: project.id,
                kind: "Project",
                project: project.id,
                project_status: project.status,
                parent: None,
                status: project.status,
                inherits_status: false,
                title: project.name.clone(),
                completed: false,
                due_on: None,
                assignees: Vec::new(),
                position: 0,
                updated_at: project.updated_at,
            });
        }
        for recording in self.recordings.values() {
            let Some(project) = self.projects.get(&recording.project) else {
                continue;
            };
            let status = self.status_of(recording.id);
            if !project.members.contains(&person) || status == Status::Drafted {
                continue;
            }
            let mut assignees = recording.assignees.clone();
            assignees.sort_unstable();
            all.push(Truth {
                id: recording.id,
                kind: recording.kind.wire(),
                project: project.id,
                project_status: project.status,
                parent: recording.parent,
                status,
                inherits_status: recording.own_status == Status::Active,
                title: self.title_of(recording.id),
                completed: recording.completion.is_some()
                    || (recording.kind == Kind::Todolist && self.list_done(recording.id)),
                due_on: recording.due_on,
                assignees,
                position: self.position_of(recording),
                updated_at: recording.updated_at,
            });
        }
        all.sort_unstable_by_key(|one| one.id);
        all
    }

    /// The title that the API gives: the recording's own, or one made from what it is.
    #[must_use]
    pub fn title_of(&self, id: i64) -> String {
        let Some(recording) = self.recordings.get(&id) else {
            return String::new();
        };
        match recording.kind {
            Kind::Comment => {
                let over = recording.parent.map(|id| self.title_of(id));
                format!("Re: {}", over.unwrap_or_default())
            }
            Kind::Answer => recording.parent.map(|id| self.title_of(id)).unwrap_or_default(),
            Kind::TimesheetEntry => {
                let over = recording.parent.map(|id| self.title_of(id));
                format!("Time on {}", over.unwrap_or_default())
            }
            Kind::OnHold => "On hold".to_owned(),
            Kind::Todoset
            | Kind::Todolist
            | Kind::Todo
            | Kind::CardTable
            | Kind::Triage
            | Kind::NotNow
            | Kind::Column
            | Kind::DoneColumn
            | Kind::Card
            | Kind::Step
            | Kind::MessageBoard
            | Kind::Message
            | Kind::Vault
            | Kind::Document
            | Kind::Upload
            | Kind::Schedule
            | Kind::ScheduleEntry
            | Kind::Questionnaire
            | Kind::Question
            | Kind::Chat
            | Kind::Line => recording.title.clone(),
        }
    }
}
