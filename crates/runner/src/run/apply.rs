//! What an event makes of a run.

use std::time::Duration;

use flow::{Kind, RunStatus, Slot};
use jiff::Timestamp;
use serde_json::Value;

use super::cursor::Stage;
use super::{Failed, Looped, Misfit, Record, Run};
use crate::Failure;
use crate::event::{Answer, Delivery, Event, Kept, Outcome, StepStatus, Trace, Wait, What};

impl Run {
    /// Takes in what happened.
    ///
    /// # Errors
    /// If it cannot have happened now; the run is then as it was.
    pub fn apply(&mut self, event: &Event) -> Result<(), Misfit> {
        let is_known = match &event.what {
            What::Began(_) => false,
            What::Started { step, attempt, delivery, input } => self.started(step, *attempt, *delivery, input),
            What::Finished { step, outcome, trace } => self.finished(event.at, step, outcome, trace),
            What::Listed { step, items, count, trace } => self.listed(step, items, *count, trace),
            What::Decided { step, met, trace } => self.decided(step, met, trace),
            What::Paused { step, wait, output, response, trace } => {
                let is_paused = self.paused(step, wait, output, trace);
                if is_paused {
                    self.response = self.response.take().or_else(|| response.clone());
                }
                is_paused
            }
            What::Doubted { step, failure, trace } => self.doubted(step, failure, trace),
            What::Answered { step, answer } => self.answered(step, answer),
            What::Cancelled => self.cancelled(),
            What::Ended { status, reason } => self.ended(*status, reason),
            What::Retried => self.retried(),
        };
        if !is_known {
            return Err(Misfit::Unexpected { number: self.events, what: event.what.word() });
        }
        self.events += 1;
        self.last = event.at;
        Ok(())
    }

    /// The number of the step that the run is at, if it is this one and the run goes on.
    fn here(&self, step: &str) -> Option<usize> {
        let at = self.cursor.at?;
        (!self.status.is_ended() && self.at() == Some(step)).then_some(at)
    }

    fn is_doing(&self) -> bool {
        matches!(self.cursor.stage, Stage::Fresh | Stage::Started(_) | Stage::Backoff(_))
    }

    fn started(&mut self, step: &str, attempt: u32, delivery: Delivery, input: &Value) -> bool {
        let Some(at) = self.here(step).filter(|_| self.is_doing() && attempt == self.cursor.attempt) else {
            return false;
        };
        self.cursor.stage = Stage::Started(delivery);
        if let Some(record) = self.record_or_new(at) {
            record.status = StepStatus::Running;
            record.trace.input = input.clone();
        }
        true
    }

    fn finished(&mut self, when: Timestamp, step: &str, outcome: &Outcome, trace: &Trace) -> bool {
        let is_waiting = matches!(self.cursor.stage, Stage::Waiting(_));
        let Some(at) = self.here(step).filter(|_| self.is_doing() || is_waiting) else { return false };
        self.steps += 1;
        if self.waits_for_call() {
            // Who calls further waits for an answer of their own.
            self.response = None;
        }
        let attempt = self.cursor.attempt;
        self.spent(trace);
        let Some(record) = self.record_or_new(at) else { return false };
        record.attempts = attempt;
        // What a step was given is known from before it waited.
        let mut trace = trace.clone();
        if is_waiting {
            trace.input = std::mem::take(&mut record.trace.input);
        }
        trace.duration_ms += record.trace.duration_ms;
        record.trace = trace;
        match outcome {
            Outcome::Done { output, response, stops } => {
                record.status = StepStatus::Succeeded;
                record.output = Some(output.clone());
                record.failure = None;
                self.response = self.response.take().or_else(|| response.clone());
                self.steps_count += u64::from(!is_waiting);
                self.status = RunStatus::Running;
                match stops {
                    true => self.stop(at),
                    false => self.go_on(at, Slot::OnSuccess),
                }
            }
            Outcome::Failed(failure) => {
                record.status = StepStatus::Failed;
                record.output = None;
                record.failure = Some(failure.clone());
                self.status = RunStatus::Running;
                self.fail(when, at, failure);
            }
        }
        true
    }

