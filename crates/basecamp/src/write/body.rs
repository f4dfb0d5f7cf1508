//! The JSON that each kind's PUT and POST takes. Kinds whose PUT replaces the record get every writable field, taken from
//! the fresh record where the edit did not touch it; kinds whose PUT merges get what was touched.

use basecamp_sdk::Operation;
use basecamp_sdk::routes;
use contract::{Fetched, Kind, PersonId, Recording, RecordingId, Span};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::touched::Touched;
use crate::wire::Fields;
use crate::{Api, Trouble};

type Members = Map<String, Value>;

/// The PUT that writes these fields, or nothing where this kind has none.
pub(super) fn put(
    api: &Api,
    fresh: &Fetched<Recording>,
    after: &Recording,
    touched: Touched,
    notify: bool,
) -> Result<Option<Operation>, Trouble> {
    let theirs = &fresh.value;
    let merged = merged(theirs, after, touched);
    let id = theirs.id;
    let raw: Value = serde_json::from_str(&fresh.raw).unwrap_or(Value::Null);
    let raw = Fields::of(&raw);
    let mut members = Members::new();
    let mut set = |key: &str, value: Value| members.insert(key.to_owned(), value);
    let route = match theirs.kind {
        Kind::Todo => {
            set("content", json!(merged.title));
            set("description", json!(merged.body));
            set("assignee_ids", ids(&merged.assignees));
            set(
                "completion_subscriber_ids",
                ids(&raw.map(|raw| raw.persons("completion_subscribers")).unwrap_or_default()),
            );
            set("due_on", date(merged.due_on));
            set("starts_on", date(merged.starts_on));
            if notify {
                set("notify", json!(true));
            }
            &routes::REPLACE_TODO
        }
        Kind::TodoList | Kind::TodoGroup => {
            set("name", json!(merged.title));
            set("description", json!(merged.body));
            &routes::UPDATE_TODOLIST_OR_GROUP
        }
        Kind::Document => {
            set("title", json!(merged.title));
            set("content", json!(merged.body));
            &routes::REPLACE_DOCUMENT
        }
        Kind::ScheduleEntry => {
            set("summary", json!(merged.title));
            set("description", json!(merged.body));
            set("participant_ids", ids(&merged.assignees));
            times(&mut set, merged.span);
            if let Some(raw) = raw {
                let link = raw.text("join_url");
                if !link.is_empty() {
                    set("url", json!(link));
                }
                if let Some(highlighted) = raw.flag("highlighted") {
                    set("highlighted", json!(highlighted));
                }
            }
            if notify {
                set("notify", json!(true));
            }
            &routes::REPLACE_SCHEDULE_ENTRY
        }
        Kind::Card | Kind::Step => {
            // Basecamp's own pages disagree on whether these two survive being left out, so both always go along.
            set("title", json!(merged.title));
            set("due_on", json!(merged.due_on.map(|day| day.to_string()).unwrap_or_default()));
            // Assignees sent again unchanged can drop people who have no access to the board.
            if touched.assignees {
                set("assignee_ids", ids(&merged.assignees));
            }
            if theirs.kind == Kind::Step {
                &routes::UPDATE_CARD_STEP
            } else {
                if touched.body {
                    set("content", json!(merged.body));
                }
                &routes::UPDATE_CARD
            }
        }
        Kind::Message => {
            if touched.title {
                set("subject", json!(merged.title));
            }
            if touched.body {
                set("content", json!(merged.body));
            }
            &routes::UPDATE_MESSAGE
        }
        Kind::Comment => {
            set("content", json!(merged.body));
            &routes::UPDATE_COMMENT
        }
        Kind::Answer => {
            set("content", json!(merged.body));
            &routes::UPDATE_ANSWER
        }
        Kind::Upload => {
            if touched.title {
                let name = merged.title.rsplit_once('.').map_or(merged.title.as_str(), |(name, _)| name);
                set("base_name", json!(name));
            }
            if touched.body {
                set("description", json!(merged.body));
            }
            &routes::UPDATE_UPLOAD
        }
        Kind::Vault => {
            set("title", json!(merged.title));
            &routes::UPDATE_VAULT
        }
        Kind::Column | Kind::TriageColumn | Kind::NotNowColumn | Kind::DoneColumn => {
            if touched.title {
                set("title", json!(merged.title));
            }
            if touched.body {
                set("description", json!(merged.body));
            }
            &routes::UPDATE_CARD_COLUMN
        }
        Kind::TimeEntry => {
            if touched.title {
                set("hours", json!(merged.title));
            }
            if touched.body {
                set("description", json!(merged.body));
            }
            if touched.due_on {
                set("date", date(merged.due_on));
            }
            &routes::UPDATE_TIMESHEET_ENTRY
        }
        Kind::ChatLine => {
            set("content", json!(merged.body));
            let chat = theirs.parent.ok_or(Trouble::Missing)?;
            let mut operation = api.route(&routes::UPDATE_CAMPFIRE_LINE, &[&chat, &id]);
            operation.json(&members)?;
            return Ok(Some(operation));
        }
        Kind::TodoSet
        | Kind::CardTable
        | Kind::OnHoldColumn
        | Kind::MessageBoard
        | Kind::Schedule
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Campfire => return Ok(None),
    };
    let mut operation = api.route(route, &[&id]);
    operation.json(&members)?;
    Ok(Some(operation))
}

