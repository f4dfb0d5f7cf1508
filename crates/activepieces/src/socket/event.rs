//! What the server tells by itself.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::runs::read_step;
use crate::wire::lenient;
use crate::{Fault, Run, StepRun, StepTest, Trouble};

/// Something that the server told, or that became of the connection.
#[derive(Clone, Debug)]
pub enum SocketEvent {
    /// The connection is there again. What was told meanwhile was not heard.
    Up,
    /// The connection was lost; it is being made again.
    Down,
    /// The connection will not be made again, for this reason.
    Ended(Fault),
    /// Somebody in the project began to test a flow.
    TestStarted(Box<Run>),
    /// A test of somebody in the project went on.
    Progress(Box<Progress>),
    /// The test of a step ended.
    StepFinished(Box<StepTest>),
    /// Somebody edits something.
    Locked {
        /// What: the id of a flow.
        resource: String,
        /// Who.
        by: Person,
    },
    /// Nobody edits it any more.
    Unlocked {
        /// What.
        resource: String,
    },
    /// Who looks at something.
    Presence {
        /// What.
        resource: String,
        /// Who.
        people: Vec<Person>,
    },
    /// Something else, with its data as JSON.
    Other {
        /// Its name.
        name: String,
        /// Its data.
        data: String,
    },
}

/// How a test goes on.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The run, so far as it is told; its steps are not among it.
    pub run: Run,
    /// The step that went on, if one did.
    pub step: Option<StepProgress>,
}

/// How a step of a test goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct StepProgress {
    /// The step.
    pub name: String,
    /// The loops that it is in, outermost first, each with the number of the item, from 0.
    pub path: Vec<(String, usize)>,
    /// What it did so far.
    pub step: StepRun,
}

/// Somebody else on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Person {
    /// Their id.
    #[serde(deserialize_with = "lenient")]
    pub user_id: String,
    /// What people call them.
    #[serde(rename = "userDisplayName", deserialize_with = "lenient")]
    pub name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ProgressShape {
    flow_run: Option<Box<RawValue>>,
    step: Option<StepShape>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StepShape {
    name: String,
    #[serde(deserialize_with = "lenient")]
    path: Vec<(String, usize)>,
    output: Option<Box<RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct FinishedShape {
    run_id: String,
    #[serde(deserialize_with = "lenient")]
    success: bool,
    input: Value,
    output: Value,
    #[serde(deserialize_with = "lenient")]
    standard_error: String,
    #[serde(deserialize_with = "lenient")]
    standard_output: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ResourceShape {
    #[serde(deserialize_with = "lenient")]
    resource_id: String,
    #[serde(deserialize_with = "lenient")]
    users: Vec<Person>,
    #[serde(deserialize_with = "lenient")]
    lock: Option<Person>,
    #[serde(flatten)]
    who: Person,
}

impl SocketEvent {
    pub(super) fn read(name: &str, data: Option<&RawValue>) -> Self {
        let text = data.map_or("null", RawValue::get);
        Self::known(name, text).unwrap_or_else(|| Self::Other { name: name.to_owned(), data: text.to_owned() })
    }

    fn known(name: &str, text: &str) -> Option<Self> {
        let resource =
            || serde_json::from_str::<ResourceShape>(text).ok().filter(|shape| !shape.resource_id.is_empty());
        Some(match name {
            "TEST_FLOW_RUN_STARTED" => Self::TestStarted(Box::new(Run::read(text).ok()?)),
            "UPDATE_RUN_PROGRESS" => {
                let shape: ProgressShape = serde_json::from_str(text).ok()?;
                let step = shape.step.and_then(|step| {
                    Some(StepProgress { name: step.name, path: step.path, step: read_step(step.output?.get())? })
                });
                Self::Progress(Box::new(Progress { run: Run::read(shape.flow_run?.get()).ok()?, step }))
            }
            "TEST_STEP_FINISHED" => {
                let shape: FinishedShape = serde_json::from_str(text).ok()?;
                Self::StepFinished(Box::new(StepTest {
                    run_id: shape.run_id,
                    success: shape.success,
                    input: shape.input,
                    output: shape.output,
                    trouble: (!shape.standard_error.is_empty() && !shape.success)
                        .then(|| Trouble::read(&shape.standard_error)),
                    standard_output: shape.standard_output,
                }))
            }
            "RESOURCE_LOCKED" => {
                let shape = resource()?;
                Self::Locked { resource: shape.resource_id, by: shape.lock.unwrap_or(shape.who) }
            }
            "RESOURCE_UNLOCKED" => Self::Unlocked { resource: resource()?.resource_id },
            "PRESENCE_UPDATED" => {
                let shape = resource()?;
                Self::Presence { resource: shape.resource_id, people: shape.users }
            }
            _ => return None,
        })
    }
}
