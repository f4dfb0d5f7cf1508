//! A change that waits to be sent, and the requests that it becomes.

use flow::{Flow, Op, Refusal, apply, wire};
use serde::{Deserialize, Serialize};

use super::agree::same;
use super::rules::refusal;

/// A change that waits to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// What it is.
    pub op: Op,
    /// The requests that it becomes; none until its turn comes.
    pub(super) bodies: Vec<String>,
    /// How many of them the server took.
    pub(super) done: usize,
    /// Whether it is sent as the whole flow, in place of its own requests.
    pub(super) is_whole: bool,
    /// How often the server failed over the present request.
    pub(super) failures: u32,
}

impl Pending {
    pub(super) fn new(op: Op) -> Self {
        Self { op, bodies: Vec::new(), done: 0, is_whole: false, failures: 0 }
    }

    /// Whether its turn has come.
    pub(super) fn has_begun(&self) -> bool {
        !self.bodies.is_empty()
    }

    /// Finds the requests, from what the server has. Those of the operation itself serve if, done one by one, they lead to
    /// the same; otherwise the flow is sent whole: a server has no word for the order of notes, nor for all that a branch
    /// may hold.
    pub(super) fn plan(&mut self, known: &Flow) -> Result<(), Refusal> {
        let mut wanted = known.clone();
        apply(&mut wanted, self.op.clone())?;
        let bodies = wire::requests(&self.op);
        let mut reached = known.clone();
        let is_enough = bodies.iter().all(|body| self.do_body(&mut reached, body).is_ok()) && same(&wanted, &reached);
        if is_enough {
            self.bodies = bodies;
            self.done = 0;
        } else {
            self.send_whole(&wanted);
        }
        Ok(())
    }

    /// Sends the flow whole from here on.
    pub(super) fn send_whole(&mut self, wanted: &Flow) {
        self.bodies = wire::requests(&Op::ImportFlow { document: Box::new(wanted.document()) });
        self.done = 0;
        self.is_whole = true;
    }

    /// The request whose turn it is.
    pub(super) fn body(&self) -> Option<&String> {
        self.bodies.get(self.done)
    }

    /// What the server should have after the present request.
    pub(super) fn expected(&self, known: &Flow) -> Result<Flow, Refusal> {
        let mut expected = known.clone();
        if let Some(body) = self.body() {
            self.do_body(&mut expected, body)?;
        }
        Ok(expected)
    }

    /// Does what is left of it.
    pub(super) fn finish(&self, flow: &mut Flow) -> Result<(), Refusal> {
        if !self.has_begun() {
            return apply(flow, self.op.clone()).map(drop);
        }
        self.bodies.iter().skip(self.done).try_for_each(|body| self.do_body(flow, body))
    }

    fn do_body(&self, flow: &mut Flow, body: &str) -> Result<(), Refusal> {
        let version = |_: &str| {
            let Op::UseAsDraft { document, .. } = &self.op else { return None };
            Some(Flow::from((**document).clone()))
        };
        let op = wire::read_op(body, &version).map_err(|fault| refusal(fault.message))?;
        apply(flow, op).map(drop)
    }

    /// Takes over a later change to the same thing, as long as its own turn has not come: a person who types changes one
    /// field many times.
    pub(super) fn absorb(&mut self, later: &Op) -> bool {
        if self.has_begun() {
            return false;
        }
        let is_same = match (&self.op, later) {
            (Op::UpdateAction { step: a }, Op::UpdateAction { step: b }) => a.name == b.name,
            (Op::UpdateNote { note: a }, Op::UpdateNote { note: b }) => a.id == b.id,
            (Op::UpdateTrigger { .. }, Op::UpdateTrigger { .. }) | (Op::ChangeName { .. }, Op::ChangeName { .. }) => {
                true
            }
            (_, _) => false,
        };
        if is_same {
            self.op = later.clone();
        }
        is_same
    }
}
