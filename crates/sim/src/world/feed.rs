//! The account-wide event feed: which events it carries, and pages of it.
//!
//! It is silent about trashing, archiving, un-completing, deletion, order, documents, uploads, schedule
//! entries, steps and people. Those are found only by reading again.

use jiff::Timestamp;

use super::World;
use super::kind::Kind;
use super::record::Event;

/// The feed's name for an event and the name of its kind, if the feed carries it.
#[must_use]
pub(crate) fn cataloged(kind: Kind, action: &str) -> Option<(&'static str, &'static str)> {
    let (noun, stem, actions): (&str, &str, &[&str]) = match kind {
        Kind::Comment => ("comment", "comment", &["created", "content_changed"]),
        Kind::Message => ("message", "message", &["created", "content_changed", "subject_changed"]),
        Kind::Todo => (
            "todo",
            "todo",
            &[
                "created",
                "completed",
                "moved",
                "content_changed",
                "description_changed",
                "scheduled",
                "rescheduled",
                "unscheduled",
                "assignment_changed",
            ],
        ),
        Kind::Card => (
            "card",
            "kanban_card",
            &[
                "created",
                "completed",
                "moved",
                "content_changed",
                "title_changed",
                "due_on_changed",
                "assignment_changed",
            ],
        ),
        Kind::Line => ("chat.line", "chat_line", &["created"]),
        Kind::Question => ("question", "question", &["created"]),
        Kind::Answer => ("question.answer", "question_answer", &["created"]),
        Kind::Todoset
        | Kind::Todolist
        | Kind::CardTable
        | Kind::Triage
        | Kind::NotNow
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHold
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Document
        | Kind::Upload
        | Kind::Schedule
        | Kind::ScheduleEntry
        | Kind::Questionnaire
        | Kind::Chat
        | Kind::TimesheetEntry => return None,
    };
    actions.contains(&action).then_some((noun, stem))
}

impl World {
    /// The id after which the feed has history.
    #[must_use]
    pub fn feed_epoch(&self) -> i64 {
        self.feed_epoch
    }

    /// The id of the newest event that the feed may serve, those after `until` being held back.
    #[must_use]
    pub fn feed_head(&self, until: Timestamp) -> i64 {
        self.feed
            .iter()
            .rev()
            .filter_map(|at| self.events.get(*at))
            .find(|event| event.at <= until)
            .map_or(self.feed_epoch, |event| event.id.max(self.feed_epoch))
    }

    /// The events of the feed after an id, oldest first, those later than `until` left out.
    pub fn feed_after(&self, id: i64, until: Timestamp) -> impl Iterator<Item = &Event> {
        let start = self.feed.partition_point(|at| self.events.get(*at).is_some_and(|event| event.id <= id));
        self.feed.iter().skip(start).filter_map(|at| self.events.get(*at)).take_while(move |event| event.at <= until)
    }
}

impl Event {
    /// The noun of the event's feed type and the stem of its kind; `None` when the feed does not carry it.
    #[must_use]
    pub fn feed_name(&self) -> Option<(&'static str, &'static str)> {
        cataloged(self.kind, self.action)
    }
}
