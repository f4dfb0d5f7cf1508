//! The conversation so far, by turn and step: what was said, what was called, what came back. Everything that the assistant
//! knows of its own doings is read from here; nothing is kept elsewhere.

use std::collections::HashMap;

use contract::{Call, CallId, Outcome, PersonId, ProjectId, RecordingId};
use serde::de::DeserializeOwned;

use crate::model::Message;

/// What the person said, and all that was done to answer it.
#[derive(Debug, Clone)]
pub(super) struct Turn<'a> {
    /// Their words.
    pub(super) said: &'a str,
    /// The replies, in order.
    pub(super) steps: Vec<Step<'a>>,
}

impl Turn<'_> {
    /// The text of the last reply: the answer.
    pub(super) fn answer(&self) -> &str {
        self.steps.last().map_or("", |step| step.text)
    }
    /// Everything that was called.
    pub(super) fn calls(&self) -> impl DoubleEndedIterator<Item = &Done<'_>> {
        self.steps.iter().flat_map(|step| &step.calls)
    }
}

/// One reply.
#[derive(Debug, Clone)]
pub(super) struct Step<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Its calls with what came back.
    pub(super) calls: Vec<Done<'a>>,
}

/// A call and what came back.
#[derive(Debug, Clone)]
pub(super) struct Done<'a> {
    /// The call.
    pub(super) call: &'a Call,
    /// How it ended, once it has.
    pub(super) ended: Option<&'a Outcome>,
}

impl Done<'_> {
    /// What it told, as the reply of its command; `None` when it was not carried out or told something else.
    pub(super) fn reply<T: DeserializeOwned>(&self) -> Option<T> {
        match self.ended {
            Some(Outcome::Returned(text)) => serde_json::from_str(text).ok(),
            Some(Outcome::Failed(_) | Outcome::Denied(_) | Outcome::Cancelled(_)) | None => None,
        }
    }
    /// Why it was not carried out.
    pub(super) fn failure(&self) -> Option<&str> {
        match self.ended {
            Some(Outcome::Returned(_)) => None,
            Some(Outcome::Failed(why) | Outcome::Denied(why) | Outcome::Cancelled(why)) => Some(why.trim()),
            None => Some("It has no result."),
        }
    }
    /// A person, or a rule, said no.
    pub(super) fn was_denied(&self) -> bool {
        matches!(self.ended, Some(Outcome::Denied(_)))
    }
}

/// Divides the messages into turns.
pub(super) fn turns(messages: &[Message]) -> Vec<Turn<'_>> {
    let mut turns: Vec<Turn<'_>> = Vec::new();
    let mut open: HashMap<CallId, (usize, usize)> = HashMap::new();
    for message in messages {
        match message {
            Message::Person { text } => {
                open.clear();
                turns.push(Turn { said: text, steps: Vec::new() });
            }
            Message::Model { text, calls, .. } => {
                let Some(turn) = turns.last_mut() else { continue };
                open.clear();
                let step = turn.steps.len();
                open.extend(calls.iter().enumerate().map(|(at, call)| (call.id, (step, at))));
                let calls = calls.iter().map(|call| Done { call, ended: None }).collect();
                turn.steps.push(Step { text, calls });
            }
            Message::Result { call, outcome, .. } => {
                let place = open.get(call).copied();
                let done = turns
                    .last_mut()
                    .zip(place)
                    .and_then(|(turn, (step, at))| turn.steps.get_mut(step).and_then(|step| step.calls.get_mut(at)));
                if let Some(done) = done {
                    done.ended = Some(outcome);
                }
            }
        }
    }
    turns
}

/// What a link of an answer leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entity {
    /// An item with its title.
    Item(RecordingId, String),
    /// A project with its name.
    Project(ProjectId, String),
    /// A person with their name.
    Person(PersonId, String),
}

impl Entity {
    /// Its title or name.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Item(_, name) | Self::Project(_, name) | Self::Person(_, name) => name,
        }
    }
}

/// The links of an answer, in order, each target once.
pub(super) fn links(markdown: &str) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    for (at, _) in markdown.match_indices("](") {
        let (Some(before), Some(after)) = (markdown.get(..at), markdown.get(at + 2..)) else { continue };
        // A title may hold “](”, escaped: it ends no link.
        if is_escaped(before) {
            continue;
        }
        let Some(title) = label(before) else { continue };
        let Some((target, _)) = after.split_once(')') else { continue };
        let Some((kind, id)) = target.split_once(':') else { continue };
        let Ok(id) = id.parse::<i64>() else { continue };
        let entity = match kind {
            "item" => Entity::Item(RecordingId(id), title),
            "project" => Entity::Project(ProjectId(id), title),
            "person" => Entity::Person(PersonId(id), title),
            _ => continue,
        };
        let same = |one: &Entity| match (one, &entity) {
            (Entity::Item(a, _), Entity::Item(b, _)) => a == b,
            (Entity::Project(a, _), Entity::Project(b, _)) => a == b,
            (Entity::Person(a, _), Entity::Person(b, _)) => a == b,
            (Entity::Item(..) | Entity::Project(..) | Entity::Person(..), _) => false,
        };
        if !found.iter().any(same) {
            found.push(entity);
        }
    }
    found
}

/// The text of the link that ends here: back to the bracket that opens it, escaped ones left out.
fn label(before: &str) -> Option<String> {
    let open = before
        .char_indices()
        .rev()
        .find(|(at, letter)| *letter == '[' && !before.get(..*at).is_some_and(is_escaped))?;
    let mut text = String::new();
    let mut escaped = false;
    for letter in before.get(open.0 + 1..)?.chars() {
        if letter == '\\' && !escaped {
            escaped = true;
            continue;
        }
        escaped = false;
        text.push(letter);
    }
    Some(text)
}

/// True when what follows this text is escaped: an odd number of backslashes ends it.
fn is_escaped(before: &str) -> bool {
    before.chars().rev().take_while(|letter| *letter == '\\').count() % 2 == 1
}
