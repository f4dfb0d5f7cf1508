use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::kit::{Kit, act, flow, handling, output};
use crate::{Answer, Clock, Delivery, Event, Failure, RunId, RunStatus, Standing, Wait, What};

#[tokio::test]
async fn a_delay_lets_the_run_sleep_until_its_instant() {
    let kit = Kit::new();
    let flow = flow(vec![act("a", "wait", json!({ "at": "2026-11-21T10:00:00Z" })), act("b", "pure", json!({}))]);
    let mut run = kit.begin(&flow, json!({})).await;
    let at = "2026-11-21T10:00:00Z".parse().unwrap();
    assert_eq!(kit.advance(&mut run).await, Standing::Sleeps(at));
    assert_eq!((run.status(), run.steps()["a"]["status"].as_str()), (RunStatus::Paused, Some("PAUSED")));
    assert_eq!(kit.advance(&mut run).await, Standing::Sleeps(at), "it is still early");
    kit.clock.set(at);
    assert_eq!(kit.advance(&mut run).await, Standing::Ended(RunStatus::Succeeded));
    assert_eq!(output(&run, "a"), json!({ "success": true }));
    assert_eq!(run.steps()["a"]["input"]["at"], "2026-11-21T10:00:00Z", "the input is kept over the wait");
}

#[tokio::test]
async fn an_approval_waits_for_a_person_over_restarts() {
    for is_approved in [true, false] {
        let kit = Kit::new();
        let ask = act("a", "approve", json!({ "question": "Send it?" }));
        let steps = vec![ask, act("b", "pure", json!({ "said": "{{a['output']['approved']}}" }))];
        let flow = flow(steps);
        let mut run = kit.begin(&flow, json!({})).await;
        let wait = Wait::Approval { question: "Send it?".into() };
        assert_eq!(kit.advance(&mut run).await, Standing::Waits(Some(wait)));
        assert_eq!(output(&run, "a"), json!({ "approved": true }), "as a server shows it while it waits");
        let mut run = kit.runner.open("run-1".into(), super::kit::program(&flow)).await.unwrap();
        assert!(kit.runner.approve(&mut run, is_approved).await.unwrap());
        assert!(!kit.runner.approve(&mut run, true).await.unwrap(), "nobody answers twice");
        assert_eq!(kit.advance(&mut run).await, Standing::Ended(RunStatus::Succeeded));
        assert_eq!(output(&run, "b")["input"]["said"], json!(is_approved));
    }
}

#[tokio::test]
async fn another_flow_is_waited_for_and_its_failure_is_the_step_s() {
    let other = RunId::from("child");
    for (outcome, status) in
        [(Ok(json!({ "data": 1 })), RunStatus::Succeeded), (Err(Failure::new("no")), RunStatus::Failed)]
    {
        let kit = Kit::new();
        let mut run = kit.begin(&flow(vec![act("a", "flow", json!({ "run": "child" }))]), json!({})).await;
        assert_eq!(kit.advance(&mut run).await, Standing::Waits(Some(Wait::Flow { run: other.clone() })));
        kit.others.0.lock().unwrap().insert(other.clone(), outcome);
        assert_eq!(kit.advance(&mut run).await, Standing::Ended(status));
    }
}

#[tokio::test]
async fn an_answer_to_who_started_the_run_is_there_before_it_ends() {
    let kit = Kit::new();
    let steps = vec![act("a", "respond", json!({ "body": { "ok": 1 } })), act("b", "approve", json!({}))];
    let run = kit.run(&flow(steps), json!({})).await;
    assert_eq!(run.status(), RunStatus::Paused);
    assert_eq!(run.response().unwrap().body, json!({ "ok": 1 }));
}

/// Writes down what it is told.
#[derive(Default)]
struct Ear(std::sync::Mutex<Vec<String>>);

impl crate::Watch for Ear {
    fn happened(&self, run: &crate::Run, event: &Event) {
        self.0.lock().unwrap().push(format!("{} {}", event.what.word(), run.events()));
    }

    fn begins(&self, _: &crate::Run, task: &crate::Task) {
        self.0.lock().unwrap().push(format!("{} begins", task.step));
    }
}

