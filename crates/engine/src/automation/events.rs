//! Flows that something in Basecamp starts: what happened here or came by sync, and days that come and pass.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use contract::commands::FindTasks;
use contract::{FlowId, FlowPlace, Kind, PersonId, Project, ProjectId, Recording, RecordingId, Status, Tag};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use runner::trigger::{BasecampEvent, EventKind, Filter, Person, Starter};
use store::{AppStore, Committed, Happening, StoreError};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::core::{Beginning, Core};
use super::lineage::{event_key, goes_round};
use super::marks::Mark;
use super::server;
use super::starts::{Published, begin_published, tell_published};
use crate::handlers::read::zone;

/// Changes read at once.
const AT_ONCE: u32 = 500;
/// Changes that come close together are looked at together. Nothing else stands between a change and what it starts.
const TOGETHER: Duration = Duration::from_millis(100);
/// Tasks with a day that are looked at.
const TASKS: u32 = 5000;
/// What was made before a flow was published, by less than this, started it too: clocks differ.
const SLACK: SignedDuration = SignedDuration::from_mins(1);

/// What follows Basecamp's events.
pub(super) struct Follower {
    pub(super) core: Arc<Core>,
    /// A flow was published or switched.
    pub(super) changed: watch::Receiver<u64>,
    /// The settings say in which zone days pass.
    pub(super) app: AppStore,
}

/// A flow that events start.
struct Listening {
    flow: Published,
    /// Where it runs: the app begins its own, and tells the server of what starts one there.
    place: FlowPlace,
    filter: Filter,
    mark: Mark,
}

/// From where a flow follows what happens: what is so already does not start it, and nothing that comes after is missed.
pub(super) async fn begin_at(core: &Core, zone: &TimeZone, id: FlowId, filter: &Filter) -> Result<(), StoreError> {
    let read = core.store.last_happening().await?;
    let world = World::of(core, zone).await?;
    let seen = world.days(core, filter).await?.map(|events| events.into_keys().collect());
    Mark { at: None, read: Some(read), seen }.keep(core, id).await;
    Ok(())
}

impl Follower {
    pub(super) async fn follow(mut self, mut commits: Receiver<Committed>, until: CancellationToken) {
        loop {
            if let Err(why) = self.look().await {
                tracing::warn!(%why, "what happened could not be read for automations");
            }
            let midnight = midnight(self.core.runner.clock.now(), self.zone().await);
            tokio::select! {
                () = until.cancelled() => return,
                () = self.core.runner.clock.until(midnight) => {}
                changed = self.changed.changed() => if changed.is_err() { return },
                heard = interesting(&mut commits) => if !heard { return },
            }
        }
    }

    async fn zone(&self) -> TimeZone {
        self.app.settings().await.map_or(TimeZone::UTC, |settings| zone(&settings))
    }

    /// Looks at what happened since the last look, and starts what it starts.
    async fn look(&self) -> Result<(), StoreError> {
        // What happens meanwhile is read on from the marks once they go on.
        if self.core.holds().await {
            return Ok(());
        }
        let mut listening = self.listening().await?;
        if listening.is_empty() {
            return Ok(());
        }
        let world = World::of(&self.core, &self.zone().await).await?;
        self.changes(&mut listening, &world).await?;
        self.days(&mut listening, &world).await
    }

    async fn listening(&self) -> Result<Vec<Listening>, StoreError> {
        let mut listening = Vec::new();
        for (id, _, version) in self.core.store.flows_that_run(FlowPlace::Here).await? {
            let Some((flow, Starter::Basecamp(filter))) = Published::read(id, version) else { continue };
            let mark = Mark::of(&self.core, id).await;
            listening.push(Listening { flow, place: FlowPlace::Here, filter, mark });
        }
        for (flow, filter) in server::listening(&self.core.store).await? {
            let mark = Mark::of(&self.core, flow.id).await;
            listening.push(Listening { flow, place: FlowPlace::Server, filter, mark });
        }
        Ok(listening)
    }

