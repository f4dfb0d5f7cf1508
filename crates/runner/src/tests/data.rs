use serde_json::{Value, json};

use super::desk::{brings, plain};

const DATA: &str = "@pmos/piece-data";

#[tokio::test]
async fn every_action_on_data_brings_what_it_says() {
    let (kit, _) = plain();
    let people = json!([
        { "name": "Ada", "at": { "team": "x" }, "n": 3 },
        { "name": "ben", "at": { "team": "y" }, "n": 10 },
        { "name": "Cy", "at": { "team": "x" }, "n": null },
    ]);
    let list = |more: Value| {
        let mut input = json!({ "list": people });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let table = vec![
        ("text_case", json!({ "text": "hello ada park", "to": "title" }), json!("Hello Ada Park")),
        ("text_case", json!({ "text": "ärger", "to": "upper" }), json!("ÄRGER")),
        ("text_case", json!({ "text": "  x ", "to": "trimmed" }), json!("x")),
        ("text_case", json!({ "text": "hello You", "to": "sentence" }), json!("Hello You")),
        ("text_cut", json!({ "text": "Grüße an alle", "length": 6 }), json!("Grüße…")),
        ("text_cut", json!({ "text": "kurz", "length": 6 }), json!("kurz")),
        ("text_cut", json!({ "text": "kurz", "length": 0 }), json!("")),
        ("text_between", json!({ "text": "Order #42: new", "after": "#", "before": ":" }), json!("42")),
        ("text_between", json!({ "text": "no marks", "after": "#" }), json!("")),
        ("number_round", json!({ "number": 2.345, "digits": 1 }), json!(2.3)),
        ("number_round", json!({ "number": "1250", "digits": -2 }), json!(1300)),
        ("number_read", json!({ "text": "total 1,250.50 €" }), json!(1250.5)),
        ("number_read", json!({ "text": "1.250,50 EUR" }), json!(1250.5)),
        ("number_read", json!({ "text": "1,250" }), json!(1250)),
        ("number_read", json!({ "text": "12,5" }), json!(12.5)),
        ("number_read", json!({ "text": "-3 °C" }), json!(-3)),
        ("number_read", json!({ "text": "1 250 000" }), json!(1_250_000)),
        ("number_read", json!({ "text": "1.250.000" }), json!(1_250_000)),
        ("date_now", json!({ "form": "date" }), json!("2026-11-21")),
        ("date_now", json!({ "form": "time", "zone": "Asia/Tokyo" }), json!("18:00")),
        (
            "date_add",
            json!({ "date": "2026-01-31", "amount": 1, "unit": "months", "form": "date" }),
            json!("2026-02-28"),
        ),
        (
            "date_add",
            json!({ "date": "2026-11-20", "amount": 1, "unit": "working_days", "form": "date" }),
            json!("2026-11-23"),
        ),
        (
            "date_add",
            json!({ "date": "2026-11-23", "amount": -1, "unit": "working_days", "form": "date" }),
            json!("2026-11-20"),
        ),
        (
            "date_add",
            json!({ "date": "2026-03-28T12:00:00", "amount": 1, "unit": "days", "zone": "Europe/Berlin" }),
            json!("2026-03-29T10:00:00Z"),
        ),
        ("date_difference", json!({ "from": "2026-11-20", "to": "2026-11-23", "unit": "days" }), json!(3)),
        ("date_difference", json!({ "from": "2026-11-20", "to": "2026-11-23", "unit": "working_days" }), json!(1)),
        ("date_difference", json!({ "from": "2026-11-23", "to": "2026-11-20", "unit": "hours" }), json!(-72)),
        ("date_write", json!({ "date": "2026-11-21T09:00:00Z", "form": "day" }), json!("21 November 2026")),
        ("date_write", json!({ "date": 0, "form": "weekday" }), json!("Thursday")),
        ("date_write", json!({ "date": "2026-11-21", "form": "unix" }), json!(1_795_219_200)),
        (
            "list_filter",
            list(json!({ "field": "at.team", "comparison": "is", "value": "X" })),
            json!([people[0], people[2]]),
        ),
        ("list_filter", list(json!({ "field": "n", "comparison": "above", "value": "5" })), json!([people[1]])),
        ("list_filter", list(json!({ "field": "n", "comparison": "exists" })), json!([people[0], people[1]])),
        ("list_sort", list(json!({ "field": "n" })), json!([people[0], people[1], people[2]])),
        ("list_sort", json!({ "list": ["b", "A", 10, 9] }), json!([9, 10, "A", "b"])),
        ("list_sort", json!({ "list": "[2,1]", "backwards": true }), json!([2, 1])),
        ("list_unique", json!({ "list": [1, 1.0, "1", 1] }), json!([1, 1.0, "1"])),
        ("list_unique", list(json!({ "field": "at.team" })), json!([people[0], people[1]])),
        ("list_pick", list(json!({ "field": "name" })), json!(["Ada", "ben", "Cy"])),
        ("list_item", json!({ "list": [1, 2, 3], "number": -1 }), json!(3)),
        ("list_item", json!({ "list": [1, 2, 3], "number": 9 }), Value::Null),
        ("list_sum", list(json!({ "field": "n" })), json!({ "sum": 13, "count": 2, "mean": 6.5 })),
        ("list_sum", json!({ "list": ["x"] }), json!({ "sum": 0, "count": 0, "mean": null })),
        ("list_join", list(json!({ "field": "name", "separator": " / " })), json!("Ada / ben / Cy")),
        ("list_join", json!({ "list": [1, true] }), json!("1, true")),
        ("list_group", list(json!({ "field": "at.team" })), json!({ "x": [people[0], people[2]], "y": [people[1]] })),
        ("json_read", json!({ "text": "{\"a\":[1]}" }), json!({ "a": [1] })),
        ("json_write", json!({ "value": { "a": 1.0 } }), json!("{\"a\":1}")),
        ("json_take", json!({ "value": { "a": { "b": [5, 6] } }, "way": "a.b[1]" }), json!(6)),
        ("json_take", json!({ "value": "{\"a\":1}", "way": "b" }), Value::Null),
        ("json_merge", json!({ "first": { "a": 1, "b": 1 }, "second": "{\"b\":2}" }), json!({ "a": 1, "b": 2 })),
    ];
    for (action, input, expected) in table {
        let found = brings(&kit, DATA, action, input.clone()).await;
        assert_eq!(found, Ok(expected), "{action} {input}");
    }
}

#[tokio::test]
async fn data_that_does_not_fit_is_told_in_a_sentence() {
    let (kit, _) = plain();
    let table = [
        ("number_read", json!({ "text": "none" }), "no number in “none”"),
        ("number_round", json!({ "number": "x" }), "number has to be a number"),
        ("text_cut", json!({ "text": "x", "length": 1.5 }), "whole number"),
        ("date_add", json!({ "date": "soon", "amount": 1, "unit": "days" }), "“soon” is no date"),
        ("date_add", json!({ "date": "2026-11-21", "amount": 1e11, "unit": "years" }), "too far away"),
        ("date_add", json!({ "date": "2026-11-21", "amount": 1e11, "unit": "working_days" }), "too far away"),
        ("date_write", json!({ "date": "2026-11-21", "form": "date", "zone": "Mars/One" }), "no time zone Mars/One"),
        ("json_read", json!({ "text": "{" }), "text is no JSON (line 1"),
        ("json_merge", json!({ "first": [1], "second": {} }), "set of names and values and is a list"),
    ];
    for (action, input, word) in table {
        let error = brings(&kit, DATA, action, input).await.unwrap_err();
        assert!(error.contains(word), "{action}: {error}");
    }
}

#[tokio::test]
async fn texts_and_numbers_are_worked_on_as_on_a_server() {
    let (kit, _) = plain();
    let text = "@activepieces/piece-text-helper";
    let table = [
        (text, "concat", json!({ "texts": ["a", 1, true], "separator": "-" }), json!("a-1-true")),
        (text, "replace", json!({ "text": "a1b22", "searchValue": "[0-9]+", "replaceValue": "#" }), json!("a#b#")),
        (
            text,
            "replace",
            json!({ "text": "a1b22", "searchValue": "([0-9])", "replaceValue": "<$1>", "replaceOnlyFirst": true }),
            json!("a<1>b22"),
        ),
        (text, "split", json!({ "text": "a, b", "delimiter": ", " }), json!(["a", "b"])),
        (text, "defaultValue", json!({ "value": [], "defaultString": "x" }), json!("x")),
        (text, "defaultValue", json!({ "value": "y", "defaultString": "x" }), json!("y")),
        (
            "@activepieces/piece-math-helper",
            "addition_math",
            json!({ "first_number": "1.5", "second_number": 2 }),
            json!(3.5),
        ),
        (
            "@activepieces/piece-math-helper",
            "division_math",
            json!({ "first_number": 6, "second_number": 3 }),
            json!(2),
        ),
        (
            "@activepieces/piece-math-helper",
            "modulo_math",
            json!({ "first_number": -7, "second_number": 3 }),
            json!(-1),
        ),
    ];
    for (piece, action, input, expected) in table {
        assert_eq!(brings(&kit, piece, action, input.clone()).await, Ok(expected), "{action} {input}");
    }
    let zero = json!({ "first_number": 1, "second_number": 0 });
    assert!(
        brings(&kit, "@activepieces/piece-math-helper", "division_math", zero)
            .await
            .unwrap_err()
            .contains("cannot be zero")
    );
    let broken = json!({ "text": "x", "searchValue": "(" });
    assert!(brings(&kit, text, "replace", broken).await.unwrap_err().starts_with("SyntaxError"));
}
