#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::Who;
use futures::FutureExt;
use tokio::sync::broadcast;
use tokio::time::Instant;

use super::*;

fn commit(items: Vec<RecordingId>, tags: Vec<Tag>) -> Committed {
    Committed { set: None, who: Who::Sync, changes: Vec::new(), tags, items, renamed: Vec::new() }
}

#[tokio::test(start_paused = true)]
async fn a_change_is_looked_at_when_it_comes_and_not_when_a_time_has_passed() {
    let (sender, mut commits) = broadcast::channel(4);
    let long = Duration::from_secs(24 * 3600);
    assert!(tokio::time::timeout(long, interesting(&mut commits)).await.is_err(), "nothing happened");
    // What starts nothing is passed over.
    sender.send(commit(Vec::new(), vec![Tag::Runs, Tag::Flows])).unwrap();
    assert!(tokio::time::timeout(long, interesting(&mut commits)).await.is_err(), "a run alone is nothing in Basecamp");

    for one in [commit(vec![RecordingId(7)], vec![Tag::Todos]), commit(Vec::new(), vec![Tag::Projects])] {
        let from = Instant::now();
        // Several at once are one look.
        for _ in 0..3 {
            sender.send(one.clone()).unwrap();
        }
        assert!(interesting(&mut commits).await);
        assert_eq!(from.elapsed(), TOGETHER);
        assert!(TOGETHER <= Duration::from_secs(1), "whoever is told is told at once");
        assert!(interesting(&mut commits).now_or_never().is_none(), "it was looked at");
    }

    // Changes that came too fast to be kept are no reason to miss any.
    for _ in 0..9 {
        sender.send(commit(vec![RecordingId(7)], Vec::new())).unwrap();
    }
    assert!(interesting(&mut commits).await);
    drop(sender);
    assert!(!interesting(&mut commits).await, "the store has closed");
}

#[test]
fn a_day_ends_where_the_person_lives() {
    let now: Timestamp = "2026-11-22T22:30:00Z".parse().unwrap();
    let next = |zone: &str| midnight(now, TimeZone::get(zone).unwrap()).to_string();
    assert_eq!(next("UTC"), "2026-11-23T00:00:00Z");
    assert_eq!(next("Europe/Berlin"), "2026-11-22T23:00:00Z");
    assert_eq!(next("America/Los_Angeles"), "2026-11-23T08:00:00Z");
}
