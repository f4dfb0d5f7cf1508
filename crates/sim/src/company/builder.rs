//! Puts the company together: people, projects, then the events of eight months in the order of time.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Size;
use super::calendar::Calendar;
use super::people;
use super::project::{self, Plan};
use super::themes::{CLIENT_NAMES, THEMES};
use crate::dice::Dice;
use crate::world::{Account, Completion, Detail, Event, Kind, Person, Recording, Status, World};

/// The account's number.
const ACCOUNT: i64 = 5_824_106;

/// Just below 2^53, so that ids run across it.
const FIRST_ID: i64 = 9_007_199_254_736_000;

/// Days of history that the event feed serves.
const FEED_DAYS: i64 = 45;

/// A company in the making.
pub(crate) struct Builder {
    pub(crate) world: World,
    pub(crate) dice: Dice,
    pub(crate) calendar: Calendar,
    /// How many recordings there may be when the project at hand is finished.
    pub(crate) cap: usize,
    people: Vec<Person>,
    events: Vec<Event>,
}

impl Builder {
    pub(crate) fn new(seed: u64, now: Timestamp) -> Self {
        let mut dice = Dice::new(seed ^ 0x48_6172_626f_7572);
        let calendar = Calendar::new(now);
        let people = people::everybody(&calendar, &mut dice);
        let account = Account { id: ACCOUNT, name: "Harbour Studio".to_owned(), created_at: people::opened(&calendar) };
        let me = people.first().cloned().unwrap_or_else(|| Person {
            id: 1,
            name: String::new(),
            email: String::new(),
            title: String::new(),
            bio: None,
            location: None,
            time_zone: "UTC".to_owned(),
            company: String::new(),
            owner: true,
            admin: true,
            client: false,
            created_at: now,
        });
        let mut world = World::new(account, me, FIRST_ID, 4_100_000_000);
        for person in &people {
            world.people.insert(person.id, person.clone());
        }
        Self { world, dice, calendar, cap: usize::MAX, people, events: Vec::new() }
    }

    pub(crate) fn build(mut self, size: Size) -> World {
        let plans = self.plans(size);
        let projects: Vec<i64> = plans.iter().map(|plan| project::make(&mut self, plan)).collect();
        project::pressing(&mut self, &projects);
        let themed: Vec<_> = projects.iter().zip(&plans).map(|(project, plan)| (*project, plan.theme)).collect();
        project::top_up(&mut self, &themed, size.recordings);
        self.settle();
        self.world
    }

    /// What each project is about, who is on it, and how big it is.
    fn plans(&mut self, size: Size) -> Vec<Plan> {
        let share = size.recordings / size.projects;
        (0..size.projects)
            .map(|at| {
                let theme = THEMES.get(at % THEMES.len()).copied();
                let round = at / THEMES.len();
                let last = size.projects.saturating_sub(at);
                let status = match last {
                    1 if size.projects > 3 => Status::Trashed,
                    2 if size.projects > 3 => Status::Archived,
                    _ => Status::Active,
                };
                // One open project that the signed-in person is not in.
                let mine = !(size.projects > 12 && last == 3);
                Plan {
                    theme: theme.unwrap_or(&super::themes::FALLBACK),
                    client: CLIENT_NAMES.get((at + round) % CLIENT_NAMES.len()).copied().unwrap_or("Harbour Studio"),
                    round,
                    status,
                    mine,
                    budget: share,
                    age: match at {
                        0..4 => 240 - at as i64 * 9,
                        _ => self.dice.between(60, 225),
                    },
                }
            })
            .collect()
    }

    /// The members of a project: some of the staff, now and then a client.
    pub(crate) fn crew(&mut self, mine: bool, at: usize) -> BTreeSet<i64> {
        let staff: Vec<i64> = self.people.iter().filter(|person| !person.client).map(|person| person.id).collect();
        let me = self.world.me();
        let mut crew: BTreeSet<i64> = self.dice.shuffled(&staff).into_iter().filter(|id| *id != me).take(7).collect();
        if mine {
            crew.insert(me);
        }
        // The second person with work today is wherever the signed-in person's first projects are.
        if at < 4
            && let Some(second) = staff.get(3)
        {
            crew.insert(*second);
        }
        if at.is_multiple_of(3)
            && let Some(client) = self.people.iter().filter(|person| person.client).nth(at % 2)
        {
            crew.insert(client.id);
        }
        crew
    }

    /// Whether the project at hand has no room left.
    pub(crate) fn full(&self) -> bool {
        self.world.len() >= self.cap
    }

    /// One of a project's staff.
    pub(crate) fn somebody(&mut self, crew: &[i64]) -> i64 {
        self.dice.pick(crew).copied().unwrap_or(self.world.me())
    }

    /// Adds a recording made at a moment, or somewhat after its parent was; its id.
    pub(crate) fn add(
        &mut self,
        kind: Kind,
        (project, parent): (i64, i64),
        creator: i64,
        at: Timestamp,
        title: impl Into<String>,
        dress: impl FnOnce(&mut Recording),
    ) -> i64 {
        let since = self.world.recording(parent).map(|found| found.created_at);
        let at = match since {
            Some(since) if since > at => self.calendar.after(since, 1, 72, &mut self.dice),
            Some(_) | None => at,
        };
        let mut made = self.world.blank(kind, project, Some(parent), creator, at, title.into());
        if made.kind.is_column() || made.kind == Kind::OnHold {
            made.detail = Detail::Column { color: None };
        }
        dress(&mut made);
        let id = made.id;
        let assigned = made.assignees.clone();
        self.world.insert(made);
        self.happened(id, at, creator, "created");
        if !assigned.is_empty() {
            self.happened(id, at, creator, "assignment_changed");
            if let Some(event) = self.events.last_mut() {
                event.added = assigned;
            }
        }
        id
    }

    /// Marks something done at a moment.
    pub(crate) fn finish(&mut self, id: i64, at: Timestamp, by: i64) {
        let mut at = at;
        if let Some(found) = self.world.recordings.get_mut(&id) {
            at = at.max(found.created_at);
            found.completion = Some(Completion { at, by });
            found.updated_at = found.updated_at.max(at);
        }
        self.happened(id, at, by, "completed");
    }

    /// Puts something away or in the bin at a moment.
    pub(crate) fn put_away(&mut self, id: i64, at: Timestamp, by: i64, status: Status) {
        let mut at = at;
        if let Some(found) = self.world.recordings.get_mut(&id) {
            at = at.max(found.updated_at);
            found.own_status = status;
            found.updated_at = at;
        }
        self.happened(id, at, by, status.word());
    }

    /// Writes an event down for later, when all are put in order.
    pub(crate) fn happened(&mut self, id: i64, at: Timestamp, by: i64, action: &'static str) {
        let Some(recording) = self.world.recordings.get(&id) else {
            return;
        };
        self.events.push(Event {
            id: 0,
            recording: id,
            kind: recording.kind,
            project: recording.project,
            action,
            at,
            creator: by,
            added: Vec::new(),
            removed: Vec::new(),
            columns: None,
        });
    }

    /// Gives the events their ids in the order of time, and the feed its beginning.
    fn settle(&mut self) {
        let mut events = std::mem::take(&mut self.events);
        events.sort_by_key(|event| event.at);
        let begins = self.calendar.moment_on(self.calendar.day(-FEED_DAYS), &mut self.dice);
        for event in events {
            let old = event.at < begins;
            self.world.record(event);
            if old && let Some(id) = self.world.events.last().map(|event| event.id) {
                self.world.set_feed_epoch(id);
            }
        }
    }
}
