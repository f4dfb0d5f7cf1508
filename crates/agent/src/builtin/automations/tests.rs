#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::commands::{FlowOutline, RunFailure};
use contract::{FlowId, Seen};
use serde_json::{Value, json};

use super::PROMISED;
use crate::builtin::examples;
use crate::builtin::tests::desk::flows::step;
use crate::builtin::tests::desk::{Desk, Told};

/// The proposal of a reply, if it made one.
fn proposal(told: &Told) -> Option<&Value> {
    told.all().find(|(tool, _)| tool == "flow.propose").map(|(_, input)| input)
}

/// The trigger and the actions of a proposal, in few words.
fn shape(told: &Told) -> Option<String> {
    let edits = proposal(told)?["edits"].as_array()?;
    let words = edits.iter().map(|edit| match edit["edit"].as_str().unwrap() {
        "trigger" => edit["trigger"].as_str().unwrap().to_owned(),
        "step" => edit["action"].as_str().unwrap().to_owned(),
        other => other.to_owned(),
    });
    Some(words.collect::<Vec<_>>().join(" "))
}

const SHAPES: [(&str, &str); 30] = [
    ("overdue-tell-assignee", "item_overdue loop slack-find-user-by-email send_direct_message"),
    ("overdue-post-channel", "item_overdue send_channel_message"),
    ("overdue-comment", "item_overdue add_comment"),
    ("overdue-notify", "item_overdue show"),
    ("overdue-approve-postpone", "item_overdue wait_for_approval router date_add reschedule_todo"),
    ("due-soon-mail", "item_due_soon loop send-email"),
    ("due-tomorrow-tell", "item_due_soon loop slack-find-user-by-email send_direct_message"),
    ("done-post", "item_completed send_channel_message"),
    ("done-follow-up", "item_completed create_todo"),
    ("done-wait-check", "item_completed delayFor create_todo"),
    ("moved-post", "item_moved send_channel_message"),
    ("moved-assign", "item_moved assign_card"),
    ("moved-comment", "item_moved add_comment"),
    ("card-assign", "item_created assign_card"),
    ("bug-move", "item_created move_card"),
    ("unassigned-assign", "item_created router assign_todo"),
    ("message-mail", "item_created send-email"),
    ("comment-notify", "item_commented show"),
    ("comment-summary", "item_commented prompt send_channel_message"),
    ("assigned-notify", "item_assigned show"),
    ("assigned-comment", "item_assigned add_comment"),
    ("file-post", "item_created send_channel_message"),
    ("event-post", "item_created send_channel_message"),
    ("morning-notify", "every_day show"),
    ("monday-todo", "cron_expression create_todo"),
    ("friday-report", "every_week agent post_message"),
    ("monthly-todo", "every_month create_todo"),
    ("webhook-card", "catch_webhook create_card"),
    ("form-todo", "form_submission create_todo"),
    ("button-post", "manual_trigger send_channel_message"),
];

