//! What a caller may ask: input that is wrong in every way.

use contract::{Code, TABLE};
use serde_json::{Value, json};

use super::{places, titles};
use crate::shell::{Shell, in_use, says, stand_in};

/// A command, its input, and the refusal that is wanted: code, field, words.
type Case<'a> = (&'a str, Value, Code, Option<&'a str>, &'a [&'a str]);

#[test]
fn bad_input_that_is_not_json() {
    let shell = Shell::new();
    for (text, part) in [
        ("theme: dark", "not JSON"),
        ("{\"theme\":\"dark\"", "not JSON"),
        ("{'theme':'dark'}", "not JSON"),
        ("{\"theme\":\"dark\"} and more", "not JSON"),
        ("\u{0}", "not JSON"),
        ("[]", "cannot be read"),
        ("null", "cannot be read"),
        ("\"dark\"", "cannot be read"),
        ("{\"theme\":1}", "cannot be read"),
        ("{\"theme\":\"purple\"}", "cannot be read"),
        ("{\"week_start\":-1}", "kind"),
        ("{\"week_start\":300}", "kind"),
        ("{\"week_start\":1.5}", "kind"),
        ("{\"colour\":\"red\"}", "colour"),
        ("{\"theme\":\"dark\",\"theme\":\"light\"}", "cannot be read"),
    ] {
        let answer = shell.tell_text(&["call", "settings.change", "-"], text);
        let fault = answer.refused(Code::Invalid);
        says(&fault, &["settings.change", part, "pm-os commands --json"]);
    }
    assert_eq!(shell.does("app.status", &json!({}))["settings"]["theme"], "system");
}

/// A field that no command has, and input of another shape, for every command of the table.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_that_no_command_knows() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let served = crate::program::serving::Served::start(&shell).await;
    for command in TABLE {
        for (input, field) in
            [(json!({ "not_a_field": 1 }), Some("not_a_field")), (json!([1, 2]), None), (json!(7), None)]
        {
            let answer = served.calls(command.name, &input).await;
            let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
            let fault: contract::Fault =
                serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}: {text}", command.name));
            assert_eq!((fault.code, status), (Code::Invalid, 422), "{} took {input}: {text}", command.name);
            if let Some(field) = field.filter(|_| !fault.message.contains("missing field")) {
                assert_eq!(fault.field.as_deref(), Some(field), "{}: {text}", command.name);
            }
            says(&fault, &[command.name]);
        }
    }
    assert_eq!(served.running.interrupted().await.status, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_that_breaks_a_rule() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let there = titles(&shell);
    let truth = sim.truth();
    let (list, project) = places(&sim);
    let called = |title: &str| in_use(&sim, title);
    let (todo, card) = (called("A to-do in use"), called("A card in use"));
    let (column, message) = (called("A column in use"), called("A message in use"));
    let nobody = json!(["1"]);
    let long = "x".repeat(10_001);
    let cases: Vec<Case> = vec![
        ("todo.create", json!({ "title": "x" }), Code::Invalid, Some("parent"), &["missing field"]),
        ("todo.create", json!({ "parent": list, "title": " \n " }), Code::Invalid, Some("title"), &["title is needed"]),
        (
            "todo.create",
            json!({ "parent": list, "title": long }),
            Code::Invalid,
            Some("title"),
            &["longer than 10000", "notes"],
        ),
        (
            "todo.create",
            json!({ "parent": list, "title": "x", "starts_on": "2026-12-02", "due_on": "2026-12-01" }),
            Code::Invalid,
            Some("due_on"),
            &["before it starts"],
        ),
        (
            "todo.create",
            json!({ "parent": list, "title": "x", "starts_on": "2026-12-02" }),
            Code::Invalid,
            Some("due_on"),
            &["due day"],
        ),
        ("todo.create", json!({ "parent": list, "title": "x", "due_on": "tomorrow" }), Code::Invalid, None, &["kind"]),
        (
            "todo.create",
            json!({ "parent": list, "title": "x", "due_on": "2026-02-30" }),
            Code::Invalid,
            None,
            &["kind"],
        ),
        (
            "todo.create",
            json!({ "parent": list, "title": "x", "assignees": nobody }),
            Code::Invalid,
            Some("assignees"),
            &["no person 1"],
        ),
        ("todo.create", json!({ "parent": list, "title": 7 }), Code::Invalid, None, &["kind"]),
        (
            "todo.create",
            json!({ "parent": message, "title": "x" }),
            Code::Invalid,
            Some("parent"),
            &["is a message", "needs a"],
        ),
        ("todo.create", json!({ "parent": "1", "title": "x" }), Code::NotFound, None, &["no item 1"]),
        ("todo.complete", json!({ "id": card }), Code::Invalid, Some("id"), &["is a card", "to-do"]),
        ("todo.complete", json!({ "id": "-5" }), Code::NotFound, None, &["no item"]),
        ("todo.complete", json!({ "id": "abc" }), Code::Invalid, None, &["kind"]),
        ("todo.update", json!({ "id": todo, "title": "" }), Code::Invalid, Some("title"), &["title is needed"]),
        (
            "todo.move",
            json!({ "id": todo, "parent": column, "position": 1 }),
            Code::Invalid,
            Some("parent"),
            &["column"],
        ),
        ("todo.move", json!({ "id": todo, "position": -1 }), Code::Invalid, None, &["kind"]),
        ("todo.assign", json!({ "id": todo, "assignees": nobody }), Code::Invalid, Some("assignees"), &["no person"]),
        ("card.create", json!({ "column": list, "title": "x" }), Code::Invalid, Some("column"), &["needs a"]),
        (
            "card.move",
            json!({ "id": card, "column": list, "position": 1 }),
            Code::Invalid,
            Some("column"),
            &["needs a"],
        ),
        ("step.complete", json!({ "id": todo, "completed": true }), Code::Invalid, Some("id"), &["step"]),
        ("comment.add", json!({ "item": todo, "body": "  " }), Code::Invalid, Some("body"), &["needs some words"]),
        ("comment.add", json!({ "item": column, "body": "x" }), Code::Invalid, Some("item"), &["comment"]),
        (
            "message.post",
            json!({ "project": project, "title": "" }),
            Code::Invalid,
            Some("title"),
            &["title is needed"],
        ),
        ("message.post", json!({ "project": "1", "title": "x" }), Code::NotFound, None, &["no project 1"]),
        (
            "schedule.add",
            json!({ "project": project, "title": "x", "span": { "unit": "days", "from": "2026-12-02", "to": "2026-12-01" } }),
            Code::Invalid,
            Some("span"),
            &["end before it starts"],
        ),
        ("item.show", json!({ "id": "1" }), Code::NotFound, None, &["no item 1"]),
        ("item.trash", json!({ "id": "1" }), Code::NotFound, None, &["no item 1"]),
        ("item.list", json!({ "limit": 0 }), Code::Invalid, Some("limit"), &["from 1 to 5000"]),
        ("item.list", json!({ "limit": 5001 }), Code::Invalid, Some("limit"), &["from 1 to 5000"]),
        ("item.list", json!({ "limit": -1 }), Code::Invalid, None, &["kind"]),
        ("item.list", json!({ "kinds": ["unicorn"] }), Code::Invalid, None, &["cannot be read"]),
        ("search.find", json!({ "query": "x", "limit": 201 }), Code::Invalid, Some("limit"), &["from 1 to 200"]),
        ("todo.lists", json!({ "project": "1" }), Code::NotFound, None, &["no project 1"]),
        ("board.show", json!({ "project": "1" }), Code::NotFound, None, &["no project 1"]),
        ("history.undo", json!({ "set": "999999" }), Code::NotFound, None, &["no change set"]),
        ("outbox.discard", json!({ "change": "999999" }), Code::NotFound, None, &["not waiting"]),
        (
            "settings.change",
            json!({ "time_zone": "Europe/Atlantis" }),
            Code::Invalid,
            Some("time_zone"),
            &["no time zone", "Europe/Amsterdam"],
        ),
        ("workspace.rename", json!({ "id": "1", "name": " " }), Code::Invalid, Some("name"), &["1 to 80"]),
        ("workspace.open", json!({ "id": "42" }), Code::NotFound, None, &["no workspace 42"]),
        ("vault.file", json!({ "passphrase": "short" }), Code::Invalid, Some("passphrase"), &["passphrase"]),
        (
            "signin.answer",
            json!({ "url": "pmos://oauth/callback?code=1" }),
            Code::NotFound,
            None,
            &["No sign-in is under way"],
        ),
    ];
    for (name, input, code, field, words) in cases {
        let answer = shell.call(name, &input);
        assert_ne!(answer.status, Some(0), "{name} took {input}: {}", answer.out);
        let fault = answer.fault();
        let short: String = input.to_string().chars().take(120).collect();
        assert_eq!(fault.code, code, "{name} {short}: {}", fault.message);
        assert_eq!(answer.status, Some(i32::from(code.exit_status())), "{name} {short}");
        if field.is_some() {
            assert_eq!(fault.field.as_deref(), field, "{name} {short}: {}", fault.message);
        }
        says(&fault, words);
    }
    assert_eq!(titles(&shell), there);
    assert_eq!(shell.does("outbox.list", &json!({})), json!([]));
    assert_eq!(sim.truth(), truth);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_words_that_mean_something_elsewhere() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let (list, _) = places(&sim);
    for query in
        ["\"", "a\" OR \"b", "*", "NEAR(", "title:x", "'; drop table recording; --", "%", "  ", "\u{202e}", "🦑"]
    {
        let found = shell.call("search.find", &json!({ "query": query }));
        assert_eq!(found.status, Some(0), "{query}: {found:?}");
    }
    for title in
        ["'; drop table outbox; --", "<script>alert(1)</script>", "\u{202e}backwards", "🦑 squid", "\\u0000 {}"]
    {
        let made = shell.does("todo.create", &json!({ "parent": list, "title": title }));
        assert_eq!(made["item"]["title"], title);
        assert_eq!(sim.truth().iter().filter(|fact| fact.title == title).count(), 1, "{title}");
    }
}
