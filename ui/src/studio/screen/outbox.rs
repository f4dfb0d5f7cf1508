//! What was done on the canvas and the app does not have yet: in order, one at a time, each on the revision that the one
//! before made. Pure.

use std::collections::VecDeque;

use flow::{Document, Flow, Op, Refusal, apply};

/// Something that the app is to do.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Job {
    /// A change.
    Edit {
        /// In a few words.
        label: String,
        /// What it is made of.
        ops: Vec<Op>,
    },
    /// Goes back or forth in the history.
    Rewind {
        /// How many entries shall be done afterwards.
        done: usize,
    },
    /// Keeps what waits for a yes, or drops it.
    Pend(Option<Box<Document>>),
}

/// What came of a look at the flow as the app has it.
#[derive(Debug, PartialEq)]
pub(super) enum Meeting {
    /// Nothing that concerns the canvas.
    Same,
    /// Somebody else changed it.
    Changed {
        /// What was done here and is not kept: the flow as it would be with it.
        mine: Option<Box<Document>>,
    },
}

/// What waits to be sent.
#[derive(Debug)]
pub(super) struct Outbox {
    base: Flow,
    revision: u64,
    jobs: VecDeque<Job>,
    /// The first of them is on its way.
    sent: bool,
}

impl Outbox {
    /// Nothing waits: the flow is the app's, of this revision.
    pub(super) fn new(base: Flow, revision: u64) -> Self {
        Self { base, revision, jobs: VecDeque::new(), sent: false }
    }

    /// The flow as the app has it, as far as is known here.
    pub(super) fn base(&self) -> &Flow {
        &self.base
    }

    /// Its revision.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Whether something is on its way.
    pub(super) fn is_sent(&self) -> bool {
        self.sent
    }

    /// Adds something. Of two in a row that say where things shall be, the later one counts.
    pub(super) fn push(&mut self, job: Job) {
        let last_waits = self.jobs.len() > usize::from(self.sent);
        if last_waits && let Some(last) = self.jobs.back_mut() {
            let is_later =
                matches!((&*last, &job), (Job::Rewind { .. }, Job::Rewind { .. }) | (Job::Pend(_), Job::Pend(_)));
            if is_later {
                *last = job;
                return;
            }
        }
        self.jobs.push_back(job);
    }

    /// What to send, and the revision that it is made for; nothing while something is on its way.
    pub(super) fn next(&mut self) -> Option<(u64, Job)> {
        if self.sent {
            return None;
        }
        let job = self.jobs.front()?.clone();
        self.sent = true;
        Some((self.revision, job))
    }

    /// The app has done it; the flow is at this revision by `applied`.
    ///
    /// # Errors
    /// If that does not fit what was known: then the flow must be read anew.
    pub(super) fn kept(&mut self, revision: u64, applied: Op) -> Result<(), Refusal> {
        self.done();
        apply(&mut self.base, applied)?;
        self.revision = revision;
        Ok(())
    }

    /// The app has done it, and the flow is as it was.
    pub(super) fn done(&mut self) {
        if std::mem::take(&mut self.sent) {
            self.jobs.pop_front();
        }
    }

    /// The app has not done it: it waits on.
    pub(super) fn failed(&mut self) {
        self.sent = false;
    }

    /// The app will not do it: it is dropped, and what builds on it too.
    pub(super) fn refused(&mut self) {
        self.sent = false;
        self.jobs.clear();
    }

    /// Compares with the flow as the app has it. What waited goes on where only the revision is another; else it comes back
    /// as a proposal, carried over to what is there where that can be done.
    pub(super) fn meet(&mut self, theirs: Flow, revision: u64) -> Meeting {
        self.revision = revision;
        if is_same(&self.base, &theirs) {
            return Meeting::Same;
        }
        let mut mine = None;
        if self.jobs.iter().any(|job| matches!(job, Job::Edit { .. })) {
            let on_theirs = self.on(&theirs).or_else(|| self.on(&self.base));
            mine = on_theirs.filter(|flow| !is_same(flow, &theirs)).map(|flow| Box::new(flow.document()));
        }
        self.base = theirs;
        self.refused();
        Meeting::Changed { mine }
    }

    /// A flow with the edits that wait.
    fn on(&self, flow: &Flow) -> Option<Flow> {
        let mut flow = flow.clone();
        for job in &self.jobs {
            if let Job::Edit { ops, .. } = job {
                apply(&mut flow, Op::all(ops.iter().cloned())).ok()?;
            }
        }
        Some(flow)
    }
}

/// Whether a person sees the same flow.
pub(super) fn is_same(a: &Flow, b: &Flow) -> bool {
    a.display_name == b.display_name
        && a.trigger == b.trigger
        && a.steps == b.steps
        && a.notes == b.notes
        && a.schema == b.schema
}

#[cfg(test)]
mod tests;
