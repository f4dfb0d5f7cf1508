//! What can be done to an item: the calls for each kind of item, and the words for it before and after.

use contract::commands::{
    AddComment, AssignTodo, CompleteStep, CompleteTodo, MoveCard, MoveTodo, RestoreItem, TrashItem, UncompleteTodo,
    UpdateCard, UpdateTodo,
};
use contract::{PersonId, RecordingId, Row};
use jiff::civil::Date;

use super::place;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates;
use crate::builtin::plan::{Planned, call};
use crate::builtin::target::{Piece, Task};
use crate::builtin::words::Words;
use crate::world::World;

/// What is done to each item.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Complete,
    Reopen,
    Rename(String),
    Due(Day),
    /// Into the place that is called so.
    Move(Words),
    Assign(People),
    Trash,
    Restore,
}

/// What becomes of a due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    On(Date),
    Clear,
    /// So many units later.
    Later(i64, dates::Unit),
}

/// What becomes of those who do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum People {
    /// These and nobody else.
    Only(Vec<PersonId>),
    /// This one too.
    With(PersonId),
    /// Not this one.
    Without(PersonId),
    /// Instead of the first, the second.
    Instead(PersonId, PersonId),
}

/// Why nothing is done to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum No {
    /// A sentence about it; the others go on.
    Note(String),
    /// It must be asked about before anything is done.
    Ask(String),
}

fn note(text: String) -> No {
    No::Note(text)
}

/// A comment on an item.
pub(super) fn comment(item: RecordingId, body: &str) -> Planned {
    call(&AddComment { item, body: body.to_owned() })
}

impl Act {
    /// The calls that do it to this item.
    pub(super) fn calls(&self, piece: &Piece, world: &World, asked: &Asked<'_>) -> Result<Vec<Planned>, No> {
        let id = piece.id;
        let planned = match self {
            Self::Complete if piece.completed => return Err(note(format!("{} is done already.", piece.link()))),
            Self::Complete => match piece.task() {
                Some(Task::Todo) => call(&CompleteTodo { id }),
                Some(Task::Step) => call(&CompleteStep { id, completed: true }),
                Some(Task::Card) => {
                    let column = place::done_column(piece, world)
                        .ok_or_else(|| note(format!("I know no done column for {}.", piece.link())))?;
                    call(&MoveCard { id, column, position: 1 })
                }
                None => return Err(cannot(piece, "ticked off")),
            },
            Self::Reopen if !piece.completed => return Err(note(format!("{} is open already.", piece.link()))),
            Self::Reopen => match piece.task() {
                Some(Task::Todo) => call(&UncompleteTodo { id }),
                Some(Task::Step) => call(&CompleteStep { id, completed: false }),
                Some(Task::Card) => call(&MoveCard { id, column: place::reopened(piece, world, asked)?, position: 1 }),
                None => return Err(cannot(piece, "reopened")),
            },
            Self::Rename(title) => match piece.task() {
                Some(Task::Todo) => call(&todo(id, |todo| todo.title = Some(title.clone()))),
                Some(Task::Card) => call(&card(id, |card| card.title = Some(title.clone()))),
                Some(Task::Step) | None => return Err(cannot(piece, "renamed by me")),
            },
            Self::Due(day) => due(*day, piece)?,
            Self::Move(words) => match place::of(words, piece, world, asked)? {
                place::Into::List(parent) => call(&MoveTodo { id, parent: Some(parent), position: 1 }),
                place::Into::Column(column) => call(&MoveCard { id, column, position: 1 }),
            },
            Self::Assign(people) => assign(people, piece)?,
            Self::Trash => call(&TrashItem { id }),
            Self::Restore => call(&RestoreItem { id }),
        };
        Ok(vec![planned])
    }

    /// What will be done, around the item: “move”, “to Monday”.
    pub(super) fn intent(&self, world: &World) -> (&'static str, String) {
        match self {
            Self::Complete => ("complete", String::new()),
            Self::Reopen => ("reopen", String::new()),
            Self::Rename(title) => ("rename", format!(" to “{}”", compose::plain(title))),
            Self::Due(Day::Clear) => ("clear the due day of", String::new()),
            Self::Due(_) => ("move", self.past(world).1),
            Self::Move(_) => ("move", self.past(world).1),
            Self::Assign(People::Only(people)) if people.is_empty() => ("unassign", String::new()),
            Self::Assign(People::Without(_)) => ("unassign", self.past(world).1),
            Self::Assign(_) => ("assign", self.past(world).1),
            Self::Trash => ("put", " in the trash".to_owned()),
            Self::Restore => ("restore", String::new()),
        }
    }

