//! What of a flow reaches outside it: calls of pieces, connections, variables, and what a server left in it.

use std::collections::BTreeSet;

use flow::expr::Root;
use flow::{Flow, Kind, PieceCall, Step, Trigger, TriggerKind};
use serde_json::Value;

use super::{Gap, gap};

/// What is done with each call; it tells of gaps with a sentence, and whether the flow cannot work before somebody mends it.
type Each<'e> = &'e mut dyn FnMut(&mut PieceCall, &mut dyn FnMut(String, bool));

/// The same without ids, dates and files of a server.
pub(super) fn without_server(flow: &Flow) -> Flow {
    let mut document = flow.document();
    document.trigger.settings.remove("sampleData");
    document.trigger.extra.remove("lastUpdatedDate");
    each_step(&mut document.steps, &mut |step| {
        step.settings.remove("sampleData");
        step.extra.remove("lastUpdatedDate");
    });
    for note in &mut document.notes {
        note.extra.retain(|key, _| !["ownerId", "createdAt", "updatedAt"].contains(&key.as_str()));
    }
    Flow::from(document)
}

fn each_step(steps: &mut [Step], each: &mut dyn FnMut(&mut Step)) {
    let mut pending: Vec<&mut Step> = steps.iter_mut().collect();
    while let Some(step) = pending.pop() {
        each(step);
        pending.extend(held(step));
    }
}

/// The steps that stand in a step, to be changed.
fn held(step: &mut Step) -> Vec<&mut Step> {
    match &mut step.kind {
        Kind::Loop(inner) => inner.body.iter_mut().collect(),
        Kind::Router(router) => router.branches.iter_mut().flat_map(|branch| branch.chain.iter_mut()).collect(),
        Kind::Code(code) => code.failure.on_success.iter_mut().chain(code.failure.on_failure.iter_mut()).collect(),
        Kind::Piece(piece) => piece.failure.on_success.iter_mut().chain(piece.failure.on_failure.iter_mut()).collect(),
        Kind::Other(other) => {
            let failure = other.failure.on_success.iter_mut().chain(other.failure.on_failure.iter_mut());
            other
                .body
                .iter_mut()
                .chain(other.children.iter_mut().flat_map(|chain| chain.iter_mut()))
                .chain(failure)
                .collect()
        }
    }
}

/// Comes by every call of a piece, with a way to tell of a gap.
pub(super) fn each_call(flow: &mut Flow, gaps: &mut Vec<Gap>, each: Each<'_>) {
    let Trigger { name, kind, .. } = &mut flow.trigger;
    if let TriggerKind::Piece(call) = kind {
        each(call, &mut |message, is_blocking| gaps.push(gap(name, message, is_blocking)));
    }
    let mut found: Vec<Gap> = Vec::new();
    each_step(&mut flow.steps, &mut |step| {
        let Step { name, kind, .. } = step;
        if let Kind::Piece(piece) = kind {
            each(&mut piece.call, &mut |message, is_blocking| found.push(gap(name, message, is_blocking)));
        }
    });
    // In the order of the page, whatever order they were found in.
    for visit in flow.steps.walk() {
        gaps.extend(found.iter().filter(|gap| gap.step.as_deref() == Some(&visit.step.name)).cloned());
    }
}

/// What the expressions of a step reach for outside the flow.
#[derive(Default)]
pub(super) struct Reached {
    /// Connections, each with the step that uses it.
    pub(super) connections: BTreeSet<(usize, String, String)>,
    /// Variables, each with the step that reads it.
    pub(super) variables: BTreeSet<(usize, String, String)>,
}

pub(super) fn reached(flow: &Flow) -> Reached {
    let mut found = Reached::default();
    if let Some(call) = flow.trigger.call() {
        read_map(&call.input, (0, &flow.trigger.name), &mut found);
    }
    for (number, visit) in flow.steps.walk().enumerate() {
        let at = (number + 1, visit.step.name.as_str());
        if let Some(input) = visit.step.input() {
            read_map(input, at, &mut found);
        }
        match &visit.step.kind {
            Kind::Loop(inner) => read_text(&inner.items, at, &mut found),
            Kind::Router(router) => {
                for branch in &router.branches {
                    let flow::BranchKind::Condition(groups) = &branch.kind else { continue };
                    for condition in groups.iter().flatten() {
                        read_text(&condition.first, at, &mut found);
                        read_text(condition.second.as_deref().unwrap_or_default(), at, &mut found);
                    }
                }
            }
            Kind::Code(_) | Kind::Piece(_) | Kind::Other(_) => {}
        }
    }
    found
}

fn read_map(input: &flow::Map, at: (usize, &str), found: &mut Reached) {
    let mut pending: Vec<&Value> = input.values().collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::String(text) => read_text(text, at, found),
            Value::Array(items) => pending.extend(items),
            Value::Object(map) => pending.extend(map.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn read_text(text: &str, (number, step): (usize, &str), found: &mut Reached) {
    for reference in flow::expr::expressions(text).into_iter().flat_map(|expression| expression.references) {
        match reference.root {
            Root::Connection(name) => drop(found.connections.insert((number, step.to_owned(), name))),
            Root::Variable(name) => drop(found.variables.insert((number, step.to_owned(), name))),
            Root::Step(_) => {}
        }
    }
}
