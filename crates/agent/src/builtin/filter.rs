//! Conditions on tasks: who does them, when they are due, where they are, how they stand. Read from words, asked of
//! `task.find`, and told again in the answer, so that everyone sees what was looked for.

mod read;

use contract::commands::FindTasks;
use contract::{Kind, PersonId, ProjectId, RecordingId, Row};
use jiff::civil::Date;

pub(super) use read::{Trouble, mine, no_such_project, read};

use super::compose;
use super::dates::{self, Period};
use crate::world::World;

/// The most that is asked for.
pub(super) const MOST: u32 = 5000;

/// Conditions; each that is given must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Filter {
    /// Who does it.
    pub(super) person: Option<PersonId>,
    /// Nobody does it.
    pub(super) nobody: bool,
    /// Where.
    pub(super) project: Option<ProjectId>,
    /// In any of these.
    pub(super) projects: Option<Vec<ProjectId>>,
    /// In this list or column.
    pub(super) place: Option<RecordingId>,
    /// When it is due; when it was done, of what is done.
    pub(super) period: Option<Period>,
    /// Past its due day.
    pub(super) overdue: bool,
    /// Without a due day.
    pub(super) undated: bool,
    /// Ticked off.
    pub(super) done: bool,
    /// Its words say that it is blocked.
    pub(super) blocked: bool,
    /// Of this kind.
    pub(super) kind: Option<Kind>,
    /// Words of its title.
    pub(super) text: Option<String>,
    /// Only the first so many.
    pub(super) first: Option<usize>,
}

impl Filter {
    /// True when it asks for everything there is.
    pub(super) fn is_open(&self) -> bool {
        *self == Self { kind: self.kind, first: self.first, ..Self::default() }
    }

    /// The command that finds them, as near as it can.
    pub(super) fn command(&self, today: Date) -> FindTasks {
        let (mut due_from, mut due_to) = match self.period.filter(|_| !self.done) {
            Some(period) => (period.from, period.to),
            None => (None, None),
        };
        if self.overdue {
            let yesterday = dates::plus(today, -1);
            due_to = Some(due_to.map_or(yesterday, |to| to.min(yesterday)));
        }
        if due_from.is_some() && due_from > due_to && due_to.is_some() {
            due_from = due_to;
        }
        FindTasks {
            project: self.project.or(match self.projects.as_deref() {
                Some([one]) => Some(*one),
                Some([] | [_, ..]) | None => None,
            }),
            assignee: self.person,
            unassigned: self.nobody,
            completed: self.done.then_some(true),
            due_from,
            due_to,
            blocked: self.blocked,
            text: self.text.clone(),
            kinds: self.kind.into_iter().collect(),
            limit: Some(MOST),
        }
    }

    /// Keeps what also meets the conditions that the command has no word for.
    pub(super) fn keep(&self, rows: Vec<Row>, world: &World) -> Vec<Row> {
        let today = world.now.date();
        let places = self.place.map(|place| with_groups(world, place));
        let done_on = |row: &Row| row.completed_at.map(|at| at.to_zoned(world.now.time_zone().clone()).date());
        let mut rows: Vec<Row> = rows
            .into_iter()
            .filter(|row| row.completed == self.done)
            .filter(|row| {
                places.as_ref().is_none_or(|places| row.parent.is_some_and(|parent| places.contains(&parent)))
            })
            .filter(|row| self.projects.as_ref().is_none_or(|projects| projects.contains(&row.project)))
            .filter(|row| !self.undated || row.due_on.is_none())
            .filter(|row| !self.overdue || row.due_on.is_some_and(|due| due < today))
            .filter(|row| match self.period {
                None => true,
                Some(period) => {
                    let day = if self.done { done_on(row) } else { row.due_on };
                    day.is_some_and(|day| {
                        period.from.is_none_or(|from| day >= from) && period.to.is_none_or(|to| day <= to)
                    })
                }
            })
            .collect();
        if self.done {
            rows.sort_by_key(|row| std::cmp::Reverse((row.completed_at, row.id)));
        }
        if let Some(first) = self.first {
            rows.truncate(first);
        }
        rows
    }

    /// What is looked for, as a noun with its conditions: “tasks of Ana in Website that are overdue”. Plain text with links.
    pub(super) fn told(&self, world: &World, many: bool) -> String {
        let noun = match (self.kind, many) {
            (Some(Kind::Card), true) => "cards",
            (Some(Kind::Card), false) => "card",
            (Some(Kind::Step), true) => "steps",
            (Some(Kind::Step), false) => "step",
            (Some(Kind::Todo), true) => "to-dos",
            (Some(Kind::Todo), false) => "to-do",
            (_, true) => "tasks",
            (_, false) => "to-do or card",
        };
        let mut text = if self.done { format!("completed {noun}") } else { format!("open {noun}") };
        match self.person {
            Some(person) if world.me == Some(person) => text.push_str(" of yours"),
            Some(person) => {
                text.push_str(" of ");
                text.push_str(&compose::person(world, person));
            }
            None => {}
        }
        if let Some(place) = self.place.and_then(|id| world.places.iter().find(|place| place.id == id)) {
            text.push_str(" in ");
            text.push_str(&compose::item(place.id, &place.title));
        }
        if let Some(project) = self.project {
            text.push_str(" in ");
            text.push_str(&compose::project(world, project));
        }
        if let Some(projects) = &self.projects {
            let projects: Vec<String> = projects.iter().map(|id| compose::project(world, *id)).collect();
            text.push_str(&format!(" in {}", compose::join(&projects)));
        }
        if let Some(words) = &self.text {
            text.push_str(&format!(" with “{}” in the title", compose::plain(words)));
        }
        text
    }

    /// The state that is looked for, as what follows “is” or “are”; empty when any will do.
    pub(super) fn state(&self, world: &World) -> String {
        let today = world.now.date();
        let mut states = Vec::new();
        if self.overdue {
            states.push("overdue".to_owned());
        }
        if self.nobody {
            states.push("unassigned".to_owned());
        }
        if self.blocked {
            states.push("blocked".to_owned());
        }
        if self.undated {
            states.push("without a due day".to_owned());
        }
        if let Some(period) = self.period {
            let verb = if self.done { "completed" } else { "due" };
            states.push(format!("{verb} {}", dates::told(period, today)));
        }
        compose::join(&states)
    }
}

/// The list with its groups, or the column with its section for what is on hold.
fn with_groups(world: &World, place: RecordingId) -> Vec<RecordingId> {
    let within = world.places.iter().filter(|other| other.parent == Some(place)).map(|other| other.id);
    std::iter::once(place).chain(within).collect()
}
