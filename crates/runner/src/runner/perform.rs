//! What each kind of step does.

use std::time::Duration;

use flow::{BranchKind, Condition, Kind, Router, Step};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Runner, RunnerError};
use crate::condition::{Weighed, holds};
use crate::event::{Delivery, Outcome, Response, Trace, What};
use crate::expr::Resolved;
use crate::piece::{Call, Reply, missing};
use crate::run::{Run, Task};
use crate::{Failure, Map, RunId, sandbox};

/// What a step is to do, once everything about it is known.
pub(super) struct Ready {
    pub(super) resolved: Resolved,
    pub(super) delivery: Delivery,
}

impl Runner {
    /// Does a piece or code step. `None` if the runner is to stop and the step can be done again.
    pub(super) async fn perform(
        &self,
        run: &mut Run,
        task: Task,
        stop: &CancellationToken,
    ) -> Result<Option<What>, RunnerError> {
        let program = run.program().clone();
        let Some(step) = program.step(&task.step) else { return Ok(None) };
        let began = self.clock.now();
        let ready = match self.prepare(run, step).await? {
            Ok(ready) => ready,
            Err((failure, trace)) => {
                let trace = Trace { duration_ms: self.since(began), ..trace };
                return Ok(Some(What::Finished { step: task.step, outcome: Outcome::Failed(failure), trace }));
            }
        };
        if ready.delivery != Delivery::Pure && !task.is_again {
            let (step, attempt, delivery) = (task.step.clone(), task.attempt, ready.delivery);
            let input = match delivery {
                Delivery::Once => self.cut(ready.resolved.hidden.scrub(ready.resolved.shown.clone())),
                Delivery::Pure | Delivery::Keyed => Value::Null,
            };
            self.write(run, What::Started { step, attempt, delivery, input }).await?;
        }
        let left = run.time_left();
        let work = async {
            match tokio::time::timeout(left, self.work(run.id(), left, step, &task, &ready)).await {
                Ok(done) => done,
                Err(_) => {
                    let seconds = left.as_secs_f64().ceil();
                    let why = format!(
                        "The step took longer than the {seconds} s that were left to the run. Do less in one run."
                    );
                    (Err(Failure::in_doubt(why).named("TimeoutError")), Vec::new())
                }
            }
        };
        let (reply, console) = tokio::select! {
            done = work => done,
            // What may not be done twice is waited for: it has its own limit.
            () = stop.cancelled(), if ready.delivery != Delivery::Once => return Ok(None),
        };
        let Resolved { shown, warnings, .. } = ready.resolved;
        let trace = Trace { input: shown, duration_ms: self.since(began), warnings, console };
        self.told(run, task, ready.delivery, reply, trace).await.map(Some)
    }

    /// Everything that is needed before the step does anything. The inner failure is the step's.
    async fn prepare(&self, run: &Run, step: &Step) -> Result<Result<Ready, (Failure, Trace)>, RunnerError> {
        let input = Value::Object(step.input().cloned().unwrap_or_default());
        let resolved = match self.resolve(run, &input).await? {
            Ok(resolved) => resolved,
            Err(failure) => return Ok(Err((failure, Trace::default()))),
        };
        let delivery = self.allowed(step, &resolved);
        Ok(match delivery {
            Ok(delivery) => Ok(Ready { resolved, delivery }),
            Err(failure) => {
                let failure = failure.scrubbed(&resolved.hidden);
                let Resolved { shown, warnings, .. } = resolved;
                Err((failure, Trace { input: shown, warnings, ..Trace::default() }))
            }
        })
    }

    pub(super) fn allowed(&self, step: &Step, resolved: &Resolved) -> Result<Delivery, Failure> {
        match &step.kind {
            Kind::Code(_) => Ok(Delivery::Pure),
            Kind::Piece(piece) => {
                let (operation, found) = self.pieces.action(&piece.call.piece, &piece.call.operation)?;
                let empty = Map::new();
                let input = resolved.input.as_object().unwrap_or(&empty);
                match missing(operation, input) {
                    Some(failure) => Err(failure),
                    None => Ok(found.delivery(&piece.call.operation, input)),
                }
            }
            Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => {
                Err(Failure::new("This kind of step does not run in this app. Run the flow on an Activepieces server."))
            }
        }
    }

