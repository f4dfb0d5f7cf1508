//! The things in the world as the server keeps them: people, projects, recordings, events.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kind::{Kind, Status};

/// The account that everything belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The number in every API path.
    pub id: i64,
    /// The company's name.
    pub name: String,
    /// When the account was opened.
    pub created_at: Timestamp,
}

/// Somebody with a seat in the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: i64,
    /// Full name.
    pub name: String,
    /// Address for mail.
    pub email: String,
    /// What they do.
    pub title: String,
    /// A line about them.
    pub bio: Option<String>,
    /// Where they sit.
    pub location: Option<String>,
    /// IANA time zone.
    pub time_zone: String,
    /// The company they work for.
    pub company: String,
    /// Owns the account.
    pub owner: bool,
    /// Administers the account.
    pub admin: bool,
    /// Is a client, not one of the team.
    pub client: bool,
    /// When they joined.
    pub created_at: Timestamp,
}

/// A message category of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its emoji.
    pub icon: String,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id; also the bucket id of its recordings.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// Whether it is in use.
    pub status: Status,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the project record itself last changed.
    pub updated_at: Timestamp,
    /// Who made it.
    pub creator: i64,
    /// Who may see it.
    pub members: BTreeSet<i64>,
    /// Its tools, in dock order.
    pub dock: Vec<i64>,
    /// Its message categories.
    pub categories: Vec<Category>,
    /// First and last day, when agreed.
    pub dates: Option<(Date, Date)>,
}

/// Who finished something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: i64,
}

/// When something on the schedule happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// From one day to another, both included.
    Days(Date, Date),
    /// From one moment to another.
    Times(Timestamp, Timestamp),
}

/// What only some kinds carry.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// Nothing more.
    Plain,
    /// A message's category.
    Message {
        /// The id of the category, if it has one.
        category: Option<i64>,
    },
    /// A file's facts; its bytes do not exist.
    Upload {
        /// Name with its ending.
        filename: String,
        /// MIME type.
        content_type: String,
        /// Size in bytes.
        byte_size: i64,
        /// Width and height in pixels, for pictures.
        pixels: Option<(i32, i32)>,
    },
    /// An event on the schedule.
    Entry {
        /// When.
        span: Span,
        /// Who takes part.
        participants: Vec<i64>,
        /// A link to join it.
        join_url: Option<String>,
        /// Marked as important.
        highlighted: bool,
    },
    /// A check-in question's rhythm.
    Question {
        /// `every_day` or `every_week`.
        frequency: String,
        /// Days of the week, 0 is Sunday.
        days: Vec<i32>,
        /// Hour of the day.
        hour: i32,
        /// No reminders are sent.
        paused: bool,
    },
    /// The day that an answer is for.
    Answer {
        /// The day.
        group_on: Date,
    },
    /// A column's look.
    Column {
        /// One of Basecamp's colour names.
        color: Option<String>,
    },
    /// Time spent.
    Timesheet {
        /// The day.
        date: Date,
        /// Hours as Basecamp writes them ("1.5").
        hours: String,
        /// Whose time.
        person: i64,
    },
}

/// Anything that lives in a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Its id.
    pub id: i64,
    /// Its kind.
    pub kind: Kind,
    /// The project it lives in.
    pub project: i64,
    /// What it hangs under; `None` for a tool in the dock.
    pub parent: Option<i64>,
    /// Who made it.
    pub creator: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it itself last changed.
    pub updated_at: Timestamp,
    /// Its own status. `Active` means that it follows its parent.
    pub own_status: Status,
    /// Name, subject, summary or content of one line.
    pub title: String,
    /// Description or content, rich text.
    pub body: String,
    /// First day of work.
    pub starts_on: Option<Date>,
    /// Day by which it should be done.
    pub due_on: Option<Date>,
    /// Who is to do it.
    pub assignees: Vec<i64>,
    /// Who hears when it is done.
    pub subscribers: Vec<i64>,
    /// Done by whom and when.
    pub completion: Option<Completion>,
    /// Clients may see it.
    pub visible_to_clients: bool,
    /// What only its kind carries.
    pub detail: Detail,
}

/// Something that happened to a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Ascending in the order of time.
    pub id: i64,
    /// To what.
    pub recording: i64,
    /// Of which kind that is.
    pub kind: Kind,
    /// In which project.
    pub project: i64,
    /// What happened, in Basecamp's word.
    pub action: &'static str,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub creator: i64,
    /// People given the work.
    pub added: Vec<i64>,
    /// People who no longer have the work.
    pub removed: Vec<i64>,
    /// From and to which column, for a card that moved.
    pub columns: Option<(i64, i64)>,
}
