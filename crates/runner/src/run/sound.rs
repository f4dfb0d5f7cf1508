//! What holds in a run after each event, for tests.
#![allow(clippy::panic)]

use std::collections::HashSet;

use flow::RunStatus;

use super::Run;
use super::cursor::Stage;
use crate::event::StepStatus;

impl Run {
    /// Panics if something does not hold that always should.
    pub(crate) fn check_sound(&self) {
        let loops = self.open.iter().filter_map(super::Open::iteration).count();
        assert_eq!(
            self.status == RunStatus::Succeeded,
            self.cursor.at.is_none(),
            "a run is at a step until it is done"
        );
        assert_eq!(self.status == RunStatus::Failed, self.cursor.stage == Stage::Failed, "{:?}", self.cursor);
        assert_eq!(self.failed.is_some(), self.status == RunStatus::Failed, "a failed run names its step");
        let waits = matches!(self.cursor.stage, Stage::Waiting(_) | Stage::Doubted);
        assert!(self.status.is_ended() || waits == (self.status == RunStatus::Paused), "{:?}", self.cursor);
        if let Some(node) = self.cursor.at.and_then(|at| self.program.nodes.get(at)) {
            assert_eq!(loops, node.loops, "every loop around the step is open, and no other");
            assert!(self.seen.len() > loops, "each open loop has an iteration to look at");
            assert!(!node.step.is_skipped(), "what is skipped is never done");
        }
        let mut held = HashSet::from([0]);
        for records in &self.scopes {
            for (node, record) in records {
                let Some(node) = self.program.nodes.get(*node) else { panic!("a record of no step") };
                assert!(!node.step.is_skipped(), "what is skipped has no record");
                assert_eq!(
                    record.status == StepStatus::Failed,
                    record.failure.is_some() && !self.may_fail_yet(record.status)
                );
                for scope in record.looped.iter().flat_map(|looped| &looped.iterations) {
                    assert!(held.insert(*scope), "an iteration belongs to one loop");
                }
            }
        }
        assert_eq!(held.len(), self.scopes.len(), "every iteration belongs to a loop");
    }

    /// A step that is tried again or is in doubt tells of its last failure and has not failed.
    fn may_fail_yet(&self, status: StepStatus) -> bool {
        matches!(status, StepStatus::Running | StepStatus::Paused)
    }
}
