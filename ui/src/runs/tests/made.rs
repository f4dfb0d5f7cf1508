//! Runs and steps to test with.

use contract::{FlowId, FlowPlace, RunError, RunId, RunStatus, RunStep, RunSummary};

pub(super) fn run(id: i64, status: RunStatus) -> RunSummary {
    RunSummary {
        id: RunId(id),
        flow: FlowId(1),
        name: "Late work".into(),
        place: FlowPlace::Here,
        status,
        test: false,
        rehearsal: false,
        cause: "A to-do is overdue".into(),
        began_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        ended_at: None,
        failed_step: None,
        failure: None,
        waits: None,
    }
}

/// A step; `within` is written as `loop:2 inner:1`.
pub(super) fn step(name: &str, within: &str, status: RunStatus) -> RunStep {
    let within = within.split_whitespace().map(|part| {
        let (name, iteration) = part.split_once(':').unwrap();
        (name.to_owned(), iteration.parse().unwrap())
    });
    RunStep {
        name: name.into(),
        within: within.collect(),
        status,
        began_at: None,
        took_ms: Some(10),
        attempts: 1,
        input: "{}".into(),
        output: "{}".into(),
        cut: false,
        error: (status == RunStatus::Failed).then(|| RunError { message: "No".into(), detail: String::new() }),
        warnings: Vec::new(),
    }
}
