//! The server's state and its rules. Time and actor are passed in; nothing here knows HTTP or a clock.

mod apply;
mod edit;
mod editor;
mod feed;
mod kind;
mod order;
mod random;
mod record;
mod truth;
mod update;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

pub use edit::{DateChange, Edit, Entry, Fields, Refusal, Touched};
pub use editor::Editor;
pub use kind::{Kind, Status};
pub use random::random_edit;
pub use record::{Account, Category, Completion, Detail, Event, Person, Project, Recording, Span};
pub use truth::Truth;

/// Everything that the server knows.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    pub(crate) account: Account,
    pub(crate) me: i64,
    pub(crate) people: BTreeMap<i64, Person>,
    pub(crate) projects: BTreeMap<i64, Project>,
    pub(crate) recordings: HashMap<i64, Recording>,
    pub(crate) children: HashMap<i64, Vec<i64>>,
    pub(crate) by_kind: BTreeMap<Kind, Vec<i64>>,
    pub(crate) events: Vec<Event>,
    events_of: HashMap<i64, Vec<usize>>,
    feed: Vec<usize>,
    feed_epoch: i64,
    next_id: i64,
    next_event: i64,
    revision: u64,
}

impl World {
    /// An empty world with one person in it, who is signed in.
    #[must_use]
    pub fn new(account: Account, me: Person, first_id: i64, first_event: i64) -> Self {
        Self {
            account,
            me: me.id,
            people: BTreeMap::from([(me.id, me)]),
            projects: BTreeMap::new(),
            recordings: HashMap::new(),
            children: HashMap::new(),
            by_kind: BTreeMap::new(),
            events: Vec::new(),
            events_of: HashMap::new(),
            feed: Vec::new(),
            feed_epoch: 0,
            next_id: first_id,
            next_event: first_event,
            revision: 0,
        }
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The id of the signed-in person.
    #[must_use]
    pub fn me(&self) -> i64 {
        self.me
    }

    /// Everybody, by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// One person.
    #[must_use]
    pub fn person(&self, id: i64) -> Option<&Person> {
        self.people.get(&id)
    }

    /// Every project, by id, whoever may see it.
    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.projects.values()
    }

    /// One project, whoever may see it.
    #[must_use]
    pub fn project(&self, id: i64) -> Option<&Project> {
        self.projects.get(&id)
    }

    /// One recording, whoever may see it.
    #[must_use]
    pub fn recording(&self, id: i64) -> Option<&Recording> {
        self.recordings.get(&id)
    }

