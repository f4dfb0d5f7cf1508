//! Drives a conversation: does what the machine decides, and tells it what came of it.
//!
//! It knows no rule, no tool and no store. What a step caused is kept before any of it is done, so that whatever happened is in
//! the record, and a crash in between has done nothing that nobody knows of.

mod hearing;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use contract::{Call, CallId, CallState, Decision, Item, MemoryId, Outcome, TurnId, TurnStage};
use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::model::{Model, Request};
use crate::turn::{Answer, Budget, Conversation, Effect, Event, Open, Saying, Terms};

/// Pieces of text that come within one frame are told together.
const FRAME: Duration = Duration::from_millis(16);

/// What a driver works with. Whoever composes the app brings it.
pub trait Host: Send + Sync + 'static {
    /// Keeps what one event caused, all or nothing.
    ///
    /// # Errors
    /// A sentence for the person when it could not be kept; nothing of it is done then.
    fn keep(&self, step: Step) -> BoxFuture<'_, Result<(), String>>;
    /// The model of this conversation, and what it is asked.
    ///
    /// # Errors
    /// A sentence for the person: there is no such model, or the record cannot be read.
    fn ask(&self, turn: TurnId) -> BoxFuture<'_, Result<Asked, String>>;
    /// Whether a call may run. Called once for each call that the model makes, in their order.
    fn terms<'a>(&'a self, turn: TurnId, tool: &'a str, input: &'a str) -> BoxFuture<'a, Terms>;
    /// Notes that the reply rests on these memories.
    fn recalled(&self, turn: TurnId, memories: Vec<MemoryId>) -> BoxFuture<'_, ()>;
    /// Carries a call out. Dropping the future abandons it.
    fn run(&self, turn: TurnId, call: Call) -> BoxFuture<'_, Ran>;
    /// What a reply cost, in millionths of a dollar; `None` where the price is not known.
    fn cost(&self, model: &str, tokens_in: u64, tokens_out: u64) -> Option<u64>;
    /// Shows something at once.
    fn tell(&self, told: Told);
}

/// Who is asked, and what.
#[derive(Debug)]
pub struct Asked {
    /// The model.
    pub model: Arc<dyn Model>,
    /// What it is asked.
    pub request: Request,
}

/// What one event caused, to be kept together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The turn.
    pub turn: TurnId,
    /// New lines of the record.
    pub items: Vec<Item>,
    /// How the calls of the reply stand that is being worked on.
    pub calls: Vec<StepCall>,
    /// What the conversation does next.
    pub stage: TurnStage,
    /// What was said and waits its turn.
    pub queued: Vec<String>,
    /// What the turn used so far.
    pub used: Used,
}

/// How a call stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCall {
    /// The call, with the input that it runs with.
    pub call: Call,
    /// It changes something.
    pub exclusive: bool,
    /// Where it stands.
    pub state: CallState,
    /// How it ended, once it has.
    pub outcome: Option<Outcome>,
}

/// What a turn used so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Used {
    /// The model that answered last; empty before one did.
    pub model: String,
    /// How often it was asked.
    pub steps: u32,
    /// Tokens of the requests.
    pub tokens_in: u64,
    /// Tokens of the replies.
    pub tokens_out: u64,
    /// Millionths of a dollar; `None` once a price was not known.
    pub cost: Option<u64>,
}

/// What came of carrying a call out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ran {
    /// It ended; the model is told how.
    Ended(Outcome),
    /// A part of the app failed: the turn cannot go on. What happened and what to do.
    Stop(String),
}

/// What is shown at once, and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The model said a piece more.
    Text {
        /// How many bytes of this reply were told before.
        at: u64,
        /// The piece.
        text: String,
    },
    /// The turn was stopped, and these were waiting their turn.
    GivenBack(Vec<String>),
    /// What happened could not be kept, and the conversation stands still. What to do.
    Broken(String),
}

/// What a driver is told by the person.
#[derive(Debug)]
pub enum Order {
    /// They said something.
    Say(Saying),
    /// They stopped the turn.
    Stop,
    /// They decided calls, having seen these inputs.
    Decide(Vec<(CallId, String, Decision)>),
}

/// An order, and who waits for its being kept.
#[derive(Debug)]
pub struct Letter {
    /// The order.
    pub order: Order,
    /// Told once what the order caused is in the record, or why it could not be kept.
    pub kept: oneshot::Sender<Result<(), String>>,
}

/// Where a conversation stood when the app ended.
#[derive(Debug, Clone, Default)]
pub struct Left {
    /// The last turn.
    pub turn: TurnId,
    /// The next call's number.
    pub next_call: i64,
    /// The calls of the last reply, when it was being worked on.
    pub open: Vec<Open>,
    /// The model was being asked.
    pub thinking: bool,
}

