//! Automations as an assistant works on them: edits in few words that wait for a person's yes, and what there is in outline.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::setup::input;
use crate::{FlowId, RunId, RunStatus};

input! {
    /// What to propose.
    ProposeFlow {
        /// The automation; a new one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<FlowId>,
        /// What a new one is called.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
        /// The request in a few words.
        label: String,
        /// In order; all or none.
        edits: Vec<FlowEdit>,
    }
    /// Which automation.
    OutlineFlow {
        /// The automation.
        id: FlowId,
    }
    /// What to look for.
    FindPieces {
        /// Such as `slack message`; all pieces in brief when empty.
        words: String,
    }
    /// Which run.
    OutlineRun {
        /// The run.
        id: RunId,
    }
}

/// An edit of an automation. Steps are told by their name, or by what the edit that adds them calls them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "edit", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FlowEdit {
    /// Chooses what starts it.
    Trigger {
        /// Such as `slack`.
        piece: String,
        /// The piece's trigger.
        trigger: String,
        /// Fields by name.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        input: Map<String, Value>,
    },
    /// Adds a step of a piece.
    Step {
        /// Such as `slack`.
        piece: String,
        /// The piece's action.
        action: String,
        /// Fields by name. `{{trigger['output']['title']}}` takes what an earlier step brought.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        input: Map<String, Value>,
        /// What people call it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        label: String,
        /// A word that the edits after it call it by, in expressions too.
        #[serde(default, rename = "as", skip_serializing_if = "String::is_empty")]
        handle: String,
        /// The step that it follows; `step/branch` to be first in a branch, `step/each` in a loop, `step/failed` on failure. The end when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
    /// Adds a step that runs code.
    Code {
        /// `export const code = async (inputs) => { … }`
        source: String,
        /// What it is called with.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        input: Map<String, Value>,
        /// What people call it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        label: String,
        /// A word that the edits after it call it by, in expressions too.
        #[serde(default, rename = "as", skip_serializing_if = "String::is_empty")]
        handle: String,
        /// The step that it follows; `step/branch` to be first in a branch, `step/each` in a loop, `step/failed` on failure. The end when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
    /// Adds a loop.
    Loop {
        /// The list. In the loop `{{name['output']['item']}}` is the item.
        items: String,
        /// What people call it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        label: String,
        /// A word that the edits after it call it by, in expressions too.
        #[serde(default, rename = "as", skip_serializing_if = "String::is_empty")]
        handle: String,
        /// The step that it follows; `step/branch` to be first in a branch, `step/each` in a loop, `step/failed` on failure. The end when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
    /// Adds a router with these branches, and “Otherwise”.
    Router {
        /// They are tried in order.
        branches: Vec<FlowBranch>,
        /// What people call it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        label: String,
        /// A word that the edits after it call it by, in expressions too.
        #[serde(default, rename = "as", skip_serializing_if = "String::is_empty")]
        handle: String,
        /// The step that it follows; `step/branch` to be first in a branch, `step/each` in a loop, `step/failed` on failure. The end when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
    /// Changes a step, or `trigger`.
    Change {
        /// Its name.
        step: String,
        /// Fields to set; null clears one.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        input: Map<String, Value>,
        /// Its code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
        /// Its list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        items: Option<String>,
        /// Try again when it fails.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry: Option<bool>,
        /// Go on when it fails.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        goes_on: Option<bool>,
    },
    /// Adds a branch to a router, or changes when it is taken.
    Branch {
        /// The router.
        step: String,
        /// The branch.
        branch: FlowBranch,
    },
    /// Calls a step, or the automation, something else.
    Rename {
        /// The automation when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        step: String,
        /// What people call it.
        label: String,
    },
    /// Moves a step with all that it holds.
    Move {
        /// Its name.
        step: String,
        /// The step that it follows; `step/branch` to be first in a branch, `step/each` in a loop, `step/failed` on failure. The end when empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
    /// Removes a step with all that it holds.
    Remove {
        /// Or `step/branch`.
        step: String,
    },
    /// Has a step passed over, or no longer.
    Skip {
        /// Its name.
        step: String,
        /// Whether.
        skip: bool,
    },
    /// Chooses whose account a step acts with.
    Connect {
        /// Its name.
        step: String,
        /// Its label.
        connection: String,
    },
}

/// A branch of a router.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowBranch {
    /// What people call it.
    pub name: String,
    /// When it is taken: if all hold.
    pub when: Vec<FlowCondition>,
    /// If one holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub any: bool,
}

/// A comparison of two values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowCondition {
    /// An expression.
    pub value: String,
    /// How it compares.
    pub is: FlowCompare,
    /// With what.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub than: String,
}

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlowCompare {
    /// The text has the other in it.
    Contains,
    /// It does not.
    ContainsNot,
    /// The texts are the same.
    Same,
    /// They differ.
    Different,
    /// The text begins so.
    Begins,
    /// It does not.
    BeginsNot,
    /// The text ends so.
    Ends,
    /// It does not.
    EndsNot,
    /// The list has the value.
    Has,
    /// It does not.
    HasNot,
    /// The number is greater.
    Greater,
    /// It is less.
    Less,
    /// The numbers are equal.
    Equal,
    /// The date is before the other.
    Before,
    /// The dates are the same.
    On,
    /// The date is after the other.
    After,
    /// There is a value.
    Given,
    /// There is none.
    Missing,
    /// It is true.
    True,
    /// It is false.
    False,
    /// The list is empty.
    Empty,
    /// The list has something in it.
    NotEmpty,
}

/// What was proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowProposed {
    /// The automation.
    pub id: FlowId,
    /// It was made for this.
    pub created: bool,
    /// The automation as it would be, once a person says yes.
    pub outline: FlowOutline,
}

/// An automation in few words, with what waits for a yes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlowOutline {
    /// What it is called.
    pub name: String,
    /// The revision of its draft.
    pub revision: u64,
    /// Changes wait for a person's yes; they are in this outline.
    pub waiting: bool,
    /// How an expression reaches what a step brought: `{{step_1['output']['field']}}` or `{{step_1['field']}}`.
    pub reach: String,
    /// The trigger, then the steps in the order of the page.
    pub steps: Vec<OutlineStep>,
    /// Steps that would be removed, as people call them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// What keeps it from running, or may: a sentence each.
    pub problems: Vec<String>,
}

