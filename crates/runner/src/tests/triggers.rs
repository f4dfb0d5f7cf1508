use flow::{PieceCall, Trigger};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Map;
use crate::trigger::{BasecampEvent, EventKind, Filter, Person, Request, Schedule, Starter};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn trigger(piece: &str, operation: &str, input: Value) -> Trigger {
    let call = PieceCall {
        piece: piece.to_owned(),
        operation: operation.to_owned(),
        input: input.as_object().cloned().unwrap_or_default(),
        ..PieceCall::default()
    };
    Trigger::piece("T", call)
}

fn schedule(operation: &str, input: Value) -> Schedule {
    match Starter::read(&trigger("@activepieces/piece-schedule", operation, input)).unwrap() {
        Starter::Schedule(schedule) => schedule,
        other => panic!("{other:?}"),
    }
}

fn fires(schedule: &Schedule, after: &str, count: usize) -> Vec<String> {
    let mut last = at(after);
    let mut fires = Vec::new();
    for _ in 0..count {
        last = schedule.next_fire(last).unwrap();
        fires.push(last.to_string());
    }
    fires
}

#[test]
fn schedules_come_round_as_on_a_server() {
    let table = [
        ("every_x_minutes", json!({ "minutes": 15 }), ["2026-11-21T09:15:00Z", "2026-11-21T09:30:00Z"]),
        ("every_hour", json!({ "run_on_weekends": true }), ["2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z"]),
        ("every_hour", json!({ "run_on_weekends": false }), ["2026-11-23T00:00:00Z", "2026-11-23T01:00:00Z"]),
        (
            "every_day",
            json!({ "hour_of_the_day": 9, "timezone": "Europe/Berlin" }),
            ["2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z"],
        ),
        (
            "every_week",
            json!({ "day_of_the_week": 1, "hour_of_the_day": 7, "timezone": "UTC" }),
            ["2026-11-23T07:00:00Z", "2026-11-30T07:00:00Z"],
        ),
        (
            "every_month",
            json!({ "day_of_the_month": 31, "hour_of_the_day": 0, "timezone": "UTC" }),
            ["2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z"],
        ),
        (
            "cron_expression",
            json!({ "cronExpression": "0/5 * * * *" }),
            ["2026-11-21T09:05:00Z", "2026-11-21T09:10:00Z"],
        ),
        (
            "cron_expression",
            json!({ "cronExpression": "5/20 10/6 * * *" }),
            ["2026-11-21T10:05:00Z", "2026-11-21T10:25:00Z"],
        ),
        (
            "cron_expression",
            json!({ "cronExpression": "30 8 * * 1-5", "timezone": "Asia/Tokyo" }),
            ["2026-11-22T23:30:00Z", "2026-11-23T23:30:00Z"],
        ),
    ];
    for (operation, input, expected) in table {
        let schedule = schedule(operation, input.clone());
        assert_eq!(fires(&schedule, "2026-11-21T09:00:00Z", 2), expected, "{operation} {input}");
    }
    let told = schedule("every_week", json!({ "day_of_the_week": 1, "hour_of_the_day": 7, "timezone": "UTC" }));
    let expected =
        json!({ "day_of_the_week": 1, "hour_of_the_day": 7, "cron_expression": "0 7 * * 1", "timezone": "UTC" });
    assert_eq!(*told.payload(), expected);
}

#[test]
fn hours_that_are_missing_or_come_twice_do_not_stop_a_schedule() {
    let night = Schedule::cron("30 2 * * *", "Europe/Berlin").unwrap();
    let spring = fires(&night, "2026-03-27T12:00:00Z", 3);
    assert_eq!(
        (spring[0].as_str(), spring[2].as_str()),
        ("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"),
        "{spring:?}"
    );
    let autumn = fires(&night, "2026-10-24T12:00:00Z", 2);
    assert_eq!(autumn[1], "2026-10-26T01:30:00Z", "{autumn:?}: once on the day with 25 hours");
    for pattern in ["*/10 * * * *", "30 2 * * *", "0 * * * *"] {
        let schedule = Schedule::cron(pattern, "Europe/Berlin").unwrap();
        let mut last = at("2026-10-24T20:00:00Z");
        for _ in 0..40 {
            let next = schedule.next_fire(last).unwrap();
            assert!(next > last, "{pattern} at {last}");
            last = next;
        }
    }
}

#[test]
fn an_interval_counts_from_1970_so_that_restarts_do_not_shift_it() {
    let input = json!({ "amount": 15, "unit": "minutes" });
    let Starter::Schedule(every) = Starter::read(&trigger("@pmos/piece-interval", "every", input)).unwrap() else {
        panic!()
    };
    assert_eq!(fires(&every, "2026-11-21T09:07:00Z", 2), ["2026-11-21T09:15:00Z", "2026-11-21T09:30:00Z"]);
    assert_eq!(Schedule::every(0).next_fire(at("2026-11-21T09:00:00Z")), Some(at("2026-11-21T09:00:01Z")));
}

