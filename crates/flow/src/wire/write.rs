//! The writer: what is still to be written stands on a stack, so that no depth of a flow is a depth of calls.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{FailureBranches, Kind, Map, Slot, Step, Trigger, shell};

/// What is still to be written, the next last.
enum Task<'a> {
    /// A step and those behind it; null if there is none.
    Chain(&'a [Step]),
    Text(String),
}

pub(super) fn version(version: &Map, trigger: &Trigger, steps: &[Step], record: Option<&Map>) -> String {
    let mut out = String::new();
    let members = |out: &mut String, map: &Map| {
        map.iter().for_each(|(key, value)| {
            member(out, key, value);
            out.push(',');
        });
    };
    out.push('{');
    if let Some(record) = record {
        members(&mut out, record);
        out.push_str("\"version\":{");
    }
    members(&mut out, version);
    out.push_str("\"trigger\":{");
    let mut trigger = trigger.to_map();
    if !steps.is_empty() {
        trigger.remove("nextAction");
    }
    object(&mut out, &trigger);
    let mut tasks = vec![Task::Text(if record.is_some() { "}}}".to_owned() } else { "}}".to_owned() })];
    if !steps.is_empty() {
        tasks.push(Task::Chain(steps));
        tasks.push(Task::Text(",\"nextAction\":".to_owned()));
    }
    run(out, tasks)
}

pub(super) fn steps(steps: &[Step]) -> String {
    run(String::new(), vec![Task::Chain(steps)])
}

fn run(mut out: String, mut tasks: Vec<Task<'_>>) -> String {
    while let Some(task) = tasks.pop() {
        match task {
            Task::Text(text) => out.push_str(&text),
            Task::Chain(steps) => match steps.split_first() {
                None => out.push_str("null"),
                Some((step, behind)) => begin(step, behind, &mut out, &mut tasks),
            },
        }
    }
    out
}

/// Writes a step up to the first thing that it holds, and notes the rest.
fn begin<'a>(step: &'a Step, behind: &'a [Step], out: &mut String, tasks: &mut Vec<Task<'a>>) {
    let mut map = shell::write(step);
    let mut later: Vec<Task<'a>> = Vec::new();
    let mut hold = |map: &mut Map, key: &str, tasks: Vec<Task<'a>>| {
        map.remove(key);
        later.push(Task::Text(format!(",\"{key}\":")));
        later.extend(tasks);
    };
    match &step.kind {
        Kind::Code(code) if has_steps(&code.failure) => {
            hold(&mut map, "continueOnFailureBranches", failure(&code.failure));
        }
        Kind::Piece(piece) if has_steps(&piece.failure) => {
            hold(&mut map, "continueOnFailureBranches", failure(&piece.failure));
        }
        Kind::Code(_) | Kind::Piece(_) => {}
        Kind::Loop(inner) if inner.body.is_empty() => {}
        Kind::Loop(inner) => hold(&mut map, "firstLoopAction", vec![Task::Chain(&inner.body)]),
        Kind::Router(_) => hold(&mut map, "children", children(step)),
        Kind::Other(other) => {
            if !other.body.is_empty() {
                hold(&mut map, "firstLoopAction", vec![Task::Chain(&other.body)]);
            }
            if !other.children.is_empty() {
                hold(&mut map, "children", children(step));
            }
            if has_steps(&other.failure) {
                hold(&mut map, "continueOnFailureBranches", failure(&other.failure));
            }
        }
    }
    if !behind.is_empty() {
        hold(&mut map, "nextAction", vec![Task::Chain(behind)]);
    }
    later.push(Task::Text("}".to_owned()));
    later.reverse();
    tasks.append(&mut later);
    out.push('{');
    object(out, &map);
}

fn has_steps(failure: &FailureBranches) -> bool {
    !failure.on_success.is_empty() || !failure.on_failure.is_empty()
}

fn failure(failure: &FailureBranches) -> Vec<Task<'_>> {
    let mut map = failure.extra.clone();
    let mut chains = Vec::new();
    for (key, chain) in [("onSuccess", &failure.on_success), ("onFailure", &failure.on_failure)] {
        if !chain.is_empty() {
            map.remove(key);
            chains.push((key, chain));
        }
    }
    let mut text = String::from("{");
    object(&mut text, &map);
    let mut comma = if map.is_empty() { "" } else { "," };
    let mut tasks = vec![Task::Text(text)];
    for (key, chain) in chains {
        tasks.push(Task::Text(format!("{comma}\"{key}\":")));
        tasks.push(Task::Chain(chain));
        comma = ",";
    }
    tasks.push(Task::Text("}".to_owned()));
    tasks
}

fn children(step: &Step) -> Vec<Task<'_>> {
    let mut tasks = vec![Task::Text("[".to_owned())];
    for (slot, chain) in step.chains().filter(|(slot, _)| matches!(slot, Slot::Branch(_))) {
        if slot != Slot::Branch(0) {
            tasks.push(Task::Text(",".to_owned()));
        }
        tasks.push(Task::Chain(chain));
    }
    tasks.push(Task::Text("]".to_owned()));
    tasks
}

/// The members of an object, without its braces.
fn object(out: &mut String, map: &Map) {
    for (number, (key, value)) in map.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        member(out, key, value);
    }
}

fn member(out: &mut String, key: &str, value: &Value) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{}:{value}", Value::from(key));
}
