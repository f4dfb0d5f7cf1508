//! What only the server writes into a flow: dates, whether it is complete, which connections it uses, exact versions of
//! pieces.

use std::collections::{BTreeSet, HashSet};

use flow::{Flow, Index, Kind, Map, Note, Path, PieceCall, Step, Trigger, TriggerKind};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::ids;
use super::piece;

/// Changes every step, however deep.
pub(super) fn each_step(flow: &mut Flow, change: &mut dyn FnMut(&mut Step)) {
    let index = Index::of(flow);
    let paths: Vec<Path> = (0..index.entries().len()).filter_map(|number| index.path(number)).collect();
    for path in paths {
        if let Some(step) = flow.step_mut(&path) {
            change(step);
        }
    }
}

pub(super) fn names(flow: &Flow) -> HashSet<String> {
    flow.steps.walk().map(|visit| visit.step.name.clone()).collect()
}

/// Dates the steps that are new, the one that was touched, or all of them.
pub(super) fn steps(flow: &mut Flow, before: &HashSet<String>, touched: Option<&str>, all: bool, now: Timestamp) {
    each_step(flow, &mut |step| {
        if all || !before.contains(&step.name) || touched == Some(step.name.as_str()) {
            touch(&mut step.extra, now);
        }
    });
    if all {
        touch(&mut flow.trigger.extra, now);
    }
}

pub(super) fn touch(extra: &mut Map, now: Timestamp) {
    extra.insert("lastUpdatedDate".to_owned(), json!(ids::stamp(now)));
}

/// Dates a version and tells what follows from its steps.
pub(super) fn version(version: &mut Flow, person: &str, now: Timestamp) {
    let steps_valid = version.steps.walk().all(|visit| visit.step.valid == Some(true) || visit.step.is_skipped());
    let valid = version.trigger.valid == Some(true) && steps_valid;
    let connections = connections(version);
    let mut put = |key: &str, value: Value| version.extra.insert(key.to_owned(), value);
    put("updated", json!(ids::stamp(now)));
    put("updatedBy", json!(person));
    put("valid", json!(valid));
    put("connectionIds", json!(connections));
}

/// The connections that are named in any input.
fn connections(version: &Flow) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let inputs = version.trigger.call().map(|call| &call.input).into_iter();
    for input in inputs.chain(version.steps.walk().filter_map(|visit| visit.step.input())) {
        for value in input.values() {
            named(value, &mut found);
        }
    }
    found
}

fn named(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            for rest in text.split("connections['").skip(1) {
                found.extend(rest.split_once("']").map(|(name, _)| name.to_owned()));
            }
        }
        Value::Array(list) => list.iter().for_each(|one| named(one, found)),
        Value::Object(map) => map.values().for_each(|one| named(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether there was anything to rename.
pub(super) fn rename_connection(version: &mut Flow, from: &str, to: &str) -> bool {
    if !connections(version).contains(from) {
        return false;
    }
    let (from, to) = (format!("connections['{from}']"), format!("connections['{to}']"));
    if let TriggerKind::Piece(call) = &mut version.trigger.kind {
        call.input.values_mut().for_each(|value| replace(value, &from, &to));
    }
    each_step(version, &mut |step| {
        if let Some(input) = step.input_mut() {
            input.values_mut().for_each(|value| replace(value, &from, &to));
        }
    });
    true
}

fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => *text = text.replace(from, to),
        Value::Array(list) => list.iter_mut().for_each(|one| replace(one, from, to)),
        Value::Object(map) => map.values_mut().for_each(|one| replace(one, from, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Dates every note.
pub(super) fn notes(version: &mut Flow, now: Timestamp) {
    version.notes.iter_mut().for_each(|one| note(one, now));
}

pub(super) fn note(note: &mut Note, now: Timestamp) {
    for key in ["createdAt", "updatedAt"] {
        note.extra.insert(key.to_owned(), json!(ids::stamp(now)));
    }
}

/// Chooses the version of the piece: `~` and `^` are not stored.
pub(super) fn exact(step: &mut Step) {
    if let Kind::Piece(piece) = &mut step.kind {
        exact_call(&mut piece.call);
    }
}

pub(super) fn exact_trigger(trigger: &mut Trigger) {
    if let TriggerKind::Piece(call) = &mut trigger.kind {
        exact_call(call);
    }
}

fn exact_call(call: &mut PieceCall) {
    if call.version.starts_with(['~', '^']) {
        let installed = piece::find(&call.piece, Some(&call.version)).map(|piece| piece.meta.version.clone());
        call.version = installed.unwrap_or_else(|| call.version.trim_start_matches(['~', '^']).to_owned());
    }
}

/// Where the results of the tests of a step or of the trigger are.
pub(super) fn sample_of(flow: &Flow, step: &str) -> Map {
    let data = if step == flow.trigger.name {
        flow.trigger.sample_data().cloned()
    } else {
        flow.step(step).and_then(|step| step.sample_data().cloned())
    };
    data.and_then(|data| data.as_object().cloned()).unwrap_or_default()
}
