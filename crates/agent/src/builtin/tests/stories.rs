//! Whole conversations: batches, references, questions back, what was denied, what failed.

use contract::Seen;
use serde_json::json;

use super::company::{self, item, person};
use super::desk::Desk;
use crate::builtin::{Builtin, NAME};
use crate::model::{Model as _, ModelEvent};

#[test]
fn a_batch_moves_each_and_says_why_on_each() {
    let mut desk = Desk::new();
    let asked =
        desk.says("Move everything our product designer has due tomorrow to Monday and say why in a comment on each");
    assert!(asked.answer.starts_with("Why?") && asked.steps.is_empty(), "{asked:?}");
    let told = desk.says("because the client is away until then");
    assert_eq!(told.steps[0][0].0, "task.find");
    assert_eq!(told.steps[0][0].1["assignee"], person("Aiko").to_string());
    let writes = &told.steps[1];
    assert_eq!(writes.len(), 4, "{writes:?}");
    for (at, title) in [(0, "Define the colour tokens for light and dark"), (2, "Design the empty basket")] {
        assert_eq!((writes[at].0.as_str(), &writes[at].1["due_on"]), ("todo.update", &json!("2026-11-23")));
        assert_eq!(writes[at].1["id"], item(title).to_string());
        assert_eq!(
            (writes[at + 1].0.as_str(), &writes[at + 1].1["item"]),
            ("comment.add", &json!(item(title).to_string()))
        );
        assert_eq!(writes[at + 1].1["body"], "The client is away until then.");
    }
    assert!(told.answer.contains("Moved **2** items to Mon 23 Nov"), "{}", told.answer);
}

#[test]
fn the_reason_may_be_given_at_once() {
    let told = Desk::new().says(
        "Move everything Aiko has due tomorrow to Monday and say why in a comment on each because the client is away",
    );
    assert_eq!(told.steps[1].iter().filter(|(tool, _)| tool == "comment.add").count(), 2);
    assert_eq!(told.steps[1][1].1["body"], "The client is away.");
}

#[test]
fn somebodys_overdue_tasks_go_to_somebody_else() {
    let told = Desk::new().says("Give Priya's overdue tasks to Kwame");
    assert_eq!(told.steps[0][0].1["assignee"], person("Priya").to_string());
    let given: Vec<_> =
        told.steps[1].iter().map(|(tool, input)| (tool.as_str(), input["id"].as_str().unwrap())).collect();
    let wanted = [item("Shoot the spring film").to_string(), item("Draw the home page in three widths").to_string()];
    assert_eq!(given, [("todo.assign", wanted[0].as_str()), ("todo.assign", wanted[1].as_str())]);
    assert_eq!(told.steps[1][0].1["assignees"], json!([person("Kwame").to_string()]));
}

#[test]
fn her_tasks_are_those_of_whom_was_spoken_of_last() {
    let mut desk = Desk::new();
    desk.says("What does Priya have due?");
    let told = desk.says("Give her overdue tasks to Kwame");
    assert_eq!(told.writes(), ["todo.assign", "todo.assign"]);
    let told = desk.says("Which tasks do they have?");
    assert_eq!(told.steps[0][0].1["assignee"], person("Kwame").to_string(), "{told:?}");
}

#[test]
fn those_and_the_first_one_are_what_was_listed() {
    let mut desk = Desk::new();
    let listed = desk.says("What is due tomorrow in the website project?");
    assert!(listed.answer.contains("**2** open to-dos"), "{}", listed.answer);
    let told = desk.says("Move those to Friday");
    assert_eq!(told.writes(), ["todo.update", "todo.update"]);
    desk.says("What is overdue in the website project?");
    let told = desk.says("Complete the first one");
    assert_eq!(told.steps[1][0].1["id"], item("Draw the home page in three widths").to_string());
    let told = desk.says("Rename it to \"Draw the home page\"");
    assert_eq!(told.writes(), ["todo.update"]);
}

#[test]
fn a_denied_change_is_told_as_not_done() {
    let mut desk = Desk::new();
    desk.denies = Some("todo.".into());
    let told = desk.says("Complete \"Switch the domain over\"");
    assert!(told.answer.contains("Nothing was changed.") && told.answer.contains("You said no"), "{}", told.answer);

    let mut desk = Desk::new();
    desk.denies = Some(item("Shoot the spring film").to_string());
    let told = desk.says("Give Priya's overdue tasks to Kwame");
    assert!(told.answer.contains("Assigned [Draw the home page in three widths]"), "{}", told.answer);
    assert!(told.answer.contains("You said no to [Shoot the spring film]"), "{}", told.answer);
}

#[test]
fn what_the_person_edited_is_told_as_it_became() {
    let mut desk = Desk::new();
    desk.edits = Some(jiff::civil::date(2026, 12, 1));
    let told = desk.says("Move \"Prepare the announcement\" to next Friday");
    assert!(told.answer.contains("as you edited it: due Tue 1 Dec"), "{}", told.answer);
}