    async fn changes(&self, listening: &mut [Listening], world: &World) -> Result<(), StoreError> {
        let newest = self.core.store.last_happening().await?;
        for one in listening.iter_mut().filter(|one| one.mark.read.is_none()) {
            one.mark.read = Some(newest);
            one.mark.keep(&self.core, one.flow.id).await;
        }
        let Some(mut from) = listening.iter().filter_map(|one| one.mark.read).min() else { return Ok(()) };
        while from < newest {
            let (happenings, read) = self.core.store.happenings(from, AT_ONCE).await?;
            for happening in &happenings {
                let events = world.events(&self.core, happening).await?;
                for one in listening.iter_mut().filter(|one| one.mark.read.is_some_and(|read| read < happening.number))
                {
                    for event in &events {
                        self.start(one, event).await?;
                    }
                }
            }
            if read <= from {
                break;
            }
            from = read;
            for one in listening.iter_mut().filter(|one| one.mark.read.is_some_and(|at| at < read)) {
                one.mark.read = Some(read);
                one.mark.keep(&self.core, one.flow.id).await;
            }
        }
        Ok(())
    }

    async fn days(&self, listening: &mut [Listening], world: &World) -> Result<(), StoreError> {
        for one in listening.iter_mut() {
            let Some(events) = world.days(&self.core, &one.filter).await? else { continue };
            let there: BTreeSet<String> = events.keys().cloned().collect();
            // What was so when the flow was published does not start it: nobody wants a hundred messages at once.
            if let Some(seen) = &one.mark.seen {
                for (_, event) in events.iter().filter(|(key, _)| !seen.contains(*key)) {
                    self.start(one, event).await?;
                }
            }
            if one.mark.seen.as_ref() != Some(&there) {
                one.mark.seen = Some(there);
                one.mark.keep(&self.core, one.flow.id).await;
            }
        }
        Ok(())
    }

    async fn start(&self, one: &Listening, event: &BasecampEvent) -> Result<(), StoreError> {
        // A first sync brings what is years old.
        let is_old = event.kind == EventKind::Created && event.at + SLACK < one.flow.version.at;
        if is_old || !one.filter.admits(event) {
            return Ok(());
        }
        if goes_round(&self.core, one.flow.id, &event.happening).await? {
            tracing::info!(flow = %one.flow.id, "what an automation did itself does not start it");
            return Ok(());
        }
        let payload = one.filter.payload(event);
        if one.place == FlowPlace::Server {
            let key = format!("{}:{}", one.flow.id, event.happening);
            return tell_published(&self.core, &one.flow, key, cause(event), payload).await;
        }
        let key = event_key(one.flow.id, &event.happening);
        let beginning = Beginning { payload, ..Beginning::default() };
        begin_published(&self.core, &one.flow, key, cause(event), beginning).await.map(drop)
    }
}

/// The next instant at which a day begins.
fn midnight(now: Timestamp, zone: TimeZone) -> Timestamp {
    let now = now.to_zoned(zone);
    let next = now.date().tomorrow().ok().and_then(|day| day.to_zoned(now.time_zone().clone()).ok());
    next.map_or(now.timestamp(), |next| next.timestamp())
}

/// Waits for something that may start a flow; `false` when the store has closed.
async fn interesting(commits: &mut Receiver<Committed>) -> bool {
    loop {
        match commits.recv().await {
            Ok(commit) if commit.items.is_empty() && !commit.tags.contains(&Tag::Projects) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => break,
            Err(RecvError::Closed) => return false,
        }
    }
    tokio::time::sleep(TOGETHER).await;
    while commits.try_recv().is_ok() {}
    true
}

fn cause(event: &BasecampEvent) -> String {
    let what = match event.kind {
        EventKind::Created => "made",
        EventKind::Completed => "done",
        EventKind::Overdue => "overdue",
        EventKind::Moved => "moved",
        EventKind::Commented => "commented on",
        EventKind::Assigned => "assigned",
        EventKind::DueSoon => "due soon",
    };
    let title: String = event.title.chars().take(80).collect();
    format!("“{title}” was {what}").replace("was overdue", "is overdue").replace("was due soon", "is due soon")
}

/// What is known of the workspace while events are made of what happened.
struct World {
    today: Date,
    projects: HashMap<ProjectId, Project>,
    people: HashMap<PersonId, Person>,
}

impl World {
    async fn of(core: &Core, zone: &TimeZone) -> Result<Self, StoreError> {
        let projects = core.store.known_projects().await?;
        let people = core.store.people().await?.into_iter().map(|person| {
            let known = Person {
                id: person.id.to_string(),
                name: person.name,
                email: Some(person.email).filter(|email| !email.is_empty()),
            };
            (person.id, known)
        });
        Ok(Self {
            today: core.runner.clock.now().to_zoned(zone.clone()).date(),
            projects: projects.into_iter().map(|project| (project.id, project)).collect(),
            people: people.collect(),
        })
    }

