//! The requests that make a server do an operation.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::write_document;
use crate::router::groups_to_value;
use crate::{At, BranchKind, Map, Op, Place, SampleSide, Slot, Step, Walk, shell};

/// The bodies to send, in order, each `{ "type": …, "request": … }`.
///
/// One operation of ours can be several of a server's: it adds steps one by one, and has no word for several at once. It has
/// none either for the order of notes, nor for taking back a publication, of which only the status remains.
#[must_use]
pub fn requests(op: &Op) -> Vec<String> {
    let one = |word: &str, request: Value| vec![body(word, &request.to_string())];
    match op {
        Op::ChangeName { display_name } => one("CHANGE_NAME", json!({ "displayName": display_name })),
        Op::ChangeFolder { folder_id } => one("CHANGE_FOLDER", json!({ "folderId": folder_id })),
        Op::ChangeStatus { status } => one("CHANGE_STATUS", json!({ "status": status })),
        Op::LockAndPublish { status: Some(status) } => one("LOCK_AND_PUBLISH", json!({ "status": status })),
        Op::LockAndPublish { status: None } => one("LOCK_AND_PUBLISH", json!({})),
        Op::LockFlow => one("LOCK_FLOW", json!({})),
        Op::UseAsDraft { version_id, .. } => one("USE_AS_DRAFT", json!({ "versionId": version_id })),
        Op::ImportFlow { document } => {
            // An import forgets where the results of tests are, but for the trigger's.
            let import = body("IMPORT_FLOW", &write_document(document));
            std::iter::once(import).chain(document.steps.walk().filter_map(|visit| sample_of(visit.step))).collect()
        }
        Op::UpdateTrigger { trigger } => one("UPDATE_TRIGGER", Value::Object(edited(trigger.to_map()))),
        Op::AddAction { place, steps } => add(place, steps),
        Op::UpdateAction { step } => one("UPDATE_ACTION", Value::Object(edited(shell::write(step)))),
        Op::DeleteAction { names } => one("DELETE_ACTION", json!({ "names": names })),
        Op::MoveAction { name, to } => {
            let mut request = Map::from_iter([("name".to_owned(), json!(name))]);
            put_place(&mut request, to, "newParentStep", "stepLocationRelativeToNewParent");
            one("MOVE_ACTION", Value::Object(request))
        }
        Op::DuplicateAction { name } => one("DUPLICATE_ACTION", json!({ "stepName": name })),
        Op::SetSkipAction { names, skip } => {
            one("SET_SKIP_ACTION", json!({ "names": names, "skip": skip.unwrap_or(false) }))
        }
        Op::AddBranch { step, index, branch } => {
            let groups = match &branch.kind {
                BranchKind::Condition(groups) => groups.as_slice(),
                BranchKind::Fallback | BranchKind::Other(_) => &[],
            };
            let request = json!({
                "stepName": step, "branchIndex": index, "branchName": branch.name, "conditions": groups_to_value(groups),
            });
            let mut bodies = one("ADD_BRANCH", request);
            bodies.extend(add(&Place::inside(step, Slot::Branch(*index)), &branch.chain));
            bodies
        }
        Op::DeleteBranch { step, index } => one("DELETE_BRANCH", json!({ "stepName": step, "branchIndex": index })),
        Op::DuplicateBranch { step, index } => {
            one("DUPLICATE_BRANCH", json!({ "stepName": step, "branchIndex": index }))
        }
        Op::MoveBranch { step, from, to } => {
            one("MOVE_BRANCH", json!({ "stepName": step, "sourceBranchIndex": from, "targetBranchIndex": to }))
        }
        Op::AddNote { note, .. } => {
            let mut request = note.to_map();
            request.retain(|key, _| ["id", "content", "color", "position", "size"].contains(&key.as_str()));
            one("ADD_NOTE", Value::Object(request))
        }
        Op::UpdateNote { note } => {
            let mut request = note.to_map();
            request.retain(|key, _| !["createdAt", "updatedAt"].contains(&key.as_str()));
            one("UPDATE_NOTE", Value::Object(request))
        }
        Op::DeleteNote { id } => one("DELETE_NOTE", json!({ "id": id })),
        Op::SaveSampleData { step, payload, side } => {
            one("SAVE_SAMPLE_DATA", json!({ "stepName": step, "payload": payload, "type": side_word(*side) }))
        }
        Op::UpdateSampleDataInfo { step, sample_data } => vec![sample(step, sample_data.as_ref())],
        Op::UpdateMetadata { metadata } => one("UPDATE_METADATA", json!({ "metadata": metadata })),
        Op::UpdateMinutesSaved { time_saved_per_run } => {
            one("UPDATE_MINUTES_SAVED", json!({ "timeSavedPerRun": time_saved_per_run }))
        }
        Op::UpdateOwner { owner_id } => one("UPDATE_OWNER", json!({ "ownerId": owner_id })),
        Op::All { ops } => ops.iter().flat_map(requests).collect(),
        Op::RestoreLifecycle { lifecycle } => match (lifecycle.status, &lifecycle.published_version_id) {
            (Some(status), Some(_)) => one("CHANGE_STATUS", json!({ "status": status })),
            _ => Vec::new(),
        },
    }
}

