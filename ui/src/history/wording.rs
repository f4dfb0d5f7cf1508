//! How the history words what it shows: fields, doors, doers, values. Knows no page.

use contract::FieldChange;

use crate::say;

/// A field's name for people.
pub(crate) fn field_label(field: &str) -> String {
    match field {
        "title" => say::history::field_title().into(),
        "body" => say::history::field_notes().into(),
        "starts_on" => say::history::field_starts().into(),
        "due_on" => say::history::field_due().into(),
        "assignees" => say::history::field_assigned().into(),
        "completed" => say::history::done().into(),
        "parent" => say::history::field_in().into(),
        "position" => say::history::field_place().into(),
        "status" => say::history::field_status().into(),
        "span" => say::history::field_when().into(),
        other => sentence(other),
    }
}

/// `some_field` as “Some field”.
fn sentence(name: &str) -> String {
    let spaced = name.replace(['_', '-', '.'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A value as people read it; an absent one has a word, so that a change from nothing is seen.
pub(crate) fn value_text(field: &str, value: &str) -> String {
    match (field, value.trim()) {
        ("assignees", "") => say::history::nobody().into(),
        ("completed", "true" | "yes") => say::history::value_done().into(),
        ("completed", "" | "false" | "no") => say::history::value_open().into(),
        (_, "") => say::history::nothing().into(),
        (_, text) => clip(text, 240),
    }
}

/// The text, cut at a word near `limit` characters when it is longer.
pub(crate) fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let head: String = text.chars().take(limit).collect();
    let kept = head.rsplit_once(char::is_whitespace).map_or(head.as_str(), |(kept, _)| kept);
    format!("{}…", kept.trim_end())
}

/// Two values in words. Of two places the part that both share is left out; of one alone the project is.
pub(crate) fn apart(field: &str, before: &str, after: &str) -> (String, String) {
    const DEEPER: &str = " › ";
    let (old, new) = (value_text(field, before), value_text(field, after));
    if field != "parent" {
        return (old, new);
    }
    let project = |place: &str| place.split_once(DEEPER).map(|(project, _)| project.to_owned());
    let inner = |place: &str| place.split_once(DEEPER).map_or_else(|| place.to_owned(), |(_, inner)| inner.to_owned());
    if before.trim().is_empty() || project(&old) == project(&new) { (inner(&old), inner(&new)) } else { (old, new) }
}

/// True for a field that says more than the line already does: not the title of what was added, not the place within
/// another list, and not what is empty from the start.
pub(crate) fn tells(field: &FieldChange, created: bool, moved: bool) -> bool {
    match field.field.as_str() {
        "position" => !created && !moved,
        "title" => !created,
        _ => !(created && field.after.trim().is_empty()),
    }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Doer {
    /// The person at this machine.
    Person,
    /// The assistant.
    Agent,
    /// An automation.
    Automation,
    /// Another program.
    Client,
    /// Basecamp itself, or something that has no name here.
    Other,
}

impl Doer {
    /// Every one, in the order in which a filter offers them.
    pub(crate) const ALL: [Self; 5] = [Self::Person, Self::Agent, Self::Automation, Self::Client, Self::Other];

    /// Reads `person`, `agent:…`, `automation:…`, `client:…`.
    pub(crate) fn of(who: &str) -> Self {
        match who.split(':').next().unwrap_or_default() {
            "person" => Self::Person,
            "agent" => Self::Agent,
            "automation" => Self::Automation,
            "client" => Self::Client,
            _ => Self::Other,
        }
    }
    /// What it is chosen by.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Agent => "agent",
            Self::Automation => "automation",
            Self::Client => "client",
            Self::Other => "other",
        }
    }
    /// Its name for people.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Person => say::history::you(),
            Self::Agent => say::history::assistant(),
            Self::Automation => say::history::automation(),
            Self::Client => say::history::another_program(),
            Self::Other => say::history::basecamp(),
        }
    }
}

/// Who, in words: the name that another program gave is shown.
pub(crate) fn who_text(who: &str) -> String {
    match (Doer::of(who), who.split_once(':')) {
        (Doer::Client, Some((_, name))) if !name.trim().is_empty() => name.trim().to_owned(),
        (doer, _) => doer.label().to_owned(),
    }
}

/// Through which door, in words; empty for the window, which needs no saying.
pub(crate) fn door_text(door: &str) -> String {
    match door {
        "window" => String::new(),
        "command-line" => say::history::on_command_line().into(),
        "http" => say::history::over_server().into(),
        "background" => say::history::in_background().into(),
        other => say::history::through(other),
    }
}