    pub(super) async fn work(
        &self,
        run: &RunId,
        left: Duration,
        step: &Step,
        task: &Task,
        ready: &Ready,
    ) -> (Result<Reply, Failure>, Vec<String>) {
        let input = &ready.resolved.input;
        let hidden = ready.resolved.hidden.clone();
        match &step.kind {
            Kind::Code(code) => {
                let limits = sandbox::Limits { time: self.code.time.min(left), ..self.code };
                let ran = sandbox::run(code.code.clone(), input.clone(), limits).await;
                let console = ran.console.iter().map(|line| hidden.scrub_text(line)).collect();
                let result = ran.result.map(|output| Reply::Done(hidden.scrub(output)));
                (result.map_err(|failure| failure.scrubbed(&hidden)), console)
            }
            Kind::Piece(piece) => {
                let (action, empty) = (&piece.call.operation, Map::new());
                let found = match self.pieces.action(&piece.call.piece, action) {
                    Ok((_, found)) => found,
                    Err(failure) => return (Err(failure), Vec::new()),
                };
                let input = input.as_object().unwrap_or(&empty);
                let call = Call::new(action, input, &task.key, run, &task.step, self.clock.now());
                let call = call.attempt(task.attempt).with_hidden(hidden);
                let reply = found.run(&call).await;
                let hidden = call.hidden();
                let scrub = |value: Value| hidden.scrub(value);
                let closed = |response: Response| Response {
                    status: response.status,
                    headers: scrub(Value::Object(response.headers)).as_object().cloned().unwrap_or_default(),
                    body: scrub(response.body),
                };
                let scrubbed = match reply {
                    Ok(Reply::Done(output)) => Ok(Reply::Done(scrub(output))),
                    Ok(Reply::Respond(output, response)) => Ok(Reply::Respond(scrub(output), closed(response))),
                    Ok(Reply::Stop(output, response)) => Ok(Reply::Stop(scrub(output), closed(response))),
                    Ok(Reply::Wait(output, wait)) => Ok(Reply::Wait(scrub(output), wait)),
                    Ok(Reply::RespondAndWait(output, response, wait)) => {
                        Ok(Reply::RespondAndWait(scrub(output), closed(response), wait))
                    }
                    Err(failure) => Err(failure.scrubbed(&hidden)),
                };
                (scrubbed, Vec::new())
            }
            Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => (Ok(Reply::Done(Value::Null)), Vec::new()),
        }
    }

    async fn told(
        &self,
        run: &Run,
        task: Task,
        delivery: Delivery,
        reply: Result<Reply, Failure>,
        trace: Trace,
    ) -> Result<What, RunnerError> {
        let step = task.step;
        let (output, response, stops) = match reply {
            Err(failure) if failure.in_doubt && delivery == Delivery::Once => {
                return Ok(What::Doubted { step, failure, trace });
            }
            Err(failure) => return Ok(What::Finished { step, outcome: Outcome::Failed(failure), trace }),
            Ok(Reply::Wait(output, wait)) => {
                let output = self.keep(run.id(), output).await?;
                return Ok(What::Paused { step, wait, output, response: None, trace });
            }
            Ok(Reply::RespondAndWait(output, response, wait)) => {
                let output = self.keep(run.id(), output).await?;
                return Ok(What::Paused { step, wait, output, response: Some(response), trace });
            }
            Ok(Reply::Done(output)) => (output, None, false),
            Ok(Reply::Respond(output, response)) => (output, Some(response), false),
            Ok(Reply::Stop(output, response)) => (output, Some(response), true),
        };
        let output = self.keep(run.id(), output).await?;
        Ok(What::Finished { step, outcome: Outcome::Done { output, response, stops }, trace })
    }

    /// Finds the items of a loop.
    pub(super) async fn list(&self, run: &Run, task: Task) -> Result<What, RunnerError> {
        let began = self.clock.now();
        let step = task.step;
        let items = match run.program().step(&step).map(|step| &step.kind) {
            Some(Kind::Loop(inner)) => inner.items.clone(),
            Some(Kind::Piece(_) | Kind::Code(_) | Kind::Router(_) | Kind::Other(_)) | None => String::new(),
        };
        let resolved = match self.resolve(run, &json!({ "items": items })).await? {
            Ok(resolved) => resolved,
            Err(failure) => {
                return Ok(What::Finished { step, outcome: Outcome::Failed(failure), trace: Trace::default() });
            }
        };
        let trace = Trace {
            input: resolved.shown,
            duration_ms: self.since(began),
            warnings: resolved.warnings,
            console: Vec::new(),
        };
        let items = resolved.input.get("items").cloned().unwrap_or_default();
        let Some(count) = items.as_array().map(Vec::len) else {
            let failure = Failure::new("The items you have selected must be a list.");
            return Ok(What::Finished { step, outcome: Outcome::Failed(failure), trace });
        };
        let items = self.keep(run.id(), resolved.hidden.scrub(items)).await?;
        Ok(What::Listed { step, items, count, trace })
    }

