//! Reading what Basecamp sends, whole and broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Kind, PersonId, ProjectId, RecordingId, Span, Status};
use jiff::civil::date;
use serde_json::{Value, json};

use super::*;

/// The fields that every recording has, with these laid over them.
fn with(kind: &str, fields: Value) -> String {
    let mut all = json!({
        "id": 9_007_199_254_740_993_i64,
        "status": "active",
        "visible_to_clients": false,
        "created_at": "2026-03-01T10:00:00.123Z",
        "updated_at": "2026-03-02T10:00:00.456Z",
        "title": "The title",
        "inherits_status": true,
        "type": kind,
        "url": "https://3.basecampapi.com/1/buckets/77/x/1.json",
        "app_url": "https://3.basecamp.com/1/buckets/77/x/1",
        "bucket": { "id": 77, "name": "P", "type": "Project" },
        "creator": { "id": 5, "name": "Ann" },
    });
    for (key, value) in fields.as_object().unwrap() {
        all[key] = value.clone();
    }
    all.to_string()
}

fn read(kind: &str, fields: Value) -> contract::Recording {
    recording(&with(kind, fields), None, None).unwrap().value
}

#[test]
fn every_kind_is_read_as_what_it_is() {
    let text = json!({ "content": "<div>Content</div>", "description": "<div>About</div>", "name": "Name" });
    let (content, about) = ("<div>Content</div>", "<div>About</div>");
    let cases = [
        ("Todoset", Kind::TodoSet, "Name", about),
        ("Todolist", Kind::TodoList, "Name", about),
        ("Todo", Kind::Todo, content, about),
        ("Kanban::Board", Kind::CardTable, "The title", about),
        ("Kanban::Triage", Kind::TriageColumn, "The title", about),
        ("Kanban::NotNowColumn", Kind::NotNowColumn, "The title", about),
        ("Kanban::Column", Kind::Column, "The title", about),
        ("Kanban::DoneColumn", Kind::DoneColumn, "The title", about),
        ("Kanban::OnHold", Kind::OnHoldColumn, "The title", about),
        ("Kanban::Card", Kind::Card, "The title", content),
        ("Kanban::Step", Kind::Step, "The title", about),
        ("Subtask", Kind::Step, "The title", about),
        ("Message::Board", Kind::MessageBoard, "The title", about),
        ("Message", Kind::Message, "The title", content),
        ("Comment", Kind::Comment, "", content),
        ("Vault", Kind::Vault, "The title", about),
        ("Document", Kind::Document, "The title", content),
        ("Upload", Kind::Upload, "The title", about),
        ("Schedule", Kind::Schedule, "The title", about),
        ("Schedule::Entry", Kind::ScheduleEntry, "The title", about),
        ("Questionnaire", Kind::Questionnaire, "Name", about),
        ("Question", Kind::Question, "The title", about),
        ("Question::Answer", Kind::Answer, "The title", content),
        ("Chat::Transcript", Kind::Campfire, "The title", about),
        ("Chat::Lines::Line", Kind::ChatLine, "", content),
        ("Chat::Lines::Text", Kind::ChatLine, "", content),
        ("Chat::Lines::RichText", Kind::ChatLine, "", content),
        ("Chat::Lines::Upload", Kind::ChatLine, "", content),
        ("Timesheet::Entry", Kind::TimeEntry, "The title", about),
    ];
    for (wire, kind, title, body) in cases {
        let read = read(wire, text.clone());
        assert_eq!((read.kind, read.title.as_str(), read.body.as_str()), (kind, title, body), "{wire}");
        assert_eq!((read.id.0, read.project), (9_007_199_254_740_993, ProjectId(77)));
        assert_eq!(read.creator, Some(PersonId(5)));
    }
}

#[test]
fn groups_are_told_from_lists() {
    let group = json!({ "group_position_url": "https://x", "parent": { "id": 3, "type": "Todolist" } });
    assert_eq!(read("Todolist", group).kind, Kind::TodoGroup);
    assert_eq!(read("Todolist", json!({ "groups_url": "https://x" })).kind, Kind::TodoList);
    assert_eq!(read("Todolist", json!({ "parent": { "id": 3, "type": "Todolist" } })).kind, Kind::TodoGroup);
    assert_eq!(read("Todolist", json!({ "parent": { "id": 3, "type": "Todoset" } })).kind, Kind::TodoList);
}

