//! Something in Basecamp, as whoever follows it tells.

use flow::PieceCall;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{given, given_number};
use crate::value;

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Somebody made it.
    Created,
    /// Somebody ticked it off.
    Completed,
    /// Its day has passed and it is open.
    Overdue,
    /// It stands elsewhere: in another list or column.
    Moved,
    /// Somebody commented on it.
    Commented,
    /// Somebody is to do it who was not before.
    Assigned,
    /// Its day comes soon.
    DueSoon,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Created, Self::Completed, Self::Overdue, Self::Moved, Self::Commented, Self::Assigned, Self::DueSoon];

    /// The trigger of the Basecamp piece that waits for it.
    #[must_use]
    pub fn trigger(self) -> &'static str {
        match self {
            Self::Created => "item_created",
            Self::Completed => "item_completed",
            Self::Overdue => "item_overdue",
            Self::Moved => "item_moved",
            Self::Commented => "item_commented",
            Self::Assigned => "item_assigned",
            Self::DueSoon => "item_due_soon",
        }
    }
}

/// Something that happened to an item. Ids are texts: they exceed what JavaScript counts to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BasecampEvent {
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// The item.
    pub id: String,
    /// What kind of item: `Todo`, `Kanban::Card`, `Message` and so on.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Where it is read.
    #[serde(default)]
    pub url: String,
    /// Its project.
    pub project: String,
    /// What its project is called.
    #[serde(default)]
    pub project_name: String,
    /// The list or column that it stands in.
    #[serde(default)]
    pub parent: Option<String>,
    /// What that is called.
    #[serde(default)]
    pub parent_name: Option<String>,
    /// Who does it.
    #[serde(default)]
    pub assignees: Vec<Person>,
    /// Who did what happened; nobody for days that come and pass.
    #[serde(default)]
    pub by: Option<Person>,
    /// Its due day.
    #[serde(default)]
    pub due_on: Option<Date>,
    /// How many days there are until its due day; fewer than none when it has passed.
    #[serde(default)]
    pub days_left: Option<i32>,
    /// Of a comment: what it says.
    #[serde(default)]
    pub comment: Option<String>,
    /// Tells this happening from every other: the same event twice has the same one.
    pub happening: String,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address, if it is known.
    #[serde(default)]
    pub email: Option<String>,
}

/// Which events start a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What has to happen.
    pub kind: EventKind,
    /// In these projects; in any if there are none.
    pub projects: Vec<String>,
    /// To these kinds of item; to any if there are none.
    pub items: Vec<String>,
    /// In these lists or columns; in any if there are none.
    pub parents: Vec<String>,
    /// When one of these people does it; whoever does if there are none.
    pub people: Vec<String>,
    /// With this in its title, capitals aside.
    pub words: String,
    /// For what is due soon: within so many days.
    pub days: u32,
}

impl Filter {
    pub(super) fn read(call: &PieceCall) -> Result<Self, String> {
        let kind = EventKind::ALL.into_iter().find(|kind| kind.trigger() == call.operation);
        let kind = kind.ok_or_else(|| super::unknown(&call.operation))?;
        let several = |name: &str| match given(call, name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items.iter().map(value::render).collect(),
            Some(one) => vec![value::render(one)],
        };
        Ok(Self {
            kind,
            projects: several("projects"),
            items: several("items"),
            parents: several("parents"),
            people: several("people"),
            words: given(call, "words").map(value::render).unwrap_or_default().to_lowercase(),
            days: if kind == EventKind::DueSoon { given_number(call, "days", 0..=365)? } else { 0 },
        })
    }

    /// Whether this event starts the flow.
    #[must_use]
    pub fn admits(&self, event: &BasecampEvent) -> bool {
        let is_in = |wanted: &[String], found: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == found);
        let days = i64::from(event.days_left.unwrap_or(i32::MAX));
        event.kind == self.kind
            && is_in(&self.projects, &event.project)
            && is_in(&self.items, &event.item)
            && is_in(&self.parents, event.parent.as_deref().unwrap_or_default())
            && (self.people.is_empty() || event.assignees.iter().any(|person| is_in(&self.people, &person.id)))
            && event.title.to_lowercase().contains(&self.words)
            && (self.kind != EventKind::DueSoon || (0..=i64::from(self.days)).contains(&days))
    }

    /// What the flow is started with.
    #[must_use]
    pub fn payload(&self, event: &BasecampEvent) -> Value {
        serde_json::to_value(event).unwrap_or_default()
    }
}
