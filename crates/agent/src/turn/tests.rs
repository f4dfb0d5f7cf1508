#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Small numbers from a seed, always the same ones.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// Looks at effects alone, and says when a law is broken.
#[derive(Default)]
struct Watch {
    /// Calls of the reply that have no result yet, in order.
    open: Vec<CallId>,
    /// What each call's terms are, and the input it may run with.
    terms: BTreeMap<CallId, (Terms, String)>,
    approved: BTreeSet<CallId>,
    running: BTreeSet<CallId>,
    ran: BTreeSet<CallId>,
    /// What the model said since it was asked.
    told: String,
    /// Everything the person said that is neither in the record, nor waiting, nor given back.
    said: Vec<String>,
    settled: u64,
}

impl Watch {
    fn sees(&mut self, effects: &[Effect], made: &[Call]) {
        for effect in effects {
            match effect {
                Effect::Keep(Item::Said { text, .. }) => {
                    assert!(self.open.is_empty(), "the person came between a call and its result");
                    let at = self.said.iter().position(|said| said == text).expect("nobody said that");
                    self.said.remove(at);
                    self.told.clear();
                }
                Effect::Keep(Item::Answered { text, calls, .. }) => {
                    assert!(self.open.is_empty(), "the model spoke again before every call was answered");
                    assert_eq!(*text, self.told, "what was told is not what is kept");
                    assert_eq!(calls, made, "the record holds other calls than the model made");
                    self.open = calls.iter().map(|call| call.id).collect();
                    self.told.clear();
                }
                Effect::Keep(Item::Result { call, outcome }) => {
                    assert_eq!(self.open.first(), Some(call), "a result without a call, twice, or out of order");
                    self.open.remove(0);
                    let invalid = matches!(self.terms[call].0.requirement, Requirement::Invalid(_));
                    match outcome {
                        Outcome::Returned(_) => assert!(self.ran.contains(call), "a result of what never ran"),
                        Outcome::Failed(_) => assert!(invalid || self.ran.contains(call), "it failed and never ran"),
                        Outcome::Denied(_) | Outcome::Cancelled(_) => {}
                    }
                    self.running.remove(call);
                }
                Effect::Keep(Item::Ended { .. }) => {
                    assert!(self.open.is_empty(), "the turn ended with a call unanswered")
                }
                Effect::Ask(_) => {
                    assert!(self.open.is_empty() && self.running.is_empty(), "the model was asked too early");
                    self.told.clear();
                }
                Effect::Approve(_, call) => {
                    assert_eq!(self.terms[&call.id].0.requirement, Requirement::Ask);
                }
                Effect::Run(_, call) => {
                    let (terms, input) = &self.terms[&call.id];
                    assert_eq!(call.input, *input, "what runs is not what was approved");
                    match terms.requirement {
                        Requirement::Run => {}
                        Requirement::Ask => assert!(self.approved.contains(&call.id), "it ran unapproved"),
                        Requirement::Forbid(_) | Requirement::Invalid(_) => panic!("what is forbidden ran"),
                    }
                    assert!(self.ran.insert(call.id), "it ran twice");
                    let beside = self.running.iter().map(|id| self.terms[id].0.exclusive);
                    let beside: Vec<bool> = beside.collect();
                    assert!(if terms.exclusive { beside.is_empty() } else { !beside.contains(&true) }, "not alone");
                    self.running.insert(call.id);
                }
                Effect::Tell(_, text) => self.told.push_str(text),
                Effect::GiveBack(texts) => {
                    for text in texts {
                        let at = self.said.iter().position(|said| said == text).expect("nobody said that");
                        self.said.remove(at);
                    }
                }
                Effect::Abandon(_) => self.running.clear(),
                Effect::Settle(_) => {
                    self.settled += 1;
                    assert!(self.open.is_empty() && self.running.is_empty(), "a turn ended in the middle");
                }
            }
        }
    }
}

/// What the test believes of the calls that the model is making, until the reply is complete.
fn calls_of(conversation: &Conversation) -> Vec<Call> {
    match &conversation.stage {
        Stage::Hearing(heard) => heard.calls.iter().map(|(call, _)| call.clone()).collect(),
        Stage::Idle | Stage::Working(_) => Vec::new(),
    }
}