/// Starts driving a conversation from where it stood. It goes on until the sender is dropped, or `Host::keep` fails; what is
/// under way is abandoned then. What was said or decided before that is in the record.
pub async fn drive<H: Host>(host: Arc<H>, budget: Budget, left: Left, mut letters: mpsc::Receiver<Letter>) {
    let (conversation, effects) = Conversation::resumed(budget, left.turn, left.next_call, left.open, left.thinking);
    let mut driver = Driver::new(host, conversation);
    if let Err(why) = driver.act(effects).await {
        driver.host.tell(Told::Broken(why));
        return;
    }
    loop {
        let (text_due, time_up) = (driver.text_due, driver.time_up());
        let (next, kept) = tokio::select! {
            // What the person says comes first: a stop is heard even while a model floods.
            biased;
            letter = letters.recv() => match letter {
                Some(Letter { order, kept }) => (Next::Order(order), Some(kept)),
                None => return,
            },
            answer = driver.answers.recv() => match answer {
                Some((turn, answer)) => (Next::Answer(turn, answer), None),
                None => return,
            },
            Some(done) = driver.tools.join_next(), if !driver.tools.is_empty() => match done {
                Ok((turn, answer)) => (Next::Answer(turn, answer), None),
                // Abandoned.
                Err(_) => continue,
            },
            () = sleep_until(text_due), if !driver.text.is_empty() => (Next::Frame, None),
            () = sleep_until(time_up), if driver.since.is_some() => (Next::TimeIsUp, None),
        };
        let outcome = driver.step(next).await;
        if let Some(kept) = kept {
            // Whoever gave the order may no longer wait.
            let _ = kept.send(outcome.clone());
        }
        if let Err(why) = outcome {
            driver.host.tell(Told::Broken(why));
            return;
        }
    }
}

enum Next {
    Order(Order),
    Answer(TurnId, Answer),
    Frame,
    TimeIsUp,
}

struct Driver<H> {
    host: Arc<H>,
    conversation: Conversation,
    used: Used,
    /// Where the model's stream and the tools put what came of them.
    inbox: mpsc::Sender<(TurnId, Answer)>,
    answers: mpsc::Receiver<(TurnId, Answer)>,
    /// The model that is being heard; dropping it ends the request.
    hearing: JoinSet<()>,
    tools: JoinSet<(TurnId, Answer)>,
    /// Text that was not told yet, how much of the reply was, and when it must be.
    text: String,
    told: u64,
    text_due: Instant,
    /// Time that the turn has left, and since when it is being used: not while a person decides.
    left: Duration,
    since: Option<Instant>,
}

impl<H: Host> Driver<H> {
    fn new(host: Arc<H>, conversation: Conversation) -> Self {
        // Small: a model that speaks faster than it can be heard waits.
        let (inbox, answers) = mpsc::channel(64);
        let left = conversation.budget().time;
        Self {
            host,
            conversation,
            used: Used::default(),
            inbox,
            answers,
            hearing: JoinSet::new(),
            tools: JoinSet::new(),
            text: String::new(),
            told: 0,
            text_due: Instant::now(),
            left,
            since: None,
        }
    }

    fn time_up(&self) -> Instant {
        self.since.unwrap_or_else(Instant::now) + self.left
    }

    async fn step(&mut self, next: Next) -> Result<(), String> {
        // What waits its turn, and a call that ended while others go on, cause nothing yet, and are kept all the same.
        let keeps = matches!(next, Next::Order(_) | Next::Answer(_, Answer::Returned(..)));
        let events = match next {
            Next::Frame => {
                self.flush();
                return Ok(());
            }
            Next::TimeIsUp => {
                self.since = None;
                vec![Event::Answer(self.conversation.turn(), Answer::TimeIsUp)]
            }
            Next::Answer(turn, answer) => {
                if turn == self.conversation.turn() {
                    self.count(&answer);
                }
                vec![Event::Answer(turn, answer)]
            }
            Next::Order(Order::Say(saying)) => vec![Event::Said(saying)],
            Next::Order(Order::Stop) => vec![Event::Stopped],
            Next::Order(Order::Decide(decisions)) => {
                let turn = self.conversation.turn();
                let decided = decisions.into_iter();
                decided.map(|(id, seen, choice)| Event::Answer(turn, Answer::Decided(id, seen, choice))).collect()
            }
        };
        let mut effects = Vec::new();
        for event in events {
            effects.extend(self.conversation.handle(event));
        }
        if keeps && effects.is_empty() {
            self.host.keep(self.keepsake(&[], &[])).await?;
        }
        self.act(effects).await
    }

    /// Notes what the reply used, before the machine decides whether that is too much.
    fn count(&mut self, answer: &Answer) {
        if let Answer::Used { tokens_in, tokens_out, cost } = answer {
            self.used.tokens_in += tokens_in;
            self.used.tokens_out += tokens_out;
            self.used.cost = self.used.cost.zip(*cost).map(|(sum, cost)| sum + cost);
        }
        if let Answer::From(model) = answer {
            self.used.model.clone_from(model);
        }
    }

