//! Recordings of every kind, whichever listing they came from.

use contract::{Fetched, Kind, PersonId, ProjectId, Recording, RecordingId, Span, Status};
use serde_json::Value;
use serde_json::value::RawValue;

use super::people::{need_id, object, parse};
use super::{Batch, Fields, Skipped};

/// Reads a recording. `expected` is what it is taken for when it does not say, `project` where.
///
/// # Errors
/// [`Skipped`] when it has no id, is of a kind that we do not keep, or does not say where it is.
pub fn recording(raw: &str, expected: Option<Kind>, project: Option<ProjectId>) -> Result<Fetched<Recording>, Skipped> {
    let value = parse(raw)?;
    let fields = object(&value)?;
    Ok(Fetched { value: decode(fields, expected, project)?, raw: raw.to_owned() })
}

/// Reads a page of recordings.
#[must_use]
pub fn recordings(rows: &[Box<RawValue>], expected: Option<Kind>, project: Option<ProjectId>) -> Batch<Recording> {
    let mut batch = Batch::default();
    for row in rows {
        batch.push(recording(row.get(), expected, project));
    }
    batch
}

/// Reads a card table with its columns and their on-hold sections.
#[must_use]
pub fn card_table(raw: &str) -> Batch<Recording> {
    let mut batch = Batch::default();
    let table = recording(raw, Some(Kind::CardTable), None);
    let (project, parent, status) = match &table {
        Ok(table) => (table.value.project, table.value.id, table.value.status),
        Err(_) => {
            batch.push(table);
            return batch;
        }
    };
    batch.push(table);
    let Ok(value) = parse(raw) else { return batch };
    let Some(fields) = Fields::of(&value) else {
        return batch;
    };
    for column in fields.list("lists") {
        batch.push(child(column, Kind::Column, project, parent));
        let Some(column) = Fields::of(column) else {
            continue;
        };
        let (Some(section), Some(id)) = (column.get("on_hold"), column.id("id")) else {
            continue;
        };
        let mut section = child(section, Kind::OnHoldColumn, project, RecordingId(id));
        if let Ok(section) = &mut section {
            section.value.kind = Kind::OnHoldColumn;
            if section.value.status == Status::Active {
                section.value.status = status;
            }
        }
        batch.push(section);
    }
    batch
}

/// The steps that a card or to-do carries within itself.
#[must_use]
pub fn nested_steps(of: &Fetched<Recording>) -> Batch<Recording> {
    let mut batch = Batch::default();
    let Ok(value) = parse(&of.raw) else {
        return batch;
    };
    let Some(fields) = Fields::of(&value) else {
        return batch;
    };
    for step in fields.list("steps") {
        batch.push(child(step, Kind::Step, of.value.project, of.value.id));
    }
    batch
}

fn child(value: &Value, kind: Kind, project: ProjectId, parent: RecordingId) -> Result<Fetched<Recording>, Skipped> {
    let mut record = decode(object(value)?, Some(kind), Some(project))?;
    record.parent.get_or_insert(parent);
    Ok(Fetched { value: record, raw: value.to_string() })
}

/// True when a record has the general shape only, without the fields of its kind: it must be fetched by its id.
#[must_use]
pub fn is_generic(raw: &str, kind: Kind) -> bool {
    let marks: &[&str] = match kind {
        Kind::TodoList | Kind::TodoGroup | Kind::Todo | Kind::Step => &["completed"],
        Kind::Card => &["completed", "completed_at", "steps"],
        Kind::ScheduleEntry => &["starts_at"],
        Kind::Message => &["subject"],
        Kind::Comment | Kind::Answer | Kind::Document => &["content"],
        Kind::Upload => &["byte_size", "filename", "content_type"],
        Kind::TodoSet
        | Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Schedule
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Campfire
        | Kind::ChatLine
        | Kind::TimeEntry => return false,
    };
    let Ok(value) = parse(raw) else { return false };
    Fields::of(&value).is_some_and(|fields| !marks.iter().any(|mark| fields.has(mark)))
}

