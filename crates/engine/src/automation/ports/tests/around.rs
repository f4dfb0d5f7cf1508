//! Notifications, tables, and flows that flows call; and the pieces as forms are told of them.

use contract::{Code, FeedBody};
use flow::piece::{Options, PieceMetadata};
use flow::{Flow, PieceCall, Step, Trigger};
use runner::RunId;
use runner::pieces::{Filter, Flows as _, Note, Notices as _, TableFieldKind, Tables as _};
use serde_json::{Value, json};
use store::DataKind;

use super::{Place, key, run};

fn call(piece: &str, operation: &str, input: Value) -> PieceCall {
    PieceCall {
        piece: piece.into(),
        version: "0.1.0".into(),
        operation: operation.into(),
        input: input.as_object().cloned().unwrap_or_default(),
        ..PieceCall::default()
    }
}

#[tokio::test]
async fn a_notification_is_told_once_and_leads_only_where_it_may() {
    let place = Place::new().await;
    let since = place.engine.0.feed.newest();
    let note = |link: &str| Note { title: " Late ".into(), body: "Two\nlines".into(), link: link.into() };
    for _ in 0..2 {
        place.around.show(note("https://example.test/1"), &key("a")).await.unwrap();
    }
    place.around.show(note(""), &key("b")).await.unwrap();
    for bad in ["javascript:alert(1)", "file:///etc/passwd", "there", "-"] {
        assert!(place.around.show(note(bad), &key("c")).await.is_err(), "{bad}");
    }
    let heard = place.heard(since).await;
    let told: Vec<_> = heard.into_iter().filter(|event| matches!(event.body, FeedBody::Notification { .. })).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].workspace, Some(place.workspace));
    let link = Some("https://example.test/1".to_owned());
    assert_eq!(told[0].body, FeedBody::Notification { title: "Late".into(), body: "Two lines".into(), link });
}

#[tokio::test]
async fn tables_are_written_once_for_a_key_and_told_as_a_server_tells_them() {
    let place = Place::new().await;
    let columns = [("Name".to_owned(), DataKind::Text), ("Total".to_owned(), DataKind::Number)];
    let table = place.desk.store.add_table("Orders", &columns).await.unwrap().id.to_string();
    assert_eq!(place.around.tables().await.unwrap()[0].name, "Orders");
    let fields = place.around.fields(&table).await.unwrap();
    assert_eq!(fields[1].kind, TableFieldKind::Number);
    let (name, total) = (fields[0].id.clone(), fields[1].id.clone());
    let record = |text: &str| json!({ name.clone(): text }).as_object().cloned().unwrap();
    let made = place.around.create(&table, vec![record("Ada"), record("Ben")], &key("a")).await.unwrap();
    assert_eq!(place.around.create(&table, vec![record("Cyd")], &key("a")).await.unwrap(), made);
    assert_eq!(made[0]["cells"][&name]["value"], "Ada");
    assert_eq!(
        (&made[0]["cells"][&total]["value"], &made[0]["cells"][&total]["fieldName"]),
        (&json!(null), &json!("Total"))
    );
    let id = made[0]["id"].as_str().unwrap();
    let cells = json!({ total.clone(): "12" }).as_object().cloned().unwrap();
    let changed = place.around.update(&table, id, cells, &key("b")).await.unwrap();
    assert_eq!(place.around.get(&table, id).await.unwrap(), Some(changed));
    let above = Filter { field: total.clone(), operator: "gt".into(), value: "2".into() };
    assert_eq!(place.around.find(&table, std::slice::from_ref(&above), None).await.unwrap().len(), 1);
    assert_eq!(place.around.find(&table, &[], Some(1)).await.unwrap().len(), 1);
    let strange = Filter { operator: "like".into(), ..above };
    assert!(place.around.find(&table, &[strange], None).await.is_err());
    let cells = json!({ total: "many" }).as_object().cloned().unwrap();
    let refused = place.around.update(&table, id, cells, &key("c")).await.unwrap_err();
    assert!(refused.contains("Total") && refused.contains("many"), "{refused}");
    place.around.delete(&table, &[id.to_owned()], &key("d")).await.unwrap();
    assert_eq!(place.around.get(&table, id).await.unwrap(), None);
    place.around.clear(&table, &key("e")).await.unwrap();
    assert!(place.around.find(&table, &[], None).await.unwrap().is_empty());
    assert!(place.around.fields("99").await.is_err());
    assert!(place.around.fields("Orders").await.is_err());
}

