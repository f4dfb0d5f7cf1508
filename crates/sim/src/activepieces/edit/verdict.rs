//! What the server makes of an operation before it is applied: our own rules refuse more than it does.

use std::collections::HashSet;

use flow::{At, Flow, Index, Kind, Op, Place, is_name};
use serde::Deserialize;

use super::super::installation::Installation;
use super::super::reply::Reply;

/// What of a request tells where a step goes.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Where {
    pub(super) step_location_relative_to_parent: Option<String>,
    pub(super) step_location_relative_to_new_parent: Option<String>,
    pub(super) version_id: Option<String>,
}

/// What is to be done with an operation.
pub(super) enum Verdict {
    Do(Op),
    /// The server answers 200 and changes nothing.
    Nothing,
    Refuse(Reply),
}

/// What the server makes of an operation that our own rules would refuse.
pub(super) fn judge(all: &Installation, flow: &Flow, op: Op, at: &Where) -> Verdict {
    let index = Index::of(flow);
    let knows = |name: &str| index.number(name).is_some();
    let is_place = |place: &Place| place.parent == index.trigger() || knows(&place.parent);
    match op {
        Op::AddAction { place, steps } => {
            let names: Vec<&str> = steps.walk().map(|visit| visit.step.name.as_str()).collect();
            if let Some(reply) = odd_name(&names) {
                return Verdict::Refuse(reply);
            }
            if !is_place(&place) {
                return Verdict::Nothing;
            }
            if at.step_location_relative_to_parent.is_none()
                && let Some(reply) = needs_location(&index, &place)
            {
                return Verdict::Refuse(reply);
            }
            let mut taken = HashSet::new();
            if names.iter().any(|name| knows(name) || *name == index.trigger() || !taken.insert(*name)) {
                let message = "Maximum call stack size exceeded";
                return Verdict::Refuse(Reply::framework(500, "Internal Server Error", message));
            }
            Verdict::Do(Op::AddAction { place, steps })
        }
        Op::MoveAction { name, to } => {
            if !knows(&name) || !is_place(&to) {
                return Verdict::Nothing;
            }
            match needs_location(&index, &to).filter(|_| at.step_location_relative_to_new_parent.is_none()) {
                Some(reply) => Verdict::Refuse(reply),
                None => Verdict::Do(Op::MoveAction { name, to }),
            }
        }
        Op::UpdateAction { step } => {
            if let Some(reply) = odd_name(&[&step.name]) {
                return Verdict::Refuse(reply);
            }
            if knows(&step.name) { Verdict::Do(Op::UpdateAction { step }) } else { Verdict::Nothing }
        }
        Op::DeleteAction { names } => {
            let names: Vec<String> = names.into_iter().filter(|name| knows(name)).collect();
            if names.is_empty() { Verdict::Nothing } else { Verdict::Do(Op::DeleteAction { names }) }
        }
        Op::SetSkipAction { names, skip } => {
            let names: Vec<String> = names.into_iter().filter(|name| knows(name)).collect();
            if names.is_empty() { Verdict::Nothing } else { Verdict::Do(Op::SetSkipAction { names, skip }) }
        }
        Op::DuplicateAction { name } if !knows(&name) => Verdict::Nothing,
        Op::AddBranch { ref step, .. }
        | Op::DeleteBranch { ref step, .. }
        | Op::DuplicateBranch { ref step, .. }
        | Op::MoveBranch { ref step, .. }
            if !knows(step) =>
        {
            Verdict::Nothing
        }
        Op::UpdateNote { ref note } if !flow.notes.iter().any(|other| other.id == note.id) => Verdict::Nothing,
        Op::DeleteNote { ref id } if !flow.notes.iter().any(|other| other.id == *id) => Verdict::Nothing,
        Op::SaveSampleData { ref step, .. } | Op::UpdateSampleDataInfo { ref step, .. }
            if !knows(step) && step != index.trigger() =>
        {
            Verdict::Nothing
        }
        Op::ChangeFolder { folder_id: Some(id) } if !all.folders.iter().any(|folder| folder.id == id) => {
            Verdict::Refuse(Reply::not_found("folder", &id))
        }
        Op::UpdateOwner { owner_id: Some(id) } if all.person_id() != id => {
            Verdict::Refuse(Reply::not_found("user", &id))
        }
        op @ (Op::ChangeName { .. }
        | Op::ChangeFolder { .. }
        | Op::ChangeStatus { .. }
        | Op::LockAndPublish { .. }
        | Op::LockFlow
        | Op::UseAsDraft { .. }
        | Op::ImportFlow { .. }
        | Op::UpdateTrigger { .. }
        | Op::DuplicateAction { .. }
        | Op::AddBranch { .. }
        | Op::DeleteBranch { .. }
        | Op::DuplicateBranch { .. }
        | Op::MoveBranch { .. }
        | Op::AddNote { .. }
        | Op::UpdateNote { .. }
        | Op::DeleteNote { .. }
        | Op::SaveSampleData { .. }
        | Op::UpdateSampleDataInfo { .. }
        | Op::UpdateMetadata { .. }
        | Op::UpdateMinutesSaved { .. }
        | Op::UpdateOwner { .. }
        | Op::All { .. }
        | Op::RestoreLifecycle { .. }) => Verdict::Do(op),
    }
}

fn odd_name(names: &[&str]) -> Option<Reply> {
    let odd = names.iter().any(|name| !is_name(name));
    odd.then(|| {
        Reply::validation("body/request/action/name Invalid string: must match pattern /^[a-zA-Z_][a-zA-Z0-9_]*$/")
    })
}

/// A step that holds others has to be told whether the new one goes inside or behind.
fn needs_location(index: &Index<'_>, place: &Place) -> Option<Reply> {
    let parent = index.step(&place.parent).filter(|_| place.at == At::After)?;
    let kind = match parent.kind {
        Kind::Loop(_) => "Loop",
        Kind::Router(_) => "Router",
        Kind::Code(_) | Kind::Piece(_) | Kind::Other(_) => return None,
    };
    Some(Reply::invalid_operation(&format!("{kind} step parent undefined not found")))
}
