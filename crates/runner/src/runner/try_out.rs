//! One step alone, on samples of what the steps before it bring; and what can be chosen in its form.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::{Kind, PieceCall};
use serde_json::{Value, json};

use super::Runner;
use super::perform::{Ready, asked, met};
use crate::event::{Delivery, Outcome, Trace, Wait};
use crate::expr::{Scope, Seen, resolve};
use crate::piece::{Ask, Choices, Reply, nothing_to_choose};
use crate::run::Task;
use crate::{Failure, Kept, Key, Map, Program, RunId};

/// What came of a step that was tried alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// How it ended.
    pub outcome: Outcome,
    /// What it was given and what else is told of it.
    pub trace: Trace,
    /// What it would wait for in a run.
    pub wait: Option<Wait>,
}

impl Runner {
    /// Does a step alone, once: no retries, no branches, and of a loop the first item only. What it does outside, it does.
    ///
    /// `samples` are what the trigger and earlier steps bring, by name. `id` is new for each trial.
    pub async fn test_step(
        &self,
        id: &RunId,
        program: &Program,
        step: &str,
        samples: &BTreeMap<String, Value>,
    ) -> Tried {
        let began = self.clock.now();
        let Some(found) = program.step(step) else {
            let failure = Failure::new(format!("There is no step {step} any more. Choose another."));
            return Tried { outcome: Outcome::Failed(failure), trace: Trace::default(), wait: None };
        };
        let mut scope = Scope::new(program.syntax);
        for (name, sample) in samples {
            let seen = Seen { output: Some(Arc::new(sample.clone())), error: None };
            scope.steps.insert(name.clone(), seen);
        }
        let input = match &found.kind {
            Kind::Router(router) => asked(router),
            Kind::Loop(inner) => json!({ "items": inner.items }),
            Kind::Code(_) | Kind::Piece(_) | Kind::Other(_) => found.input().cloned().unwrap_or_default().into(),
        };
        let failed = |failure, trace| Tried { outcome: Outcome::Failed(failure), trace, wait: None };
        let resolved = match resolve(&input, &scope, self.secrets.as_ref(), self.code).await {
            Ok(resolved) => resolved,
            Err(failure) => return failed(failure, Trace::default()),
        };
        let shown = self.cut(resolved.hidden.scrub(resolved.shown.clone()));
        let mut trace = Trace { input: shown, warnings: resolved.warnings.clone(), ..Trace::default() };
        let (result, wait) = match &found.kind {
            Kind::Router(router) => {
                (met(router, &resolved.input).map(|met| branches(router, &met)).map_err(Failure::new), None)
            }
            Kind::Loop(_) => (first_item(&resolved.input), None),
            Kind::Code(_) | Kind::Piece(_) | Kind::Other(_) => {
                if let Err(failure) = self.allowed(found, &resolved) {
                    return failed(failure.scrubbed(&resolved.hidden), trace);
                }
                let ready = Ready { resolved, delivery: Delivery::Pure };
                let key = Key::of(id, step, &[]);
                let task = Task { step: step.to_owned(), iterations: Vec::new(), key, attempt: 1, is_again: false };
                let left = std::time::Duration::from_millis(self.rules.time_ms);
                let (reply, console) = self.work(id, left, found, &task, &ready).await;
                trace.console = console;
                match reply {
                    Ok(Reply::Done(output) | Reply::Respond(output, _) | Reply::Stop(output, _)) => (Ok(output), None),
                    Ok(Reply::Wait(_, Wait::Until { at, output })) => {
                        (Ok(output.clone()), Some(Wait::Until { at, output }))
                    }
                    Ok(Reply::Wait(output, wait) | Reply::RespondAndWait(output, _, wait)) => (Ok(output), Some(wait)),
                    Err(failure) => (Err(failure), None),
                }
            }
        };
        trace.duration_ms = self.since(began);
        let outcome = match result {
            Ok(output) => Outcome::Done { output: Kept::whole(output), response: None, stops: false },
            Err(failure) => Outcome::Failed(failure),
        };
        Tried { outcome, trace, wait }
    }

    /// What can be chosen for a property of an action or trigger, as Activepieces answers. Connections that the form names
    /// are looked up; references to steps are empty, since nothing has run.
    pub async fn options(&self, call: &PieceCall, property: &str, search: Option<&str>) -> Choices {
        let scope = Scope::new(flow::Syntax::Wrapped);
        let input = Value::Object(call.input.clone());
        let resolved = match resolve(&input, &scope, self.secrets.as_ref(), self.code).await {
            Ok(resolved) => resolved,
            Err(failure) => return nothing_to_choose(failure.message),
        };
        let empty = Map::new();
        let input = resolved.input.as_object().unwrap_or(&empty);
        let ask = Ask { operation: &call.operation, property, input, search };
        match self.pieces.options(&call.piece, &ask).await {
            Choices::Dropdown(mut options) => {
                options.placeholder = options.placeholder.map(|text| resolved.hidden.scrub_text(&text));
                Choices::Dropdown(options)
            }
            fields @ Choices::Dynamic(_) => fields,
        }
    }
}

fn branches(router: &flow::Router, met: &[bool]) -> Value {
    let branch = |(number, (branch, met)): (usize, (&flow::Branch, &bool))| json!({ "branchName": branch.name, "branchIndex": number + 1, "evaluation": met });
    json!({ "branches": router.branches.iter().zip(met).enumerate().map(branch).collect::<Vec<_>>() })
}

fn first_item(input: &Value) -> Result<Value, Failure> {
    let items = input.get("items").and_then(Value::as_array);
    let items = items.ok_or_else(|| Failure::new("The items you have selected must be a list."))?;
    Ok(match items.first() {
        Some(item) => json!({ "item": item, "index": 1, "iterations": [{}] }),
        None => json!({ "index": 0, "iterations": [] }),
    })
}
