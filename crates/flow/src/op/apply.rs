//! The one way to change a flow.

use super::{Op, Refusal, branches, notes, steps, whole};
use crate::{Flow, check_sound};

/// Makes a change, and returns the operation that takes it back.
///
/// # Errors
/// A refusal, in a sentence, when the change cannot be made; the flow is then as it was.
pub fn apply(flow: &mut Flow, op: Op) -> Result<Op, Refusal> {
    if op.edits()
        && let Some(reason) = flow.read_only()
    {
        return Err(Refusal::flow(reason));
    }
    match op {
        Op::ChangeName { display_name } => {
            Ok(Op::ChangeName { display_name: std::mem::replace(&mut flow.display_name, display_name) })
        }
        Op::ChangeFolder { folder_id } => {
            Ok(Op::ChangeFolder { folder_id: std::mem::replace(&mut flow.record.folder_id, folder_id) })
        }
        Op::ChangeStatus { status } => whole::change_status(flow, status),
        Op::LockAndPublish { status } => whole::publish(flow, status),
        Op::LockFlow => Ok(whole::lock(flow)),
        Op::UseAsDraft { version_id, document } => whole::use_as_draft(flow, &version_id, *document),
        Op::ImportFlow { document } => whole::import(flow, *document),
        Op::UpdateTrigger { trigger } => steps::update_trigger(flow, *trigger),
        Op::AddAction { place, steps } => steps::add(flow, &place, steps),
        Op::UpdateAction { step } => steps::update(flow, *step),
        Op::DeleteAction { names } => steps::delete(flow, &names),
        Op::MoveAction { name, to } => steps::relocate(flow, &name, &to),
        Op::DuplicateAction { name } => steps::duplicate(flow, &name),
        Op::SetSkipAction { names, skip } => steps::set_skip(flow, &names, skip),
        Op::AddBranch { step, index, branch } => branches::add(flow, step, index, *branch),
        Op::DeleteBranch { step, index } => branches::delete(flow, step, index),
        Op::DuplicateBranch { step, index } => branches::duplicate(flow, step, index),
        Op::MoveBranch { step, from, to } => branches::relocate(flow, step, from, to),
        Op::AddNote { note, at } => notes::add(flow, *note, at),
        Op::UpdateNote { note } => notes::update(flow, *note),
        Op::DeleteNote { id } => notes::delete(flow, &id),
        Op::SaveSampleData { step, .. } => steps::save_sample_data(flow, &step),
        Op::UpdateSampleDataInfo { step, sample_data } => steps::update_sample_data(flow, step, sample_data),
        Op::UpdateMetadata { metadata } => {
            Ok(Op::UpdateMetadata { metadata: std::mem::replace(&mut flow.record.metadata, metadata) })
        }
        Op::UpdateMinutesSaved { time_saved_per_run } => {
            let before = std::mem::replace(&mut flow.record.time_saved_per_run, time_saved_per_run);
            Ok(Op::UpdateMinutesSaved { time_saved_per_run: before })
        }
        Op::UpdateOwner { owner_id } => {
            Ok(Op::UpdateOwner { owner_id: std::mem::replace(&mut flow.record.owner_id, owner_id) })
        }
        Op::All { ops } => all(flow, ops),
        Op::RestoreLifecycle { lifecycle } => Ok(whole::restore_lifecycle(flow, lifecycle)),
    }
}

fn all(flow: &mut Flow, ops: Vec<Op>) -> Result<Op, Refusal> {
    // Of a flow that was unsound from the start, an import could not be taken back.
    if ops.iter().any(Op::edits) {
        check_sound(flow)?;
    }
    let mut inverses = Vec::with_capacity(ops.len());
    for op in ops {
        match apply(flow, op) {
            Ok(inverse) => inverses.push(inverse),
            Err(refusal) => {
                take_back(flow, inverses)?;
                return Err(refusal);
            }
        }
    }
    inverses.reverse();
    Ok(Op::All { ops: inverses })
}

fn take_back(flow: &mut Flow, inverses: Vec<Op>) -> Result<(), Refusal> {
    for inverse in inverses.into_iter().rev() {
        apply(flow, inverse)?;
    }
    Ok(())
}
