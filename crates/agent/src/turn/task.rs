//! The calls of one reply, each on its way from what the model wanted to exactly one result.

use contract::CallState;

use super::{Call, CallId, Decision, Effect, Item, Open, Outcome, Requirement, Terms, TurnId};

/// What a call is told that was under way when the app ended.
pub(super) const CLOSED: &str = "The app was closed while this was under way; look whether it was done.";

#[derive(Debug)]
pub(super) struct Task {
    pub(super) call: Call,
    pub(super) exclusive: bool,
    pub(super) stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    /// A person must decide.
    Asked,
    /// It may run, as soon as nothing is in the way.
    Ready,
    Running,
    Settled(Outcome),
}

impl Task {
    pub(super) fn of(call: Call, terms: Terms) -> Self {
        let stage = match terms.requirement {
            Requirement::Run => Stage::Ready,
            Requirement::Ask => Stage::Asked,
            Requirement::Forbid(why) => Stage::Settled(Outcome::Denied(why)),
            Requirement::Invalid(why) => Stage::Settled(Outcome::Failed(why)),
        };
        Self { call, exclusive: terms.exclusive, stage }
    }

    /// As it was left when the app ended; what waited is shown again.
    pub(super) fn reopened(open: Open, turn: TurnId, effects: &mut Vec<Effect>) -> Self {
        let stage = match (open.outcome, open.waiting) {
            (Some(outcome), _) => Stage::Settled(outcome),
            (None, true) => {
                effects.push(Effect::Approve(turn, open.call.clone()));
                Stage::Asked
            }
            (None, false) => Stage::Settled(Outcome::Cancelled(CLOSED.into())),
        };
        Self { call: open.call, exclusive: open.exclusive, stage }
    }

    /// Takes a decision in, when one is waited for and it was made for this very input.
    pub(super) fn decide(&mut self, seen: &str, decision: Decision) {
        if self.stage != Stage::Asked || seen != self.call.input {
            return;
        }
        self.stage = match decision {
            Decision::Allow => Stage::Ready,
            Decision::AllowEdited { input } => {
                self.call.input = input;
                Stage::Ready
            }
            Decision::Deny { why } => Stage::Settled(Outcome::Denied(why)),
        };
    }

    /// Where it stands.
    pub(super) fn state(&self) -> CallState {
        match &self.stage {
            Stage::Asked => CallState::Asked,
            Stage::Ready => CallState::Ready,
            Stage::Running => CallState::Running,
            Stage::Settled(Outcome::Returned(_)) => CallState::Returned,
            Stage::Settled(Outcome::Failed(_)) => CallState::Failed,
            Stage::Settled(Outcome::Denied(_)) => CallState::Denied,
            Stage::Settled(Outcome::Cancelled(_)) => CallState::Cancelled,
        }
    }

    /// How it ended, once it has.
    pub(super) fn outcome(&self) -> Option<&Outcome> {
        match &self.stage {
            Stage::Asked | Stage::Ready | Stage::Running => None,
            Stage::Settled(outcome) => Some(outcome),
        }
    }

    /// Takes a result in, when one is waited for.
    pub(super) fn settle(&mut self, outcome: Outcome) -> bool {
        let running = self.stage == Stage::Running;
        if running {
            self.stage = Stage::Settled(outcome);
        }
        running
    }
}

/// Starts every call that may start now: reads beside reads, what changes something alone, in the order of the calls. What a
/// person has not decided yet holds nothing up.
pub(super) fn start(tasks: &mut [Task]) -> Vec<Call> {
    let running = |tasks: &[Task], exclusive: bool| {
        tasks.iter().any(|task| task.stage == Stage::Running && (!exclusive || task.exclusive))
    };
    let mut started = Vec::new();
    for at in 0..tasks.len() {
        let busy = (running(tasks, false), running(tasks, true));
        let Some(task) = tasks.get_mut(at).filter(|task| task.stage == Stage::Ready) else { continue };
        let free = if task.exclusive { !busy.0 } else { !busy.1 };
        if !free {
            // What comes after it must see what it did.
            break;
        }
        task.stage = Stage::Running;
        started.push(task.call.clone());
    }
    started
}

/// Writes one result for each call, in their order. What has none yet is cancelled, and is told why.
pub(super) fn record(tasks: Vec<Task>, cancelled: &str, effects: &mut Vec<Effect>) {
    effects.extend(tasks.into_iter().map(|Task { call: Call { id, .. }, stage, .. }| {
        let outcome = match stage {
            Stage::Settled(outcome) => outcome,
            Stage::Asked | Stage::Ready => Outcome::Cancelled(cancelled.to_owned()),
            Stage::Running => Outcome::Cancelled(format!("{cancelled} It was under way, and may have been done.")),
        };
        result(id, outcome)
    }));
}

fn result(call: CallId, outcome: Outcome) -> Effect {
    Effect::Keep(Item::Result { call, outcome })
}
