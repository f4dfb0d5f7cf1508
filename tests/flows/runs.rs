//! What is published runs: by what happened, by hand, by the time; and does what it was allowed, once.

use contract::commands::{
    AnswerRun, CheckFlow, ListFlows, ListRuns, PublishFlow, RehearseFlow, RetryRun, RunFlow, ShowFlow, SwitchFlow,
    TestFlow, UpdateTodo,
};
use contract::{Code, FlowState, RunAnswer, RunList, RunStatus};
use flow::Step;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Studio, by_hand, flow, piece, says};

fn listing(flow: Option<contract::FlowId>, tests: bool) -> ListRuns {
    ListRuns { flow, statuses: Vec::new(), tests, before: None, limit: None }
}

/// The first run of a flow, once there is one.
pub(super) async fn first_run(studio: &Studio, id: contract::FlowId) -> contract::RunId {
    let mut ear = Box::pin(studio.engine.attach(None, studio.caller.workspace));
    loop {
        if let Some(run) = studio.does(listing(Some(id), false)).await.runs.first() {
            return run.id;
        }
        let heard = futures::StreamExt::next(&mut ear);
        tokio::time::timeout(std::time::Duration::from_secs(20), heard).await.expect("no run began");
    }
}

fn overdue() -> flow::Flow {
    let starts = piece("@pmos/piece-basecamp", "0.1.0", "item_overdue", json!({ "items": ["Todo"] }));
    flow("Overdue to Slack", starts, vec![says("step_1", "*{{trigger['output']['title']}}* is late.")])
}

#[tokio::test]
async fn a_to_do_that_becomes_overdue_is_told_in_slack_once() {
    let studio = Studio::open().await;
    let draft = studio.draft(&overdue()).await;
    let published = studio.publishes(&draft).await;
    assert_eq!((published.flow.state, published.flow.changed), (FlowState::On, false));

    let todo = studio.todos().await.into_iter().find(|row| !row.id.is_local()).unwrap();
    let late = UpdateTodo {
        due_on: Some(Some("2026-11-02".parse().unwrap())),
        ..serde_json::from_value(json!({ "id": todo.id })).unwrap()
    };
    studio.does(late).await;
    let run = studio.ended(first_run(&studio, draft.flow.id).await).await;
    assert_eq!(run.run.status, RunStatus::Succeeded, "{run:#?}");
    let said = format!("*{}* is late.", todo.title);
    assert_eq!(studio.posts().await[0].text, said);
    assert_eq!(studio.posts().await[0].to, "delivery");
    let step = run.steps.iter().find(|step| step.name == "step_1").unwrap();
    assert!(step.input.contains(&todo.title) && !step.input.contains("xoxb"), "{}", step.input);

    // What else is said of the same day starts nothing more, and neither does a start of the app.
    let studio = studio.restarts().await;
    let runs: RunList = studio.does(listing(Some(draft.flow.id), false)).await;
    assert_eq!(runs.runs.len(), 1, "what was late before it was published starts nothing");
    assert_eq!(runs.counts, [(RunStatus::Succeeded, 1)]);
}

#[tokio::test]
async fn what_is_published_is_allowed_first_and_does_no_more() {
    let studio = Studio::open().await;
    let draft = studio.draft(&flow("By hand", by_hand(), vec![says("step_1", "Hello")])).await;
    let check = studio.does(CheckFlow { id: draft.flow.id, pending: false }).await;
    let needs: Vec<_> = check.needs.iter().map(|need| (need.words.as_str(), need.granted)).collect();
    assert_eq!(needs, [("Slack: Send Message To A Channel, as “Sample Slack”", false)]);

    let unasked = PublishFlow { id: draft.flow.id, revision: draft.revision, allow: Vec::new() };
    let fault = studio.tries(unasked).await.unwrap_err();
    assert_eq!((fault.code, fault.field.as_deref()), (Code::Invalid, Some("allow")));
    assert!(fault.message.contains("Slack: Send Message To A Channel"), "{}", fault.message);
    let before = studio.posts().await.len();
    let fault = studio.tries(RunFlow { id: draft.flow.id, payload: None }).await.unwrap_err();
    assert!(fault.message.contains("Publish it first"), "{}", fault.message);

    studio.publishes(&draft).await;
    let run = studio.does(RunFlow { id: draft.flow.id, payload: None }).await;
    assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded);
    assert_eq!(studio.posts().await.len(), before + 1);

    studio.does(SwitchFlow { id: draft.flow.id, on: false }).await;
    let fault = studio.tries(RunFlow { id: draft.flow.id, payload: None }).await.unwrap_err();
    assert!(fault.message.contains("switched off"), "{}", fault.message);
}

