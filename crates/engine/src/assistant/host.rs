//! What the driver of a conversation works with: the store keeps, the feed tells, the handlers carry out.

use std::sync::Arc;

use agent::driver::{Asked, Host, Ran, Step, StepCall, Told};
use agent::prompt;
use agent::turn::{Requirement, Terms};
use contract::{
    Call, CallId, CallState, CallView, Caller, ChatEvent, Code, Conversation, Effect, Fault, FeedBody, Item, Line,
    MemoryId, Outcome, Role, TurnId, TurnStage, TurnUse, Who,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use store::{CallDecided, CallRow};

use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::gate::fingerprint;

use super::calls::{Judge, sets};
use super::live::{Live, Now, Planned};
use super::{tools, world};

/// So many characters of a result stand in the record; the whole is kept beside it.
const TOLD: usize = 2_000;
/// The same of what changed something: two hundred steps in their words.
const TOLD_OF_WRITES: usize = 40_000;
/// So long is a title that is made of a conversation's first words.
const TITLE: usize = 60;

/// A conversation of a workspace.
pub(super) struct Hosted {
    engine: Engine,
    desk: Arc<Desk>,
    /// Who began it: the assistant never does more than they may.
    role: Role,
    door: contract::Door,
    live: Arc<Live>,
}

impl Hosted {
    pub(super) fn new(engine: &Engine, desk: &Arc<Desk>, caller: &Caller, live: Arc<Live>) -> Self {
        let role = caller.role.min(Role::Member);
        Self { engine: engine.clone(), desk: desk.clone(), role, door: caller.door, live }
    }

    /// What waited its turn when the app ended goes into the field again.
    pub(super) async fn give_back(&self, texts: Vec<String>) -> Result<(), Fault> {
        let (id, draft) = {
            let now = self.live.lock();
            (now.conversation.id, joined(&now.conversation.draft, &texts))
        };
        self.desk.store.keep_draft(id, &draft).await.into_fault()?;
        self.live.lock().conversation.draft = draft;
        Ok(())
    }

    /// The assistant in this turn.
    fn caller(&self, turn: TurnId) -> Caller {
        let id = self.live.lock().conversation.id;
        Caller {
            who: Who::Agent { run: format!("{id}.{turn}") },
            workspace: Some(self.desk.workspace),
            role: self.role,
            door: self.door,
        }
    }

    fn tell_event(&self, event: ChatEvent) {
        let conversation = self.live.lock().conversation.id;
        self.engine.0.feed.publish(Some(self.desk.workspace), FeedBody::Chat { conversation, event });
    }

    async fn keep_step(&self, step: Step) -> Result<(), Fault> {
        let at = self.engine.now();
        let (id, kept, rows) = {
            let mut now = self.live.lock();
            let rows = rows(&mut now, &step, at);
            let title = title(&now.conversation, &step.items);
            let used = used(&mut now, &step, at);
            let items = step.items.iter().map(shortened).collect();
            let kept = store::Step {
                turn: step.turn,
                items,
                calls: rows.clone(),
                stage: step.stage,
                queued: step.queued.clone(),
                title,
                used: Some(used),
            };
            (now.conversation.id, kept, rows)
        };
        let lines = self.desk.store.keep(id, &kept).await.into_fault()?;
        let conversation = self.desk.store.conversation(id).await.into_fault()?;
        let conversation = conversation.ok_or_else(|| Fault::new(Code::NotFound, "The conversation was deleted."))?;
        self.kept(step, kept, rows, lines, conversation);
        Ok(())
    }

    /// What was kept is what is so, and what windows are told.
    fn kept(&self, step: Step, kept: store::Step, rows: Vec<CallRow>, lines: Vec<Line>, conversation: Conversation) {
        {
            let mut now = self.live.lock();
            for line in &lines {
                match &line.item {
                    Item::Said { .. } => {
                        now.calls.clear();
                        now.outputs.clear();
                        now.sets.clear();
                        now.planned.clear();
                    }
                    Item::Answered { .. } => now.saying.clear(),
                    Item::Result { .. } | Item::Ended { .. } => {}
                }
            }
            now.record.extend(lines.iter().cloned());
            now.queued.clone_from(&step.queued);
            now.conversation = conversation.clone();
        }
        for line in lines {
            self.tell_event(ChatEvent::Line { line: line.shown() });
        }
        for row in rows {
            self.tell_event(ChatEvent::Call { call: Box::new(row.view) });
        }
        if let Some(used) = kept.used {
            self.tell_event(ChatEvent::Used { used });
        }
        self.tell_event(ChatEvent::Stage { conversation, queued: step.queued });
        self.live.stands(step.stage);
    }

    async fn asked(&self) -> Result<Asked, Fault> {
        let chosen = self.live.lock().conversation.model;
        let model = self.engine.0.models.model(&self.engine, &self.desk, chosen).await?;
        let capacity = model.capacity();
        let seeing = self.live.lock().seeing();
        let tools = tools::specs(tools::Place::of(&seeing));
        let world = world::world(&self.engine, &self.desk, seeing, capacity.reads_everything).await?;
        let system = prompt::system(&world);
        let about: u64 =
            prompt::tokens(&system) + tools.iter().map(|tool| prompt::tokens(&tool.schema.to_string())).sum::<u64>();
        let messages = {
            let now = self.live.lock();
            prompt::messages(&now.record, &now.outputs, capacity, about)
        };
        let request = agent::model::Request { system, messages, tools, world: Arc::new(world) };
        Ok(Asked { model, request })
    }

    /// Notes what was recalled: in the use of the turn, and with each memory.
    async fn note_recalled(&self, turn: TurnId, memories: Vec<MemoryId>) {
        {
            let mut now = self.live.lock();
            if now.turn != turn {
                return;
            }
            let noted = now.memories.clone();
            now.memories.extend(memories.iter().filter(|memory| !noted.contains(memory)));
        }
        if let Err(error) = self.desk.store.memories_used(&memories).await {
            tracing::warn!(%error, "the use of memories could not be noted");
        }
    }

    async fn plan(&self, turn: TurnId, tool: &str, input: &str) -> Terms {
        let (conversation, tainted) = {
            let now = self.live.lock();
            (now.conversation.id, now.tainted())
        };
        let caller = self.caller(turn);
        let judge = Judge { engine: &self.engine, desk: &self.desk, caller: &caller, conversation, tainted };
        let planned = judge.plan(tool, input).await;
        let terms = Terms { requirement: planned.requirement.clone(), exclusive: planned.effect != Effect::Read };
        self.live.lock().planned.push_back(planned);
        terms
    }

    async fn carry_out(&self, turn: TurnId, call: Call) -> Ran {
        let (conversation, tainted, allowed, shown) = {
            let now = self.live.lock();
            let row = now.calls.get(&call.id);
            let decided = row.and_then(|row| row.decision);
            let shown = row.and_then(|row| row.view.preview.clone());
            (now.conversation.id, now.tainted(), decided == Some(CallDecided::Allowed), shown)
        };
        let caller = self.caller(turn);
        let judge = Judge { engine: &self.engine, desk: &self.desk, caller: &caller, conversation, tainted };
        let (ran, sets) = judge.run(&call, allowed, shown.as_ref()).await;
        self.live.lock().sets.insert(call.id, sets);
        ran
    }
}

impl Host for Hosted {
    fn keep(&self, step: Step) -> BoxFuture<'_, Result<(), String>> {
        self.keep_step(step).map(|kept| kept.map_err(|fault| fault.message)).boxed()
    }

    fn ask(&self, _: TurnId) -> BoxFuture<'_, Result<Asked, String>> {
        self.asked().map(|asked| asked.map_err(|fault| fault.message)).boxed()
    }

    fn terms<'a>(&'a self, turn: TurnId, tool: &'a str, input: &'a str) -> BoxFuture<'a, Terms> {
        self.plan(turn, tool, input).boxed()
    }

    fn recalled(&self, turn: TurnId, memories: Vec<MemoryId>) -> BoxFuture<'_, ()> {
        self.note_recalled(turn, memories).boxed()
    }

    fn run(&self, turn: TurnId, call: Call) -> BoxFuture<'_, Ran> {
        self.carry_out(turn, call).boxed()
    }

    fn cost(&self, model: &str, tokens_in: u64, tokens_out: u64) -> Option<u64> {
        agent::models::cost(model, tokens_in, tokens_out)
    }

    fn tell(&self, told: Told) {
        match told {
            Told::Text { at, text } => {
                {
                    let mut now = self.live.lock();
                    if at == 0 {
                        now.saying.clear();
                    }
                    now.saying.push_str(&text);
                }
                self.tell_event(ChatEvent::Text { at, text });
            }
            Told::GivenBack(texts) => self.tell_event(ChatEvent::GivenBack { texts }),
            Told::Broken(why) => {
                self.live.stands(TurnStage::Idle);
                let fault = Fault::new(Code::Storage, why);
                self.engine.0.feed.publish(Some(self.desk.workspace), FeedBody::Notice { fault });
            }
        }
    }
}