    /// What was done, around the item.
    pub(super) fn past(&self, world: &World) -> (&'static str, String) {
        match self {
            Self::Complete => ("Completed", String::new()),
            Self::Reopen => ("Reopened", String::new()),
            Self::Rename(title) => ("Renamed", format!(" to “{}”", compose::plain(title))),
            Self::Due(Day::Clear) => ("Cleared the due day of", String::new()),
            Self::Due(Day::On(day)) => ("Moved", format!(" to {}", dates::short(*day, world.now.date()))),
            Self::Due(Day::Later(count, unit)) => {
                let (one, many) = match unit {
                    dates::Unit::Day => ("day", "days"),
                    dates::Unit::Week => ("week", "weeks"),
                    dates::Unit::Month => ("month", "months"),
                };
                let number = usize::try_from(count.abs()).unwrap_or(0);
                let way = if *count < 0 { "forward" } else { "back" };
                ("Moved", format!(" {way} by {}", compose::count(number, one, many)))
            }
            Self::Move(words) => ("Moved", format!(" to “{}”", compose::plain(&words.written(words.list())))),
            Self::Assign(People::Only(people)) if people.is_empty() => ("Unassigned", String::new()),
            Self::Assign(People::Only(people)) => ("Assigned", format!(" to {}", compose::people(world, people))),
            Self::Assign(People::With(person)) => {
                ("Added", format!(" to the work of {}", compose::person(world, *person)))
            }
            Self::Assign(People::Without(person)) => {
                ("Unassigned", format!(" from {}", compose::person(world, *person)))
            }
            Self::Assign(People::Instead(from, to)) => (
                "Assigned",
                format!(" to {} instead of {}", compose::person(world, *to), compose::person(world, *from)),
            ),
            Self::Trash => ("Put", " in the trash".to_owned()),
            Self::Restore => ("Restored", String::new()),
        }
    }

    /// An item after it was done. What the person edited before they approved it is told as it became.
    pub(super) fn result(&self, piece: &Piece, written: Option<&Row>, world: &World) -> String {
        let link = piece.link();
        let Some(row) = written else { return link };
        let today = world.now.date();
        let edited = match self {
            Self::Rename(title) if row.title != *title => format!("“{}”", compose::plain(&row.title)),
            Self::Due(Day::On(day)) if row.due_on != Some(*day) => match row.due_on {
                Some(due) => format!("due {}", dates::short(due, today)),
                None => "without a due day".to_owned(),
            },
            Self::Assign(People::Only(people)) if row.assignees != *people => match row.assignees.as_slice() {
                [] => "nobody’s".to_owned(),
                people => compose::people(world, people),
            },
            Self::Complete
            | Self::Reopen
            | Self::Rename(_)
            | Self::Due(_)
            | Self::Move(_)
            | Self::Assign(_)
            | Self::Trash
            | Self::Restore => return link,
        };
        format!("{link} (as you edited it: {edited})")
    }
}

fn cannot(piece: &Piece, how: &str) -> No {
    note(format!("{} is a {}, which cannot be {how}.", piece.link(), compose::kind_name(piece.kind)))
}

fn todo(id: RecordingId, set: impl FnOnce(&mut UpdateTodo)) -> UpdateTodo {
    let mut update = UpdateTodo { id, title: None, body: None, starts_on: None, due_on: None, assignees: None };
    set(&mut update);
    update
}

fn card(id: RecordingId, set: impl FnOnce(&mut UpdateCard)) -> UpdateCard {
    let mut update = UpdateCard { id, title: None, body: None, due_on: None, assignees: None };
    set(&mut update);
    update
}

fn due(day: Day, piece: &Piece) -> Result<Planned, No> {
    let day = match day {
        Day::On(day) => Some(day),
        Day::Clear => None,
        Day::Later(count, unit) => match piece.due_on {
            Some(due) => Some(dates::moved(due, count, unit)),
            None => return Err(note(format!("{} has no due day to shift.", piece.link()))),
        },
    };
    if day == piece.due_on {
        let stands = if day.is_some() { "is due then already" } else { "has no due day already" };
        return Err(note(format!("{} {stands}.", piece.link())));
    }
    match piece.task() {
        Some(Task::Todo) => Ok(call(&todo(piece.id, |todo| todo.due_on = Some(day)))),
        Some(Task::Card) => Ok(call(&card(piece.id, |card| card.due_on = Some(day)))),
        Some(Task::Step) | None => Err(cannot(piece, "given a due day by me")),
    }
}

fn assign(people: &People, piece: &Piece) -> Result<Planned, No> {
    let with = |person: PersonId, list: &[PersonId]| {
        let mut list = list.to_vec();
        if !list.contains(&person) {
            list.push(person);
        }
        list
    };
    let without = |person: PersonId| piece.assignees.iter().copied().filter(|one| *one != person).collect::<Vec<_>>();
    let assignees = match people {
        People::Only(people) => people.clone(),
        People::With(person) => with(*person, &piece.assignees),
        People::Without(person) => without(*person),
        People::Instead(from, to) => with(*to, &without(*from)),
    };
    if assignees == piece.assignees {
        return Err(note(format!("{} is assigned like that already.", piece.link())));
    }
    match piece.task() {
        Some(Task::Todo) => Ok(call(&AssignTodo { id: piece.id, assignees })),
        Some(Task::Card) => Ok(call(&card(piece.id, |card| card.assignees = Some(assignees)))),
        Some(Task::Step) | None => Err(cannot(piece, "assigned by me")),
    }
}
