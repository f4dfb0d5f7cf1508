use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::kit::{Dice, Hands};
use crate::{Clock, Line, Queue, QueueLimits, RunId, RunStatus, Standing, Work};

fn limits(overall: usize, per_flow: usize) -> QueueLimits {
    QueueLimits { overall, per_flow }
}

/// What was written down, once it is so much. A test that waits in vain fails rather than hangs.
async fn soon(written: &watch::Sender<Vec<String>>, count: usize) -> Vec<String> {
    let mut written = written.subscribe();
    let enough = written.wait_for(|written| written.len() >= count);
    tokio::time::timeout(std::time::Duration::from_secs(60), enough)
        .await
        .expect("nothing more happens")
        .unwrap()
        .clone()
}

/// Work that goes on as the test lets it.
struct Desk {
    began: watch::Sender<Vec<String>>,
    ended: watch::Sender<Vec<String>>,
    cancelled: Mutex<Vec<String>>,
    permits: HashMap<String, Arc<Semaphore>>,
    standings: Mutex<HashMap<String, VecDeque<Standing>>>,
}

impl Desk {
    fn new(runs: &[&str]) -> Arc<Self> {
        Arc::new(Self {
            began: watch::Sender::default(),
            ended: watch::Sender::default(),
            cancelled: Mutex::default(),
            permits: runs.iter().map(|run| ((*run).to_owned(), Arc::new(Semaphore::new(0)))).collect(),
            standings: Mutex::default(),
        })
    }

    fn then(&self, run: &str, standing: Standing) {
        self.standings.lock().unwrap().entry(run.to_owned()).or_default().push_back(standing);
    }

    fn let_go(&self, run: &str) {
        self.permits[run].add_permits(1);
    }

    async fn began(&self, count: usize) -> Vec<String> {
        soon(&self.began, count).await
    }

    async fn ended(&self, count: usize) -> Vec<String> {
        soon(&self.ended, count).await
    }
}

#[async_trait]
impl Work for Desk {
    async fn advance(&self, run: &RunId, stop: &CancellationToken) -> Standing {
        self.began.send_modify(|began| began.push(run.0.clone()));
        let standing = tokio::select! {
            permit = self.permits[&run.0].acquire() => {
                permit.unwrap().forget();
                let standing = self.standings.lock().unwrap().get_mut(&run.0).and_then(VecDeque::pop_front);
                standing.unwrap_or(Standing::Ended(RunStatus::Succeeded))
            }
            () = stop.cancelled() => Standing::Stopped,
        };
        self.ended.send_modify(|ended| ended.push(run.0.clone()));
        assert!(run.0 != "panics", "as the test wants it");
        standing
    }

    async fn cancel(&self, run: &RunId) {
        self.cancelled.lock().unwrap().push(run.0.clone());
    }
}

fn queue(desk: &Arc<Desk>, clock: &Arc<Hands>, limits: QueueLimits) -> Queue {
    Queue::new(desk.clone(), clock.clone(), limits, CancellationToken::new())
}

#[test]
fn flows_take_turns_and_each_keeps_its_order() {
    let mut line = Line::new(limits(10, 10));
    for run in ["a1", "a2", "a3"] {
        line.push("a", run.into());
    }
    line.push("b", "b1".into());
    line.push("c", "c1".into());
    line.push("b", "b2".into());
    line.push("a", "a1".into());
    let mut taken = Vec::new();
    while let Some((_, run)) = line.take() {
        taken.push(run.0);
    }
    assert_eq!(taken, ["a1", "b1", "c1", "a2", "b2", "a3"], "a busy flow does not keep others waiting");
}

#[test]
fn a_flow_may_have_a_limit_of_its_own() {
    let mut line = Line::new(limits(10, 2));
    line.limit("a", Some(1));
    line.limit("b", Some(3));
    for run in ["1", "2", "3", "4"] {
        for flow in ["a", "b", "c"] {
            line.push(flow, RunId(format!("{flow}{run}")));
        }
    }
    let mut taken: Vec<String> = std::iter::from_fn(|| line.take()).map(|(_, run)| run.0).collect();
    taken.sort();
    assert_eq!(taken, ["a1", "b1", "b2", "b3", "c1", "c2"]);
    line.limit("a", None);
    assert_eq!(line.take().unwrap().1.0, "a2");
}