/// What was typed, and under it what was given back.
fn joined(draft: &str, texts: &[String]) -> String {
    let parts = texts.iter().map(String::as_str).chain((!draft.is_empty()).then_some(draft));
    parts.collect::<Vec<_>>().join("\n\n")
}

/// The first words, for a conversation that has no title yet.
fn title(conversation: &Conversation, items: &[Item]) -> Option<String> {
    if !conversation.title.is_empty() {
        return None;
    }
    items.iter().find_map(|item| match item {
        Item::Said { text, .. } => {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut words: String = line.chars().take(TITLE).collect();
            if words.len() < line.len() {
                words.push('…');
            }
            Some(words)
        }
        Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
    })
}

/// A line as it stands in the record: long results in their first words. What changed something is read again by whoever
/// takes it back, and is kept longer.
fn shortened(item: &Item) -> Item {
    match item {
        Item::Result { call, outcome: Outcome::Returned(text) } => {
            let most = if text.len() > TOLD && !sets(text).is_empty() { TOLD_OF_WRITES } else { TOLD };
            let short: String = text.chars().take(most).collect();
            Item::Result { call: *call, outcome: Outcome::Returned(short) }
        }
        Item::Said { .. } | Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => item.clone(),
    }
}

fn used(now: &mut Now, step: &Step, at: Timestamp) -> TurnUse {
    if step.turn != now.turn {
        now.turn = step.turn;
        now.began = at;
        now.memories.clear();
    }
    TurnUse {
        turn: step.turn,
        model: step.used.model.clone(),
        steps: step.used.steps,
        tokens_in: step.used.tokens_in,
        tokens_out: step.used.tokens_out,
        cost: step.used.cost,
        memories: now.memories.clone(),
        started_at: now.began,
        ended_at: (step.stage == TurnStage::Idle).then_some(at),
    }
}

