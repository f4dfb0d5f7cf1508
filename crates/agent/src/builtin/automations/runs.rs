//! Runs that failed: why, from the record of the run, and what mends those with a known cause.

use contract::commands::{
    Connections, FlowEdit, FlowOutline, FlowProposed, ListConnections, ListRuns, OutlineFlow, OutlineRun, ProposeFlow,
    RetryRun, RunFailure, RunOutline,
};
use contract::{FlowId, RunList, RunStatus, RunSummary};
use serde_json::Map;

use super::{current_flow, tell, undone};
use crate::builtin::asked::Asked;
use crate::builtin::capabilities::Capability;
use crate::builtin::compose::{clip, list_of, plain};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene, sentence};

pub(in crate::builtin) const WHY: Capability = Capability {
    name: "explain why a run failed",
    examples: &["Why did the automation fail?"],
    writes: false,
    read: why,
};
pub(in crate::builtin) const FIX: Capability = Capability {
    name: "mend or retry a run that failed",
    examples: &["Fix the automation", "Retry the run"],
    writes: true,
    read: fix,
};

/// So many runs are looked through for the one that failed.
const LOOKED: u32 = 20;

/// What mends a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cure {
    /// Trying again: the other side was busy.
    Retry,
    /// Choosing a connection.
    Connect,
}

fn why<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "why did|does it|this|that fail|break|stop [again]",
        "why did|does the [last] run|automation|flow|test fail|break|stop [again]",
        "why has|is it|this|the [last] [run|automation|flow] failed|failing|broken",
        "what went wrong [there|here]",
        "what happened [there|here] [in] [the] [last] [run]",
        "explain the|this [last] failure|error",
        "what is the error",
    ];
    let id = meant(asked, patterns)?;
    Some(Box::new(move |scene| {
        let next = look(scene, id);
        match next {
            Look::Next(next) => next,
            Look::Failed(run, _) => Next::Say(told(&run)),
        }
    }))
}

/// The automation that is meant, when the words are a request of these. Without one, it is any of them that speaks of automations.
fn meant(asked: &Asked<'_>, patterns: &[&'static str]) -> Option<Option<FlowId>> {
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    let id = current_flow(asked);
    let speaks = asked.core().iter().any(|word| matches!(word.text.as_str(), "automation" | "flow" | "run"));
    (id.is_some() || speaks).then_some(id)
}

fn fix<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let retries =
        &["retry [it|this|that]", "retry the [last] [failed] run|automation|flow", "try it again", "try again"];
    if let Some(id) = meant(asked, retries) {
        return Some(Box::new(move |scene| retry(scene, id)));
    }
    let fixes = &[
        "fix|mend|repair [it|this|that]",
        "fix|mend|repair the [last] run|automation|flow|failure|error",
        "make it work",
    ];
    let id = meant(asked, fixes)?;
    Some(Box::new(move |scene| mend(scene, id)))
}

/// How far the look for a failed run has come.
enum Look {
    Next(Next),
    /// This one, and the step of the turn that comes then.
    Failed(RunOutline, usize),
}

fn look(scene: &Scene<'_>, id: Option<FlowId>) -> Look {
    let runs = match scene.only(0) {
        None => {
            let list = ListRuns { flow: id, statuses: Vec::new(), tests: true, before: None, limit: Some(LOOKED) };
            return Look::Next(Next::one("I’ll look at its runs.", &list));
        }
        Some(done) => match done.reply::<RunList>() {
            Some(list) => list.runs,
            None => return Look::Next(Next::Say(undone(done))),
        },
    };
    let Some(failed) = runs.iter().find(|run| has_failed(run.status)) else {
        return Look::Next(Next::say(match runs.first() {
            None => "It has not run yet.".to_owned(),
            Some(last) => format!("None of its last runs failed. The last one {}.", stands(last.status)),
        }));
    };
    match scene.only(1) {
        None => Look::Next(Next::one("I’ll read the run that failed.", &OutlineRun { id: failed.id })),
        Some(done) => match done.reply::<RunOutline>() {
            Some(run) => Look::Failed(run, 2),
            None => Look::Next(Next::Say(undone(done))),
        },
    }
}

fn has_failed(status: RunStatus) -> bool {
    match status {
        RunStatus::Failed
        | RunStatus::InternalError
        | RunStatus::Timeout
        | RunStatus::QuotaExceeded
        | RunStatus::MemoryLimitExceeded
        | RunStatus::LogSizeExceeded => true,
        RunStatus::Queued | RunStatus::Running | RunStatus::Paused | RunStatus::Succeeded | RunStatus::Canceled => {
            false
        }
    }
}

fn stands(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Queued => "waits to begin",
        RunStatus::Running => "is still running",
        RunStatus::Paused => "waits",
        RunStatus::Succeeded => "went well",
        RunStatus::Failed => "failed",
        RunStatus::InternalError => "failed inside what runs it",
        RunStatus::Timeout => "took longer than a run may",
        RunStatus::Canceled => "was ended by hand",
        RunStatus::QuotaExceeded => "needed more than the plan gives",
        RunStatus::MemoryLimitExceeded => "took more memory than a run may",
        RunStatus::LogSizeExceeded => "brought more than is kept of a run",
    }
}

