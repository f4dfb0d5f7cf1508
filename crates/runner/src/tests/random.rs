//! Random flows with random failures, and a crash at every event and in every effect: nothing happens twice, nothing is
//! lost, and what comes out is what comes out without a crash.

use std::collections::BTreeMap;
use std::sync::Arc;

use flow::{Branch, Condition, Execution, Flow, Kind, Operator, Router, Slot, Step};
use serde_json::{Value, json};

use super::kit::{Crash, Dice, Kit, WORLD, act, flow, handling, program};
use crate::{Answer, Key, Run, RunStatus, Standing, StepStatus};

/// A random flow of about so many steps.
fn any_flow(dice: &mut Dice, size: usize) -> Flow {
    let (mut count, mut steps) = (0, Vec::new());
    while count < size {
        steps.extend(any_chain(dice, size, 0, &mut count));
    }
    flow(steps)
}

fn any_chain(dice: &mut Dice, size: usize, level: usize, count: &mut usize) -> Vec<Step> {
    let mut chain = Vec::new();
    for _ in 0..=dice.roll(3) {
        if *count < size {
            *count += 1;
            chain.push(any_step(dice, size, level, count));
        }
    }
    chain
}

fn any_step(dice: &mut Dice, size: usize, level: usize, count: &mut usize) -> Step {
    let name = format!("s{count}");
    let before = format!("{{{{s{}.output.step}}}}", count.saturating_sub(1));
    let mut inner = |dice: &mut Dice| -> flow::Chain {
        if level < 3 && dice.roll(2) == 0 { any_chain(dice, size, level + 1, count).into() } else { flow::Chain::new() }
    };
    let mut step = match dice.roll(8) {
        0 => {
            let mut step = Step::loop_on(&name, "L", format!("{{{{trigger.output.lists[{}]}}}}", dice.roll(3)));
            *step.chain_mut(Slot::Body).unwrap() = inner(dice);
            step
        }
        1 | 2 => {
            let operators =
                [Operator::Exists, Operator::DoesNotExist, Operator::TextContains, Operator::TextStartsWith];
            let mut branches: Vec<Branch> = (0..=dice.roll(3))
                .map(|n| {
                    let operator = operators[dice.roll(4)];
                    let mut branch = Branch::when(n.to_string(), vec![vec![Condition::new(&before, operator, "s1")]]);
                    branch.chain = inner(dice);
                    branch
                })
                .collect();
            let mut otherwise = Branch::fallback("Otherwise");
            otherwise.chain = inner(dice);
            branches.push(otherwise);
            let execution = [Execution::FirstMatch, Execution::AllMatches][dice.roll(2)];
            Step::new(&name, "R", Kind::Router(Router { execution: Some(execution), branches }))
        }
        _ => {
            let action = ["pure", "keyed", "once", "keyed", "once"][dice.roll(5)];
            let step = act(&name, action, json!({ "before": before, "n": dice.roll(100) }));
            let mut step = handling(step, dice.roll(2) == 0, dice.roll(2) == 0);
            *step.chain_mut(Slot::OnSuccess).unwrap() = inner(dice);
            *step.chain_mut(Slot::OnFailure).unwrap() = inner(dice);
            step
        }
    };
    step.skip = (dice.roll(12) == 0).then_some(true);
    step
}

fn payload() -> Value {
    json!({ "lists": [[], ["x"], ["x", "y"]] })
}

/// Whether an attempt fails, the same at every time that it is asked.
fn fails(seed: u64, key: &str, attempt: u32) -> bool {
    let mut dice = Dice(seed ^ u64::from_str_radix(&key[..15], 16).unwrap() ^ u64::from(attempt) << 7);
    dice.roll(7);
    dice.roll(4) == 0
}

/// Looks at the run after each event.
struct Sound;

impl crate::Watch for Sound {
    fn happened(&self, run: &Run, _: &crate::Event) {
        run.check_sound();
    }

    fn begins(&self, _: &Run, _: &crate::Task) {}
}

fn kit(seed: u64) -> Kit {
    let mut kit = Kit::new();
    kit.runner.watch = Some(Arc::new(Sound));
    *kit.world.fails.lock().unwrap() = Some(Box::new(move |key, attempt| fails(seed, key, attempt)));
    kit
}

/// Goes on until the run has ended: over crashes, pauses and doubts, which are answered by looking at the world.
async fn live_through(kit: &Kit, flow: &Flow) -> Run {
    let program = program(flow);
    for _ in 0..10_000 {
        kit.journal.restart();
        let start = crate::Start { payload: payload(), ..crate::Start::default() };
        let Ok(mut run) = kit.runner.begin("run-1".into(), program.clone(), start).await else { continue };
        match kit.try_advance(&mut run).await {
            Err(_) => {}
            Ok(Standing::Ended(_)) => {
                let read = kit.runner.open("run-1".into(), program).await.unwrap();
                assert_eq!(format!("{read:?}"), format!("{run:?}"), "what is read back is what was lived through");
                return run;
            }
            Ok(Standing::Sleeps(until)) => kit.clock.set(until),
            Ok(Standing::Waits(None)) => {
                let happened = kit.world.effects.lock().unwrap().contains_key(run.key().as_str());
                let answer = match happened {
                    true => Answer::Happened(would_bring(&run)),
                    false => Answer::TryAgain,
                };
                let _ = kit.runner.answer(&mut run, answer).await;
            }
            Ok(standing) => panic!("{standing:?}"),
        }
    }
    panic!("the run does not end");
}

