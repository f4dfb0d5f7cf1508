#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use agent::builtin::{PROMISED, reply};
use agent::model::{Message, Request};
use agent::world::{NamedPerson, NamedPlace, NamedProject, World};
use async_trait::async_trait;
use contract::commands::{OutlineStep, ProposeFlow};
use contract::{
    Call, CallId, Connection, ConnectionId, Directory, FlowPlace, Kind, Outcome, Person, PersonId, ProjectId,
    RecordingId,
};
use flow::piece::Choice;
use flow::validate::{Known, validate};
use runner::pieces::{
    AgentTask, Ai, AiError, CallableFlow, CommandError, Commands, Filter, Flows, HttpLimits, Note, Notices, Picker,
    Ports, Prompt, Table, TableField, Tables, all,
};
use runner::{Key, RunId};
use serde_json::{Map, Value, json};

use super::*;

/// The app around the pieces, which only describe themselves here.
struct Nothing;

const NOTHING: &str = "There is nothing.";

#[async_trait]
impl Tables for Nothing {
    async fn tables(&self) -> Result<Vec<Table>, String> {
        Err(NOTHING.into())
    }
    async fn fields(&self, _: &str) -> Result<Vec<TableField>, String> {
        Err(NOTHING.into())
    }
    async fn create(&self, _: &str, _: Vec<Map<String, Value>>, _: &Key) -> Result<Vec<Value>, String> {
        Err(NOTHING.into())
    }
    async fn update(&self, _: &str, _: &str, _: Map<String, Value>, _: &Key) -> Result<Value, String> {
        Err(NOTHING.into())
    }
    async fn delete(&self, _: &str, _: &[String], _: &Key) -> Result<(), String> {
        Err(NOTHING.into())
    }
    async fn get(&self, _: &str, _: &str) -> Result<Option<Value>, String> {
        Err(NOTHING.into())
    }
    async fn find(&self, _: &str, _: &[Filter], _: Option<usize>) -> Result<Vec<Value>, String> {
        Err(NOTHING.into())
    }
    async fn clear(&self, _: &str, _: &Key) -> Result<(), String> {
        Err(NOTHING.into())
    }
}

#[async_trait]
impl Ai for Nothing {
    async fn models(&self) -> Vec<Choice> {
        Vec::new()
    }
    async fn prompt(&self, _: Prompt) -> Result<Value, AiError> {
        Err(AiError { message: NOTHING.into(), in_doubt: false })
    }
    async fn agent(&self, _: AgentTask, _: &Key) -> Result<Value, AiError> {
        Err(AiError { message: NOTHING.into(), in_doubt: false })
    }
}

#[async_trait]
impl Commands for Nothing {
    async fn call(&self, _: &str, _: Value, _: &Key, _: &RunId) -> Result<Value, CommandError> {
        Err(CommandError { message: NOTHING.into(), in_doubt: false })
    }
    async fn choices(&self, _: Picker, _: Option<&str>, _: Option<&str>) -> Result<Vec<Choice>, String> {
        Err(NOTHING.into())
    }
}

#[async_trait]
impl Notices for Nothing {
    async fn show(&self, _: Note, _: &Key) -> Result<(), String> {
        Err(NOTHING.into())
    }
}

#[async_trait]
impl Flows for Nothing {
    async fn callable(&self) -> Vec<CallableFlow> {
        Vec::new()
    }
    async fn start(&self, _: &str, _: RunId, _: Value, _: &RunId) -> Result<(), String> {
        Err(NOTHING.into())
    }
}

fn pieces() -> Vec<PieceMetadata> {
    let ports = Ports {
        tables: Arc::new(Nothing),
        ai: Arc::new(Nothing),
        commands: Arc::new(Nothing),
        notices: Arc::new(Nothing),
        flows: Arc::new(Nothing),
        http: HttpLimits::default(),
        slack: None,
    };
    all(ports).unwrap().iter().map(|piece| piece.describe()).collect()
}

fn findings(flow: &Flow, pieces: &[PieceMetadata]) -> Vec<String> {
    let known = |name: &str, _: &str| pieces.iter().find(|piece| piece.name == name);
    validate(flow, &Known { piece: &known, connections: None }).into_iter().map(|finding| finding.message).collect()
}