/// How a run went.
pub(super) fn told(run: &RunOutline) -> String {
    let link = tell::link(run.flow, &run.name);
    let lines: Vec<String> = run.steps.iter().map(|line| plain(&clip(line, 160))).collect();
    let steps = if lines.is_empty() { String::new() } else { format!("\n\n{}", list_of(&lines, 20)) };
    match (&run.failed, &run.waits) {
        (Some(failed), _) if has_failed(run.status) => {
            let detail = match failed.detail.trim() {
                "" => String::new(),
                detail => format!("\n\nThe other side said: “{}”.", plain(&clip(detail, 300))),
            };
            let cure = cure(failed).map_or("", |_| "\n\nI know a way to mend that: say “Fix it”.");
            format!(
                "The run of {link} failed at **{}**: {}{detail}{steps}{cure}",
                plain(&failed.label),
                sentence(&plain(&failed.message))
            )
        }
        (_, Some(waits)) => format!("The run of {link} waits: {}{steps}", sentence(&plain(waits))),
        (Some(_) | None, None) => format!("The run of {link} {}.{steps}", stands(run.status)),
    }
}

/// What is known to mend it.
fn cure(failed: &RunFailure) -> Option<Cure> {
    let text = format!("{} {}", failed.message, failed.detail).to_lowercase();
    let says = |any: &[&str]| any.iter().any(|words| text.contains(words));
    if says(&["no connection", "is not connected", "choose a connection", "connection is chosen"]) {
        Some(Cure::Connect)
    } else if says(&[
        "try again",
        "rate limit",
        "ratelimited",
        "too many requests",
        "timed out",
        "asks to wait",
        " 429",
        " 502",
        " 503",
        " 504",
    ]) {
        Some(Cure::Retry)
    } else {
        None
    }
}

fn retry(scene: &Scene<'_>, id: Option<FlowId>) -> Next {
    let (run, step) = match look(scene, id) {
        Look::Next(next) => return next,
        Look::Failed(run, step) => (run, step),
    };
    match scene.only(step) {
        None => Next::one("I’ll have it go on from where it failed.", &RetryRun { id: run.id, latest: false }),
        Some(done) => Next::Say(match done.reply::<RunSummary>() {
            Some(again) => format!(
                "The run of {} goes on from **{}**; it {}.",
                tell::link(run.flow, &run.name),
                failed_at(&run),
                stands(again.status)
            ),
            None => undone(done),
        }),
    }
}

fn failed_at(run: &RunOutline) -> String {
    run.failed.as_ref().map_or_else(|| "its beginning".to_owned(), |failed| plain(&failed.label))
}

fn mend(scene: &Scene<'_>, id: Option<FlowId>) -> Next {
    let (run, step) = match look(scene, id) {
        Look::Next(next) => return next,
        Look::Failed(run, step) => (run, step),
    };
    let Some((failed, cure)) = run.failed.as_ref().and_then(|failed| cure(failed).map(|cure| (failed, cure))) else {
        return Next::Say(format!("{}\n\nI know no way to mend that by myself. Nothing was changed.", told(&run)));
    };
    let (edit, step) = match cure {
        Cure::Retry => (retried(&failed.step), step),
        Cure::Connect => match connection(scene, &run, failed, step) {
            Ok((edit, step)) => (edit, step),
            Err(next) => return next,
        },
    };
    match scene.only(step) {
        None => {
            let label = format!("Mend “{}”", clip(&failed.label, 60));
            let propose = ProposeFlow { id: Some(run.flow), name: String::new(), label, edits: vec![edit] };
            Next::one("I know what mends that; I’ll put it on the canvas.", &propose)
        }
        Some(done) => Next::Say(match done.reply::<FlowProposed>() {
            Some(proposed) => tell::proposed(&proposed),
            None => undone(done),
        }),
    }
}

fn retried(step: &str) -> FlowEdit {
    FlowEdit::Change {
        step: step.to_owned(),
        input: Map::new(),
        source: None,
        items: None,
        retry: Some(true),
        goes_on: None,
    }
}

/// The connection that the step lacks, where there is exactly one.
fn connection(
    scene: &Scene<'_>,
    run: &RunOutline,
    failed: &RunFailure,
    step: usize,
) -> Result<(FlowEdit, usize), Next> {
    let Some(outlined) = scene.only(step) else {
        return Err(Next::one("I’ll look at the step.", &OutlineFlow { id: run.flow }));
    };
    let Some(known) = scene.only(step + 1) else {
        return Err(Next::one("I’ll look at the connections.", &ListConnections {}));
    };
    let outline: Option<FlowOutline> = outlined.reply();
    let piece =
        outline.and_then(|outline| outline.steps.into_iter().find(|one| one.name == failed.step)).map(|one| one.piece);
    let of_piece: Vec<_> = known
        .reply::<Connections>()
        .unwrap_or_default()
        .into_iter()
        .filter(|one| Some(&one.piece) == piece.as_ref() && one.fault.is_none())
        .collect();
    match of_piece.as_slice() {
        [one] => Ok((FlowEdit::Connect { step: failed.step.clone(), connection: one.label.clone() }, step + 2)),
        [] => Err(Next::Say(format!(
            "“{}” acts with an account that is not connected yet. Connect it in the step's form; only you can do that. Nothing was changed.",
            plain(&failed.label)
        ))),
        several => {
            let names: Vec<String> = several.iter().map(|one| format!("“{}”", plain(&one.label))).collect();
            Err(Next::Say(format!(
                "Which connection should “{}” use: {}? Choose it in the step's form.",
                plain(&failed.label),
                names.join(", ")
            )))
        }
    }
}
