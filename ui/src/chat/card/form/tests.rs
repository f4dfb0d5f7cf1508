#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};

use super::{Form, Shape};

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_form_that_nobody_touched_says_the_same_input() {
    for input in [
        json!({ "id": "9007199254740993", "due_on": "2026-11-24", "title": "Send it", "count": 3, "half": 0.5, "quick": true }),
        json!({ "body": "two\nlines", "assignees": ["1", "2"], "due_on": null, "nested": { "a": [1, { "b": null }] } }),
        json!({}),
        json!([1, 2]),
        json!("bare"),
    ] {
        assert_eq!(read(&Form::of(&input.to_string()).input().unwrap()), input);
    }
}

#[test]
fn fields_have_the_shape_of_what_is_in_them() {
    let form = Form::of(r#"{"a":"2026-11-24","b":"2026-13-24","c":1,"d":false,"e":null,"f":"x\ny","g":["1"]}"#);
    let shapes: Vec<Shape> = form.fields.iter().map(|field| field.shape).collect();
    assert_eq!(shapes, [Shape::Date, Shape::Line, Shape::Number, Shape::Bool, Shape::Json, Shape::Lines, Shape::Json]);
}

#[test]
fn what_says_nothing_of_its_shape_is_refused_with_its_field() {
    for (at, text) in [(0, "tomorrow"), (0, ""), (1, "many"), (1, "1 2"), (1, "\"1\""), (2, "[1,"), (2, "")] {
        let mut form = Form::of(r#"{"a":"2026-11-24","b":1,"c":[1]}"#);
        form.fields[at].text = text.into();
        let wrong = form.input().unwrap_err();
        assert_eq!(wrong.field, form.fields[at].name, "{text:?}");
        assert!(wrong.sentence.ends_with('.'));
    }
    let mut edited = Form::of(r#"{"a":"2026-11-24","b":1}"#);
    edited.fields[0].text = "2026-12-01".into();
    edited.fields[1].text = " -2.5 ".into();
    assert_eq!(read(&edited.input().unwrap()), json!({ "a": "2026-12-01", "b": -2.5 }));
}

#[test]
fn what_is_no_json_is_one_field_that_must_become_json() {
    let mut form = Form::of("half a {");
    assert!(form.input().is_err());
    form.fields[0].text = r#"{"id":"1"}"#.into();
    assert_eq!(form.input().unwrap(), r#"{"id":"1"}"#);
}
