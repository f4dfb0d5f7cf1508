//! From where the canvas is looked at: a shift and a zoom. Knows no page; screen points are CSS pixels from the upper left
//! corner of the pane.

use flow::layout::{Point, Rect};

/// As far out as one can go.
pub const LEAST: f64 = 0.05;
/// As near as one can come.
pub const MOST: f64 = 2.0;
/// The steps of the zoom buttons.
const STOPS: [f64; 10] = [LEAST, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, MOST];
/// So many pixels of the flow always stay in the pane.
const KEPT: f64 = 96.0;
/// Room around what is fitted, in pixels.
const AIR: f64 = 48.0;

/// Where the flow's origin is in the pane, and how large it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// To the right, in pixels.
    pub x: f64,
    /// Downwards, in pixels.
    pub y: f64,
    /// Pixels for one unit of the flow.
    pub zoom: f64,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { x: 0.0, y: 0.0, zoom: 1.0 }
    }
}

impl Viewport {
    /// A point of the flow in the pane.
    #[must_use]
    pub fn to_screen(self, point: Point) -> Point {
        Point { x: point.x * self.zoom + self.x, y: point.y * self.zoom + self.y }
    }

    /// A point of the pane in the flow.
    #[must_use]
    pub fn to_flow(self, point: Point) -> Point {
        Point { x: (point.x - self.x) / self.zoom, y: (point.y - self.y) / self.zoom }
    }

    /// The part of the flow that a pane of this size shows.
    #[must_use]
    pub fn sight(self, size: (f64, f64)) -> Rect {
        let corner = self.to_flow(Point::default());
        Rect { x: corner.x, y: corner.y, width: size.0 / self.zoom, height: size.1 / self.zoom }
    }

    /// Shifted by so many pixels.
    #[must_use]
    pub fn panned(self, by: (f64, f64)) -> Self {
        Self { x: self.x + by.0, y: self.y + by.1, ..self }
    }

    /// At another zoom, with what is at this point of the pane staying there.
    #[must_use]
    pub fn zoomed_to(self, at: Point, zoom: f64) -> Self {
        let zoom = if zoom.is_finite() { zoom.clamp(LEAST, MOST) } else { self.zoom };
        let part = zoom / self.zoom;
        Self { x: at.x - (at.x - self.x) * part, y: at.y - (at.y - self.y) * part, zoom }
    }

    /// So many times larger, about a point of the pane.
    #[must_use]
    pub fn zoomed_by(self, at: Point, factor: f64) -> Self {
        self.zoomed_to(at, self.zoom * factor)
    }

    /// The next zoom of the buttons.
    #[must_use]
    pub fn stop(self, nearer: bool) -> f64 {
        let slack = 0.001;
        let stop = if nearer {
            STOPS.iter().find(|stop| **stop > self.zoom + slack)
        } else {
            STOPS.iter().rev().find(|stop| **stop < self.zoom - slack)
        };
        stop.copied().unwrap_or(self.zoom)
    }

    /// Shifted no further than lets a strip of the flow stay in the pane.
    #[must_use]
    pub fn held(self, bounds: Rect, size: (f64, f64)) -> Self {
        let hold = |shift: f64, start: f64, extent: f64, room: f64| {
            let (first, last) = (start * self.zoom, (start + extent) * self.zoom);
            let kept = KEPT.min(room / 2.0);
            let least = kept - last;
            let most = room - kept - first;
            shift.clamp(least.min(most), most.max(least))
        };
        Self {
            x: hold(self.x, bounds.x, bounds.width, size.0),
            y: hold(self.y, bounds.y, bounds.height, size.1),
            ..self
        }
    }

    /// Such that all of a rectangle is in the pane, no larger than it is. What is too large for that begins in the pane.
    #[must_use]
    pub fn fit(bounds: Rect, size: (f64, f64)) -> Self {
        let room = ((size.0 - 2.0 * AIR).max(1.0), (size.1 - 2.0 * AIR).max(1.0));
        let wanted = (room.0 / bounds.width.max(1.0)).min(room.1 / bounds.height.max(1.0));
        let zoom = wanted.clamp(LEAST, 1.0);
        let lay = |start: f64, extent: f64, side: f64| {
            let drawn = extent * zoom;
            let before = if drawn > side - AIR { AIR } else { (side - drawn) / 2.0 };
            before - start * zoom
        };
        Self { x: lay(bounds.x, bounds.width, size.0), y: lay(bounds.y, bounds.height, size.1), zoom }
    }

    /// How a flow is first shown: whole if its words can be read then, else its beginning, with all that stands side by side
    /// where that is wide enough to read.
    #[must_use]
    pub fn opening(bounds: Rect, first: Rect, is_vertical: bool, size: (f64, f64)) -> Self {
        const READABLE: f64 = 0.6;
        const EASY: f64 = 0.8;
        let whole = Self::fit(bounds, size);
        if whole.zoom >= READABLE {
            return whole;
        }
        let (room, side) = if is_vertical { (size.0, bounds.width) } else { (size.1, bounds.height) };
        let wanted = (room - AIR) / side.max(1.0);
        let zoom = wanted.clamp(EASY, 1.0);
        let middle = if wanted < EASY { first.middle() } else { bounds.middle() };
        if is_vertical {
            Self { x: size.0 / 2.0 - middle.x * zoom, y: 2.0 * AIR - first.y * zoom, zoom }
        } else {
            Self { x: 2.0 * AIR - first.x * zoom, y: size.1 / 2.0 - middle.y * zoom, zoom }
        }
    }

    /// The smallest shift that brings a rectangle into the pane with some air; one that is in it already stays.
    #[must_use]
    pub fn revealing(self, rect: Rect, size: (f64, f64)) -> Self {
        let bring = |start: f64, extent: f64, room: f64| {
            let air = AIR.min(room / 4.0);
            // A hair's breadth is no reason to move.
            let slack = 0.01;
            if start < air - slack {
                air - start
            } else if start + extent > room - air + slack {
                (room - air - start - extent).max(air - start)
            } else {
                0.0
            }
        };
        let corner = self.to_screen(Point { x: rect.x, y: rect.y });
        self.panned((bring(corner.x, rect.width * self.zoom, size.0), bring(corner.y, rect.height * self.zoom, size.1)))
    }

    /// How many times larger a turn of the wheel makes it. `mode` is that of the event: pixels, lines or pages.
    #[must_use]
    pub fn wheel_factor(delta: f64, mode: u32) -> f64 {
        let unit = match mode {
            0 => 0.002,
            1 => 0.05,
            _ => 1.0,
        };
        // One event never jumps further than this, whatever the device says.
        (-delta * unit).clamp(-0.5, 0.5).exp2()
    }
}

#[cfg(test)]
mod tests;
