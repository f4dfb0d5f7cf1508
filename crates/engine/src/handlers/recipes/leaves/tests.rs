#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::TABLE;
use serde_json::json;

use super::super::super::plan::may_be_step;
use super::*;

fn told(command: &str, input: &Value) -> Vec<(String, VariableKind, String)> {
    let found = leaves(contract::find(command).unwrap(), input);
    for leaf in &found {
        assert!(input.pointer(&leaf.at).is_some(), "{} points at nothing", leaf.at);
    }
    let mut found: Vec<_> = found.into_iter().map(|leaf| (leaf.at, leaf.kind, leaf.value)).collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn leaf(at: &str, kind: VariableKind, value: &str) -> (String, VariableKind, String) {
    (at.into(), kind, value.into())
}

#[test]
fn the_schema_says_what_a_value_is_whatever_it_looks_like() {
    use VariableKind::{Day, Item, Person, Project, Text};
    let update =
        json!({ "id": 12, "title": "2026-11-24", "due_on": "2026-11-24", "starts_on": null, "assignees": ["7", 8] });
    assert_eq!(
        told("todo.update", &update),
        [
            leaf("/assignees/0", Person, "7"),
            leaf("/assignees/1", Person, "8"),
            leaf("/due_on", Day, "2026-11-24"),
            leaf("/id", Item, "12"),
            leaf("/title", Text, "2026-11-24"),
        ]
    );
    assert_eq!(
        told("todo.move", &json!({ "id": "1", "parent": "9007199254740993", "position": 2 })),
        [leaf("/id", Item, "1"), leaf("/parent", Item, "9007199254740993")]
    );
    assert_eq!(told("todo.move", &json!({ "id": "1", "parent": null, "position": 2 })).len(), 1);
    let days = json!({ "unit": "days", "from": "2026-11-24", "to": "2026-11-25" });
    let entry = json!({ "project": "3", "title": "Fair", "span": days });
    assert_eq!(
        told("schedule.add", &entry),
        [
            leaf("/project", Project, "3"),
            leaf("/span/from", Day, "2026-11-24"),
            leaf("/span/to", Day, "2026-11-25"),
            leaf("/title", Text, "Fair"),
        ]
    );
    let hours = json!({ "unit": "hours", "from": "2026-11-24T09:00:00Z", "to": "2026-11-24T10:00:00Z" });
    let entry = json!({ "project": "3", "title": "Fair", "span": hours });
    assert_eq!(told("schedule.add", &entry).len(), 2, "instants are no days");
    let project =
        json!({ "name": "X", "lists": [{ "title": "L", "todos": [{ "title": "T", "due_on": "2026-11-24" }] }] });
    assert!(told("project.create", &project).contains(&leaf("/lists/0/todos/0/due_on", Day, "2026-11-24")));
}

#[test]
fn nonsense_has_no_leaves() {
    for command in TABLE.iter().filter(|command| may_be_step(command)) {
        for input in [json!(null), json!([]), json!("x"), json!({}), json!({ "id": {}, "parent": [[]], "span": 1 })] {
            assert!(told(command.name, &input).iter().all(|(at, ..)| at.is_empty()), "{} {input}", command.name);
        }
    }
}
