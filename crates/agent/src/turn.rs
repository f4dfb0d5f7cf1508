//! A conversation as a machine that performs no input or output: it decides what happens next, and a driver does it.
//!
//! It knows no model, no tool, no clock and no store. Its laws, which hold after every event: a call gets exactly one result,
//! in the order of the calls; a call that needs approval does not run without it, and what runs is what was approved; text
//! that was interrupted is kept, and says so; an answer to what an earlier turn asked for changes nothing; what exclusive
//! calls do is not done beside anything else.

mod task;
#[cfg(test)]
mod tests;
mod words;

use std::collections::VecDeque;
use std::mem;

use contract::TurnStage;

pub use words::{
    Answer, Budget, Call, CallId, CallStanding, Decision, Effect, Event, Item, Open, Outcome, Reason, Requirement,
    Saying, Sealed, Seen, Terms, TurnId,
};

use task::{Stage as TaskStage, Task};

#[derive(Debug)]
enum Stage {
    Idle,
    Hearing(Heard),
    Working(Vec<Task>),
}

/// What came of a reply so far.
#[derive(Debug, Default)]
struct Heard {
    text: String,
    calls: Vec<(Call, Terms)>,
    sealed: Option<Sealed>,
}

/// What a turn is told that was waiting for the model when the app ended.
const ASKED: &str = "The app was closed before the answer was complete. Ask again to go on.";

/// One conversation.
#[derive(Debug)]
pub struct Conversation {
    turn: TurnId,
    stage: Stage,
    next_call: i64,
    queue: VecDeque<Saying>,
    budget: Budget,
    spent: Spent,
}

/// What the turn has used.
#[derive(Debug, Default)]
struct Spent {
    steps: u32,
    tokens: u64,
    money: u64,
    done: Vec<(String, String)>,
}

impl Conversation {
    /// A conversation that nothing has been said in.
    #[must_use]
    pub fn new(budget: Budget) -> Self {
        Self {
            turn: TurnId::default(),
            stage: Stage::Idle,
            next_call: 0,
            queue: VecDeque::new(),
            budget,
            spent: Spent::default(),
        }
    }

    /// A conversation as it was when the app ended: what waited for a person waits again, and whatever else was under way
    /// counts as cancelled, since nobody knows how far it came. `thinking` says that the model was being asked.
    #[must_use]
    pub fn resumed(
        budget: Budget,
        turn: TurnId,
        next_call: i64,
        open: Vec<Open>,
        thinking: bool,
    ) -> (Self, Vec<Effect>) {
        let mut conversation = Self { turn, next_call, ..Self::new(budget) };
        let mut effects = Vec::new();
        if open.is_empty() {
            if thinking {
                conversation.stage = Stage::Hearing(Heard::default());
                conversation.end(Reason::Broke(ASKED.into()), ASKED, &mut effects);
            }
            return (conversation, effects);
        }
        let tasks: Vec<Task> = open.into_iter().map(|open| Task::reopened(open, turn, &mut effects)).collect();
        let waits = tasks.iter().any(|task| task.stage == TaskStage::Asked);
        conversation.stage = Stage::Working(tasks);
        // Without a card there is nobody who knows that it would go on.
        if !waits {
            conversation.end(Reason::Broke(task::CLOSED.into()), task::CLOSED, &mut effects);
        }
        (conversation, effects)
    }

