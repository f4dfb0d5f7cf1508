//! Reads the fields out of a JSON body. A field that is not there stays `None`; `""`, `[]` and null clear.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::reply::Reply;
use crate::world::{DateChange, Fields, Kind, Span};

/// A text; null reads as empty, an absent one as `None`.
pub(crate) fn text(body: &Value, name: &str) -> Option<String> {
    match body.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => Some(other.to_string()),
    }
}

/// A number, also when it was sent as a text.
pub(crate) fn number(body: &Value, name: &str) -> Option<i64> {
    let value = body.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// A 1-based position; `default` when none was sent, where zero means that one is required.
pub(crate) fn place(body: &Value, default: usize) -> Result<usize, Reply> {
    match number(body, "position") {
        None if default > 0 => Ok(default),
        Some(place) if place > 0 => Ok(usize::try_from(place).unwrap_or(usize::MAX)),
        _ => Err(Reply::invalid("position", "must be greater than 0")),
    }
}

fn day(body: &Value, name: &str) -> Result<Option<DateChange>, Reply> {
    match text(body, name).as_deref() {
        None => Ok(None),
        Some("") => Ok(Some(DateChange::Clear)),
        Some(text) => match text.parse::<Date>() {
            Ok(date) => Ok(Some(DateChange::On(date))),
            Err(_) => Err(Reply::invalid(name, "is not a date")),
        },
    }
}

fn ids(body: &Value, name: &str) -> Option<Vec<i64>> {
    let list = match body.get(name)? {
        Value::Array(list) => list.iter().filter_map(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok())).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => Vec::new(),
    };
    Some(list)
}

fn span(body: &Value) -> Result<Option<Span>, Reply> {
    let (Some(start), Some(end)) = (text(body, "starts_at"), text(body, "ends_at")) else {
        return Ok(None);
    };
    let all_day = body.get("all_day").and_then(Value::as_bool).unwrap_or(false);
    let date = |text: &str| text.get(..10).and_then(|text| text.parse::<Date>().ok());
    let read = if all_day || start.len() == 10 {
        date(&start).zip(date(&end)).map(|(a, b)| Span::Days(a, b))
    } else {
        let moment = |text: &str| text.parse::<Timestamp>().ok();
        moment(&start).zip(moment(&end)).map(|(a, b)| Span::Times(a, b))
    };
    match read {
        Some(span) => Ok(Some(span)),
        None => Err(Reply::invalid("starts_at", "is not a time")),
    }
}

/// The fields that a body holds for a kind, under that kind's own names.
pub(crate) fn fields(kind: Kind, body: &Value) -> Result<Fields, Reply> {
    if !body.is_object() {
        return Err(Reply::error(400, "The body must be a JSON object"));
    }
    // `question` is one of the few bodies with a wrapper.
    let body = body.get("question").filter(|inner| inner.is_object()).unwrap_or(body);
    let (title, content) = match kind {
        Kind::Todo => ("content", "description"),
        Kind::Todolist => ("name", "description"),
        Kind::Message => ("subject", "content"),
        Kind::ScheduleEntry => ("summary", "description"),
        Kind::Comment | Kind::Answer => ("", "content"),
        Kind::Line => ("content", ""),
        Kind::Upload => ("base_name", "description"),
        Kind::TimesheetEntry => ("", "description"),
        Kind::Triage | Kind::NotNow | Kind::Column | Kind::DoneColumn | Kind::OnHold => ("title", "description"),
        Kind::Todoset
        | Kind::CardTable
        | Kind::Card
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Vault
        | Kind::Document
        | Kind::Schedule
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Chat => ("title", "content"),
    };
    let mut out = Fields {
        title: text(body, title),
        body: text(body, content),
        starts_on: day(body, "starts_on")?,
        due_on: day(body, "due_on")?,
        assignees: ids(body, "assignee_ids"),
        subscribers: ids(body, "completion_subscriber_ids"),
        category: number(body, "category_id"),
        participants: ids(body, "participant_ids"),
        highlighted: body.get("highlighted").and_then(Value::as_bool),
        visible_to_clients: body.get("visible_to_clients").and_then(Value::as_bool),
        ..Fields::default()
    };
    if kind == Kind::ScheduleEntry {
        out.span = span(body)?;
        out.join_url = text(body, "url");
    }
    if matches!(kind, Kind::Message | Kind::Document) {
        out.draft = Some(text(body, "status").as_deref() != Some("active"));
    }
    if kind == Kind::Upload {
        upload(body, &mut out)?;
    }
    if kind == Kind::TimesheetEntry {
        out.hours = text(body, "hours");
        out.person = number(body, "person_id");
        out.date = match day(body, "date")? {
            Some(DateChange::On(date)) => Some(date),
            Some(DateChange::Clear) | None => None,
        };
    }
    Ok(out)
}

/// A file is named by what `POST /attachments.json` gave for it.
fn upload(body: &Value, out: &mut Fields) -> Result<(), Reply> {
    // An empty base name keeps the one that is there.
    let base = out.title.take().filter(|name| !name.is_empty());
    let Some(sgid) = text(body, "attachable_sgid") else {
        out.title = base;
        return Ok(());
    };
    let mut parts = sgid.splitn(4, '|');
    let (mark, size, mime, name) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some("sim"), Some(size), Some(mime), Some(name)) = (mark, size, mime, name) else {
        return Err(Reply::invalid("attachable_sgid", "is not a file"));
    };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let name = match base {
        Some(base) if ending.is_empty() => base,
        Some(base) => format!("{base}.{ending}"),
        None => name.to_owned(),
    };
    out.title = Some(name.clone());
    out.file = Some((name, mime.to_owned(), size.parse().unwrap_or(0)));
    Ok(())
}

/// The name that a file sent to `POST /attachments.json` gets.
pub(crate) fn attachable_sgid(name: &str, mime: &str, size: usize) -> String {
    format!("sim|{size}|{mime}|{name}")
}
