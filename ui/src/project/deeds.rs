//! What can be done to a to-do, a card or any item from wherever it is shown: one guard per item, so that ticking three in
//! a row drops none, and the same sentence with Undo everywhere.

use std::collections::HashMap;

use contract::commands::{
    AssignTodo, CompleteStep, CompleteTodo, MoveTodo, RestoreItem, TrashItem, UncompleteTodo, UpdateCard, UpdateTodo,
};
use contract::{Command, Kind, PersonId, RecordingId, Row};
use jiff::civil::Date;
use leptos::prelude::*;

use super::outline::Destination;
use crate::say;
use crate::state::{Act, Toasts, use_command};

/// A mutation with a guard for each item.
pub(crate) struct PerItem<C: 'static> {
    acts: StoredValue<HashMap<RecordingId, Act<C>>>,
    owner: StoredValue<Owner>,
}
impl<C> Clone for PerItem<C> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<C> Copy for PerItem<C> {}

impl<C: Command> PerItem<C> {
    fn here() -> Self {
        Self { acts: StoredValue::new(HashMap::new()), owner: StoredValue::new(Owner::current().unwrap_or_default()) }
    }
    /// The item's own.
    pub(crate) fn of(self, id: RecordingId) -> Act<C> {
        if let Some(act) = self.acts.with_value(|acts| acts.get(&id).copied()) {
            return act;
        }
        let act = self.owner.with_value(|owner| owner.with(use_command::<C>));
        self.acts.update_value(|acts| {
            acts.insert(id, act);
        });
        act
    }
}

/// Everything that can be done to an item.
#[derive(Clone, Copy)]
pub(crate) struct Deeds {
    complete: PerItem<CompleteTodo>,
    uncomplete: PerItem<UncompleteTodo>,
    step: PerItem<CompleteStep>,
    assign: PerItem<AssignTodo>,
    todo: PerItem<UpdateTodo>,
    card: PerItem<UpdateCard>,
    shift: PerItem<MoveTodo>,
    trash: PerItem<TrashItem>,
    restore: PerItem<RestoreItem>,
    toasts: Toasts,
}

impl Deeds {
    /// Those of the component that asks.
    pub(crate) fn here() -> Self {
        Self {
            complete: PerItem::here(),
            uncomplete: PerItem::here(),
            step: PerItem::here(),
            assign: PerItem::here(),
            todo: PerItem::here(),
            card: PerItem::here(),
            shift: PerItem::here(),
            trash: PerItem::here(),
            restore: PerItem::here(),
            toasts: Toasts::expect(),
        }
    }

    /// Ticks a to-do or a step off, or opens it again. Says so when it is neither: a card is done by its column.
    pub(crate) fn tick(self, row: &Row) {
        let (id, title) = (row.id, &row.title);
        match (row.kind, row.completed) {
            (Kind::Todo, false) => self.complete.of(id).run_saying(CompleteTodo { id }, say::project::completed(title)),
            (Kind::Todo, true) => {
                self.uncomplete.of(id).run_saying(UncompleteTodo { id }, say::project::reopened(title))
            }
            (Kind::Step, completed) => self.step.of(id).run(CompleteStep { id, completed: !completed }),
            (_, _) => self.toasts.note(say::project::card_is_done()),
        }
    }
    /// Says who does it.
    pub(crate) fn assign(self, row: &Row, assignees: Vec<PersonId>) {
        let id = row.id;
        if row.kind == Kind::Card {
            let change = UpdateCard { assignees: Some(assignees), ..card_change(id) };
            self.card.of(id).run_saying(change, say::project::assigned(&row.title));
        } else {
            self.assign.of(id).run_saying(AssignTodo { id, assignees }, say::project::assigned(&row.title));
        }
    }
    /// Gives it a due day, or takes it away.
    pub(crate) fn due(self, row: &Row, due_on: Option<Date>) {
        let said = due_on.map_or_else(
            || say::project::has_no_due(&row.title),
            |day| say::project::IsDue { title: &row.title, day: crate::parts::day::long_date(day) }.text(),
        );
        if row.kind == Kind::Card {
            self.card.of(row.id).run_saying(UpdateCard { due_on: Some(due_on), ..card_change(row.id) }, said);
        } else {
            self.todo.of(row.id).run_saying(UpdateTodo { due_on: Some(due_on), ..todo_change(row.id) }, said);
        }
    }
    /// Moves a to-do.
    pub(crate) fn shift(self, row: &Row, to: Destination, said: String) {
        self.shift.of(row.id).run_saying(MoveTodo { id: row.id, parent: Some(to.list), position: to.position }, said);
    }
    /// Puts it into the trash.
    pub(crate) fn trash(self, id: RecordingId, title: &str) {
        self.trash.of(id).run_saying(TrashItem { id }, say::project::trashed(title));
    }
    /// Takes it out of the trash or the archive.
    pub(crate) fn restore(self, id: RecordingId, title: &str) {
        self.restore.of(id).run_saying(RestoreItem { id }, say::project::restored(title));
    }
}

/// A change of a to-do that changes nothing yet.
pub(crate) fn todo_change(id: RecordingId) -> UpdateTodo {
    UpdateTodo { id, title: None, body: None, starts_on: None, due_on: None, assignees: None }
}
/// A change of a card that changes nothing yet.
pub(crate) fn card_change(id: RecordingId) -> UpdateCard {
    UpdateCard { id, title: None, body: None, due_on: None, assignees: None }
}
