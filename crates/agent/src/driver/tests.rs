#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use contract::Effect as Touches;
use futures::stream::{self, BoxStream};
use futures::{FutureExt, StreamExt};
use tokio::sync::Notify;

use super::*;
use crate::model::{Capacity, ModelError, ModelEvent, Trouble};
use crate::models::{Patience, WithFallback};
use crate::turn::{Reason, Requirement};
use crate::world::{Remembered, World};

/// What a model does with a request.
#[derive(Debug, Clone)]
enum Script {
    Says(Vec<&'static str>),
    Calls(Vec<(&'static str, &'static str)>),
    /// Pieces with a pause before each, in milliseconds.
    Slowly(Vec<(u64, &'static str)>),
    /// A word, and then nothing for ever.
    Stalls(&'static str),
}

#[derive(Debug)]
struct Scripted(Script);

impl Model for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }
    fn capacity(&self) -> Capacity {
        Capacity { window: 100_000, reads_everything: false }
    }
    fn stream(&self, _: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let used = ModelEvent::Used { tokens_in: 10, tokens_out: 2 };
        match self.0.clone() {
            Script::Says(pieces) => {
                let pieces = pieces.into_iter().map(|piece| ModelEvent::Text(piece.into()));
                stream::iter(pieces.chain([used, ModelEvent::Stop]).map(Ok)).boxed()
            }
            Script::Calls(calls) => {
                let calls =
                    calls.into_iter().map(|(tool, input)| ModelEvent::Call { tool: tool.into(), input: input.into() });
                stream::iter(calls.chain([used, ModelEvent::Stop]).map(Ok)).boxed()
            }
            Script::Slowly(pieces) => stream::iter(pieces)
                .then(|(wait, piece)| async move {
                    tokio::time::sleep(Duration::from_millis(wait)).await;
                    Ok(ModelEvent::Text(piece.into()))
                })
                .chain(stream::iter([Ok(used), Ok(ModelEvent::Stop)]))
                .boxed(),
            Script::Stalls(word) => stream::iter([Ok(ModelEvent::Text(word.into()))]).chain(stream::pending()).boxed(),
        }
    }
}

/// Has no time, whenever it is asked.
#[derive(Debug)]
struct Busy;

impl Model for Busy {
    fn name(&self) -> &str {
        "busy"
    }
    fn capacity(&self) -> Capacity {
        Capacity { window: 100_000, reads_everything: false }
    }
    fn stream(&self, _: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let error = ModelError { trouble: Trouble::Overloaded, retry_after: None, message: "No time.".into() };
        stream::iter([Err(error)]).boxed()
    }
}

/// Keeps in memory, and carries out by name: `read`, `slow` (until it is let go), `write` (asks), `never`.
#[derive(Default)]
struct Notebook {
    scripts: Mutex<VecDeque<Script>>,
    steps: Mutex<Vec<Step>>,
    told: Mutex<Vec<(Instant, Told)>>,
    ran: Mutex<Vec<String>>,
    recalled: Mutex<Vec<MemoryId>>,
    /// The model that is asked first has no time, and `scripted` is asked instead.
    busy: AtomicBool,
    /// `keep` fails from this step on.
    full: Mutex<Option<usize>>,
    let_go: Notify,
    /// Told after each step that was kept.
    news: Notify,
}

impl Host for Notebook {
    fn keep(&self, step: Step) -> BoxFuture<'_, Result<(), String>> {
        let mut steps = self.steps.lock().unwrap();
        if self.full.lock().unwrap().is_some_and(|most| steps.len() >= most) {
            return async { Err("The disk is full.".into()) }.boxed();
        }
        steps.push(step);
        self.news.notify_waiters();
        async { Ok(()) }.boxed()
    }
    fn ask(&self, _: TurnId) -> BoxFuture<'_, Result<Asked, String>> {
        let script = self.scripts.lock().unwrap().pop_front().unwrap_or(Script::Says(vec!["Nothing more."]));
        let world = World {
            now: jiff::Zoned::default(),
            week_start: 1,
            working_hours: contract::Hours::default(),
            me: None,
            people: vec![],
            projects: vec![],
            places: vec![],
            seeing: vec![],
            memories: vec![Remembered { id: MemoryId(4), text: "Ana is the client".into() }],
        };
        let request = Request { system: String::new(), messages: vec![], tools: Arc::from([]), world: Arc::new(world) };
        let model: Arc<dyn Model> = Arc::new(Scripted(script));
        let model = if self.busy.load(Ordering::Relaxed) {
            Arc::new(WithFallback { first: Arc::new(Busy), second: model, patience: Patience::default() })
        } else {
            model
        };
        async { Ok(Asked { model, request }) }.boxed()
    }
    fn terms<'a>(&'a self, _: TurnId, tool: &'a str, _: &'a str) -> BoxFuture<'a, Terms> {
        let touches = if tool == "write" { Touches::Remote } else { Touches::Read };
        let requirement = if touches == Touches::Read { Requirement::Run } else { Requirement::Ask };
        async move { Terms { requirement, exclusive: touches != Touches::Read } }.boxed()
    }
    fn recalled(&self, _: TurnId, memories: Vec<MemoryId>) -> BoxFuture<'_, ()> {
        self.recalled.lock().unwrap().extend(memories);
        async {}.boxed()
    }
    fn run(&self, _: TurnId, call: Call) -> BoxFuture<'_, Ran> {
        async move {
            if call.tool == "slow" {
                self.let_go.notified().await;
            }
            self.ran.lock().unwrap().push(format!("{} {}", call.tool, call.input));
            if call.tool == "breaks" {
                return Ran::Stop("The disk broke.".into());
            }
            Ran::Ended(Outcome::Returned("done".into()))
        }
        .boxed()
    }
    fn cost(&self, model: &str, tokens_in: u64, tokens_out: u64) -> Option<u64> {
        (model == "scripted").then_some(tokens_in + 10 * tokens_out)
    }
    fn tell(&self, told: Told) {
        self.told.lock().unwrap().push((Instant::now(), told));
    }
}

