//! What Basecamp keeps, as this app sees it. The server's own JSON is kept beside each record, in the store.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ActivityId, PersonId, ProjectId, RecordingId, Tag};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $wire:literal $tag:ident;)*) => {
        /// The kind of a recording, by Basecamp's own type names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),*];
            /// Basecamp's name of the type, as in a recording's `type`.
            #[must_use]
            pub fn wire(self) -> &'static str {
                match self { $(Self::$name => $wire,)* }
            }
            /// The kind that Basecamp calls so.
            #[must_use]
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($wire => Some(Self::$name),)* _ => None }
            }
            /// The tag that a change of this kind touches.
            #[must_use]
            pub fn tag(self) -> Tag {
                match self { $(Self::$name => Tag::$tag,)* }
            }
        }
    };
}

kinds! {
    /// A project's to-do set.
    TodoSet "Todoset" Todos;
    /// A to-do list.
    TodoList "Todolist" Todos;
    /// A group within a to-do list. Basecamp calls it a Todolist too; its parent is a list.
    TodoGroup "Todolist::Group" Todos;
    /// A to-do.
    Todo "Todo" Todos;
    /// A card table.
    CardTable "Kanban::Board" Cards;
    /// The column where cards arrive.
    TriageColumn "Kanban::Triage" Cards;
    /// The column of what is put off.
    NotNowColumn "Kanban::NotNowColumn" Cards;
    /// A column.
    Column "Kanban::Column" Cards;
    /// The column whose cards are done.
    DoneColumn "Kanban::DoneColumn" Cards;
    /// The on-hold section of a column.
    OnHoldColumn "Kanban::OnHoldColumn" Cards;
    /// A card.
    Card "Kanban::Card" Cards;
    /// A step of a card or of a to-do.
    Step "Kanban::Step" Cards;
    /// A message board.
    MessageBoard "Message::Board" Messages;
    /// A message.
    Message "Message" Messages;
    /// A comment.
    Comment "Comment" Comments;
    /// A folder of documents and files.
    Vault "Vault" Documents;
    /// A document.
    Document "Document" Documents;
    /// A file. Its bytes stay in Basecamp.
    Upload "Upload" Documents;
    /// A schedule.
    Schedule "Schedule" Schedule;
    /// An entry of a schedule.
    ScheduleEntry "Schedule::Entry" Schedule;
    /// A project's check-ins.
    Questionnaire "Questionnaire" Checkins;
    /// A check-in question.
    Question "Question" Checkins;
    /// An answer to a check-in question.
    Answer "Question::Answer" Checkins;
    /// A project's chat.
    Campfire "Chat::Transcript" Chat;
    /// A line of chat.
    ChatLine "Chat::Lines::Line" Chat;
    /// Time spent.
    TimeEntry "Timesheet::Entry" Time;
}

impl Kind {
    /// True for what a person ticks off: a to-do, a card or a step.
    #[must_use]
    pub fn is_task(self) -> bool {
        matches!(self, Self::Todo | Self::Card | Self::Step)
    }
    /// True for any column of a card table.
    #[must_use]
    pub fn is_column(self) -> bool {
        matches!(self, Self::TriageColumn | Self::NotNowColumn | Self::Column | Self::DoneColumn | Self::OnHoldColumn)
    }
    /// True for what holds other items: a tool of the dock, a list, a column, a folder.
    #[must_use]
    pub fn is_container(self) -> bool {
        self.is_column()
            || matches!(
                self,
                Self::TodoSet
                    | Self::TodoList
                    | Self::TodoGroup
                    | Self::CardTable
                    | Self::MessageBoard
                    | Self::Vault
                    | Self::Schedule
                    | Self::Questionnaire
                    | Self::Campfire
            )
    }
}

/// Where a record stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In use.
    Active,
    /// Put away.
    Archived,
    /// In the trash, from where it can be restored for 30 days.
    Trashed,
    /// Written, and not yet posted.
    Drafted,
    /// Not ours to see any more: deleted for good, or access was lost. Kept, hidden, never sent.
    Gone,
}

impl Status {
    /// The word that Basecamp uses; `gone` is ours alone.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
            Self::Drafted => "drafted",
            Self::Gone => "gone",
        }
    }
    /// Reads Basecamp's word. A word that we do not know is taken for in use, so that nothing vanishes.
    #[must_use]
    pub fn from_wire(word: &str) -> Self {
        match word {
            "archived" => Self::Archived,
            "trashed" => Self::Trashed,
            "drafted" => Self::Drafted,
            "gone" | "deleted" => Self::Gone,
            _ => Self::Active,
        }
    }
}

