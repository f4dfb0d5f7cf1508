use std::collections::BTreeSet;

use flow::piece::PropertyKind;
use serde_json::{Value, json};

use super::desk::{brings, one, options, plain};
use super::kit::{code, flow, step_of};
use crate::trigger::EventKind;
use crate::{RunId, RunStatus, Standing, Wait};

const BASECAMP: &str = "@pmos/piece-basecamp";
const TABLES: &str = "@activepieces/piece-tables";
const SUBFLOWS: &str = "@activepieces/piece-subflows";

/// An input with something for every property of an action.
fn filled(operation: &flow::piece::Operation) -> Value {
    let value = |name: &str, kind: PropertyKind| match kind {
        PropertyKind::MultiSelectDropdown => json!(["7", "8"]),
        PropertyKind::Number => json!(2),
        PropertyKind::Checkbox => json!(true),
        PropertyKind::DateTime => json!("2026-11-21T09:00:00Z"),
        _ if name.ends_with("_on") => json!("2026-11-21"),
        _ if matches!(kind, PropertyKind::Dropdown) => json!("9007199254740993"),
        _ => json!("text"),
    };
    operation
        .props
        .iter()
        .map(|(name, property)| (name.clone(), value(name, property.kind)))
        .collect::<crate::Map>()
        .into()
}

/// Every action gives a command of the table, and the command reads what it is given.
#[tokio::test]
async fn every_basecamp_action_is_a_command_of_the_table() {
    let (kit, app) = plain();
    let described = kit.runner.pieces.metadata(BASECAMP).unwrap().clone();
    for (name, operation) in described.actions.iter() {
        brings(&kit, BASECAMP, name, filled(operation)).await.unwrap();
        let (command, input) = app.said.lock().unwrap().last().unwrap().clone();
        let line =
            contract::commands::find(&command).unwrap_or_else(|| panic!("{name} gives {command}, which is no command"));
        let unread = unread(&command, &input);
        assert_eq!(unread, BTreeSet::new(), "{name}: {} does not read these of {input}", line.name);
    }
    let given: BTreeSet<String> = app.said.lock().unwrap().iter().map(|(command, _)| command.clone()).collect();
    let writes = contract::commands::TABLE.iter().map(|line| line.name);
    let starts = [
        "todo.",
        "card.",
        "list.",
        "column.",
        "step.",
        "comment.",
        "message.",
        "schedule.",
        "item.t",
        "item.r",
        "project.c",
    ];
    let reads = ["todo.lists"];
    let missing: Vec<&str> = writes
        .filter(|name| {
            starts.iter().any(|start| name.starts_with(start)) && !reads.contains(name) && !given.contains(*name)
        })
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "every write has an action");
}

/// What a command is given and does not give back when it is written again: it did not read that.
fn unread(command: &str, input: &Value) -> BTreeSet<String> {
    fn again<T: serde::de::DeserializeOwned + serde::Serialize>(input: &Value) -> Value {
        serde_json::to_value(
            serde_json::from_value::<T>(input.clone()).unwrap_or_else(|error| panic!("{error}: {input}")),
        )
        .unwrap()
    }
    let read = match command {
        "project.create" => again::<contract::commands::CreateProject>(input),
        "list.create" => again::<contract::commands::CreateList>(input),
        "column.create" => again::<contract::commands::CreateColumn>(input),
        "todo.create" => again::<contract::commands::CreateTodo>(input),
        "todo.update" => again::<contract::commands::UpdateTodo>(input),
        "todo.complete" => again::<contract::commands::CompleteTodo>(input),
        "todo.uncomplete" => again::<contract::commands::UncompleteTodo>(input),
        "todo.move" => again::<contract::commands::MoveTodo>(input),
        "todo.assign" => again::<contract::commands::AssignTodo>(input),
        "card.create" => again::<contract::commands::CreateCard>(input),
        "card.update" => again::<contract::commands::UpdateCard>(input),
        "card.move" => again::<contract::commands::MoveCard>(input),
        "step.complete" => again::<contract::commands::CompleteStep>(input),
        "comment.add" => again::<contract::commands::AddComment>(input),
        "message.post" => again::<contract::commands::PostMessage>(input),
        "schedule.add" => again::<contract::commands::AddScheduleEntry>(input),
        "item.trash" => again::<contract::commands::TrashItem>(input),
        "item.restore" => again::<contract::commands::RestoreItem>(input),
        other => panic!("{other} is not known to this test"),
    };
    let (given, read) = (input.as_object().unwrap(), read.as_object().unwrap());
    given.keys().filter(|name| !read.contains_key(*name)).cloned().collect()
}

