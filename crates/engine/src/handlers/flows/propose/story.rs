//! How a run went, in few words: a line a step, and all that helps to mend the one that failed.
//!
//! Pure.

use std::collections::HashMap;

use contract::commands::{RunFailure, RunOutline};
use contract::{RunStatus, RunStep, RunView};
use flow::Flow;

use super::super::super::words::plain;

/// So many steps are told; of a longer run the last.
const STEPS: usize = 40;
/// Longer inputs and answers are cut, in characters.
const INPUT: usize = 1_500;
const DETAIL: usize = 600;

/// The run, with the names that the steps had in it.
pub(super) fn story(view: RunView, flow: Option<&Flow>) -> RunOutline {
    let steps = flow.into_iter().flat_map(|flow| flow.steps.walk());
    let mut labels: HashMap<&str, &str> =
        steps.map(|visit| (visit.step.name.as_str(), visit.step.display_name.as_str())).collect();
    labels.extend(flow.map(|flow| (flow.trigger.name.as_str(), flow.trigger.display_name.as_str())));
    let label = |step: &str| labels.get(step).copied().unwrap_or(step).to_owned();
    let failed = view.steps.iter().rev().find(|step| step.error.is_some() || step.status == RunStatus::Failed);
    let failed = failed.map(|step| RunFailure {
        step: step.name.clone(),
        label: label(&step.name),
        message: step.error.as_ref().map(|error| error.message.clone()).unwrap_or_default(),
        detail: step.error.as_ref().map(|error| plain(&error.detail, DETAIL)).unwrap_or_default(),
        input: plain(&step.input, INPUT),
    });
    let skipped = view.steps.len().saturating_sub(STEPS);
    let lines = view.steps.iter().skip(skipped).map(|step| line(step, &label(&step.name)));
    RunOutline {
        id: view.run.id,
        flow: view.run.flow,
        name: view.run.name,
        status: view.run.status,
        cause: view.run.cause,
        steps: lines.collect(),
        failed,
        waits: view.run.waits.map(|wait| wait.words),
    }
}

fn line(step: &RunStep, label: &str) -> String {
    let within: Vec<String> = step.within.iter().map(|(_, iteration)| iteration.to_string()).collect();
    let round = if within.is_empty() { String::new() } else { format!(" #{}", within.join(".")) };
    let mut line = format!("{}{round} ({label}): {}", step.name, step.status.word().to_lowercase());
    if step.attempts > 1 {
        line.push_str(&format!(", {} attempts", step.attempts));
    }
    for warning in step.warnings.iter().take(2) {
        line.push_str(&format!("; {}", plain(warning, 160)));
    }
    line
}