    /// What a change means, if anything.
    async fn events(&self, core: &Core, happening: &Happening) -> Result<Vec<BasecampEvent>, StoreError> {
        let (before, after, number) = (happening.before.as_ref(), &happening.after, happening.number);
        if after.status != Status::Active {
            return Ok(Vec::new());
        }
        let mut events = Vec::new();
        let Some(before) = before else {
            if after.kind == Kind::Comment
                && let Some(parent) = after.parent
                && let Some(item) = core.store.recording(parent).await?
            {
                let happened = (EventKind::Commented, after.created_at, format!("commented-{number}"));
                let event = self.event(core, &item, happened, after.creator).await?;
                events.push(BasecampEvent { comment: Some(store::plain_text(&after.body)), ..event });
            }
            let happened = (EventKind::Created, after.created_at, format!("created-{number}"));
            events.push(self.event(core, after, happened, after.creator).await?);
            return Ok(events);
        };
        let at = after.updated_at;
        if after.completed && !before.completed {
            let happened = (EventKind::Completed, after.completed_at.unwrap_or(at), format!("completed-{number}"));
            events.push(self.event(core, after, happened, after.completer).await?);
        }
        if after.parent != before.parent && before.parent.is_some() {
            let happened = (EventKind::Moved, at, format!("moved-{number}"));
            events.push(self.event(core, after, happened, None).await?);
        }
        if after.assignees.iter().any(|person| !before.assignees.contains(person)) {
            let happened = (EventKind::Assigned, at, format!("assigned-{number}"));
            events.push(self.event(core, after, happened, None).await?);
        }
        Ok(events)
    }

    /// Open tasks of which a day that starts a flow has come, by what tells one coming from another; `None` where no day
    /// starts it.
    async fn days(&self, core: &Core, filter: &Filter) -> Result<Option<BTreeMap<String, BasecampEvent>>, StoreError> {
        let kind = filter.kind;
        let (from, to) = match kind {
            EventKind::Overdue => (None, self.today.yesterday()),
            EventKind::DueSoon => {
                (Some(self.today), self.today.checked_add(jiff::Span::new().days(i64::from(filter.days))))
            }
            EventKind::Created
            | EventKind::Completed
            | EventKind::Moved
            | EventKind::Commented
            | EventKind::Assigned => return Ok(None),
        };
        let to = to.ok();
        let find = FindTasks {
            project: None,
            assignee: None,
            unassigned: false,
            due_from: from,
            due_to: to,
            blocked: false,
            completed: None,
            kinds: vec![Kind::Todo, Kind::Card, Kind::Step],
            text: None,
            limit: Some(TASKS),
        };
        let mut events = BTreeMap::new();
        for row in core.store.find_tasks(&find).await? {
            // What Basecamp has not named yet is looked at once it has.
            let Some(due) = row.due_on.filter(|_| !row.id.is_local()) else { continue };
            let Some(item) = core.store.recording(row.id).await? else { continue };
            let word = if kind == EventKind::Overdue { "overdue" } else { "due-soon" };
            let happening = format!("{word}-{}-{due}", row.id);
            let event = self.event(core, &item, (kind, core.runner.clock.now(), happening.clone()), None).await?;
            events.insert(happening, event);
        }
        Ok(Some(events))
    }

    async fn event(
        &self,
        core: &Core,
        item: &Recording,
        (kind, at, happening): (EventKind, Timestamp, String),
        by: Option<PersonId>,
    ) -> Result<BasecampEvent, StoreError> {
        let person = |id: &PersonId| self.people.get(id).cloned();
        let parent: Option<RecordingId> = item.parent;
        let parent_name = match parent {
            Some(parent) => core.store.row(parent).await?.map(|row| row.title),
            None => None,
        };
        Ok(BasecampEvent {
            kind,
            at,
            id: item.id.to_string(),
            item: item.kind.wire().to_owned(),
            title: item.title.clone(),
            url: item.app_url.clone(),
            project: item.project.to_string(),
            project_name: self.projects.get(&item.project).map(|project| project.name.clone()).unwrap_or_default(),
            parent: parent.map(|parent| parent.to_string()),
            parent_name,
            assignees: item.assignees.iter().filter_map(person).collect(),
            by: by.as_ref().and_then(person),
            due_on: item.due_on,
            days_left: item.due_on.and_then(|due| Some(due.since(self.today).ok()?.get_days())),
            comment: None,
            happening,
        })
    }
}

#[cfg(test)]
mod tests;
