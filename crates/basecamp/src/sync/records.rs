//! Recordings through `projects/recordings`: per kind and status, newest first. It knows how to be sure that a listing was
//! seen whole while it changed, and where to go for what the listing leaves out of a record.

use std::collections::BTreeSet;

use basecamp_sdk::{Operation, routes};
use contract::{Kind, ProjectId, Recording, RecordingId, Status};
use futures::{FutureExt, StreamExt, TryStreamExt};
use jiff::{SignedDuration, Timestamp};

use super::pages::Pages;
use super::run::{Run, STATUSES};
use super::{Mirror, Progress, Stage, Stopped};
use crate::Trouble;
use crate::wire::{self, Batch};

/// The kinds that `projects/recordings` lists, containers before what they hold.
pub(super) const LISTED: [Kind; 11] = [
    Kind::TodoList,
    Kind::Todo,
    Kind::Card,
    Kind::Step,
    Kind::Message,
    Kind::Comment,
    Kind::Vault,
    Kind::Document,
    Kind::Upload,
    Kind::ScheduleEntry,
    Kind::Answer,
];
/// How often a listing is walked again because it lost rows meanwhile.
pub(super) const WALKS: usize = 3;
/// Projects named in one request, so that the address stays short.
const NAMED: usize = 50;
/// Listings walked at once.
const AT_ONCE: usize = 4;
/// How far a warm pass reads past its watermark: two records may carry the same time, and a slow one come late.
const OVERLAP: SignedDuration = SignedDuration::from_mins(2);

/// Which projects a listing covers.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// All that are in use.
    Active,
    /// These, whatever their status.
    Named(Vec<ProjectId>),
}

impl Scope {
    /// All projects in use, and these besides.
    pub(super) fn with(named: &[ProjectId]) -> Vec<Self> {
        let mut scopes = vec![Self::Active];
        scopes.extend(Self::only(named));
        scopes
    }
    /// These projects alone.
    pub(super) fn only(named: &[ProjectId]) -> Vec<Self> {
        named.chunks(NAMED).map(|some| Self::Named(some.to_vec())).collect()
    }
}