    /// Weighs the branches of a router.
    pub(super) async fn decide(&self, run: &Run, task: Task) -> Result<What, RunnerError> {
        let began = self.clock.now();
        let step = task.step;
        let program = run.program().clone();
        let router = match program.step(&step).map(|step| &step.kind) {
            Some(Kind::Router(router)) => router,
            Some(Kind::Piece(_) | Kind::Code(_) | Kind::Loop(_) | Kind::Other(_)) | None => &Router::default(),
        };
        let resolved = match self.resolve(run, &asked(router)).await? {
            Ok(resolved) => resolved,
            Err(failure) => {
                return Ok(What::Finished { step, outcome: Outcome::Failed(failure), trace: Trace::default() });
            }
        };
        let met = met(router, &resolved.input);
        let Resolved { shown, warnings, .. } = resolved;
        let trace = Trace { input: shown, duration_ms: self.since(began), warnings, console: Vec::new() };
        Ok(match met {
            Ok(met) => What::Decided { step, met, trace },
            Err(message) => What::Finished { step, outcome: Outcome::Failed(Failure::new(message)), trace },
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "a duration in milliseconds is far below 2^52")]
    pub(super) fn since(&self, began: Timestamp) -> f64 {
        let microseconds = self.clock.now().as_microsecond().saturating_sub(began.as_microsecond());
        microseconds.max(0) as f64 / 1000.0
    }
}

/// The settings of a router, with what is evaluated of them.
pub(super) fn asked(router: &Router) -> Value {
    let condition = |condition: &Condition| {
        let mut asked = json!({ "firstValue": condition.first });
        if let Some(members) = asked.as_object_mut() {
            members.extend(condition.operator.map(|operator| ("operator".to_owned(), operator.word().into())));
            members.extend(condition.second.clone().map(|second| ("secondValue".to_owned(), second.into())));
            members.extend(condition.case_sensitive.map(|flag| ("caseSensitive".to_owned(), flag.into())));
        }
        asked
    };
    let branch = |branch: &flow::Branch| match &branch.kind {
        BranchKind::Condition(groups) => {
            let groups: Vec<Vec<Value>> = groups.iter().map(|group| group.iter().map(condition).collect()).collect();
            json!({ "branchName": branch.name, "branchType": "CONDITION", "conditions": groups })
        }
        BranchKind::Fallback => json!({ "branchName": branch.name, "branchType": "FALLBACK" }),
        BranchKind::Other(kind) => json!({ "branchName": branch.name, "branchType": kind }),
    };
    let branches: Vec<Value> = router.branches.iter().map(branch).collect();
    json!({ "branches": branches, "executionType": router.execution.map(flow::Execution::word) })
}

/// Whether each branch is met; the fallback is if no other is.
pub(super) fn met(router: &Router, weighed: &Value) -> Result<Vec<bool>, String> {
    if router.execution.is_none() {
        return Err("This router does not say how many branches are taken. Choose the first match or all.".to_owned());
    }
    let mut met = Vec::with_capacity(router.branches.len());
    for (number, branch) in router.branches.iter().enumerate() {
        met.push(match &branch.kind {
            BranchKind::Fallback => false,
            BranchKind::Other(kind) => {
                return Err(format!("The branch {} is of a kind that is not known here: {kind}.", branch.name));
            }
            BranchKind::Condition(groups) => {
                let sides = weighed.pointer(&format!("/branches/{number}/conditions"));
                holds(&weigh(groups, sides.unwrap_or(&Value::Null)))?
            }
        });
    }
    let is_otherwise = !met.iter().any(|met| *met);
    let fallbacks = router.branches.iter().map(flow::Branch::is_fallback);
    Ok(met.iter().zip(fallbacks).map(|(met, is_fallback)| if is_fallback { is_otherwise } else { *met }).collect())
}

fn weigh(groups: &[Vec<Condition>], sides: &Value) -> Vec<Vec<Weighed>> {
    let one = |condition: &Condition, side: &Value| Weighed {
        operator: condition.operator,
        first: side.get("firstValue").cloned().unwrap_or_default(),
        second: side.get("secondValue").cloned().unwrap_or_default(),
        case_sensitive: condition.case_sensitive == Some(true),
    };
    let nothing = Value::Null;
    let group = |(number, group): (usize, &Vec<Condition>)| {
        let side = |place: usize| sides.get(number).and_then(|group| group.get(place)).unwrap_or(&nothing);
        group.iter().enumerate().map(|(place, condition)| one(condition, side(place))).collect()
    };
    groups.iter().enumerate().map(group).collect()
}
