//! What is known of a flow, what was done to it here, and what waits to be sent: a machine without input or output.
//!
//! Laws: an edit leaves the queue only when the server's own answer shows it, or when a person says so; nothing is sent on
//! top of something that was not seen; what is shown is what the server has, with what waits done to it.

mod decide;

use std::collections::VecDeque;

use flow::diff::Diff;
use flow::{Flow, History, HistoryEntry, Op, Refusal};
use serde::{Deserialize, Serialize};

use super::agree::{between, did, same};
use super::divergence::{Divergence, Parted};
use super::pending::Pending;
use super::rules::{explicit, is_lifecycle, needs_failure_branches, refusal};
use crate::{Fault, Features, is_being_deleted};

/// How often the server may fail over the same request before a person is asked.
const FAILURES: u32 = 2;

/// A flow of the server while it is edited here. It can be stored, and goes on where it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What the server had when we last heard.
    known: Flow,
    /// That, with what waits done to it.
    flow: Flow,
    queue: VecDeque<Pending>,
    history: History,
    parted: Option<Parted>,
    stuck: Option<String>,
    failure_branches: bool,
    too_old: Option<String>,
    /// Whether the server's last word is so recent that the next write may follow it.
    #[serde(skip)]
    is_fresh: bool,
}

/// What to do next.
#[derive(Debug)]
pub(super) enum Task {
    /// Nothing.
    Rest,
    /// See what the server has.
    Look,
    /// Send this.
    Send(String),
}

/// What follows from a request that failed.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Look, and go on.
    Again,
    /// It cannot be sent now; it stays.
    Later(Fault),
    /// The server will not have it: a person decides.
    Stuck(Fault),
    /// The server will not have it, and it is taken back.
    Dropped(Box<Op>, Fault),
}

impl Draft {
    /// A flow as a server answered it, with nothing done to it.
    #[must_use]
    pub fn new(flow: Flow, features: &Features) -> Self {
        Self {
            known: flow.clone(),
            flow,
            queue: VecDeque::new(),
            history: History::new(),
            parted: None,
            stuck: None,
            failure_branches: features.failure_branches,
            too_old: features.too_old.clone(),
            is_fresh: false,
        }
    }

    /// The flow as it is here.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// What the server had when we last heard.
    #[must_use]
    pub fn known(&self) -> &Flow {
        &self.known
    }

    /// What waits to be sent, in order.
    pub fn queue(&self) -> impl ExactSizeIterator<Item = &Pending> {
        self.queue.iter()
    }

    /// What can be undone and done again.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Why what waits is not sent until somebody decides, if the server has something that we did not put there.
    #[must_use]
    pub fn divergence(&self) -> Option<Divergence> {
        let Parted { base, theirs } = self.parted.clone()?;
        Some(Divergence { base, ours: self.flow.document(), theirs: theirs.document() })
    }

    /// Why what waits is not sent, if the server refused it: a sentence.
    #[must_use]
    pub fn stuck(&self) -> Option<&str> {
        self.stuck.as_deref()
    }

