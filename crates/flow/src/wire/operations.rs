//! The requests that change a flow, read as operations: what a stand-in for a server does.

use serde_json::{Value, json};

use super::{WireFault, flow_from, read};
use crate::json::{take_any_text, take_some_text};
use crate::shell;
use crate::{At, Branch, Chain, Flow, Map, Note, Op, Place, Record, SampleSide, Slot, Status, Step, Trigger};

/// Reads `{ "type": …, "request": … }`. `version` tells what an earlier version holds, for the operation that asks for one.
///
/// # Errors
/// If the text is not JSON, the type is unknown, or the request lacks what the type needs.
pub fn read_op(text: &str, version: &dyn Fn(&str) -> Option<Flow>) -> Result<Op, WireFault> {
    let mut found = read::operation(text)?;
    let word = take_any_text(&mut found.root, "type");
    let mut asked = Asked { word, map: found.request.unwrap_or_default() };
    let chain = || shell::build(found.steps).unwrap_or_default();
    Ok(match asked.word.as_str() {
        "CHANGE_NAME" => Op::ChangeName { display_name: asked.text("displayName")? },
        "CHANGE_FOLDER" => Op::ChangeFolder { folder_id: take_some_text(&mut asked.map, "folderId") },
        "CHANGE_STATUS" => Op::ChangeStatus { status: asked.status().ok_or_else(|| asked.lacks("status"))? },
        "LOCK_AND_PUBLISH" => Op::LockAndPublish { status: asked.status() },
        "LOCK_FLOW" => Op::LockFlow,
        "USE_AS_DRAFT" => {
            let version_id = asked.text("versionId")?;
            let found = version(&version_id).ok_or_else(|| asked.lacks("versionId"))?;
            Op::UseAsDraft { version_id, document: Box::new(found.document()) }
        }
        "IMPORT_FLOW" => {
            let trigger = Trigger::from_map(found.trigger.ok_or_else(|| asked.lacks("trigger"))?);
            let flow = flow_from(asked.map, trigger, chain(), Record::default());
            Op::ImportFlow { document: Box::new(flow.document()) }
        }
        "UPDATE_TRIGGER" => Op::UpdateTrigger { trigger: Box::new(Trigger::from_map(asked.map)) },
        "ADD_ACTION" => {
            let place = asked.place("parentStep", "stepLocationRelativeToParent")?;
            let step = asked.only(chain(), "action")?;
            Op::add(place, step)
        }
        "UPDATE_ACTION" => {
            let map = std::mem::take(&mut asked.map);
            let steps = shell::build(vec![shell::Loose { map, inside: None }]).unwrap_or_default();
            Op::update(asked.only(steps, "name")?)
        }
        "DELETE_ACTION" => Op::DeleteAction { names: asked.names()? },
        "MOVE_ACTION" => {
            let to = asked.place("newParentStep", "stepLocationRelativeToNewParent")?;
            Op::MoveAction { name: asked.text("name")?, to }
        }
        "DUPLICATE_ACTION" => Op::DuplicateAction { name: asked.text("stepName")? },
        "SET_SKIP_ACTION" => {
            let skip = asked.map.get("skip").and_then(Value::as_bool).ok_or_else(|| asked.lacks("skip"))?;
            Op::SetSkipAction { names: asked.names()?, skip: Some(skip) }
        }
        "ADD_BRANCH" => {
            let conditions = asked.map.remove("conditions").unwrap_or_else(|| json!([]));
            let name = asked.text("branchName")?;
            let map = [("branchName", json!(name)), ("branchType", json!("CONDITION")), ("conditions", conditions)];
            let branch = Branch::from_map(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect());
            Op::AddBranch {
                step: asked.text("stepName")?,
                index: asked.index("branchIndex")?,
                branch: Box::new(branch),
            }
        }
        "DELETE_BRANCH" => Op::DeleteBranch { step: asked.text("stepName")?, index: asked.index("branchIndex")? },
        "DUPLICATE_BRANCH" => Op::DuplicateBranch { step: asked.text("stepName")?, index: asked.index("branchIndex")? },
        "MOVE_BRANCH" => Op::MoveBranch {
            step: asked.text("stepName")?,
            from: asked.index("sourceBranchIndex")?,
            to: asked.index("targetBranchIndex")?,
        },
        "ADD_NOTE" => Op::AddNote { note: Box::new(Note::from_map(asked.map)), at: None },
        "UPDATE_NOTE" => Op::UpdateNote { note: Box::new(Note::from_map(asked.map)) },
        "DELETE_NOTE" => Op::DeleteNote { id: asked.text("id")? },
        "SAVE_SAMPLE_DATA" => {
            let side = match asked.map.get("type").and_then(Value::as_str) {
                Some("INPUT") => SampleSide::Input,
                Some("OUTPUT") => SampleSide::Output,
                _ => return Err(asked.lacks("type")),
            };
            let payload = asked.map.remove("payload").unwrap_or_default();
            Op::SaveSampleData { step: asked.text("stepName")?, payload, side }
        }
        "UPDATE_SAMPLE_DATA_INFO" => {
            let sample_data = asked.map.remove("sampleDataSettings");
            Op::UpdateSampleDataInfo { step: asked.text("stepName")?, sample_data }
        }
        "UPDATE_METADATA" => {
            let metadata = match asked.map.remove("metadata") {
                Some(Value::Object(map)) => Some(map),
                _ => None,
            };
            Op::UpdateMetadata { metadata }
        }
        "UPDATE_MINUTES_SAVED" => {
            let time = asked.map.get("timeSavedPerRun").and_then(Value::as_number).cloned();
            Op::UpdateMinutesSaved { time_saved_per_run: time }
        }
        "UPDATE_OWNER" => Op::UpdateOwner { owner_id: take_some_text(&mut asked.map, "ownerId") },
        _ => return Err(asked.fault(format!("There is no operation {:?}. Choose one of the 26.", asked.word))),
    })
}

