//! What changed between two versions of a flow, step by step and field by field; and taking over a chosen part of it.
//!
//! Steps are the same when they have the same name; notes, when they have the same id; branches of a router, when they have
//! the same name, hold the same step, or stand in the same order.

mod branches;
mod compare;
mod fields;
mod merge;
mod order;
mod stamps;
mod three_way;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{FieldPath, Place, SchemaVersion};

pub use compare::diff;
pub use merge::accept;
pub use three_way::{ThreeWay, three_way};

/// What changed from one document to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Diff {
    /// The flow's name, before and after.
    pub display_name: Option<(String, String)>,
    /// The version of the format, before and after.
    pub schema: Option<(SchemaVersion, SchemaVersion)>,
    /// What changed in the trigger.
    pub trigger: Vec<FieldChange>,
    /// The steps that changed: those that are there, in the order of the page; then those that are gone.
    pub steps: Vec<StepChange>,
    /// The notes that changed.
    pub notes: Vec<NoteChange>,
}

/// What became of a step or note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is still there, and changed.
    Kept,
}

/// What changed in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepChange {
    /// The step.
    pub name: String,
    /// What people call it; of one that is gone, called it.
    pub display_name: String,
    /// What became of it.
    pub fate: Fate,
    /// Where it was, if it moved or is gone.
    pub from: Option<Place>,
    /// Where it is, if it moved or is new.
    pub to: Option<Place>,
    /// What changed in its fields, those of branches left out.
    pub fields: Vec<FieldChange>,
    /// What changed in its branches, what is done in them left out.
    pub branches: Vec<BranchChange>,
}

impl StepChange {
    /// Whether it is still there and in another place.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.fate == Fate::Kept && self.to.is_some()
    }
}

/// What changed in a branch of a router.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchChange {
    /// What people call it; of one that is gone, called it.
    pub name: String,
    /// Where it was, from 0; `None` if it is new.
    pub from: Option<usize>,
    /// Where it is, from 0; `None` if it is gone.
    pub to: Option<usize>,
    /// What changed in its fields.
    pub fields: Vec<FieldChange>,
}

/// What changed in a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field, as on the wire.
    pub field: FieldPath,
    /// What it was; `None` if it was not there.
    pub before: Option<Value>,
    /// What it is; `None` if it is not there.
    pub after: Option<Value>,
}

/// What changed in a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteChange {
    /// The note.
    pub id: String,
    /// What became of it.
    pub fate: Fate,
    /// Whether it lies above or below others than before.
    pub is_moved: bool,
    /// What changed in its fields.
    pub fields: Vec<FieldChange>,
}

/// Which changes to take over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// The flow's name.
    pub display_name: bool,
    /// The version of the format: with every other change or not at all.
    pub schema: bool,
    /// The trigger.
    pub trigger: bool,
    /// These steps: that they are added, gone, moved and changed.
    pub steps: BTreeSet<String>,
    /// These notes.
    pub notes: BTreeSet<String>,
}

impl Diff {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The choice of all changes.
    #[must_use]
    pub fn everything(&self) -> Choice {
        Choice {
            display_name: self.display_name.is_some(),
            schema: self.schema.is_some(),
            trigger: !self.trigger.is_empty(),
            steps: self.steps.iter().map(|change| change.name.clone()).collect(),
            notes: self.notes.iter().map(|change| change.id.clone()).collect(),
        }
    }

    /// The change of a step.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&StepChange> {
        self.steps.iter().find(|change| change.name == name)
    }
}