    /// Keeps what the effects say, and then does them. Where one turn ends and the next begins at once, they are two steps.
    async fn act(&mut self, mut effects: Vec<Effect>) -> Result<(), String> {
        while !effects.is_empty() {
            let end = effects.iter().position(|effect| matches!(effect, Effect::Settle(_))).map(|at| at + 1);
            let rest = end.map_or_else(Vec::new, |end| effects.split_off(end));
            self.act_within(effects, &rest).await?;
            effects = rest;
        }
        self.keep_time();
        Ok(())
    }

    async fn act_within(&mut self, effects: Vec<Effect>, rest: &[Effect]) -> Result<(), String> {
        if effects.iter().any(|effect| matches!(effect, Effect::Keep(Item::Said { .. }))) {
            self.used = Used { cost: Some(0), ..Used::default() };
            self.left = self.conversation.budget().time;
            self.since = None;
        }
        if effects.iter().any(|effect| !matches!(effect, Effect::Tell(..))) {
            self.flush();
            self.used.steps += effects.iter().map(|effect| u32::from(matches!(effect, Effect::Ask(_)))).sum::<u32>();
            self.host.keep(self.keepsake(&effects, rest)).await?;
        }
        for effect in effects {
            match effect {
                // Kept above.
                Effect::Keep(_) | Effect::Approve(..) | Effect::Settle(_) => {}
                Effect::Ask(turn) => {
                    self.told = 0;
                    self.hearing.abort_all();
                    self.hearing.spawn(hearing::hear(self.host.clone(), turn, self.inbox.clone()));
                }
                Effect::Run(turn, call) => {
                    let host = self.host.clone();
                    self.tools.spawn(async move {
                        let id = call.id;
                        match host.run(turn, call).await {
                            Ran::Ended(outcome) => (turn, Answer::Returned(id, outcome)),
                            Ran::Stop(why) => (turn, Answer::Failed(id, why)),
                        }
                    });
                }
                Effect::Abandon(_) => {
                    self.hearing.abort_all();
                    self.tools.abort_all();
                }
                Effect::Tell(_, text) => self.say(&text),
                Effect::GiveBack(texts) => self.host.tell(Told::GivenBack(texts)),
            }
        }
        Ok(())
    }

    /// The lines and states to keep. What follows in `rest` begins the next turn, and waits its turn until it is kept too.
    fn keepsake(&self, effects: &[Effect], rest: &[Effect]) -> Step {
        let settled = effects.iter().find_map(|effect| match effect {
            Effect::Settle(turn) => Some(*turn),
            Effect::Keep(_)
            | Effect::Ask(_)
            | Effect::Approve(..)
            | Effect::Run(..)
            | Effect::Abandon(_)
            | Effect::Tell(..)
            | Effect::GiveBack(_) => None,
        });
        let calls = self.conversation.calls().filter(|_| settled.is_none()).map(|standing| StepCall {
            call: standing.call.clone(),
            exclusive: standing.exclusive,
            state: standing.state,
            outcome: standing.outcome.cloned(),
        });
        let next = items(rest).find_map(|item| match item {
            Item::Said { text, .. } => Some(text),
            Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
        });
        Step {
            turn: settled.unwrap_or_else(|| self.conversation.turn()),
            items: items(effects).collect(),
            calls: calls.collect(),
            stage: if settled.is_some() { TurnStage::Idle } else { self.conversation.stage() },
            queued: next.into_iter().chain(self.conversation.queued().map(str::to_owned)).collect(),
            used: self.used.clone(),
        }
    }

    /// Time runs while something is under way, and not while a person decides.
    fn keep_time(&mut self) {
        let runs = matches!(self.conversation.stage(), TurnStage::Thinking | TurnStage::Working);
        match (runs, self.since) {
            (true, None) => self.since = Some(Instant::now()),
            (false, Some(since)) => {
                self.left = self.left.saturating_sub(since.elapsed());
                self.since = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// Text is told at once when none was within the last frame, and with the next frame otherwise.
    fn say(&mut self, text: &str) {
        let now = Instant::now();
        if self.text.is_empty() {
            self.text_due = self.text_due.max(now);
        }
        self.text.push_str(text);
        if self.text_due <= now {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let at = self.told;
        self.told += text.len() as u64;
        self.text_due = Instant::now() + FRAME;
        self.host.tell(Told::Text { at, text });
    }
}

fn items(effects: &[Effect]) -> impl Iterator<Item = Item> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Keep(item) => Some(item.clone()),
        Effect::Ask(_)
        | Effect::Approve(..)
        | Effect::Run(..)
        | Effect::Abandon(_)
        | Effect::Settle(_)
        | Effect::Tell(..)
        | Effect::GiveBack(_) => None,
    })
}