/// A request while it is taken apart.
struct Asked {
    word: String,
    map: Map,
}

impl Asked {
    fn fault(&self, message: String) -> WireFault {
        WireFault { at: 0, message }
    }

    fn lacks(&self, key: &str) -> WireFault {
        self.fault(format!("The operation {} lacks a fit {key}. Send it with one.", self.word))
    }

    fn text(&mut self, key: &str) -> Result<String, WireFault> {
        take_some_text(&mut self.map, key).ok_or_else(|| self.lacks(key))
    }

    fn index(&self, key: &str) -> Result<usize, WireFault> {
        let index = self.map.get(key).and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
        index.ok_or_else(|| self.lacks(key))
    }

    fn names(&self) -> Result<Vec<String>, WireFault> {
        let names = self.map.get("names").and_then(Value::as_array);
        let names = names.and_then(|names| names.iter().map(|name| name.as_str().map(str::to_owned)).collect());
        names.ok_or_else(|| self.lacks("names"))
    }

    fn status(&self) -> Option<Status> {
        self.map.get("status").and_then(Value::as_str).and_then(Status::from_word)
    }

    fn only(&self, chain: Chain, key: &str) -> Result<Step, WireFault> {
        let mut steps = chain.into_steps();
        match (steps.pop(), steps.is_empty()) {
            (Some(step), true) => Ok(step),
            _ => Err(self.lacks(key)),
        }
    }

    fn place(&mut self, parent: &str, location: &str) -> Result<Place, WireFault> {
        let at = match self.map.get(location).and_then(Value::as_str) {
            None | Some("AFTER") => At::After,
            Some("INSIDE_LOOP") => At::In(Slot::Body),
            Some("INSIDE_BRANCH") => At::In(Slot::Branch(self.index("branchIndex")?)),
            Some("INSIDE_ON_SUCCESS_BRANCH") => At::In(Slot::OnSuccess),
            Some("INSIDE_ON_FAILURE_BRANCH") => At::In(Slot::OnFailure),
            Some(_) => return Err(self.lacks(location)),
        };
        Ok(Place { parent: self.text(parent)?, at })
    }
}
