//! What changed since the last pass: the feed where there is one, and each listing down to its watermark.

use std::collections::{BTreeMap, BTreeSet};

use contract::{Kind, ProjectId, Status};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};

use super::records::{LISTED, Scope, watermark};
use super::run::{Projects, Run};
use super::{Mirror, Pass, Progress, Report, Stage, Stopped, activity};

/// When the listings of what is put away were looked at last.
const PUT_AWAY: &str = "put-away.looked";
/// A pass that nobody asked for looks at them after so long where nothing else changed, and at once where something did.
const LOOK_AWAY: SignedDuration = SignedDuration::from_mins(5);

/// Fetches what changed. Nothing is taken for gone here; that is [`super::reconcile`]'s work, and so are positions and
/// statuses that changed with a parent.
///
/// # Errors
/// [`Stopped`] when Basecamp or the mirror failed, or the handle was cancelled. What was put stays put.
pub async fn warm<M: Mirror, P: Progress>(pass: Pass<'_, M, P>) -> Result<Report, Stopped<M::Error>> {
    let run = Run::new(&pass);
    let marks = run.mirror.marks().await.map_err(Stopped::Mirror)?;
    let before = run.known_projects().await?;
    let news = run.news(&marks).await?;
    let projects = run.projects().await?;
    run.people().await?;
    run.catch_up_all(&marks, &[Status::Active]).await?;
    // A project that appeared, came back or was put away: its recordings carry old times, below every watermark.
    let turned = projects.turned(&before);
    if !turned.is_empty() {
        run.whole_projects(&projects, &turned).await?;
        run.recover(&projects.back(&before)).await?;
    }
    run.started(Stage::Chat);
    if news.told {
        run.new_lines(projects.tools(&[Kind::Campfire], Some(&news.chats))).await?;
    } else {
        let active = projects.active();
        run.new_lines(projects.tools(&[Kind::Campfire], Some(&active))).await?;
        run.open(projects.tools(&[Kind::Questionnaire], Some(&active)), Stage::Tools).await?;
    }
    run.finished(Stage::Chat);
    run.time(true).await?;
    run.activity(marks.get(activity::mark())).await?;
    // Where nothing stirred, nothing was put away either, most likely; half of all requests would look for it.
    let last = marks.get(PUT_AWAY).and_then(|mark| mark.parse::<Timestamp>().ok());
    let is_due = last.is_none_or(|last| run.now.duration_since(last) >= LOOK_AWAY);
    if !pass.by_clock || is_due || run.has_changed() {
        run.catch_up_all(&marks, &[Status::Archived, Status::Trashed]).await?;
        run.mark(PUT_AWAY, Some(&run.now.to_string())).await?;
    }
    Ok(run.report())
}

impl Projects {
    fn active(&self) -> BTreeSet<ProjectId> {
        let active = self.0.iter().filter(|project| project.value.status == Status::Active);
        active.map(|project| project.value.id).collect()
    }

    /// Those that were not here, or not any more.
    pub(super) fn back(&self, before: &BTreeMap<ProjectId, Status>) -> BTreeSet<ProjectId> {
        let ids = self.0.iter().map(|project| project.value.id);
        ids.filter(|id| !before.contains_key(id)).collect()
    }

    /// Those whose status is not what it was.
    fn turned(&self, before: &BTreeMap<ProjectId, Status>) -> BTreeSet<ProjectId> {
        let projects = self.0.iter().map(|project| &project.value);
        projects.filter(|project| before.get(&project.id) != Some(&project.status)).map(|project| project.id).collect()
    }
}

impl<M: Mirror, P: Progress> Run<'_, M, P> {
    /// Reads every kind's listings of these statuses down to their watermarks.
    async fn catch_up_all(
        &self,
        marks: &BTreeMap<String, String>,
        statuses: &[Status],
    ) -> Result<(), Stopped<M::Error>> {
        for kind in LISTED {
            let stage = Stage::Records(kind);
            self.started(stage);
            let listing = |status: &Status| self.catch_up(kind, *status, marks.get(&watermark(kind, *status))).boxed();
            futures::future::try_join_all(statuses.iter().map(listing)).await?;
            self.finished(stage);
        }
        Ok(())
    }

    /// The projects that are here, and their statuses.
    pub(super) async fn known_projects(&self) -> Result<BTreeMap<ProjectId, Status>, Stopped<M::Error>> {
        let known = self.mirror.known_projects().await.map_err(Stopped::Mirror)?;
        Ok(known.into_iter().map(|project| (project.id, project.status)).collect())
    }

    /// Everything in these projects.
    pub(super) async fn whole_projects(
        &self,
        projects: &Projects,
        within: &BTreeSet<ProjectId>,
    ) -> Result<(), Stopped<M::Error>> {
        let named: Vec<_> = within.iter().copied().collect();
        let scopes = Scope::only(&named);
        for kind in LISTED {
            self.sweep(kind, &scopes, Stage::Records(kind)).await?;
        }
        let tools = projects.tools(&[Kind::CardTable, Kind::Questionnaire, Kind::Campfire], Some(within));
        self.open(tools, Stage::Tools).await
    }
}
