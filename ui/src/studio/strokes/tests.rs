#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashSet;

use flow::layout::{Layout, Orientation, layout};

use super::*;
use crate::studio::tests::{long, sample};

fn drawn(flow: &flow::Flow, orientation: Orientation) -> Layout {
    layout(flow, orientation, &HashSet::new())
}

fn is_on((from, to): Stroke, point: Point) -> bool {
    let within = |a: f64, b: f64, at: f64| (a.min(b) - 0.5..=a.max(b) + 0.5).contains(&at);
    within(from.x, to.x, point.x) && within(from.y, to.y, point.y)
}

#[test]
fn a_chain_is_one_stroke() {
    for orientation in [Orientation::Vertical, Orientation::Horizontal] {
        let strokes = strokes(&drawn(&long(500), orientation).edges);
        assert_eq!(strokes.len(), 1, "{strokes:?}");
    }
}

#[test]
fn every_corner_is_on_a_stroke() {
    for orientation in [Orientation::Vertical, Orientation::Horizontal] {
        let drawn = drawn(&sample(), orientation);
        let strokes = strokes(&drawn.edges);
        for edge in &drawn.edges {
            for point in edge.points.iter() {
                assert!(strokes.iter().any(|stroke| is_on(*stroke, *point)), "{edge:?}");
            }
        }
    }
}

#[test]
fn a_stroke_bridges_cards_only() {
    for orientation in [Orientation::Vertical, Orientation::Horizontal] {
        let drawn = drawn(&sample(), orientation);
        for (from, to) in strokes(&drawn.edges) {
            let steps = 200;
            for step in 0..=steps {
                let part = f64::from(step) / f64::from(steps);
                let point = Point { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
                let on_line =
                    drawn.edges.iter().any(|edge| edge.points.windows(2).any(|two| is_on((two[0], two[1]), point)));
                assert!(on_line || drawn.cards.iter().any(|card| card.rect.contains(point)), "{point:?}");
            }
        }
    }
}

#[test]
fn what_is_further_apart_than_a_card_stays_apart() {
    let at = |x: f64, y: f64| Point { x, y };
    let first = (at(0.0, 0.0), at(0.0, 60.0));
    let behind = |gap: f64| (at(0.0, 60.0 + gap), at(0.0, 120.0 + gap));
    assert!(goes_on(first, behind(0.0)) && goes_on(first, behind(CARD_HEIGHT)));
    assert!(!goes_on(first, behind(CARD_HEIGHT + 5.0)));
    assert!(!goes_on(behind(0.0), first), "backwards");
    assert!(!goes_on(first, (at(0.0, 60.0), at(40.0, 60.0))), "round a corner");
    assert!(!goes_on(first, (at(10.0, 60.0), at(10.0, 120.0))), "beside it");
}
