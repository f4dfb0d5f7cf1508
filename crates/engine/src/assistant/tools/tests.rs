#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn text() -> String {
    let told = |tool: &ToolSpec| {
        json!({ "name": tool.wire_name(), "description": tool.description, "input_schema": tool.schema }).to_string()
    };
    specs().iter().map(told).collect::<Vec<_>>().join(",")
}

#[test]
fn twenty_to_forty_tools_of_at_most_8000_tokens() {
    let specs = specs();
    assert!((20..=40).contains(&specs.len()), "{} tools", specs.len());
    // The estimate is on the safe side for prose; of JSON a token is about three bytes too.
    let tokens = agent::prompt::tokens(&text());
    assert!(tokens <= 8_000, "{tokens} tokens");
}

#[test]
fn what_a_model_needs_is_there_and_what_it_does_not_is_not() {
    let text = text();
    for noise in ["$schema", "$defs", "$ref", "additionalProperties", "\"default\"", "CreateTodo"] {
        assert!(!text.contains(noise), "{noise}");
    }
    let specs = specs();
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
}
