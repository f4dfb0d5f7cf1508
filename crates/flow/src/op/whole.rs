//! Changes to the flow as a whole: its name, its life, all of it at once.

use super::{Lifecycle, Op, Refusal};
use crate::sound::check_document;
use crate::{Document, Flow, State, Status, TriggerKind};

pub(super) fn change_status(flow: &mut Flow, status: Status) -> Result<Op, Refusal> {
    if flow.record.published_version_id.is_none() {
        return Err(Refusal::flow(
            "This flow was never published, so it cannot be switched on or off. Publish it first.",
        ));
    }
    let lifecycle = lifecycle(flow);
    flow.record.status = Some(status);
    Ok(match lifecycle.status {
        Some(status) => Op::ChangeStatus { status },
        None => Op::RestoreLifecycle { lifecycle },
    })
}

pub(super) fn publish(flow: &mut Flow, status: Option<Status>) -> Result<Op, Refusal> {
    if matches!(flow.trigger.kind, TriggerKind::Empty) {
        return Err(Refusal::of(
            &flow.trigger.name,
            "type",
            "The flow has no trigger. Choose what starts it.".to_owned(),
        ));
    }
    let is_incomplete = |valid: Option<bool>| valid == Some(false);
    let step = flow.steps.walk().map(|visit| visit.step).find(|step| is_incomplete(step.valid) && !step.is_skipped());
    let incomplete = match is_incomplete(flow.trigger.valid) {
        true => Some((&flow.trigger.name, &flow.trigger.display_name)),
        false => step.map(|step| (&step.name, &step.display_name)),
    };
    if let Some((name, display_name)) = incomplete {
        let message = format!("{display_name} ({name}) is not complete. Fill in what it needs, then publish.");
        return Err(Refusal::of(name, "valid", message));
    }
    let lifecycle = lifecycle(flow);
    flow.state = Some(State::Locked);
    if let Some(version) = flow.version_id().map(str::to_owned) {
        flow.record.published_version_id = Some(version);
    }
    flow.record.status = Some(status.unwrap_or(Status::Enabled));
    Ok(Op::RestoreLifecycle { lifecycle })
}

pub(super) fn lock(flow: &mut Flow) -> Op {
    let lifecycle = lifecycle(flow);
    flow.state = Some(State::Locked);
    Op::RestoreLifecycle { lifecycle }
}

pub(super) fn use_as_draft(flow: &mut Flow, version_id: &str, document: Document) -> Result<Op, Refusal> {
    if version_id.is_empty() {
        return Err(Refusal::flow("No version was named. Choose one from the list of versions."));
    }
    let lifecycle = lifecycle(flow);
    let inverse = import(flow, document)?;
    flow.state = Some(State::Draft);
    Ok(Op::all([inverse, Op::RestoreLifecycle { lifecycle }]))
}

pub(super) fn import(flow: &mut Flow, document: Document) -> Result<Op, Refusal> {
    if let Some(reason) = document.schema.read_only() {
        return Err(Refusal::flow(reason));
    }
    check_document(&document.trigger, &document.steps, &document.notes)?;
    Ok(Op::ImportFlow { document: Box::new(flow.replace_document(document)) })
}

pub(super) fn restore_lifecycle(flow: &mut Flow, lifecycle: Lifecycle) -> Op {
    let before = self::lifecycle(flow);
    flow.state = lifecycle.state;
    flow.record.published_version_id = lifecycle.published_version_id;
    flow.record.status = lifecycle.status;
    Op::RestoreLifecycle { lifecycle: before }
}

fn lifecycle(flow: &Flow) -> Lifecycle {
    Lifecycle {
        state: flow.state,
        published_version_id: flow.record.published_version_id.clone(),
        status: flow.record.status,
    }
}