#[tokio::test]
async fn whoever_watches_is_told_of_each_step_and_of_each_event_once_it_is_kept() {
    let mut kit = Kit::new();
    let ear = std::sync::Arc::new(Ear::default());
    kit.runner.watch = Some(ear.clone());
    kit.run(&flow(vec![act("a", "keyed", json!({})), act("b", "pure", json!({}))]), json!({})).await;
    let told = ear.0.lock().unwrap().clone();
    let end = "an end of a step";
    let expected = ["a beginning 1", "a begins", "a start 2", &format!("{end} 3"), "b begins", &format!("{end} 4")];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_run_that_waits_for_a_further_call_has_answered_the_first() {
    let (kit, _) = super::desk::plain();
    let input = json!({ "responseType": "json", "fields": { "body": { "next": true } } });
    let action = "return_response_and_wait_for_next_webhook";
    let mut run = super::desk::one(&kit, "@activepieces/piece-webhook", action, input).await;
    assert_eq!((run.status(), &run.response().unwrap().body), (RunStatus::Paused, &json!({ "next": true })));
    assert_eq!(kit.advance(&mut run).await, Standing::Waits(Some(Wait::Webhook)));
    assert!(kit.runner.resume(&mut run, Ok(json!({ "body": 1 }))).await.unwrap());
    assert_eq!(kit.advance(&mut run).await, Standing::Ended(RunStatus::Succeeded));
    assert_eq!(output(&run, "a"), json!({ "body": 1 }));
}

#[tokio::test]
async fn a_run_can_be_cancelled_wherever_it_is_and_only_once() {
    let kit = Kit::new();
    let mut run = kit.run(&flow(vec![act("a", "approve", json!({}))]), json!({})).await;
    assert!(kit.runner.cancel(&mut run).await.unwrap());
    assert_eq!(run.status(), RunStatus::Canceled);
    assert!(!kit.runner.cancel(&mut run).await.unwrap());
    assert!(!kit.runner.resume(&mut run, Ok(Value::Null)).await.unwrap());
    assert_eq!(kit.advance(&mut run).await, Standing::Ended(RunStatus::Canceled));
}

#[tokio::test]
async fn a_step_that_hangs_is_let_go_of_when_the_runner_stops() {
    let kit = Kit::new();
    let flow = flow(vec![act("a", "hang", json!({}))]);
    let mut run = kit.begin(&flow, json!({})).await;
    let stop = CancellationToken::new();
    let (standing, ()) = tokio::join!(kit.runner.advance(&mut run, &stop), async { stop.cancel() });
    assert_eq!(standing.unwrap(), Standing::Stopped);
    assert_eq!(run.status(), RunStatus::Running, "it goes on from here later");
}

#[tokio::test]
async fn a_lost_answer_asks_a_person_and_is_never_repeated_on_a_guess() {
    for answer in [Answer::Happened(json!({ "by": "hand" })), Answer::TryAgain] {
        let kit = Kit::new();
        let flow =
            flow(vec![handling(act("a", "doubt", json!({ "to": "ada" })), true, true), act("b", "pure", json!({}))]);
        let mut run = kit.begin(&flow, json!({})).await;
        assert_eq!(kit.advance(&mut run).await, Standing::Waits(None));
        assert_eq!(run.doubt().unwrap().message, "The answer was lost.");
        let mut run = kit.runner.open("run-1".into(), super::kit::program(&flow)).await.unwrap();
        assert_eq!(kit.advance(&mut run).await, Standing::Waits(None));
        assert_eq!(kit.world.calls.lock().unwrap().len(), 1);
        assert!(kit.runner.answer(&mut run, answer.clone()).await.unwrap());
        assert!(!kit.runner.answer(&mut run, answer.clone()).await.unwrap());
        let standing = kit.advance(&mut run).await;
        match answer {
            Answer::Happened(output) => {
                assert_eq!(standing, Standing::Ended(RunStatus::Succeeded));
                assert_eq!(super::kit::output(&run, "a"), output);
                assert_eq!(run.steps()["a"]["input"], json!({ "to": "ada" }), "what it was given is kept");
            }
            Answer::TryAgain => assert_eq!(standing, Standing::Waits(None), "its answer is lost again"),
        }
    }
}

#[tokio::test]
async fn events_that_do_not_fit_are_refused_and_change_nothing() {
    let kit = Kit::new();
    let mut run = kit.run(&flow(vec![act("a", "approve", json!({})), act("b", "once", json!({}))]), json!({})).await;
    let before = Value::from(run.steps());
    let started = |step: &str| What::Started {
        step: step.into(),
        attempt: 1,
        delivery: Delivery::Once,
        input: json!({ "to": "Ada" }),
    };
    let unfit = [
        started("a"),
        started("b"),
        What::Retried,
        What::Decided { step: "a".into(), met: vec![true], trace: crate::Trace::default() },
        What::Answered { step: "a".into(), answer: Answer::TryAgain },
        What::Doubted { step: "a".into(), failure: Failure::new("x"), trace: crate::Trace::default() },
        What::Ended { status: RunStatus::Running, reason: String::new() },
    ];
    for what in unfit {
        let event = Event { at: kit.clock.now(), what };
        assert!(run.apply(&event).is_err(), "{event:?}");
        assert_eq!(Value::from(run.steps()), before);
    }
}

#[tokio::test]
async fn a_journal_is_read_with_the_flow_that_wrote_it_and_no_other() {
    let kit = Kit::new();
    let mine = flow(vec![act("a", "approve", json!({}))]);
    kit.run(&mine, json!({})).await;
    let other = super::kit::program(&flow(vec![act("a", "approve", json!({ "x": 1 }))]));
    let error = kit.runner.open("run-1".into(), other).await.unwrap_err();
    assert!(error.to_string().contains("changed since this run began"));
    assert!(kit.runner.open("run-9".into(), super::kit::program(&mine)).await.is_err());
    let start = crate::Start { payload: json!("other"), ..crate::Start::default() };
    let same = kit.runner.begin("run-1".into(), super::kit::program(&mine), start).await.unwrap();
    assert_eq!(same.status(), RunStatus::Paused, "beginning twice is beginning once");
}
