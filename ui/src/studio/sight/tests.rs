#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::layout::Rect;

use super::{Level, next};

fn sight(x: f64, y: f64, zoom: f64) -> Rect {
    Rect { x, y, width: 1000.0 / zoom, height: 700.0 / zoom }
}

#[test]
fn words_vanish_when_they_cannot_be_read_and_do_not_flicker() {
    assert_eq!(Level::Cards.at(0.47), Level::Cards);
    assert_eq!(Level::Painted.at(0.47), Level::Painted);
    assert_eq!(Level::Cards.at(0.44), Level::Painted);
    assert_eq!(Level::Painted.at(0.5), Level::Cards);
}

#[test]
fn a_pan_within_the_margin_mounts_nothing() {
    let exists = next(None, sight(0.0, 0.0, 1.0), false).unwrap();
    for step in 0..40 {
        assert_eq!(next(Some(exists), sight(f64::from(step) * 12.0, 0.0, 1.0), false), None, "{step}");
    }
    let far = sight(501.0, 0.0, 1.0);
    let moved = next(Some(exists), far, false).expect("what is missing comes at once");
    assert!(moved.x <= far.x && moved.x + moved.width >= far.x + far.width);
}

#[test]
fn at_rest_what_exists_goes_with_the_view() {
    let exists = next(None, sight(0.0, 0.0, 1.0), false).unwrap();
    assert_eq!(next(Some(exists), sight(100.0, 0.0, 1.0), true), None, "a little is left alone");
    let drifted = next(Some(exists), sight(400.0, 0.0, 1.0), true).unwrap();
    assert_eq!(next(Some(drifted), sight(400.0, 0.0, 1.0), true), None);
    let nearer = sight(250.0, 175.0, 2.0);
    assert_eq!(next(Some(exists), nearer, false), None);
    assert!(next(Some(exists), nearer, true).unwrap().width < exists.width, "what is not needed any more goes");
}
