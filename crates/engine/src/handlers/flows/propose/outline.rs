//! An automation in few words: a line a step, the fields that are filled in, what waits for a yes, and what is wrong.
//!
//! Pure.

use std::collections::{BTreeMap, HashMap};

use contract::commands::{FlowOutline, OutlineStep};
use flow::diff::{Fate, diff};
use flow::expr::Finding;
use flow::{BranchKind, Condition, Flow, Index, Kind, Map, PieceCall, Router, Slot, Step, Syntax};
use serde_json::Value;

use super::super::super::words::plain;

/// Longer values are cut, in characters.
const VALUE: usize = 240;
/// So many problems are told.
const PROBLEMS: usize = 30;

/// The automation `wanted`, seen from the draft that it is a change of.
pub(crate) fn outline(draft: &Flow, wanted: &Flow, revision: u64, waiting: bool, findings: &[Finding]) -> FlowOutline {
    let changes = diff(&draft.document(), &wanted.document());
    let states: HashMap<&str, &str> = changes
        .steps
        .iter()
        .filter_map(|change| match change.fate {
            Fate::Added => Some((change.name.as_str(), "new")),
            Fate::Kept => Some((change.name.as_str(), "changed")),
            Fate::Removed => None,
        })
        .collect();
    let gone = changes.steps.iter().filter(|change| change.fate == Fate::Removed);
    let index = Index::of(wanted);
    let mut steps = vec![trigger(wanted, !changes.trigger.is_empty())];
    for entry in index.entries() {
        let within = entry.inside.and_then(|(holder, slot)| Some(held(index.entry(holder)?.step, slot)));
        let state = states.get(entry.step.name.as_str()).copied().unwrap_or_default();
        steps.push(step(entry.step, within.unwrap_or_default(), state));
    }
    FlowOutline {
        name: wanted.display_name.clone(),
        revision,
        waiting,
        reach: match wanted.schema.syntax() {
            Some(Syntax::Bare) => "{{step_1['field']}}".to_owned(),
            Some(Syntax::Wrapped) | None => "{{step_1['output']['field']}}".to_owned(),
        },
        steps,
        removed: gone.map(|change| change.display_name.clone()).collect(),
        problems: findings.iter().take(PROBLEMS).map(|finding| finding.message.clone()).collect(),
    }
}

fn trigger(flow: &Flow, changed: bool) -> OutlineStep {
    let call = flow.trigger.call();
    OutlineStep {
        name: flow.trigger.name.clone(),
        label: flow.trigger.display_name.clone(),
        piece: call.map(|call| call.piece.clone()).unwrap_or_default(),
        action: call.map(|call| call.operation.clone()).unwrap_or_default(),
        fields: call.map(|call| fields(&call.input)).unwrap_or_default(),
        state: if changed { "changed".to_owned() } else { String::new() },
        ..OutlineStep::default()
    }
}

fn step(step: &Step, within: String, state: &str) -> OutlineStep {
    let none = BTreeMap::new;
    let (piece, action, fields) = match &step.kind {
        Kind::Piece(piece) => {
            let PieceCall { piece, operation, input, .. } = &piece.call;
            (piece.clone(), operation.clone(), fields(input))
        }
        Kind::Code(code) => {
            let mut kept = fields(&code.input);
            kept.insert("source".to_owned(), plain(&code.code, VALUE));
            (String::new(), "code".to_owned(), kept)
        }
        Kind::Loop(inner) => {
            let items = [("items".to_owned(), plain(&inner.items, VALUE))];
            (String::new(), "loop".to_owned(), items.into_iter().collect())
        }
        Kind::Router(router) => (String::new(), "router".to_owned(), branches(router)),
        Kind::Other(other) => (String::new(), other.kind.clone(), none()),
    };
    let (name, label) = (step.name.clone(), step.display_name.clone());
    OutlineStep { name, label, piece, action, within, fields, state: state.to_owned(), skipped: step.is_skipped() }
}

/// What stands in a slot of a step, as edits name the place.
fn held(holder: &Step, slot: Slot) -> String {
    let within = match (slot, &holder.kind) {
        (Slot::Body, _) => "each".to_owned(),
        (Slot::OnSuccess, _) => "succeeded".to_owned(),
        (Slot::OnFailure, _) => "failed".to_owned(),
        (Slot::Branch(n), Kind::Router(router)) => {
            router.branches.get(n).map_or_else(|| n.to_string(), |branch| branch.name.clone())
        }
        (Slot::Branch(n), Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_)) => n.to_string(),
    };
    format!("{}/{within}", holder.name)
}

/// The fields that are filled in. Of a connection it is told that there is one, and no more.
fn fields(input: &Map) -> BTreeMap<String, String> {
    let told = |(name, value): (&String, &Value)| {
        let text = match value {
            Value::Null | Value::Bool(false) => return None,
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
        };
        let is_empty = matches!(text.trim(), "" | "{}" | "[]");
        let text = if name == "auth" { "connected".to_owned() } else { plain(&text, VALUE) };
        (!is_empty).then(|| (name.clone(), text))
    };
    input.iter().filter_map(told).collect()
}

fn branches(router: &Router) -> BTreeMap<String, String> {
    let told = router.branches.iter().map(|branch| {
        let when = match &branch.kind {
            BranchKind::Condition(groups) => {
                let group = |group: &Vec<Condition>| group.iter().map(condition).collect::<Vec<_>>().join(" and ");
                groups.iter().map(group).collect::<Vec<_>>().join(" or ")
            }
            BranchKind::Fallback => "when no other is".to_owned(),
            BranchKind::Other(kind) => kind.clone(),
        };
        (branch.name.clone(), plain(&when, VALUE))
    });
    told.collect()
}

fn condition(condition: &Condition) -> String {
    let operator = condition.operator.map_or_else(|| "?".to_owned(), |operator| operator.word().to_lowercase());
    let second = condition.second.as_deref().unwrap_or_default();
    format!("{} {} {second}", condition.first, operator.replace('_', " ")).trim_end().to_owned()
}
