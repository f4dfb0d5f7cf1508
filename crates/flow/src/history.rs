//! What was done to a flow, so that it can be taken back and done again: one entry for one gesture of a person or one turn of
//! an assistant. It can be stored, and goes on where it was after a restart.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Flow, Op, Refusal, apply, shell, wire};

/// How many entries are kept if nothing else is said.
pub const ENTRIES: usize = 200;

/// Entries that can be taken back, and entries that can be done again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
    open: Option<Group>,
    limit: usize,
    /// A mark of the flow as it was when the history was put away.
    seal: Option<u64>,
}

/// Something that was done, as one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What it was, in a few words.
    pub label: String,
    /// Who did it, in words of the caller; empty if nobody said.
    pub by: String,
    /// What it was made of.
    pub details: Vec<String>,
    /// What to apply to go over it: back, or forth again.
    op: Op,
}

impl Entry {
    /// An entry that is known by its words only: somebody else keeps what goes over it. Going over it here changes nothing.
    #[must_use]
    pub fn told(label: impl Into<String>, by: impl Into<String>, details: Vec<String>) -> Self {
        Self { label: label.into(), by: by.into(), details, op: Op::all([]) }
    }

    /// What going over it applies: of an entry that is done, what takes it back; of one that was taken back, what does it
    /// again.
    #[must_use]
    pub fn op(&self) -> &Op {
        &self.op
    }
}

/// An entry that is still growing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Group {
    label: String,
    by: String,
    details: Vec<String>,
    inverses: Vec<Op>,
}

impl Default for History {
    fn default() -> Self {
        Self::with_limit(ENTRIES)
    }
}

impl History {
    /// No entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No entries, and never more than `limit`: the oldest go first.
    #[must_use]
    pub fn with_limit(limit: usize) -> Self {
        Self { done: Vec::new(), undone: Vec::new(), open: None, limit, seal: None }
    }

    /// The history of a flow that somebody else keeps.
    #[must_use]
    pub fn told(done: Vec<Entry>, undone: Vec<Entry>) -> Self {
        Self { done, undone, ..Self::default() }
    }

    /// Makes a change and keeps how it is taken back. What changes nothing leaves no entry.
    ///
    /// # Errors
    /// If the change is refused; nothing is done or kept then.
    pub fn apply(&mut self, flow: &mut Flow, label: &str, op: Op) -> Result<(), Refusal> {
        let inverse = apply(flow, op.clone())?;
        if inverse == op || inverse == Op::all([]) {
            return Ok(());
        }
        self.undone.clear();
        match &mut self.open {
            Some(group) => group.take(label, &op, inverse),
            None => {
                let entry = Entry { label: label.to_owned(), by: String::new(), details: Vec::new(), op: inverse };
                self.keep(entry);
            }
        }
        Ok(())
    }

    /// Begins a gesture or turn: what is done until it ends is one entry. One that was still open ends first.
    pub fn begin(&mut self, label: &str, by: &str) {
        self.end();
        self.open =
            Some(Group { label: label.to_owned(), by: by.to_owned(), details: Vec::new(), inverses: Vec::new() });
    }

    /// Ends a gesture or turn. One in which nothing changed leaves no entry.
    pub fn end(&mut self) {
        if let Some(entry) = self.open.take().and_then(Group::close) {
            self.keep(entry);
        }
    }

    /// Ends a gesture or turn and takes back what was done in it. It cannot be done again.
    ///
    /// # Errors
    /// If that is refused, because the flow was changed past this history; the entry is kept then.
    pub fn cancel(&mut self, flow: &mut Flow) -> Result<(), Refusal> {
        let Some(entry) = self.open.take().and_then(Group::close) else { return Ok(()) };
        match apply(flow, entry.op.clone()) {
            Ok(_) => Ok(()),
            Err(refusal) => {
                self.keep(entry);
                Err(refusal)
            }
        }
    }

    /// Takes the last entry back, and returns it; `None` if there is none.
    ///
    /// # Errors
    /// If that is refused, because the flow was changed past this history; the entry stays then.
    pub fn undo(&mut self, flow: &mut Flow) -> Result<Option<&Entry>, Refusal> {
        self.end();
        go_over(&mut self.done, &mut self.undone, flow)
    }

