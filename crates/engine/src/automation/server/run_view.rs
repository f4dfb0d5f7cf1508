//! A run of the server's with its steps, asked for when somebody looks: the store keeps only what the list shows.

use std::sync::Arc;

use activepieces::{Output, StepRun, Steps, Trouble, in_order};
use contract::{Code, Fault, RunError, RunId, RunStatus, RunStep, RunView};
use flow::Flow;
use serde_json::{Value, json};

use super::runs::{lost, mirror, there};
use super::telling;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::read_document;

/// Longer outputs are asked for one by one, in bytes.
const OUTPUT: usize = 8 << 10;
/// Larger ones are not fetched at all, in bytes.
const LARGEST: usize = 10 << 20;
/// More steps than a page can show; further ones are left out.
const STEPS: usize = 3000;

/// The loops that a step stands in, each with the number of the iteration, from 1.
type Within = Vec<(String, u32)>;

/// A run with its steps, as the server has it right now.
///
/// # Errors
/// `NotFound` when the server keeps it no longer, `Offline` when it is away.
pub(crate) async fn run(desk: &Arc<Desk>, id: RunId) -> Result<RunView, Fault> {
    if let Some(waiting) = telling::show(desk, id).await? {
        return Ok(waiting);
    }
    let (link, name) = there(desk, id).await?;
    let kept = desk.store.run(id).await.into_fault()?;
    let run = link.client.run(&name).await.map_err(lost)?;
    let stored = desk.store.flow(kept.run.flow).await.into_fault()?;
    let summary = mirror(desk, &stored, &run).await?;
    let flow = read_document(&kept.document)?;
    Ok(RunView { run: summary, steps: steps(&run.steps, &flow), document: kept.document })
}

/// All of what a step brought, as JSON text.
///
/// # Errors
/// `NotFound` when it brought nothing or is no longer kept.
pub(crate) async fn value(desk: &Arc<Desk>, id: RunId, step: &str, within: &[(String, u32)]) -> Result<String, Fault> {
    let waiting = telling::show(desk, id).await?;
    if let Some(found) = waiting.and_then(|run| run.steps.into_iter().find(|found| found.name == step)) {
        return Ok(found.output);
    }
    let (link, name) = there(desk, id).await?;
    let run = link.client.run(&name).await.map_err(lost)?;
    let found = within.iter().try_fold(&run.steps, |steps, (name, number)| {
        let Output::Loop { iterations, .. } = &steps.get(name)?.output else { return None };
        iterations.get(usize::try_from(number.checked_sub(1)?).ok()?)
    });
    let nothing = || Fault::new(Code::NotFound, "This step brought nothing in this run.");
    let output = &found.and_then(|steps| steps.get(step)).ok_or_else(nothing)?.output;
    if let Output::Link(link_to) = output {
        return Ok(link.client.large_output(link_to, LARGEST).await.into_fault()?.to_string());
    }
    value_of(output).map(|value| value.to_string()).ok_or_else(nothing)
}

/// What later steps see of an output; `None` for nothing, and for what lies elsewhere.
pub(super) fn value_of(output: &Output) -> Option<Value> {
    match output {
        Output::None | Output::Link(_) => None,
        Output::Value(value) => Some(value.clone()),
        Output::Loop { item, index, .. } => Some(json!({ "item": item, "index": index })),
        Output::Deep(text) => Some(Value::from(text.as_str())),
    }
}

/// The steps in the order of the flow; those of loops behind their loop, iteration by iteration.
fn steps(found: &Steps, flow: &Flow) -> Vec<RunStep> {
    let mut told = Vec::new();
    let mut pending: Vec<(&str, &StepRun, Within)> = Vec::new();
    let push = |pending: &mut Vec<(_, _, Within)>, steps, within: &Within| {
        let ordered = in_order(steps, flow);
        pending.extend(ordered.into_iter().rev().map(|(name, step)| (name, step, within.clone())));
    };
    push(&mut pending, found, &Vec::new());
    while let Some((name, run, within)) = pending.pop() {
        if told.len() >= STEPS {
            break;
        }
        if let Output::Loop { iterations, .. } = &run.output {
            for (number, iteration) in iterations.iter().enumerate().rev() {
                let mut within = within.clone();
                within.push((name.to_owned(), u32::try_from(number + 1).unwrap_or(u32::MAX)));
                push(&mut pending, iteration, &within);
            }
        }
        told.push(step(name, run, within));
    }
    told
}

fn step(name: &str, run: &StepRun, within: Within) -> RunStep {
    let (output, cut) = if matches!(run.output, Output::Link(_)) {
        (String::new(), true)
    } else {
        let text = value_of(&run.output).map(|value| value.to_string()).unwrap_or_default();
        let is_cut = text.len() > OUTPUT;
        (if is_cut { text.chars().take(OUTPUT / 4).collect() } else { text }, is_cut)
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let took_ms = run.duration.map(|took| took.clamp(0.0, 1e15) as u64);
    RunStep {
        name: name.to_owned(),
        within,
        status: status(&run.status),
        began_at: None,
        took_ms,
        attempts: 1,
        input: if run.input.is_null() { String::new() } else { run.input.to_string() },
        output,
        cut,
        error: run.trouble.as_ref().map(error),
        warnings: Vec::new(),
    }
}

fn status(word: &str) -> RunStatus {
    // A step that stopped the flow did what it was to do.
    RunStatus::from_word(word).unwrap_or(match word {
        "STOPPED" => RunStatus::Succeeded,
        _ => RunStatus::InternalError,
    })
}

pub(super) fn error(trouble: &Trouble) -> RunError {
    let detail = trouble.response_body.clone().or_else(|| trouble.raw.clone());
    RunError { message: trouble.message.clone(), detail: detail.unwrap_or_default() }
}
