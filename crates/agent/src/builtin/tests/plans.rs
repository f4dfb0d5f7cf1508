//! Whole projects, recipes, decisions, drafts and the hours of the day.

use jiff::civil::time;
use serde_json::json;

use super::company::{person, project};
use super::desk::Desk;

fn says(text: &str) -> super::desk::Told {
    Desk::new().says(text)
}

#[test]
fn a_project_is_planned_in_one_call_or_not_at_all() {
    let told = says(
        "Create a project for the summer fair with two lists: \"Research and development\" and Press, and three columns",
    );
    assert_eq!(told.steps.len(), 1, "{told:?}");
    let input = &told.steps[0][0].1;
    assert_eq!(input["lists"], json!([{ "title": "Research and development" }, { "title": "Press" }]));
    assert_eq!(input["columns"], json!([{ "title": "To do" }, { "title": "In progress" }, { "title": "In review" }]));
    let told = says(
        "Create a project for the fair with a list Guests containing Make a list of guests, Book venue by 5 December for me",
    );
    let todos = &told.steps[0][0].1["lists"][0]["todos"];
    assert_eq!(
        *todos,
        json!([
            { "title": "Make a list of guests" },
            { "title": "Book venue", "due_on": "2026-12-05", "assignees": [super::company::ME.to_string()] },
        ])
    );
    for unclear in [
        "Create a project for the fair with unicorns",
        "Create a project for the fair with 500 lists",
        "Create a project for the fair with lists",
        "Create a project for the fair with three lists: One and Two",
        "Create a project for the fair with lists Design and Launch containing Book venue and Order flyers",
        "Create a project for the fair with a list Launch containing Book venue due 12/01",
        "Create a project for the fair with a list Launch containing Book venue for our designer",
        "Create a project for the fair with Zebediah and lists One and Two",
    ] {
        let told = says(unclear);
        assert!(told.writes().is_empty(), "{unclear}: {told:?}");
        assert!(told.answer.contains('?') || told.answer.contains("Nothing was changed"), "{unclear}: {}", told.answer);
    }
}

#[test]
fn a_denied_plan_is_told_as_not_done() {
    let mut desk = Desk::new();
    desk.denies = Some("project.create".into());
    let told = desk.says("Create a project for the summer fair with three lists");
    assert_eq!(told.answer, "You said no. Nothing was changed.");
    let mut desk = Desk::new();
    desk.denies = Some("recipe.run".into());
    assert_eq!(desk.says("Run weekly setup").answer, "You said no. Nothing was changed.");
}

#[test]
fn a_recipe_runs_with_what_is_said_and_else_as_it_was_kept() {
    let values = |told: &super::desk::Told| {
        let (_, input) = told.all().find(|(tool, _)| tool == "recipe.run").cloned().unwrap();
        let values = input["values"].as_array().unwrap().clone();
        values.iter().map(|given| given["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (kwame, priya) = (person("Kwame").to_string(), person("Priya").to_string());
    let (office, website) = (project("Office").to_string(), project("Website").to_string());
    assert_eq!(values(&says("Run weekly setup")), [kwame.as_str(), office.as_str(), "+3"]);
    assert_eq!(
        values(&says("Run \"weekly setup\" for Priya in the website project on Friday")),
        [priya.as_str(), website.as_str(), "2026-11-20"]
    );
    for unclear in [
        "Run weekly setup with person = Zebediah",
        "Run weekly setup with day = Blursday",
        "Run weekly setup with person = our designer",
        "Run weekly setup with person = Priya and person = Kwame",
        "Run weekly setup with colour = green",
        "Run weekly setup for the moon",
        "Run weekly setup with person =",
        "Run monthly setup",
    ] {
        let told = says(unclear);
        assert!(told.writes().is_empty(), "{unclear}: {told:?}");
    }
    let told = says("What would run weekly setup do?");
    assert!(told.writes().is_empty(), "a question runs a recipe");
}

#[test]
fn what_a_recipe_or_a_plan_did_is_taken_back_newest_first() {
    let mut desk = Desk::new();
    desk.says("Run weekly setup");
    let told = desk.says("Undo what you just did");
    let sets: Vec<_> = told.steps[0].iter().map(|(_, input)| input["set"].clone()).collect();
    assert_eq!(sets, [json!("2"), json!("1")], "{told:?}");
}

#[test]
fn recipes_are_kept_from_this_conversation_or_from_ones_own_changes() {
    let mut desk = Desk::new();
    desk.says("Complete \"Switch the domain over\"");
    let told = desk.says("Save what you just did as a recipe");
    assert!(told.answer.starts_with("What should it be called?"), "{}", told.answer);
    let told = desk.says("Monday round");
    assert_eq!(told.steps[0][0].1, json!({ "name": "Monday round", "sets": ["1"] }));
    let told = says("Save my last nine changes as a recipe called Round");
    assert!(told.writes().is_empty() && told.answer.contains("only 2"), "{}", told.answer);
    assert!(says("Save my last 99 changes as a recipe called Round").writes().is_empty());
}

#[test]
fn a_draft_shows_what_holds_with_its_sources_and_what_was_left_out() {
    let told = says("Draft a retrospective for Website relaunch");
    assert!(told.writes().is_empty());
    let draft = &told.steps[1][0].1;
    for sentence in draft["sentences"].as_array().unwrap() {
        assert!(!sentence["sources"].as_array().unwrap().is_empty(), "{sentence}");
    }
    assert!(told.answer.contains("[Set up the staging server](item:"), "{}", told.answer);
    assert!(told.answer.contains("Left out, because its sources do not say so:"), "{}", told.answer);
    assert!(told.answer.contains("Decided: “We decided to launch on 1 December.”"), "{}", told.answer);
}

#[test]
fn the_end_of_the_day_is_the_end_of_the_working_hours() {
    let mut desk = Desk::new();
    desk.world.working_hours = contract::Hours { from: time(8, 0, 0, 0), to: time(16, 30, 0, 0) };
    let told = desk.says("Add a to-do \"Call the printer\" to Media plan by end of day");
    assert_eq!(told.steps[0][0].1["due_on"], "2026-11-18");
    assert!(told.answer.contains("your working day ends at 16:30"), "{}", told.answer);
    let told = desk.says("Schedule \"Design review\" in the website project on Friday at the end of the day");
    assert_eq!(told.steps[0][0].1["span"]["from"], "2026-11-20T16:30:00Z", "{told:?}");
    let told = desk.says("What should I work on?");
    assert!(
        told.answer.contains("Your working day ends at 16:30: 6 hours and 30 minutes from now."),
        "{}",
        told.answer
    );
}
