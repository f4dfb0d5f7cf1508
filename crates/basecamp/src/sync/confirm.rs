//! Suspicion and proof: what is here and was not listed is gone only after a second listing without it and a look by id
//! that was refused. One missing answer never removes anything.

use std::collections::{BTreeMap, BTreeSet};

use basecamp_sdk::routes;
use contract::{Fetched, Kind, Known, ProjectId, Recording, RecordingId};
use futures::{StreamExt, TryStreamExt};

use super::records::{LISTED, Scope};
use super::run::{Projects, Run};
use super::{Mirror, Progress, Stage, Stopped};
use crate::Trouble;
use crate::wire::{self, Batch};

impl<M: Mirror, P: Progress> Run<'_, M, P> {
    /// Projects that are here and were not listed. Answers with those that are gone; those that are there after all are
    /// added to the list.
    pub(super) async fn lost_projects(&self, listed: &mut Projects) -> Result<BTreeSet<ProjectId>, Stopped<M::Error>> {
        if self.unlisted(listed).await?.is_empty() {
            return Ok(BTreeSet::new());
        }
        *listed = self.projects().await?;
        let mut gone = BTreeSet::new();
        for id in self.unlisted(listed).await? {
            self.breathe().await?;
            match self.api.read(self.api.route(&routes::GET_PROJECT, &[&id])).await {
                Ok(raw) => {
                    let mut batch = Batch::default();
                    batch.push(wire::project(raw.get()));
                    self.skipped(batch.skipped);
                    listed.0.extend(batch.records.iter().cloned());
                    let applied = self.mirror.put_projects(batch.records).await.map_err(Stopped::Mirror)?;
                    self.counted(applied);
                }
                Err(trouble) if trouble.hides() => {
                    let applied = self.mirror.project_gone(id).await.map_err(Stopped::Mirror)?;
                    self.counted(applied);
                    gone.insert(id);
                }
                Err(trouble) => return Err(trouble.into()),
            }
        }
        self.lost(gone.len());
        Ok(gone)
    }

    async fn unlisted(&self, listed: &Projects) -> Result<BTreeSet<ProjectId>, Stopped<M::Error>> {
        let known = self.mirror.known_projects().await.map_err(Stopped::Mirror)?;
        let listed: BTreeSet<_> = listed.0.iter().map(|project| project.value.id).collect();
        Ok(known.into_iter().map(|project| project.id).filter(|id| !listed.contains(id)).collect())
    }

    /// Recordings that are here and that this pass has not seen.
    pub(super) async fn lost_recordings(
        &self,
        projects: &Projects,
        lost: &BTreeSet<ProjectId>,
    ) -> Result<(), Stopped<M::Error>> {
        self.started(Stage::Confirming);
        let suspects = self.unseen(lost).await?;
        if !suspects.is_empty() {
            self.more_to_come(Stage::Confirming, suspects.len() as u64);
            self.second_reading(projects, &suspects).await?;
            let suspects = self.unseen(lost).await?;
            let gone: Vec<RecordingId> = futures::stream::iter(suspects)
                .map(|suspect| self.proof(projects, suspect))
                .buffer_unordered(6)
                .try_filter_map(|gone| async move { Ok(gone) })
                .try_collect()
                .await?;
            if !gone.is_empty() {
                let applied = self.mirror.gone(&gone).await.map_err(Stopped::Mirror)?;
                self.counted(applied);
                self.lost(gone.len());
            }
        }
        self.finished(Stage::Confirming);
        Ok(())
    }

    async fn unseen(&self, lost: &BTreeSet<ProjectId>) -> Result<Vec<Known>, Stopped<M::Error>> {
        let mut known = self.mirror.known(&[]).await.map_err(Stopped::Mirror)?;
        known.retain(|known| !known.id.is_local() && !lost.contains(&known.project) && !self.has_seen(known.id));
        Ok(known)
    }

    /// The listings that should have shown them, once more.
    async fn second_reading(&self, projects: &Projects, suspects: &[Known]) -> Result<(), Stopped<M::Error>> {
        let mut by_kind: BTreeMap<Kind, BTreeSet<ProjectId>> = BTreeMap::new();
        for suspect in suspects {
            let kind = if suspect.kind == Kind::TodoGroup { Kind::TodoList } else { suspect.kind };
            by_kind.entry(kind).or_default().insert(suspect.project);
        }
        for (kind, within) in by_kind {
            if LISTED.contains(&kind) {
                let named: Vec<_> = within.iter().copied().collect();
                self.sweep(kind, &Scope::only(&named), Stage::Confirming).await?;
                continue;
            }
            if kind == Kind::TimeEntry {
                self.time(false).await?;
                continue;
            }
            let tool = if kind.is_column() || kind == Kind::CardTable {
                Kind::CardTable
            } else if kind == Kind::ChatLine {
                Kind::Campfire
            } else {
                Kind::Questionnaire
            };
            self.open(projects.tools(&[tool], Some(&within)), Stage::Confirming).await?;
        }
        Ok(())
    }

    /// A look by id. Answers with the id when Basecamp does not show it.
    async fn proof(&self, projects: &Projects, suspect: Known) -> Result<Option<RecordingId>, Stopped<M::Error>> {
        let shown = if suspect.kind == Kind::ChatLine {
            let Some(shown) = self.line_in(projects, suspect).await? else {
                return Ok(None);
            };
            shown
        } else {
            self.look(suspect.kind, suspect.id).await?
        };
        match shown {
            Some(record) => {
                let records = vec![record];
                self.keep(Batch { records, skipped: Vec::new() }).await?;
                Ok(None)
            }
            // A look that could not be read leaves the record seen, and so here.
            None => Ok((!self.has_seen(suspect.id)).then_some(suspect.id)),
        }
    }

    /// A line is asked for in each chat of its project, because its own chat is not known here. Nothing at all when there
    /// is no chat to ask in: that proves nothing.
    async fn line_in(&self, projects: &Projects, line: Known) -> Result<Option<Option<Fetched<Recording>>>, Trouble> {
        let within = BTreeSet::from([line.project]);
        let mut asked = None;
        for chat in projects.tools(&[Kind::Campfire], Some(&within)) {
            self.breathe().await?;
            match self.api.line(chat.id(), line.id).await {
                Ok(found) => return Ok(Some(Some(found))),
                Err(trouble) if trouble.hides() => asked = Some(None),
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(asked)
    }

    /// What was here of projects that came back, and is not listed by itself: looked at one by one.
    pub(super) async fn recover(&self, back: &BTreeSet<ProjectId>) -> Result<(), Stopped<M::Error>> {
        for project in back {
            let mut hidden = self.mirror.hidden(*project).await.map_err(Stopped::Mirror)?;
            hidden.retain(|known| known.kind != Kind::ChatLine && !self.has_seen(known.id));
            let looked: Vec<_> = futures::stream::iter(hidden)
                .map(|known| self.look(known.kind, known.id))
                .buffer_unordered(6)
                .try_collect()
                .await?;
            let records = looked.into_iter().flatten().collect();
            self.keep(Batch { records, skipped: Vec::new() }).await?;
        }
        Ok(())
    }
}
