//! What kinds of recordings there are, how Basecamp spells them, and which may hold which.

use serde::{Deserialize, Serialize};

/// Whether something is in use, put away, or in the bin. Ordered by how hidden it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In use.
    Active,
    /// Written and not yet published: its writer alone can see it.
    Drafted,
    /// Put away, still readable.
    Archived,
    /// In the bin.
    Trashed,
}

impl Status {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Drafted => "drafted",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
        }
    }

    /// The status that a word in a query names; drafts cannot be asked for.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "active" => Some(Self::Active),
            "archived" => Some(Self::Archived),
            "trashed" => Some(Self::Trashed),
            _ => None,
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $wire:literal at $path:literal),+ $(,)?) => {
        /// The kind of a recording.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $($(#[$doc])* $name),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[$(Kind::$name),+];

            /// The `type` on the wire.
            #[must_use]
            pub fn wire(self) -> &'static str {
                match self { $(Self::$name => $wire),+ }
            }

            /// The path segments before the id in the API.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }

            /// The kind that a `type` on the wire names.
            #[must_use]
            pub fn parse(wire: &str) -> Option<Self> {
                match wire { $($wire => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// Holds a project's to-do lists and its loose to-dos.
    Todoset = "Todoset" at "todosets",
    /// A to-do list; a group when its parent is a list.
    Todolist = "Todolist" at "todolists",
    /// A to-do.
    Todo = "Todo" at "todos",
    /// A card table.
    CardTable = "Kanban::Board" at "card_tables",
    /// The column where cards arrive.
    Triage = "Kanban::Triage" at "card_tables/columns",
    /// The column for cards that are put off.
    NotNow = "Kanban::NotNowColumn" at "card_tables/columns",
    /// A column of the team's own.
    Column = "Kanban::Column" at "card_tables/columns",
    /// The column that completes the cards in it.
    DoneColumn = "Kanban::DoneColumn" at "card_tables/columns",
    /// The on-hold section of a column.
    OnHold = "Kanban::OnHold" at "card_tables/columns",
    /// A card.
    Card = "Kanban::Card" at "card_tables/cards",
    /// A step of a card, or a subtask of a to-do.
    Step = "Kanban::Step" at "card_tables/steps",
    /// Holds a project's messages.
    MessageBoard = "Message::Board" at "message_boards",
    /// A message.
    Message = "Message" at "messages",
    /// A comment on another recording.
    Comment = "Comment" at "comments",
    /// A folder; a project's own one has no parent.
    Vault = "Vault" at "vaults",
    /// A document.
    Document = "Document" at "documents",
    /// An uploaded file.
    Upload = "Upload" at "uploads",
    /// A project's schedule.
    Schedule = "Schedule" at "schedules",
    /// An event on a schedule.
    ScheduleEntry = "Schedule::Entry" at "schedule_entries",
    /// Holds a project's check-in questions.
    Questionnaire = "Questionnaire" at "questionnaires",
    /// A check-in question.
    Question = "Question" at "questions",
    /// An answer to a check-in question.
    Answer = "Question::Answer" at "question_answers",
    /// A project's chat.
    Chat = "Chat::Transcript" at "chats",
    /// A line in a chat.
    Line = "Chat::Lines::Text" at "lines",
    /// Time spent on a recording.
    TimesheetEntry = "Timesheet::Entry" at "timesheet_entries",
}

impl Kind {
    /// The dock's name for this tool and its title, for the kinds that sit in the dock.
    #[must_use]
    pub fn dock(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::MessageBoard => ("message_board", "Message Board"),
            Self::Todoset => ("todoset", "To-dos"),
            Self::Vault => ("vault", "Docs & Files"),
            Self::Chat => ("chat", "Chat"),
            Self::Schedule => ("schedule", "Schedule"),
            Self::Questionnaire => ("questionnaire", "Automatic Check-ins"),
            Self::CardTable => ("kanban_board", "Card Table"),
            Self::Todolist
            | Self::Todo
            | Self::Triage
            | Self::NotNow
            | Self::Column
            | Self::DoneColumn
            | Self::OnHold
            | Self::Card
            | Self::Step
            | Self::Message
            | Self::Comment
            | Self::Document
            | Self::Upload
            | Self::ScheduleEntry
            | Self::Question
            | Self::Answer
            | Self::Line
            | Self::TimesheetEntry => return None,
        })
    }

    /// Whether cards may lie directly in a recording of this kind.
    #[must_use]
    pub fn holds_cards(self) -> bool {
        self.is_column() || self == Self::OnHold
    }

    /// Whether this is one of the columns of a card table (its on-hold sections are not).
    #[must_use]
    pub fn is_column(self) -> bool {
        matches!(self, Self::Triage | Self::NotNow | Self::Column | Self::DoneColumn)
    }

    /// Whether people may comment on this kind.
    #[must_use]
    pub fn commentable(self) -> bool {
        matches!(
            self,
            Self::Todolist
                | Self::Todo
                | Self::Card
                | Self::Message
                | Self::Document
                | Self::Upload
                | Self::ScheduleEntry
                | Self::Answer
        )
    }

    /// Whether this kind is done or not done. Cards are too, but only by lying in the Done column.
    #[must_use]
    pub fn completable(self) -> bool {
        matches!(self, Self::Todo | Self::Step)
    }

    /// Whether people can be given work of this kind.
    #[must_use]
    pub fn assignable(self) -> bool {
        matches!(self, Self::Todo | Self::Card | Self::Step)
    }

    /// Whether a `child` of this kind may be made under a recording of kind `self`.
    #[must_use]
    pub fn may_hold(self, child: Kind) -> bool {
        match child {
            Self::Todolist => matches!(self, Self::Todoset | Self::Todolist),
            Self::Todo => matches!(self, Self::Todoset | Self::Todolist),
            Self::Column | Self::Triage | Self::NotNow | Self::DoneColumn => self == Self::CardTable,
            Self::OnHold => self == Self::Column,
            Self::Card => self.holds_cards(),
            Self::Step => matches!(self, Self::Card | Self::Todo),
            Self::Message => self == Self::MessageBoard,
            Self::Comment => self.commentable(),
            Self::Vault | Self::Document | Self::Upload => self == Self::Vault,
            Self::ScheduleEntry => self == Self::Schedule,
            Self::Question => self == Self::Questionnaire,
            Self::Answer => self == Self::Question,
            Self::Line => self == Self::Chat,
            Self::TimesheetEntry => matches!(self, Self::Todo | Self::Card | Self::Message),
            Self::Todoset
            | Self::CardTable
            | Self::MessageBoard
            | Self::Schedule
            | Self::Questionnaire
            | Self::Chat => false,
        }
    }
}
