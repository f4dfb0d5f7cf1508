//! Positions: what stands where among its own kind, and moves.
//!
//! A move shifts the others without touching them: their `updated_at` stays, as on Basecamp. Whoever mirrors
//! positions learns of such shifts only by reading the others again.

use jiff::Timestamp;

use super::World;
use super::apply::Noted;
use super::edit::Refusal;
use super::kind::{Kind, Status};
use super::record::Recording;

impl World {
    /// The 1-based place of a recording among its own kind under the same parent (columns of every type
    /// count together). A tool's place is its place in the dock.
    #[must_use]
    pub fn position_of(&self, recording: &Recording) -> usize {
        let order = match recording.parent {
            Some(parent) => self.child_ids(parent),
            None => match self.projects.get(&recording.project) {
                Some(project) => {
                    let at = project.dock.iter().position(|id| *id == recording.id);
                    return at.map_or(1, |at| at + 1);
                }
                None => return 1,
            },
        };
        let before = order.iter().take_while(|id| **id != recording.id);
        before.filter_map(|id| self.recordings.get(id)).filter(|other| same_row(other.kind, recording.kind)).count() + 1
    }

    /// Whether every to-do of a list is done, and there is one.
    #[must_use]
    pub fn list_done(&self, list: i64) -> bool {
        let (all, done) = self.done_count(list);
        all > 0 && all == done
    }

    /// How many active to-dos a list or to-do set has, its groups included, and how many are done.
    #[must_use]
    pub fn done_count(&self, list: i64) -> (usize, usize) {
        let mut total = (0, 0);
        for child in self.child_ids(list) {
            let Some(child) = self.recordings.get(child) else {
                continue;
            };
            if child.own_status != Status::Active {
                continue;
            }
            if child.kind == Kind::Todo {
                total.0 += 1;
                total.1 += usize::from(child.completion.is_some());
            } else if child.kind == Kind::Todolist {
                let (all, done) = self.done_count(child.id);
                total.0 += all;
                total.1 += done;
            }
        }
        total
    }

    pub(crate) fn relocate(
        &mut self,
        by: i64,
        at: Timestamp,
        id: i64,
        parent: Option<i64>,
        position: usize,
    ) -> Result<(), Refusal> {
        let moved = self.editable(by, id)?.clone();
        let Some(old_parent) = moved.parent else {
            return Err(Refusal::Forbidden);
        };
        let target = parent.unwrap_or(old_parent);
        let under = self.editable(by, target)?;
        if under.project != moved.project || !self.may_lie(&moved, target) {
            return Err(Refusal::NotFound);
        }
        if position == 0 {
            return Err(Refusal::Invalid { field: "position", problem: "must be greater than 0" });
        }
        let (into, before) = (under.kind, self.child_ids(target).to_vec());
        self.seat(&moved, old_parent, target, position);
        if target == old_parent && self.child_ids(target) == before {
            return Ok(());
        }
        if let Some(found) = self.recordings.get_mut(&id) {
            found.parent = Some(target);
            found.updated_at = at;
        }
        if target != old_parent {
            self.tell_move(by, at, &moved, (old_parent, target), into);
        }
        Ok(())
    }

    fn may_lie(&self, moved: &Recording, target: i64) -> bool {
        let Some(under) = self.recordings.get(&target) else {
            return false;
        };
        if moved.parent == Some(target) {
            return true;
        }
        // Lists, columns, steps and the rest are only reordered where they are.
        matches!(moved.kind, Kind::Todo | Kind::Card) && under.kind.may_hold(moved.kind)
    }

    fn seat(&mut self, moved: &Recording, from: i64, to: i64, position: usize) {
        if let Some(order) = self.children.get_mut(&from) {
            order.retain(|id| *id != moved.id);
        }
        let counted: Vec<i64> = self
            .child_ids(to)
            .iter()
            .filter_map(|id| self.recordings.get(id))
            .filter(|other| self.counts(other, moved.kind))
            .map(|other| other.id)
            .collect();
        let before = counted.get(position - 1).copied();
        let after = counted.last().copied();
        let order = self.children.entry(to).or_default();
        let slot_of = |id: i64| order.iter().position(|other| *other == id);
        let slot = match (before.and_then(slot_of), after.and_then(slot_of)) {
            (Some(slot), _) => slot,
            (None, Some(last)) => last + 1,
            (None, None) if moved.kind == Kind::Column => order.len().saturating_sub(1),
            (None, None) => order.len(),
        };
        order.insert(slot, moved.id);
    }

    /// Whether `other` is counted when something of this kind is put at a position: of lists, only those
    /// not yet done; of columns, only the team's own.
    fn counts(&self, other: &Recording, kind: Kind) -> bool {
        other.kind == kind
            && (kind != Kind::Todolist || (other.own_status == Status::Active && !self.list_done(other.id)))
    }

    fn tell_move(&mut self, by: i64, at: Timestamp, moved: &Recording, (from, to): (i64, i64), into: Kind) {
        let columns = (moved.kind == Kind::Card).then(|| (self.column_around(from), self.column_around(to)));
        self.note(by, at, moved.id, "moved", Noted { columns, ..Noted::default() });
        if moved.kind == Kind::Card {
            let done = into == Kind::DoneColumn;
            if done != moved.completion.is_some() {
                self.mark(by, at, moved.id, done);
            }
        }
    }

    /// The column itself, or the column that an on-hold section belongs to.
    fn column_around(&self, id: i64) -> i64 {
        self.recordings
            .get(&id)
            .filter(|section| section.kind == Kind::OnHold)
            .and_then(|section| section.parent)
            .unwrap_or(id)
    }
}

fn same_row(one: Kind, other: Kind) -> bool {
    one == other || (one.is_column() && other.is_column())
}
