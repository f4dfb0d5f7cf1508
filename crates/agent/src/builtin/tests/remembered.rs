//! What is remembered is used where it is needed, told of as used only then, and gives way to what is so.

use contract::MemoryId;

use super::company::{person, place, project};
use super::desk::{Desk, Told};
use crate::builtin::{Builtin, compose, reply};
use crate::model::{Message, Model as _, ModelEvent};

fn told(memories: &[&str], text: &str) -> Told {
    let mut desk = Desk::new();
    for memory in memories {
        desk.remembers(memory);
    }
    desk.says(text)
}

fn assignee(told: &Told) -> Option<String> {
    told.all().find_map(|(_, input)| input["assignee"].as_str().map(str::to_owned))
}

#[test]
fn another_name_for_somebody_is_understood_and_told_as_used() {
    let forms = [
        "our designer is Priya",
        "Our designer is Priya Raman.",
        "Priya is our designer",
        "when I say the designer I mean Priya",
        "designer means Priya Raman",
        "by our designer I mean Priya",
    ];
    for form in forms {
        let told = told(&["the sprint starts on Wednesday", form], "Show our designer's tasks");
        assert_eq!(assignee(&told), Some(person("Priya").to_string()), "{form}: {told:?}");
        assert_eq!(told.recalled, [MemoryId(2)], "{form}");
    }
    let told = told(&["PR is short for Priya"], "What does PR have due?");
    assert_eq!((assignee(&told), told.recalled), (Some(person("Priya").to_string()), vec![MemoryId(1)]));
}

#[test]
fn a_write_may_rest_on_a_memory_and_says_so() {
    let mut desk = Desk::new();
    desk.remembers("our designer is Priya").remembers("the shop means Website relaunch");
    let told = desk.says("Assign \"Prepare the announcement\" to our designer");
    assert_eq!(told.steps[1][0].1["assignees"][0], person("Priya").to_string());
    assert_eq!(told.recalled, [MemoryId(1)]);
    let told = desk.says("Add a to-do \"Book the studio\" to Launch in the shop");
    assert_eq!(told.steps[0][0].1["parent"], place(project("Website"), "Launch").to_string());
    assert_eq!(told.recalled, [MemoryId(2)]);
}

#[test]
fn what_was_not_needed_is_not_told_as_used() {
    let memories =
        ["our designer is Priya", "the shop means Website relaunch", "I prefer short answers", "the sun is a star"];
    for text in ["What is due today?", "Who is Tomás?", "Open the website project", "Hello", "What does Aiko have due?"]
    {
        assert!(told(&memories, text).recalled.is_empty(), "{text}");
    }
}

#[test]
fn what_is_so_goes_before_what_is_remembered() {
    // There is a head of design, and she is not Aiko.
    let one = told(&["our head of design is Aiko"], "What does our head of design have due?");
    assert_eq!(assignee(&one), Some(person("Priya").to_string()));
    assert!(one.answer.contains("here it is otherwise") && one.recalled.is_empty(), "{}", one.answer);
    let one = told(&["Tomás means Priya"], "What does Tomás have due?");
    assert_eq!((assignee(&one), one.recalled.len()), (Some(person("Tomás").to_string()), 0));
    let one = told(&["Office move means Website relaunch"], "What is overdue in the Office move?");
    assert!(one.all().any(|(_, input)| input["project"] == project("Office").to_string()), "{one:?}");
}

#[test]
fn a_name_for_somebody_who_is_gone_is_left_aside_and_told() {
    let told = told(&["our designer is Zebediah"], "What does our designer have due?");
    assert!(told.answer.starts_with("Which of these do you mean?"), "{}", told.answer);
    assert!(told.answer.contains("nobody and nothing here is called Zebediah"), "{}", told.answer);
    assert!(told.recalled.is_empty());
}

