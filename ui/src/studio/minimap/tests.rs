#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::layout::{Point, Rect};

use super::{HEIGHT, WIDTH, frame, looking_at, scale};
use crate::studio::viewport::Viewport;

const BOUNDS: Rect = Rect { x: -500.0, y: 0.0, width: 1000.0, height: 3000.0 };

#[test]
fn the_whole_flow_and_the_view_are_on_the_map() {
    let sight = Rect { x: -900.0, y: -200.0, width: 1000.0, height: 700.0 };
    let map = scale(BOUNDS, sight);
    for rect in [BOUNDS, sight] {
        let on = frame(map, rect);
        assert!(on.x >= 0.0 && on.y >= 0.0 && on.x + on.width <= WIDTH && on.y + on.height <= HEIGHT, "{on:?}");
    }
}

#[test]
fn of_an_endless_flow_the_map_shows_what_is_around_the_view() {
    let endless = Rect { height: 240_000.0, ..BOUNDS };
    for y in [0.0, 120_000.0, 239_300.0] {
        let sight = Rect { x: -500.0, y, width: 1000.0, height: 700.0 };
        let on = frame(scale(endless, sight), sight);
        assert!(on.y >= 0.0 && on.y + on.height <= HEIGHT, "{y}: {on:?}");
    }
}

#[test]
fn a_click_on_the_map_looks_there() {
    let size = (1000.0, 700.0);
    let view = Viewport { zoom: 0.75, ..Viewport::default() };
    let map = scale(BOUNDS, view.sight(size));
    let there = looking_at(map, map.to_screen(Point { x: 120.0, y: 2000.0 }), view, size);
    let middle = there.to_flow(Point { x: 500.0, y: 350.0 });
    assert!((middle.x - 120.0).abs() < 1e-6 && (middle.y - 2000.0).abs() < 1e-6, "{middle:?}");
    assert_eq!(there.zoom, 0.75);
}
