//! When a trigger starts next.

use flow::PieceCall;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::studio::form::instants::next;

fn call(piece: &str, operation: &str, input: Value) -> PieceCall {
    PieceCall {
        piece: piece.into(),
        operation: operation.into(),
        input: input.as_object().unwrap().clone(),
        ..PieceCall::default()
    }
}

/// From Saturday, 21 November 2026, 21:07:30 UTC.
fn starts(operation: &str, input: Value) -> Vec<String> {
    let now: Timestamp = "2026-11-21T21:07:30Z".parse().unwrap();
    let call = call("@activepieces/piece-schedule", operation, input);
    next(&call, now).into_iter().map(|at| at.to_string().replace(":00Z", "")).collect()
}

#[test]
fn each_kind_of_schedule_tells_three_instants() {
    for (operation, input, expected) in [
        ("every_x_minutes", json!({ "minutes": 15 }), ["2026-11-21T21:15", "2026-11-21T21:30", "2026-11-21T21:45"]),
        ("every_hour", json!({}), ["2026-11-21T22:00", "2026-11-21T23:00", "2026-11-22T00:00"]),
        (
            "every_hour",
            json!({ "run_on_weekends": false }),
            ["2026-11-23T00:00", "2026-11-23T01:00", "2026-11-23T02:00"],
        ),
        (
            "every_day",
            json!({ "hour_of_the_day": 9, "timezone": "Europe/Berlin" }),
            ["2026-11-22T08:00", "2026-11-23T08:00", "2026-11-24T08:00"],
        ),
        (
            "every_week",
            json!({ "hour_of_the_day": "9", "day_of_the_week": 1 }),
            ["2026-11-23T09:00", "2026-11-30T09:00", "2026-12-07T09:00"],
        ),
        (
            "every_month",
            json!({ "hour_of_the_day": 0, "day_of_the_month": 31 }),
            ["2026-12-31T00:00", "2027-01-31T00:00", "2027-03-31T00:00"],
        ),
        ("cron_expression", json!({ "cronExpression": "30 6 29 2 *" }), ["2028-02-29T06:30", "2032-02-29T06:30", ""]),
        (
            "cron_expression",
            json!({ "cronExpression": "5/20 9-17/4 * * 1-5,7" }),
            ["2026-11-22T09:05", "2026-11-22T09:25", "2026-11-22T09:45"],
        ),
    ] {
        let expected: Vec<&str> = expected.into_iter().filter(|at| !at.is_empty()).collect();
        assert_eq!(starts(operation, input.clone()), expected, "{operation} {input}");
    }
}

#[test]
fn either_day_is_enough_where_both_are_named() {
    let found = starts("cron_expression", json!({ "cronExpression": "0 0 25 * 1" }));
    assert_eq!(found, ["2026-11-23T00:00", "2026-11-25T00:00", "2026-11-30T00:00"]);
}

#[test]
fn an_hour_that_the_clock_passes_over_is_not_told_twice() {
    let now: Timestamp = "2026-03-28T12:00:00Z".parse().unwrap();
    let input = json!({ "cronExpression": "30 2,3 * * *", "timezone": "Europe/Berlin" });
    let found = next(&call("@activepieces/piece-schedule", "cron_expression", input), now);
    let mut once = found.clone();
    once.dedup();
    assert_eq!(found, once);
    assert_eq!(found[0].to_string(), "2026-03-29T01:30:00Z");
}

#[test]
fn a_span_is_counted_as_the_runner_counts_it() {
    let now: Timestamp = "2026-11-21T21:07:30Z".parse().unwrap();
    let found = next(&call("@pmos/piece-interval", "every", json!({ "amount": 30, "unit": "minutes" })), now);
    let found: Vec<String> = found.into_iter().map(|at| at.to_string()).collect();
    assert_eq!(found, ["2026-11-21T21:30:00Z", "2026-11-21T22:00:00Z", "2026-11-21T22:30:00Z"]);
}

#[test]
fn what_is_not_understood_tells_nothing() {
    for pattern in ["", "* * * *", "61 * * * *", "a * * * *", "*/0 * * * *", "5-1 * * * *", "0 0 31 2 *", "@daily"] {
        assert!(starts("cron_expression", json!({ "cronExpression": pattern })).is_empty(), "{pattern}");
    }
    assert!(starts("every_day", json!({ "hour_of_the_day": 9, "timezone": "Mars/Olympus" })).is_empty());
    assert!(starts("every_day", json!({})).is_empty());
    let now = Timestamp::UNIX_EPOCH;
    assert!(next(&call("@pmos/piece-interval", "every", json!({ "amount": 0 })), now).is_empty());
    assert!(next(&call("@pmos/piece-interval", "every", json!({ "amount": i64::MAX })), now).is_empty());
    assert!(next(&call("@activepieces/piece-webhook", "catch_webhook", json!({})), now).is_empty());
}