#[test]
fn the_fields_of_work_are_read() {
    let todo = read(
        "Todo",
        json!({
            "content": "Do it", "position": 4, "completed": true, "starts_on": "2026-04-01", "due_on": "2026-04-02",
            "assignees": [{ "id": 9 }, { "id": "8" }, { "id": 9 }, { "id": null }, 3],
            "completion": { "created_at": "2026-04-01T08:00:00Z", "creator": { "id": 8 } },
            "comments_count": 2, "parent": { "id": "12", "type": "Todolist" },
        }),
    );
    assert_eq!(todo.assignees, [PersonId(8), PersonId(9)]);
    assert_eq!((todo.starts_on, todo.due_on), (Some(date(2026, 4, 1)), Some(date(2026, 4, 2))));
    assert!(todo.completed && todo.completed_at.is_some());
    assert_eq!((todo.completer, todo.parent), (Some(PersonId(8)), Some(RecordingId(12))));
    assert_eq!((todo.position, todo.comments), (Some(4), 2));
}

#[test]
fn entries_know_days_from_hours() {
    let days = read(
        "Schedule::Entry",
        json!({ "all_day": true, "starts_at": "2026-05-01", "ends_at": "2026-05-03", "summary": "Off" }),
    );
    let span = Span::Days { from: date(2026, 5, 1), to: date(2026, 5, 3) };
    assert_eq!((days.span, days.title.as_str()), (Some(span), "Off"));
    let hours = read(
        "Schedule::Entry",
        json!({ "all_day": false, "starts_at": "2026-05-01T08:00:00Z", "ends_at": "2026-05-01T09:30:00+01:00", "participants": [{ "id": 4 }] }),
    );
    let Some(Span::Hours { from, to }) = hours.span else { panic!("{:?}", hours.span) };
    assert_eq!((to.duration_since(from).as_mins(), hours.assignees), (30, vec![PersonId(4)]));
    let odd = read("Schedule::Entry", json!({ "all_day": null, "starts_at": "2026-05-01", "ends_at": null }));
    assert_eq!(odd.span, Some(Span::Days { from: date(2026, 5, 1), to: date(2026, 5, 1) }));
    assert_eq!(read("Schedule::Entry", json!({ "starts_at": "soon" })).span, None);
}

#[test]
fn time_entries_keep_hours_day_and_person() {
    let time = read(
        "Timesheet::Entry",
        json!({ "date": "2026-06-07", "hours": "1.5", "person": { "id": 3 }, "description": "Call" }),
    );
    assert_eq!((time.title.as_str(), time.due_on, time.assignees), ("1.5", Some(date(2026, 6, 7)), vec![PersonId(3)]));
}

