//! What can be done to the world, as data: the journal keeps these, and both the API and the tests speak them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kind::{Kind, Status};
use super::record::Span;

/// A new value for a date that may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateChange {
    /// No date.
    Clear,
    /// This date.
    On(Date),
}

impl DateChange {
    pub(crate) fn date(self) -> Option<Date> {
        match self {
            Self::Clear => None,
            Self::On(date) => Some(date),
        }
    }
}

/// New values for a recording's fields; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// Name, subject, summary, or content of one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Description or content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// First day of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<DateChange>,
    /// Due day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<DateChange>,
    /// Who is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignees: Option<Vec<i64>>,
    /// Who hears when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribers: Option<Vec<i64>>,
    /// A message's category; zero takes it away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<i64>,
    /// When an entry happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Who takes part in an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<i64>>,
    /// An entry's link; empty takes it away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_url: Option<String>,
    /// An entry is important.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlighted: Option<bool>,
    /// An upload's name, MIME type and size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<(String, String, i64)>,
    /// A column's colour; empty takes it away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// A timesheet entry's day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// A timesheet entry's hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Whose time it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<i64>,
    /// A question's pause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    /// Written and not yet published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<bool>,
    /// Clients may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_to_clients: Option<bool>,
}

impl Fields {
    /// Only a title.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..Self::default() }
    }

    /// For the kinds whose PUT replaces the record: what was left out is cleared. For the others, which
    /// merge, nothing changes. An entry keeps its participants, link and highlight either way.
    #[must_use]
    pub fn as_put(mut self, kind: Kind) -> Self {
        let replaces = matches!(kind, Kind::Todo | Kind::Todolist | Kind::Document | Kind::ScheduleEntry);
        if !replaces {
            return self;
        }
        self.body.get_or_insert_default();
        if kind == Kind::Document {
            self.title.get_or_insert_default();
        }
        if kind == Kind::Todo {
            self.starts_on.get_or_insert(DateChange::Clear);
            self.due_on.get_or_insert(DateChange::Clear);
            self.assignees.get_or_insert_default();
            self.subscribers.get_or_insert_default();
        }
        self
    }
}

/// One change to the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// A new project with the usual tools; its creator is its first member.
    CreateProject {
        /// Its name.
        name: String,
        /// What it is about.
        description: Option<String>,
    },
    /// A project's name and description.
    UpdateProject {
        /// Which.
        project: i64,
        /// The new name.
        name: String,
        /// The new description; `None` keeps it.
        description: Option<String>,
    },
    /// What a person calls themselves, and what they do.
    UpdatePerson {
        /// Who.
        person: i64,
        /// The new name.
        name: String,
        /// The new title.
        title: String,
    },
    /// Archives, trashes or restores a project.
    SetProjectStatus {
        /// Which.
        project: i64,
        /// The new status.
        status: Status,
    },
    /// Lets people in and out of a project.
    SetAccess {
        /// Which.
        project: i64,
        /// Who may now see it.
        grant: Vec<i64>,
        /// Who may no longer.
        revoke: Vec<i64>,
    },
    /// A new recording under another.
    Create {
        /// What it hangs under.
        parent: i64,
        /// What it is.
        kind: Kind,
        /// Its fields.
        fields: Fields,
    },
    /// New values for a recording's fields.
    Update {
        /// Which.
        id: i64,
        /// The values.
        fields: Fields,
    },
    /// A to-do or step is done.
    Complete {
        /// Which.
        id: i64,
    },
    /// A to-do or step is not done after all.
    Uncomplete {
        /// Which.
        id: i64,
    },
    /// Another place: under `parent` when given, at the 1-based `position` among its own kind.
    Move {
        /// Which.
        id: i64,
        /// The new parent; `None` keeps it.
        parent: Option<i64>,
        /// 1-based; past the end means last.
        position: usize,
    },
    /// Archives, trashes or restores a recording.
    SetStatus {
        /// Which.
        id: i64,
        /// The new status.
        status: Status,
    },
    /// Removes a recording for good (chat lines, timesheet entries, subtasks).
    Delete {
        /// Which.
        id: i64,
    },
}

/// An edit with who made it and when: a line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: i64,
    /// What.
    pub edit: Edit,
}

/// Why an edit did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing with this id that the caller may see.
    #[error("nothing with this id is there")]
    NotFound,
    /// It is there, but this may not be done to it.
    #[error("this is not allowed here")]
    Forbidden,
    /// A field's value is wrong.
    #[error("{field} {problem}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// What an edit touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// A recording.
    Recording(i64),
    /// A project.
    Project(i64),
    /// A person.
    Person(i64),
}

impl Touched {
    /// The id of what was touched.
    #[must_use]
    pub fn id(self) -> i64 {
        match self {
            Self::Recording(id) | Self::Project(id) | Self::Person(id) => id,
        }
    }
}
