#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::{CALLOUTS, GAP, HIGH, WIDE, place};

#[test]
fn a_callout_is_always_within_the_window() {
    let window = (1200.0, 800.0);
    for left in [-40.0, 0.0, 500.0, 1100.0, 1300.0] {
        for top in [-20.0, 0.0, 400.0, 790.0, 900.0] {
            for size in [(10.0, 10.0), (600.0, 266.0), (1200.0, 30.0)] {
                let (x, y) = place((left, top, size.0, size.1), window);
                assert!(x >= GAP && x + WIDE <= window.0, "{left} {top} {size:?}: {x}");
                assert!(y >= GAP && y + HIGH <= window.1, "{left} {top} {size:?}: {y}");
            }
        }
    }
}

#[test]
fn it_stands_beside_what_it_tells_of() {
    let window = (1200.0, 800.0);
    assert_eq!(place((8.0, 100.0, 180.0, 30.0), window), (198.0, 100.0), "right of the rail");
    let (x, y) = place((860.0, 700.0, 330.0, 60.0), window);
    assert!(y + HIGH <= 700.0, "above a field at the foot: {x} {y}");
}

#[test]
fn the_tour_is_short_and_every_callout_says_something() {
    assert!(CALLOUTS.len() <= 5);
    for callout in &CALLOUTS {
        assert!(
            !callout.beside.is_empty() && (callout.title)().len() < 60 && (callout.text)().len() < 240,
            "{}",
            (callout.title)()
        );
    }
}