    /// How many recordings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.recordings.len()
    }

    /// Whether there is no recording at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recordings.is_empty()
    }

    /// The ids of all recordings of a kind, oldest first.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> &[i64] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// What hangs under a recording, in order, as ids.
    #[must_use]
    pub fn child_ids(&self, parent: i64) -> &[i64] {
        self.children.get(&parent).map_or(&[], Vec::as_slice)
    }

    /// What hangs under a recording and is of this kind, in order.
    pub fn children_of(&self, parent: i64, kind: Kind) -> impl Iterator<Item = &Recording> {
        self.child_ids(parent).iter().filter_map(|id| self.recordings.get(id)).filter(move |child| child.kind == kind)
    }

    /// A recording's status with what it inherits: the most hidden of its own and its ancestors'. The
    /// project's status is not part of it.
    #[must_use]
    pub fn status_of(&self, id: i64) -> Status {
        let mut worst = Status::Active;
        let mut at = Some(id);
        while let Some(recording) = at.and_then(|id| self.recordings.get(&id)) {
            worst = worst.max(recording.own_status);
            at = recording.parent;
        }
        worst
    }

    /// Whether this person may see what is in this project.
    #[must_use]
    pub fn may_see(&self, person: i64, project: i64) -> bool {
        self.projects.get(&project).is_some_and(|project| project.members.contains(&person))
    }

    /// A recording, if this person may see it. Drafts are for their writers.
    #[must_use]
    pub fn visible(&self, person: i64, id: i64) -> Option<&Recording> {
        self.recordings.get(&id).filter(|recording| {
            self.may_see(person, recording.project)
                && (recording.own_status != Status::Drafted || recording.creator == person)
        })
    }

    /// Whether this is a group: a to-do list inside a list.
    #[must_use]
    pub fn is_group(&self, recording: &Recording) -> bool {
        recording.kind == Kind::Todolist
            && recording
                .parent
                .and_then(|id| self.recordings.get(&id))
                .is_some_and(|parent| parent.kind == Kind::Todolist)
    }

    /// The tool of this kind in a project's dock.
    #[must_use]
    pub fn tool(&self, project: i64, kind: Kind) -> Option<i64> {
        self.projects
            .get(&project)?
            .dock
            .iter()
            .copied()
            .find(|id| self.recordings.get(id).is_some_and(|tool| tool.kind == kind))
    }

    /// Everything that happened to a recording, oldest first.
    pub fn events_of(&self, id: i64) -> impl DoubleEndedIterator<Item = &Event> {
        self.events_of.get(&id).map_or(&[][..], Vec::as_slice).iter().filter_map(|at| self.events.get(*at))
    }

    /// Rises with every change; equal means that nothing changed.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn touch(&mut self) {
        self.revision += 1;
    }

    pub(crate) fn fresh_id(&mut self) -> i64 {
        let id = self.next_id;
        self.next_id += 3 + id % 11;
        id
    }

    pub(crate) fn insert(&mut self, recording: Recording) {
        let id = recording.id;
        if let Some(parent) = recording.parent {
            self.children.entry(parent).or_default().push(id);
        }
        self.by_kind.entry(recording.kind).or_default().push(id);
        self.recordings.insert(id, recording);
    }

    /// Writes down an event that happened now. The one place where event ids are given.
    pub(crate) fn record(&mut self, mut event: Event) {
        event.id = self.next_event;
        self.next_event += 1 + event.id % 3;
        let at = self.events.len();
        if feed::cataloged(event.kind, event.action).is_some() {
            self.feed.push(at);
        }
        self.events_of.entry(event.recording).or_default().push(at);
        self.events.push(event);
    }

    /// The feed serves nothing up to this event id.
    pub(crate) fn set_feed_epoch(&mut self, after: i64) {
        self.feed_epoch = after;
    }

    pub(crate) fn members(&self, project: i64) -> BTreeSet<i64> {
        self.projects.get(&project).map(|project| project.members.clone()).unwrap_or_default()
    }

    pub(crate) fn blank(
        &mut self,
        kind: Kind,
        project: i64,
        parent: Option<i64>,
        creator: i64,
        at: Timestamp,
        title: String,
    ) -> Recording {
        Recording {
            id: self.fresh_id(),
            kind,
            project,
            parent,
            creator,
            created_at: at,
            updated_at: at,
            own_status: Status::Active,
            title,
            body: String::new(),
            starts_on: None,
            due_on: None,
            assignees: Vec::new(),
            subscribers: Vec::new(),
            completion: None,
            visible_to_clients: false,
            detail: Detail::Plain,
        }
    }

    /// A project's tools, empty, in dock order.
    pub(crate) fn furnish(&mut self, project: i64, creator: i64, at: Timestamp) {
        const DOCK: [Kind; 7] = [
            Kind::MessageBoard,
            Kind::Todoset,
            Kind::CardTable,
            Kind::Vault,
            Kind::Chat,
            Kind::Schedule,
            Kind::Questionnaire,
        ];
        let mut dock = Vec::new();
        for kind in DOCK {
            let title = kind.dock().map_or("", |(_, title)| title).to_owned();
            let tool = self.blank(kind, project, None, creator, at, title);
            dock.push(tool.id);
            self.insert(tool);
            if kind == Kind::CardTable {
                let table = dock.last().copied();
                for (kind, title) in [(Kind::Triage, "Triage"), (Kind::NotNow, "Not now"), (Kind::DoneColumn, "Done")] {
                    let mut column = self.blank(kind, project, table, creator, at, title.to_owned());
                    column.detail = Detail::Column { color: None };
                    self.insert(column);
                }
            }
        }
        if let Some(project) = self.projects.get_mut(&project) {
            project.dock = dock;
        }
    }
}
