//! The limiter's laws, with the clock held still.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};

use sim::Dice;

use super::*;

type Log = Arc<Mutex<Vec<(Priority, Instant)>>>;

fn ask(limiter: &Limiter, log: &Log, priority: Priority) -> tokio::task::JoinHandle<()> {
    let (limiter, log) = (limiter.clone(), log.clone());
    tokio::spawn(async move {
        limiter.turn(priority).await;
        log.lock().unwrap().push((priority, Instant::now()));
    })
}

#[tokio::test(start_paused = true)]
async fn no_window_ever_holds_more_than_its_number() {
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let pace = Pace { requests: 5 + dice.below(20), ..Pace::default() };
        let limiter = Limiter::new(pace);
        let log = Log::default();
        let mut asked = Vec::new();
        for _ in 0..200 {
            let priority = [Priority::Person, Priority::Agent, Priority::Background][dice.below(3)];
            asked.push(ask(&limiter, &log, priority));
            if dice.chance(40) {
                tokio::time::advance(Duration::from_millis(dice.below(900) as u64)).await;
            }
            if dice.chance(2) {
                limiter.rest(Duration::from_secs(3));
            }
        }
        for one in asked {
            one.await.unwrap();
        }
        let starts: Vec<Instant> = log.lock().unwrap().iter().map(|(_, at)| *at).collect();
        assert_eq!(starts.len(), 200);
        for pair in starts.windows(pace.requests + 1) {
            let apart = pair[pace.requests] - pair[0];
            assert!(apart > pace.window, "seed {seed}: {} requests in {apart:?}", pace.requests + 1);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn background_work_alone_keeps_95_per_cent_of_the_ceiling() {
    let pace = Pace::default();
    let limiter = Limiter::new(pace);
    let start = Instant::now();
    let count = 1_000;
    for _ in 0..count {
        limiter.turn(Priority::Background).await;
    }
    let ceiling = pace.requests as f64 / pace.window.as_secs_f64();
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    assert!(rate > ceiling * 0.95, "{rate} of {ceiling} a second");
}

#[tokio::test(start_paused = true)]
async fn people_go_first_then_agents() {
    let limiter = Limiter::new(Pace { requests: 2, reserve: 0, ..Pace::default() });
    limiter.turn(Priority::Background).await;
    limiter.turn(Priority::Background).await;
    let log = Log::default();
    let mut asked = Vec::new();
    for priority in [Priority::Background, Priority::Background, Priority::Agent, Priority::Agent, Priority::Person] {
        asked.push(ask(&limiter, &log, priority));
        tokio::task::yield_now().await;
    }
    for one in asked {
        one.await.unwrap();
    }
    let order: Vec<_> = log.lock().unwrap().iter().map(|(priority, _)| *priority).collect();
    use Priority::{Agent, Background, Person};
    assert_eq!(order, [Person, Agent, Agent, Background, Background]);
}

#[tokio::test(start_paused = true)]
async fn a_person_does_not_wait_for_a_window_that_sync_filled() {
    let limiter = Limiter::new(Pace::default());
    let log = Log::default();
    let asked: Vec<_> = (0..60).map(|_| ask(&limiter, &log, Priority::Background)).collect();
    tokio::time::advance(Duration::from_millis(1)).await;
    let before = Instant::now();
    limiter.turn(Priority::Person).await;
    assert_eq!(before.elapsed(), Duration::ZERO);
    for one in asked {
        one.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_rest_holds_everybody_and_the_longer_one_counts() {
    let limiter = Limiter::new(Pace::default());
    limiter.rest(Duration::from_secs(7));
    limiter.rest(Duration::from_secs(2));
    let before = Instant::now();
    limiter.turn(Priority::Person).await;
    assert_eq!(before.elapsed(), Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_does_not_hold_the_others() {
    let limiter = Limiter::new(Pace { requests: 1, reserve: 0, ..Pace::default() });
    limiter.turn(Priority::Background).await;
    let log = Log::default();
    let first = ask(&limiter, &log, Priority::Person);
    let second = ask(&limiter, &log, Priority::Background);
    tokio::task::yield_now().await;
    first.abort();
    let before = Instant::now();
    second.await.unwrap();
    assert!(before.elapsed() <= Duration::from_millis(10_200));
}
