//! How sync stands, kept up by the feed.

use contract::SyncStatus;
use leptos::prelude::*;

/// How sync of the open workspace stands.
#[derive(Clone, Copy)]
pub struct SyncState {
    /// The last that was told; `None` until it is known.
    pub status: RwSignal<Option<SyncStatus>>,
}

impl SyncState {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let sync = Self { status: RwSignal::new(None) };
        provide_context(sync);
        sync
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// The first fetch is not complete, so that an empty list may only mean “not here yet”. Tracks.
    #[must_use]
    pub fn first_fetch(self) -> bool {
        self.status.with(|status| status.as_ref().is_some_and(|status| status.fresh_as_of.is_none()))
    }
}
