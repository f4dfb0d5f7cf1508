//! The reports: timelines, timesheets, my assignments.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::page::page;
use super::read::{Reading, is_active};
use super::render::moment;
use super::reply::Reply;
use super::request::Ask;
use crate::world::{Detail, Event, Kind, Recording, Status};

/// What the timeline calls an event; it leaves most of them out.
fn timeline_kind(event: &Event) -> Option<&'static str> {
    Some(match (event.kind, event.action) {
        (Kind::Todo, "created") => "todo_created",
        (Kind::Todo, "completed") => "todo_completed",
        (Kind::Card, "created") => "kanban_card_created",
        (Kind::Card, "completed") => "kanban_card_completed",
        (Kind::Message, "created") => "message_created",
        (Kind::Comment, "created") => "comment_created",
        (Kind::Document, "created") => "document_created",
        (Kind::Upload, "created") => "upload_created",
        (Kind::ScheduleEntry, "created") => "schedule_entry_created",
        (Kind::ScheduleEntry, "rescheduled") => "schedule_entry_rescheduled",
        (Kind::Question, "created") => "question_created",
        (Kind::Answer, "created") => "question_answer_created",
        _ => return None,
    })
}

/// What happened lately, newest first: in one project or in all that are open.
pub(crate) fn timeline(r: &Reading<'_>, ask: &Ask, project: Option<i64>) -> Reply {
    let world = r.lens.world;
    let rows: Vec<(&Event, &'static str)> = world
        .events
        .iter()
        .rev()
        .filter(|event| match project {
            Some(project) => event.project == project,
            None => world.may_see(r.me(), event.project) && is_active(r, event.project),
        })
        .filter_map(|event| Some((event, timeline_kind(event)?)))
        .collect();
    page(ask, r.here, &rows, |(event, kind)| told(r, event, kind))
}

fn told(r: &Reading<'_>, event: &Event, kind: &str) -> Value {
    let world = r.lens.world;
    let Some(recording) = world.recording(event.recording) else {
        return json!({ "id": event.id, "kind": kind, "created_at": moment(event.at) });
    };
    let excerpt: String = plain(&recording.body).chars().take(120).collect();
    json!({
        "id": event.id,
        "created_at": moment(event.at),
        "kind": kind,
        "parent_recording_id": recording.parent.unwrap_or(recording.id),
        "url": r.lens.url_of(recording),
        "app_url": r.lens.app_url_of(recording),
        "creator": r.lens.person(event.creator),
        "action": event.action,
        "target": recording.parent.map(|id| world.title_of(id)),
        "title": world.title_of(recording.id),
        "summary_excerpt": (!excerpt.is_empty()).then_some(excerpt),
        "avatars_sample": [],
        "bucket": {
            "id": event.project,
            "name": world.project(event.project).map(|project| project.name.as_str()),
            "type": "Project",
        },
        "attachments": [],
    })
}

/// Rich text without its tags.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(letter),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entries<'a>(r: &'a Reading<'_>, keep: impl Fn(&Recording, Date, i64) -> bool + 'a) -> Vec<&'a Recording> {
    let world = r.lens.world;
    world
        .of_kind(Kind::TimesheetEntry)
        .iter()
        .filter_map(|id| world.visible(r.me(), *id))
        .filter(|entry| world.status_of(entry.id) == Status::Active)
        .filter(|entry| match &entry.detail {
            Detail::Timesheet { date, person, .. } => keep(entry, *date, *person),
            Detail::Plain
            | Detail::Message { .. }
            | Detail::Upload { .. }
            | Detail::Entry { .. }
            | Detail::Question { .. }
            | Detail::Answer { .. }
            | Detail::Column { .. } => false,
        })
        .collect()
}

/// All time in a span (the last month when none is asked for), not paged.
pub(crate) fn timesheet(r: &Reading<'_>, ask: &Ask) -> Reply {
    let today = r.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = |name: &str| ask.param(name).and_then(|day| day.parse::<Date>().ok());
    let from = day("from").unwrap_or_else(|| today.saturating_sub(1.month()));
    let to = day("to").unwrap_or(today);
    let number = |name: &str| ask.param(name).and_then(|id| id.parse::<i64>().ok());
    let (person, bucket) = (number("person_id"), number("bucket_id"));
    let rows = entries(r, move |entry, date, whose| {
        date >= from
            && date <= to
            && person.is_none_or(|person| person == whose)
            && bucket.is_none_or(|bucket| bucket == entry.project)
    });
    Reply::ok(Value::Array(rows.into_iter().map(|row| r.lens.recording(row)).collect()))
}

/// A project's time, paged.
pub(crate) fn project_timesheet(r: &Reading<'_>, ask: &Ask, project: i64) -> Reply {
    let mut rows = entries(r, move |entry, _, _| entry.project == project);
    rows.reverse();
    page(ask, r.here, &rows, |row| r.lens.recording(row))
}

/// Open work of the signed-in person in open projects; steps stand under their card.
pub(crate) fn assignments(r: &Reading<'_>) -> Reply {
    let world = r.lens.world;
    let mine = |recording: &&Recording| {
        recording.assignees.contains(&r.me())
            && recording.completion.is_none()
            && is_active(r, recording.project)
            && world.status_of(recording.id) == Status::Active
    };
    let mut rows: Vec<&Recording> = [Kind::Todo, Kind::Card]
        .into_iter()
        .flat_map(|kind| world.of_kind(kind))
        .filter_map(|id| world.visible(r.me(), *id))
        .filter(mine)
        .collect();
    let steps = || world.of_kind(Kind::Step).iter().filter_map(|id| world.visible(r.me(), *id)).filter(mine);
    for step in steps() {
        if let Some(card) = step.parent.and_then(|id| world.recording(id))
            && !rows.iter().any(|row| row.id == card.id)
        {
            rows.push(card);
        }
    }
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut out = assignment(r, row);
            let children: Vec<Value> =
                steps().filter(|step| step.parent == Some(row.id)).map(|step| assignment(r, step)).collect();
            if let Some(map) = out.as_object_mut() {
                map.insert("children".to_owned(), Value::Array(children));
            }
            out
        })
        .collect();
    Reply::ok(json!({ "priorities": [], "non_priorities": shown }))
}

fn assignment(r: &Reading<'_>, row: &Recording) -> Value {
    let world = r.lens.world;
    let assignees: Vec<Value> = row
        .assignees
        .iter()
        .map(|id| {
            let person = r.lens.person(*id);
            json!({
                "id": id,
                "name": person.get("name"),
                "avatar_url": person.get("avatar_url"),
            })
        })
        .collect();
    let parent = row.parent.and_then(|id| world.recording(id));
    json!({
        "id": row.id,
        "app_url": r.lens.app_url_of(row),
        "content": row.title,
        "starts_on": row.starts_on.map(|day| day.to_string()),
        "due_on": row.due_on.map(|day| day.to_string()),
        "bucket": {
            "id": row.project,
            "name": world.project(row.project).map(|project| project.name.as_str()),
            "app_url": r.lens.page(&format!("{}/projects/{}", r.lens.url, row.project)),
        },
        "completed": false,
        "type": row.kind.wire().to_lowercase().replace("::", "_"),
        "assignees": assignees,
        "comments_count": world.children_of(row.id, Kind::Comment).count(),
        "has_description": !row.body.is_empty(),
        "parent": parent.map(|parent| json!({
            "id": parent.id,
            "title": world.title_of(parent.id),
            "app_url": r.lens.app_url_of(parent),
        })),
    })
}