#[tokio::test]
async fn basecamp_gets_one_key_per_step_and_only_what_was_filled_in() {
    let (kit, app) = plain();
    let input = json!({ "project": "1", "id": "42", "title": "", "due_on": "2026-11-23T00:00:00Z", "body": null });
    let run = one(&kit, BASECAMP, "update_todo", input).await;
    assert_eq!(run.status(), RunStatus::Succeeded);
    assert_eq!(app.said.lock().unwrap()[0], ("todo.update".into(), json!({ "id": "42", "due_on": "2026-11-23" })));
    assert_eq!(app.keys.lock().unwrap()[0], crate::Key::of(run.id(), "a", &[]).as_str());
    for (action, input, word) in [
        ("complete_todo", json!({}), "To-do is empty"),
        ("reschedule_todo", json!({ "id": "1", "due_on": "tomorrow" }), "“tomorrow” is no day"),
        ("create_todo", json!({ "parent": "1", "title": "refuse" }), "The list is gone"),
        ("move_card", json!({ "id": "1", "column": "2", "position": "high" }), "position has to be a number"),
    ] {
        let error = brings(&kit, BASECAMP, action, input).await.unwrap_err();
        assert!(error.contains(word), "{error}");
    }
}

#[tokio::test]
async fn every_dropdown_of_basecamp_can_be_filled() {
    let (kit, _) = plain();
    let described = kit.runner.pieces.metadata(BASECAMP).unwrap().clone();
    let project = json!({ "project": "1", "projects": ["1"] });
    for operations in [&described.actions, &described.triggers] {
        for (name, operation) in operations.iter() {
            let dropdowns = operation.props.iter().filter(|(_, property)| {
                matches!(property.kind, PropertyKind::Dropdown | PropertyKind::MultiSelectDropdown)
            });
            for (property, _) in dropdowns {
                let found = options(&kit, BASECAMP, name, property, project.clone()).await;
                assert_eq!(found["options"]["options"].as_array().map(Vec::len), Some(1), "{name} {property}: {found}");
            }
        }
    }
    let cards = json!({ "projects": ["1"], "items": ["Kanban::Card"] });
    let columns = options(&kit, BASECAMP, "item_moved", "parents", cards).await;
    assert!(columns["options"]["options"][0]["label"].as_str().unwrap().starts_with("Columns of Some(\"1\")"));
    let early = options(&kit, BASECAMP, "create_todo", "parent", json!({})).await;
    assert_eq!(early["options"]["placeholder"], "Choose a project first.");
    assert_eq!(described.triggers.len(), EventKind::ALL.len());
}

#[tokio::test]
async fn tables_read_and_write_as_on_a_server() {
    let (kit, app) = plain();
    let table = json!({ "table_id": "t1" });
    let dropdown = options(&kit, TABLES, "tables-create-records", "table_id", json!({})).await;
    assert_eq!(dropdown["options"]["options"][0], json!({ "label": "Orders", "value": "t1" }));
    let fields = options(&kit, TABLES, "tables-create-records", "values", table.clone()).await;
    let cells = &fields["options"]["values"]["properties"];
    assert_eq!(
        (&cells["name"]["type"], &cells["total"]["type"], &cells["state"]["type"]),
        (&json!("SHORT_TEXT"), &json!("NUMBER"), &json!("STATIC_DROPDOWN"))
    );
    assert_eq!(cells["state"]["options"]["options"][1]["value"], "new");
    let gone = options(&kit, TABLES, "tables-create-records", "values", json!({ "table_id": "t9" })).await;
    assert_eq!(gone["options"], json!({}));
    let rows = json!({ "table_id": "t1", "values": { "values": [{ "name": "Ada", "total": 108, "state": "" }, { "name": "Ben" }] } });
    brings(&kit, TABLES, "tables-create-records", rows).await.unwrap();
    let made = json!(["t1", [{ "name": "Ada", "total": "108" }, { "name": "Ben" }]]);
    assert_eq!(app.said.lock().unwrap()[0], ("create".into(), made), "cells are texts");
    let change = json!({ "table_id": "t1", "record_id": "r1", "values": { "state": "done", "name": "" } });
    brings(&kit, TABLES, "tables-update-record", change).await.unwrap();
    assert_eq!(app.said.lock().unwrap()[1].1, json!(["t1", "r1", { "state": "done" }]));
    let find = json!({ "table_id": "t1", "limit": 5, "filters": { "filters": [{ "field": "name", "operator": "eq", "value": "Ada" }, {}] } });
    let found = brings(&kit, TABLES, "tables-find-records", find).await.unwrap();
    assert!(found[0][1].as_str().unwrap().contains("\"name\"") && found[0][2] == 5, "{found}");
    let none = json!({ "table_id": "t1", "record_id": "r9" });
    assert!(brings(&kit, TABLES, "tables-get-record", none).await.unwrap_err().contains("no such record"));
    brings(&kit, TABLES, "tables-delete-record", json!({ "table_id": "t1", "records_ids": ["r1", "r2"] }))
        .await
        .unwrap();
    brings(&kit, TABLES, "tables-clear-table", table).await.unwrap();
    assert_eq!(app.said.lock().unwrap().last().unwrap().0, "clear");
}

