//! Asking again, and asking another.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::{self, BoxStream};
use tokio::time::Instant;

use super::{listen, request, text};
use crate::model::{Capacity, Model, ModelError, ModelEvent, Request, Trouble};
use crate::models::{Patience, Patient, WithFallback};

type Told = Vec<Result<ModelEvent, ModelError>>;

/// Tells what it was given, one list a request, and keeps when it was asked.
#[derive(Debug)]
pub(super) struct Scripted {
    pub(super) name: &'static str,
    window: u64,
    told: Mutex<VecDeque<Told>>,
    asked: Mutex<Vec<Instant>>,
}

impl Scripted {
    pub(super) fn new(name: &'static str, told: impl IntoIterator<Item = Told>) -> Arc<Self> {
        let told = Mutex::new(told.into_iter().collect());
        Arc::new(Self { name, window: 1_000, told, asked: Mutex::default() })
    }

    fn times(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Model for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    fn capacity(&self) -> Capacity {
        Capacity { window: self.window, reads_everything: false }
    }

    fn stream(&self, _: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        self.asked.lock().unwrap().push(Instant::now());
        let told = self.told.lock().unwrap().pop_front().expect("asked too often");
        stream::iter(told).boxed()
    }
}

fn asked_again(model: &Arc<Scripted>) -> Patient {
    Patient { model: model.clone(), patience: Patience::default() }
}

fn both(first: &Arc<Scripted>, second: &Arc<Scripted>) -> WithFallback {
    WithFallback { first: first.clone(), second: second.clone(), patience: Patience::default() }
}

pub(super) fn error(trouble: Trouble) -> ModelError {
    ModelError { trouble, retry_after: None, message: format!("{trouble:?}.") }
}

fn fails(trouble: Trouble) -> Told {
    vec![Err(error(trouble))]
}

fn answers(words: &str) -> Told {
    vec![Ok(text(words)), Ok(ModelEvent::Stop)]
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_asked_again_after_a_while() {
    let model = Scripted::new("m", [fails(Trouble::Overloaded), fails(Trouble::Upstream), answers("yes")]);
    let begun = Instant::now();
    assert_eq!(listen(&asked_again(&model)).await, answers("yes"));
    let waits: Vec<Duration> = model.asked.lock().unwrap().iter().map(|time| *time - begun).collect();
    assert_eq!(waits, [0, 500, 1_500].map(Duration::from_millis));
}

#[tokio::test(start_paused = true)]
async fn the_wait_that_the_server_asks_for_is_kept() {
    let slow = ModelError { retry_after: Some(Duration::from_secs(20)), ..error(Trouble::RateLimited) };
    let model = Scripted::new("m", [vec![Err(slow)], answers("yes")]);
    let begun = Instant::now();
    assert_eq!(listen(&asked_again(&model)).await, answers("yes"));
    assert_eq!(begun.elapsed(), Duration::from_secs(20));
}

#[tokio::test]
async fn a_pause_may_be_made_to_take_no_time() {
    let slow = ModelError { retry_after: Some(Duration::from_secs(30)), ..error(Trouble::RateLimited) };
    let model = Scripted::new("m", [vec![Err(slow)], fails(Trouble::Overloaded), answers("yes")]);
    let patience = Patience { pause: |_| Box::pin(async {}), ..Patience::default() };
    let begun = Instant::now();
    assert_eq!(listen(&Patient { model: model.clone(), patience }).await, answers("yes"));
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert_eq!(model.times(), 3);
}

#[tokio::test(start_paused = true)]
async fn after_three_times_it_is_enough() {
    let model = Scripted::new("m", [0; 3].map(|_| fails(Trouble::Unreachable)));
    assert_eq!(listen(&asked_again(&model)).await, fails(Trouble::Unreachable));
    assert_eq!(model.times(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_is_asked_once() {
    for trouble in
        [Trouble::Key, Trouble::Credit, Trouble::NoModel, Trouble::TooLong, Trouble::Refused, Trouble::Truncated]
    {
        let first = Scripted::new("m", [fails(trouble)]);
        let second = Scripted::new("n", []);
        assert_eq!(listen(&both(&first, &second)).await, fails(trouble));
        assert_eq!(first.times(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn once_there_was_a_word_nothing_is_asked_again() {
    for trouble in [Trouble::Overloaded, Trouble::Unreachable, Trouble::RateLimited, Trouble::Truncated] {
        let told = vec![Ok(text("Well")), Err(error(trouble))];
        let first = Scripted::new("m", [told.clone()]);
        let second = Scripted::new("n", []);
        assert_eq!(listen(&both(&first, &second)).await, told);
        assert_eq!((first.times(), second.times()), (1, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn another_is_asked_when_the_first_has_no_time() {
    for trouble in [Trouble::Overloaded, Trouble::RateLimited, Trouble::Unreachable] {
        let first = Scripted::new("m", [0; 3].map(|_| fails(trouble)));
        let second = Scripted::new("n", [fails(Trouble::Upstream), answers("here")]);
        let from = Ok(ModelEvent::From("n".to_owned()));
        let told: Told = [from].into_iter().chain(answers("here")).collect();
        assert_eq!(listen(&both(&first, &second)).await, told, "and it says who it is");
        assert_eq!((first.times(), second.times()), (3, 2));
    }
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_the_first_is_not_met_by_another() {
    let first = Scripted::new("m", [0; 3].map(|_| fails(Trouble::Upstream)));
    let second = Scripted::new("n", []);
    assert_eq!(listen(&both(&first, &second)).await, fails(Trouble::Upstream));
    assert_eq!(first.times(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_last_failure_is_the_one_that_is_told() {
    let first = Scripted::new("m", [0; 3].map(|_| fails(Trouble::Overloaded)));
    let second = Scripted::new("n", [fails(Trouble::Credit)]);
    assert_eq!(listen(&both(&first, &second)).await, fails(Trouble::Credit), "nobody answered, so nobody is named");
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_listening_ends_the_waiting() {
    let model = Scripted::new("m", [0; 3].map(|_| fails(Trouble::Overloaded)));
    let waiting = asked_again(&model);
    let mut events = waiting.stream(request());
    assert!(tokio::time::timeout(Duration::from_millis(100), events.next()).await.is_err());
    drop(events);
    tokio::time::advance(Duration::from_secs(60)).await;
    assert_eq!(model.times(), 1);
}

#[test]
fn two_models_take_what_both_can() {
    let small = Arc::new(Scripted { name: "small", window: 10, told: Mutex::default(), asked: Mutex::default() });
    let large = Scripted::new("large", []);
    for (first, second) in [(small.clone(), large.clone()), (large, small)] {
        let name = first.name;
        let both = both(&first, &second);
        assert_eq!(both.capacity(), Capacity { window: 10, reads_everything: false });
        assert_eq!(both.name(), name);
    }
}
