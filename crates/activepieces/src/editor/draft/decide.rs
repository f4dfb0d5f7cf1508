//! What a person decides, when the server has something else or will not have ours.

use flow::{History, Op, Refusal};

use super::super::agree::same;
use super::super::divergence::Resolution;
use super::super::pending::Pending;
use super::super::rules::{is_lifecycle, refusal};
use super::Draft;

impl Draft {
    pub(in crate::editor) fn resolve(&mut self, resolution: &Resolution) -> Result<(), Refusal> {
        let Some(parted) = &self.parted else { return Ok(()) };
        let ours = self.flow.document();
        let theirs = parted.theirs.clone();
        let op = match resolution {
            Resolution::Theirs => None,
            Resolution::Ours => Some(Op::ImportFlow { document: Box::new(ours) }),
            Resolution::Both(way) => Some(way.accept(&ours, &theirs.document())?),
        };
        let mut flow = theirs.clone();
        let mut history = History::new();
        if let Some(op) = &op {
            if let Some(reason) = theirs.read_only() {
                return Err(refusal(reason));
            }
            history.apply(&mut flow, "Bring two versions together", op.clone())?;
        }
        let is_change = !same(&theirs, &flow);
        let keeps_ours = op.is_some();
        self.queue.retain(|pending| !pending.op.edits() || keeps_ours && is_lifecycle(&pending.op));
        if let Some(op) = op.filter(|_| is_change) {
            self.queue.push_front(Pending::new(op));
        }
        self.parted = None;
        self.stuck = None;
        self.known = theirs;
        self.history = history;
        self.is_fresh = false;
        self.rebuild();
        Ok(())
    }

    pub(in crate::editor) fn retry(&mut self) {
        if self.stuck.take().is_none() {
            return;
        }
        self.is_fresh = false;
        let document = Box::new(self.flow.document());
        let edits = |pending: &Pending| pending.op.edits() && !is_lifecycle(&pending.op);
        if self.queue.iter().any(edits) {
            self.queue.retain(|pending| !edits(pending));
            self.queue.push_front(Pending::new(Op::ImportFlow { document }));
        }
    }

    pub(in crate::editor) fn discard(&mut self) -> Vec<Op> {
        let given_up = self.queue.drain(..).map(|pending| pending.op).collect();
        if let Some(parted) = self.parted.take() {
            self.known = parted.theirs;
        }
        self.stuck = None;
        self.is_fresh = false;
        self.history = History::new();
        self.rebuild();
        given_up
    }
}