#[tokio::test]
async fn flows_that_can_be_called_are_listed_and_one_call_is_one_run() {
    let place = Place::new().await;
    let callable = |sample: Value| {
        let mut flow = Flow::new("Quokka");
        let input = json!({ "mode": "simple", "exampleData": { "sampleData": sample } });
        flow.trigger = Trigger::piece("Callable Flow", call("@activepieces/piece-subflows", "callableFlow", input));
        let input = json!({ "text": "x" });
        flow.steps.push(Step::piece("step_1", "Tell", call("@pmos/piece-data", "nothing", input)));
        serde_json::to_string(&flow).unwrap()
    };
    let flow = place.does("flow.create", json!({ "name": "Called", "document": callable(json!({ "a": 1 })) })).await;
    let _ = place.does("flow.create", json!({ "name": "Another" })).await;
    let id = flow["flow"]["id"].as_str().unwrap();
    let listed = place.around.callable().await;
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!((listed[0].id.as_str(), listed[0].name.as_str(), listed[0].is_enabled), (id, "Called", false));
    assert_eq!(listed[0].sample, json!({ "a": 1 }));
    let child = RunId("child-1".into());
    let refused = place.around.start(id, child.clone(), json!({}), &run()).await.unwrap_err();
    assert!(refused.contains("Publish"), "{refused}");

    let id = listed[0].id.parse().unwrap();
    place.desk.store.publish_flow(id, 1, "[]").await.unwrap().unwrap();
    assert!(place.around.callable().await[0].is_enabled);
    for _ in 0..2 {
        place.around.start(&id.to_string(), child.clone(), json!({ "data": 1 }), &run()).await.unwrap();
    }
    let runs = place.does("run.list", json!({})).await;
    let begun = runs["runs"].as_array().unwrap().iter().filter(|run| run["flow"] == json!(id)).count();
    assert_eq!(begun, 1, "{runs}");
    assert!(place.desk.store.run_of_key("child-1").await.unwrap().is_some());
    for gone in ["99", "x"] {
        assert!(place.around.start(gone, child.clone(), json!({}), &run()).await.is_err());
    }
}

#[tokio::test]
async fn a_form_is_told_of_the_pieces_and_of_what_can_be_chosen() {
    let place = Place::new().await;
    let pieces = place.does("piece.list", json!({})).await;
    let names: Vec<&str> = pieces.as_array().unwrap().iter().map(|piece| piece["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"@activepieces/piece-http") && names.contains(&"@pmos/piece-basecamp"), "{names:?}");
    for piece in pieces.as_array().unwrap() {
        let described: PieceMetadata = serde_json::from_str(piece["metadata"].as_str().unwrap()).unwrap();
        assert_eq!(json!(described.name), piece["name"]);
        let on_server = piece["places"].as_array().unwrap().contains(&json!("server"));
        assert_eq!(on_server, !described.name.starts_with("@pmos/"), "{}", described.name);
    }
    let shown = place.does("piece.show", json!({ "name": "@activepieces/piece-http", "version": "9.9.9" })).await;
    assert_eq!(shown["name"], "@activepieces/piece-http");
    let fault = place.says("piece.show", json!({ "name": "@activepieces/piece-gone" })).await.unwrap_err();
    assert_eq!(fault.code, Code::NotFound);

    let mut flow = Flow::new("Quokka");
    flow.steps.push(Step::piece("step_1", "Make", call("@pmos/piece-basecamp", "create_todo", json!({}))));
    flow.steps.push(Step::piece("step_2", "Ask", call("@activepieces/piece-http", "send_request", json!({}))));
    flow.steps.push(Step::loop_on("step_3", "Each", ""));
    let document = serde_json::to_string(&flow).unwrap();
    let flow = place.does("flow.create", json!({ "name": "Form", "document": document })).await;
    let id = flow["flow"]["id"].clone();
    let ask = |step: &str, field: &str, input: Value| json!({ "id": id, "step": step, "field": field, "input": input.to_string() });
    let told = place.does("piece.choices", ask("step_1", "parent", json!({}))).await;
    let options: Options = serde_json::from_str(told["options"].as_str().unwrap()).unwrap();
    assert!(options.disabled && options.placeholder.unwrap().contains("project"), "a project comes first");
    let told = place.does("piece.choices", ask("step_1", "project", json!({}))).await;
    let options: Options = serde_json::from_str(told["options"].as_str().unwrap()).unwrap();
    let project = options.options[0].value.clone();
    let told = place.does("piece.choices", ask("step_1", "parent", json!({ "project": project }))).await;
    let options: Options = serde_json::from_str(told["options"].as_str().unwrap()).unwrap();
    assert!(!options.disabled);
    let told = place.does("piece.choices", ask("step_2", "authFields", json!({ "authType": "BEARER_TOKEN" }))).await;
    assert!(told["fields"].as_str().unwrap().contains("token") && told["options"] == "", "{told}");
    for (step, code) in [("step_9", Code::NotFound), ("step_3", Code::Invalid), ("trigger", Code::Invalid)] {
        let fault = place.says("piece.choices", ask(step, "x", json!({}))).await.unwrap_err();
        assert_eq!(fault.code, code, "{step}: {}", fault.message);
    }
    let broken = json!({ "id": id, "step": "step_1", "field": "parent", "input": "{" });
    assert_eq!(place.says("piece.choices", broken).await.unwrap_err().field.as_deref(), Some("input"));
}

#[tokio::test]
async fn ports_open_no_workspace_that_was_closed() {
    let place = Place::new().await;
    place.engine.0.desks.lock().await.remove(&place.workspace);
    assert!(place.around.tables().await.unwrap_err().contains("closed"));
    assert!(place.engine.0.desks.lock().await.is_empty());
}