#[tokio::test]
async fn a_rehearsal_sends_nothing_and_a_test_does() {
    let studio = Studio::open().await;
    let wait = Step::piece(
        "step_1",
        "Wait a day",
        piece("@activepieces/piece-delay", "0.3.27", "delayFor", json!({ "unit": "days", "delayFor": 1 })),
    );
    let code = Step::code("step_2", "Count", "export const code = async (inputs) => 6 * 7;");
    let steps = vec![wait, code, says("step_3", "It is {{step_2['output']}}")];
    let draft = studio.draft(&flow("Counts", by_hand(), steps)).await;
    let before = studio.posts().await.len();
    let run = studio.does(RehearseFlow { id: draft.flow.id, pending: false, payload: None }).await;
    let run = studio.ended(run.id).await;
    assert_eq!((run.run.status, run.run.rehearsal, run.run.test), (RunStatus::Succeeded, true, true), "{run:#?}");
    assert_eq!(run.steps.iter().find(|step| step.name == "step_2").unwrap().output, "42");
    assert!(run.steps.iter().find(|step| step.name == "step_3").unwrap().input.contains("It is 42"));
    assert_eq!(studio.posts().await.len(), before, "a rehearsal reached Slack");
    assert!(studio.does(ShowFlow { id: draft.flow.id, known: None }).await.samples.is_empty());

    let quick = flow("Counts", by_hand(), vec![says("step_1", "For real")]);
    let draft = studio.draft(&quick).await;
    let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
    assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded);
    assert_eq!(studio.posts().await[0].text, "For real");
    let samples = studio.does(ShowFlow { id: draft.flow.id, known: None }).await.samples;
    assert_eq!(samples.iter().map(|sample| sample.step.as_str()).collect::<Vec<_>>(), ["step_1"]);
    assert!(studio.does(listing(Some(draft.flow.id), false)).await.runs.is_empty(), "tests are told apart");
}

#[tokio::test]
async fn a_person_says_yes_or_no_and_a_start_of_the_app_forgets_no_question() {
    for (answer, said) in [(RunAnswer::Approve, true), (RunAnswer::Reject, false)] {
        let studio = Studio::open().await;
        let asks = Step::piece(
            "step_1",
            "Ask",
            piece("@activepieces/piece-approval", "0.1.19", "wait_for_approval", json!({})),
        );
        let draft = studio
            .draft(&flow("Asks", by_hand(), vec![asks, says("step_2", "{{step_1['output']['approved']}}")]))
            .await;
        studio.publishes(&draft).await;
        let run = studio.does(RunFlow { id: draft.flow.id, payload: None }).await;
        let waiting = studio.run_is(run.id, |run| run.run.waits.is_some()).await;
        assert_eq!(waiting.run.status, RunStatus::Paused);
        assert_eq!(waiting.run.waits.unwrap().answers, [RunAnswer::Approve, RunAnswer::Reject]);

        let studio = studio.restarts().await;
        studio.run_is(run.id, |run| run.run.waits.is_some()).await;
        let fault = studio.tries(AnswerRun { id: run.id, answer: RunAnswer::TryAgain }).await.unwrap_err();
        assert!(fault.message.contains("does not wait"), "{}", fault.message);
        studio.does(AnswerRun { id: run.id, answer }).await;
        assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded);
        assert_eq!(studio.posts().await[0].text, said.to_string());
    }
}