fn bot(label: &str) -> Connection {
    Connection {
        id: ConnectionId(1),
        key: label.to_lowercase().replace(' ', "-"),
        label: label.into(),
        piece: "@activepieces/piece-slack".into(),
        place: FlowPlace::Here,
        fault: None,
        flows: 0,
    }
}

fn made(edits: Value, connections: &[Connection]) -> Result<Flow, String> {
    let mut flow = Flow::new("Late");
    remade(&mut flow, edits, connections).map(|()| flow)
}

fn remade(flow: &mut Flow, edits: Value, connections: &[Connection]) -> Result<(), String> {
    let edits: Vec<FlowEdit> = serde_json::from_value(edits).unwrap();
    edit(flow, &edits, Stock { pieces: &pieces(), connections }).map(drop)
}

const PEOPLE: [&str; 4] = ["Maya Lindqvist", "Priya Raman", "Tomás Herrera", "Aiko Tanaka"];

/// A studio in which each name of the published list means one thing.
fn world() -> World {
    let project = |id: i64, name: &str| NamedProject { id: ProjectId(id), name: name.into() };
    let lists = ["Build", "Testing", "Launch", "Contracts", "Discovery"];
    let columns = ["Triage", "In progress", "In review", "Ready to ship", "Done"];
    let place = |id: usize, kind: Kind, title: &str| NamedPlace {
        id: RecordingId(id as i64),
        kind,
        title: title.into(),
        project: ProjectId(101),
        parent: None,
    };
    let lists = lists.iter().enumerate().map(|(at, title)| place(200 + at, Kind::TodoList, title));
    let columns = columns.iter().enumerate().map(|(at, title)| place(300 + at, Kind::Column, title));
    World {
        projects: vec![project(101, "Alder & Finch: Website relaunch"), project(102, "Office move")],
        places: lists.chain(columns).collect(),
        people: PEOPLE
            .iter()
            .enumerate()
            .map(|(at, name)| NamedPerson { id: PersonId(at as i64 + 1), name: (*name).into(), title: String::new() })
            .collect(),
        me: Some(PersonId(1)),
        ..Arc::unwrap_or_clone(Request::bare("", "").world)
    }
}

fn directory() -> Directory {
    let people = PEOPLE.iter().enumerate().map(|(at, name)| Person {
        id: PersonId(at as i64 + 1),
        name: (*name).into(),
        title: String::new(),
        email: format!("{at}@studio.test"),
        time_zone: String::new(),
        admin: false,
        owner: false,
        client: false,
        company: String::new(),
        sgid: String::new(),
    });
    Directory { me: Some(PersonId(1)), people: people.collect(), projects: Vec::new() }
}

/// What the built-in assistant proposes for a request.
fn proposed(says: &str) -> ProposeFlow {
    let mut request = Request { world: Arc::new(world()), ..Request::bare("", says) };
    for round in 0..4 {
        let reply = reply(&request);
        let [call] = reply.calls.as_slice() else { panic!("{says}: {}", reply.text) };
        if call.tool == "flow.propose" {
            return serde_json::from_str(&call.input).unwrap();
        }
        assert_eq!(call.tool, "directory.show", "{says}");
        let id = CallId(round);
        let called = Call { id, tool: call.tool.into(), input: call.input.clone() };
        request.messages.push(Message::Model { text: reply.text, calls: vec![called], sealed: None });
        let outcome = Outcome::Returned(serde_json::to_string(&directory()).unwrap());
        request.messages.push(Message::Result { call: id, tool: call.tool.into(), outcome });
    }
    panic!("{says} is never proposed");
}

#[test]
fn every_promised_automation_lacks_nothing_but_connections() {
    let pieces = pieces();
    for promised in PROMISED {
        for says in promised.says {
            let proposed = proposed(says);
            let mut flow = Flow::new(&proposed.name);
            let stock = Stock { pieces: &pieces, connections: &[] };
            edit(&mut flow, &proposed.edits, stock).unwrap_or_else(|why| panic!("{says}: {why}"));
            flow::check_sound(&flow).unwrap();
            let wrong: Vec<String> =
                findings(&flow, &pieces).into_iter().filter(|found| !found.contains(", Connection: ")).collect();
            assert!(wrong.is_empty(), "{says}: {wrong:#?}");
            runner::trigger::Starter::read(&flow.trigger).unwrap_or_else(|why| panic!("{says}: {why}"));
        }
    }
}

