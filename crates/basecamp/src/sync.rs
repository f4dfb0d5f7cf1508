//! Passes that bring a [`Mirror`] into agreement with Basecamp: the first fetch of everything, what changed since, and the
//! comparison that finds what no feed tells. They know no database and no window, and remember nothing but marks.

mod activity;
mod cold;
mod confirm;
mod feed;
mod pages;
mod reconcile;
mod records;
mod run;
mod stage;
mod tools;
mod warm;

use std::collections::BTreeMap;
use std::future::Future;

use contract::{Activity, Fetched, Kind, Known, Person, Project, ProjectId, Recording, RecordingId, Status};
use jiff::Timestamp;
use tokio::sync::watch;

use crate::wire::Skipped;
use crate::{Api, Trouble};

pub use cold::{cold, is_complete};
pub use reconcile::reconcile;
pub use stage::Stage;
pub use warm::warm;

/// What a batch came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// How many records are not as they were.
    pub changed: u64,
}

/// What is known here about a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownProject {
    /// Its id.
    pub id: ProjectId,
    /// As it was last told.
    pub status: Status,
}

/// The local copy, as the passes see it. Every `put` is idempotent and keeps edits that Basecamp does not have yet.
pub trait Mirror: Send + Sync {
    /// What keeping can fail with.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Everything that [`Mirror::set_mark`] kept.
    fn marks(&self) -> impl Future<Output = Result<BTreeMap<String, String>, Self::Error>> + Send;
    /// Keeps a note across restarts; no value forgets it.
    fn set_mark(&self, key: &str, value: Option<&str>) -> impl Future<Output = Result<(), Self::Error>> + Send;
    /// Keeps projects. One that was gone is back.
    fn put_projects(
        &self,
        projects: Vec<Fetched<Project>>,
    ) -> impl Future<Output = Result<Applied, Self::Error>> + Send;
    /// Keeps people.
    fn put_people(&self, people: Vec<Fetched<Person>>) -> impl Future<Output = Result<Applied, Self::Error>> + Send;
    /// Keeps recordings. One that was gone is back. The same record may come twice in a batch; the last one holds. One
    /// that comes without a position keeps the position that is known.
    fn put_recordings(
        &self,
        recordings: Vec<Fetched<Recording>>,
    ) -> impl Future<Output = Result<Applied, Self::Error>> + Send;
    /// Keeps activity.
    fn put_activity(
        &self,
        activity: Vec<Fetched<Activity>>,
    ) -> impl Future<Output = Result<Applied, Self::Error>> + Send;
    /// What is here of these kinds, those that Basecamp has not named yet and those that are gone left out. No kinds
    /// means all kinds.
    fn known(&self, kinds: &[Kind]) -> impl Future<Output = Result<Vec<Known>, Self::Error>> + Send;
    /// The projects that are here, those that are gone left out.
    fn known_projects(&self) -> impl Future<Output = Result<Vec<KnownProject>, Self::Error>> + Send;
    /// The recordings of this project that are gone, for looking at them again when the project came back. A mirror that
    /// forgets what is gone has none.
    fn hidden(&self, project: ProjectId) -> impl Future<Output = Result<Vec<Known>, Self::Error>> + Send {
        let _ = project;
        async { Ok(Vec::new()) }
    }
    /// These recordings are not ours to see any more: deleted, or access was lost. Confirmed twice.
    fn gone(&self, ids: &[RecordingId]) -> impl Future<Output = Result<Applied, Self::Error>> + Send;
    /// This project and all that is in it are not ours to see any more. Confirmed twice.
    fn project_gone(&self, id: ProjectId) -> impl Future<Output = Result<Applied, Self::Error>> + Send;
}

/// Hears how far a pass is. Called often; must be quick.
pub trait Progress: Send + Sync {
    /// A stage begins.
    fn started(&self, stage: Stage);
    /// So many have come, of so many when Basecamp has told; `requests` were made in this pass.
    fn advanced(&self, stage: Stage, done: u64, total: Option<u64>, requests: u64);
    /// A stage has ended.
    fn finished(&self, stage: Stage, done: u64);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn started(&self, _: Stage) {}
    fn advanced(&self, _: Stage, _: u64, _: Option<u64>, _: u64) {}
    fn finished(&self, _: Stage, _: u64) {}
}

/// Holds a pass still between two requests; clones share it.
#[derive(Debug, Clone)]
pub struct Gate(watch::Sender<bool>);

impl Default for Gate {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Gate {
    /// No further request starts until [`Gate::resume`].
    pub fn pause(&self) {
        self.0.send_replace(true);
    }
    /// Requests start again.
    pub fn resume(&self) {
        self.0.send_replace(false);
    }
    /// True between pause and resume.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        *self.0.borrow()
    }
    async fn pass(&self) {
        // An error would mean that the gate is gone, which cannot be while it is borrowed here.
        let _ = self.0.subscribe().wait_for(|paused| !paused).await;
    }
}

/// What a pass works with. The handle's own cancellation ends the pass.
#[derive(Debug)]
pub struct Pass<'a, M, P> {
    /// The account, asked in the background.
    pub api: &'a Api,
    /// Where the records go.
    pub mirror: &'a M,
    /// Who hears of it.
    pub progress: &'a P,
    /// Where it can be held still.
    pub gate: &'a Gate,
    /// When the pass starts.
    pub now: Timestamp,
    /// Nobody asked for it, and nobody waits: a warm pass then leaves to a later one what most likely has not changed.
    pub by_clock: bool,
}

/// What a pass came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Records that are not as they were.
    pub changed: u64,
    /// Records that were found gone; a project counts as one.
    pub gone: u64,
    /// Requests made meanwhile.
    pub requests: u64,
    /// Records that could not be read, 100 at most; they were left as they are here.
    pub skipped: Vec<Skipped>,
    /// How many could not be read in all.
    pub skipped_count: u64,
    /// A reconciling pass should come soon: the feed lost its place, so something may have been missed.
    pub reconcile_soon: bool,
}

/// Why a pass stopped before its end. What was put stays put; starting again is safe.
#[derive(Debug, thiserror::Error)]
pub enum Stopped<E: std::error::Error + 'static> {
    /// Basecamp's side.
    #[error(transparent)]
    Basecamp(#[from] Trouble),
    /// The local side.
    #[error("What came from Basecamp could not be kept: {0}")]
    Mirror(#[source] E),
}

#[cfg(test)]
mod tests;
