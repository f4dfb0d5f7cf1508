//! A run as expressions see it, and as a server tells of it.

use flow::Kind;
use serde_json::{Value, json};

use super::{Record, Run};
use crate::Map;
use crate::event::{Kept, StepStatus};

/// What an expression is to see of a step, before big values are fetched.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) output: Option<Sight>,
    pub(crate) error: Option<String>,
}

/// What a step brought, or where it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sight {
    /// This.
    Kept(Kept),
    /// An item of a list, and its number from 1.
    Item(Kept, usize),
    /// This, which was made for the purpose.
    Made(Value),
}

impl Run {
    /// What an expression sees of a step from where the run is; `None` if the step has not run.
    ///
    /// Of a loop it sees the item and its number, and the iterations only if it wants `all`.
    pub(crate) fn sight(&self, name: &str, all: bool) -> Option<Wanted> {
        if name == self.program.trigger {
            return Some(Wanted { output: Some(Sight::Kept(self.payload.clone())), error: None });
        }
        let node = self.program.number(name)?;
        let record = self.record(node)?;
        let error = record.failure.as_ref().filter(|_| record.status == StepStatus::Failed);
        let output = match (&record.looped, &record.met) {
            (Some(_), _) if all => Some(Sight::Made(self.loop_output(record))),
            (Some(looped), _) => Some(Sight::Item(looped.items.clone(), looped.index)),
            (None, Some(met)) => Some(Sight::Made(self.router_output(node, met))),
            (None, None) => record.output.clone().map(Sight::Kept),
        };
        Some(Wanted { output, error: error.map(crate::Failure::to_text) })
    }

    /// Every step by name, as a server tells of them: loops hold their iterations, and what is big is a handle.
    #[must_use]
    pub fn steps(&self) -> Map {
        let mut steps = self.scope_form(0);
        let trigger = json!({
            "type": "PIECE_TRIGGER",
            "status": "SUCCEEDED",
            "input": self.program.trigger_input,
        });
        let mut trigger = trigger;
        put_kept(&mut trigger, &self.payload);
        steps.insert(self.program.trigger.clone(), trigger);
        steps
    }

    fn router_output(&self, node: usize, met: &[bool]) -> Value {
        let branches = match self.program.nodes.get(node).map(|node| &node.step.kind) {
            Some(Kind::Router(router)) => router.branches.as_slice(),
            Some(Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_)) | None => &[],
        };
        let branch = |(number, (branch, met)): (usize, (&flow::Branch, &bool))| json!({ "branchName": branch.name, "branchIndex": number + 1, "evaluation": met });
        json!({ "branches": branches.iter().zip(met).enumerate().map(branch).collect::<Vec<_>>() })
    }

    fn loop_output(&self, record: &Record) -> Value {
        let Some(looped) = &record.looped else { return Value::Null };
        let mut output = self.loop_head(record);
        let iterations: Vec<Value> = looped.iterations.iter().map(|scope| self.scope_form(*scope).into()).collect();
        if let Some(members) = output.as_object_mut() {
            members.insert("iterations".to_owned(), iterations.into());
        }
        output
    }

    fn loop_head(&self, record: &Record) -> Value {
        let Some(looped) = &record.looped else { return Value::Null };
        let mut output = json!({ "index": looped.index, "iterations": [] });
        let item = match &looped.items {
            Kept::Whole(items) => looped.index.checked_sub(1).and_then(|index| items.get(index)).cloned(),
            Kept::Cut { .. } => None,
        };
        if let (Some(members), Some(item)) = (output.as_object_mut(), item) {
            members.insert("item".to_owned(), item);
        }
        output
    }

    /// A scope with all that is in its loops. Scopes are made after those that they are in, so from the last to the first
    /// each finds what it holds ready: nothing nests while it is built.
    fn scope_form(&self, scope: usize) -> Map {
        let mut inner = vec![scope];
        let mut at = 0;
        while let Some(records) = inner.get(at).and_then(|scope| self.scopes.get(*scope)) {
            let looped = records.values().filter_map(|record| record.looped.as_ref());
            inner.extend(looped.flat_map(|looped| looped.iterations.iter().copied()));
            at += 1;
        }
        inner.sort_unstable();
        let mut built: std::collections::HashMap<usize, Map> = std::collections::HashMap::new();
        for scope in inner.into_iter().rev() {
            let Some(records) = self.scopes.get(scope) else { continue };
            let mut form = Map::new();
            for (node, record) in records {
                let mut step = self.record_form(*node, record);
                if let Some(looped) = &record.looped {
                    let iterations = looped.iterations.iter().map(|scope| built.remove(scope).unwrap_or_default());
                    let iterations = iterations.map(Value::Object).collect::<Vec<_>>();
                    if let Some(output) = step.get_mut("output").and_then(Value::as_object_mut) {
                        output.insert("iterations".to_owned(), iterations.into());
                    }
                }
                form.insert(self.name(*node), step);
            }
            built.insert(scope, form);
        }
        built.remove(&scope).unwrap_or_default()
    }

    fn record_form(&self, node: usize, record: &Record) -> Value {
        let kind = match self.program.nodes.get(node).map(|node| &node.step.kind) {
            Some(Kind::Code(_)) => "CODE",
            Some(Kind::Piece(_)) => "PIECE",
            Some(Kind::Loop(_)) => "LOOP_ON_ITEMS",
            Some(Kind::Router(_)) => "ROUTER",
            Some(Kind::Other(other)) => other.kind.as_str(),
            None => "",
        };
        // A server does not tell that a loop was left by a failure.
        let status = match record.looped {
            Some(_) if record.status == StepStatus::Running => StepStatus::Succeeded,
            Some(_) | None => record.status,
        };
        let mut form = json!({
            "type": kind,
            "status": status,
            "input": record.trace.input,
            "duration": record.trace.duration_ms,
        });
        match (&record.looped, &record.met, &record.output) {
            (Some(_), _, _) => put(&mut form, "output", self.loop_head(record)),
            (None, Some(met), _) => put(&mut form, "output", self.router_output(node, met)),
            (None, None, Some(output)) => put_kept(&mut form, output),
            (None, None, None) => {}
        }
        if let Some(failure) = &record.failure {
            put(&mut form, "errorMessage", failure.to_text().into());
        }
        form
    }
}

fn put(form: &mut Value, key: &str, value: Value) {
    if let Some(members) = form.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
}

fn put_kept(form: &mut Value, kept: &Kept) {
    match kept {
        Kept::Whole(value) => put(form, "output", value.as_ref().clone()),
        Kept::Cut { handle, size } => {
            put(form, "output", json!({ "fileId": handle, "size": size }));
            put(form, "outputType", "slice".into());
        }
    }
}