/// Each step behind the one before it, then what it holds; at the end, where the results of their tests are.
fn add(place: &Place, steps: &[Step]) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut samples = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut last: HashMap<Option<(usize, Slot)>, &str> = HashMap::new();
    for visit in Walk::over(steps) {
        let holder = visit.inside.and_then(|(holder, slot)| Some((*names.get(holder)?, slot)));
        let place = match (last.insert(visit.inside, &visit.step.name), holder) {
            (Some(before), _) => Place::after(before),
            (None, Some((holder, slot))) => Place::inside(holder, slot),
            (None, None) => place.clone(),
        };
        names.push(&visit.step.name);
        let mut request = Map::new();
        put_place(&mut request, &place, "parentStep", "stepLocationRelativeToParent");
        request.insert("action".to_owned(), Value::Object(edited(shell::write(visit.step))));
        bodies.push(body("ADD_ACTION", &Value::Object(request).to_string()));
        samples.extend(sample_of(visit.step));
    }
    bodies.append(&mut samples);
    bodies
}

/// Tells where the results of a step's tests are, if there are any.
fn sample_of(step: &Step) -> Option<String> {
    let data = step.sample_data().filter(|data| data.as_object().is_some_and(|data| !data.is_empty()));
    data.map(|data| sample(&step.name, Some(data)))
}

fn sample(step: &str, data: Option<&Value>) -> String {
    let mut request = Map::from_iter([("stepName".to_owned(), json!(step))]);
    if let Some(Value::Object(data)) = data {
        // The date of the test is the server's to write.
        let files = data.iter().filter(|(key, _)| *key != "lastTestDate").map(|(key, id)| (key.clone(), id.clone()));
        request.insert("sampleDataSettings".to_owned(), Value::Object(files.collect()));
    }
    body("UPDATE_SAMPLE_DATA_INFO", &Value::Object(request).to_string())
}

fn body(word: &str, request: &str) -> String {
    format!("{{\"type\":\"{word}\",\"request\":{request}}}")
}

/// A step as its editor sends it: without its neighbours, and without what only a server writes.
fn edited(mut map: Map) -> Map {
    for key in ["nextAction", "firstLoopAction", "children", "continueOnFailureBranches", "lastUpdatedDate"] {
        map.remove(key);
    }
    if let Some(Value::Object(settings)) = map.get_mut("settings") {
        settings.remove("sampleData");
    }
    map
}

fn put_place(request: &mut Map, place: &Place, parent: &str, location: &str) {
    request.insert(parent.to_owned(), json!(place.parent));
    let (word, branch) = match place.at {
        At::After => ("AFTER", None),
        At::In(Slot::Body) => ("INSIDE_LOOP", None),
        At::In(Slot::Branch(index)) => ("INSIDE_BRANCH", Some(index)),
        At::In(Slot::OnSuccess) => ("INSIDE_ON_SUCCESS_BRANCH", None),
        At::In(Slot::OnFailure) => ("INSIDE_ON_FAILURE_BRANCH", None),
    };
    request.insert(location.to_owned(), json!(word));
    if let Some(branch) = branch {
        request.insert("branchIndex".to_owned(), json!(branch));
    }
}

fn side_word(side: SampleSide) -> &'static str {
    match side {
        SampleSide::Input => "INPUT",
        SampleSide::Output => "OUTPUT",
    }
}
