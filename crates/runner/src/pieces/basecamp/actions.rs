//! The actions, a line each: which command of the app each gives, and what it asks for.

use flow::piece::PropertyKind;
use serde_json::{Value, json};

use super::Picker;
use crate::pieces::describe::{Ask, flag, long, number, prop, text};
use crate::{Call, Failure, Map, value};

/// An action and the command that it gives.
pub(super) struct Action {
    pub(super) name: &'static str,
    pub(super) command: &'static str,
    pub(super) label: &'static str,
    pub(super) description: &'static str,
    pub(super) fields: &'static [Field],
}

/// Something that an action asks for, under the name that the command has for it.
pub(super) struct Field {
    pub(super) name: &'static str,
    label: &'static str,
    pub(super) shape: Shape,
    need: Need,
}

/// How it is asked for.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Text,
    Long,
    Date,
    Instant,
    Number,
    Flag,
    Pick(Picker),
    PickMany(Picker),
}

/// Whether it has to be given.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    /// It has to be.
    Must,
    /// It need not be.
    May,
    /// It only helps to choose the others: the command does not know it.
    Aid,
}

const fn must(name: &'static str, label: &'static str, shape: Shape) -> Field {
    Field { name, label, shape, need: Need::Must }
}

const fn may(name: &'static str, label: &'static str, shape: Shape) -> Field {
    Field { name, label, shape, need: Need::May }
}

/// The project, where the command does not want to know it.
const WITHIN: Field =
    Field { name: "project", label: "Project", shape: Shape::Pick(Picker::Projects), need: Need::Aid };
const PROJECT: Field = must("project", "Project", Shape::Pick(Picker::Projects));
const TITLE: Field = must("title", "Title", Shape::Text);
const NEW_TITLE: Field = may("title", "Title", Shape::Text);
const BODY: Field = may("body", "Notes", Shape::Long);
const STARTS: Field = may("starts_on", "First day", Shape::Date);
const DUE: Field = may("due_on", "Due day", Shape::Date);
const ASSIGNEES: Field = may("assignees", "Done by", Shape::PickMany(Picker::People));
const TO_DO: Field = must("id", "To-do", Shape::Pick(Picker::Todos));
const CARD: Field = must("id", "Card", Shape::Pick(Picker::Cards));
const POSITION: Field = may("position", "Place, from 1", Shape::Number);

macro_rules! action {
    ($name:literal, $command:literal, $label:literal, $description:literal, [$($field:expr),* $(,)?]) => {
        Action { name: $name, command: $command, label: $label, description: $description, fields: &[$($field),*] }
    };
}

pub(super) const ACTIONS: &[Action] = &[
    action!(
        "create_project",
        "project.create",
        "Make a project",
        "Makes a project.",
        [
            must("name", "Name", Shape::Text),
            may("description", "Description", Shape::Long),
            may("people", "People", Shape::PickMany(Picker::People)),
        ]
    ),
    action!(
        "create_list",
        "list.create",
        "Make a to-do list",
        "Makes a to-do list in a project.",
        [PROJECT, TITLE, may("description", "Description", Shape::Long),]
    ),
    action!(
        "create_column",
        "column.create",
        "Make a column",
        "Makes a column in a card table.",
        [WITHIN, must("table", "Card table", Shape::Pick(Picker::Boards)), TITLE,]
    ),
    action!(
        "create_todo",
        "todo.create",
        "Make a to-do",
        "Makes a to-do in a list.",
        [WITHIN, must("parent", "List", Shape::Pick(Picker::Lists)), TITLE, BODY, STARTS, DUE, ASSIGNEES,]
    ),
    action!(
        "update_todo",
        "todo.update",
        "Change a to-do",
        "Changes a to-do; what is left empty stays.",
        [WITHIN, TO_DO, NEW_TITLE, BODY, STARTS, DUE, ASSIGNEES,]
    ),
    action!(
        "reschedule_todo",
        "todo.update",
        "Set the day of a to-do",
        "Moves a to-do to another day.",
        [WITHIN, TO_DO, must("due_on", "Due day", Shape::Date), STARTS,]
    ),
    action!("complete_todo", "todo.complete", "Tick a to-do off", "Ticks a to-do off.", [WITHIN, TO_DO]),
    action!(
        "uncomplete_todo",
        "todo.uncomplete",
        "Open a to-do again",
        "Opens a completed to-do again.",
        [WITHIN, TO_DO]
    ),
    action!(
        "move_todo",
        "todo.move",
        "Move a to-do",
        "Moves a to-do to another list, or within one.",
        [WITHIN, TO_DO, may("parent", "List", Shape::Pick(Picker::Lists)), POSITION,]
    ),
    action!(
        "assign_todo",
        "todo.assign",
        "Assign a to-do",
        "Says who does a to-do.",
        [WITHIN, TO_DO, must("assignees", "Done by", Shape::PickMany(Picker::People)),]
    ),
    action!(
        "create_card",
        "card.create",
        "Make a card",
        "Makes a card in a column.",
        [WITHIN, must("column", "Column", Shape::Pick(Picker::Columns)), TITLE, BODY, DUE, ASSIGNEES,]
    ),
    action!(
        "update_card",
        "card.update",
        "Change a card",
        "Changes a card; what is left empty stays.",
        [WITHIN, CARD, NEW_TITLE, BODY, DUE, ASSIGNEES,]
    ),
    action!(
        "reschedule_card",
        "card.update",
        "Set the day of a card",
        "Moves a card to another day.",
        [WITHIN, CARD, must("due_on", "Due day", Shape::Date),]
    ),
    action!(
        "assign_card",
        "card.update",
        "Assign a card",
        "Says who does a card.",
        [WITHIN, CARD, must("assignees", "Done by", Shape::PickMany(Picker::People)),]
    ),
    action!(
        "move_card",
        "card.move",
        "Move a card",
        "Moves a card to a column. Into the done column completes it.",
        [WITHIN, CARD, must("column", "Column", Shape::Pick(Picker::Columns)), POSITION,]
    ),
    action!(
        "complete_step",
        "step.complete",
        "Tick a step off",
        "Ticks a card's step off, or opens it again.",
        [WITHIN, must("id", "Step", Shape::Pick(Picker::Steps)), may("completed", "Done", Shape::Flag),]
    ),
    action!(
        "add_comment",
        "comment.add",
        "Comment",
        "Comments on an item. Its subscribers are notified.",
        [WITHIN, must("item", "Item", Shape::Pick(Picker::Items)), must("body", "Comment", Shape::Long),]
    ),
    action!(
        "post_message",
        "message.post",
        "Post a message",
        "Posts a message to a project's message board.",
        [PROJECT, TITLE, may("body", "Message", Shape::Long), may("notify", "Notify", Shape::PickMany(Picker::People)),]
    ),
    action!(
        "add_schedule_entry",
        "schedule.add",
        "Add to the schedule",
        "Adds an entry to a project's schedule.",
        [
            PROJECT,
            TITLE,
            must("from", "From", Shape::Instant),
            must("to", "To", Shape::Instant),
            may("all_day", "All day", Shape::Flag),
            BODY,
            may("participants", "Who takes part", Shape::PickMany(Picker::People)),
        ]
    ),
    action!(
        "trash_item",
        "item.trash",
        "Put into the trash",
        "Puts an item into Basecamp's trash, for 30 days.",
        [WITHIN, must("id", "Item", Shape::Pick(Picker::Items)),]
    ),
    action!(
        "restore_item",
        "item.restore",
        "Take out of the trash",
        "Takes an item out of the trash or the archive.",
        [WITHIN, must("id", "Item", Shape::Pick(Picker::Items)),]
    ),
];

