//! One pass under way: what it has seen, what it has counted, and the few steps that all passes share.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use basecamp_sdk::routes;
use contract::{Fetched, Kind, Project, ProjectId, Recording, RecordingId, Status};
use jiff::Timestamp;

use super::pages::Pages;
use super::{Applied, Gate, Mirror, Pass, Progress, Report, Stage, Stopped};
use crate::wire::{self, Batch, Skipped};
use crate::{Api, Trouble};

const SKIPPED_KEPT: usize = 100;
/// The statuses that Basecamp lists apart.
pub(super) const STATUSES: [Status; 3] = [Status::Active, Status::Archived, Status::Trashed];

pub(super) struct Run<'a, M, P> {
    pub(super) api: &'a Api,
    pub(super) mirror: &'a M,
    pub(super) now: Timestamp,
    progress: &'a P,
    gate: &'a Gate,
    requests_before: u64,
    tally: Mutex<Tally>,
}

#[derive(Default)]
struct Tally {
    report: Report,
    seen: HashSet<RecordingId>,
    /// The highest of each stage's counts, for progress.
    stages: BTreeMap<Stage, (u64, Option<u64>)>,
    /// How many of a stage's expected rows were foreseen, and not yet met in a listing.
    foreseen: BTreeMap<Stage, u64>,
}

/// The projects as a pass found them.
#[derive(Debug, Default)]
pub(super) struct Projects(pub(super) Vec<Fetched<Project>>);

impl Projects {
    /// Those that `projects/recordings` leaves out unless they are named.
    pub(super) fn put_away(&self) -> Vec<ProjectId> {
        let away = self.0.iter().filter(|project| project.value.status != Status::Active);
        away.map(|project| project.value.id).collect()
    }
}

impl<'a, M: Mirror, P: Progress> Run<'a, M, P> {
    pub(super) fn new(pass: &Pass<'a, M, P>) -> Self {
        Self {
            api: pass.api,
            mirror: pass.mirror,
            now: pass.now,
            progress: pass.progress,
            gate: pass.gate,
            requests_before: pass.api.requests(),
            tally: Mutex::new(Tally::default()),
        }
    }

    pub(super) fn report(self) -> Report {
        let requests = self.requests();
        let mut report = self.tally.into_inner().unwrap_or_else(PoisonError::into_inner).report;
        report.requests = requests;
        report
    }