#[tokio::test]
async fn a_run_that_failed_goes_on_from_there() {
    let studio = Studio::open().await;
    let fails = Step::code("step_1", "Break", "export const code = async () => { throw new Error('out of paper'); };");
    let draft = studio.draft(&flow("Breaks", by_hand(), vec![fails, says("step_2", "Never")])).await;
    studio.publishes(&draft).await;
    let run = studio.does(RunFlow { id: draft.flow.id, payload: None }).await;
    let run = studio.ended(run.id).await;
    assert_eq!((run.run.status, run.run.failed_step.as_deref()), (RunStatus::Failed, Some("Break")));
    assert!(run.run.failure.as_deref().unwrap().contains("out of paper"), "{run:#?}");
    assert!(run.steps.iter().any(|step| step.error.is_some()));
    studio.does(RetryRun { id: run.run.id, latest: false }).await;
    let again = studio
        .run_is(run.run.id, |again| again.run.status.is_ended() && again.steps.iter().any(|step| step.attempts > 1))
        .await;
    assert_eq!(again.run.status, RunStatus::Failed);
    let latest = studio.does(RetryRun { id: run.run.id, latest: true }).await;
    assert_ne!(latest.id, run.run.id);
    assert_eq!(studio.ended(latest.id).await.run.status, RunStatus::Failed);
}

#[tokio::test]
async fn the_time_starts_what_is_on_and_a_missed_start_is_made_up_for_once() {
    let studio = Studio::open().await;
    let hourly = piece("@activepieces/piece-schedule", "0.1.17", "every_hour", json!({ "run_on_weekends": true }));
    let draft = studio.draft(&flow("Hourly", hourly, vec![says("step_1", "Another hour")])).await;
    studio.publishes(&draft).await;
    studio.time.passes(SignedDuration::from_hours(5));
    let studio = studio.restarts().await;
    let run = studio.ended(first_run(&studio, draft.flow.id).await).await;
    assert_eq!(run.run.status, RunStatus::Succeeded);
    let note = run.steps[0].warnings.join(" ");
    assert!(note.contains("Catches up once"), "{note}");
    assert_eq!(studio.does(listing(Some(draft.flow.id), false)).await.runs.len(), 1);
}

#[tokio::test]
async fn the_sample_workspace_has_automations_with_a_past() {
    let studio = Studio::open().await;
    let flows = studio.does(ListFlows {}).await;
    assert_eq!(flows.len(), 3);
    for flow in &flows {
        assert_eq!((flow.state, flow.problems), (FlowState::On, 0), "{flow:#?}");
        let check = studio.does(CheckFlow { id: flow.id, pending: false }).await;
        assert_eq!(check.errors, 0, "{}: {}", flow.name, check.findings);
    }
    let runs = studio.does(listing(None, false)).await;
    let failed = runs.counts.iter().find(|(status, _)| *status == RunStatus::Failed).unwrap().1;
    let well = runs.counts.iter().find(|(status, _)| *status == RunStatus::Succeeded).unwrap().1;
    assert!((2..=12).contains(&failed) && well > 3 * failed, "{:?}", runs.counts);
    assert!(runs.days.iter().filter(|(ended, _)| *ended > 0).count() >= 8, "{:?}", runs.days);
    assert!(studio.posts().await.is_empty(), "the past was sent anew");
    let studio = studio.restarts().await;
    assert_eq!(studio.does(ListFlows {}).await.len(), 3);
    let value: Value =
        serde_json::from_str(&studio.does(CheckFlow { id: flows[0].id, pending: false }).await.findings).unwrap();
    assert!(value.is_array());
}
