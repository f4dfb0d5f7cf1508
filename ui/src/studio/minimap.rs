//! The small map of a flow: where a point of it lies, and where the view is on it. Knows no page.

use flow::layout::{Point, Rect};

use super::viewport::Viewport;

/// The width of the map, in pixels.
pub const WIDTH: f64 = 160.0;
/// Its height, in pixels.
pub const HEIGHT: f64 = 112.0;
/// Room around what is drawn, in pixels.
const AIR: f64 = 8.0;

/// From the flow to the map. A long flow is shown around what is in sight, so that its steps stay larger than a speck.
#[must_use]
pub fn scale(bounds: Rect, sight: Rect) -> Viewport {
    const SMALLEST: f64 = 0.01;
    let room = (WIDTH - 2.0 * AIR, HEIGHT - 2.0 * AIR);
    let whole = bounds.union(&sight);
    let zoom = (room.0 / whole.width.max(1.0)).min(room.1 / whole.height.max(1.0)).max(SMALLEST);
    let lay = |start: f64, extent: f64, sight: f64, side: f64| {
        let drawn = extent * zoom;
        if drawn <= side - 2.0 * AIR + 0.001 {
            (side - drawn) / 2.0 - start * zoom
        } else {
            let shift = side / 2.0 - sight * zoom;
            shift.clamp(side - AIR - (start + extent) * zoom, AIR - start * zoom)
        }
    };
    let middle = sight.middle();
    Viewport { x: lay(whole.x, whole.width, middle.x, WIDTH), y: lay(whole.y, whole.height, middle.y, HEIGHT), zoom }
}

/// A rectangle of the flow on the map.
#[must_use]
pub fn frame(map: Viewport, rect: Rect) -> Rect {
    let corner = map.to_screen(Point { x: rect.x, y: rect.y });
    Rect { x: corner.x, y: corner.y, width: rect.width * map.zoom, height: rect.height * map.zoom }
}

/// The view that has in its middle what is at a point of the map.
#[must_use]
pub fn looking_at(map: Viewport, at: Point, view: Viewport, size: (f64, f64)) -> Viewport {
    let middle = map.to_flow(at);
    Viewport { x: size.0 / 2.0 - middle.x * view.zoom, y: size.1 / 2.0 - middle.y * view.zoom, ..view }
}

#[cfg(test)]
mod tests;
