//! A server in memory, and dice.

use std::collections::BTreeMap;

use super::*;
use crate::ToSend;

/// Small, seeded, the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| of[self.below(of.len() as u64) as usize])
    }
    pub(crate) fn choice(&mut self) -> Option<Choice> {
        [None, Some(Choice::TakeMine), Some(Choice::KeepTheirs)][self.below(3) as usize]
    }
}

/// What Basecamp has.
#[derive(Default)]
pub(crate) struct Server {
    pub(crate) records: BTreeMap<i64, Recording>,
    second: i64,
}

impl Server {
    fn tick(&mut self) -> Timestamp {
        self.second += 1;
        at(self.second)
    }
    pub(crate) fn add(&mut self, mut record: Recording) -> Recording {
        let id = 1000 + self.records.len() as i64;
        record.id = RecordingId(id);
        record.app_url = format!("https://example.test/{id}");
        record.updated_at = self.tick();
        self.records.insert(id, record.clone());
        record
    }
    pub(crate) fn edit(&mut self, id: i64, change: impl FnOnce(&mut Recording)) {
        let now = self.tick();
        let record = self.records.get_mut(&id).unwrap();
        change(record);
        record.updated_at = now;
    }
    /// Carries an edit out, in the server's own words.
    pub(crate) fn accept(&mut self, edit: &ToSend) -> Recording {
        if edit.before.is_none() {
            return self.add(stamped(edit.after.clone()));
        }
        let now = self.tick();
        let record = self.records.get_mut(&edit.item.0).unwrap();
        *record = stamped(Recording { updated_at: now, ..edit.merged_onto(record) });
        record.clone()
    }
}

fn stamped(mut record: Recording) -> Recording {
    record.completed_at = record.completed.then(|| at(-50));
    record.completer = record.completed.then_some(PersonId(2));
    if !record.body.is_empty() && !record.body.starts_with("<div>") {
        record.body = format!("<div>{}</div>", record.body);
    }
    record
}

/// One of the edits that a person, or someone else, might make.
pub(crate) fn scribble(dice: &mut Dice, record: &mut Recording) {
    let word = ["alpha", "beta", "gamma", "delta"][dice.below(4) as usize];
    match dice.below(7) {
        0 => record.title = format!("{word} {}", dice.below(5)),
        1 => record.body = format!("about {word}"),
        2 => {
            record.completed = !record.completed;
            record.completed_at = record.completed.then(|| at(-9));
        }
        3 => record.due_on = [None, Some("2026-12-01".parse().unwrap())][dice.below(2) as usize],
        4 => record.assignees = (1..1 + dice.below(4) as i64).map(PersonId).collect(),
        5 => record.parent = Some(RecordingId(70 + dice.below(2) as i64)),
        _ => {
            record.status = [Status::Active, Status::Active, Status::Trashed, Status::Archived][dice.below(4) as usize]
        }
    }
}