#[test]
fn a_card_table_brings_its_columns_and_their_sections() {
    let column = |id: i64, kind: &str, on_hold: Value| {
        let mut column: Value =
            serde_json::from_str(&with(kind, json!({ "parent": { "id": 1 }, "position": id }))).unwrap();
        column["id"] = json!(id);
        column["on_hold"] = on_hold;
        column
    };
    let section = json!({ "id": 30, "status": "active", "title": "On hold", "created_at": "2026-03-01T10:00:00Z", "updated_at": "2026-03-01T10:00:00Z" });
    let table = with(
        "Kanban::Board",
        json!({ "id": 1, "lists": [column(2, "Kanban::Triage", Value::Null), column(3, "Kanban::Column", section), "no column"] }),
    );
    let batch = card_table(&table);
    let kinds: Vec<_> =
        batch.records.iter().map(|record| (record.value.kind, record.value.parent.map(|id| id.0))).collect();
    let expected = [
        (Kind::CardTable, None),
        (Kind::TriageColumn, Some(1)),
        (Kind::Column, Some(1)),
        (Kind::OnHoldColumn, Some(3)),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(batch.skipped.len(), 1);
    assert!(batch.records[3].raw.contains("On hold"));
}

#[test]
fn nulls_and_wrong_types_are_empty_and_nothing_panics() {
    let full: Value = serde_json::from_str(&with(
        "Todo",
        json!({ "content": "x", "assignees": [], "position": 1, "completed": false, "due_on": "2026-01-01", "parent": { "id": 1 }, "completion": {} }),
    ))
    .unwrap();
    let strange = [
        json!(null),
        json!(""),
        json!(-1),
        json!(1.5e300),
        json!([]),
        json!({}),
        json!(true),
        json!([null, 7]),
        json!("é".repeat(20)),
    ];
    for key in full.as_object().unwrap().keys() {
        for odd in &strange {
            let mut spoiled = full.clone();
            spoiled[key] = odd.clone();
            match recording(&spoiled.to_string(), Some(Kind::Todo), None) {
                Ok(record) => assert_eq!(record.raw, spoiled.to_string()),
                Err(skipped) => assert!(!skipped.reason.is_empty()),
            }
            let _ = person(&spoiled.to_string());
            let _ = project(&spoiled.to_string());
            let _ = activity(&spoiled.to_string(), Some(ProjectId(1)));
        }
    }
}

#[test]
fn one_bad_record_does_not_lose_the_page() {
    let page = format!(
        "[{},{},{},{},{},null,7]",
        with("Todo", json!({ "id": "9223372036854775807" })),
        with("Todo", json!({ "id": null })),
        with("Gauge::Needle", json!({ "id": 3 })),
        with("Todo", json!({ "bucket": null, "url": null })),
        with("Todo", json!({ "created_at": null, "updated_at": null })),
    );
    let rows: Vec<Box<RawValue>> = serde_json::from_str(&page).unwrap();
    let batch = recordings(&rows, Some(Kind::Todo), None);
    assert_eq!(batch.records.len(), 1);
    assert_eq!(batch.records[0].value.id, RecordingId(i64::MAX));
    assert_eq!(batch.skipped.len(), 6);
    assert!(batch.skipped.iter().any(|skipped| skipped.reason.contains("Gauge::Needle")));
}

#[test]
fn what_is_not_told_is_found_elsewhere() {
    assert_eq!(read("Todo", json!({ "bucket": null })).project, ProjectId(77));
    let bare = with("", json!({ "bucket": null, "url": "" }));
    let read = recording(&bare, Some(Kind::Comment), Some(ProjectId(8))).unwrap().value;
    assert_eq!((read.kind, read.project), (Kind::Comment, ProjectId(8)));
    let words = [
        ("archived", Status::Archived),
        ("trashed", Status::Trashed),
        ("drafted", Status::Drafted),
        ("deleted", Status::Gone),
        ("new", Status::Active),
    ];
    for (word, status) in words {
        assert_eq!(self::read("Todo", json!({ "status": word })).status, status);
    }
}

#[test]
fn the_general_shape_is_known() {
    assert!(is_generic(&with("Todo", json!({ "content": "x" })), Kind::Todo));
    assert!(!is_generic(&with("Todo", json!({ "completed": false })), Kind::Todo));
    assert!(is_generic(&with("Schedule::Entry", json!({})), Kind::ScheduleEntry));
    assert!(!is_generic(&with("Vault", json!({})), Kind::Vault));
}

#[test]
fn a_project_brings_its_dock_and_its_tools() {
    let raw = json!({
        "id": 77, "status": "archived", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-02-01T00:00:00Z",
        "name": "P", "description": null, "purpose": "topic", "start_date": "2026-01-05", "app_url": "https://x",
        "dock": [
            { "id": 1, "title": "To-dos", "name": "todoset", "enabled": true, "position": 1, "app_url": "https://x/1" },
            { "id": 2, "title": "Cards", "name": "kanban_board", "enabled": false, "position": null },
            { "id": 3, "title": "Files", "name": "vault", "enabled": true, "position": 2 },
            { "id": 4, "title": "Mail", "name": "inbox", "enabled": true, "position": 3 },
            { "id": 5, "title": "Chat", "name": "chat", "enabled": true, "position": 4 },
            null,
        ],
    });
    let project = project(&raw.to_string()).unwrap();
    assert_eq!((project.value.status, project.value.dock.len()), (Status::Archived, 5));
    assert_eq!((project.value.starts_on, project.value.dock[1].enabled), (Some(date(2026, 1, 5)), false));
    let tools = tools(&project);
    let kinds: Vec<_> = tools.iter().map(|tool| (tool.value.kind, tool.value.position)).collect();
    assert_eq!(kinds, [(Kind::TodoSet, Some(1)), (Kind::Campfire, Some(4))]);
    assert_eq!(tools[0].value.app_url, "https://x/1");
    assert!(tools[0].raw.contains("todoset"));
}

#[test]
fn people_and_activity_are_read() {
    let person =
        person(r#"{"id":"5","name":"Ann","admin":true,"company":{"name":"Co"},"bio":null,"attachable_sgid":"BAh"}"#)
            .unwrap()
            .value;
    assert_eq!((person.id, person.company.as_str(), person.admin, person.owner), (PersonId(5), "Co", true, false));
    let told = activity(
        r#"{"id":1,"created_at":"2026-01-01T00:00:00Z","kind":"todo_completed","action":"completed","title":"T","parent_recording_id":4,"bucket":{"id":2},"creator":{"id":5}}"#,
        None,
    );
    let told = told.unwrap().value;
    assert_eq!((told.project, told.recording, told.action.as_str()), (ProjectId(2), Some(RecordingId(4)), "completed"));
    assert!(activity(r#"{"id":1,"bucket":{"id":2}}"#, None).is_err());
    assert!(super::person(r#"{"id":5,"name":null}"#).is_err());
}
