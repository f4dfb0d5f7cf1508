//! Which operations may be sent to a server, and in what form.

use flow::{At, Branch, Flow, Op, Place, Refusal, Slot, Step, Walk, apply};

pub(super) fn refusal(message: impl Into<String>) -> Refusal {
    Refusal { step: None, field: None, message: message.into() }
}

/// Whether it is about what runs, and not about what a person edits: it is not undone, and is given up when refused.
pub(super) fn is_lifecycle(op: &Op) -> bool {
    matches!(op, Op::ChangeStatus { .. } | Op::LockAndPublish { .. } | Op::LockFlow | Op::RestoreLifecycle { .. })
}

/// The operation with everything said that a server would choose by itself: the names of copies above all. Two reducers
/// that choose alike may one day not.
pub(super) fn explicit(flow: &Flow, op: Op) -> Result<Op, Refusal> {
    if let Op::DuplicateAction { name } = &op {
        let mut after = flow.clone();
        let Op::DeleteAction { names } = apply(&mut after, op.clone())? else { return Ok(op) };
        if let Some(copy) = names.first().and_then(|name| after.step(name)) {
            return Ok(Op::add(Place::after(name), copy.clone()));
        }
    }
    if let Op::DuplicateBranch { step, .. } = &op {
        let mut after = flow.clone();
        let Op::DeleteBranch { index, .. } = apply(&mut after, op.clone())? else { return Ok(op) };
        if let Some(branch) = branch(&after, step, index) {
            return Ok(Op::AddBranch { step: step.clone(), index, branch: Box::new(branch.clone()) });
        }
    }
    Ok(op)
}

fn branch<'f>(flow: &'f Flow, step: &str, index: usize) -> Option<&'f Branch> {
    match &flow.step(step)?.kind {
        flow::Kind::Router(router) => router.branches.get(index),
        flow::Kind::Code(_) | flow::Kind::Piece(_) | flow::Kind::Loop(_) | flow::Kind::Other(_) => None,
    }
}

/// Whether it puts steps behind the success or the failure of another, which old servers have no place for.
pub(super) fn needs_failure_branches(op: &Op) -> bool {
    if let Op::AddAction { place, .. } | Op::MoveAction { to: place, .. } = op
        && is_failure(place)
    {
        return true;
    }
    if let Op::All { ops } = op {
        return ops.iter().any(needs_failure_branches);
    }
    let steps: Option<&[Step]> = if let Op::AddAction { steps, .. } = op {
        Some(steps)
    } else if let Op::AddBranch { branch, .. } = op {
        Some(&branch.chain)
    } else if let Op::ImportFlow { document } | Op::UseAsDraft { document, .. } = op {
        Some(&document.steps)
    } else {
        None
    };
    steps.is_some_and(any_failure)
}

fn is_failure(place: &Place) -> bool {
    matches!(place.at, At::In(Slot::OnSuccess | Slot::OnFailure))
}

pub(crate) fn any_failure(steps: &[Step]) -> bool {
    let has = |step: &Step| {
        step.chains().any(|(slot, chain)| matches!(slot, Slot::OnSuccess | Slot::OnFailure) && !chain.is_empty())
    };
    Walk::over(steps).any(|visit| has(visit.step))
}