    /// Ends the run well, whatever it is in.
    fn stop(&mut self, at: usize) {
        if let Some(record) = self.record_mut(at) {
            record.status = StepStatus::Succeeded;
        }
        for open in std::mem::take(&mut self.open) {
            if let Some((node, _)) = open.iteration()
                && let Some(record) = self.record_mut(node)
            {
                record.status = StepStatus::Succeeded;
            }
        }
        self.enter(None);
    }

    fn fail(&mut self, when: Timestamp, at: usize, failure: &Failure) {
        let Some(node) = self.program.nodes.get(at) else { return };
        let is_step = matches!(node.step.kind, Kind::Piece(_) | Kind::Code(_));
        if is_step && node.retries() && self.cursor.round() < self.rules.attempts {
            let pause = self.rules.backoff(self.cursor.round());
            self.cursor.stage = Stage::Backoff(when.checked_add(pause).unwrap_or(Timestamp::MAX));
            self.cursor.attempt += 1;
            if let Some(record) = self.record_mut(at) {
                record.status = StepStatus::Running;
            }
        } else if is_step && node.continues() {
            self.go_on(at, Slot::OnFailure);
        } else {
            let step = &node.step;
            self.failed = Some(Failed {
                name: step.name.clone(),
                display_name: step.display_name.clone(),
                failure: failure.clone(),
            });
            self.status = RunStatus::Failed;
            self.cursor.stage = Stage::Failed;
        }
    }

    /// Goes into what follows success or failure, if the step may fail; or else behind the step.
    fn go_on(&mut self, at: usize, slot: Slot) {
        let continues = self.program.nodes.get(at).is_some_and(|node| node.continues());
        if !(continues && self.open_after(at, slot)) {
            self.leave(at);
        }
    }

    fn listed(&mut self, step: &str, items: &Kept, count: usize, trace: &Trace) -> bool {
        let is_loop = |run: &Self, at: usize| {
            run.program.nodes.get(at).is_some_and(|node| matches!(node.step.kind, Kind::Loop(_)))
        };
        let Some(at) = self.here(step).filter(|at| self.cursor.stage == Stage::Fresh && is_loop(self, *at)) else {
            return false;
        };
        self.steps += 1;
        self.spent(trace);
        let Some(record) = self.record_or_new(at) else { return false };
        *record = Record {
            attempts: 1,
            trace: trace.clone(),
            looped: Some(Looped { items: items.clone(), index: 0, iterations: Vec::new() }),
            ..Record::new(StepStatus::Running)
        };
        if !self.open_loop(at, count) {
            self.leave(at);
        }
        true
    }

    fn decided(&mut self, step: &str, met: &[bool], trace: &Trace) -> bool {
        let fits = |run: &Self, at: usize| match run.program.nodes.get(at).map(|node| &node.step.kind) {
            Some(Kind::Router(router)) => router.branches.len() == met.len(),
            Some(Kind::Piece(_) | Kind::Code(_) | Kind::Loop(_) | Kind::Other(_)) | None => false,
        };
        let Some(at) = self.here(step).filter(|at| self.cursor.stage == Stage::Fresh && fits(self, *at)) else {
            return false;
        };
        self.steps += 1;
        self.spent(trace);
        let Some(record) = self.record_or_new(at) else { return false };
        let met = met.to_vec();
        *record =
            Record { attempts: 1, trace: trace.clone(), met: Some(met.clone()), ..Record::new(StepStatus::Succeeded) };
        if !self.open_router(at, &met) {
            self.leave(at);
        }
        true
    }