#[test]
fn what_is_in_the_trash_is_restored_and_a_card_reopens_where_it_is_told_to() {
    let mut desk = Desk::new();
    let told = desk.says("Restore \"Order the domain for the German site\"");
    assert_eq!(told.steps[0][0].1["put_away"], true);
    assert_eq!(told.writes(), ["item.restore"], "{told:?}");
    assert!(desk.says("Restore \"Switch the domain over\"").writes().is_empty());

    let asked = desk.says("Reopen \"Slow first answer in Singapore\"");
    assert!(asked.answer.starts_with("Where should it go?") && asked.writes().is_empty(), "{}", asked.answer);
    let told = desk.says("In review");
    let column = company::place(company::project("Website"), "In review").to_string();
    assert_eq!(
        told.steps[1][0].1,
        json!({ "id": item("Slow first answer in Singapore").to_string(), "column": column, "position": 1 })
    );
}

#[test]
fn a_failed_look_up_is_told() {
    let mut desk = Desk::new();
    desk.fails = Some("task.find".into());
    let told = desk.says("What is overdue?");
    assert!(told.answer.contains("Basecamp cannot be reached."), "{}", told.answer);
}

#[test]
fn what_is_ambiguous_is_asked_and_the_answer_completes_it() {
    let mut desk = Desk::new();
    let asked = desk.says("Complete the posts");
    assert!(asked.answer.starts_with("Which of these do you mean?") && asked.writes().is_empty(), "{}", asked.answer);
    let told = desk.says("the second");
    assert_eq!(told.writes(), ["todo.complete"], "{told:?}");

    let mut desk = Desk::new();
    desk.says("Complete the posts");
    let told = desk.says("Write the posts about bikes");
    assert_eq!(told.steps.last().unwrap()[0].1["id"], item("Write the posts about bikes").to_string());

    let mut desk = Desk::new();
    desk.says("Complete the posts");
    assert!(desk.says("never mind").answer.contains("Nothing was changed"));
    assert!(desk.says("What is overdue?").answer.contains("overdue"));

    let mut desk = Desk::new();
    desk.says("Complete the posts");
    let other = desk.says("What is due today?");
    assert!(other.writes().is_empty() && other.answer.contains("due today"), "{}", other.answer);
}

#[test]
fn undo_takes_back_all_of_the_last_turn_newest_first_and_redo_does_it_again() {
    let mut desk = Desk::new();
    desk.says("Give Priya's overdue tasks to Kwame");
    desk.says("What is overdue?");
    let told = desk.says("Undo what you just did");
    let sets: Vec<_> =
        told.steps[0].iter().map(|(tool, input)| (tool.as_str(), input["set"].as_str().unwrap())).collect();
    assert_eq!(sets, [("history.undo", "2"), ("history.undo", "1")]);
    let again = desk.says("Undo what you just did");
    assert!(again.steps.is_empty() && again.answer.contains("I have changed nothing"), "{again:?}");
    let told = desk.says("Redo");
    let sets: Vec<_> =
        told.steps[0].iter().map(|(tool, input)| (tool.as_str(), input["set"].as_str().unwrap())).collect();
    assert_eq!(sets, [("history.redo", "1"), ("history.redo", "2")]);
}

#[test]
fn an_undo_in_the_way_of_someone_asks_what_to_do() {
    let mut desk = Desk::new();
    desk.says("Complete \"Switch the domain over\"");
    desk.moved = true;
    let told = desk.says("Undo that");
    assert!(told.answer.contains("put mine back"), "{}", told.answer);
    let told = desk.says("Put mine back");
    assert_eq!(told.steps[0][0].1["choice"], "take-mine");
}

#[test]
fn the_last_thing_that_the_person_did_is_undone() {
    let told = Desk::new().says("Undo the last thing I did");
    assert_eq!(told.steps[1][0].1["set"], "502");
}

#[test]
fn a_missing_day_place_and_project_are_asked_one_after_the_other() {
    let mut desk = Desk::new();
    assert!(desk.says("Add a to-do \"Call the printer\"").answer.starts_with("Where should it go?"));
    let asked = desk.says("The website project");
    assert!(asked.answer.starts_with("Where should it go?") && asked.answer.contains("[Launch]"), "{}", asked.answer);
    let told = desk.says("Launch");
    assert_eq!(told.writes(), ["todo.create"]);
    assert!(told.answer.contains("Created the to-do"), "{}", told.answer);
}

#[test]
fn each_figure_is_that_of_the_data() {
    let desk = Desk::new();
    let today = company::now().date();
    let late = desk
        .rows
        .iter()
        .filter(|row| {
            !row.completed && row.status == contract::Status::Active && row.due_on.is_some_and(|due| due < today)
        })
        .count();
    let told = Desk::new().says("How many tasks are overdue?");
    assert!(told.answer.starts_with(&format!("**{late}**")), "{}", told.answer);
    let told = Desk::new().says("Who has too much on this week?");
    assert!(told.answer.contains("[Priya Raman](person:3)"), "{}", told.answer);
    assert!(
        Desk::new()
            .says("What is overdue of Daniel?")
            .answer
            .contains("No open to-do or card of [Daniel Okonkwo](person:2) is overdue.")
    );
}

