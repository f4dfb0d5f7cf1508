#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::layout::{Point, Rect};

use super::{LEAST, MOST, Viewport};
use crate::studio::tests::Dice;

const SIZE: (f64, f64) = (1000.0, 700.0);

fn any(dice: &mut Dice) -> Viewport {
    Viewport { x: dice.between(-5000.0, 5000.0), y: dice.between(-5000.0, 5000.0), zoom: dice.between(LEAST, MOST) }
}

fn point(dice: &mut Dice) -> Point {
    Point { x: dice.between(0.0, SIZE.0), y: dice.between(0.0, SIZE.1) }
}

fn near(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < 1e-6 && (a.y - b.y).abs() < 1e-6
}

#[test]
fn what_is_on_the_screen_comes_from_the_flow_and_back() {
    let mut dice = Dice(1);
    for _ in 0..500 {
        let (view, at) = (any(&mut dice), point(&mut dice));
        assert!(near(view.to_screen(view.to_flow(at)), at), "{view:?} {at:?}");
    }
}

#[test]
fn zooming_keeps_the_point_under_the_cursor() {
    let mut dice = Dice(2);
    for _ in 0..500 {
        let (view, at) = (any(&mut dice), point(&mut dice));
        let zoomed = view.zoomed_by(at, dice.between(0.1, 10.0));
        assert!((LEAST..=MOST).contains(&zoomed.zoom), "{zoomed:?}");
        let (before, after) = (view.to_flow(at), zoomed.to_flow(at));
        assert!((before.x - after.x).abs() < 1e-4 && (before.y - after.y).abs() < 1e-4, "{view:?} {zoomed:?}");
    }
    let view = Viewport::default();
    assert_eq!(view.zoomed_to(Point::default(), f64::NAN).zoom, 1.0, "nonsense changes nothing");
}

#[test]
fn the_flow_never_leaves_the_pane() {
    let mut dice = Dice(3);
    for _ in 0..500 {
        let bounds = Rect {
            x: dice.between(-900.0, 0.0),
            y: dice.between(-10.0, 0.0),
            width: dice.between(232.0, 9000.0),
            height: dice.between(60.0, 240_000.0),
        };
        let view = any(&mut dice).held(bounds, SIZE);
        let sight = view.sight(SIZE);
        assert!(sight.overlaps(&bounds), "{view:?} {bounds:?}");
        assert_eq!(view.held(bounds, SIZE), view, "held is held");
    }
}

#[test]
fn fitting_shows_all_and_enlarges_nothing() {
    let small = Rect { x: -116.0, y: 0.0, width: 232.0, height: 60.0 };
    let view = Viewport::fit(small, SIZE);
    assert_eq!(view.zoom, 1.0);
    assert!(near(view.to_screen(small.middle()), Point { x: 500.0, y: 350.0 }), "in the middle: {view:?}");
    let wide = Rect { x: -2000.0, y: 0.0, width: 4000.0, height: 1000.0 };
    let sight = Viewport::fit(wide, SIZE).sight(SIZE);
    assert!(sight.x <= wide.x && sight.x + sight.width >= wide.x + wide.width, "{sight:?}");
    let endless = Rect { x: -116.0, y: 0.0, width: 232.0, height: 240_000.0 };
    let view = Viewport::fit(endless, SIZE);
    assert_eq!(view.zoom, LEAST);
    let start = view.to_screen(Point { x: 0.0, y: 0.0 });
    assert!((0.0..100.0).contains(&start.y), "a long flow begins in the pane: {start:?}");
}

#[test]
fn a_flow_opens_whole_or_at_its_beginning() {
    let first = Rect { x: -116.0, y: 0.0, width: 232.0, height: 60.0 };
    let short = Rect { height: 500.0, ..first };
    assert_eq!(Viewport::opening(short, first, true, SIZE), Viewport::fit(short, SIZE));
    let long = Rect { height: 9000.0, ..first };
    let view = Viewport::opening(long, first, true, SIZE);
    assert_eq!(view.zoom, 1.0);
    assert_eq!(view.to_screen(first.middle()).x, 500.0);
    // What is a little too wide is drawn smaller; what is far too wide is not.
    let wide = Viewport::opening(Rect { x: first.x - 400.0, width: 1_100.0, ..long }, first, true, SIZE);
    assert!(wide.zoom > 0.8 && wide.zoom < 1.0, "{wide:?}");
    assert!(wide.to_screen(Point { x: first.x - 400.0, y: 0.0 }).x > 0.0);
    let vast = Viewport::opening(Rect { x: first.x - 4_000.0, width: 9_000.0, ..long }, first, true, SIZE);
    assert_eq!((vast.zoom, vast.to_screen(first.middle()).x), (0.8, 500.0));
    let across = Viewport::opening(
        Rect { x: 0.0, y: -30.0, width: 9000.0, height: 60.0 },
        Rect { x: 0.0, y: -30.0, ..first },
        false,
        SIZE,
    );
    assert_eq!(across.to_screen(Point { x: 0.0, y: 0.0 }).y, 350.0);
}

#[test]
fn revealing_moves_no_more_than_it_must() {
    let mut dice = Dice(4);
    for _ in 0..500 {
        let view = Viewport { zoom: dice.between(0.5, 1.5), ..any(&mut dice) };
        let rect =
            Rect { x: dice.between(-4000.0, 4000.0), y: dice.between(-4000.0, 4000.0), width: 232.0, height: 60.0 };
        let shown = view.revealing(rect, SIZE);
        let sight = shown.sight(SIZE);
        assert!(sight.x <= rect.x && sight.x + sight.width >= rect.x + rect.width, "{shown:?} {rect:?}");
        assert!(sight.y <= rect.y && sight.y + sight.height >= rect.y + rect.height, "{shown:?} {rect:?}");
        assert_eq!(shown.revealing(rect, SIZE), shown, "what is in sight stays where it is");
    }
}

#[test]
fn the_buttons_go_from_stop_to_stop() {
    let view = Viewport { zoom: 0.8, ..Viewport::default() };
    assert_eq!((view.stop(true), view.stop(false)), (1.0, 0.75));
    let far = Viewport { zoom: LEAST, ..view };
    assert_eq!(far.stop(false), LEAST);
    let near = Viewport { zoom: MOST, ..view };
    assert_eq!(near.stop(true), MOST);
}

#[test]
fn the_wheel_zooms_the_same_way_back() {
    let there = Viewport::wheel_factor(100.0, 0);
    assert!(there < 1.0);
    assert!((there * Viewport::wheel_factor(-100.0, 0) - 1.0).abs() < 1e-9);
    assert!(Viewport::wheel_factor(-1e9, 2) < 1.5, "one event never jumps");
}