/// The POST that makes a recording under `parent`, or nothing where this kind is not made from here.
pub(super) fn post(
    api: &Api,
    new: &Recording,
    parent: RecordingId,
    parent_kind: Option<Kind>,
    notify: &[PersonId],
) -> Result<Option<Operation>, Trouble> {
    let mut members = Members::new();
    let mut set = |key: &str, value: Value| members.insert(key.to_owned(), value);
    let operation = match new.kind {
        Kind::Todo => {
            set("content", json!(new.title));
            set("description", json!(new.body));
            set("assignee_ids", ids(&new.assignees));
            set("due_on", date(new.due_on));
            set("starts_on", date(new.starts_on));
            set("notify", json!(!notify.is_empty()));
            if parent_kind == Some(Kind::TodoSet) {
                api.route(&routes::CREATE_TODOSET_TODO, &[&new.project, &parent])
            } else {
                api.route(&routes::CREATE_TODO, &[&parent])
            }
        }
        Kind::TodoList => {
            set("name", json!(new.title));
            set("description", json!(new.body));
            api.route(&routes::CREATE_TODOLIST, &[&parent])
        }
        Kind::TodoGroup => {
            set("name", json!(new.title));
            api.route(&routes::CREATE_TODOLIST_GROUP, &[&parent])
        }
        Kind::Column => {
            set("title", json!(new.title));
            set("description", json!(new.body));
            api.route(&routes::CREATE_CARD_COLUMN, &[&parent])
        }
        Kind::Card => {
            set("title", json!(new.title));
            set("content", json!(new.body));
            set("due_on", date(new.due_on));
            set("notify", json!(!notify.is_empty()));
            api.route(&routes::CREATE_CARD, &[&parent])
        }
        Kind::Step => {
            set("title", json!(new.title));
            set("due_on", date(new.due_on));
            set("assignee_ids", ids(&new.assignees));
            if parent_kind == Some(Kind::Todo) {
                api.route(&routes::CREATE_SUBTASK, &[&parent])
            } else {
                api.route(&routes::CREATE_CARD_STEP, &[&parent])
            }
        }
        Kind::Comment => {
            set("content", json!(new.body));
            api.route(&routes::CREATE_COMMENT, &[&parent])
        }
        Kind::Message => {
            set("subject", json!(new.title));
            set("content", json!(new.body));
            // Left out, the first would make a draft, and the second would tell the whole project.
            set("status", json!("active"));
            set("subscriptions", ids(notify));
            api.route(&routes::CREATE_MESSAGE, &[&parent])
        }
        Kind::Document => {
            set("title", json!(new.title));
            set("content", json!(new.body));
            set("status", json!("active"));
            set("subscriptions", ids(notify));
            api.route(&routes::CREATE_DOCUMENT, &[&parent])
        }
        Kind::ScheduleEntry => {
            set("summary", json!(new.title));
            set("description", json!(new.body));
            set("participant_ids", ids(&new.assignees));
            times(&mut set, new.span);
            set("notify", json!(!notify.is_empty()));
            set("status", json!("active"));
            set("subscriptions", ids(notify));
            api.route(&routes::CREATE_SCHEDULE_ENTRY, &[&parent])
        }
        Kind::ChatLine => {
            set("content", json!(new.body));
            set("content_type", json!("text/html"));
            api.route(&routes::CREATE_CAMPFIRE_LINE, &[&parent])
        }
        Kind::TodoSet
        | Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Upload
        | Kind::Schedule
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Answer
        | Kind::Campfire
        | Kind::TimeEntry => return Ok(None),
    };
    let mut operation = operation;
    operation.json(&members)?;
    Ok(Some(operation))
}

/// The fresh record with what the edit touched laid over it.
fn merged(theirs: &Recording, after: &Recording, touched: Touched) -> Recording {
    let mut merged = theirs.clone();
    if touched.title {
        merged.title.clone_from(&after.title);
    }
    if touched.body {
        merged.body.clone_from(&after.body);
    }
    if touched.starts_on {
        merged.starts_on = after.starts_on;
    }
    if touched.due_on {
        merged.due_on = after.due_on;
    }
    if touched.span {
        merged.span = after.span;
    }
    if touched.assignees {
        merged.assignees.clone_from(&after.assignees);
    }
    merged
}

fn ids(people: &[PersonId]) -> Value {
    people.iter().map(|person| person.0).collect()
}

/// Null, and so left out, when there is none.
fn date(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}

fn times(set: &mut impl FnMut(&str, Value) -> Option<Value>, span: Option<Span>) {
    let (all_day, from, to) = match span {
        Some(Span::Days { from, to }) => (true, from.to_string(), to.to_string()),
        Some(Span::Hours { from, to }) => (false, from.to_string(), to.to_string()),
        None => return,
    };
    set("all_day", json!(all_day));
    set("starts_at", json!(from));
    set("ends_at", json!(to));
}