impl Field {
    /// `has_project` tells whether a project is chosen in the same form, so that what can be chosen hangs on it.
    pub(super) fn ask(&self, has_project: bool) -> Ask {
        let (name, label) = (self.name, self.label);
        let refreshers =
            |picker: Picker| if has_project && picker != Picker::Projects { ["project"].as_slice() } else { &[] };
        let asked = match self.shape {
            Shape::Text => text(name, label),
            Shape::Long => long(name, label),
            Shape::Date => text(name, label).says("A day, such as 2026-11-21."),
            Shape::Instant => prop(name, PropertyKind::DateTime, label),
            Shape::Number => number(name, label),
            Shape::Flag => flag(name, label),
            Shape::Pick(picker) => {
                prop(name, PropertyKind::Dropdown, label).refreshed_by(refreshers(picker)).searched()
            }
            Shape::PickMany(picker) => {
                prop(name, PropertyKind::MultiSelectDropdown, label).refreshed_by(refreshers(picker)).searched()
            }
        };
        if self.need == Need::Must { asked.required() } else { asked }
    }

    /// What the command is given for it; `None` to leave it as it is.
    fn value(&self, call: &Call<'_>) -> Result<Option<Value>, Failure> {
        let Some(given) = call.given(self.name).filter(|_| self.need != Need::Aid) else { return Ok(None) };
        let text = || value::render(given);
        Ok(Some(match self.shape {
            Shape::Text | Shape::Long | Shape::Pick(_) => text().into(),
            Shape::Date => {
                let instant = text();
                let day = instant.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
                let wrong = || Failure::new(format!("{}: “{instant}” is no day. Write it as 2026-11-21.", self.label));
                day.ok_or_else(wrong)?.to_string().into()
            }
            Shape::Instant => {
                let instant = value::instant(given, &jiff::tz::TimeZone::UTC);
                let wrong = || Failure::new(format!("{}: “{}” is no date and time.", self.label, text()));
                instant.ok_or_else(wrong)?.to_string().into()
            }
            Shape::Number => value::from_number(call.number(self.name)?.unwrap_or_default()),
            Shape::Flag => call.flag(self.name).into(),
            Shape::PickMany(_) => call.list(self.name).iter().map(value::render).map(Value::from).collect(),
        }))
    }
}

impl Action {
    /// What the command is given.
    pub(super) fn input(&self, call: &Call<'_>) -> Result<Map, Failure> {
        let mut input = Map::new();
        for field in self.fields {
            if let Some(value) = field.value(call)? {
                input.insert(field.name.to_owned(), value);
            }
        }
        match self.command {
            "todo.move" | "card.move" => {
                input.entry("position").or_insert_with(|| json!(1));
            }
            "step.complete" => {
                input.entry("completed").or_insert_with(|| json!(true));
            }
            "schedule.add" => {
                let is_whole_day = input.remove("all_day") == Some(Value::Bool(true));
                let ends = [input.remove("from"), input.remove("to")];
                let [starts, ends] = ends.map(|end| end.as_ref().map(value::render).unwrap_or_default());
                input.insert("span".to_owned(), span(&starts, &ends, is_whole_day));
            }
            _ => {}
        }
        Ok(input)
    }
}

/// A time or whole days, in the form of the command table.
fn span(starts: &str, ends: &str, is_whole_day: bool) -> Value {
    let day = |instant: &str| instant.get(..10).unwrap_or_default().to_owned();
    match is_whole_day {
        true => json!({ "unit": "days", "from": day(starts), "to": day(ends) }),
        false => json!({ "unit": "hours", "from": starts, "to": ends }),
    }
}