/// What a person who looks at the world sees that the step brought: here, what it always brings.
fn would_bring(run: &Run) -> Value {
    let name = run.at().unwrap();
    let mut input = run.program().step(name).unwrap().input().unwrap().clone();
    let before = input["before"].as_str().unwrap().trim_matches(['{', '}']).to_owned();
    let before = before.strip_suffix(".output.step").unwrap();
    let seen = run.known(before).filter(|record| record.status == StepStatus::Succeeded);
    let seen = seen.and_then(|record| match record.output.as_ref()? {
        crate::Kept::Whole(value) => value.get("step").cloned(),
        crate::Kept::Cut { .. } => None,
    });
    input.insert("before".to_owned(), seen.unwrap_or_else(|| json!("")));
    json!({ "step": name, "input": input })
}

/// What a run came to, without what differs from time to time.
fn result(run: &Run) -> (RunStatus, Value, Option<String>) {
    let mut steps = Value::from(run.steps());
    plain(&mut steps);
    (run.status(), steps, run.failed().map(|failed| failed.name.clone()))
}

/// An input that a person answered for is not known, and how long things took is not the matter.
fn plain(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("duration");
            if members.contains_key("type") && members.contains_key("status") {
                members.remove("input");
            }
            members.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

/// Every effect that the records tell of happened once, and no other did.
fn check_effects(kit: &Kit, run: &Run, what: &str) {
    let mut told = BTreeMap::new();
    for recorded in run.records() {
        let step = run.program().step(recorded.step).unwrap();
        let call = step.call().filter(|call| call.piece == WORLD && call.operation != "pure");
        if call.is_some() && recorded.record.status == StepStatus::Succeeded {
            let key = Key::of(run.id(), recorded.step, &recorded.iterations);
            assert!(told.insert(key.as_str().to_owned(), 1).is_none(), "{what}: two steps with one key");
        }
    }
    assert_eq!(*kit.world.effects.lock().unwrap(), told, "{what}");
}

#[tokio::test]
async fn a_crash_at_any_event_or_in_any_effect_changes_nothing() {
    let (mut crashes, mut effects, mut ended) = (0, 0, BTreeMap::new());
    for seed in 0..60 {
        let flow = any_flow(&mut Dice(seed), 50);
        let whole = kit(seed);
        let run = live_through(&whole, &flow).await;
        let expected = result(&run);
        check_effects(&whole, &run, &format!("seed {seed}"));
        *ended.entry(format!("{:?}", run.status())).or_insert(0) += 1;
        effects += whole.world.effects.lock().unwrap().len();
        let events = *whole.journal.appended.lock().unwrap();
        for n in 0..events {
            for crash in [Crash::Before(n), Crash::After(n)] {
                let kit = kit(seed);
                *kit.journal.crash.lock().unwrap() = Some(crash);
                let run = live_through(&kit, &flow).await;
                let what = format!("seed {seed}, {crash:?}");
                check_effects(&kit, &run, &what);
                assert_eq!(result(&run), expected, "{what}");
                crashes += 1;
            }
        }
    }
    assert!(crashes > 600 && effects > 90 && ended.len() > 1, "{crashes} crashes, {effects} effects, {ended:?}");
}

#[tokio::test]
async fn a_crash_before_or_after_an_effect_within_the_call_changes_nothing() {
    for seed in 0..40 {
        let flow = any_flow(&mut Dice(seed), 50);
        let whole = kit(seed);
        let expected = result(&live_through(&whole, &flow).await);
        let calls = whole.world.calls.lock().unwrap().len();
        for nth in 0..calls {
            for side in [false, true] {
                let kit = kit(seed);
                let (journal, seen) = (kit.journal.clone(), Arc::new(std::sync::Mutex::new(0)));
                *kit.world.meanwhile.lock().unwrap() = Some(Box::new(move |_, is_done| {
                    let mut seen = seen.lock().unwrap();
                    if is_done == side {
                        if *seen == nth {
                            *journal.is_down.lock().unwrap() = true;
                        }
                        *seen += 1;
                    }
                }));
                let run = live_through(&kit, &flow).await;
                let what = format!("seed {seed}, call {nth}, after the effect: {side}");
                check_effects(&kit, &run, &what);
                assert_eq!(result(&run), expected, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn many_crashes_in_one_run_change_nothing() {
    for seed in 100..130 {
        let flow = any_flow(&mut Dice(seed), 40);
        let whole = kit(seed);
        let expected = result(&live_through(&whole, &flow).await);
        let kit = kit(seed);
        let journal = kit.journal.clone();
        let dice = std::sync::Mutex::new(Dice(seed));
        *kit.world.meanwhile.lock().unwrap() = Some(Box::new(move |_, _| {
            if dice.lock().unwrap().roll(3) == 0 {
                *journal.is_down.lock().unwrap() = true;
            }
        }));
        let run = live_through(&kit, &flow).await;
        check_effects(&kit, &run, &format!("seed {seed}"));
        assert_eq!(result(&run), expected, "seed {seed}");
    }
}