/// When a schedule entry takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "unit")]
pub enum Span {
    /// Whole days, both ends included.
    Days {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// From one instant to another.
    Hours {
        /// Start.
        from: Timestamp,
        /// End.
        to: Timestamp,
    },
}

/// Anything that lives in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recording {
    /// Its id.
    pub id: RecordingId,
    /// What it is.
    pub kind: Kind,
    /// The project it is in.
    pub project: ProjectId,
    /// What holds it. A loose to-do is held by the to-do set, a comment by what it is about.
    pub parent: Option<RecordingId>,
    /// Where it stands in its life. Children of an archived list say archived too.
    pub status: Status,
    /// Plain text. For a comment or a chat line: empty.
    pub title: String,
    /// Rich text as Basecamp stores it (HTML, not yet sanitised); empty when there is none.
    pub body: String,
    /// Place among its siblings, counted from 1.
    pub position: Option<i64>,
    /// Ticked off.
    pub completed: bool,
    /// When it was ticked off.
    pub completed_at: Option<Timestamp>,
    /// By whom.
    pub completer: Option<PersonId>,
    /// First day of work.
    pub starts_on: Option<Date>,
    /// Day it is due; for a time entry the day of the work.
    pub due_on: Option<Date>,
    /// When an entry takes place.
    pub span: Option<Span>,
    /// Who does it, in ascending order; for an entry its participants, for a time entry the person.
    pub assignees: Vec<PersonId>,
    /// Who made it.
    pub creator: Option<PersonId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When Basecamp says it was last changed; for a local record when it was made here.
    pub updated_at: Timestamp,
    /// How many comments it has.
    pub comments: u32,
    /// Its page in Basecamp; empty until Basecamp has it.
    pub app_url: String,
}

/// A tool of a project's dock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DockTool {
    /// The recording it opens.
    pub id: RecordingId,
    /// Basecamp's name: `todoset`, `kanban_board`, `message_board`, `vault`, `schedule`, `chat`, `questionnaire`, `inbox`.
    pub name: String,
    /// What the project calls it.
    pub title: String,
    /// False when it is switched off.
    pub enabled: bool,
    /// Place in the dock.
    pub position: Option<i64>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Active, archived, trashed or gone.
    pub status: Status,
    /// Its name.
    pub name: String,
    /// What it is for; plain text or HTML, empty when there is none.
    pub description: String,
    /// `topic`, `team`, `company_hq` and so on; empty when not told.
    pub purpose: String,
    /// Planned first day.
    pub starts_on: Option<Date>,
    /// Planned last day.
    pub ends_on: Option<Date>,
    /// Its tools.
    pub dock: Vec<DockTool>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Its page in Basecamp.
    pub app_url: String,
}

/// A person of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do; empty when not told.
    pub title: String,
    /// Redacted by Basecamp for those who are not administrators; empty when not told.
    pub email: String,
    /// IANA or Rails name of their zone; empty when not told.
    pub time_zone: String,
    /// May administer the account.
    pub admin: bool,
    /// Owns the account.
    pub owner: bool,
    /// Is a client.
    pub client: bool,
    /// The company they belong to; empty when not told.
    pub company: String,
    /// What attaches a mention of them; empty when not told.
    pub sgid: String,
}

/// Something that someone did in Basecamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Where.
    pub project: ProjectId,
    /// About what.
    pub recording: Option<RecordingId>,
    /// What was done: `created`, `completed`, `moved`, `commented` and so on, as Basecamp words it.
    pub action: String,
    /// What it was done to, as it was then; empty when not told.
    pub summary: String,
    /// By whom.
    pub creator: Option<PersonId>,
    /// When.
    pub created_at: Timestamp,
}

/// A record as it came from Basecamp, with the server's own JSON, so that an unknown field is never lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched<T> {
    /// What we understood.
    pub value: T,
    /// The JSON text as it came.
    pub raw: String,
}

/// What is known here about a recording, for comparing with a listing of the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The recording.
    pub id: RecordingId,
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub project: ProjectId,
    /// As it was last told.
    pub status: Status,
    /// As it was last told.
    pub updated_at: Timestamp,
}
