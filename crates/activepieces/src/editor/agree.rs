//! Whether two flows are the same to the people who edit them.

use flow::diff::{Diff, diff};
use flow::{Flow, Op, apply};

use crate::flows::is_switching;

/// What somebody changed from one to the other. Dates, ids and whatever else a server writes by itself are nobody's change;
/// nor is that it brought the whole to a later version of the format.
pub(super) fn between(ours: &Flow, theirs: &Flow) -> Diff {
    let (before, after) = (ours.document(), theirs.document());
    if before == after {
        return Diff::default();
    }
    let found = diff(&before, &after).without_stamps();
    if found.schema.is_some()
        && let Ok(migrated) = flow::expr::migrate(ours, theirs.schema)
    {
        let mut moved = ours.clone();
        if apply(&mut moved, migrated.op).is_ok() {
            return diff(&moved.document(), &after).without_stamps();
        }
    }
    found
}

/// Whether nobody changed anything.
pub(crate) fn same(ours: &Flow, theirs: &Flow) -> bool {
    between(ours, theirs).is_empty()
}

/// Whether the server did an operation about the record of a flow: those it may pass over without a word too.
pub(super) fn did(op: &Op, expected: &Flow, reply: &Flow) -> bool {
    let (ours, theirs) = (&expected.record, &reply.record);
    match op {
        Op::ChangeStatus { .. } => ours.status == theirs.status || is_switching(reply),
        Op::LockAndPublish { .. } => {
            theirs.published_version_id.is_some() && (ours.status == theirs.status || is_switching(reply))
        }
        Op::ChangeFolder { .. } => ours.folder_id == theirs.folder_id,
        Op::UpdateOwner { .. } => ours.owner_id == theirs.owner_id,
        Op::UpdateMetadata { .. } => {
            ours.metadata.clone().unwrap_or_default() == theirs.metadata.clone().unwrap_or_default()
        }
        Op::UpdateMinutesSaved { .. } => {
            let minutes = |flow: &Flow| flow.record.time_saved_per_run.as_ref().and_then(serde_json::Number::as_f64);
            minutes(expected) == minutes(reply)
        }
        Op::RestoreLifecycle { lifecycle } => lifecycle.status.is_none() || lifecycle.status == theirs.status,
        Op::ChangeName { .. }
        | Op::LockFlow
        | Op::UseAsDraft { .. }
        | Op::ImportFlow { .. }
        | Op::UpdateTrigger { .. }
        | Op::AddAction { .. }
        | Op::UpdateAction { .. }
        | Op::DeleteAction { .. }
        | Op::MoveAction { .. }
        | Op::DuplicateAction { .. }
        | Op::SetSkipAction { .. }
        | Op::AddBranch { .. }
        | Op::DeleteBranch { .. }
        | Op::DuplicateBranch { .. }
        | Op::MoveBranch { .. }
        | Op::AddNote { .. }
        | Op::UpdateNote { .. }
        | Op::DeleteNote { .. }
        | Op::SaveSampleData { .. }
        | Op::UpdateSampleDataInfo { .. }
        | Op::All { .. } => true,
    }
}
