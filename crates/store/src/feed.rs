//! What is told after a commit, and never of what was rolled back.

use contract::{ChangeId, ChangeSetId, RecordingId, Tag, Who};

/// What was committed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The change set; `None` when nothing was logged.
    pub set: Option<ChangeSetId>,
    /// By whom. For [`Who::Sync`] the set is not one that can be undone.
    pub who: Who,
    /// The changes that wait to be sent.
    pub changes: Vec<ChangeId>,
    /// The tags touched, in order, each once.
    pub tags: Vec<Tag>,
    /// The items touched, each once.
    pub items: Vec<RecordingId>,
    /// Local ids that became Basecamp's: from, to.
    pub renamed: Vec<(RecordingId, RecordingId)>,
}

impl Committed {
    /// True when there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.items.is_empty() && self.renamed.is_empty()
    }
}

/// What a transaction has touched so far.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) changes: Vec<ChangeId>,
    pub(crate) tags: std::collections::BTreeSet<Tag>,
    pub(crate) items: Vec<RecordingId>,
    pub(crate) renamed: Vec<(RecordingId, RecordingId)>,
}

impl Touched {
    pub(crate) fn tag(&mut self, tag: Tag) {
        self.tags.insert(tag);
    }
    pub(crate) fn item(&mut self, id: RecordingId, tag: Tag) {
        self.tags.insert(tag);
        self.items.push(id);
    }
    pub(crate) fn committed(mut self, set: Option<ChangeSetId>, who: Who) -> Committed {
        self.items.sort_unstable();
        self.items.dedup();
        Committed {
            set,
            who,
            changes: self.changes,
            tags: self.tags.into_iter().collect(),
            items: self.items,
            renamed: self.renamed,
        }
    }
}
