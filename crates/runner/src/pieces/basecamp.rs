//! Basecamp, through the commands of the app: whatever a person can write there.

mod actions;

use std::sync::Arc;

use async_trait::async_trait;
use flow::piece::{Choice, Options, PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{action, categories, named, number, piece, prop, text, trigger};
use crate::piece::{Ask, nothing_to_choose};
use crate::trigger::EventKind;
use crate::{Call, Choices, Delivery, Failure, Key, Map, Piece, Reply, RunId};

use actions::{ACTIONS, Action, Shape};

/// What can be chosen of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Picker {
    /// Projects.
    Projects,
    /// To-do lists and groups of a project.
    Lists,
    /// Card tables of a project.
    Boards,
    /// Columns of the card tables of a project.
    Columns,
    /// Everyone, or who is in a project.
    People,
    /// Open to-dos.
    Todos,
    /// Cards.
    Cards,
    /// Steps of cards.
    Steps,
    /// Anything that can be commented on or put away.
    Items,
}

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandError {
    /// What happened and what to do next.
    pub message: String,
    /// Whether it may have been done all the same.
    pub in_doubt: bool,
}

/// The commands of the app, as one automation may use them.
#[async_trait]
pub trait Commands: Send + Sync {
    /// Gives a command for a run. What was done under a key is not done again; its answer is given again.
    ///
    /// # Errors
    /// If it is refused.
    async fn call(&self, name: &str, input: Value, key: &Key, run: &RunId) -> Result<Value, CommandError>;

    /// What can be chosen, within a project if one is chosen, with these words in its name.
    ///
    /// # Errors
    /// Why that cannot be told, as a sentence.
    async fn choices(&self, picker: Picker, project: Option<&str>, search: Option<&str>)
    -> Result<Vec<Choice>, String>;
}

pub(super) struct Basecamp {
    pub(super) commands: Arc<dyn Commands>,
}

/// What each kind of item is called on Basecamp's wire.
const ITEMS: [(&str, &str); 7] = [
    ("Todo", "To-dos"),
    ("Kanban::Card", "Cards"),
    ("Message", "Messages"),
    ("Document", "Documents"),
    ("Upload", "Files"),
    ("Schedule::Entry", "Schedule entries"),
    ("Comment", "Comments"),
];

#[async_trait]
impl Piece for Basecamp {
    fn describe(&self) -> PieceMetadata {
        let actions = ACTIONS.iter().map(|known| action(known.name, known.label, known.description, known.asks()));
        let triggers = EventKind::ALL.into_iter().map(describe_trigger);
        PieceMetadata {
            actions: named(actions.collect()),
            triggers: named(triggers.collect()),
            categories: categories(&["PRODUCTIVITY"]),
            ..piece("@pmos/piece-basecamp", "0.1.0", "Basecamp", "Everything that you can do in Basecamp from here")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Keyed
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let known =
            find(call.action).ok_or_else(|| Failure::new("There is no such action. Open the step and choose one."))?;
        let input = known.input(call)?;
        let done = self.commands.call(known.command, input.into(), call.key, call.run).await;
        done.map(Reply::Done).map_err(|error| Failure { in_doubt: error.in_doubt, ..Failure::new(error.message) })
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        let of_action = find(ask.operation).and_then(|known| known.picker(ask.property));
        let of_trigger = match ask.property {
            "projects" => Some(Picker::Projects),
            "parents" if is_about_cards(ask.input) => Some(Picker::Columns),
            "parents" => Some(Picker::Lists),
            "people" => Some(Picker::People),
            _ => None,
        };
        let Some(picker) = of_action.or(of_trigger) else {
            return Ok(nothing_to_choose("There is nothing to choose here."));
        };
        let project = ask.input.get("project").or_else(|| ask.input.get("projects")?.get(0)).and_then(Value::as_str);
        let project = project.filter(|project| !project.is_empty());
        let needs_project = matches!(picker, Picker::Lists | Picker::Boards | Picker::Columns);
        if needs_project && project.is_none() {
            return Ok(nothing_to_choose("Choose a project first."));
        }
        let options = self.commands.choices(picker, project, ask.search).await.map_err(Failure::new)?;
        Ok(Choices::Dropdown(Options { options, ..Options::default() }))
    }
}

fn find(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|known| known.name == name)
}

/// Whether a trigger is for cards and nothing else.
fn is_about_cards(input: &Map) -> bool {
    let items = input.get("items").and_then(Value::as_array);
    items.is_some_and(|items| !items.is_empty() && items.iter().all(|item| item == "Kanban::Card"))
}

fn describe_trigger(kind: EventKind) -> (String, flow::piece::Operation) {
    let (label, description) = match kind {
        EventKind::Created => ("Something is made", "Starts when somebody has made an item."),
        EventKind::Completed => ("Something is done", "Starts when somebody has ticked an item off."),
        EventKind::Overdue => ("Something is overdue", "Starts when the day of an open item has passed."),
        EventKind::Moved => ("Something is moved", "Starts when an item stands in another list or column."),
        EventKind::Commented => ("Somebody comments", "Starts when somebody has commented on an item."),
        EventKind::Assigned => ("Somebody is assigned", "Starts when somebody is to do an item who was not before."),
        EventKind::DueSoon => ("Something is due soon", "Starts when the day of an open item comes near."),
    };
    let several = |name: &str, label: &str| prop(name, PropertyKind::MultiSelectDropdown, label);
    let kinds = ITEMS.iter().map(|(value, label)| super::describe::choice(label, *value));
    let mut asks = vec![
        several("projects", "Projects").says("Any, if none is chosen."),
        prop("items", PropertyKind::StaticMultiSelectDropdown, "Kinds of item").choices(kinds),
        several("parents", "Lists or columns").refreshed_by(&["projects"]),
        several("people", "Done by").says("When one of them does it."),
        text("words", "Title contains"),
    ];
    if kind == EventKind::DueSoon {
        asks.push(number("days", "Days before").required().usually(json!(2)));
    }
    let sample = json!({
        "kind": kind,
        "at": "2026-11-21T09:00:00Z",
        "id": "1001",
        "item": "Todo",
        "title": "Send the offer",
        "url": "https://3.basecamp.com/1/buckets/1/todos/1001",
        "project": "1",
        "project_name": "Website",
        "parent": "900",
        "parent_name": "Launch",
        "assignees": [{ "id": "7", "name": "Ada Park", "email": "ada@example.org" }],
        "by": { "id": "8", "name": "Ben Ito", "email": "ben@example.org" },
        "due_on": "2026-11-20",
        "days_left": -1,
        "comment": null,
        "happening": "overdue-1001-2026-11-20",
    });
    trigger(kind.trigger(), label, description, "APP_WEBHOOK", sample, asks)
}

impl Action {
    fn asks(&self) -> Vec<super::describe::Ask> {
        let has_project = self.fields.iter().any(|field| field.name == "project");
        self.fields.iter().map(|field| field.ask(has_project)).collect()
    }

    fn picker(&self, property: &str) -> Option<Picker> {
        let field = self.fields.iter().find(|field| field.name == property)?;
        match field.shape {
            Shape::Pick(picker) | Shape::PickMany(picker) => Some(picker),
            Shape::Text | Shape::Long | Shape::Date | Shape::Instant | Shape::Number | Shape::Flag => None,
        }
    }
}