#[tokio::test]
async fn notifications_models_and_the_agent_are_asked() {
    let (kit, app) = plain();
    brings(&kit, "@pmos/piece-notification", "show", json!({ "title": "Late", "body": "x" })).await.unwrap();
    assert_eq!(app.said.lock().unwrap()[0].1, json!(["Late", "x", ""]));
    let asked = json!({ "prompt": "Sum it up", "schema": "{\"type\":\"object\"}" });
    let answer = brings(&kit, "@pmos/piece-ai", "prompt", asked).await.unwrap();
    assert_eq!(answer["answer"], json!({ "said": "Sum it up", "schema": { "type": "object" } }));
    assert!(
        brings(&kit, "@pmos/piece-ai", "prompt", json!({ "prompt": "fail" })).await.unwrap_err().contains("Try again")
    );
    assert!(
        brings(&kit, "@pmos/piece-ai", "prompt", json!({ "prompt": "x", "schema": "{" }))
            .await
            .unwrap_err()
            .contains("no JSON")
    );
    brings(&kit, "@pmos/piece-ai", "agent", json!({ "goal": "Tidy up", "material": { "a": 1 } })).await.unwrap();
    assert_eq!(app.said.lock().unwrap()[1], ("agent".into(), json!(["Tidy up", { "a": 1 }])));
    let models = options(&kit, "@pmos/piece-ai", "prompt", "model", json!({})).await;
    assert_eq!(models["options"]["options"][0]["label"], "Usual");
}

#[tokio::test]
async fn a_flow_calls_another_and_waits_for_it() {
    let (kit, app) = plain();
    let chosen = options(&kit, SUBFLOWS, "callFlow", "flow", json!({})).await["options"]["options"].clone();
    assert_eq!((&chosen[0]["label"], &chosen[1]["label"]), (&json!("F1"), &json!("F2 (inactive)")));
    let fields =
        options(&kit, SUBFLOWS, "callFlow", "flowProps", json!({ "flow": chosen[0]["value"], "mode": "advanced" }))
            .await;
    assert_eq!(
        (&fields["options"]["payload"]["type"], &fields["options"]["payload"]["defaultValue"]),
        (&json!("JSON"), &json!({ "a": 1 }))
    );
    let input = json!({ "flow": chosen[0]["value"], "flowProps": { "payload": { "n": 1 } }, "waitForResponse": true });
    let steps = vec![
        step_of(SUBFLOWS, "a", "callFlow", input),
        code("b", "export const code = (i) => i.x;", json!({ "x": "{{a['output']['data']}}" })),
    ];
    let flow = flow(steps);
    let mut run = kit.run(&flow, json!({})).await;
    let child = RunId(format!("{}-1", crate::Key::of(run.id(), "a", &[])));
    assert_eq!(app.said.lock().unwrap()[0].1, json!(["f1", child, { "data": { "n": 1 } }, "run-1"]));
    assert_eq!(kit.advance(&mut run).await, Standing::Waits(Some(Wait::Flow { run: child.clone() })));
    kit.others.0.lock().unwrap().insert(child, Ok(json!({ "status": "success", "data": 42 })));
    assert_eq!(kit.advance(&mut run).await, Standing::Ended(RunStatus::Succeeded));
    assert_eq!(run.steps()["b"]["output"], 42);
    let off = json!({ "flow": { "externalId": "off" }, "flowProps": {} });
    assert!(brings(&kit, SUBFLOWS, "callFlow", off).await.unwrap_err().contains("Enable it"));
    let (kit, _) = plain();
    let run = one(&kit, SUBFLOWS, "returnResponse", json!({ "response": { "response": { "ok": 1 } } })).await;
    assert_eq!(run.response().unwrap().body, json!({ "ok": 1 }));
}

