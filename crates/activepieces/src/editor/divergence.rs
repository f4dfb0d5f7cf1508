//! The server has something that we did not put there.

use flow::diff::{Diff, ThreeWay, diff, three_way};
use flow::{Document, Flow};
use serde::{Deserialize, Serialize};

/// What the server has differs from what we know that it had, while something of ours waits. Nothing more is sent until a
/// person decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Divergence {
    /// What both came of.
    pub base: Document,
    /// What is here.
    pub ours: Document,
    /// What the server has.
    pub theirs: Document,
}

impl Divergence {
    /// What we did.
    #[must_use]
    pub fn our_changes(&self) -> Diff {
        diff(&self.base, &self.ours).without_stamps()
    }

    /// What they did.
    #[must_use]
    pub fn their_changes(&self) -> Diff {
        diff(&self.base, &self.theirs).without_stamps()
    }

    /// How both go together, and what has to be chosen.
    #[must_use]
    pub fn three_way(&self) -> ThreeWay {
        three_way(&self.base, &self.ours, &self.theirs)
    }
}

/// What to do about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// Keep both: ours, with this of theirs taken over.
    Both(Box<ThreeWay>),
    /// Put ours in place of theirs, which were seen.
    Ours,
    /// Give ours up.
    Theirs,
}

/// The stored form: ours is the draft itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Parted {
    pub(super) base: Document,
    pub(super) theirs: Flow,
}