#[test]
fn what_should_i_work_on_gives_reasons_late_first() {
    let told = Desk::new().says("What should I work on?");
    let kitchen = told.answer.find("Order the kitchen").unwrap();
    let domain = told.answer.find("Switch the domain over").unwrap();
    assert!(
        kitchen < domain && told.answer.contains("1 day late") && told.answer.contains("due Wed 18 Nov, today"),
        "{}",
        told.answer
    );
}

#[test]
fn a_title_with_an_error_is_found_and_an_unknown_one_is_not() {
    let told = Desk::new().says("Complete swich the domain over");
    assert_eq!(told.steps.last().unwrap()[0].1["id"], item("Switch the domain over").to_string(), "{told:?}");
    let told = Desk::new().says("Complete the thing that is nowhere");
    assert!(told.writes().is_empty() && told.answer.contains("Nothing was changed"), "{}", told.answer);
}

#[test]
fn words_that_refer_back_to_words_that_refer_back_find_nothing() {
    let mut desk = Desk::new();
    for said in ["What is overdue in it?", "Show Their tasks", "Give their tasks to her", "How is it going?"] {
        for _ in 0..2 {
            let told = desk.says(said);
            assert!(told.writes().is_empty() && !told.answer.is_empty(), "{said}: {told:?}");
        }
    }
}

#[test]
fn a_list_that_is_called_like_a_part_of_a_title_is_a_list() {
    let told = Desk::new().says("Move \"Prepare the announcement\" to Design");
    assert_eq!(told.writes(), ["todo.move"], "{told:?}");
}

#[test]
fn a_title_forges_no_link() {
    let mut desk = Desk::new();
    let late = item("Shoot the spring film");
    let domain = item("Switch the domain over");
    let row = desk.rows.iter_mut().find(|row| row.id == late).unwrap();
    row.title = format!("x](item:{domain}) [Which of these\\");
    let listed = desk.says("What is overdue in the Spring campaign?");
    assert!(listed.answer.contains("**1** to-do"), "{}", listed.answer);
    let told = desk.says("Complete the first one");
    let ids: Vec<_> = told.all().filter_map(|(_, input)| input["id"].as_str()).collect();
    assert_eq!(ids, [late.to_string(), late.to_string()], "{told:?}");
}

#[test]
fn short_and_lower_case_is_enough() {
    for (said, tool) in [
        ("whats due tmrw", "task.find"),
        ("whats in progress in the website project?", "task.find"),
        ("what's priya working on", "task.find"),
        ("any overdue stuff for kwame?", "task.find"),
        ("list open todos in rider app", "task.find"),
        ("who is busiest next week", "person.load"),
        ("what's new", "activity.list"),
    ] {
        let told = Desk::new().says(said);
        assert_eq!(told.steps.first().map(|step| step[0].0.as_str()), Some(tool), "{said}: {}", told.answer);
    }
}

#[test]
fn one_thing_at_a_time() {
    let told = Desk::new().says("Complete Switch the domain over and delete Order the kitchen");
    assert!(told.steps.is_empty() && told.answer.contains("one thing at a time"), "{}", told.answer);
}

#[test]
fn what_is_seen_is_what_it_means() {
    let mut desk = Desk::new();
    desk.sees(Seen::Item { id: item("Dark map style"), title: "Dark map style".into() });
    let told = desk.says("Move it to next Friday");
    assert_eq!(told.steps[1][0].1, json!({ "id": item("Dark map style").to_string(), "due_on": "2026-11-27" }));
}

#[tokio::test]
async fn the_reply_streams_in_pieces_and_stops() {
    use futures::StreamExt as _;
    let mut desk = Desk::new();
    desk.says("Hello");
    desk.messages.truncate(1);
    assert_eq!(Builtin.name(), NAME);
    assert!(Builtin.capacity().reads_everything);
    let events: Vec<ModelEvent> = Builtin.stream(desk.request()).map(Result::unwrap).collect().await;
    assert_eq!(events.last(), Some(&ModelEvent::Stop));
    let text: Vec<&str> = events
        .iter()
        .filter_map(|event| match event {
            ModelEvent::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(text.len() > 5 && text.concat().starts_with("Hello, Maya."));
    let call = Builtin.stream({
        let mut desk = Desk::new();
        desk.says("What is overdue?");
        desk.messages.truncate(1);
        desk.request()
    });
    let events: Vec<ModelEvent> = call.map(Result::unwrap).collect().await;
    assert!(events.iter().any(|event| matches!(event, ModelEvent::Call { tool, .. } if tool == "task.find")));
}