impl<M: Mirror, P: Progress> Run<'_, M, P> {
    /// Every recording of a kind in these scopes, of every status.
    pub(super) async fn sweep(&self, kind: Kind, scopes: &[Scope], stage: Stage) -> Result<(), Stopped<M::Error>> {
        // Boxed and listed rather than mapped: a pass runs in a spawned task, and the compiler cannot follow borrows through
        // a stream's closures.
        let mut walks = Vec::new();
        for status in STATUSES {
            for scope in scopes {
                walks.push(self.walk(kind, status, scope, stage).boxed());
            }
        }
        let placeless: Vec<BTreeSet<RecordingId>> =
            futures::stream::iter(walks).buffer_unordered(AT_ONCE).try_collect().await?;
        let parents: BTreeSet<_> = placeless.into_iter().flatten().collect();
        for parent in parents {
            self.places(kind, parent).await?;
        }
        Ok(())
    }

    /// How many of a kind are in use, from the first page of their listing.
    pub(super) async fn survey(&self, kind: Kind) -> Result<(), Trouble> {
        let mut pages = Pages::in_order(self.api, self.listing(kind, Status::Active, &Scope::Active));
        if let Some(first) = self.page(&mut pages).await? {
            self.foresee(Stage::Records(kind), first.total().unwrap_or(first.rows().len() as u64));
        }
        Ok(())
    }

    /// One listing, whole. Answers with the parents of those whose place was not told.
    async fn walk(
        &self,
        kind: Kind,
        status: Status,
        scope: &Scope,
        stage: Stage,
    ) -> Result<BTreeSet<RecordingId>, Stopped<M::Error>> {
        let mut placeless = BTreeSet::new();
        let mut newest = Timestamp::UNIX_EPOCH;
        for turn in 0..WALKS {
            let mut pages = Pages::new(self.api, self.listing(kind, status, scope));
            let mut count = 0;
            loop {
                let page = match self.page(&mut pages).await {
                    // A project that was just put away or closed to us has nothing to list.
                    Err(trouble) if trouble.hides() => break,
                    page => page?,
                };
                let Some(page) = page else { break };
                if count == 0 && turn == 0 {
                    self.more_to_come(stage, page.total().unwrap_or(page.rows().len() as u64));
                }
                count += 1;
                let batch = self.whole(wire::recordings(page.rows(), Some(kind), None), kind).await?;
                for record in &batch.records {
                    newest = newest.max(record.value.updated_at);
                    if record.value.position.is_none() {
                        placeless.extend(record.value.parent);
                    }
                }
                self.advanced(stage, if turn == 0 { page.rows().len() } else { 0 });
                self.nested(kind, &batch).await?;
                self.keep(batch).await?;
            }
            if !pages.shrank {
                if count > 1 {
                    self.head(kind, status, scope, newest).await?;
                }
                break;
            }
        }
        if matches!(scope, Scope::Active) {
            self.raise(kind, status, newest).await?;
        }
        Ok(placeless)
    }

    /// What changed while the listing was walked has moved to its head, past which the walk had gone.
    async fn head(&self, kind: Kind, status: Status, scope: &Scope, since: Timestamp) -> Result<(), Stopped<M::Error>> {
        self.newer(kind, status, scope, since).await.map(|_| ())
    }

    /// What changed since the last pass, of one kind and status.
    pub(super) async fn catch_up(
        &self,
        kind: Kind,
        status: Status,
        mark: Option<&String>,
    ) -> Result<(), Stopped<M::Error>> {
        let since: Timestamp = mark.and_then(|mark| mark.parse().ok()).unwrap_or(Timestamp::UNIX_EPOCH);
        let floor = since.checked_sub(OVERLAP).unwrap_or(Timestamp::UNIX_EPOCH);
        let newest = self.newer(kind, status, &Scope::Active, floor).await?;
        if newest > since || mark.is_none() {
            self.raise(kind, status, newest.max(since)).await?;
        }
        Ok(())
    }

    /// Reads from the head until everything on a page is older than `floor`.
    async fn newer(
        &self,
        kind: Kind,
        status: Status,
        scope: &Scope,
        floor: Timestamp,
    ) -> Result<Timestamp, Stopped<M::Error>> {
        let mut newest = Timestamp::UNIX_EPOCH;
        let mut pages = Pages::in_order(self.api, self.listing(kind, status, scope));
        while let Some(page) = self.page(&mut pages).await? {
            let mut batch = wire::recordings(page.rows(), Some(kind), None);
            batch.records.retain(|record| record.value.updated_at >= floor);
            let reached = batch.records.len() + batch.skipped.len() < page.rows().len();
            let batch = self.whole(batch, kind).await?;
            let times = batch.records.iter().map(|record| record.value.updated_at);
            newest = times.fold(newest, Timestamp::max);
            self.keep(batch).await?;
            if reached {
                break;
            }
        }
        Ok(newest)
    }

    fn listing(&self, kind: Kind, status: Status, scope: &Scope) -> Operation {
        let mut operation = self.api.route(&routes::LIST_RECORDINGS, &[]);
        operation.query("type", kind.wire()).query("status", status.wire());
        operation.query("sort", "updated_at").query("direction", "desc");
        if let Scope::Named(projects) = scope {
            let names: Vec<_> = projects.iter().map(ToString::to_string).collect();
            operation.query("bucket", names.join(","));
        }
        operation
    }

    /// Fetches by id what came without the fields of its kind. What cannot be fetched keeps the general shape out.
    async fn whole(&self, batch: Batch<Recording>, kind: Kind) -> Result<Batch<Recording>, Stopped<M::Error>> {
        if !batch.records.iter().any(|record| wire::is_generic(&record.raw, kind)) {
            return Ok(batch);
        }
        let mut whole = Batch { records: Vec::with_capacity(batch.records.len()), skipped: batch.skipped };
        let looked: Vec<_> = futures::stream::iter(batch.records)
            .map(|record| async move {
                if wire::is_generic(&record.raw, kind) {
                    self.look(record.value.kind, record.value.id).await
                } else {
                    Ok(Some(record))
                }
            })
            .buffered(6)
            .try_collect()
            .await?;
        whole.records.extend(looked.into_iter().flatten());
        Ok(whole)
    }

    /// Steps inside cards and to-dos come first, so that they are there even where Basecamp does not list them apart.
    async fn nested(&self, kind: Kind, batch: &Batch<Recording>) -> Result<(), Stopped<M::Error>> {
        if !matches!(kind, Kind::Card | Kind::Todo) {
            return Ok(());
        }
        let mut steps = Batch::default();
        for record in &batch.records {
            if !record.raw.contains("\"steps\"") {
                continue;
            }
            let mut found = wire::nested_steps(record);
            // A step that has been listed by itself is known better than from inside its card.
            found.records.retain(|step| !self.has_seen(step.value.id));
            steps.extend(found);
        }
        self.keep(steps).await?;
        Ok(())
    }

    /// Walks a list or a column for the places of what it holds.
    async fn places(&self, kind: Kind, parent: RecordingId) -> Result<(), Stopped<M::Error>> {
        let open = if kind == Kind::Todo {
            self.api.route(&routes::LIST_TODOS, &[&parent])
        } else if kind == Kind::Card {
            self.api.route(&routes::LIST_CARDS, &[&parent])
        } else {
            return Ok(());
        };
        let mut pages = Pages::in_order(self.api, open);
        let mut place = 0;
        loop {
            let page = match self.page(&mut pages).await {
                // A to-do set has no such list: its loose to-dos keep no place.
                Err(Trouble::Missing | Trouble::Forbidden(_)) => return Ok(()),
                page => page?,
            };
            let Some(page) = page else { return Ok(()) };
            let mut batch = wire::recordings(page.rows(), Some(kind), None);
            for record in &mut batch.records {
                place += 1;
                record.value.position.get_or_insert(place);
            }
            self.keep(batch).await?;
        }
    }

    async fn raise(&self, kind: Kind, status: Status, to: Timestamp) -> Result<(), Stopped<M::Error>> {
        self.mark(&watermark(kind, status), Some(&to.to_string())).await
    }
}

/// The mark under which the time of the last change is kept.
pub(super) fn watermark(kind: Kind, status: Status) -> String {
    format!("watermark.{}.{}", kind.wire(), status.wire())
}
