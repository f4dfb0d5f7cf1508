//! Every phrasing of the published list does what the list says, and all phrasings of a request do the same.

use std::collections::BTreeSet;

use contract::Seen;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::company;
use super::desk::{Desk, Told};
use crate::builtin::dates::{self, Lean};
use crate::builtin::plan::calendar;
use crate::builtin::words::Words;

#[derive(Debug, Deserialize)]
struct List {
    request: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    id: String,
    group: String,
    phrasings: Vec<String>,
    #[serde(default)]
    seeing: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    remembers: Vec<String>,
    #[serde(default)]
    calls: Vec<Vec<Pattern>>,
    #[serde(default)]
    asks: bool,
    #[serde(default)]
    answer_contains: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    tool: String,
    #[serde(default)]
    with: Map<String, Value>,
}

fn list() -> Vec<Expected> {
    let text = include_str!("../../../../../tests/agent/requests.toml");
    toml::from_str::<List>(text).unwrap().request
}

fn seen(what: &str) -> Seen {
    match what.split_once(':').unwrap() {
        ("project", name) => {
            let id = company::project(name);
            let name = company::world().projects.iter().find(|project| project.id == id).unwrap().name.clone();
            Seen::Project { id, name }
        }
        ("item", title) => Seen::Item { id: company::item(title), title: title.into() },
        ("screen", name) => Seen::Screen { name: name.into() },
        ("person", name) => Seen::Person { id: company::person(name), name: name.into() },
        (other, _) => panic!("nobody can see a {other}"),
    }
}

/// Puts the ids and days in that the list names.
fn filled(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Value::String(named(name)),
            None => value.clone(),
        },
        Value::Array(list) => list.iter().map(filled).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| (key.clone(), filled(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn named(name: &str) -> String {
    match name.split_once(':') {
        None if name == "me" => company::ME.to_string(),
        Some(("project", name)) => company::project(name).to_string(),
        Some(("person", name)) => company::person(name).to_string(),
        Some(("item", title)) => company::item(title).to_string(),
        Some(("place", path)) => {
            let (project, title) = path.split_once('/').unwrap();
            company::place(company::project(project), title).to_string()
        }
        Some(("day", words)) => {
            let period = dates::whole(Words::of(words).list(), &calendar(&company::world()), Lean::Ahead).unwrap();
            period.only().unwrap().to_string()
        }
        Some(("first", words)) => dates::whole(Words::of(words).list(), &calendar(&company::world()), Lean::Ahead)
            .unwrap()
            .from
            .unwrap()
            .to_string(),
        Some(("last", words)) => dates::whole(Words::of(words).list(), &calendar(&company::world()), Lean::Ahead)
            .unwrap()
            .to
            .unwrap()
            .to_string(),
        _ => panic!("the list names {name:?}, which is nothing"),
    }
}

fn fits(pattern: &Pattern, (tool, input): &(String, Value)) -> bool {
    pattern.tool == *tool
        && pattern.with.iter().all(|(key, wanted)| input.get(key).unwrap_or(&Value::Null) == &filled(wanted))
}

fn says(expected: &Expected, phrasing: &str) -> Told {
    let mut desk = Desk::new();
    for what in &expected.seeing {
        desk.sees(seen(what));
    }
    for text in &expected.remembers {
        desk.remembers(text);
    }
    for before in &expected.before {
        desk.says(before);
    }
    desk.says(phrasing)
}

fn problem(expected: &Expected, told: &Told) -> Option<String> {
    if expected.asks {
        if !told.writes().is_empty() {
            return Some(format!("it should ask, and writes {:?}", told.writes()));
        }
        if !told.answer.contains('?') {
            return Some(format!("it should ask, and says {:?}", told.answer));
        }
    }
    let lists_calls = !expected.calls.is_empty() || (!expected.asks && expected.answer_contains.is_empty());
    if lists_calls && told.steps.len() != expected.calls.len() {
        return Some(format!("{} steps instead of {}: {:#?}", told.steps.len(), expected.calls.len(), told));
    }
    for (patterns, calls) in expected.calls.iter().zip(&told.steps) {
        if let Some(call) = calls.iter().find(|call| !patterns.iter().any(|pattern| fits(pattern, call))) {
            return Some(format!("this call is not expected: {call:?}"));
        }
        if let Some(pattern) = patterns.iter().find(|pattern| !calls.iter().any(|call| fits(pattern, call))) {
            return Some(format!("no call fits {pattern:?}: {calls:?}"));
        }
    }
    let missing = expected.answer_contains.iter().find(|part| !told.answer.contains(part.as_str()));
    missing.map(|part| format!("the answer lacks {part:?}: {}", told.answer))
}

#[test]
fn every_phrasing_does_what_the_list_says() {
    let mut problems = Vec::new();
    for expected in list() {
        let mut calls: BTreeSet<String> = BTreeSet::new();
        for phrasing in &expected.phrasings {
            let told = says(&expected, phrasing);
            if let Some(problem) = problem(&expected, &told) {
                problems.push(format!("{} | {phrasing}\n    {problem}", expected.id));
            } else if told.answer.contains("I don’t understand") && expected.group != "not-understood" {
                problems.push(format!("{} | {phrasing}\n    it does not understand", expected.id));
            }
            calls.insert(format!("{:?}", told.steps));
        }
        if calls.len() > 1 {
            problems.push(format!("{}: its phrasings make different calls: {calls:#?}", expected.id));
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn the_list_is_as_long_as_promised() {
    let list = list();
    assert!(list.len() >= 65, "only {} requests", list.len());
    let ids: BTreeSet<&str> = list.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), list.len(), "an id stands twice");
    for expected in &list {
        let many = expected.phrasings.len();
        assert!((2..=4).contains(&many), "{} has {many} phrasings", expected.id);
    }
    let groups: BTreeSet<&str> = list.iter().map(|one| one.group.as_str()).collect();
    let wanted = [
        "questions",
        "filters",
        "reports",
        "create",
        "complete",
        "move",
        "assign",
        "reschedule",
        "comment",
        "post",
        "undo",
        "navigation",
        "remember",
        "recipes",
        "help",
        "not-understood",
    ];
    assert_eq!(groups, wanted.into_iter().collect());
}

#[test]
fn a_question_and_an_unknown_sentence_never_write() {
    for expected in list() {
        let reads = ["questions", "filters", "reports", "navigation", "help", "not-understood"];
        if !reads.contains(&expected.group.as_str()) {
            continue;
        }
        for phrasing in &expected.phrasings {
            let told = says(&expected, phrasing);
            assert!(told.writes().is_empty(), "{phrasing:?} writes: {:?}", told.writes());
        }
    }
}