#[test]
fn however_many_starts_were_missed_it_is_one_and_says_so() {
    let hourly = Schedule::cron("0 * * * *", "UTC").unwrap();
    let (last, day) = (at("2026-11-20T09:00:00Z"), at("2026-11-21T09:30:00Z"));
    assert_eq!(hourly.due(last, at("2026-11-20T09:59:59Z")), None);
    let due = hourly.due(last, at("2026-11-20T10:00:20Z")).unwrap();
    assert_eq!((due.at, due.missed, due.note), (at("2026-11-20T10:00:00Z"), 0, None));
    let late = hourly.due(last, at("2026-11-20T10:30:00Z")).unwrap();
    assert!(late.note.unwrap().starts_with("Starts late"));
    let caught = hourly.due(last, day).unwrap();
    assert_eq!((caught.at, caught.missed), (at("2026-11-21T09:00:00Z"), 23));
    assert!(caught.note.unwrap().contains("23 earlier starts were missed"));
    assert_eq!(hourly.due(caught.at, day), None, "it is made up for once");
    let minutes = Schedule::cron("* * * * *", "UTC").unwrap();
    let year = minutes.due(at("2025-11-21T09:00:00Z"), day).unwrap();
    assert_eq!((year.at, year.missed), (at("2026-11-21T09:30:00Z"), 1000));
    assert!(year.note.unwrap().contains("more than 1000"));
}

#[test]
fn what_is_no_schedule_is_refused_with_a_sentence() {
    for (pattern, zone, word) in [
        ("", "UTC", "five fields"),
        ("* * * *", "UTC", "five fields"),
        ("* * * * * *", "UTC", "five fields"),
        ("99 * * * *", "UTC", "no cron pattern"),
        ("a b c d e", "UTC", "no cron pattern"),
        ("0 9 * * *", "Europe/Atlantis", "no time zone"),
    ] {
        let error = Schedule::cron(pattern, zone).unwrap_err();
        assert!(error.contains(word), "{pattern}: {error}");
    }
    let never = Schedule::cron("0 0 30 2 *", "UTC");
    assert!(never.is_err() || never.unwrap().next_fire(at("2026-11-21T09:00:00Z")).is_none());
    for (operation, input) in [
        ("every_x_minutes", json!({ "minutes": 0 })),
        ("every_x_minutes", json!({ "minutes": 2.5 })),
        ("every_day", json!({ "hour_of_the_day": 24 })),
        ("every_never", json!({})),
    ] {
        assert!(Starter::read(&trigger("@activepieces/piece-schedule", operation, input)).is_err(), "{operation}");
    }
    assert!(Starter::read(&Trigger::empty()).unwrap_err().contains("Choose a trigger"));
    assert!(
        Starter::read(&trigger("@activepieces/piece-gmail", "new_email", json!({}))).unwrap_err().contains("server")
    );
}

fn request(headers: Value, body: &str) -> Request {
    let query = [("a".to_owned(), json!("1"))].into_iter().collect();
    Request { method: "POST".into(), headers: headers.as_object().cloned().unwrap(), query, body: body.to_owned() }
}

#[test]
fn a_webhook_brings_what_a_server_brings_and_asks_who_calls() {
    let Starter::Webhook(open) =
        Starter::read(&trigger("@activepieces/piece-webhook", "catch_webhook", json!({}))).unwrap()
    else {
        panic!()
    };
    let call = request(json!({ "content-type": "application/json; charset=utf-8" }), "{\"x\": [1]}");
    assert!(open.admits(&call));
    let expected = json!({
        "method": "POST", "headers": { "content-type": "application/json; charset=utf-8" },
        "queryParams": { "a": "1" }, "body": { "x": [1] }, "rawBody": "{\"x\": [1]}",
    });
    assert_eq!(call.payload(), expected);
    let form = request(json!({ "content-type": "application/x-www-form-urlencoded" }), "a=1&b=x+y").payload();
    assert_eq!(form["body"], json!({ "a": "1", "b": "x y" }));
    assert_eq!(request(json!({ "content-type": "application/json" }), "{broken").payload()["body"], "{broken");
    assert!(request(json!({}), "").payload().get("body").is_none(), "as on a server");

    let basic = json!({ "authType": "basic", "authFields": { "username": "ada", "password": "secret" } });
    let header = json!({ "authType": "header", "authFields": { "headerName": "X-Key", "headerValue": "secret" } });
    for (input, right) in
        [(basic, json!({ "authorization": "Basic YWRhOnNlY3JldA==" })), (header, json!({ "x-key": "secret" }))]
    {
        let Starter::Webhook(closed) =
            Starter::read(&trigger("@activepieces/piece-webhook", "catch_webhook", input)).unwrap()
        else {
            panic!()
        };
        assert!(closed.admits(&request(right, "")));
        for wrong in [
            json!({}),
            json!({ "x-key": "secreT", "authorization": "Basic YWRhOnNlY3JldB==" }),
            json!({ "x-key": "secret1" }),
        ] {
            assert!(!closed.admits(&request(wrong, "")));
        }
        assert!(!format!("{closed:?}").contains("secret"));
    }
}