fn some_call(conversation: &Conversation, dice: &mut Dice) -> (CallId, String) {
    match &conversation.stage {
        Stage::Working(tasks) if !tasks.is_empty() && dice.below(8) > 0 => {
            let task = &tasks[dice.below(tasks.len() as u64) as usize];
            (task.call.id, task.call.input.clone())
        }
        Stage::Idle | Stage::Hearing { .. } | Stage::Working(_) => {
            (CallId(dice.below(conversation.next_call as u64 + 2) as i64), "{}".into())
        }
    }
}

fn event(conversation: &Conversation, watch: &mut Watch, dice: &mut Dice) -> Event {
    let turn = TurnId((conversation.turn.0 - i64::from(dice.below(7) == 0)).max(0));
    let answer = match dice.below(18) {
        0 => {
            let text = format!("said {}", dice.below(1_000_000));
            watch.said.push(text.clone());
            return Event::Said(text.as_str().into());
        }
        1 if dice.below(3) == 0 => return Event::Stopped,
        1 | 2 => Answer::Text(format!("t{} ", dice.below(100))),
        3..=6 => {
            let requirement = match dice.below(5) {
                0 => Requirement::Run,
                1 | 2 => Requirement::Ask,
                3 => Requirement::Invalid("no such day".into()),
                _ => Requirement::Forbid("no".into()),
            };
            let terms = Terms { requirement, exclusive: dice.below(2) == 0 };
            Answer::Called("tool".into(), format!("{{\"n\":{}}}", dice.below(4)), terms)
        }
        7 | 8 => Answer::Ended,
        9 if dice.below(4) == 0 => Answer::Broke("the line broke".into()),
        9 => Answer::Used { tokens_in: dice.below(4000), tokens_out: 0, cost: Some(dice.below(10_000)) },
        10..=12 => {
            let (id, mut seen) = some_call(conversation, dice);
            if dice.below(5) == 0 {
                seen.push(' ');
            }
            let decision = match dice.below(4) {
                0 => Decision::Deny { why: "not now".into() },
                1 => Decision::AllowEdited { input: "{\"edited\":true}".into() },
                _ => Decision::Allow,
            };
            Answer::Decided(id, seen, decision)
        }
        13 if dice.below(6) == 0 => Answer::Failed(some_call(conversation, dice).0, "the disk is full".into()),
        14 if dice.below(12) == 0 => Answer::TimeIsUp,
        _ => Answer::Returned(some_call(conversation, dice).0, Outcome::Returned("done".into())),
    };
    Event::Answer(turn, answer)
}

#[test]
fn any_order_of_events_keeps_every_law() {
    let (mut settled, mut ran, mut approved) = (0, 0, 0);
    for seed in 1..8_000_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let budget = Budget { steps: 6, tokens: 30_000, money: 60_000, repeats: 2, ..Budget::default() };
        let (mut conversation, mut watch) = (Conversation::new(budget), Watch::default());
        for _ in 0..60 {
            let event = event(&conversation, &mut watch, &mut dice);
            let stale = matches!(event, Event::Answer(turn, _) if turn != conversation.turn);
            let made = calls_of(&conversation);
            if let (Event::Answer(_, Answer::Decided(id, seen, decision)), Stage::Working(tasks), false) =
                (&event, &conversation.stage, stale)
                && tasks.iter().any(|t| t.call.id == *id && t.call.input == *seen && t.stage == TaskStage::Asked)
            {
                match decision {
                    Decision::Allow => drop(watch.approved.insert(*id)),
                    Decision::AllowEdited { input } => {
                        watch.approved.insert(*id);
                        watch.terms.get_mut(id).unwrap().1 = input.clone();
                    }
                    Decision::Deny { .. } => {}
                }
            }
            if let (Event::Answer(_, Answer::Returned(id, _) | Answer::Failed(id, _)), false) = (&event, stale) {
                watch.running.remove(id);
            }
            if let (Event::Answer(_, Answer::Called(_, input, terms)), false, Stage::Hearing { .. }) =
                (&event, stale, &conversation.stage)
            {
                watch.terms.insert(CallId(conversation.next_call), (terms.clone(), input.clone()));
            }
            let effects = conversation.handle(event);
            assert!(!stale || effects.is_empty(), "seed {seed}: an answer to an earlier turn was heard");
            watch.sees(&effects, &made);
            let waiting: Vec<&str> = conversation.queued().collect();
            assert_eq!(watch.said, waiting, "seed {seed}: something that was said is lost");
            assert!(
                watch.open.is_empty() || matches!(conversation.stage, Stage::Working(_)),
                "seed {seed}: a call is without a result"
            );
        }
        let made = calls_of(&conversation);
        watch.sees(&conversation.handle(Event::Stopped), &made);
        assert!(watch.open.is_empty() && watch.said.is_empty() && conversation.is_idle(), "seed {seed}");
        settled += watch.settled;
        ran += watch.ran.len();
        approved += watch.approved.len();
    }
    // The test would be empty if it never came far.
    assert!(settled > 10_000 && ran > 5_000 && approved > 2_000, "{settled} turns, {ran} calls, {approved} approvals");
}

