#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{FlowId, ProjectId};

use super::*;

const PLACES: [Place; 3] = [Place::Workspace, Place::Records, Place::Studio];

fn text(place: Place) -> String {
    let told = |tool: &ToolSpec| {
        json!({ "name": tool.wire_name(), "description": tool.description, "input_schema": tool.schema }).to_string()
    };
    specs(place).iter().map(told).collect::<Vec<_>>().join(",")
}

#[test]
fn twenty_to_forty_tools_of_at_most_8000_tokens_wherever_the_person_is() {
    for place in PLACES {
        let specs = specs(place);
        assert!((20..=40).contains(&specs.len()), "{place:?}: {} tools", specs.len());
        // The estimate is on the safe side for prose; of JSON a token is about three bytes too.
        let tokens = agent::prompt::tokens(&text(place));
        assert!(tokens <= 8_000, "{place:?}: {tokens} tokens");
    }
}

#[test]
fn every_tool_is_told_of_somewhere() {
    for command in TABLE.iter().filter(|command| command.tool) {
        let told = PLACES.iter().any(|place| specs(*place).iter().any(|tool| tool.name == command.name));
        assert!(told, "nobody is told of {}", command.name);
    }
}

#[test]
fn what_is_on_the_screen_decides() {
    let flow = Seen::Flow { id: FlowId(1), name: "Late".into() };
    let project = Seen::Project { id: ProjectId(1), name: "Fair".into() };
    let screen = |name: &str| Seen::Screen { name: name.into() };
    assert_eq!(Place::of(&[]), Place::Workspace);
    assert_eq!(Place::of(&[project.clone(), screen("today")]), Place::Workspace);
    assert_eq!(Place::of(&[screen("history")]), Place::Records);
    assert_eq!(Place::of(&[screen("sync")]), Place::Records);
    assert_eq!(Place::of(&[project, screen("history"), flow]), Place::Studio);
    let has = |place: Place, name: &str| specs(place).iter().any(|tool| tool.name == name);
    for (name, workspace, studio) in [
        ("flow.propose", true, true),
        ("flow.list", true, true),
        ("flow.publish", false, true),
        ("piece.find", false, true),
        ("todo.create", true, false),
        ("step.complete", true, false),
        ("task.find", true, true),
    ] {
        assert_eq!((has(Place::Workspace, name), has(Place::Studio, name)), (workspace, studio), "{name}");
    }
}

#[test]
fn what_a_model_needs_is_there_and_what_it_does_not_is_not() {
    for place in PLACES {
        let text = text(place);
        for noise in ["$schema", "$defs", "$ref", "additionalProperties", "\"default\"", "CreateTodo"] {
            assert!(!text.contains(noise), "{place:?}: {noise}");
        }
    }
    let specs = specs(Place::Workspace);
    let of = |name: &str| specs.iter().find(|tool| tool.name == name).unwrap().schema.clone();
    let update = of("todo.update");
    assert_eq!(update["required"], json!(["id"]));
    assert_eq!(update["properties"]["id"], json!({ "type": "string", "description": "The to-do." }));
    assert_eq!(update["properties"]["due_on"]["type"], json!(["string", "null"]), "null clears it");
    assert_eq!(update["properties"]["title"]["type"], json!("string"));
    assert_eq!(update["properties"]["assignees"]["items"], json!({ "type": "string" }));
    let find = of("task.find");
    assert!(find["properties"]["kinds"]["items"]["enum"].as_array().unwrap().contains(&json!("card")));
    assert_eq!(find["properties"]["due_to"]["format"], json!("date"));
    let span = &of("schedule.add")["properties"]["span"];
    assert_eq!(span["oneOf"][0]["required"], json!(["unit", "from", "to"]));
    let undo = of("history.undo");
    assert_eq!(undo["properties"]["choice"]["enum"], json!(["keep-theirs", "take-mine"]));
    let edits = &of("flow.propose")["properties"]["edits"]["items"]["oneOf"];
    assert_eq!(edits[1]["properties"]["edit"]["const"], json!("step"));
    assert!(edits[1]["properties"]["at"]["description"].is_string(), "it is said once");
    assert!(edits[2]["properties"]["at"]["description"].is_null(), "and once only: {edits}");
}
