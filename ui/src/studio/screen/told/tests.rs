#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{FlowDeed, FlowId, FlowPlace, PieceSummary, RunId, RunStatus, RunStep, RunSummary, RunView, Sample};
use jiff::Timestamp;

use super::{duration, history, is_told, offers, steps_of, tested};
use crate::studio::RunState;

fn deed(label: &str) -> FlowDeed {
    FlowDeed { label: label.into(), by: "Assistant".into(), details: Vec::new() }
}

#[test]
fn a_told_history_lists_what_the_app_has_done() {
    let (done, undone) = (vec![deed("Add a step"), deed("Rename it")], vec![deed("Delete it")]);
    let told = history(&done, &undone);
    assert_eq!(told.done().iter().map(|entry| entry.label.as_str()).collect::<Vec<_>>(), ["Add a step", "Rename it"]);
    assert_eq!(told.undone()[0].by, "Assistant");
    assert!(is_told(&told, &done, &undone));
    assert!(!is_told(&told, &undone, &done));
    assert!(!is_told(&told, &done, &[]));
}

#[test]
fn only_pieces_of_the_place_are_offered_also_those_of_which_little_is_known() {
    let piece = |label: &str, places: Vec<FlowPlace>, metadata: &str| PieceSummary {
        name: format!("piece-{label}"),
        version: "1.0.0".into(),
        label: label.into(),
        description: "What it is for".into(),
        places,
        metadata: metadata.into(),
    };
    let pieces = [
        piece("Web", vec![FlowPlace::Here], "not JSON"),
        piece("Elsewhere", vec![FlowPlace::Server], ""),
        piece("agenda", vec![FlowPlace::Here, FlowPlace::Server], ""),
    ];
    let here = offers(&pieces, FlowPlace::Here);
    assert_eq!(here.iter().map(|offer| offer.title.as_str()).collect::<Vec<_>>(), ["agenda", "Web"]);
    assert_eq!(here[1].about, "What it is for");
    assert!(here[1].actions.is_empty());
}

fn step(name: &str, status: RunStatus, took_ms: u64) -> RunStep {
    RunStep {
        name: name.into(),
        within: Vec::new(),
        status,
        began_at: None,
        took_ms: Some(took_ms),
        attempts: 1,
        input: String::new(),
        output: String::new(),
        cut: false,
        error: None,
        warnings: Vec::new(),
    }
}

fn run(steps: Vec<RunStep>) -> RunView {
    RunView {
        run: RunSummary {
            id: RunId(1),
            flow: FlowId(1),
            name: "Test".into(),
            place: FlowPlace::Here,
            status: RunStatus::Running,
            test: true,
            rehearsal: false,
            cause: String::new(),
            began_at: Timestamp::UNIX_EPOCH,
            ended_at: None,
            failed_step: None,
            failure: None,
            waits: None,
        },
        document: String::new(),
        steps,
    }
}

#[test]
fn a_step_in_a_loop_tells_of_its_worst_iteration_and_how_often_it_ran() {
    let steps = [(RunStatus::Succeeded, 40), (RunStatus::Failed, 60), (RunStatus::Succeeded, 1_900)];
    let told = steps_of(&run(steps.map(|(status, took)| step("step_1", status, took)).into()));
    assert_eq!(told["step_1"].state, RunState::Failed);
    assert_eq!(told["step_1"].note, "3×, 2.0 s");
    assert_eq!(told["trigger"].state, RunState::Succeeded);
    assert_eq!(steps_of(&run(Vec::new())).len(), 0);
}

#[test]
fn every_status_has_its_look() {
    for status in RunStatus::ALL {
        let told = steps_of(&run(vec![step("step_1", *status, 5)]));
        let failed = told["step_1"].state == RunState::Failed;
        let well = matches!(
            status,
            RunStatus::Queued | RunStatus::Running | RunStatus::Paused | RunStatus::Succeeded | RunStatus::Canceled
        );
        assert_eq!(failed, !well, "{status:?}");
    }
}

#[test]
fn a_sample_counts_when_it_is_the_chosen_one() {
    let sample = |step: &str, chosen| Sample {
        step: step.into(),
        name: String::new(),
        value: "1".into(),
        at: Timestamp::UNIX_EPOCH,
        chosen,
    };
    let tested = tested(&[sample("step_1", true), sample("step_2", false)]);
    assert!(tested.contains("step_1") && !tested.contains("step_2"));
}

#[test]
fn times_are_short() {
    let said = [0, 182, 999, 1_000, 3_460, 59_999, 60_000, 150_000].map(duration);
    assert_eq!(said, ["0 ms", "182 ms", "999 ms", "1.0 s", "3.4 s", "59.9 s", "1 min", "2 min"]);
}