#[test]
fn what_cannot_be_read_means_nothing() {
    for memory in
        ["the launch is nice", "our sprint is two weeks long", "Priya is great", "our designer is ill", "is means of"]
    {
        let told = told(&[memory], "Assign \"Prepare the announcement\" to our designer");
        assert!(told.recalled.is_empty() && !told.answer.contains("remember"), "{memory}: {}", told.answer);
    }
}

#[test]
fn a_word_of_every_day_names_nobody() {
    for memory in
        ["all means Priya", "tasks means Priya", "it means Website relaunch", "when I say overdue I mean Priya"]
    {
        let plain = told(&[], "Show all overdue tasks");
        let told = told(&[memory], "Show all overdue tasks");
        assert_eq!((&told.steps, told.recalled.len()), (&plain.steps, 0), "{memory}");
    }
}

#[test]
fn short_lists_are_liked_short_and_questions_keep_their_choices() {
    let long = told(&[], "Show all open tasks of the website project");
    let short = told(&["I prefer short lists"], "Show all open tasks of the website project");
    let rows = |told: &Told| told.answer.lines().filter(|line| line.starts_with("- [")).count();
    assert!(rows(&long) > 5 && rows(&short) == 5, "{}", short.answer);
    assert_eq!(short.recalled, [MemoryId(1)]);
    let more = |told: &Told| {
        let line = told.answer.lines().find_map(|line| line.strip_prefix("- … and ")?.strip_suffix(" more"));
        line.map_or(0, |more| more.parse::<usize>().unwrap())
    };
    assert_eq!(rows(&long) + more(&long), rows(&short) + more(&short), "rows are lost");
    let three = told(&["show me no more than 3 rows"], "Show all open tasks of the website project");
    assert_eq!(rows(&three), 3);
    let asked = told(&["at most 1 row"], "Assign \"Prepare the announcement\" to our designer");
    assert!(asked.answer.lines().filter(|line| line.starts_with("- ")).count() > 1, "{}", asked.answer);
}

#[test]
fn shortening_loses_no_count() {
    let text = "Head:\n\n- a\n- b\n- c\n- … and 1,200 more\n\nTail:\n\n- d";
    assert_eq!(compose::shorter(text, 2).unwrap(), "Head:\n\n- a\n- b\n- … and 1,201 more\n\nTail:\n\n- d");
    assert_eq!(compose::shorter(text, 3), None);
    assert_eq!(compose::shorter("- a\n- b", 1).unwrap(), "- a\n- … and 1 more");
}

#[test]
fn my_projects_are_those_that_are_remembered() {
    let told = told(&["my projects are the Website relaunch and Narnia"], "What is overdue in my projects?");
    assert!(told.all().all(|(_, input)| input["project"] == project("Website").to_string()), "{told:?}");
    assert!(told.answer.contains("no project here is called Narnia"), "{}", told.answer);
    assert_eq!(told.recalled, [MemoryId(1)]);
}

#[test]
fn what_it_remembers_is_told_from_what_was_kept() {
    let told = told(&["the sprint starts on Wednesday", "*stars* are fine"], "What do you remember?");
    assert!(told.steps.is_empty() && told.answer.contains("**2 things**") && told.answer.contains("\\*stars\\*"));
    assert_eq!(told.recalled, [MemoryId(1), MemoryId(2)]);
}

#[tokio::test]
async fn the_events_tell_what_was_recalled_before_the_reply_ends() {
    use futures::StreamExt as _;
    let mut desk = Desk::new();
    desk.remembers("our designer is Priya");
    desk.messages.push(Message::Person { text: "What does our designer have due?".into() });
    let request = desk.request();
    assert_eq!(reply(&request).recalled, [MemoryId(1)]);
    let events: Vec<_> = Builtin.stream(request).map(Result::unwrap).collect().await;
    let at = events.iter().position(|event| *event == ModelEvent::Recalled(vec![MemoryId(1)]));
    assert!(at.is_some_and(|at| at < events.len() - 1), "{events:?}");
}
