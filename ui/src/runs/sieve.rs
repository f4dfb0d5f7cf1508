//! Which runs are shown. Pure.

use contract::commands::ListRuns;
use contract::{FlowId, RunId, RunStatus};

use super::standing::is_failure;
use crate::say;

/// Runs that stand alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Standing {
    /// However they stand.
    #[default]
    All,
    /// Under way, or about to be.
    Active,
    /// Waiting for something or somebody.
    Waiting,
    /// They came to their end.
    Succeeded,
    /// They did not.
    Failed,
    /// Somebody ended them.
    Cancelled,
}

impl Standing {
    /// Each, in the order of the page.
    pub(super) const ALL: [Self; 6] =
        [Self::All, Self::Active, Self::Waiting, Self::Succeeded, Self::Failed, Self::Cancelled];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::All => say::runs::all(),
            Self::Active => say::runs::running(),
            Self::Waiting => say::runs::waiting(),
            Self::Succeeded => say::runs::succeeded(),
            Self::Failed => say::runs::failed(),
            Self::Cancelled => say::runs::cancelled(),
        }
    }

    fn fits(self, status: RunStatus) -> bool {
        match self {
            Self::All => true,
            Self::Active => matches!(status, RunStatus::Queued | RunStatus::Running),
            Self::Waiting => status == RunStatus::Paused,
            Self::Succeeded => status == RunStatus::Succeeded,
            Self::Failed => is_failure(status),
            Self::Cancelled => status == RunStatus::Canceled,
        }
    }

    /// What a list is asked for; empty for all.
    pub(super) fn statuses(self) -> Vec<RunStatus> {
        if self == Self::All {
            return Vec::new();
        }
        RunStatus::ALL.iter().copied().filter(|status| self.fits(*status)).collect()
    }

    /// How many of these there are.
    pub(super) fn count(self, counts: &[(RunStatus, u32)]) -> u32 {
        counts.iter().filter(|(status, _)| self.fits(*status)).fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}

/// What the person wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sieve {
    pub(super) flow: Option<FlowId>,
    pub(super) standing: Standing,
    pub(super) tests: bool,
}

/// So many runs at first, and so many more each time the end comes into view.
pub(super) const STEP: u32 = 50;
/// So many are kept up by the feed; older ones are read once.
pub(super) const LIVE: u32 = 200;

impl Sieve {
    /// What asks for the newest, or for those before one.
    pub(super) fn ask(self, limit: u32, before: Option<RunId>) -> ListRuns {
        ListRuns {
            flow: self.flow,
            statuses: self.standing.statuses(),
            tests: self.tests,
            before,
            limit: Some(limit.min(LIVE)),
        }
    }
    /// Some are left out, besides tests.
    pub(super) fn narrows(self) -> bool {
        self.flow.is_some() || self.standing != Standing::All
    }
}

/// The runs chosen to be compared: another one takes the place of the one that was chosen first.
#[must_use]
pub(super) fn choose(mut chosen: Vec<RunId>, run: RunId) -> Vec<RunId> {
    match chosen.iter().position(|one| *one == run) {
        Some(at) => drop(chosen.remove(at)),
        None => {
            chosen.drain(..chosen.len().saturating_sub(1));
            chosen.push(run);
        }
    }
    chosen
}