    fn paused(&mut self, step: &str, wait: &Wait, output: &Kept, trace: &Trace) -> bool {
        let Some(at) = self.here(step).filter(|_| self.is_doing()) else { return false };
        self.steps += 1;
        self.steps_count += 1;
        self.spent(trace);
        let attempt = self.cursor.attempt;
        let Some(record) = self.record_or_new(at) else { return false };
        record.status = StepStatus::Paused;
        record.attempts = attempt;
        record.output = Some(output.clone());
        record.failure = None;
        record.trace = trace.clone();
        self.cursor.stage = Stage::Waiting(wait.clone());
        self.status = RunStatus::Paused;
        true
    }

    fn doubted(&mut self, step: &str, failure: &Failure, trace: &Trace) -> bool {
        let is_once = self.cursor.stage == Stage::Started(Delivery::Once);
        let Some(at) = self.here(step).filter(|_| is_once) else { return false };
        self.spent(trace);
        let attempt = self.cursor.attempt;
        let Some(record) = self.record_or_new(at) else { return false };
        record.status = StepStatus::Paused;
        record.attempts = attempt;
        record.failure = Some(failure.clone());
        // After a crash, what the step was given is known from its beginning alone.
        let begun = std::mem::take(&mut record.trace.input);
        record.trace = trace.clone();
        if record.trace.input.is_null() {
            record.trace.input = begun;
        }
        self.cursor.stage = Stage::Doubted;
        self.status = RunStatus::Paused;
        true
    }

    fn answered(&mut self, step: &str, answer: &Answer) -> bool {
        let Some(at) = self.here(step).filter(|_| self.cursor.stage == Stage::Doubted) else { return false };
        self.status = RunStatus::Running;
        match answer {
            Answer::Happened(output) => {
                self.steps += 1;
                self.steps_count += 1;
                if let Some(record) = self.record_or_new(at) {
                    record.status = StepStatus::Succeeded;
                    record.output = Some(Kept::whole(output.clone()));
                    record.failure = None;
                }
                self.go_on(at, Slot::OnSuccess);
            }
            Answer::TryAgain => {
                self.cursor.stage = Stage::Fresh;
                if let Some(record) = self.record_or_new(at) {
                    record.status = StepStatus::Running;
                    record.failure = None;
                }
            }
        }
        true
    }

    fn cancelled(&mut self) -> bool {
        let may = !self.status.is_ended();
        if may {
            self.status = RunStatus::Canceled;
        }
        may
    }

    fn ended(&mut self, status: RunStatus, reason: &str) -> bool {
        let may = !self.status.is_ended() && status.is_ended();
        if may {
            self.status = status;
            self.reason = Some(reason.to_owned());
            self.over = None;
        }
        may
    }

    /// From the step that failed, with fresh budgets.
    fn retried(&mut self) -> bool {
        let may = self.status == RunStatus::Failed && self.cursor.stage == Stage::Failed;
        if may {
            self.status = RunStatus::Running;
            self.failed = None;
            self.cursor.stage = Stage::Fresh;
            self.cursor.before = self.cursor.attempt;
            self.cursor.attempt += 1;
            (self.steps, self.iterations, self.active) = (0, 0, Duration::ZERO);
            if let Some(record) = self.cursor.at.and_then(|at| self.record_mut(at)) {
                record.trace.duration_ms = 0.0;
            }
        }
        may
    }

    fn spent(&mut self, trace: &Trace) {
        self.active += Duration::try_from_secs_f64(trace.duration_ms / 1000.0).unwrap_or_default();
    }
}

impl What {
    /// What kind of event it is, for messages.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Began(_) => "a beginning",
            Self::Started { .. } => "a start",
            Self::Finished { .. } => "an end of a step",
            Self::Listed { .. } => "the items of a loop",
            Self::Decided { .. } => "a decision of a router",
            Self::Paused { .. } => "a pause",
            Self::Doubted { .. } => "a doubt",
            Self::Answered { .. } => "an answer",
            Self::Cancelled => "a cancellation",
            Self::Ended { .. } => "an end",
            Self::Retried => "a further try",
        }
    }
}