fn asks(exclusive: bool) -> Terms {
    Terms { requirement: Requirement::Ask, exclusive }
}

fn runs(exclusive: bool) -> Terms {
    Terms { requirement: Requirement::Run, exclusive }
}

/// A conversation whose model has made these calls.
fn working(calls: &[(&str, Terms)]) -> (Conversation, Vec<Effect>) {
    let mut conversation = Conversation::new(Budget::default());
    let _ = conversation.handle(Event::Said("do it".into()));
    for (tool, terms) in calls {
        let called = Answer::Called((*tool).into(), "{}".into(), terms.clone());
        let _ = conversation.handle(Event::Answer(conversation.turn(), called));
    }
    let effects = conversation.handle(Event::Answer(conversation.turn(), Answer::Ended));
    (conversation, effects)
}

fn started(effects: &[Effect]) -> Vec<i64> {
    let ids = effects.iter().filter_map(|effect| match effect {
        Effect::Run(_, call) => Some(call.id.0),
        Effect::Keep(_)
        | Effect::Ask(_)
        | Effect::Approve(..)
        | Effect::Abandon(_)
        | Effect::Settle(_)
        | Effect::Tell(..)
        | Effect::GiveBack(_) => None,
    });
    ids.collect()
}

fn returns(conversation: &mut Conversation, call: i64) -> Vec<Effect> {
    let answer = Answer::Returned(CallId(call), Outcome::Returned("done".into()));
    conversation.handle(Event::Answer(conversation.turn(), answer))
}

#[test]
fn reads_run_beside_each_other_and_writes_alone_and_in_order() {
    let calls = [("a", runs(false)), ("b", runs(false)), ("c", runs(true)), ("d", runs(true)), ("e", runs(false))];
    let (mut conversation, effects) = working(&calls);
    assert_eq!(started(&effects), [0, 1]);
    assert_eq!(started(&returns(&mut conversation, 1)), [0; 0]);
    assert_eq!(started(&returns(&mut conversation, 0)), [2]);
    assert_eq!(started(&returns(&mut conversation, 2)), [3]);
    assert_eq!(started(&returns(&mut conversation, 3)), [4]);
    assert!(returns(&mut conversation, 4).iter().any(|effect| matches!(effect, Effect::Ask(_))));
}

#[test]
fn a_decision_counts_only_for_the_input_that_was_seen_and_only_once() {
    let (mut conversation, effects) = working(&[("write", asks(true))]);
    assert!(started(&effects).is_empty());
    let decided = |seen: &str, decision| Answer::Decided(CallId(0), seen.into(), decision);
    for (seen, decision, runs) in [
        ("{\"other\":1}", Decision::Allow, false),
        ("{}", Decision::AllowEdited { input: "{\"day\":2}".into() }, true),
        ("{}", Decision::Allow, false),
        ("{\"day\":2}", Decision::Allow, false),
    ] {
        let effects = conversation.handle(Event::Answer(conversation.turn(), decided(seen, decision)));
        assert_eq!(started(&effects).len(), usize::from(runs), "{seen}");
        if runs {
            assert!(matches!(&effects[..], [Effect::Run(_, call)] if call.input == "{\"day\":2}"));
        }
    }
}

