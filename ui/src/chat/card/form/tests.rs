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
        assert_eq!(wrong.field, form.fields[at].pointer, "{text:?}");
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

/// A plan of a project, as it stands on a card.
fn plan() -> Value {
    json!({
        "name": "Spring campaign",
        "people": ["1"],
        "lists": [
            { "title": "Design", "todos": [{ "title": "Sketch", "due_on": "2026-11-24", "assignees": ["1", "2"] }, { "title": "Print" }] },
            { "title": "Launch", "todos": [] },
        ],
        "message": { "title": "Welcome", "body": "" },
        "a/b~c": [{ "x~/y": 1 }],
    })
}

#[test]
fn what_lies_deep_has_fields_of_its_own() {
    let form = Form::of(&plan().to_string());
    assert_eq!(read(&form.input().unwrap()), plan(), "nobody touched it");
    let field = |pointer: &str| form.fields.iter().find(|field| field.pointer == pointer).unwrap();
    let second = field("/lists/0/todos/1");
    assert_eq!((second.shape, second.number, second.name.as_str(), second.depth), (Shape::Group, Some(2), "todos", 1));
    assert_eq!((field("/lists/0/todos/0/assignees").shape, field("/people").shape), (Shape::People, Shape::People));
    assert_eq!(field("/lists/1/todos").shape, Shape::Json, "what is empty can be filled");
    let mut edited = form.clone();
    for field in &mut edited.fields {
        match field.pointer.as_str() {
            "/lists/0/todos/0/due_on" => field.text = "2026-12-01".into(),
            "/lists/0/todos/0/assignees" => field.text = r#"["3"]"#.into(),
            "/a~1b~0c/0/x~0~1y" => field.text = "2".into(),
            _ => {}
        }
    }
    let mut wanted = plan();
    wanted["lists"][0]["todos"][0]["due_on"] = json!("2026-12-01");
    wanted["lists"][0]["todos"][0]["assignees"] = json!(["3"]);
    wanted["a/b~c"][0]["x~/y"] = json!(2);
    assert_eq!(read(&edited.input().unwrap()), wanted);
}

#[test]
fn a_group_is_taken_out_and_what_was_typed_elsewhere_stays() {
    let mut form = Form::of(&plan().to_string());
    let name = form.fields.iter_mut().find(|field| field.pointer == "/name").unwrap();
    name.text = "Autumn campaign".into();
    let less = form.without("/lists/0/todos/0").unwrap().without("/message").unwrap().without("/lists/1").unwrap();
    let mut wanted = plan();
    wanted["name"] = json!("Autumn campaign");
    wanted["lists"][0]["todos"].as_array_mut().unwrap().remove(0);
    wanted["lists"].as_array_mut().unwrap().remove(1);
    wanted.as_object_mut().unwrap().remove("message");
    assert_eq!(read(&less.input().unwrap()), wanted);
    for nothing in ["/lists/9", "/none", "", "/name/0"] {
        assert_eq!(less.without(nothing).unwrap().input(), less.input(), "{nothing}");
    }
    let due = form.fields.iter_mut().find(|field| field.shape == Shape::Date).unwrap();
    due.text = "soon".into();
    assert_eq!(form.without("/message").unwrap_err().sentence, "Choose a day.");
}

#[test]
fn what_is_endlessly_deep_ends_as_json() {
    let deep = (0..60).fold(json!(1), |inner, _| json!({ "a": inner }));
    let form = Form::of(&deep.to_string());
    assert!(form.fields.len() < 10, "{}", form.fields.len());
    assert_eq!(read(&form.input().unwrap()), deep);
}
