//! A run as a page shows it: its steps in the order in which they began, with what went in and came out.

use std::collections::HashMap;

use contract::{RunError, RunStatus, RunStep};
use jiff::{SignedDuration, Timestamp};
use runner::{Event, Failure, Kept, Program, Recorded, Run, RunId, StepStatus, What};
use serde_json::Value;

/// More steps than a page can show; further ones are left out.
const STEPS: usize = 3000;
/// Longer outputs are asked for one by one, in bytes.
const OUTPUT: usize = 8 << 10;

/// A step in one iteration: its name, and the number of each iteration around it.
type Turn = (String, Vec<usize>);

/// The trigger, then each step.
pub(super) fn steps(run: &Run, program: &Program, events: &[Event]) -> Vec<RunStep> {
    let began = beginnings(run.id(), run.program(), events);
    let mut records = run.records();
    records.sort_by_cached_key(|recorded| {
        let at = began.get(&turn(recorded)).map(|(number, _)| *number);
        (at.unwrap_or(usize::MAX), recorded.iterations.len())
    });
    let (output, cut) = shown(run.payload());
    let trigger = RunStep {
        name: program.trigger.clone(),
        within: Vec::new(),
        status: RunStatus::Succeeded,
        began_at: Some(run.began()),
        took_ms: Some(0),
        attempts: 1,
        input: program.trigger_input.to_string(),
        output,
        cut,
        error: None,
        warnings: run.note().map(str::to_owned).into_iter().collect(),
    };
    let rest = records.iter().take(STEPS).map(|recorded| step(run, recorded, began.get(&turn(recorded))));
    std::iter::once(trigger).chain(rest).collect()
}

fn turn(recorded: &Recorded<'_>) -> Turn {
    (recorded.step.to_owned(), recorded.iterations.iter().map(|(_, number)| *number).collect())
}

/// When each step began, and as which of all.
fn beginnings(id: &RunId, program: &std::sync::Arc<Program>, events: &[Event]) -> HashMap<Turn, (usize, Timestamp)> {
    let mut began = HashMap::new();
    let Some((Event { at, what: What::Began(beginning) }, rest)) = events.split_first() else { return began };
    let mut run = Run::begin(id.clone(), program.clone(), *at, beginning.clone());
    for event in rest {
        if let Some(step) = run.at() {
            let turn = (step.to_owned(), run.iterations().into_iter().map(|(_, number)| number).collect());
            let number = began.len();
            began.entry(turn).or_insert((number, beginning_of(event)));
        }
        if run.apply(event).is_err() {
            break;
        }
    }
    began
}

/// When the step began that this event is the first of.
fn beginning_of(event: &Event) -> Timestamp {
    let took = match &event.what {
        What::Finished { trace, .. } | What::Paused { trace, .. } | What::Doubted { trace, .. } => trace.duration_ms,
        What::Began(_)
        | What::Started { .. }
        | What::Listed { .. }
        | What::Decided { .. }
        | What::Answered { .. }
        | What::Cancelled
        | What::Ended { .. }
        | What::Retried => 0.0,
    };
    event.at.checked_sub(SignedDuration::from_secs_f64((took / 1000.0).clamp(0.0, 1e9))).unwrap_or(event.at)
}

fn step(run: &Run, recorded: &Recorded<'_>, began: Option<&(usize, Timestamp)>) -> RunStep {
    let record = recorded.record;
    let (output, cut) = match (&record.output, &record.looped, &record.met) {
        (Some(kept), ..) => shown(kept),
        (None, Some(looped), _) => (serde_json::json!({ "iterations": looped.index }).to_string(), false),
        (None, None, Some(met)) => (branches(run, recorded.step, met), false),
        (None, None, None) => (String::new(), false),
    };
    let is_over = record.status != StepStatus::Running || record.looped.is_some();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let took = record.trace.duration_ms.clamp(0.0, 1e15) as u64;
    RunStep {
        name: recorded.step.to_owned(),
        within: recorded.iterations.iter().map(|(name, number)| (name.clone(), counted(*number))).collect(),
        status: status(record.status, record.looped.is_some(), run.status().is_ended()),
        began_at: began.map(|(_, at)| *at),
        took_ms: is_over.then_some(took),
        attempts: record.attempts,
        input: if record.trace.input.is_null() { String::new() } else { record.trace.input.to_string() },
        output,
        cut,
        error: record.failure.as_ref().map(error),
        warnings: record.trace.warnings.iter().chain(&record.trace.console).cloned().collect(),
    }
}

fn counted(number: usize) -> u32 {
    u32::try_from(number.saturating_add(1)).unwrap_or(u32::MAX)
}

fn status(status: StepStatus, loops: bool, ended: bool) -> RunStatus {
    match status {
        StepStatus::Running if ended && loops => RunStatus::Succeeded,
        StepStatus::Running if ended => RunStatus::Canceled,
        StepStatus::Running => RunStatus::Running,
        StepStatus::Paused => RunStatus::Paused,
        StepStatus::Succeeded | StepStatus::Stopped => RunStatus::Succeeded,
        StepStatus::Failed => RunStatus::Failed,
    }
}

/// Which branches of a router were taken.
fn branches(run: &Run, step: &str, met: &[bool]) -> String {
    let names = run.program().step(step).and_then(|step| match &step.kind {
        flow::Kind::Router(router) => {
            Some(router.branches.iter().map(|branch| branch.name.clone()).collect::<Vec<_>>())
        }
        flow::Kind::Code(_) | flow::Kind::Piece(_) | flow::Kind::Loop(_) | flow::Kind::Other(_) => None,
    });
    let taken = names.unwrap_or_default().into_iter().zip(met).filter(|(_, met)| **met).map(|(name, _)| name);
    serde_json::json!({ "taken": taken.collect::<Vec<_>>() }).to_string()
}

/// A value as JSON text, and whether it is only its beginning.
fn shown(kept: &Kept) -> (String, bool) {
    match kept {
        Kept::Cut { .. } => (String::new(), true),
        Kept::Whole(value) => {
            let text = value.to_string();
            if text.len() > OUTPUT { (String::new(), true) } else { (text, false) }
        }
    }
}

/// Why a step failed, as it is shown.
pub(crate) fn error(failure: &Failure) -> RunError {
    let mut detail = String::new();
    for (name, value) in [
        ("Kind", failure.error_name.clone()),
        ("Status", failure.status.map(|status| status.to_string())),
        ("Address", failure.request_url.clone()),
        ("Answer", failure.response_body.as_deref().map(Value::to_string)),
    ] {
        if let Some(value) = value {
            detail.push_str(&format!("{name}: {value}\n"));
        }
    }
    RunError { message: failure.message.clone(), detail: detail.trim_end().to_owned() }
}