#[test]
fn what_was_being_said_is_kept_when_the_turn_is_stopped() {
    let mut conversation = Conversation::new(Budget::default());
    let _ = conversation.handle(Event::Said("tell me".into()));
    let turn = conversation.turn();
    let _ = conversation.handle(Event::Answer(turn, Answer::Text("Half a sen".into())));
    let effects = conversation.handle(Event::Stopped);
    let kept = Item::Answered { text: "Half a sen".into(), calls: vec![], cut_short: true, sealed: None };
    assert_eq!(effects[0], Effect::Keep(kept));
    assert_eq!(effects[1], Effect::Keep(Item::Ended { reason: Reason::Stopped }));
    assert!(conversation.handle(Event::Answer(turn, Answer::Text("tence".into()))).is_empty());
}

#[test]
fn what_a_model_sealed_is_kept_with_its_whole_reply_and_with_no_other() {
    let mut conversation = Conversation::new(Budget::default());
    let sealed = Sealed { by: "somebody".into(), data: "opaque".into() };
    let mut kept = |ending: Event, seals: bool| {
        let _ = conversation.handle(Event::Said("go".into()));
        let turn = conversation.turn();
        let _ = conversation.handle(Event::Answer(turn, Answer::Text("Well".into())));
        if seals {
            let _ = conversation.handle(Event::Answer(turn, Answer::Sealed(sealed.clone())));
        }
        let ending = match ending {
            Event::Answer(_, answer) => Event::Answer(turn, answer),
            Event::Said(_) | Event::Stopped => ending,
        };
        match conversation.handle(ending).into_iter().next() {
            Some(Effect::Keep(Item::Answered { sealed, .. })) => sealed,
            other => panic!("{other:?}"),
        }
    };
    let ended = || Event::Answer(TurnId(0), Answer::Ended);
    assert_eq!(kept(ended(), true), Some(sealed.clone()));
    assert_eq!(kept(ended(), false), None, "it belongs to the reply before");
    assert_eq!(kept(Event::Stopped, true), None, "of half a reply nothing comes back");
    assert_eq!(kept(Event::Answer(TurnId(0), Answer::Broke("It broke.".into())), true), None);
}

#[test]
fn what_is_said_meanwhile_waits_its_turn_and_comes_back_when_the_turn_is_stopped() {
    let (mut conversation, _) = working(&[("write", asks(true))]);
    assert!(conversation.handle(Event::Said("and then this".into())).is_empty());
    let deny = Answer::Decided(CallId(0), "{}".into(), Decision::Deny { why: String::new() });
    let _ = conversation.handle(Event::Answer(conversation.turn(), deny));
    let effects = conversation.handle(Event::Answer(conversation.turn(), Answer::Ended));
    assert!(
        effects.contains(&Effect::Keep(Item::Said { text: "and then this".into(), seeing: vec![] })),
        "{effects:?}"
    );
    let _ = conversation.handle(Event::Said("never mind".into()));
    let effects = conversation.handle(Event::Stopped);
    assert_eq!(effects[0], Effect::GiveBack(vec!["never mind".into()]));
}

