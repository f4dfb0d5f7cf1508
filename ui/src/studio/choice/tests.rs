#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashSet};

use flow::layout::{Orientation, Point, Rect, layout};
use flow::{Index, Op, Place, Slot, apply};

use super::{between, may_drop, next_target, outermost, target, within};
use crate::studio::tests::sample;

fn names(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn of_a_step_and_one_inside_it_the_outer_is_enough() {
    let flow = sample();
    let index = Index::of(&flow);
    let chosen: BTreeSet<String> = names(&["step_6", "step_3", "step_2", "trigger"]).into_iter().collect();
    assert_eq!(outermost(&index, &chosen), names(&["step_2", "step_6"]));
}

/// A place that is offered can be dropped at, and something changes then; one that is not would be refused or change nothing.
#[test]
fn every_place_that_is_offered_is_one_and_no_other() {
    for orientation in [Orientation::Vertical, Orientation::Horizontal] {
        let flow = sample();
        let index = Index::of(&flow);
        let drawn = layout(&flow, orientation, &HashSet::new());
        let (mut offered, mut barred) = (0, 0);
        for entry in index.entries() {
            let name = entry.step.name.clone();
            for plus in &drawn.pluses {
                let may = may_drop(&index, std::slice::from_ref(&name), false, &plus.place());
                let mut moved = flow.clone();
                let inverse = apply(&mut moved, Op::MoveAction { name: name.clone(), to: plus.place() });
                let changes = inverse.is_ok() && moved != flow;
                assert_eq!(may, changes, "{name} to {:?}", plus.place());
                if may { offered += 1 } else { barred += 1 }
            }
        }
        assert!(offered > 40 && barred > 14, "{offered} {barred}");
    }
}

#[test]
fn a_copy_may_be_dropped_anywhere() {
    let flow = sample();
    let index = Index::of(&flow);
    let inside = Place::inside("step_2", Slot::Branch(0));
    assert!(!may_drop(&index, &names(&["step_2"]), false, &inside));
    assert!(may_drop(&index, &names(&["step_2"]), true, &inside));
    assert!(!may_drop(&index, &names(&["step_1", "step_2"]), false, &inside), "one of several cannot");
}

#[test]
fn the_nearest_place_within_reach_is_meant_whatever_the_zoom() {
    let flow = sample();
    let index = Index::of(&flow);
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let plus = drawn.pluses.iter().find(|plus| plus.place() == Place::after("step_4")).unwrap();
    let beside = Point { x: plus.rect.x + 60.0, y: plus.rect.y };
    let found =
        |zoom: f64, at: Point| target(&drawn, &index, &names(&["step_1"]), false, at, zoom).map(|plus| plus.place());
    assert_eq!(found(1.0, beside), Some(Place::after("step_4")));
    assert_eq!(found(2.0, beside), None, "60 units are 120 pixels then");
    // Near a place where it stands already, the next one within reach is meant, or none.
    let own = drawn.pluses.iter().find(|plus| plus.place() == Place::after("step_1")).unwrap().rect.middle();
    assert_ne!(found(1.0, own), Some(Place::after("step_1")));
}

#[test]
fn the_keyboard_comes_by_every_place_and_round_again() {
    let flow = sample();
    let index = Index::of(&flow);
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let hand = names(&["step_5"]);
    let all: Vec<Place> =
        drawn.pluses.iter().map(|plus| plus.place()).filter(|place| may_drop(&index, &hand, false, place)).collect();
    let mut seen = Vec::new();
    let mut at = None;
    for _ in 0..all.len() {
        at = next_target(&drawn, &index, &hand, false, at.as_ref(), true);
        seen.push(at.clone().unwrap());
    }
    assert_eq!(seen.iter().collect::<HashSet<_>>(), all.iter().collect::<HashSet<_>>());
    assert_eq!(next_target(&drawn, &index, &hand, false, at.as_ref(), true).as_ref(), seen.first());
    assert_eq!(next_target(&drawn, &index, &hand, false, seen.first(), false), at);
}

#[test]
fn a_rectangle_chooses_what_it_touches() {
    let flow = sample();
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let card = drawn.card("step_1").unwrap().rect;
    let band = between(Point { x: card.x + 10.0, y: card.y + 70.0 }, Point { x: card.x - 5.0, y: card.y + 50.0 });
    assert_eq!(band, Rect { x: card.x - 5.0, y: card.y + 50.0, width: 15.0, height: 20.0 });
    assert_eq!(within(&drawn, band).collect::<Vec<_>>(), ["step_1"]);
}