#[tokio::test]
async fn delays_approvals_and_answers_are_those_of_a_server() {
    let (kit, _) = plain();
    let delay = "@activepieces/piece-delay";
    let mut run = one(&kit, delay, "delayFor", json!({ "unit": "minutes", "delayFor": "2.5" })).await;
    let at = "2026-11-21T09:02:30Z".parse().unwrap();
    assert_eq!(kit.advance(&mut run).await, Standing::Sleeps(at));
    kit.clock.set(at);
    kit.advance(&mut run).await;
    assert_eq!(run.steps()["a"]["output"], json!({ "delayForInMs": 150_000, "success": true }));
    let past = brings(&kit, delay, "delay_until", json!({ "delayUntilTimestamp": "2026-11-20" })).await.unwrap();
    assert_eq!(past, json!({ "delayTill": "2026-11-20T00:00:00Z", "success": true }));
    assert!(
        brings(&kit, delay, "delay_until", json!({ "delayUntilTimestamp": "soon" }))
            .await
            .unwrap_err()
            .contains("cannot be read")
    );
    assert!(brings(&kit, delay, "delayFor", json!({ "delayFor": -1 })).await.unwrap_err().contains("not below zero"));
    assert!(brings(&kit, delay, "delayFor", json!({ "delayFor": 1e300 })).await.unwrap_err().contains("too long"));

    let (kit, _) = plain();
    let mut run = one(&kit, "@activepieces/piece-approval", "wait_for_approval", json!({})).await;
    assert_eq!((run.status(), &run.steps()["a"]["output"]), (RunStatus::Paused, &json!({ "approved": true })));
    assert!(kit.runner.approve(&mut run, false).await.unwrap());
    assert_eq!(run.steps()["a"]["output"], json!({ "approved": false }));

    let webhook = "@activepieces/piece-webhook";
    for (input, status, body) in [
        (
            json!({ "responseType": "json", "fields": { "status": 201, "headers": { "x": "1" }, "body": { "a": 1 } } }),
            201,
            json!({ "a": 1 }),
        ),
        (json!({ "responseType": "raw", "fields": { "body": 5 }, "respond": "respond" }), 200, json!("5")),
        (json!({ "responseType": "redirect", "fields": { "body": "https://example.org" } }), 301, Value::Null),
    ] {
        let (kit, _) = plain();
        let run = one(&kit, webhook, "return_response", input).await;
        let response = run.response().unwrap();
        assert_eq!((response.status, &response.body), (status, &body));
    }
    let (kit, _) = plain();
    assert!(
        brings(&kit, webhook, "return_response", json!({ "fields": { "status": 99 } }))
            .await
            .unwrap_err()
            .contains("100 to 599")
    );
    let shown =
        brings(&kit, "@activepieces/piece-forms", "return_response", json!({ "markdown": "*Thanks*" })).await.unwrap();
    assert_eq!(shown, json!({ "type": "markdown", "value": "*Thanks*", "files": [] }));
}

/// What the pieces say of themselves is read back as it was said, and names what Activepieces calls so.
#[tokio::test]
async fn descriptions_are_in_the_form_of_activepieces() {
    let (kit, _) = plain();
    let mut names = BTreeSet::new();
    for described in kit.runner.pieces.described() {
        let text = serde_json::to_string(described).unwrap();
        assert_eq!(&serde_json::from_str::<flow::piece::PieceMetadata>(&text).unwrap(), described);
        assert!(names.insert(described.name.clone()), "{}", described.name);
        assert!(described.name.starts_with("@pmos/piece-") || described.name.starts_with("@activepieces/piece-"));
        assert!(!described.actions.is_empty() || !described.triggers.is_empty(), "{}", described.name);
        for (name, operation) in described.actions.iter().chain(described.triggers.iter()) {
            assert_eq!(*name, operation.name);
            assert!(
                !operation.display_name.is_empty() && operation.description.ends_with('.'),
                "{} {name}",
                described.name
            );
            for (field, property) in operation.props.iter() {
                assert_ne!(property.kind, PropertyKind::Unknown, "{name} {field}");
                let known = |other: &String| operation.props.get(other).is_some() || other == "auth";
                assert!(property.refreshers.iter().all(known), "{name} {field}");
            }
        }
    }
    assert_eq!(names.len(), 19);
}
