//! What the server holds while it runs, behind one lock that is never held across an await.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::Launchpad;
use super::listing::Listings;
use crate::clock::Clock;
use crate::counters::Tally;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::limiter::{Limit, Limiter};
use crate::world::{Entry, World};

/// Everything that changes.
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) journal: Option<Journal>,
    pub(crate) limiter: Limiter,
    pub(crate) tally: Tally,
    pub(crate) listings: Listings,
    pub(crate) tokens: BTreeSet<String>,
    pub(crate) launchpad: Launchpad,
}

impl State {
    /// Keeps what was done. A journal that cannot be written is left behind with a warning: the sample goes
    /// on, and only its next start forgets.
    pub(crate) fn keep(&mut self, log: &[Entry]) {
        let Some(journal) = &mut self.journal else {
            return;
        };
        if let Err(error) = journal.append(log) {
            tracing::warn!(%error, "the sample's journal cannot be written; changes from here on are lost at the next start");
            self.journal = None;
        }
    }
}

/// The server's state with what never changes.
pub(crate) struct Shared {
    pub(crate) state: Mutex<State>,
    pub(crate) faults: Faults,
    pub(crate) clock: Clock,
    pub(crate) limit: Option<Limit>,
    pub(crate) generic: bool,
    pub(crate) feed_delay: SignedDuration,
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// What addresses in records begin with, where it is not the origin.
    pub(crate) named: Option<&'static str>,
    pub(crate) account: i64,
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The account's address.
    pub(crate) fn url(&self) -> String {
        format!("{}/{}", self.origin, self.account)
    }

    /// The account's address as records name it.
    pub(crate) fn named_url(&self) -> String {
        self.named.map_or_else(|| self.url(), |named| format!("{named}/{}", self.account))
    }
}

/// What handlers are given.
pub(crate) type Handle = Arc<Shared>;
