//! Recordings in their tables: reading them whole, and writing many at once.

use std::collections::HashMap;

use contract::{PersonId, ProjectId, Recording, RecordingId};
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::columns::{
    cut, day_or_none, instant, instant_or_none, json_ids, kind, micros, people, span, span_text, status,
};
use crate::error::Result;
use crate::text;

/// A recording as it stands in its tables, with the server's JSON when that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) record: Recording,
    pub(crate) raw: Option<String>,
}

/// What is to be written: a recording, and the server's JSON when it came from there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writing<'a> {
    pub(crate) record: &'a Recording,
    pub(crate) raw: Option<&'a str>,
}

macro_rules! whole {
    ($join:literal, $raw:literal, $rest:literal) => {
        concat!(
            "select r.id, r.kind, r.project, r.parent, r.status, r.title, w.html, r.position, r.completed, r.completed_at, ",
            "r.completer, r.starts_on, r.due_on, r.span_from, r.span_to, r.assignees, r.creator, r.created_at, r.updated_at, ",
            "r.comments, r.app_url, ", $raw, " as raw from recording r join words w on w.id = r.id ", $join, " ", $rest
        )
    };
}

/// A record as the store keeps it: instants to the microsecond, people in order and each once.
pub(crate) fn normal(mut record: Recording) -> Recording {
    record.assignees.sort_unstable();
    record.assignees.dedup();
    record.created_at = cut(record.created_at);
    record.updated_at = cut(record.updated_at);
    record.completed_at = record.completed_at.map(cut);
    record
}

pub(crate) async fn read(db: &mut SqliteConnection, id: RecordingId) -> Result<Option<Recording>> {
    let row = sqlx::query(whole!("", "null", "where r.id = ?")).bind(id.0).fetch_optional(db).await?;
    row.map(|row| recording(&row)).transpose()
}

pub(crate) async fn raw(db: &mut SqliteConnection, id: RecordingId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select text from raw where id = ?").bind(id.0).fetch_optional(db).await?)
}

pub(crate) async fn read_many<I: IntoIterator<Item = RecordingId>>(
    db: &mut SqliteConnection,
    ids: I,
) -> Result<HashMap<RecordingId, Stored>> {
    let rows =
        sqlx::query(whole!("join json_each(?) j on j.value = r.id left join raw on raw.id = r.id", "raw.text", ""))
            .bind(json_ids(ids.into_iter().map(|id| id.0)))
            .fetch_all(db)
            .await?;
    rows.iter()
        .map(|row| Ok((RecordingId(row.try_get("id")?), Stored { record: recording(row)?, raw: row.try_get("raw")? })))
        .collect()
}

/// The items directly in another, in use, in order.
pub(crate) async fn siblings(db: &mut SqliteConnection, parent: RecordingId) -> Result<Vec<Recording>> {
    let rows = sqlx::query(whole!(
        "",
        "null",
        "where r.parent = ? and r.status = 'active' order by r.position is null, r.position, r.id"
    ))
    .bind(parent.0)
    .fetch_all(db)
    .await?;
    rows.iter().map(recording).collect()
}

/// The items directly in another, whatever their status.
pub(crate) async fn children(db: &mut SqliteConnection, parent: RecordingId) -> Result<Vec<Recording>> {
    let rows = sqlx::query(whole!("", "null", "where r.parent = ? order by r.id")).bind(parent.0).fetch_all(db).await?;
    rows.iter().map(recording).collect()
}

pub(crate) fn recording(row: &SqliteRow) -> Result<Recording> {
    Ok(Recording {
        id: RecordingId(row.try_get("id")?),
        kind: kind(row)?,
        project: ProjectId(row.try_get("project")?),
        parent: row.try_get::<Option<i64>, _>("parent")?.map(RecordingId),
        status: status(row)?,
        title: row.try_get("title")?,
        body: row.try_get("html")?,
        position: row.try_get("position")?,
        completed: row.try_get("completed")?,
        completed_at: instant_or_none(row, "completed_at")?,
        completer: row.try_get::<Option<i64>, _>("completer")?.map(PersonId),
        starts_on: day_or_none(row, "starts_on")?,
        due_on: day_or_none(row, "due_on")?,
        span: span(row)?,
        assignees: people(row.try_get("assignees")?)?,
        creator: row.try_get::<Option<i64>, _>("creator")?.map(PersonId),
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        comments: row.try_get("comments")?,
        app_url: row.try_get("app_url")?,
    })
}

/// One line of a write, as JSON for `json_each`. Ids are numbers here: SQLite reads all 64 bits of them.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    kind: &'static str,
    project: i64,
    parent: Option<i64>,
    status: &'static str,
    title: &'a str,
    excerpt: String,
    blocked: bool,
    position: Option<i64>,
    completed: bool,
    completed_at: Option<i64>,
    completer: Option<i64>,
    starts_on: Option<String>,
    due_on: Option<String>,
    span_from: Option<String>,
    span_to: Option<String>,
    assignees: String,
    creator: Option<i64>,
    created_at: i64,
    updated_at: i64,
    comments: u32,
    app_url: &'a str,
}

#[derive(Serialize)]
struct Words<'a> {
    id: i64,
    title: &'a str,
    body: String,
    html: &'a str,
}