    /// The calls of the reply that is being worked on, in order, each with how it ended if it has.
    pub fn calls(&self) -> impl Iterator<Item = CallStanding<'_>> {
        let tasks = match &self.stage {
            Stage::Idle | Stage::Hearing(_) => &[][..],
            Stage::Working(tasks) => tasks.as_slice(),
        };
        tasks.iter().map(|task| CallStanding {
            call: &task.call,
            exclusive: task.exclusive,
            state: task.state(),
            outcome: task.outcome(),
        })
    }

    /// What it is doing. It waits when a person must decide and nothing else is under way.
    #[must_use]
    pub fn stage(&self) -> TurnStage {
        match &self.stage {
            Stage::Idle => TurnStage::Idle,
            Stage::Hearing(_) => TurnStage::Thinking,
            Stage::Working(tasks) => {
                let any = |stage: &TaskStage| tasks.iter().any(|task| task.stage == *stage);
                if any(&TaskStage::Asked) && !any(&TaskStage::Running) {
                    TurnStage::Waiting
                } else {
                    TurnStage::Working
                }
            }
        }
    }

    /// What one turn may use.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The turn that is under way, or was last.
    #[must_use]
    pub fn turn(&self) -> TurnId {
        self.turn
    }

    /// True when nothing is under way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.stage, Stage::Idle)
    }

    /// What waits its turn, oldest first.
    pub fn queued(&self) -> impl Iterator<Item = &str> {
        self.queue.iter().map(|saying| saying.text.as_str())
    }

    /// Takes an event in, and tells what follows from it.
    #[must_use]
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Said(saying) => match self.stage {
                Stage::Idle => self.begin(saying, &mut effects),
                Stage::Hearing(_) | Stage::Working(_) => self.queue.push_back(saying),
            },
            Event::Stopped => {
                let queued: Vec<String> = mem::take(&mut self.queue).into_iter().map(|saying| saying.text).collect();
                if !queued.is_empty() {
                    effects.push(Effect::GiveBack(queued));
                }
                if !self.is_idle() {
                    self.end(Reason::Stopped, "The person stopped it.", &mut effects);
                }
            }
            Event::Answer(turn, _) if turn != self.turn => {}
            Event::Answer(_, answer) => self.hear(answer, &mut effects),
        }
        effects
    }

    fn begin(&mut self, Saying { text, seeing }: Saying, effects: &mut Vec<Effect>) {
        self.turn = TurnId(self.turn.0 + 1);
        self.spent = Spent::default();
        effects.push(Effect::Keep(Item::Said { text, seeing }));
        self.ask(effects);
    }

    fn ask(&mut self, effects: &mut Vec<Effect>) {
        let over = self.over_budget();
        if let Some(reason) = over {
            self.end(reason, "The turn was over.", effects);
            return;
        }
        self.spent.steps += 1;
        self.stage = Stage::Hearing(Heard::default());
        effects.push(Effect::Ask(self.turn));
    }

    fn over_budget(&self) -> Option<Reason> {
        let (spent, budget) = (&self.spent, &self.budget);
        if spent.steps >= budget.steps {
            Some(Reason::Steps(budget.steps))
        } else if spent.tokens >= budget.tokens {
            Some(Reason::Tokens(budget.tokens))
        } else if spent.money >= budget.money {
            Some(Reason::Money(budget.money))
        } else {
            None
        }
    }

    fn hear(&mut self, answer: Answer, effects: &mut Vec<Effect>) {
        match (&mut self.stage, answer) {
            (Stage::Hearing(heard), Answer::Text(more)) => {
                heard.text.push_str(&more);
                effects.push(Effect::Tell(self.turn, more));
            }
            (Stage::Hearing(heard), Answer::Called(tool, input, terms)) => {
                let id = CallId(self.next_call);
                self.next_call += 1;
                heard.calls.push((Call { id, tool, input }, terms));
            }
            (Stage::Hearing(heard), Answer::Sealed(sealed)) => heard.sealed = Some(sealed),
            (Stage::Hearing(_) | Stage::Working(_), Answer::Used { tokens_in, tokens_out, cost }) => {
                self.spent.tokens = self.spent.tokens.saturating_add(tokens_in).saturating_add(tokens_out);
                self.spent.money = self.spent.money.saturating_add(cost.unwrap_or(0));
            }
            (Stage::Hearing(heard), Answer::Ended) => {
                let heard = mem::take(heard);
                self.work(heard, effects);
            }
            (Stage::Hearing(_), Answer::Broke(why)) => {
                self.end(Reason::Broke(why), "The reply broke off before it was complete.", effects);
            }
            (Stage::Working(tasks), Answer::Decided(id, seen, decision)) => {
                if let Some(task) = tasks.iter_mut().find(|task| task.call.id == id) {
                    task.decide(&seen, decision);
                }
                self.advance(effects);
            }
            (Stage::Working(tasks), Answer::Returned(id, outcome)) => {
                if let Some(task) = tasks.iter_mut().find(|task| task.call.id == id) {
                    task.settle(outcome);
                }
                self.advance(effects);
            }
            (Stage::Working(tasks), Answer::Failed(id, why)) => {
                if let Some(task) = tasks.iter_mut().find(|task| task.call.id == id)
                    && task.settle(Outcome::Failed(why.clone()))
                {
                    self.end(Reason::Broke(why), "The turn could not go on.", effects);
                }
            }
            (Stage::Hearing(_) | Stage::Working(_), Answer::TimeIsUp) => {
                self.end(Reason::Time(self.budget.time.as_secs()), "The turn's time was over.", effects);
            }
            // Who answers is for the driver to note.
            (Stage::Idle | Stage::Hearing(_) | Stage::Working(_), Answer::From(_)) => {}
            // An answer to an effect that this stage never made: a fault of the driver, which must not harm the record.
            (
                Stage::Idle,
                Answer::Text(_)
                | Answer::Called(..)
                | Answer::Sealed(_)
                | Answer::Used { .. }
                | Answer::Ended
                | Answer::Broke(_)
                | Answer::Decided(..)
                | Answer::Returned(..)
                | Answer::Failed(..)
                | Answer::TimeIsUp,
            )
            | (Stage::Hearing(_), Answer::Decided(..) | Answer::Returned(..) | Answer::Failed(..))
            | (
                Stage::Working(_),
                Answer::Text(_) | Answer::Called(..) | Answer::Sealed(_) | Answer::Ended | Answer::Broke(_),
            ) => {}
        }
    }

    /// The reply is complete: its calls are carried out, or shown; without calls it is the answer.
    fn work(&mut self, Heard { text, calls, sealed }: Heard, effects: &mut Vec<Effect>) {
        let said = calls.iter().map(|(call, _)| call.clone()).collect();
        effects.push(Effect::Keep(Item::Answered { text, calls: said, cut_short: false, sealed }));
        if calls.is_empty() {
            self.settle(effects);
            return;
        }
        if let Some((call, _)) = calls.iter().find(|(call, _)| self.spent.times(call) >= self.budget.repeats) {
            let reason = Reason::Repeats(call.tool.clone());
            self.stage = Stage::Working(calls.into_iter().map(|(call, terms)| Task::of(call, terms)).collect());
            self.end(reason, "The same call had been made too often.", effects);
            return;
        }
        self.spent.done.extend(calls.iter().map(|(call, _)| (call.tool.clone(), call.input.clone())));
        let tasks: Vec<Task> = calls.into_iter().map(|(call, terms)| Task::of(call, terms)).collect();
        let asked = tasks.iter().filter(|task| task.stage == TaskStage::Asked);
        effects.extend(asked.map(|task| Effect::Approve(self.turn, task.call.clone())));
        self.stage = Stage::Working(tasks);
        self.advance(effects);
    }

    /// Starts what can start; goes back to the model once every call of this reply has ended.
    fn advance(&mut self, effects: &mut Vec<Effect>) {
        let Stage::Working(tasks) = &mut self.stage else { return };
        for call in task::start(tasks) {
            effects.push(Effect::Run(self.turn, call));
        }
        if tasks.iter().all(|task| matches!(task.stage, TaskStage::Settled(_))) {
            let tasks = mem::take(tasks);
            task::record(tasks, "", effects);
            self.ask(effects);
        }
    }

    /// Ends the turn before its answer: what was said so far is kept, and no call is left without a result.
    fn end(&mut self, reason: Reason, cancelled: &str, effects: &mut Vec<Effect>) {
        match mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Idle => {}
            // What the model wants back belongs to a reply that it completed.
            Stage::Hearing(Heard { text, calls, sealed: _ }) => {
                if !text.is_empty() || !calls.is_empty() {
                    let said = calls.iter().map(|(call, _)| call.clone()).collect();
                    effects.push(Effect::Keep(Item::Answered { text, calls: said, cut_short: true, sealed: None }));
                }
                task::record(
                    calls.into_iter().map(|(call, terms)| Task::of(call, terms)).collect(),
                    cancelled,
                    effects,
                );
            }
            Stage::Working(tasks) => task::record(tasks, cancelled, effects),
        }
        effects.push(Effect::Keep(Item::Ended { reason }));
        effects.push(Effect::Abandon(self.turn));
        self.settle(effects);
    }

    fn settle(&mut self, effects: &mut Vec<Effect>) {
        self.stage = Stage::Idle;
        effects.push(Effect::Settle(self.turn));
        // Whatever is still under way for this turn answers to a number that is no longer current.
        self.turn = TurnId(self.turn.0 + 1);
        if let Some(next) = self.queue.pop_front() {
            self.begin(next, effects);
        }
    }
}

impl Spent {
    /// How often this very call was carried out in the turn.
    fn times(&self, call: &Call) -> u32 {
        let same = self.done.iter().filter(|(tool, input)| *tool == call.tool && *input == call.input);
        u32::try_from(same.count()).unwrap_or(u32::MAX)
    }
}