    /// Does again what was taken back last, and returns it; `None` if there is none.
    ///
    /// # Errors
    /// If that is refused, because the flow was changed past this history; the entry stays then.
    pub fn redo(&mut self, flow: &mut Flow) -> Result<Option<&Entry>, Refusal> {
        self.end();
        go_over(&mut self.undone, &mut self.done, flow)
    }

    /// What can be taken back, the last of it at the end.
    #[must_use]
    pub fn done(&self) -> &[Entry] {
        &self.done
    }

    /// What can be done again, the next of it at the end.
    #[must_use]
    pub fn undone(&self) -> &[Entry] {
        &self.undone
    }

    /// Goes back or forth until so many entries are done: a click on one in a list of them.
    ///
    /// # Errors
    /// If a step on the way is refused; those before it are made.
    pub fn go_to(&mut self, flow: &mut Flow, done: usize) -> Result<(), Refusal> {
        self.end();
        while self.done.len() > done && self.undo(flow)?.is_some() {}
        while self.done.len() < done && self.redo(flow)?.is_some() {}
        Ok(())
    }

    /// Marks the flow as it is, before both are put away.
    pub fn seal(&mut self, flow: &Flow) {
        self.end();
        self.seal = Some(mark(flow));
    }

    /// Whether the flow is still as it was when both were put away. If not, somebody else changed it: begin a new history, or
    /// show what changed first.
    #[must_use]
    pub fn fits(&self, flow: &Flow) -> bool {
        self.seal.is_none_or(|seal| seal == mark(flow))
    }

    fn keep(&mut self, entry: Entry) {
        self.done.push(entry);
        if self.done.len() > self.limit {
            self.done.remove(0);
        }
    }
}

fn go_over<'h>(from: &mut Vec<Entry>, to: &'h mut Vec<Entry>, flow: &mut Flow) -> Result<Option<&'h Entry>, Refusal> {
    let Some(entry) = from.pop() else { return Ok(None) };
    match apply(flow, entry.op.clone()) {
        Ok(op) => {
            to.push(Entry { op, ..entry });
            Ok(to.last())
        }
        Err(refusal) => {
            from.push(entry);
            Err(refusal)
        }
    }
}

impl Group {
    fn close(self) -> Option<Entry> {
        let Self { label, by, details, mut inverses } = self;
        inverses.reverse();
        (!inverses.is_empty()).then(|| Entry { label, by, details, op: Op::all(inverses) })
    }

    /// Keeps how `op` is taken back. Of changes in a row to the same thing, the first way back leads past all of them.
    fn take(&mut self, label: &str, op: &Op, inverse: Op) {
        match self.inverses.last() {
            Some(first) if is_same_target(first, &inverse) => {
                if first == op {
                    self.inverses.pop();
                    self.details.pop();
                }
            }
            _ => {
                self.inverses.push(inverse);
                self.details.push(label.to_owned());
            }
        }
    }
}

/// Whether both put the same thing into a state of their own, so that one of them is enough.
fn is_same_target(a: &Op, b: &Op) -> bool {
    match (a, b) {
        (Op::UpdateAction { step: a }, Op::UpdateAction { step: b }) => a.name == b.name,
        (Op::MoveAction { name: a, .. }, Op::MoveAction { name: b, .. }) => a == b,
        (Op::UpdateNote { note: a }, Op::UpdateNote { note: b }) => a.id == b.id,
        (Op::UpdateTrigger { .. }, Op::UpdateTrigger { .. }) | (Op::ChangeName { .. }, Op::ChangeName { .. }) => true,
        _ => false,
    }
}

/// A number that differs when what a person edits does, and is the same wherever it is computed (FNV-1a).
fn mark(flow: &Flow) -> u64 {
    let whole = Value::Object(wire::version_map(flow));
    let trigger = Value::Object(flow.trigger.to_map());
    let mut mark = [whole, trigger].into_iter().fold(0xcbf2_9ce4_8422_2325, stir);
    for visit in flow.steps.walk() {
        mark = stir(mark, Value::from(format!("{:?}", visit.inside)));
        mark = stir(mark, Value::Object(shell::write_stored(visit.step)));
    }
    mark
}

fn stir(mark: u64, mut part: Value) -> u64 {
    // The order of members hangs on how the JSON library was built.
    part.sort_all_objects();
    part.to_string().bytes().fold(mark, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