/// Writes recordings over what is there: every table that a recording stands in, in a statement each.
pub(crate) async fn write(db: &mut SqliteConnection, records: &[Writing<'_>]) -> Result<()> {
    let mut lines = Vec::with_capacity(records.len());
    let mut words = Vec::with_capacity(records.len());
    let mut raws = Vec::new();
    let mut people = Vec::new();
    for Writing { record, raw } in records {
        let body = text::plain(&record.body);
        lines.push(line(record, &body));
        words.push(Words { id: record.id.0, title: &record.title, body, html: &record.body });
        raws.extend(raw.map(|text| (record.id.0, text)));
        people.extend(record.assignees.iter().map(|person| (record.id.0, person.0)));
    }
    sqlx::query(UPSERT_LINES).bind(serde_json::to_string(&lines)?).execute(&mut *db).await?;
    sqlx::query(UPSERT_WORDS).bind(serde_json::to_string(&words)?).execute(&mut *db).await?;
    if !raws.is_empty() {
        sqlx::query(
            "insert into raw (id, text) select value->>0, value->>1 from json_each(?) where true
             on conflict (id) do update set text = excluded.text where text <> excluded.text",
        )
        .bind(serde_json::to_string(&raws)?)
        .execute(&mut *db)
        .await?;
    }
    sqlx::query("delete from assignment where recording in (select value from json_each(?))")
        .bind(json_ids(records.iter().map(|writing| writing.record.id.0)))
        .execute(&mut *db)
        .await?;
    if !people.is_empty() {
        sqlx::query(
            "insert or ignore into assignment (recording, person) select value->>0, value->>1 from json_each(?)",
        )
        .bind(serde_json::to_string(&people)?)
        .execute(db)
        .await?;
    }
    Ok(())
}

pub(crate) async fn write_one(db: &mut SqliteConnection, record: &Recording, raw: Option<&str>) -> Result<()> {
    write(db, &[Writing { record, raw }]).await
}

/// Takes a record that Basecamp never had out of every table.
pub(crate) async fn erase(db: &mut SqliteConnection, id: RecordingId) -> Result<()> {
    // Explicitly, and not by cascade, so that the search index is told in any case.
    sqlx::query("delete from words where id = ?").bind(id.0).execute(&mut *db).await?;
    sqlx::query("delete from recording where id = ?").bind(id.0).execute(db).await?;
    Ok(())
}

fn line<'a>(record: &'a Recording, body: &str) -> Line<'a> {
    let (span_from, span_to) = span_text(record.span);
    Line {
        id: record.id.0,
        kind: record.kind.wire(),
        project: record.project.0,
        parent: record.parent.map(|id| id.0),
        status: record.status.wire(),
        title: &record.title,
        excerpt: text::excerpt(body, text::EXCERPT),
        blocked: record.kind.is_task() && text::says_blocked(&record.title, body),
        position: record.position,
        completed: record.completed,
        completed_at: record.completed_at.map(micros),
        completer: record.completer.map(|id| id.0),
        starts_on: record.starts_on.map(|day| day.to_string()),
        due_on: record.due_on.map(|day| day.to_string()),
        span_from,
        span_to,
        assignees: json_ids(record.assignees.iter().map(|id| id.0)),
        creator: record.creator.map(|id| id.0),
        created_at: micros(record.created_at),
        updated_at: micros(record.updated_at),
        comments: record.comments,
        app_url: &record.app_url,
    }
}

const UPSERT_LINES: &str = "
    insert into recording (id, kind, project, parent, status, title, excerpt, blocked, position, completed, completed_at,
        completer, starts_on, due_on, span_from, span_to, assignees, creator, created_at, updated_at, comments, app_url)
    select value->>'id', value->>'kind', value->>'project', value->>'parent', value->>'status', value->>'title',
        value->>'excerpt', value->>'blocked', value->>'position', value->>'completed', value->>'completed_at',
        value->>'completer', value->>'starts_on', value->>'due_on', value->>'span_from', value->>'span_to',
        value->>'assignees', value->>'creator', value->>'created_at', value->>'updated_at', value->>'comments',
        value->>'app_url'
    from json_each(?) where true
    on conflict (id) do update set kind = excluded.kind, project = excluded.project, parent = excluded.parent,
        status = excluded.status, title = excluded.title, excerpt = excluded.excerpt, blocked = excluded.blocked,
        position = excluded.position, completed = excluded.completed, completed_at = excluded.completed_at,
        completer = excluded.completer, starts_on = excluded.starts_on, due_on = excluded.due_on,
        span_from = excluded.span_from, span_to = excluded.span_to, assignees = excluded.assignees,
        creator = excluded.creator, created_at = excluded.created_at, updated_at = excluded.updated_at,
        comments = excluded.comments, app_url = excluded.app_url";

const UPSERT_WORDS: &str = "
    insert into words (id, title, body, html)
    select value->>'id', value->>'title', value->>'body', value->>'html' from json_each(?) where true
    on conflict (id) do update set title = excluded.title, body = excluded.body, html = excluded.html
        where title <> excluded.title or body <> excluded.body or html <> excluded.html";
