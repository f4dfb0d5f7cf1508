//! The app as a whole and the workspace that is open.

use contract::{AppStatus, Fault, Workspace, WorkspaceId};
use leptos::prelude::*;

/// The app and the open workspace.
#[derive(Clone, Copy)]
pub struct Session {
    /// What the app told of itself; `None` until it has answered.
    pub status: RwSignal<Option<AppStatus>>,
    /// Why it has not answered.
    pub fault: RwSignal<Option<Fault>>,
    /// The open workspace.
    pub workspace: RwSignal<Option<WorkspaceId>>,
}

impl Session {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let session = Self { status: RwSignal::new(None), fault: RwSignal::new(None), workspace: RwSignal::new(None) };
        provide_context(session);
        session
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// The open workspace with its name.
    #[must_use]
    pub fn current(self) -> Option<Workspace> {
        let id = self.workspace.get()?;
        self.status.with(|status| status.as_ref()?.workspaces.iter().find(|workspace| workspace.id == id).cloned())
    }
    /// Days are counted in this zone.
    #[must_use]
    pub fn zone(self) -> jiff::tz::TimeZone {
        let name = self.status.with(|status| status.as_ref().map(|status| status.settings.time_zone.clone()));
        name.filter(|name| !name.is_empty())
            .and_then(|name| jiff::tz::TimeZone::get(&name).ok())
            .unwrap_or_else(jiff::tz::TimeZone::system)
    }
    /// The person's today.
    #[must_use]
    pub fn today(self) -> jiff::civil::Date {
        crate::clock::now().to_zoned(self.zone()).date()
    }
}
