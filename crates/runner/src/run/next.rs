//! What is to be done next.

use flow::{Kind, RunStatus};
use jiff::Timestamp;

use super::Run;
use super::cursor::Stage;
use crate::event::{Delivery, Wait};
use crate::{Failure, Iterations, Key};

/// Something to be done. All but the last three are told back by an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Do what a step of a piece or of code does.
    Perform(Task),
    /// Find the items of a loop.
    List(Task),
    /// Weigh the branches of a router.
    Decide(Task),
    /// Ask a person about a step that may have happened.
    Doubt(Task),
    /// An instant has come that a step waited for: it brings this.
    Wake(Task, serde_json::Value),
    /// End the run.
    End {
        /// How.
        status: RunStatus,
        /// Why, as a sentence.
        reason: String,
    },
    /// Nothing until this instant.
    Sleep(Timestamp),
    /// Nothing until something outside happens. `None` if a person has to look at a step that may have happened.
    Await(Option<Wait>),
    /// Nothing: the run has ended.
    Nothing,
}

/// A step to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The step.
    pub step: String,
    /// The loops around it, outer ones first, each with the number of the iteration, from 0.
    pub iterations: Iterations,
    /// What its effect is known by.
    pub key: Key,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// Whether the journal already tells that it was started: it is done again after a crash.
    pub is_again: bool,
}

impl Run {
    /// What is to be done next. It depends on what has happened and on the time, and on nothing else.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Effect {
        if self.status.is_ended() {
            return Effect::Nothing;
        }
        if let Some((status, reason)) = &self.over {
            return Effect::End { status: *status, reason: reason.clone() };
        }
        let Some(node) = self.cursor.at.and_then(|at| self.program.nodes.get(at)) else { return Effect::Nothing };
        match &self.cursor.stage {
            Stage::Fresh => self.budget().unwrap_or_else(|| self.fresh(&node.step.kind)),
            Stage::Started(Delivery::Pure | Delivery::Keyed) => Effect::Perform(Task { is_again: true, ..self.task() }),
            Stage::Started(Delivery::Once) => Effect::Doubt(self.task()),
            Stage::Backoff(until) if *until > now => Effect::Sleep(*until),
            Stage::Backoff(_) => self.budget().unwrap_or_else(|| Effect::Perform(self.task())),
            Stage::Waiting(Wait::Until { at, output }) if *at <= now => Effect::Wake(self.task(), output.clone()),
            Stage::Waiting(Wait::Until { at, .. }) => Effect::Sleep(*at),
            Stage::Waiting(wait @ (Wait::Approval { .. } | Wait::Flow { .. } | Wait::Webhook)) => {
                Effect::Await(Some(wait.clone()))
            }
            Stage::Doubted => Effect::Await(None),
            Stage::Failed => Effect::Nothing,
        }
    }

    fn fresh(&self, kind: &Kind) -> Effect {
        match kind {
            Kind::Piece(_) | Kind::Code(_) | Kind::Other(_) => Effect::Perform(self.task()),
            Kind::Loop(_) => Effect::List(self.task()),
            Kind::Router(_) => Effect::Decide(self.task()),
        }
    }

    fn budget(&self) -> Option<Effect> {
        let rules = &self.rules;
        if self.steps >= rules.steps {
            let reason = format!("The run did {} steps, which is all that it may. Do less in one run.", rules.steps);
            return Some(Effect::End { status: RunStatus::QuotaExceeded, reason });
        }
        if self.time_left().is_zero() {
            let seconds = rules.time_ms / 1000;
            let reason =
                format!("The steps of this run took {seconds} s, which is all that they may. Do less in one run.");
            return Some(Effect::End { status: RunStatus::Timeout, reason });
        }
        None
    }

    pub(super) fn task(&self) -> Task {
        Task {
            step: self.at().unwrap_or_default().to_owned(),
            iterations: self.iterations(),
            key: self.key(),
            attempt: self.cursor.attempt,
            is_again: false,
        }
    }

    /// Whether it waits for a further call of its address.
    #[must_use]
    pub fn waits_for_call(&self) -> bool {
        self.cursor.stage == Stage::Waiting(Wait::Webhook)
    }

    /// Why the step in doubt is in doubt.
    #[must_use]
    pub fn doubt(&self) -> Option<&Failure> {
        let at = self.cursor.at.filter(|_| self.cursor.stage == Stage::Doubted)?;
        self.record(at)?.failure.as_ref()
    }
}