#[test]
fn a_form_gives_its_fields_by_the_names_of_a_server() {
    let input = json!({ "waitForResponse": true, "inputs": [
        { "displayName": "Email address", "type": "text", "required": true },
        { "displayName": "It's  a 2nd \"note\"", "type": "text_area" },
        { "displayName": "Agree", "type": "toggle" },
    ] });
    let Starter::Form(form) = Starter::read(&trigger("@activepieces/piece-forms", "form_submission", input)).unwrap()
    else {
        panic!()
    };
    let keys: Vec<&str> = form.fields.iter().map(|field| field.key.as_str()).collect();
    assert_eq!((keys.as_slice(), form.waits), (["emailAddress", "itsA2nd note", "agree"].as_slice(), true).clone());
    let filled = |value: Value| -> Map { value.as_object().cloned().unwrap() };
    let payload = form.payload(&filled(json!({ "emailAddress": "a@b.c", "agree": "TRUE", "other": 1 }))).unwrap();
    assert_eq!(payload, json!({ "emailAddress": "a@b.c", "agree": true }));
    assert_eq!(
        form.payload(&filled(json!({ "emailAddress": "" }))).unwrap_err(),
        "Email address is empty. Fill it in."
    );
    assert!(form.payload(&filled(json!({ "emailAddress": "x", "agree": "maybe" }))).unwrap_err().contains("yes or no"));
    assert!(Starter::read(&trigger("@activepieces/piece-forms", "form_submission", json!({ "inputs": [] }))).is_err());
}

fn event(kind: EventKind) -> BasecampEvent {
    BasecampEvent {
        kind,
        at: at("2026-11-21T09:00:00Z"),
        id: "9007199254740993".into(),
        item: "Todo".into(),
        title: "Send the Offer".into(),
        url: String::new(),
        project: "1".into(),
        project_name: "Website".into(),
        parent: Some("900".into()),
        parent_name: None,
        assignees: vec![Person { id: "7".into(), name: "Ada".into(), email: None }],
        by: None,
        due_on: "2026-11-22".parse().ok(),
        days_left: Some(1),
        comment: None,
        happening: "x".into(),
    }
}

fn filter(kind: EventKind, input: Value) -> Filter {
    match Starter::read(&trigger("@pmos/piece-basecamp", kind.trigger(), input)).unwrap() {
        Starter::Basecamp(filter) => filter,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_kind_of_event_starts_its_own_trigger_and_no_other() {
    for kind in EventKind::ALL {
        for other in EventKind::ALL {
            assert_eq!(filter(kind, json!({ "days": 2 })).admits(&event(other)), kind == other, "{kind:?} {other:?}");
        }
    }
    let payload = filter(EventKind::Overdue, json!({})).payload(&event(EventKind::Overdue));
    assert_eq!((&payload["id"], &payload["kind"]), (&json!("9007199254740993"), &json!("overdue")));
    assert_eq!(serde_json::from_value::<BasecampEvent>(payload).unwrap(), event(EventKind::Overdue));
}

#[test]
fn filters_narrow_what_starts_a_flow() {
    let table = [
        (json!({ "projects": ["1", "2"] }), true),
        (json!({ "projects": ["2"] }), false),
        (json!({ "projects": "1" }), true),
        (json!({ "items": ["Message"] }), false),
        (json!({ "items": ["Todo"], "parents": ["900"] }), true),
        (json!({ "parents": ["901"] }), false),
        (json!({ "people": ["7"] }), true),
        (json!({ "people": ["8"] }), false),
        (json!({ "words": "OFFER" }), true),
        (json!({ "words": "invoice" }), false),
        (json!({ "projects": [], "words": "" }), true),
    ];
    for (input, admits) in table {
        assert_eq!(filter(EventKind::Created, input.clone()).admits(&event(EventKind::Created)), admits, "{input}");
    }
    for (days, left, admits) in [(0, 0, true), (0, 1, false), (3, 3, true), (3, -1, false), (3, 4, false)] {
        let soon = BasecampEvent { days_left: Some(left), ..event(EventKind::DueSoon) };
        assert_eq!(filter(EventKind::DueSoon, json!({ "days": days })).admits(&soon), admits, "{days} {left}");
    }
    let unknown = BasecampEvent { days_left: None, ..event(EventKind::DueSoon) };
    assert!(!filter(EventKind::DueSoon, json!({ "days": 3 })).admits(&unknown));
}