#[test]
fn one_connection_is_chosen_and_of_several_none() {
    let post = json!([{ "edit": "step", "piece": "slack", "action": "send_channel_message", "input": { "channel": "#ops", "text": "Hi" } }]);
    let auth = |flow: &Flow| flow.steps[0].input().unwrap().get("auth").cloned();
    assert_eq!(auth(&made(post.clone(), &[bot("Team bot")]).unwrap()), Some(json!("{{connections['team-bot']}}")));
    let two = [bot("Team bot"), bot("Other bot")];
    let mut flow = made(post.clone(), &two).unwrap();
    assert_eq!(auth(&flow), None);
    remade(&mut flow, json!([{ "edit": "connect", "step": "step_1", "connection": "other bot" }]), &two).unwrap();
    assert_eq!(auth(&flow), Some(json!("{{connections['other-bot']}}")));
    let why =
        remade(&mut flow, json!([{ "edit": "connect", "step": "step_1", "connection": "Ghost" }]), &two).unwrap_err();
    assert!(why.contains("There are Team bot, Other bot"), "{why}");
    let broken = Connection { fault: Some("It expired.".into()), ..bot("Team bot") };
    assert_eq!(auth(&made(post, &[broken]).unwrap()), None);
}

#[test]
fn what_is_wrong_is_a_sentence_and_nothing_is_kept() {
    let step = |more: Value| {
        let mut step = json!({ "edit": "step", "piece": "slack", "action": "send_channel_message" });
        step.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        step
    };
    for (edits, part) in [
        (json!([]), "1 to 200 can"),
        (
            json!([step(json!({ "piece": "slak" }))]),
            "Edit 1 of 1, `step`: there is no piece “slak”. There are basecamp, slack",
        ),
        (json!([step(json!({ "action": "sing" }))]), "Slack has no action “sing”. It has send_channel_message"),
        (json!([step(json!({ "input": { "chanel": "#a" } }))]), "has no field “chanel”. It has channel, text"),
        (json!([step(json!({ "input": { "auth": "xoxb-1" } }))]), "a connection is chosen with the edit `connect`"),
        (json!([step(json!({})), step(json!({ "at": "step_9" }))]), "Edit 2 of 2, `step`: there is no step “step_9”"),
        (json!([step(json!({ "input": { "text": "{{ghost['output']['x']}}" } }))]), "ghost"),
        (json!([step(json!({ "input": { "text": "{{step_1['output']['x']}}" } }))]), "step_1"),
        (json!([step(json!({ "as": "trigger" }))]), "“trigger” is taken"),
        (json!([{ "edit": "remove", "step": "trigger" }]), "the trigger cannot be removed"),
        (json!([{ "edit": "trigger", "piece": "slack", "trigger": "new-message" }]), "Slack has no trigger"),
        (json!([{ "edit": "router", "branches": [] }]), "one branch at least"),
        (json!([{ "edit": "rename", "label": " " }]), "the name is empty"),
    ] {
        let why = made(edits.clone(), &[]).unwrap_err();
        assert!(why.contains(part) && why.ends_with('.'), "{edits}: {why}");
    }
}

