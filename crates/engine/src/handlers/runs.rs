//! Runs of automations: listed, looked at, tried again, ended and answered.

use contract::commands::{AnswerRun, CancelRun, ListRuns, RetryRun, ShowRun, ShowRunValue};
use contract::{Code, Fault, FlowPlace, RunAnswer, RunList, RunSummary, RunView};
use runner::{Answer, Kept};
use serde_json::{Value, json};
use store::{RunFilter, StoredRun};

use super::flows::publish::fresh_key;
use crate::automation::{Beginning, server};
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Runs in an answer, if nobody says.
const USUAL: u32 = 50;
/// Runs in an answer at most.
const MOST: u32 = 200;
/// The days that are counted.
const DAYS: u32 = 14;

impl Handle<ListRuns> for Ask<'_> {
    async fn handle(&self, input: ListRuns) -> Result<RunList, Fault> {
        let desk = self.desk().await?;
        let limit = input.limit.unwrap_or(USUAL).clamp(1, MOST);
        let filter = RunFilter {
            flow: input.flow,
            statuses: input.statuses,
            tests: input.tests,
            before: input.before,
            limit: limit + 1,
        };
        let mut runs = desk.store.runs(&filter).await.into_fault()?;
        let more = runs.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        runs.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let counts = desk.store.run_counts(input.flow, input.tests, desk.now(), DAYS).await.into_fault()?;
        Ok(RunList { runs, counts: counts.statuses, days: counts.days, more })
    }
}

impl Handle<ShowRun> for Ask<'_> {
    async fn handle(&self, ShowRun { id }: ShowRun) -> Result<RunView, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.run(id).await.into_fault()?;
        let run = match stored.run.place {
            FlowPlace::Here => desk.automations.show(stored).await?,
            FlowPlace::Server => server::show_run(&desk, id).await?,
        };
        covered(self, run).await
    }
}

impl Handle<ShowRunValue> for Ask<'_> {
    async fn handle(&self, input: ShowRunValue) -> Result<String, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.run(input.id).await.into_fault()?;
        let hidden = self.engine.0.app.settings().await.into_fault()?.hidden_fields;
        if stored.run.place == FlowPlace::Server {
            let value = server::run_value(&desk, input.id, &input.step, &input.within).await?;
            return Ok(without(&value, &hidden));
        }
        let run = desk.automations.open_run(&stored).await?;
        let turns: Vec<usize> = input
            .within
            .iter()
            .map(|(_, number)| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX))
            .collect();
        let kept: Option<Kept> = match run.known_in(&input.step, &turns) {
            Some(record) => record.output.clone(),
            None if input.step == run.program().trigger => Some(run.payload().clone()),
            None => None,
        };
        let kept = kept.ok_or_else(|| Fault::new(Code::NotFound, "This step brought nothing in this run."))?;
        let value = desk.automations.runner().fetch(run.id(), &kept).await;
        let value = value.map_err(|why| Fault::new(Code::NotFound, why.to_string()))?;
        Ok(without(&value.to_string(), &hidden))
    }
}

impl Handle<RetryRun> for Ask<'_> {
    async fn handle(&self, RetryRun { id, latest }: RetryRun) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.run(id).await.into_fault()?;
        if stored.run.place == FlowPlace::Server {
            return server::retry_run(&desk, id, latest).await;
        }
        let mut run = desk.automations.open_run(&stored).await?;
        if latest {
            let payload = desk.automations.runner().fetch(run.id(), run.payload()).await;
            let payload = payload.map_err(|why| Fault::new(Code::NotFound, why.to_string()))?.as_ref().clone();
            let flow = desk.store.flow(stored.run.flow).await.into_fault()?;
            let note = Some(format!("Tries run {id} again on what is published now."));
            let key = fresh_key("again", stored.run.flow)?;
            let cause = format!("Run {id} again");
            let begun =
                desk.automations.begin_published(flow, key, cause, Beginning { payload, note, parent: None }).await?;
            return begun.ok_or_else(|| {
                Fault::invalid("latest", "Nothing of the automation is published. Publish it, or test the draft.")
            });
        }
        let again = desk.automations.runner().retry(&mut run).await;
        if !again.map_err(|why| Fault::new(Code::Storage, why.to_string()))? {
            let message = "It did not fail at a step, so there is nothing to go on from. Try all of it again.";
            return Err(Fault::invalid("id", message));
        }
        self.told(&stored, &run).await
    }
}

impl Handle<CancelRun> for Ask<'_> {
    async fn handle(&self, CancelRun { id }: CancelRun) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.run(id).await.into_fault()?;
        if stored.run.status.is_ended() {
            return Err(Fault::invalid("id", "This run has ended already."));
        }
        if stored.run.place == FlowPlace::Server {
            return server::cancel_run(&desk, id).await;
        }
        desk.automations.cancel(&stored).await;
        Ok(desk.store.run(id).await.into_fault()?.run)
    }
}

impl Handle<AnswerRun> for Ask<'_> {
    async fn handle(&self, AnswerRun { id, answer }: AnswerRun) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.run(id).await.into_fault()?;
        if stored.run.place == FlowPlace::Server {
            return Err(Fault::invalid("id", "This run waits on the server. Answer it there."));
        }
        let mut run = desk.automations.open_run(&stored).await?;
        let runner = desk.automations.runner();
        let told = match answer {
            RunAnswer::Approve => runner.approve(&mut run, true).await,
            RunAnswer::Reject => runner.approve(&mut run, false).await,
            RunAnswer::ItHappened => runner.answer(&mut run, Answer::Happened(json!({}))).await,
            RunAnswer::TryAgain => runner.answer(&mut run, Answer::TryAgain).await,
        };
        if !told.map_err(|why| Fault::new(Code::Storage, why.to_string()))? {
            return Err(Fault::invalid("answer", "The run does not wait for that any more. Look at it again."));
        }
        self.told(&stored, &run).await
    }
}

impl Ask<'_> {
    /// Has a run go on that was told something.
    async fn told(&self, stored: &StoredRun, run: &runner::Run) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        desk.automations.carry_on(stored, run).await;
        Ok(desk.store.run(stored.run.id).await.into_fault()?.run)
    }
}

/// A run without the values of hidden fields. They stay in its record: its steps go on with them.
async fn covered(ask: &Ask<'_>, mut run: RunView) -> Result<RunView, Fault> {
    let hidden = ask.engine.0.app.settings().await.into_fault()?.hidden_fields;
    for step in &mut run.steps {
        step.input = without(&step.input, &hidden);
        step.output = without(&step.output, &hidden);
    }
    Ok(run)
}

/// JSON text without the values of these fields, capitals aside; what is no JSON stays as it is.
fn without(text: &str, hidden: &[String]) -> String {
    if hidden.is_empty() {
        return text.to_owned();
    }
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    let mut open = vec![&mut value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    if hidden.iter().any(|hidden| hidden.eq_ignore_ascii_case(name)) && !member.is_null() {
                        *member = runner::REDACTED.into();
                    } else {
                        open.push(member);
                    }
                }
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    value.to_string()
}
