//! Two people changed the same flow: what of it goes together, and what has to be chosen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::compare::{Restless, diff, diff_with};
use super::merge::accept_with;
use super::{Choice, Diff};
use crate::{Document, Op, Refusal};

/// How the changes of somebody else go with ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreeWay {
    /// What to take over from theirs to keep both: everything but what we changed ourselves.
    pub choice: Choice,
    /// What both changed, and not to the same: a person has to choose. Ours stays unless it is added to `choice`.
    pub conflicts: Choice,
    /// Who moved on either side.
    restless: Restless,
}

/// Compares ours and theirs, which both came of `base`. What only a server writes counts as nobody's change.
#[must_use]
pub fn three_way(base: &Document, ours: &Document, theirs: &Document) -> ThreeWay {
    let we = diff(base, ours).without_stamps();
    let they = diff(base, theirs).without_stamps();
    let restless = Restless { steps: moved(&we, &they), notes: moved_notes(&we, &they) };
    let (we, they) = (we.everything(), they.everything());
    let between = diff_with(ours, theirs, &restless);
    let all = between.everything();
    let apart = between.without_stamps().everything();
    let left = |all: &BTreeSet<String>, we: &BTreeSet<String>| all.difference(we).cloned().collect();
    let both = |we: &BTreeSet<String>, they: &BTreeSet<String>, apart: &BTreeSet<String>| {
        we.iter().filter(|name| they.contains(*name) && apart.contains(*name)).cloned().collect()
    };
    ThreeWay {
        choice: Choice {
            display_name: all.display_name && !we.display_name,
            schema: all.schema && !we.schema,
            trigger: all.trigger && !we.trigger,
            steps: left(&all.steps, &we.steps),
            notes: left(&all.notes, &we.notes),
        },
        conflicts: Choice {
            display_name: we.display_name && they.display_name && apart.display_name,
            schema: we.schema && they.schema && apart.schema,
            trigger: we.trigger && they.trigger && apart.trigger,
            steps: both(&we.steps, &they.steps, &apart.steps),
            notes: both(&we.notes, &they.notes, &apart.notes),
        },
        restless,
    }
}

impl ThreeWay {
    /// Whether nothing has to be chosen.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.conflicts == Choice::default()
    }

    /// The operation that takes the choice over into ours.
    ///
    /// # Errors
    /// As [`accept`](super::accept) does: if what we did and what they did cannot stand together.
    pub fn accept(&self, ours: &Document, theirs: &Document) -> Result<Op, Refusal> {
        accept_with(ours, theirs, &self.choice, &self.restless)
    }
}

fn moved(we: &Diff, they: &Diff) -> BTreeSet<String> {
    let steps = we.steps.iter().chain(&they.steps);
    steps.filter(|step| step.is_moved()).map(|step| step.name.clone()).collect()
}

fn moved_notes(we: &Diff, they: &Diff) -> BTreeSet<String> {
    let notes = we.notes.iter().chain(&they.notes);
    notes.filter(|note| note.is_moved).map(|note| note.id.clone()).collect()
}
