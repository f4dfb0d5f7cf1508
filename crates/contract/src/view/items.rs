//! Items, projects and people as screens show them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Activity, ChangeId, Kind, Person, PersonId, Project, ProjectId, Recording, RecordingId, Status};

/// How far a local edit is from being in Basecamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Pending {
    /// Basecamp has it.
    #[default]
    None,
    /// It waits to be sent, or is being sent.
    Queued,
    /// Basecamp refused it; a person must look.
    Failed,
    /// Someone else changed the same field; a person must choose.
    Conflict,
}

/// An item in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Its id.
    pub id: RecordingId,
    /// What it is.
    pub kind: Kind,
    /// Its project.
    pub project: ProjectId,
    /// What holds it.
    pub parent: Option<RecordingId>,
    /// Where it stands in its life.
    pub status: Status,
    /// Plain text. For a comment or chat line, the first words of its body.
    pub title: String,
    /// The first words of its body as plain text, at most 160 characters.
    pub excerpt: String,
    /// Place among its siblings.
    pub position: Option<i64>,
    /// Ticked off.
    pub completed: bool,
    /// When.
    pub completed_at: Option<Timestamp>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Due day.
    pub due_on: Option<Date>,
    /// When an entry takes place.
    pub span: Option<crate::Span>,
    /// Who does it.
    pub assignees: Vec<PersonId>,
    /// Who made it.
    pub creator: Option<PersonId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// How many comments it has.
    pub comments: u32,
    /// Steps done and steps in all.
    pub steps: (u32, u32),
    /// Its text says that it is blocked or waits for something.
    pub blocked: bool,
    /// How far local edits are from Basecamp.
    pub pending: Pending,
}

/// A project in a list, with what one wants to know at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectRow {
    /// The project.
    pub project: Project,
    /// Pinned to the rail.
    pub pinned: bool,
    /// Open to-dos and cards.
    pub open: u32,
    /// Done to-dos and cards.
    pub done: u32,
    /// Open and past their due day.
    pub overdue: u32,
    /// Open and nobody's.
    pub unassigned: u32,
    /// Open and blocked by their own words.
    pub blocked: u32,
    /// Due within the next seven days.
    pub due_soon: u32,
    /// The last change of anything in it.
    pub last_activity: Option<Timestamp>,
    /// Done per week, the last eight weeks, oldest first.
    pub done_by_week: Vec<u32>,
    /// Who has open work in it, most first, at most six.
    pub people: Vec<PersonId>,
}

/// Everyone and every project: what a page needs to show names for ids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Directory {
    /// The signed-in person, once known.
    pub me: Option<PersonId>,
    /// Everyone in the account.
    pub people: Vec<Person>,
    /// Every project that can be seen, archived and trashed ones too.
    pub projects: Vec<ProjectRow>,
}

/// Today's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Today {
    /// The day it is about, in the person's zone.
    pub date: Date,
    /// What to look at first, at most three; each is in one of the lists too, though perhaps further down than they go here.
    pub first: Vec<First>,
    /// Open, past due, anybody's in my projects; latest due day last.
    pub overdue: Vec<Row>,
    /// Open and due that day.
    pub due_today: Vec<Row>,
    /// Open and mine, by due day, undated last; without what the two lists above show.
    pub mine: Vec<Row>,
    /// Open, made by me and somebody else's; or blocked and mine.
    pub waiting: Vec<Row>,
    /// How long each list is, with what was not asked for.
    pub counts: TodayCounts,
    /// What happened since yesterday's start, newest first, at most 100.
    pub changes: Vec<Activity>,
    /// How many things happened since yesterday's start.
    pub changes_count: u32,
    /// In how many projects.
    pub changes_projects: u32,
}

/// How long the lists of a day are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodayCounts {
    /// Past due.
    pub overdue: u32,
    /// Due that day.
    pub due_today: u32,
    /// Mine, neither past due nor due that day.
    pub mine: u32,
    /// Waited for.
    pub waiting: u32,
}

/// An item to look at first, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct First {
    /// The item.
    pub row: Row,
    /// Why.
    pub reason: FirstReason,
}