fn decode(fields: Fields<'_>, expected: Option<Kind>, project: Option<ProjectId>) -> Result<Recording, Skipped> {
    let id = need_id(fields)?;
    let skip = |reason: String| Skipped { id: Some(id), reason };
    let kind =
        kind(fields, expected).ok_or_else(|| skip(format!("a kind that is not kept: {}", fields.text("type"))))?;
    let project = fields
        .object("bucket")
        .and_then(|bucket| bucket.id("id"))
        .or_else(|| bucket_in(&fields.text("url")))
        .map(ProjectId)
        .or(project)
        .ok_or_else(|| skip("it does not say which project it is in".to_owned()))?;
    let created_at = fields.instant("created_at");
    let updated_at = fields.instant("updated_at");
    // Basecamp always tells one of them. Without both, the answer is broken, and what is here is better.
    let told = updated_at.or(created_at).ok_or_else(|| skip("it does not say when it was made".to_owned()))?;
    let completion = fields.object("completion");
    Ok(Recording {
        id: RecordingId(id),
        kind,
        project,
        parent: fields.object("parent").and_then(|parent| parent.id("id")).map(RecordingId),
        status: Status::from_wire(&fields.text("status")),
        title: title(fields, kind),
        body: body(fields, kind),
        position: fields.whole("position"),
        completed: fields.flag("completed").unwrap_or(completion.is_some()),
        completed_at: fields
            .instant("completed_at")
            .or_else(|| completion.and_then(|completion| completion.instant("created_at"))),
        completer: fields
            .person("completer")
            .or_else(|| completion.and_then(|completion| completion.person("creator"))),
        starts_on: fields.day("starts_on"),
        due_on: fields.day(if kind == Kind::TimeEntry { "date" } else { "due_on" }),
        span: (kind == Kind::ScheduleEntry).then(|| span(fields)).flatten(),
        assignees: assignees(fields, kind),
        creator: fields.person("creator"),
        created_at: created_at.unwrap_or(told),
        updated_at: told,
        comments: fields.count("comments_count").or_else(|| fields.count("comment_count")).unwrap_or(0),
        app_url: fields.text("app_url"),
    })
}

fn kind(fields: Fields<'_>, expected: Option<Kind>) -> Option<Kind> {
    let name = fields.text("type");
    match name.as_str() {
        "" => expected,
        "Todolist" => {
            let in_list = fields.object("parent").is_some_and(|parent| parent.text("type") == "Todolist");
            let group = fields.get("group_position_url").is_some() || in_list;
            Some(if group && fields.get("groups_url").is_none() { Kind::TodoGroup } else { Kind::TodoList })
        }
        // A subtask is what Basecamp calls a step since to-dos have them too.
        "Subtask" => Some(Kind::Step),
        "Kanban::OnHold" | "Kanban::OnHoldSection" => Some(Kind::OnHoldColumn),
        name if name.starts_with("Chat::Lines::") => Some(Kind::ChatLine),
        name => Kind::from_wire(name),
    }
}

fn title(fields: Fields<'_>, kind: Kind) -> String {
    match kind {
        Kind::Todo => fields.first(&["content", "title"]),
        Kind::Message => fields.first(&["subject", "title"]),
        Kind::ScheduleEntry => fields.first(&["summary", "title"]),
        Kind::Upload => fields.first(&["filename", "title"]),
        Kind::TodoSet | Kind::TodoList | Kind::TodoGroup | Kind::Questionnaire => fields.first(&["name", "title"]),
        Kind::Campfire => fields.first(&["topic", "title"]),
        Kind::Comment | Kind::ChatLine => String::new(),
        Kind::TimeEntry => fields.first(&["hours", "title"]),
        Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::Card
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Document
        | Kind::Schedule
        | Kind::Question
        | Kind::Answer => fields.text("title"),
    }
}

fn body(fields: Fields<'_>, kind: Kind) -> String {
    match kind {
        // A to-do's `content` is its title.
        Kind::Todo => fields.text("description"),
        Kind::Card | Kind::Message | Kind::Comment | Kind::Document | Kind::Answer | Kind::ChatLine => {
            fields.first(&["content", "description"])
        }
        Kind::TodoSet
        | Kind::TodoList
        | Kind::TodoGroup
        | Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Upload
        | Kind::Schedule
        | Kind::ScheduleEntry
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Campfire
        | Kind::TimeEntry => fields.text("description"),
    }
}

fn assignees(fields: Fields<'_>, kind: Kind) -> Vec<PersonId> {
    if kind == Kind::ScheduleEntry {
        fields.persons("participants")
    } else if kind == Kind::TimeEntry {
        fields.person("person").into_iter().collect()
    } else {
        fields.persons("assignees")
    }
}

fn span(fields: Fields<'_>) -> Option<Span> {
    let whole = fields.flag("all_day").unwrap_or(false) || fields.is_day("starts_at");
    if whole {
        let from = fields.day("starts_at")?;
        let to = fields.day("ends_at").unwrap_or(from).max(from);
        return Some(Span::Days { from, to });
    }
    let from = fields.instant("starts_at")?;
    let to = fields.instant("ends_at").unwrap_or(from).max(from);
    Some(Span::Hours { from, to })
}

/// The project in an address like `…/buckets/12/todos/34.json`.
fn bucket_in(url: &str) -> Option<i64> {
    let mut parts = url.split('/');
    parts.find(|part| *part == "buckets")?;
    parts.next()?.parse().ok()
}