impl Notebook {
    fn stage(&self) -> TurnStage {
        self.steps.lock().unwrap().last().map(|step| step.stage).unwrap_or_default()
    }
    async fn comes_to(&self, stage: TurnStage) {
        loop {
            let news = self.news.notified();
            if self.stage() == stage {
                return;
            }
            news.await;
        }
    }
    fn items(&self) -> Vec<Item> {
        self.steps.lock().unwrap().iter().flat_map(|step| step.items.clone()).collect()
    }
    fn text(&self) -> String {
        let told = self.told.lock().unwrap();
        let mut text = String::new();
        for (_, told) in told.iter() {
            if let Told::Text { at, text: piece } = told {
                assert_eq!(*at, text.len() as u64, "a piece at the wrong place");
                text.push_str(piece);
            }
        }
        text
    }
}

struct Talk {
    book: Arc<Notebook>,
    letters: mpsc::Sender<Letter>,
}

impl Talk {
    fn begins(scripts: Vec<Script>, left: Left) -> Self {
        Self::within(scripts, left, Budget::default())
    }
    fn within(scripts: Vec<Script>, left: Left, budget: Budget) -> Self {
        let book = Arc::new(Notebook { scripts: Mutex::new(scripts.into()), ..Notebook::default() });
        let (letters, mailbox) = mpsc::channel(8);
        tokio::spawn(drive(book.clone(), budget, left, mailbox));
        Self { book, letters }
    }
    async fn orders(&self, order: Order) -> Result<(), String> {
        let (kept, outcome) = oneshot::channel();
        self.letters.send(Letter { order, kept }).await.unwrap();
        outcome.await.unwrap()
    }
    async fn says(&self, text: &str) {
        self.orders(Order::Say(text.into())).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_ordered_is_kept_before_the_order_is_answered() {
    let talk = Talk::begins(vec![Script::Stalls("Let me")], Left::default());
    talk.says("first").await;
    assert_eq!(talk.book.items(), [Item::Said { text: "first".into(), seeing: vec![] }]);
    talk.says("second").await;
    let queued = talk.book.steps.lock().unwrap().last().unwrap().queued.clone();
    assert_eq!(queued, ["second"], "what waits its turn is kept too");
}

#[tokio::test(start_paused = true)]
async fn stopping_ends_a_silent_model_and_a_hanging_tool_at_once_and_keeps_what_came() {
    let talk = Talk::begins(vec![Script::Stalls("Half a")], Left::default());
    talk.says("go").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let before = Instant::now();
    talk.orders(Order::Stop).await.unwrap();
    assert!(before.elapsed() < Duration::from_millis(100), "{:?}", before.elapsed());
    let items = talk.book.items();
    assert_eq!(items[1], Item::Answered { text: "Half a".into(), calls: vec![], cut_short: true, sealed: None });
    assert_eq!(items[2], Item::Ended { reason: Reason::Stopped });

    let talk = Talk::begins(vec![Script::Calls(vec![("slow", "{}"), ("read", "{}")])], Left::default());
    talk.says("go").await;
    talk.book.comes_to(TurnStage::Working).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let before = Instant::now();
    talk.orders(Order::Stop).await.unwrap();
    assert!(before.elapsed() < Duration::from_millis(100));
    talk.book.let_go.notify_waiters();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(*talk.book.ran.lock().unwrap(), ["read {}"], "what was abandoned went on");
    assert_eq!(talk.book.stage(), TurnStage::Idle);
}

#[tokio::test(start_paused = true)]
async fn text_is_told_at_once_and_then_with_each_frame_and_nothing_is_lost() {
    let pieces: Vec<(u64, &'static str)> = (0..400).map(|_| (1, "ab ")).collect();
    let talk = Talk::begins(vec![Script::Slowly(pieces)], Left::default());
    let began = Instant::now();
    talk.says("talk").await;
    talk.book.comes_to(TurnStage::Idle).await;
    assert_eq!(talk.book.text(), "ab ".repeat(400));
    let told = talk.book.told.lock().unwrap();
    let first = told[0].0 - began;
    assert!(first <= Duration::from_millis(2), "the first word waited {first:?}");
    // 400 pieces within 400 ms are at most one for each frame, and the last.
    assert!(told.len() <= 400 / 16 + 3, "{} pieces were told", told.len());
    let gaps = told.windows(2).map(|pair| pair[1].0 - pair[0].0).max().unwrap();
    assert!(gaps <= FRAME + Duration::from_millis(2), "{gaps:?} without a word");
}

#[tokio::test(start_paused = true)]
async fn time_runs_while_it_works_and_not_while_a_person_decides() {
    let budget = Budget { time: Duration::from_secs(60), ..Budget::default() };
    let scripts = vec![Script::Calls(vec![("write", "{}")]), Script::Stalls("Hm")];
    let talk = Talk::within(scripts, Left::default(), budget);
    talk.says("write it").await;
    talk.book.comes_to(TurnStage::Waiting).await;
    tokio::time::sleep(Duration::from_secs(100_000)).await;
    assert_eq!(talk.book.stage(), TurnStage::Waiting, "a card never runs out");
    talk.orders(Order::Decide(vec![(CallId(0), "{}".into(), Decision::Allow)])).await.unwrap();
    talk.book.comes_to(TurnStage::Thinking).await;
    tokio::time::sleep(Duration::from_secs(59)).await;
    assert_eq!(talk.book.stage(), TurnStage::Thinking);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(talk.book.stage(), TurnStage::Idle);
    assert_eq!(talk.book.items().last(), Some(&Item::Ended { reason: Reason::Time(60) }));
    assert_eq!(*talk.book.ran.lock().unwrap(), ["write {}"]);
}

#[tokio::test(start_paused = true)]
async fn each_call_that_ends_is_kept_while_others_go_on_or_wait() {
    let calls = vec![("read", "{\"n\":1}"), ("write", "{}"), ("read", "{\"n\":2}")];
    let talk = Talk::begins(vec![Script::Calls(calls)], Left::default());
    talk.says("go").await;
    talk.book.comes_to(TurnStage::Waiting).await;
    let states = |step: &Step| step.calls.iter().map(|call| call.state).collect::<Vec<_>>();
    let last = talk.book.steps.lock().unwrap().last().cloned().unwrap();
    assert_eq!(states(&last), [CallState::Returned, CallState::Asked, CallState::Returned]);
    let deny = Decision::Deny { why: "no".into() };
    talk.orders(Order::Decide(vec![(CallId(1), "{}".into(), deny)])).await.unwrap();
    talk.book.comes_to(TurnStage::Idle).await;
    assert!(!talk.book.ran.lock().unwrap().iter().any(|ran| ran.starts_with("write")));
    let used = talk.book.steps.lock().unwrap().last().unwrap().used.clone();
    assert_eq!(used, Used { model: "scripted".into(), steps: 2, tokens_in: 20, tokens_out: 4, cost: Some(60) });
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_kept_is_not_done_and_says_so() {
    let talk = Talk::begins(vec![Script::Calls(vec![("read", "{}")])], Left::default());
    *talk.book.full.lock().unwrap() = Some(1);
    talk.says("go").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(talk.book.ran.lock().unwrap().is_empty(), "it ran though nobody would know of it");
    let told = talk.book.told.lock().unwrap().last().unwrap().1.clone();
    assert_eq!(told, Told::Broken("The disk is full.".into()));
    assert!(talk.letters.is_closed());

    let talk = Talk::begins(vec![], Left::default());
    *talk.book.full.lock().unwrap() = Some(0);
    let refused = talk.orders(Order::Say("lost?".into())).await;
    assert_eq!(refused, Err("The disk is full.".into()), "whoever said it hears that it was not kept");
}

#[tokio::test(start_paused = true)]
async fn a_part_of_the_app_that_fails_ends_the_turn_and_not_the_conversation() {
    let scripts = vec![Script::Calls(vec![("breaks", "{}"), ("slow", "{}")]), Script::Says(vec!["Hello."])];
    let talk = Talk::begins(scripts, Left::default());
    talk.says("go").await;
    talk.book.comes_to(TurnStage::Idle).await;
    assert_eq!(talk.book.items().last(), Some(&Item::Ended { reason: Reason::Broke("The disk broke.".into()) }));
    talk.says("and now?").await;
    talk.book.comes_to(TurnStage::Idle).await;
    assert_eq!(talk.book.text(), "Hello.");
}

#[tokio::test(start_paused = true)]
async fn what_waits_its_turn_follows_as_a_step_of_its_own() {
    let talk = Talk::begins(vec![Script::Slowly(vec![(10, "One.")]), Script::Says(vec!["Two."])], Left::default());
    talk.says("first").await;
    talk.says("second").await;
    talk.book.comes_to(TurnStage::Thinking).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let steps = talk.book.steps.lock().unwrap().clone();
    let mut turns: HashMap<TurnId, Vec<Item>> = HashMap::new();
    for step in &steps {
        turns.entry(step.turn).or_default().extend(step.items.clone());
    }
    let said = |text: &str| Item::Said { text: text.into(), seeing: vec![] };
    let answered = |text: &str| Item::Answered { text: text.into(), calls: vec![], cut_short: false, sealed: None };
    let mut found: Vec<_> = turns.into_iter().filter(|(_, items)| !items.is_empty()).collect();
    found.sort_by_key(|(turn, _)| *turn);
    let found: Vec<_> = found.into_iter().map(|(_, items)| items).collect();
    assert_eq!(found, [vec![said("first"), answered("One.")], vec![said("second"), answered("Two.")]]);
    // Between the two it is kept as waiting: a crash there loses nothing.
    let between = steps.iter().find(|step| step.stage == TurnStage::Idle).unwrap();
    assert_eq!(between.queued, ["second"]);
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_was_cut_by_the_end_of_the_app_says_so_and_asks_nobody() {
    let left = Left { turn: TurnId(4), next_call: 2, open: vec![], thinking: true };
    let talk = Talk::begins(vec![Script::Says(vec!["Unasked."])], left);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(matches!(talk.book.items()[..], [Item::Ended { reason: Reason::Broke(_) }]), "{:?}", talk.book.items());
    assert_eq!((talk.book.stage(), talk.book.text().as_str()), (TurnStage::Idle, ""));
}

#[tokio::test(start_paused = true)]
async fn who_answers_instead_is_named_and_paid() {
    let says = || Script::Says(vec!["Here."]);
    let talk = Talk::begins(vec![says(), Script::Calls(vec![("read", "{}")]), says()], Left::default());
    let used = |steps, tokens_in, tokens_out, cost| Used {
        model: "scripted".into(),
        steps,
        tokens_in,
        tokens_out,
        cost: Some(cost),
    };
    talk.book.busy.store(true, Ordering::Relaxed);
    for used in [used(1, 10, 2, 30), used(2, 20, 4, 60)] {
        talk.says("Is anybody there?").await;
        talk.book.comes_to(TurnStage::Idle).await;
        assert_eq!(talk.book.steps.lock().unwrap().last().unwrap().used, used);
    }
}

#[tokio::test(start_paused = true)]
async fn all_that_a_model_elsewhere_is_given_of_memory_counts_as_recalled() {
    let talk = Talk::begins(vec![Script::Says(vec!["Good morning."])], Left::default());
    talk.says("Hello").await;
    talk.book.comes_to(TurnStage::Idle).await;
    assert_eq!(*talk.book.recalled.lock().unwrap(), [MemoryId(4)]);
}
