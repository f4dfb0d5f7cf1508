#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::layout::Rect;

use super::{Level, covers, ground, next};

fn sight(x: f64, y: f64, zoom: f64) -> Rect {
    Rect { x, y, width: 1000.0 / zoom, height: 700.0 / zoom }
}

#[test]
fn words_vanish_when_they_cannot_be_read_and_do_not_flicker() {
    for rest in [true, false] {
        assert_eq!(Level::Cards.at(0.57, rest), Level::Cards);
        assert_eq!(Level::Painted.at(0.57, rest), Level::Painted);
        assert_eq!(Level::Cards.at(0.54, rest), Level::Painted);
    }
    assert_eq!(Level::Painted.at(0.6, true), Level::Cards);
}

#[test]
fn a_zoom_under_way_makes_no_cards() {
    assert_eq!(Level::Painted.at(1.0, false), Level::Painted);
    assert_eq!(Level::Painted.at(1.0, true), Level::Cards);
}

#[test]
fn a_pan_within_the_margin_mounts_nothing() {
    let exists = next(None, sight(0.0, 0.0, 1.0), false).unwrap();
    for step in 0..20 {
        assert_eq!(next(Some(exists), sight(f64::from(step) * 12.0, 0.0, 1.0), false), None, "{step}");
    }
}

#[test]
fn what_comes_is_asked_for_before_it_is_in_sight() {
    let exists = next(None, sight(0.0, 0.0, 1.0), false).unwrap();
    let soon = sight(300.0, 0.0, 1.0);
    assert!(covers(exists, soon), "nothing is missing as yet");
    let moved = next(Some(exists), soon, false).expect("what will be missing comes at once");
    assert!(moved.x < soon.x && moved.x + moved.width > soon.x + soon.width);
}

#[test]
fn at_rest_what_exists_goes_with_the_view() {
    let exists = next(None, sight(0.0, 0.0, 1.0), false).unwrap();
    assert_eq!(next(Some(exists), sight(100.0, 0.0, 1.0), true), None, "a little is left alone");
    let drifted = next(Some(exists), sight(220.0, 0.0, 1.0), true).unwrap();
    assert_eq!(next(Some(drifted), sight(220.0, 0.0, 1.0), true), None);
    assert_eq!(next(Some(exists), sight(220.0, 0.0, 1.0), false), None, "a drift alone is left until then");
    let nearer = sight(250.0, 175.0, 2.0);
    assert_eq!(next(Some(exists), nearer, false), None);
    assert!(next(Some(exists), nearer, true).unwrap().width < exists.width, "what is not needed any more goes");
}

#[test]
fn the_ground_reaches_under_everything_and_stays_through_small_edits() {
    let bounds = Rect { x: -300.0, y: 0.0, width: 900.0, height: 5_000.0 };
    let size = (1000.0, 700.0);
    let under = ground(bounds, size);
    let far = 1.0 / 0.55;
    for (x, y) in
        [(bounds.x - 1000.0 * far, bounds.y - 700.0 * far), (bounds.x + bounds.width, bounds.y + bounds.height)]
    {
        assert!(covers(under, Rect { x, y, width: 1000.0 * far, height: 700.0 * far }), "{under:?}");
    }
    assert_eq!(ground(Rect { height: 5_120.0, ..bounds }, size), under, "a step more");
}