/// Against a plain count, with limits checked after each step.
#[test]
fn limits_hold_over_random_pushes_takes_and_removals() {
    for seed in 0..50 {
        let mut dice = Dice(seed);
        let (overall, per_flow) = (1 + dice.roll(5), 1 + dice.roll(3));
        let mut line = Line::new(limits(overall, per_flow));
        let (mut active, mut waiting): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
        for n in 0..300 {
            match dice.roll(4) {
                0 | 1 => {
                    let (flow, run) = (format!("f{}", dice.roll(4)), format!("r{n}"));
                    line.push(&flow, RunId(run.clone()));
                    waiting.push((flow, run));
                }
                2 if !active.is_empty() => line.done(&active.swap_remove(dice.roll(active.len()))),
                _ if !waiting.is_empty() && dice.roll(3) == 0 => {
                    let (_, run) = waiting.swap_remove(dice.roll(waiting.len()));
                    assert!(line.remove(&RunId(run)));
                }
                _ => {}
            }
            let has_room = active.len() < overall
                && waiting.iter().any(|(flow, _)| active.iter().filter(|active| *active == flow).count() < per_flow);
            let taken = line.take();
            assert_eq!(taken.is_some(), has_room, "seed {seed}, step {n}");
            if let Some((flow, run)) = taken {
                let first = waiting.iter().position(|(found, _)| *found == flow).unwrap();
                let by_age = waiting
                    .iter()
                    .filter(|(found, _)| *found == flow)
                    .map(|(_, run)| run[1..].parse::<u32>().unwrap())
                    .min();
                assert!(
                    first < waiting.len() && run.0[1..].parse::<u32>().ok() == by_age,
                    "seed {seed}: the oldest of its flow"
                );
                waiting.retain(|(_, waiting)| *waiting != run.0);
                active.push(flow);
            }
            assert_eq!(line.waiting(), waiting.len());
        }
    }
}

#[tokio::test]
async fn no_more_go_on_at_once_than_may() {
    let desk = Desk::new(&["a1", "a2", "b1", "c1"]);
    let queue = queue(&desk, &Arc::default(), limits(2, 1));
    for (flow, run) in [("a", "a1"), ("a", "a2"), ("b", "b1"), ("c", "c1")] {
        queue.push(flow, run.into());
    }
    assert_eq!(desk.began(2).await, ["a1", "b1"]);
    assert_eq!(queue.load(), (2, 2));
    desk.let_go("b1");
    assert_eq!(desk.began(3).await[2], "c1", "a2 waits for a1: one of a flow at a time");
    desk.let_go("a1");
    assert_eq!(desk.began(4).await[3], "a2");
    desk.let_go("a2");
    desk.let_go("c1");
    desk.ended(4).await;
    queue.close().await;
    assert_eq!(queue.load(), (0, 0));
}

#[tokio::test]
async fn sleepers_are_woken_at_their_instants() {
    let (desk, clock) = (Desk::new(&["a", "b"]), Arc::new(Hands::default()));
    let at = |minutes: i64| clock.now() + jiff::SignedDuration::from_mins(minutes);
    let (ten, twenty): (Timestamp, Timestamp) = (at(10), at(20));
    let queue = queue(&desk, &clock, limits(4, 4));
    desk.then("a", Standing::Sleeps(ten));
    queue.push("f", "a".into());
    queue.push_at("f", "b".into(), twenty);
    desk.let_go("a");
    desk.ended(1).await;
    clock.set(ten);
    assert_eq!(desk.began(2).await, ["a", "a"]);
    clock.set(twenty);
    assert_eq!(desk.began(3).await, ["a", "a", "b"]);
    queue.close().await;
}

#[tokio::test]
async fn news_for_a_run_that_is_being_worked_on_is_not_lost() {
    let desk = Desk::new(&["a"]);
    let queue = queue(&desk, &Arc::default(), limits(4, 4));
    desk.then("a", Standing::Waits(None));
    queue.push("f", "a".into());
    desk.began(1).await;
    queue.push("f", "a".into());
    desk.let_go("a");
    desk.let_go("a");
    assert_eq!(desk.ended(2).await, ["a", "a"]);
    queue.close().await;
}

#[tokio::test]
async fn a_run_is_cancelled_in_line_at_work_and_asleep() {
    let (desk, clock) = (Desk::new(&["works", "waits", "sleeps", "next"]), Arc::new(Hands::default()));
    let queue = queue(&desk, &clock, limits(1, 1));
    queue.push("f", "works".into());
    desk.began(1).await;
    queue.push("f", "waits".into());
    queue.push_at("f", "sleeps".into(), clock.now() + jiff::SignedDuration::from_mins(1));
    queue.cancel(&"waits".into()).await;
    queue.cancel(&"sleeps".into()).await;
    queue.cancel(&"works".into()).await;
    desk.ended(1).await;
    clock.pass(3600);
    queue.push("f", "next".into());
    assert_eq!(desk.began(2).await, ["works", "next"]);
    queue.close().await;
    let mut cancelled = desk.cancelled.lock().unwrap().clone();
    cancelled.sort();
    assert_eq!(cancelled, ["sleeps", "waits", "works"]);
}

#[tokio::test]
async fn work_that_panics_gives_its_place_back() {
    let desk = Desk::new(&["panics", "next"]);
    let queue = queue(&desk, &Arc::default(), limits(1, 1));
    queue.push("f", "panics".into());
    queue.push("f", "next".into());
    desk.let_go("panics");
    assert_eq!(desk.began(2).await, ["panics", "next"]);
    queue.close().await;
}

#[tokio::test]
async fn closing_waits_until_nobody_works_and_starts_nothing_more() {
    let desk = Desk::new(&["a", "b"]);
    let queue = queue(&desk, &Arc::default(), limits(1, 1));
    queue.push("f", "a".into());
    queue.push("f", "b".into());
    desk.began(1).await;
    queue.close().await;
    assert_eq!((desk.ended(1).await.len(), desk.began(1).await.len()), (1, 1));
}