#[test]
fn steps_are_added_changed_moved_and_removed() {
    let mut flow = made(
        json!([
            { "edit": "trigger", "piece": "Basecamp", "trigger": "item_overdue", "input": { "items": ["To-dos"] } },
            { "edit": "loop", "items": "{{trigger['output']['assignees']}}", "label": "Each", "as": "each" },
            { "edit": "step", "piece": "slack", "action": "slack-find-user-by-email", "as": "who", "at": "each/each",
              "input": { "email": "{{each['output']['item']['email']}}" } },
            { "edit": "step", "piece": "delay", "action": "delayFor", "input": { "delayFor": 2, "unit": "Days" }, "at": "each", "as": "rest" },
            { "edit": "router", "label": "Large?", "as": "fork", "at": "rest",
              "branches": [{ "name": "Yes", "when": [{ "value": "{{trigger['output']['title']}}", "is": "contains", "than": "large" }] }] },
            { "edit": "code", "source": "export const code = async () => 1;", "at": "fork/Yes" },
        ]),
        &[],
    )
    .unwrap();
    flow::check_sound(&flow).unwrap();
    let told = outline(&Flow::new("Late"), &flow, 1, true, &[]);
    let lines: Vec<(String, String, String)> =
        told.steps.iter().map(|step| (step.name.clone(), step.action.clone(), step.within.clone())).collect();
    let line = |name: &str, action: &str, within: &str| (name.to_owned(), action.to_owned(), within.to_owned());
    assert_eq!(
        lines,
        [
            line("trigger", "item_overdue", ""),
            line("step_1", "loop", ""),
            line("step_2", "slack-find-user-by-email", "step_1/each"),
            line("step_3", "delayFor", ""),
            line("step_4", "router", ""),
            line("step_5", "code", "step_4/Yes"),
        ]
    );
    let of = |step: &OutlineStep, field: &str| step.fields.get(field).cloned().unwrap_or_default();
    assert_eq!(of(&told.steps[0], "items"), "[\"Todo\"]", "what people read became what is kept");
    assert_eq!(of(&told.steps[2], "email"), "{{step_1['output']['item']['email']}}", "the word became the name");
    assert_eq!(of(&told.steps[3], "unit"), "days");
    assert!(told.steps[1..].iter().all(|step| step.state == "new"));

    let draft = flow.clone();
    remade(
        &mut flow,
        json!([
            { "edit": "change", "step": "step_3", "input": { "delayFor": 5 }, "retry": true },
            { "edit": "branch", "step": "Large?", "branch": { "name": "No", "when": [{ "value": "{{trigger['output']['title']}}", "is": "missing" }] } },
            { "edit": "move", "step": "step_5", "at": "step_4/No" },
            { "edit": "remove", "step": "step_4/Yes" },
            { "edit": "skip", "step": "step_2", "skip": true },
            { "edit": "rename", "step": "step_3", "label": "Breathe" },
            { "edit": "rename", "label": "Later" },
            { "edit": "change", "step": "trigger", "input": { "items": null } },
        ]),
        &[],
    )
    .unwrap();
    flow::check_sound(&flow).unwrap();
    let told = outline(&draft, &flow, 2, true, &[]);
    assert_eq!((told.name.as_str(), told.steps[0].fields.len()), ("Later", 0));
    assert_eq!((told.steps[3].label.as_str(), of(&told.steps[3], "delayFor").as_str()), ("Breathe", "5"));
    assert_eq!(flow.step("step_3").unwrap().errors().unwrap().retry_on_failure, Some(true));
    assert_eq!(told.steps[5].within, "step_4/No");
    assert!(told.steps[2].skipped && told.steps[4].fields.keys().eq(["No", "Otherwise"]));
}

#[test]
fn pieces_are_found_by_words_with_what_they_ask_for() {
    let pieces = pieces();
    let found = search::find(&pieces, "post a message to slack");
    assert_eq!(found[0].piece, "slack");
    let send = found[0].actions.iter().find(|action| action.name == "send_channel_message").unwrap();
    assert_eq!(send.fields[0], "channel (Channel; id of one; required)");
    let overdue = search::find(&pieces, "overdue");
    assert_eq!((overdue[0].piece.as_str(), overdue[0].triggers[0].name.as_str()), ("basecamp", "item_overdue"));
    assert!(overdue[0].triggers[0].brings.contains("assignees"));
    let delay = search::find(&pieces, "wait delay");
    assert!(delay[0].actions[0].fields[0].contains("\"minutes\""), "{:?}", delay[0].actions[0].fields);
    assert_eq!(search::find(&pieces, "").len(), pieces.len());
    assert_eq!(search::find(&pieces, "xylophone"), []);
    let told = serde_json::to_string(&search::find(&pieces, "basecamp to-do")).unwrap();
    assert!(told.len() < 14_000, "{}", told.len());
}

#[test]
fn what_waits_is_called_by_what_it_was_about() {
    assert_eq!(joined(None, "Add Slack"), "Add Slack");
    assert_eq!(joined(Some("Add Slack"), "Add Slack"), "Add Slack");
    assert_eq!(joined(Some("Add Slack"), "Drop the delay"), "Add Slack; Drop the delay");
}