#[test]
fn thirty_automations_are_built_from_two_phrasings_each() {
    assert_eq!(PROMISED.len(), SHAPES.len());
    let mut problems = Vec::new();
    for (promised, (id, wanted)) in PROMISED.iter().zip(SHAPES) {
        assert_eq!(promised.id, id);
        let told = promised.says.map(|says| Desk::new().says(says));
        for (says, told) in promised.says.iter().zip(&told) {
            if shape(told).as_deref() != Some(wanted) {
                problems.push(format!("{says}\n    {:?} {}", shape(told), told.answer));
            }
        }
        let edits = told.each_ref().map(|told| proposal(told).map(|input| input["edits"].clone()));
        if edits[0] != edits[1] {
            problems.push(format!("{id}: {:#?}", edits));
        }
    }
    assert!(problems.is_empty(), "{}\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn names_and_times_become_what_the_pieces_want() {
    let input = |says: &str, edit: usize| proposal(&Desk::new().says(says)).unwrap()["edits"][edit]["input"].clone();
    let late = input("When a to-do in the website relaunch is overdue, post “Look!” to #ops in Slack", 0);
    assert_eq!(late, json!({ "items": ["Todo"], "projects": ["101"] }));
    let post = input("When a to-do in the website relaunch is overdue, post “Look!” to #ops in Slack", 1);
    assert_eq!(post, json!({ "channel": "#ops", "text": "Look!" }));
    assert_eq!(input("3 days before a card is due, notify me", 0), json!({ "items": ["Kanban::Card"], "days": 3 }));
    assert_eq!(input("Whenever a card moves to In review, notify me", 0)["parents"], json!(["1053"]));
    assert_eq!(input("When I am assigned a task, notify me", 0)["people"], json!(["1"]));
    assert_eq!(input("When a to-do assigned to Priya is completed, notify me", 0)["people"], json!(["3"]));
    let weekly = input("Every Friday at 4 pm, remind me to stop", 0);
    assert_eq!(weekly["day_of_the_week"], 5);
    let times = [
        ("Every Friday at 4 pm", json!({ "day_of_the_week": 5, "hour_of_the_day": 16, "timezone": "Europe/London" })),
        ("Every day", json!({ "hour_of_the_day": 9, "run_on_weekends": true, "timezone": "Europe/London" })),
        ("Every weekday at 17:30", json!({ "cronExpression": "30 17 * * 1-5", "timezone": "Europe/London" })),
        (
            "On the 15th of every month at noon",
            json!({ "day_of_the_month": 15, "hour_of_the_day": 12, "timezone": "Europe/London" }),
        ),
        ("Every 15 minutes", json!({ "minutes": 15 })),
        ("Every 90 minutes", json!({ "amount": 90, "unit": "minutes" })),
        ("Every hour", json!({ "run_on_weekends": true })),
    ];
    for (time, wanted) in times {
        assert_eq!(input(&format!("{time}, remind me to stretch"), 0), wanted, "{time}");
    }
}

#[test]
fn what_is_not_certain_is_asked_and_the_answer_completes_it() {
    let mut desk = Desk::new();
    let asked = desk.says("When a to-do is overdue, tell the team in Slack");
    assert!(proposal(&asked).is_none() && asked.answer.starts_with("Which Slack channel"), "{}", asked.answer);
    let done = desk.says("#ops");
    assert_eq!(proposal(&done).unwrap()["edits"][1]["input"]["channel"], "#ops");

    let mut desk = Desk::new();
    let asked = desk.says("When a card is completed, create a to-do “Tell them” in the Design list");
    assert!(proposal(&asked).is_none() && asked.answer.contains("Where should it go?"), "{}", asked.answer);
    let done = desk.says("The one in the rider app");
    assert_eq!(proposal(&done).unwrap()["edits"][1]["input"]["parent"], "3002", "{}", done.answer);

    for (says, part) in [
        ("When a to-do is overdue, sing a song", "not what should happen"),
        ("Whenever Mercury is retrograde, notify me", "not what starts it"),
        ("When a card is moved to Limbo, notify me", "no column or list called “Limbo”"),
        ("When a to-do is completed, create a to-do “Test it” in the Nowhere list", "no list called “Nowhere”"),
        ("Every Monday, post to #ops in Slack", "What should it say?"),
        ("When a message is posted, complete it", "about to-dos or about cards"),
    ] {
        let told = Desk::new().says(says);
        assert!(told.writes().is_empty(), "{says}: {:?}", told.writes());
        assert!(told.answer.contains(part) && told.answer.contains('?'), "{says}: {}", told.answer);
    }
}

#[test]
fn a_question_never_proposes() {
    for says in [
        "What happens when a to-do is overdue?",
        "When is the launch?",
        "When a to-do is overdue, who hears of it?",
        "When a to-do is overdue, tell its assignee in Slack?",
        "Why did the automation fail?",
        "What does this automation do?",
        "Is it ready to publish?",
        "Should I publish it?",
        "Does every overdue task notify me?",
    ] {
        let told = studio(overdue()).says(says);
        assert!(told.writes().is_empty(), "{says}: {:?}", told.writes());
    }
}

#[test]
fn what_speaks_of_one_thing_builds_nothing() {
    for says in [
        "Remember that when a to-do is overdue we call the client",
        "Complete every overdue task of Priya",
        "Create a to-do “Tell Ana when a card is done” in the Launch list of the website relaunch",
        "Remind me when the launch is over",
    ] {
        assert!(proposal(&Desk::new().says(says)).is_none(), "{says}");
    }
}

fn overdue() -> FlowOutline {
    let mut outline = crate::builtin::tests::desk::flows::empty();
    outline.steps = vec![
        step(
            "trigger",
            "Something is overdue",
            "@pmos/piece-basecamp",
            "item_overdue",
            json!({ "items": "[\"Todo\"]" }),
        ),
        step(
            "step_1",
            "Wait 2 days",
            "@activepieces/piece-delay",
            "delayFor",
            json!({ "delayFor": "2", "unit": "days" }),
        ),
        step(
            "step_2",
            "Post to #ops",
            "@activepieces/piece-slack",
            "send_channel_message",
            json!({ "channel": "#ops", "text": "Late" }),
        ),
    ];
    outline
}

fn studio(outline: FlowOutline) -> Desk {
    let mut desk = Desk::new();
    desk.sees(Seen::Flow { id: FlowId(5), name: "Late".into() });
    desk.outline = outline;
    desk
}

#[test]
fn in_the_studio_the_open_automation_is_edited() {
    for (says, edit) in [
        ("Remove the delay", json!({ "edit": "remove", "step": "step_1" })),
        ("Delete the step “Wait 2 days”", json!({ "edit": "remove", "step": "step_1" })),
        ("Skip the delay step", json!({ "edit": "skip", "step": "step_1", "skip": true })),
        ("Rename the delay step to Breathe", json!({ "edit": "rename", "step": "step_1", "label": "Breathe" })),
        ("Rename the automation to Late work", json!({ "edit": "rename", "label": "Late work" })),
        ("Move the delay after the Slack step", json!({ "edit": "move", "step": "step_1", "at": "step_2" })),
        ("Move the Slack step before the delay", json!({ "edit": "move", "step": "step_2", "at": "trigger" })),
        ("Change the channel to #late", json!({ "edit": "change", "step": "step_2", "input": { "channel": "#late" } })),
        (
            "Set the text of the Slack step to “Hurry”",
            json!({ "edit": "change", "step": "step_2", "input": { "text": "Hurry" } }),
        ),
    ] {
        let told = studio(overdue()).says(says);
        let input = proposal(&told).unwrap_or_else(|| panic!("{says}: {}", told.answer));
        assert_eq!((&input["id"], &input["edits"]), (&json!("5"), &json!([edit])), "{says}");
        assert!(told.answer.contains("waits on its canvas"), "{}", told.answer);
    }
    let added = studio(overdue()).says("Add a step that posts “Second call” to #general in Slack after the delay");
    let edits = &proposal(&added).unwrap()["edits"];
    assert_eq!((&edits[0]["action"], &edits[0]["at"]), (&json!("send_channel_message"), &json!("step_1")));
    let then = studio(overdue()).says("Then comment “Done?” on it");
    assert_eq!(proposal(&then).unwrap()["edits"][0]["input"]["item"], "{{trigger['output']['id']}}");
    let old = FlowOutline { reach: "{{step_1['field']}}".into(), ..overdue() };
    let then = studio(old).says("Then comment “Done?” on it");
    assert_eq!(proposal(&then).unwrap()["edits"][0]["input"]["item"], "{{trigger['id']}}", "an older format");
    for says in ["Remove the dragon", "Set the colour to red", "Add a step that sings", "Add a step"] {
        let told = studio(overdue()).says(says);
        assert!(proposal(&told).is_none() && told.writes().is_empty(), "{says}");
    }
    // What is open and empty is filled; what is not is left alone.
    let says = "When a to-do is overdue, notify me";
    let id = |outline: FlowOutline| proposal(&studio(outline).says(says)).unwrap().get("id").cloned();
    assert_eq!(id(crate::builtin::tests::desk::flows::empty()), Some(json!("5")));
    assert_eq!(id(overdue()), None);
}

#[test]
fn it_is_tested_run_published_and_switched() {
    let tools =
        |desk: &mut Desk, says: &str| desk.says(says).all().map(|(tool, _)| tool.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(tools(&mut studio(overdue()), "Test it"), "flow.outline flow.test run.outline");
    assert_eq!(tools(&mut studio(overdue()), "Test it on sample data"), "flow.outline flow.rehearse run.outline");
    let waiting = FlowOutline { waiting: true, ..overdue() };
    assert_eq!(tools(&mut studio(waiting.clone()), "Test it"), "flow.outline flow.rehearse run.outline");
    assert_eq!(tools(&mut studio(overdue()), "Run it"), "flow.run run.outline");
    assert_eq!(tools(&mut studio(overdue()), "Switch it off"), "flow.switch");
    assert_eq!(tools(&mut studio(overdue()), "Publish it"), "flow.outline flow.check flow.publish");
    let published = studio(overdue()).says("Publish it");
    let (_, input) = published.all().last().unwrap();
    assert_eq!(input["allow"], json!(["@activepieces/piece-slack:send_channel_message"]));
    assert_eq!(input["revision"], 3);
    assert_eq!(tools(&mut studio(waiting), "Publish it"), "flow.outline", "nobody accepted it yet");
    let broken = FlowOutline { problems: vec!["Post to #ops: no connection.".into()], ..overdue() };
    assert_eq!(tools(&mut studio(broken), "Publish it"), "flow.outline flow.check");
    // Elsewhere “it” is what was proposed last.
    let mut desk = Desk::new();
    assert_eq!(tools(&mut desk, "When a to-do is overdue, notify me"), "flow.propose");
    desk.outline = overdue();
    assert_eq!(tools(&mut desk, "Test it"), "flow.outline flow.test run.outline");
}

#[test]
fn a_failure_is_explained_from_its_record_and_mended_where_that_is_known() {
    let failed = |message: &str| RunFailure {
        step: "step_2".into(),
        label: "Post to #ops".into(),
        message: message.into(),
        detail: String::new(),
        input: "{}".into(),
    };
    let mut desk = studio(overdue());
    desk.failure = Some(failed("Slack asks to wait. Try again in a minute."));
    let told = desk.says("Why did it fail?");
    assert!(told.writes().is_empty() && told.answer.contains("Slack asks to wait"), "{}", told.answer);
    let fixed = desk.says("Fix it");
    assert_eq!(proposal(&fixed).unwrap()["edits"], json!([{ "edit": "change", "step": "step_2", "retry": true }]));

    desk.failure = Some(failed("No connection to Slack is chosen. Open the step and choose one, or connect Slack."));
    let fixed = desk.says("Fix it");
    let wanted = json!([{ "edit": "connect", "step": "step_2", "connection": "Team bot" }]);
    assert_eq!(proposal(&fixed).unwrap()["edits"], wanted);

    desk.failure = Some(failed("The channel is archived."));
    let told = desk.says("Fix it");
    assert!(told.writes().is_empty() && told.answer.contains("I know no way"), "{}", told.answer);
    let again = desk.says("Retry it");
    assert_eq!(again.writes(), ["run.retry"]);
    desk.failure = None;
    assert!(desk.says("Why did it fail?").answer.contains("None of its last runs failed"));
}

#[test]
fn the_list_is_shown_and_every_example_is_understood() {
    let told = Desk::new().says("Which automations can you build?");
    for promised in PROMISED {
        assert!(told.answer.contains(promised.says[0]), "{}", promised.id);
    }
    assert!(Desk::new().says("What can you do?").answer.contains("overdue, tell its assignee"));
    let own: Vec<&str> =
        examples().filter(|example| example.contains("automation") || example.contains("step")).collect();
    assert!(own.len() >= 5);
    for example in own {
        let told = studio(overdue()).says(example);
        assert!(!told.answer.contains("I don’t understand"), "{example}: {}", told.answer);
    }
}