/// Why an item is looked at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FirstReason {
    /// Late for longest of mine; of anybody's where none is mine.
    Late,
    /// Its words say that it waits for something.
    Blocked,
    /// Due next of mine; of anybody's that day where none is mine.
    Next,
}

/// A to-do list or group with its to-dos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodoSection {
    /// The list or group; the to-do set for loose to-dos.
    pub list: Row,
    /// Its own to-dos, in order.
    pub todos: Vec<Row>,
    /// Its groups, in order; empty for a group.
    pub groups: Vec<Self>,
}

/// A project's to-dos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodoLists {
    /// Loose to-dos first, when there are any, then the lists in order.
    pub sections: Vec<TodoSection>,
}

/// A column with its cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoardColumn {
    /// The column.
    pub column: Row,
    /// Its colour by Basecamp's name, or empty.
    pub color: String,
    /// Its cards, in order.
    pub cards: Vec<Row>,
}

/// A card table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Board {
    /// The table.
    pub table: Row,
    /// Its columns from left to right: triage, the columns with their on-hold sections behind them, not now, done.
    pub columns: Vec<BoardColumn>,
}

/// An item with everything around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemDetail {
    /// The item.
    pub item: Recording,
    /// How far local edits are from Basecamp.
    pub pending: Pending,
    /// Why it could not be sent, where it could not.
    pub problem: Option<String>,
    /// Its body, sanitised, without remote images: safe to put into the page.
    pub body_html: String,
    /// What holds it, outermost first; without the project.
    pub path: Vec<Row>,
    /// Its steps.
    pub steps: Vec<Row>,
    /// Its comments, oldest first.
    pub comments: Vec<CommentView>,
    /// What it holds, when it is a container, in order.
    pub children: Vec<Row>,
    /// What happened to it, newest first, at most 50.
    pub activity: Vec<Activity>,
    /// Particulars of its kind as label and text: file name, size, hours, category.
    pub facts: Vec<(String, String)>,
}

/// A comment, ready to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommentView {
    /// Its id.
    pub id: RecordingId,
    /// Who wrote it.
    pub creator: Option<PersonId>,
    /// When.
    pub created_at: Timestamp,
    /// Sanitised HTML.
    pub body_html: String,
    /// How far it is from Basecamp.
    pub pending: Pending,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many there are in all, counted up to 1000.
    pub total: u32,
    /// The words that were searched when the ones given found nothing; empty otherwise.
    pub corrected: String,
}

/// One result of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Hit {
    /// An item.
    Item {
        /// The item.
        row: Box<Row>,
        /// Where the words stand, as plain text with `[` and `]` around them.
        snippet: String,
    },
    /// A project.
    Project {
        /// Its id.
        id: ProjectId,
        /// Its name.
        name: String,
    },
    /// A person.
    Person {
        /// Their id.
        id: PersonId,
        /// Their name.
        name: String,
    },
}

/// The reply of every write: it is done here, and on its way to Basecamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Written {
    /// What can be undone as one.
    pub set: Option<crate::ChangeSetId>,
    /// The changes that wait to be sent.
    pub changes: Vec<ChangeId>,
    /// The item as it is after the write.
    pub item: Row,
}

/// The reply to making a project: Basecamp has it, and it is here with its tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectMade {
    /// What can be undone as one.
    pub set: Option<crate::ChangeSetId>,
    /// The project with its tools, as Basecamp answered it.
    pub project: Project,
    /// Where its to-do lists go; `None` when Basecamp gave it no to-do set.
    pub todo_set: Option<RecordingId>,
    /// What became of the people, lists, columns and message that it was asked for with.
    #[serde(default)]
    pub carried: crate::Carried,
}

/// How much someone has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// Who; `None` counts what nobody does.
    pub person: Option<PersonId>,
    /// Their name; empty for nobody.
    pub name: String,
    /// Open to-dos and cards.
    pub open: u32,
    /// Open and past their due day.
    pub overdue: u32,
    /// Open and due within the days that were asked for.
    pub due: u32,
    /// Of those, the most that are due on one day.
    pub busiest: u32,
    /// That day.
    pub busiest_on: Option<Date>,
}