    /// Why the flow can be looked at only, if so: a sentence.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        if is_being_deleted(&self.known) {
            return Some("This flow is being deleted on the server, so it cannot be changed. Close it.".to_owned());
        }
        self.too_old.clone().or_else(|| self.flow.read_only())
    }

    pub(super) fn edit(&mut self, label: &str, op: Op) -> Result<(), Refusal> {
        if let Some(reason) = self.read_only().filter(|_| op.edits()) {
            return Err(refusal(reason));
        }
        if !self.failure_branches && needs_failure_branches(&op) {
            return Err(refusal(
                "The server is older than 0.84 and has no branches behind success and failure. Update it, or use a router \
                 behind a step that goes on after failure.",
            ));
        }
        let op = explicit(&self.flow, op)?;
        if is_lifecycle(&op) {
            flow::apply(&mut self.flow, op.clone())?;
        } else {
            self.history.apply(&mut self.flow, label, op.clone())?;
        }
        self.push(op);
        Ok(())
    }

    pub(super) fn begin(&mut self, label: &str, by: &str) {
        self.history.begin(label, by);
    }

    pub(super) fn end(&mut self) {
        self.history.end();
    }

    pub(super) fn undo(&mut self) -> Result<bool, Refusal> {
        self.history.end();
        let op = self.history.done().last().map(|entry| entry.op().clone());
        self.go_over(op, |history, flow| history.undo(flow).map(|entry| entry.is_some()))
    }

    pub(super) fn redo(&mut self) -> Result<bool, Refusal> {
        self.history.end();
        let op = self.history.undone().last().map(HistoryEntry::op).cloned();
        self.go_over(op, |history, flow| history.redo(flow).map(|entry| entry.is_some()))
    }

    fn go_over(
        &mut self,
        op: Option<Op>,
        go: impl Fn(&mut History, &mut Flow) -> Result<bool, Refusal>,
    ) -> Result<bool, Refusal> {
        if let Some(reason) = self.read_only() {
            return Err(refusal(reason));
        }
        let has_gone = go(&mut self.history, &mut self.flow)?;
        if let Some(op) = op.filter(|_| has_gone) {
            self.push(op);
        }
        Ok(has_gone)
    }

    /// Several as one wait one by one: each is planned from what the server has when its turn comes.
    fn push(&mut self, op: Op) {
        if let Op::All { ops } = op {
            ops.into_iter().for_each(|op| self.push(op));
            return;
        }
        if !self.queue.back_mut().is_some_and(|last| last.absorb(&op)) {
            self.queue.push_back(Pending::new(op));
        }
    }

    /// What is known is old from here on.
    pub(super) fn look_first(&mut self) {
        self.is_fresh = false;
    }

    pub(super) fn next(&mut self) -> Task {
        loop {
            if self.parted.is_some() || self.stuck.is_some() || self.queue.is_empty() {
                return Task::Rest;
            }
            if !self.is_fresh {
                return Task::Look;
            }
            let Some(head) = self.queue.front_mut() else { return Task::Rest };
            if !head.has_begun()
                && let Err(refused) = head.plan(&self.known)
            {
                // It was possible here, on top of what the server had.
                self.stuck = Some(refused.message);
                return Task::Rest;
            }
            match head.body() {
                Some(body) => return Task::Send(body.clone()),
                // What a server has no request for: it is as the server says.
                None => {
                    self.queue.pop_front();
                    self.rebuild();
                }
            }
        }
    }

    /// Takes what the server has. Returns what somebody else changed, if it was taken over.
    pub(super) fn looked(&mut self, theirs: Flow) -> Option<Diff> {
        self.is_fresh = true;
        if let Some(parted) = &mut self.parted {
            parted.theirs = theirs;
            return None;
        }
        let changes = between(&self.known, &theirs);
        if changes.is_empty() {
            if self.known != theirs {
                self.known = theirs;
                self.rebuild();
            }
            return None;
        }
        let expected =
            self.queue.front().filter(|head| head.has_begun()).and_then(|head| head.expected(&self.known).ok());
        if expected.is_some_and(|expected| same(&expected, &theirs)) {
            // An answer of which we never heard.
            self.advance(theirs);
            return None;
        }
        // To publish is to say yes to what was seen.
        if self.queue.iter().any(|pending| pending.op.edits()) {
            self.part(theirs);
            return None;
        }
        self.known = theirs;
        // What could be undone was done to something else.
        self.history = History::new();
        self.rebuild();
        Some(changes)
    }

    /// Takes the answer to the present request. Returns what the server passed over, if it is given up.
    pub(super) fn answered(&mut self, reply: Flow) -> Option<(Op, Fault)> {
        self.is_fresh = true;
        let head = self.queue.front_mut()?;
        head.failures = 0;
        let expected = match head.expected(&self.known) {
            Ok(expected) => expected,
            Err(refused) => {
                self.stuck = Some(refused.message);
                return None;
            }
        };
        if same(&expected, &reply) {
            if !head.is_whole && !did(&head.op, &expected, &reply) {
                let op = head.op.clone();
                self.queue.pop_front();
                self.known = reply;
                self.rebuild();
                let what = flow::describe(&self.flow, &op);
                let message =
                    format!("The server answered, and did not do this: {what}. Look at the flow on the server.");
                return Some((op, Fault::Failed(message)));
            }
            self.advance(reply);
            return None;
        }
        if same(&self.known, &reply) && !head.is_whole {
            // It said yes and did nothing, as it does with what it does not understand. Whole it will understand.
            let mut wanted = reply.clone();
            if head.finish(&mut wanted).is_ok() {
                head.send_whole(&wanted);
                self.known = reply;
                return None;
            }
        }
        self.part(reply);
        None
    }

    pub(super) fn failed(&mut self, fault: Fault) -> Verdict {
        self.is_fresh = false;
        let Some(head) = self.queue.front_mut() else { return Verdict::Later(fault) };
        match &fault {
            Fault::Failed(_) | Fault::Unreadable(_) => {
                head.failures += 1;
                if head.failures < FAILURES {
                    return Verdict::Again;
                }
            }
            Fault::Unavailable { .. } | Fault::Limited { .. } | Fault::Cancelled | Fault::SignIn(_) => {
                return Verdict::Later(fault);
            }
            Fault::Forbidden(_) | Fault::NotFound(_) | Fault::Conflict(_) | Fault::Invalid { .. } | Fault::Gone(_) => {}
        }
        if is_lifecycle(&head.op) {
            let op = head.op.clone();
            self.queue.pop_front();
            self.rebuild();
            return Verdict::Dropped(Box::new(op), fault);
        }
        head.failures = 0;
        self.stuck = Some(fault.to_string());
        Verdict::Stuck(fault)
    }

    /// The flow is no longer there. What was done is kept: it can be moved to a server again.
    pub(super) fn gone(&mut self, message: String) {
        self.is_fresh = false;
        if !self.queue.is_empty() {
            self.stuck = Some(message);
        }
    }

    /// The present request is done; what the server has is this.
    fn advance(&mut self, reply: Flow) {
        self.known = reply;
        if let Some(head) = self.queue.front_mut() {
            head.done += 1;
            head.failures = 0;
            if head.body().is_none() {
                self.queue.pop_front();
            }
        }
        self.rebuild();
    }

    /// From what was known: what both did alike since is nobody's conflict, and what the server left out is not taken for
    /// something that somebody took away.
    fn part(&mut self, theirs: Flow) {
        self.parted = Some(Parted { base: self.known.document(), theirs });
    }

    /// Does what waits to what the server has, so that dates and ids of the server are seen here too.
    fn rebuild(&mut self) {
        let mut flow = self.known.clone();
        match self.queue.iter().try_for_each(|pending| pending.finish(&mut flow)) {
            Ok(()) => self.flow = flow,
            Err(_) => self.part(self.known.clone()),
        }
    }
}
