//! The stages of a pass, for showing how far it is.

use contract::Kind;

/// A stage of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Projects of every status.
    Projects,
    /// People.
    People,
    /// What Basecamp says has changed.
    Feed,
    /// Recordings of one kind.
    Records(Kind),
    /// Card tables with their columns, and check-in questions.
    Tools,
    /// Lines of chat.
    Chat,
    /// Time entries.
    Time,
    /// What was done by whom.
    Activity,
    /// Another look at what seems to be gone.
    Confirming,
}

impl Stage {
    /// What a person reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Projects => "Projects",
            Self::People => "People",
            Self::Feed => "News",
            Self::Records(kind) => records(kind),
            Self::Tools => "Boards and check-ins",
            Self::Chat => "Chat",
            Self::Time => "Time",
            Self::Activity => "Activity",
            Self::Confirming => "Checking what is gone",
        }
    }

    /// The mark that a first fetch keeps once this stage is done.
    pub(super) fn mark(self) -> String {
        match self {
            Self::Records(kind) => format!("cold.{}", kind.wire()),
            Self::Projects
            | Self::People
            | Self::Feed
            | Self::Tools
            | Self::Chat
            | Self::Time
            | Self::Activity
            | Self::Confirming => format!("cold.{self:?}"),
        }
    }
}

fn records(kind: Kind) -> &'static str {
    match kind {
        Kind::TodoSet | Kind::TodoList | Kind::TodoGroup => "To-do lists",
        Kind::Todo => "To-dos",
        Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn => "Boards",
        Kind::Card => "Cards",
        Kind::Step => "Steps",
        Kind::MessageBoard | Kind::Message => "Messages",
        Kind::Comment => "Comments",
        Kind::Vault => "Folders",
        Kind::Document => "Documents",
        Kind::Upload => "Files",
        Kind::Schedule | Kind::ScheduleEntry => "Schedule",
        Kind::Questionnaire | Kind::Question => "Check-ins",
        Kind::Answer => "Check-in answers",
        Kind::Campfire | Kind::ChatLine => "Chat",
        Kind::TimeEntry => "Time",
    }
}