/// A step in few words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutlineStep {
    /// What expressions call it by.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The piece; empty for a loop, a router or code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub piece: String,
    /// The action or trigger; `loop`, `router`, `code`, or empty for a trigger that is not chosen.
    pub action: String,
    /// What it stands in: `step_2/Approved`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub within: String,
    /// The fields that are filled in; of a router, when each branch is taken.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// `new` or `changed`, of what waits for a yes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// It is passed over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skipped: bool,
}

/// Pieces that fit some words.
pub type FoundPieces = Vec<FoundPiece>;

/// A piece in few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FoundPiece {
    /// What edits call it by.
    pub piece: String,
    /// What people call it, and what it is for.
    pub about: String,
    /// It acts with somebody's account.
    pub connects: bool,
    /// What it does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<FoundOperation>,
    /// What it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<FoundOperation>,
}

/// An action or trigger in few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FoundOperation {
    /// What edits call it by.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its fields: the name, and in brackets what is wanted.
    pub fields: Vec<String>,
    /// Of a trigger: what it may bring, as JSON text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub brings: String,
}

/// A run in few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunOutline {
    /// The run.
    pub id: RunId,
    /// Its automation.
    pub flow: FlowId,
    /// What that is called.
    pub name: String,
    /// How it stands.
    pub status: RunStatus,
    /// What set it off.
    pub cause: String,
    /// Its steps in the order in which they began, a line each.
    pub steps: Vec<String>,
    /// The step that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<RunFailure>,
    /// What it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<String>,
}

/// Why a run failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunFailure {
    /// The step's name.
    pub step: String,
    /// What people call it.
    pub label: String,
    /// What happened and what to do next.
    pub message: String,
    /// What the other side said, cut.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// What went in, cut.
    pub input: String,
}
