//! A run as a machine without input or output: what has happened, and what is to be done next.
//!
//! [`Run::apply`] takes an event in, [`Run::next`] tells what to do. Nothing is done here and no time is asked for, so the
//! events of a run are all there is to it: read back after a crash, they make the same run again. Expressions are not
//! evaluated here either: what a loop goes over and which branches are met are events too.

mod apply;
mod cursor;
mod error;
mod next;
mod record;
#[cfg(test)]
mod sound;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use flow::RunStatus;
use jiff::Timestamp;

use crate::event::{Beginning, Event, Kept, Response, Rules};
use crate::program::Program;
use crate::{Failure, Key, RunId};

pub use error::Misfit;
pub use next::{Effect, Task};
pub use record::{Looped, Record, Recorded};
pub(crate) use view::{Sight, Wanted};

use cursor::{Cursor, Open};

/// A run.
#[derive(Debug)]
pub struct Run {
    id: RunId,
    program: Arc<Program>,
    status: RunStatus,
    began: Timestamp,
    last: Timestamp,
    payload: Kept,
    rules: Rules,
    note: Option<String>,
    parent: Option<RunId>,
    /// How many events there were.
    events: u64,
    cursor: Cursor,
    /// Loops and routers that are open, outer ones first.
    open: Vec<Open>,
    /// What is known of the steps: outside of loops first, then an entry for each iteration.
    scopes: Vec<Scope>,
    /// The scopes that can be seen: outside of loops, then one for each open loop.
    seen: Vec<usize>,
    /// How many steps ended, each attempt and iteration counted.
    steps: u64,
    /// How many steps of pieces and code went well or paused: what a server counts.
    steps_count: u64,
    iterations: u64,
    active: Duration,
    failed: Option<Failed>,
    response: Option<Response>,
    /// A budget that was met within `apply`; the next effect ends the run.
    over: Option<(RunStatus, String)>,
    reason: Option<String>,
}

type Scope = BTreeMap<usize, Record>;

/// The step that a run failed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// Why.
    pub failure: Failure,
}

impl Run {
    /// A run at its beginning. It has had one event: that.
    #[must_use]
    pub fn begin(id: RunId, program: Arc<Program>, at: Timestamp, beginning: Beginning) -> Self {
        let Beginning { payload, rules, note, parent, .. } = beginning;
        let mut run = Self {
            id,
            status: RunStatus::Running,
            began: at,
            last: at,
            payload,
            rules,
            note,
            parent,
            events: 1,
            cursor: Cursor::default(),
            open: Vec::new(),
            scopes: vec![Scope::new()],
            seen: vec![0],
            steps: 0,
            steps_count: 0,
            iterations: 0,
            active: Duration::ZERO,
            failed: None,
            response: None,
            over: None,
            reason: None,
            program,
        };
        run.enter(run.program.first);
        run
    }

    /// A run made again from its events, the first of which is its beginning.
    ///
    /// # Errors
    /// If the events are not those of a run of this flow.
    pub fn replay(id: RunId, program: Arc<Program>, events: &[Event]) -> Result<Self, Misfit> {
        let Some((Event { at, what: crate::What::Began(beginning) }, rest)) = events.split_first() else {
            return Err(Misfit::NoBeginning);
        };
        if beginning.fingerprint != program.fingerprint {
            return Err(Misfit::OtherFlow);
        }
        let mut run = Self::begin(id, program, *at, beginning.clone());
        for event in rest {
            run.apply(event)?;
        }
        Ok(run)
    }

    /// What it is called.
    #[must_use]
    pub fn id(&self) -> &RunId {
        &self.id
    }

    /// The flow that it runs.
    #[must_use]
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// How it stands.
    #[must_use]
    pub fn status(&self) -> RunStatus {
        self.status
    }

    /// When it began.
    #[must_use]
    pub fn began(&self) -> Timestamp {
        self.began
    }

    /// When something last happened in it; for one that has ended, when it ended.
    #[must_use]
    pub fn last(&self) -> Timestamp {
        self.last
    }

    /// What the trigger brought.
    #[must_use]
    pub fn payload(&self) -> &Kept {
        &self.payload
    }

    /// What is worth knowing about how it began.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The run that started it.
    #[must_use]
    pub fn parent(&self) -> Option<&RunId> {
        self.parent.as_ref()
    }

    /// How many events it has had: the number of the next one.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// How many steps of pieces and code went well or paused, as a server counts them.
    #[must_use]
    pub fn steps_count(&self) -> u64 {
        self.steps_count
    }

    /// How long its steps took together.
    #[must_use]
    pub fn active(&self) -> Duration {
        self.active
    }

    /// How long its steps may still take.
    #[must_use]
    pub fn time_left(&self) -> Duration {
        Duration::from_millis(self.rules.time_ms).saturating_sub(self.active)
    }

    /// The step that it failed at, if it did.
    #[must_use]
    pub fn failed(&self) -> Option<&Failed> {
        self.failed.as_ref()
    }

    /// Why it ended, if no step failed and it did not end well.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// What is answered to who called last, once a step said so.
    #[must_use]
    pub fn response(&self) -> Option<&Response> {
        self.response.as_ref()
    }

    /// The step that it is at.
    #[must_use]
    pub fn at(&self) -> Option<&str> {
        self.cursor.at.and_then(|at| self.program.nodes.get(at)).map(|node| node.step.name.as_str())
    }

    /// The key of the step that it is at, in this iteration.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::of(&self.id, self.at().unwrap_or_default(), &self.iterations())
    }

    /// The loops around the step that it is at, outer ones first, each with the number of the iteration, from 0.
    #[must_use]
    pub fn iterations(&self) -> crate::Iterations {
        self.open.iter().filter_map(|open| Some((self.name(open.iteration()?.0), open.iteration()?.1))).collect()
    }

    fn name(&self, number: usize) -> String {
        self.program.nodes.get(number).map(|node| node.step.name.clone()).unwrap_or_default()
    }
}
