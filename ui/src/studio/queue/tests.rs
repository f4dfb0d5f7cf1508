#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashMap, HashSet};

use flow::layout::{Orientation, layout};

use super::*;
use crate::studio::scene::{Key, Told, scene};
use crate::studio::tests::long;

/// About 14 cards.
const SIGHT: Rect = Rect { x: -600.0, y: 10_000.0, width: 1200.0, height: 1600.0 };

/// A chain of 400 steps, from its beginning on.
fn missing() -> Vec<Mark> {
    let flow = long(400);
    let told = Told {
        flow: &flow,
        layout: &layout(&flow, Orientation::Vertical, &HashSet::new()),
        chosen: &BTreeSet::new(),
        focus: None,
        problems: &HashMap::new(),
        runs: &HashMap::new(),
        tested: &HashSet::new(),
        pending: None,
        carry: None,
        found: &HashSet::new(),
        pieces: &[],
    };
    scene(&told, Rect { x: -1e6, y: -1e6, width: 2e6, height: 2e6 })
}

fn is_seen(mark: &Mark) -> bool {
    distance(rect(mark), SIGHT) <= 0.0
}

#[test]
fn what_is_in_sight_comes_at_once_and_alone_at_rest() {
    let all = missing();
    let mut queue = Queue::new(all.clone(), SIGHT);
    let first = queue.portion(false);
    assert!(first.iter().all(is_seen));
    assert_eq!(first.len(), all.iter().filter(|mark| is_seen(mark)).count());
    assert!(matches!(first[0].look, Look::Card(_)), "cards before what is between them");
    let second = queue.portion(false);
    assert!(!second.is_empty() && second.len() < first.len(), "the rest comes by and by: {}", second.len());
}

#[test]
fn in_motion_a_frame_makes_a_few() {
    let mut queue = Queue::new(missing(), SIGHT);
    let mut before = 0.0;
    while !queue.is_empty() {
        let portion = queue.portion(true);
        assert!(!portion.is_empty(), "every frame makes something");
        assert!(portion.iter().map(cost).sum::<usize>() < MOVING + CARD);
        let farthest = portion.iter().map(|mark| distance(rect(mark), SIGHT)).fold(0.0, f64::max);
        assert!(farthest >= before, "nearer ones come first");
        before = farthest;
    }
}

#[test]
fn everything_comes_once() {
    let all = missing();
    for moving in [true, false] {
        let mut queue = Queue::new(all.clone(), SIGHT);
        let mut made = HashSet::new();
        let mut frames = 0;
        while !queue.is_empty() {
            queue.portion(moving).into_iter().for_each(|mark| assert!(made.insert(mark.key)));
            frames += 1;
            assert!(frames <= all.len());
        }
        let keys: HashSet<Key> = all.iter().map(|mark| mark.key.clone()).collect();
        assert_eq!(made, keys);
    }
}

#[test]
fn more_than_a_window_full_does_not_come_in_one_frame() {
    let everything = Rect { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };
    let mut queue = Queue::new(missing(), everything);
    assert!(queue.portion(false).iter().map(cost).sum::<usize>() < SEEN + CARD);
    assert!(!queue.is_empty());
}
