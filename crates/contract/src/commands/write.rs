//! Inputs of what changes Basecamp.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use super::setup::input;
use crate::{PersonId, ProjectId, RecordingId, Span};

/// Tells “not given” (keep) from “given as null” (clear).
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

input! {
    /// A project to make, and what to put into it.
    #[derive(Default)]
    CreateProject {
        /// Plain text, not blank.
        name: String,
        /// What it is for: plain text.
        #[serde(default)]
        description: String,
        /// Who gets access; so does everyone who is assigned or notified below.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<PersonId>,
        /// To-do lists, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lists: Vec<PlannedList>,
        /// Columns of its card table, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        columns: Vec<PlannedColumn>,
        /// A first message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<PlannedMessage>,
    }
    /// A to-do list that is to be made.
    PlannedList {
        /// Plain text, not blank.
        title: String,
        /// In order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        todos: Vec<PlannedTask>,
    }
    /// A column that is to be made.
    PlannedColumn {
        /// Plain text, not blank.
        title: String,
        /// In order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        cards: Vec<PlannedTask>,
    }
    /// A to-do or a card that is to be made.
    PlannedTask {
        /// Plain text, not blank.
        title: String,
        /// Notes.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        body: String,
        /// Due day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<Date>,
        /// Who does it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        assignees: Vec<PersonId>,
    }
    /// A message that is to be posted.
    PlannedMessage {
        /// Its subject, not blank.
        title: String,
        /// Plain text, or Basecamp's rich text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        body: String,
        /// Who is notified; nobody when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        notify: Vec<PersonId>,
    }
    /// A to-do list to make.
    CreateList {
        /// The project whose to-do set it goes to.
        project: ProjectId,
        /// Plain text, not blank.
        title: String,
        /// What it is for: plain text, or Basecamp's rich text.
        #[serde(default)]
        description: String,
    }
    /// A column to make.
    CreateColumn {
        /// The card table.
        table: RecordingId,
        /// Plain text, not blank.
        title: String,
    }
    /// A to-do to make.
    CreateTodo {
        /// The list or group; the to-do set for a loose one.
        parent: RecordingId,
        /// Plain text, not blank.
        title: String,
        /// Notes: plain text, or Basecamp's rich text.
        #[serde(default)]
        body: String,
        /// First day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        starts_on: Option<Date>,
        /// Due day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<Date>,
        /// Who does it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        assignees: Vec<PersonId>,
    }
    /// What to change; what is left out stays.
    UpdateTodo {
        /// The to-do.
        id: RecordingId,
        /// Plain text, not blank.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Notes; empty clears them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        /// First day; null clears it.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        starts_on: Option<Option<Date>>,
        /// Due day; null clears it.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        due_on: Option<Option<Date>>,
        /// Who does it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignees: Option<Vec<PersonId>>,
    }
    /// Which to-do.
    CompleteTodo {
        /// The to-do.
        id: RecordingId,
    }
    /// Which to-do.
    UncompleteTodo {
        /// The to-do.
        id: RecordingId,
    }
    /// Where to.
    MoveTodo {
        /// The to-do.
        id: RecordingId,
        /// The list, group or to-do set; where it is when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<RecordingId>,
        /// Place among the open to-dos there, from 1.
        position: u32,
    }
    /// Who does it.
    AssignTodo {
        /// The to-do.
        id: RecordingId,
        /// Everyone who does it; empty for nobody.
        assignees: Vec<PersonId>,
    }
    /// A card to make.
    CreateCard {
        /// The column.
        column: RecordingId,
        /// Plain text, not blank.
        title: String,
        /// Notes: plain text, or Basecamp's rich text.
        #[serde(default)]
        body: String,
        /// Due day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<Date>,
        /// Who does it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        assignees: Vec<PersonId>,
    }
    /// What to change; what is left out stays.
    UpdateCard {
        /// The card.
        id: RecordingId,
        /// Plain text, not blank.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Notes; empty clears them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        /// Due day; null clears it.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        due_on: Option<Option<Date>>,
        /// Who does it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignees: Option<Vec<PersonId>>,
    }
    /// Where to.
    MoveCard {
        /// The card.
        id: RecordingId,
        /// The column.
        column: RecordingId,
        /// Place in the column, from 1.
        position: u32,
    }
    /// Which step.
    CompleteStep {
        /// The step.
        id: RecordingId,
        /// Ticked off or open.
        completed: bool,
    }
    /// A comment.
    AddComment {
        /// What it is about.
        item: RecordingId,
        /// Plain text, or Basecamp's rich text; not blank.
        body: String,
    }
    /// A message.
    PostMessage {
        /// The project whose board it goes to.
        project: ProjectId,
        /// Its subject, not blank.
        title: String,
        /// Plain text, or Basecamp's rich text.
        #[serde(default)]
        body: String,
        /// Who is notified; nobody when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        notify: Vec<PersonId>,
    }
    /// An entry.
    AddScheduleEntry {
        /// The project whose schedule it goes to.
        project: ProjectId,
        /// What it is, not blank.
        title: String,
        /// When; the end is not before the start.
        span: Span,
        /// Notes.
        #[serde(default)]
        body: String,
        /// Who takes part.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        participants: Vec<PersonId>,
    }
    /// Which item.
    TrashItem {
        /// The item.
        id: RecordingId,
    }
    /// Which item.
    RestoreItem {
        /// The item.
        id: RecordingId,
    }
}

impl CreateProject {
    pub(crate) fn reaches_others(&self) -> bool {
        self.lets_in().next().is_some() || self.message.is_some()
    }

    /// Everyone who is to have access, as they are named; some of them more than once.
    pub fn lets_in(&self) -> impl Iterator<Item = PersonId> + '_ {
        let todos = self.lists.iter().flat_map(|list| &list.todos);
        let tasks = todos.chain(self.columns.iter().flat_map(|column| &column.cards));
        let notified = self.message.iter().flat_map(|message| &message.notify);
        self.people.iter().chain(tasks.flat_map(|task| &task.assignees)).chain(notified).copied()
    }
}

impl CreateTodo {
    pub(crate) fn reaches_others(&self) -> bool {
        !self.assignees.is_empty()
    }
}

impl UpdateTodo {
    pub(crate) fn reaches_others(&self) -> bool {
        self.assignees.is_some()
    }
}

impl CreateCard {
    pub(crate) fn reaches_others(&self) -> bool {
        !self.assignees.is_empty()
    }
}

impl UpdateCard {
    pub(crate) fn reaches_others(&self) -> bool {
        self.assignees.is_some()
    }
}

impl AddScheduleEntry {
    pub(crate) fn reaches_others(&self) -> bool {
        !self.participants.is_empty()
    }
}