    fn requests(&self) -> u64 {
        self.api.requests().saturating_sub(self.requests_before)
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while the pass is held still, and ends it when it was called off.
    pub(super) async fn breathe(&self) -> Result<(), Trouble> {
        tokio::select! {
            biased;
            () = self.api.cancel().cancelled() => Err(Trouble::Cancelled),
            () = self.gate.pass() => Ok(()),
        }
    }

    pub(super) fn started(&self, stage: Stage) {
        self.tally().stages.entry(stage).or_default();
        self.progress.started(stage);
    }

    /// So many will come in this stage, which begins later: for telling how long the rest takes.
    pub(super) fn foresee(&self, stage: Stage, total: u64) {
        let mut tally = self.tally();
        tally.foreseen.insert(stage, total);
        tally.stages.insert(stage, (0, Some(total)));
        drop(tally);
        self.progress.started(stage);
        self.advanced(stage, 0);
    }

    /// More are expected in this stage.
    pub(super) fn more_to_come(&self, stage: Stage, more: u64) {
        let mut tally = self.tally();
        let known = tally.foreseen.get_mut(&stage).map_or(0, |left| {
            let met = more.min(*left);
            *left -= met;
            met
        });
        let counts = tally.stages.entry(stage).or_default();
        counts.1 = Some(counts.1.unwrap_or(0) + more - known);
        drop(tally);
        self.advanced(stage, 0);
    }

    pub(super) fn advanced(&self, stage: Stage, by: usize) {
        let mut tally = self.tally();
        let counts = tally.stages.entry(stage).or_default();
        counts.0 += by as u64;
        let (done, total) = *counts;
        drop(tally);
        self.progress.advanced(stage, done, total.map(|total| total.max(done)), self.requests());
    }

    pub(super) fn finished(&self, stage: Stage) {
        let done = self.tally().stages.get(&stage).map_or(0, |counts| counts.0);
        self.progress.finished(stage, done);
    }

    pub(super) fn skipped(&self, skipped: Vec<Skipped>) {
        let mut tally = self.tally();
        for one in skipped {
            tracing::debug!(id = one.id, reason = one.reason, "left out");
            tally.report.skipped_count += 1;
            if tally.report.skipped.len() < SKIPPED_KEPT {
                tally.report.skipped.push(one);
            }
        }
    }

    pub(super) fn counted(&self, applied: Applied) {
        self.tally().report.changed += applied.changed;
    }

    /// Something is not as it was.
    pub(super) fn has_changed(&self) -> bool {
        let tally = self.tally();
        tally.report.changed > 0 || tally.report.gone > 0
    }

    pub(super) fn lost(&self, count: usize) {
        self.tally().report.gone += count as u64;
    }

    pub(super) fn reconcile_soon(&self) {
        self.tally().report.reconcile_soon = true;
    }

    pub(super) fn has_seen(&self, id: RecordingId) -> bool {
        self.tally().seen.contains(&id)
    }

    /// Keeps recordings, and remembers that Basecamp showed them.
    pub(super) async fn keep(&self, batch: Batch<Recording>) -> Result<Applied, Stopped<M::Error>> {
        // What cannot be read is there all the same: it must not be taken for gone.
        {
            let mut tally = self.tally();
            let unread = batch.skipped.iter().filter_map(|skipped| skipped.id).map(RecordingId);
            tally.seen.extend(batch.records.iter().map(|record| record.value.id).chain(unread));
        }
        self.skipped(batch.skipped);
        if batch.records.is_empty() {
            return Ok(Applied::default());
        }
        let applied = self.mirror.put_recordings(batch.records).await.map_err(Stopped::Mirror)?;
        self.counted(applied);
        Ok(applied)
    }

    pub(super) async fn mark(&self, key: &str, value: Option<&str>) -> Result<(), Stopped<M::Error>> {
        self.mirror.set_mark(key, value).await.map_err(Stopped::Mirror)
    }

    /// Projects of every status, and the tools of their docks.
    pub(super) async fn projects(&self) -> Result<Projects, Stopped<M::Error>> {
        self.started(Stage::Projects);
        let mut found: BTreeMap<ProjectId, Fetched<Project>> = BTreeMap::new();
        for status in STATUSES {
            let mut operation = self.api.route(&routes::LIST_PROJECTS, &[]);
            if status != Status::Active {
                operation.query("status", status.wire());
            }
            for _ in 0..super::records::WALKS {
                let mut pages = Pages::new(self.api, operation.clone());
                while let Some(page) = self.page(&mut pages).await? {
                    let batch = wire::projects(page.rows());
                    self.skipped(batch.skipped);
                    self.advanced(Stage::Projects, batch.records.len());
                    found.extend(batch.records.into_iter().map(|project| (project.value.id, project)));
                }
                if !pages.shrank {
                    break;
                }
            }
        }
        let projects: Vec<_> = found.into_values().collect();
        let applied = self.mirror.put_projects(projects.clone()).await.map_err(Stopped::Mirror)?;
        self.counted(applied);
        for project in &projects {
            let records = wire::tools(project);
            self.keep(Batch { records, skipped: Vec::new() }).await?;
        }
        self.finished(Stage::Projects);
        Ok(Projects(projects))
    }

    /// Everybody whom the account shows.
    pub(super) async fn people(&self) -> Result<(), Stopped<M::Error>> {
        self.started(Stage::People);
        let mut pages = Pages::new(self.api, self.api.route(&routes::LIST_PEOPLE, &[]));
        while let Some(page) = self.page(&mut pages).await? {
            let batch = wire::people(page.rows());
            self.skipped(batch.skipped);
            self.advanced(Stage::People, batch.records.len());
            let applied = self.mirror.put_people(batch.records).await.map_err(Stopped::Mirror)?;
            self.counted(applied);
        }
        self.finished(Stage::People);
        Ok(())
    }

    /// The next page of a walk, when the pass may go on.
    pub(super) async fn page(&self, pages: &mut Pages) -> Result<Option<crate::api::Listing>, Trouble> {
        self.breathe().await?;
        pages.next().await
    }

    /// One recording as it is now; nothing when Basecamp does not show it.
    pub(super) async fn look(&self, kind: Kind, id: RecordingId) -> Result<Option<Fetched<Recording>>, Trouble> {
        self.breathe().await?;
        match self.api.fetch(kind, id).await {
            Ok(record) => Ok(Some(record)),
            Err(trouble) if trouble.hides() => Ok(None),
            Err(Trouble::Malformed { what }) => {
                self.skipped(vec![Skipped { id: Some(id.0), reason: what }]);
                self.tally().seen.insert(id);
                Ok(None)
            }
            Err(trouble) => Err(trouble),
        }
    }
}