/// The calls that the step says something of, as they are to be kept.
fn rows(now: &mut Now, step: &Step, at: Timestamp) -> Vec<CallRow> {
    let mut changed: Vec<CallId> = Vec::new();
    for standing in &step.calls {
        if !now.calls.contains_key(&standing.call.id) {
            let row = new_row(now, standing, step.turn, at);
            now.calls.insert(standing.call.id, row);
            changed.push(standing.call.id);
        }
        if advance(now, standing.call.id, standing.state, standing.outcome.as_ref(), Some(&standing.call), at) {
            changed.push(standing.call.id);
        }
    }
    for item in &step.items {
        match item {
            Item::Answered { calls, .. } => {
                for call in calls {
                    if !now.calls.contains_key(&call.id) {
                        let standing =
                            StepCall { call: call.clone(), exclusive: true, state: CallState::Ready, outcome: None };
                        let row = new_row(now, &standing, step.turn, at);
                        now.calls.insert(call.id, row);
                        changed.push(call.id);
                    }
                }
            }
            Item::Result { call, outcome } => {
                if advance(now, *call, state_of(outcome), Some(outcome), None, at) {
                    changed.push(*call);
                }
            }
            Item::Said { .. } | Item::Ended { .. } => {}
        }
    }
    changed.sort_unstable();
    changed.dedup();
    changed.iter().filter_map(|id| now.calls.get(id).cloned()).collect()
}

fn new_row(now: &mut Now, standing: &StepCall, turn: TurnId, at: Timestamp) -> CallRow {
    let call = &standing.call;
    let place = now.planned.iter().position(|planned| planned.tool == call.tool && planned.input == call.input);
    let planned = place.and_then(|place| now.planned.remove(place)).unwrap_or_else(|| Planned {
        tool: call.tool.clone(),
        input: call.input.clone(),
        effect: Effect::Destructive,
        title: call.tool.clone(),
        preview: None,
        requirement: Requirement::Ask,
    });
    let unasked = planned.requirement == Requirement::Run && planned.effect != Effect::Read;
    CallRow {
        view: CallView {
            call: call.clone(),
            turn,
            title: planned.title,
            effect: planned.effect,
            state: CallState::Ready,
            fingerprint: fingerprint(&call.tool, &call.input),
            preview: planned.preview,
            output: String::new(),
            output_length: 0,
            sets: Vec::new(),
            made_at: at,
            decided_at: None,
            started_at: None,
            ended_at: None,
        },
        exclusive: standing.exclusive,
        decision: unasked.then_some(CallDecided::Unasked),
        output: None,
    }
}

/// Brings a call to where it stands. True when that is elsewhere than before.
fn advance(
    now: &mut Now,
    id: CallId,
    state: CallState,
    outcome: Option<&Outcome>,
    call: Option<&Call>,
    at: Timestamp,
) -> bool {
    let sets = now.sets.get(&id).cloned().unwrap_or_default();
    let Some(row) = now.calls.get_mut(&id) else { return false };
    let before = row.view.state;
    if before == state {
        return false;
    }
    row.view.state = state;
    if before == CallState::Asked {
        row.view.decided_at = Some(at);
        row.decision = match state {
            CallState::Denied => Some(CallDecided::Denied),
            CallState::Cancelled => None,
            CallState::Asked | CallState::Ready | CallState::Running | CallState::Returned | CallState::Failed => {
                Some(CallDecided::Allowed)
            }
        };
        // As the person left it.
        if let Some(call) = call {
            row.view.fingerprint = fingerprint(&call.tool, &call.input);
            row.view.call = call.clone();
        }
    }
    if state == CallState::Running {
        row.view.started_at = Some(at);
    }
    if let Some(outcome) = outcome {
        row.view.ended_at = Some(at);
        row.view.output = outcome.text().chars().take(4_000).collect();
        row.view.output_length = outcome.text().chars().count() as u64;
        row.output = Some(outcome.text().to_owned());
        row.view.sets = sets;
        if let Outcome::Returned(text) = outcome {
            now.outputs.insert(id, text.clone());
        }
    }
    true
}

fn state_of(outcome: &Outcome) -> CallState {
    match outcome {
        Outcome::Returned(_) => CallState::Returned,
        Outcome::Failed(_) => CallState::Failed,
        Outcome::Denied(_) => CallState::Denied,
        Outcome::Cancelled(_) => CallState::Cancelled,
    }
}
