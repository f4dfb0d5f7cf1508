//! What a change is, in a few words: for a list of what was done, and for a card that asks whether to do it.

use super::{Op, SampleSide};
use crate::{At, Branch, Flow, Place, Slot, State, Status};

/// What the operation would do to this flow, in words of people: `Move Fetch health after Compute total`.
#[must_use]
pub fn describe(flow: &Flow, op: &Op) -> String {
    let step = |name: &str| display_name(flow, name);
    let list = |names: &[String]| match names {
        [one] => step(one),
        [one, other] => format!("{} and {}", step(one), step(other)),
        names => format!("{} steps", names.len()),
    };
    let branch = |name: &str, index: usize| {
        let found = flow.step(name).and_then(|step| match &step.kind {
            crate::Kind::Router(router) => router.branches.get(index),
            crate::Kind::Code(_) | crate::Kind::Piece(_) | crate::Kind::Loop(_) | crate::Kind::Other(_) => None,
        });
        let branch =
            found.map_or_else(|| format!("branch {}", index + 1), |branch: &Branch| format!("branch {}", branch.name));
        format!("{branch} of {}", step(name))
    };
    match op {
        Op::ChangeName { display_name } => format!("Rename the flow to {display_name}"),
        Op::ChangeFolder { folder_id: Some(_) } => "Move the flow to another folder".to_owned(),
        Op::ChangeFolder { folder_id: None } => "Take the flow out of its folder".to_owned(),
        Op::ChangeStatus { status: Status::Enabled } => "Switch the flow on".to_owned(),
        Op::ChangeStatus { status: Status::Disabled } => "Switch the flow off".to_owned(),
        Op::LockAndPublish { status: Some(Status::Disabled) } => "Publish the flow, switched off".to_owned(),
        Op::LockAndPublish { .. } => "Publish the flow".to_owned(),
        Op::LockFlow => "Lock this version".to_owned(),
        Op::UseAsDraft { .. } => "Go back to an earlier version".to_owned(),
        Op::ImportFlow { document } => format!("Replace the flow by {}", document.display_name),
        Op::UpdateTrigger { trigger } => format!("Change the trigger {}", trigger.display_name),
        Op::AddAction { place, steps } => match steps.as_slice() {
            [one] => format!("Add {} {}", one.display_name, told(flow, place)),
            steps => format!("Add {} steps {}", steps.len(), told(flow, place)),
        },
        Op::UpdateAction { step: changed } => {
            let before = step(&changed.name);
            if before == changed.display_name {
                format!("Change {before}")
            } else {
                format!("Change {before} to {}", changed.display_name)
            }
        }
        Op::DeleteAction { names } => format!("Delete {}", list(names)),
        Op::MoveAction { name, to } => format!("Move {} {}", step(name), told(flow, to)),
        Op::DuplicateAction { name } => format!("Duplicate {}", step(name)),
        Op::SetSkipAction { names, skip: Some(true) } => format!("Skip {}", list(names)),
        Op::SetSkipAction { names, .. } => format!("No longer skip {}", list(names)),
        Op::AddBranch { step: name, branch, .. } => format!("Add branch {} to {}", branch.name, step(name)),
        Op::DeleteBranch { step, index } => format!("Delete {}", branch(step, *index)),
        Op::DuplicateBranch { step, index } => format!("Duplicate {}", branch(step, *index)),
        Op::MoveBranch { step, from, to } => format!("Move {} to place {}", branch(step, *from), to + 1),
        Op::AddNote { .. } => "Add a note".to_owned(),
        Op::UpdateNote { .. } => "Change a note".to_owned(),
        Op::DeleteNote { .. } => "Delete a note".to_owned(),
        Op::SaveSampleData { step: name, side: SampleSide::Input, .. } => {
            format!("Keep the test input of {}", step(name))
        }
        Op::SaveSampleData { step: name, side: SampleSide::Output, .. } => {
            format!("Keep the test result of {}", step(name))
        }
        Op::UpdateSampleDataInfo { step: name, sample_data: Some(_) } => {
            format!("Keep the test data of {}", step(name))
        }
        Op::UpdateSampleDataInfo { step: name, sample_data: None } => format!("Forget the test data of {}", step(name)),
        Op::UpdateMetadata { .. } => "Change what is kept with the flow".to_owned(),
        Op::UpdateMinutesSaved { .. } => "Change the time that a run saves".to_owned(),
        Op::UpdateOwner { .. } => "Give the flow to somebody else".to_owned(),
        Op::All { ops } => match ops.as_slice() {
            [] => "Nothing".to_owned(),
            [one] => describe(flow, one),
            [first, ..] => format!("{}, and {} more", describe(flow, first), ops.len() - 1),
        },
        Op::RestoreLifecycle { lifecycle } => match lifecycle.state {
            Some(State::Locked) => "Publish the flow again".to_owned(),
            Some(State::Draft) | None => "Take back the publication".to_owned(),
        },
    }
}

fn display_name(flow: &Flow, name: &str) -> String {
    if name == flow.trigger.name {
        return flow.trigger.display_name.clone();
    }
    let found = flow.step(name).map(|step| step.display_name.as_str()).filter(|display_name| !display_name.is_empty());
    found.unwrap_or(name).to_owned()
}

fn told(flow: &Flow, place: &Place) -> String {
    let parent = display_name(flow, &place.parent);
    match place.at {
        At::After => format!("after {parent}"),
        At::In(Slot::Body) => format!("into {parent}"),
        At::In(Slot::Branch(n)) => {
            let label = flow.step(&place.parent).and_then(|step| match &step.kind {
                crate::Kind::Router(router) => router.branches.get(n).map(|branch| branch.name.clone()),
                crate::Kind::Code(_) | crate::Kind::Piece(_) | crate::Kind::Loop(_) | crate::Kind::Other(_) => None,
            });
            format!("into branch {} of {parent}", label.unwrap_or_else(|| (n + 1).to_string()))
        }
        At::In(Slot::OnSuccess) => format!("after the success of {parent}"),
        At::In(Slot::OnFailure) => format!("after the failure of {parent}"),
    }
}