#[test]
fn every_budget_ends_the_turn_and_says_which() {
    let ended = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Keep(Item::Ended { reason }) => Some(reason.clone()),
            Effect::Keep(Item::Said { .. } | Item::Answered { .. } | Item::Result { .. })
            | Effect::Ask(_)
            | Effect::Approve(..)
            | Effect::Run(..)
            | Effect::Abandon(_)
            | Effect::Settle(_)
            | Effect::Tell(..)
            | Effect::GiveBack(_) => None,
        })
    };
    let turn_of = |budget: Budget, used: (u64, u64)| {
        let mut conversation = Conversation::new(budget);
        let mut effects = conversation.handle(Event::Said("go on and on".into()));
        for step in 0..40 {
            if ended(&effects).is_some() {
                break;
            }
            let turn = conversation.turn();
            let _ = conversation
                .handle(Event::Answer(turn, Answer::Used { tokens_in: used.0, tokens_out: 0, cost: Some(used.1) }));
            let input = format!("{{\"step\":{step}}}");
            let _ = conversation.handle(Event::Answer(turn, Answer::Called("look".into(), input, runs(false))));
            let _ = conversation.handle(Event::Answer(turn, Answer::Ended));
            effects = returns(&mut conversation, step);
        }
        ended(&effects).unwrap()
    };
    assert_eq!(turn_of(Budget { steps: 4, ..Budget::default() }, (1, 1)), Reason::Steps(4));
    assert_eq!(turn_of(Budget { tokens: 500, ..Budget::default() }, (200, 1)), Reason::Tokens(500));
    assert_eq!(turn_of(Budget { money: 500, ..Budget::default() }, (1, 200)), Reason::Money(500));

    let mut conversation = Conversation::new(Budget::default());
    let _ = conversation.handle(Event::Said("again".into()));
    let mut last = Vec::new();
    for call in 0..4 {
        let turn = conversation.turn();
        let called = Answer::Called("look".into(), "{}".into(), runs(false));
        let _ = conversation.handle(Event::Answer(turn, called));
        last = conversation.handle(Event::Answer(turn, Answer::Ended));
        if ended(&last).is_some() {
            assert_eq!(call, 3, "three times is allowed");
            break;
        }
        let _ = returns(&mut conversation, call);
    }
    assert_eq!(ended(&last), Some(Reason::Repeats("look".into())));

    let (mut conversation, _) = working(&[("write", runs(true))]);
    let effects = conversation.handle(Event::Answer(conversation.turn(), Answer::TimeIsUp));
    assert_eq!(ended(&effects), Some(Reason::Time(Budget::default().time.as_secs())));
}

#[test]
fn a_card_that_waited_waits_again_after_a_restart_and_nothing_else_runs() {
    let call = |id: i64| Call { id: CallId(id), tool: "write".into(), input: "{}".into() };
    let open = vec![
        Open { call: call(4), exclusive: false, waiting: false, outcome: Some(Outcome::Returned("read".into())) },
        Open { call: call(5), exclusive: true, waiting: true, outcome: None },
        Open { call: call(6), exclusive: true, waiting: false, outcome: None },
    ];
    let (mut conversation, effects) = Conversation::resumed(Budget::default(), TurnId(3), 7, open, true);
    assert_eq!(effects, [Effect::Approve(TurnId(3), call(5))]);
    let allow = Answer::Decided(CallId(5), "{}".into(), Decision::Allow);
    assert_eq!(started(&conversation.handle(Event::Answer(TurnId(3), allow))), [5]);
    let effects = returns(&mut conversation, 5);
    let results: Vec<&Effect> =
        effects.iter().filter(|effect| matches!(effect, Effect::Keep(Item::Result { .. }))).collect();
    assert!(
        matches!(
            results[..],
            [
                Effect::Keep(Item::Result { outcome: Outcome::Returned(_), .. }),
                Effect::Keep(Item::Result { outcome: Outcome::Returned(_), .. }),
                Effect::Keep(Item::Result { outcome: Outcome::Cancelled(_), .. }),
            ]
        ),
        "{results:?}"
    );
}

#[test]
fn what_was_under_way_when_the_app_ended_is_cancelled_and_nobody_is_asked_to_go_on() {
    let call = Call { id: CallId(1), tool: "write".into(), input: "{}".into() };
    let open = vec![Open { call, exclusive: true, waiting: false, outcome: None }];
    let (conversation, effects) = Conversation::resumed(Budget::default(), TurnId(3), 7, open, true);
    assert!(conversation.is_idle());
    let result = Item::Result { call: CallId(1), outcome: Outcome::Cancelled(task::CLOSED.into()) };
    assert_eq!(effects[0], Effect::Keep(result));
    assert!(matches!(&effects[1], Effect::Keep(Item::Ended { reason: Reason::Broke(_) })));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Ask(_) | Effect::Run(..))));
}

#[test]
fn a_fault_of_the_app_stops_the_turn_and_leaves_no_call_unanswered() {
    let (mut conversation, _) = working(&[("a", runs(false)), ("b", asks(true))]);
    let effects =
        conversation.handle(Event::Answer(conversation.turn(), Answer::Failed(CallId(0), "disk full".into())));
    assert!(effects.contains(&Effect::Keep(Item::Ended { reason: Reason::Broke("disk full".into()) })), "{effects:?}");
    assert!(effects.contains(&Effect::Abandon(TurnId(1))) && conversation.is_idle());
}
