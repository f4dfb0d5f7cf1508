//! Automations that are paused as a whole begin nothing by themselves, and go on with what happened meanwhile.

use contract::commands::{ListRuns, PauseAutomations, RunFlow, ShowAutomations, ShowRun};
use contract::{FlowId, RunStatus, RunSummary};
use flow::Step;
use jiff::SignedDuration;
use serde_json::json;

use super::{Studio, by_hand, flow, piece, says};

async fn runs(studio: &Studio, flow: FlowId) -> Vec<RunSummary> {
    let all = ListRuns { flow: Some(flow), statuses: Vec::new(), tests: false, before: None, limit: None };
    studio.does(all).await.runs
}

#[tokio::test]
async fn the_time_starts_nothing_while_all_are_paused_and_one_run_makes_up_for_it() {
    let studio = Studio::open().await;
    let hourly = piece("@activepieces/piece-schedule", "0.1.17", "every_hour", json!({ "run_on_weekends": true }));
    let draft = studio.draft(&flow("Hourly", hourly, vec![says("step_1", "Another hour")])).await;
    let id = draft.flow.id;
    studio.publishes(&draft).await;
    assert!(!studio.does(ShowAutomations {}).await.paused);
    assert!(studio.does(PauseAutomations { paused: true }).await.paused);
    studio.time.passes(SignedDuration::from_hours(5));
    let studio = studio.restarts().await;
    assert!(studio.does(ShowAutomations {}).await.paused, "a restart does not let them go on");

    // What is begun by hand runs, and shows that the app was not merely slow.
    let by_hand = studio.draft(&flow("By hand", by_hand(), vec![says("step_1", "By hand")])).await;
    studio.publishes(&by_hand).await;
    let run = studio.does(RunFlow { id: by_hand.flow.id, payload: None }).await;
    assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded);
    assert!(runs(&studio, id).await.is_empty(), "it was started while all were paused");

    studio.does(PauseAutomations { paused: false }).await;
    makes_up_for_it(&studio, id).await;
}

#[tokio::test]
async fn a_start_in_safe_mode_holds_everything_that_would_go_on_or_begin_by_itself() {
    let studio = Studio::open().await;
    let hourly = piece("@activepieces/piece-schedule", "0.1.17", "every_hour", json!({ "run_on_weekends": true }));
    let hourly = studio.draft(&flow("Hourly", hourly, vec![says("step_1", "Another hour")])).await;
    let input = json!({ "unit": "hours", "delayFor": 1 });
    let waits = Step::piece("step_1", "Wait", piece("@activepieces/piece-delay", "0.3.27", "delayFor", input));
    let patient = studio.draft(&flow("Patient", by_hand(), vec![waits, says("step_2", "At last")])).await;
    for draft in [&hourly, &patient] {
        studio.publishes(draft).await;
    }
    let waiting = studio.does(RunFlow { id: patient.flow.id, payload: None }).await.id;
    studio.run_is(waiting, |run| run.run.status == RunStatus::Paused).await;
    studio.time.passes(SignedDuration::from_hours(5));

    let studio = studio.restarts_as(engine::Options::held).await;
    assert!(!studio.does(ShowAutomations {}).await.paused, "nobody paused them");
    let quick = studio.draft(&flow("By hand", by_hand(), vec![says("step_1", "By hand")])).await;
    studio.publishes(&quick).await;
    let run = studio.does(RunFlow { id: quick.flow.id, payload: None }).await;
    assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded, "what is begun by hand runs");
    assert_eq!(studio.does(ShowRun { id: waiting }).await.run.status, RunStatus::Paused, "it went on by itself");
    assert!(runs(&studio, hourly.flow.id).await.is_empty(), "it began by itself");

    let studio = studio.restarts().await;
    assert_eq!(studio.ended(waiting).await.run.status, RunStatus::Succeeded);
    makes_up_for_it(&studio, hourly.flow.id).await;
}

/// One run for all the times that passed.
async fn makes_up_for_it(studio: &Studio, id: FlowId) {
    let mut ear = Box::pin(studio.engine.attach(None, studio.caller.workspace));
    let begun = async {
        loop {
            if let Some(run) = runs(studio, id).await.first() {
                return run.id;
            }
            futures::StreamExt::next(&mut ear).await;
        }
    };
    let begun = tokio::time::timeout(std::time::Duration::from_secs(60), begun).await.expect("nothing made up for it");
    studio.ended(begun).await;
    assert_eq!(runs(studio, id).await.len(), 1);
}
